"""Parts of a module changed by a later layer, each found by its address and kept with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from alongside.build import prepare
from alongside.files.located import Place, copied
from alongside.files.problems import At
from alongside.files.source import read_bytes
from alongside.load.content import load_texts
from alongside.load.curriculum import load_curriculum
from alongside.load.dependencies import Dependencies
from alongside.load.layers import Layer
from alongside.load.modules import Memory
from alongside.load.originals import looked_at, original
from alongside.load.overlays import Changes, LaidOver, without
from alongside.load.parse import parse
from alongside.load.project import bundled_root, open_project
from alongside.load.taken import TAKEN, Taken
from alongside.model.curriculum import Curriculum
from alongside.model.overlay import Overlay
from alongside.model.steps import TextStep
from alongside.rules import RULES
from alongside.rules.engine import check_curriculum
from tests.conftest import BASE
from tests.load.test_layers import LESSON, MODULE, OUTLINE, write

pytestmark = pytest.mark.slow

OVERLAY = "modules/listening/overlay.yml"


@pytest.fixture
def laid_over(tmp_path: Path):
    """The small curriculum as the layer `bundled`, with files of the site over it; what was read and what was wrong."""

    def make(files: dict[str, str]) -> tuple[Curriculum, list, tuple[Layer, Layer]]:
        below = Layer("bundled", write(tmp_path / "below", BASE), "bundled:")
        ours = Layer(".", write(tmp_path / "ours", files))
        curriculum, problems = load_curriculum((below, ours))
        assert curriculum is not None
        return curriculum, problems, (below, ours)

    return make


def test_a_field_is_replaced_and_has_the_place_where_it_is_written(laid_over) -> None:
    curriculum, problems, _ = laid_over({OVERLAY: "replace:\n  module.title: Ours\n  hearing.skill: false\n"})
    module = curriculum.modules["listening"]
    assert problems == []
    assert (module.title, module.lessons[0].skill) == ("Ours", False)
    assert str(module.outline.place("title")) == "modules/listening/overlay.yml:2:17"
    assert str(module.outline.place("summary")).startswith("bundled:modules/listening/module.yml")


def test_a_text_inside_a_question_is_replaced_by_ids(laid_over) -> None:
    curriculum, problems, _ = laid_over({OVERLAY: "replace:\n  quiz#quiz-affirm.options.named.text: Our words.\n"})
    assert problems == []
    question = curriculum.modules["listening"].quiz.questions[0]
    assert question.options[0].text == "Our words."
    assert question.options[0].place("text").file == OVERLAY


def test_a_step_without_an_id_is_found_by_its_kind_and_number(laid_over) -> None:
    curriculum, problems, _ = laid_over({OVERLAY: "replace:\n  hearing#text-1:\n    text: Ours.\n"})
    texts = [step for step in curriculum.modules["listening"].lessons[0].steps if isinstance(step, TextStep)]
    assert problems == [] and texts[0].text == "Ours."


def test_steps_questions_and_lessons_are_added_before_and_behind_others(laid_over) -> None:
    overlay = (
        "add:\n  - after: hearing#text-1\n    step: {text: Behind.}\n  - before: hearing#hook-1\n    step: {text: First.}\n"
        "  - before: hearing\n    lesson: ours\n"
    )
    lesson = LESSON.replace("objectives: [do]", "objectives: [reflect]")
    curriculum, problems, _ = laid_over({OVERLAY: overlay, "modules/listening/ours.yml": lesson})
    module = curriculum.modules["listening"]
    assert problems == []
    assert [one.id for one in module.lessons] == ["ours", "hearing", "asking", "waiting"]
    texts = [step.text for step in module.lessons[1].steps if isinstance(step, TextStep)]
    assert texts[0] == "First." and texts[2] == "Behind."


def test_lessons_parts_and_the_quiz_are_left_out(laid_over) -> None:
    curriculum, problems, _ = laid_over({OVERLAY: "leave_out: [asking, quiz, hearing#text-1]\n"})
    module = curriculum.modules["listening"]
    assert problems == []
    assert [one.id for one in module.lessons] == ["hearing", "waiting"] and module.quiz is None
    assert not any(isinstance(step, TextStep) for step in module.lessons[0].steps)
    assert curriculum.left_out_parts == {"listening/asking", "listening/quiz"} | {
        name for name in curriculum.left_out_parts if name not in {"listening/asking", "listening/quiz"}
    }


def test_a_file_of_the_same_name_replaces_a_lesson_and_a_picture(laid_over) -> None:
    lesson = LESSON.replace("objectives: [do]", "objectives: [reflect]")
    curriculum, problems, layers = laid_over(
        {"modules/listening/hearing.yml": lesson, "modules/listening/media/ladder.svg": "<svg/>"}
    )
    module = curriculum.modules["listening"]
    assert problems == [] and module.lessons[0].title == "First"
    assert module.beside["media/ladder.svg"].is_relative_to(layers[1].root)
    notes = [(problem.code, str(problem.place)) for problem in looked_at(layers)]
    assert ("R255", "modules/listening/hearing.yml:1:1") in notes
    assert ("R255", "modules/listening/media/ladder.svg:1:1") in notes


def test_a_renamed_question_is_found_by_its_former_id(laid_over) -> None:
    overlay = {OVERLAY: "replace:\n  quiz#old-name.prompt: Ours?\n"}
    quiz = BASE["modules/listening/quiz.yml"].replace(
        "id: quiz-affirm\n", "id: quiz-affirm\n    formerly: [old-name]\n"
    )
    curriculum, _, layers = laid_over(overlay)
    write(layers[0].root, {"modules/listening/quiz.yml": quiz})
    curriculum, problems = load_curriculum(layers)
    assert curriculum and problems == []
    assert curriculum.modules["listening"].quiz.questions[0].prompt == "Ours?"


def test_a_former_id_is_one_of_a_list_of_names_and_no_part_of_a_text(laid_over) -> None:
    """`formerly: old-name` is a mistake that is reported in its place; half of that name is nobody's former id."""
    *_, layers = laid_over({OVERLAY: "replace:\n  quiz#old.prompt: Ours?\n"})
    for written in ("old-name", "", "{old: x}", "[[old], {old: x}]"):
        quiz = BASE["modules/listening/quiz.yml"].replace(
            "id: quiz-affirm\n", f"id: quiz-affirm\n    formerly: {written}\n"
        )
        write(layers[0].root, {"modules/listening/quiz.yml": quiz})
        assert [p.code for p in load_curriculum(layers)[1] if p.place.file == OVERLAY] == ["L127"], written


