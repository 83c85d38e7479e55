"""What an edit changes: a published file changes only where it shows what was edited, so that nothing else is loaded again.

A fingerprint, a count or a day of the whole site on every page would make each release a new site to every browser.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest

from alongside.build import gather, whole_site
from alongside.render.environment import page_writer
from alongside.render.frame import frame_of
from alongside.render.offline import seal
from alongside.render.site import SiteRenderer
from tests.browser.small import CONFIGURATION, write_small

HEARING, OUTLINE = "modules/listening/hearing.yml", "modules/listening/module.yml"
ORDER = "modules/curriculum.yml"
SEARCH = "assets/search/"
#: The worker and the list of lists, which say that something is new.
ALWAYS = {"sw.js", "assets/offline.json"}
#: What lists every page, or every lesson with its title.
SITE_LISTS = {"alignment/", "modules/", "progress/", "record/"}
#: What says for machines what modules hold.
CATALOGUE, COURSE, INDEX = "catalogue.json", "listening/course.jsonld", "listening/index.json"
#: Every page of a module that has the contents of the module.
MODULE = {f"listening/{name}" for name in ("", "hearing/", "asking/", "waiting/", "quiz/", "print/", "print/key/")}


def another_lesson(folder: Path) -> None:
    shutil.copy(folder / "modules/listening/waiting.yml", folder / "modules/listening/staying.yml")
    put(folder, OUTLINE, "asking, waiting]", "asking, waiting, staying]")


def another_picture(folder: Path) -> None:
    put(folder, "modules/listening/media/ladder.svg", "<svg ", '<svg id="another" ')


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    """An edit of a file."""
    return lambda folder: put(folder, name, old, new)


#: Edits, with the pages and files that may change for each, besides the lists of those. Search may show it too, or not.
EDITS: dict[str, tuple[Callable[[Path], None], set[str]]] = {
    "a sentence": (edit(HEARING, "She says the first", "She says the last"), {"listening/hearing/", "listening/print/", SEARCH}),
    "a title": (edit(HEARING, "title: Give back", "title: Hand back"), {CATALOGUE, COURSE, INDEX, *MODULE, *SITE_LISTS, SEARCH}),
    "a glossary entry": (edit("modules/glossary.yml", "A short", "A brief"), {"glossary/", SEARCH}),
    "a source": (
        edit("modules/sources.yml", "Weger, H.,", "Weger, Harry,"),
        {"sources/", SEARCH, *(f"{module}/{page}" for module in ("listening", "speaking") for page in ("", "hearing/", "print/"))},
    ),
    "the feedback of a question": (edit(HEARING, "This gives back what", "That gives back what"), {"listening/hearing/", "listening/print/key/", SEARCH}),
    "a picture": (another_picture, {"listening/media/ladder.svg"}),
    "a colour in the settings": (edit("mkdocs.yml", "#123456", "#654321"), {"assets/organisation.css", "manifest.webmanifest"}),
    "the order of modules": (
        edit(ORDER, "[listening, speaking]", "[speaking, listening]"),
        # A module leads on to the next one: from its first page, once it is finished, and from its last.
        {"", CATALOGUE, "assets/index.json", *SITE_LISTS, SEARCH, *(f"{module}/{page}" for module in ("listening", "speaking") for page in ("", "quiz/"))},
    ),
    "a new lesson": (another_lesson, {"", "paths/all/", "listening/staying/", CATALOGUE, COURSE, INDEX, *MODULE, *SITE_LISTS, SEARCH}),
    "a lesson that goes": (edit(OUTLINE, "asking, waiting]", "asking]"), {"", "paths/all/", "listening/faces/rosa.svg", CATALOGUE, COURSE, INDEX, *MODULE, *SITE_LISTS, SEARCH}),
}  # fmt: skip


def put(folder: Path, name: str, old: str, new: str) -> None:
    """Puts words in the place of others, which have to be there."""
    text = (folder / name).read_text("utf-8")
    assert old in text, old
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")


def two_modules(folder: Path) -> None:
    """A site with a second module, which is the first under another name, and a picture in the first."""
    write_small(folder)
    shutil.copytree(folder / "modules/listening", folder / "modules/speaking")
    put(folder, "modules/speaking/module.yml", "title: Listening first", "title: Speaking first")
    put(folder, ORDER, "order: [listening]", "order: [listening, speaking]")
    put(folder, HEARING, "      ## Say it back\n", "      ## Say it back\n\n      ![A ladder](media/ladder.svg)\n")
    more = '      organisation: {name: Ours, colours: {primary: "#123456"}}\n'
    (folder / "mkdocs.yml").write_text(CONFIGURATION + more, "utf-8")


def published(folder: Path, out: Path) -> Mapping[str, bytes]:
    """Every file of the site, as an engine writes it."""
    gathered = gather(folder / "mkdocs.yml", rules=())
    project, curriculum = gathered.project, gathered.curriculum
    assert curriculum
    renderer = SiteRenderer(curriculum, project.settings, project.template_folders)
    site = whole_site(project, renderer, list(renderer.pages()))
    urls = [page.url for page in site.pages]
    frame = frame_of(project, urls, site_name="Small", policy="", top="/", offline=site.offline)
    write = page_writer(project.template_folders)
    files = {asset.url: asset.content or Path(asset.path or "").read_bytes() for asset in site.assets}
    for page in site.pages:
        shown = SimpleNamespace(meta=frame.around(page), content=page.resolved_body(), canonical_url=None)
        name = f"{page.url}index.html" if page.url.endswith("/") or not page.url else page.url
        files[name] = write(page=shown, config=SimpleNamespace(site_name="Small")).encode()
    for name, content in files.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)
    seal(out, site.pages)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Mapping[str, bytes]]:
    """The sources of a site with two modules, and its files."""
    folder = tmp_path_factory.mktemp("before")
    two_modules(folder / "sources")
    return folder / "sources", published(folder / "sources", folder / "site")


def listed_by(url: str) -> str:
    """The list that has the fingerprint of a file."""
    part = next((part for part in ("listening", "speaking", "assets/search") if url.startswith(f"{part}/")), "")
    return f"assets/offline/{part}.json" if part else "assets/offline.json"


@pytest.mark.slow
@pytest.mark.parametrize(("change", "may"), EDITS.values(), ids=EDITS)
def test_an_edit_changes_what_shows_it_and_nothing_else(
    before: tuple[Path, Mapping[str, bytes]], tmp_path: Path, change: Callable[[Path], None], may: set[str]
) -> None:
    sources, old = before
    shutil.copytree(sources, tmp_path / "sources")
    change(tmp_path / "sources")
    new = published(tmp_path / "sources", tmp_path / "site")
    files = {name.removesuffix("index.html") for name in {*old, *new} if old.get(name) != new.get(name)}
    lists = {name for name in files if name in ALWAYS or name.startswith("assets/offline/")}
    changed = files - lists
    assert changed
    assert {name for name in changed if (SEARCH if name.startswith(SEARCH) else name) not in may} == set()
    assert lists == {*ALWAYS, *map(listed_by, changed)}, "a list changes where a file in it does"
