"""Pages that are not of one module: what they are called, and what they list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from alongside.files.cache import NO_CACHE, Cache
from alongside.files.problems import Problem
from alongside.model.curriculum import Curriculum, LearningPath, TextPage
from alongside.model.pages import MADE_PAGES
from alongside.model.settings import Cohort
from alongside.render import reference, template_context
from alongside.render.faces import samples
from alongside.render.page import Link
from alongside.render.search import urgent_words
from alongside.reports.coverage import coverage, keys
from alongside.rules.engine import calibration
from alongside.words.language import Words


def listed(  # noqa: PLR0913  # what the lists are made of
    template: str,
    curriculum: Curriculum,
    texts: Mapping[str, TextPage],
    paths: Mapping[str, LearningPath],
    words: Words,
    *,
    author_pages: bool,
    cohorts: Mapping[str, Cohort],
    shares: bool,
    found: Sequence[Problem] | None = None,
    cache: Cache = NO_CACHE,
) -> dict[str, Any]:
    """What the template of such a page receives, besides what all templates do."""
    modules = list(curriculum.modules.values())
    made: dict[str, Callable[[], dict[str, Any]]] = {
        "modules": lambda: {
            "modules": modules,
            "paths": list(paths.items()),
            "others": _others(texts, words, {"author_pages": author_pages, "cohorts": bool(cohorts), "xapi": shares}),
        },
        "glossary": lambda: {
            "terms": sorted(curriculum.glossary.items(), key=lambda entry: entry[1].term.lower()),
            "glossary": curriculum.glossary,
        },
        "sources": lambda: {
            "sources": sorted(curriculum.sources.items(), key=lambda entry: (entry[1].authors.lower(), entry[1].year))
        },
        "safety": lambda: {"rules": list(curriculum.safety.items())},
        "alignment": lambda: {
            "matrix": [(module, template_context.alignment(module)) for module in modules],
            "coverage": coverage(curriculum, cache),
            "keys": keys(curriculum),
        },
        "search": lambda: {"urgent": urgent_words(curriculum.language)},
        "progress": lambda: {"modules": modules, "privacy": "privacy/" in texts},
        "record": lambda: {"modules": modules, "paths": list(paths.items())},
        "versions": lambda: {"cohorts": list(cohorts.items())},
        "author_faces": lambda: {"lists": samples()},
        "author_fields": lambda: {"groups": reference.field_groups()},
        "author_settings": lambda: {"groups": reference.setting_groups()},
        "author_steps": lambda: {"entries": reference.step_entries()},
        "author_kinds": lambda: {"kinds": reference.kind_entries()},
        "author_rules": lambda: {"groups": reference.rule_groups(), "calibration": calibration(curriculum, found)},
    }
    return made[template]() if template in made else {}


def _others(texts: Mapping[str, TextPage], words: Words, has: Mapping[str, bool]) -> list[Link]:
    """Links to all pages that are not of a module or path. Of those that some sites have alone, `has` says which this one has."""
    written = [Link(text.title, text.url) for text in texts.values() if text.url]
    made = [row for row in MADE_PAGES.values() if row.listed and has.get(row.when, True)]
    return [*written, *(Link(words.gettext(row.title), row.url) for row in made)]
