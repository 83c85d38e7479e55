/**
 * What a learning platform hands to a package: an object in some window above or behind it. Two versions of SCORM have
 * other names for nearly the same; here each has one name.
 *
 * @typedef {Record<string, (...texts: string[]) => unknown>} Handed what stands in the window
 * @typedef {{version: "1.2" | "2004", names: Record<string, string>, time: (seconds: number) => string,
 *   isThere: (api: Handed) => boolean, start: (api: Handed) => unknown, commit: (api: Handed) => unknown,
 *   finish: (api: Handed) => unknown, get: (api: Handed, name: string) => unknown,
 *   set: (api: Handed, name: string, text: string) => unknown, error: (api: Handed) => unknown}} Version
 */

/** A page may stand deep in frames, and a loop of windows has no end. */
const MOST_WINDOWS = 500;

/** @param {number} number */
const two = (number) => String(Math.floor(number)).padStart(2, "0");

/** @type {Record<string, Version>} */
export const VERSIONS = {
  API: {
    version: "1.2",
    isThere: (api) => typeof api.LMSInitialize === "function",
    start: (api) => api.LMSInitialize(""),
    commit: (api) => api.LMSCommit(""),
    finish: (api) => api.LMSFinish(""),
    get: (api, name) => api.LMSGetValue(name),
    set: (api, name, text) => api.LMSSetValue(name, text),
    error: (api) => api.LMSGetLastError(),
    names: {
      mode: "cmi.core.lesson_mode",
      status: "cmi.core.lesson_status",
      raw: "cmi.core.score.raw",
      min: "cmi.core.score.min",
      max: "cmi.core.score.max",
      location: "cmi.core.lesson_location",
      exit: "cmi.core.exit",
      time: "cmi.core.session_time",
      state: "cmi.suspend_data",
    },
    time: (seconds) => `${two(seconds / 3600).padStart(4, "0")}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`,
  },
  API_1484_11: {
    version: "2004",
    isThere: (api) => typeof api.Initialize === "function",
    start: (api) => api.Initialize(""),
    commit: (api) => api.Commit(""),
    finish: (api) => api.Terminate(""),
    get: (api, name) => api.GetValue(name),
    set: (api, name, text) => api.SetValue(name, text),
    error: (api) => api.GetLastError(),
    names: {
      mode: "cmi.mode",
      status: "cmi.completion_status",
      success: "cmi.success_status",
      raw: "cmi.score.raw",
      min: "cmi.score.min",
      max: "cmi.score.max",
      scaled: "cmi.score.scaled",
      location: "cmi.location",
      exit: "cmi.exit",
      time: "cmi.session_time",
      state: "cmi.suspend_data",
      leave: "adl.nav.request",
    },
    time: (seconds) =>
      `PT${Math.floor(seconds / 3600)}H${Math.floor((seconds / 60) % 60)}M${Math.floor(seconds % 60)}S`,
  },
};

/**
 * What a window hands over under a name; a window of another site tells nothing.
 * @param {any} frame
 * @param {string} name
 */
function handed(frame, name) {
  try {
    return frame[name] || undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether it can be called: an element with the id "API" has the same place in a window.
 * @param {any} api
 * @param {Version} version
 */
function answers(api, { isThere }) {
  try {
    return isThere(api);
  } catch {
    return false;
  }
}

/** A window and those above it. @param {any} frame @returns {any[]} */
function upwards(frame) {
  const found = [];
  for (let at = frame; at && found.length < MOST_WINDOWS; ) {
    found.push(at);
    const above = handed(at, "parent");
    at = above === at ? undefined : above;
  }
  return found;
}

/**
 * The API of the platform: from this window upwards, then from the window that opened it upwards.
 * @param {any} own
 * @param {string[]} names of APIs, the one to prefer first
 * @returns {Api | undefined} nothing where no platform is there
 */
export function findApi(own, names) {
  const frames = upwards(own);
  const windows = [...frames, ...[...frames].flatMap((frame) => upwards(handed(frame, "opener")))];
  for (const name of names)
    for (const frame of windows) {
      const api = handed(frame, name);
      if (api && answers(api, VERSIONS[name])) return new Api(api, VERSIONS[name]);
    }
  return undefined;
}

/** No error, "not initialized" and "not implemented" of SCORM 2004 and 1.2: there is nothing to lose. */
const HOLDS_NOTHING = ["", "0", "401", "403"];
/** Some platforms say `false`, others "false", and some that all went well with nothing. */
const REFUSED = ["false", "0", ""];

/** The API of a platform, by our names. Whatever a platform throws or returns, a call is answered. */
export class Api {
  #handed;
  #by;

  /** @param {Handed} api @param {Version} by */
  constructor(api, by) {
    this.#handed = api;
    this.#by = by;
    this.version = by.version;
    this.time = by.time;
  }

  /** Whether something went well. @param {() => unknown} call */
  #went(call) {
    try {
      return !REFUSED.includes(String(call()));
    } catch (error) {
      console.warn(error);
      return false;
    }
  }

  start() {
    return this.#went(() => this.#by.start(this.#handed));
  }

  commit() {
    return this.#went(() => this.#by.commit(this.#handed));
  }

  finish() {
    return this.#went(() => this.#by.finish(this.#handed));
  }

  /**
   * What the platform holds, as text; empty where it holds nothing, and nothing where it could not say.
   * @param {string} name
   */
  get(name) {
    const called = this.#by.names[name];
    if (!called) return "";
    try {
      const text = String(this.#by.get(this.#handed, called) ?? "");
      return text || this.#isEmpty() ? text : undefined;
    } catch (error) {
      console.warn(error);
      return undefined;
    }
  }

  /** Whether the platform holds nothing under the name that was asked for last, as far as it says. */
  #isEmpty() {
    try {
      return HOLDS_NOTHING.includes(String(this.#by.error(this.#handed) ?? ""));
    } catch {
      return true; // it has no word for errors
    }
  }

  /** Whether it was taken. What this version has no name for is. @param {string} name @param {string} text */
  set(name, text) {
    const called = this.#by.names[name];
    return !called || this.#went(() => this.#by.set(this.#handed, called, text));
  }
}
