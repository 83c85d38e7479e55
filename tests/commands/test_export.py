"""`alongside export` with a form of question bank: what it writes and prints, and how it ends."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from click.testing import CliRunner, Result

from alongside.commands.main import main
from alongside.engines.publish import MARKER
from alongside.exporters import BANKS, FORMATS
from tests.conftest import BASE
from tests.printing import ALL_FORMS

pytestmark = pytest.mark.slow

CONFIGURATION = "site_name: Test\nplugins:\n  - alongside:\n      layers: [.]\n      paths:\n        own: {title: Own, summary: Ours., modules: [listening]}\n"
each_form = pytest.mark.parametrize("form", ALL_FORMS)
each_bank = pytest.mark.parametrize("form", BANKS)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in {**BASE, "mkdocs.yml": CONFIGURATION}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["export", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.slow
@each_form
def test_what_is_exported_is_written_with_its_size_and_twice_the_same(site: Path, form: str) -> None:
    file = site / f"{FORMATS[form].usual_name}.{FORMATS[form].ending}"
    first = run(form)
    assert first.exit_code == 0
    assert first.stdout.startswith(f"written  {file.name}  ")
    assert re.search(rf"  [1-9][0-9]* {FORMATS[form].of}s?, ", first.stdout)
    content = file.read_bytes()
    assert (run(form).exit_code, file.read_bytes()) == (0, content)
    assert not list(site.glob(".*"))


@each_bank
def test_what_is_left_out_is_named_with_its_place_and_reason(form: str, site: Path) -> None:
    quiz = site / "modules/listening/quiz.yml"
    quiz.write_text(
        quiz.read_text("utf-8").replace("    rationale:", "    hints: [Look again.]\n    rationale:", 1), "utf-8"
    )
    result = run(form)
    lines = result.stderr.splitlines()
    heads = [line for line in lines if line.startswith("left out: ")]
    assert heads
    assert all(re.search(", (each )?because ", line) for line in heads)
    wholes = [line for line in heads if re.match(r"left out: \d+ question", line)]
    assert all((", each because " in line) == ("questions" in line) for line in wholes)
    places = [line.split() for line in lines if line.startswith("    modules/")]
    for place, question in places:
        file, line, _ = place.rsplit(":", 2)
        below = (site / file).read_text("utf-8").splitlines()[int(line) - 1 :]
        assert f"id: {question}" in " ".join(below[:3]), place


@pytest.mark.usefixtures("site")
def test_one_module_and_a_path_are_files_of_their_names() -> None:
    assert "written  listening.gift" in run("gift", "--module", "listening").stdout
    assert "written  own.gift" in run("gift", "--path", "own").stdout
    assert Path("own.gift").read_bytes() == Path("listening.gift").read_bytes()
    assert "written  elsewhere.txt" in run("gift", "--path", "own", "--out", "elsewhere.txt").stdout


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--module", "listning"), 'there is no module "listning", did you mean "listening"?'),
        (("--path", "owl"), 'there is no path "owl", did you mean "own"?'),
    ],
)
def test_what_is_not_there_is_wrong_usage(arguments: tuple[str, str], said: str) -> None:
    result = run("gift", *arguments)
    assert (result.exit_code, said in result.output) == (2, True)


@pytest.mark.slow
@each_form
def test_no_other_file_is_overwritten_and_nothing_of_the_site(site: Path, form: str) -> None:
    (site / "notes.txt").write_text("years of work")
    (site / "link.txt").symlink_to("notes.txt")
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    for out in ("notes.txt", "link.txt", "mkdocs.yml", "modules/new.txt", "modules/listening/quiz.yml"):
        assert run(form, "--out", out).exit_code == 2, out
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


@pytest.mark.usefixtures("site")
def test_a_bank_of_another_format_is_not_overwritten() -> None:
    assert run("gift", "--out", "bank").exit_code == 0
    assert "is there already" in run("aiken", "--out", "bank").stderr


@pytest.mark.usefixtures("site")
def test_what_cannot_be_read_is_not_overwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("gift").exit_code == 0

    read_bytes = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.name == "questions.gift":
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    result = run("gift")
    assert (result.exit_code, "questions.gift is there already" in result.stderr) == (2, True)


@pytest.mark.usefixtures("site")
def test_content_that_cannot_be_understood_is_not_exported() -> None:
    Path("modules/listening/quiz.yml").write_text("questions: 3\n", "utf-8")
    result = run("gift")
    assert result.exit_code == 1
    assert "Nothing was written." in result.stderr
    assert not Path("questions.gift").exists()


@pytest.mark.usefixtures("site")
def test_a_course_without_a_question_for_a_format_writes_nothing() -> None:
    for name in BASE:
        if name.startswith("modules/listening/"):
            text = Path(name).read_text("utf-8")
            Path(name).write_text(text.replace("prompt: ", "prompt: '(write here: it)' #"), "utf-8")
    result = run("moodle-xml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "not written: there is no question that this format can take" in result.stderr
    assert not list(Path().glob("questions*"))


@pytest.mark.usefixtures("site")
def test_links_lead_to_the_site_that_the_settings_name() -> None:
    Path("mkdocs.yml").write_text(f"site_url: https://learn.example.org/course\n{CONFIGURATION}", "utf-8")
    quiz = Path("modules/listening/quiz.yml")
    quiz.write_text(
        quiz.read_text("utf-8").replace("    rationale: ", "    rationale: 'See [[open-question]].' #", 1), "utf-8"
    )
    result = run("moodle-xml")
    assert result.exit_code == 0, result.output
    text = "".join(fromstring(Path("questions.moodle.xml").read_bytes()).itertext())  # noqa: S314  # we wrote it
    assert 'href="https://learn.example.org/course/glossary/#term-open-question"' in text


# ------------------------------------------------------------------------ formats with pages

each_of_pages = pytest.mark.parametrize("form", [form for form in FORMATS if FORMATS[form].of == "page"])


@pytest.mark.slow
@each_of_pages
def test_pages_of_a_draft_are_left_out_and_named(site: Path, form: str) -> None:
    lesson = site / "modules/listening/waiting.yml"
    lesson.write_text(f"{lesson.read_text('utf-8')}draft: true\n", "utf-8")
    (site / "content").mkdir()
    (site / "content/news.md").write_text("---\ndraft: true\n---\n\n# News\n\nSomething is new.\n", "utf-8")
    result = run(form)
    assert result.exit_code == 0
    said = [
        line.strip()
        for line in result.stderr.splitlines()
        if "draft" in line or "  news" in line or "  waiting" in line
    ]
    assert [line for line in said if line.startswith("left out: 1 lesson, because it is a draft")]
    assert [line for line in said if line.startswith("left out: 1 page, because it is a draft")]
    assert [line for line in said if line.startswith("modules/listening/waiting.yml:") and line.endswith("  waiting")]


@each_of_pages
def test_a_course_of_drafts_alone_has_no_pages(site: Path, form: str) -> None:
    outline = site / "modules/listening/module.yml"
    outline.write_text(f"{outline.read_text('utf-8')}draft: true\n", "utf-8")
    result = run(form)
    assert result.exit_code == 1
    assert "left out: 1 module, because it is a draft, which learners do not get" in result.stderr
    assert "not written: there is no page that this format can take" in result.stderr
    assert not list(site.glob("course*"))


@each_of_pages
def test_what_a_rule_calls_an_error_keeps_pages_from_being_exported(site: Path, form: str) -> None:
    quiz = site / "modules/listening/quiz.yml"
    quiz.write_text(quiz.read_text("utf-8").replace("correct: true", "correct: false", 1), "utf-8")
    result = run(form)
    assert result.exit_code == 1
    assert "Nothing was written." in result.stderr
    assert "modules/listening/quiz.yml:" in result.stdout
    assert not list(site.glob("course*"))


@pytest.mark.slow
@each_of_pages
def test_what_is_not_ready_for_learners_is_an_error_with_release(site: Path, form: str) -> None:
    quiz = site / "modules/listening/quiz.yml"
    quiz.write_text(
        quiz.read_text("utf-8").replace("    rationale: A", '    rationale: "(write here: why)" # A', 1), "utf-8"
    )
    assert run(form).exit_code == 0
    result = run(form, "--release")
    assert result.exit_code == 1
    assert "Nothing was written." in result.stderr


each_folder = pytest.mark.parametrize("form", [form for form in FORMATS if FORMATS[form].is_our_folder])


@pytest.mark.slow
@each_folder
def test_a_folder_holds_what_the_archive_does(site: Path, form: str) -> None:
    said = run(form, "--folder", "stick").stdout
    assert re.match(r"written  stick  [1-9][0-9]* pages, ", said)
    assert run(form).exit_code == 0
    with zipfile.ZipFile(site / f"course.{FORMATS[form].ending}") as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    folder = {path.relative_to(site / "stick").as_posix(): path.read_bytes() for path in (site / "stick").rglob("*") if path.is_file()}  # fmt: skip
    assert folder.keys() - packed.keys() == {MARKER}
    assert {name: folder[name] for name in packed} == packed
    assert run(form, "--module", "listening", "--folder", "stick").exit_code == 0, "one of ours is replaced"


@pytest.mark.slow
@each_folder
def test_no_other_folder_is_replaced(site: Path, form: str) -> None:
    (site / "notes").mkdir()
    (site / "notes/years.txt").write_text("of work")
    (site / "link").symlink_to("notes")
    assert run(form, "--folder", "stick").exit_code == 0
    (site / "stick/mine.txt").write_text("of mine")
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file() and "stick" not in path.parts}
    for folder in ("notes", "link", "modules", "modules/new", ".", "stick"):
        result = run(form, "--folder", folder)
        assert result.exit_code == 2, folder
        assert "--site-dir" not in result.stderr
        assert "for the site" not in result.stderr
        assert folder == "stick" or "Rendering" not in result.stderr, "refused before anything is made"
    assert {
        path: path.read_bytes() for path in site.rglob("*") if path.is_file() and "stick" not in path.parts
    } == before
    assert (site / "stick/mine.txt").read_text() == "of mine"
    assert run(form, "--folder", "one", "--out", "two").exit_code == 2


@pytest.mark.usefixtures("site")
def test_a_pass_mark_reaches_the_package_and_is_a_share_of_a_hundred() -> None:
    assert run("scorm12", "--pass-mark", "80").exit_code == 0
    with zipfile.ZipFile("course.scorm12.zip") as archive:
        assert b"<adlcp:masteryscore>80<" in archive.read("imsmanifest.xml")
    for wrong in ("0", "101", "most"):
        refused = run("scorm12", "--pass-mark", wrong)
        assert (refused.exit_code, "--pass-mark" in refused.stderr) == (2, True)
    assert run("gift", "--pass-mark", "80").exit_code == 2
