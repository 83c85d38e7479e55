import { inWords } from "./day-in-words.js";
import { today } from "./day.js";
import "./finished-marks.js";
import { drawn, partsFinished } from "./finished-parts.js";
import "./go-on.js";
import "./module-offline.js";
import { define } from "./define.js";
import {
  asking,
  bringUpToDate,
  button,
  index,
  isPart,
  renewed,
  sayAndGo,
  saveFile,
  siteName,
} from "./learner-pages.js";
import { ownMessages as own } from "./learner-messages.js";
import { pageAt } from "./page-at.js";
import { DeviceSection } from "./progress-device.js";
import { FileSection } from "./progress-file.js";
import { JOURNAL, isLocked } from "./journal.js";
import { messages } from "./messages.js";
import { shareOf } from "./next-step.js";
import { isDue, planned } from "./plans.js";
import { RECORD, view } from "./record.js";
import { ahead, due } from "./review-model.js";
import { objectives } from "./shown-aims.js";
import { inPlatform, make, root } from "./site.js";
import { say } from "./speech.js";
import { afresh } from "./start-again.js";
import { watch } from "./store.js";

/** The page on progress: the whole in a few lines, what stands behind each on request, and what can be done with it. */
class ProgressElement extends HTMLElement {
  /** @type {import("./learner-pages.js").Index | undefined} */
  #index;
  #file = new FileSection();
  #device = new DeviceSection();
  #whole = make("div");
  #aims = fact("aims");
  #beliefs = fact("beliefs");
  #reviews = fact("reviews");
  #plans = fact("plans");
  /** What has changed in the course, and the file of reminders. */
  #below = make("div");
  /** What could not be loaded. */
  #state = make("p");
  /**
   * What starts a module again, by its id: it stays where it is while other things change.
   * @type {Map<string, HTMLElement>}
   */
  #again = new Map();

