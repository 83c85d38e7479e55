"""Finer cases of the rules for scenarios: exact places, and graphs that are sound."""

from __future__ import annotations

import pytest

from alongside.rules.scenarios.graph import longest_way, reached

pytestmark = pytest.mark.slow


def example(
    *nodes: str,
    start: str = "arrival",
    endings: str = "",
    tags: str = "",
    intro: str = "Rosa is late for the third time.",
) -> str:
    """A scenario for an example. Each node is `id: choice > target grade, choice > target grade`."""
    lines = [
        "title: Late again",
        f"intro: {intro}",
        *([f"tags: [{tags}]"] if tags else []),
        f"start: {start}",
        "nodes:",
    ]
    for node in nodes:
        name, _, choices = node.partition(": ")
        lines += [f"  {name}:", f"    title: At {name}", "    choices:"]
        for number, choice in enumerate(choices.split(", ")):
            text, _, rest = choice.partition(" > ")
            target, grade = rest.split()
            lines.append(
                f"      - {{id: {'abcd'[number]}, text: {text}, to: {target}, consequence: She looks up., why: You saw her., rule: Look first., grade: {grade}}}"
            )
    lines += ["endings:", *(f"  {line}" for line in (endings or ENDINGS).splitlines())]
    return "\n".join(lines) + "\n"


ENDINGS = """\
planned: {title: A new time, kind: strong, text: You agree on two o’clock.}
kept: {title: You carry it, kind: workable, text: It works for a week.}
missed: {title: The list is done, kind: learn_from, text: You know no more than before.}"""
ARRIVAL = "arrival: Look at her > talk best, Look at the clock > quiet poor"
TALK = "talk: Ask her > planned best, Do it for her > kept acceptable"
QUIET = "quiet: Start again > talk best, Go on > missed poor"

SOUND = example(ARRIVAL, TALK, QUIET)
GRAPH = ["S101", "S102", "S103", "S104", "S105", "S106", "S107", "S108", "S109"]


@pytest.mark.parametrize("code", GRAPH)
def test_a_sound_scenario_passes(code: str, found) -> None:
    assert found(code, SOUND) == []


def test_an_unknown_target_is_pointed_at_with_the_nearest_name(found, place_of) -> None:
    text = example(ARRIVAL, TALK.replace("> planned", "> plannd"), QUIET)
    (problem,) = found("S102", text)
    assert str(problem.place) == place_of("S102", text, "plannd")
    assert problem.message == 'there is no node or ending "plannd", did you mean "planned"?'
    assert found("S105", text) == [], "an unknown target is one problem, not two"


def test_an_ending_can_be_unreachable_too(found, place_of) -> None:
    text = example(ARRIVAL, TALK.replace("> kept", "> planned"), QUIET)
    (problem,) = found("S104", text)
    assert str(problem.place) == place_of("S104", text, "kept: ")


def test_an_ending_cannot_be_the_start(found) -> None:
    (problem,) = found("S101", example(ARRIVAL, TALK, QUIET, start="planned"))
    assert problem.message == 'the start "planned" is an ending'


def test_a_circle_with_an_exit_passes(found) -> None:
    text = example(ARRIVAL, TALK, "quiet: Wait > arrival acceptable, Start again > talk best")
    assert found("S106", text) == []
    assert found("S105", text) == []


def test_a_circle_is_reported_once_and_what_leads_into_it_apart(found) -> None:
    text = example(
        "arrival: Look at her > talk best, Look at the clock > lost poor", TALK,
        "lost: Wait > here best, Go > there poor", "here: Wait > there best, Go > there poor", "there: Wait > here best, Go > here poor",
    )  # fmt: skip
    assert [p.message for p in found("S106", text)] == ['no choice leaves this circle: "here", "there"']
    assert [p.message for p in found("S105", text)] == ['from "lost" no ending can be reached']


def test_a_poor_choice_that_ends_the_scenario_needs_no_recovery(found) -> None:
    assert found("S107", example(ARRIVAL.replace("> quiet", "> missed"), TALK, QUIET)) == []


def test_the_longest_way_counts_decisions_and_ignores_ways_back(world_of) -> None:
    scenario = world_of("scenario", SOUND).module.scenarios["late-again"]
    assert longest_way(scenario) == 3
    back = example(ARRIVAL, TALK.replace("> kept", "> arrival"), QUIET)
    assert longest_way(world_of("scenario", back).module.scenarios["late-again"]) == 3


@pytest.mark.slow
def test_a_long_chain_is_walked_without_recursion() -> None:
    graph = {str(n): [str(n + 1)] for n in range(5_000)}
    assert len(reached(["0"], graph)) == 5_001


def test_too_many_nodes_for_one_page(found) -> None:
    wide = [f"n{i}: Ask > n{i + 2} best, Go on > n{i + 1} poor" for i in range(14)]
    text = example(
        *wide, "n14: Ask > planned best, Go on > missed poor", "n15: Ask > kept best, Go on > missed poor", start="n0"
    )
    assert [p.severity for p in found("S109", text)] == ["warning"]


def test_a_node_with_two_best_choices_has_no_place_for_the_best(found) -> None:
    text = example(*(node.replace(" poor", " best").replace("acceptable", "best") for node in (ARRIVAL, TALK, QUIET)))
    assert found("S110", text) == []


def test_a_support_panel_is_asked_for_at_each_ending(found) -> None:
    one_missing = ENDINGS.replace("}", ", support: true}", 2)
    problems = found("S115", example(ARRIVAL, TALK, QUIET, tags="self-harm", endings=one_missing))
    assert [p.message for p in problems] == [
        'the ending "missed" of a scenario about self-harm does not show the support panel'
    ]
    assert found("S115", example(ARRIVAL, TALK, QUIET, tags="work")) == []


def test_an_inline_scenario_is_checked_too(found) -> None:
    inline = "\n".join(
        "      " + line for line in ("id: inside", *example(ARRIVAL, TALK, QUIET, start="nowhere").splitlines())
    )
    text = f"modules/listening/waiting.yml: |\n  title: A lesson\n  summary: In short.\n  steps:\n    - scenario:\n  {inline.replace(chr(10), chr(10) + '  ')}\n"
    (problem,) = found("S101", text)
    assert problem.place.file == "modules/listening/waiting.yml"
