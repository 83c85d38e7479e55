"""No field without a reader: what authors and organisations may write reaches a page, a finding or a file.

Everything is rendered, checked and counted once while it is noted which fields are asked for by name. What walks over all
fields alike, such as the search for texts, does not count: it would find any field read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from alongside.files.source import read_bytes
from alongside.load.cohorts import kept_versions
from alongside.load.curriculum import load_curriculum
from alongside.load.layers import Layer
from alongside.load.parse import parse
from alongside.load.project import Project
from alongside.model.element import Element
from alongside.model.schema import all_models
from alongside.model.settings import Organisation, Settings
from alongside.render.frame import frame_of
from alongside.render.site import SiteRenderer
from alongside.rules import RULES
from alongside.rules.engine import check_curriculum
from alongside.rules.safety.settings import check_settings
from tests.examples import gallery_curriculum
from tests.model.test_settings import EVERYTHING

ROOT = Path(__file__).parents[1]

#: What asks for every field alike.
WALKERS = ("/pydantic/", "model/element.py", "model/schema.py", "model/identity.py")
#: Read while a file or the settings are read, before there is an element: which model it is, and what the site is made of.
READ_BEFORE = {"kind", "layers", "leave_out"}
#: Overlays are taken in while files are read; tests/load/test_overlays.py changes each of their fields.
TAKEN_IN = {"Addition", "Overlay"}


def fields() -> Iterator[tuple[str, str]]:
    """Every field, by the class that has it first."""
    for model in {inner for top in all_models().values() for inner in (top, *below(top))}:
        if issubclass(model, Element):
            yield from ((owner(model, name), name) for name in model.model_fields)


def below(model: type[Any]) -> Iterator[type[Any]]:
    for inner in model.__subclasses__():
        yield inner
        yield from below(inner)


def owner(model: type[Element], name: str) -> str:
    return next(base.__name__ for base in reversed(model.__mro__) if name in getattr(base, "model_fields", ()))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, str]]:
    """Fields that were asked for by name since, each with its class."""
    found: set[tuple[str, str]] = set()
    walks: dict[CodeType, bool] = {}
    plain = Element.__getattribute__

    def noted(self: Element, name: str) -> Any:
        if not name.startswith("_") and name in type(self).model_fields:
            code = sys._getframe(1).f_code  # who asks
            if code not in walks:
                walks[code] = any(part in code.co_filename for part in WALKERS)
            if not walks[code]:
                found.add((owner(type(self), name), name))
        return plain(self, name)

    monkeypatch.setattr(Element, "__getattribute__", noted)
    return found


WAIVED = "modules/listening/hearing.yml"


@pytest.mark.site
def test_every_field_has_a_reader(asked: set[tuple[str, str]], tmp_path: Path, a_site: Any) -> None:
    mapping, _ = read_bytes(EVERYTHING.encode(), "mkdocs.yml")
    assert mapping is not None
    settings, problems = parse(Settings, mapping)
    assert settings is not None, problems
    waived = (a_site() / WAIVED).read_text("utf-8") + "lint: {allow: [T101], why: It is quoted.}\n"
    worlds = [
        gallery_curriculum(tmp_path),
        load_curriculum([Layer("ours", ROOT)])[0],
        load_curriculum([Layer("test", a_site({WAIVED: waived}))])[0],
    ]
    for curriculum in worlds:
        assert curriculum is not None
        for question in (question for module in curriculum.modules.values() for question in module.questions):
            question.to_interaction()  # an earlier test may have asked for its shape, which is made once
        renderer = SiteRenderer(curriculum, settings, [ROOT / "theme"])
        list(renderer.pages())
        list(renderer.assets([ROOT / "theme"]))
        check_curriculum(curriculum, RULES)
        for organisation in (settings.organisation, Organisation()):
            check_settings(settings.model_copy(update={"organisation": organisation}), curriculum, date(2026, 11, 25))
        kept_versions(Project(ROOT, "Test", settings, ()))
        frame_of(Project(ROOT, "Test", settings, ()), (), site_name="Test", policy="", top="/")
    known = {field for field in fields() if field[0] not in TAKEN_IN and field[1] not in READ_BEFORE}
    unread = known - asked
    assert unread == set()
