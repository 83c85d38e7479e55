"""Objectives, teaching and questions must fit together: P101 to P109."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from alongside.files.located import Place
from alongside.files.problems import quoted
from alongside.model.element import LEVELS
from alongside.model.modules import Module, Objective
from alongside.model.questions import Question
from alongside.model.questions.keys import assesses, assessments, chosen, is_whole
from alongside.rules.rule import Check, Context, Finding, rule
from alongside.texts.verbs import SPELLINGS, VERBS, WEAK_OPENINGS, WEAK_VERBS, levels_of
from alongside.texts.wordforms import plain, words

#: From this level on, something is done with what was learned.
APPLY = LEVELS.index("apply")
LEAST_APPLIED = 0.4
LEAST_OTHER_FORMS = 1 / 3


def in_whole(check: Callable[[Module, Context], Iterator[Finding]]) -> Check:
    """The check, of modules only whose files could all be read."""

    def checked(module: Module, context: Context) -> Iterator[Finding]:
        if is_whole(module):
            yield from check(module, context)

    return checked


def _by_objective(module: Module) -> dict[str, list[Question]]:
    found: dict[str, list[Question]] = defaultdict(list)
    for question in assessments(module):
        for name in dict.fromkeys(question.objectives):
            found[name].append(question)
    return found


def _place(module: Module, name: str) -> Place:
    return module.outline.place("objectives", name, key=True)


@rule("P101", "objective-unassessed", "error", "module")
@in_whole
def objective_unassessed(module: Module, context: Context) -> Iterator[Finding]:
    """Objectives that no question asks for, or only one."""
    by_objective = _by_objective(module)
    for name in module.outline.objectives:
        count = len(by_objective[name])
        if count < 2:
            message = f"{'one question assesses' if count else 'no question assesses'} the objective {quoted(name)}"
            yield Finding(
                message,
                _place(module, name),
                "at least two questions, predictions not counted",
                f"write objectives: [{name}] in a question that asks for it",
                "warning" if count else "error",
            )


@rule("P102", "orphan-item", "error", "question")
def orphan_item(question: Question, context: Context) -> Iterator[Finding]:
    """Questions that say no objective. Unknown ones are R206."""
    if context.module and not question.objectives and assesses(question):
        known = context.module.outline.objectives
        yield Finding(
            "this question names no objective",
            question.place(),
            f"one of: {', '.join(known)}",
            f"objectives: [{next(iter(known))}]",
        )


@rule("P103", "objective-untaught", "error", "module")
@in_whole
def objective_untaught(module: Module, context: Context) -> Iterator[Finding]:
    """Objectives that no lesson teaches."""
    taught = {name for lesson in module.lessons for name in lesson.objectives}
    for name in module.outline.objectives:
        if name not in taught:
            yield Finding(
                f"no lesson teaches the objective {quoted(name)}",
                _place(module, name),
                "a lesson that has it in objectives",
                f"add {name} to objectives: of the lesson that teaches it",
            )


@rule("P104", "one-form-only", "warning", "module")
def one_form_only(module: Module, context: Context) -> Iterator[Finding]:
    """Objectives that are assessed more than once and always in the same form."""
    by_objective = _by_objective(module)
    for name in module.outline.objectives:
        kinds = {question.kind for question in by_objective[name]}  # type: ignore[attr-defined]
        if len(by_objective[name]) > 1 and len(kinds) == 1:
            yield Finding(
                f"every question on {quoted(name)} is of the kind {quoted(kinds.pop())}",
                _place(module, name),
                "two kinds of question",
                "let learners write, sort or judge once",
            )


@rule("P105", "bloom-mismatch", "warning", "module")
@in_whole
def bloom_mismatch(module: Module, context: Context) -> Iterator[Finding]:
    """Objectives to do something, assessed by remembering alone."""
    by_objective = _by_objective(module)
    for name, objective in module.outline.objectives.items():
        levels = {module.level_of(question) for question in by_objective[name]}
        if LEVELS.index(objective.level) >= APPLY and levels == {"remember"}:
            yield Finding(
                f"questions on {quoted(name)} ask only to remember, but its level is {quoted(objective.level)}",
                _place(module, name),
                "a question in which it is done",
                f"let a question have it done in a case, and write level: {objective.level} there",
            )


@rule("P106", "bloom-mix", "warning", "module")
@in_whole
def bloom_mix(module: Module, context: Context) -> Iterator[Finding]:
    """Modules whose questions mostly ask for knowledge."""
    levels = [level for question in assessments(module) if (level := module.level_of(question))]
    applied = sum(LEVELS.index(level) >= APPLY for level in levels)
    if levels and applied < LEAST_APPLIED * len(levels):
        yield Finding(
            f"{applied} of {len(levels)} questions are at the level apply or above",
            _questions_place(module),
            "four in ten or more",
            "let learners decide or do something in a case",
        )


@rule("P109", "plain-choice-share", "warning", "module")
@in_whole
def plain_choice_share(module: Module, context: Context) -> Iterator[Finding]:
    """Modules in which nearly every question is a plain choice."""
    items = assessments(module)
    others = sum(not _is_plain_choice(question) for question in items)
    if items and others < LEAST_OTHER_FORMS * len(items):
        yield Finding(
            f"{others} of {len(items)} questions are no plain choice",
            _questions_place(module),
            "a third or more",
            "use judgement, ordering, sorting, gap or open_response",
        )


def _is_plain_choice(question: Question) -> bool:
    shape = chosen(question)
    return shape is not None and not (shape.several or shape.graded or shape.ordered)


def _questions_place(module: Module) -> Place:
    return module.quiz.place("questions") if module.quiz else module.outline.place()


# ---------------------------------------------------------------------- verbs


def _verb(objective: Objective) -> str:
    first = next(iter(words(objective.text)), "")
    return SPELLINGS.get(first, first)


@rule("P107", "weak-verb", "error", "module")
def weak_verb(module: Module, context: Context) -> Iterator[Finding]:
    """Objectives that nobody can see whether they were reached."""
    for objective in module.outline.objectives.values():
        opening = " ".join(words(objective.text)[:4])
        weak = next((phrase for phrase in WEAK_OPENINGS if f"{opening} ".startswith(f"{phrase} ")), "")
        if weak or _verb(objective) in WEAK_VERBS:
            shown = weak or _verb(objective)
            yield Finding(
                f"nobody can see whether someone does {quoted(shown)}",
                objective.place("text"),
                f"a verb such as {_some(objective)}",
                f"text: {_some(objective).split(', ')[0].capitalize()} …",
            )


@rule("P108", "verb-level", "warning", "module")
def verb_level(module: Module, context: Context) -> Iterator[Finding]:
    """Objectives whose verb belongs to another level."""
    for objective in module.outline.objectives.values():
        verb = _verb(objective)
        weak = verb in WEAK_VERBS or plain(objective.text).lower().startswith(WEAK_OPENINGS)
        if weak or verb in VERBS[objective.level]:
            continue
        home = levels_of(verb)
        message = (
            f"{quoted(verb)} is a verb of the level {quoted(home[0])}"
            if home
            else f"{quoted(verb)} is not among our verbs for objectives"
        )
        yield Finding(
            f"{message}; this objective is at {quoted(objective.level)}",
            objective.place("text"),
            f"a verb such as {_some(objective)}",
            f"level: {home[0]}" if home else "",
        )


def _some(objective: Objective) -> str:
    return ", ".join(sorted(VERBS[objective.level])[:8])


OUTLINE = """\
title: Listening first
summary: Let someone see that you heard them.
objectives:
  reflect: {{text: {reflect}, level: apply}}
  ask: {{text: Rewrite a closed question as an open one., level: apply}}
  wait: {{text: Choose when to wait and when to speak., level: evaluate}}{more}
lessons: [hearing, asking, waiting]
quiz: quiz
key_points: [Listen first., Ask openly., Leave room.]
references: [weger-2014, kluger-2022, stivers-2009]
"""
