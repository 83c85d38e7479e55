"""The table of pages that belong to no module: a row each.

Menus, the foot, the list of all pages, names that modules cannot have, what is searched and what opens without a connection
follow from it. What a page lists is in `render/site_lists.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Literal

from alongside.words.language import N_

Kind = Literal[
    "home", "text", "path", "module", "lesson", "quiz", "print", "list", "support", "own", "missing", "offline", "moved"
]


@dataclass(frozen=True, slots=True)
class Row:
    """One page."""

    #: Address from the top of the site.
    url: str
    #: In English, like the description; both are looked up where they are shown.
    title: str
    description: str = ""
    #: The kind of page and its template; a page without is a text in `content/`, which has its own title.
    kind: Kind | None = None
    template: str = ""
    #: Which sites have it.
    when: Literal["always", "author_pages", "cohorts", "offline", "preview", "xapi"] = "always"
    #: Its place in the bar at the top and in the foot, from 1, and its name there where that is another.
    bar: int = 0
    menu: int = 0
    foot: int = 0
    foot_title: str = ""
    #: Whether the link to it stands out, as help does.
    urgent: bool = False
    #: Whether the list of all pages has it, and whether search, which looks at pages of its kind, finds what is on it.
    listed: bool = True
    searched: bool = True
    #: Whether it shows something of modules besides what pages of other modules show of them.
    of_modules: bool = False
    #: Whether it is kept from the first visit on, whatever was opened: help, and what says that a page was not kept.
    kept: bool = False


PAGES: tuple[Row, ...] = (
    Row("modules/", N_("All pages"), N_("Every page of this site in one list."), "list", "modules", bar=1, menu=7, foot=14, listed=False, searched=False,
        of_modules=True),
    Row("glossary/", N_("Glossary"), N_("The words that the lessons use, in plain words."), "list", "glossary", menu=6, foot=4),
    Row("sources/", N_("Sources"), N_("What the lessons rest on, and how far we have checked it."), "list", "sources", foot=11),
    Row("safety/", N_("Safety rules"), N_("What holds about safety in every module, and what it rests on."), "list", "safety", foot=15, searched=False),
    Row("support/", N_("Get help now"), N_("Where to turn when you or someone else needs help."), "support", "support", bar=4, urgent=True, kept=True),
    Row("alignment/", N_("What is taught, and where it is checked"), N_("Every objective with its lessons, practice and questions."), "list", "alignment",
        foot=12, foot_title=N_("What is taught"), searched=False, of_modules=True),
    Row("404.html", N_("This page is not here"), N_("The address may be old or mistyped."), "missing", "missing", listed=False),
    # The learner's own pages, and how they find and read.
    Row("progress/", N_("Your progress"), N_("What you have finished and found out, and how to keep it or take it away."), "own", "progress", bar=3, menu=2,
        of_modules=True),
    Row("review/", N_("Review"), N_("Questions that you have met, again when it is time."), "own", "review", menu=3, foot=1),
    Row("journal/", N_("Your journal"), N_("What you have written, to read, take away or delete."), "own", "journal", menu=4, foot=2),
    Row("search/", N_("Search"), N_("Find a word in lessons, quizzes and pages."), "own", "search", bar=2, menu=1),
    Row("comfort/", N_("Reading comfort"), N_("Text size, spacing, letters, light and dark."), "own", "comfort", menu=5, foot=3),
    Row("record/", N_("Completion record"), N_("A page to print that says what you have worked through."), "own", "record", of_modules=True),
    # Where the organisation has a store of records.
    Row("sharing/", N_("What you share"), N_("What may be told of what you finish, to whom, and the switch for it."), "own", "sharing", "xapi", foot=17, searched=False),
    # Where some stay with an earlier one.
    Row("versions/", N_("Versions of this course"), N_("The current version, and earlier ones for groups who began with them."), "list", "versions", "cohorts",
        foot=16, searched=False),
    # For authors.
    Row("authors/fields/", N_("Every field"), N_("What can stand in each file, with examples."), "list", "author_fields", "author_pages"),
    Row("authors/kinds/", N_("Kinds of question"), N_("Each kind of question: what you write and what it becomes."), "list", "author_kinds", "author_pages"),
    Row("authors/steps/", N_("Kinds of step"), N_("What a lesson is made of: what you write and what it becomes."), "list", "author_steps", "author_pages"),
    Row("authors/faces/", N_("Every face"), N_("Each word for what somebody looks like, drawn."), "list", "author_faces", "author_pages"),
    Row("authors/rules/", N_("Every rule"), N_("What is checked, why, and how to mend it."), "list", "author_rules", "author_pages", of_modules=True),
    # For whoever hosts the site: learners need no settings.
    Row("authors/settings/", N_("Every setting"), N_("What an organisation can set in mkdocs.yml, with examples."), "list", "author_settings", "preview",
        listed=False, searched=False),
    # What the service worker shows at any address that it cannot reach and has not kept.
    Row("offline/", N_("No connection, and this page was not kept"), N_("What can be opened without a connection, and where to find help."), "offline", "offline",
        "offline", listed=False, kept=True),
    # Texts.
    Row("about/", N_("About"), foot=5),
    Row("how-to-use/", N_("How to use this course"), foot=6),
    Row("privacy/", N_("Privacy"), foot=7),
    Row("for-facilitators/", N_("For facilitators"), foot=8),
    Row("for-organisations/", N_("For organisations"), foot=9),
    Row("corrections/", N_("Corrections"), foot=10),
    Row("authors/first-module/", N_("Write a module"), foot=13),
)  # fmt: skip

#: Pages that are made, by address.
MADE_PAGES: dict[str, Row] = {row.url: row for row in PAGES if row.kind}


def bar() -> tuple[Row, ...]:
    """Pages in the bar at the top of every page."""
    return _placed("bar")


def menu() -> tuple[Row, ...]:
    """Pages in the menu that opens from the bar: those in the bar as well, for which a phone has no room there."""
    return _placed("menu")


def foot() -> tuple[Row, ...]:
    """Pages in the foot of every page, for those that the site has."""
    return _placed("foot")


@cache
def _placed(where: Literal["bar", "menu", "foot"]) -> tuple[Row, ...]:
    """Pages that have a place there, in their order."""
    return tuple(sorted((row for row in PAGES if getattr(row, where)), key=attrgetter(where)))


def first_names() -> frozenset[str]:
    """The first part of every address, which no module can have."""
    return frozenset(row.url.partition("/")[0].partition(".")[0] for row in PAGES)
