"""Paths and ids written to reach outside their module: every one is an error, and none is published."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from alongside.files.problems import Problem
from alongside.rules.references import links

pytestmark = pytest.mark.slow

PATHS = [
    "../secret.png",
    "media/../../secret.png",
    "media/../../../etc/passwd",
    "./../secret.png",
    "media/./../../x.png",
    "..",
    ".",
    "/",
    "/etc/passwd",
    "//host/share/x.png",
    "///etc/passwd",
    "\\\\host\\share\\x.png",
    "..\\secret.png",
    "media\\..\\..\\x.png",
    "C:/Windows/x.png",
    "C:\\Windows\\x.png",
    "c:x.png",
    "file:///etc/passwd",
    "http://example.org/x.png",
    "https://example.org/x.png",
    "data:image/png;base64,AA==",
    "javascript:alert(1)",
    "media/%2e%2e/%2e%2e/x.png",
    "%2e%2e/x.png",
    "media/..%2f..%2fx.png",
    "media/%5c..%5cx.png",
    "media/x.png%00.svg",
    "media/\u2025/x.png",
    "media/\uff0e\uff0e/x.png",
    "media/x.png\u200b",
    "media/\u202egnp.x",
    "media/CON",
    "media/nul.png",
    "media/com1.png",
    "media/LPT1.svg",
    "media/aux.mp3",
    "media/x.png.",
    "media/x.png ",
    " media/x.png",
    "media/ladder.SVG",
    "MEDIA/ladder.svg",
    "media//ladder.svg",
    "media/ladder.svg/",
    "media/ladder.svg?x",
    "media/ladder.svg#x",
    "media/.hidden.png",
    "media/.git/config",
    "~/x.png",
    "$HOME/x.png",
    "media/*",
]
#: That a file is not there would be said of most of these in any case, so it does not count.
MISSING = "R218"
QUOTED = {path: path.replace("'", "''") for path in [*PATHS, "../outside.svg"]}


def with_figure(path: str) -> dict[str, str]:
    return {
        "modules/listening/hearing.yml": "title: Hear\nobjectives: [reflect]\nskill: false\nsummary: Short.\nsteps:\n"
        f"  - text: Hear.\n  - figure: {{src: '{QUOTED[path]}', alt: A ladder of three steps.}}\n"
    }


def refusals(problems: list[Problem]) -> set[str]:
    """Codes of the errors that say what is wrong with a path itself: references, privacy and what the reader lets through."""
    codes = {problem.code for problem in problems if problem.severity == "error"}
    return {code for code in codes if code[0] in "RYL"} - {MISSING}


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_leads_elsewhere_is_an_error(a_curriculum: Callable, problems_of: Callable, path: str) -> None:
    assert refusals(problems_of(a_curriculum(with_figure(path)))), path


def test_the_path_of_a_file_that_is_there_is_none(a_curriculum: Callable, problems_of: Callable) -> None:
    QUOTED["media/ladder.svg"] = "media/ladder.svg"
    found = [
        problem for problem in problems_of(a_curriculum(with_figure("media/ladder.svg"))) if "ladder" in problem.message
    ]
    assert [problem for problem in found if problem.severity == "error"] == []


def test_the_corpus_would_notice_a_check_that_lets_every_path_pass(
    a_curriculum: Callable, problems_of: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = "../outside.svg"
    files = {**with_figure(path), "modules/outside.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"}
    assert any("climbs with" in problem.message for problem in problems_of(a_curriculum(files)))
    monkeypatch.setattr(links, "_unsafe", lambda path, place: "")
    assert refusals(problems_of(a_curriculum(files))) == set()


IDS = [
    "../x",
    "a/b",
    "A",
    "a b",
    "é",
    "-a",
    "a_b",
    "__proto__",
    "a.b",
    "a" * 101,
    "..",
    "%2e",
    "<b>",
    "a\u200b",
]


@pytest.mark.slow
@pytest.mark.parametrize("name", IDS)
def test_an_id_that_is_no_plain_name_is_an_error(a_curriculum: Callable, problems_of: Callable, name: str) -> None:
    text = f"title: Check\nquestions:\n  - kind: short_text\n    id: '{name}'\n    prompt: Which word?\n    objectives: [reflect]\n    accept: [yes]\n    feedback: It is the word that we use for it here.\n    otherwise: Think of what a mirror does with your words.\n"
    world = a_curriculum({"modules/listening/quiz.yml": text})
    assert any(problem.severity == "error" for problem in problems_of(world)), name


def test_the_corpus_is_large() -> None:
    assert len(PATHS) + len(IDS) >= 40
    assert len(set(PATHS)) == len(PATHS)
