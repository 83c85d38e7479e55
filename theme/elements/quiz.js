import { define } from "./define.js";
import { QuestionElement } from "./question-element.js";
import { finish, notePlace, record } from "./record.js";
import { make } from "./site.js";
import { quietly } from "./store.js";
import { _, ngettext } from "./words.js";

const said = {
  /** @param {number} answered @param {number} all @param {number} first */
  state: (answered, all, first) =>
    answered
      ? ngettext(
          "You have answered {answered} of {all}. {first} was right the first time.",
          "You have answered {answered} of {all}. {first} were right the first time.",
          first,
          { answered, all, first }
        )
      : _("You have not answered any question yet."),
  missed: _("Worth another look:"),
  nothingMissed: _("Every question that you answered is right now."),
  tryMissed: _("Try again what was missed"),
  showAll: _("Show all questions again"),
  /** @param {number} count */
  onlyMissed: (count) =>
    ngettext(
      "{count} question is shown: what was missed or is open.",
      "{count} questions are shown: what was missed or is open.",
      count,
      { count }
    ),
};

/** The end of a quiz: what is answered, what is worth another look, and a way to try just that again. */
class QuizElement extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening;
  /** Ids of the questions that are shown; all where there are none. @type {Set<string> | undefined} */
  #only;

  connectedCallback() {
    if (this.#listening) return;
    this.#listening = new AbortController();
    const signal = this.#listening.signal;
    addEventListener("record:changed", () => this.#show(), { signal });
    this.#show();
  }

  disconnectedCallback() {
    this.#listening?.abort();
    this.#listening = undefined;
    this.#only = undefined;
    for (const item of this.items) item.hidden = false;
    this.replaceChildren();
  }

  /** @returns {HTMLLIElement[]} */
  get items() {
    return [...document.querySelectorAll(".quiz > li")].map((item) => /** @type {HTMLLIElement} */ (item));
  }

  /** @param {Element} item */
  #questionIn(item) {
    return /** @type {HTMLElement} */ (item.querySelector("[data-question]"));
  }

  #show() {
    const { module = "", quiz = "" } = this.dataset;
    const answers = record().modules[module]?.questions ?? {};
    const items = this.items;
    const current = items.map((item) => {
      const question = this.#questionIn(item);
      const answer = answers[question.dataset.question ?? ""];
      return { item, question, answer: answer?.fingerprint === question.dataset.fingerprint ? answer : undefined };
    });
    const answered = current.filter((entry) => entry.answer);
    const missed = answered.filter((entry) => entry.answer && entry.answer.score !== null && entry.answer.score < 1);
    const first = answered.filter((entry) => entry.answer?.first === 1).length;
    if (answered.length === items.length && !(quiz in (record().modules[module]?.lessons ?? {}))) {
      void quietly(finish(module, quiz));
      return;
    }
    const state = make("p", { class: "quiz-end__state" }, said.state(answered.length, items.length, first));
    const links = missed.map(({ item, question }) => {
      const heading = /** @type {HTMLElement} */ (item.querySelector("h2"));
      const prompt = question.querySelector("legend, label")?.textContent?.trim() ?? "";
      return make("li", {}, make("a", { href: `#${heading.id}` }, `${heading.textContent}: ${prompt}`));
    });
    const list = links.length
      ? [
          make("p", { id: "missed" }, said.missed),
          make("ul", { "aria-labelledby": "missed", class: "links" }, ...links),
        ]
      : answered.length
        ? [make("p", {}, said.nothingMissed)]
        : [];
    const focused = this.contains(document.activeElement);
    this.replaceChildren(state, ...list, ...this.#buttons(missed.length > 0, current));
    if (focused) this.querySelector("button")?.focus();
  }

  /**
   * @param {boolean} anyMissed
   * @param {{item: HTMLElement, question: HTMLElement, answer?: {score: number | null}}[]} current
   */
  #buttons(anyMissed, current) {
    const status = make("p", { role: "status" });
    const button = make("button", { type: "button", class: "button" }, this.#only ? said.showAll : said.tryMissed);
    button.addEventListener("click", () => {
      if (this.#only) {
        this.#only = undefined;
        for (const { item } of current) item.hidden = false;
        this.#show();
        return;
      }
      const open = current.filter(({ answer }) => !answer || (answer.score !== null && answer.score < 1));
      this.#only = new Set(open.map(({ item }) => item.id));
      for (const entry of current) {
        entry.item.hidden = !open.includes(entry);
        if (open.includes(entry) && entry.question instanceof QuestionElement) entry.question.reset();
      }
      this.#show();
      this.querySelector("[role=status]")?.append(said.onlyMissed(open.length));
      const heading = /** @type {HTMLElement | null} */ (open[0]?.item.querySelector("h2"));
      heading?.setAttribute("tabindex", "-1");
      heading?.focus();
    });
    return anyMissed || this.#only ? [button, status] : [];
  }
}

document.addEventListener("question:graded", (event) => {
  const quiz = /** @type {HTMLElement | null} */ (document.querySelector("p-quiz"));
  if (quiz) void notePlace(quiz.dataset.title ?? "", /** @type {Element} */ (event.target).id);
});

define("p-quiz", QuizElement);
