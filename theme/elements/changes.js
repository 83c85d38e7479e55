/**
 * Changes that wait to be made to what is kept. Each is made to what is there at that moment, one page after the other,
 * so that two tabs do not lose each other's words; and it may be the last thing that a page does.
 */
import { MOMENT, mayYetBeKept } from "./store.js";
import { onLeaving, stored } from "./site.js";

/** @typedef {import("./store.js").Kept} Kept */

/**
 * How often a tab does again what another has written over. That had not heard of it, or took it back on purpose; two
 * that each mean it would else go on for ever. Without locks, several may have to take turns.
 */
const MOST_AGAIN = 20;

/**
 * @template Thing
 * @typedef {(now: Thing) => void} Change what is to be done: perhaps more than once, on what is there each time
 */

/**
 * The changes of one thing that is kept.
 * @template Thing
 */
export class Changes {
  /** @type {{change: Change<Thing>, answer: (kept: Kept) => void}[]} */
  #waiting = [];
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();
  /** How often something was done again since something new was. */
  #again = 0;
  #name;
  #keep;

  /**
   * @param {string} name what it is kept as
   * @param {(make: Change<Thing>) => Kept | Promise<Kept>} keep makes the
   *   changes to what is stored by now, and keeps that
   * @param {{slow?: () => boolean, wiped: () => void, met: (since: number) => unknown}} on `slow` says whether keeping
   *   takes a moment, which a page that is left does not have; `wiped`: all is to be forgotten; `met`: another tab,
   *   which may not have heard of what was written here since, has written
   */
  constructor(name, keep, { slow, wiped, met }) {
    this.#name = name;
    this.#keep = keep;
    onLeaving(() => void (slow?.() || this.flush()));
    addEventListener("store:wiped", () => {
      this.forget();
      wiped();
    });
    addEventListener("storage", ({ key, newValue }) => {
      if (key !== stored(name) || !newValue) return;
      this.#soon(); // there may be room by now
      if (this.#again < MOST_AGAIN) met(performance.now() - MOMENT);
    });
  }

  /** Whether any waits. */
  get wait() {
    return this.#waiting.length > 0;
  }

  /**
   * Shows what will be there once all is made.
   * @param {Thing} now
   * @param {Set<unknown>} [made] what was made to it before, and is not made again
   */
  show(now, made = new Set()) {
    for (const one of this.#waiting) {
      if (!made.has(one)) one.change(now);
      made.add(one);
    }
  }

  /**
   * Makes what waits: before the page is left that happens at once, since nothing could happen later.
   * @returns {void | Promise<void>}
   */
  flush() {
    const turn = [...this.#waiting];
    if (!turn.length) return undefined;
    const kept = this.#keep((now) => {
      for (const { change } of turn) change(now);
    });
    return kept instanceof Promise ? kept.then((answer) => this.#answer(turn, answer)) : this.#answer(turn, kept);
  }

  /** @param {{change: Change<Thing>, answer: (kept: Kept) => void}[]} turn @param {Kept} kept */
  #answer(turn, kept) {
    // What found no room is tried again with the next change, here or in another tab, and when
    // the page is left, on what is there by then.
    if (!mayYetBeKept(kept)) this.#waiting = this.#waiting.filter((one) => !turn.includes(one));
    for (const { answer } of turn) answer(kept);
  }

  /** @param {Change<Thing>} change @returns {Promise<Kept>} */
  add(change) {
    this.#again = 0;
    return this.#put(change);
  }

  /** Does what another tab has written over. @param {Change<Thing>} change @returns {Promise<Kept>} */
  again(change) {
    this.#again += 1;
    return this.#put(change);
  }

  /** @param {Change<Thing>} change @returns {Promise<Kept>} */
  #put(change) {
    /** @type {Promise<Kept>} */
    const answered = new Promise((answer) => this.#waiting.push({ change, answer }));
    this.#soon();
    return answered;
  }

  /** Makes what waits when its turn comes. A browser may refuse a turn; then it is made at once. */
  #soon() {
    this.inTurn(() => this.flush()).catch(() => this.flush());
  }

  /**
   * One after the other: over all tabs, or where the browser has no locks within this one.
   * @template Answer
   * @param {() => Answer | Promise<Answer>} does
   * @returns {Promise<Answer>}
   */
  inTurn(does) {
    if (navigator.locks) return /** @type {any} */ (navigator.locks.request(stored(this.#name), does));
    const turn = this.#last.then(does);
    this.#last = turn.catch(() => {});
    return turn;
  }

  /** Forgets what waits. */
  forget() {
    this.#waiting = [];
  }
}
