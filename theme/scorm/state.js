/**
 * What a learning platform keeps of a learner, packed into a few letters. Pure functions, tested without a browser.
 *
 * `2|<hash of the order>|<finished parts, a bit each>|<answers, a letter each>|<which day, a letter for each finished
 * part and each answer>|<days, two letters each: that of the last change, then those that letters stand for>`
 *
 * SCORM 1.2 promises room for 4,096 letters. The order of parts and questions is that of the package, so a state
 * says nothing without the package that wrote it, and the hash tells one order from another.
 *
 * @typedef {{hash: string, passMark: number | null, progress?: boolean,
 *   parts: {module: string, id: string, title: string, version: string}[],
 *   questions: {module: string, id: string, fingerprint: string, graded: boolean}[]}} Course `progress`: whether the
 *   platform takes a score for how far a learner is, and what is complete for something that can still be changed
 * @typedef {{finished: string[], answers: number[], answered: string[], day: string}} State the day on which each part
 *   was finished, empty where it is not; an answer is a value of `valueOfAnswer`, with the day it was given on
 * @typedef {import("../elements/record-model.js").LearnerRecord} LearnerRecord
 * @typedef {import("../elements/record-model.js").Answer} Answer
 */

const FORM = "2";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const BITS = 6;
/** Days are counted from here: two letters reach to the year 2037, and a wrong clock to one end or the other. */
const FIRST_DAY = Date.parse("2026-01-01T00:00Z");
const ONE_DAY = 24 * 60 * 60 * 1000;
const LAST_DAY = LETTERS.length ** 2 - 1;
/** Not answered; answered where nothing is right or wrong; then the score in sixtieths: most shares are whole there. */
const OPEN = 0;
const UNSCORED = 1;
const NOTHING_RIGHT = 2;
const SIXTIETHS = 60;
const RIGHT = NOTHING_RIGHT + SIXTIETHS;
/** What sums of shares may miss. */
const HAIR = 1e-6;
const RIGHT_AT_ONCE = RIGHT + 1;

/** @param {Course} course @returns {State} */
export const emptyState = ({ parts, questions }) => ({
  finished: parts.map(() => ""),
  answers: questions.map(() => OPEN),
  answered: questions.map(() => ""),
  day: "",
});

/**
 * An answer as a number from 0 to 63. A better one is a greater one. Only what is quite right is right.
 * @param {Pick<Answer, "score" | "first"> | undefined} answer
 */
export function valueOfAnswer(answer) {
  if (!answer) return OPEN;
  if (answer.score === null) return UNSCORED;
  if (answer.score === 1) return answer.first === 1 ? RIGHT_AT_ONCE : RIGHT;
  return NOTHING_RIGHT + Math.min(SIXTIETHS - 1, Math.floor(answer.score * SIXTIETHS + HAIR));
}

/** @param {number} value */
const sixtieths = (value) => (value < NOTHING_RIGHT ? 0 : Math.min(value, RIGHT) - NOTHING_RIGHT);

/** @param {string[]} finished */
function bitmap(finished) {
  let text = "";
  for (let at = 0; at < finished.length; at += BITS) {
    const six = finished.slice(at, at + BITS);
    text += LETTERS[six.reduce((sum, day, index) => sum + (day ? 1 << index : 0), 0)];
  }
  return text;
}

/** @param {string} text @param {number} at */
const bit = (text, at) => Boolean((LETTERS.indexOf(text[Math.floor(at / BITS)]) >> (at % BITS)) & 1);

/** A day in two letters. @param {string} day */
function dated(day) {
  const number = Math.round((Date.parse(`${day}T00:00Z`) - FIRST_DAY) / ONE_DAY) || 0;
  const within = Math.min(LAST_DAY, Math.max(0, number));
  return LETTERS[Math.floor(within / LETTERS.length)] + LETTERS[within % LETTERS.length];
}

/** @param {string} letters */
function undated(letters) {
  const number = LETTERS.indexOf(letters[0]) * LETTERS.length + LETTERS.indexOf(letters[1]);
  return new Date(FIRST_DAY + number * ONE_DAY).toISOString().slice(0, 10);
}

/**
 * The days that letters can stand for, in their order. Of somebody who worked on more days than there are letters the
 * first and the very last are told apart.
 * @param {string[]} days
 */
function lettered(days) {
  const sorted = [...new Set(days)].sort();
  return sorted.length > LETTERS.length ? [...sorted.slice(0, LETTERS.length - 1), ...sorted.slice(-1)] : sorted;
}

/** @param {Course} course @param {State} state */
export function packed(course, { finished, answers, answered, day }) {
  const each = [...finished, ...answered].filter(Boolean);
  const known = lettered(each);
  const letterOf = (/** @type {string} */ one) => LETTERS[known.filter((other) => other <= one).length - 1];
  return [
    FORM,
    course.hash,
    bitmap(finished),
    answers.map((value) => LETTERS[value]).join(""),
    each.map(letterOf).join(""),
    [day, ...known].map(dated).join(""),
  ].join("|");
}

/**
 * The state that a text holds; a clean one where another form or another order has written it.
 * @param {Course} course
 * @param {string} text
 * @returns {State}
 */
