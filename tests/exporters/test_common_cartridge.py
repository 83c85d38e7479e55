"""Common Cartridge: judged by the rules of the standard, read back question by question, and its pages followed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest

from alongside.build import gather_sound
from alongside.exporters import FORMATS, Selection, Written
from alongside.exporters.bank import Item
from alongside.exporters.common_cartridge import _xml
from alongside.exporters.common_cartridge.questions import bank, document, questions_of
from alongside.exporters.left_out import LeftOut
from alongside.files.archive import unpacked_bytes
from alongside.files.source import read_bytes
from alongside.load.drafts import without_drafts
from alongside.load.parse import parse
from alongside.load.project import open_project
from alongside.model.lessons import Quiz
from tests.browser.gallery import CONFIGURATION
from tests.conftest import BASE
from tests.examples import Example, gallery_curriculum, valid_examples
from tests.exporters.cartridge_reader import as_numbers, contents, read
from tests.exporters.cartridge_rules import MANIFEST, wrong, wrong_questions
from tests.exporters.meaning import Meaning, differences
from tests.spelled_out import feedback_of, key_of, plain

pytestmark = pytest.mark.slow

FORM = "common-cartridge"
XHTML = "{http://www.w3.org/1999/xhtml}"
each_example = pytest.mark.parametrize("example", valid_examples(), ids=str)
NAME = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*")

#: What of the examples a cartridge has no question for, and a word of the reason.
LEFT_OUT = {
    "choice-in_given_order": "two options", "ordering": "an order", "matching": "belongs together", "sorting": "belongs together",
    "gap-typed": "several gaps", "gap-picked": "two words", "number-plain": "range", "confidence": "scale",
}  # fmt: skip
#: What else is not the same in a cartridge, and the part that is named as left out.
LOST = {
    "judgement-plain": {"worth: “Is the time still good for you?”: 0.5 and 0.0": "part marks"},
    "scale-plain": {"worth: For one breath: 0.5 and 0.0": "part marks"},
    "number-signs": {
        "answers: ['*', '-2.5..-2.5', '-3..-3', '2..2.5', '3..3'] and ['*', '-2.5..-2.5', '-3..-3', '3..3']":
            "what is said of a mistake"
    },
}  # fmt: skip


@dataclass(frozen=True)
class Cartridge:
    """A cartridge as it was written, and its files."""

    written: Written
    files: Mapping[str, bytes]

    @property
    def pages(self) -> dict[str, Element]:
        """Its pages by their names."""
        return {name: html5lib.parse(file) for name, file in self.files.items() if name.endswith(".html")}

    @property
    def manifest(self) -> str:
        """Its manifest."""
        return self.files[MANIFEST].decode()


def written(selection: Selection) -> Cartridge:
    made = FORMATS[FORM].write(selection)
    return Cartridge(made, unpacked_bytes(made.file))


@pytest.fixture(scope="module")
def selection(tmp_path_factory: pytest.TempPathFactory) -> Selection:
    """A course with every example of every kind of question, exercise and step."""
    folder = tmp_path_factory.mktemp("gallery")
    (folder / "mkdocs.yml").write_text(CONFIGURATION, "utf-8")
    curriculum = gallery_curriculum(folder)
    return Selection(open_project(folder / "mkdocs.yml")[0], curriculum, ("gallery",))


@pytest.fixture(scope="module")
def gallery(selection: Selection) -> Cartridge:
    return written(selection)


@pytest.fixture(scope="module")
def pages(gallery: Cartridge) -> dict[str, Element]:
    return gallery.pages


def words_of(element: Element) -> str:
    return plain("".join(element.itertext()))


# ---------------------------------------------------------------------- questions


def reason_of(example: Example) -> str:
    """A word of the reason why a cartridge has no room for an example, if it has none."""
    return LEFT_OUT.get(str(example), LEFT_OUT.get(example.kind, ""))


@each_example
def test_a_question_means_the_same_in_a_cartridge_or_is_named_and_stands_on_a_page(
    example: Example, gallery: Cartridge, pages: dict[str, Element]
) -> None:
    question = example.question
    mine = [one for one in gallery.written.left_out if one.question == question.id]
    asked = read(gallery.files).get(f"gallery.{question.id}")
    reason = reason_of(example)
    assert [reason in one.reason for one in mine if one.whole] == ([True] if reason else [])
    assert (asked is None) == bool(reason)
    if asked:
        asked = as_numbers(asked) if example.kind == "number" else asked
        found = differences(question, asked, hints=True)
        lost = LOST.get(str(example), {})
        assert found == [*lost]
        assert {one.what for one in mine} == {*lost.values(), *(["part marks"] if asked.several else [])}
    document = pages[f"pages/gallery.{example.kind.replace('_', '-')}.html"]
    assert plain(question.prompt.split("{{")[0]) in words_of(document)
    assert [said for said in (*key_of(question), *feedback_of(question)) if plain(said) not in words_of(document)] == []


def test_a_question_of_a_quiz_is_in_the_quiz_and_any_other_in_the_bank(gallery: Cartridge) -> None:
    assert sorted(name for name in gallery.files if name.endswith(".xml")) == ["bank/questions.xml", MANIFEST, "quizzes/gallery.xml"]  # fmt: skip
    quiz = read({"quizzes/gallery.xml": gallery.files["quizzes/gallery.xml"]})
    assert [*quiz] == ["gallery.quiz-word"]
    assert not quiz.keys() & read({"bank/questions.xml": gallery.files["bank/questions.xml"]}).keys()


def test_what_a_quiz_cannot_ask_stands_on_a_page_behind_it_and_is_told_before_its_first_question(
    gallery: Cartridge, pages: dict[str, Element]
) -> None:
    folders = dict(contents(gallery.files))
    *_, quiz, more = folders["Gallery"]
    assert quiz[1] == "quizzes/gallery.xml"
    assert more[1] == "pages/gallery.quiz.html" and more[0] == f"More questions: {quiz[0]}"
    text = words_of(pages[more[1]])
    assert "Which question is open?" in text and "It invites a story." in text
    assert "What is saying back" not in text
    links = [link.get("href") for link in pages[more[1]].iter(f"{XHTML}a")]
    assert {"#q-quiz-open__answer", "#q-quiz-open"} <= {*links}
    before = gallery.files[quiz[1]].decode()
    assert "Two questions." in before and "One more question of this quiz stands on a page behind it." in before


# What a file says otherwise, by the example that it is part of.
SAYINGS = [
    ("choice-everything", "It gives back what was said.", ""),
    ("choice-everything", "Look for a statement.", "Look."),
    ("choice-everything", "She looks at the table.", ""),
    ("choice-everything", ">100<", "><"),
    ("choice-plain", "It invites a story.", "It is open."),
    ("choices-plain", "<not>", "<varequal respident='answer'>o-none</varequal><not>"),
    ("choices-plain", 'rcardinality="Multiple"', 'rcardinality="Single"'),
    ("judgement-plain", "Harmful.", "Poor."),
    ("short_text-plain", ">giving advice<", ">nothing<"),
    ("short_text-plain", "<other />", '<varequal respident="answer">other</varequal>'),
    ("number-signs", ">-3<", ">-4<"),
    ("open_response-plain", "Take away the question mark.", ""),
]


@pytest.mark.parametrize(("name", "old", "new"), SAYINGS, ids=lambda value: value[:24])
def test_a_cartridge_that_says_something_else_is_told_from_a_sound_one(name: str, old: str, new: str, gallery: Cartridge) -> None:  # fmt: skip
    example = next(example for example in valid_examples() if str(example) == name)
    start, item, end = re.split(
        rf'(<item ident="q-gallery.{example.question.id}".*?</item>)', gallery.files["bank/questions.xml"].decode(), maxsplit=1, flags=re.DOTALL
    )  # fmt: skip
    assert old in item
    damaged = {"bank/questions.xml": (start + item.replace(old, new) + end).encode()}
    try:
        asked = read(damaged)[f"gallery.{example.question.id}"]
    except (AssertionError, KeyError, ValueError):
        return
    asked = as_numbers(asked) if example.kind == "number" else asked
    assert differences(example.question, asked, hints=True) != [*LOST.get(name, {})]


def item_of(selection: Selection, quiz: Quiz) -> Item:
    first = selection.bank.items[0]
    return Item(first.module, quiz.questions[0], first.prose, first.words, first.sources)


def quiz_of(text: str) -> Quiz:
    mapping, problems = read_bytes(f"questions:\n{text}".encode(), "quiz.yml")
    assert mapping is not None and not problems
    quiz, problems = parse(Quiz, mapping)
    assert quiz is not None, problems
    return quiz


def of_yaml(selection: Selection, text: str, locale: str = "en") -> tuple[Meaning | None, list[LeftOut], list[str]]:
    """A question as a cartridge has it, what was left out, and which rules it breaks."""
    item = item_of(selection, quiz_of(text))
    made, left = questions_of([replace(item, words=replace(item.words, locale=locale))])
    if not made:
        return None, left, []
    content = _xml(document(bank("bank", made)))
    (asked,) = read({"bank.xml": content}).values()
    return asked, left, wrong_questions(content)


TRUE = """
  - kind: choice
    id: tf
    prompt: A mentor may keep a secret about harm.
    objectives: [reflect]
    options:
      - {id: a, text: "True", feedback: Harm is passed on.}
      - {id: b, text: "False", correct: true, feedback: That is why you say so first.}
