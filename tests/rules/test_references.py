"""Names that must lead somewhere: the finer points."""

from __future__ import annotations

import pytest

CURRICULUM = "title: Our training\nsummary: For new mentors.\norder: [{order}]\n"
OUTLINE = """\
title: {name}
summary: A module.
requires: [{requires}]
objectives: {{name: {{text: Name three words., level: remember}}}}
lessons: [first]
key_points: [One., Two., Three.]
"""
FIRST = "title: First of {name}\nsummary: What we say.\nsteps:\n  - text: We say what we mean.\n"


def module(name: str, requires: str = "") -> dict[str, str]:
    return {
        f"modules/{name}/module.yml": OUTLINE.format(name=name, requires=requires),
        f"modules/{name}/first.yml": FIRST.format(name=name),
    }


def yaml_of(files: dict[str, str]) -> str:
    return "".join(
        f"{name}: |\n" + "".join(f"  {line}\n" for line in text.splitlines()) for name, text in files.items()
    )


def test_an_unknown_module_is_reported_where_it_is_named(found) -> None:
    [problem] = found("R201", yaml_of({"modules/curriculum.yml": CURRICULUM.format(order="listening, listning")}))
    assert str(problem.place) == "modules/curriculum.yml:3:20"
    assert problem.message == 'there is no module "listning", did you mean "listening"?'


def test_a_module_that_cannot_be_read_is_not_called_unknown(found) -> None:
    files = {
        "modules/curriculum.yml": CURRICULUM.format(order="listening, broken"),
        "modules/broken/module.yml": "title: Half\n",
    }
    assert found("R201", yaml_of(files)) == []


def test_a_circle_of_three_is_reported_once_with_its_members(found) -> None:
    files = {**module("one", "two"), **module("two", "three"), **module("three", "one")}
    [problem] = found("R203", yaml_of(files))
    assert problem.message.count("→") == 3


def test_modules_that_share_a_prerequisite_are_no_circle(found) -> None:
    files = {**module("one", "three"), **module("two", "three, one"), **module("three")}
    assert found("R203", yaml_of(files)) == []


def test_a_prerequisite_that_does_not_exist_is_left_to_the_other_rule(found) -> None:
    assert found("R203", yaml_of(module("one", "nowhere"))) == []
    [problem] = found("R201", yaml_of(module("one", "nowhere")))
    assert problem.place.file == "modules/one/module.yml"


@pytest.mark.parametrize(
    ("text", "column"),
    [("Say [@weger-2041] here.", 11), ("One [@weger-2014] and [@nobody-1999].", 29)],
)
def test_an_unknown_citation_is_reported_at_its_word(found, text: str, column: int) -> None:
    [problem] = found("R209", text + "\n")
    assert problem.place.column == column


def test_several_sources_in_one_bracket_are_explained(found) -> None:
    [problem] = found("R209", "Two of them [@weger-2014; @kluger-2022] say so.")
    assert problem.fix == "write each source in brackets of its own: [@first] [@second]"


def test_code_is_no_place_for_names(found) -> None:
    assert found("R209", "Write `[@nobody-1999]` to cite.") == []
    assert found("R212", "Write `[[nothing]]` to link.") == []
    assert found("R225", "Write `{{ nothing }}` for a fact.") == []


def test_a_glossary_link_may_show_other_words(found) -> None:
    assert found("R212", "Both [[reflection|mirrors]] and [[open-question]] help.") == []
    [problem] = found("R212", "A [[reflexion|mirror]] helps.")
    assert problem.message == 'there is no glossary term "reflexion", did you mean "reflection"?'


@pytest.mark.parametrize("text", ["See [[reflection].", "See [[reflection]", "Tell {{ organisation.name }."])
def test_brackets_that_stay_open_are_reported(found, text: str) -> None:
    assert len(found("R224", text)) == 1


def test_slots_are_a_closed_list(found) -> None:
    [problem] = found("R225", "Ask {{ organisation.phone }}.")
    assert "organisation.name" in problem.expected
    assert found("R225", "Ask {{organisation.name}}.") == []


def test_a_reviewer_must_be_a_person(a_module, found) -> None:
    assert a_module(credits=None).outline.credits == {}
    example = "modules/people.yml: |\n  a-writer: {name: A. Writer}\n"
    assert [p.message for p in found("R207", example)] == [
        'there is no person "a-reader", did you mean "a-writer"?'
    ] * 2


def test_a_question_that_rests_on_an_unknown_source_is_reported_there(found) -> None:
    example = """\
modules/listening/quiz.yml: |
  questions:
    - kind: short_text
      id: name
      prompt: What is it called?
      cites: [weger-2014, weger-2041]
      accept: [reflection]
      feedback: It gives back.
      otherwise: Think of a mirror.
"""
    [problem] = found("R211", example)
    assert str(problem.place) == "modules/listening/quiz.yml:5:25"
