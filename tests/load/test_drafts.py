"""A draft is shown in a preview with a mark, and is nowhere on a site for learners."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from alongside.build import _refresh, gather, gather_sound, note_release, prepare
from alongside.commands.main import main
from alongside.compare.published import PUBLISHED
from alongside.files.problems import Problem
from alongside.render.assets import site_assets
from alongside.render.site import Site
from tests.conftest import BASE

pytestmark = pytest.mark.slow

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


# ------------------------------------------------------ what only drafts show

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4"/></svg>\n'
FIGURE = "  - figure: {{src: media/{}.svg, alt: A door, caption: A door.}}\n"
PICTURES = {
    "modules/listening/media/secret.svg": SVG,
    "modules/listening/media/inline.svg": SVG,
    "modules/listening/media/both.svg": SVG,
    "modules/listening/media/unnamed.svg": SVG,
    "modules/listening/waiting.yml": f"{WAITING}{FIGURE.format('secret')}{FIGURE.format('both')}"
    "  - text: |\n      A door ![ajar](media/inline.svg).\ndraft: true\n",
    "modules/listening/hearing.yml": (BASE["modules/listening/hearing.yml"] or "") + FIGURE.format("both"),
    "content/media/news.svg": SVG,
    "content/media/shown.svg": SVG,
    "content/media/logo.svg": SVG,
    "content/media/unnamed.svg": SVG,
    "content/news.md": "---\ndraft: true\n---\n\n# News\n\n"
    "![a](media/news.svg) ![b](media/shown.svg) ![c](media/logo.svg)\n",
    "content/about.md": "# About\n\n![b](media/shown.svg)\n",
}
BRANDED = CONFIGURATION + "      organisation: {{logo: content/media/logo.svg}}\n"
SECRET = {"listening/media/secret.svg", "listening/media/inline.svg", "media/news.svg"}
OPEN = {
    "listening/media/both.svg",
    "listening/media/unnamed.svg",
    "listening/media/ladder.svg",
    "media/shown.svg",
    "media/logo.svg",
    "media/unnamed.svg",
}


@pytest.mark.parametrize("release", ["true", "false"])
def test_a_file_that_only_a_draft_shows_is_published_with_it(a_site: Callable[..., Path], release: str) -> None:
    gathered = gather(a_site({**PICTURES, "mkdocs.yml": BRANDED.format(release)}) / "mkdocs.yml", rules=())
    assert gathered.curriculum is not None
    assets = site_assets(gathered.curriculum, gathered.project.settings, gathered.project.theme_folders)
    urls = {asset.url for asset in assets}
    assert urls >= OPEN
    assert urls & SECRET == (set() if release == "true" else SECRET)


def test_the_catalogue_names_no_module_that_is_not_there(a_site: Callable[..., Path]) -> None:
    before = "requires: [aside]\nhelpful_before: [aside]\n"
    files = {**ASIDE, "modules/listening/module.yml": OUTLINE + before}
    site = a_site({**files, "mkdocs.yml": CONFIGURATION.format("true")})
    _, made, _ = prepare(site / "mkdocs.yml")
    written = {asset.url: asset.content for asset in made.assets}
    assert b"aside" not in (written["catalogue.json"] or b"")
    assert not [
        url for url, content in written.items() if url.endswith((".json", ".jsonld")) and b'"aside' in (content or b"")
    ]


# -------------------------------------------- what is remembered, counted or handed on


def test_what_is_asked_for_learners_has_no_draft_whatever_is_judged(a_site: Callable[..., Path]) -> None:
    site = a_site({**DRAFTS, "mkdocs.yml": CONFIGURATION.format("false")})
    gathered = gather(site / "mkdocs.yml", rules=(), learners=True)
    assert gathered.curriculum is not None and list(gathered.curriculum.modules) == ["listening"]
    assert not gathered.project.settings.release
    _, sound = gather_sound(site / "mkdocs.yml", learners=True)
    assert [lesson.id for lesson in sound.modules["listening"].lessons] == ["hearing", "asking"]


def test_a_draft_counts_as_published_only_when_it_goes_out(
    a_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = a_site({**DRAFTS, "mkdocs.yml": CONFIGURATION.format("false")})
    monkeypatch.chdir(site)
    try:
        for note in (
            lambda: note_release(site / "mkdocs.yml", date(2026, 11, 30)),
            lambda: CliRunner().invoke(main, ["diff", "--note"], catch_exceptions=False),
        ):
            a_site({**DRAFTS, "mkdocs.yml": CONFIGURATION.format("false")})
            note()
            text = (site / PUBLISHED).read_text("utf-8")
            assert "hearing" in text and "aside" not in text and '"waiting",' not in text
            assert "aside" not in CliRunner().invoke(main, ["diff"]).output
            ready = {
                **ASIDE,
                "modules/aside/module.yml": ASIDE["modules/aside/module.yml"].replace("draft: true", ""),
                "mkdocs.yml": CONFIGURATION.format("false"),
            }
            a_site(ready)
            said = CliRunner().invoke(main, ["diff"]).output
            assert "Aside from Listening first" in said and "Leave room" in said
    finally:
        (site / PUBLISHED).unlink(missing_ok=True)


@pytest.mark.parametrize("release", ["true", "false"])
def test_a_bank_has_no_question_of_a_draft_and_names_each(
    a_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, release: str
) -> None:
    monkeypatch.chdir(a_site({**DRAFTS, "mkdocs.yml": CONFIGURATION.format(release)}))
    done = CliRunner().invoke(main, ["export", "gift", "--everything", "--out", str(tmp_path / "q.gift")])
    assert done.exit_code == 0, done.output
    bank = (tmp_path / "q.gift").read_text("utf-8")
    assert "listening.hearing-reply" in bank and "aside." not in bank and "waiting-order" not in bank
    assert "because it belongs to a draft, which learners do not get" in done.output
    for place in ("modules/aside/quiz.yml", "modules/listening/waiting.yml"):
        assert place in done.output


@pytest.mark.parametrize("release", ["true", "false"])
def test_a_pack_keeps_drafts_as_drafts_and_says_so(
    a_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, release: str
) -> None:
    monkeypatch.chdir(a_site({**DRAFTS, "mkdocs.yml": CONFIGURATION.format(release)}))
    done = CliRunner().invoke(main, ["export", "pack", "listening", "aside", "--out", str(tmp_path / "p.zip")])
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        for name in ("modules/aside/module.yml", "modules/listening/waiting.yml"):
            assert "draft: true" in archive.read(name).decode()
            assert name in done.output
