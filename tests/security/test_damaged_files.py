"""Whatever stands in the place of a file, every command ends with words about it: nothing from a library crosses the edge."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from alongside.commands.main import main
from alongside.files.archive import packed
from tests.conftest import BASE

pytestmark = pytest.mark.slow

CONFIGURATION = "site_name: Test\nplugins:\n  - alongside:\n      layers: [.]\n"
FILES = [
    "mkdocs.yml", "modules/curriculum.yml", "modules/glossary.yml", "modules/sources.yml", "modules/people.yml",
    "modules/listening/module.yml", "modules/listening/hearing.yml", "modules/listening/quiz.yml", "modules/listening/media/a.svg",
    "modules/listening/media/a.vtt", "modules/listening/media/a.png", "modules/listening", "modules/listening/media", "modules",
    "content/a.md", "content", "theme", "theme/base.html", "theme/elements/learner-pages.js", "bank.gift", "pack.zip", "packs",
]  # fmt: skip


def linked_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


#: What stands in the place of a file, and what puts it there.
DAMAGE: dict[str, Callable[[Path], object]] = {
    "no UTF-8": lambda path: path.write_bytes(b"\xff\xfe\x00title: \xc3\x28\n"),
    "the first half of a letter": lambda path: path.write_bytes(b"# a\ntitle: \xc3"),
    "zeros": lambda path: path.write_bytes(bytes(5_000)),
    "nothing": lambda path: path.write_bytes(b""),
    "an archive": lambda path: path.write_bytes(packed({"a": b"b"})),
    "a folder": Path.mkdir,
    "a link to itself": linked_to_itself,
    "a link to nowhere": lambda path: path.symlink_to("nowhere"),
    "a link to a folder": lambda path: path.symlink_to(Path(__file__).parent),
    "HTML": lambda path: path.write_text("<![><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;", "utf-8"),
}
COMMANDS = [
    ("check",), ("coverage",), ("ids",), ("ids", "--write"), ("import", "gift", "bank.gift"), ("import", "mkdocs-quiz", "bank.gift"),
    ("import", "pack", "pack.zip"), ("export", "pack", "listening"), ("export", "moodle-xml"), ("new", "module", "other"), ("new", "lesson", "listening/other"),
    ("new", "site", "packs"), ("diff", "HEAD"), ("schema", "--out", "packs"),
]  # fmt: skip


#: What every command is tried with; others read the same files in the same way.
MOST_TELLING = {"no UTF-8", "a folder", "a link to itself"}
READING = [("check",), ("ids",), ("import", "gift", "bank.gift"), ("import", "pack", "pack.zip")]


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("file", FILES)
def test_every_command_ends_with_words(damage: str, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in {**BASE, "mkdocs.yml": CONFIGURATION}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    place = tmp_path / file
    if place.is_dir():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(tmp_path)
    DAMAGE[damage](place)
    for command in COMMANDS if damage in MOST_TELLING else READING:
        result = CliRunner().invoke(main, command)
        assert result.exit_code in {0, 1, 2}, (command, result.output)
    assert os.path.lexists(place)
