/** Asks for the passphrase of the journal, wherever it is needed. */
import { unlock } from "./journal.js";
import { ownMessages as own } from "./learner-messages.js";
import { make } from "./site.js";
import { complain, say, sayNotLoaded } from "./speech.js";

/**
 * @param {string} id
 * @param {string} label
 * @param {string} purpose what a password manager is to do: "current-password" or "new-password"
 * @returns {{field: HTMLInputElement, parts: HTMLElement, refuse: (message: string) => void}} `refuse` says what is
 *   wrong, or with no words that nothing is
 */
export function passphraseField(id, label, purpose) {
  const field = make("input", { type: "password", id, autocomplete: purpose });
  const parts = make("div", { class: "field" }, make("label", { for: id }, label), field);
  let appease = () => {};
  const refuse = (/** @type {string} */ message) => {
    appease();
    appease = message ? complain(field, message) : () => {};
  };
  return { field, parts, refuse };
}

/**
 * A form that opens the journal.
 * @param {string} id
 * @param {(from: Element | null) => void} opened gets what had the focus when it was asked for: on an old phone opening
 *   takes seconds, in which somebody goes on
 */
export function opening(id, opened) {
  const { field, parts, refuse } = passphraseField(id, own.passphrase, "current-password");
  const state = make("p");
  const form = make(
    "form",
    { class: "opening on-screen", novalidate: "" },
    parts,
    make("button", { type: "submit", class: "button button--second" }, own.openJournal),
    state
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const from = document.activeElement;
    refuse("");
    say(state, own.opening);
    try {
      const opens = field.value !== "" && (await unlock(field.value));
      say(state, "");
      if (opens) opened(from);
      else refuse(own.wrongPassphrase);
    } catch (error) {
      sayNotLoaded(state, error);
    }
  });
  return form;
}
