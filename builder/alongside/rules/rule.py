"""What a rule is: a row of the table, and the finding it makes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from alongside.files.located import Place
from alongside.files.problems import Severity
from alongside.model.curriculum import AnyScenario, Curriculum, Lesson, Module
from alongside.model.element import Text
from alongside.model.questions import Question

#: What a rule looks at. The runner walks the curriculum once and calls each rule with what it asks for.
#: Rules of reading, settings and site are applied elsewhere: by the reader, `check_settings` and the link check of the site;
#: those of history by `changes.py`, which compares two revisions, and those of import by `importers/`.
Scope = Literal[
    "reading", "curriculum", "module", "lesson", "question", "scenario", "text", "settings", "site", "history", "import"
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


@dataclass(frozen=True, slots=True)
class Context:
    """Where in the curriculum the checked thing stands."""

    curriculum: Curriculum
    #: `None` for registries and for the curriculum as a whole.
    module: Module | None = None
    #: The lesson around the checked thing, if there is one.
    lesson: Lesson | None = None


#: A function of the checked thing and its context. What it gets depends on the rule's scope:
#: Curriculum, Module, Lesson, Question, AnyScenario or Text.
Check = Callable[[Any, Context], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table of rules.

    `bad` and `good` are YAML: for the scopes question, lesson, scenario and module what stands in
    that place, for text a piece of Markdown, for reading and curriculum a whole file. They are the rule's tests and
    the examples that `alongside explain` and the rule reference show.
    """

    #: Permanent; a retired code is never used again.
    code: str
    #: Short name with hyphens.
    name: str
    severity: Severity
    scope: Scope
    #: What is wrong, in a few words.
    label: str
    #: Why it matters and what to do, in two to four sentences.
    advice: str
    bad: str
    good: str
    #: `None` for what the reader and the model find by themselves.
    check: Check | None = None
    #: For the scope text: the rule finds nothing in a text without any of these pieces. They are looked for
    #: with small letters and straight apostrophes, in all texts of a file at once, so that most rules never see most texts.
    needs: tuple[str, ...] = ()
    #: Whether a finding of a rule that is no error can become one, by a second threshold.
    escalates: bool = False

    @property
    def can_stop(self) -> bool:
        """Whether the rule can keep a site from being built."""
        return self.severity == "error" or self.escalates


Checked = Curriculum | Module | Lesson | Question | AnyScenario | Text


Entry = TypeVar("Entry")


def repeats(entries: Iterable[tuple[Hashable, Entry]]) -> Iterator[tuple[Entry, Entry]]:
    """Each entry whose key stood there before, with the first entry that had it."""
    first: dict[Hashable, Entry] = {}
    for key, entry in entries:
        if key in first:
            yield entry, first[key]
        first.setdefault(key, entry)


def in_each_module(check: Callable[[Module, Context], Iterator[Finding]]) -> Check:
    """The check of a module as one of the whole curriculum, for what shows in several files."""

    def checked(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
        for module in curriculum.modules.values():
            yield from check(module, Context(curriculum, module))

    return checked
