/**
 * What a learner shares with the store of records of their organisation, once they have switched that on: which lesson,
 * quiz or module they have finished, and when. Pure, tested without a browser.
 *
 * @typedef {{id: string, name: string, since: string}} Sharing the switch, where it is on: a random id for this
 *   learner, the name that they gave or none, and the day from which on
 * @typedef {{id: string, at: string, module: string, part: string, kind: string, title: string,
 *   version: string}} Finished `part` is empty for a module; `kind` is that of the page
 * @typedef {{of: string, told: string[], waiting: Finished[], sent: string, trouble: string}} Waiting `of` is the id
 *   of the learner; `sent` when something last arrived, `trouble` why nothing does, each empty where there is none
 */
import { statementOf } from "./xapi.js";

/** Where the switch and what waits are kept. */
export const SHARING = "sharing";
export const WAITING = "sharing-waiting";
/** How much waits at most. What is older is forgotten first. */
export const MOST = 200;
/** How long a name may be, in letters, and any text that was kept. */
export const LONGEST_NAME = 120;
const LONGEST = 500;
/** Why nothing arrives: nobody answers, the key is not taken, or something was not taken and is let go. */
export const TROUBLES = /** @type {const} */ (["unreached", "key", "refused"]);

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const TYPES = "http://adlnet.gov/expapi/activities/";
/** What a kind of page is called in a store. */
const TYPE_OF = /** @type {Record<string, string>} */ ({ lesson: "lesson", quiz: "assessment", module: "module" });
const FIELDS = /** @type {const} */ (["id", "at", "module", "part", "kind", "title", "version"]);

/** @param {unknown} value @returns {value is string} */
const isText = (value) => typeof value === "string" && value.length <= LONGEST;

/** @param {string | null} text @returns {Record<string, unknown>} */
function read(text) {
  try {
    const value = JSON.parse(text ?? "null");
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}

/** The switch as it was kept; nothing where it is off, or cannot be read. @param {string | null} text */
export function readSharing(text) {
  const { id, name, since } = read(text);
  return isText(id) && UUID.test(id) && isText(name) && isText(since) ? { id, name, since } : undefined;
}

/**
 * What waits, as far as it can be read and is of this learner.
 * @param {string | null} text
 * @param {string} of
 * @returns {Waiting}
 */
export function readWaiting(text, of) {
  const value = read(text);
  /** @type {Waiting} */
  const none = { of, told: [], waiting: [], sent: "", trouble: "" };
  if (value.of !== of) return none;
  const list = (/** @type {unknown} */ given) => (Array.isArray(given) ? given : []);
  return {
    of,
    told: list(value.told).filter(isText),
    waiting: list(value.waiting)
      .filter((one) => one && FIELDS.every((field) => isText(one[field])) && UUID.test(one.id))
      .map((one) => /** @type {Finished} */ (Object.fromEntries(FIELDS.map((field) => [field, one[field]]))))
      .slice(-MOST),
    sent: isText(value.sent) ? value.sent : "",
    trouble: isText(value.trouble) ? value.trouble : "",
  };
}

/** @param {{module: string, part: string}} one */
const nameOf = ({ module, part }) => (part ? `${module}/${part}` : module);

/**
 * With something that was finished, which is told once.
 * @param {Waiting} waiting
 * @param {Finished} one
 * @returns {Waiting}
 */
export function withFinished(waiting, one) {
  if (waiting.told.includes(nameOf(one))) return waiting;
  return {
    ...waiting,
    told: [...waiting.told, nameOf(one)],
    waiting: [...waiting.waiting, one].slice(-MOST),
  };
}

/** Without what has arrived, or what is let go. @param {Waiting} waiting @param {string} id */
export const without = (waiting, id) => ({ ...waiting, waiting: waiting.waiting.filter((one) => one.id !== id) });

/**
 * What the store is told.
 * @param {Sharing} sharing
 * @param {Finished} one
 * @param {{site: string, course: string, language: string}} of the whole address of the site, which is that of a folder
 */
export function told({ id, name }, one, { site, course, language }) {
  const definition = (/** @type {string} */ type, /** @type {string} */ title) => ({
    type: `${TYPES}${type}`,
    name: { [language]: title },
  });
  const module = { objectType: "Activity", id: `${site}${one.module}/` };
  return statementOf({
    id: one.id,
    timestamp: one.at,
    actor: { objectType: "Agent", ...(name ? { name } : {}), account: { homePage: site, name: id } },
    verb: "completed",
    object: { id: `${site}${nameOf(one)}/`, definition: definition(TYPE_OF[one.kind] ?? "lesson", one.title) },
    context: {
      ...(one.version ? { revision: one.version } : {}),
      platform: "Alongside",
      language,
      contextActivities: {
        ...(one.part ? { parent: [module] } : {}),
        grouping: [{ objectType: "Activity", id: site, definition: definition("course", course) }],
      },
    },
    result: { completion: true },
  });
}