#: What somebody may have typed, or not finished typing, where something else belongs.
TYPED = ("", "x", "[x, [x], {a: }]", "{a: }", "{id: {a: }}", "[{id: [x]}]")
#: One overlay that looks at all there is to look at.
EVERYTHING = """\
replace:
  module.objectives.reflect: {text: Ours., level: apply}
  hearing#text-9: {text: Ours.}
  hearing#hook-1.hook: Ours.
  quiz#nothing.prompt: Ours?
  quiz#quiz-affirm.options.named.text: Ours.
leave_out: [asking, quiz, hearing#text-1]
add:
  - {before: hearing, lesson: ours}
  - {after: gone, lesson: theirs}
  - {after: hearing#hook-1, step: {text: Ours.}}
"""


def each_value_another(value: Any) -> Iterator[tuple[str, Any]]:
    """What was read, with one value of it in turn, however deep, in the place of which something else was typed."""
    inner = [*value.items()] if isinstance(value, dict) else [*enumerate(value)] if isinstance(value, list) else []
    for key, one in inner:
        for typed, other in [*((typed, read_bytes(f"v: {typed}".encode(), "v")[0]["v"]) for typed in TYPED), *each_value_another(one)]:  # fmt: skip
            changed = copied(value)
            changed[key] = other
            yield f"{key}: {typed}", changed


