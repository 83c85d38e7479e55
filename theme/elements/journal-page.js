import { define } from "./define.js";
import { asHtml, asMarkdown, byModule, isTick } from "./journal-export.js";
import { canLock } from "./journal-lock.js";
import { opening, passphraseField } from "./journal-opening.js";
import {
  JOURNAL,
  closeJournal,
  dropPassphrase,
  forgetJournal,
  isLocked,
  isLocking,
  journal,
  setPassphrase,
  turnJournal,
  updateJournal,
} from "./journal.js";
import { JournalEntry } from "./journal-entry.js";
import { keepBeside } from "./journal-model.js";
import { asking, button, sayAndGo, saveFile, wordsOf } from "./learner-pages.js";
import { journalMessages as said } from "./journal-messages.js";
import { HAPPENED, dayField, noteForm, planForm } from "./journal-notes.js";
import { ownMessages as own } from "./learner-messages.js";
import { isDue } from "./plans.js";
import { make, onLeaving, today } from "./site.js";
import { say } from "./speech.js";
import { quietly, watch } from "./store.js";

/** @typedef {import("./journal-model.js").Entry} Entry */

/** NIST SP 800-63B-4 asks for fifteen letters where nothing but a passphrase protects. */
const SHORTEST = 15;

/** The journal: what was written, by module, with the plans first. */
class JournalElement extends HTMLElement {
  #started = false;

  connectedCallback() {
    if (this.#started) return;
    this.#started = true;
    this.#show();
    watch(JOURNAL, () => this.#show());
    onLeaving(() => void this.#keepAll());
    // Locking takes a moment that a page which is being left no longer has, so the browser asks first.
    addEventListener("beforeunload", (event) => {
      void this.#keepAll();
      if (isLocking()) event.preventDefault();
    });
    // The main button of a page leads to a plan that is due, which is there only now.
    if (location.hash === "#due") document.getElementById("due")?.focus();
  }

  /** What has become of something. */
  #state = make("p");
  /** Entries that can be corrected. @type {JournalEntry[]} */
  #entries = [];
  #note = noteForm((words) => this.#gone(words));
  /** What asks about plans that are due, by the key of the plan. @type {Map<string, ReturnType<typeof planForm>>} */
  #asked = new Map();

  /** What was typed and is not kept yet is kept now. */
  async #keepAll() {
    const all = [...this.#entries, this.#note, ...this.#asked.values()];
    await Promise.all(all.map((one) => quietly(one.keep())));
  }

  #show() {
    const typed = new Map(this.#entries.map(({ key, typed }) => [key, typed]));
    this.#showAll();
    // What someone is writing stays, whatever else has changed.
    for (const entry of this.#entries) {
      const text = typed.get(entry.key);
      if (text !== undefined) entry.correct(text);
    }
  }

  #showAll() {
    const now = journal();
    const entries = Object.entries(now.entries).filter(([, entry]) => entry.text.trim());
    const plans = entries.filter(([, entry]) => entry.plan && !isTick(entry));
    const told = (/** @type {string} */ key) => plans.some(([plan]) => key.startsWith(`${plan}${HAPPENED}`));
    this.#entries = [];
    this.#state.textContent = "";
    this.replaceChildren(this.#choice(now.on), this.#state);
    if (isLocked()) {
      this.append(
        make("h2", {}, own.isLocked),
        make("p", {}, own.isLockedWhy),
        opening("journal-passphrase", () => this.#gone(own.isOpen)),
        this.#deletion(own.forgotten, own.forgottenSure)
      );
      return;
    }
    if (now.on) this.append(this.#note.element);
    this.append(...(now.lock ? this.#openLock() : this.#newLock()));
    if (!entries.length) {
      this.append(make("p", {}, own.journalEmpty));
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
      // What was being written belonged to it.
      [this.#entries, this.#asked, this.#note.typed] = [[], new Map(), ""];
      this.#gone(gone.ok ? own.deleted : said.notWritten[gone.why]);
    });
  }

  /** Shows everything anew where what had the focus is gone. @param {string} words */
  #gone(words) {
    this.#show();
    sayAndGo(this.#state, words);
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
    return make("div", { class: "option" }, box, " ", make("label", { for: box.id }, own.journalOn));
  }

  #openLock() {
    return [
      make("p", {}, own.openHere),
      make(
        "p",
        { class: "on-screen" },
        button(own.closeJournal, async () => {
          await this.#keepAll();
          closeJournal();
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
    if (!canLock()) return [make("p", { class: "fine" }, own.lockNeedsHttps)];
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
    return [
      make(
        "details",
        { class: "on-screen" },
        make("summary", {}, own.lockTitle),
        ...own.lockWhy.map((text) => make("p", {}, text)),
        form
      ),
    ];
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
        " ",
        button(own.print, () => print())
      ),
    ];
  }

  /** @param {string} key @param {Entry} entry */
  #entry(key, entry) {
    const made = new JournalEntry(key, entry, {
      say: (words) => this.#gone(words),
      deletes: () => this.#delete([[key, entry]]),
    });
    this.#entries.push(made);
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
    const form = this.#asked.get(key) ?? planForm(key, entry, (words) => this.#gone(words));
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
    this.#gone(gone.ok ? own.deleted : said.notWritten[gone.why]);
    if (!gone.ok) return;
    const back = button(own.bringBack, async () => {
      const kept = await updateJournal((now) => {
        for (const [key, entry] of entries) keepBeside(now, key, entry);
      });
      this.#gone(kept.ok ? own.broughtBack : said.notWritten[kept.why]);
    });
    this.#state.after(make("p", { class: "on-screen" }, back));
  }

  /** @param {string} key @param {Entry} entry */
  #revisit(key, entry) {
    const { field, parts } = dayField(`revisit-${key.replaceAll("/", "-")}`, own.revisit, entry.revisit);
    field.addEventListener("change", async () => {
      const kept = await updateJournal((now) => {
        if (now.entries[key]) now.entries[key].revisit = field.value;
      });
      say(this.#state, kept.ok ? own.revisitKept : said.notWritten[kept.why]);
    });
    return parts;
  }
}

define("p-journal", JournalElement);
