/**
 * Lets the main button of a page lead to what comes next, for whoever has begun. Without script it leads to the start.
 */
import { listed } from "./listed-parts.js";
import { nextStep } from "./next-step.js";
import { record } from "./record.js";
import { isDue } from "./review-card.js";
import { root, today } from "./site.js";
import { watch } from "./store.js";
import { _ } from "./words.js";

const said = {
  /** @param {string} title */
  goOn: (title) => _("Go on with {title}", { title }),
  /** @param {string} title */
  start: (title) => _("Start with {title}", { title }),
  progress: () => _("See what you have done"),
  review: () => _("Go on with what is due for review"),
};

const button = /** @type {HTMLAnchorElement | null} */ (document.querySelector("a[data-go-on]"));
const atFirst = { href: button?.href ?? "", words: button?.textContent ?? "" };

/**
 * What the page calls a part or its module.
 * @param {import("./next-step.js").NextStep} step
 * @param {import("./record-model.js").Place | null} place where the learner was last
 */
function titleOf({ module, part }, place) {
  if (place?.url.startsWith(`${module}/${part}/`)) return place.title;
  const link =
    document.querySelector(`main a[data-module="${module}"][data-part="${part}"]`) ??
    document.querySelector(`main [data-module="${module}"] a`);
  return link?.firstChild?.textContent ?? "";
}

/** Where the button leads, and what stands on it. */
function target() {
  const { modules, place, review } = record();
  if (!place && !Object.keys(modules).length) return atFirst;
  const offered = listed();
  const step = nextStep({ modules, place }, offered);
  if (step?.begun)
    return { href: new URL(`${step.module}/${step.part}/`, root).href, words: said.goOn(titleOf(step, place)) };
  if (step && offered.length === 1) return atFirst;
  if (step) return { href: new URL(`${step.module}/`, root).href, words: said.start(titleOf(step, place)) };
  const { then, thenTitle } = button?.dataset ?? {};
  if (then && thenTitle) return { href: then, words: said.goOn(thenTitle) };
  if (Object.values(review).some((card) => isDue(card, today())))
    return { href: new URL("review/", root).href, words: said.review() };
  return { href: new URL("progress/", root).href, words: said.progress() };
}

function show() {
  if (!button) return;
  const { href, words } = target();
  button.href = href;
  if (button.textContent !== words) button.textContent = words;
}

show();
addEventListener("record:changed", show);
watch("record", show);
