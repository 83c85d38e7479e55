"""Layers of folders to one curriculum."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from alongside.load.content import load_texts
from alongside.load.curriculum import load_curriculum
from alongside.load.layers import Layer

WORLD_MODULE = (Path(__file__).parents[1] / "world/modules/listening/module.yml").read_text("utf-8")

MODULE = """\
title: {title}
summary: What it is for.
objectives: {{do: {{text: Write a line., level: apply}}}}
lessons: [first]
key_points: [One., Two., Three.]
"""
LESSON = "title: First\nobjectives: [do]\nsummary: In short.\nsteps:\n  - text: Hello.\n"
OUTLINE = "title: {title}\nsummary: What it is.\norder: [{order}]\n"


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def module(name: str, title: str) -> dict[str, str]:
    return {f"modules/{name}/module.yml": MODULE.format(title=title), f"modules/{name}/first.yml": LESSON}


@pytest.fixture
def layers(tmp_path: Path) -> tuple[Layer, Layer]:
    ours = {
        "modules/curriculum.yml": OUTLINE.format(title="Ours", order="one, two"),
        "modules/glossary.yml": "a: {term: a, definition: Ours.}\nb: {term: b, definition: Ours.}\n",
        **module("one", "Ours one"),
        **module("two", "Ours two"),
    }
    theirs = {
        "modules/glossary.yml": "b: {term: b, definition: Theirs.}\nc: {term: c, definition: Theirs.}\n",
        **module("two", "Theirs two"),
        **module("three", "Theirs three"),
    }
    return Layer("bundled", write(tmp_path / "ours", ours), "bundled:"), Layer(".", write(tmp_path / "theirs", theirs))


def test_a_later_layer_replaces_a_module_by_its_id(layers) -> None:
    curriculum, problems = load_curriculum(layers)
    assert curriculum is not None and problems == []
    assert {name: found.title for name, found in curriculum.modules.items()} == {
        "one": "Ours one",
        "two": "Theirs two",
        "three": "Theirs three",
    }


def test_a_replaced_module_takes_nothing_from_the_one_before(layers) -> None:
    write(layers[0].root, {"modules/two/first.yml": "broken: [\n"})
    curriculum, problems = load_curriculum(layers)
    assert problems == []
    assert curriculum is not None and curriculum.modules["two"].folder == layers[1].root / "modules" / "two"


def test_registries_are_joined_by_id(layers) -> None:
    curriculum, _ = load_curriculum(layers)
    assert curriculum is not None
    assert {name: term.definition for name, term in curriculum.glossary.items()} == {
        "a": "Ours.",
        "b": "Theirs.",
        "c": "Theirs.",
    }


def test_a_later_outline_replaces_the_one_before_as_a_whole(layers) -> None:
    write(layers[1].root, {"modules/curriculum.yml": OUTLINE.format(title="Theirs", order="three, one, two")})
    curriculum, _ = load_curriculum(layers)
    assert curriculum is not None
    assert (curriculum.outline.title, list(curriculum.modules)) == ("Theirs", ["three", "one", "two"])


def test_modules_that_the_order_leaves_out_come_last(layers) -> None:
    curriculum, _ = load_curriculum(layers)
    assert curriculum is not None
    assert list(curriculum.modules) == ["one", "two", "three"]


def test_a_module_can_be_left_out(layers) -> None:
    curriculum, problems = load_curriculum(layers, ["two", "no-such-module"])
    assert curriculum is not None and problems == []
    assert list(curriculum.modules) == ["one", "three"]


def test_what_is_left_out_is_not_read(layers) -> None:
    write(layers[1].root, {"modules/two/module.yml": "broken: [\n"})
    assert load_curriculum(layers, ["two"])[1] == []


def test_a_message_says_which_layer_a_file_is_in(layers) -> None:
    write(layers[0].root, {"modules/one/first.yml": "broken: [\n"})
    write(layers[1].root, {"modules/three/first.yml": "broken: [\n"})
    assert [p.place.file for p in load_curriculum(layers)[1]] == [
        "bundled:modules/one/first.yml",
        "modules/three/first.yml",
    ]


def test_one_broken_file_leaves_the_rest_readable(layers) -> None:
    write(layers[1].root, {"modules/two/module.yml": "broken: [\n"})
    curriculum, problems = load_curriculum(layers)
    assert curriculum is not None
    assert [problem.code for problem in problems] == ["L104"]
    assert list(curriculum.modules) == ["one", "three"]


def test_the_outline_of_an_earlier_layer_stands_in_for_a_broken_one(layers) -> None:
    write(layers[1].root, {"modules/curriculum.yml": "title: [\n"})
    curriculum, problems = load_curriculum(layers)
    assert curriculum is not None and curriculum.outline.title == "Ours"
    assert [str(problem.place) for problem in problems] == ["modules/curriculum.yml:1:9"]


def test_without_any_outline_there_is_no_curriculum_but_everything_is_read(layers) -> None:
    (layers[0].root / "modules/curriculum.yml").unlink()
    write(layers[1].root, {"modules/three/first.yml": "broken: [\n"})
    curriculum, problems = load_curriculum(layers)
    assert curriculum is None
    assert sorted(problem.code for problem in problems) == ["L101", "L104"]


def test_a_layer_without_modules_is_no_mistake(layers, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert load_curriculum([*layers, Layer("empty", tmp_path / "empty")])[1] == []


def test_folders_that_start_with_a_dot_and_loose_files_are_passed_over(layers) -> None:
    write(layers[1].root, {"modules/.git/module.yml": "broken: [\n", "modules/notes.txt": "x"})
    assert load_curriculum(layers)[1] == []


def test_a_folder_in_place_of_a_file_is_reported(layers) -> None:
    (layers[1].root / "modules/three/first.yml").unlink()
    (layers[1].root / "modules/three/first.yml").mkdir()
    assert [(p.code, str(p.place)) for p in load_curriculum(layers)[1]] == [("R202", "modules/three/module.yml:4:11")]


def test_a_link_in_a_circle_is_reported(layers) -> None:
    lesson = layers[1].root / "modules/three/first.yml"
    lesson.unlink()
    lesson.symlink_to(lesson)
    assert [(p.code, str(p.place)) for p in load_curriculum(layers)[1]] == [("L114", "modules/three/first.yml:1:1")]


@pytest.mark.skipif(os.name != "posix", reason="other systems do not allow such names")
def test_a_file_whose_name_is_no_text_can_be_spoken_of(layers) -> None:
    path = layers[1].root / "modules/three" / os.fsdecode(b"\x1b[31m\xe9.yml")
    path.write_text(LESSON, encoding="utf-8")
    (problem,) = load_curriculum(layers)[1]
    assert problem.code == "L114"
    assert f"{problem.place}{problem.message}".isprintable()


def test_a_lesson_or_quiz_cannot_have_the_name_of_the_copy_for_paper(a_curriculum) -> None:
    """Its page was left out of the site, and nothing said so."""
    name = "modules/listening/module.yml"
    for noun, before, after, place in (
        ("lesson", "waiting]", "print]", "14:28"),
        ("quiz", "quiz: quiz", "quiz: print", "15:7"),
    ):
        world = a_curriculum({name: WORLD_MODULE.replace(before, after), "modules/listening/print.yml": LESSON})
        assert f'{name}:{place} M110 a {noun} cannot be called "print": the site uses that name itself' in [
            f"{problem.place} {problem.code} {problem.message}" for problem in world.problems
        ]


def test_a_scenario_that_two_lessons_use_is_read_once(a_curriculum) -> None:
    lesson = LESSON.replace("[do]", "[wait]") + "  - scenario: late-again\n"
    world = a_curriculum({"modules/listening/hearing.yml": lesson, "modules/listening/asking.yml": lesson})
    assert list(world.module.scenarios) == ["late-again"]
    assert world.problems == ()


def test_pages_of_a_later_layer_replace_those_of_the_same_path(tmp_path: Path) -> None:
    ours = write(
        tmp_path / "a",
        {
            "content/index.md": "# Home\n\nOurs.\n",
            "content/about.md": "# About\n\nOurs.\n",
            "content/help/index.md": "# Help\n\nOurs.\n",
        },
    )
    theirs = write(tmp_path / "b", {"content/about.md": "\ufeff# About us\r\n\r\nTheirs.\r\n"})
    pages, problems = load_texts([(Layer("a", ours), ours / "content"), (Layer("b", theirs), theirs / "content")])
    assert problems == []
    assert {page.url: page.title for page in pages.values()} == {"": "Home", "about/": "About us", "help/": "Help"}
    assert "\r" not in pages["about"].text
