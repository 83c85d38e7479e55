/** Keeps lines of a lesson in the journal, with where they come from. */
import { today } from "./day.js";
import { isLocked, journal, turnJournal, updateJournal } from "./journal.js";
import { keepBeside } from "./journal-model.js";
import { journalMessages as said } from "./journal-messages.js";
import { askToStay } from "./device.js";
import { button, sayAndGo, wordsOf } from "./learner-pages.js";
import { pageAt } from "./page-at.js";
import { plainWords } from "./plain-words.js";
import { device, here, make } from "./site.js";
import { bare, hasGoneOn, say, sayNotLoaded } from "./speech.js";
import { _ } from "./words.js";

const own = {
  keep: _("Keep this line"),
  done: _("Stop keeping lines"),
  label: _("A line that you kept"),
  kept: _("The line is in your journal."),
  journal: _("Read your journal"),
  none: {
    private: _("You have no journal yet. Start one in this browser, and keep the line there?"),
    shared: _("You have no journal yet. Start one that lasts until you close this tab, and keep the line there?"),
  },
  off: _("Your journal keeps nothing at the moment. Turn it on again, and keep the line there?"),
  also: _("What you write in exercises is kept there too, from the next page on."),
  start: _("Start a journal and keep it"),
  turnOn: _("Turn it on and keep the line"),
  no: _("No, keep nothing"),
  nothing: _("Nothing was kept."),
  locked: _("Your journal is locked. Open it, and the line is kept there."),
  /** @param {string} name @param {string} words */
  says: (name, words) => _("{name}: “{words}”", { name, words }),
};

/**
 * Pieces of a page that are lines: what somebody says, a paragraph, a rule, an entry of a list.
 * @param {Element} inside
 */
const piecesOf = (inside) => [
  ...inside.querySelectorAll(
    ".turn__says, main > :is(p, blockquote), main > :is(ul, ol) > li, .rules__rule, .outcome__rule, " +
      ":is(.hook, .callout, .objectives, .short) :is(p, li)"
  ),
];

/** Whether a piece has only words of the page itself, or asks for something. @param {Element} piece */
const isOther = (piece) =>
  piece.matches(
    ".eyebrow, .without-script, .message, .content-note, .links, .unclear, .objectives > p, p:has(> button), " +
      ".question *, .exercise *"
  );

/** What only is heard belongs to no line. */
const HEARD = ".vh";

/** A number that a text always has, so that a line kept twice is kept once (FNV-1a). @param {string} text */
function numberOf(text) {
  let hash = 0x811c9dc5;
  for (const sign of text) hash = Math.imul(hash ^ /** @type {number} */ (sign.codePointAt(0)), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, "0");
}

/**
 * @typedef {{text: string, at: Element}} Line what is to be kept, and where it stands
 */

/** Who says a line of a conversation. @param {Element | null} place */
function speakerOf(place) {
  const name = place?.closest(".turn")?.querySelector(".turn__speaker");
  return name && place?.closest(".turn__says") ? bare(plainWords(name)) : "";
}

/** What a piece of a page says, without our own words in it. @param {Element} piece @returns {Line} */
function lineOf(piece) {
  const speaker = speakerOf(piece);
  const words = plainWords(piece, HEARD);
  return { text: speaker ? own.says(speaker, words) : words, at: piece };
}

/** The last heading before a place, which has an address. @param {Element} place */
function headingOf(place) {
  const before = [...document.querySelectorAll("main :is(h1, h2, h3)")].filter(
    (heading) => heading.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING
  );
  return before.at(-1);
}

/** @param {Line} line @returns {[string, import("./journal-model.js").Entry]} */
function entryOf({ text, at }) {
  const [module = "", part = ""] = here().split("/");
  const heading = headingOf(at);
  const title = document.querySelector("main > h1");
  const entry = {
    text,
    at: today(),
    label: own.label,
    title: plainWords(title),
    module: plainWords(document.querySelector(".contents__title")),
    url: here() + (heading?.id ? `#${heading.id}` : ""),
    plan: false,
    revisit: "",
  };
  return [`${module || "site"}/${part || "page"}/line-${numberOf(text)}`, entry];
}

/**
 * Keeps a line. Where there is no journal it asks for one, where it is locked it asks for the passphrase.
 * @param {Line} line
 * @param {HTMLElement} box where it asks
 * @param {HTMLElement} state where it says what came of it
 * @param {boolean} [go] whether the focus goes there, since what had it is gone
 */
