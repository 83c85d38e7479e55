"""Templates are compiled once in a process, and anew as soon as their text is another."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jinja2 import Environment

from alongside.files import cache
from alongside.files.cache import VARIABLE, code_folder, write_entry
from alongside.render import environment as module
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


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of templates that were compiled."""
    found: list[str] = []
    compile_one = Environment.compile
    monkeypatch.setattr(Environment, "compile", lambda *given: found.append(given[2]) or compile_one(*given))
    return found


def test_a_template_that_stays_as_it_is_is_compiled_once(write, compiled: list[str]) -> None:
    theme = write("theme", "<p>{{ 1 + 1 }}</p>")
    assert [shown(theme), shown(theme)] == ["<p>2</p>"] * 2
    assert compiled == ["page.html"]


# ------------------------------------------------------------ from run to run


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where code is kept."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "system"))
    return tmp_path / "system/alongside/code"


@pytest.fixture
def umask() -> Iterator[Callable[[int], int]]:
    """What takes rights from new files, until the test has ended."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


@pytest.fixture
def in_another_run(write, monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """What a template shows where nothing of an earlier run is in memory."""
    theme = write("theme", "<p>{{ 1 + 1 }}</p>")

    def run() -> str:
        monkeypatch.setattr(module, "_COMPILED", module._Compiled("pages"))
        return shown(theme)

    return run


def test_what_was_compiled_is_used_in_the_next_run(code: Path, in_another_run, compiled: list[str]) -> None:
    assert [in_another_run(), in_another_run()] == ["<p>2</p>"] * 2
    assert compiled == ["page.html"]
    assert len(list(code.iterdir())) == 1


@pytest.mark.parametrize(
    "damage",
    [lambda content: content[:-3], lambda _: b"", lambda content: content.replace(b"<p>", b"<q>"), lambda content: content.split(b"\n")[0]],
)  # fmt: skip
def test_what_is_damaged_is_compiled_anew(code: Path, in_another_run, compiled: list[str], damage) -> None:
    in_another_run()
    (entry,) = code.iterdir()
    entry.write_bytes(damage(entry.read_bytes()))
    assert in_another_run() == "<p>2</p>"
    assert len(compiled) == 2


def test_what_another_builder_compiled_is_compiled_anew(
    code: Path, in_another_run, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    in_another_run()
    monkeypatch.setattr(module, "_builder", lambda: "another")
    in_another_run()
    assert len(compiled) == 2
    assert len(list(code.iterdir())) == 1


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777, 0o755])
def test_code_is_not_kept_where_others_can_come_in(code: Path, in_another_run, compiled: list[str], mode: int) -> None:
    in_another_run()
    code.chmod(mode)
    in_another_run()
    assert len(compiled) == 2


def test_code_is_not_kept_where_a_link_leads(code: Path, in_another_run, compiled: list[str], tmp_path: Path) -> None:
    in_another_run()
    code.rename(tmp_path / "elsewhere")
    code.symlink_to(tmp_path / "elsewhere")
    in_another_run()
    assert len(compiled) == 2


def test_code_is_not_kept_in_a_folder_of_somebody_else(code: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert code_folder() == code
    owner = cache.os.getuid()
    monkeypatch.setattr(cache.os, "getuid", lambda: owner + 1)
    assert code_folder() is None


@pytest.mark.parametrize("mode", [0o770, 0o707])
@pytest.mark.parametrize("above", [1, 2, 3])
def test_code_is_not_kept_where_others_can_put_another_folder_in_its_place(
    code: Path, in_another_run, compiled: list[str], above: int, mode: int
) -> None:
    in_another_run()
    (code, *code.parents)[above].chmod(mode)
    in_another_run()
    assert len(compiled) == 2


def test_code_is_kept_whatever_rights_new_files_get(code: Path, in_another_run, compiled: list[str], umask) -> None:
    umask(0)
    write_entry(code.parent / "a-site/one.alongside.json", "key", b"")
    assert [in_another_run(), in_another_run()] == ["<p>2</p>"] * 2
    assert compiled == ["page.html"]


@pytest.mark.usefixtures("code")
def test_code_that_a_proposal_could_bring_along_is_not_run(
    in_another_run, compiled: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    in_another_run()
    monkeypatch.chdir(tmp_path)
    in_another_run()
    assert len(compiled) == 2


def test_code_is_not_kept_where_somebody_said_to_keep_pages(
    code: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "said"))
    assert code_folder() is None
    assert not code.exists()
