"""A language that nobody speaks, made from the catalogue, and a site in it whose own texts are in Greek letters.

Whatever is in Latin letters on such a site stands outside the catalogue.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po, write_po

from alongside.build import whole_site
from alongside.load.content import load_texts
from alongside.load.project import Project, open_project
from alongside.model.curriculum import Curriculum, Source
from alongside.model.element import Element, _fields
from alongside.model.modules import Module
from alongside.render.site import Site, SiteRenderer
from alongside.words.template import POT
from tests.examples import gallery_curriculum

#: A language with three forms for numbers: 1, 2 to 4, 5 and more.
LANGUAGE = "pl"
LATIN = "abcdefghijklmnopqrstuvwxyz"
CYRILLIC = str.maketrans(LATIN + LATIN.upper(), "абцдефгхийклмнопярстувшщызАБЦДЕФГХИЙКЛМНОПЯРСТУВШЩЫЗ")
GREEK = str.maketrans(LATIN + LATIN.upper(), "αβψδεφγηιξκλμνοπθρστυωςχυζΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠΘΡΣΤΥΩΣΧΥΖ")

#: Places for values in a message.
PLACE = re.compile(r"(%\(\w+\)s|%%|\{\w+\})")
#: What means something in a text of an author: names of gaps, local facts, terms, sources, addresses.
MEANT = re.compile(
    r"(\{\{.*?\}\}|\{[a-z0-9=-]+\}|\[\[[a-z0-9-]+|\[@[a-z0-9-]+\]|\]\([^)]*\)|\b\w+:[\w/.-]+|media/[\w./-]+)"
)


def said(english: str, form: int | None = None) -> str:
    """What the language says for an English message, or for one with forms."""
    parts = PLACE.split(english)
    words = "".join(part if index % 2 else part.translate(CYRILLIC) for index, part in enumerate(parts))
    return f"⟦{words}⟧" if form is None else f"⟦{words}⟧{form}"


@cache
def translation() -> str:
    """Everything in the language, as a file for gettext."""
    catalog = read_po(StringIO(POT.read_text("utf-8")), locale=LANGUAGE)
    for message in catalog:
        if isinstance(message.id, tuple):
            message.string = tuple(said(message.id[form > 0], form) for form in range(catalog.num_plurals))
        elif message.id:
            message.string = said(message.id)
    out = BytesIO()
    write_po(out, catalog)
    return out.getvalue().decode()


def greek(text: str) -> str:
    """An author's text in Greek letters; what means something in it stays."""
    return "".join(part if index % 2 else part.translate(GREEK) for index, part in enumerate(MEANT.split(text)))


def _in_greek(value: Any, *, text: bool = False) -> Any:
    """A value of the model with everything that its author wrote for learners in Greek letters."""
    if isinstance(value, Element):
        authored = value.model_fields_set
        free = {"authors", "title", "container", "publisher"} if isinstance(value, Source) else set()
        changed = {
            name: _in_greek(getattr(value, name), text=mark is not None or name in free)
            for name, mark in _fields(type(value))
            if name in authored
        }
        copy = value.model_copy(update=changed)
        for name in ("_inside", "_own_texts", "_shape"):
            if name in (copy.__pydantic_private__ or {}):
                setattr(copy, name, None)
        return copy
    if isinstance(value, tuple):
        return tuple(_in_greek(entry, text=text) for entry in value)
    if isinstance(value, dict):
        return {name: _in_greek(entry) for name, entry in value.items()}
    return greek(value) if text and isinstance(value, str) else value


def _module(module: Module) -> Module:
    quiz = module.quiz and _in_greek(module.quiz).model_copy()
    if quiz:  # the site has a name for a quiz that has none
        quiz = type(quiz).model_construct(
            quiz.model_fields_set - {"title"}, **{**quiz.__dict__, "title": "Check yourself"}
        )
        quiz.__pydantic_private__ = dict(module.quiz.__pydantic_private__ or {}) if module.quiz else None
    return replace(
        module,
        outline=_in_greek(module.outline),
        lessons=tuple(_in_greek(lesson) for lesson in module.lessons),
        quiz=quiz,
        scenarios={name: _in_greek(scenario) for name, scenario in module.scenarios.items()},
    )


CONFIGURATION = """\
site_name: Ψουρσε
docs_dir: content
theme: {name: material}
plugins:
  - alongside:
      layers: [.]
      organisation:
        name: Ριωερσιδε
        support:
          emergency: {label: Δανγερ, how: Ψαλλ 000.}
          contacts:
            - {name: Ηελπ, audience: Αλλ, how: Ψαλλ 111., hours: 9–17, languages: Πολσκι, cost: Φρεε,
               url: "https://help.example", last_verified: 2026-01-02, verified_by: Ανν}
            - {name: Μορε, how: Ψαλλ 222., last_verified: 2026-01-02}
          safeguarding_lead: {name: Λεαδ, how: Ψαλλ 333.}
          out_of_hours: Ψαλλ 444.
          confidentiality_limits: Λιμιτς.
          quick_exit: https://weather.example/
          jurisdiction: Ηερε
          last_verified: 2026-01-02
"""


def pseudo_project(folder: Path) -> tuple[Project, Curriculum]:
    """The sources, in `folder`: every example of every kind, in Greek letters, and the words of the site in no language."""
    (folder / "content").mkdir()
    (folder / "content/index.md").write_text("# Αρψη\n\nΤεςτ.\n\n| Α | Β |\n|---|---|\n| 1 | 2 |\n", encoding="utf-8")
    (folder / "content/about.md").write_text("# Αβουτ\n\n{{ organisation.coordinator.name }}.\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    (folder / "theme/words").mkdir(parents=True)
    (folder / f"theme/words/{LANGUAGE}.po").write_text(translation(), encoding="utf-8")
    curriculum = gallery_curriculum(folder)
    project, problems = open_project(folder / "mkdocs.yml")
    pages, found = load_texts(project.content_folders)
    assert not problems and not found, [*problems, *found]
    return project, replace(
        curriculum,
        language=LANGUAGE,
        outline=_in_greek(curriculum.outline),
        modules={name: _module(module) for name, module in curriculum.modules.items()},
        paths=_in_greek(curriculum.paths),
        sources=_in_greek(curriculum.sources),
        glossary=_in_greek(curriculum.glossary),
        people=_in_greek(curriculum.people),
        pages=pages,
    )


def pseudo_site(folder: Path) -> tuple[Project, Site, SiteRenderer]:
    """The whole site."""
    project, curriculum = pseudo_project(folder)
    renderer = SiteRenderer(curriculum, project.settings, project.template_folders)
    return project, whole_site(project, renderer, list(renderer.pages())), renderer