@pytest.mark.parametrize("file", ["module", "hearing", "quiz"])
def test_whatever_was_typed_below_an_overlay_nothing_stumbles(laid_over, file: str) -> None:
    *_, layers = laid_over({})
    overlay, problems = parse(Overlay, read_bytes(EVERYTHING.encode(), OVERLAY)[0])
    assert overlay and problems == []
    changes = Changes([LaidOver(layers[1], layers[1].root / OVERLAY, overlay.named("listening"), Taken())])
    mapping = read_bytes(BASE[f"modules/listening/{file}.yml"].encode(), file)[0]
    left_out = {name: Place(OVERLAY) for name in ("asking", "quiz")}
    for typed, other in each_value_another(mapping):
        with At(typed):
            without(changes.made(file, other)[0], left_out)


@pytest.mark.parametrize(
    "typed", ["lessons: [{a: }]", "lessons: [hearing, {a: }]", "lessons:\n  -\n  - hearing", "quiz: [x]"]
)
def test_a_mistake_below_an_overlay_is_reported_where_it_was_made(laid_over, typed: str) -> None:
    *_, layers = laid_over({OVERLAY: EVERYTHING})
    key = typed.partition(":")[0]
    lines = BASE["modules/listening/module.yml"].split("\n")
    text = "\n".join([typed if line.startswith(f"{key}:") else line for line in lines])
    assert typed in text
    write(layers[0].root, {"modules/listening/module.yml": text})
    assert load_curriculum(layers)[1]


def test_several_layers_change_one_module_each_over_the_one_before(laid_over, tmp_path: Path) -> None:
    *_, layers = laid_over({OVERLAY: "replace:\n  module.title: Ours\n"})
    third = Layer("third", write(tmp_path / "third", {OVERLAY: "replace:\n  hearing.title: Third\n"}), "third:")
    curriculum, problems = load_curriculum((*layers, third))
    assert curriculum and problems == []
    assert (curriculum.modules["listening"].title, curriculum.modules["listening"].lessons[0].title) == (
        "Ours",
        "Third",
    )


def test_the_order_is_changed_without_writing_it_anew(laid_over) -> None:
    trust = {"modules/trust/module.yml": MODULE.format(title="Trust"), "modules/trust/first.yml": LESSON}
    overlay = "replace:\n  curriculum.title: Our training\nadd:\n  - before: curriculum#listening\n    module: trust\n"
    curriculum, problems, _ = laid_over({"modules/overlay.yml": overlay, **trust})
    assert problems == []
    assert (curriculum.outline.title, [*curriculum.modules]) == ("Our training", ["trust", "listening"])


# ------------------------------------------------------------------------- order


def test_a_module_below_waits_until_the_order_names_it(laid_over) -> None:
    own = {"modules/curriculum.yml": OUTLINE.format(title="Ours", order="listening")}
    curriculum, _, layers = laid_over(own)
    write(layers[0].root, {"modules/trust/module.yml": MODULE.format(title="Trust"), "modules/trust/first.yml": LESSON})
    curriculum, problems = load_curriculum(layers)
    assert curriculum and "trust" not in curriculum.modules
    assert [(p.code, p.severity, p.place.file) for p in problems] == [("R258", "warning", "modules/curriculum.yml")]
    assert load_curriculum(layers, ["trust"])[1] == []
    write(layers[1].root, {"modules/curriculum.yml": OUTLINE.format(title="Ours", order="listening, trust")})
    curriculum, problems = load_curriculum(layers)
    assert curriculum and "trust" in curriculum.modules and problems == []


def test_a_site_without_an_order_of_its_own_shows_all_that_comes_along(laid_over) -> None:
    *_, layers = laid_over({})
    write(layers[0].root, {"modules/trust/module.yml": MODULE.format(title="Trust"), "modules/trust/first.yml": LESSON})
    curriculum, problems = load_curriculum(layers)
    assert curriculum and "trust" in curriculum.modules and problems == []


# ------------------------------------------------------- nothing below stops a site

SITE = "site_name: Test\ndocs_dir: content\nplugins:\n  - alongside:\n      layers: [bundled, .]\n      leave_out: {}\n"


