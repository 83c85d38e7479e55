import { define } from "../../elements/define.js";
import { drag } from "../../elements/drag.js";
import { messages } from "../../elements/messages.js";
import { QuestionElement } from "../../elements/question-element.js";
import { scoreLines } from "../../elements/scoring.js";
import { make } from "../../elements/site.js";
import { bare } from "../../elements/speech.js";
import { _, ngettext } from "../../elements/words.js";

const said = {
  /** @param {number} right @param {number} all */
  ordered: (right, all) =>
    right === all
      ? _("Correct. Every line is in its place.")
      : ngettext(
          "{right} of {all} is in place. Move the others, then check again.",
          "{right} of {all} are in place. Move the others, then check again.",
          right,
          { right, all }
        ),
  placeNotYet: _("Not yet in its place."),
  drag: _("Drag"),
  up: _("Move up"),
  down: _("Move down"),
  /** @param {string} name @param {number} place @param {number} all */
  place: (name, place, all) => _("{name}: now {place} of {all}.", { name, place, all }),
  /** @param {string} name @param {boolean} first */
  atEnd: (name, first) => (first ? _("{name} is already first.", { name }) : _("{name} is already last.", { name })),
};

/** Lines to move up and down, by buttons or by dragging. Without script each line has a list of places. */
class OrderingElement extends QuestionElement {
  /** @returns {HTMLLIElement[]} */
  get lines() {
    return /** @type {HTMLLIElement[]} */ ([...this.querySelectorAll("[data-item]")]);
  }

  /** Waits while somebody picks a place: a list of places that is open would close under their hand. */
  connectedCallback() {
    const held = /** @type {HTMLSelectElement | null} */ (this.querySelector("select:focus"));
    if (!held) {
      super.connectedCallback();
      return;
    }
    const waiting = new AbortController();
    const start = () => {
      waiting.abort();
      if (!this.isConnected) return;
      const inHand = document.activeElement === held;
      super.connectedCallback();
      const line = this.lines.find(({ dataset }) => dataset.id === held.id);
      if (inHand) line?.querySelector("button")?.focus();
    };
    for (const name of ["change", "blur"]) held.addEventListener(name, start, { signal: waiting.signal });
  }

  /**
   * @param {HTMLFormElement} form
   * @param {AbortSignal} signal
   */
  start(form, signal) {
    const fieldset = /** @type {HTMLElement} */ (form.querySelector("fieldset"));
    const plain = /** @type {HTMLElement[]} */ ([...fieldset.querySelectorAll(".line")]);
    const list = make("ol", { class: "order" });
    // Lines take the places that were picked before this script came, the others stay around them.
    const picked = [...new FormData(form).values()];
    const placed = plain.map((_, at) => plain[picked.indexOf(`${at + 1}`)]);
    const rest = plain.filter((line) => !placed.includes(line));
    for (const line of placed.map((known) => known ?? /** @type {HTMLElement} */ (rest.shift()))) {
      const select = /** @type {HTMLSelectElement} */ (line.querySelector("select"));
      list.append(this.#line(select, line.querySelector("label")?.childNodes ?? [], signal));
      line.remove();
    }
    this.add(fieldset, list);
    this.undo(() => fieldset.append(...plain));
    this.#mark();
  }

  /**
   * @param {HTMLSelectElement} select
   * @param {Iterable<Node>} words
   * @param {AbortSignal} signal
   */
  #line(select, words, signal) {
    const text = make("span", { class: "order__text" }, ...[...words].map((node) => node.cloneNode(true)));
    const line = make("li", {
      "data-item": this.partOf(select.name),
      "data-right": select.dataset.right ?? "",
      "data-id": select.id,
    });
    const handle = make("span", { class: "handle", "aria-hidden": "true", title: said.drag });
    line.append(handle, text);
    for (const [way, label] of /** @type {const} */ ([
      [-1, said.up],
      [1, said.down],
    ])) {
      const button = make(
        "button",
        { type: "button", class: "order__move" },
        label,
        make("span", { class: "vh" }, `: ${text.textContent}`)
      );
      button.addEventListener("click", () => this.#move(line, way, button), { signal });
      line.append(button);
    }
    drag(handle, line, (under) => this.#dragTo(line, under), signal);
    return line;
  }

  /** @param {HTMLLIElement} line @param {-1 | 1} way @param {HTMLButtonElement} button */
  #move(line, way, button) {
    const other = way < 0 ? line.previousElementSibling : line.nextElementSibling;
    const name = this.#nameOf(line);
    this.clear();
    if (!other) {
      this.say(said.atEnd(name, way < 0));
      return;
    }
    if (way < 0) other.before(line);
    else other.after(line);
    this.#mark();
    button.focus();
    this.say(said.place(name, this.lines.indexOf(line) + 1, this.lines.length));
  }

  /** @param {HTMLLIElement} line */
  #nameOf(line) {
    return bare(line.querySelector(".order__text")?.textContent ?? "");
  }

  /** @param {HTMLLIElement} line @param {Element | null} under */
  #dragTo(line, under) {
    const target = /** @type {HTMLLIElement | null} */ (under?.closest("li[data-item]") ?? null);
    if (!target || target === line || target.parentElement !== line.parentElement) return;
    this.clear();
    const lines = this.lines;
    if (lines.indexOf(target) < lines.indexOf(line)) target.before(line);
    else target.after(line);
    this.#mark();
  }

  #mark() {
    const lines = this.lines;
    for (const [index, line] of lines.entries()) {
      const [up, down] = line.querySelectorAll("button");
      up.setAttribute("aria-disabled", String(index === 0));
      down.setAttribute("aria-disabled", String(index === lines.length - 1));
    }
  }

  grade() {
    const lines = this.lines;
    const right = lines.map((line, index) => Number(line.dataset.right) === index + 1);
    const notes = lines.map((line, index) => this.#show(line, right[index]));
    const count = right.filter(Boolean).length;
    return {
      response: lines.map((line) => line.dataset.item ?? ""),
      score: scoreLines(right),
      verdict: said.ordered(count, lines.length),
      spoken: notes.filter((_, index) => !right[index]).join(" "),
    };
  }

  /** @param {HTMLLIElement} line @param {boolean} right */
  #show(line, right) {
    const note = make("p", { class: "feedback line__feedback" });
    const words = right ? this.feedbackOf(line.dataset.id ?? "") : [];
    note.append(
      make("strong", { class: "sign" }, right ? messages.verdicts.right : said.placeNotYet),
      ...(words.length ? [" ", ...words] : [])
    );
    line.append(note);
    this.mark(line, right ? "right" : "wrong");
    return `${this.#nameOf(line)}: ${note.textContent}`;
  }

  /** @param {string[]} response */
  restore(response) {
    const byName = new Map(this.lines.map((line) => [line.dataset.item, line]));
    const list = this.querySelector(".order");
    for (const name of response) {
      const line = byName.get(name);
      if (line) list?.append(line);
    }
    this.#mark();
  }
}

define("q-ordering", OrderingElement);
