"""The numbers of a curriculum: what counts, and where the right options stand."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from alongside.reports.coverage import as_json, as_text, coverage, keys, module_coverage


def test_guesses_and_scales_do_not_count_as_questions(a_module) -> None:
    module = a_module()
    found = module_coverage(module)
    assert found.questions < len(module.questions)
    assert "confidence" not in found.kinds
    assert sum(found.levels.values()) == found.questions


def test_shares_are_those_of_the_questions_that_count(a_module) -> None:
    found = module_coverage(a_module())
    assert found.not_plain == pytest.approx(1 - found.kinds["choice"] / found.questions)
    applying = sum(n for level, n in found.levels.items() if level not in {"remember", "understand"})
    assert found.applying == pytest.approx(applying / found.questions)


def test_a_module_without_questions_has_shares_of_nothing(a_module) -> None:
    found = module_coverage(replace(a_module(), lessons=(), quiz=None))
    assert (found.questions, found.not_plain, found.applying) == (0, 0.0, 0.0)


def test_every_question_with_one_right_option_has_its_place_counted(a_curriculum) -> None:
    found = keys(a_curriculum().curriculum)
    assert sum(sum(places) for places in found.places.values()) == found.questions > 0
    assert all(len(places) == size for size, places in found.places.items())
    assert 0 < found.expected < found.questions


def test_json_and_text_say_the_same_numbers(a_curriculum) -> None:
    curriculum = a_curriculum().curriculum
    said = json.loads(as_json(curriculum))
    [one] = coverage(curriculum)
    assert said["modules"][0]["words"] == one.words
    assert str(one.words) in as_text(curriculum)
    assert said["keys"]["questions"] == keys(curriculum).questions
