/** Says beside the links to lessons and quizzes which of them are finished. */
import { messages } from "./messages.js";
import { view } from "./record.js";
import { make } from "./site.js";
import { watch } from "./store.js";

function show() {
  for (const old of document.querySelectorAll("a > .done")) old.remove();
  const { modules } = view();
  for (const link of document.querySelectorAll("a[data-part]")) {
    const { module = "", part = "" } = /** @type {HTMLElement} */ (link).dataset;
    // The space stands before the mark, so that no name runs into the word.
    if (part in (modules[module]?.lessons ?? {}))
      link.append(make("span", { class: "done" }, " ", make("span", {}, messages.finished)));
  }
}

show();
addEventListener("record:changed", show);
watch("record", show);
