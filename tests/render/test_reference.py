"""Pages for authors say what the models and the table of rules say."""

from __future__ import annotations

from alongside.model.exercises import EXERCISE_KINDS
from alongside.model.questions import QUESTION_KINDS
from alongside.model.steps import STEP_KINDS
from alongside.render.reference import field_groups, kind_entries, rule_groups, step_entries
from alongside.rules import RULES


def test_every_rule_stands_in_one_group() -> None:
    listed = [rule.code for _, _, rules in rule_groups() for rule in rules]
    assert sorted(listed) == sorted(rule.code for rule in RULES)


def test_every_kind_of_question_has_an_example_that_is_read() -> None:
    assert [entry.name for entry in kind_entries()] == list(QUESTION_KINDS)
    assert all(entry.yaml.startswith(f"kind: {entry.name}\n") for entry in kind_entries())


def test_every_field_is_described_and_has_an_example() -> None:
    fields = [field for _, parts in field_groups() for part in parts for field in part.fields]
    assert len(fields) > 100
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
