"""What `alongside check` says about broken files, word for word.

Each file in `tests/golden/errors/` is a topic. A case has a name, the files that it puts in place of those of the small
curriculum in `tests/world`, and what is said about them, without the line that names the rule's explanation.
`pytest --update-golden` writes what is said now; look at every line of the difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from alongside.build import gather
from alongside.files.problems import ContentError
from alongside.reports.problems import as_text
from alongside.rules import RULES

TOPICS = sorted((Path(__file__).parent / "golden" / "errors").glob("*.txt"))
#: Rules of references and scenarios. What other rules say of these unfinished files is beside the point.
STRUCTURE = tuple(rule for rule in RULES if rule.code[0] in "LMRS" or rule.code in {"P113", "Q103", "Q120"})
#: Topics in which rules have something to say, or must not say what only follows from the mistake.
WITH_RULES = {"folders", "missing", "names-that-lead-nowhere", "several-at-once", "words-that-yaml-changes"}
CONFIGURATION = "site_name: Test\nplugins:\n  - alongside:\n      layers: [.]\n"
#: Characters that an editor would not keep or a reader not see are written between these brackets.
UNSEEN = re.compile(
    r"⟨(?:(?P<tab>tab)|U\+(?P<character>[0-9A-F]+)|byte (?P<byte>[0-9A-F]{2})|(?P<times>\d+) × (?P<piece>[^⟩]+))⟩"
)


@dataclass
class Case:
    """A broken curriculum, and what is said about it."""

    topic: str
    name: str
    #: Texts by path, as they are written in the golden file; `None` for a file that is taken away.
    files: dict[str, str | None] = field(default_factory=dict)
    said: str = ""

    def __str__(self) -> str:
        return f"{self.topic}: {self.name}"

    def __format__(self, spec: str) -> str:
        shown = [f"=== {self.name}\n"]
        for path, text in self.files.items():
            shown.append(f"--- {path} is missing\n" if text is None else f"--- {path}\n{text}")
        return "".join(shown) + f">>> alongside check\n{self.said}"


def read(topic: Path) -> Iterator[Case]:
    for block in re.split(r"^=== ", topic.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        written, _, said = block.partition(">>> alongside check\n")
        name, *files = re.split(r"^--- ", written, flags=re.MULTILINE)
        case = Case(topic.stem, name.strip(), said=said.strip() + "\n")
        for entry in files:
            path, _, text = entry.partition("\n")
            case.files[path.removesuffix(" is missing")] = None if path.endswith(" is missing") else text
        yield case


CASES = [case for topic in TOPICS for case in read(topic)]
#: The fast tests have the first cases of every topic.
FIRST = 2
EACH_CASE = [
    pytest.param(case, marks=() if at < FIRST else pytest.mark.slow, id=str(case))
    for topic in TOPICS
    for at, case in enumerate(case for case in CASES if case.topic == topic.stem)
]


def seen(text: str) -> str:
    """The text with real characters for those that are written between brackets."""

    def character(match: re.Match[str]) -> str:
        if match["tab"]:
            return "\t"
        if match["byte"]:
            return bytes([int(match["byte"], 16)]).decode("utf-8", "surrogateescape")
        return chr(int(match["character"], 16)) if match["character"] else int(match["times"]) * match["piece"]

    return UNSEEN.sub(character, text)


@pytest.fixture
def said(a_site):
    def check(case: Case) -> str:
        files = {"mkdocs.yml": CONFIGURATION} | case.files
        site = a_site({path: text if text is None else seen(text) for path, text in files.items()})
        try:
            problems = gather(site / "mkdocs.yml", rules=STRUCTURE if case.topic in WITH_RULES else ()).problems
        except ContentError as error:
            problems = list(error.problems)
        text = as_text(problem for problem in problems if problem.severity != "info").replace(str(site), "SITE")
        return re.sub(r"\n    more: .*", "", text) + "\n" if text else "no problems\n"

    return check


@pytest.mark.parametrize("case", EACH_CASE)
def test_a_broken_file_is_explained(case: Case, said, request: pytest.FixtureRequest) -> None:
    actual = said(case)
    if request.config.getoption("--update-golden"):
        case.said = actual
    assert actual == case.said


def test_nothing_that_is_said_holds_a_character_that_a_terminal_obeys() -> None:
    assert [str(case) for case in CASES if not case.said.replace("\n", "").isprintable()] == []


def test_every_message_says_what_to_do() -> None:
    """Each problem has what was expected or how to mend it, and most have both."""
    problems = [block for case in CASES for block in case.said.split("\n\n") if not block.startswith("no problems")]
    assert [block for block in problems if "\n    expected:" not in block and "\n    fix:" not in block] == []


def test_there_are_cases_of_every_kind() -> None:
    names = [str(case) for case in CASES]
    assert len(names) == len(set(names)) >= 110


@pytest.fixture(scope="module", autouse=True)
def _update(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if request.config.getoption("--update-golden"):
        for topic in TOPICS:
            topic.write_text("\n".join(format(case) for case in CASES if case.topic == topic.stem), "utf-8")
