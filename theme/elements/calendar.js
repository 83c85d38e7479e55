/**
 * Reminders as a file for a calendar (RFC 5545). Calendars are shared and kept elsewhere, so a reminder says no more
 * than that there is something to do, and where.
 * @typedef {{day: string, name: string, summary: string, url: string}} Reminder `day` as 2026-12-31; `name` tells it
 *   from others of the same day
 */
import { later } from "./review-card.js";

/** When a day’s reminder is shown: so long after midnight. */
const IN_THE_MORNING = "PT9H";
/** Longest line, in bytes. */
const LONGEST = 75;

/** @param {string} text */
const escaped = (text) =>
  text
    .replace(/[\\;,]/g, "\\$&")
    .replace(/\s+/g, " ")
    .trim();

/** A line, or several of which each further one starts with a blank. @param {string} line */
function folded(line) {
  const encoder = new TextEncoder();
  const lines = [""];
  let bytes = 0;
  for (const character of line) {
    const more = encoder.encode(character).length;
    if (bytes + more > LONGEST) {
      lines.push(" ");
      bytes = 1;
    }
    lines[lines.length - 1] += character;
    bytes += more;
  }
  return lines.join("\r\n");
}

/**
 * @param {Reminder[]} reminders
 * @param {string} site its address: two sites in one calendar must not overwrite each other
 * @param {string} stamp when it was made, as 20261125T120000Z
 */
export function calendar(reminders, site, stamp) {
  const { host, pathname } = new URL(site);
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Alongside//Reminders//EN"];
  for (const { day, name, summary, url } of reminders) {
    const start = day.replaceAll("-", "");
    lines.push(
      "BEGIN:VEVENT",
      `UID:${name}-${start}@${host}${pathname}`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${start}`,
      `DTEND;VALUE=DATE:${later(day, 1).replaceAll("-", "")}`,
      `SUMMARY:${escaped(summary)}`,
      `DESCRIPTION:${escaped(url)}`,
      `URL:${url}`,
      "TRANSP:TRANSPARENT",
      "BEGIN:VALARM",
      "ACTION:DISPLAY",
      `TRIGGER:${IN_THE_MORNING}`,
      `DESCRIPTION:${escaped(summary)}`,
      "END:VALARM",
      "END:VEVENT"
    );
  }
  return `${[...lines, "END:VCALENDAR"].map(folded).join("\r\n")}\r\n`;
}
