"""The one gate for release: what is unfinished is found wherever it would be published, and is an error with `release: true`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from alongside.build import _refresh, gather
from alongside.files.located import Place
from alongside.files.problems import Problem
from alongside.rules import RULES, RULES_BY_CODE
from alongside.rules.release import breaks, is_unfinished, judged
from tests.conftest import BASE

pytestmark = pytest.mark.slow

MARK = "(write here: something)"
CONFIGURATION = "site_name: Test\nplugins:\n  - alongside:\n      layers: [.]\n      release: {}\n"
GATE = (RULES_BY_CODE["T199"],)
MODULE, DRAWING = "modules/listening/module.yml", "modules/listening/media/ladder.svg"
#: Places of every kind, each with the file that holds it.
PLACES: dict[str, tuple[str, str]] = {
    "the name of the site": ("mkdocs.yml", f'site_name: "{MARK}"\n'),
    "the foot": ("mkdocs.yml", f'site_name: Test\ncopyright: "{MARK}"\n'),
    "local help": ("mkdocs.yml", f'plugins:\n  - alongside:\n      organisation: {{name: "{MARK}"}}\n'),
    "the curriculum": ("modules/curriculum.yml", BASE["modules/curriculum.yml"].replace("A small course", f'"{MARK}"')),
    "a track": ("modules/curriculum.yml", BASE["modules/curriculum.yml"].replace("The whole course", f'"{MARK}"')),
    "who wrote a source": (
        "modules/sources.yml",
        BASE["modules/sources.yml"].replace("Stivers, T., et al.", f'"{MARK}"'),
    ),
    "a person": ("modules/people.yml", BASE["modules/people.yml"].replace("Reads them with care.", f'"{MARK}"')),
    "a module": (MODULE, BASE[MODULE].replace("Listening first", f'"{MARK}"')),
    "the title of a page": ("content/about.md", f"# {MARK}\n\nUs.\n"),
    "the text of a page": ("content/about.md", f"# About\n\nWe are {MARK}.\n"),
    "capitals": ("content/about.md", "# About\n\n(Write here: who you are)\n"),
    "a line that was broken": ("content/about.md", "# About\n\nWe are (write\nhere: who you are).\n"),
    "a drawing": (DRAWING, BASE[DRAWING].replace("</svg>", f"<text>{MARK}</text></svg>")),
    "captions": ("modules/listening/media/talk.vtt", f"WEBVTT\n\n00:01.000 --> 00:02.000\n{MARK}\n"),
    "a file beside pages": ("content/assets/talk.vtt", f"WEBVTT\n\n00:01.000 --> 00:02.000\n{MARK}\n"),
    "a template of one’s own": ("theme/partials/foot.html", f"<footer>{MARK}</footer>\n"),
    "words of one’s own": ("theme/words/en.po", f'msgid "Home"\nmsgstr "{MARK}"\n'),
}


def found_in(site: Path) -> list[Problem]:
    return [problem for problem in gather(site / "mkdocs.yml", rules=GATE).problems if problem.code == "T199"]


#: The fast tests have the first of them.
FIRST = 4
EACH_PLACE = [pytest.param(name, marks=() if at < FIRST else pytest.mark.slow) for at, name in enumerate(PLACES)]


@pytest.mark.parametrize("name", EACH_PLACE)
def test_what_is_still_to_be_written_is_found_wherever_it_would_be_published(name: str, a_site: Any) -> None:
    file, text = PLACES[name]
    (problem,) = found_in(a_site({"mkdocs.yml": CONFIGURATION.format("false"), file: text}))
    assert (problem.place.file, problem.severity) == (file, "warning")
    lines = text.splitlines()
    assert "rite" in lines[problem.place.line - 1][problem.place.column - 1 :]


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name, (file, _) in PLACES.items() if file != "mkdocs.yml"])
def test_with_release_it_is_an_error(name: str, a_site: Any) -> None:
    file, text = PLACES[name]
    (problem,) = found_in(a_site({"mkdocs.yml": CONFIGURATION.format("true"), file: text}))
    assert problem.severity == "error"


def spots(text: str) -> Iterator[str]:
    """The file with the mark in the place of each value on a line of its own, one after the other."""
    lines = text.splitlines()
    for at, line in enumerate(lines):
        key, colon, value = line.partition(": ")
        if colon and value and value[0] not in "|>[{":
            yield "\n".join([*lines[:at], f'{key}: "{MARK}"', *lines[at + 1 :]]) + "\n"


@pytest.mark.slow
@pytest.mark.parametrize("file", [name for name in BASE if name.endswith(".yml")])
def test_no_value_of_any_file_can_hold_it_unseen(file: str, a_site: Any) -> None:
    """Whatever the field: where the model takes it, it is named, and where it does not, that is an error."""
    tried = 0
    for text in spots(BASE[file]):
        site = a_site({"mkdocs.yml": CONFIGURATION.format("true"), file: text})
        problems = [
            problem for problem in gather(site / "mkdocs.yml", rules=GATE).problems if problem.place.file == file
        ]
        assert [problem for problem in problems if problem.severity == "error"], text
        tried += 1
    assert tried


def test_what_the_site_does_not_show_is_not_asked(a_site: Any) -> None:
    """Only the module, page or entry that wins is published."""
    layers = CONFIGURATION.format("true").replace("[.]", "[below, .]")
    below = {
        "below/modules/listening/module.yml": PLACES["a module"][1],
        "below/modules/people.yml": PLACES["a person"][1],
        "below/content/about.md": PLACES["the text of a page"][1],
    }
    assert found_in(a_site({"mkdocs.yml": layers, "content/about.md": "# About\n\nUs.\n", **below})) == []


def test_no_waiver_lets_it_through(a_site: Any) -> None:
    waived = PLACES["a module"][1] + "lint: {allow: [T199], why: It is late.}\n"
    problems = gather(
        a_site({"mkdocs.yml": CONFIGURATION.format("true"), MODULE: waived}) / "mkdocs.yml", rules=GATE
    ).problems
    assert {"T199", "M122"} <= {problem.code for problem in problems}


def test_the_gate_is_the_same_for_everything_that_means_unfinished() -> None:
    gate = {rule.code for rule in RULES if rule.at_release}
    assert gate == {"R245", "R260", "R261", "T199", "Y120", "Y122"}
    problems = [Problem(rule.code, rule.severity, "x", Place("a.yml")) for rule in RULES]
    released = {problem.code for problem in judged(problems, release=True) if problem.severity == "error"}
    before = {problem.code for problem in judged(problems, release=False) if problem.severity == "error"}
    assert released - before == gate
    assert not breaks(problem for problem in judged(problems, release=True) if is_unfinished(problem))


def test_a_preview_shows_what_is_unfinished_and_goes_on(a_site: Any) -> None:
    site = a_site({"mkdocs.yml": CONFIGURATION.format("true"), MODULE: PLACES["a module"][1]})
    first, last = _refresh(site / "mkdocs.yml", {}, lambda: None)
    assert first[1] is not None
    for problems, *_ in (first, last):
        assert [problem.severity for problem in problems if problem.code == "T199"] == ["error"]
