"""Names that must lead somewhere: modules, objectives, people and the rules of a lesson."""

from __future__ import annotations

from collections.abc import Iterator

from alongside.files import door
from alongside.files.located import Place
from alongside.files.problems import quoted
from alongside.model.curriculum import Curriculum, Dialogue, InlineScenario, Lesson, Module, RulesStep, Scenario
from alongside.model.element import Element, descendants
from alongside.model.exercises import Exercise
from alongside.model.questions import Question
from alongside.rules.references import citations, links
from alongside.rules.references.citations import unknown
from alongside.rules.rule import Context, Finding, Rule, in_each_module, repeats

#: What says which objectives it serves.
Aimed = Lesson | Question | Exercise | Scenario | InlineScenario


# -------------------------------------------------------------------- modules


def _existing_modules(curriculum: Curriculum) -> set[str]:
    """Modules that were read, and folders that were left out or could not be read."""
    shelves = {module.folder.parent for module in curriculum.modules.values()}
    folders = {folder.name for shelf in shelves for folder in door.folders_in(shelf)}
    return folders | set(curriculum.modules)


def _module_mentions(curriculum: Curriculum) -> Iterator[tuple[str, Place]]:
    outline = curriculum.outline
    for index, name in enumerate(outline.order):
        yield name, outline.place("order", index)
    for path in outline.paths.values():
        for index, name in enumerate(path.modules):
            yield name, path.place("modules", index)
    for module in curriculum.modules.values():
        for field in ("requires", "helpful_before"):
            for index, name in enumerate(getattr(module.outline, field)):
                yield name, module.outline.place(field, index)


