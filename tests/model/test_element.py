"""What every part of the model has in common."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from alongside.files.source import read_bytes
from alongside.model.element import (
    Day,
    Element,
    Flag,
    Identifier,
    Line,
    Minutes,
    Number,
    Prose,
    Title,
    children,
    descendants,
    own_texts,
    texts,
)


class Leaf(Element):
    text: Line
    plain: str = ""


class Tree(Element):
    title: Title
    flag: Flag = False
    minutes: Minutes = 1
    number: Number | None = None
    day: Day | None = None
    id: Identifier = "x"
    prose: Prose | None = None
    lines: tuple[Line, ...] = ()
    leaf: Leaf | None = None
    leaves: tuple[Leaf, ...] = ()
    named: dict[Identifier, Leaf] = {}


def tree(text: str) -> Tree:
    mapping, problems = read_bytes(text.encode(), "x.yml")
    assert mapping is not None and not problems
    return Tree.model_validate(mapping)


def test_only_true_and_false_are_flags() -> None:
    assert (tree("title: a\nflag: true\n").flag, tree("title: a\nflag: false\n").flag) == (True, False)
    for word in ("yes", "no", "on", "True", "TRUE", "1", "0", "y", "[true]", "{true: 1}", "~"):
        with pytest.raises(ValidationError):
            tree(f"title: a\nflag: {word}\n")


@pytest.mark.parametrize(
    "word", ["-1", "+1", "1.0", "1_0", "0x1", "1e2", "١", "1234567", "' 1'", "one", "[1]", "0", "601"]
)
def test_minutes_are_whole_numbers_within_reason(word: str) -> None:
    with pytest.raises(ValidationError):
        tree(f"title: a\nminutes: {word}\n")


def test_zeros_before_a_number_mean_nothing() -> None:
    assert tree("title: a\nminutes: 010\n").minutes == 10


@pytest.mark.parametrize(
    "word",
    [
        "2026-02-30",
        "20-11-2026",
        "2026-11-20T10:00:00",
        "20261120",
        "1700000000",
        "today",
        "0000-01-01",
        "[2026-11-20]",
    ],
)
def test_a_day_is_written_in_one_way_and_exists(word: str) -> None:
    with pytest.raises(ValidationError):
        tree(f"title: a\nday: {word}\n")
    assert tree("title: a\nday: 2026-11-20\n").day == date(2026, 11, 20)


@pytest.mark.parametrize("word", ["A", "a b", "a_b", "-a", "é", "a" * 62, "'a\n\n'", "''"])
def test_an_id_is_short_and_plain(word: str) -> None:
    with pytest.raises(ValidationError):
        tree(f"title: a\nid: {word}\n")


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(ValidationError):
        tree("title: a\ntitel: b\n")


def test_an_element_never_changes() -> None:
    with pytest.raises(ValidationError):
        tree("title: a\n").title = "b"


def test_spaces_around_a_title_are_no_part_of_it() -> None:
    assert tree("title: '  a b '\n").title == "a b"


def test_an_element_knows_its_place_and_those_of_its_fields() -> None:
    element = tree("title: a\nleaves:\n  - text: b\n  - text: c\n").leaves[1]
    assert (str(element.place()), str(element.place("text")), str(element.place("text", key=True))) == (
        "x.yml:4:5",
        "x.yml:4:11",
        "x.yml:4:5",
    )
    assert element.span() == ("x.yml", 4, 4)


def test_an_element_that_was_not_read_stands_nowhere() -> None:
    element = Leaf(text="a")
    assert str(element.place("text")) == "(no file):1:1"
    assert element.span() == ("(no file)", 0, 0)


WHOLE = "title: T\nprose: P\nlines: [L1, L2]\nleaf: {text: A, plain: no}\nleaves: [{text: B}, {text: C}]\nnamed: {d: {text: D}}\n"


def test_the_parts_of_an_element_come_in_the_order_of_its_fields() -> None:
    element = tree(WHOLE)
    assert [leaf.text for leaf in children(element)] == ["A", "B", "C", "D"]
    assert descendants(element) == (element, *children(element))


def test_every_text_that_learners_read_is_found_with_its_place() -> None:
    element = tree(WHOLE)
    assert [text.value for text in texts(element)] == ["T", "P", "L1", "L2", "A", "B", "C", "D"]
    assert [(text.field, text.index, text.markdown, str(text.place)) for text in own_texts(element)] == [
        ("title", None, "none", "x.yml:1:8"),
        ("prose", None, "block", "x.yml:2:8"),
        ("lines", 0, "inline", "x.yml:3:9"),
        ("lines", 1, "inline", "x.yml:3:13"),
    ]