  async connectedCallback() {
    if (this.#index) return;
    this.append(this.#state);
    try {
      this.#index = await index();
      if (isPart(this.#index)) say(this.#state, own.partIndex);
    } catch {
      say(this.#state, own.noIndex);
    }
    if (this.#index) void bringUpToDate(this.#index);
    const facts = [...(this.#index ? [this.#aims, this.#beliefs] : []), this.#reviews, this.#plans];
    this.prepend(this.#whole, make("div", { class: "facts" }, ...facts), this.#below);
    // A platform keeps what it keeps, and a file must not bring somebody a score.
    if (!inPlatform) this.append(this.#file.section, this.#device.section);
    this.#show();
    for (const name of [RECORD, JOURNAL]) watch(name, () => this.#renew());
    addEventListener("record:changed", () => this.#renew());
  }

  /** Shows what has changed. Of a module that was begun meanwhile the index has to come first. */
  async #renew() {
    this.#index = await renewed(this.#index);
    if (!isPart(this.#index)) this.#state.textContent = "";
    this.#show();
  }

  #show() {
    const now = view();
    // What was found before may be gone by now: of a module that starts again, or of all.
    for (const found of this.querySelectorAll(".progress__found")) found.remove();
    const begun = Object.entries(this.#index?.modules ?? {}).flatMap(([id, known]) =>
      now.modules[id] ? [{ id, known, kept: now.modules[id] }] : []
    );
    this.#showWhole(now);
    for (const one of begun) this.#module(one);
    for (const [id, again] of this.#again) again.hidden = !now.modules[id];
    this.#showAims(begun);
    this.#showBeliefs(begun);
    this.#showAhead(now, begun);
    this.#file.show();
    this.#device.show();
  }

  /** The whole as a picture, and in words. @param {import("./record-model.js").LearnerRecord} now */
  #showWhole(now) {
    const rows = /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll(".progress"));
    const shares = [...rows].map((row) => {
      const links = /** @type {NodeListOf<HTMLElement>} */ (row.querySelectorAll("a[data-part]"));
      const parts = [...links].map(({ dataset: { part = "" } }) => part);
      const { module = "" } = row.dataset;
      const done = parts.filter((part) => part in (now.modules[module]?.lessons ?? {})).length;
      const share = shareOf(now, { module, parts });
      row.dataset.share = share;
      const words = done ? partsFinished(done, parts.length) : share === "some" ? own.started : own.notStarted;
      row.querySelector(".progress__share")?.remove();
      row.querySelector("summary")?.append(make("span", { class: "progress__share fine" }, " ", words));
      return share;
    });
    const count = (/** @type {string} */ wanted) => shares.filter((share) => share === wanted).length;
    this.#whole.replaceChildren(drawn(shares), make("p", {}, own.whole(count("all"), count("some"), count("none"))));
  }

  /** @param {Begun} begun */
  #module({ id, known, kept }) {
    const section = /** @type {HTMLElement | null} */ (this.querySelector(`.progress[data-module="${id}"]`));
    if (!section) return;
    // A platform keeps the best that somebody has done, so nothing could begin anew there.
    if (!inPlatform && !this.#again.has(id)) this.#again.set(id, startsAgain(section, id, known.title));
    const parts = Object.keys(known.parts);
    const done = parts.filter((part) => part in kept.lessons).length;
    const meters = meter(`${id}-parts`, own.parts(done, parts.length), done, parts.length);
    const found = make("div", { class: "progress__found" }, ...meters, ...confidence(known, kept));
    const again = this.#again.get(id);
    if (again) again.before(found);
    else section.append(found);
  }

  /** @param {Begun[]} begun */
  #showAims(begun) {
    const found = begun.map(({ known, kept }) => ({ title: known.title, aims: objectives(known, kept) }));
    const rows = /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll(".progress"));
    const all = [...rows].reduce((sum, { dataset: { aims = "0" } }) => sum + Number(aims), 0);
    const shown = found.flatMap(({ aims }) => aims).filter(({ shown }) => shown).length;
    fill(this.#aims, own.aimsShown(shown, all), [
      ...(found.length ? [] : [make("p", {}, own.aimsLater)]),
      ...found.flatMap(({ title, aims }) => [
        make("h2", {}, title),
        make("ul", { class: "aims__list" }, ...aims.map(aim)),
      ]),
    ]);
  }

  /** @param {Begun[]} begun */
  #showBeliefs(begun) {
    const met = begun.map(({ known, kept }) => ({ title: known.title, beliefs: misconceptions(known, kept) }));
    const count = met.flatMap(({ beliefs }) => beliefs).length;
    fill(this.#beliefs, own.misconceptions(count), [
      make("p", {}, own.misconceptionsWhy),
      ...met.flatMap(({ title, beliefs }) =>
        beliefs.length ? [make("h2", {}, title), make("ul", {}, ...beliefs.map(belief))] : []
      ),
    ]);
  }

  /** @param {import("./record-model.js").LearnerRecord} now @param {Begun[]} begun */
  #showAhead(now, begun) {
    const days = ahead(now, today());
    const coming = days.slice(0, 14).map(([day, count]) => make("li", {}, own.cards(count, dayInWords(day))));
    fill(this.#reviews, days.length ? own.waiting(due(now, today()).length) : own.noReviews, [
      make("p", {}, days.length ? make("a", { href: pageAt("review/") }, own.goToReview) : own.noCards),
      ...(days.length ? [make("ul", { "aria-label": own.ahead }, ...coming)] : []),
    ]);
    const plans = planned();
    const waiting = plans.filter(({ entry }) => isDue(entry)).length;
    const sealed = isLocked();
    fill(this.#plans, sealed ? own.plansSealed : own.plansCount(plans.length, waiting), [
      ...(sealed ? [make("p", {}, make("a", { href: pageAt("journal/#due") }, own.plansLocked))] : []),
      ...(plans.length || sealed ? [] : [make("p", {}, own.plansHow)]),
      make("ul", {}, ...plans.map(({ entry }) => plan(entry))),
    ]);
    const reminders = plans.map(({ entry }) => (isDue(entry) ? today() : entry.revisit));
    this.#below.replaceChildren(
      ...setAside(begun),
      ...(days.length || plans.length
        ? [
            button(own.saveCalendar, () =>
              saveReminders(
                days.map(([day]) => day),
                [...new Set(reminders)]
              )
            ),
          ]
        : [])
    );
  }
}

/**
 * @typedef {{id: string, known: import("./learner-pages.js").KnownModule,
 *   kept: import("./record-model.js").ModuleRecord}} Begun a module in which something was done
 */

/** A line with what stands behind it. @param {string} name */
const fact = (name) => make("details", { class: "fact", id: name }, make("summary"), make("div"));

/** It stays open while what it says changes. @param {HTMLElement} fact @param {string} line @param {Node[]} behind */
function fill(fact, line, behind) {
  const [summary, body] = fact.children;
  summary.textContent = line;
  body.replaceChildren(...behind);
}

/** @param {string} day */
const dayInWords = (day) => (day <= today() ? own.today : inWords(day));

/** @param {import("./journal-model.js").Entry} entry */
const plan = (entry) =>
  make(
    "li",
    {},
    make("strong", {}, `${isDue(entry) ? own.planIsDue : inWords(entry.revisit)}:`),
    " ",
    make("a", { href: pageAt(isDue(entry) ? "journal/#due" : "journal/#plans") }, entry.text)
  );

/**
 * Lets a module begin anew, with a copy of what was there.
 * @param {HTMLElement} section
 * @param {string} id
 * @param {string} title
 */
function startsAgain(section, id, title) {
  const state = make("p");
  const box = asking(own.startAgain(title), own.startAgainSure, own.startAgainYes, own.startAgainNo, async () => {
    const kept = await afresh((now) => {
      delete now.modules[id];
      for (const card of Object.keys(now.review)) if (card.startsWith(`${id}/`)) delete now.review[card];
    });
    const words = kept.ok ? own.startedAgain : messages.notKept[kept.why];
    sayAndGo(state, kept.begun ? words : `${own.notStartedAgain} ${words}`);
  });
  section.append(box, state);
  return box;
}

/** @param {string[]} reviews @param {string[]} plans days */
async function saveReminders(reviews, plans) {
  const { calendar } = await import("./calendar.js");
  const kinds = [
    { name: "review", days: reviews, summary: own.reviewDue(siteName()), url: pageAt("review/") },
    { name: "plan", days: plans, summary: own.planDue(siteName()), url: pageAt("journal/") },
  ];
  const reminders = kinds.flatMap(({ days, ...rest }) => days.map((day) => ({ day, ...rest })));
  saveFile("reminders.ics", calendar(reminders, root.href, stamp()), "text/calendar");
}

/** @param {string} id @param {string} words @param {number} value @param {number} all */
const meter = (id, words, value, all) => [
  make("p", { class: "progress__words", id: `meter-${id}` }, words),
  make("progress", { value: String(value), max: String(all), "aria-labelledby": `meter-${id}` }),
];

/** @param {import("./shown-aims.js").Aim} aim */
const aim = ({ text, shown, right, all }) =>
  make(
    "li",
    { "data-state": shown ? "right" : right ? "partly" : "wrong" },
    make(
      "p",
      {},
      make("strong", { class: "sign" }, shown ? own.reached : own.notYet),
      ` ${text} `,
      make("span", { class: "fine" }, own.rightOf(right, all))
    )
  );

/**
 * Mistaken beliefs behind answers that the learner has given.
 * @param {import("./learner-pages.js").KnownModule} known
 * @param {import("./record-model.js").ModuleRecord} kept
 */
const misconceptions = (known, kept) =>
  Object.entries(known.questions).flatMap(([id, question]) =>
    (kept.questions[id]?.met ?? [])
      .map((option) => question.misconceptions?.[option])
      .filter((text) => text !== undefined)
      .map((text) => ({ text, solved: kept.questions[id].score === 1 }))
  );

/** @param {{text: string, solved: boolean}} belief */
const belief = ({ text, solved }) =>
  make("li", {}, text, ...(solved ? [make("span", { class: "fine" }, ` ${own.solved}`)] : []));

/**
 * Confidence before and after: a small drawing, and the same in a table.
 * @param {import("./learner-pages.js").KnownModule} known
 * @param {import("./record-model.js").ModuleRecord} kept
 */
function confidence(known, kept) {
  const moments = /** @type {const} */ (["before", "after"]).flatMap((moment) =>
    kept.confidence[moment] ? [{ moment, step: kept.confidence[moment] }] : []
  );
  if (!moments.length) return [];
  const rows = moments.map(({ moment, step }) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, own.moment[moment]),
      make(
        "td",
        {},
        `${known.confidence[step.place] ?? step.step} `,
        make("span", { class: "fine" }, `${own.stepOf(step.place + 1, step.of)}, ${inWords(step.at)}`)
      )
    )
  );
  const table = make("table", {}, make("caption", {}, own.confidence), make("tbody", {}, ...rows));
  return [...(moments.length === 2 ? [plot(moments.map(({ step }) => step))] : []), table];
}

