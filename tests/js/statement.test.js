import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { readFile } from "../../theme/elements/record-file.js";
import {
  canSum,
  checksum,
  isFinished,
  LONGEST_NAME,
  plainName,
  saidIn,
  stated,
} from "../../theme/elements/record-statement.js";

const text = readFileSync(new URL("../reports/statement.json", import.meta.url), "utf8");
const example = JSON.parse(text);

test("the sum is the one that Python works out", async () => {
  assert.equal(await checksum(example), example.checksum);
});

test("the sum covers name, site, day, version and every answer", async () => {
  const changes = [
    (s) => (s.name = "Ana"),
    (s) => (s.site = "Other"),
    (s) => (s.address = "https://other.example/"),
    (s) => (s.made = "2026-11-21"),
    (s) => (s.modules.listening.version = "1.1"),
    (s) => (s.modules.listening.lessons.hearing = "2026-11-17"),
    (s) => (s.modules.listening.questions.third.score = 1),
    (s) => (s.modules.listening.questions["hearing-reply"].met = []),
    (s) => (s.modules.listening.confidence.after.place = 1),
  ];
  for (const change of changes) {
    const other = structuredClone(example);
    change(other);
    assert.notEqual(await checksum(other), example.checksum, String(change));
  }
});

test("a statement has what was finished and answered, and nothing else of a record", () => {
  const { record } = readFile(text);
  const made = stated({ name: "  Ana \n Reed ", site: "S", address: "a", made: "2026-11-20" }, record);
  assert.deepEqual(Object.keys(made), ["statement", "name", "site", "address", "made", "modules"]);
  assert.equal(made.name, "Ana Reed");
  assert.deepEqual(Object.keys(made.modules.listening), ["version", "lessons", "questions", "confidence"]);
  assert.equal(plainName("x".repeat(500)).length, LONGEST_NAME);
});

test("what a later version of the site has added is not handed in", () => {
  const later = structuredClone(example);
  const { listening } = later.modules;
  for (const part of [listening, ...Object.values(listening.questions), ...Object.values(listening.confidence)])
    part.later = "a word of theirs";
  listening.confidence.later = "a word of theirs";
  Object.values(listening.questions)[0].otherwise = [{ ...Object.values(listening.questions)[0] }];
  const { record } = readFile(JSON.stringify(later));
  assert.match(JSON.stringify(record), /a word of theirs/);
  const made = stated({ name: "Ana", site: "S", address: "a", made: "2026-11-20" }, record);
  assert.doesNotMatch(JSON.stringify(made), /a word of theirs/);
});

test("the sum of a file is that of what it says itself, wherever it is read", async () => {
  const here = { name: "", site: "Renamed", address: "https://moved.example/", made: "2026-12-01" };
  const { record } = readFile(text);
  assert.equal(await checksum(stated({ ...here, ...saidIn(text) }, record)), example.checksum);
  assert.deepEqual(saidIn('{"schema": 1, "modules": {}}'), {}, "a progress file says nothing of itself");
  const strange = { name: "A", made: "2026-11-20", site: ["x"], address: "x".repeat(201) };
  assert.deepEqual(saidIn(JSON.stringify(strange)), { name: "A", site: "", address: "", made: "2026-11-20" });
});

test("where no sum can be made there is none that anybody could type", async () => {
  const { crypto } = globalThis;
  Object.defineProperty(globalThis, "crypto", { value: {}, configurable: true });
  try {
    assert.equal(canSum(), false);
    assert.equal(await checksum(example), undefined);
  } finally {
    Object.defineProperty(globalThis, "crypto", { value: crypto, configurable: true });
  }
});

test("a tick without any answer does not count where something is asked", () => {
  const asked = { q: { part: "hearing" } };
  const kept = (questions) => ({ lessons: { hearing: "2026-11-18", waiting: "2026-11-18" }, questions });
  assert.equal(isFinished("hearing", kept({}), asked), false);
  assert.equal(isFinished("hearing", kept({ q: {} }), asked), true);
  assert.equal(isFinished("waiting", kept({}), asked), true);
  assert.equal(isFinished("asking", kept({ q: {} }), asked), false);
});
