"""A file that other readers of YAML refuse, or read as something else, is reported at its place.

PyYAML's reader in Python is another one than libyaml's, which we use: it was written for YAML 1.1 and is stricter within brackets.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.files.source import read_bytes, read_page

ROOT = Path(__file__).parents[2]
PIECES = ("a", "b c", "Why?", "?", "x: y", "http://e.org", "a#b", "a #b", "'q'", '"q"', "-", "- a", "1:2", "yes", "no", "~", "{", "}", "[", "]", ",", ":", "!", "&", "*", "|", ">", "%", "@", "é")  # fmt: skip
GROUP = st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map("".join), min_size=1, max_size=4)


def elsewhere(text: str) -> object:
    """What PyYAML's own reader makes of a file."""
    return yaml.load(text, yaml.BaseLoader)


def same_or_reported(text: str) -> bool:
    value, problems = read_bytes(text.encode(), "a.yml")
    if value is None or problems:
        return True
    try:
        other = elsewhere(text)
    except yaml.YAMLError:
        return False
    return plain(value) == plain(other)


def plain(value: object) -> object:
    """Values without their places; what is not given is the empty text to other readers."""
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return "" if value in {None, "~", "null"} else value


@pytest.mark.slow
@settings(max_examples=12)
@given(values=GROUP)
def test_what_stands_in_brackets_is_read_alike_or_reported(values: list[str]) -> None:
    for text in (
        f"k: [{', '.join(values)}]\n",
        "k: {" + ", ".join(f"k{number}: {value}" for number, value in enumerate(values)) + "}\n",
        "k:\n" + "".join(f"  - {value}\n" for value in values),
        "".join(f"k{number}: {value}\n" for number, value in enumerate(values)),
    ):
        assert same_or_reported(text), text


@pytest.mark.slow
@settings(max_examples=3_000)
@given(values=GROUP)
def test_much_that_stands_in_brackets_is_read_alike_or_reported(values: list[str]) -> None:
    for text in (f"k: [{', '.join(values)}]\n", "k: {" + ", ".join(f"k{n}: {v}" for n, v in enumerate(values)) + "}\n"):
        assert same_or_reported(text), text


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["modules", "tests/world", "tests/gallery"])
def test_our_own_files_are_read_alike(folder: str) -> None:
    for path in sorted((ROOT / folder).rglob("*.yml")):
        value, problems = read_bytes(path.read_bytes(), path.name)
        assert not problems, path
        assert plain(value) == plain(elsewhere(path.read_text("utf-8"))), path


def test_a_question_mark_within_brackets_is_reported_where_it_stands() -> None:
    _, (problem,) = read_bytes(b"k:\n  - {text: Why now?, grade: best}\n", "a.yml")
    assert (problem.code, problem.severity, str(problem.place)) == ("L122", "warning", "a.yml:2:19")
    mended = f"k:\n  - {{text: {problem.fix}, grade: best}}\n"
    assert read_bytes(mended.encode(), "a.yml")[1] == []


def test_a_question_mark_outside_brackets_is_nothing_to_report() -> None:
    assert read_bytes(b"k: Why?\nl: [\"Why?\", 'How?']\n", "a.yml")[1] == []


BLANKS = "\u00a0\u2003\u2009\u202f\u3000"


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("steps:\n  - text: |\n{0}{0}{0}{0}## Say\n", "3:1"),
        ("a: b\n{0}c: d\n", "2:1"),
        ("a:\n  -{0}b: c\n  - d: e\n", "2:4"),
        ("a:{0}b\nc: d\n", "1:3"),
        ("a:\n  b: c\n {0}d: e\n", "3:2"),
    ],
)
def test_a_blank_that_is_no_space_is_named_where_only_spaces_count(blank: str, text: str, place: str) -> None:
    _, (problem,) = read_bytes(text.format(blank).encode(), "a.yml")
    assert problem.code == "L110"
    assert f"U+{ord(blank):04X}" in problem.message
    assert str(problem.place) == f"a.yml:{place}"
    assert "L110" not in {problem.code for problem in read_bytes(text.format(" ").encode(), "a.yml")[1]}


@pytest.mark.parametrize("before", ["", "a: b\n", "a:\n  - b: |\n      “it’s: 'open\n"])
@pytest.mark.parametrize(
    "sides",
    [
        "<<<<<<< HEAD\nx: 1\n=======\nx: 2\n>>>>>>> other\n",
        "<<<<<<< HEAD\nx: 1\n||||||| base\n=======\n>>>>>>> c0ffee\n",
    ],
)
def test_a_merge_that_was_not_finished_is_named_where_it_begins(before: str, sides: str, tmp_path: Path) -> None:
    text = before + sides + "z: 1\n"
    value, (problem,) = read_bytes(text.encode(), "a.yml")
    assert value is None
    assert "a merge was not finished" in problem.message
    assert problem.place.line == before.count("\n") + 1
    page = tmp_path / "a.md"
    page.write_text(f"# Title\n\n{sides}", "utf-8")
    assert "a merge was not finished" in read_page(page, "a.md")[1][0].message


def test_lines_of_equals_signs_and_quotations_are_no_merge() -> None:
    assert read_bytes(b"a: |\n  Title\n  =======\n  >>>>>>> quoted\n", "a.yml")[1] == []


LESSON = "minutes: 6\nsteps:\n" + "".join(
    f"  - text: |\n      Say “{number}”. It’s: 'time'.\n  - question: {{id: q{number}, text: \"Why?\", note: 'no'}}\n"
    for number in range(9)
)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('title: "The first\n' + LESSON, "1:8"),
        ("title: 'The first\n" + LESSON, "1:8"),
        ('a: b\ntitle: "It’s\n\n' + LESSON, "2:8"),
        ('list:\n  - "one\n  - two\n' + LESSON, "2:5"),
        ('a:\n  b: "c\n  d: e\n' + LESSON, "2:6"),
        ('title: "The first\n', "1:8"),
    ],
)  # fmt: skip
def test_a_quotation_mark_that_is_never_closed_is_reported_where_it_opens(text: str, place: str) -> None:
    value, problems = read_bytes(text.encode(), "a.yml")
    assert value is None
    assert "opened and never closed" in problems[0].message
    assert str(problems[0].place) == f"a.yml:{place}"


def test_a_text_in_quotation_marks_may_go_on_further_in() -> None:
    value, problems = read_bytes(b'title: "The first\n  five: minutes"\nminutes: 6\n', "a.yml")
    assert (value or {})["title"] == "The first five: minutes"
    assert problems == []


@pytest.mark.parametrize("mark", ["---", "+++"])
def test_front_matter_is_named(mark: str, tmp_path: Path) -> None:
    page = tmp_path / "about.md"
    page.write_text(f"{mark}\ntitle: About us\n{mark}\n\n# About us\n\nWe are here.\n", "utf-8")
    _, (problem,) = read_page(page, "about.md")
    assert problem.code == "L119"
    assert mark in problem.fix
    page.write_text("# About us\n\nWe are here.\n\n---\n\nStill.\n\n---\n", "utf-8")
    assert read_page(page, "about.md")[1] == []


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_marks_and_ends_of_lines_of_other_systems_change_nothing(end: str) -> None:
    text = f"title: One{end}steps:{end}  - text: |{end}      a{end}{end}      b{end}"
    assert read_bytes(("\ufeff" + text).encode(), "a.yml") == read_bytes(text.replace(end, "\n").encode(), "a.yml")
