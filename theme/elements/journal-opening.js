/** Asks for the passphrase of the journal, wherever it is needed. */
import { unlock } from "./journal.js";
import { messages } from "./messages.js";
import { ownMessages as own } from "./learner-messages.js";
import { make } from "./site.js";

/**
 * @param {string} id
 * @param {string} label
 * @param {string} purpose what a password manager is to do: "current-password" or "new-password"
 * @returns {{field: HTMLInputElement, parts: HTMLElement, complain: (message: string) => void}}
 */
export function passphraseField(id, label, purpose) {
  const field = make("input", { type: "password", id, autocomplete: purpose });
  const parts = make("div", { class: "field" }, make("label", { for: id }, label), field);
  const complain = (/** @type {string} */ message) => {
    parts.querySelector(".message")?.remove();
    for (const name of ["aria-invalid", "aria-describedby"]) field.removeAttribute(name);
    if (!message) return;
    field.before(
      make("p", { class: "message", id: `${id}-message` }, make("span", { class: "vh" }, `${messages.error} `), message)
    );
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", `${id}-message`);
    field.focus();
  };
  return { field, parts, complain };
}

/**
 * A form that opens the journal.
 * @param {string} id
 * @param {() => void} opened
 */
export function opening(id, opened) {
  const { field, parts, complain } = passphraseField(id, own.passphrase, "current-password");
  const state = make("p", { role: "status" });
  const form = make(
    "form",
    { class: "opening on-screen", novalidate: "" },
    parts,
    make("button", { type: "submit", class: "button button--second" }, own.openJournal),
    state
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    complain("");
    state.textContent = own.opening;
    const opens = field.value !== "" && (await unlock(field.value));
    state.textContent = "";
    if (opens) opened();
    else complain(own.wrongPassphrase);
  });
  return form;
}
