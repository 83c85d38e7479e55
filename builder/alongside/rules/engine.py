"""The one walk over the curriculum that applies the rules."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from alongside.files.cache import BESIDE, NO_CACHE, SITE, Cache, digest
from alongside.files.located import Place
from alongside.files.problems import Problem
from alongside.model.curriculum import Curriculum, CurriculumOutline
from alongside.model.element import Element, Text, Waivable, Waiver, descendants, texts
from alongside.model.lessons import Lesson
from alongside.model.modules import Module
from alongside.model.overlay import OVERLAY
from alongside.model.questions import Question
from alongside.model.scenarios import InlineScenario, Scenario
from alongside.rules import RULES
from alongside.rules.rule import Checked, Context, Finding, Rule, Scope, in_each_module, names_in
from alongside.rules.waivers import FIRM, without_waived
from alongside.texts.unfinished import is_unfinished


def _go_on() -> None:
    pass


def check_curriculum(
    curriculum: Curriculum, rules: Sequence[Rule] = RULES, pause: Callable[[], None] = _go_on, cache: Cache = NO_CACHE
) -> list[Problem]:
    """Everything that `rules` find, after waivers; unused and reasonless waivers included. The rest as in `findings`."""
    return after_waivers(findings(curriculum, rules, pause, cache), curriculum, rules)


def after_waivers(found: list[Problem], curriculum: Curriculum, rules: Sequence[Rule] = RULES) -> list[Problem]:
    """What waivers leave of what `rules` found; unused and reasonless waivers come to it."""
    # Whether a waiver of what changed is needed shows only beside another revision, or on another day.
    applied = {rule.code for rule in rules if rule.scope != "history"}
    return [_of_overlay(one, curriculum) for one in without_waived(found, _waivers(curriculum), applied)]


#: Groups of rules that judge how well something teaches or is written, rather than whether it is whole and safe.
ADVICE = frozenset("PQTIA")


def _of_overlay(problem: Problem, curriculum: Curriculum) -> Problem:
    """A problem in a file of another layer that this site changes by an overlay: what it says is owed to the change.

    Advice becomes a note, since nobody here can follow it there; any other error is told where the change is written.
    """
    if problem.severity == "info" or not curriculum.is_foreign(problem.place):
        return problem
    folder = _folder(problem.place.file)
    module = next((one for one in curriculum.modules.values() if one.overlays and folder in one.folders.values()), None)
    if module is None:
        return problem
    if problem.severity == "warning" or problem.code[0] in ADVICE:
        return replace(problem, severity="info")
    label = [*module.overlays.values()][-1]
    message = f"with what is changed here, in {problem.place}: {problem.message}"
    return replace(problem, place=Place(f"{label}/{OVERLAY}.yml"), message=message)


def errors_of_question(question: Question) -> list[Problem]:
    """What keeps a question from being published, looked at by itself. Texts that are still to be written are passed over."""
    outline = CurriculumOutline.model_construct(title="", summary="", order=(), paths={})
    context = Context(Curriculum(outline, {}))
    able = [rule for rule in RULES if rule.can_stop]
    of_questions = [rule for rule in able if rule.scope == "question" and rule.code.startswith("Q")]
    found = [problem for rule in of_questions for problem in _findings_of(rule, question, context)]
    found += _text_problems(list(texts(question)), context, [rule for rule in able if rule.scope == "text"])
    return [problem for problem in found if problem.severity == "error"]


def calibration(curriculum: Curriculum, found: Sequence[Problem] | None = None) -> dict[str, tuple[int, int]]:
    """How often each rule fires in a curriculum, and how many waivers let it pass, by code.

    `found` are the `findings` of all rules; without them all are applied.
    """
    fired = Counter(problem.code for problem in (findings(curriculum) if found is None else found))
    waived = Counter(code for _, waiver in _waivers(curriculum) for code in waiver.allow)
    return {rule.code: (fired[rule.code], waived[rule.code]) for rule in RULES}


@dataclass(frozen=True, slots=True)
class Findings:
    """What rules found in a part of the curriculum."""

    problems: tuple[Problem, ...]
    #: Folders of modules in which something is still to be written.
    unfinished: frozenset[str]


def findings(
    curriculum: Curriculum, rules: Sequence[Rule] = RULES, pause: Callable[[], None] = _go_on, cache: Cache = NO_CACHE
) -> list[Problem]:
    """Everything that `rules` find, whatever waivers say.

    `pause` is called before each rule and before the texts of each file. It can wait, or raise to end the check.
    What they find is kept in the `cache`, for each module by itself.
    """
    name = "findings" if rules is RULES else f"findings-{digest([rule.code for rule in rules])[:8]}"
    modules = curriculum.modules.values()
    parts = {SITE: _whole(curriculum, cache), BESIDE: _beside(curriculum)}
    parts |= {module.id: _of_module(curriculum, module) for module in modules}
    makers = {owner: partial(_found_in, part, rules, pause) for owner, part in parts.items()}
    cache.ahead(name, Findings, makers)
    found = [cache.of(owner, name, Findings, make) for owner, make in makers.items()]
    unfinished = frozenset[str]().union(*(part.unfinished for part in found))
    problems = (problem for part in found for problem in part.problems)
    # What a module teaches can be judged when it is written. Until then T199 says so.
    return [p for p in problems if not (p.code.startswith("P") and _folder(p.place.file) in unfinished)]


def findings_in(curriculum: Curriculum, module: Module, rules: Sequence[Rule] = RULES) -> list[Problem]:
    """What `rules` find in a module by itself. What they may ask of those around it, `load/dependencies.py` says."""
    return list(_found_in(_of_module(curriculum, module), rules, _go_on).problems)


def _found_in(part: Part, rules: Sequence[Rule], pause: Callable[[], None]) -> Findings:
    """What rules find in a part of the curriculum."""
    by_scope: dict[Scope, list[Rule]] = defaultdict(list)
    for rule in rules:
        if isinstance(rule.check, in_each_module):
            by_scope["module"].append(rule)
            if rule.check.rest:
                by_scope[rule.scope].append(replace(rule, check=rule.check.rest))
        elif rule.check:
            by_scope[rule.scope].append(rule)
    problems: list[Problem] = []
    for scope, checked, context in _walk(part):
        for rule in by_scope[scope]:
            pause()
            problems += _findings_of(rule, checked, context)
    unfinished: set[str] = set()
    for root, context in part.roots:
        pause()
        found = list(texts(root))
        problems += _text_problems(found, context, by_scope["text"])
        if context.module and any(is_unfinished(one.value) for one in found):
            unfinished.add(_folder(root.place().file))
    return Findings(tuple(problems), frozenset(unfinished))


def _findings_of(rule: Rule, checked: Checked, context: Context) -> Iterator[Problem]:
    """What a rule finds in something."""
    if rule.check is None:
        return
    try:
        for finding in rule.check(checked, context):
            yield _problem(rule, finding)
    except Exception as error:
        error.add_note(f"rule {rule.code}")
        place = (
            checked.place if isinstance(checked, Text) else checked.place() if isinstance(checked, Element) else None
        )
        error.add_note(str(place) if place else f"module {context.module.id}" if context.module else "the curriculum")
        raise


def not_waived(problems: list[Problem], curriculum: Curriculum) -> list[Problem]:
    """The problems that no waiver in the curriculum covers, for what is found outside the walk."""
    return [p for p in without_waived(problems, _waivers(curriculum), set()) if p in problems]


def _problem(rule: Rule, finding: Finding) -> Problem:
    severity = finding.severity or rule.severity
    assert severity != "error" or rule.can_stop, f"{rule.code} must say that it escalates"
    return Problem(rule.code, severity, finding.message, finding.place, finding.expected, finding.fix)


def _folder(file: str) -> str:
    return file.rpartition("/")[0]


def _text_problems(found: Sequence[Text], context: Context, rules: Sequence[Rule]) -> Iterator[Problem]:
    """What rules find in the texts of one file. A rule sees only texts that hold a piece that it needs."""
    folded = [one.value.lower().replace("’", "'") for one in found]
    joined = "\n\n".join(folded)
    # A place that nobody has written yet is named by T199. Only rules that hold always judge it besides.
    unwritten = [is_unfinished(words) for words in folded]
    for rule in rules:
        needs = [piece for piece in rule.needs if piece in joined]
        if rule.check is None or (rule.needs and not needs):
            continue
        for one, words, skipped in zip(found, folded, unwritten, strict=True):
            if (skipped and rule.code not in FIRM) or (one.is_answer and not rule.of_answers):
                continue
            if not needs or any(piece in words for piece in needs):
                yield from _findings_of(rule, one, context)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the curriculum that is judged by itself: a module, or what belongs to none."""

    #: What it is as a whole, with its context, if rules look at it so.
    whole: tuple[Scope, Checked, Context] | None = None
    #: What each of its files or registry entries holds, with its context.
    roots: tuple[tuple[Element, Context], ...] = ()


