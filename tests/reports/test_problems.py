"""Problems as GitHub annotations and SARIF. The text and JSON forms are tested in test_problems.py."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from alongside.files.located import Place
from alongside.files.problems import Problem
from alongside.reports.problems import (
    FORMATS,
    LONGEST,
    MOST_ALIKE,
    MOST_EQUAL,
    MOST_LISTED,
    as_github,
    as_sarif,
    as_text,
    folded,
    in_lines,
    seen_from,
)
from alongside.rules import RULES

SCHEMA = json.loads((Path(__file__).parent / "sarif/sarif-schema-2.1.0.json").read_text("utf-8"))

PLACE = Place("modules/my topic/quiz.yml", 42, 7)
PROBLEM = Problem(
    "Q103", "error", 'option "b" has no feedback', PLACE, "one to three sentences", "feedback: …\nor more"
)
HOSTILE = Problem("T108", "info", "50%\r\n::stop-commands::x\x1b[31m", Place("a:b,c%.yml"), "", "")


def results(*problems: Problem) -> list[dict]:
    return json.loads(as_sarif(problems))["runs"][0]["results"]


def test_an_annotation_names_file_line_column_and_code() -> None:
    assert as_github([PROBLEM]) == (
        "::error file=modules/my topic/quiz.yml,line=42,col=7,title=Q103::"
        'option "b" has no feedback%0Aexpected: one to three sentences%0Afix: feedback: …%0Aor more%0Amore: alongside explain Q103'
    )


def test_an_annotation_obeys_nothing_that_an_author_wrote() -> None:
    line = as_github([HOSTILE])
    assert line.startswith("::notice file=a%3Ab%2Cc%25.yml,line=1,col=1,title=T108::50%25")
    assert not set("\n\r\x1b").intersection(line)


def test_each_problem_is_one_line() -> None:
    assert len(as_github([PROBLEM, HOSTILE]).splitlines()) == 2
    assert as_github([]) == ""


@pytest.mark.parametrize("problems", [[], [PROBLEM], [PROBLEM, HOSTILE, PROBLEM]])
def test_sarif_is_valid(problems: list[Problem]) -> None:
    jsonschema.Draft4Validator(SCHEMA).validate(json.loads(as_sarif(problems)))


@pytest.mark.slow
def test_sarif_of_every_rule_is_valid_and_has_its_help() -> None:
    log = json.loads(as_sarif(Problem(rule.code, rule.severity, rule.document.label, PLACE) for rule in RULES))
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    run = log["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [rule.code for rule in RULES]
    assert all(rule["help"]["markdown"].count("```") == 4 for rule in run["tool"]["driver"]["rules"])
    assert all(
        run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"]
    )


def test_a_fingerprint_stays_when_lines_are_added_above() -> None:
    lower = Problem("Q103", "error", PROBLEM.message, Place(PLACE.file, 99, 7))
    assert results(PROBLEM)[0]["partialFingerprints"] == results(lower)[0]["partialFingerprints"]


def test_fingerprints_tell_apart_what_looks_alike() -> None:
    twice = results(PROBLEM, Problem("Q103", "error", PROBLEM.message, Place(PLACE.file, 99, 7)))
    assert len({result["partialFingerprints"]["alongside/v1"] for result in twice}) == 2


def test_a_path_in_sarif_is_a_relative_address() -> None:
    location = results(HOSTILE)[0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "a%3Ab%2Cc%25.yml"
    assert location["region"] == {"startLine": 1, "startColumn": 1}


@pytest.mark.parametrize(
    ("file", "folder", "seen"),
    [
        ("modules/a.yml", ".", "modules/a.yml"),
        ("modules/a.yml", "sites/north", "sites/north/modules/a.yml"),
        ("../shared:modules/a.yml", "sites/north", "sites/shared/modules/a.yml"),
        ("bundled:modules/a.yml", "sites/north", "bundled:modules/a.yml"),
    ],
)
def test_paths_start_at_the_top_of_the_repository(file: str, folder: str, seen: str) -> None:
    assert seen_from([Problem("Q103", "error", "x", Place(file))], folder)[0].place.file == seen


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_can_say_that_nothing_is_wrong(form: str) -> None:
    assert isinstance(FORMATS[form]([]), str)


def alike(number: int, **changed: str) -> list[Problem]:
    problem = Problem("M101", "error", 'unknown key "a"', Place("a.yml"), "title", "delete the line")
    return [replace(problem, place=Place("a.yml", line), **changed) for line in range(1, number + 1)]


def different(number: int, **changed: str) -> list[Problem]:
    """Problems of one kind in one file of which none says the same as another."""
    return [replace(one, message=f'unknown key "a{one.place.line}"') for one in alike(number, **changed)]


PROGRAMS = sorted(FORMATS.keys() - {"text"})


@pytest.mark.slow
@pytest.mark.parametrize("form", PROGRAMS)
def test_programs_get_every_problem(form: str) -> None:
    assert FORMATS[form](alike(MOST_LISTED)).count("unknown key") == MOST_LISTED


@pytest.mark.slow
@pytest.mark.parametrize("form", PROGRAMS)
def test_thousands_of_one_kind_in_one_file_are_counted_with_what_shows_them(form: str) -> None:
    said = FORMATS[form](alike(4_000))
    assert "and 3,000 more of the same kind in this file, from here on: alongside check --all" in said
    assert said.count("unknown key") == MOST_LISTED


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_everything_is_shown_where_everything_is_wanted(form: str) -> None:
    said = FORMATS[form](alike(4_000), everything=True)
    assert said.count("unknown key") == 4_000
    assert "more of the same kind" not in said
    assert "also at" not in said


def test_people_see_once_what_is_said_many_times_with_how_often_and_how_to_see_each() -> None:
    other = [replace(problem, place=replace(problem.place, file="b.yml")) for problem in alike(MOST_ALIKE)]
    said = as_text([*alike(4), *other])
    assert said == (
        'a.yml:1:1  error M101  unknown key "a"\n'
        "    expected: title\n"
        "    fix:      delete the line\n"
        "    also at:  a.yml:2:1\n"
        "              a.yml:3:1\n"
        "              and 51 more in 2 files: alongside check --all\n"
        "    more:     alongside explain M101"
    )


@pytest.mark.parametrize("number", range(1, 9))
def test_no_finding_is_hidden_without_being_counted(number: int) -> None:
    mixed = [*alike(number), *alike(3, severity="warning"), *different(2), *alike(number, code="M102")]
    said = as_text(mixed)
    shown = (
        said.count("  error ")
        + said.count("  warning ")
        + len(re.findall(r"^ {4}also at:| {14}a\.yml", said, re.MULTILINE))
    )
    counted = sum(int(more) for more in re.findall(r"and (\d+) more", said))
    assert shown + counted == len(mixed)
    assert ("and" in said) == (number > MOST_EQUAL)


def test_many_different_ones_of_one_kind_are_counted_for_people_too() -> None:
    said = as_text(different(4_000))
    assert len(said) < 60_000
    assert "and 3,950 more of the same kind in this file, from here on: alongside check --all" in said


def test_errors_stand_before_warnings_and_each_in_the_order_of_places() -> None:
    problems = [
        replace(PROBLEM, severity=severity, place=Place("a.yml", line))
        for line, severity in enumerate(("info", "warning", "error", "warning", "error"), 1)
    ]
    shown = re.findall(r"^a\.yml:(\d)", as_text(problems), re.MULTILINE)
    assert shown == ["3", "5", "2", "4", "1"]
    assert re.findall(r"^a\.yml:(\d)", as_text(problems, everything=True), re.MULTILINE) == shown


def test_the_lines_of_a_log_are_joined_in_the_same_way() -> None:
    assert in_lines([*alike(40, severity="warning"), PROBLEM]) == [
        'modules/my topic/quiz.yml:42:7 Q103 option "b" has no feedback',
        'a.yml:1:1 M101 unknown key "a" (and 39 more)',
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_that_is_said_is_longer_than_anybody_reads(form: str) -> None:
    long = "x" * 100_000
    assert len(FORMATS[form](alike(1, message=long, expected=long, fix=f"{long}\n{long}"))) < 4 * LONGEST + 4_000


def test_a_count_is_an_error_where_one_that_it_counts_is() -> None:
    mixed = [*alike(MOST_LISTED + 5, severity="warning"), *alike(1)]
    assert [problem.severity for problem in folded(mixed)].count("error") == 1
