import { define } from "./define.js";
import { messages } from "./messages.js";
import { followLesson } from "./record-follow.js";
import { linkTo } from "./question-link.js";
import { moduleOf } from "./record-model.js";
import { finish, notePlace, update, view } from "./record.js";
import { make } from "./site.js";
import { say } from "./speech.js";
import { quietly } from "./store.js";
import { _ } from "./words.js";

const said = {
  toTry: _("The box ticks itself once you have tried every check. You can also tick it yourself. Still to try:"),
  notTried: _("Not tried yet:"),
};

/**
 * The end of a lesson: a box to tick when it is finished, and what is still to try. It is ticked by itself once every
 * check was tried, and by hand by whoever read the summary instead: both count the same.
 */
class LessonElement extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening;

  connectedCallback() {
    const { module, lesson } = this.dataset;
    if (this.#listening || !module || !lesson) return;
    this.#listening = new AbortController();
    const signal = this.#listening.signal;
    const box = make("input", { type: "checkbox", id: "finished" });
    const state = make("p");
    const left = make("div", { class: "finish__left" });
    this.replaceChildren(
      make("div", { class: "option" }, box, " ", make("label", { for: box.id }, messages.finishedLesson)),
      state,
      left
    );
    const formerly = words(this.dataset.formerly);
    void quietly(
      update((now) => {
        followLesson(now, module, lesson, formerly);
        moduleOf(now, module).version = this.dataset.version ?? "";
      })
    );
    void notePlace(this.dataset.title ?? "");
    const dayOf = () => view().modules[module]?.lessons[lesson];
    const isDone = () => dayOf() !== undefined;
    const answer = async (/** @type {Promise<import("./store.js").Kept>} */ kept, /** @type {string} */ words) => {
      const given = await kept;
      say(state, given.ok ? words : messages.notKept[given.why]);
    };
    const checks = words(this.dataset.checks);
    const toTry = () => {
      const answered = view().modules[module]?.questions ?? {};
      return checks.filter((check) => !(check in answered));
    };
    const show = () => {
      const open = toTry();
      this.toggleAttribute("data-finished", box.checked);
      left.replaceChildren(
        ...(open.length
          ? [make("p", { id: "left" }, box.checked ? said.notTried : said.toTry), make("ul", LIST, ...open.map(item))]
          : [])
      );
    };
    box.checked = isDone();
    show();
    /** Taking the tick away and setting it again leaves the day as it was. */
    let before = dayOf();
    box.addEventListener(
      "change",
      () => {
        before = dayOf() ?? before;
        if (box.checked) void answer(finish(module, lesson, formerly, before), messages.lessonFinished);
        else
          void answer(
            update((now) => void delete moduleOf(now, module).lessons[lesson]),
            messages.lessonOpen
          );
        show();
      },
      { signal }
    );
    document.addEventListener(
      "question:graded",
      (event) => {
        void notePlace(this.dataset.title ?? "", /** @type {Element} */ (event.target).id);
        if (checks.length && !isDone() && !toTry().length) {
          box.checked = true;
          void answer(finish(module, lesson, formerly), messages.lessonFinished);
        }
        show();
      },
      { signal }
    );
  }

  disconnectedCallback() {
    this.#listening?.abort();
    this.#listening = undefined;
    this.replaceChildren();
  }
}

const LIST = { "aria-labelledby": "left", class: "links" };

/** A link to a check of the page. @param {string} check */
function item(check) {
  const question = document.querySelector(`[data-question="${check}"]`);
  return make("li", {}, ...(question ? [linkTo(question)] : []));
}

/** @param {string} [text] */
const words = (text) => (text ? text.split(" ") : []);

define("p-lesson", LessonElement);
