"""Problems as GitHub annotations and SARIF. The text and JSON forms are tested in test_problems.py."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from alongside.checks import RULES
from alongside.located import Place
from alongside.problems import Problem
from alongside.reports import FORMATS, as_github, as_sarif, seen_from

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


def test_sarif_of_every_rule_is_valid_and_has_its_help() -> None:
    log = json.loads(as_sarif(Problem(rule.code, rule.severity, rule.label, PLACE) for rule in RULES))
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
