import { define } from "./define.js";
import { messages } from "./messages.js";
import { QuestionElement } from "./question-element.js";
import { linkTo } from "./question-link.js";
import { turnedTo } from "./record-model.js";
import { finish, notePlace, view } from "./record.js";
import { make } from "./site.js";
import { say, sayNotLoaded } from "./speech.js";
import { quietly } from "./store.js";
import { _, ngettext } from "./words.js";

const said = {
  title: _("Your result"),
  /** @param {number} answered @param {number} all */
  answered: (answered, all) =>
    answered
      ? ngettext("You have answered {answered} of {all}.", "You have answered {answered} of {all}.", all, {
          answered,
          all,
        })
      : _("You have not answered any question yet."),
  /** Questions that have a key, and were answered. @param {number} first @param {number} all */
  first: (first, all) =>
    ngettext("{first} of {all} was right the first time.", "{first} of {all} were right the first time.", first, {
      first,
      all,
    }),
  /** @param {number} count */
  yours: (count) =>
    ngettext("{count} is for you to judge yourself.", "{count} are for you to judge yourself.", count, { count }),
  missed: _("Worth another look:"),
  nothingMissed: _("Every question that you answered is right now."),
  /** @param {"right" | "partly" | "wrong"} state @param {number} right @param {number} all */
  aim: (state, right, all) =>
    state === "right"
      ? _("Strong already:")
      : ngettext("Worth another look, {right} of {all} right:", "Worth another look, {right} of {all} right:", all, {
          right,
          all,
        }),
  see: _("See your result"),
  tryMissed: _("Try again what was missed"),
  showAll: _("Show all questions again"),
  again: _("Start this quiz again"),
  notStartedAgain: _("The quiz did not start again."),
  startedAgain: _("The quiz starts again. What was here before is set aside on the page “Your progress”."),
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
  /** What the last question of a whole quiz was told. @type {string | undefined} */
  #told;
  /** What has become of the quiz when it began anew. */
  #state = make("p");
  /** The question that was answered last on this page. @type {Element | undefined} */
  #last;

  connectedCallback() {
    if (this.#listening) return;
    this.#listening = new AbortController();
    const signal = this.#listening.signal;
    addEventListener("record:changed", () => this.#show(), { signal });
    // Before the answer is kept: with the last one the result is told, and leads there from its question.
    document.addEventListener("question:submit", ({ target }) => (this.#last = /** @type {Element} */ (target)), {
      signal,
    });
    document.addEventListener("question:graded", () => void notePlace(this.dataset.title ?? "", this.#last?.id), {
      signal,
    });
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
    const answers = view().modules[module]?.questions ?? {};
    const items = this.items;
    const current = items.map((item) => {
      const question = this.#questionIn(item);
      const { question: id = "", fingerprint = "" } = question.dataset;
      const answer = answers[id] && turnedTo(answers[id], fingerprint);
      return { item, question, answer: answer?.fingerprint === fingerprint ? answer : undefined };
    });
    const answered = current.filter((entry) => entry.answer);
    const checked = answered.filter((entry) => entry.answer?.score != null);
    const missed = checked.filter((entry) => Number(entry.answer?.score) < 1);
    const first = checked.filter((entry) => entry.answer?.first === 1).length;
    const own = answered.length - checked.length;
    if (answered.length === items.length && !(quiz in (view().modules[module]?.lessons ?? {}))) {
      void quietly(finish(module, quiz));
      return;
    }
    const words = [
      said.answered(answered.length, items.length),
      ...(checked.length ? [said.first(first, checked.length)] : []),
      ...(own ? [said.yours(own)] : []),
    ].join(" ");
    const heading = make("h2", { id: "result", tabindex: "-1" }, said.title);
    const state = make("p", { class: "quiz-end__state" }, words);
    const links = missed.map(({ question }) => make("li", {}, linkTo(question)));
    const list = links.length
      ? [
          make("p", { id: "missed" }, said.missed),
          make("ul", { "aria-labelledby": "missed", class: "links" }, ...links),
        ]
      : checked.length
        ? [make("p", {}, said.nothingMissed)]
        : [];
    this.toggleAttribute("data-finished", answered.length === items.length);
    aims(current);
    const focused = this.contains(document.activeElement);
    this.replaceChildren(heading, state, ...list, ...this.#buttons(missed.length > 0, current));
    if (answered.length) this.append(this.#startAgain(current));
    this.append(this.#state);
    if (focused) (this.querySelector("button") ?? heading).focus();
    if (answered.length === items.length) this.#tell(state, missed.length ? words : `${words} ${said.nothingMissed}`);
  }

  /**
   * Says the result aloud once the quiz is whole and whenever it gets better, and leads there from the question.
   * @param {Element} state
   * @param {string} result
   */
  #tell(state, result) {
    const known = this.#told ?? (this.#last ? "" : result);
    this.#told = result;
    if (known === result) return;
    say(state, state.textContent ?? "", result);
    const link = make("p", { class: "feedback" }, make("a", { href: "#result" }, said.see));
    this.#last?.querySelector("form")?.append(link);
    link.scrollIntoView({ block: "nearest" });
  }

  /**
   * What lets the whole quiz begin anew; what asks first is loaded when someone wants that.
   * @param {{question: HTMLElement}[]} current
   */
  #startAgain(current) {
    const { module = "", quiz = "" } = this.dataset;
    const button = make("button", { type: "button", class: "button button--second" }, said.again);
    button.addEventListener("click", async () => {
      try {
        const { quizAgain } = await import("./quiz-again.js");
        const ids = current.map(({ question }) => question.dataset.question ?? "");
        const box = quizAgain(module, quiz, ids, (kept) => this.#begun(kept, current));
        button.replaceWith(box);
        box.ask();
      } catch (error) {
        sayNotLoaded(this.#state, error);
      }
    });
    return make("div", {}, button);
  }

  /** @param {import("./start-again.js").Begun} kept @param {{question: HTMLElement}[]} current */
  #begun(kept, current) {
    if (!kept.begun) {
      say(this.#state, `${said.notStartedAgain} ${messages.notKept[kept.why]}`);
      return;
    }
    this.#told = undefined;
    this.#only = undefined;
    for (const item of this.items) item.hidden = false;
    for (const { question } of current) if (question instanceof QuestionElement) question.reset();
    this.#show();
    const first = /** @type {HTMLElement | null} */ (document.querySelector(".quiz h2"));
    if (first) {
      first.tabIndex = -1;
      first.focus();
    }
    say(this.#state, kept.ok ? said.startedAgain : messages.notKept[kept.why]);
  }

  /**
   * @param {boolean} anyMissed
   * @param {{item: HTMLElement, question: HTMLElement, answer?: {score: number | null}}[]} current
   */
  #buttons(anyMissed, current) {
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
      const heading = /** @type {HTMLElement | null} */ (open[0]?.item.querySelector("h2"));
      heading?.setAttribute("tabindex", "-1");
      heading?.focus();
      say(this.#state, said.onlyMissed(open.length));
    });
    return anyMissed || this.#only ? [button] : [];
  }
}

/**
 * Says beside each objective that the quiz asks about how its questions went, once all of them are answered.
 * @param {{item: HTMLElement, answer?: {score: number | null}}[]} current
 */
function aims(current) {
  for (const aim of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-objective]"))) {
    const asked = current.filter(
      ({ item, answer }) =>
        (item.dataset.objectives ?? "").split(" ").includes(aim.dataset.objective ?? "") && answer?.score !== null
    );
    const right = asked.filter(({ answer }) => answer?.score === 1).length;
    const whole = asked.length > 0 && asked.every(({ answer }) => answer);
    const state = right === asked.length ? "right" : right ? "partly" : "wrong";
    const place = /** @type {Element} */ (aim.querySelector(".aims__found"));
    if (whole) {
      aim.dataset.state = state;
    } else {
      delete aim.dataset.state;
    }
    place.textContent = whole ? said.aim(state, right, asked.length) : "";
  }
}

define("p-quiz", QuizElement);
