"""Questions and scenarios held to the safety rules that they name: Y130 to Y135.

An option takes a stance, and the rule says once whether the stance keeps it. So the same stance cannot be best in one module
and poor in another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from alongside.files.problems import printable, quoted
from alongside.model.curriculum import SafetyRule
from alongside.model.element import Element
from alongside.model.questions import Question
from alongside.model.questions.interaction import Choose, Match, Order, Verdict, Write
from alongside.model.scenarios import AnyScenario, ScenarioNode
from alongside.rules.rule import Context, Finding, rule

GOOD: frozenset[Verdict] = frozenset({"right", "best", "acceptable"})
KEY: frozenset[Verdict] = frozenset({"right", "best"})


@dataclass(frozen=True, slots=True)
class _Option:
    """An option of a question, or a choice of a scenario."""

    id: str
    text: str
    verdict: Verdict
    part: Element

    @property
    def stances(self) -> tuple[str, ...]:
        """The stances that it takes, each as `rule/stance`."""
        found: tuple[str, ...] = getattr(self.part, "stances", ())
        return found


@dataclass(frozen=True, slots=True)
class _Moment:
    """A question, or a node of a scenario: what happens, and what can be done."""

    element: Question | ScenarioNode
    #: What learners read of it before they answer.
    texts: tuple[str | None, ...]
    options: tuple[_Option, ...]
    #: Whether one of its options is the key, so that it can keep a rule.
    chosen: bool = True

    @property
    def named(self) -> set[str]:
        """The safety rules that it names, by itself or in an option."""
        return {*self.element.safety, *(name.partition("/")[0] for one in self.options for name in one.stances)}


def _moments(checked: Question | AnyScenario) -> Iterator[_Moment]:
    if isinstance(checked, Question):
        yield _of_question(checked)
        return
    for node in checked.nodes.values():
        choices = tuple(_Option(one.id, one.text, one.grade, one) for one in node.choices)
        yield _Moment(node, (node.title, node.scene, node.says), choices)


def _of_question(question: Question) -> _Moment:
    shape = question.shape
    picks = shape.picks if isinstance(shape, Choose | Order) else ()
    if isinstance(shape, Match):
        picks = (*shape.prompts, *shape.targets)
    elif isinstance(shape, Write):
        picks = tuple(pick for blank in shape.blanks for pick in blank.picks)
    options = tuple(_Option(pick.id, pick.text, pick.verdict, pick.part) for pick in picks)
    return _Moment(question, (question.prompt, question.context), options, isinstance(shape, Choose))


# ------------------------------------------------------------------------ grades


@rule("Y130", "safety-grade", "error", "question")
@rule("Y131", "safety-grade-of-choice", "error", "scenario")
def safety_grade(checked: Question | AnyScenario, context: Context) -> Iterator[Finding]:
    """Options whose grade says the opposite of what their stance does by a safety rule."""
    for moment in _moments(checked):
        for option in moment.options:
            for index, written in enumerate(option.stances):
                name, _, stance = written.partition("/")
                entry = context.curriculum.safety.get(name)
                found = entry.stances.get(stance) if entry else None
                if found is None or found.keeps == (option.verdict in GOOD):
                    continue
                does, grade = (
                    ("keeps", "right, best or acceptable") if found.keeps else ("breaks", "wrong, poor or harmful")
                )
                yield Finding(
                    f"{quoted(option.id)} is {option.verdict}, and its stance {quoted(written)} {does} a safety rule",
                    option.part.place("stances", index),
                    f"an option that is {grade}",
                    f"correct its grade, or the stance: {quoted(found.text)}",
                )


@rule("Y132", "safety-key", "error", "question")
@rule("Y133", "safety-key-of-scene", "error", "scenario")
def safety_key(checked: Question | AnyScenario, context: Context) -> Iterator[Finding]:
    """What is about a safety rule, and whose best option does not say that it keeps it."""
    for moment in _moments(checked):
        if not moment.chosen:
            continue
        best = [one for one in moment.options if one.verdict in KEY]
        taken = {name for one in best for name in one.stances}
        for index, name in enumerate(moment.element.safety):
            entry = context.curriculum.safety.get(name)
            keeping = _keeping(name, entry) if entry else []
            if entry is None or taken.intersection(keeping):
                continue
            yield Finding(
                f"no best option here takes a stance that keeps the safety rule {quoted(name)}",
                best[0].part.place() if best else moment.element.place("safety", index),
                "a best option with one of: " + ", ".join(keeping)
                if keeping
                else "a stance of the rule with keeps: true",
                f"for example: stances: [{keeping[0]}]" if keeping else "write such a stance in safety.yml",
            )


def _keeping(name: str, entry: SafetyRule) -> list[str]:
    return [f"{name}/{stance}" for stance, one in entry.stances.items() if one.keeps]


# ------------------------------------------------------------------------- signs


@rule("Y134", "safety-unnamed", "warning", "question")
@rule("Y135", "safety-unnamed-in-scene", "warning", "scenario")
def safety_unnamed(checked: Question | AnyScenario, context: Context) -> Iterator[Finding]:
    """What has a sign of a safety rule in it and does not name the rule."""
    known = context.curriculum.safety
    signs = _signs(tuple((name, tuple(entry.signs)) for name, entry in known.items()))
    if signs is None:
        return
    for moment in _moments(checked):
        said = [*filter(None, moment.texts), *(one.text for one in moment.options)]
        for match in signs.finditer(_folded("\n".join(said))):
            name = match.lastgroup or ""
            rule_id = list(known)[int(name[1:])]
            if rule_id not in moment.named:
                yield Finding(
                    f"{quoted(match.group())} is a sign of the safety rule {quoted(rule_id)}, which is not named here",
                    moment.element.place(),
                    "the rule, by its id",
                    f"name {printable(rule_id)} below safety:, and say by stances: what its options do",
                )
                break


@lru_cache(maxsize=8)
def _signs(rules: Sequence[tuple[str, Iterable[str]]]) -> re.Pattern[str] | None:
    """One pattern for the signs of all rules, with a group for each rule."""
    groups = [
        f"(?P<r{number}>{'|'.join(re.escape(_folded(sign)) for sign in signs)})"
        for number, (_, signs) in enumerate(rules)
        if signs
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)") if groups else None


def _folded(text: str) -> str:
    return " ".join(text.replace("’", "'").lower().split())
