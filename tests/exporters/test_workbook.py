"""What is printed of modules: complete, well-formed, with room to write. `tests/interop` has the PDF judged by others."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from xml.etree.ElementTree import Element, fromstring

import pytest

from alongside.build import gather_sound
from alongside.exporters import FORMATS
from alongside.exporters.selection import Selection, Written
from alongside.files.problems import BuildError
from alongside.load.project import open_project
from alongside.model.exercises import PartnerPractice
from alongside.model.modules import Module
from alongside.model.questions import Question
from alongside.model.questions.interaction import Rate
from alongside.model.steps import DialogueStep, PredictStep
from alongside.render.template_context import best_choice, main_line, spoken
from tests.examples import gallery_curriculum
from tests.spelled_out import key_of, originals, plain, questions

pytestmark = pytest.mark.slow

XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Sheets:
    """What was written, and the document that it is."""

    written: Written
    document: Element

    @property
    def words(self) -> str:
        """All its words."""
        return words_of(self.document)

    def with_id(self, name: str) -> Element:
        """The one element that has an id."""
        (found,) = [element for element in self.document.iter() if element.get("id") == name]
        return found


def printed(form: str, selection: Selection) -> Sheets:
    written = FORMATS[form].write(selection)
    return Sheets(written, fromstring(written.content))  # noqa: S314  # we wrote it


def words_of(element: Element) -> str:
    return plain("".join(element.itertext()))


def links(document: Element) -> Iterator[str]:
    for element in document.iter(f"{XHTML}a"):
        yield element.attrib["href"]


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Selection]:
    """A course with every example of every kind of question, exercise and step, twice."""
    folder = tmp_path_factory.mktemp("gallery")
    curriculum = gallery_curriculum(folder, copies=2)
    (folder / "mkdocs.yml").write_text("site_name: Test\nplugins:\n  - alongside:\n      layers: [.]\n", "utf-8")
    project, _ = open_project(folder / "mkdocs.yml")
    return lambda *modules: Selection(project, curriculum, modules or ("gallery",))


@pytest.fixture(scope="module")
def workbook(gallery: Callable[..., Selection]) -> Sheets:
    return printed("workbook-html", gallery())


@pytest.fixture(scope="module")
def pack(gallery: Callable[..., Selection]) -> Sheets:
    return printed("facilitator-html", gallery())


@pytest.fixture(scope="module")
def module(gallery: Callable[..., Selection]) -> Module:
    return gallery().curriculum.modules["gallery"]


def before_texts(module: Module) -> set[str]:
    return {step.predict.id for lesson in module.lessons for step in lesson.steps if isinstance(step, PredictStep)}


def test_every_question_is_asked_and_answered_with_links_both_ways_or_named_as_left_out(
    workbook: Sheets, gallery: Callable[..., Selection], module: Module
) -> None:
    whole = {one.question for one in workbook.written.left_out if one.what == "question"}
    assert whole == before_texts(module)
    asked = [question for question in questions(gallery().curriculum) if question.id not in whole]
    assert len(asked) > 10
    for question in asked:
        where, answer = workbook.with_id(f"q-{question.id}"), workbook.with_id(f"q-{question.id}__answer")
        assert plain(question.prompt.split("{{")[0]) in words_of(where), question.id
        told = [*key_of(question), *(question.rationale or "").split("\n\n")]
        assert [said for said in told if plain(said) not in words_of(answer)] == [], question.id
        assert plain(question.rationale or "no reason") not in words_of(where)
        assert f"#q-{question.id}__answer" in links(where)
        assert f"#q-{question.id}" in links(answer)


def test_what_has_no_room_is_named(workbook: Sheets, module: Module) -> None:
    named = {(one.what, one.question) for one in workbook.written.left_out}
    assert {("texts to read", lesson.id) for lesson in module.lessons} <= named
    asked = [question for question in module.questions if question.id not in before_texts(module)]
    assert {("hints", question.id) for question in asked if question.hints} <= named
    assert ("what is said of other answers", "choice-plain") in named


def test_what_one_says_of_oneself_has_what_could_come_next(workbook: Sheets, module: Module) -> None:
    (asked,) = [question for question in module.questions if isinstance(question.shape, Rate)][:1]
    answer = words_of(workbook.with_id(f"q-{asked.id}__answer"))
    assert isinstance(asked.shape, Rate)
    assert [said for said in asked.shape.advice if plain(said) not in answer] == []


def test_better_lines_stand_at_the_end(workbook: Sheets, gallery: Callable[..., Selection]) -> None:
    answers = words_of(labelled(workbook, "answers"))
    for original in originals(gallery().curriculum):
        assert [said for said in (original.text, *original.models, original.why) if plain(said) not in answers] == []
        assert workbook.words.count(plain(original.models[0])) == answers.count(plain(original.models[0]))


def test_a_conversation_is_to_be_marked_and_what_its_lines_do_stands_at_the_end(
    workbook: Sheets, module: Module
) -> None:
    found = 0
    for lesson in module.lessons:
        for step in lesson.steps:
            if not isinstance(step, DialogueStep):
                continue
            (section,) = [
                s for s in workbook.document.iter(f"{XHTML}section")
                if s.get("class") == "dialogue" and step.dialogue.title in words_of(s)
            ]  # fmt: skip
            answer = words_of(workbook.with_id(f"{section.get('id')}__answer"))
            marks = [e for e in section.iter() if e.get("class") == "turn__mark"]
            assert len(marks) == len(step.dialogue.turns)
            for place, turn in enumerate(step.dialogue.turns, 1):
                if turn.note:
                    found += 1
                    assert plain(turn.note) in answer
                    assert plain(turn.note) not in words_of(section)
                    assert f"Line {place}{' breaks' if turn.keeps is False else ''}" in answer
    assert found > 1


def test_a_scenario_is_cases_on_the_best_way_and_no_tree(workbook: Sheets, module: Module) -> None:
    for scenario in module.scenarios.values():
        section, answer = workbook.with_id(f"s-{scenario.id}"), words_of(workbook.with_id(f"s-{scenario.id}__answer"))
        cases = main_line(scenario)
        assert cases[0] is scenario.nodes[scenario.start]
        assert words_of(section).count("What would you say or do, and why?") == len(cases)
        for node in cases:
            assert node.title in words_of(section)
            assert plain(best_choice(node).why) in answer
        for choice in (choice for node in scenario.nodes.values() for choice in node.choices):
            assert plain(choice.consequence) not in workbook.words
            assert plain(choice.text) not in words_of(section)


@pytest.mark.parametrize("form", ["workbook-html", "facilitator-html"])
def test_ids_stand_once_and_links_lead_to_them_also_with_several_modules(
    form: str, gallery: Callable[..., Selection]
) -> None:
    document = printed(form, gallery("gallery", "gallery-2")).document
    ids = [element.get("id") for element in document.iter() if element.get("id")]
    assert len(ids) == len(set(ids)) > 40
    assert [link for link in links(document) if link.startswith("#") and link[1:] not in ids] == []
    named = [name for e in document.iter() for name in (e.get("aria-labelledby") or "").split()]
    assert [name for name in named if name not in ids] == []


@pytest.mark.parametrize("form", ["workbook-html", "facilitator-html"])
def test_the_file_needs_no_other_and_has_nothing_to_fill_in_on_a_screen(
    form: str, gallery: Callable[..., Selection]
) -> None:
    content = FORMATS[form].write(gallery()).content.decode()
    assert not re.search(r"<(?:form|input|textarea|select|button|script|link|fieldset)\b", content)
    assert [
        url
        for url in re.findall(r'(?:src|href)="([^"]*)"', content)
        if not url.startswith(("#", "data:", "https:", "mailto:"))
    ] == []
    assert content.count('class="room__line"') > 5
    assert "gone when you leave the page" not in content


def test_the_file_says_of_itself_what_its_modules_are_good_for(gallery: Callable[..., Selection]) -> None:
    one = gallery()
    summary = one.curriculum.modules["gallery"].outline.summary
    assert summary != one.curriculum.outline.summary
    for selection, wanted in ((one, summary), (gallery(*one.curriculum.modules), one.curriculum.outline.summary)):
        (said,) = [element.get("content") for element in printed("workbook-html", selection).document.iter(f"{XHTML}meta") if element.get("name") == "description"]  # fmt: skip
        assert said == wanted


def test_a_picture_is_in_the_document_itself(gallery: Callable[..., Selection]) -> None:
    selection = gallery()
    module = selection.curriculum.modules["gallery"]
    lesson = module.lessons[0].but({"summary": "In short: ![A ladder](media/ladder.svg)"})
    changed = replace(module, lessons=(lesson, *module.lessons[1:]))
    curriculum = replace(selection.curriculum, modules={**selection.curriculum.modules, "gallery": changed})
    document = printed("workbook-html", replace(selection, curriculum=curriculum)).document
    (image,) = [i for i in document.iter(f"{XHTML}img") if i.get("alt") == "A ladder"]
    assert image.attrib["src"].startswith("data:image/svg+xml;base64,")


@pytest.mark.parametrize("form", ["workbook-html", "facilitator-html"])
def test_the_same_course_gives_the_same_bytes(form: str, gallery: Callable[..., Selection]) -> None:
    assert FORMATS[form].write(gallery()).content == FORMATS[form].write(gallery()).content


def test_a_file_is_told_from_those_of_others(workbook: Sheets) -> None:
    is_ours = FORMATS["workbook-html"].is_ours
    assert [is_ours(workbook.written.content), is_ours(b"<html>Alongside"), is_ours(b"")] == [True, False, False]
    assert [FORMATS["workbook"].is_ours(one) for one in (b"%PDF-1.7 Alongside", b"", workbook.written.content)] == [
        False
    ] * 3


# ------------------------------------------------------------- for facilitators


def test_a_pack_has_plan_cards_handouts_key_and_evaluation(pack: Sheets, module: Module) -> None:
    notes = module.outline.facilitator
    assert notes is not None
    for part in notes.session:
        assert part.title in pack.words
        assert plain(part.text) in pack.words
    cards = [words_of(card) for card in pack.document.iter(f"{XHTML}section") if card.get("class") == "cut"]
    roles = [role for e in module.exercises if isinstance(e, PartnerPractice) for role in e.roles]
    assert roles
    for role in roles:
        assert any(role.name in card and plain(role.brief) in card for card in cards)
    for scenario in module.scenarios.values():
        assert sum(scenario.title in card for card in cards) == len(main_line(scenario))
    for question in questions_of(module):
        assert [said for said in key_of(question) if plain(said) not in pack.words] == [], question.id
    evaluation = words_of(labelled(pack, "evaluation"))
    for objective in module.outline.objectives.values():
        assert plain(objective.text) in evaluation


def test_a_pack_has_every_conversation_to_read_aloud_and_apart_from_it_what_the_lines_do(
    pack: Sheets, module: Module
) -> None:
    aloud, key = words_of(labelled(pack, "aloud")), words_of(labelled(pack, "key"))
    talks = [step.dialogue for lesson in module.lessons for step in lesson.steps if isinstance(step, DialogueStep)]
    assert talks
    for turn in [turn for talk in talks for turn in talk.turns]:
        assert plain(spoken(turn.says)[1]) in aloud
        assert plain(turn.note or "") in key
        assert not turn.note or plain(turn.note) not in aloud


def test_a_pack_has_whole_practices_and_a_key_with_the_case_of_each_question(pack: Sheets, module: Module) -> None:
    handouts, key = words_of(labelled(pack, "handouts")), words_of(labelled(pack, "key"))
    practices = [one for one in module.exercises if isinstance(one, PartnerPractice)]
    assert practices
    assert [said for one in practices for said in (*one.steps, *one.debrief) if plain(said) not in handouts] == []
    cases = [one.context for one in questions_of(module) if one.context]
    assert cases
    assert [case for case in cases if plain(case) not in key] == []


def test_whatever_our_notes_say_to_print_by_its_name_is_in_the_pack() -> None:
    project, curriculum = gather_sound(Path(__file__).parents[2] / "mkdocs.yml")
    for module in curriculum.modules.values():
        notes = module.outline.facilitator
        assert notes
        named = re.findall("“([^”]+)”", " ".join(re.findall(r"Print [^.]*\.", notes.prepare or "")))
        said = printed("facilitator-html", Selection(project, curriculum, (module.id,))).words
        assert [name for name in named if plain(name) not in said] == [], module.id


def test_every_plan_says_what_to_do_when_few_come_and_when_somebody_tells_of_harm(pack: Sheets) -> None:
    for said in ("If only three or four people come", "can’t be divided by three", "stop them kindly", "the same day"):
        assert said in pack.words


def labelled(sheets: Sheets, name: str) -> Element:
    (found,) = [s for s in sheets.document.iter(f"{XHTML}section") if s.get("aria-labelledby") == name]
    return found


def questions_of(module: Module) -> list[Question]:
    return [question for question in module.questions if not isinstance(question.shape, Rate)]


def test_a_module_without_notes_has_a_pack_without_a_plan_which_is_named(gallery: Callable[..., Selection]) -> None:
    selection = gallery()
    module = selection.curriculum.modules["gallery"]
    bare = replace(module, outline=module.outline.model_copy(update={"facilitator": None}))
    curriculum = replace(selection.curriculum, modules={**selection.curriculum.modules, "gallery": bare})
    pack = printed("facilitator-html", replace(selection, curriculum=curriculum))
    assert "a session plan" in {one.what for one in pack.written.left_out}
    assert "Session plan" not in pack.words
    assert "Cards to cut out" in pack.words


# ----------------------------------------------------------- without WeasyPrint


class _Broken(MetaPathFinder):
    """Fails as WeasyPrint does where Pango is missing."""

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        if name == "weasyprint":
            raise OSError("cannot load library 'libgobject-2.0-0'")
        return None


@pytest.mark.parametrize("form", ["workbook", "facilitator"])
def test_without_weasyprint_there_is_one_line_that_says_what_to_install(
    form: str, gallery: Callable[..., Selection], monkeypatch: pytest.MonkeyPatch
) -> None:
    absent: ModuleType | None = None
    monkeypatch.setitem(sys.modules, "weasyprint", absent)  # type: ignore[arg-type]  # as Python marks what cannot be imported
    with pytest.raises(BuildError) as told:
        FORMATS[form].write(gallery())
    assert 'pip install "alongside-training[pdf]"' in str(told.value)
    assert f"alongside export {form}-html" in str(told.value)
    assert "\n" not in str(told.value)


def test_without_its_libraries_there_is_one_line_too(
    gallery: Callable[..., Selection], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [_Broken(), *sys.meta_path])
    with pytest.raises(BuildError, match=r"apt install libpango-1\.0-0.*brew install pango.*workbook-html"):
        FORMATS["workbook"].write(gallery())


def test_weasyprint_is_not_imported_for_anything_else() -> None:
    """It takes a second, and most have not got it."""
    package = Path(sys.modules["alongside"].__file__ or "").parent
    naming = [
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if "import weasyprint" in path.read_text("utf-8")
    ]
    assert naming == ["exporters/pdf.py"]
    assert all(
        line.startswith(" ")
        for line in (package / "exporters/pdf.py").read_text("utf-8").splitlines()
        if "import weasyprint" in line
    )
