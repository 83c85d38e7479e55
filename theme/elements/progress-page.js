import "./finished-marks.js";
import "./finished-parts.js";
import "./go-on.js";
import "./module-offline.js";
import { define } from "./define.js";
import { asking, bringUpToDate, button, index, renewed, sayAndGo, saveFile, siteName } from "./learner-pages.js";
import { ownMessages as own } from "./learner-messages.js";
import { DeviceSection } from "./progress-device.js";
import { FileSection } from "./progress-file.js";
import { journal } from "./journal.js";
import { messages } from "./messages.js";
import { RECORD, record, update } from "./record.js";
import { ahead, due } from "./review-model.js";
import { inWords, make, root, today } from "./site.js";
import { say } from "./speech.js";
import { get, putAside, watch } from "./store.js";

/** What was answered right at the last attempt: so many different questions show an objective. */
const ENOUGH = 2;

/** The page on progress: module by module, reviews ahead, and what can be done with all of it. */
class ProgressElement extends HTMLElement {
  /** @type {import("./learner-pages.js").Index | undefined} */
  #index;
  #file = new FileSection();
  #device = new DeviceSection();
  /**
   * What starts a module again, by its id: it stays where it is while other things change.
   * @type {Map<string, HTMLElement>}
   */
  #again = new Map();

