/**
 * Keeps the fields with `data-keep`, which holds module, exercise and part, once the learner has asked for it.
 * A first save is announced; later ones only show. What a field says of itself is what the store has answered.
 */
import { inWords } from "./day-in-words.js";
import { today } from "./day.js";
import { JOURNAL, flush, isLocked, isLocking, journal, turnJournal, updateJournal } from "./journal.js";
import { LONGEST, followKey, writeEntry } from "./journal-model.js";
import { journalMessages as said } from "./journal-messages.js";
import { plainWords } from "./plain-words.js";
import { device, here, make, onLeaving } from "./site.js";
import { say, sayNotLoaded } from "./speech.js";
import { askToStay } from "./device.js";
import { mayYetBeKept, quietly, watch } from "./store.js";

const PAUSE = 1500;
/** @typedef {HTMLTextAreaElement | HTMLInputElement} Field */
/** @type {Field[]} */
const fields = [...document.querySelectorAll("[data-keep]")].map((field) => /** @type {Field} */ (field));
const isBox = (/** @type {Field} */ field) => field.type === "checkbox";
const textOf = (/** @type {Field} */ field) =>
  field instanceof HTMLInputElement && isBox(field) ? (field.checked ? said.ticked : "") : field.value;
/** What was typed and is not yet kept. @type {Map<Field, ReturnType<typeof setTimeout>>} */
const waiting = new Map();
/** What this page has seen in the journal for a field. @type {Map<Field, string>} */
const seen = new Map();
/** Whether this page says that it keeps what is written. Whoever keeps a line may turn on the journal without that. */
let wanted = journal().on;
const keyOf = (/** @type {Field} */ field) => field.dataset.keep ?? "";
const earlierKeys = (/** @type {Field} */ field) => (field.dataset.formerly ?? "").split(" ").filter(Boolean);

/** @param {Field} field @param {string} text */
function fill(field, text) {
  if (field instanceof HTMLInputElement && isBox(field)) field.checked = text !== "";
  else field.value = text;
  seen.set(field, text);
}

/** @param {Field} field */
async function keep(field) {
  clearTimeout(waiting.get(field));
  waiting.delete(field);
  if (isLocked()) return;
  const whole = textOf(field);
  const text = whole.slice(0, LONGEST);
  const before = seen.get(field) ?? "";
  const entry = { text, at: today(), ...about(field), formerly: earlierKeys(field) };
  seen.set(field, text);
  const kept = await updateJournal((now) => writeEntry(now, keyOf(field), before, entry));
  // A change that may yet be kept has been seen.
  if (!kept.ok && !mayYetBeKept(kept)) seen.set(field, before);
  // What was typed meanwhile has its own turn.
  if (waiting.has(field)) return;
  const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const words =
    kept.ok && whole.length > text.length
      ? said.tooLong(LONGEST)
      : kept.ok
        ? said.keptAt[device()](time)
        : said.notWritten[kept.why];
  announce(field, words, kept.ok && whole.length === text.length);
}

/** @param {Field} field */
function about(field) {
  const section = field.closest("section");
  const heading = section?.querySelector("h2");
  return {
    label: plainWords(field.labels?.[0]),
    title: (heading?.lastChild?.textContent ?? "").trim() || (heading?.textContent ?? "").trim(),
    module: document.querySelector(".contents__title")?.textContent?.trim() ?? "",
    url: here() + (section?.id ? `#${section.id}` : ""),
    plan: field.dataset.plan !== undefined,
    ...(isBox(field) && { tick: true }),
  };
}

/** @param {Field} field @returns {HTMLElement | null | undefined} */
const stateOf = (field) => field.closest("section")?.querySelector(".kept");

/**
 * Keeps what is written from now on, or no more.
 * @param {boolean} on
 * @returns {Promise<string>} what to say; nothing where the journal has to be opened first
 */
export async function turn(on) {
  const kept = await turnJournal(on);
  if (!kept.ok) return said.notWritten[kept.why];
  wanted = on;
  if (on) void askToStay();
  if (on && isLocked()) {
    await askForPassphrase();
    return "";
  }
  if (on) await Promise.all(fields.filter((field) => textOf(field)).map(keep));
  return on ? said.keepingNow : said.keepingNoMore;
}

