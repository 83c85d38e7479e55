"""Pages that are not of one module: what they are called, and what they list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from alongside.checks import calibration
from alongside.coverage import coverage, keys
from alongside.model import Curriculum, LearningPath, TextPage
from alongside.page import Kind, Link
from alongside.render import reference, views

#: Scripts that all pages of a kind need.
PAGE_SCRIPTS: dict[Kind, tuple[str, ...]] = {
    "home": ("elements/home.js", "elements/ticks.js"),
    "path": ("elements/ticks.js",),
    "module": ("elements/ticks.js", "elements/keep.js"),
    "lesson": ("elements/lesson.js", "elements/ticks.js"),
    "quiz": ("elements/quiz.js", "elements/ticks.js"),
}
ALIGNMENT = "What is taught, and where it is checked"
#: Lists of the whole site: address → kind, title, description, template.
COMMON_PAGES: dict[str, tuple[Kind, str, str, str]] = {
    "modules/": ("list", "All pages", "Every page of this site in one list.", "modules"),
    "glossary/": ("list", "Glossary", "The words that the lessons use, in plain words.", "glossary"),
    "sources/": ("list", "Sources", "What the lessons rest on, and how far we have checked it.", "sources"),
    "support/": ("support", "Get help now", "Where to turn when you or someone else needs help.", "support"),
    "alignment/": ("list", ALIGNMENT, "Every objective with its lessons, practice and questions.", "alignment"),
    "404.html": ("missing", "This page is not here", "The address may be old or mistyped.", "missing"),
}
#: What the service worker shows at any address that it cannot reach and has not kept.
OFFLINE_PAGES: dict[str, tuple[Kind, str, str, str]] = {
    "offline/": (
        "offline",
        "No connection, and this page was not kept",
        "What can be opened without a connection, and where to find help.",
        "offline",
    ),
}
#: The learner's own pages, and how they find and read.
OWN_PAGES: dict[str, tuple[Kind, str, str, str]] = {
    "progress/": (
        "own",
        "Your progress",
        "What you have finished and found out, and how to keep it or take it away.",
        "progress",
    ),
    "review/": ("own", "Review", "Questions that you have met, again when it is time.", "review"),
    "journal/": ("own", "Your journal", "What you have written, to read, take away or delete.", "journal"),
    "search/": ("own", "Search", "Find a word in lessons, quizzes and pages.", "search"),
    "comfort/": ("own", "Reading comfort", "Text size, spacing, letters, light and dark.", "comfort"),
    "record/": (
        "own",
        "Completion record",
        "A page to print that says what you have worked through.",
        "record",
    ),
}
#: Pages for authors.
AUTHOR_PAGES: dict[str, tuple[Kind, str, str, str]] = {
    "authors/fields/": ("list", "Every field", "What can stand in each file, with examples.", "author_fields"),
    "authors/kinds/": (
        "list",
        "Kinds of question",
        "Each kind of question: what you write and what it becomes.",
        "author_kinds",
    ),
    "authors/steps/": (
        "list",
        "Kinds of step",
        "What a lesson is made of: what you write and what it becomes.",
        "author_steps",
    ),
    "authors/rules/": ("list", "Every rule", "What is checked, why, and how to mend it.", "author_rules"),
}


def listed(
    template: str,
    curriculum: Curriculum,
    texts: Mapping[str, TextPage],
    paths: Mapping[str, LearningPath],
    *,
    author_pages: bool,
) -> dict[str, Any]:
    """What the template of such a page receives, besides what all templates do."""
    modules = list(curriculum.modules.values())
    made: dict[str, Callable[[], dict[str, Any]]] = {
        "modules": lambda: {
            "modules": modules,
            "paths": list(paths.items()),
            "others": _others(texts, author_pages=author_pages),
        },
        "glossary": lambda: {
            "terms": sorted(curriculum.glossary.items(), key=lambda entry: entry[1].term.lower()),
            "glossary": curriculum.glossary,
        },
        "sources": lambda: {
            "sources": sorted(curriculum.sources.items(), key=lambda entry: (entry[1].authors.lower(), entry[1].year))
        },
        "alignment": lambda: {
            "matrix": [(module, views.alignment(module)) for module in modules],
            "coverage": coverage(curriculum),
            "keys": keys(curriculum),
        },
        "search": lambda: {"modules": modules},
        "progress": lambda: {"modules": modules, "privacy": "privacy/" in texts},
        "record": lambda: {"modules": modules},
        "author_fields": lambda: {"groups": reference.field_groups()},
        "author_steps": lambda: {"entries": reference.step_entries()},
        "author_kinds": lambda: {"kinds": reference.kind_entries()},
        "author_rules": lambda: {"groups": reference.rule_groups(), "calibration": calibration(curriculum)},
    }
    return made[template]() if template in made else {}


def _others(texts: Mapping[str, TextPage], *, author_pages: bool) -> list[Link]:
    """Links to all pages that are not of a module or path."""
    written = [(text.title, text.url) for text in texts.values() if text.url]
    common = [
        ("Glossary", "glossary/"),
        ("Sources", "sources/"),
        *((title, url) for url, (_, title, _, _) in OWN_PAGES.items()),
        ("Get help now", "support/"),
        (ALIGNMENT, "alignment/"),
    ]
    authors = [(title, url) for url, (_, title, _, _) in AUTHOR_PAGES.items() if author_pages]
    return [Link(title, url) for title, url in [*written, *common, *authors]]
