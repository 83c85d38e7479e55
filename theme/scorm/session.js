/**
 * One launch of the course in a learning platform: what it says of the learner's work, when, and in which order.
 * It says `suspend` at once and always, so that nothing is lost with the connection; it never lowers a score or a
 * status; and it is finished once.
 */
import { after, emptyState, howFar, joined, packed, partAt, recordOf, result, unpacked } from "./state.js";

/**
 * @typedef {import("./state.js").Course} Course
 * @typedef {import("./state.js").State} State
 * @typedef {{start: () => boolean, commit: () => boolean, finish: () => boolean,
 *   get: (name: string) => string | undefined, set: (name: string, text: string) => boolean, version: "1.2" | "2004",
 *   time: (seconds: number) => string}} Platform
 * @typedef {{now: () => number, today: () => string, later: (does: () => void, wait: number) => unknown}} Clock
 *   milliseconds, a day such as 2026-11-30, and something done in so many milliseconds
 * @typedef {"saved" | "failed" | "closed" | "elsewhere"} Outcome `closed`: the platform takes nothing at all;
 *   `elsewhere`: another window of the course is open, and that one saves
 */

/** Between two commits, before another try, and once those are used up: in milliseconds. */
export const WAIT = { commit: 1000, retry: 2000, again: 60_000 };
export const RETRIES = 5;
/** Statuses that say more than others; what is not here says nothing. */
const RANK = ["incomplete", "completed", "passed"];
/** Without these a learner would lose something. Of the rest some platforms know only a part. */
const NEEDED = ["status", "state"];
/** The most letters of a place that SCORM 1.2 keeps. */
const LONGEST_PLACE = 255;

/** The most digits behind the point that SCORM 2004 takes. */
const MOST_DIGITS = 7;

/** @param {string} one @param {string} other @param {string[]} order */
const better = (one, other, order) => (order.indexOf(one) > order.indexOf(other) ? one : other);

export class Session {
  #course;
  #platform;
  #clock;
  #tell;
  /** @type {State} */
  #state;
  #began = 0;
  #url = "";
  /** The best that is known, by the platform or by us. @type {number | null} */
  #score = null;
  #status = "incomplete";
  #success = "unknown";
  #writes = false;
  #finished = false;
  #dirty = false;
  #waiting = false;
  #last = Number.NEGATIVE_INFINITY;
  #failures = 0;
  /** What the platform could not say at the start, and could later: it goes along with all that is written. */
  #late;
  #started = false;
  /** Whether something that the platform holds has not been read: before that nothing is written over it. */
  #unread = false;
  /** Whether the learner has heard that saving fails, and not yet that it works again. */
  #told = false;

  /**
   * @param {Course} course
   * @param {Platform | undefined} platform nothing where the course stands alone: then it is a plain page
   * @param {Clock} clock
   * @param {(outcome: Outcome) => void} tell called when saving has failed several times or as the learner was about to
   *   leave, and when it works again
   */
  constructor(course, platform, clock, tell) {
    this.#course = course;
    this.#platform = platform;
    this.#clock = clock;
    this.#tell = tell;
    this.#state = emptyState(course);
    this.#late = emptyState(course);
  }

  /** Whether what the learner does reaches a platform. */
  get writes() {
    return this.#writes && !this.#finished;
  }

