"""Names that must lead somewhere: modules, objectives, people and the rules of a lesson."""

from __future__ import annotations

from collections.abc import Iterator

from alongside.files import door
from alongside.files.located import Place
from alongside.files.problems import quoted
from alongside.model.curriculum import Curriculum
from alongside.model.element import Element, descendants
from alongside.model.exercises import Exercise
from alongside.model.lessons import Lesson
from alongside.model.modules import Module
from alongside.model.questions import Question
from alongside.model.scenarios import InlineScenario, Scenario
from alongside.model.steps import Dialogue, RulesStep, ScenarioStep
from alongside.rules.references.citations import unknown
from alongside.rules.rule import Context, Finding, Rule, enter, in_each_module, repeats, rule

#: What says which objectives it serves.
Aimed = Lesson | Question | Exercise | Scenario | InlineScenario


# -------------------------------------------------------------------- modules


def _existing_modules(curriculum: Curriculum) -> set[str]:
    """Modules that were read, and folders that were left out or could not be read."""
    shelves = {module.folder.parent for module in curriculum.modules.values()}
    folders = {folder.name for shelf in shelves for folder in door.folders_in(shelf)}
    return folders | {*curriculum.modules, *curriculum.left_out, *curriculum.waiting, *curriculum.withheld}


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


@rule("R201", "unknown-module", "error", "curriculum")
def unknown_module(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Modules named in the order, in paths or as prerequisites that do not exist."""
    known = _existing_modules(curriculum)
    for name, place in _module_mentions(curriculum):
        if name not in known:
            expected = "the name of a folder in modules/"
            yield unknown("module", name, known, place, expected, f"alongside new module {name}, or correct the name")


@rule("R203", "requires-cycle", "error", "curriculum")
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


@rule("R204", "not-in-order", "warning", "curriculum")
def not_in_order(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Modules that curriculum.yml does not name, so that their place is a matter of chance."""
    for name, module in curriculum.modules.items():
        if name not in curriculum.outline.order:
            yield Finding(
                f"curriculum.yml does not name the module {quoted(name)} in its order", module.outline.place(),
                "every module in the order", f"add {name} to order: in curriculum.yml",
            )  # fmt: skip


@rule("R205", "named-twice", "warning", "curriculum")
def named_twice(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Modules that stand twice in the order or in a path."""
    outline = curriculum.outline
    yield from _named_twice(outline, "order", outline.order)
    for path in outline.paths.values():
        yield from _named_twice(path, "modules", path.modules)


def _named_twice(element: Element, field: str, names: tuple[str, ...]) -> Iterator[Finding]:
    for (index, name), _ in repeats((name, (index, name)) for index, name in enumerate(names)):
        yield Finding(
            f"the module {quoted(name)} stands twice in this list",
            element.place(field, index),
            "each module once",
            "delete one of the two",
        )


# ----------------------------------------------- objectives, people, dialogues


@rule("R206", "unknown-objective", "error", "curriculum")
@in_each_module
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


@rule("R207", "unknown-person", "error", "curriculum")
@in_each_module
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
        if outline.reviewed.safety_by:
            named.append((outline.reviewed.safety_by, outline.reviewed.place("safety_by")))
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


@rule("R208", "unknown-rule", "error", "lesson")
def unknown_rule(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Turns of a dialogue that point at a rule which this lesson does not have."""
    known = {rule.id for step in lesson.steps if isinstance(step, RulesStep) for rule in step.rules}
    for dialogue in descendants(lesson):
        if isinstance(dialogue, Dialogue):
            for turn in dialogue.turns:
                if turn.rule and turn.rule not in known:
                    expected = f"one of the rules of this lesson: {', '.join(sorted(known)) or 'it has none yet'}"
                    yield unknown("rule", turn.rule, known, turn.place("rule"), expected)


@rule("R236", "scenario-shown-twice", "error", "module")
def scenario_shown_twice(module: Module, context: Context) -> Iterator[Finding]:
    """Scenarios that two steps of a module show: saved work and the copy for paper have each place of a module once."""
    steps = (
        (step.scenario, step)
        for lesson in module.lessons
        for step in lesson.steps
        if isinstance(step, ScenarioStep) and isinstance(step.scenario, str)
    )
    for again, first in repeats(steps):
        yield Finding(
            f"the scenario {quoted(str(again.scenario))} is shown already, at {first.place('scenario')}",
            again.place("scenario"),
            "each scenario in one step of a module",
            "delete this step, or link to that lesson in its place",
        )


enter(Rule("R202", "unknown-file", "error", "reading"))
enter(Rule("R210", "unused-file", "warning", "reading"))
