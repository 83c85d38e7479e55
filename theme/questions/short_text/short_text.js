import { define } from "../../elements/define.js";
import { messages } from "../../elements/messages.js";
import { QuestionElement } from "../../elements/question-element.js";
import { make } from "../../elements/site.js";
import { _ } from "../../elements/words.js";
import { listWith } from "../../elements/written.js";

const said = {
  write: _("Write a word or two first."),
  notYet: _("Not yet. Read the note, then try another word."),
  near: _("Close. Read the note, then try again."),
};

/** A word or phrase, compared with those that are accepted and with those that come near. */
class ShortTextElement extends QuestionElement {
  get field() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input[data-accept]"));
  }

  missing() {
    return this.field.value.trim() ? null : { message: said.write, control: this.field };
  }

  grade() {
    const field = this.field;
    const entries = /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[data-near]")]);
    const lists = [field.dataset.accept, ...entries.map((entry) => entry.dataset.near)];
    const found = listWith(
      field.value,
      lists.map((list) => JSON.parse(list ?? "[]"))
    );
    const right = found === 0;
    const near = entries[found - 1];
    const name = right ? field.id : (near?.id ?? `${field.id}__otherwise`);
    const note = make("p", { class: "feedback field__feedback", id: `${field.id}__note` }, ...this.feedbackOf(name));
    field.closest(".field")?.after(note);
    this.describe(field, note);
    const verdict = right ? messages.verdicts.right : near ? said.near : said.notYet;
    const chosen = near?.dataset.id ? [near.dataset.id] : [];
    return { response: [field.value.trim()], score: right ? 1 : 0, verdict, spoken: note.textContent ?? "", chosen };
  }

  /** @param {string[]} response */
  restore(response) {
    this.field.value = response[0] ?? "";
  }
}

define("q-short-text", ShortTextElement);