export function unpacked(course, text) {
  const clean = emptyState(course);
  const [, form, hash, bits, letters, which, days] =
    /^(\w+)\|(\w+)\|([\w-]*)\|([\w-]*)\|([\w-]*)\|((?:[\w-]{2})+)$/.exec(text) ?? [];
  if (form !== FORM || hash !== course.hash || letters.length !== clean.answers.length) return clean;
  const [day, ...known] = (days.match(/../g) ?? []).map(undated);
  const each = [...which].map((letter) => known[LETTERS.indexOf(letter)]);
  const next = () => each.shift() ?? day;
  const finished = clean.finished.map((_none, at) => (bit(bits, at) ? next() : ""));
  const answers = [...letters].map((letter) => LETTERS.indexOf(letter));
  return { finished, answers, answered: answers.map((value) => (value === OPEN ? "" : next())), day };
}

/**
 * The state after what the record says. A part is finished as long as the learner says so; an answer only gets better,
 * and has the day of the last one.
 * @param {Course} course
 * @param {State} before
 * @param {LearnerRecord} record
 * @param {string} day
 * @returns {State}
 */
export function after({ parts, questions }, before, record, day) {
  const given = questions.map(({ module, id, fingerprint }) => {
    const answer = record.modules[module]?.questions[id];
    return answer?.fingerprint === fingerprint ? answer : undefined;
  });
  return {
    finished: parts.map(({ module, id }) => record.modules[module]?.lessons[id] ?? ""),
    answers: given.map((answer, at) => Math.max(before.answers[at], valueOfAnswer(answer))),
    answered: given.map((answer, at) => answer?.at ?? before.answered[at]),
    day,
  };
}

/**
 * One state of two: what is finished in either, and the better answers.
 * @param {State} one
 * @param {State} other
 * @returns {State}
 */
export const joined = (one, other) => ({
  finished: one.finished.map((day, at) => day || other.finished[at]),
  answers: one.answers.map((value, at) => Math.max(value, other.answers[at])),
  answered: one.answered.map((day, at) => (one.answers[at] < other.answers[at] ? other.answered[at] : day)),
  day: one.day > other.day ? one.day : other.day,
});

/** @param {number} value @param {string} fingerprint @param {string} at @returns {Answer} */
function answerOf(value, fingerprint, at) {
  const score = value === UNSCORED ? null : sixtieths(value) / SIXTIETHS;
  // What was chosen is not known any more, and a first score only where it was full marks.
  const first = value === RIGHT_AT_ONCE ? 1 : value === UNSCORED ? null : 0;
  return { fingerprint, response: [], score, attempts: 1, first, sure: null, at, met: [] };
}

/**
 * A record of what a state says, as text that the pages read.
 * @param {Course} course
 * @param {State} state
 * @param {string} url where the learner was, from the top of the course; empty where nobody knows
 */
export function recordOf({ parts, questions }, state, url) {
  /** @type {Record<string, any>} */
  const modules = {};
  const versions = new Map(parts.map(({ module, version }) => [module, version]));
  const moduleOf = (/** @type {string} */ id) =>
    (modules[id] ??= { lessons: {}, questions: {}, scenarios: {}, version: versions.get(id) ?? "" });
  for (const [at, { module, id }] of parts.entries())
    if (state.finished[at]) moduleOf(module).lessons[id] = state.finished[at];
  for (const [at, { module, id, fingerprint }] of questions.entries())
    if (state.answers[at] !== OPEN)
      moduleOf(module).questions[id] = answerOf(state.answers[at], fingerprint, state.answered[at]);
  const part = partAt({ parts }, url);
  const place = part && state.day ? { url, title: part.title, at: state.day } : null;
  return JSON.stringify({ schema: 1, modules, review: {}, log: [], place });
}

/** The part that an address in the course leads to. @param {Pick<Course, "parts">} course @param {string} url */
export const partAt = ({ parts }, url) => parts.find(({ module, id }) => url.replace(/#.*/, "") === `${module}/${id}/`);

/**
 * What a platform is told: the share of right answers in whole percent, of all questions that have a key, rounded down,
 * and whether everything is done. There is no score before the first answer.
 * @param {Course} course
 * @param {State} state
 * @returns {{score: number | null, done: boolean}}
 */
export function result({ questions }, { finished, answers }) {
  const graded = answers.filter((_value, at) => questions[at].graded);
  const begun = graded.some((value) => value !== OPEN);
  const sum = graded.reduce((total, value) => total + sixtieths(value), 0);
  return {
    score: begun ? Math.floor((100 * sum) / (SIXTIETHS * graded.length)) : null,
    done: finished.every(Boolean) && graded.every((value) => value !== OPEN),
  };
}

/**
 * How far a learner is, in whole percent: 100 once everything is done, and not before.
 * @param {Course} course
 * @param {State} state
 */
export function howFar({ questions }, { finished, answers }) {
  const graded = answers.filter((_value, at) => questions[at].graded);
  const owed = [...finished.map(Boolean), ...graded.map((value) => value !== OPEN)];
  return Math.floor((100 * owed.filter(Boolean).length) / Math.max(1, owed.length));
}
