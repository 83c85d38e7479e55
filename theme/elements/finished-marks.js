/** Says beside the links to lessons and quizzes which of them are finished. */
import { messages } from "./messages.js";
import { view } from "./record.js";
import { make } from "./site.js";
import { watch } from "./store.js";

function show() {
  const { modules } = view();
  for (const link of document.querySelectorAll("a[data-part]")) {
    const { module = "", part = "" } = /** @type {HTMLElement} */ (link).dataset;
    const mark = link.querySelector(".done");
    if (!(part in (modules[module]?.lessons ?? {}))) mark?.remove();
    // The space stands before the mark, so that no name runs into the word.
    else if (!mark) link.append(make("span", { class: "done" }, " ", make("span", {}, messages.finished)));
  }
}

show();
addEventListener("record:changed", show);
watch("record", show);
