"""What is kept from one run to the next, and when it is not used again."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest

from alongside.files import cache
from alongside.files.cache import ENDING, FORGOTTEN, HALF_WRITTEN, NO_CACHE, VARIABLE, Cache, cache_folder, digest


@dataclass(frozen=True)
class Made:
    """Something that can be kept."""

    text: str
    numbers: tuple[int, ...] = ()


class Maker:
    """Makes a value, and counts how often."""

    def __init__(self, value: object = Made("a", (1, 2))) -> None:
        self.value, self.times = value, 0

    def __call__(self) -> object:
        self.times += 1
        return self.value


def entry(folder: Path) -> Path:
    """The one entry in a folder."""
    (path,) = folder.iterdir()
    return path


def test_what_was_made_is_used_again_as_it_was(tmp_path: Path) -> None:
    make = Maker()
    for _ in range(3):
        assert Cache(tmp_path / "new", {"one": "key"}).of("one", "pages", Made, make) == make.value
    assert make.times == 1
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


def test_another_key_another_part_and_an_owner_without_a_key_are_made(tmp_path: Path) -> None:
    make = Maker()
    Cache(tmp_path, {"one": "key"}).of("one", "pages", Made, make)
    Cache(tmp_path, {"one": "other"}).of("one", "pages", Made, make)
    Cache(tmp_path, {"one": "other"}).of("one", "search", Made, make)
    Cache(tmp_path, {}).of("one", "pages", Made, make)
    NO_CACHE.of("one", "pages", Made, make)
    assert make.times == 5


def test_what_depends_on_something_that_has_changed_meanwhile_is_not_kept(tmp_path: Path) -> None:
    Cache(tmp_path, {"one": "key"}, lambda owner: owner != "one").of("one", "pages", Made, Maker())
    assert list(tmp_path.iterdir()) == []


def cut(content: bytes) -> bytes:
    return content[:-7]


def other_value(content: bytes) -> bytes:
    return content.replace(b'"a"', b'"b"')


def other_kind(content: bytes) -> bytes:
    """A sound entry of another kind of value, as it may come from a builder that counts the same."""
    body = b"[1]"
    head = json.loads(content.split(b"\n")[0]) | {"sha256": hashlib.sha256(body).hexdigest()}
    return json.dumps(head).encode() + b"\n" + body


DAMAGE: list[Callable[[bytes], bytes]] = [
    cut,
    other_value,
    other_kind,
    lambda _: b"",
    lambda _: b"\xff\x00",
    lambda _: b"[" * 100_000,
    lambda content: content.split(b"\n")[0],
    lambda content: b"{}\n" + content.split(b"\n")[1],
    lambda content: content.replace(b"key", b"yek"),
    lambda content: content + b" ",
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_entry_is_made_anew_and_mended(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    make = Maker()
    cache = Cache(tmp_path, {"one": "key"})
    cache.of("one", "pages", Made, make)
    path = entry(tmp_path)
    sound = path.read_bytes()
    path.write_bytes(damage(sound))
    assert cache.of("one", "pages", Made, make) == make.value
    assert make.times == 2
    assert path.read_bytes() == sound


def test_a_link_in_the_place_of_an_entry_is_not_followed(tmp_path: Path) -> None:
    make = Maker()
    cache = Cache(tmp_path / "cache", {"one": "key"})
    cache.of("one", "pages", Made, make)
    path = entry(tmp_path / "cache")
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    cache.of("one", "pages", Made, make)
    assert make.times == 2
    assert not path.is_symlink()


@pytest.mark.parametrize("place", ["a file", "a folder in its way"])
def test_where_nothing_can_be_written_everything_is_made(tmp_path: Path, place: str) -> None:
    folder = tmp_path / "cache"
    if place == "a file":
        folder.write_text("")
    else:
        (folder / f"one.pages{ENDING}").mkdir(parents=True)
    make = Maker()
    cache = Cache(folder, {"one": "key"})
    assert [cache.of("one", "pages", Made, make) for _ in range(2)] == [make.value] * 2
    assert make.times == 2
    cache.sweep()
    assert list(tmp_path.rglob(".*")) == []


def test_a_text_that_cannot_be_written_is_not_kept_and_does_no_harm(tmp_path: Path) -> None:
    make = Maker(Made("\ud800"))
    assert Cache(tmp_path, {"one": "key"}).of("one", "pages", Made, make) == make.value
    assert list(tmp_path.iterdir()) == []


def test_runs_at_the_same_time_read_whole_entries(tmp_path: Path) -> None:
    values = [Made(letter * 50_000) for letter in "abcd"]
    seen: list[Made] = []

    def run(value: Made) -> None:
        cache = Cache(tmp_path, {"one": value.text[0]})
        seen.extend(cache.of("one", "pages", Made, lambda: value) for _ in range(30))

    threads = [Thread(target=run, args=[value]) for value in values]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {digest([value.text for value in values])} == {digest(sorted({value.text for value in seen}))}
    assert len(seen) == 120
    assert [path.name for path in tmp_path.iterdir()] == [f"one.pages{ENDING}"]


def test_what_nobody_has_any_longer_is_swept(tmp_path: Path) -> None:
    Cache(tmp_path, {"one": "key", "two": "key"}).of("two", "pages", Made, Maker())
    kept = Cache(tmp_path, {"one": "key"})
    kept.of("one", "pages", Made, Maker())
    for name, age in {f".new{ENDING}": 0, f".old{ENDING}": HALF_WRITTEN + 60}.items():
        (tmp_path / name).write_text("half")
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    (tmp_path / "package.json").write_text("somebody's")
    kept.of("one", "of an older builder", Made, Maker())
    os.utime(tmp_path / f"one.of an older builder{ENDING}", (time.time() - FORGOTTEN - 60,) * 2)
    kept.sweep()
    assert {path.name for path in tmp_path.iterdir()} == {f"one.pages{ENDING}", f".new{ENDING}", "package.json"}


def test_sites_that_nobody_builds_are_swept_where_all_have_their_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folders = {name: cache_folder(Path("/sites") / name) for name in ("now", "lately", "long ago")}
    for folder in folders.values():
        assert folder is not None
        Cache(folder, {"one": "key"}).of("one", "pages", Made, Maker())
    old = time.time() - FORGOTTEN - 60
    for path in (entry(folders["long ago"]), folders["long ago"]):
        os.utime(path, (old, old))
    Cache(folders["now"], {"one": "key"}).sweep()
    assert {name for name, folder in folders.items() if folder.exists()} == {"now", "lately"}


def test_a_site_has_its_place_outside_of_itself_or_where_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "system"))
    one, other = cache_folder(tmp_path / "one"), cache_folder(tmp_path / "other")
    assert one is not None
    assert one.parent == tmp_path / "system/alongside"
    assert one != other
    monkeypatch.setenv(VARIABLE, str(tmp_path / "said"))
    assert cache_folder(tmp_path / "one") == tmp_path / "said"
    monkeypatch.setenv(VARIABLE, "")
    assert cache_folder(tmp_path / "one") is None
    monkeypatch.delenv(VARIABLE)
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", no_home)
    assert cache_folder(tmp_path) is None


def test_a_site_that_holds_what_the_system_keeps_has_no_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    site = tmp_path / "site"
    monkeypatch.setenv("XDG_CACHE_HOME", str(site / ".cache"))
    assert cache_folder(site) is None
    site.mkdir()
    (site / ".cache").symlink_to(tmp_path)
    assert cache_folder(site) is None, "a proposal can bring a link along as well"
    (tmp_path / "link").symlink_to(site)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "link/kept"))
    assert cache_folder(site) is None


def no_home() -> Path:
    raise RuntimeError


def test_no_entry_names_where_it_was_made(tmp_path: Path) -> None:
    Cache(tmp_path / "here", {"one": "key"}).of("one", "pages", Made, Maker())
    (tmp_path / "here").rename(tmp_path / "there")
    make = Maker()
    Cache(tmp_path / "there", {"one": "key"}).of("one", "pages", Made, make)
    assert make.times == 0
    assert str(tmp_path) not in entry(tmp_path / "there").read_text()


OWNERS = {f"owner-{number}": "key" for number in range(cache.MANY + 8)}


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Two processors, however many there are. The processes that are started."""
    started: list[int] = []

    def apart(work: Callable[[], None]) -> int:
        started.append(doubled(work))
        return started[-1]

    doubled = cache._apart
    monkeypatch.setattr(cache, "_processors", lambda: 2)
    monkeypatch.setattr(cache, "_apart", apart)
    return started


