"""The examples of every question kind, and a curriculum made of all of them.

`tests/model/questions/<kind>/examples.yaml` is the one home of examples: they drive the contract tests of
every output, the HTML validator, the accessibility tests and the gallery.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alongside.files.located import LocatedMapping
from alongside.files.problems import Problem
from alongside.files.source import read_file
from alongside.load.curriculum import load_curriculum
from alongside.load.layers import Layer
from alongside.load.parse import parse
from alongside.model.curriculum import Curriculum
from alongside.model.questions import QUESTION_KINDS, Question
from alongside.model.steps import QuestionStep

QUESTIONS = Path(__file__).parent / "model" / "questions"
WORLD = Path(__file__).parent / "gallery"


@dataclass(frozen=True)
class Example:
    """One named example of a question kind."""

    kind: str
    name: str
    source: LocatedMapping

    def __str__(self) -> str:
        return f"{self.kind}-{self.name}"

    def parse(self) -> tuple[Question | None, list[Problem]]:
        """The question, read as a step of a lesson would be."""
        step = LocatedMapping(self.source.place)
        step["question"] = self.source
        step.key_places["question"] = step.value_places["question"] = self.source.place
        element, problems = parse(QuestionStep, step)
        return (element.question if element else None), problems

    @property
    def question(self) -> Question:
        """The question of a valid example."""
        question, problems = self.parse()
        assert question is not None, problems
        return question


@cache
def _read(kind: str) -> LocatedMapping:
    path = QUESTIONS / kind / "examples.yaml"
    mapping, problems = read_file(path, path.name)
    assert mapping is not None and not problems, problems
    return mapping


def valid_examples() -> list[Example]:
    """Every example that must work everywhere."""
    return [Example(kind, name, source) for kind in QUESTION_KINDS for name, source in _read(kind)["valid"].items()]


def invalid_examples() -> list[tuple[Example, list[str]]]:
    """Every example that must be refused, with what is said of it."""
    return [
        (Example(kind, name, entry["question"]), list(entry["problems"]))
        for kind in QUESTION_KINDS
        for name, entry in _read(kind)["invalid"].items()
    ]


def gallery_curriculum(folder: Path, copies: int = 1) -> Curriculum:
    """A curriculum with every example of every question kind, every exercise kind and every step kind.

    The lesson of each question kind is written below `folder`; the rest is `tests/gallery`. With `copies`
    there are more modules like the first, `gallery-2` and so on.
    """
    for path in WORLD.rglob("*"):
        if path.is_file():
            target = folder / path.relative_to(WORLD)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    module = folder / "modules" / "gallery"
    for kind in QUESTION_KINDS:
        (module / f"{kind.replace('_', '-')}.yml").write_text(_lesson(kind), encoding="utf-8")
    lessons = ", ".join(["steps", "exercises", *(kind.replace("_", "-") for kind in QUESTION_KINDS)])
    listed = re.sub(
        "^lessons: .*", f"lessons: [{lessons}]", (module / "module.yml").read_text("utf-8"), flags=re.MULTILINE
    )
    (module / "module.yml").write_text(listed, encoding="utf-8")
    names = ["gallery", *(f"gallery-{number}" for number in range(2, copies + 1))]
    for name in names[1:]:
        shutil.copytree(module, folder / "modules" / name)
    outline = folder / "modules" / "curriculum.yml"
    outline.write_text(
        outline.read_text("utf-8").replace("order: [gallery]", f"order: [{', '.join(names)}]"), encoding="utf-8"
    )
    curriculum, problems = load_curriculum([Layer("gallery", folder)])
    assert curriculum is not None and not problems, problems
    return curriculum


def _lesson(kind: str) -> str:
    """A lesson with the valid examples of a kind, cut out of the examples file as text."""
    text = (QUESTIONS / kind / "examples.yaml").read_text("utf-8")
    valid = text.split("valid:\n", 1)[1].split("invalid:\n", 1)[0]
    steps = []
    for line in valid.splitlines():
        if line.startswith("  ") and not line.startswith("   "):
            steps.append("  - question:")
        else:
            steps.append("  " + line)
    head = f"title: The kind {kind}\nsummary: Examples of {kind}.\nsteps:\n"
    return head + "\n".join(steps) + "\n"