"""
GAP = """
  - kind: gap
    id: one-gap
    prompt: Fill the gap.
    objectives: [reflect]
    text: "Say back what you {heard}."
    gaps:
      heard:
        label: a verb
        accept: [heard]
        feedback: It shows that you were there.
        options:
          - {id: x, text: heard, feedback: It shows that you were there.}
          - {id: y, text: fear, feedback: That is yours.}
          - {id: z, text: want, feedback: That is for later.}
"""
SLIPS = """
  - kind: number
    id: five
    prompt: How many are five and two?
    objectives: [reflect]
    accept: ["7"]
    feedback: Both together.
    mistakes:
      - {id: less, numbers: ["3"], feedback: You took two away.}
      - {id: far, numbers: [10 to 20], feedback: That is multiplied.}
    otherwise: Count on your fingers.
"""


def test_true_and_false_are_called_so(selection: Selection) -> None:
    asked, left, broken = of_yaml(selection, TRUE)
    assert asked and not left and not broken
    assert asked.answers == {"True": (0, "Harm is passed on."), "False": (1, "That is why you say so first.")}
    assert of_yaml(selection, TRUE.replace('"False"', '"Never"'))[0] is None


def test_one_gap_with_three_words_is_a_choice(selection: Selection) -> None:
    asked, left, broken = of_yaml(selection, GAP)
    assert asked and not left and not broken
    assert asked.asked.startswith("Fill the gap.") and "Say back what you" in asked.asked
    assert asked.answers["heard"] == (1, "It shows that you were there.")
    assert {asked.answers[word][0] for word in ("fear", "want")} == {0}


def test_a_number_is_compared_with_each_that_is_named_and_ranges_of_mistakes_are_left_out(selection: Selection) -> None:
    asked, left, broken = of_yaml(selection, SLIPS)
    assert asked and not broken
    assert asked.answers == {"7": (1, "Both together."), "3": (0, "You took two away."), "*": (0, "Count on your fingers.")}  # fmt: skip
    assert [one.what for one in left] == ["what is said of a mistake"]


def test_a_number_may_be_written_as_in_the_language_of_the_course(selection: Selection) -> None:
    made = of_yaml(selection, SLIPS.replace('"7"', '"7.5"').replace('"3"', '"-2.5"'), locale="de")[0]
    assert made and {*made.answers} == {"7.5", "7,5", "-2.5", "-2,5", "*"}


def test_what_is_written_from_right_to_left_says_so(selection: Selection) -> None:
    item = item_of(selection, quiz_of(TRUE))
    made, _ = questions_of([replace(item, words=replace(item.words, direction="rtl"))])
    texts = [one.text or "" for one in made[0].element.iter("mattext")]
    assert texts and all(text.startswith('<div dir="rtl">') and text.endswith("</div>") for text in texts)
    assert not any("dir=" in text for one in questions_of([item])[0] for text in one.element.itertext())


def test_a_picture_in_a_question_goes_along(selection: Selection) -> None:
    item = next(one for one in selection.bank.items if one.question.id == "choice-plain")
    question = item.question.model_copy(update={"context": "![A ladder with three steps](media/ladder.svg)"})
    made, _ = questions_of([Item(item.module, question, item.prose, item.words, item.sources)])
    assert made[0].pictures["media/gallery/media/ladder.svg"].startswith(b"<svg")
    assert re.search(
        r'<img (?=[^>]*alt="A ladder with three steps")(?=[^>]*src="\.\./media/gallery/media/ladder\.svg")',
        html(made[0].element),
    )


def html(element: Element) -> str:
    return " ".join(text for text in element.itertext())


# ------------------------------------------------------------------------- rules


def test_a_cartridge_keeps_the_rules_of_the_standard(gallery: Cartridge) -> None:
    assert wrong(gallery.files) == []


def test_our_own_course_keeps_them_too() -> None:
    project, curriculum = gather_sound(Path(__file__).parents[2] / "mkdocs.yml")
    ready = without_drafts(curriculum)
    modules = ("active-listening", "empathy")
    cartridge = written(Selection(project, ready, modules))
    assert wrong(cartridge.files) == []
    assert nowhere(cartridge) == []


QUIZ, BANK, PAGE = "quizzes/gallery.xml", "bank/questions.xml", "pages/gallery.steps.html"
DAMAGES = [
    (MANIFEST, "IMS Common Cartridge", "Common Cartridge"),
    (MANIFEST, "1.1.0", "1.1"),
    (MANIFEST, "rooted-hierarchy", "hierarchy"),
    (MANIFEST, 'identifier="folder-gallery"', 'identifier="2"'),
    (MANIFEST, 'identifier="folder-gallery"', 'identifier="start"'),
    (MANIFEST, "imscc_xmlv1p1/assessment", "imscc_xmlv1p0/assessment"),
    (MANIFEST, "imscc_xmlv1p1/assessment", "imscc_xmlv1p1/question-bank"),
    (MANIFEST, ' href="pages/gallery.html">', ">"),
    (MANIFEST, '<file href="pages/gallery.html" />', '<file href="pages/gone.html" />'),
    (MANIFEST, '<file href="quizzes/gallery.xml" />', '<file href="quizzes/gallery.xml" /><file href="course.css" />'),
    (MANIFEST, "lom:rights>", "lom:right>"),
    (MANIFEST, "lom:copyrightAndOtherRestrictions", "lom:copyright"),
    (QUIZ, "cc.exam.v0p1", "cc.quiz.v0p1"),
    (QUIZ, "<fieldlabel>cc_maxattempts</fieldlabel>", "<fieldlabel>cc_profile</fieldlabel>"),
    (QUIZ, "<section ", "<section x='1' "),
    (QUIZ, "cc.fib.v0p1", "cc.multiple_choice.v0p1"),
    (QUIZ, ' ident="answer"', ' ident="response"'),
    (BANK, "cc.multiple_choice.v0p1", "cc.multiple_response.v0p1"),
    (BANK, "cc.multiple_choice.v0p1", "cc.true_false.v0p1"),
    (BANK, "cc.essay.v0p1", "cc.fib.v0p1"),
    (BANK, ">100<", ">50<"),
    (BANK, 'action="Set"', 'action="Add"'),
    (BANK, 'linkrefid="hint"', 'linkrefid="general"'),
    (BANK, 'itemfeedback ident="general"', 'itemfeedback ident="whatever"'),
    (BANK, 'case="Yes">o-', 'case="Yes">p-'),
    (BANK, "<qtimetadatafield>", "<qtimetadatafield><fieldentry>x</fieldentry>"),
    (BANK, "mattext", "matimage"),
    (PAGE, 'href="../course.css"', 'href="../other.css"'),
    (PAGE, 'src="../media/', 'src="../media/x/'),
]


@pytest.mark.parametrize(("name", "old", "new"), DAMAGES, ids=lambda value: value[:24])
def test_a_cartridge_that_breaks_a_rule_is_found(name: str, old: str, new: str, gallery: Cartridge) -> None:
    text = gallery.files[name].decode()
    assert old in text
    changed = text.replace(old, new)
    assert wrong({**gallery.files, name: changed.encode()}) != []


def test_a_file_that_is_not_listed_and_one_that_is_missing_are_found(gallery: Cartridge) -> None:
    assert wrong({**gallery.files, "pages/more.html": b""}) == ["pages/more.html is not listed once"]
    assert "course.css is not listed once" in wrong({n: f for n, f in gallery.files.items() if n != "course.css"})


# ------------------------------------------------------------------------- pages


def nowhere(cartridge: Cartridge) -> list[tuple[str, str]]:
    """What leads nowhere: to a file that is not there, or to a place in it that is not."""
    pages = cartridge.pages
    ids = {name: {element.get("id") for element in page.iter()} for name, page in pages.items()}
    found = []
    for name, page in pages.items():
        for element in page.iter():
            for link in (element.get(key) or "" for key in ("href", "src")):
                path, _, anchor = link.partition("#")
                to = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
                outside = "://" in link or link.startswith("mailto:") or not link
                if not outside and (to not in cartridge.files or (anchor and anchor not in ids[to])):
                    found.append((name, link))
    return found


def test_every_way_leads_somewhere(gallery: Cartridge) -> None:
    assert nowhere(gallery) == []
    text = gallery.files[PAGE].decode()
    assert "../pages/" in text
    broken = {**gallery.files, PAGE: text.replace("../pages/", "../page/").encode()}
    assert nowhere(replace(gallery, files=broken)) != []


def test_pages_need_no_script_and_hold_nothing_of_a_form_or_the_site(gallery: Cartridge, pages: dict[str, Any]) -> None:
    forms = {XHTML + tag for tag in "form input textarea select button details audio video script iframe".split()}
    for name, page in pages.items():
        tags = {element.tag for element in page.iter() if isinstance(element.tag, str)}
        assert tags & forms == set(), name
        assert not re.search(rb'="site:|\son\w+=|\bstyle="', gallery.files[name]), name
        assert page.find(f".//{XHTML}main//{XHTML}h1") is not None, name
    assert not [name for name in gallery.files if name.endswith(".js")]


def test_a_picture_is_inside_with_its_description(gallery: Cartridge, pages: dict[str, Element]) -> None:
    shown = [picture for page in pages.values() for picture in page.iter(f"{XHTML}img")]
    assert any("ladder.svg" in (picture.get("src") or "") and picture.get("alt") for picture in shown)
    assert all(picture.get("alt") is not None for picture in shown)
    assert gallery.files["media/gallery/media/ladder.svg"].startswith(b"<svg")


def test_recordings_are_named_as_left_out_and_their_words_stay(gallery: Cartridge, pages: dict[str, Element]) -> None:
    lost = [(one.question, one.of) for one in gallery.written.left_out if one.what == "recordings"]
    assert {*lost} == {("steps", "lesson"), ("exercises", "lesson")}
    assert "is not in the package for learning platforms" in words_of(pages[PAGE])


def test_links_to_other_sites_open_a_window(gallery: Cartridge) -> None:
    tags = [tag for file in gallery.files.values() for tag in re.findall(rb"<a\b[^>]*>", file) if b'href="http' in tag]
    assert tags and all(b' target="_blank"' in tag and b"noopener" in tag for tag in tags)


def test_no_page_says_that_it_is_a_book_or_that_nobody_sees_anything(pages: dict[str, Element]) -> None:
    said = {name: re.findall(r"\b(?:this|the) book\b|nobody sees your", words_of(page)) for name, page in pages.items()}
    assert {name: found for name, found in said.items() if found} == {}


def test_options_are_compared_with_capitals_and_words_without(gallery: Cartridge) -> None:
    """Moodle takes an option of several for right only where capitals count."""
    compared = re.findall(r'<varequal respident="answer" case="(Yes|No)">(o-)?', gallery.files[BANK].decode())
    assert {*compared} == {("Yes", "o-"), ("No", "")}


# ---------------------------------------------------------------------- contents


def test_modules_are_folders_with_their_lessons_in_order_and_the_quiz_behind_them(gallery: Cartridge, selection: Selection) -> None:  # fmt: skip
    first, module, last = contents(gallery.files)
    assert first[1] == [("How to use this course", "start/index.html")]
    lessons = [f"pages/gallery.{lesson.id}.html" for lesson in selection.curriculum.modules["gallery"].lessons]
    opened = [file for _, file in module[1]]
    assert opened[0] == "pages/gallery.html"
    assert [file for file in opened if file in lessons] == lessons
    assert "pages/support.html" in [file for _, file in last[1]]
    everything = [file for folder in (first, module, last) for _, file in folder[1]]
    assert sorted(everything) == sorted({*gallery.pages, QUIZ})
    assert gallery.written.count == len(everything)


def test_licences_and_authors_are_named(gallery: Cartridge, selection: Selection) -> None:
    outline = selection.curriculum.modules["gallery"].outline
    text = re.sub(r"\s+", " ", gallery.manifest)
    assert f'<lom:description> <lom:string language="en">{outline.licence}</lom:string>' in text
    assert f"<lom:value>publisher</lom:value> </lom:role> <lom:entity>BEGIN:VCARD VERSION:3.0 N:{selection.project.site_name}" in text  # fmt: skip


def test_names_of_files_are_such_as_no_platform_stumbles_over(gallery: Cartridge) -> None:
    assert [name for name in gallery.files if not NAME.fullmatch(name)] == []


def test_the_same_course_gives_the_same_bytes_which_are_known_as_ours(selection: Selection, gallery: Cartridge) -> None:
    again = FORMATS[FORM].write(replace(selection)).file
    assert again == gallery.written.file
    assert [name for name, form in FORMATS.items() if form.is_ours(again)] == [FORM]


@pytest.fixture
def small(a_site: Callable[..., Path]) -> Callable[..., Selection]:
    """The small course with a second module, of which some are chosen, and some files changed."""

    def chosen(*modules: str, track: str = "", **files: str) -> Selection:
        project, curriculum = gather_sound(a_site({**WORLD, **files}) / "mkdocs.yml")
        ready = without_drafts(curriculum)
        return Selection(project, ready, modules or tuple(ready.modules), track)

    return chosen


WORLD = {
    **{
        name.replace("/listening/", "/aside/"): (text or "").replace("title: ", "title: Aside & apart from ", 1)
        for name, text in BASE.items()
        if name.startswith("modules/listening/")
    },
    **BASE,
    "modules/curriculum.yml": (BASE["modules/curriculum.yml"] or "").replace("[listening]", "[listening, aside]"),
    "mkdocs.yml": CONFIGURATION
    + "      paths:\n        own: {title: Own & ours, summary: Ours., modules: [listening]}\n",
}  # fmt: skip
IDENTIFIERS = re.compile(r'\bident(?:ifier)?(?:ref)?="([^"]*)"')


def test_an_edit_leaves_what_platforms_find_parts_by(small: Callable[..., Selection]) -> None:
    before = written(small())
    lesson = next(name for name in WORLD if re.fullmatch(r"modules/listening/(?!module|quiz).*\.yml", name))
    changed = (WORLD[lesson] or "").replace("title: ", "title: Now ", 1)
    after = written(small(**{lesson: changed}))
    assert after.manifest != before.manifest
    assert IDENTIFIERS.findall(after.manifest) == IDENTIFIERS.findall(before.manifest)


def test_a_module_alone_leaves_no_trace_of_the_other_and_is_called_otherwise(small: Callable[..., Selection]) -> None:
    alone, both = written(small("listening")), written(small())
    assert (wrong(alone.files), nowhere(alone)) == ([], [])
    assert (wrong(both.files), nowhere(both)) == ([], [])
    assert not any("aside" in name for name in alone.files) and any("aside" in name for name in both.files)
    names = [IDENTIFIERS.findall(one.manifest)[0] for one in (alone, both, written(small("listening", track="own")))]
    assert len({*names}) == 3


def test_a_link_to_a_page_of_the_site_becomes_a_whole_address_or_words_and_is_named(
    small: Callable[..., Selection],
) -> None:
    lesson = "modules/listening/waiting.yml"
    linked = (WORLD[lesson] or "") + "\n  - text: See [the start](page:index) and [the quiz](page:listening/quiz).\n"
    for address in ("", "site_url: https://example.org/training/\n"):
        chosen = small(**{lesson: linked, "mkdocs.yml": address + (WORLD["mkdocs.yml"] or "")})
        cartridge = written(chosen)
        page = cartridge.files["pages/listening.waiting.html"].decode()
        assert ('href="https://example.org/training/' in page) == bool(address)
        assert "the start" in page and ">the quiz</a>" not in page
        named = {one.what for one in cartridge.written.left_out if one.of == "page"}
        assert named == ({"links"} if address else {"links", "links to the site"})
        assert nowhere(cartridge) == []


def test_a_course_without_questions_has_neither_quiz_nor_bank(small: Callable[..., Selection]) -> None:
    chosen = small("listening")
    module = chosen.curriculum.modules["listening"]
    bare = replace(module, quiz=None) if module.quiz else module
    curriculum = replace(chosen.curriculum, modules={"listening": bare})
    cartridge = written(replace(chosen, curriculum=curriculum))
    assert "quizzes/listening.xml" not in cartridge.files
    assert wrong(cartridge.files) == []


QUIZ_OF_ONE = """
title: Look back
intro: |
  Think of the ladder in [the start](page:index).

  ![A ladder with three steps](media/ladder.svg)
