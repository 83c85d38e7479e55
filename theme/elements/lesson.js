import { define } from "./define.js";
import { messages } from "./messages.js";
import { followLesson } from "./record-follow.js";
import { moduleOf } from "./record-model.js";
import { finish, notePlace, record, update } from "./record.js";
import { make } from "./site.js";
import { quietly } from "./store.js";

/**
 * The end of a lesson: a box to tick when it is finished. It is ticked by itself once every check was tried,
 * and by hand by whoever read the summary instead: both count the same.
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
    const state = make("p", { role: "status" });
    this.replaceChildren(
      make("div", { class: "option" }, box, " ", make("label", { for: box.id }, messages.finishedLesson)),
      state
    );
    const formerly = words(this.dataset.formerly);
    void quietly(
      update((now) => {
        followLesson(now, module, lesson, formerly);
        moduleOf(now, module).version = this.dataset.version ?? "";
      })
    );
    void notePlace(this.dataset.title ?? "");
    const dayOf = () => record().modules[module]?.lessons[lesson];
    const isDone = () => dayOf() !== undefined;
    const say = async (/** @type {Promise<import("./store.js").Kept>} */ kept, /** @type {string} */ words) => {
      const answer = await kept;
      state.textContent = answer.ok ? words : messages.notKept[answer.why];
    };
    box.checked = isDone();
    /** Taking the tick away and setting it again leaves the day as it was. */
    let before = dayOf();
    box.addEventListener(
      "change",
      () => {
        before = dayOf() ?? before;
        if (box.checked) void say(finish(module, lesson, formerly, before), messages.lessonFinished);
        else
          void say(
            update((now) => void delete moduleOf(now, module).lessons[lesson]),
            messages.lessonOpen
          );
      },
      { signal }
    );
    document.addEventListener(
      "question:graded",
      (event) => {
        void notePlace(this.dataset.title ?? "", /** @type {Element} */ (event.target).id);
        const answered = record().modules[module]?.questions ?? {};
        const checks = words(this.dataset.checks);
        if (!checks.length || isDone() || !checks.every((check) => check in answered)) return;
        box.checked = true;
        void say(finish(module, lesson, formerly), messages.lessonFinished);
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

/** @param {string} [text] */
const words = (text) => (text ? text.split(" ") : []);

define("p-lesson", LessonElement);
