"""What a rule is, how it gets into the table, and the finding it makes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any, Literal, TypeVar

from alongside.files.located import Place
from alongside.files.problems import Severity
from alongside.model.curriculum import Curriculum
from alongside.model.element import Text
from alongside.model.lessons import Lesson
from alongside.model.modules import Module
from alongside.model.questions import Question
from alongside.model.scenarios import AnyScenario
from alongside.rules.document import Document, document

#: What a rule looks at. The runner walks the curriculum once and calls each rule with what it asks for.
#: Rules of reading, layers, settings and site are applied elsewhere: by the reader, by what puts layers together, by
#: `check_settings` and by the link check of the site;
#: those of history by what knows another time than the files do: `changes.py`, which compares two revisions, and a check,
#: which knows the day; those of import by `importers/`.
Scope = Literal[
    "reading",
    "layers",
    "curriculum",
    "module",
    "lesson",
    "question",
    "scenario",
    "text",
    "settings",
    "site",
    "history",
    "import",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a rule found. Its code and usual severity are the rule's."""

    message: str
    place: Place
    expected: str = ""
    fix: str = ""
    #: Where one rule has two thresholds: the severity of this finding.
    severity: Severity | None = None


#: Words that something in a module is called by, such as the sources that it cites, or what is counted over all modules.
Names = Callable[[Module], Iterable[str]]
#: What rules of the whole curriculum need to know of each module, by the names of the functions that find it.
NAMES: dict[str, Names] = {}


def kept_of_modules(names: Names) -> Names:
    """The function below finds words that are kept for as long as the module is as it was, for `Context.in_any_module`."""
    NAMES[names.__name__] = names
    return names


def names_in(module: Module) -> dict[str, list[str]]:
    """All that `NAMES` finds in a module."""
    return {name: sorted(set(names(module))) for name, names in NAMES.items()}


@dataclass(frozen=True, slots=True)
class Context:
    """Where in the curriculum the checked thing stands."""

    curriculum: Curriculum
    #: `None` for registries and for the curriculum as a whole.
    module: Module | None = None
    #: The lesson around the checked thing, if there is one.
    lesson: Lesson | None = None
    #: Gives what `names_in` finds in a module, as a run before left it.
    kept: Callable[[Module], Mapping[str, Sequence[str]]] | None = None

    def in_any_module(self, names: Names) -> set[str]:
        """What a function of `NAMES` finds in all modules."""
        return {name for module in self.curriculum.modules.values() for name in self.in_module(names, module)}

    def in_module(self, names: Names, module: Module) -> Sequence[str]:
        """What a function of `NAMES` finds in a module, once each, sorted."""
        return self.kept(module)[names.__name__] if self.kept else sorted(set(names(module)))


#: A function of the checked thing and its context. What it gets depends on the rule's scope:
#: Curriculum, Module, Lesson, Question, AnyScenario or Text.
Check = Callable[[Any, Context], Iterator[Finding]]
SomeCheck = TypeVar("SomeCheck", bound=Check)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. What it says to people stands in its document, `rules/<room>/<CODE>.md`."""

    #: Permanent; a retired code is never used again.
    code: str
    #: Short name with hyphens.
    name: str
    severity: Severity
    scope: Scope
    #: `None` for what is found where it is known: by the reader, the model, the importers, the door to files.
    check: Check | None = None
    #: For the scope text: the rule finds nothing in a text without any of these pieces. They are looked for
    #: with small letters and straight apostrophes, in all texts of a file at once, so that most rules never see most texts.
    needs: tuple[str, ...] = ()
    #: For the scope text: whether it holds for what learners are to write, too. Each sign counts there, so that whoever asks
    #: to say it in another way asks for another answer.
    of_answers: bool = True
    #: Whether a finding of a rule that is no error can become one, by a second threshold.
    escalates: bool = False
    #: Whether what it finds means that the site is not ready for learners: with `release: true` it is an error.
    at_release: bool = False

    @property
    def can_stop(self) -> bool:
        """Whether the rule can keep a site from being built."""
        return self.severity == "error" or self.escalates or self.at_release

    @property
    def document(self) -> Document:
        """What the rule says to people, with its examples."""
        return document(self.code)


#: Every rule by its code, as the files of the rooms enter it.
TABLE: dict[str, Rule] = {}


def enter(rule: Rule) -> None:
    """Puts a rule into the table."""
    if rule.code in TABLE:
        raise ValueError(f"two rules are called {rule.code}")
    TABLE[rule.code] = rule


def rule(  # noqa: PLR0913  # a row of a table
    code: str,
    name: str,
    severity: Severity,
    scope: Scope,
    *,
    needs: tuple[str, ...] = (),
    of_answers: bool = True,
    escalates: bool = False,
    at_release: bool = False,
) -> Callable[[SomeCheck], SomeCheck]:
    """The function below is the check of this rule. The arguments are fields of `Rule`."""

    def entered(check: SomeCheck) -> SomeCheck:
        enter(Rule(code, name, severity, scope, check, needs, of_answers, escalates, at_release))
        return check

    return entered


Checked = Curriculum | Module | Lesson | Question | AnyScenario | Text


Entry = TypeVar("Entry")


def repeats(entries: Iterable[tuple[Hashable, Entry]]) -> Iterator[tuple[Entry, Entry]]:
    """Each entry whose key stood there before, with the first entry that had it."""
    first: dict[Hashable, Entry] = {}
    for key, entry in entries:
        if key in first:
            yield entry, first[key]
        first.setdefault(key, entry)


class in_each_module:  # noqa: N801  # it stands on a function
    """The check of a module as one of the whole curriculum, for what shows in several files: with one unread nothing of it holds.

    It is asked of each module by itself, so that it is not asked again of those that have not changed.
    """

    def __init__(self, check: Callable[[Module, Context], Iterator[Finding]]) -> None:
        self.check = check
        #: What the rule finds in what is of no module.
        self.rest: Callable[[Curriculum, Context], Iterator[Finding]] | None = None
        update_wrapper(self, check)

    def besides(self, rest: Callable[[Curriculum, Context], Iterator[Finding]]) -> Check:
        """The function below is what the rule finds in what is of no module."""
        self.rest = rest
        return rest

    def __call__(self, checked: Curriculum | Module, context: Context) -> Iterator[Finding]:
        """What is found in a module, or in all of them."""
        if isinstance(checked, Curriculum):
            for module in checked.modules.values():
                yield from self.check(module, Context(checked, module))
            if self.rest:
                yield from self.rest(checked, context)
        else:
            yield from self.check(checked, context)
