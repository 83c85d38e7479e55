"""A book of a course: whole, well-formed, and with ways that lead somewhere. `tests/interop` has it judged by others."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZIP_STORED, ZipFile

import pytest

from alongside.build import gather_sound
from alongside.exporters import FORMATS
from alongside.exporters.selection import Selection, Written
from alongside.load.project import open_project
from alongside.model.steps import ScenarioStep
from alongside.render.template_context import part_numbers
from tests.conftest import BASE
from tests.examples import Example, gallery_curriculum, valid_examples
from tests.spelled_out import feedback_of, key_of, originals, plain, questions

pytestmark = pytest.mark.slow

XHTML, OPF, OPS = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/opf}", "{http://www.idpf.org/2007/ops}"
SETTINGS = "site_name: Test\nplugins:\n  - alongside:\n      layers: [.]\n"


@dataclass(frozen=True)
class Book:
    """A book as it was written, and what its files hold."""

    written: Written
    files: dict[str, bytes]

    @property
    def texts(self) -> dict[str, Element]:
        """The documents of the book by their names."""
        return {name: fromstring(file) for name, file in self.files.items() if name.endswith(".xhtml")}  # noqa: S314  # we wrote it


def bound(selection: Selection) -> Book:
    written = FORMATS["epub"].write(selection)
    with ZipFile(BytesIO(written.content)) as archive:
        return Book(written, {name: archive.read(name) for name in archive.namelist()})


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Selection]:
    """A course with every example of every kind of question, exercise and step."""
    folder = tmp_path_factory.mktemp("gallery")
    curriculum = gallery_curriculum(folder)

    def chosen(settings: str = SETTINGS) -> Selection:
        (folder / "mkdocs.yml").write_text(settings, "utf-8")
        return Selection(open_project(folder / "mkdocs.yml")[0], curriculum, ("gallery",))

    return chosen


@pytest.fixture(scope="module")
def book(gallery: Callable[..., Selection]) -> Book:
    return bound(gallery())


def words_of(element: Element) -> str:
    return plain("".join(element.itertext()))


def with_id(document: Element, name: str) -> Element:
    (found,) = [element for element in document.iter() if element.get("id") == name]
    return found


def links(document: Element) -> Iterator[str]:
    for element in document.iter():
        yield from (element.attrib[name] for name in ("href", "src") if name in element.attrib)


def wrong_ways(book: Book) -> list[tuple[str, str]]:
    """What leads nowhere: to a file that is not there, or to a place in it that is not."""
    texts = book.texts
    ids = {name: {element.get("id") for element in document.iter()} for name, document in texts.items()}
    wrong = []
    for name, document in texts.items():
        for link in links(document):
            path, _, anchor = link.partition("#")
            to = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            if (
                "://" not in link
                and not link.startswith("mailto:")
                and (to not in book.files or (anchor and anchor not in ids[to]))
            ):
                wrong.append((name, link))
    return wrong


@pytest.mark.parametrize("example", valid_examples(), ids=str)
def test_an_example_is_in_the_book_with_all_that_is_said_of_it_and_links_both_ways(
    example: Example, book: Book
) -> None:
    document = book.texts[f"EPUB/text/gallery.{example.kind.replace('_', '-')}.xhtml"]
    question = example.question
    asked = with_id(document, f"q-{question.id}")
    answer = with_id(document, f"q-{question.id}__answer")
    assert plain(question.prompt.split("{{")[0]) in words_of(asked)
    assert [said for said in (*key_of(question), *feedback_of(question)) if plain(said) not in words_of(answer)] == []
    assert [said for said in feedback_of(question) if plain(said) in words_of(asked)] == []
    assert f"#q-{question.id}__answer" in links(asked)
    assert f"#q-{question.id}" in links(answer)


def test_every_question_of_the_course_has_its_answer_and_lines_have_better_ones(
    book: Book, gallery: Callable[..., Selection]
) -> None:
    curriculum = gallery().curriculum
    whole = " ".join(words_of(document) for document in book.texts.values())
    for question in questions(curriculum):
        assert [said for said in (*key_of(question), *feedback_of(question)) if plain(said) not in whole] == [], (
            question.id
        )
    for original in originals(curriculum):
        assert [said for said in (original.text, *original.models, original.why) if plain(said) not in whole] == []


def test_every_way_leads_somewhere_and_no_id_stands_twice(book: Book) -> None:
    assert wrong_ways(book) == []
    for name, document in book.texts.items():
        ids = [element.get("id") for element in document.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), name
        assert [
            ref for e in document.iter() for ref in (e.get("aria-labelledby") or "").split() if ref not in ids
        ] == []


def test_nothing_of_a_form_a_script_or_the_site_is_left(book: Book) -> None:
    known = {
        XHTML + tag
        for tag in "form input textarea select button fieldset legend label details summary audio video script".split()
    }
    for name, document in book.texts.items():
        tags = {element.tag for element in document.iter()}
        assert tags & known == set(), name
        assert [tag for tag in tags if "-" in tag.removeprefix(XHTML)] == [], name
        assert not re.search(rb'="site:|\son\w+=|data-(?!initial|state)|\bstyle=', book.files[name]), name


def test_where_one_would_write_there_is_room(book: Book) -> None:
    document = book.texts["EPUB/text/gallery.exercises.xhtml"]
    classes = [element.get("class") for element in document.iter()]
    assert {"room", "room__line", "tick tick--checkbox"} <= set(classes)


def test_every_choice_of_a_scenario_leads_to_the_part_with_its_number(
    book: Book, gallery: Callable[..., Selection]
) -> None:
    module = gallery().curriculum.modules["gallery"]
    steps = [step.scenario for lesson in module.lessons for step in lesson.steps if isinstance(step, ScenarioStep)]
    assert steps
    for named in steps:
        scenario = module.scenarios[named] if isinstance(named, str) else named
        (document,) = (d for n, d in book.texts.items() if n.endswith(f".{scenario.id}.xhtml"))
        numbers = part_numbers(scenario)
        assert sorted(numbers.values()) == list(range(1, len(numbers) + 1))
        for name, node in scenario.nodes.items():
            for choice in node.choices:
                part = f"s-{scenario.id}_{name}_{choice.id}"
                (link,) = [e for e in document.iter(f"{XHTML}a") if e.get("href") == f"#{part}"]
                number = numbers[f"{name}_{choice.id}"]
                assert words_of(link).endswith(f"go to {number}")
                assert words_of(with_id(document, f"{part}__title")).startswith(
                    f"{number}. You chose: {plain(choice.text)}"
                )
                assert [f"#s-{scenario.id}_{choice.to}", f"#s-{scenario.id}_{name}"] == [
                    *links(with_id(document, part))
                ]


def test_the_package_names_every_file_once_and_the_contents_every_chapter(book: Book) -> None:
    package = fromstring(book.files["EPUB/package.opf"])  # noqa: S314  # we wrote it
    items = {item.attrib["id"]: f"EPUB/{item.attrib['href']}" for item in package.iter(f"{OPF}item")}
    assert sorted(items.values()) == sorted(
        book.files.keys() - {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}
    )
    read = [items[ref.attrib["idref"]] for ref in package.iter(f"{OPF}itemref")]
    assert sorted(read) == sorted(book.texts)
    contents = book.texts["EPUB/nav.xhtml"]
    toc = next(nav for nav in contents.iter(f"{XHTML}nav") if nav.get(f"{OPS}type") == "toc")
    assert [f"EPUB/{link}" for link in links(toc)] == [name for name in read if name != "EPUB/nav.xhtml"]


def test_the_book_says_how_accessible_it_is_and_in_which_language(book: Book) -> None:
    package = fromstring(book.files["EPUB/package.opf"])  # noqa: S314  # we wrote it
    said = {(meta.get("property"), meta.text) for meta in package.iter(f"{OPF}meta")}
    assert {("schema:accessModeSufficient", "textual"), ("schema:accessibilityHazard", "none")} <= said
    assert {
        ("schema:accessibilityFeature", feature)
        for feature in ("tableOfContents", "alternativeText", "longDescription", "displayTransformability")
    } <= said
    for document in book.texts.values():
        assert document.get("lang") == document.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_drawings_that_say_something_are_described_also_in_words(book: Book) -> None:
    document = book.texts["EPUB/text/gallery.steps.xhtml"]
    figures = list(document.iter(f"{XHTML}figure"))
    assert figures
    for figure in figures:
        named = [part for part in figure.iter() if part.get("role") == "img" and part.get("aria-label")]
        within = {id(image) for part in named for image in part.iter(f"{XHTML}img")}
        assert all(image.get("alt") or id(image) in within for image in figure.iter(f"{XHTML}img"))
    assert "The picture in words" in words_of(document)


def test_recordings_are_named_as_left_out_and_their_words_stay(book: Book) -> None:
    assert {(one.what, one.question) for one in book.written.left_out} == {
        ("recordings", "steps"),
        ("recordings", "exercises"),
    }
    assert not [name for name in book.files if name.endswith((".mp3", ".mp4", ".vtt"))]
    assert "This recording is not in the book." in words_of(book.texts["EPUB/text/gallery.steps.xhtml"])


def test_the_kind_of_file_comes_first_as_it_is_and_the_same_course_gives_the_same_bytes(
    book: Book, gallery: Callable[..., Selection]
) -> None:
    assert book.written.content == FORMATS["epub"].write(gallery()).content
    with ZipFile(BytesIO(book.written.content)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
        assert archive.read(first) == b"application/epub+zip"
    assert book.written.content[30:58] == b"mimetypeapplication/epub+zip"


def test_a_book_is_told_from_other_archives_and_from_other_books(book: Book) -> None:
    is_ours = FORMATS["epub"].is_ours
    other = BytesIO()
    with ZipFile(other, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
    assert [is_ours(book.written.content), is_ours(other.getvalue()), is_ours(b"PK"), is_ours(b"")] == [
        True,
        False,
        False,
        False,
    ]


def test_help_is_in_the_book_as_the_organisation_says_it(gallery: Callable[..., Selection]) -> None:
    settings = (
        SETTINGS
        + "      organisation:\n        support:\n          emergency: {label: Danger, how: Call 112 at once.}\n"
    )
    told = bound(gallery(settings)).texts["EPUB/text/support.xhtml"]
    assert "Call 112 at once." in words_of(told)
    assert "Every page leads here" not in words_of(told)


def test_a_picture_that_is_missing_leaves_its_description_and_is_named(gallery: Callable[..., Selection]) -> None:
    selection = gallery()
    module = selection.curriculum.modules["gallery"]
    bare = replace(module, folder=Path("/nowhere"))
    book = bound(replace(selection, curriculum=replace(selection.curriculum, modules={"gallery": bare})))
    assert "pictures" in {one.what for one in book.written.left_out}
    assert wrong_ways(book) == []
    document = book.texts["EPUB/text/gallery.steps.xhtml"]
    assert "unseen" in {element.get("class") for element in document.iter()}


def test_a_module_called_as_a_part_of_the_book_has_a_file_of_its_own(tmp_path: Path) -> None:
    gallery_curriculum(tmp_path)
    (tmp_path / "modules/gallery").rename(tmp_path / "modules/title")
    outline = tmp_path / "modules/curriculum.yml"
    outline.write_text(outline.read_text("utf-8").replace("gallery", "title"), "utf-8")
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    project, curriculum = gather_sound(tmp_path / "mkdocs.yml")
    book = bound(Selection(project, curriculum, ("title",)))
    headings = [
        words_of(next(d.iter(f"{XHTML}h1")))
        for name, d in book.texts.items()
        if "title" in name and name.count(".") == 1
    ]
    assert sorted(headings) == ["Gallery", "Test"]


def test_a_module_that_was_not_chosen_leaves_its_words(tmp_path: Path) -> None:
    curriculum = gallery_curriculum(tmp_path, copies=2)
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    book = bound(Selection(open_project(tmp_path / "mkdocs.yml")[0], curriculum, ("gallery-2",)))
    assert wrong_ways(book) == []
    assert [name for name in book.files if "gallery." in name or "gallery/" in name] == []
    assert "See the gallery and another site." in words_of(book.texts["EPUB/text/gallery-2.steps.xhtml"])


def test_the_glossary_has_the_terms_that_are_named_and_no_others(gallery: Callable[..., Selection]) -> None:
    selection = gallery()
    known = selection.curriculum.glossary
    glossary = {**known, "unused": known["reflection"]}
    book = bound(replace(selection, curriculum=replace(selection.curriculum, glossary=glossary)))
    ids = {element.get("id") for element in book.texts["EPUB/text/glossary.xhtml"].iter()}
    linked = {
        link.partition("#")[2]
        for document in book.texts.values()
        for link in links(document)
        if link.startswith(("glossary.xhtml#term", "#term"))
    }
    assert linked
    assert {name for name in ids if name and name.startswith("term-")} == linked


@pytest.mark.parametrize("address", ["", "site_url: https://learn.example.org/course\n"])
def test_a_link_to_a_page_of_the_site_becomes_a_whole_address_or_words_and_is_named(
    address: str, a_site: Callable[..., Path]
) -> None:
    lesson = BASE["modules/listening/waiting.yml"] + "  - text: Read [about us](page:about).\n"
    files = {
        "modules/listening/waiting.yml": lesson,
        "content/about.md": "# About\n\nUs.\n",
        "mkdocs.yml": address + SETTINGS,
    }
    project, curriculum = gather_sound(a_site(files) / "mkdocs.yml")
    book = bound(Selection(project, curriculum, tuple(curriculum.modules)))
    lesson_links = [*links(book.texts["EPUB/text/listening.waiting.xhtml"])]
    assert ("https://learn.example.org/course/about/" in lesson_links) is bool(address)
    lost = [(one.what, one.question, one.place.file) for one in book.written.left_out]
    assert lost == ([] if address else [("links to the site", "listening/waiting", "modules/listening/waiting.yml")])
    assert "Read about us." in words_of(book.texts["EPUB/text/listening.waiting.xhtml"])
    assert wrong_ways(book) == []
