/**
 * Questions as cards for Anki, in the form of its text files: a card in a line, its fields in quotation marks.
 * Source: https://docs.ankiweb.net/importing/text-files.html
 */

import { escapedHtml } from "./escaped-html.js";

/** What a card may hold. Everything else gives way to what is in it. */
const KEPT = /^(?:P|UL|OL|LI|TABLE|CAPTION|THEAD|TBODY|TR|TH|TD|BLOCKQUOTE|PRE|CODE|STRONG|EM|SUB|SUP|BR|HR)$/;
/** What stands on lines of its own and has no element that says so. */
const BLOCKS = /^(?:DIV|FIELDSET|LEGEND|FORM|SECTION|H2|H3|H4|H5|FIGURE|FIGCAPTION)$/;
/** What cannot be used on a card, and what is said only to those who cannot see the page. @param {Element} node */
const isLeftOut = (node) => node.matches("button, details, script, style, [hidden], .vh");
const BLANK = "[…]";
/** Where Anki would begin a sound, a voice or a formula. Source: https://docs.ankiweb.net/math.html */
const MARKS = /\[(?=sound:|anki:|latex\]|\$)/gi;
/** Verdicts that come first on the side of the answer. */
const RIGHT = new Set(["right", "best"]);

/** Words as HTML in which Anki, too, finds nothing but words. @param {string} text */
const words = (text) => escapedHtml(text).replace(MARKS, "&#91;");

/** A part of a page as HTML for a card. @param {Node} node @returns {string} */
function plain(node) {
  if (node instanceof Text) return words(node.data.replace(/\s+/g, " "));
  if (!(node instanceof Element) || isLeftOut(node)) return "";
  if (node.matches("input, select, textarea, output")) return node.matches(".gap") ? BLANK : "";
  if (node.matches("img")) return words(node.getAttribute("alt") ?? "");
  if (node.tagName === "PRE") return `<pre>${words(node.textContent ?? "").replaceAll("\n", "<br>")}</pre>`;
  const inside = [...node.childNodes].map(plain).join("");
  const tag = node.tagName.toLowerCase();
  if (KEPT.test(node.tagName))
    return inside || node.matches("br, hr, td, th")
      ? `<${tag}>${inside}${node.matches("br, hr") ? "" : `</${tag}>`}`
      : "";
  return BLOCKS.test(node.tagName) && inside.trim() ? `<div>${inside}</div>` : inside;
}

/** @param {Iterable<string>} entries */
const list = (entries) => {
  const items = [...entries].filter((entry) => entry.trim());
  return items.length ? `<ul>${items.map((entry) => `<li>${entry}</li>`).join("")}</ul>` : "";
};

/** What is asked: the case, the question, and what there is to choose from. @param {Element} question */
function front(question) {
  const context = question.querySelector(".question__context");
  const ask = question.querySelector("legend, .field label");
  const gaps = question.querySelector(".gaps");
  const choices = [...question.querySelectorAll(".option label, .line > label, .line legend")].map(plain);
  const partners = [...(question.querySelector(".line select, .gaps select")?.querySelectorAll("option[value]") ?? [])]
    .filter((option) => option.getAttribute("value"))
    .map((option) => plain(option.firstChild ?? option));
  return [
    context ? plain(context) : "",
    ask ? `<p><strong>${[...ask.childNodes].map(plain).join("")}</strong></p>` : "",
    gaps ? plain(gaps) : "",
    list(choices),
    partners.length ? `<p>${partners.join(" · ")}</p>` : "",
  ].join("");
}

/** What is right and why, the right answers first. @param {Element} question */
function back(question) {
  const key = question.querySelector(".key__body");
  if (!key) return "";
  const sorted = /** @type {Element} */ (key.cloneNode(true));
  for (const options of sorted.querySelectorAll(".key__options"))
    options.prepend(...[...options.children].filter((option) => RIGHT.has(option.getAttribute("data-state") ?? "")));
  return plain(sorted);
}

/** @typedef {{id: string, deck: string, tag: string, url: string, where: string, question: Element}} Card */

/** A field: in quotation marks, so that any sign may stand in it. @param {string} text */
const field = (text) => `"${text.replaceAll('"', '""').replace(/[\t\r\n]+/g, " ")}"`;

/** The file. A card that was there before is brought up to date, since its id is the same. @param {Card[]} cards */
export function ankiFile(cards) {
  const head = [
    "#separator:tab",
    "#html:true",
    "#notetype:Basic",
    "#guid column:1",
    "#deck column:4",
    "#tags column:5",
  ];
  const lines = cards.map(({ id, deck, tag, url, where, question }) => {
    const link = `<p><a href="${escapedHtml(url)}">${words(where)}</a></p>`;
    return [id, front(question), back(question) + link, deck, tag].map(field).join("\t");
  });
  return `${[...head, ...lines].join("\n")}\n`;
}

/** The name of a deck below another: two colons would begin a further one. @param {string[]} names */
export const deck = (...names) => names.map((name) => name.replace(/:{2,}/g, ":").trim()).join("::");
