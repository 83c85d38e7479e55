"""The course for machines: a catalogue of its modules, and each module in the words of schema.org.

Addresses are relative to the file in which they stand, so that a site that is moved says nothing wrong.
The words of schema.org stand in a file of their own (JSON-LD 1.1), which the page names: pages hold no script, not even data.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from alongside.files.cache import NO_CACHE, Cache
from alongside.model.curriculum import Curriculum, LearningPath
from alongside.model.modules import Module
from alongside.model.settings import Organisation
from alongside.render.markdown import Prose
from alongside.render.page import Asset
from alongside.render.template_context import quiz_title
from alongside.texts.duration import Duration
from alongside.words.language import ENGLISH, Words

CATALOGUE = "catalogue.json"
#: The file of a module, in its folder.
COURSE = "course.jsonld"
#: What a link to each is told to lead to.
TYPES = {CATALOGUE: "application/json", COURSE: "application/ld+json"}
#: The form of the catalogue. It grows when a field changes its meaning or goes away.
SCHEMA = 1
#: The words of a line without its marks.
Said = Callable[[str], str]
#: How long the parts of a module take, by their ids.
Times = Callable[[Module], Mapping[str, Duration]]


def machine_readable_assets(  # noqa: PLR0913, PLR0917  # what there is to say, and in which words
    curriculum: Curriculum,
    paths: Mapping[str, LearningPath],
    organisation: Organisation,
    prose: Prose,
    times: Times,
    words: Words = ENGLISH,
    cache: Cache = NO_CACHE,
) -> Iterator[Asset]:
    """The catalogue, and the file of each module, which is kept in the `cache`. `times` says how long the parts of one take."""

    def said(text: str) -> str:
        return prose.inline(text).striptags()

    yield Asset(CATALOGUE, content=_json(_catalogue(curriculum, paths, said, times)))

    def course(module: Module) -> str:
        return _json(_course(module, curriculum, organisation, said, times(module), words)).decode()

    for module in curriculum.modules.values():
        text = cache.of(module.id, "course", str, partial(course, module))
        yield Asset(course_url(module.id), content=text.encode())


def course_url(module: str) -> str:
    """Where the file of a module stands."""
    return f"{module}/{COURSE}"


def described_by(kind: str, url: str) -> dict[str, str] | None:
    """The file that says for machines what stands on a page, where there is one; of a lesson and a quiz, its module's."""
    of_module = course_url(url.split("/", maxsplit=1)[0])
    name = {"home": CATALOGUE, "module": of_module, "lesson": of_module, "quiz": of_module}.get(kind)
    return {"url": name, "type": TYPES[name.rpartition("/")[2]]} if name else None


# -------------------------------------------------------------------- catalogue


def _catalogue(curriculum: Curriculum, paths: Mapping[str, LearningPath], said: Said, times: Times) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "title": curriculum.outline.title,
        "summary": said(curriculum.outline.summary),
        "languages": [curriculum.language],
        "modules": [_entry(module, curriculum, said, times(module)) for module in curriculum.modules.values()],
        "paths": [
            {
                "id": name,
                "title": path.title,
                "summary": said(path.summary),
                "modules": [module for module in path.modules if module in curriculum.modules],
            }
            for name, path in paths.items()
        ],
    }


def _entry(module: Module, curriculum: Curriculum, said: Said, time: Mapping[str, Duration]) -> dict[str, Any]:
    outline = module.outline
    return {
        "id": module.id,
        "title": module.title,
        "summary": said(outline.summary),
        "url": f"{module.id}/",
        "languages": [curriculum.language],
        "version": outline.version,
        "licence": outline.licence,
        **_minutes(sum(time.values(), Duration())),
        "tags": list(outline.tags),
        "requires": [name for name in outline.requires if name in curriculum.modules],
        "helpful_before": [name for name in outline.helpful_before if name in curriculum.modules],
        "objectives": [
            {"id": name, "text": said(objective.text), "level": objective.level}
            for name, objective in outline.objectives.items()
        ],
        "lessons": [
            {"id": lesson.id, "title": lesson.title, **_minutes(time[lesson.id]), "url": f"{module.id}/{lesson.id}/"}
            for lesson in module.lessons
        ],
        "reviewed": outline.reviewed.on.isoformat() if outline.reviewed else None,
    }


# ------------------------------------------------------------------- schema.org


def _course(  # noqa: PLR0913, PLR0917  # as above
    module: Module,
    curriculum: Curriculum,
    organisation: Organisation,
    said: Said,
    time: Mapping[str, Duration],
    words: Words,
) -> dict[str, Any]:
    outline = module.outline
    before = [curriculum.modules[name] for name in outline.requires if name in curriculum.modules]
    authors = [name for name in outline.credits.get("author", ()) if name in curriculum.people]
    told = {
        "@context": "https://schema.org",
        "@type": ["Course", "LearningResource"],
        "@id": "./",
        "url": "./",
        "name": module.title,
        "description": said(outline.summary),
        "inLanguage": curriculum.language,
        "version": outline.version,
        "license": f"https://spdx.org/licenses/{outline.licence}",
        "isAccessibleForFree": True,
        "timeRequired": _iso(sum(time.values(), Duration())),
        "teaches": [said(objective.text) for objective in outline.objectives.values()],
        "coursePrerequisites": [_other(one) for one in before],
        "author": [{"@type": "Person", "name": curriculum.people[name].name} for name in authors],
        "provider": {"@type": "Organization", "name": organisation.name} if organisation.name else None,
        "dateModified": outline.reviewed.on.isoformat() if outline.reviewed else None,
        "hasPart": [_part("LearningResource", lesson.id, lesson.title, time) for lesson in module.lessons]
        + ([_part("Quiz", module.quiz.id, quiz_title(module.quiz, words), time)] if module.quiz else []),
    }
    return {name: value for name, value in told.items() if value not in (None, [])}


def _part(kind: str, name: str, title: str, time: Mapping[str, Duration]) -> dict[str, Any]:
    return {
        "@type": kind, "@id": f"{name}/", "url": f"{name}/", "name": title, "timeRequired": _iso(time[name])
    }  # fmt: skip


def _other(module: Module) -> dict[str, Any]:
    return {"@type": "Course", "@id": f"../{module.id}/", "url": f"../{module.id}/", "name": module.title}


def _minutes(time: Duration) -> dict[str, int]:
    """A length of time, with what of it is reading and what practice."""
    return {"minutes": time.minutes, "minutes_reading": time.reading, "minutes_practice": time.practice}


def _iso(time: Duration) -> str:
    """A length of time as ISO 8601 has it."""
    return f"PT{time.minutes}M"


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
