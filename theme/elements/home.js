/**
 * The home page of someone who has been here before: where they are comes first, with what to go on with and what is
 * due.
 */
import { today } from "./day.js";
import { drawn, wholeInWords } from "./finished-parts.js";
import { listed } from "./listed-parts.js";
import { nextStep, shareOf } from "./next-step.js";
import { pageAt } from "./page-at.js";
import { view } from "./record.js";
import { due } from "./review-model.js";
import { make } from "./site.js";
import { get, watch } from "./store.js";
import { _, ngettext } from "./words.js";

const said = {
  here: _("Where you are"),
  progress: _("See what you have done"),
  locked: _("Your journal is locked. Open it to see whether a plan is due."),
  /** @param {string} module @param {number} number @param {number} all */
  part: (module, number, all) => _("Next: {module}, part {number} of {all}", { module, number, all }),
  /** @param {number} count */
  dueNow: (count) =>
    ngettext("{count} question is due for review", "{count} questions are due for review", count, { count }),
};

const title = document.querySelector(".hero h1");
const way = document.querySelector(".hero .button")?.parentElement;
/** Where the way on stands for whoever comes for the first time. */
const last = way?.previousElementSibling;
const whole = make("p", { class: "done" });
const step = make("p", { class: "card__note" });
const links = make("ul", { class: "links" });
const here = make(
  "section",
  { class: "card hero__here", "aria-labelledby": "here" },
  make("h2", { id: "here", class: "card__title" }, said.here),
  whole,
  step,
  links
);

/**
 * Which part comes next, and of which module, as its card calls it.
 * @param {import("./record-model.js").LearnerRecord} kept
 */
function nextInWords(kept) {
  const all = listed();
  const next = nextStep(kept, all);
  const name = next && document.querySelector(`main [data-module="${next.module}"] a`)?.textContent;
  const parts = all.find(({ module }) => module === next?.module)?.parts ?? [];
  return next && name ? said.part(name, parts.indexOf(next.part) + 1, parts.length) : "";
}

function show() {
  const kept = view();
  if (!title || !way || !last) return;
  if (!kept.place && !Object.keys(kept.modules).length) {
    if (here.isConnected) last.after(way);
    return here.remove();
  }
  const waiting = due(kept, today()).length;
  whole.replaceChildren(drawn(listed().map((module) => shareOf(kept, module))), wholeInWords(kept));
  step.textContent = nextInWords(kept);
  const to = (/** @type {string} */ url, /** @type {string} */ words) =>
    make("li", {}, make("a", { href: pageAt(url) }, words));
  // Its text alone says so: nothing has to be loaded for it.
  const isLocked = /"lock":\s*\{/.test(get("journal") ?? "");
  links.replaceChildren(
    ...(waiting ? [to("review/", said.dueNow(waiting))] : []),
    ...(isLocked ? [to("journal/#due", said.locked)] : []),
    to("progress/", said.progress)
  );
  if (here.isConnected) return;
  title.after(here);
  links.before(way);
}

show();
addEventListener("record:changed", show);
for (const name of ["record", "journal"]) watch(name, show);
