"""What we write for other systems and read again means the same, for every example of every kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from alongside.exporters import BANKS
from alongside.exporters.bank import Bank, Item, bank_of
from alongside.importers import READERS
from alongside.model.curriculum import Curriculum
from alongside.model.questions.interaction import Reflect
from alongside.model.settings import Settings
from alongside.render.voice import voice
from tests.examples import gallery_curriculum
from tests.exporters.meaning import differences
from tests.exporters.readers import brought_in

ROOT = Path(__file__).parents[2]
#: Formats that we write, by the reader that reads them.
BOTH = {form: form for form in BANKS if form in READERS}
each_form = pytest.mark.parametrize("form", BOTH)


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    curriculum: Curriculum = gallery_curriculum(tmp_path_factory.mktemp("gallery"))
    said = voice("en", curriculum, Settings(), [ROOT / "theme"])
    return bank_of("Gallery", curriculum, list(curriculum.modules), said, "https://example.org/training/")


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
        if count:
            written += 1
            assert (item.id, missing(form, item, content)) == (item.id, [])
    assert written > (4 if form == "aiken" else 15)


@each_form
def test_a_whole_bank_comes_back_question_by_question(form: str, bank: Bank) -> None:
    content, count, _ = BANKS[form].write(bank)
    assert len(brought_in(BOTH[form], content)) == count