def test_a_link_below_to_what_is_not_shown_leaves_its_words(laid_over) -> None:
    linking = BASE["modules/listening/hearing.yml"].replace(
        "steps:\n", "steps:\n  - text: See [the one on asking](module:listening/asking).\n"
    )
    *_, layers = laid_over({OVERLAY: "leave_out: [asking]\n"})
    write(layers[0].root, {"modules/listening/hearing.yml": linking})
    curriculum, _ = load_curriculum(layers)
    assert curriculum
    found = [p for p in check_curriculum(curriculum) if p.code in {"R233", "R257"}]
    assert [(p.code, p.severity) for p in found] == [("R257", "info")]


def test_a_link_of_the_site_itself_to_what_it_leaves_out_is_its_own_mistake(laid_over) -> None:
    overlay = "replace:\n  hearing.summary: See [asking](module:listening/asking).\nleave_out: [asking]\n"
    curriculum, _, _ = laid_over({OVERLAY: overlay})
    found = [p for p in check_curriculum(curriculum) if p.code == "R233"]
    assert [p.message for p in found] == ['this site leaves out the lesson "asking" of the module "listening"']


def test_what_a_lesson_left_out_leads_to_is_no_error_where_the_site_cannot_mend_it(laid_over) -> None:
    curriculum, _, _ = laid_over({OVERLAY: "leave_out: [waiting]\n"})
    below = [p for p in check_curriculum(curriculum) if p.place.file.startswith("bundled:")]
    assert below and {problem.severity for problem in below} == {"info"}


def errors_of(layers: list[Layer], memory: Memory, leave_out: tuple[str, ...] = ()) -> list[str]:
    curriculum, problems = load_curriculum(layers, leave_out, memory)
    assert curriculum
    pages, _ = load_texts([(layer, layer.root / "content") for layer in layers])
    able = [rule for rule in RULES if rule.can_stop]
    problems += check_curriculum(replace(curriculum, pages=pages), able)
    # A waiver of a rule that was not applied, or of a part that has gone, is no error.
    return [f"{problem.place} {problem.code} {problem.message}" for problem in problems if problem.severity == "error"]


@pytest.mark.slow
def test_each_bundled_module_and_each_lesson_can_be_left_out(tmp_path: Path) -> None:
    """Modules, so that each is away at least once while each other is there; then of every module at once the first lesson, the second, and so on to its quiz."""
    bundled = Layer("bundled", bundled_root(), "bundled:")
    memory: Memory = {}
    curriculum, _ = load_curriculum([bundled], (), memory)
    assert curriculum
    names = [*curriculum.modules]
    # Any two differ in one digit of their numbers.
    digits = range(len(names).bit_length())
    groups = [[name for at, name in enumerate(names) if at >> digit & 1 == away] for digit in digits for away in (0, 1)]
    assert all(any(one in out and other not in out for out in groups) for one, other in permutations(names, 2))
    found = {", ".join(out): errors_of([bundled], memory, out) for out in groups}
    for at in range(max(len(module.parts) for module in curriculum.modules.values())):
        files = {
            f"modules/{module.id}/overlay.yml": f"leave_out: [{module.parts[at]}]\n"
            for module in curriculum.modules.values()
            if at < len(module.parts)
        }
        found[f"part {at}"] = errors_of([bundled, Layer(".", write(tmp_path / str(at), files))], memory)
    assert {name: errors for name, errors in found.items() if errors} == {}


@pytest.mark.site
@pytest.mark.slow
def test_a_site_is_built_without_each_bundled_module_and_without_the_first_lesson_of_each(tmp_path: Path) -> None:
    """Links, anchors and pages hold too: with half of the modules left out, then with the first lessons of the others."""
    curriculum, _ = load_curriculum([Layer("bundled", bundled_root(), "bundled:")])
    assert curriculum
    names = [*curriculum.modules]
    for at, gone in enumerate((names[::2], names[1::2])):
        files = {
            f"modules/{name}/overlay.yml": f"leave_out: [{curriculum.modules[name].lessons[0].id}, quiz]\n"
            for name in names
            if name not in gone
        }
        site = write(tmp_path / str(at), {"mkdocs.yml": SITE.format(gone), **files})
        _, made, _ = prepare(site / "mkdocs.yml")
        assert not [page for page in made.pages if page.url.split("/")[0] in gone and page.kind != "moved"]


