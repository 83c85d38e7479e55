"""Scripts without comments and spaces say what they said before."""

from __future__ import annotations

import json
import re
import subprocess
import timeit
from pathlib import Path
from time import process_time

import pytest
import rjsmin

from alongside.load.project import bundled_root
from alongside.render.small_scripts import small
from tests.node import NODE

ROOT = Path(__file__).parents[2]
OURS = sorted((bundled_root() / "theme").rglob("*.js"))
#: Prints for each script its words and signs, as TypeScript reads them, and what it finds wrong.
READ = r"""
const ts = require("typescript");
const read = (text) => {
  const file = ts.createSourceFile("x.js", text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const found = file.parseDiagnostics.map(({ messageText }) => `wrong: ${messageText}`);
  const visit = (node) => {
    const inside = node.getChildren(file).filter(({ kind }) => kind < ts.SyntaxKind.FirstJSDocNode || kind > ts.SyntaxKind.LastJSDocNode);
    if (inside.length) for (const one of inside) visit(one);
    else if (node.kind !== ts.SyntaxKind.SyntaxList) found.push(node.getText(file));
  };
  visit(file);
  return found;
};
console.log(JSON.stringify(JSON.parse(require("fs").readFileSync(0, "utf8")).map(read)));
"""

#: What stands in a script, and what is left of it.
FORMS = {
    r"const end = /\/*$/; // one" "\nnext();": r"const end=/\/*$/;next();",
    r"const ends = (x) => /\/*$/.test(x); /* one */ next();": r"const ends=(x)=>/\/*$/.test(x);next();",
    r"const kind = typeof /\/*$/; /* one */": r"const kind=typeof/\/*$/;",
    r"const kind = a < /\/*$/; // one": r"const kind=a</\/*$/;",
    r"if (a) /\/*$/.exec(b); // one": r"if(a)/\/*$/.exec(b);",
    r"while (a(b)) /\/*$/.exec(b); // one": r"while(a(b))/\/*$/.exec(b);",
    r"{ a(); } /\/*$/.exec(b); // one": r"{a();}/\/*$/.exec(b);",
    r"else_: do /\/*$/.exec(b); while (c)": r"else_:do/\/*$/.exec(b);while(c)",
    r"export default /\/*$/; // one": r"export default/\/*$/;",
    r"async function f() { for await (const a of b) /\/*$/.exec(a); } // one": r"async function f(){for await(const a of b)/\/*$/.exec(a);}",
    r"if (a) { b(`${{ c }.c}`); } /\/*$/.exec(d); // one": r"if(a){b(`${{ c }.c}`);}/\/*$/.exec(d);",
    r"const a = /[\]/*]/ // one": r"const a=/[\]/*]/",
    r"const a = /[/\]/*'`]/; // one": r"const a=/[/\]/*'`]/;",
    r"for (const a of /\/*$/) b() // one": r"for(const a of/\/*$/)b()",
    "const a = b / c / d; // one": "const a=b/c/d;",
    "const a = (b) / c; const d = '/* e */' / f; // one": "const a=(b)/c;const d='/* e */'/f;",
    "const a = b[0] / c; d = `/`; // one": "const a=b[0]/c;d=`/`;",
    "a = { b } / c; d = '/'; // one": "a={b}/c;d='/';",
    "a++ / b; c = '/'; // one": "a++/b;c='/';",
    "a = 1. / b; c = '/'; // one": "a=1./b;c='/';",
    "class A { #in; b() { return this.#in / 2; } c = '/' } // one": "class A{#in;b(){return this.#in/2;}c='/'}",
    "a.return / b; c = '/'; // one": "a.return/b;c='/';",
    "f(a) / b; c = '/'; // one": "f(a)/b;c='/';",
    "a = b / /c/.d; // one": "a=b/ /c/.d;",
    "a = /b/ in c; // one": "a=/b/ in c;",
    "a = `b ${`c // ${d}`} // e`; // one": "a=`b ${`c // ${d}`} // e`;",
    "a = `b ${{ c: '}' }.c} /* d */`; // one": "a=`b ${{ c: '}' }.c} /* d */`;",
    "a = `b ${/[`}]/.exec(c) /* } */}  d`; // one": "a=`b ${/[`}]/.exec(c) /* } */}  d`;",
    r"a = `\`  \${ // b`; // one": r"a=`\`  \${ // b`;",
    "a = '// b' + \"/* c */\"; // one": "a='// b'+\"/* c */\";",
    "a = 'it\\'s // b'; // one": "a='it\\'s // b';",
    "a = b\n'c // d'.e()": "a=b\n'c // d'.e()",
    "a = b /* one\n two */ c()": "a=b\nc()",
    "a // one\n/* two */ b": "a\nb",
    "a = b + +c - -d": "a=b+ +c- -d",
    "case 'a': // one\r\n  return 'b'\r\n": "case'a':return'b'",
    "/* one */": "",
    "/* one */ /*! By A. */\na(); // two": "/*! By A. */\na();",
    "a / /*! By B. */ b": "a/ /*! By B. */ b",
    "a // one\u2028b()": "a \u2028b()",
    "": "",
}  # fmt: skip
#: What the other reader takes for a tag, and half of a `switch`.
UNREAD = re.compile(r"< /|^case")


def read(*scripts: str) -> list[list[str]]:
    """The words and signs of scripts."""
    ran = subprocess.run(
        [NODE, "-e", READ], input=json.dumps(scripts), capture_output=True, text=True, check=True, cwd=ROOT
    )
    found: list[list[str]] = json.loads(ran.stdout)
    return found


@pytest.mark.parametrize("script", FORMS, ids=lambda script: script[:30])
def test_a_slash_is_taken_for_what_it_is(script: str) -> None:
    assert small(script) == FORMS[script]
    assert small(FORMS[script]) == FORMS[script]


@pytest.mark.slow
def test_what_is_left_of_a_script_has_the_same_words_and_signs() -> None:
    """As another reader finds them, which is the one that checks the types of our scripts."""
    scripts = [path.read_text("utf-8") for path in OURS] + [script for script in FORMS if not UNREAD.search(script)]
    before, after = read(*scripts), read(*map(small, scripts))
    assert len(OURS) > 50
    assert [place for place, (one, other) in enumerate(zip(before, after, strict=True)) if one != other] == []


@pytest.mark.slow
def test_the_other_reader_tells_what_a_plainer_way_loses() -> None:
    scripts = [script for script in FORMS if "=>" in script or "`c //" in script or "typeof" in script]
    lost = [one != other for one, other in zip(read(*scripts), read(*map(rjsmin.jsmin, scripts)), strict=True)]
    assert lost == [True, True, True]


def test_little_is_left_of_a_large_script() -> None:
    text = "".join(path.read_text("utf-8") for path in OURS)
    assert len(small(text)) < 0.65 * len(text)


def test_twice_as_much_script_takes_no_more_than_its_share_of_time() -> None:
    """What a slash behind a bracket is does not depend on all that stands before it."""
    few, many = ("const a = (b + c) / d; { e } /f/.g;\n" * number for number in (500, 4000))
    assert time_of(many) < 30 * time_of(few)


def time_of(script: str) -> float:
    """How long a processor takes for a script, at best."""
    return min(timeit.repeat(lambda: small(script), timer=process_time, number=1, repeat=3))
