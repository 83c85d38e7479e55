/**
 * Lets the main button of a page lead to what comes next, for whoever has begun. Without script it leads to the start.
 */
import { today } from "./day.js";
import { listed } from "./listed-parts.js";
import { next } from "./next-step.js";
import { pageAt } from "./page-at.js";
import { view } from "./record.js";
import { make } from "./site.js";
import { get, watch } from "./store.js";
import { _ } from "./words.js";

const said = {
  /** @param {string} title */
  goOn: (title) => _("Go on with {title}", { title }),
  /** @param {string} title */
  start: (title) => _("Start with {title}", { title }),
  progress: () => _("See what you have done"),
  review: () => _("Go on with what is due for review"),
  plan: () => _("A plan is due: what happened when you tried?"),
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

/** The days of plans, from a journal that may have any. Where it cannot be had, the button goes on without. */
async function planDays() {
  if (!button || !/"revisit":\s*"[12]/.test(get("journal") ?? "")) return [];
  try {
    return (await import("./plans.js")).planned().map(({ entry }) => entry.revisit);
  } catch (error) {
    console.warn(error);
    return [];
  }
}

/** @type {string[]} */
let plans = [];

/**
 * Where a way leads, and what stands on its link. What follows by the page itself comes before reviews.
 * @param {import("./next-step.js").Next} way
 */
function link(way) {
  const { then, thenTitle } = button?.dataset ?? {};
  const to = (/** @type {string} */ url, /** @type {string} */ words) => ({ href: pageAt(url), words });
  if (way.kind === "start") return atFirst;
  if (way.kind === "plan") return to("journal/#due", said.plan());
  if (way.kind === "part") {
    const title = titleOf(way, view().place);
    if (way.begun) return to(`${way.module}/${way.part}/`, said.goOn(title));
    return listed().length === 1 ? atFirst : to(`${way.module}/`, said.start(title));
  }
  if (then && thenTitle) return { href: then, words: said.goOn(thenTitle) };
  return way.kind === "review" ? to("review/", said.review()) : to("progress/", said.progress());
}

/** What stands below the button, where there is another way to go on than a plan. */
const also = make("p", { class: "go-also" });

function show() {
  if (!button) return;
  const [first, second] = next(view(), plans, today(), listed());
  const { href, words } = link(first);
  button.href = href;
  if (button.textContent !== words) button.textContent = words;
  also.remove();
  if (first.kind !== "plan" || !second) return;
  const other = link(second);
  also.replaceChildren(make("a", { href: other.href }, other.words));
  button.parentElement?.after(also);
}

async function followPlans() {
  plans = await planDays();
  show();
}

show();
void followPlans();
addEventListener("record:changed", show);
watch("record", show);
watch("journal", () => void followPlans());