def told(make: Callable[[str], Made]) -> dict[str, Callable[[], Made]]:
    """What makes the value of each owner."""
    return {owner: partial(make, owner) for owner in OWNERS}


def by_whom(_owner: str) -> Made:
    """Which process made it."""
    time.sleep(0.01)
    return Made(str(os.getpid()))


def values(kept: Cache, makers: dict[str, Callable[[], Made]]) -> list[Made]:
    return [kept.of(owner, "pages", Made, make) for owner, make in makers.items()]


def is_left(process: int) -> bool:
    """Whether a process that was started here still waits for somebody to look after it."""
    try:
        os.waitpid(process, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


@pytest.mark.slow
def test_parts_of_many_owners_are_made_by_all_processors(tmp_path: Path, two: list[int]) -> None:
    kept, makers = Cache(tmp_path, OWNERS), told(by_whom)
    kept.ahead("pages", Made, makers)
    processes = {made.text for made in values(Cache(tmp_path, OWNERS), told(Made))}
    assert len(processes) == 2
    assert str(os.getpid()) in processes
    assert [is_left(process) for process in two] == [False]


@pytest.mark.slow
@pytest.mark.usefixtures("two")
def test_what_another_process_fails_to_make_is_made_where_it_is_asked_for(tmp_path: Path) -> None:
    here = os.getpid()

    def make(owner: str) -> Made:
        time.sleep(0.01)
        assert os.getpid() == here
        return Made(owner)

    kept, makers = Cache(tmp_path, OWNERS), told(make)
    kept.ahead("pages", Made, makers)
    assert values(kept, makers) == [Made(owner) for owner in OWNERS]


def test_what_fails_here_is_told_and_leaves_no_process_behind(tmp_path: Path, two: list[int]) -> None:
    here = os.getpid()

    def make(owner: str) -> Made:
        if os.getpid() == here:
            raise ValueError(owner)
        time.sleep(0.01)
        return Made(owner)

    kept = Cache(tmp_path, OWNERS)
    with pytest.raises(ValueError, match="owner-"):
        kept.ahead("pages", Made, told(make))
    assert [is_left(process) for process in two] == [False]


@pytest.mark.usefixtures("two")
def test_few_owners_and_those_whose_parts_are_kept_need_no_other_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, makers = Cache(tmp_path, OWNERS), told(Made)
    assert len(values(kept, makers)) == len(OWNERS)
    for owner in [*OWNERS][: cache.MANY - 1]:
        (tmp_path / f"{owner}.pages{ENDING}").unlink()
    monkeypatch.setattr(cache, "_apart", lambda _: pytest.fail("another process was started"))
    kept.ahead("pages", Made, makers)
    NO_CACHE.ahead("pages", Made, makers)
    Cache(tmp_path, {}).ahead("pages", Made, makers)


@pytest.mark.usefixtures("two")
def test_what_is_made_while_all_are_at_work_starts_nobody_else(tmp_path: Path) -> None:
    kept = Cache(tmp_path, OWNERS)
    here, started = os.getpid(), []

    def make(owner: str) -> Made:
        kept.ahead("search", Made, told(by_whom))
        time.sleep(0.01)
        if os.getpid() == here:
            started.append(owner)
        return Made(owner)

    kept.ahead("pages", Made, told(make))
    assert started
    assert not [*tmp_path.glob(f"*.search{ENDING}")]


def test_a_process_with_threads_is_not_doubled() -> None:
    ready = Event()
    thread = Thread(target=ready.wait)
    thread.start()
    try:
        assert cache._processors() == 1
    finally:
        ready.set()
        thread.join()
