/**
 * Practising aloud: what to say it by, a voice of this device for the model, and, where the site allows it, a recording
 * that stays in the memory of this page.
 */
import { plainWords } from "./plain-words.js";
import { make } from "./site.js";
import { say } from "./speech.js";
import { speak, stopSpeaking } from "./spoken-model.js";
import { Recording } from "./recording.js";
import { localVoices } from "./voices.js";
import { _ } from "./words.js";

const own = {
  title: _("Practise aloud"),
  how: _("Say it aloud as you would to that person, at your own speed. Then rate yourself."),
  model: _("Hear a better way"),
  chosen: _("Hear these words"),
  noVoice: _("This device has no voice of its own in this language, so read the model to yourself."),
  rate: _("Rate yourself"),
  close: _("Close"),
};

/** Lists of ticks need ids of their own. */
let given = 0;

/**
 * What there is to hear: better ways to say it, or what was chosen in a scenario.
 * @param {Element} place
 */
function models(place) {
  const better = [...place.querySelectorAll(".model")].map((model) => plainWords(model));
  if (better.length) return { label: own.model, words: better };
  const heading = place.querySelector(":scope > h3");
  return { label: own.chosen, words: heading ? [plainWords(heading, ".outcome__label")] : [] };
}

/** What to rate oneself by: the rule of what was chosen, else the rules of the lesson. @param {Element} place */
function checklist(place) {
  const rule = place.querySelector(".outcome__rule");
  if (rule) return [plainWords(rule)];
  return [...document.querySelectorAll("main > .rules .rules__rule")].map((rule) => plainWords(rule));
}

/** @param {Element} place the key opens where it has a checklist */
function rating(place) {
  const key = place.querySelector("details.key");
  if (key?.querySelector(".ticks")) {
    const open = make("button", { type: "button", class: "button button--second" }, own.rate);
    open.addEventListener("click", () => {
      key.setAttribute("open", "");
      /** @type {HTMLElement | null} */ (key.querySelector("input"))?.focus();
    });
    return open;
  }
  const lines = checklist(place);
  if (!lines.length) return undefined;
  given += 1;
  const id = `aloud-${given}`;
  return make(
    "div",
    {},
    make("p", { class: "exercise__label", id }, own.rate),
    make(
      "ul",
      { class: "ticks", "aria-labelledby": id },
      ...lines.map((words, place) => {
        const box = make("input", { type: "checkbox", id: `${id}_${place}`, autocomplete: "off" });
        return make("li", { class: "option" }, box, " ", make("label", { for: box.id }, words));
      })
    )
  );
}

/**
 * Opens the practice in the place of its button.
 * @param {HTMLElement} place
 * @param {HTMLElement} box
 * @param {HTMLElement} button
 */
export function practise(place, box, button) {
  const { label, words } = models(place);
  const state = make("p");
  const close = make("button", { type: "button", class: "button button--second" }, own.close);
  const recording = place.dataset.aloud === "record" ? new Recording() : undefined;
  const title = make("p", { class: "exercise__label" }, own.title);
  const hear = words.map((text) => {
    const one = make("button", { type: "button", class: "button button--second" }, label);
    if (words.length > 1) one.append(make("span", { class: "vh" }, `: ${text}`));
    one.addEventListener("click", () => {
      recording?.quiet();
      say(state, "");
      speak(text, (message) => say(state, message));
    });
    return one;
  });
  const silent = hear.length > 0 && !localVoices().length;
  const rates = rating(place);
  const panel = make(
    "div",
    { class: "aloud__panel", role: "group", "aria-label": own.title, tabindex: "-1" },
    title,
    make("p", {}, own.how),
    ...(recording ? [recording.element] : []),
    ...(silent ? [make("p", { class: "fine" }, own.noVoice)] : hear),
    state,
    ...(rates ? [rates] : []),
    make("p", {}, close)
  );
  recording?.onPlay(stopSpeaking);
  close.addEventListener("click", () => {
    stopSpeaking();
    recording?.forget();
    panel.replaceWith(button);
    button.focus();
  });
  button.replaceWith(panel);
  panel.focus();
  if (!box.contains(panel)) box.append(panel);
}