/** @param {Field} field @param {string} message @param {boolean} kept */
function announce(field, message, kept) {
  const state = stateOf(field);
  if (!state) return;
  // The first time and every failure are spoken; later saves are only shown.
  say(state, message, kept && state.dataset.said ? "" : message);
  state.dataset.said = kept ? "yes" : "";
}

/** What an earlier save has said no longer holds. @param {Field} field */
function takeBack(field) {
  const state = stateOf(field);
  if (!state) return;
  say(state, said.saving, "");
}

/** What was kept under an earlier id of the exercise or of its module, or a later one. @param {Field} field */
async function follow(field) {
  const key = keyOf(field);
  const names = earlierKeys(field);
  if (!followKey(journal(), key, names)) return;
  const { url } = about(field);
  await quietly(
    updateJournal((now) => {
      followKey(now, key, names);
      if (now.entries[key]) now.entries[key] = { ...now.entries[key], url };
    })
  );
}

/** Puts what was kept into the fields. */
async function show() {
  for (const field of fields) await follow(field);
  const { on, entries } = journal();
  for (const field of on ? fields : []) {
    const entry = entries[keyOf(field)];
    // What was typed before this was ready stays.
    if (!entry || waiting.has(field)) continue;
    fill(field, entry.text);
    const state = stateOf(field);
    if (state) say(state, said.earlierNotes(inWords(entry.at)), "");
  }
}

/** Another page has written: a field that was not touched here since shows it. */
function showOthers() {
  const { on, entries } = journal();
  for (const field of wanted && on && !isLocked() ? fields : []) {
    const text = entries[keyOf(field)]?.text;
    if (
      text !== undefined &&
      text !== seen.get(field) &&
      !waiting.has(field) &&
      textOf(field) === (seen.get(field) ?? "")
    )
      fill(field, text);
  }
}

/** Shows what was kept, and adds to it what was typed before it could be read. */
async function addTyped() {
  const typed = journal().on
    ? fields.filter((field) => !isBox(field) && field.value).map((field) => ({ field, text: field.value }))
    : [];
  await show();
  for (const { field, text } of typed) {
    const before = journal().entries[keyOf(field)]?.text;
    field.value = before && before !== text ? `${before}\n${text}` : text;
    // What a field holds as a whole takes the place of what it has joined.
    if (before !== undefined) seen.set(field, before);
    await keep(field);
  }
}

const locked = make("p", { class: "callout callout--caution" }, said.journalLocked);
const place = fields.map(stateOf).find(Boolean);
/** @type {HTMLFormElement | undefined} */
let form;

/** A locked journal is opened below the first exercise that has fields, and then holds for the page. */
async function askForPassphrase() {
  if (!place) return;
  if (!locked.isConnected) place.after(locked);
  const [{ opening }, { sayAndGo }] = await Promise.all([import("./journal-opening.js"), import("./learner-pages.js")]);
  if (form?.isConnected || !isLocked()) return;
  form = opening("journal-passphrase", (from) => {
    stopAsking();
    sayAndGo(place, said.journalOpen, from);
  });
  locked.after(form);
}

function stopAsking() {
  locked.remove();
  form?.remove();
}

// Wherever on the page it is opened.
addEventListener("journal:opened", () => {
  stopAsking();
  if (wanted) void addTyped();
});

if (isLocked()) {
  if (wanted) askForPassphrase().catch((error) => (place ? sayNotLoaded(place, error) : console.error(error)));
} else void addTyped();
watch(JOURNAL, showOthers);

for (const field of fields) {
  field.addEventListener("input", () => {
    const { on, lock } = journal();
    if (!wanted || !on || isLocked()) return;
    takeBack(field);
    clearTimeout(waiting.get(field));
    // What has to be locked first cannot wait until the page is left.
    waiting.set(
      field,
      setTimeout(() => keep(field), isBox(field) || lock ? 0 : PAUSE)
    );
  });
}

/** Keeps what was typed now. */
function keepAll() {
  for (const field of [...waiting.keys()]) void keep(field);
  flush();
}

// Whoever leaves in the middle of a sentence loses nothing.
onLeaving(keepAll);
// Locking takes a moment that a page which is being left no longer has, so the browser asks first.
addEventListener("beforeunload", (event) => {
  keepAll();
  if (isLocking()) event.preventDefault();
});
