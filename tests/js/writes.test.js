/**
 * Whether something was kept is an answer, and every place that writes looks at it. Found by
 * the types, so that a new place is found too.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import ts from "typescript";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const settings = ts.parseJsonConfigFileContent(
  ts.readConfigFile(`${ROOT}theme-types.json`, ts.sys.readFile).config,
  ts.sys,
  ROOT
);
/** What puts back what was there before answers for nothing: the failure that led to it is what is told. */
const PUTTING_BACK = ["set(name, plain)", "set(name, shown)"];

/** Expressions whose answer nobody looks at. @param {string[]} files @param {ts.CompilerHost} [host] */
function unheard(files, host) {
  const program = ts.createProgram(files, settings.options, host);
  const checker = program.getTypeChecker();
  const isAnswer = (type) => {
    const promised = checker.getPromisedTypeOfPromise(type) ?? type;
    const parts = promised.isUnion() ? promised.types : [promised];
    return parts.some((part) => part.getProperty("ok") && part.getProperty("why"));
  };
  const found = [];
  const look = (node, file) => {
    const dropped = ts.isExpressionStatement(node)
      ? node.expression
      : ts.isVoidExpression(node)
        ? node.expression
        : ts.isArrowFunction(node) && ts.isCallExpression(node.body) && returnsNothing(node, checker)
          ? node.body
          : undefined;
    const inner =
      dropped && (ts.isVoidExpression(dropped) || ts.isAwaitExpression(dropped) ? dropped.expression : dropped);
    if (inner && ts.isCallExpression(inner) && isAnswer(checker.getTypeAtLocation(inner)))
      found.push(`${file.fileName.slice(ROOT.length)}: ${inner.getText(file)}`);
    ts.forEachChild(node, (child) => look(child, file));
  };
  for (const file of program.getSourceFiles()) if (files.includes(file.fileName)) look(file, file);
  return [...new Set(found)];
}

/** Whether whoever calls a function throws away what it gives: a listener, a callback of forEach. */
function returnsNothing(node, checker) {
  const wanted = checker.getContextualType(node)?.getCallSignatures()[0]?.getReturnType();
  return wanted !== undefined && (wanted.flags & (ts.TypeFlags.Void | ts.TypeFlags.Any)) !== 0;
}

test("every answer to a write is looked at", () => {
  const files = settings.fileNames;
  assert.ok(files.length > 40);
  assert.deepEqual(
    unheard(files).filter((place) => !PUTTING_BACK.some((known) => place.endsWith(known))),
    []
  );
});

test("one that nobody looks at is found", () => {
  const name = `${ROOT}theme/elements/made-up.js`;
  const text = `import { set } from "./store.js"; import { update } from "./record.js";
    set("a", "b"); void update(() => {}); addEventListener("click", () => set("c", "d")); await update(() => {});
    const kept = set("e", "f"); export default kept; update(() => {}).then((answer) => console.log(answer));`;
  const host = ts.createCompilerHost(settings.options);
  const [real, exists] = [host.getSourceFile, host.fileExists];
  host.getSourceFile = (path, ...rest) =>
    path === name ? ts.createSourceFile(name, text, rest[0], true) : real(path, ...rest);
  host.fileExists = (path) => path === name || exists(path);
  assert.deepEqual(
    unheard([name], host).map((place) => place.split(": ")[1]),
    ['set("a", "b")', "update(() => {})", 'set("c", "d")']
  );
});
