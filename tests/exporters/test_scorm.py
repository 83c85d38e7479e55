"""Packages for learning platforms: what their manifests say, judged by the schemas of the standard, and what is in them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
import xmlschema

from alongside.build import gather_sound
from alongside.exporters import FORMATS, Selection, Written
from alongside.exporters.scorm import MOST_STATE
from alongside.files.archive import packed, unpacked_bytes
from alongside.files.problems import BuildError
from alongside.load.content import load_texts
from alongside.load.drafts import without_drafts
from alongside.load.project import open_project
from alongside.model.questions.keys import assessments
from tests.browser.gallery import CONFIGURATION
from tests.conftest import BASE
from tests.examples import Example, gallery_curriculum, valid_examples

pytestmark = pytest.mark.slow

FORMS = ("scorm12", "scorm2004")
each_form = pytest.mark.parametrize("form", FORMS)
#: Every format with this frame around the course.
each_framed = pytest.mark.parametrize("form", [*FORMS, "cmi5"])
MANIFEST = "imsmanifest.xml"
#: What stands beside a manifest and is no part of the course.
CONTROL = re.compile(r"^[^/]+\.(xsd|dtd)$|^imsmanifest\.xml$")
RESERVED = b'xmlns="http://www.w3.org/XML/1998/namespace"'
NAME = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*")
Files = Mapping[str, bytes]
ROOT = Path(__file__).parents[2]
#: Pages about running a site, which say what a site does.
FOR_HOSTS = {"for-organisations", "start-a-site", "hosting", "changing-modules", "question-banks", "paper-and-books", "learning-platforms", "common-cartridge", "memory-stick", "kolibri"}  # fmt: skip
#: What is true of a site, and not of a package: there a platform gets a score, and nothing stays in the browser.
PROMISED = re.compile(r"\b(?:your|this) browser\b|\bno account\b|\bnobody (?:sees|watches)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Selection:
    """A course with every example of every kind of question."""
    folder = tmp_path_factory.mktemp("gallery")
    (folder / "content").mkdir()
    (folder / "content/index.md").write_text("# Gallery\n\nEvery kind.\n", encoding="utf-8")
    (folder / "content/privacy.md").write_text("# Privacy\n\nNothing leaves the browser.\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    project, problems = open_project(folder / "mkdocs.yml")
    assert not problems
    curriculum = gallery_curriculum(folder)
    curriculum = replace(curriculum, pages=load_texts(project.content_folders)[0])
    return Selection(project, curriculum, tuple(curriculum.modules))


@pytest.fixture(scope="module")
def made(gallery: Selection) -> Callable[..., Files]:
    """The files of the package, made once for each format and pass mark."""
    kept: dict[tuple[str, int | None], Files] = {}

    def files(form: str, pass_mark: int | None = None) -> Files:
        asked = form, pass_mark
        if asked not in kept:
            kept[asked] = files_of(FORMATS[form].write(replace(gallery, pass_mark=pass_mark)))
        return kept[asked]

    return files


def files_of(written: Written) -> Files:
    return unpacked_bytes(written.file)


def course_of(files: Files) -> dict[str, list[dict[str, object]]]:
    """What the script of the frame knows."""
    found = re.match(rb"globalThis\.alongsideCourse=(\{.*\});\n", files["shell.js"])
    assert found
    return json.loads(found[1])


# ------------------------------------------------------------------- what is judged


def schema_of(files: Files, folder: Path) -> xmlschema.XMLSchema:
    """The schemas of a package, as they lie in it."""
    for name, content in files.items():
        if CONTROL.match(name):
            # One of 2001 binds a prefix that XML has reserved since; readers of the time let it pass.
            (folder / name).write_bytes(content.replace(RESERVED, b""))
    namespaces = dict(zip(*[iter(re.findall(r'schemaLocation="([^"]*)"', files[MANIFEST].decode())[0].split())] * 2, strict=True))  # fmt: skip
    first, *others = namespaces.items()
    return xmlschema.XMLSchema(str(folder / first[1]), locations=[(name, str(folder / file)) for name, file in others])


def unlisted(files: Files) -> list[str]:
    """Files that are in the package and not in its manifest, and the other way round; and one that is named twice."""
    listed = [unquote(found) for found in re.findall(r'<file href="([^"]*)"', files[MANIFEST].decode())]
    there = {name for name in files if not CONTROL.match(name)}
    return sorted({*listed} ^ there | {name for name in listed if listed.count(name) > 1})


@each_form
@pytest.mark.parametrize("pass_mark", [None, 80])
def test_the_manifest_is_as_the_standard_wants_it(
    made: Callable[..., Files], form: str, pass_mark: int | None, tmp_path: Path
) -> None:
    files = made(form, pass_mark)
    schema_of(files, tmp_path).validate(files[MANIFEST].decode())


@each_form
def test_a_manifest_that_is_not_so_is_found(made: Callable[..., Files], form: str, tmp_path: Path) -> None:
    files = made(form)
    right, schema = files[MANIFEST].decode(), schema_of(files, tmp_path)
    for said, instead in (("organizations", "organisations"), ('identifier="item-', 'identifier="1 item-'), ("<file href=", "<file name=")):  # fmt: skip
        assert said in right
        assert not schema.is_valid(right.replace(said, instead)), said


@each_framed
def test_the_frame_is_one_script_with_what_it_shares_with_pages(made: Callable[..., Files], form: str) -> None:
    script = made(form)["shell.js"]
    assert not re.search(rb"\bimport\b|^export\b", script, re.MULTILINE)
    assert script.count(b"const $day=") == 1, "the day is that of the pages"


@each_form
def test_the_manifest_lists_each_file_and_no_other(made: Callable[..., Files], form: str) -> None:
    assert unlisted(made(form)) == []


def test_a_file_that_is_not_listed_is_found(made: Callable[..., Files]) -> None:
    files = made("scorm12")
    listed = files[MANIFEST]
    line = next(line for line in listed.splitlines(keepends=True) if b"course/index.html" in line)
    assert unlisted({**files, MANIFEST: listed.replace(line, b"")}) == ["course/index.html"]
    assert unlisted({name: content for name, content in files.items() if name != "shell.js"}) == ["shell.js"]
    assert unlisted({**files, MANIFEST: listed.replace(line, line + line)}) == ["course/index.html"]


@each_form
def test_each_version_has_its_own_spelling_and_starts_the_frame(made: Callable[..., Files], form: str) -> None:
    text = made(form)[MANIFEST].decode()
    version, kind = {"scorm12": ("1.2", "scormtype"), "scorm2004": ("2004 4th Edition", "scormType")}[form]
    assert f"<schema>ADL SCORM</schema>\n    <schemaversion>{version}</schemaversion>" in text
    assert f'type="webcontent" adlcp:{kind}="sco" href="index.html"' in text
    assert text.count("<item ") == 1 and text.count("<organization ") == 1


def test_platforms_are_told_of_a_pass_mark_only_where_there_is_one(made: Callable[..., Files]) -> None:
    said = {(form, mark): made(form, mark)[MANIFEST].decode() for form in FORMS for mark in (None, 80)}
    assert [words in said[form, None] for form in FORMS for words in ("masteryscore", "minNormalizedMeasure", "satisfiedByMeasure")] == [False] * 6  # fmt: skip
    assert "<adlcp:masteryscore>80</adlcp:masteryscore>" in said["scorm12", 80]
    assert "<imsss:minNormalizedMeasure>0.8</imsss:minNormalizedMeasure>" in said["scorm2004", 80]
    for mark in (None, 80):
        assert 'completionSetByContent="true" objectiveSetByContent="true"' in said["scorm2004", mark]
    assert [course_of(made("scorm12", mark))["passMark"] for mark in (None, 80)] == [None, 80]


@each_framed
def test_what_platforms_stumble_over_is_not_there(made: Callable[..., Files], form: str) -> None:
    files = made(form)
    assert [name for name in files if not NAME.fullmatch(name) and not CONTROL.match(name)] == []
    assert [
        name for name in files if re.search(r"sw\.js|webmanifest|404|sitemap|\.map$|course/offline/|catalogue", name)
    ] == []
    shell = files["index.html"].decode()
    assert "://" not in shell and "<script src=" in shell
    assert (
        re.findall(r"\b(?:localStorage|sessionStorage|unload|beforeunload|logout|alert)\b", files["shell.js"].decode())
        == []
    )
    pages = [content.decode() for name, content in files.items() if name.endswith(".html") and name != "index.html"]
    assert pages and all('data-keeps="platform"' in page for page in pages)
    assert not any('type="module"' in page or 'target="_top"' in page for page in pages)


def test_the_bar_of_the_frame_is_a_landmark(made: Callable[..., Files]) -> None:
    """Someone who goes from landmark to landmark finds the button to leave."""
    shell = made("scorm12")["index.html"].decode()
    assert re.search(
        r'<section class="platform__bar" aria-label="[^"]+">.*id="leave".*id="said".*</section>', shell, re.DOTALL
    )


def test_links_to_other_sites_say_from_the_start_that_they_open_a_window(made: Callable[..., Files]) -> None:
    pages = [content.decode() for name, content in made("scorm12").items() if name.endswith(".html")]
    tags = [tag for page in pages for tag in re.findall(r"<a\b[^>]*>", page)]
    outside = [tag for tag in tags if 'href="http' in tag]
    assert outside
    assert [
        tag
        for tag in outside
        if not (tag.count(' target="_blank"') == tag.count(" rel=") == tag.count("noopener") == 1)
    ] == []
    assert [tag for tag in tags if tag not in outside and "target=" in tag] == []


# ------------------------------------------------------------------------ the course


@each_framed
@pytest.mark.parametrize("example", valid_examples(), ids=str)
def test_every_example_of_every_kind_is_in_the_package(
    made: Callable[..., Files], gallery: Selection, form: str, example: Example
) -> None:
    files = made(form)
    question = example.question
    pages = [content for name, content in files.items() if name.endswith(".html") and "/print/" not in name]
    assert any(f'data-question="{question.id}"'.encode() in page for page in pages)
    counted = {one.id for module in gallery.curriculum.modules.values() for one in assessments(module)}
    known = {one["id"]: one for one in course_of(files)["questions"]}
    assert (question.id in known) == (question.id in counted)
    if question.id in known:
        assert known[question.id]["graded"] == question.scored
        assert f'data-fingerprint="{known[question.id]["fingerprint"]}"'.encode() in b"".join(pages)


@each_framed
def test_the_same_course_gives_the_same_bytes(made: Callable[..., Files], gallery: Selection, form: str) -> None:
    again = FORMATS[form].write(replace(gallery)).file
    assert again == packed(made(form))
    assert FORMATS[form].is_ours(again)
    assert not any(FORMATS[other].is_ours(again) for other in FORMATS if other != form)


@each_framed
def test_the_page_that_tells_of_the_browser_is_left_out_and_named(gallery: Selection, form: str) -> None:
    written = FORMATS[form].write(gallery)
    assert [(one.what, one.question) for one in written.left_out] == [("page", "privacy")]
    assert not any("privacy" in name for name in files_of(written))


@pytest.mark.parametrize("configuration", ["mkdocs.yml", "examples/riverside/mkdocs.yml"])
def test_no_page_for_learners_promises_what_a_platform_does_not_keep_to(configuration: str) -> None:
    pages, _ = load_texts(open_project(ROOT / configuration)[0].content_folders)
    ours = {name: page.text for name, page in pages.items() if name not in FOR_HOSTS}
    assert ours and [name for name, text in ours.items() if PROMISED.search(text)] == ["privacy"]


# --------------------------------------------------------------------- small courses


@pytest.fixture
def selection(a_site: Callable[..., Path]) -> Callable[..., Selection]:
    """The small course with a second module, of which some are chosen, and some files changed."""

    def chosen(*modules: str, track: str = "", pass_mark: int | None = None, **files: str) -> Selection:
        project, curriculum = gather_sound(a_site({**WORLD, **files}) / "mkdocs.yml")
        ready = without_drafts(curriculum)
        return Selection(project, ready, modules or tuple(ready.modules), track, pass_mark=pass_mark)

    return chosen


WORLD = {
    **{
        name.replace("/listening/", "/aside/"): (text or "").replace("title: ", "title: Aside from ", 1)
        for name, text in BASE.items()
        if name.startswith("modules/listening/")
    },
    "modules/curriculum.yml": (BASE["modules/curriculum.yml"] or "").replace("[listening]", "[listening, aside]"),
    "mkdocs.yml": CONFIGURATION
    + "      paths:\n        own: {title: Own & ours, summary: Ours., modules: [listening]}\n",
}


def identifiers(selection: Selection) -> tuple[list[str], str]:
    """What platforms find a package and its state by."""
    files = files_of(FORMATS["scorm12"].write(selection))
    return re.findall(r'identifier="([^"]*)"', files[MANIFEST].decode()), str(course_of(files)["hash"])


def test_an_edit_leaves_what_platforms_find_a_package_by(selection: Callable[..., Selection]) -> None:
    lesson = "modules/listening/asking.yml"
    edited = (BASE[lesson] or "").replace("title: ", "title: Better ", 1)
    assert edited != BASE[lesson]
    turned = str(WORLD["modules/curriculum.yml"]).replace("[listening, aside]", "[aside, listening]")
    before = identifiers(selection())
    assert identifiers(selection(**{lesson: edited})) == before
    assert identifiers(selection(**{"modules/curriculum.yml": turned})) == before
    assert before[0] == ["alongside-scorm12-course", "org-course", "item-course", "sco-course"]


def test_packages_of_other_modules_are_told_apart(selection: Callable[..., Selection]) -> None:
    chosen = [selection(), selection("listening"), selection("aside"), selection("listening", track="own")]
    names = [identifiers(one)[0] for one in chosen]
    assert [name[0].removeprefix("alongside-scorm12-") for name in names] == ["course", "module-listening", "module-aside", "path-own"]  # fmt: skip
    assert len({hash_ for one in chosen for hash_ in [identifiers(one)[1]]}) == 3


def test_titles_of_any_signs_are_written(selection: Callable[..., Selection]) -> None:
    files = files_of(FORMATS["scorm2004"].write(selection("listening", track="own")))
    titles = re.findall(r"<title>(.*)</title>", files[MANIFEST].decode())
    assert titles == ["Own &amp; ours", "Own &amp; ours"]
    assert "<title>Own &amp; ours</title>" in files["index.html"].decode()


def test_a_pass_mark_that_nobody_can_reach_is_refused(
    selection: Callable[..., Selection], monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = selection("listening", pass_mark=80)
    monkeypatch.setattr("alongside.exporters.scorm.assessments", lambda _: [])
    with pytest.raises(BuildError, match="nobody could reach a pass mark: leave out --pass-mark"):
        FORMATS["scorm12"].write(chosen)
    assert FORMATS["scorm12"].write(replace(chosen, pass_mark=None)).count


def test_a_course_whose_state_would_not_fit_is_refused(
    selection: Callable[..., Selection], monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = selection("listening")
    asked = assessments(chosen.curriculum.modules["listening"])
    many = [asked[0]] * (MOST_STATE // 2)
    monkeypatch.setattr("alongside.exporters.scorm.assessments", lambda _: many)
    with pytest.raises(BuildError, match=r"takes 3,\d\d\d letters, and learning platforms keep 3,500 for sure: export fewer modules"):  # fmt: skip
        FORMATS["scorm12"].write(chosen)


def test_the_shipped_course_fits_with_room() -> None:
    modules = gather_sound(ROOT / "mkdocs.yml")[1].modules.values()
    questions = sum(len(assessments(module)) for module in modules)
    parts = sum(len(module.parts) for module in modules)
    assert len(modules) >= 17
    assert questions > 200
    assert 14 + parts / 6 + questions + 2 * parts < MOST_STATE / 2
