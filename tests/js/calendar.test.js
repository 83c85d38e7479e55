import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { calendar } from "../../theme/elements/calendar.js";

const SITE = "https://example.org/course/";
const REVIEW = { day: "2026-12-31", name: "review", summary: "Review due: Alongside", url: `${SITE}review/` };

/** Reads a calendar as RFC 5545 says: lines are unfolded, texts unescaped. @param {string} text */
function events(text) {
  const lines = text.replaceAll("\r\n ", "").split("\r\n");
  const found = [];
  let inside = "";
  for (const line of lines) {
    const [name, ...rest] = line.split(":");
    if (name === "BEGIN") inside = rest[0];
    if (line === "BEGIN:VEVENT") found.push({});
    if (inside === "VEVENT")
      found.at(-1)[name] = rest.join(":").replace(/\\([\\;,n])/g, (_all, sign) => (sign === "n" ? "\n" : sign));
  }
  return found;
}

test("a reminder is a whole day, says where to go, and rings in the morning", () => {
  const text = calendar([REVIEW], SITE, "20261125T120000Z");
  assert.match(text, /DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\nSUMMARY:Review due: Alongside\r\n/);
  assert.match(text, /URL:https:\/\/example\.org\/course\/review\/\r\n/);
  assert.match(text, /BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:PT9H\r\n/);
  assert.ok(text.endsWith("END:VCALENDAR\r\n"));
});

test("a review and a plan of one day, and two sites, do not overwrite each other", () => {
  const both = [REVIEW, { ...REVIEW, name: "plan" }];
  const ids = [SITE, "https://example.org/other/"].flatMap((site) =>
    events(calendar(both, site, "")).map((e) => e.UID)
  );
  assert.equal(new Set(ids).size, 4);
});

test("whatever a site is called, lines are short and its name is read back", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (name) => {
      const summary = name.replace(/\s+/g, " ").trim();
      const text = calendar([{ ...REVIEW, summary }], SITE, "20261125T120000Z");
      for (const line of text.split("\r\n")) assert.ok(new TextEncoder().encode(line).length <= 75, line);
      assert.equal(events(text)[0].SUMMARY, summary);
    })
  );
});
