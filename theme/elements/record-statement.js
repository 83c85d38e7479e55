/**
 * What a learner says of what they have finished: what the completion record prints, and the file that can be handed
 * in. Pure, tested without a browser; `reports/records.py` reads the file and works out the same sum.
 *
 * @typedef {import("./record-model.js").ModuleRecord} ModuleRecord
 * @typedef {{version: string, lessons: Record<string, string>, questions: ModuleRecord["questions"],
 *   confidence: ModuleRecord["confidence"]}} StatedModule
 * @typedef {{statement: number, name: string, site: string, address: string, made: string,
 *   modules: Record<string, StatedModule>}} Statement
 */
import { FIELDS, knownOf } from "./record-fields.js";

export const STATEMENT = 1;
/** How long a name may be, in letters, and any word that a file says of itself. */
export const LONGEST_NAME = 120;
const LONGEST_WORD = 200;

/** @param {string} name */
export const plainName = (name) => name.normalize("NFC").replace(/\s+/g, " ").trim().slice(0, LONGEST_NAME);

/**
 * @template Value, Made
 * @param {Record<string, Value>} table
 * @param {(value: Value) => Made} make
 * @returns {Record<string, Made>}
 */
const each = (table, make) => Object.fromEntries(Object.entries(table).map(([name, value]) => [name, make(value)]));

/**
 * What is handed in holds no field that this version has no name for: whoever hands it in could not be told of it.
 * @param {{name: string, site: string, address: string, made: string}} said
 * @param {import("./record-model.js").LearnerRecord} record
 * @returns {Statement}
 */
export function stated(said, { modules }) {
  const answered = (/** @type {import("./record-model.js").Answer} */ { otherwise, ...answer }) => ({
    ...knownOf(answer, FIELDS.answer),
    ...(otherwise && { otherwise: otherwise.map((one) => knownOf(one, FIELDS.answer)) }),
  });
  const known = Object.entries(modules).map(([id, { version, lessons, questions, confidence }]) => [
    id,
    {
      version,
      lessons,
      questions: each(questions, answered),
      confidence: each(knownOf(confidence, FIELDS.moments), (step) => knownOf(step, FIELDS.step)),
    },
  ]);
  return { statement: STATEMENT, ...said, name: plainName(said.name), modules: Object.fromEntries(known) };
}

/**
 * What a file says of itself, if it is one that was handed in: its sum was made of that, wherever it is read. A word
 * that is none counts as empty.
 * @param {string} text
 * @returns {Partial<Pick<Statement, "name" | "site" | "address" | "made">>}
 */
export function saidIn(text) {
  const value = JSON.parse(text);
  if (typeof value.made !== "string" || typeof value.name !== "string") return {};
  const word = (/** @type {unknown} */ given) =>
    typeof given === "string" && given.length <= LONGEST_WORD ? given : "";
  const { name, site, address, made } = value;
  return { name: word(name), site: word(site), address: word(address), made: word(made) };
}

/**
 * Whether a part counts as finished: it was ticked, and where it asks something, something was answered.
 * @param {string} part
 * @param {{lessons: Record<string, string>, questions: Record<string, unknown>}} kept
 * @param {Record<string, {part: string}>} asked the questions of the module
 */
export function isFinished(part, kept, asked) {
  const there = Object.entries(asked).filter(([, question]) => question.part === part);
  return kept.lessons[part] !== undefined && (!there.length || there.some(([id]) => kept.questions[id] !== undefined));
}

/** A score as whole thousandths, which every language writes alike. @param {number | null} score */
const thousandths = (score) => (score === null ? "" : String(Math.floor(score * 1000 + 0.5)));

/** @param {import("./record-model.js").Step | undefined} step */
const onScale = (step) => (step ? `${step.place}/${step.of}` : "");

/**
 * The lines that the sum is made of: who, on which site, when, and what was finished and answered, in a fixed order.
 * @param {Statement} statement
 */
export function lines({ statement, name, site, address, made, modules }) {
  const sorted = (/** @type {Record<string, any>} */ table) => Object.keys(table).sort();
  const inside = sorted(modules).flatMap((id) => {
    const { version, lessons, questions, confidence } = modules[id];
    return [
      ["module", id, version, onScale(confidence.before), onScale(confidence.after)],
      ...sorted(lessons).map((part) => ["lesson", part, lessons[part]]),
      ...sorted(questions).map((one) => {
        const { fingerprint, score, attempts, met } = questions[one];
        return ["question", one, fingerprint, thousandths(score), String(attempts), ...met];
      }),
    ];
  });
  return [["statement", String(statement), name, site, address, made], ...inside];
}

/** Whether a sum can be made: browsers have no hash for pages that came over an open line. */
export const canSum = () => Boolean(globalThis.crypto?.subtle);

/**
 * The start of the SHA-256 of these lines. It shows that a printed record and a file belong together, and that nobody
 * has changed the file by hand; whoever can run a program can make another that fits. Nothing where no sum can be made.
 * @param {Statement} statement
 */
export async function checksum(statement) {
  if (!canSum()) return undefined;
  const bytes = new TextEncoder().encode(JSON.stringify(lines(statement)));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
