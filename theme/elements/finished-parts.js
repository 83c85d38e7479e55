/** Says and draws how much is finished of each module on its card, and of all that the page lists. */
import { listed, onCard } from "./listed-parts.js";
import { view } from "./record.js";
import { make } from "./site.js";
import { watch } from "./store.js";
import { _, ngettext } from "./words.js";

/** @param {number} done @param {number} all */
export const partsFinished = (done, all) =>
  done === all
    ? _("All parts finished")
    : ngettext("{done} of {all} parts finished", "{done} of {all} parts finished", all, { done, all });

/** Shares as a row of signs, which words say too. @param {import("./next-step.js").Share[]} shares */
export const drawn = (shares) =>
  make(
    "span",
    { class: "whole", "aria-hidden": "true" },
    ...shares.map((share) => make("span", { class: "share", "data-share": share }))
  );

/**
 * For each part of modules whether it is finished.
 * @param {Pick<import("./record-model.js").LearnerRecord, "modules">} kept read once: a long one takes a while
 * @param {import("./next-step.js").Listed[]} listed
 */
const finished = ({ modules }, listed) =>
  listed.flatMap(({ module, parts }) => parts.map((part) => part in (modules[module]?.lessons ?? {})));

/** @param {boolean[]} parts @returns {string} nothing where no part is finished */
const inWords = (parts) => (parts.includes(true) ? partsFinished(parts.filter(Boolean).length, parts.length) : "");

/**
 * How much is finished of all that the page lists.
 * @param {Pick<import("./record-model.js").LearnerRecord, "modules">} kept
 * @returns {string} nothing where no part is
 */
export const wholeInWords = (kept) => inWords(finished(kept, listed()));

function show() {
  const kept = view();
  for (const old of document.querySelectorAll("[data-parts] > .done")) old.remove();
  for (const card of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-parts]"))) {
    const parts = finished(kept, [onCard(card)]);
    if (parts.includes(true))
      card.append(make("p", { class: "done" }, drawn(parts.map((done) => (done ? "all" : "none"))), inWords(parts)));
  }
  const whole = document.querySelector("[data-whole]");
  if (whole) whole.textContent = wholeInWords(kept);
}

show();
addEventListener("record:changed", show);
watch("record", show);
