"""Objectives, teaching and questions must fit together: P101 to P109."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from alongside.files.located import Place
from alongside.files.problems import quoted
from alongside.model.curriculum import Module, Objective
from alongside.model.element import LEVELS
from alongside.model.questions import Question
from alongside.model.questions.keys import assesses, assessments, chosen, is_whole
from alongside.rules.rule import Check, Context, Finding, Rule
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
                f"objectives: [{name}]",
                "warning" if count else "error",
            )


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


def objective_untaught(module: Module, context: Context) -> Iterator[Finding]:
    """Objectives that no lesson teaches."""
    taught = {name for lesson in module.lessons for name in lesson.objectives}
    for name in module.outline.objectives:
        if name not in taught:
            yield Finding(
                f"no lesson teaches the objective {quoted(name)}",
                _place(module, name),
                "a lesson that has it in objectives",
                f"objectives: [{name}]",
            )


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
                f"level: {objective.level}",
            )


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


def outline(reflect: str = "Write a reflection of what a speaker says.", more: str = "") -> str:
    """A `module.yml` for an example."""
    return OUTLINE.format(reflect=reflect, more=more)


def quiz(*questions: str) -> str:
    """A quiz for an example, one flow mapping for each question."""
    return "modules/listening/quiz.yml: |\n  questions:\n" + "".join(f"    - {question}\n" for question in questions)


def _choice(name: str, objective: str, level: str = "apply") -> str:
    why = "This leaves the next word to them and lets them go on."
    options = ", ".join(
        f"{{id: {o}, text: Option {o}, feedback: {why}{', correct: true' if o == 'a' else ''}}}" for o in "abc"
    )
    return f"{{kind: choice, id: {name}, prompt: What would help Rosa most now?, objectives: [{objective}], level: {level}, options: [{options}]}}"


def _open(name: str, objective: str) -> str:
    rubric = (
        "{id: a, text: Is it short?, feedback: Make it shorter.}, {id: b, text: Is it kind?, feedback: Make it kind.}"
    )
    return f"{{kind: open_response, id: {name}, prompt: What would you say to Rosa?, objectives: [{objective}], models: [{{id: m, text: It has been a lot., why: It stays with her.}}], rubric: [{rubric}]}}"


_REPAIR = "\n  repair: {text: Repair a reply that went wrong., level: apply}"

RULES: tuple[Rule, ...] = (
    Rule(
        "P101",
        "objective-unassessed",
        "error",
        "module",
        "too few questions assess an objective",
        "An objective that nothing asks for is a promise nobody can check (Biggs 1996, constructive alignment). "
        "Write at least two questions for it, in different forms; one alone is a warning. Predictions before the teaching do not count.",
        bad=outline(more=_REPAIR),
        good=outline(),
        check=in_whole(objective_unassessed),
    ),
    Rule(
        "P102",
        "orphan-item",
        "error",
        "question",
        "a question names no objective",
        "A question that serves no objective costs learners time, and its result says nothing. "
        "Name the objective that it assesses, or delete the question.",
        bad=_choice("first-words", "").replace("objectives: [], ", ""),
        good=_choice("first-words", "reflect"),
        check=orphan_item,
    ),
    Rule(
        "P103",
        "objective-untaught",
        "error",
        "module",
        "no lesson teaches an objective",
        "What is assessed has to be taught first. Name the objective in the lesson that teaches it, or take it out of module.yml.",
        bad=outline(more=_REPAIR),
        good=outline(),
        check=in_whole(objective_untaught),
    ),
    Rule(
        "P104",
        "one-form-only",
        "warning",
        "module",
        "an objective is assessed in one form only",
        "Someone who can pick a good reply cannot always say one. Assess each objective in two kinds of question, "
        "one of them with something to produce, sort or judge.",
        bad=quiz(
            _open("write-one", "ask"),
            _open("write-two", "ask"),
            _choice("pick", "reflect"),
            _choice("pick-two", "reflect"),
        ).replace(
            "modules/",
            "modules/listening/asking.yml: |\n  {title: Ask, minutes: 5, summary: Ask openly., objectives: [ask], steps: [{text: Ask openly.}]}\nmodules/",
            1,
        ),
        good=quiz(
            _open("write-one", "ask"),
            _choice("pick", "ask"),
            _open("write-two", "reflect"),
            _open("write-three", "wait"),
        ),
        check=one_form_only,
    ),
    Rule(
        "P105",
        "bloom-mismatch",
        "warning",
        "module",
        "an objective to do something is assessed by remembering",
        "Knowing the rule is not yet using it. Ask at least once for a decision or a piece of work at the level of the objective. "
        "The level of a question is that of its first objective unless it says another.",
        bad="modules/listening/asking.yml: |\n  {title: Ask, minutes: 5, summary: Ask openly., objectives: [ask], steps: [{text: Ask openly.}]}\n"
        + quiz(_choice("name-it", "ask", "remember"), _choice("name-two", "ask", "remember")),
        good=quiz(_choice("name-it", "ask", "remember"), _choice("use-it", "ask")),
        check=in_whole(bloom_mismatch),
    ),
    Rule(
        "P106",
        "bloom-mix",
        "warning",
        "module",
        "most questions ask for knowledge, few for skill",
        "This is a course in doing things with people. At least four in ten questions of a module should be at the level apply or above: "
        "a case to decide, a line to rewrite, steps to put in order.",
        bad=quiz(*(_choice(f"recall-{i}", "wait", "remember") for i in range(6))),
        good=quiz(*(_choice(f"use-{i}", "wait") for i in range(6))),
        check=in_whole(bloom_mix),
    ),
    Rule(
        "P107",
        "weak-verb",
        "error",
        "module",
        "an objective cannot be observed",
        "Nobody can see someone understand or appreciate something, so nobody can assess it. "
        "Start with what the learner will do: explain, rewrite, choose. English only.",
        bad=outline("Understand what a reflection is."),
        good=outline(),
        check=weak_verb,
    ),
    Rule(
        "P108",
        "verb-level",
        "warning",
        "module",
        "the verb of an objective belongs to another level",
        "The level decides which questions fit the objective, and the verb tells learners what to expect. "
        "Change one of the two so that they agree. English only.",
        bad=outline("List three kinds of reflections."),
        good=outline(),
        check=verb_level,
    ),
    Rule(
        "P109",
        "plain-choice-share",
        "warning",
        "module",
        "nearly all questions are plain choices",
        "Choosing among given answers is the easiest thing to practise and the least like a conversation. "
        "Let at least a third of a module’s questions be of another kind.",
        bad="modules/listening/asking.yml: |\n  {title: Ask, minutes: 5, summary: Ask openly., objectives: [ask], steps: [{text: Ask openly.}]}\n"
        + quiz(*(_choice(f"pick-{i}", "wait") for i in range(6))),
        good=quiz(*(_choice(f"pick-{i}", "wait") for i in range(2)), _open("say-it", "wait")),
        check=in_whole(plain_choice_share),
    ),
)
