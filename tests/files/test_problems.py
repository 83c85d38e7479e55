"""Problems as text and as JSON: in order, counted, and safe to print whatever authors wrote."""

from __future__ import annotations

import json

import pytest

from alongside.files.located import Place
from alongside.files.problems import QUOTED_LENGTH, Problem, count, has_errors, in_order, nearest, printable, quoted
from alongside.reports.problems import as_json, as_text

#: What a terminal or a log obeys, or what a reader cannot see.
ORDERS = [
    "\x1b[31m",
    "\x1b]0;title\x07",
    "\x9b2J",
    "\r",
    "\b",
    "\x7f",
    "\x85",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u2028",
    "\u2029",
    "\U000e0041",
    "\ufeff",
    "\udce9",
    "\x00",
]


def problem(line: int = 1, code: str = "M101", severity="error", message: str = "wrong", **more: str) -> Problem:
    return Problem(code, severity, message, Place(more.pop("file", "a.yml"), line, 2), **more)


@pytest.mark.parametrize("order", ORDERS, ids=ascii)
def test_what_a_terminal_obeys_is_shown_by_name(order: str) -> None:
    assert printable(f"a{order}b").isprintable()
    assert quoted(f"a{order}b").isprintable()


@pytest.mark.parametrize("order", ORDERS, ids=ascii)
def test_no_part_of_a_problem_reaches_a_terminal_raw(order: str) -> None:
    text = as_text(
        [problem(message=f"a{order}", file=f"modules/{order}/x.yml", expected=f"b{order}", fix=f"c{order}\nd{order}")]
    )
    assert all(line.isprintable() for line in text.split("\n"))
    assert len(text.split("\n")) == 5


@pytest.mark.parametrize("order", ORDERS, ids=ascii)
def test_no_part_of_json_reaches_a_terminal_raw_and_none_is_lost(order: str) -> None:
    text = as_json([problem(message=f"a{order}", file=f"{order}.yml", fix=order)])
    assert text.isascii()
    assert "\x1b" not in text
    assert json.loads(text)[0]["message"] == f"a{order}"


def test_ordinary_letters_of_any_language_are_shown_as_they_are() -> None:
    for text in ("“Give it back”, é, ß", "العربية", "日本語", "🙂", "\\n"):
        assert printable(text) == text


def test_a_character_outside_the_first_plane_is_named_without_doubt() -> None:
    assert printable("\u200b0") == "\\u200b0"
    assert printable("\U000e0041") == "\\U000e0041"


def test_a_long_text_is_cut() -> None:
    assert len(quoted("word " * 1000)) <= QUOTED_LENGTH + 2
    assert quoted("word " * 1000).endswith('…"')
    assert quoted("a\nb\tc") == '"a b c"'


def test_problems_are_sorted_by_place_then_code_and_stand_once() -> None:
    problems = [
        problem(10),
        problem(9, "M102"),
        problem(9, "L104"),
        problem(9, "M102"),
        problem(1, file="b.yml"),
        problem(30, file="a.yml"),
    ]
    assert [(p.place.file, p.place.line, p.code) for p in in_order(problems)] == [
        ("a.yml", 9, "L104"),
        ("a.yml", 9, "M102"),
        ("a.yml", 10, "M101"),
        ("a.yml", 30, "M101"),
        ("b.yml", 1, "M101"),
    ]


@pytest.mark.parametrize(
    ("severities", "words"),
    [
        ("", "no problems"),
        ("e", "1 error"),
        ("ee", "2 errors"),
        ("w", "1 warning"),
        ("eew", "2 errors and 1 warning"),
        ("ewwi", "1 error, 2 warnings and 1 note"),
        ("ii", "2 notes"),
    ],
)
def test_problems_are_counted_in_words(severities: str, words: str) -> None:
    names = {"e": "error", "w": "warning", "i": "info"}
    assert count([problem(severity=names[letter]) for letter in severities]) == words


def test_only_errors_stop_a_build() -> None:
    assert has_errors([problem(severity="warning"), problem(severity="error")])
    assert not has_errors([problem(severity="warning"), problem(severity="info")])


def test_a_problem_reads_like_this() -> None:
    shown = as_text(
        [
            problem(
                42,
                "Q103",
                message='option "b" has no feedback',
                expected="one to three sentences",
                fix="feedback: …\nor delete it",
            )
        ]
    )
    assert shown == (
        'a.yml:42:2  error Q103  option "b" has no feedback\n'
        "    expected: one to three sentences\n"
        "    fix:      feedback: …\n"
        "              or delete it\n"
        "    more:     alongside explain Q103"
    )


def test_json_has_a_place_that_programs_need_not_take_apart() -> None:
    (entry,) = json.loads(as_json([problem(42, expected="a", fix="b")]))
    assert entry == {
        "code": "M101",
        "severity": "error",
        "message": "wrong",
        "file": "a.yml",
        "line": 42,
        "column": 2,
        "expected": "a",
        "fix": "b",
    }


def test_the_nearest_name_is_suggested_only_if_it_is_near() -> None:
    assert nearest("minuts", ["title", "minutes"]) == ', did you mean "minutes"?'
    assert nearest("banana", ["title", "minutes"]) == ""
