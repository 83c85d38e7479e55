"""What we write for other systems and read again means the same, for every example of every kind."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from alongside.exporters import BANKS
from alongside.exporters.bank import Bank, Item, bank_of
from alongside.importers import READERS, imported
from alongside.model.curriculum import Curriculum
from alongside.model.questions import kind_of
from alongside.model.questions.interaction import Reflect
from alongside.model.settings import Settings
from alongside.render.voice import voice
from tests.examples import gallery_curriculum
from tests.exporters.meaning import differences
from tests.exporters.readers import brought_in

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
#: Formats that we write, by the reader that reads them.
BOTH = {form: form for form in BANKS if form in READERS} | {"qti3": "qti", "qti21": "qti"}
each_form = pytest.mark.parametrize("form", BOTH)


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    curriculum: Curriculum = gallery_curriculum(tmp_path_factory.mktemp("gallery"))
    said = voice("en", curriculum, Settings(), [ROOT / "theme"])
    return bank_of("Gallery", curriculum, list(curriculum.modules), said, "https://example.org/training/")


#: What comes back as no question of ours, by form, and a word of the reason.
REPORTED = {
    "qti3": {"confidence": "no answer of this question is right"},
    "qti21": {"confidence": "no answer of this question is right"},
}


def missing(form: str, item: Item, content: bytes) -> list[str]:
    """What a question no longer says once it has come back."""
    (read,) = brought_in(BOTH[form], content)
    hints = form == "moodle-xml" and not isinstance(item.question.shape, Reflect)
    found = differences(item.question, read, hints=hints, beside=form != "aiken")
    return [one for one in found if form != "aiken" or not one.startswith("after: ")]


@each_form
def test_a_question_comes_back_with_the_same_meaning(form: str, bank: Bank) -> None:
    written = 0
    for item in bank.items:
        content, count, _ = BANKS[form].write(Bank("Gallery", "en", (item,)))
        reason = REPORTED.get(form, {}).get(kind_of(item.question)) if count else None
        if reason:
            assert [one.message for one in imported(BOTH[form], content, "b").problems] == [reason]
        elif count:
            written += 1
            assert (item.id, missing(form, item, content)) == (item.id, [])
    assert written > (4 if form == "aiken" else 15)


@each_form
def test_what_is_written_from_right_to_left_comes_back_without_its_wrapping(form: str, bank: Bank) -> None:
    for item in bank.items:
        there, back = (
            BANKS[form].write(Bank("Gallery", "en", (one,)))
            for one in (item, replace(item, words=replace(item.words, direction="rtl")))
        )
        came = [imported(BOTH[form], content, "b").questions for content, count, _ in (there, back) if count]
        # What it was in the bank stands above a question as remarks. Arrows point the way that lines go.
        first, *others = [re.sub(r"^ *#.*\n", "", "".join(questions), flags=re.MULTILINE) for questions in came] or [""]
        assert others in ([], [first.replace("→", "←")]), item.id


@each_form
def test_a_whole_bank_comes_back_question_by_question(form: str, bank: Bank) -> None:
    kept = tuple(item for item in bank.items if kind_of(item.question) not in REPORTED.get(form, {}))
    content, count, _ = BANKS[form].write(Bank("Gallery", "en", kept))
    assert len(brought_in(BOTH[form], content)) == count
