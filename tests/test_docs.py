"""What documents say of the repository is so: links, paths and commands lead somewhere, and no decision is missing."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from alongside.render.assets import GENERATED

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
DECISIONS = ROOT / "docs/adr"
#: What is said of today. The changelog tells what was.
DOCUMENTS = [*sorted({*ROOT.glob("*.md")} - {ROOT / "CHANGELOG.md"}), *sorted((ROOT / "docs").rglob("*.md"))]
EVERY_DOCUMENT = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
RECORDS = sorted(path for path in DECISIONS.glob("*.md") if path.stem not in {"README", "template"})
EVERY_RECORD = pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
PARTS = ["Context", "Decision", "Consequences", "What would reverse it"]
#: The kind of question that docs/architecture.md adds to show how it is done.
EXAMPLE = "ranking"
#: A path from the top, up to what stands for a name of one’s own, as in `theme/questions/<kind>/`.
PATH = re.compile(r"`((?:\.github|builder|content|docs|modules|tests|theme)/[\w./-]*)(<[^`]*)?`")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def anchors(document: Path) -> set[str]:
    """What code hosts call the headings of a document."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", document.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def rows() -> dict[str, list[str]]:
    """The rows of the index, by the file that each leads to."""
    found = {}
    for line in (DECISIONS / "README.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if link := re.fullmatch(r"\[(.+)\]\((.+)\)", cells[1] if len(cells) > 1 else ""):
            found[link[2]] = [cells[0], link[1], *cells[2:]]
    return found


@EVERY_DOCUMENT
def test_links_of_a_document_lead_to_what_is_there(document: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", document.read_text("utf-8"))):
        where, _, anchor = link.partition("#")
        if not where.startswith(("https:", "http:")):
            target = document.parent / where if where else document
            assert target.exists(), link
            assert not anchor or anchor in anchors(target), link


@EVERY_DOCUMENT
def test_paths_that_a_document_names_are_there(document: Path) -> None:
    named = [found for found in PATH.findall(document.read_text("utf-8")) if EXAMPLE not in found[0]]
    known = {path: path.rpartition("/")[0] if rest else path for path, rest in named}
    assert [path + rest for path, rest in named if not (ROOT / known[path]).exists()] == []


def test_files_that_an_organisation_is_told_to_bring_have_names_that_the_site_does_not_use() -> None:
    """A file in `content/` at an address of ours is refused, so whoever follows the guide to the letter would be stuck."""
    skeleton = ROOT / "builder/alongside/authoring/skeletons/site/mkdocs.yml"
    for document in (skeleton, ROOT / "content/for-organisations.md", ROOT / "builder/alongside/model/examples.yml"):
        named = set(re.findall(r"\bassets/[\w./-]+\w", document.read_text("utf-8")))
        assert len(named) > 3
        assert [name for name in named if (ROOT / "theme" / name).exists() or name in GENERATED] == []


def test_no_page_leads_to_the_guide_for_authors_which_most_sites_leave_out() -> None:
    pages = [path for path in (ROOT / "content").rglob("*.md") if "authors" not in path.parts]
    assert len(pages) > 10  # they were found
    assert [path.name for path in pages if "(page:authors" in path.read_text("utf-8")] == []


def test_every_target_of_make_that_documents_and_workflows_name_is_there() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    places = [*DOCUMENTS, ROOT / ".ci/run", ROOT / ".gitlab-ci.yml", *sorted((ROOT / ".github/workflows").iterdir())]
    # A command begins a line, a step or a run of code; elsewhere “make” is an English word.
    command = re.compile(r"(?:^|[`-] ?|run: )make((?: [a-z-]+)+)", re.MULTILINE)
    named = {name for place in places for names in command.findall(place.read_text("utf-8")) for name in names.split()}
    assert {"site", "serve", "check", "test"} <= named <= set(targets)


def test_every_picture_of_the_readme_says_what_is_seen() -> None:
    pictures = re.findall(r"!\[(.*?)\]\((.+?)\)", README.read_text("utf-8"))
    assert [path for _, path in pictures] == ["docs/home.png", "docs/question.png", "docs/speed.svg"]
    for words, path in pictures:
        assert len(words) > 50
        assert (ROOT / path).stat().st_size < 50_000, "small enough for a slow line"


def test_the_question_in_the_readme_is_one_of_the_course() -> None:
    shown = re.findall(r"^```yaml\n(.*?)^```$", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    lesson = (ROOT / "modules/boundaries/private-with-limits.yml").read_text("utf-8")
    assert len(shown) == 1 and textwrap.indent(shown[0], "  ") in lesson


def test_the_picture_in_the_readme_shows_words_of_that_question() -> None:
    text = README.read_text("utf-8")
    words = next(words for words, path in re.findall(r"!\[(.*?)\]\((.+?)\)", text) if path == "docs/question.png")
    for said in ("Once at the start, and then the matter is settled", "one of thirty new things on a nervous day."):
        assert said in words and said in text.replace(words, "")


def test_ci_runs_the_test_command_of_the_readme() -> None:
    command = (ROOT / ".ci/run").read_text("utf-8").splitlines()[-1]
    assert re.search(rf"^{re.escape(command)} +# runs every test", README.read_text("utf-8"), re.MULTILINE)


def test_the_index_lists_every_decision_and_no_other() -> None:
    assert list(rows()) == [path.name for path in RECORDS]


@EVERY_RECORD
def test_a_decision_is_in_the_index_with_its_number_its_title_a_sentence_and_its_status(record: Path) -> None:
    number, title, sentence, status = rows()[record.name]
    assert record.read_text("utf-8").startswith(f"# {number}. {title}\n")
    assert record.name.startswith(f"{int(number):04}-")
    assert sentence.endswith(".") and ". " not in sentence
    assert re.fullmatch(r"in force|replaced by \d+", status)


def test_decisions_are_numbered_one_after_the_other() -> None:
    assert [int(path.name[:4]) for path in RECORDS] == list(range(1, len(RECORDS) + 1))


@EVERY_RECORD
def test_a_decision_has_the_parts_of_the_template(record: Path) -> None:
    assert re.findall(r"^\*\*(.+?)\.\*\*", record.read_text("utf-8"), re.MULTILINE) == PARTS


def test_the_template_of_a_decision_has_these_parts() -> None:
    template = (DECISIONS / "template.md").read_text("utf-8")
    assert re.findall(r"^\*\*(.+?)\.\*\*", template, re.MULTILINE) == PARTS
