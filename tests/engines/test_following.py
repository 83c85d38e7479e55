"""A change of a file is heard, in whatever way the system tells of it, and nothing outside the site is listened to."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from alongside.engines import following
from alongside.engines.following import followed

#: A slow machine hears late. What is heard is heard long before that.
LONGEST = 30
Heard = Callable[[], bool]


@pytest.fixture(params=["each folder", "all below", "polling"])
def heard(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    """Listens to two folders and a file, and says whether something has been heard since it was asked last."""
    monkeypatch.setattr(following, "BELOW", request.param == "all below")
    monkeypatch.setattr(following, "LOOK_UP", 100)
    monkeypatch.setattr(following, "POLLING", 50)
    if request.param == "polling":
        monkeypatch.setenv("WATCHFILES_FORCE_POLLING", "1")
    tops = [tmp_path / "modules", tmp_path / "content", tmp_path / "mkdocs.yml"]
    (tmp_path / "modules/one/media").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("a: b\n", "utf-8")
    stop, bell, turns = threading.Event(), threading.Event(), threading.Semaphore(0)

    def listen() -> None:
        for told in followed(lambda: tops, stop):
            if told:
                bell.set()
            turns.release()

    listener = threading.Thread(target=listen)
    listener.start()

    def listening() -> None:
        """Waits until it listens, anew perhaps, and all is quiet."""
        while turns.acquire(blocking=False):
            pass
        for _ in range(3):
            assert turns.acquire(timeout=LONGEST)

    def rang() -> bool:
        rung = bell.wait(LONGEST)
        listening()
        bell.clear()
        return rung

    assert rang(), "it is told once when it begins"
    yield rang
    stop.set()
    listener.join(LONGEST)
    assert not listener.is_alive()


@pytest.mark.slow
def test_a_file_that_is_written_changed_renamed_or_deleted_is_heard(heard: Heard, tmp_path: Path) -> None:
    file = tmp_path / "modules/one/module.yml"
    file.write_text("a: b\n", "utf-8")
    assert heard()
    file.write_text("a: another\n", "utf-8")
    assert heard()
    file.rename(file.with_name("other.yml"))
    assert heard()
    file.with_name("other.yml").unlink()
    assert heard()


@pytest.mark.slow
def test_folders_that_come_and_go_are_heard(heard: Heard, tmp_path: Path) -> None:
    (tmp_path / "modules/two/media").mkdir(parents=True)
    assert heard()
    (tmp_path / "modules/two/media/a.svg").write_text("a", "utf-8")
    assert heard()
    (tmp_path / "content").mkdir()
    assert heard()
    (tmp_path / "content/a.md").write_text("a", "utf-8")
    assert heard()
    shutil.rmtree(tmp_path / "modules")
    assert heard()
    (tmp_path / "modules/three").mkdir(parents=True)
    assert heard()
    (tmp_path / "modules/three/module.yml").write_text("a", "utf-8")
    assert heard()


@pytest.mark.slow
def test_a_file_at_the_top_is_heard(heard: Heard, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("a: another\n", "utf-8")
    assert heard()
    (tmp_path / "mkdocs.yml").unlink()
    assert heard()


def test_nothing_is_followed_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "modules/one").mkdir(parents=True)
    (tmp_path / "outside/deep").mkdir(parents=True)
    (tmp_path / "modules/one/media").symlink_to(tmp_path / "outside")
    (tmp_path / "modules/.git").mkdir()
    (tmp_path / "linked").symlink_to(tmp_path / "outside")
    found = following._folders([tmp_path / "modules", tmp_path / "linked", tmp_path / "nowhere"])
    assert sorted(found) == [tmp_path / "modules", tmp_path / "modules/one"]


def test_where_the_system_follows_no_more_folders_files_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where inotify has run out of watches, or is not there."""
    ways = []

    def watch(*_: Path, force_polling: bool | None, **__: object) -> Iterator[set[str]]:
        ways.append(force_polling)
        if not force_polling:
            raise OSError("No space left on device")
        yield set()
        yield {"changed"}

    monkeypatch.setattr(following, "watch", watch)
    stop = threading.Event()
    told = followed(lambda: [tmp_path], stop)
    assert [next(told), next(told)] == [True, True]
    assert ways == [None, True]


@pytest.mark.slow
def test_a_second_change_within_a_second_is_heard(heard: Heard, tmp_path: Path) -> None:
    """As when somebody saves twice: where files are looked at, the library sees only seconds."""
    file = tmp_path / "modules/one/module.yml"
    for text in ("a: b\n", "a: c\n", "a: d\n"):
        file.write_text(text, "utf-8")
        assert heard(), text
