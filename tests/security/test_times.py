"""In a preview that goes on, a file with the length and the time of another one is read anew: senders can set both."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from alongside.build import gather
from alongside.load.modules import Memory
from tests.render.test_edits import two_modules

pytestmark = pytest.mark.slow

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path {}="M1 1h8"/></svg>'
WORDS = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\nmsgid "Next"\nmsgstr "{}"\n'
LESSON = "modules/listening/hearing.yml"


def in_its_place(path: Path, text: str) -> None:
    """Puts another file in the place of one, with the same time, as programs do that unpack archives."""
    before = path.stat()
    assert len(text.encode()) == before.st_size
    beside = path.with_name(".beside")
    beside.write_text(text, "utf-8")
    beside.replace(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize(
    ("name", "sound", "unsound", "code"),
    [
        ("modules/listening/media/ladder.svg", DRAWING.format("data-d"), DRAWING.format("onload"), "Y112"),
        ("theme/words/en.po", WORDS.format("On"), WORDS.format("%n"), "L118"),
        (LESSON, "title: ", "titel: ", "M101"),
    ],
)
def test_a_file_in_the_place_of_another_is_judged(
    tmp_path: Path, name: str, sound: str, unsound: str, code: str
) -> None:
    two_modules(tmp_path)
    path = tmp_path / name
    if name == LESSON:
        text = path.read_text("utf-8")
        sound, unsound = text, text.replace(sound, unsound, 1)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(sound, "utf-8")
    memory: Memory = {}

    def codes() -> set[str]:
        return {problem.code for problem in gather(tmp_path / "mkdocs.yml", memory=memory).problems}

    assert code not in codes()
    in_its_place(path, unsound)
    assert code in codes()
