"""What holds for every rule: its row is complete, its bad example breaks it and its good one keeps it."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from alongside.files.problems import Problem
from alongside.reports.problems import as_text
from alongside.rules import RETIRED_CODES, RULES, RULES_BY_CODE
from alongside.rules.engine import calibration, check_curriculum
from alongside.rules.rule import Rule
from alongside.rules.waivers import FIRM

EVERY_RULE = pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.code}-{rule.name}")
#: Rules of settings and of the built site have no curriculum for an example; see test_settings.py, render/, test_changes.py and importers/.
ELSEWHERE = {"settings", "site", "history", "import"}
EVERY_EXAMPLE = pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.scope not in ELSEWHERE], ids=lambda rule: f"{rule.code}-{rule.name}"
)


def errors_in(world) -> list[Problem]:
    return [problem for problem in world.problems if problem.severity == "error"]


@EVERY_EXAMPLE
def test_the_bad_example_breaks_the_rule(rule: Rule, found, world_of) -> None:
    problems = found(rule.code, rule.document.bad)
    assert problems, "nothing was found"
    for problem in problems:
        assert problem.place.file.startswith(("modules/", "mkdocs.yml", "bundled:modules/", ".alongside/")), (
            problem.place
        )
        assert problem.message and not problem.message.endswith(". "), problem.message
    if rule.check:
        assert errors_in(world_of(rule.scope, rule.document.bad)) == [], "the files cannot be read"


@pytest.mark.slow
@EVERY_EXAMPLE
def test_the_good_example_keeps_the_rule(rule: Rule, found, world_of) -> None:
    problems = found(rule.code, rule.document.good)
    assert problems == [], as_text(problems)
    assert errors_in(world_of(rule.scope, rule.document.good)) == [], "the files cannot be read"


@EVERY_RULE
def test_a_row_is_complete(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]\d{3}", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert rule.document.label and not rule.document.label.endswith(".")
    assert rule.document.bad.strip() and rule.document.good.strip() and rule.document.bad != rule.document.good
    assert rule.document.advice[0].isupper() and rule.document.advice.rstrip("”)")[-1] in ".?"
    assert 2 <= len(re.findall(r"[.?][”)]*(?=\s|$)", rule.document.advice)) <= 6, "two to four sentences"


def test_codes_and_names_are_unique() -> None:
    assert [code for code, times in Counter(rule.code for rule in RULES).items() if times > 1] == []
    assert [name for name, times in Counter(rule.name for rule in RULES).items() if times > 1] == []


def test_no_retired_code_is_used_again() -> None:
    assert not RETIRED_CODES.intersection(rule.code for rule in RULES)


def test_the_small_curriculum_breaks_no_rule(a_curriculum) -> None:
    """Whatever a test finds is therefore there because of what it changed."""
    world = a_curriculum()
    problems = [*world.problems, *check_curriculum(world.curriculum)]
    assert problems == [], as_text(problems)


def test_calibration_counts_what_was_found_and_what_was_waived(world_of) -> None:
    waived = "lint: {allow: [Q143], why: It is a joke that nobody believes.}\n"
    rule = RULES_BY_CODE["Q143"]
    counted = calibration(world_of(rule.scope, rule.document.bad).curriculum)
    assert set(counted) == {rule.code for rule in RULES}
    assert counted["Q143"] == (1, 0)
    assert calibration(world_of(rule.scope, rule.document.bad + waived).curriculum)["Q143"] == (1, 1)


def test_a_firm_rule_holds_in_spite_of_a_waiver_and_of_a_text_that_is_not_written_yet(a_curriculum) -> None:
    deep = "> " * 9 + "(write here: a quotation)"
    world = a_curriculum(
        {
            "modules/listening/hearing.yml": "title: Hear\nsummary: Short.\nobjectives: [reflect]\nskill: false\n"
            f"lint: {{allow: [T111], why: I like it.}}\nsteps:\n  - text: |\n      {deep}\n"
        }
    )
    assert world.loaded
    codes = {problem.code for problem in check_curriculum(world.loaded)}
    assert {"T111", "M122"} <= codes
    assert RULES_BY_CODE.keys() >= FIRM
    assert all(RULES_BY_CODE[code].can_stop for code in FIRM)
