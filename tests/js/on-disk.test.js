/** What the course does in another way where it was opened from a disk. */
import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = { querySelectorAll: () => [] };
const { cuesOf } = await import("../../theme/elements/on-disk/captions.js");
const { textOf } = await import("../../theme/elements/on-disk/texts.js");
const { pageAt } = await import("../../theme/elements/on-disk/page-at.js");
const { pageAt: onSite, siteAddress } = await import("../../theme/elements/page-at.js");

test("an address of the site leads to the file that a server would give out there", () => {
  const file = (path) => pageAt(path).slice(siteAddress.length);
  for (const [path, wanted] of [
    ["", "index.html"],
    ["review/", "review/index.html"],
    ["journal/#due", "journal/index.html#due"],
    ["one/two/#a/b", "one/two/index.html#a/b"],
    ["#q=one/", "index.html#q=one/"],
    ["one/?a=1#b", "one/index.html?a=1#b"],
    ["404.html", "404.html"],
    ["one/two.html#a", "one/two.html#a"],
  ])
    assert.equal(file(path), wanted);
  assert.equal(onSite("journal/#due"), `${siteAddress}journal/#due`);
});

test("captions are read as they are written", () => {
  const text = [
    "\uFEFFWEBVTT – talk",
    "NOTE nobody reads this",
    "STYLE\r\n::cue { color: red }",
    "1\r\n00:01.500 --> 00:03.000 line:0 align:start\r\n<v Ann>Two\r\nlines.\r\n",
    "01:00:00.000 --> 01:00:02.250\r\nLate.\r\n",
  ].join("\r\n\r\n");
  assert.deepEqual(cuesOf(text), [
    { from: 1.5, to: 3, text: "<v Ann>Two\nlines." },
    { from: 3600, to: 3602.25, text: "Late." },
  ]);
  assert.deepEqual(cuesOf("WEBVTT\n"), []);
});

test("a text is found by its address, whatever letters its name has and however they are written there", async () => {
  const name = "talks/media/Größe-2.vtt";
  const asked = [];
  document.createElement = () => Object.assign(new EventTarget(), { append: () => {}, setAttribute: () => {} });
  document.head = {
    append(script) {
      asked.push(script.src.slice(siteAddress.length));
      globalThis.alongsideText(name, "WEBVTT");
      script.dispatchEvent(new Event("load"));
    },
  };
  assert.equal(await textOf(encodeURI(name)), "WEBVTT");
  assert.equal(await textOf(name), "WEBVTT");
  assert.deepEqual(asked, [`${encodeURI(name)}.js`], "and it is loaded once");
});
