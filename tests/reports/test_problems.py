"""Problems as GitHub annotations and SARIF. The text and JSON forms are tested in test_problems.py."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from alongside.files.located import Place
from alongside.files.problems import Problem
from alongside.reports.problems import FORMATS, LONGEST, MOST_ALIKE, as_github, as_sarif, folded, seen_from
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


@pytest.mark.parametrize("form", FORMATS)
def test_many_of_one_kind_are_counted_and_not_shown_one_by_one(form: str) -> None:
    said = FORMATS[form](alike(4_000))
    assert len(said) < 60_000
    assert "and 3,950 more of the same kind in this file" in said
    assert said.count("unknown key") == MOST_ALIKE


@pytest.mark.parametrize("form", FORMATS)
def test_what_differs_in_kind_or_file_is_shown_in_full(form: str) -> None:
    other = [replace(problem, place=replace(problem.place, file="b.yml")) for problem in alike(MOST_ALIKE)]
    said = FORMATS[form]([*alike(MOST_ALIKE), *other, *alike(1, code="M102")])
    assert said.count("unknown key") == 2 * MOST_ALIKE + 1
    assert "more of the same kind" not in said
    assert FORMATS[form](alike(MOST_ALIKE + 1)).count("unknown key") == MOST_ALIKE + 1


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_that_is_said_is_longer_than_anybody_reads(form: str) -> None:
    long = "x" * 100_000
    assert len(FORMATS[form](alike(1, message=long, expected=long, fix=f"{long}\n{long}"))) < 4 * LONGEST + 4_000


def test_a_count_is_an_error_where_one_that_it_counts_is() -> None:
    mixed = [*alike(MOST_ALIKE + 5, severity="warning"), *alike(1)]
    assert [problem.severity for problem in folded(mixed)].count("error") == 1
