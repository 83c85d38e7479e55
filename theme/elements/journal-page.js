import { today } from "./day.js";
import { define } from "./define.js";
import { asHtml, asMarkdown, byModule, isTick } from "./journal-export.js";
import { canLock } from "./journal-lock.js";
import { opening, passphraseField } from "./journal-opening.js";
import {
  JOURNAL,
  closeJournal,
  dropPassphrase,
  flush,
  forgetJournal,
  isLocked,
  isLocking,
  journal,
  setPassphrase,
  turnJournal,
  updateJournal,
} from "./journal.js";
import { JournalEntry, nameOf } from "./journal-entry.js";
import { keepBeside, lookAgainOn } from "./journal-model.js";
import { asking, button, confined, saveFile, sayAndGo, wordsOf } from "./learner-pages.js";
import { journalMessages as said } from "./journal-messages.js";
import { HAPPENED, dayField, noteForm, planForm } from "./journal-notes.js";
import { ownMessages as own } from "./learner-messages.js";
import { isDue } from "./plans.js";
import { device, make, onLeaving } from "./site.js";
import { focusSoon, say } from "./speech.js";
import { get, quietly, watch } from "./store.js";

/**
 * @typedef {import("./journal-model.js").Entry} Entry
 * @typedef {import("./journal-notes.js").NoteForm} NoteForm
 */

/** NIST SP 800-63B-4 asks for fifteen letters where nothing but a passphrase protects. */
const SHORTEST = 15;

/** The journal: what was written, by module, with the plans first. */
class JournalElement extends HTMLElement {
  #started = false;

