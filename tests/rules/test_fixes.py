"""Whoever writes what a message offers has mended what it is about, and broken nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

import pytest

from alongside.build import gather
from alongside.files.problems import ContentError, Problem
from alongside.reports.problems import as_text
from alongside.rules import RULES
from alongside.rules.engine import check_curriculum
from alongside.rules.rule import Rule
from tests.conftest import Files, placed
from tests.rules.fixing import mended, written
from tests.rules.test_rules import ELSEWHERE
from tests.test_errors import CASES, CONFIGURATION, Case, seen

pytestmark = pytest.mark.slow
WITH_EXAMPLE = [rule for rule in RULES if rule.scope not in ELSEWHERE]
#: Groups of rules.
ALL, READING = "AILMPQRSTY", "LM"
#: Finds what is wrong with files.
Check = Callable[[Files], list[Problem]]


def codes(problems: Iterable[Problem], groups: str) -> Counter[str]:
    return Counter(problem.code for problem in problems if problem.code[0] in groups)


def remains(files: Files, check: Check, problem: Problem, *, groups: str) -> str:
    """What is wrong after each way of doing what a problem has one write; nothing if one of them mends it.

    Only what belongs to the groups counts as new: of a file that could not be read before, rules had nothing to say,
    and nothing said what else was missing in it.
    """
    before, file = check(files), problem.place.file
    tried = []
    for text in mended(files.get(file) or "", problem):
        after = check({**files, file: text})
        left = [p for p in after if (p.code, p.message) == (problem.code, problem.message)]
        new = codes(after, groups) - codes(before, groups)
        if groups == READING:
            del new["M102"]
        if len(left) < sum((p.code, p.message) == (problem.code, problem.message) for p in before) and not new:
            return ""
        tried.append(f"{text}\n{as_text(after)}")
    return f"{as_text([problem])}\n\n" + "\n---\n".join(tried)


@pytest.mark.parametrize("rule", WITH_EXAMPLE, ids=lambda rule: f"{rule.code}-{rule.name}")
def test_what_a_rule_has_one_write_mends_its_bad_example(rule: Rule, a_curriculum) -> None:
    def check(files: Files) -> list[Problem]:
        world = a_curriculum(files)
        return [*world.problems, *(check_curriculum(world.loaded) if world.loaded else [])]

    files = placed(rule.scope, rule.document.bad)
    for problem in check(files):
        if problem.code == rule.code and written(problem.fix) is not None:
            assert not remains(files, check, problem, groups=ALL if rule.check else READING)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_a_message_has_one_write_mends_a_broken_file(case: Case, a_site) -> None:
    def check(files: Files) -> list[Problem]:
        site = a_site(files)
        try:
            return list(gather(site / "mkdocs.yml", rules=()).problems)
        except ContentError as error:
            return list(error.problems)

    files = {"mkdocs.yml": CONFIGURATION} | {path: text and seen(text) for path, text in case.files.items()}
    for problem in check(files):
        if problem.place.file in files and written(problem.fix) is not None:
            assert not remains(files, check, problem, groups=READING)