async function keep(line, box, state, go = false) {
  try {
    if (!journal().on) startFirst(line, box, state);
    else if (isLocked()) await openFirst(line, box, state);
    else {
      const kept = await updateJournal((now) => keepBeside(now, ...entryOf(line)));
      tell(state, kept.ok ? own.kept : said.notWritten[kept.why], go);
      if (kept.ok) state.append(" ", make("a", { href: pageAt("journal/") }, own.journal));
    }
  } catch (error) {
    sayNotLoaded(state, error);
    if (go) tell(state, state.textContent ?? "", go);
  }
}

/** @param {HTMLElement} state @param {string} words @param {boolean} go */
const tell = (state, words, go) => (go ? sayAndGo : say)(state, words);

/** @param {Line} line @param {HTMLElement} box @param {HTMLElement} state */
function startFirst(line, box, state) {
  const { lock, entries } = journal();
  const isThere = lock !== undefined || Object.keys(entries).length > 0;
  const asked = make("div", { class: "asking" });
  const start = button(
    isThere ? own.turnOn : own.start,
    async () => {
      const kept = await turnJournal(true);
      asked.remove();
      if (!kept.ok) {
        sayAndGo(state, said.notWritten[kept.why]);
        return;
      }
      void askToStay();
      await keep(line, box, state, true);
    },
    "button"
  );
  const no = button(own.no, () => {
    asked.remove();
    sayAndGo(state, own.nothing);
  });
  const question = make("p", { id: "line-question" }, `${isThere ? own.off : own.none[device()]} ${own.also}`);
  no.setAttribute("aria-describedby", question.id);
  asked.append(question, start, " ", no);
  document.getElementById("line-question")?.parentElement?.remove();
  box.append(asked);
  no.focus();
}

/** @param {Line} line @param {HTMLElement} box @param {HTMLElement} state */
async function openFirst(line, box, state) {
  const { opening } = await import("./journal-opening.js");
  if (!isLocked()) return keep(line, box, state);
  document.getElementById("line-passphrase")?.closest("form")?.remove();
  say(state, own.locked);
  let asks = true;
  const opened = (/** @type {boolean} */ here) => {
    // Where the form was taken away the line is no longer wanted.
    if (!asks || !form.isConnected) return;
    asks = false;
    // What has the focus holds the bar, so the form goes once the answer has it.
    if (here) state.addEventListener("focus", () => form.remove(), { once: true });
    else form.remove();
    void keep(line, box, state, here);
  };
  const form = opening("line-passphrase", (from) => opened(!hasGoneOn(from)));
  // It may be opened elsewhere on the page.
  addEventListener("journal:opened", () => opened(false), { once: true });
  box.append(form);
  form.querySelector("input")?.focus();
  return undefined;
}

/**
 * Keeps what is selected.
 * @param {Range} range
 * @param {HTMLElement} box
 * @param {HTMLElement} state
 */
export function keepSelected(range, box, state) {
  const around = range.startContainer;
  const at = around instanceof Element ? around : around.parentElement;
  const [speaker, words] = [speakerOf(at), plainWords(range.cloneContents())];
  if (!words) {
    say(state, own.nothing);
    return undefined;
  }
  const text = speaker ? own.says(speaker, words) : words;
  return keep({ text, at: at ?? document.body }, box, state);
}

/**
 * Gives each line a button, or takes the buttons away again.
 * @param {Element} inside
 * @param {HTMLButtonElement} toggle what was pressed
 */
export function choose(inside, toggle) {
  const there = inside.querySelectorAll(".keep-line");
  const { words } = toggle.dataset;
  if (words !== undefined) {
    for (const one of there) one.remove();
    delete toggle.dataset.words;
    toggle.textContent = words;
    return;
  }
  toggle.dataset.words = toggle.textContent ?? "";
  toggle.textContent = own.done;
  const lines = piecesOf(inside).filter((piece) => !isOther(piece) && plainWords(piece));
  for (const piece of lines) if (!piece.querySelector(".keep-line")) piece.append(buttonFor(piece));
  const first = /** @type {HTMLElement | null} */ (inside.querySelector(".keep-line button"));
  first?.focus();
}

/** @param {Element} piece */
function buttonFor(piece) {
  const line = lineOf(piece);
  const state = make("span", { class: "keep-line__state" });
  const box = make("span", { class: "keep-line" });
  box.append(
    button(wordsOf(own.keep, line.text), () => void keep(line, box, state)),
    state
  );
  return box;
}
