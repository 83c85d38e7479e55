/**
 * Every word that a script says to people goes through the catalogue. Found in the scripts as they are
 * written: a text that reads like words stands in a call of `_` or `ngettext`, or where only a machine reads it.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import ts from "typescript";

import { _, ngettext, use } from "../../theme/elements/words.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const THEME = ts.parseJsonConfigFileContent(
  ts.readConfigFile(`${ROOT}theme-types.json`, ts.sys.readFile).config,
  ts.sys,
  ROOT
).fileNames;

/** How many of the first arguments of a call are messages. */
const SAYING = { _: 1, ngettext: 2 };
/** Two words with a blank between, or a word and what is put in, or one that starts with a capital. */
const WORDS = /\p{L}{2,}[,.:;!?…]? +[\p{L}“0]|0 +\p{L}{2,}|(?<!\p{L})\p{Lu}\p{Ll}/u;
/** Calls whose texts are for the browser: selectors, names of things, errors that a console shows. */
const MACHINES = new Set(
  (
    "querySelector querySelectorAll closest matches addEventListener removeEventListener createPolicy " +
    "Error DOMException RecordError must URL CustomEvent import deriveKey"
  ).split(" ")
);
/** In the reader of records: what checks a part, and is told its name for whoever looks for a fault. */
const READERS = new Set(["words", "list", "number", "whole"]);
/** Attributes that are for the browser, in the second argument of `make` and `draw`. */
const ATTRIBUTES = /^(?:class|type|id|role|for|href|name|autocomplete|accept|viewBox|aria-(?!label$).*|data-.*)$/;
/** What else looks like words and is none. */
const OTHERWISE = new Set([
  // heads of files for other programs
  "#guid column:1",
  "#deck column:4",
  "#tags column:5",
  "#notetype:Basic",
  "PRODID:-//Alongside//Reminders//EN",
  "alongside journal",
  "button button--second",
  // names of cmi5, of xAPI and of what carries them
  "LMS.LaunchData",
  "cmi5LearnerPreferences",
  "Basic 0",
  "X-Experience-API-Version",
  "Content-Type",
  "Activity",
  "Agent",
  "Alongside",
]);

const EQUALS = new Set([ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken]);

/** Texts of a file that are said past the catalogue, or in a message module stand outside it. */
function outside(name, text) {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const everything = /messages\.js$/.test(name);
  const found = [];
  const look = (node) => {
    const written = textOf(node)?.replace(/<[^>]*>/g, " ");
    const inside = written !== undefined && wholeOf(node);
    if (inside && !isSaid(inside) && (everything ? /\p{L}/u : WORDS).test(written) && !isForMachines(inside))
      found.push(written);
    ts.forEachChild(node, look);
  };
  look(file);
  return found;
}

/** What a literal says, without what is put in. */
function textOf(node) {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return [node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text }) => text).join("0");
  return undefined;
}

/** The literal with all that is joined to it by `+`. */
function wholeOf(node) {
  let whole = node;
  while (ts.isBinaryExpression(whole.parent) && whole.parent.operatorToken.kind === ts.SyntaxKind.PlusToken)
    whole = whole.parent;
  return whole;
}

/** Whether it is one of the messages of a call. */
function isSaid(node) {
  const call = node.parent;
  return (
    ts.isCallExpression(call) &&
    ts.isIdentifier(call.expression) &&
    call.arguments.indexOf(node) < (SAYING[call.expression.text] ?? 0) &&
    call.arguments.includes(node)
  );
}

function isForMachines(node) {
  const { parent } = node;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || OTHERWISE.has(textOf(node))) return true;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
    const called = parent.expression;
    const name = ts.isPropertyAccessExpression(called)
      ? called.name.text
      : ts.isIdentifier(called)
        ? called.text
        : "import";
    return (
      MACHINES.has(name) ||
      (READERS.has(name) && parent.getSourceFile().fileName.endsWith("record-model.js")) ||
      name === "import"
    );
  }
  if (ts.isPropertyAssignment(parent) && parent.initializer === node) return ATTRIBUTES.test(parent.name.text ?? "");
  // A key on the keyboard.
  return ts.isBinaryExpression(parent) && EQUALS.has(parent.operatorToken.kind);
}

