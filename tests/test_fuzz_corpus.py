"""Every file that the fuzzer starts from, and every one that once broke something, passes its target."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.files.source import read_bytes
from alongside.importers import bank
from alongside.render import markdown
from tests.fuzz import targets
from tests.fuzz.run import NAMES, SEEDS
from tests.fuzz.targets import TARGETS

pytestmark = pytest.mark.slow

FILES = [path for name in NAMES for path in sorted((SEEDS / name).iterdir())]
EACH_FILE = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.name}")


@EACH_FILE
def test_a_file_of_the_corpus_passes_its_target(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


def test_every_target_has_a_corpus_of_small_files() -> None:
    assert list(TARGETS) and sorted(TARGETS) == NAMES
    assert {path.parent.name for path in FILES} == set(NAMES)
    assert [path.name for path in FILES if path.stat().st_size > 8_192] == []


def seeds(name: str) -> list[bytes]:
    return [path.read_bytes() for path in FILES if path.parent.name == name]


def test_the_target_of_yaml_notices_a_problem_without_a_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "read_bytes", lambda content, name: read_bytes(content, "b.yml"))
    with pytest.raises(AssertionError):
        TARGETS["yaml"](b"a: b: c\n")


def test_the_target_of_yaml_notices_words_that_a_terminal_obeys(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "a\u00adb: c\n".encode()
    TARGETS["yaml"](words)
    monkeypatch.setattr("alongside.reports.problems.plain", lambda text: text)
    monkeypatch.setattr("alongside.files.problems.printable", lambda text: text)
    with pytest.raises(AssertionError):
        TARGETS["yaml"](words)


def test_the_target_of_markdown_notices_a_missing_sanitiser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "clean", lambda html, *_: html)
    with pytest.raises(AssertionError):
        for content in seeds("markdown"):
            TARGETS["markdown"](content)


@pytest.mark.parametrize("name", ["plain", "printable"])
def test_the_target_of_names_notices_orders_to_a_build_server(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"alongside.reports.problems.{name}", lambda text: text)
    with pytest.raises(AssertionError):
        for content in seeds("names"):
            TARGETS["names"](content)


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("svg", "alongside.media.drawings._DrawingParser"),
        ("vtt", "alongside.media.captions._cues"),
        ("media", "alongside.media.pictures.size"),
        ("archives", "alongside.files.archive._bad_names"),
        ("settings", "alongside.load.project.parse"),
        ("imports", "alongside.importers.to_markdown.HtmlConverter"),
    ],
)
def test_a_target_notices_an_exception_from_outside(name: str, broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broken, Mock(side_effect=LookupError(name)))
    with pytest.raises((LookupError, AssertionError)):
        for content in seeds(name):
            TARGETS[name](content)


@pytest.mark.parametrize("name", ["gift", "mkdocs-quiz"])
def test_the_target_of_a_bank_notices_what_cannot_be_read_again(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bank, "_misfit", lambda text: (None, None))
    monkeypatch.setattr(bank, "_scalar", lambda text: f": {text}")
    with pytest.raises(AssertionError):
        for content in seeds(name):
            TARGETS[name](content)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_bytes_near_those_of_the_corpus_pass_their_target(name: str, data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from(seeds(name)))
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    TARGETS[name]((whole[:start] + data.draw(st.binary(max_size=20)) + whole[end:])[:8_192])
