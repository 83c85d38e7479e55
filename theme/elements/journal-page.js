import { define } from "./define.js";
import { asHtml, asMarkdown, byModule } from "./journal-export.js";
import { canLock } from "./journal-lock.js";
import { opening, passphraseField } from "./journal-opening.js";
import {
  JOURNAL,
  closeJournal,
  dropPassphrase,
  forgetJournal,
  isLocked,
  journal,
  setPassphrase,
  turnJournal,
  updateJournal,
} from "./journal.js";
import { keepBeside } from "./journal-model.js";
import { asking, button, sayAndGo, saveFile } from "./learner-pages.js";
import { journalMessages as said } from "./journal-messages.js";
import { ownMessages as own } from "./learner-messages.js";
import { inWords, make, root, today } from "./site.js";
import { say } from "./speech.js";
import { watch } from "./store.js";

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
  }

  /** What has become of something. */
  #state = make("p");

  #show() {
    const now = journal();
    const entries = Object.entries(now.entries).filter(([, entry]) => entry.text.trim());
    const plans = entries.filter(([, entry]) => entry.plan);
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
    this.append(...(now.lock ? this.#openLock() : this.#newLock()));
    if (!entries.length) {
      this.append(make("p", {}, own.journalEmpty));
      return;
    }
    this.append(...this.#ways());
    if (plans.length) this.append(this.#group(own.plans, plans, true));
    for (const [module, written] of byModule({
      ...now,
      entries: Object.fromEntries(entries.filter(([, entry]) => !entry.plan)),
    }))
      this.append(this.#group(module, written, false));
    this.append(this.#deletion(own.deleteAll, own.deleteAllSure));
  }

  /** @param {string} label @param {string} question */
  #deletion(label, question) {
    return asking(label, question, own.deleteYes, own.deleteNo, () => {
      const gone = forgetJournal();
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
        button(own.closeJournal, () => {
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

  /** @param {string} title @param {[string, Entry][]} entries @param {boolean} plans */
  #group(title, entries, plans) {
    return make(
      "section",
      { class: "journal" },
      make("h2", {}, title),
      ...entries.map(([key, entry]) => this.#entry(key, entry, plans))
    );
  }

  /** @param {string} key @param {Entry} entry @param {boolean} plan */
  #entry(key, entry, plan) {
    const text = make("p", { class: "journal__text" }, entry.text);
    const where = entry.url
      ? [
          " ",
          make(
            "a",
            { href: new URL(entry.url, root).href },
            own.where,
            make("span", { class: "vh" }, `: ${entry.title}`)
          ),
        ]
      : [];
    const article = make(
      "article",
      { class: "journal__entry" },
      make("h3", {}, entry.title),
      make("p", { class: "fine" }, entry.label),
      text,
      make("p", { class: "fine" }, own.written(inWords(entry.at || today())), ...where)
    );
    if (plan) article.append(this.#revisit(key, entry));
    article.append(
      asking(own.deleteOne(entry.label), own.deleteOneSure, own.deleteYes, own.deleteNo, () => this.#delete(key, entry))
    );
    return article;
  }

  /** One entry can be brought back for as long as the page is open. @param {string} key @param {Entry} entry */
  async #delete(key, entry) {
    const gone = await updateJournal((now) => void delete now.entries[key]);
    this.#gone(gone.ok ? own.deleted : said.notWritten[gone.why]);
    if (!gone.ok) return;
    const back = button(own.bringBack, async () => {
      const kept = await updateJournal((now) => keepBeside(now, key, entry));
      this.#gone(kept.ok ? own.broughtBack : said.notWritten[kept.why]);
    });
    this.#state.after(make("p", { class: "on-screen" }, back));
  }

  /** @param {string} key @param {Entry} entry */
  #revisit(key, entry) {
    const id = `revisit-${key.replaceAll("/", "-")}`;
    const field = make("input", { type: "date", id, value: entry.revisit, min: today() });
    field.addEventListener("change", async () => {
      const kept = await updateJournal((now) => {
        if (now.entries[key]) now.entries[key].revisit = field.value;
      });
      say(this.#state, kept.ok ? own.revisitKept : said.notWritten[kept.why]);
    });
    return make("p", { class: "field on-screen" }, make("label", { for: id }, own.revisit), field);
  }
}

define("p-journal", JournalElement);
