/** Says how much is finished of each module on its card, and of all that the page lists. */
import { listed, onCard } from "./listed-parts.js";
import { record } from "./record.js";
import { make } from "./site.js";
import { watch } from "./store.js";
import { _, ngettext } from "./words.js";

/** @param {number} done @param {number} all */
export const partsFinished = (done, all) =>
  done === all
    ? _("All parts finished")
    : ngettext("{done} of {all} parts finished", "{done} of {all} parts finished", all, { done, all });

/** @param {import("./next-step.js").Listed[]} modules @returns {string} nothing where no part is finished */
function inWords(modules) {
  const kept = record().modules;
  const parts = modules.flatMap(({ module, parts: names }) =>
    names.map((part) => part in (kept[module]?.lessons ?? {}))
  );
  const done = parts.filter(Boolean).length;
  return done ? partsFinished(done, parts.length) : "";
}

function show() {
  for (const old of document.querySelectorAll("[data-parts] > .done")) old.remove();
  for (const card of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-parts]"))) {
    const words = inWords([onCard(card)]);
    if (words) card.append(make("p", { class: "done" }, words));
  }
  const whole = document.querySelector("[data-whole]");
  if (whole) whole.textContent = inWords(listed());
}

show();
addEventListener("record:changed", show);
watch("record", show);