def _whole(curriculum: Curriculum, cache: Cache) -> Part:
    """The curriculum as a whole."""
    found: dict[str, dict[str, list[str]]] = {}

    def kept(module: Module) -> dict[str, list[str]]:
        if module.id not in found:
            found[module.id] = cache.of(module.id, "names", dict[str, list[str]], partial(names_in, module))
        return found[module.id]

    return Part(("curriculum", curriculum, Context(curriculum, kept=kept)))


def _beside(curriculum: Curriculum) -> Part:
    """What stands in no module."""
    everywhere = Context(curriculum)
    return Part(roots=tuple((entry, everywhere) for entry in curriculum.of_no_module()))


def _of_module(curriculum: Curriculum, module: Module) -> Part:
    """A module."""
    files = ((file, Context(curriculum, module, file if isinstance(file, Lesson) else None)) for file in module.files)
    return Part(("module", module, Context(curriculum, module)), tuple(files))


def _walk(part: Part) -> Iterator[tuple[Scope, Checked, Context]]:
    """Everything that rules look at, once each, with its context."""
    if part.whole:
        yield part.whole
    for root, context in part.roots:
        if isinstance(root, Lesson):
            yield "lesson", root, context
        for inner in descendants(root):
            if isinstance(inner, Question):
                yield "question", inner, context
            if isinstance(inner, Scenario | InlineScenario):
                yield "scenario", inner, context


def _waivers(curriculum: Curriculum) -> list[tuple[Waivable, Waiver]]:
    return [
        (element, element.lint)
        for part in (_beside(curriculum), *(_of_module(curriculum, module) for module in curriculum.modules.values()))
        for root, _ in part.roots
        for element in descendants(root)
        if isinstance(element, Waivable) and element.lint
    ]
