"""What safety.yml says holds in every module: one stance, one side of the key."""

from __future__ import annotations

import pytest
import yaml

from alongside.authoring.packs import pack
from alongside.build import gather
from alongside.files.problems import Problem
from alongside.render.site import SiteRenderer
from alongside.rules import RULES_BY_CODE
from alongside.rules.engine import check_curriculum
from tests.conftest import BASE

QUIZ = BASE["modules/listening/quiz.yml"]
LIMIT, PROMISE = "no-secrecy/say-limit", "no-secrecy/promise"
CONFIGURATION = "site_name: Test\nplugins:\n  - alongside: {layers: [.]}\n"
CODES = ("R246", "R247", "Y130", "Y131", "Y132", "Y133", "Y134", "Y135")


@pytest.fixture
def problems(a_curriculum):
    """What the safety rules find in the small curriculum with some files replaced."""

    def find(files: dict[str, str]) -> list[Problem]:
        world = a_curriculum(files)
        return check_curriculum(world.curriculum, [RULES_BY_CODE[code] for code in CODES])

    return find


def test_an_act_that_breaks_a_rule_is_never_right(problems) -> None:
    [problem] = problems({"modules/listening/quiz.yml": QUIZ.replace(LIMIT, f"{LIMIT}, {PROMISE}")})
    assert (problem.code, problem.severity) == ("Y130", "error")
    assert '"limit" is right, and its stance "no-secrecy/promise" breaks a safety rule' in problem.message


def test_an_act_that_keeps_a_rule_is_never_wrong(problems) -> None:
    [problem] = problems({"modules/listening/quiz.yml": QUIZ.replace(PROMISE, LIMIT)})
    assert '"promise" is wrong, and its stance "no-secrecy/say-limit" keeps a safety rule' in problem.message


def test_an_option_that_is_poor_for_another_reason_names_no_stance(problems) -> None:
    assert problems({"modules/listening/quiz.yml": QUIZ.replace(f"        stances: [{PROMISE}]\n", "")}) == []


@pytest.mark.parametrize("sign", ["promise you won't tell", "PROMISE YOU WON’T TELL", "promise  you won’t\n      tell"])
def test_signs_are_found_however_they_are_typed(problems, sign: str) -> None:
    quiz = QUIZ.replace("Promise you won’t tell", sign).replace("    safety: [no-secrecy]\n", "")
    for stance in (LIMIT, PROMISE):
        quiz = quiz.replace(f"        stances: [{stance}]\n", "")
    assert {problem.code for problem in problems({"modules/listening/quiz.yml": quiz})} == {"Y134", "R247"}


def test_a_stance_in_an_option_names_its_rule_too(problems) -> None:
    quiz = QUIZ.replace("    safety: [no-secrecy]\n", "")
    assert problems({"modules/listening/quiz.yml": quiz}) == []


def test_part_of_a_word_is_no_sign(problems) -> None:
    safety = BASE["modules/safety.yml"].replace("promise you won’t tell", "tell a")
    quiz = QUIZ.replace("    safety: [no-secrecy]\n", "").replace("Someone says", "They tell all and say")
    assert problems({"modules/listening/quiz.yml": quiz, "modules/safety.yml": safety}) == []


def test_an_unknown_stance_is_an_error_that_names_the_nearest(problems) -> None:
    found = problems({"modules/listening/quiz.yml": QUIZ.replace(LIMIT, "no-secrecy/say-limits")})
    assert [problem.code for problem in found] == ["R246", "Y132"]
    assert 'has no stance "say-limits", did you mean "say-limit"?' in found[0].message


def test_saved_answers_stay_as_they_are_when_a_rule_is_named(a_curriculum) -> None:
    named = a_curriculum().curriculum
    quiz = "\n".join(line for line in QUIZ.split("\n") if "stances: [" not in line and "safety: [" not in line)
    bare = a_curriculum({"modules/listening/quiz.yml": quiz}).curriculum
    questions = zip(named.modules["listening"].questions, bare.modules["listening"].questions, strict=True)
    assert all(one.fingerprint() == other.fingerprint() for one, other in questions)


@pytest.mark.slow
def test_a_key_shows_the_words_of_the_rule(a_site) -> None:
    site = a_site({"mkdocs.yml": CONFIGURATION})
    gathered = gather(site / "mkdocs.yml", rules=())
    assert gathered.curriculum is not None
    project = gathered.project
    pages = {
        page.url: page.body
        for page in SiteRenderer(gathered.curriculum, project.settings, project.template_folders).pages()
    }
    assert "Don’t promise to keep a secret. Say whom you would tell." in pages["listening/quiz/"]
    assert 'href="site:safety/#safety-no-secrecy"' in pages["listening/quiz/"]
    assert 'id="safety-no-secrecy"' in pages["safety/"]


def test_a_pack_holds_the_safety_rules_that_its_modules_name(a_site) -> None:
    site = a_site({"mkdocs.yml": CONFIGURATION})
    gathered = gather(site / "mkdocs.yml", rules=())
    assert gathered.curriculum is not None
    files = pack(gathered.project, gathered.curriculum, ["listening"])
    assert yaml.safe_load(files["modules/safety.yml"]).keys() == {"no-secrecy"}