  /**
   * Begins, and takes over what the platform knows. Returns where the learner was, and their record as text.
   * @param {{alone?: boolean}} [how] `alone`: whether no other window has the course open
   */
  start({ alone = true } = {}) {
    if (this.#platform && !alone) {
      this.#platform = undefined;
      this.#tell("elsewhere");
    }
    const platform = this.#platform;
    this.#started = true;
    this.#began = this.#clock.now();
    if (!platform) return { url: "", record: recordOf(this.#course, this.#state, "") };
    if (platform.start()) {
      const shut = this.#course.progress ? ["browse"] : ["browse", "review"];
      this.#writes = !shut.includes((platform.get("mode") ?? "").toLowerCase());
      if (this.#writes) platform.set("exit", "suspend");
    } else this.#tell("closed");
    this.#state = this.#takeOver(platform);
    // Without a number such a platform makes one up from the status.
    if (this.#course.progress) this.#judge();
    const url = platform.get("location") ?? "";
    this.#url = partAt(this.#course, url) ? url : "";
    // A platform may call complete what was left without a status.
    if (this.#writes) {
      this.#dirty = true;
      this.#soon(0);
    }
    return { url: this.#url, record: recordOf(this.#course, this.#state, this.#url) };
  }

  /**
   * Takes over the best that the platform knows. Returns the state.
   * @param {Platform} platform
   */
  #takeOver(platform) {
    const known = ["raw", "status", "success", "state"].map((name) => platform.get(name));
    const [score = "", status = "", success, state = ""] = known;
    this.#unread = known.includes(undefined);
    if (score.trim() !== "" && Number.isFinite(Number(score)))
      this.#score = Math.max(this.#score ?? 0, Math.min(100, Math.max(0, Number(score))));
    this.#status = better(status, this.#status, RANK);
    if (success === "passed") this.#success = "passed";
    return unpacked(this.#course, state);
  }

  /** What is known of the learner's work, by the pages and by the platform. */
  get #known() {
    return joined(this.#state, this.#late);
  }

  /**
   * Whether what the platform holds has been read, if need be by asking again.
   * @param {Platform} platform
   */
  #hasRead(platform) {
    if (!this.#unread) return true;
    const late = this.#takeOver(platform);
    if (this.#unread) return false;
    this.#late = late;
    this.#judge();
    return true;
  }

  /** Takes in what the record has become. @param {import("./state.js").LearnerRecord} record */
  note(record) {
    if (!this.writes) return;
    const before = packed(this.#course, this.#state) + this.#url;
    const state = after(this.#course, this.#state, record, this.#clock.today());
    const url = record.place?.url ?? "";
    if (url.length <= LONGEST_PLACE && partAt(this.#course, url)) this.#url = url;
    if (packed(this.#course, { ...state, day: this.#state.day }) + this.#url === before) return;
    this.#state = state;
    this.#judge();
    this.#dirty = true;
    this.#soon(Math.max(0, this.#last + WAIT.commit - this.#clock.now()));
  }

  #judge() {
    const { passMark } = this.#course;
    const { score: right, done } = result(this.#course, this.#known);
    const score = this.#course.progress ? howFar(this.#course, this.#known) : right;
    if (score !== null) this.#score = Math.max(score, this.#score ?? 0);
    const passed = passMark !== null && this.#score !== null && this.#score >= passMark;
    if (passed) this.#success = "passed";
    const by12 = passMark === null ? (done ? "completed" : "incomplete") : passed ? "passed" : "incomplete";
    const by2004 = by12 === "passed" ? "completed" : by12;
    this.#status = better(this.#platform?.version === "2004" ? by2004 : by12, this.#status, RANK);
  }

  /** @param {number} wait */
  #soon(wait) {
    if (this.#waiting) return;
    this.#waiting = true;
    this.#clock.later(() => {
      this.#waiting = false;
      this.commit();
    }, wait);
  }

  /** Hands over what has changed. What a platform refuses is tried again. Returns whether it has everything. */
  commit() {
    const platform = this.#platform;
    if (!platform || !this.writes || !this.#dirty) return true;
    this.#last = this.#clock.now();
    const kept = this.#hasRead(platform) && this.#handOver(platform);
    if (kept) {
      this.#dirty = false;
      if (this.#told) this.#tell("saved");
      this.#told = false;
      this.#failures = 0;
      return true;
    }
    this.#failures += 1;
    if (this.#failures > RETRIES && !this.#told) this.#warn();
    this.#soon(this.#failures > RETRIES ? WAIT.again : WAIT.retry);
    return false;
  }

  #warn() {
    this.#told = true;
    this.#tell("failed");
  }

  /**
   * Score, then status, then the rest: some platforms judge a status by the score that they have.
   * @param {Platform} platform
   */
  #handOver(platform) {
    const raw = this.#score === null ? null : String(this.#score);
    /** @type {[string, string][]} */
    const values = [
      .../** @type {[string, string][]} */ (
        raw === null
          ? []
          : [
              ["raw", raw],
              ["min", "0"],
              ["max", "100"],
              ["scaled", String(Number((Number(raw) / 100).toFixed(MOST_DIGITS)))],
            ]
      ),
      ["status", this.#status],
      ["success", this.#success],
      ["location", this.#url],
      ["state", packed(this.#course, this.#known)],
      ["exit", "suspend"],
    ];
    this.#setTime();
    // Each is handed over, whatever becomes of those before it.
    const refused = values.filter(([name, text]) => !platform.set(name, text)).map(([name]) => name);
    const needed = this.#course.passMark === null ? NEEDED : [...NEEDED, "raw"];
    return platform.commit() && !refused.some((name) => needed.includes(name));
  }

  /** How long this launch has lasted: with each commit, so that a crash costs none of it. */
  #setTime() {
    const seconds = (this.#clock.now() - this.#began) / 1000;
    this.#platform?.set("time", this.#platform.time(seconds));
  }

  /**
   * The learner leaves by the button. Returns false where not everything could be handed over:
   * then the session goes on.
   * @param {{anyway?: boolean}} [how] `anyway`: leave with what the platform has
   */
  leave({ anyway = false } = {}) {
    this.#dirty ||= this.writes;
    if (!this.commit() && !anyway) {
      this.#warn();
      return false;
    }
    if (this.writes) this.#platform?.set("leave", this.#status === "incomplete" ? "suspendAll" : "exitAll");
    this.#end();
    return true;
  }

  /** The page goes: once, whatever happens to it then. */
  finish() {
    this.commit();
    this.#end();
  }

  #end() {
    if (this.#finished || !this.#started) return;
    if (this.writes) this.#setTime();
    this.#finished = true;
    this.#platform?.finish();
  }
}
