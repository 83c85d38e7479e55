/**
 * Keeps the fields with `data-keep`, which holds module, exercise and part, once the learner has asked for it.
 * A first save is announced; later ones only show.
 */
import { isLocked, journal, turnJournal, updateJournal } from "./journal.js";
import { messages } from "./messages.js";
import { here, inWords, make, today } from "./site.js";

const PAUSE = 1500;
/** @typedef {HTMLTextAreaElement | HTMLInputElement} Field */
/** @type {Field[]} */
const fields = [...document.querySelectorAll("[data-keep]")].map((field) => /** @type {Field} */ (field));
const isBox = (/** @type {Field} */ field) => field.type === "checkbox";
const valueOf = (/** @type {Field} */ field) => (field instanceof HTMLInputElement && isBox(field) ? (field.checked ? messages.ticked : "") : field.value);
/** What was typed and is not yet kept. @type {Map<Field, ReturnType<typeof setTimeout>>} */
const waiting = new Map();

/** @param {Field} field @param {string} text */
function fill(field, text) {
  if (field instanceof HTMLInputElement && isBox(field)) field.checked = text !== "";
  else field.value = text;
}

/** @param {Field} field */
async function keep(field) {
  clearTimeout(waiting.get(field));
  waiting.delete(field);
  const key = field.dataset.keep ?? "";
  const text = valueOf(field).slice(0, 20_000);
  if (isLocked()) return;
  const kept = await updateJournal((now) => {
    if (!text.trim()) delete now.entries[key];
    else now.entries[key] = { ...(now.entries[key] ?? { revisit: "" }), text, at: today(), ...about(field) };
  });
  announce(field, kept ? messages.keptAt(new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })) : messages.notWritten, kept);
}

/** @param {Field} field */
function about(field) {
  const section = field.closest("section");
  const heading = section?.querySelector("h2");
  return {
    label: field.labels?.[0]?.textContent?.replace(/\s+/g, " ").trim() ?? "",
    title: (heading?.lastChild?.textContent ?? "").trim() || (heading?.textContent ?? "").trim(),
    module: document.querySelector(".contents__title")?.textContent?.trim() ?? "",
    url: here() + (section?.id ? `#${section.id}` : ""),
    plan: field.dataset.plan !== undefined,
  };
}

/** @param {Field} field @returns {HTMLElement | null | undefined} */
const stateOf = (field) => field.closest("section")?.querySelector(".kept");

/**
 * Keeps what is written from now on, or no more.
 * @param {boolean} on
 * @returns {Promise<boolean>} whether it is as was asked: a locked journal has to be opened first
 */
export async function turn(on) {
  turnJournal(on);
  if (on && isLocked()) {
    await askForPassphrase();
    return false;
  }
  if (on) await Promise.all(fields.filter((field) => valueOf(field)).map(keep));
  return true;
}

/** @param {Field} field @param {string} message @param {boolean} kept */
function announce(field, message, kept) {
  const state = stateOf(field);
  if (!state) return;
  // The first time and every failure are spoken; later saves are only shown.
  state.setAttribute("aria-live", !kept ? "assertive" : state.dataset.said ? "off" : "polite");
  state.dataset.said = kept ? "yes" : "";
  state.textContent = message;
}

/** What was kept under an earlier id of the exercise. @param {Field} field */
async function follow(field) {
  const { keep: key = "", formerly = "" } = field.dataset;
  const old = formerly.split(" ").find((name) => name && name in journal().entries);
  if (!old || key in journal().entries) return;
  await updateJournal((now) => {
    now.entries[key] = now.entries[old];
    delete now.entries[old];
  });
}

/** Puts what was kept into the fields. */
async function show() {
  for (const field of fields) await follow(field);
  const { on, entries } = journal();
  for (const field of on ? fields : []) {
    const entry = entries[field.dataset.keep ?? ""];
    if (!entry) continue;
    fill(field, entry.text);
    const state = stateOf(field);
    if (state) state.textContent = messages.earlierNotes(inWords(entry.at));
  }
}

/** Adds what was typed before the journal was opened to what was kept there. */
async function addTyped() {
  const typed = fields.filter((field) => !isBox(field) && field.value).map((field) => ({ field, text: field.value }));
  await show();
  for (const { field, text } of typed) {
    const before = journal().entries[field.dataset.keep ?? ""]?.text;
    fill(field, before && before !== text ? `${before}\n${text}` : text);
    await keep(field);
  }
}

/** A locked journal is opened below the first exercise that has fields, and then holds for the page. */
async function askForPassphrase() {
  const state = fields.map(stateOf).find(Boolean);
  if (!state || document.getElementById("journal-passphrase")) return;
  const { opening } = await import("./journal-opening.js");
  const form = opening("journal-passphrase", () => {
    form.remove();
    state.tabIndex = -1;
    state.textContent = messages.journalOpen;
    state.focus();
    addTyped();
  });
  state.after(make("p", { class: "callout callout--caution" }, messages.journalLocked), form);
}

if (isLocked()) {
  // A browser that fills in what stood in a field would show it to whoever comes back.
  for (const field of fields) field.autocomplete = "off";
  if (journal().on) askForPassphrase();
} else show();
for (const field of fields) {
  field.addEventListener("input", () => {
    const { on, lock } = journal();
    if (!on) return;
    clearTimeout(waiting.get(field));
    // What has to be locked first cannot wait until the page is left.
    waiting.set(field, setTimeout(() => keep(field), isBox(field) || lock ? 0 : PAUSE));
  });
}
// Whoever leaves in the middle of a sentence loses nothing.
addEventListener("pagehide", () => {
  for (const field of waiting.keys()) keep(field);
});
