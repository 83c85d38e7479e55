"""A scenario as a conversation: S110 to S116."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from alongside.files.problems import quoted
from alongside.model.curriculum import AnyScenario, Ending, ScenarioChoice, ScenarioNode
from alongside.rules.questions.keys import standing_out
from alongside.rules.rule import Context, Finding, Rule, repeats
from alongside.rules.scenarios.graph import ARRIVAL, ENDINGS, QUIET, TALK, example
from alongside.texts.wordforms import length, named, same, words

FIRST_FROM, FIRST_SHARE = 4, 0.6
MOST_WORDS = 60
#: Subjects after which someone may need help at once.
CRISIS_TAGS = frozenset({"abuse", "self-harm", "suicide", "violence"})


def _best(node: ScenarioNode) -> ScenarioChoice | None:
    """The best choice of a node, where it has one only."""
    best = [choice for choice in node.choices if choice.grade == "best"]
    return best[0] if len(best) == 1 else None


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


def best_longest(scenario: AnyScenario, context: Context) -> Iterator[Finding]:
    """Best choices that are much longer than the others."""
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
                "choices of similar length",
                "shorten it, or let the others say more",
                severity,
            )


def repeated_title(scenario: AnyScenario, context: Context) -> Iterator[Finding]:
    """Nodes and endings with the same heading."""
    parts: dict[str, ScenarioNode | Ending] = {**scenario.nodes, **scenario.endings}
    for (_, part), (name, _) in repeats((same(part.title), (name, part)) for name, part in parts.items()):
        yield Finding(
            f"the title {quoted(part.title)} is also that of {quoted(name)}",
            part.place("title"),
            "each title once",
            "say what is happening now",
        )


def equal_choices(scenario: AnyScenario, context: Context) -> Iterator[Finding]:
    """Choices of one node that read the same."""
    for node in scenario.nodes.values():
        for choice, first in repeats((same(choice.text), choice) for choice in node.choices):
            yield Finding(
                f"this choice reads the same as {quoted(first.id)}",
                choice.place("text"),
                "choices that differ",
                "say what is done or said differently",
            )


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


_FIRST = "end: Ask her > planned best, Wait > missed poor, Help > kept acceptable"
_SUPPORTED = ENDINGS.replace("}", ", support: true}")

RULES: tuple[Rule, ...] = (
    Rule(
        "S110",
        "best-first",
        "warning",
        "scenario",
        "the best choice nearly always stands in the same place",
        "After three nodes learners have found the pattern and stop thinking about Rosa. "
        "Mix the order of the choices; more than six in ten in one place is too many.",
        bad=example(ARRIVAL, TALK.replace("> planned", "> end"), QUIET, _FIRST),
        good=example(
            ARRIVAL,
            "talk: Do it for her > kept acceptable, Ask her > end best",
            QUIET,
            "end: Help > kept acceptable, Wait > missed poor, Ask her > planned best",
        ),
        check=best_first,
    ),
    Rule(
        "S111",
        "best-longest",
        "warning",
        "scenario",
        "the best choice is longer than the others",
        "A good reply is seldom the longest, and whoever wants to guess goes for length. "
        "Bring the choices to a similar length.",
        bad=example(
            ARRIVAL.replace("Look at her", "Look at her and say that it is good to see her this morning"), TALK, QUIET
        ),
        good=example(ARRIVAL, TALK, QUIET),
        check=best_longest,
        escalates=True,
    ),
    Rule(
        "S112",
        "repeated-title",
        "error",
        "scenario",
        "two nodes or endings have the same title",
        "Titles are the headings by which people find their way, and on paper the words that a choice points to (WCAG 2.4.6). "
        "Say in each what is happening now.",
        bad=example(ARRIVAL, TALK, QUIET, endings=ENDINGS.replace("You carry it", "At talk")),
        good=example(ARRIVAL, TALK, QUIET),
        check=repeated_title,
    ),
    Rule(
        "S113",
        "equal-choices",
        "error",
        "scenario",
        "two choices of a node read the same",
        "Nobody can choose between two equal lines. Say what is done or said differently.",
        bad=example(ARRIVAL.replace("Look at the clock", "Look at her."), TALK, QUIET),
        good=example(ARRIVAL, TALK, QUIET),
        check=equal_choices,
    ),
    Rule(
        "S114",
        "no-decision",
        "warning",
        "scenario",
        "the choices of a node make no difference",
        "Learners notice when it does not matter what they do. Let one choice lead elsewhere, or be worth more or less than the others.",
        bad=example(ARRIVAL, TALK, "quiet: Start again > talk best, Say sorry > talk best"),
        good=example(ARRIVAL, TALK, QUIET),
        check=no_decision,
    ),
    Rule(
        "S115",
        "crisis-without-support",
        "error",
        "scenario",
        "an ending on a hard subject shows no help",
        "Someone who has just gone through a scenario about abuse, violence, self-harm or suicide may need help at once. "
        "Set support: true on every ending, also on the good ones.",
        bad=example(ARRIVAL, TALK, QUIET, tags="abuse"),
        good=example(ARRIVAL, TALK, QUIET, tags="abuse", endings=_SUPPORTED),
        check=crisis_without_support,
    ),
    Rule(
        "S116",
        "long-scene",
        "warning",
        "scenario",
        "an introduction or scene is long",
        "What stands before a decision has to be kept in mind while deciding. "
        "Keep it to sixty words, and let the rest come out in the conversation.",
        bad=example(ARRIVAL, TALK, QUIET, intro=" ".join(["Rosa is late and you do not know why."] * 8)),
        good=example(ARRIVAL, TALK, QUIET),
        check=long_scene,
    ),
)
