"""Places: of values, of keys, of words inside a text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from alongside.files.located import LocatedMapping, LocatedSequence, Place, packed, place_of, unpacked
from alongside.files.source import read_bytes

ROOT = Path(__file__).parents[2]

TEXT = """\
title: Listening
steps:
  - text: |
      One two.

      Three.
  - text: >
      Folded
      text.
  - text: "On one
      or two lines."
  - rules: [{id: a, why: b}]
"""


@pytest.fixture
def mapping() -> LocatedMapping:
    found, problems = read_bytes(TEXT.encode(), "x.yml")
    assert found is not None and not problems
    return found


def test_a_place_reads_as_editors_link_it() -> None:
    assert str(Place("x.yml", 4, 2)) == "x.yml:4:2"


def test_places_are_in_order_of_file_line_and_column() -> None:
    places = [Place("b", 1, 1), Place("a", 10, 1), Place("a", 9, 5), Place("a", 9, 4)]
    assert sorted(places) == [Place("a", 9, 4), Place("a", 9, 5), Place("a", 10, 1), Place("b", 1, 1)]


@pytest.mark.parametrize(
    ("path", "where"),
    [
        (("title",), "1:8"),
        (("steps",), "3:3"),
        (("steps", 0), "3:5"),
        (("steps", 0, "text"), "3:11"),
        (("steps", 3, "rules", 0, "why"), "12:26"),
    ],
)
def test_a_path_leads_to_the_place_of_its_value(mapping: LocatedMapping, path, where: str) -> None:
    assert str(place_of(mapping, path)) == f"x.yml:{where}"


def test_on_request_a_path_leads_to_its_last_key(mapping: LocatedMapping) -> None:
    assert str(place_of(mapping, ("steps", 3, "rules"), key=True)) == "x.yml:12:5"


@pytest.mark.parametrize(
    "path", [("steps", 0, "none"), ("steps", 0, "figure", "alt"), ("steps", 9), ("title", "none", 3)]
)
def test_a_path_that_leads_nowhere_ends_at_the_last_part_that_exists(mapping: LocatedMapping, path) -> None:
    known = {"steps": "3:5", "title": "1:8"}[path[0]] if path != ("steps", 9) else "3:3"
    assert str(place_of(mapping, path)) == f"x.yml:{known}"


def test_a_word_inside_a_block_is_found(mapping: LocatedMapping) -> None:
    step = mapping["steps"][0]
    place = step.value_places["text"]
    assert str(place.within(step["text"], step["text"].index("two"))) == "x.yml:4:11"
    assert str(place.within(step["text"], step["text"].index("Three"))) == "x.yml:6:7"


@pytest.mark.parametrize("index", [1, 2])
def test_inside_any_other_text_the_place_is_that_of_the_text(mapping: LocatedMapping, index: int) -> None:
    step = mapping["steps"][index]
    assert step.value_places["text"].within(step["text"], 5) == step.value_places["text"]


def test_a_block_at_the_very_end_without_a_line_break_is_found() -> None:
    mapping, _ = read_bytes(b"text: |\n  a word", "x.yml")
    assert mapping is not None
    assert str(mapping.value_places["text"].within(mapping["text"], 2)) == "x.yml:2:5"


def test_what_was_not_read_from_a_file_has_an_empty_group() -> None:
    assert place_of(LocatedMapping(Place("x.yml")), ("a", 1)) == Place("x.yml")


# ------------------------------------------------------------- packed in JSON


def everything(value: Any) -> Any:
    """A value with all that it knows of places."""
    if isinstance(value, LocatedMapping):
        places = [(place, place.block) for place in (*value.key_places.values(), *value.value_places.values())]
        inner = {key: everything(entry) for key, entry in value.items()}
        return "mapping", value.place, value.end_line, value.flow, inner, [*value.key_places], places
    if isinstance(value, LocatedSequence):
        places = [(place, place.block) for place in value.item_places]
        return "list", value.place, value.end_line, [everything(entry) for entry in value], places
    return value


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("modules/**/*.yml"))[::6], ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_what_was_packed_comes_back_with_all_its_places(path: Path) -> None:
    found, _ = read_bytes(path.read_bytes(), "x.yml")
    assert found is not None
    back = unpacked("x.yml", json.loads(json.dumps(packed(found))))
    assert type(back) is LocatedMapping
    assert everything(back) == everything(found)


def test_what_was_packed_has_places_and_nothing_else_besides(mapping: LocatedMapping) -> None:
    back = unpacked("x.yml", packed(mapping))
    assert back.value_places["steps"] == mapping.value_places["steps"]
    assert not hasattr(back, "no_such_thing")