/** Messages that are not written out in their call, so that nobody who gathers them finds them. */
function unwritten(name, text) {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const found = [];
  const plain = (node) =>
    ts.isStringLiteral(node) ||
    (ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.PlusToken &&
      plain(node.left) &&
      plain(node.right));
  const look = (node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const said = node.arguments.slice(0, SAYING[node.expression.text] ?? 0);
      if (!said.every(plain)) found.push(node.getText());
    }
    ts.forEachChild(node, look);
  };
  look(file);
  return found;
}

test("scripts say nothing past the catalogue", () => {
  assert.ok(THEME.length > 50);
  const found = Object.fromEntries(
    THEME.map((name) => [name.slice(ROOT.length), outside(name, ts.sys.readFile(name) ?? "")]).filter(
      ([, texts]) => texts.length
    )
  );
  assert.deepEqual(found, {});
});

test("a text that is said past it is found", () => {
  const said = `make("p", {}, "Not yet."); state.textContent = "two words"; const o = { title: "Bare" };
    state.textContent = _("Fine.") + "Not fine, " + name;
    note.append(\`\${count} questions\`, ngettext("A b", "C d", 2, {}));
    make("p", { class: "one two", "aria-label": "Bare label" }); throw new Error("said to nobody");
    document.querySelector("main a"); parts.push(\`<p class="one two">In HTML</p>\`);
    _("Fine {x}", { x: "Bare value" });`;
  assert.deepEqual(outside("made-up.js", said), [
    "Not yet.",
    "two words",
    "Bare",
    "Not fine, ",
    "0 questions",
    "Bare label",
    " In HTML ",
    "Bare value",
  ]);
  assert.deepEqual(outside("other-messages.js", 'export const m = { a: "x", b: _("y") }; import "./words.js";'), ["x"]);
});

test("every message is written out where it is said", () => {
  const found = THEME.flatMap((name) => unwritten(name, ts.sys.readFile(name) ?? ""));
  assert.deepEqual(found, []);
  assert.deepEqual(unwritten("made-up.js", "_(words); _(`A b`); _('A ' + 'b'); ngettext('a', b, 1, {});"), [
    "_(words)",
    "_(`A b`)",
    "ngettext('a', b, 1, {})",
  ]);
});

test("English says what is written, with values in their places", () => {
  assert.equal(_("Check my answer"), "Check my answer");
  assert.equal(_("{name}: now {place} of {all}.", { name: "{all} $&", place: 1, all: 3 }), "{all} $&: now 1 of 3.");
  const lines = (count) => ngettext("{count} is", "{count} are", count, { count });
  assert.deepEqual([0, 1, 2].map(lines), ["0 are", "1 is", "2 are"]);
});

test("a catalogue has the form that goes with a number", () => {
  const form = (n) => (n === 1 ? 0 : n % 10 > 1 && n % 10 < 5 && (n % 100 < 12 || n % 100 > 14) ? 1 : 2);
  use({
    forms: Array.from({ length: 200 }, (_none, n) => form(n)).join(""),
    words: { "{n} is": ["{n} a", "{n} b", "{n} c"], Yes: "Tak" },
  });
  const counted = [0, 1, 2, 5, 12, 22, 101, 203, 1012].map((n) => ngettext("{n} is", "{n} are", n, { n }));
  assert.deepEqual(counted, ["0 c", "1 a", "2 b", "5 c", "12 c", "22 b", "101 c", "203 b", "1012 c"]);
  assert.equal(_("Yes"), "Tak");
  assert.equal(_("No"), "No", "what is not translated stays English");
  assert.deepEqual(
    [1, 2, 5].map((n) => ngettext("{n} was", "{n} were", n, { n })),
    ["1 was", "2 were", "5 were"]
  );
});
