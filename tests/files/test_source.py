"""Reading YAML: every scalar stays text, everything has its place, and hostile files are refused at little cost."""

from __future__ import annotations

import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.files.located import LocatedMapping
from alongside.files.problems import Problem
from alongside.files.source import MAX_BYTES, read_bytes, read_file


def read(text: str | bytes, **options: bool) -> LocatedMapping:
    mapping, problems = read_bytes(text if isinstance(text, bytes) else text.encode(), "a.yml", **options)
    assert mapping is not None, problems
    assert problems == []
    return mapping


def refused(text: str | bytes) -> Problem:
    mapping, problems = read_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"), "a.yml")
    assert mapping is None
    (problem,) = problems
    return problem


@pytest.mark.parametrize(
    "written",
    [
        "no",
        "on",
        "12:30",
        "3.10",
        "1_000",
        "0o17",
        "017",
        "2026-11-20",
        "0000-01-01",
        "1e3",
        "=",
        "yes",
        "NULL",
        "Null",
        ".inf",
    ],
)
def test_a_scalar_stays_the_text_that_was_written(written: str) -> None:
    assert read(f"key: {written}\n") == {"key": written}


@pytest.mark.parametrize("written", ["", " ~", " null", "  # a remark"])
def test_nothing_written_is_nothing(written: str) -> None:
    assert read(f"key:{written}\n") == {"key": None}


@pytest.mark.parametrize("written", ['""', "''", '"null"', "'~'"])
def test_quotation_marks_make_a_text(written: str) -> None:
    assert read(f"key: {written}\n") == {"key": written[1:-1]}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(end: str) -> None:
    mapping = read(f"a: 1{end}b: |{end}  x{end}  y{end}")
    assert mapping == {"a": "1", "b": "x\ny\n"}
    assert str(mapping.key_places["b"]) == "a.yml:2:1"


def test_a_byte_order_mark_at_the_start_takes_up_no_column() -> None:
    assert str(read("\ufeffa: 1\n".encode()).value_places["a"]) == "a.yml:1:4"


def test_columns_count_characters() -> None:
    assert str(read("{é: 🙂, b: x}\n").value_places["b"]) == "a.yml:1:11"


def test_letters_that_join_others_are_no_mistake() -> None:
    """Zero-width joiners spell Persian words and hold some emoji together."""
    assert read("a: می\u200cخواهم 👩\u200d🏫\n") == {"a": "می\u200cخواهم 👩\u200d🏫"}


def test_keys_are_compared_in_composed_form() -> None:
    _, problems = read_bytes("é: 1\ne\u0301: 2\n".encode(), "a.yml")
    assert [problem.code for problem in problems] == ["L105"]


def test_of_a_key_that_stands_twice_the_first_value_counts() -> None:
    mapping, problems = read_bytes(b"a: 1\na: 2\n", "a.yml")
    assert mapping == {"a": "1"}
    assert [str(problem.place) for problem in problems] == ["a.yml:2:1"]


def test_a_group_ends_on_its_own_last_line() -> None:
    """Waivers reach as far as their element, so one of them must not reach the element after it."""
    mapping = read("a:\n  - b: 1\n    c: 2\n\n  - b: {x: [1,\n      2]}\n\nd: |\n  x\n  y\n")
    assert [entry.end_line for entry in mapping["a"]] == [3, 6]
    assert mapping["a"].end_line == 6
    assert mapping["a"][1]["b"].end_line == 6
    assert mapping.end_line == 10


def test_a_group_in_curly_brackets_knows_that_it_is() -> None:
    mapping = read("a: {b: c}\nd:\n  e: f\n")
    assert (mapping["a"].flow, mapping["d"].flow, mapping.flow) == (True, False, False)


def test_a_remark_with_two_spaces_before_it_is_no_mistake() -> None:
    assert read("a: x  # why\n# all of it\nb: 'y #z'\n") == {"a": "x", "b": "y #z"}


def test_a_remark_in_a_list_is_no_mistake() -> None:
    assert read("a:  # letters\n  - b  # the second\n  - c\n") == {"a": ["b", "c"]}


