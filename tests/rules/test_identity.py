"""Earlier ids, by which saved work is found, also where something stood in another module."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from alongside.files.problems import Problem
from alongside.rules import RULES_BY_CODE
from alongside.rules.engine import check_curriculum
from tests.conftest import BASE, World
from tests.two_modules import LISTENING, gone, pausing

pytestmark = pytest.mark.slow


@pytest.fixture
def judged(a_curriculum: Callable[..., World]) -> Callable[[dict[str, str | None]], list[Problem]]:
    rules = [RULES_BY_CODE[code] for code in ("M132", "M133")]
    return lambda files: list(check_curriculum(a_curriculum(files).curriculum, rules))


FROM = "listening/waiting"


def test_what_went_to_another_module_says_so(judged: Callable[..., list[Problem]]) -> None:
    assert judged({**gone(), **pausing(lesson=FROM, waiting_order="listening/waiting-order")}) == []


@pytest.mark.parametrize(
    "formerly", [{"lesson": FROM}, {"waiting_order": "listening/waiting-order"}, {"waiting_guess": "pausing/waiting-guess"}]
)  # fmt: skip
def test_an_earlier_id_in_another_module_is_free(
    judged: Callable[..., list[Problem]], formerly: dict[str, str]
) -> None:
    [found] = judged(pausing(**formerly))
    assert (found.code, found.place.file) == ("M132", "modules/pausing/waiting.yml")


def test_an_earlier_name_of_the_other_module_means_the_same(judged: Callable[..., list[Problem]]) -> None:
    renamed = {f"{LISTENING}module.yml": f"{BASE[f'{LISTENING}module.yml']}formerly: [hearing-out]\n"}
    [found] = judged({**pausing(lesson="hearing-out/waiting"), **renamed})
    assert found.code == "M132"
    both = {**pausing(lesson=f"hearing-out/pauses, {FROM.replace('waiting', 'pauses')}"), **renamed}
    assert judged(both) == [], "one lesson may name a module by each name that it had"


def test_two_modules_cannot_claim_the_same(judged: Callable[..., list[Problem]]) -> None:
    claims = {f"{LISTENING}hearing.yml": f"{BASE[f'{LISTENING}hearing.yml']}formerly: [pauses]\n"}
    [found] = judged({**pausing(lesson="listening/pauses"), **claims})
    assert found.code == "M133"


@pytest.mark.parametrize("wrong", ["a/b/c", "/a", "a/", "A/b", "a//b"])
def test_another_module_is_named_in_one_way(a_curriculum: Callable[..., World], wrong: str) -> None:
    world = a_curriculum(pausing(lesson=f'"{wrong}"'))
    assert [problem.place.file for problem in world.problems] == ["modules/pausing/waiting.yml"]