questions:
"""
ORDER = """
  - kind: ordering
    id: quiz-order
    prompt: What comes first?
    objectives: [reflect]
    rationale: First you listen.
    items:
      - {id: hear, text: Hear it, feedback: Whoever speaks goes first.}
      - {id: ask, text: Ask about it, feedback: Then you know what to ask.}
      - {id: wait, text: Wait, feedback: At last you leave them time.}
"""
LISTENING = "modules/listening/quiz.yml"


def test_what_a_quiz_says_before_its_questions_has_its_pictures_and_lost_links_are_named(
    small: Callable[..., Selection],
) -> None:
    cartridge = written(small("listening", **{LISTENING: QUIZ_OF_ONE + TRUE}))
    assert wrong(cartridge.files) == []
    quiz = cartridge.files["quizzes/listening.xml"].decode()
    assert 'src="../media/listening/media/ladder.svg"' in quiz and ">the start</a>" not in quiz
    lost = [(one.what, one.place.file) for one in cartridge.written.left_out if one.of == "module"]
    assert lost == [("links to the site", LISTENING)]


def test_a_quiz_of_which_nothing_can_be_asked_is_a_page_to_which_links_lead(small: Callable[..., Selection]) -> None:
    lesson = "modules/listening/waiting.yml"
    linked = (WORLD[lesson] or "") + "\n  - text: See [the quiz](page:listening/quiz).\n"
    cartridge = written(small("listening", **{LISTENING: QUIZ_OF_ONE + ORDER, lesson: linked}))
    assert (wrong(cartridge.files), nowhere(cartridge)) == ([], [])
    assert "quizzes/listening.xml" not in cartridge.files
    page = words_of(cartridge.pages["pages/listening.quiz.html"])
    assert "Think of the ladder" in page and "Hear it" in page and "More questions" not in page
    assert (
        'href="../pages/listening.quiz.html">the quiz</a>' in cartridge.files["pages/listening.waiting.html"].decode()
    )


def test_quizzes_of_modules_are_told_apart_by_their_titles(small: Callable[..., Selection]) -> None:
    untitled = (WORLD[LISTENING] or "").replace("title: Check yourself\n", "", 1)
    files = written(small(**{LISTENING: untitled, "modules/aside/quiz.yml": untitled})).files
    titles = [re.findall('<assessment [^>]*title="([^"]*)"', files[f"quizzes/{name}.xml"].decode()) for name in ("listening", "aside")]  # fmt: skip
    assert titles[0] != titles[1]


def test_a_folder_is_found_by_its_module_whatever_stands_before_it(small: Callable[..., Selection]) -> None:
    folders = [re.findall('<item identifier="([^"]*)">', written(small(*names)).manifest) for names in ((), ("aside",))]
    assert len({*folders[0]}) == len(folders[0]) == 5
    assert [name for name in folders[0] if "listening" not in name] == folders[1]