def test_what_an_address_leads_to_is_given_as_it_was_written(laid_over) -> None:
    *_, layers = laid_over({})
    for address in (
        "listening/hearing#text-1",
        "listening/quiz#quiz-gap",
        "listening/module.key_points",
        "people#a-reader",
    ):
        found = original(layers, address)
        assert found is not None and found.text.splitlines()[0].strip() in found.path.read_text("utf-8"), address
    assert original(layers, "listening/hearing#text-9") is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (OVERLAY, "replace:\n  module.title: Another\n"),
        ("modules/listening/media/ladder.svg", "<svg/>"),
        ("modules/listening/waiting.yml", LESSON.replace("[do]", "[wait]")),
        (TAKEN, '{"form": 1, "taken": {}}'),
        ("modules/overlay.yml", "replace:\n  curriculum.title: Another\n"),
    ],
)
def test_what_is_made_of_a_module_depends_on_what_lies_over_it(tmp_path: Path, name: str, text: str) -> None:
    write(tmp_path / "below", BASE)
    configuration = "site_name: Test\nplugins:\n  - alongside:\n      layers: [../below, .]\n"
    site = write(tmp_path / "site", {"mkdocs.yml": configuration, OVERLAY: "replace:\n  module.title: Ours\n"})

    def key() -> str:
        project, _ = open_project(site / "mkdocs.yml")
        curriculum, _ = load_curriculum(project.layers)
        assert curriculum
        return Dependencies(project, site / "mkdocs.yml").keys(curriculum)["listening"]

    before = key()
    assert key() == before
    write(site, {name: text})
    assert key() != before


def test_a_preview_makes_a_file_again_from_the_same_overlay(laid_over) -> None:
    """The file below changes and the overlay does not, so what was read of the overlay is used once more."""
    overlay = """\
replace:
  module.lessons: [hearing, asking, waiting]
  module.key_points: [One., Two., Three.]
  asking.steps:
    - text: First.
    - text: Second.
  quiz#quiz-affirm.options.named: {id: named, text: Ours., correct: true, feedback: Ours.}
leave_out: [asking#text-2, waiting]
add:
  - {after: hearing, lesson: ours}
  - {after: asking#text-1, step: {text: Third.}}
"""
    lesson = LESSON.replace("objectives: [do]", "objectives: [reflect]")
    *_, layers = laid_over({OVERLAY: overlay, "modules/listening/ours.yml": lesson})
    memory: Memory = {}
    said = []
    for number in range(3):
        for file in ("module", "asking", "quiz"):
            text = BASE[f"modules/listening/{file}.yml"] + "\n# Again.\n" * number
            write(layers[0].root, {f"modules/listening/{file}.yml": text})
        curriculum, problems = load_curriculum(layers, (), memory)
        assert curriculum
        said.append(([p.message for p in problems], [file.model_dump_json() for file in curriculum.modules["listening"].files]))  # fmt: skip
    assert said[0] == said[1] == said[2]
    assert not any("already" in message for message in said[0][0])


def test_a_preview_reads_a_lesson_again_when_what_lies_over_it_changes(laid_over) -> None:
    *_, layers = laid_over({OVERLAY: "replace:\n  hearing.title: First\n"})
    memory: Memory = {}
    titles = []
    for title in ("First", "Another one"):
        write(layers[1].root, {OVERLAY: f"replace:\n  hearing.title: {title}\n"})
        curriculum, _ = load_curriculum(layers, (), memory)
        assert curriculum
        titles.append(curriculum.modules["listening"].lessons[0].title)
    assert titles == ["First", "Another one"]
