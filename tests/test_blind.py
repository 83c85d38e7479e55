"""The blind test shows nothing that gives a key away, and scores what was answered."""

from __future__ import annotations

import pytest

from alongside.load.curriculum import load_curriculum
from alongside.load.layers import Layer
from alongside.model.questions.keys import answers
from bench.blind import ITEMS, ROOT, Item, drawn, printed, read_answers, scored


@pytest.fixture(scope="module")
def curriculum():
    found, _ = load_curriculum([Layer(".", ROOT)])
    assert found is not None
    return found


@pytest.mark.slow
def test_the_same_seed_draws_the_same_items(curriculum) -> None:
    items = drawn(curriculum, 7)
    assert items == drawn(curriculum, 7)
    assert items != drawn(curriculum, 8)
    assert len({(item.module, item.id) for item in items}) == ITEMS


@pytest.mark.slow
def test_keys_stand_in_every_place(curriculum) -> None:
    assert {min(item.key) for item in drawn(curriculum, 7)} >= {0, 1, 2}


@pytest.mark.slow
def test_each_item_has_the_key_of_its_question(curriculum) -> None:
    item = drawn(curriculum, 7)[0]
    [question] = [one for one in curriculum.modules[item.module].questions if one.id == item.id]
    assert {item.options[n] for n in item.key} == {pick.text for pick in answers(question).key}


@pytest.mark.slow
def test_what_is_printed_names_no_module_and_no_id(curriculum) -> None:
    items = drawn(curriculum, 7, modules=["becoming-a-mentor"])
    assert items
    assert "becoming-a-mentor" not in "\n".join(printed(items))
    assert not any(item.id in "\n".join(printed(items)) for item in items)


ITEM = Item("a", "q", "choice", "She waits.", "What now?", ("Go", "Stay", "Wait"), frozenset({1}))


def test_a_bare_item_has_no_case() -> None:
    assert "She waits." in "\n".join(printed([ITEM]))
    assert "She waits." not in "\n".join(printed([ITEM], bare=True))


@pytest.mark.parametrize("line", ["2 b", "2. B", " 2) b ", "2: b"])
def test_answers_are_read_in_any_hand(line: str) -> None:
    assert read_answers(f"my answers\n{line}\n") == {2: 1}


def test_what_was_not_answered_is_not_right() -> None:
    said = "\n".join(scored([ITEM, ITEM], {1: 1}))
    assert said.startswith("1 of 2 right, 50%")
    assert "1 without an answer." in said
    assert "Chance would give 33%" in said