def unknown_module(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Modules named in the order, in paths or as prerequisites that do not exist."""
    known = _existing_modules(curriculum)
    for name, place in _module_mentions(curriculum):
        if name not in known:
            expected = "the name of a folder in modules/"
            yield unknown("module", name, known, place, expected, f"alongside new module {name}, or correct the name")


def requires_cycle(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Modules that require each other, so that none of them could be taken first."""
    finished: set[str] = set()
    for first in curriculum.modules:
        if first not in finished:
            yield from _cycles_from(first, curriculum.modules, finished)


def _cycles_from(first: str, modules: dict[str, Module], finished: set[str]) -> Iterator[Finding]:
    """A walk in depth that keeps its own stack, so that long chains cannot exhaust Python's."""
    trail, on_trail = [first], {first}
    waiting = [enumerate(modules[first].outline.requires)]
    while trail:
        index, name = next(waiting[-1], (-1, ""))
        if index < 0:
            finished.add(trail[-1])
            on_trail.discard(trail.pop())
            waiting.pop()
        elif name in on_trail:
            chain = " → ".join([*trail[trail.index(name) :], name])
            place = modules[trail[-1]].outline.place("requires", index)
            yield Finding(
                f"these modules require each other: {chain}",
                place,
                "a module that can be taken first",
                "take one of them out of requires, or move it to helpful_before",
            )
        elif name in modules and name not in finished:
            trail.append(name)
            on_trail.add(name)
            waiting.append(enumerate(modules[name].outline.requires))


def not_in_order(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Modules that curriculum.yml does not name, so that their place is a matter of chance."""
    for name, module in curriculum.modules.items():
        if name not in curriculum.outline.order:
            yield Finding(
                f"curriculum.yml does not name the module {quoted(name)} in its order", module.outline.place(),
                "every module in the order", f"add {name} to order: in curriculum.yml",
            )  # fmt: skip


def named_twice(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Modules that stand twice in the order or in a path."""
    outline = curriculum.outline
    yield from _twice(outline, "order", outline.order)
    for path in outline.paths.values():
        yield from _twice(path, "modules", path.modules)


def _twice(element: Element, field: str, names: tuple[str, ...]) -> Iterator[Finding]:
    for (index, name), _ in repeats((name, (index, name)) for index, name in enumerate(names)):
        yield Finding(
            f"the module {quoted(name)} stands twice in this list",
            element.place(field, index),
            "each module once",
            "delete one of the two",
        )


# ----------------------------------------------- objectives, people, dialogues


def unknown_objective(module: Module, context: Context) -> Iterator[Finding]:
    """Objectives that lessons, questions, exercises or scenarios name and module.yml does not."""
    known = module.outline.objectives
    for file in module.files:
        for element in descendants(file):
            if not isinstance(element, Aimed):
                continue
            for index, name in enumerate(element.objectives):
                if name not in known:
                    expected = f"one of the objectives in module.yml: {', '.join(known)}"
                    yield unknown("objective", name, known, element.place("objectives", index), expected)


def unknown_person(module: Module, context: Context) -> Iterator[Finding]:
    """People in the credits or the review who are not in people.yml."""
    known = context.curriculum.people
    outline = module.outline
    named = [
        (name, outline.place("credits", role, i))
        for role, names in outline.credits.items()
        for i, name in enumerate(names)
    ]
    if outline.reviewed:
        named.append((outline.reviewed.by, outline.reviewed.place("by")))
    for name, place in named:
        if name not in known:
            yield unknown(
                "person",
                name,
                known,
                place,
                "an id from people.yml",
                f"add the person to people.yml:\n{name}: {{name: …}}",
            )


def unknown_rule(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Turns of a dialogue that point at a rule which this lesson does not have."""
    known = {rule.id for step in lesson.steps if isinstance(step, RulesStep) for rule in step.rules}
    for dialogue in descendants(lesson):
        if isinstance(dialogue, Dialogue):
            for turn in dialogue.turns:
                if turn.rule and turn.rule not in known:
                    expected = f"one of the rules of this lesson: {', '.join(sorted(known)) or 'it has none yet'}"
                    yield unknown("rule", turn.rule, known, turn.place("rule"), expected)


RULES: tuple[Rule, ...] = (
    Rule(
        "R201",
        "unknown-module",
        "error",
        "curriculum",
        "a module is named that does not exist",
        "The order, the tracks and the prerequisites name modules by their folder. "
        "A name that leads nowhere would leave a hole in the catalogue. Correct the name, or create the module.",
        bad="""\
modules/curriculum.yml: |
  title: Our training
  summary: Training for new mentors.
  order: [listening, boundries]
""",
        good="""\
modules/curriculum.yml: |
  title: Our training
  summary: Training for new mentors.
  order: [listening]
""",
        check=unknown_module,
    ),
    Rule(
        "R202",
        "unknown-file",
        "error",
        "reading",
        "a lesson, quiz or scenario is named that has no file",
        "Lessons, quizzes and scenarios are files of the same name in the module’s folder. "
        "Create the file, or correct the name in module.yml or in the lesson.",
        bad="""\
modules/listening/module.yml: |
  title: Listening
  summary: Give someone your whole attention.
  objectives: {reflect: {text: Write a reflection of what was said., level: apply}}
  lessons: [hearing, silense]
  key_points: [Listen first., Check what you heard., Leave room.]
""",
        good="""\
modules/listening/module.yml: |
  title: Listening
  summary: Give someone your whole attention.
  objectives: {reflect: {text: Write a reflection of what was said., level: apply}}
  lessons: [hearing]
  key_points: [Listen first., Check what you heard., Leave room.]
""",
    ),
    Rule(
        "R203",
        "requires-cycle",
        "error",
        "curriculum",
        "modules require each other in a circle",
        "If each of two modules has to be taken before the other, no learner can start with either. "
        "Take one of them out of requires, or move it to helpful_before.",
        bad="""\
modules/listening/module.yml: |
  title: Listening
  summary: Give someone your whole attention.
  requires: [listening]
  objectives: {reflect: {text: Write a reflection of what was said., level: apply}}
  lessons: [hearing]
  key_points: [Listen first., Check what you heard., Leave room.]
""",
        good="""\
modules/listening/module.yml: |
  title: Listening
  summary: Give someone your whole attention.
  objectives: {reflect: {text: Write a reflection of what was said., level: apply}}
  lessons: [hearing]
  key_points: [Listen first., Check what you heard., Leave room.]
""",
        check=requires_cycle,
    ),
    Rule(
        "R204",
        "not-in-order",
        "warning",
        "curriculum",
        "a module is missing from the order",
        "The order in curriculum.yml is the order of the catalogue and of the default track. "
        "A module that it does not name stands at the end by chance and in no track. Add its id to the order.",
        bad="""\
modules/curriculum.yml: |
  title: Our training
  summary: Training for new mentors.
  order: [boundaries]
""",
        good="""\
modules/curriculum.yml: |
  title: Our training
  summary: Training for new mentors.
  order: [listening]
""",
        check=not_in_order,
    ),
    Rule(
        "R205",
        "named-twice",
        "warning",
        "curriculum",
        "a module stands twice in the order or in a track",
        "Each module has one place in the order and in a track; the second mention would show it again. "
        "Delete one of the two.",
        bad="""\
modules/curriculum.yml: |
  title: Our training
  summary: Training for new mentors.
  order: [listening, listening]
""",
        good="""\
modules/curriculum.yml: |
  title: Our training
  summary: Training for new mentors.
  order: [listening]
""",
        check=named_twice,
    ),
    Rule(
        "R206",
        "unknown-objective",
        "error",
        "curriculum",
        "an objective is named that module.yml does not have",
        "Lessons teach objectives and questions assess them; a name that leads nowhere breaks that chain, "
        "and a learner is never told what to read again. Correct the name, or add the objective to module.yml.",
        bad="""\
modules/listening/hearing.yml: |
  title: Hearing
  minutes: 6
  summary: How to hear what is said.
  objectives: [reflct]
  steps:
    - text: First you hear, then you check.
""",
        good="""\
modules/listening/hearing.yml: |
  title: Hearing
  minutes: 6
  summary: How to hear what is said.
  objectives: [reflect]
  steps:
    - text: First you hear, then you check.
""",
        check=in_each_module(unknown_objective),
    ),
    Rule(
        "R207",
        "unknown-person",
        "error",
        "curriculum",
        "someone is credited who is not in people.yml",
        "Credits and reviews name people by their id in people.yml, so that a name is written once and can be corrected once. "
        "Add the person, or correct the id.",
        bad="""\
modules/listening/module.yml: |
  title: Listening
  summary: Give someone your whole attention.
  objectives: {reflect: {text: Write a reflection of what was said., level: apply}}
  lessons: [hearing]
  key_points: [Listen first., Check what you heard., Leave room.]
  credits: {author: [sam-okoro]}
""",
        good="""\
modules/people.yml: |
  sam-okoro: {name: Sam Okoro}
modules/listening/module.yml: |
  title: Listening
  summary: Give someone your whole attention.
  objectives: {reflect: {text: Write a reflection of what was said., level: apply}}
  lessons: [hearing]
  key_points: [Listen first., Check what you heard., Leave room.]
  credits: {author: [sam-okoro]}
""",
        check=in_each_module(unknown_person),
    ),
    Rule(
        "R208",
        "unknown-rule",
        "error",
        "lesson",
        "a dialogue points at a rule that the lesson does not have",
        "The notes beside a dialogue show which rule of the lesson a line keeps or breaks. "
        "Name a rule by the id that it has under rules: in the same lesson.",
        bad="""\
title: Hearing
minutes: 6
summary: How to hear what is said.
steps:
  - rules:
      - {id: reflect-first, rule: Reflect before you ask., why: People go on when they feel heard.}
  - dialogue:
      title: After work
      model: better
      turns:
        - {speaker: Ines, says: I nearly did not come.}
        - {speaker: Tom, says: Coming took something., rule: reflect-frst, keeps: true}
""",
        good="""\
title: Hearing
minutes: 6
summary: How to hear what is said.
steps:
  - rules:
      - {id: reflect-first, rule: Reflect before you ask., why: People go on when they feel heard.}
  - dialogue:
      title: After work
      model: better
      turns:
        - {speaker: Ines, says: I nearly did not come.}
        - {speaker: Tom, says: Coming took something., rule: reflect-first, keeps: true}
""",
        check=unknown_rule,
    ),
    Rule(
        "R210",
        "unused-file",
        "warning",
        "reading",
        "a file in a module’s folder is not used",
        "Nothing on the site shows this file, so it is either left over or was forgotten in a list. "
        "Name it under lessons: in module.yml or in a lesson’s scenario step, or delete it.",
        bad="""\
modules/listening/hearing.yml: |
  title: Hearing
  minutes: 6
  summary: How to hear what is said.
  steps:
    - text: First you hear, then you check.
modules/listening/silence.yml: |
  title: Silence
  minutes: 6
  summary: How to leave room.
  steps:
    - text: Count to five.
""",
        good="""\
modules/listening/hearing.yml: |
  title: Hearing
  minutes: 6
  summary: How to hear what is said.
  steps:
    - text: First you hear, then you check.
""",
    ),
    *citations.RULES,
    *links.RULES,
)
