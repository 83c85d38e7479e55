/** The journal to take away: by module, as Markdown and as a page. What was written stays text. */
import { escapedHtml } from "./escaped-html.js";
import { ownMessages as own } from "./learner-messages.js";

/**
 * @typedef {import("./journal-model.js").Journal} Journal
 * @typedef {import("./journal-model.js").Entry} Entry
 */

/**
 * Entries by module, in the order in which the pages have them, plans apart.
 * @param {Journal} journal
 * @returns {Map<string, [string, Entry][]>}
 */
export function byModule(journal) {
  /** @type {Map<string, [string, Entry][]>} */
  const groups = new Map();
  for (const [key, entry] of Object.entries(journal.entries)) {
    if (!entry.text.trim()) continue;
    groups.set(entry.module, [...(groups.get(entry.module) ?? []), [key, entry]]);
  }
  return groups;
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
  for (const [module, entries] of byModule(journal)) {
    lines.push(`## ${escaped(module)}`, "");
    for (const [, entry] of entries) {
      lines.push(
        `### ${escaped(entry.title)}`,
        "",
        `${escaped(entry.label)} (${entry.at})`,
        "",
        escaped(entry.text),
        ""
      );
      if (entry.revisit) lines.push(own.revisitOn(entry.revisit), "");
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
  for (const [module, entries] of byModule(journal)) {
    parts.push(`<h2>${escapedHtml(module)}</h2>`);
    for (const [, entry] of entries) {
      const text = escapedHtml(entry.text).replaceAll("\n", "<br>\n");
      parts.push(
        `<h3>${escapedHtml(entry.title)}</h3>\n<p>${escapedHtml(entry.label)} (${entry.at})</p>\n<p>${text}</p>`
      );
      if (entry.revisit) parts.push(`<p>${escapedHtml(own.revisitOn(entry.revisit))}</p>`);
    }
  }
  return `${parts.join("\n")}\n</body>\n</html>\n`;
}
