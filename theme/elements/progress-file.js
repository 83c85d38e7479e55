/** Saving progress as a file, opening one, and what was put aside: a part of the page on progress. */
import { arrive } from "./arriving.js";
import { today } from "./day.js";
import { JOURNAL, addEntries, asideText, journal, storedJournal, takeLocked } from "./journal.js";
import { messages } from "./messages.js";
import { asking, button, saveFile, sayAndGo } from "./learner-pages.js";
import { ownMessages as own } from "./learner-messages.js";
import { LARGEST_FILE, readFile } from "./record-file.js";
import { counted, merged } from "./record-merge.js";
import { RecordError } from "./record-model.js";
import { RECORD, record, update } from "./record.js";
import { make } from "./site.js";
import { complain } from "./speech.js";
import { askToStay } from "./device.js";
import { KEPT, asides, get, putAside, remove } from "./store.js";

/**
 * @typedef {import("./record-file.js").FileContent} FileContent
 * @typedef {import("./store.js").Kept} Kept
 */

/**
 * Puts a record in the place of the one that is there, of which a copy is put aside.
 * @param {import("./record-model.js").LearnerRecord} theirs
 * @returns {Promise<Kept>}
 */
async function replaceRecord(theirs) {
  const text = get(RECORD);
  const copied = text === null ? KEPT : putAside(RECORD, text);
  return copied.ok ? update((now) => void Object.assign(now, structuredClone(theirs))) : copied;
}

export class FileSection {
  section = make("section", { class: "file" });
  #state = make("p");
  #field = make("input", { type: "file", id: "record-file", accept: "application/json,.json,.txt" });
  /** Takes back what was said of a file. */
  #appease = () => {};
  #preview = make("div", { class: "preview" });
  #asides = make("div", { class: "asides" });

  /** Shows what is so now, unless someone is busy with it. */
  show() {
    this.#showAsides();
    if (this.section.childElementCount && this.section.contains(document.activeElement)) return;
    const withJournal = make("input", { type: "checkbox", id: "with-journal" });
    this.#field.onchange = () => void this.#open();
    this.section.replaceChildren(
      make("h2", { id: "file" }, own.file),
      make("p", {}, own.fileWhy),
      make("div", { class: "option" }, withJournal, " ", make("label", { for: "with-journal" }, own.withJournal)),
      ...(journal().lock ? [make("p", { class: "fine" }, own.lockedInFile)] : []),
      button(
        own.saveFile,
        () => {
          void askToStay();
          saveFile(`progress-${today()}.json`, fileText(withJournal.checked), "application/json");
        },
        "button"
      ),
      make("p", { class: "field" }, make("label", { for: this.#field.id }, own.openFile), this.#field),
      this.#state,
      this.#preview,
      this.#asides
    );
  }

  // ------------------------------------------------------------------ a file

  async #open() {
    const file = this.#field.files?.[0];
    this.#close();
    if (file && file.size > LARGEST_FILE) this.#complain("large");
    else if (file) this.#look(await file.text());
  }

  /** @param {string} why */
  #complain(why) {
    this.#appease = complain(this.#field, own.badFile(why));
  }

  #close() {
    this.#appease();
    this.#state.textContent = "";
    this.#preview.replaceChildren();
  }

