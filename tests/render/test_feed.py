"""The feed of what changed, for whoever wants to be told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from alongside.build import gather, whole_site
from alongside.engines.writing import write
from alongside.render.feed import ATOM, FEED
from alongside.render.site import SiteRenderer

pytestmark = pytest.mark.slow

CONFIGURATION = (
    "site_name: Small & friendly\nsite_url: https://example.org/learn\nplugins:\n  - alongside:\n      layers: [.]\n"
)
NEWS = "## 0.3.0 (2026-12-01)\n\n- **Waiting** says more, see [help](page:support)\n- 2 < 3\n\n## 0.2.0\n\n- nobody knows when\n\n## 0.1.0 (2026-11-30)\n\n- the first\n"
NAMES = {"atom": ATOM}


@pytest.fixture
def built(a_site: Callable[..., Path], tmp_path: Path) -> Callable[..., Path]:
    """A site as it is written, with a list of changes."""

    def make(configuration: str = CONFIGURATION, news: str | None = NEWS) -> Path:
        site = a_site({"modules/CHANGELOG.md": news} if news else {})
        (site / "mkdocs.yml").write_text(configuration, "utf-8")
        gathered = gather(site / "mkdocs.yml")
        assert gathered.curriculum
        project = gathered.project
        renderer = SiteRenderer(gathered.curriculum, project.settings, project.template_folders)
        pages = [renderer.plan()[""]()]
        return write(project, whole_site(project, renderer, pages), tmp_path / "out")

    return make


def read(site: Path) -> ET.Element:
    return ET.fromstring((site / FEED).read_bytes())  # noqa: S314  # written by us a moment ago


def test_each_version_with_a_day_is_an_entry_the_latest_first(built: Callable[..., Path]) -> None:
    feed = read(built())
    assert feed.findtext("atom:title", "", NAMES) == "What changed: Small & friendly"
    entries = feed.findall("atom:entry", NAMES)
    assert [entry.findtext("atom:title", "", NAMES) for entry in entries] == ["Version 0.3.0", "Version 0.1.0"]
    assert feed.findtext("atom:updated", "", NAMES) == "2026-12-01T00:00:00+00:00"
    ids = [element.text or "" for element in feed.iter(f"{{{ATOM}}}id")]
    assert len(set(ids)) == 3 and all(one.startswith("https://example.org/learn/changes.xml") for one in ids)
    for needed in ("id", "title", "updated"):  # RFC 4287, 4.1
        assert all(entry.find(f"atom:{needed}", NAMES) is not None for entry in [feed, *entries])
    assert feed.findtext("atom:author/atom:name", "", NAMES) == "Small & friendly"


def test_words_of_an_entry_are_html_whose_addresses_are_whole(built: Callable[..., Path]) -> None:
    feed = read(built())
    content = feed.find("atom:entry/atom:content", NAMES)
    assert content is not None and content.get("type") == "html" and content.text
    assert "<strong>Waiting</strong>" in content.text and "2 &lt; 3" in content.text
    assert 'href="https://example.org/learn/support/"' in content.text


def test_the_home_page_names_it(built: Callable[..., Path]) -> None:
    home = (built() / "index.html").read_text("utf-8")
    assert f'<link rel="alternate" type="application/atom+xml" href="./{FEED}">' in home


@pytest.mark.parametrize(
    ("configuration", "news"),
    [
        (CONFIGURATION.replace("site_url: https://example.org/learn\n", ""), NEWS),
        (CONFIGURATION, None),
        (CONFIGURATION, "## 0.1.0\n\n- nobody knows when\n"),
    ],
    ids=["no address", "no list", "no day"],
)
def test_without_an_address_or_a_day_there_is_none(
    built: Callable[..., Path], configuration: str, news: str | None
) -> None:
    site = built(configuration, news)
    assert not (site / FEED).exists()
    assert "atom+xml" not in (site / "index.html").read_text("utf-8")
