"""Pages for authors say what the models and the table of rules say."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path
from textwrap import indent

import pytest

from alongside.model.exercises import EXERCISE_KINDS
from alongside.model.questions import QUESTION_KINDS
from alongside.model.steps import STEP_KINDS
from alongside.render.reference import field_groups, kind_entries, rule_groups, step_entries
from alongside.reports.problems import as_text
from alongside.rules import RULES
from alongside.rules.engine import check_curriculum
from tests.conftest import BASE

pytestmark = pytest.mark.slow


def test_every_rule_stands_in_one_group() -> None:
    listed = [rule.code for _, _, rules in rule_groups() for rule in rules]
    assert sorted(listed) == sorted(rule.code for rule in RULES)


def test_every_kind_of_question_has_an_example_that_is_read() -> None:
    assert [entry.name for entry in kind_entries()] == list(QUESTION_KINDS)
    assert all(entry.yaml.startswith(f"kind: {entry.name}\n") for entry in kind_entries())


def test_every_field_is_described_and_has_an_example() -> None:
    fields = [field for _, parts in field_groups() for part in parts for field in part.fields]
    assert len(fields) > 100
    assert [name for name, parts in field_groups() if not parts] == []
    assert [field.name for field in fields if not field.description or not field.example] == []


def test_a_part_is_explained_once() -> None:
    titles = [part.title for _, parts in field_groups() for part in parts]
    assert len(titles) == len(set(titles))


def test_every_kind_of_step_and_exercise_has_an_example() -> None:
    shown = {entry.name for entry in step_entries()}
    exercises = {f"exercise: {kind}" for kind in EXERCISE_KINDS}
    assert shown == (set(STEP_KINDS) - {"exercise"}) | exercises


def test_the_example_of_a_step_is_written_as_an_author_writes_it() -> None:
    assert all(entry.yaml.startswith(f"- {entry.name.partition(':')[0]}:") for entry in step_entries())


#: What an example alone cannot keep: a module has more than one lesson and question.
OF_THE_WHOLE = {"P122", "P109", "P130", "P131", "P132", "P133", "P134", "P106"}


@pytest.mark.slow
@pytest.mark.parametrize("name", QUESTION_KINDS)
def test_the_example_of_a_kind_of_question_passes_the_checks(name: str, world_of) -> None:
    entry = next(entry for entry in kind_entries() if entry.name == name)
    world = world_of("question", entry.yaml)
    problems = [*world.problems, *check_curriculum(world.curriculum)]
    found = [p for p in problems if p.place.file.endswith("quiz.yml") and p.code not in OF_THE_WHOLE]
    assert found == [], as_text(found)


def test_the_examples_of_steps_pass_the_checks(a_curriculum) -> None:
    text = resources.files("alongside.render").joinpath("step_examples.yml").read_text("utf-8")
    files = {"modules/listening/hearing.yml": text}
    world = a_curriculum(files)
    problems = [*world.problems, *check_curriculum(world.curriculum)]
    # An example brings no file, and has no glossary.
    beside = OF_THE_WHOLE | {"R218", "T106"}
    found = [p for p in problems if p.place.file.endswith("hearing.yml") and p.code not in beside]
    assert found == [], as_text(found)


def test_the_example_in_the_readme_passes_the_checks(a_curriculum) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    (block,) = re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL)
    # What the small curriculum has in place of the shipped one.
    for shipped, small in {
        "objectives: [limits]": "objectives: [reflect]",
        "privacy-limits/early-and-again": "no-secrecy/say-limit",
        "privacy-limits/late-limit": "no-secrecy/promise",
        "privacy-limits": "no-secrecy",
    }.items():
        assert shipped in block
        block = block.replace(shipped, small)
    lesson = BASE["modules/listening/hearing.yml"] + indent(block, "  ")
    world = a_curriculum({"modules/listening/hearing.yml": lesson})
    problems = [*world.problems, *check_curriculum(world.curriculum)]
    assert problems == [], as_text(problems)