  /** What a file would bring, before anything is changed. @param {string} text */
  #look(text) {
    try {
      const found = readFile(text);
      const title = make("h3", { tabindex: "-1" }, own.previewTitle);
      this.#preview.replaceChildren(
        title,
        ...this.#table(found),
        ...notes(found).map((note) => make("p", {}, note)),
        this.#ways(found)
      );
      title.focus();
    } catch (error) {
      this.#complain(error instanceof RecordError ? error.message : String(error));
    }
  }

  /** @param {FileContent} found */
  #table({ record: theirs }) {
    if (!theirs) return [];
    const mine = record();
    const [before, file, after] = [mine, theirs, merged(mine, theirs)].map(counted);
    const rows = /** @type {const} */ (["lessons", "questions", "cards"]).map((name) =>
      make(
        "tr",
        {},
        make("th", { scope: "row" }, own.counted[name]),
        ...[before, file, after].map((count) => make("td", {}, String(count[name])))
      )
    );
    const head = make("thead", {}, make("tr", {}, ...own.columns.map((title) => make("th", { scope: "col" }, title))));
    return [make("table", {}, make("caption", {}, own.previewTable), head, make("tbody", {}, ...rows))];
  }

  /** @param {FileContent} found */
  #ways(found) {
    const theirs = found.record;
    const add = button(
      own.merge,
      () =>
        void this.#take(
          found,
          theirs ? update((now) => void Object.assign(now, merged(now, theirs))) : KEPT,
          own.restored
        ),
      "button"
    );
    if (!theirs || !Object.keys(record().modules).length) return make("p", {}, add);
    return make(
      "div",
      {},
      make("p", {}, add),
      asking(own.replace, own.replaceSure, own.replaceYes, own.replaceNo, () =>
        this.#take(found, replaceRecord(theirs), own.replaced)
      )
    );
  }

  /**
   * @param {FileContent} found
   * @param {Kept | Promise<Kept>} taken what became of the record
   * @param {string} words
   */
  async #take({ record: theirRecord, journal: theirs }, taken, words) {
    const kept = await taken;
    // A file may have the ids of another version of the course.
    if (theirRecord && kept.ok) void arrive().catch(console.warn);
    const written =
      !theirs || (!theirs.lock && journal().lock) ? KEPT : theirs.lock ? takeLocked(theirs) : await addEntries(theirs);
    this.#preview.replaceChildren();
    this.#field.value = "";
    const said = !kept.ok
      ? `${own.notRestored} ${messages.notKept[kept.why]}`
      : !written.ok
        ? `${words} ${own.journalNotRestored} ${messages.notKept[written.why]}`
        : words;
    sayAndGo(this.#state, said);
    this.#showAsides();
  }

  // ------------------------------------------------------------------ what was put aside

  #showAsides() {
    if (this.#asides.contains(document.activeElement)) return;
    const parts = [RECORD, JOURNAL].flatMap(asides).map((name, index) => this.#aside(name, index + 1));
    this.#asides.replaceChildren(...parts);
  }

  /** @param {string} name @param {number} number */
  #aside(name, number) {
    const withText = (/** @type {(text: string) => void} */ does) => async () => {
      const text = await asideText(name);
      if (text === undefined) this.#state.textContent = messages.notKept.locked;
      else does(text);
    };
    return make(
      "div",
      { class: "callout callout--caution" },
      make("p", {}, own.aside(number)),
      make(
        "p",
        {},
        button(
          own.saveAside(number),
          withText((text) => saveFile(`${name}.json`, text, "application/json"))
        ),
        " ",
        button(
          own.lookAside(number),
          withText((text) => {
            this.#close();
            this.#look(text);
          })
        )
      ),
      asking(own.dropAside(number), own.dropAsideSure, own.deleteYes, own.deleteNo, () => {
        const gone = remove(name);
        sayAndGo(this.#state, gone.ok ? own.deleted : messages.notKept[gone.why]);
        this.#showAsides();
      })
    );
  }
}

/** @param {FileContent} found */
function notes({ journal: written, unread }) {
  const words = written ? Object.keys(written.entries).length : 0;
  return [
    ...(unread ? [own.unreadInFile(unread)] : []),
    ...(written?.lock ? [own.lockedThere] : []),
    ...(words ? [journal().lock ? own.lockedHere : own.brings(words)] : []),
  ];
}

/** @param {boolean} withJournal */
const fileText = (withJournal) =>
  JSON.stringify(withJournal ? { ...record(), journal: storedJournal() } : record(), null, 1);
