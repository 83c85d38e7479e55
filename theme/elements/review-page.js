import { inWords } from "./day-in-words.js";
import { today } from "./day.js";
import { define } from "./define.js";
import { bringUpToDate, button, index, isPart, renewed, saveFile, siteName } from "./learner-pages.js";
import { isLocked } from "./journal.js";
import { ownMessages as own } from "./learner-messages.js";
import { brought, otherPage } from "./other-page.js";
import { pageAt } from "./page-at.js";
import { isDue, planned } from "./plans.js";
import { record, update, view } from "./record.js";
import { ahead, due, reviewed, session } from "./review-model.js";
import { make, root, stored } from "./site.js";
import { focusSoon, replaceAll, say } from "./speech.js";
import { quietly } from "./store.js";

/**
 * A session of spaced review. Each question is taken from the page on which it stands, so that it is
 * written once and looks and works as it does there.
 */
class ReviewElement extends HTMLElement {
  /** @type {import("./learner-pages.js").Index | undefined} */
  #index;
  /** @type {string[]} */
  #cards = [];
  /** What was not right, to be shown once more at the end. @type {string[]} */
  #again = [];
  #place = 0;
  #right = 0;
  #first = 0;
  #state = make("p");

  async connectedCallback() {
    if (this.#index) return;
    try {
      this.#index = await index();
    } catch {
      const state = make("p");
      this.append(state);
      say(state, own.noIndex);
      return;
    }
    void bringUpToDate(this.#index);
    this.#offer();
  }

  #offer() {
    const now = view();
    const here = this.#askable();
    const cards = session(here, today());
    const next = ahead(now, today()).find(([day]) => day > today());
    const nothing = next ? `${own.nothingDue} ${own.nextDue(inWords(next[0]))}` : own.noCards;
    /** @type {HTMLElement[]} */
    const parts = cards.length
      ? [
          make("p", {}, own.waiting(due(here, today()).length)),
          button(own.startReview(cards.length), () => this.#start(cards), "button"),
        ]
      : due(now, today()).length
        ? []
        : [make("p", {}, nothing)];
    if (isPart(this.#index)) parts.push(make("p", {}, own.partIndex));
    const deck = Object.keys(now.review).length
      ? [
          make(
            "p",
            {},
            button(own.saveCards, () => this.#saveCards())
          ),
          this.#state,
        ]
      : [];
    const plan = isLocked() ? own.plansLocked : planned().some(({ entry }) => isDue(entry)) ? own.planAsks : "";
    if (plan) parts.push(make("p", {}, make("a", { href: pageAt("journal/#due") }, plan)));
    this.replaceChildren(...parts, ...deck);
  }

  /** The record with no other cards than those whose question is known: the others wait until it can be loaded. */
  #askable() {
    const now = view();
    const isKnown = (/** @type {string} */ id) => {
      const [module, name] = id.split("/");
      return this.#index?.modules[module]?.questions[name] !== undefined;
    };
    return { ...now, review: Object.fromEntries(Object.entries(now.review).filter(([id]) => isKnown(id))) };
  }

  /** @param {string[]} cards */
  async #start(cards) {
    this.#index = await renewed(this.#index);
    this.#cards = cards;
    this.#first = cards.length;
    [this.#again, this.#place, this.#right] = [[], 0, 0];
    this.#next();
  }

  async #next() {
    const id = this.#cards[this.#place] ?? this.#again[this.#place - this.#first];
    if (id === undefined) {
      const heading = make("h2", { tabindex: "-1" }, own.sessionDone);
      this.replaceChildren(heading, make("p", {}, own.sessionSaid(this.#right, this.#first)));
      focusSoon(heading);
      const more = session(this.#askable(), today()).length;
      if (more) this.append(button(own.startReview(more), () => this.#offer()));
      return;
    }
    const retry = this.#place >= this.#first;
    this.#place += 1;
    const [module, name] = id.split("/");
    const known = this.#index?.modules[module];
    const title = known?.title ?? "";
    const heading = make(
      "h2",
      { tabindex: "-1" },
      retry
        ? own.cardAgain(this.#place - this.#first, this.#again.length, title)
        : own.cardOf(this.#place, this.#first, this.#again.length, title)
    );
    const box = make(
      "div",
      { class: "check" },
      heading,
      ...(retry ? [make("p", { class: "check__note" }, own.again)] : [])
    );
    replaceAll(this, box);
    // The button that was pressed is gone, and the question may take its time.
    focusSoon(heading);
    const url = new URL(pageAt(`${module}/${known?.questions[name].part}/`));
    try {
      const question = await fetched(url, name);
      box.append(question);
      question.addEventListener(
        "question:graded",
        (event) => this.#graded(id, retry, /** @type {CustomEvent} */ (event).detail, question),
        { once: true }
      );
    } catch (error) {
      console.error(error);
      const lost = make("p");
      say(lost, own.cardLost);
      box.append(
        lost,
        make("p", {}, make("a", { href: url.href }, own.open)),
        button(own.nextCard, () => this.#next())
      );
    }
  }

  /**
   * Only the first answer counts; the learner may go on trying.
   * @param {string} id
   * @param {boolean} retry
   * @param {{score: number | null, sure: boolean | null}} detail
   * @param {Element} question
   */
  #graded(id, retry, { score, sure }, question) {
    const correct = score === 1;
    if (!retry) {
      const [module, name] = id.split("/");
      const words = this.#index?.modules[module]?.questions[name]?.fingerprint;
      void quietly(update((now) => reviewed(now, id, correct, sure, today(), words)));
      if (correct) this.#right += 1;
      else this.#again.push(id);
    }
    const next = button(own.nextCard, () => this.#next(), "button");
    question.querySelector("form")?.append(next);
    next.scrollIntoView({ block: "nearest" });
  }

  /** Saves what can be asked as cards for Anki, and says how many there are. */
  async #saveCards() {
    const { ankiFile, deck } = await import("./anki.js");
    const cards = [];
    let lost = 0;
    this.#index = await renewed(this.#index);
    for (const [id, { away }] of Object.entries(record().review)) {
      const [module, name] = id.split("/");
      const known = this.#index?.modules[module];
      const part = known?.questions[name]?.part;
      if (!known || !part) {
        if (!away) lost += 1;
        continue;
      }
      const page = new URL(pageAt(`${module}/${part}/`));
      try {
        const question = await fetched(page, name, false);
        const url = new URL(`#${question.id}`, page).href;
        const where = `${siteName()}: ${known.title}`;
        cards.push({ id: stored(id), deck: deck(siteName(), known.title), tag: module, url, where, question });
      } catch (error) {
        console.error(error);
        lost += 1;
      }
    }
    saveFile("cards.txt", ankiFile(cards), "text/plain");
    say(this.#state, own.cardsSaved(cards.length, lost));
  }
}

/**
 * A question as it stands on its page, ready to be put into this one.
 * @param {URL} url
 * @param {string} name
 * @param {boolean} [working] whether its script is wanted
 * @returns {Promise<HTMLElement>}
 */
async function fetched(url, name, working = true) {
  const found = (await otherPage(url)).querySelector(`[data-question="${CSS.escape(name)}"]`);
  if (!found) throw new Error(`there is no question ${name} on ${url}`);
  const question = brought(found, url);
  // What is answered here counts for review, not as an answer on the page it was taken from.
  delete question.dataset.fingerprint;
  delete question.dataset.review;
  question.dataset.sure = "";
  for (const kept of question.querySelectorAll("[data-keep]")) kept.removeAttribute("data-keep");
  const kind = question.localName.slice(2).replaceAll("-", "_");
  if (working) await import(new URL(`questions/${kind}/${kind}.js`, root).href);
  return question;
}

define("p-review", ReviewElement);