  connectedCallback() {
    if (this.#started) return;
    this.#started = true;
    this.#show();
    watch(JOURNAL, () => this.#showOthers());
    const leave = () => {
      void this.#keepAll();
      flush();
    };
    onLeaving(leave);
    // Locking takes a moment that a page which is being left no longer has, and what was typed before another page has
    // locked the journal can be kept only once it is open: so the browser asks first.
    addEventListener("beforeunload", (event) => {
      leave();
      if (isLocking() || (isLocked() && this.#written().some((one) => one.isWaiting))) event.preventDefault();
    });
    // The main button of a page leads to a plan that is due, which is there only now.
    if (location.hash === "#due") document.getElementById("due")?.focus();
  }

  /** What has become of something. */
  #state = make("p");
  /** Entries that can be corrected, by their keys. @type {Map<string, JournalEntry>} */
  #entries = new Map();
  #note = noteForm((words) => this.#gone(words));
  /** What asks about plans that are due, by the key of the plan. @type {Map<string, NoteForm>} */
  #asked = new Map();
  /** What was deleted on this page, each time. @type {[string, Entry][][]} */
  #deleted = [];
  /** What asks for a passphrase stays while it is being typed. @type {HTMLElement | undefined} */
  #opening;
  /** @type {HTMLElement | undefined} */
  #locking;

  #written() {
    return [...this.#entries.values(), this.#note, ...this.#asked.values()];
  }

  /** What was typed and is not kept yet is kept now. @returns what has become of each */
  async #keepAll() {
    const all = await Promise.all(this.#written().map((one) => one.keep()));
    for (const kept of all) await quietly(kept);
    return all;
  }

  /** What was being written, and what could be brought back, belonged to a journal that is gone. */
  #forget() {
    this.#entries.clear();
    this.#asked.clear();
    this.#note.empty();
    this.#deleted = [];
  }

  /** Shows what another page has written. Whoever is writing goes on where they were. */
  #showOthers() {
    // Deleting all of it means what is being written too.
    if (get(JOURNAL) === null) this.#forget();
    const was = this.contains(document.activeElement) ? document.activeElement : null;
    const field = was instanceof HTMLTextAreaElement || was instanceof HTMLInputElement ? was : undefined;
    const [start, end] = [field?.selectionStart ?? null, field?.selectionEnd ?? null];
    this.#show();
    if (!(was instanceof HTMLElement) || document.activeElement === was) return;
    const there = was.isConnected ? was : (document.getElementById(was.id) ?? this.#like(was));
    there?.focus({ preventScroll: true });
    if (there === field && start !== null) field?.setSelectionRange(start, end);
  }

  /** What has come in the place of a button or a link. @param {HTMLElement} was */
  #like(was) {
    return [...this.querySelectorAll(was.localName)]
      .map((one) => /** @type {HTMLElement} */ (one))
      .find((one) => one.textContent === was.textContent);
  }

  #show() {
    // What someone is correcting stays, whatever else has changed.
    const open = new Map([...this.#entries].filter(([, entry]) => entry.isOpen));
    this.#entries = new Map(open);
    this.#showAll();
    if (isLocked()) return;
    const gone = [...open.keys()].filter((key) => !journal().entries[key]?.text.trim());
    const words = gone.map((key) => open.get(key)?.typed ?? "").filter(Boolean);
    for (const key of gone) this.#entries.delete(key);
    for (const text of words) this.#note.add(text);
    if (!words.length) return;
    if (!this.#note.element.isConnected) this.#state.after(this.#note.element);
    say(this.#state, own.correctedGone);
  }

  #showAll() {
    const now = journal();
    const all = Object.entries(now.entries).filter(([, entry]) => entry.text.trim());
    const asked = all.filter(([, entry]) => entry.plan && isDue(entry)).map(([key]) => this.#asked.get(key));
    // A draft stands in its field.
    const entries = all.filter(([key, { text }]) => ![this.#note, ...asked].some((form) => form?.holds(key, text)));
    const plans = entries.filter(([, entry]) => entry.plan && !isTick(entry));
    const told = (/** @type {string} */ key) => plans.some(([plan]) => key.startsWith(`${plan}${HAPPENED}`));
    this.replaceChildren(this.#choice(now.on), this.#state);
    if (isLocked()) {
      this.#deleted = [];
      this.#opening ??= opening("journal-passphrase", (from) => this.#opened(from));
      this.append(
        make("h2", {}, own.isLocked),
        make("p", {}, own.isLockedWhy),
        this.#opening,
        this.#deletion(own.forgotten, own.forgottenSure)
      );
      return;
    }
    this.#opening = undefined;
    if (now.lock) this.#locking = undefined;
    else this.#locking ??= this.#newLock();
    this.append(...this.#deleted.map((entries) => this.#bringBack(entries)));
    if (now.on || this.#note.isBegun) this.append(this.#note.element);
    this.append(...(this.#locking ? [this.#locking] : this.#openLock()));
    if (!all.length) {
      this.append(make("p", {}, own.journalEmpty[device()]));
      return;
    }
    this.append(...this.#ways());
    if (plans.length) this.append(this.#plans(plans, entries));
    const others = entries.filter((one) => !plans.includes(one) && !told(one[0]));
    for (const [module, groups] of byModule(others)) this.append(this.#module(module, groups));
    this.append(this.#deletion(own.deleteAll, own.deleteAllSure));
  }

  /** @param {string} label @param {string} question */
  #deletion(label, question) {
    return asking(label, question, own.deleteYes, own.deleteNo, () => {
      const gone = forgetJournal();
      this.#forget();
      this.#gone(gone.ok ? own.deleted : said.notWritten[gone.why]);
    });
  }

  /**
   * Shows everything anew where what had the focus is gone.
   * @param {string} words
   * @param {Element | null} [from] as in `sayAndGo`
   */
  #gone(words, from) {
    this.#show();
    sayAndGo(this.#state, words, from);
  }

  /** Whoever has come for a plan that is due is led to it, now that it is there. @param {Element | null} from */
  #opened(from) {
    this.#show();
    const due = document.getElementById("due");
    const isWanted = location.hash === "#due";
    if (due && isWanted) focusSoon(due, () => say(this.#state, own.isOpenDue), from);
    else sayAndGo(this.#state, due ? own.isOpenDue : isWanted ? own.isOpenNoneDue : own.isOpen, from);
  }

  /** @param {boolean} on */
  #choice(on) {
    const box = make("input", { type: "checkbox", id: "journal-on" });
    box.checked = on;
    box.addEventListener("change", async () => {
      const kept = await turnJournal(box.checked);
      if (!kept.ok) box.checked = journal().on;
      say(this.#state, kept.ok ? (box.checked ? said.keepingNow : said.keepingNoMore) : said.notWritten[kept.why]);
    });
    return make("div", { class: "option" }, box, " ", make("label", { for: box.id }, own.journalOn[device()]));
  }

  #openLock() {
    return [
      make("p", {}, own.openHere),
      make(
        "p",
        { class: "on-screen" },
        button(own.closeJournal, async () => {
          const failed = (await this.#keepAll()).find((kept) => !kept.ok);
          if (failed && !failed.ok) {
            this.#gone(said.notWritten[failed.why]);
            return;
          }
          closeJournal();
          // All of it is behind the lock, and no words stay on the page.
          this.#forget();
          this.#gone(own.isLocked);
        })
      ),
      asking(own.dropPassphrase, own.dropPassphraseSure, own.dropPassphraseYes, own.dropPassphraseNo, async () => {
        const done = await dropPassphrase();
        this.#gone(done.ok ? own.passphraseDropped : said.notWritten[done.why]);
      }),
    ];
  }

  #newLock() {
    if (!canLock()) return make("p", { class: "fine" }, own.lockNeedsHttps);
    const first = passphraseField("new-passphrase", own.newPassphrase, "new-password");
    const second = passphraseField("new-passphrase-again", own.passphraseAgain, "new-password");
    const state = make("p");
    const form = make(
      "form",
      { class: "opening", novalidate: "" },
      first.parts,
      second.parts,
      make("button", { type: "submit", class: "button button--second" }, own.lockJournal),
      state
    );
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      first.refuse("");
      second.refuse("");
      if (first.field.value.length < SHORTEST) first.refuse(own.tooShort(SHORTEST));
      else if (first.field.value !== second.field.value) second.refuse(own.notTheSame);
      else {
        say(state, own.locking);
        const done = await setPassphrase(first.field.value);
        if (done.ok) this.#gone(own.nowLocked);
        else say(state, said.notWritten[done.why]);
      }
    });
    return make(
      "details",
      { class: "on-screen" },
      make("summary", {}, own.lockTitle),
      ...own.lockWhy.map((text) => make("p", {}, text)),
      form
    );
  }

  #ways() {
    const language = document.documentElement.lang || "en";
    return [
      make(
        "p",
        { class: "on-screen" },
        button(own.saveMarkdown, () =>
          saveFile(`journal-${today()}.md`, asMarkdown(journal(), own.journalTitle), "text/markdown")
        ),
        " ",
        button(own.saveHtml, () =>
          saveFile(`journal-${today()}.html`, asHtml(journal(), own.journalTitle, language), "text/html")
        ),
        ...(confined ? [] : [" ", button(own.print, () => print())])
      ),
    ];
  }

  /** @param {string} key @param {Entry} entry */
  #entry(key, entry) {
    const open = this.#entries.get(key);
    open?.renew(entry);
    const made =
      open ??
      new JournalEntry(key, entry, {
        say: (words) => this.#gone(words),
        deletes: (there) => this.#delete([[key, there]]),
      });
    this.#entries.set(key, made);
    return made;
  }

  /**
   * Plans, those that are due first, each with what came of it.
   * @param {[string, Entry][]} plans
   * @param {[string, Entry][]} entries
   */
  #plans(plans, entries) {
    const due = plans.filter(([, entry]) => isDue(entry));
    const made = [...due, ...plans.filter((plan) => !due.includes(plan))].map(([key, entry], place) => {
      const one = this.#entry(key, entry);
      const told = entries.filter(([other]) => other.startsWith(`${key}${HAPPENED}`));
      one.article.prepend(make("h3", {}, entry.title));
      one.article.append(
        ...told.map((answer) => this.#entry(...answer).article),
        due.length > place ? this.#ask(key, entry) : this.#revisit(key, entry)
      );
      return one.article;
    });
    if (due.length) {
      made[0].id = "due";
      made[0].tabIndex = -1;
      made[0].setAttribute("aria-label", own.planIsDue);
    }
    return make("section", { class: "journal" }, make("h2", { id: "plans" }, own.plans), ...made);
  }

  /** @param {string} key @param {Entry} entry */
  #ask(key, entry) {
    /** @type {NoteForm} */
    const form =
      this.#asked.get(key) ??
      planForm(key, entry, (words) => {
        // One that has its answer is not asked any more.
        if (!form.isBegun) this.#asked.delete(key);
        this.#gone(words);
      });
    this.#asked.set(key, form);
    return form.element;
  }

  /** @param {string} module @param {import("./journal-export.js").Group[]} groups */
  #module(module, groups) {
    return make(
      "section",
      { class: "journal" },
      make("h2", {}, module),
      ...groups.flatMap(({ title, written, ticked }) => [
        ...(title === module ? [] : [make("h3", {}, title)]),
        ...written.map(([key, entry]) => this.#entry(key, entry).article),
        ...(ticked.length ? [this.#ticks(title, ticked)] : []),
      ])
    );
  }

  /** Boxes that were ticked are one thing. @param {string} title @param {[string, Entry][]} ticked */
  #ticks(title, ticked) {
    return make(
      "div",
      { class: "journal__entry" },
      make("p", { class: "fine" }, own.ticked),
      make("ul", { class: "journal__ticks" }, ...ticked.map(([, { label }]) => make("li", {}, label))),
      asking(wordsOf(own.deleteTicks, title), own.deleteOneSure, own.deleteYes, own.deleteNo, () =>
        this.#delete(ticked)
      )
    );
  }

  /** What was deleted can be brought back for as long as the page is open. @param {[string, Entry][]} entries */
  async #delete(entries) {
    const gone = await updateJournal((now) => {
      for (const [key] of entries) delete now.entries[key];
    });
    if (gone.ok) this.#deleted.push(entries);
    this.#gone(gone.ok ? own.deleted : said.notWritten[gone.why]);
  }

  /** @param {[string, Entry][]} entries what was deleted at once */
  #bringBack(entries) {
    const [[, first], ...others] = entries;
    const back = button(`${own.bringBack}: ${others.length ? first.title : nameOf(first)}`, async () => {
      const kept = await updateJournal((now) => {
        for (const [key, entry] of entries) keepBeside(now, key, entry);
      });
      if (kept.ok) this.#deleted = this.#deleted.filter((one) => one !== entries);
      this.#gone(kept.ok ? own.broughtBack : said.notWritten[kept.why]);
    });
    return make("p", { class: "on-screen" }, back);
  }

  /** @param {string} key @param {Entry} entry */
  #revisit(key, entry) {
    const { field, parts } = dayField(`revisit-${key.replaceAll("/", "-")}`, own.revisit, entry.revisit);
    field.addEventListener("change", async () => {
      const kept = await updateJournal((now) => lookAgainOn(now, key, field.value));
      say(this.#state, kept.ok ? own.revisitKept : said.notWritten[kept.why]);
    });
    return parts;
  }
}

define("p-journal", JournalElement);
