"""A scenario as a conversation: S110 to S117."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from alongside.files.problems import quoted
from alongside.model.modules import Module
from alongside.model.scenarios import AnyScenario, Ending, ScenarioChoice, ScenarioNode
from alongside.rules.pedagogy.probability import at_least
from alongside.rules.questions.keys import standing_out
from alongside.rules.rule import Context, Finding, in_each_module, repeats, rule
from alongside.texts.shown import heard
from alongside.texts.wordforms import length, named, words

FIRST_FROM, FIRST_SHARE = 4, 0.6
MOST_WORDS = 60
#: How seldom a pattern comes about by chance when it is told, and when it is a warning.
UNLIKELY, VERY_UNLIKELY = 0.05, 0.01
#: Subjects after which someone may need help at once.
CRISIS_TAGS = frozenset({"abuse", "self-harm", "suicide", "violence"})


def _best(node: ScenarioNode) -> ScenarioChoice | None:
    """The best choice of a node, where it has one only."""
    best = [choice for choice in node.choices if choice.grade == "best"]
    return best[0] if len(best) == 1 else None


@rule("S110", "best-first", "warning", "scenario")
def best_first(scenario: AnyScenario, context: Context) -> Iterator[Finding]:
    """Scenarios in which the best choice nearly always stands in the same place."""
    places = Counter(node.choices.index(best) for node in scenario.nodes.values() if (best := _best(node)))
    total = sum(places.values())
    position, count = max(places.items(), key=lambda entry: entry[1], default=(0, 0))
    if total >= FIRST_FROM and count > FIRST_SHARE * total:
        yield Finding(
            f"the best choice stands in place {position + 1} in {count} of {total} nodes",
            scenario.place("nodes", key=True),
            "another place in every node or two",
            "change the order of some choices",
        )


@rule("S111", "best-longest", "warning", "scenario")
def best_longest(scenario: AnyScenario, context: Context) -> Iterator[Finding]:
    """Best choices that are very much longer than the others."""
    for node in scenario.nodes.values():
        best = _best(node)
        if not best:
            continue
        own, longest = length(best.text), max(length(choice.text) for choice in node.choices if choice is not best)
        severity = standing_out(own, longest)
        if severity:
            yield Finding(
                f"the best choice has {own} characters, the next longest {longest}",
                best.place("text"),
                "others that say as much",
                "let the others say more",
                severity,
            )


@rule("S117", "best-longest-rate", "info", "curriculum")
@in_each_module
def best_longest_rate(module: Module, context: Context) -> Iterator[Finding]:
    """Modules in whose scenarios the longest choice is best too often."""
    decisions = [
        (best, [choice for choice in node.choices if choice is not best])
        for scenario in module.scenarios.values()
        for node in scenario.nodes.values()
        if (best := _best(node)) and len(node.choices) > 1
    ]
    hits = sum(all(length(best.text) > length(other.text) for other in others) for best, others in decisions)
    chances = [1 / (1 + len(others)) for _, others in decisions]
    chance = at_least(hits, chances)
    if chance < UNLIKELY:
        yield Finding(
            f"in the scenarios of this module the best choice is the longest in {hits} of {len(decisions)} decisions",
            module.outline.place(),
            f"about {round(sum(chances))}, as by chance",
            "let other choices say more, and let some good ones be short",
            "warning" if chance < VERY_UNLIKELY else None,
        )


@rule("S112", "repeated-title", "error", "scenario")
def repeated_title(scenario: AnyScenario, context: Context) -> Iterator[Finding]:
    """Nodes and endings with the same heading."""
    parts: dict[str, ScenarioNode | Ending] = {**scenario.nodes, **scenario.endings}
    for (_, part), (name, _) in repeats((heard(part.title), (name, part)) for name, part in parts.items()):
        yield Finding(
            f"the title {quoted(part.title)} is also that of {quoted(name)}",
            part.place("title"),
            "each title once",
            "say what is happening now",
        )


@rule("S113", "equal-choices", "error", "scenario")
def equal_choices(scenario: AnyScenario, context: Context) -> Iterator[Finding]:
    """Choices of one node that read the same."""
    for node in scenario.nodes.values():
        for choice, first in repeats((heard(choice.text), choice) for choice in node.choices):
            yield Finding(
                f"this choice reads the same as {quoted(first.id)}",
                choice.place("text"),
                "choices that differ",
                "say what is done or said differently",
            )


@rule("S114", "no-decision", "warning", "scenario")
def no_decision(scenario: AnyScenario, context: Context) -> Iterator[Finding]:
    """Nodes in which nothing is to be decided, since all choices lead to the same and are worth the same."""
    for name, node in scenario.nodes.items():
        if len({(choice.to, choice.grade) for choice in node.choices}) == 1:
            yield Finding(
                f"in {quoted(name)} all choices lead to the same and are graded alike",
                node.place("choices"),
                "choices that make a difference",
                "let one lead elsewhere, or grade it",
            )


@rule("S115", "crisis-without-support", "error", "scenario")
def crisis_without_support(scenario: AnyScenario, context: Context) -> Iterator[Finding]:
    """Endings of scenarios on hard subjects that do not show where help is."""
    subject = next((tag for tag in scenario.tags if tag in CRISIS_TAGS), None)
    if not subject:
        return
    for name, ending in scenario.endings.items():
        if not ending.support:
            yield Finding(
                f"the ending {quoted(name)} of a scenario about {subject} does not show the support panel",
                ending.place(),
                "support: true at every ending",
                "support: true",
            )


@rule("S116", "long-scene", "warning", "scenario")
def long_scene(scenario: AnyScenario, context: Context) -> Iterator[Finding]:
    """Introductions and scenes that keep people from deciding."""
    texts = [("introduction", scenario.intro, scenario.place("intro"))]
    texts += [("scene", node.scene, node.place("scene")) for node in scenario.nodes.values() if node.scene]
    for noun, text, place in texts:
        if len(words(text)) > MOST_WORDS:
            yield Finding(
                f"this {noun} has {named(len(words(text)), 'word')}",
                place,
                f"at most {MOST_WORDS} words",
                "keep what the next choice needs",
            )
