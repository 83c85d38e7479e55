import { inWords } from "./day-in-words.js";
import { today } from "./day.js";
import { define } from "./define.js";
import { button, confined, index, isPart, saveFile, siteName } from "./learner-pages.js";
import { ownMessages as own } from "./learner-messages.js";
import { siteAddress } from "./page-at.js";
import { readFile } from "./record-file.js";
import { RecordError, empty } from "./record-model.js";
import { canSum, checksum, isFinished, saidIn, stated } from "./record-statement.js";
import { record } from "./record.js";
import { objectives } from "./shown-aims.js";
import { make } from "./site.js";
import { complain, say } from "./speech.js";

/** The completion record: what was finished and shown, with versions and days, and a checksum of what is behind it. */
class RecordElement extends HTMLElement {
  #started = false;
  #path = make("p", { class: "record__path" });
  #shown = make("section", { class: "record__shown" });

  async connectedCallback() {
    if (this.#started) return;
    this.#started = true;
    const now = record();
    const known = await index().catch(() => undefined);
    const any = this.#fill(now, known);
    const name = make("input", { type: "text", id: "record-name", autocomplete: "name" });
    const printed = make("strong", { class: "record__name" });
    const sum = make("code", { class: "record__sum" });
    const statement = () => stated(said(name.value), now);
    const show = async () => {
      printed.textContent = name.value;
      sum.textContent = (await checksum(statement())) ?? "";
    };
    name.addEventListener("input", show);
    await show();
    this.prepend(
      make("p", { class: "field on-screen" }, make("label", { for: name.id }, own.recordName), name),
      make("p", { class: "record__for" }, `${own.recordFor} `, printed),
      this.#path,
      make("p", {}, daysIn(now)),
      ...(any ? [] : [make("p", {}, own.recordNone)]),
      ...(isPart(known) ? [make("p", { class: "on-screen" }, own.partIndex)] : [])
    );
    const paths = /** @type {HTMLSelectElement | null} */ (this.querySelector("select"));
    if (paths) {
      paths.value = furthest(paths, now, known);
      paths.addEventListener("change", () => this.#choose(paths, now, known));
    }
    this.#choose(paths, now, known);
    this.append(
      this.#shown,
      make("p", {}, own.recordDate(inWords(today()))),
      make("p", { class: "fine" }, ...(canSum() ? [`${own.recordSum} `, sum] : [own.recordNoSum])),
      make(
        "p",
        { class: "on-screen" },
        ...(confined ? [] : [button(own.print, () => print(), "button"), " "]),
        button(own.recordSave, async () => {
          const made = statement();
          const file = { ...made, checksum: await checksum(made) };
          saveFile(`record-${made.made}.json`, JSON.stringify(file, null, 1), "application/json");
        })
      ),
      make("p", { class: "on-screen fine" }, own.recordHolds),
      this.#verify(name)
    );
  }

  /**
   * Shows a path, or all modules.
   * @param {HTMLSelectElement | null} paths
   * @param {import("./record-model.js").LearnerRecord} now
   * @param {import("./learner-pages.js").Index} [known]
   */
  #choose(paths, now, known) {
    const option = paths?.selectedOptions[0];
    const wanted = option?.value ? modulesOf(option) : undefined;
    const done = wanted?.filter((id) => isWhole(id, now, known)).length ?? 0;
    this.#path.textContent = wanted ? own.recordPath(option?.textContent ?? "", done, wanted.length) : "";
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("tr[data-module]")))
      row.hidden = wanted !== undefined && !wanted.includes(row.dataset.module ?? "");
    const found = Object.entries(known?.modules ?? {}).flatMap(([id, module]) => {
      const kept = now.modules[id];
      const shown =
        kept && (!wanted || wanted.includes(id)) ? objectives(module, kept).filter(({ shown }) => shown) : [];
      return shown.length
        ? [make("h3", {}, module.title), make("ul", {}, ...shown.map(({ text }) => make("li", {}, text)))]
        : [];
    });
    this.#shown.replaceChildren(
      ...(found.length ? [make("h2", {}, own.recordShown), make("p", {}, own.recordShownHow), ...found] : [])
    );
  }

  /**
   * @param {import("./record-model.js").LearnerRecord} now
   * @param {import("./learner-pages.js").Index} [known]
   */
  #fill(now, known) {
    let any = false;
    for (const row of this.querySelectorAll("tr[data-module]")) {
      const id = /** @type {HTMLElement} */ (row).dataset.module ?? "";
      const kept = now.modules[id];
      const module = known?.modules[id];
      const parts = Object.keys(module?.parts ?? kept?.lessons ?? {});
      const asked = module?.questions ?? {};
      const days = parts
        .filter((part) => kept && isFinished(part, kept, asked))
        .map((part) => kept.lessons[part])
        .sort();
      const [, cell, version] = row.children;
      const last = days.length ? inWords(days[days.length - 1]) : "";
      if (!days.length) row.remove();
      else if (!module) cell.textContent = own.recordSome(days.length, last);
      else cell.textContent = days.length === parts.length ? last : own.partly(days.length, parts.length);
      if (kept?.version) version.textContent = kept.version;
      any ||= days.length > 0;
    }
    return any;
  }

  /** @param {HTMLInputElement} name the field for the name, of which a progress file says nothing */
  #verify(name) {
    const state = make("p");
    let appease = () => {};
    const sum = make("input", { type: "text", id: "record-sum", autocomplete: "off", spellcheck: "false" });
    const file = make("input", { type: "file", id: "record-check", accept: "application/json,.json" });
    const compare = async () => {
      appease();
      say(state, "");
      const chosen = file.files?.[0];
      const typed = sum.value.trim().toLowerCase();
      if (chosen && !canSum()) {
        say(state, own.recordNoSum);
        return;
      }
      if (chosen && !typed) appease = complain(sum, own.recordFill);
      if (!chosen || !typed) return;
      try {
        const text = await chosen.text();
        const kept = readFile(text).record ?? empty();
        const [here, there] = [said(name.value), saidIn(text)];
        const { site = here.site, address = here.address } = there;
        const theirs = await checksum(stated({ ...here, ...there }, kept));
        const elsewhere = site !== here.site || address !== here.address;
        say(state, `${own.recordSame(theirs === typed)} ${elsewhere ? own.recordElsewhere(site, address) : ""}`.trim());
      } catch (error) {
        appease = complain(file, own.badFile(error instanceof RecordError ? error.message : String(error)));
      }
    };
    for (const field of [sum, file]) field.addEventListener("change", compare);
    return make(
      "details",
      { class: "on-screen" },
      make("summary", {}, own.recordVerify),
      make("p", { class: "field" }, make("label", { for: sum.id }, own.recordType), sum),
      make("p", { class: "field" }, make("label", { for: file.id }, own.openFile), file),
      state
    );
  }
}

