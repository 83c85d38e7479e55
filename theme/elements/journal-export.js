/** The journal to take away: by module, as Markdown and as a page. What was written stays text. */
import { escapedHtml } from "./escaped-html.js";
import { ownMessages as own } from "./learner-messages.js";
import { journalMessages } from "./journal-messages.js";

/**
 * @typedef {import("./journal-model.js").Journal} Journal
 * @typedef {import("./journal-model.js").Entry} Entry
 */

/** Whether an entry is a box that was ticked: earlier ones have only the word for it. @param {Entry} entry */
export const isTick = ({ tick, text }) => tick === true || text === journalMessages.ticked;

/**
 * @typedef {{title: string, written: [string, Entry][], ticked: [string, Entry][]}} Group what belongs together under
 *   a title: what was written, and boxes that were ticked
 */

/**
 * Entries by module and by what they belong to, in the order in which they were written first.
 * @param {[string, Entry][]} entries
 * @returns {Map<string, Group[]>}
 */
export function byModule(entries) {
  /** @type {Map<string, Group[]>} */
  const modules = new Map();
  for (const [key, entry] of entries) {
    if (!entry.text.trim()) continue;
    const groups = modules.get(entry.module) ?? [];
    modules.set(entry.module, groups);
    const group = groups.find(({ title }) => title === entry.title) ?? { title: entry.title, written: [], ticked: [] };
    if (!groups.includes(group)) groups.push(group);
    group[isTick(entry) ? "ticked" : "written"].push([key, entry]);
  }
  return modules;
}

/** Signs that mean something in Markdown. @param {string} text */
const escaped = (text) => text.replace(/([\\`*_{}[\]<>#+!|])/g, "\\$1").replace(/^(\s*)([-=]|\d+\.)/gm, "$1\\$2");

/**
 * The journal as Markdown: what was written stays text.
 * @param {Journal} journal
 * @param {string} title
 */
export function asMarkdown(journal, title) {
  const lines = [`# ${escaped(title)}`, ""];
  for (const [module, groups] of byModule(Object.entries(journal.entries))) {
    lines.push(`## ${escaped(module)}`, "");
    for (const { title, written, ticked } of groups) {
      lines.push(`### ${escaped(title)}`, "");
      for (const [, { label, at, text, revisit }] of written) {
        lines.push(`${escaped(label)} (${at})`, "", escaped(text), "");
        if (revisit) lines.push(own.revisitOn(revisit), "");
      }
      if (ticked.length) lines.push(...ticked.map(([, { label }]) => `- [x] ${escaped(label)}`), "");
    }
  }
  return lines.join("\n");
}

/**
 * The journal as a page of its own, without script and style.
 * @param {Journal} journal
 * @param {string} title
 * @param {string} language
 */
export function asHtml(journal, title, language) {
  const parts = [
    `<!doctype html>\n<html lang="${escapedHtml(language)}">`,
    `<head><meta charset="utf-8"><title>${escapedHtml(title)}</title></head>\n<body>\n<h1>${escapedHtml(title)}</h1>`,
  ];
  for (const [module, groups] of byModule(Object.entries(journal.entries))) {
    parts.push(`<h2>${escapedHtml(module)}</h2>`);
    for (const { title, written, ticked } of groups) {
      parts.push(`<h3>${escapedHtml(title)}</h3>`);
      for (const [, { label, at, text, revisit }] of written) {
        parts.push(`<p>${escapedHtml(label)} (${at})</p>\n<p>${escapedHtml(text).replaceAll("\n", "<br>\n")}</p>`);
        if (revisit) parts.push(`<p>${escapedHtml(own.revisitOn(revisit))}</p>`);
      }
      if (ticked.length)
        parts.push(
          `<p>${own.ticked}</p>\n<ul>${ticked.map(([, { label }]) => `<li>${escapedHtml(label)}</li>`).join("")}</ul>`
        );
    }
  }
  return `${parts.join("\n")}\n</body>\n</html>\n`;
}
