"""Files written to break the reader: each is refused with a place and a reason, or read as plain text. Never a traceback."""

from __future__ import annotations

import pytest

from alongside.files import source
from alongside.files.source import read_bytes
from tests.files.test_source import HOSTILE

#: Written to run something, to take memory or time, or to say something else than a reviewer sees.
MORE: dict[str, bytes] = {
    "python name": b"a: !!python/name:os.system\n",
    "python module": b"a: !!python/module:os\n",
    "python object": b"a: !!python/object:os.popen {}\n",
    "python object new": b"a: !!python/object/new:os.system [x]\n",
    "python tuple": b"a: !!python/tuple [1, 2]\n",
    "java class": b"a: !!javax.script.ScriptEngineManager [x]\n",
    "ruby object": b"a: !ruby/object:Gem::Installer {}\n",
    "perl code": b"a: !!perl/code: |\n  { `id` }\n",
    "js function": b"a: !!js/function 'function(){}'\n",
    "include": b"a: !include /etc/passwd\n",
    "environment": b"a: !ENV [HOME]\n",
    "binary": b"a: !!binary aGVsbG8=\n",
    "timestamp": b"a: !!timestamp 2001-12-14\n",
    "set": b"a: !!set {x, y}\n",
    "omap": b"a: !!omap [x: 1]\n",
    "own tag": b"a: !<tag:example.org,2000:x> y\n",
    "local tag on a key": b"!x a: y\n",
    "tag directive": b"%TAG ! tag:example.org,2000:\n---\na: b\n",
    "yaml directive": b"%YAML 1.1\n---\na: b\n",
    "unknown directive": b"%FOO bar\n---\na: b\n",
    "second document": b"a: b\n---\nc: d\n",
    "document end and more": b"a: b\n...\nc: d\n",
    "anchor on a key": b"&x a: b\n",
    "anchor on a list": b"a: &x [b]\nc: *x\n",
    "alias to nothing": b"a: *nothing\n",
    "alias as a key": b"a: &x b\n*x : c\n",
    "merge of a list": b"a: &x {b: c}\nd:\n  <<: [*x, *x]\n",
    "merge in quotation marks": b'"<<": {a: b}\n',
    "proto": b"__proto__: {admin: true}\n",
    "proto inside": b"a:\n  __proto__: x\n",
    "prototype": b"prototype: x\n",
    "empty key": b'"": x\n',
    "question mark key": b"? [a, b]\n: c\n",
    "mapping as a key": b"{a: b}: c\n",
    "nothing as a key": b": x\n",
    "utf-16": "a: b\n".encode("utf-16"),
    "utf-16 without a mark": "a: b\n".encode("utf-16-le"),
    "utf-32": "a: b\n".encode("utf-32"),
    "latin 1": "a: café\n".encode("latin-1"),
    "overlong slash": b"a: \xc0\xaf\n",
    "surrogate bytes": b"a: \xed\xa0\x80\n",
    "beyond unicode": b"a: \xf4\x90\x80\x80\n",
    "mark in the middle": "a: b\ufeffc\n".encode(),
    "right to left override": "a: \u202egnp.exe\n".encode(),
    "isolate": "a: \u2066x\u2069\n".encode(),
    "zero width": "a: ad\u200bmin\n".encode(),
    "tag characters": "a: x\U000e0041\n".encode(),
    "line separator": "a: b\u2028c: d\n".encode(),
    "next line": b"a: b\xc2\x85c: d\n",
    "escape sequence": b"a: \x1b[2Jx\n",
    "bell": b"a: \x07\n",
    "delete": b"a: \x7f\n",
    "form feed": b"a: b\x0cc\n",
    "tab in front": b"\ta: b\n",
    "open bracket": b"a: [b\n",
    "open brace": b"a: {b: c\n",
    "unclosed quotation": b"a: 'b\n",
    "bad escape": b'a: "\\q"\n',
    "escape of nothing": b'a: "\\x"\n',
    "percent at the start": b"a: %b\n",
    "at at the start": b"a: @b\n",
    "backtick": b"a: `b`\n",
    "comma": b"a: [,]\n",
    "block scalar header": b"a: |99\n x\n",
    "wrong indent": b"a:\n  b: c\n d: e\n",
    "key twice": b"a: b\na: c\n",
    "a list where a mapping is wanted": b"- a\n- b\n",
    "a text where a mapping is wanted": b"just words\n",
    "nothing": b"",
}


@pytest.mark.parametrize("content", MORE.values(), ids=MORE)
def test_a_hostile_file_is_refused_with_a_place_and_a_reason(content: bytes) -> None:
    mapping, problems = read_bytes(content, "modules/a/quiz.yml")
    assert problems, "nothing was said"
    assert mapping is None or any(problem.severity == "error" for problem in problems)
    for problem in problems:
        assert problem.place.file == "modules/a/quiz.yml"
        assert problem.place.line >= 1 and problem.place.column >= 1
        assert problem.message and (problem.expected or problem.fix)
        assert all(character.isprintable() for character in str(problem.message)), "it could drive a terminal"


def test_the_corpus_is_large() -> None:
    assert len(MORE) + len(HOSTILE) >= 60
    assert len(set(MORE.values())) == len(MORE)


def test_the_corpus_would_notice_a_reader_that_lets_everything_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "hidden_in", lambda text: iter(()))
    passed = [name for name, content in MORE.items() if not read_bytes(content, "a.yml")[1]]
    assert {"right to left override", "zero width"} <= set(passed)