/** The modules of a path. @param {HTMLOptionElement} option */
const modulesOf = ({ dataset: { modules = "" } }) => modules.split(" ").filter(Boolean);

/**
 * Whether all of a module is finished.
 * @param {string} id
 * @param {import("./record-model.js").LearnerRecord} now
 * @param {import("./learner-pages.js").Index} [known]
 */
function isWhole(id, now, known) {
  const [module, kept] = [known?.modules[id], now.modules[id]];
  const parts = Object.keys(module?.parts ?? {});
  return parts.length > 0 && parts.every((part) => kept && isFinished(part, kept, module?.questions ?? {}));
}

/**
 * The path that is finished, or none: someone may have taken single modules.
 * @param {HTMLSelectElement} paths
 * @param {import("./record-model.js").LearnerRecord} now
 * @param {import("./learner-pages.js").Index} [known]
 */
const furthest = (paths, now, known) =>
  [...paths.options].find((option) => option.value && modulesOf(option).every((id) => isWhole(id, now, known)))
    ?.value ?? "";

/** From when to when, and on how many days. @param {import("./record-model.js").LearnerRecord} now */
function daysIn({ modules }) {
  const all = Object.values(modules).flatMap(({ lessons, questions }) => [
    ...Object.values(lessons),
    ...Object.values(questions).map(({ at }) => at),
  ]);
  const days = [...new Set(all)].sort();
  return days.length ? own.recordDays(inWords(days[0]), inWords(days[days.length - 1]), days.length) : "";
}

/** What this page says besides the progress, on paper and in a file. @param {string} name */
const said = (name) => ({ name, site: siteName(), address: siteAddress, made: today() });

define("p-record", RecordElement);
