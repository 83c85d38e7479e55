/**
 * Statements as a store of records takes them (xAPI 1.0.3), for packages of cmi5 (scorm/cmi5.js) and for the site
 * (sharing-sender.js).
 */

const VERBS = "http://adlnet.gov/expapi/verbs/";
/** What a request with a body says of it. */
export const JSON_BODY = { "Content-Type": "application/json" };

/** A random UUID: `crypto.randomUUID` is missing where a page is reached without encryption. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

/** The head of every request. @param {string} authorization empty where the store wants none */
export const headersOf = (authorization) => ({
  ...(authorization ? { Authorization: authorization } : {}),
  "X-Experience-API-Version": "1.0.3",
});

/**
 * @param {{id: string, timestamp: string, actor: Record<string, unknown>, verb: string,
 *   object: Record<string, unknown>, context: Record<string, unknown>, result: Record<string, unknown>}} said
 *   `timestamp` as ISO 8601; `object` is an activity
 */
export const statementOf = ({ id, timestamp, actor, verb, object, context, result }) => ({
  id,
  timestamp,
  actor,
  verb: { id: `${VERBS}${verb}`, display: { en: verb } },
  object: { objectType: "Activity", ...object },
  context,
  ...(Object.keys(result).length ? { result } : {}),
});
