"""Templates are compiled once in a process, and anew as soon as their text is another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment

from alongside.render.environment import environment


def shown(*folders: Path) -> str:
    return environment(folders).get_template("page.html").render()


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    def page(folder: str, text: str) -> Path:
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "page.html").write_text(text, "utf-8")
        return tmp_path / folder

    return page


def test_a_template_that_changes_is_read_anew(write) -> None:
    assert shown(write("theme", "one")) == "one"
    assert shown(write("theme", "other")) == "other"


def test_the_folder_that_wins_wins_in_every_environment(write) -> None:
    ours, theirs = write("ours", "ours"), write("theirs", "theirs")
    assert [shown(ours, theirs), shown(theirs, ours), shown(ours, theirs)] == ["ours", "theirs", "ours"]


def test_a_template_that_stays_as_it_is_is_compiled_once(write, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_one = Environment.compile
    monkeypatch.setattr(Environment, "compile", lambda *given: compiled.append(given[2]) or compile_one(*given))
    theme = write("theme", "<p>{{ 1 + 1 }}</p>")
    assert [shown(theme), shown(theme)] == ["<p>2</p>"] * 2
    assert compiled == ["page.html"]