def test_tags_of_the_site_engine_are_passed_over_on_request() -> None:
    mapping = read("a: !ENV [X, y]\nb: !!python/object/apply:os.system {c: d}\ne: !!python/name:x.y\n", tags=[])
    assert mapping == {"a": ["X", "y"], "b": {"c": "d"}, "e": None}


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path) -> None:
    mapping, (problem,) = read_file(tmp_path, "modules/x.yml")
    assert mapping is None
    assert (problem.code, str(problem.place)) == ("L101", "modules/x.yml:1:1")


def nested(opening: str, closing: str, depth: int) -> str:
    return f"a: {opening * depth}x{closing * depth}\n"


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(c)}: &{chr(c)} [{', '.join(['*' + chr(c - 1)] * 9)}]\n" for c in range(98, 106)
)
MERGE = "a: &a {x: 1}\n" + "".join(
    f"{chr(c)}: &{chr(c)} {{<<: [{', '.join(['*' + chr(c - 1)] * 9)}]}}\n" for c in range(98, 106)
)
HOSTILE = {
    "30 kB of brackets": ("a: " + "[" * 30_000, "L109"),
    "30 kB of curly brackets": ("a: " + "{" * 30_000, "L109"),
    "100,000 lists deep": (nested("[", "]", 100_000), "L109"),
    "100,000 dashes deep": ("a:\n  " + "- " * 100_000 + "x\n", "L109"),
    "21 levels of keys": ("".join("  " * n + "a:\n" for n in range(21)), "L109"),
    "as many values as fit": ("a: [" + "x," * 120_000 + "]\n", "L109"),
    "as many keys as fit": ("".join(f"k{n}:\n" for n in range(30_000)), "L109"),
    "aliases that multiply": (BOMB, "L106"),
    "merge keys that multiply": (MERGE, "L106"),
    "a merge key without an alias": ("a: {<<: {b: c}}\n", "L112"),
    "an alias of itself": ("a: &a [*a]\n", "L106"),
    "a tag that runs a program": ("a: !!python/object/apply:os.system [echo]\n", "L107"),
    "a text of the largest size": ("a: " + "x" * (MAX_BYTES - 4) + "\n", "L109"),
    "a quotation that is never closed": ('a: "' + "x \\\n" * 60_000, "L104"),
    "quotation marks only": ('a: "' + '" "' * 80_000, "L104"),
    "colons only": ("a: " + "b: " * 80_000, "L104"),
    "lines that end a block": ("a: |\n" + "   x\n" * 25_000 + " y\n", "L104"),
    "lines after an open quotation": ("a: 'x\n" + "b: c\n" * 12_000 + "d: 'e'\n", "L104"),
    "one byte too many": ("#" * (MAX_BYTES + 1), "L109"),
    "nulls": ("\0" * 1000, "L102"),
    "one null": ("title: a\0b\n", "L110"),
    "half a surrogate pair": ("title: \ud800\n", "L102"),
    "an escaped surrogate": ('title: "\\ud800"\n', "L104"),
    "no character at all": ("title: \uffff\n", "L110"),
    "a prototype": ("constructor: x\n", "L112"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("text", "code"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_in_no_time(text: str, code: str) -> None:
    start = time.process_time()
    assert refused(text).code == code
    assert time.process_time() - start < 3


def test_a_hostile_file_takes_little_memory() -> None:
    tracemalloc.start()
    try:
        refused(BOMB)
        refused("a: " + "[" * 30_000)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_many_keys_that_stand_twice_are_all_reported() -> None:
    _, problems = read_bytes(b"a: 1\n" * 5_000, "a.yml")
    assert len(problems) == 4_999


@pytest.mark.slow
@given(st.text(alphabet="ab:-[]{}\"'#&*!|>%@`,? \n\t\\.~<=é\u200b\ufeff", max_size=60))
@settings(max_examples=150, deadline=None, database=None)
def test_no_text_brings_the_reader_down(text: str) -> None:
    mapping, problems = read_bytes(text.encode(), "a.yml")
    assert mapping is not None or len(problems) == 1
    lines = text.replace("\r", "\n").split("\n")
    for problem in problems:
        assert problem.message and (problem.expected or problem.fix)
        assert 1 <= problem.place.line <= len(lines) + 1


@pytest.mark.slow
@given(st.binary(max_size=60))
@settings(max_examples=100, deadline=None, database=None)
def test_no_bytes_bring_the_reader_down(content: bytes) -> None:
    mapping, problems = read_bytes(content, "a.yml")
    assert mapping is not None or len(problems) == 1
