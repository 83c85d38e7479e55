import { inWords } from "./day-in-words.js";
import { today } from "./day.js";
import { define } from "./define.js";
import { messages } from "./messages.js";
import { LONGEST_NAME, SHARING, WAITING, readWaiting } from "./sharing-model.js";
import { sharing } from "./sharing.js";
import { make } from "./site.js";
import { say } from "./speech.js";
import { get, remove, set, watch } from "./store.js";
import { _, ngettext } from "./words.js";
import { uuid } from "./xapi.js";

const said = {
  on: _("From now on you share what you finish. What you finished before is not told."),
  off: _(
    "From now on nothing is told, and what waited is forgotten. What was told before stays with the organisation."
  ),
  name: _("Your name goes with what is told from now on."),
  noName: _("No name goes with what is told from now on."),
  /** @param {string} day */
  since: (day) => _("You share what you finish, since {day}.", { day }),
  not: _("You share nothing."),
  /** @param {string} id */
  number: (id) =>
    _("Your number there, by which the organisation can find and delete what you have shared: {id}", { id }),
  nothing: _("Nothing waits to be sent."),
  /** @param {number} count */
  waiting: (count) => ngettext("{count} thing waits to be sent:", "{count} things wait to be sent:", count, { count }),
  /** @param {string} when */
  sent: (when) => _("Something was last sent on {when}.", { when }),
  trouble: {
    unreached: _("Just now it cannot be sent. It is tried again later; you need do nothing."),
    key: _(
      "The organisation’s store does not take anything from this site just now. Tell the organisation, if you like."
    ),
    refused: _("The organisation’s store did not take something, so that was let go."),
  },
};

/** The switch for sharing, and how it goes. */
class SwitchElement extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening;
  #state = make("div");

  connectedCallback() {
    if (this.#listening) return;
    this.#listening = new AbortController();
    const signal = this.#listening.signal;
    const { box, name, told } = this.#parts;
    name.maxLength = LONGEST_NAME;
    this.append(this.#state);
    box.addEventListener("change", () => this.#switch(box.checked), { signal });
    name.addEventListener("change", () => this.#named(), { signal });
    this.querySelector("form")?.addEventListener("submit", (event) => event.preventDefault(), { signal });
    for (const event of ["sharing:sent", "store:wiped"]) addEventListener(event, () => this.#show(), { signal });
    for (const key of [SHARING, WAITING]) watch(key, () => this.#show());
    told.textContent = "";
    this.#show();
  }

  disconnectedCallback() {
    this.#listening?.abort();
    this.#listening = undefined;
  }

  get #parts() {
    const find = (/** @type {string} */ part) => /** @type {any} */ (this.querySelector(part));
    return {
      box: /** @type {HTMLInputElement} */ (find("#sharing-on")),
      name: /** @type {HTMLInputElement} */ (find("#sharing-name")),
      told: /** @type {HTMLElement} */ (find("[data-told]")),
    };
  }

  /** @param {boolean} on */
  #switch(on) {
    const { name, told } = this.#parts;
    if (on) {
      const kept = set(SHARING, JSON.stringify({ id: uuid(), name: plain(name.value), since: today() }));
      say(told, kept.ok ? said.on : messages.notKept[kept.why]);
    } else {
      // The switch goes first: whatever waits is nothing without it.
      const gone = [remove(SHARING), remove(WAITING)];
      const not = gone.find((kept) => !kept.ok);
      say(told, not && !not.ok ? messages.notKept[not.why] : said.off);
      name.value = "";
    }
    dispatchEvent(new CustomEvent("sharing:changed"));
    this.#show();
  }

  #named() {
    const { name, told } = this.#parts;
    const now = sharing();
    if (!now) return;
    const kept = set(SHARING, JSON.stringify({ ...now, name: plain(name.value) }));
    say(told, kept.ok ? (plain(name.value) ? said.name : said.noName) : messages.notKept[kept.why]);
    this.#show();
  }

  #show() {
    const { box, name } = this.#parts;
    const now = sharing();
    box.checked = now !== undefined;
    if (document.activeElement !== name && now) name.value = now.name;
    if (!now) {
      this.#state.replaceChildren(make("p", {}, said.not));
      return;
    }
    const { waiting, sent, trouble } = readWaiting(get(WAITING), now.id);
    const titles = waiting.map(({ title }) => make("li", {}, title));
    const why = said.trouble[/** @type {keyof typeof said.trouble} */ (trouble)];
    this.#state.replaceChildren(
      make("p", {}, said.since(inWords(now.since))),
      ...(titles.length
        ? [
            make("p", { id: "waiting" }, said.waiting(titles.length)),
            make("ul", { "aria-labelledby": "waiting" }, ...titles),
          ]
        : [make("p", {}, said.nothing)]),
      ...(why ? [make("p", {}, why)] : []),
      ...(sent ? [make("p", {}, said.sent(inWords(today(new Date(sent)))))] : []),
      make("p", { class: "fine" }, said.number(now.id))
    );
  }
}

/** @param {string} name */
const plain = (name) => name.normalize("NFC").replace(/\s+/g, " ").trim().slice(0, LONGEST_NAME);

define("p-sharing-switch", SwitchElement);
