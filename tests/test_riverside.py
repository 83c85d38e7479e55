"""The example of another organisation's site: built from the package as it is released, where nothing else of ours is installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatch
from pathlib import Path

import html5lib
import pytest

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples/riverside"
#: What a build in the folder itself leaves there.
MADE = ("site", ".site.*", "published.json")
FILES = sorted(
    path
    for path in EXAMPLE.rglob("*")
    if path.is_file() and not any(fnmatch(part, made) for part in path.relative_to(EXAMPLE).parts for made in MADE)
)
SITE, SLOW = pytest.mark.site, pytest.mark.slow
OWN = {
    "welcome-at-riverside": ["first-ten-minutes", "who-does-what", "handing-over", "quiz"],
    "walking-and-talking": ["before-you-set-out", "when-you-meet-somebody", "turning-back", "quiz"],
}


@dataclass(frozen=True)
class Riverside:
    """The example, built, and the command that built it."""

    command: Path
    folder: Path
    said: str

    def run(self, *arguments: str) -> str:
        """What the command says about the example. Raises `CalledProcessError` where it refuses."""
        cache = self.folder.parent / "cache"
        return subprocess.run(
            [self.command, *arguments], cwd=self.folder, check=True, text=True, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "ALONGSIDE_CACHE": str(cache)},
        ).stdout  # fmt: skip

    def html(self, page: str) -> str:
        return (self.folder / "site" / page / "index.html").read_text("utf-8")

    def text(self, page: str) -> str:
        """What a reader sees of a page."""
        tree = html5lib.parse(self.html(page), treebuilder="etree", namespaceHTMLElements=False)
        return " ".join(" ".join(tree.itertext()).split())


def environment(folder: Path, sources: Path = ROOT) -> Path:
    """The command in an empty environment with the wheel of this state of the repository, or of a copy of it.

    To fetch everything that the package depends on would take longer than the build, and needs a network. So what is
    installed here already can be imported there, after what is installed there; this installation of Alongside is not
    among it, since it is led to by a file that only its own environment reads.
    """
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder / "dist")],
        cwd=sources, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = (folder / "dist").glob("*.whl")
    home = folder / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(home / "bin/python"), "install"]
    subprocess.run([*pip, "--quiet", "--no-deps", "--no-index", str(wheel)], check=True)
    (library,) = home.glob("lib/python*/site-packages")
    (library / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")
    return home / "bin/alongside"


@pytest.fixture(scope="session")
def riverside(tmp_path_factory: pytest.TempPathFactory) -> Riverside:
    """The example in a folder of its own, built as for learners on a day on which somebody has tried the contacts."""
    top = tmp_path_factory.mktemp("riverside")
    folder = top / "riverside"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns(*MADE))
    settings = folder / "mkdocs.yml"
    today = date.today().isoformat()  # noqa: DTZ011  # as the command sees it
    settings.write_text(re.sub(r"(?<=last_verified: )\S+", today, settings.read_text("utf-8")), "utf-8")
    started = Riverside(environment(top), folder, "")
    return Riverside(started.command, folder, started.run("build", "--release", "--strict"))


@SITE
@SLOW
def test_the_wheel_builds_the_example_for_learners_without_a_finding(riverside: Riverside) -> None:
    assert re.search(r"^\d+ pages in .*/riverside/site$", riverside.said, re.MULTILINE), riverside.said
    assert not re.search(r"\b(error|warning)s?\b", riverside.said), riverside.said
    code = "import alongside, alongside.load.project as p; print(alongside.__file__, p.bundled_root())"
    python = [riverside.command.parent / "python", "-P", "-c", code]
    for place in subprocess.run(python, check=True, capture_output=True, text=True, env={}).stdout.split():
        assert Path(place).is_relative_to(riverside.command.parents[1]), "it was the wheel that built it"


@SITE
@SLOW
@pytest.mark.parametrize("page", ["", "support", "welcome-at-riverside/handing-over", "empathy", "progress"])
def test_a_page_has_the_name_the_logo_the_colours_and_the_menu_of_the_organisation(
    riverside: Riverside, page: str
) -> None:
    html = riverside.html(page)
    up = "../" * len(Path(page).parts) or "./"
    assert re.search(r"<title>[^<]*Riverside Peer Support</title>", html)
    for file in ("logo.svg", "logo-dark.svg", "badge.svg", "organisation.css"):
        assert f'"{up}assets/{file}"' in html, file
    assert "--brand-primary:#274b82" in (riverside.folder / "site/assets/organisation.css").read_text("utf-8")
    assert re.search(rf'<a href="{re.escape(up)}conduct/"[^>]*>\s*Our code of conduct', html)
    assert 'href="https://riverside.example/"' in html
    assert "This site is run by Riverside Peer Support." in riverside.text(page)


@SITE
@SLOW
def test_own_modules_stand_in_the_order_and_on_the_paths_that_the_organisation_named(riverside: Riverside) -> None:
    shown = re.findall(r'<a href="\./([a-z-]+)/"', riverside.html("").partition("Or take one module")[2])
    assert shown[:6] == [
        "welcome-at-riverside", "foundations", "boundaries", "active-listening", "safeguarding", "walking-and-talking",
    ]  # fmt: skip
    for module, pages in OWN.items():
        html = riverside.html(module)
        found = [page for page in re.findall(r'<a href="(?:\./|\.\./[a-z-]+/)?([a-z-]+)/"', html) if page in pages]
        assert list(dict.fromkeys(found)) == pages
    for path in ("first-evening", "walks"):
        assert "Welcome at Riverside" in riverside.text(f"paths/{path}")
    assert "Walking and talking" in riverside.text("paths/walks")
    assert "Walking and talking" not in riverside.text("paths/first-evening").partition("Menu")[0]


@SITE
@SLOW
def test_what_was_left_out_is_absent_and_what_led_to_it_are_words(riverside: Riverside) -> None:
    site = riverside.folder / "site"
    link = "[how to hear them first](module:conflict-resolution/"
    assert link in (ROOT / "modules/trust/saying-sorry.yml").read_text("utf-8")
    assert "teaches how to hear them first." in riverside.text("trust/saying-sorry")
    assert not [gone for gone in ("career", "conflict-resolution", "hosting") if (site / gone).exists()]
    for page in (*site.rglob("*.html"), site / "sitemap.xml", site / "catalogue.json"):
        assert not re.search(r"[\"/>](career|conflict-resolution|hosting)/", page.read_text("utf-8")), page


@SITE
@SLOW
def test_a_lesson_and_a_question_are_the_organisation_s_and_what_stands_around_them_is_not(
    riverside: Riverside,
) -> None:
    lesson = riverside.text("boundaries/meeting-online")
    assert "Our evening online, and tools that answer" in lesson and "Meeting online, and tools" not in lesson
    assert "Our evening online" in riverside.text("boundaries")
    beside = riverside.text("boundaries/kinds-of-boundary")
    assert "what’s given to one of us goes on the kitchen table" in beside and "Nine kinds of limit" in beside
    where = riverside.run("where", "boundaries")
    assert re.search(r"^boundaries/meeting-online\s+modules/boundaries/meeting-online\.yml", where, re.MULTILINE), where
    assert re.search(r"kinds-jar-of-jam\s+modules/boundaries/overlay\.yml", where), where


@SITE
@SLOW
def test_the_help_page_shows_the_facts_of_the_place(riverside: Riverside) -> None:
    text = riverside.text("support")
    for fact in (
        "Ring the emergency number for where you are.", "Riverside’s safeguarding lead", "safeguarding@riverside.example",
        "The desk at Riverside", "sign language if you write a week before", "trustees@riverside.example",
    ):  # fmt: skip
        assert fact in text, fact
    assert "safeguarding@riverside.example" in riverside.text("welcome-at-riverside/handing-over"), "and so do lessons"


@SITE
@SLOW
def test_what_is_compared_with_the_course_and_with_what_was_published_has_not_changed(riverside: Riverside) -> None:
    """A change of an original is no fault of the example: `alongside take` in its folder notes that somebody has looked."""
    assert "Nothing that was taken over has changed" in riverside.run("drift")
    assert "Nothing changed for learners." in riverside.run("diff")


@SITE
@SLOW
def test_a_copy_gets_the_recipes_of_a_site_without_losing_anything(riverside: Riverside, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns(*MADE))
    said = Riverside(riverside.command, copy, "").run("new", "site", ".", "--renew")
    assert "written  .github/workflows/publish.yml" in said and "written  requirements.txt" in said
    for path in FILES:
        assert (copy / path.relative_to(EXAMPLE)).read_bytes() == path.read_bytes(), path


def test_nothing_in_the_example_is_left_to_write_or_leads_to_somebody_who_exists() -> None:
    texts = {path: path.read_text("utf-8") for path in FILES if path.suffix in {".yml", ".md", ".json"}}
    assert len(texts) > 15
    for path, text in texts.items():
        assert "(write here" not in text, path
        own = text.replace("https://learn.riverside.example/", "").replace("https://riverside.example/", "")
        assert not re.search(r"https?:|\btel:|[\d ()+-]{7,}\d", re.sub(r"\d{4}-\d\d-\d\d|#[0-9a-f]{6}", "", own)), path
        assert set(re.findall(r"@([\w.-]+\w)", re.sub(r"\[@[^\]]*\]", "", text))) <= {"riverside.example"}, path


def test_the_wheel_has_no_example_in_it_and_the_example_no_file_that_a_command_makes() -> None:
    assert "examples" not in (ROOT / "pyproject.toml").read_text("utf-8").partition("[tool.hatch")[2]
    made = {path.relative_to(EXAMPLE).parts[0] for path in FILES}
    assert made <= {".alongside", ".gitignore", "README.md", "content", "mkdocs.yml", "modules"}
