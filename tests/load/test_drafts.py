"""A draft is shown in a preview with a mark, and is nowhere on a site for learners."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from alongside.build import _refresh, gather, prepare
from alongside.files.problems import Problem
from alongside.render.site import Site
from tests.conftest import BASE

CONFIGURATION = "site_name: Test\nplugins:\n  - alongside:\n      layers: [.]\n      release: {}\n      lint: {{allow: [Y120, Y122], why: A test.}}\n"
OUTLINE = BASE["modules/listening/module.yml"] or ""
WAITING = BASE["modules/listening/waiting.yml"] or ""
ASIDE = {
    "modules/aside/module.yml": OUTLINE.replace("title: ", "title: Aside from ") + "draft: true\n",
    **{
        name.replace("/listening/", "/aside/"): (text or "")
        for name, text in BASE.items()
        if name.startswith("modules/listening/") and not name.endswith("module.yml")
    },
    "modules/curriculum.yml": (BASE["modules/curriculum.yml"] or "").replace("[listening]", "[listening, aside]"),
}
NEWS = {
    "content/news.md": "---\ndraft: true\n---\n\n# News\n\nSomething is new.\n",
    "content/about.md": "# About\n\nRead [the news](page:news), [the aside](module:aside), [its lesson](module:aside/asking) "
    "and [how to wait](module:listening/waiting#in-short).\n",
}
DRAFTS = {**ASIDE, **NEWS, "modules/listening/waiting.yml": f"{WAITING}draft: true\n"}


@pytest.fixture
def gathered(a_site: Callable[..., Path]) -> Callable[..., tuple[Site, list[Problem]]]:
    def made(release: str, **preview: bool) -> tuple[Site, list[Problem]]:
        site = a_site({**DRAFTS, "mkdocs.yml": CONFIGURATION.format(release)})
        _, made, problems = prepare(site / "mkdocs.yml", **preview)
        return made, problems

    return made


def test_learners_find_no_trace_of_a_draft(gathered: Callable[..., tuple[Site, list[Problem]]]) -> None:
    site, problems = gathered("true")
    pages = {page.url: page for page in site.pages}
    assert not [url for url in pages if url.startswith(("aside/", "news/", "listening/waiting/"))]
    about = pages["about/"].body
    assert "Read the news, the aside, its lesson" in about and "and how to wait." in about
    everything = "".join(page.body + repr(page.outline) + repr(page.next) for page in site.pages)
    written = b"".join(asset.content or b"" for asset in site.assets)
    for word in ("Aside from", "aside/", "news/", "listening/waiting", "Something is new"):
        assert word not in everything and word.encode() not in written
    assert {str(p.place.file) for p in problems if p.code == "R262"} == {
        "modules/aside/module.yml",
        "content/news.md",
        "modules/listening/waiting.yml",
    }


@pytest.mark.parametrize(("release", "preview"), [("false", False), ("true", True)])
def test_a_preview_marks_each_draft(
    gathered: Callable[..., tuple[Site, list[Problem]]], release: str, preview: bool
) -> None:
    site, _ = gathered(release, preview=preview)
    marked = {page.url for page in site.pages if page.draft}
    assert {"news/", "aside/", "aside/hearing/", "aside/quiz/", "aside/print/", "listening/waiting/"} <= marked
    assert not marked & {"listening/", "listening/hearing/", "about/", ""}
    home, module = (next(page.body for page in site.pages if page.url == url) for url in ("", "listening/"))
    assert home.count("draft") == module.count("draft") == 1


def test_a_preview_of_a_site_for_learners_shows_drafts(a_site: Callable[..., Path]) -> None:
    site = a_site({**DRAFTS, "mkdocs.yml": CONFIGURATION.format("true")})
    (_, _, renderer), _ = _refresh(site / "mkdocs.yml", {}, lambda: None)
    assert renderer is not None and "aside/" in renderer.plan()


def test_what_only_a_draft_teaches_is_neither_promised_nor_asked(a_site: Callable[..., Path]) -> None:
    files = {"modules/listening/waiting.yml": f"{WAITING}draft: true\n", "mkdocs.yml": CONFIGURATION.format("true")}
    gathered = gather(a_site(files) / "mkdocs.yml")
    assert [p for p in gathered.problems if p.severity == "error"] == []
    assert gathered.curriculum is not None
    module = gathered.curriculum.modules["listening"]
    assert "wait" not in module.outline.objectives and module.quiz is not None
    assert all("wait" not in question.objectives for question in module.quiz.questions)
    assert len(module.quiz.questions) > 1


def test_a_module_of_drafts_only_is_one(a_site: Callable[..., Path]) -> None:
    lessons = {
        name: f"{text}draft: true\n"
        for name, text in BASE.items()
        if text and "/listening/" in name and "steps:" in text
    }
    files = {
        **ASIDE,
        **lessons,
        "modules/aside/module.yml": ASIDE["modules/aside/module.yml"].replace("draft: true", ""),
    }
    gathered = gather(a_site({**files, "mkdocs.yml": CONFIGURATION.format("true")}) / "mkdocs.yml", rules=())
    assert gathered.curriculum is not None and list(gathered.curriculum.modules) == ["aside"]


@pytest.mark.parametrize(
    "above",
    [
        "---\ndraft: maybe\n---\n",
        "---\ntitle: News\n---\n",
        "---\ndraft: true\ntitle: News\n---\n",
        "+++\ndraft = true\n+++\n",
    ],
)
def test_nothing_else_can_stand_above_a_page(a_site: Callable[..., Path], above: str) -> None:
    site = a_site({"content/news.md": f"{above}\n# News\n\nSo.\n", "mkdocs.yml": CONFIGURATION.format("false")})
    found = [p for p in gather(site / "mkdocs.yml", rules=()).problems if p.place.file == "content/news.md"]
    assert [p.severity for p in found] == ["error"]


def test_places_in_a_draft_are_where_they_are(a_site: Callable[..., Path]) -> None:
    site = a_site({**NEWS, "mkdocs.yml": CONFIGURATION.format("false")})
    gathered = gather(site / "mkdocs.yml", rules=())
    assert gathered.curriculum is not None
    page = gathered.curriculum.pages["news"]
    assert (str(page.place("title")), page.title) == ("content/news.md:5:3", "News")
    assert page.place("text").within(page.text, page.text.index("Something")).line == 7
