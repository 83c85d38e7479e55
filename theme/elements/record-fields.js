/**
 * The fields that this version has a name for; a file that holds a journal too has that beside the record.
 * @satisfies {Record<string, readonly string[]>}
 */
export const FIELDS = /** @type {const} */ ({
  record: ["schema", "modules", "review", "log", "place", "moves", "journal"],
  module: ["lessons", "questions", "scenarios", "confidence", "version", "moves"],
  moments: ["before", "after"],
  answer: ["fingerprint", "response", "score", "attempts", "first", "sure", "at", "met", "otherwise"],
  step: ["step", "place", "of", "at"],
  card: ["box", "due", "fingerprint", "rights", "seen", "away", "otherwise"],
  logged: ["id", "at", "elapsed", "correct", "sure", "from", "to"],
  place: ["url", "title", "at"],
});

/**
 * A part without the fields that this version has no name for.
 * @template {object} Part
 * @param {Part} part
 * @param {readonly string[]} known
 * @returns {Part}
 */
export const knownOf = (part, known) =>
  /** @type {Part} */ (Object.fromEntries(Object.entries(part).filter(([name]) => known.includes(name))));
