"""What was published is written so that it can be read again, and so that a difference of two can be read."""

from __future__ import annotations

import errno
import json
from datetime import date
from pathlib import Path

import pytest

from alongside.compare.published import PUBLISHED, published, remembered
from alongside.files.problems import ContentError
from alongside.load import taken
from alongside.load.curriculum import load_curriculum
from alongside.load.layers import Layer
from alongside.load.project import bundled_root
from alongside.load.taken import MOST_BYTES, Noted, read_noted, written
from tests.conftest import BASE
from tests.load.test_layers import write

TODAY = date(2026, 1, 1)
#: How many modules a site can have and still be compared with what it was.
MODULES = 5_000


def note(root: Path, layer: Layer) -> bytes:
    """Writes what a layer publishes, and gives what was written."""
    curriculum, _ = load_curriculum((layer,))
    assert curriculum
    content = remembered(curriculum, (layer,), TODAY)
    (root / PUBLISHED).parent.mkdir(exist_ok=True)
    (root / PUBLISHED).write_bytes(content)
    return content


def test_each_part_has_a_line(tmp_path: Path) -> None:
    layer = Layer(".", write(tmp_path, BASE))
    lines = note(tmp_path, layer).decode().splitlines()
    read = published(tmp_path)
    assert read and read.on == TODAY
    parts = read.modules["listening"].parts
    assert len(parts) > 10
    for part in parts:
        [line] = [line for line in lines if line.strip().startswith(f'["{part.noun}", "{part.id}",')]
        assert json.loads(line.strip().rstrip(","))[3] == part.fingerprint


@pytest.mark.slow
def test_a_site_with_thousands_of_modules_is_remembered(tmp_path: Path) -> None:
    """By the modules that come along, which are as large as modules get."""
    content = note(tmp_path, Layer("bundled", bundled_root()))
    read = published(tmp_path)
    assert read
    assert len(content) / len(read.modules) * MODULES < MOST_BYTES


def test_a_file_of_an_earlier_layout_is_read(tmp_path: Path) -> None:
    content = note(tmp_path, Layer(".", write(tmp_path, BASE)))
    before = published(tmp_path)
    (tmp_path / PUBLISHED).write_text(json.dumps(json.loads(content), indent=1), "utf-8")
    assert published(tmp_path) == before


def test_what_would_not_be_read_is_not_written_and_the_reader_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer = Layer(".", write(tmp_path, BASE))
    size = len(note(tmp_path, layer))
    monkeypatch.setattr(taken, "MOST_BYTES", size)
    assert len(note(tmp_path, layer)) == size
    assert published(tmp_path)
    monkeypatch.setattr(taken, "MOST_BYTES", size - 1)
    with pytest.raises(ContentError) as raised:
        published(tmp_path)
    assert [(p.code, "is larger than" in p.message) for p in raised.value.problems] == [("L130", True)]
    with pytest.raises(OSError, match="larger than") as refused:
        note(tmp_path, layer)
    assert refused.value.errno == errno.EFBIG


def test_the_text_of_an_original_keeps_a_line_for_each_of_its_lines(tmp_path: Path) -> None:
    notes = {
        "listening/hearing": Noted("bundled", "1", "abc", "title: “Hör zu”\n\nsteps:\n"),
        "a#b": Noted("x", "", "", ""),
    }
    (tmp_path / "taken.json").write_bytes(written(notes))
    text = (tmp_path / "taken.json").read_text("utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"
    assert read_noted(tmp_path / "taken.json", "taken.json") == (notes, [])
