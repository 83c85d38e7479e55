import { define } from "./define.js";
import { messages } from "./messages.js";
import { follow, moduleOf } from "./record-model.js";
import { finish, notePlace, record, update } from "./record.js";
import { make } from "./site.js";

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
    this.replaceChildren(make("div", { class: "option" }, box, " ", make("label", { for: box.id }, messages.finishedLesson)), state);
    update((now) => {
      follow(now.modules, module, words(this.dataset.moduleFormerly));
      follow(moduleOf(now, module).lessons, lesson, words(this.dataset.formerly));
      moduleOf(now, module).version = this.dataset.version ?? "";
    });
    notePlace(this.dataset.title ?? "");
    const isDone = () => lesson in (record().modules[module]?.lessons ?? {});
    box.checked = isDone();
    box.addEventListener("change", () => {
      if (box.checked) finish(module, lesson);
      else update((now) => void delete moduleOf(now, module).lessons[lesson]);
      state.textContent = box.checked ? messages.lessonFinished : messages.lessonOpen;
    }, { signal });
    document.addEventListener("question:graded", (event) => {
      notePlace(this.dataset.title ?? "", /** @type {Element} */ (event.target).id);
      const answered = record().modules[module]?.questions ?? {};
      const checks = words(this.dataset.checks);
      if (!checks.length || isDone() || !checks.every((check) => check in answered)) return;
      finish(module, lesson);
      box.checked = true;
      state.textContent = messages.lessonFinished;
    }, { signal });
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
