/**
 * A launch by cmi5: the platform hands over an address and a key instead of an object, and everything goes over the
 * network. What the session says is taken at once and sent behind its back, in order; what is refused is sent again.
 * A record store tells nothing back, so the best is kept in a document of our own. Of the learner's work nothing goes
 * there but what `packed` of state.js gives.
 */
/**
 * @typedef {{endpoint: string, fetch: string, actor: string, registration: string, activityId: string}} Parameters
 * @typedef {{fetch: (url: string, how: RequestInit) => Promise<Response>, now: () => number, date: () => string,
 *   later: (does: () => void, wait: number) => unknown, wait: {retry: number, again: number}, retries: number}}
 *   Surroundings `date`: now, as xAPI writes it; `wait` and `retries` are those of the session
 * @typedef {{verb: string, body: Record<string, any>}} Said
 */

import { JSON_BODY, headersOf, statementOf, uuid } from "../elements/xapi.js";

const NEEDED = /** @type {const} */ (["endpoint", "fetch", "actor", "registration", "activityId"]);
const CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/";
const MASTERY = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore";
const LAUNCH_DATA = "LMS.LaunchData";
const PREFERENCES = "cmi5LearnerPreferences";
/** The name of our document. */
const DOCUMENT = "alongside";
/** What is said once in a registration, whatever happens. */
const ONCE = ["completed", "passed"];
/** What the session hands over and the document keeps. */
const KEPT = ["raw", "status", "success", "location", "state"];
/** How long a request may take, in milliseconds, and how often the launch asks for something. */
const LONGEST = 10_000;
const TRIES = 3;

class Refused extends Error {}

/** What a platform has written behind the address; nothing where it did not start the course. @param {string} query */
function parametersOf(query) {
  const said = new URLSearchParams(query);
  const found = Object.fromEntries(NEEDED.map((name) => [name, said.get(name) ?? ""]));
  return NEEDED.every((name) => found[name]) ? /** @type {Parameters} */ (found) : undefined;
}

export class Launch {
  version = /** @type {const} */ ("2004");
  time = (/** @type {number} */ seconds) => `PT${Math.floor(seconds)}S`;
  #parameters;
  #around;
  #tell;
  #key = "";
  /** @type {Record<string, unknown>} */
  #actor = {};
  #ready = false;
  #open = false;
  #began = 0;
  /** @type {Record<string, any>} */
  #data = {};
  /** @type {Record<string, string>} */
  #kept = {};
  /** @type {Record<string, string>} */
  #pending = {};
  /** What has been said for good, and the ids of what is to be: a statement that is sent again is the same one. */
  #said = new Set();
  /** @type {Record<string, string>} */
  #ids = {};
  /** @type {Said[]} */
  #queue = [];
  #changed = false;
  /** @type {Promise<boolean> | undefined} */
  #running;
  /** @type {Promise<unknown> | undefined} */
  #ending;
  #failures = 0;
  #refused = false;
  #waiting = false;
  #told = false;

  /**
   * @param {Parameters} parameters
   * @param {Surroundings} around
   * @param {(outcome: "saved" | "failed") => void} tell as for a session
   */
  constructor(parameters, around, tell) {
    this.#parameters = parameters;
    this.#around = around;
    this.#tell = tell;
  }

  /**
   * The launch that an address tells of; nothing where it tells of none.
   * @param {string} query
   * @param {Surroundings} around
   * @param {(outcome: "saved" | "failed") => void} tell
   */
  static of(query, around, tell) {
    const parameters = parametersOf(query);
    return parameters && new Launch(parameters, around, tell);
  }

  /** The mark that the platform wants, in percent; nothing where it wants none. */
  get passMark() {
    const mark = this.#data.masteryScore;
    return typeof mark === "number" ? mark * 100 : undefined;
  }

  /** Where the platform wants the learner to go after the course; empty where it does not say. */
  get returnUrl() {
    const url = this.#data.returnURL;
    return typeof url === "string" && /^https?:/i.test(url) ? url : "";
  }

