"""Ids that saved work is found by: what changed since another revision, and `formerly`.

M130 and M131 need two revisions, so they are found in `changes.py`; the others show in one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from alongside.files.problems import quoted
from alongside.model.curriculum import Curriculum
from alongside.model.identity import Part, parts
from alongside.rules.rule import Context, Finding, Rule, repeats


def _scopes(curriculum: Curriculum) -> Iterator[list[Part]]:
    """Parts whose ids must differ: all modules, the lessons of one, what is answered or done in one."""
    everything = [list(parts(module)) for module in curriculum.modules.values()]
    yield [own[0] for own in everything]
    for own in everything:
        inner = sorted(own[1:], key=lambda part: part.noun == "lesson")
        for _, group in groupby(inner, key=lambda part: part.noun == "lesson"):
            yield list(group)


def _earlier(scope: Iterable[Part]) -> Iterator[tuple[Part, int, str]]:
    return ((part, index, name) for part in scope for index, name in enumerate(part.formerly))


def formerly_in_use(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Earlier ids that something still has."""
    for scope in _scopes(curriculum):
        users = {part.id: part for part in scope}
        for part, index, name in _earlier(scope):
            if name in users:
                user = users[name]
                whose = "this has it itself" if user is part else f"the {user.noun} at {user.place} has it"
                yield Finding(
                    f"{quoted(name)} is no earlier id: {whose}",
                    part.element.place("formerly", index),
                    "an id that nothing has any more",
                    "delete it from formerly",
                )


def formerly_twice(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Earlier ids that two things claim."""
    for scope in _scopes(curriculum):
        for (part, index, name), (first, _, _) in repeats((entry[2], entry) for entry in _earlier(scope)):
            yield Finding(
                f"{quoted(name)} stands in another formerly too, at {first.element.place('formerly')}",
                part.element.place("formerly", index),
                "each earlier id in one place",
                "leave it where the saved work belongs",
            )


_QUESTION = """\
    - kind: short_text
      id: {id}{formerly}
      prompt: What do you give back first?
      objectives: [reflect]
      accept: [the feeling]
      feedback: A feeling that is named feels heard.
      otherwise: Think of what lies behind the facts.
"""


def _quiz(*questions: tuple[str, str]) -> str:
    """A quiz for an example: the id of each question and its earlier ones."""
    return "modules/listening/quiz.yml: |\n  questions:\n" + "".join(
        _QUESTION.format(id=name, formerly=f"\n      formerly: [{earlier}]" if earlier else "")
        for name, earlier in questions
    )


RULES: tuple[Rule, ...] = (
    Rule(
        "M130", "id-changed", "error", "history", "an id changed and nothing says so",
        "Answers, notes and progress are saved in learners’ browsers and found by id, so under a new id they are lost. "
        "Give it its old id back, or say what it was: formerly: [old-id]. "
        "Where it is a different thing that only reads alike, waive this rule beside it and say why. "
        "Found only with: alongside check --against.",
        bad=_quiz(("give-back-first", "")), good=_quiz(("give-back-first", "give-back")),
    ),
    Rule(
        "M131", "id-removed", "info", "history", "something that learners may have answered is gone",
        "What learners saved for it is set aside in their browsers: kept, and shown no more. "
        "If something else took its place, say so there: formerly: [old-id]. Otherwise there is nothing to do. "
        "Found only with: alongside check --against.",
        bad=_quiz(("give-back", "")), good=_quiz(("give-back", ""), ("wait-first", "leave-silence")),
    ),
    Rule(
        "M132", "formerly-in-use", "error", "curriculum", "an earlier id that something still has",
        "Saved work follows an earlier id to where it belongs now, and it cannot belong to two things. "
        "Delete the id from formerly, or give the other thing another id.",
        bad=_quiz(("give-back", ""), ("give-back-first", "give-back")), good=_quiz(("give-back", ""), ("give-back-first", "say-it-again")), check=formerly_in_use,
    ),
    Rule(
        "M133", "formerly-twice", "error", "curriculum", "an earlier id that two things claim",
        "Saved work can follow an earlier id to one place only. Leave the id where the saved work belongs, and delete it from the other formerly.",
        bad=_quiz(("give-back", "repeat"), ("give-back-first", "repeat")), good=_quiz(("give-back", "repeat"), ("give-back-first", "echo")), check=formerly_twice,
    ),
)  # fmt: skip
