"""The feed of what changed: by the rules of RFC 4287 as a grammar, and as feedparser reads it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from alongside.build import gather_sound
from alongside.render.feed import FEED, feed_assets
from alongside.render.voice import voice
from tests.interop import clients

ROOT = Path(__file__).parents[2]
GRAMMAR = Path(__file__).with_name("atom.rng")
JUDGED = """
import sys
from lxml import etree
grammar = etree.RelaxNG(etree.parse(sys.argv[1]))
grammar.validate(etree.parse(sys.argv[2]))
print(*(f"{one.line}: {one.message}" for one in grammar.error_log), sep="\\n")
"""
READ = """
import json, sys, feedparser
read = feedparser.parse(sys.argv[1])
print(json.dumps({
    "sound": not read.bozo, "version": read.version, "title": read.feed.title, "language": read.feed.language,
    "author": read.feed.author, "self": [one.href for one in read.feed.links if one.rel == "self"],
    "entries": [[one.id, one.title, one.updated_parsed is not None, one.content[0].type, one.content[0].value] for one in read.entries],
}))
"""


@pytest.fixture
def feed(tmp_path: Path) -> Callable[..., Path]:
    """The feed of our own course, as if it stood at an address."""
    project, curriculum = gather_sound(ROOT / "mkdocs.yml", learners=True)
    project = replace(project, address=("https://example.org/learn/", curriculum.outline.place()))
    said = voice("en", curriculum, project.settings, project.template_folders)
    (asset,) = feed_assets(project, said.prose, said.words)

    def made(old: str = "", new: str = "") -> Path:
        text = (asset.content or b"").decode()
        assert old in text
        path = tmp_path / FEED
        path.write_text(text.replace(old, new, 1) if old else text, "utf-8")
        return path

    return made


def judged(path: Path) -> list[str]:
    return clients.said_by(JUDGED, str(GRAMMAR), str(path)).split("\n")[:-1]


def test_the_feed_is_as_the_standard_wants_it(feed: Callable[..., Path]) -> None:
    assert judged(feed()) in ([], [""])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<title>", "<titel>"),
        ("<id>https://example.org/learn/changes.xml#", "<id>changes.xml#"),
        ("T00:00:00+00:00</updated>", "</updated>"),
        ("<author>", "<person>"),
        ('<content type="html">', '<content type="xml">'),
        (' href="https', ' address="https'),
        ("<entry>", "<entry><updated>2026-01-01T00:00:00Z</updated>"),
    ],
)
def test_a_feed_that_is_not_so_is_found(feed: Callable[..., Path], old: str, new: str) -> None:
    path = feed(old, new)
    text = path.read_text("utf-8")
    for wrong, right in (("titel", "title"), ("person", "author")):  # an element is closed by the name that it has
        if f"<{wrong}>" in text:
            start = text.index(f"<{wrong}>")
            path.write_text(text[:start] + text[start:].replace(f"</{right}>", f"</{wrong}>", 1), "utf-8")
    assert judged(path) not in ([], [""])


def test_a_reader_of_feeds_shows_each_version(feed: Callable[..., Path]) -> None:
    read = json.loads(clients.said_by(READ, str(feed())))
    assert (read["sound"], read["version"], read["language"]) == (True, "atom10", "en")
    assert read["title"].startswith("What changed: ") and read["author"]
    assert read["self"] == ["https://example.org/learn/changes.xml"]
    assert read["entries"] and len({one[0] for one in read["entries"]}) == len(read["entries"])
    for _, title, dated, kind, words in read["entries"]:
        assert title.startswith("Version ") and dated and kind == "text/html" and words.startswith("<ul>")