  async connectedCallback() {
    if (this.#index) return;
    const state = make("p");
    this.append(state);
    try {
      this.#index = await index();
    } catch {
      say(state, own.noIndex);
    }
    if (this.#index) void bringUpToDate(this.#index);
    this.append(make("section", { class: "ahead" }), this.#file.section, this.#device.section);
    this.#show();
    watch(RECORD, () => this.#renew());
    addEventListener("record:changed", () => this.#renew());
  }

  /** Shows what has changed. Of a module that was begun meanwhile the index has to come first. */
  async #renew() {
    this.#index = await renewed(this.#index);
    this.#show();
  }

  #show() {
    const now = record();
    for (const section of this.querySelectorAll(".progress"))
      if (this.#index) this.#module(/** @type {HTMLElement} */ (section), now);
    this.#ahead(now);
    this.#file.show();
    this.#device.show();
  }

  /** @param {HTMLElement} section @param {import("./record-model.js").LearnerRecord} now */
  #module(section, now) {
    const id = section.dataset.module ?? "";
    const known = this.#index?.modules[id];
    const kept = now.modules[id];
    section.querySelector(".progress__found")?.remove();
    if (known && kept && !this.#again.has(id)) this.#again.set(id, startsAgain(section, id, known.title));
    const again = this.#again.get(id);
    if (again) again.hidden = !kept;
    if (!known || !kept) return;
    const parts = Object.keys(known.parts);
    const done = parts.filter((part) => part in kept.lessons).length;
    const found = make(
      "div",
      { class: "progress__found" },
      ...meter(`${id}-parts`, own.parts(done, parts.length), done, parts.length)
    );
    found.append(
      ...objectives(known, kept),
      ...misconceptions(known, kept),
      ...confidence(known, kept),
      ...setAside(known, kept)
    );
    if (again) again.before(found);
  }

  /** @param {import("./record-model.js").LearnerRecord} now */
  #ahead(now) {
    const days = ahead(now, today());
    const waiting = due(now, today()).length;
    const plans = plansAhead();
    const list = make(
      "ul",
      {},
      ...days
        .slice(0, 14)
        .map(([day, count]) => make("li", {}, own.cards(count, day === today() ? own.today : inWords(day))))
    );
    const section = /** @type {Element} */ (this.querySelector(".ahead"));
    section.replaceChildren(
      make("h2", { id: "ahead" }, own.ahead),
      make("p", {}, days.length ? own.waiting(waiting) : own.noCards),
      ...(days.length ? [list] : []),
      ...plansList(plans)
    );
    if (days.length || plans.length)
      section.append(
        button(own.saveCalendar, () =>
          saveReminders(
            days.map(([day]) => day),
            plans
          )
        )
      );
  }
}

/**
 * Lets a module begin anew, with a copy of what was there.
 * @param {HTMLElement} section
 * @param {string} id
 * @param {string} title
 */
function startsAgain(section, id, title) {
  const state = make("p");
  const box = asking(own.startAgain(title), own.startAgainSure, own.startAgainYes, own.startAgainNo, async () => {
    const copied = putAside(RECORD, get(RECORD) ?? "");
    const kept = copied.ok ? await update((now) => forget(now, id)) : copied;
    sayAndGo(state, kept.ok ? own.startedAgain : messages.notKept[kept.why]);
  });
  section.append(box, state);
  return box;
}

/**
 * Takes a module out of a record, with its cards.
 * @param {import("./record-model.js").LearnerRecord} now
 * @param {string} id
 */
function forget(now, id) {
  delete now.modules[id];
  for (const card of Object.keys(now.review)) if (card.startsWith(`${id}/`)) delete now.review[card];
}

/** Days on which the learner wants to look at a plan again, from today on, each once. */
function plansAhead() {
  const days = Object.values(journal().entries).flatMap(({ revisit }) => revisit || []);
  return [...new Set(days.map((day) => (day < today() ? today() : day)))].sort();
}

/** @param {string[]} days */
const plansList = (days) =>
  days.length
    ? [
        make("h3", {}, own.plansAhead),
        make(
          "ul",
          {},
          ...days.map((day) =>
            make(
              "li",
              {},
              make("a", { href: new URL("journal/", root).href }, day === today() ? own.today : inWords(day))
            )
          )
        ),
      ]
    : [];

/** @param {string[]} reviews @param {string[]} plans days */
async function saveReminders(reviews, plans) {
  const { calendar } = await import("./calendar.js");
  const kinds = [
    { name: "review", days: reviews, summary: own.reviewDue(siteName()), url: new URL("review/", root).href },
    { name: "plan", days: plans, summary: own.planDue(siteName()), url: new URL("journal/", root).href },
  ];
  const reminders = kinds.flatMap(({ days, ...rest }) => days.map((day) => ({ day, ...rest })));
  saveFile("reminders.ics", calendar(reminders, root.href, stamp()), "text/calendar");
}

/** @param {string} id @param {string} words @param {number} value @param {number} all */
const meter = (id, words, value, all) => [
  make("p", { class: "progress__words", id: `meter-${id}` }, words),
  make("progress", { value: String(value), max: String(all), "aria-labelledby": `meter-${id}` }),
];

/**
 * Objectives that the learner has shown: two of their questions right, or all where there are fewer.
 * @param {import("./learner-pages.js").KnownModule} known
 * @param {import("./record-model.js").ModuleRecord} kept
 */
function objectives(known, kept) {
  const items = Object.entries(known.objectives).map(([name, text]) => {
    const asked = Object.entries(known.questions).filter(
      ([, question]) => question.objectives.includes(name) && question.kind !== "open_response"
    );
    const right = asked.filter(
      ([id, question]) => kept.questions[id]?.fingerprint === question.fingerprint && kept.questions[id].score === 1
    ).length;
    const shown = asked.length > 0 && right >= Math.min(ENOUGH, asked.length);
    return make(
      "li",
      {},
      make("strong", {}, shown ? own.reached : own.notYet),
      ` ${text} `,
      make("span", { class: "fine" }, own.rightOf(right, asked.length))
    );
  });
  return [
    make(
      "details",
      {},
      make("summary", {}, own.objectives, make("span", { class: "vh" }, `: ${known.title}`)),
      make("ul", {}, ...items)
    ),
  ];
}

/**
 * @param {import("./learner-pages.js").KnownModule} known
 * @param {import("./record-model.js").ModuleRecord} kept
 */
function misconceptions(known, kept) {
  const met = Object.entries(known.questions).flatMap(([id, question]) =>
    (kept.questions[id]?.met ?? [])
      .map((option) => question.misconceptions?.[option])
      .filter((text) => text !== undefined)
      .map((text) => ({ text, solved: kept.questions[id].score === 1 }))
  );
  if (!met.length) return [];
  const items = met.map(({ text, solved }) =>
    make("li", {}, text, ...(solved ? [make("span", { class: "fine" }, ` ${own.solved}`)] : []))
  );
  return [
    make(
      "details",
      {},
      make("summary", {}, own.misconceptions(met.length), make("span", { class: "vh" }, `: ${known.title}`)),
      make("p", {}, own.misconceptionsWhy),
      make("ul", {}, ...items)
    ),
  ];
}

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
 * Answers to questions that are no longer there: kept, and never given to another question.
 * @param {import("./learner-pages.js").KnownModule} known
 * @param {import("./record-model.js").ModuleRecord} kept
 */
function setAside(known, kept) {
  const gone = Object.keys(kept.questions).filter((id) => !(id in known.questions)).length;
  const changed = Object.entries(known.questions).filter(
    ([id, question]) => kept.questions[id] && kept.questions[id].fingerprint !== question.fingerprint
  ).length;
  return [
    ...(changed ? [make("p", { class: "fine" }, own.changed(changed))] : []),
    ...(gone ? [make("p", { class: "fine" }, own.gone(gone))] : []),
  ];
}

const stamp = () => `${new Date().toISOString().replace(/[-:]/g, "").slice(0, 15)}Z`;

define("p-progress", ProgressElement);