/** @param {import("./record-model.js").Step[]} steps */
function plot(steps) {
  const NS = "http://www.w3.org/2000/svg";
  const draw = (/** @type {string} */ tag, /** @type {Record<string, string>} */ attributes) => {
    const made = document.createElementNS(NS, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };
  const svg = draw("svg", { viewBox: "0 0 260 96", class: "plot", "aria-hidden": "true", width: "260", height: "96" });
  const of = steps[0].of;
  const x = (/** @type {number} */ place) => String(20 + (place / Math.max(1, of - 1)) * 220);
  svg.append(draw("line", { x1: "20", y1: "48", x2: "240", y2: "48", class: "plot__scale" }));
  for (let place = 0; place < of; place += 1)
    svg.append(draw("line", { x1: x(place), y1: "42", x2: x(place), y2: "54", class: "plot__scale" }));
  svg.append(
    draw("circle", { cx: x(steps[0].place), cy: "48", r: "8", class: "plot__before" }),
    draw("circle", { cx: x(steps[1].place), cy: "48", r: "8", class: "plot__after" })
  );
  for (const [step, words, y] of /** @type {const} */ ([
    [steps[0], own.moment.before, "28"],
    [steps[1], own.moment.after, "84"],
  ])) {
    // Words grow towards the middle, so that none is cut off at an end.
    const side = Math.sign(2 * step.place - of + 1);
    const anchor = ["start", "middle", "end"][side + 1];
    const text = draw("text", { x: String(Number(x(step.place)) + 8 * side), y, "text-anchor": anchor });
    text.append(words);
    svg.append(text);
  }
  return svg;
}

/**
 * Answers to questions that have changed or are no longer there: kept, and never given to another question.
 * @param {Begun[]} begun
 */
function setAside(begun) {
  const gone = begun.flatMap(({ known, kept }) => Object.keys(kept.questions).filter((id) => !(id in known.questions)));
  const changed = begun.flatMap(({ known, kept }) =>
    Object.entries(known.questions).filter(
      ([id, question]) => kept.questions[id] && kept.questions[id].fingerprint !== question.fingerprint
    )
  );
  return [
    ...(changed.length ? [make("p", { class: "fine" }, own.changed(changed.length))] : []),
    ...(gone.length ? [make("p", { class: "fine" }, own.gone(gone.length))] : []),
  ];
}

const stamp = () => `${new Date().toISOString().replace(/[-:]/g, "").slice(0, 15)}Z`;

define("p-progress", ProgressElement);
