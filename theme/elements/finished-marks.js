/**
 * Says beside the links to lessons and quizzes which of them are finished, and on cards of modules how much of them is.
 */
import { messages } from "./messages.js";
import { record } from "./record.js";
import { make } from "./site.js";
import { watch } from "./store.js";

function show() {
  for (const old of document.querySelectorAll(".done:not([data-whole])")) old.remove();
  const { modules } = record();
  for (const link of document.querySelectorAll("a[data-part]")) {
    const { module = "", part = "" } = /** @type {HTMLElement} */ (link).dataset;
    if (part in (modules[module]?.lessons ?? {})) link.append(make("span", { class: "done" }, ` ${messages.finished}`));
  }
  for (const card of document.querySelectorAll("[data-parts]")) {
    const { module = "", parts = "" } = /** @type {HTMLElement} */ (card).dataset;
    const all = parts.split(" ");
    const done = all.filter((part) => part in (modules[module]?.lessons ?? {})).length;
    if (done) card.append(make("p", { class: "done" }, messages.partsFinished(done, all.length)));
  }
  const whole = document.querySelector("[data-whole]");
  if (whole) whole.textContent = inAll(modules);
}

/**
 * How much of all that the page lists is finished.
 * @param {Record<string, import("./record-model.js").ModuleRecord>} modules
 */
function inAll(modules) {
  const listed = [...document.querySelectorAll("main [data-parts]")].flatMap((card) => {
    const { module = "", parts = "" } = /** @type {HTMLElement} */ (card).dataset;
    return parts.split(" ").map((part) => ({ module, part }));
  });
  const links = [...document.querySelectorAll("main a[data-part]")].map(
    (link) => /** @type {HTMLElement} */ (link).dataset
  );
  const all = listed.length ? listed : links;
  const done = all.filter(({ module = "", part = "" }) => part in (modules[module]?.lessons ?? {})).length;
  return done ? messages.partsFinished(done, all.length) : "";
}

show();
addEventListener("record:changed", show);
watch("record", show);