  /** Asks for all that a launch needs. The key is given out once, so that is asked for once. */
  async load() {
    try {
      const given = await this.#around.fetch(this.#parameters.fetch, { method: "POST", signal: late() });
      const { "auth-token": key } = await given.json();
      if (!given.ok || !key) return;
      this.#key = `Basic ${key}`;
      const data = await this.#read(this.#document(LAUNCH_DATA));
      if (!data) return;
      this.#data = data;
      // The standard has a course ask for it. It says how somebody likes sound and language: we have no such choice.
      await this.#read(this.#preferences(), 1).catch(() => {});
      this.#actor = JSON.parse(this.#parameters.actor);
      this.#takeOver((await this.#read(this.#document(DOCUMENT))) ?? {});
      await this.#recall();
      this.#ready = true;
    } catch (error) {
      console.warn(error);
    }
  }

  /** @param {Record<string, any>} document */
  #takeOver({ kept, ids, said }) {
    for (const name of KEPT) if (typeof kept?.[name] === "string") this.#kept[name] = kept[name];
    for (const verb of ONCE) {
      this.#ids[verb] = typeof ids?.[verb] === "string" ? ids[verb] : uuid();
      if (Array.isArray(said) && said.includes(verb)) this.#said.add(verb);
    }
  }

  /** A page that went in the middle may have said what the document does not know of: then it is not said again. */
  async #recall() {
    const known = { completed: this.#kept.status === "completed", passed: this.#kept.success === "passed" };
    for (const [verb, reached] of Object.entries(known)) {
      if (!reached || this.#said.has(verb)) continue;
      const there = await this.#read(this.#url("statements", { statementId: this.#ids[verb] }), 1).catch(
        () => undefined
      );
      if (there) this.#said.add(verb);
    }
  }

  /** @param {string} path @param {Record<string, string>} [query] */
  #url(path, query = undefined) {
    const address = `${this.#parameters.endpoint.replace(/\/?$/, "/")}${path}`;
    return query ? `${address}?${new URLSearchParams(query)}` : address;
  }

  /** @param {string} stateId */
  #document(stateId) {
    const { actor, registration, activityId } = this.#parameters;
    return this.#url("activities/state", { activityId, agent: actor, registration, stateId });
  }

  #preferences() {
    return this.#url("agents/profile", { agent: this.#parameters.actor, profileId: PREFERENCES });
  }

  /**
   * A request, which goes on when the page goes.
   * @param {string} url
   * @param {string} [method]
   * @param {unknown} [body]
   */
  #ask(url, method = "GET", body = undefined) {
    const headers = headersOf(this.#key);
    if (body === undefined) return this.#around.fetch(url, { method, headers, cache: "no-store", signal: late() });
    return this.#around.fetch(url, {
      method,
      headers: { ...headers, ...JSON_BODY },
      body: JSON.stringify(body),
      keepalive: true,
      signal: late(),
    });
  }

  /** What stands at an address; nothing where nothing does. Throws where it cannot be told. @param {string} url */
  async #read(url, tries = TRIES) {
    for (let left = tries - 1; ; left -= 1) {
      try {
        const answer = await this.#ask(url);
        if (answer.status === 404) return undefined;
        if (!answer.ok) throw new Refused(`${answer.status}`);
        return await answer.json();
      } catch (error) {
        if (left <= 0) throw error;
        await new Promise((go) => void this.#around.later(() => go(undefined), this.#around.wait.retry));
      }
    }
  }

  /**
   * Writes something. What is there already is written.
   * @param {string} url
   * @param {string} method
   * @param {unknown} body
   */
  async #write(url, method, body) {
    const { ok, status } = await this.#ask(url, method, body);
    if (!ok && status !== 409) throw new Refused(`${status}`);
  }

  start() {
    if (!this.#ready) return false;
    this.#open = true;
    this.#began = this.#around.now();
    this.#queue.push(this.#statement("initialized", uuid(), {}));
    void this.#flush();
    return true;
  }

  /** @param {string} name */
  get(name) {
    return name === "mode" ? String(this.#data.launchMode ?? "") : (this.#kept[name] ?? "");
  }

  /** @param {string} name @param {string} text */
  set(name, text) {
    if (KEPT.includes(name)) this.#pending[name] = text;
    return true;
  }

  /** Takes over what was set. What becomes of it on the way is told later. */
  commit() {
    this.#kept = { ...this.#kept, ...this.#pending };
    this.#changed = true;
    const { status, success, raw } = this.#kept;
    if (status === "completed") this.#once("completed", { completion: true });
    if (success === "passed") {
      const score = { scaled: Number(raw) / 100, raw: Number(raw), min: 0, max: 100 };
      this.#once("passed", { success: true, score });
    }
    void this.#flush();
    return true;
  }

  /** @param {string} verb @param {Record<string, unknown>} result */
  #once(verb, result) {
    if (this.#said.has(verb) || this.#queue.some((one) => one.verb === verb)) return;
    this.#queue.push(this.#statement(verb, this.#ids[verb], { ...result, duration: this.#lasted() }));
  }

  #lasted() {
    return this.time((this.#around.now() - this.#began) / 1000);
  }

  /** @param {string} verb @param {string} id @param {Record<string, unknown>} result @returns {Said} */
  #statement(verb, id, result) {
    const { registration, activityId } = this.#parameters;
    const { contextTemplate: template = {}, masteryScore } = this.#data;
    const judged = verb === "passed" && masteryScore !== undefined ? { [MASTERY]: masteryScore } : {};
    const own = ["cmi5", ...(ONCE.includes(verb) ? ["moveon"] : [])].map((name) => `${CATEGORY}${name}`);
    const others = [template.contextActivities?.category ?? []].flat();
    const category = [
      ...others.filter((/** @type {{id: string}} */ one) => !own.includes(one.id)),
      ...own.map((name) => ({ id: name })),
    ];
    const body = statementOf({
      id,
      timestamp: this.#around.date(),
      actor: this.#actor,
      verb,
      object: { id: activityId },
      context: {
        ...template,
        registration,
        contextActivities: { ...template.contextActivities, category },
        extensions: { ...template.extensions, ...judged },
      },
      result,
    });
    return { verb, body };
  }

  #written() {
    return { kept: this.#kept, ids: this.#ids, said: [...this.#said] };
  }

  /** Sends what is to be sent, one after the other. Resolves to whether all of it arrived. */
  #flush() {
    this.#running ??= this.#send().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #send() {
    try {
      while (this.#open && (this.#changed || this.#queue.length)) {
        // The document comes first: it has the ids by which a statement that is sent again is known.
        if (this.#changed) await this.#sendDocument();
        const [first] = this.#queue;
        if (!this.#open || !first) continue;
        await this.#write(this.#url("statements"), "POST", [first.body]);
        this.#queue = this.#queue.filter((one) => one !== first);
        if (ONCE.includes(first.verb)) {
          this.#said.add(first.verb);
          this.#changed = true;
        }
      }
      this.#went();
      return true;
    } catch (error) {
      console.warn(error);
      this.#failed(error instanceof Refused);
      return false;
    }
  }

  async #sendDocument() {
    this.#changed = false;
    try {
      await this.#write(this.#document(DOCUMENT), "PUT", this.#written());
    } catch (error) {
      this.#changed = true;
      throw error;
    }
  }

  #went() {
    if (this.#told) this.#tell("saved");
    this.#told = false;
    this.#failures = 0;
    this.#refused = false;
  }

  /** @param {boolean} refused */
  #failed(refused) {
    this.#refused = refused;
    this.#failures += 1;
    if (!this.#open) return;
    if (this.#failures > this.#around.retries) this.#warn();
    if (this.#waiting) return;
    this.#waiting = true;
    const again = () => {
      this.#waiting = false;
      if (this.#open) void this.#flush();
    };
    this.#around.later(
      again,
      this.#failures > this.#around.retries ? this.#around.wait.again : this.#around.wait.retry
    );
  }

  #warn() {
    if (!this.#told) this.#tell("failed");
    this.#told = true;
  }

  /** Whether all that was said has arrived; the learner is told where it has not. */
  async settled() {
    const well = await this.#flush();
    if (!well) this.#warn();
    return well;
  }

  /**
   * Says that the learner has left, at once and together with what is still on its way: the page may be gone in a
   * moment. What the platform refuses must not keep it from that.
   */
  finish() {
    if (!this.#open) return true;
    this.#open = false;
    const last = this.#statement("terminated", uuid(), { duration: this.#lasted() });
    const said = [...(this.#refused ? [] : this.#queue), last].map(({ body }) => body);
    this.#ending = Promise.allSettled([
      this.#running,
      this.#changed && this.#sendDocument(),
      this.#write(this.#url("statements"), "POST", said),
    ]);
    return true;
  }

  /** Resolves when the end has been sent, or has failed. */
  async left() {
    await this.#ending;
  }
}

/** What ends a request that takes too long. */
const late = () => AbortSignal.timeout(LONGEST);
