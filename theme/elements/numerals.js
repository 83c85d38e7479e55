/**
 * How numbers that learners type are read. Pure functions, tested without a browser.
 * The same as builder/alongside/model/questions/numerals.py, which says what can be read and what is asked about.
 */
import { closely } from "./written.js";

const LONGEST = 40;
const GROUPED = [
  /^([1-9]\d{0,2}(?:([ '])\d{3})(?:\2\d{3})*)(?:[.,٫](\d+))?$/,
  /^([1-9]\d{0,2}(?:(,)\d{3})(?:,\d{3})+)(?:[.٫](\d+))?$/,
  /^([1-9]\d{0,2}(?:(\.)\d{3})(?:\.\d{3})+)(?:[,٫](\d+))?$/,
  /^([1-9]\d{0,2}(,)\d{3})[.٫](\d+)$/,
  /^([1-9]\d{0,2}(\.)\d{3})[,٫](\d+)$/,
  /^([1-9]\d?(?:(,)\d{2})(?:,\d{2})*,\d{3})(?:[.٫](\d+))?$/,
];

/** A digit of any script as one of ours: those of a script follow each other. @param {string} sign */
function digit(sign) {
  const code = /** @type {number} */ (sign.codePointAt(0));
  let first = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
  return String((code - first) % 10);
}

/** @param {string} text */
const inDigits = (text) =>
  text
    .replaceAll("٬", "'")
    .replaceAll("٪", "%")
    .replace(/\p{Nd}/gu, digit);

/** @param {string} text */
const withoutStop = (text) => text.replace(/([^ .])[.。।۔]$/, "$1");

/** @param {string} text */
const signed = (text) => /** @type {RegExpExecArray} */ (/^([+-]?) ?(.*)$/s.exec(text)).slice(1);

/**
 * The text without the unit at its end, or at its beginning, where currencies stand.
 * @param {string} unit
 * @param {string} text
 */
function without(unit, text) {
  const last = withoutStop(unit); // as the text, which has lost its own
  if (last && text.endsWith(last)) return text.slice(0, -last.length).replace(/ +$/, "");
  return unit && text.startsWith(unit) ? text.slice(unit.length).replace(/^ +/, "") : text;
}

/** What a text without sign and unit can mean. @param {string} text @returns {string[]} */
function plain(text) {
  const [, before, after] = /^([1-9]\d{0,2})[.,](\d{3})$/.exec(text) ?? [];
  if (after) return [before + after, `${before}.${after}`];
  if (/^\d+$/.test(text)) return [text];
  const decimal = /^(\d*)[.,٫](\d+)$/.exec(text);
  if (decimal) return [`${decimal[1] || 0}.${decimal[2]}`];
  for (const form of GROUPED) {
    const [found, whole, sign, rest] = form.exec(text) ?? [];
    if (found) return [whole.replaceAll(sign, "") + (rest ? `.${rest}` : "")];
  }
  return [];
}

/** A number without zeros that say nothing. @param {string} number */
const tidy = (number) =>
  number
    .replace(/^(-?)0+(?=\d)/, "$1")
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "")
    .replace(/^-0$/, "0");

/**
 * The numbers that a text can mean: one, none where it is no number, two where nobody can tell which.
 * @param {string} text
 * @param {string} [unit]
 */
export function readings(text, unit = "") {
  const own = withoutStop(inDigits(closely(text)));
  let [sign, body] = signed(own);
  body = without(inDigits(closely(unit)), body);
  if (!sign) [sign, body] = signed(body);
  if (body.length > LONGEST) return [];
  return plain(body).map((number) => tidy((sign === "-" ? "-" : "") + number));
}

/** Both numbers as whole ones, so that they are compared exactly. @param {string[]} numbers */
function whole(...numbers) {
  const places = Math.max(...numbers.map((number) => (number.split(".")[1] ?? "").length));
  return numbers.map((number) => {
    const [before, after = ""] = number.split(".");
    return BigInt(before + after.padEnd(places, "0"));
  });
}

/**
 * Which of the lists has a number: the first, or -1. Each entry of a list is a lowest and a highest number.
 * @param {string} number
 * @param {[string, string][][]} lists
 */
export function listWith(number, lists) {
  return lists.findIndex((spans) =>
    spans.some((span) => {
      const [own, low, high] = whole(number, ...span);
      return low <= own && own <= high;
    })
  );
}
