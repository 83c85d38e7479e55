"""Pages for authors say what the models and the table of rules say."""

from __future__ import annotations

from alongside.checks import RULES
from alongside.questions import QUESTION_KINDS
from alongside.render.reference import field_groups, kind_entries, rule_groups


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
