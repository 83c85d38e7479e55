"""Every field and every setting counts: with another value a page, a file, a finding or the frame of the site differs.

`tests/test_fields.py` asks whether something reads a field by its name. Here each is given another value in turn, in a small
curriculum, in the gallery of all kinds and in settings that say everything, and something that leaves the builder has to be
another than before. What is left as it was would be a promise to authors that nobody keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

import pytest
from pydantic import TypeAdapter

from alongside.files.problems import Problem
from alongside.files.source import read_bytes
from alongside.load.curriculum import load_curriculum
from alongside.load.layers import Layer
from alongside.load.parse import parse
from alongside.load.project import Project
from alongside.model.curriculum import Curriculum
from alongside.model.element import Element, _fields, descendants
from alongside.model.questions import Question
from alongside.model.schema import example
from alongside.model.settings import Settings
from alongside.render.frame import frame_of
from alongside.render.page import Page
from alongside.render.site import SiteRenderer
from alongside.rules.engine import check_curriculum
from alongside.rules.files.reviews import overdue_reviews
from alongside.rules.references.freshness import overdue_rechecks
from alongside.rules.safety.settings import check_settings
from tests.examples import gallery_curriculum
from tests.frames import said_by
from tests.model.test_settings import EVERYTHING
from tests.test_fields import TAKEN_IN, fields, owner

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
TODAY = date(2027, 11, 20)
#: Read before there is an element, or by the gate for release; tests/load/test_layers.py, tests/load/test_idle.py and
#: tests/rules/test_release.py change them.
ELSEWHERE = {("Settings", "layers"), ("Settings", "leave_out"), ("Settings", "release"), ("Cohort", "sum")}
#: Elements that are tried, one after the other, until something differs.
MOST = 12


def roots(curriculum: Curriculum) -> Iterator[Element]:
    """What each file or registry entry holds."""
    yield from curriculum.of_no_module()
    for module in curriculum.modules.values():
        yield from module.files


@dataclass
class World:
    """A curriculum with settings, and what came of it before anything was changed."""

    curriculum: Curriculum
    settings: Settings
    pages: dict[str, Page] = field(default_factory=dict)

    @cached_property
    def elements(self) -> list[Element]:
        return [inner for root in (*roots(self.curriculum), self.settings) for inner in descendants(root)]

    def renderer(self) -> SiteRenderer:
        now = replace(self.curriculum, paths=dict(self.curriculum.outline.paths))
        return SiteRenderer(now, self.settings, [ROOT / "theme"])

    def around(self) -> str:
        project = Project(ROOT, "Test", self.settings, ())
        return said_by(frame_of(project, self.pages, site_name="Test", policy="", top="/"))

    def assets(self) -> dict[str, Any]:
        return {asset.url: asset.content or asset.path for asset in self.renderer().assets([ROOT / "theme"])}

    def findings(self) -> list[Problem]:
        return [
            *check_curriculum(self.curriculum),
            *check_settings(self.settings, self.curriculum, TODAY),
            *overdue_reviews(self.curriculum, TODAY),
            *overdue_rechecks(self.curriculum, TODAY),
        ]

    @cached_property
    def before(self) -> dict[str, Any]:
        self.pages = {page.url: page for page in self.renderer().pages()}
        return {"around": self.around(), "assets": self.assets(), "findings": self.findings()}

    def differs(self, file: str, *, by_findings: bool) -> bool:
        """Whether anything is another than before. Pages that stand in `file` are made first."""
        before, plan = self.before, self.renderer().plan()
        if plan.keys() != self.pages.keys() or self.around() != before["around"]:
            return True
        ordered = sorted(plan, key=lambda url: self.pages[url].source.file != file)
        if any(plan[url]() != self.pages[url] for url in ordered):
            return True
        return self.assets() != before["assets"] or (by_findings and self.findings() != before["findings"])

    def forget(self) -> None:
        """What elements and modules have kept of what is inside them."""
        for element in self.elements:
            element._inside = element._own_texts = None
            if isinstance(element, Question):
                element._shape = None
        for module in self.curriculum.modules.values():
            for name in ("questions", "exercises", "minutes"):
                vars(module).pop(name, None)


@contextmanager
def changed(world: World, element: Element, name: str, value: Any) -> Iterator[None]:
    """While this lasts, an element says something else. No model would allow it, so it is done past the model."""
    was = vars(element)[name]
    vars(element)[name] = value
    world.forget()
    try:
        yield
    finally:
        vars(element)[name] = was
        world.forget()


def others(element: Element, name: str) -> Iterator[Any]:
    """Other values for a field, the likeliest to show first."""
    value, annotation = getattr(element, name), type(element).model_fields[name].annotation
    if value is None or value in ((), {}):
        yield exemplary(type(element), name)
    yield from (literal for literal in literals(annotation) if literal != value)
    yield from near(value)
    if value is not None and type(None) in get_args(annotation):
        yield None


def near(value: Any) -> Iterator[Any]:
    """Other values of the same kind."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, date):
        yield value + timedelta(days=400)
        yield value - timedelta(days=4000)
    elif isinstance(value, str):
        yield f"{value} zebra"
        yield "zebra"
    elif isinstance(value, tuple | list) and value:
        yield value[:-1]
        yield (*value[:-1], "zebra") if isinstance(value[-1], str) else value[::-1]
    elif isinstance(value, dict) and value:
        yield dict(islice(value.items(), len(value) - 1))


@cache
def exemplary(model: type[Element], name: str) -> Any:
    """The example of a field that editors show, as the model has it."""
    info = model.model_fields[name]
    typed: TypeAdapter[Any] = TypeAdapter(Annotated[info.annotation, info])
    return typed.validate_python(example(model, name))


def literals(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    elif get_origin(annotation) is not tuple:
        for inner in get_args(annotation):
            yield from literals(inner)


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory, a_site: Callable[..., Path]) -> Iterator[list[World]]:
    mapping, _ = read_bytes(EVERYTHING.encode(), "mkdocs.yml")
    assert mapping is not None
    settings, problems = parse(Settings, mapping)
    assert settings is not None, problems
    waived = (a_site() / WAIVED).read_text("utf-8") + "lint: {allow: [T101], why: It is quoted.}\n"
    small = load_curriculum([Layer("test", a_site({WAIVED: waived, "modules/cast.yml": CAST}))])[0]
    assert small is not None
    with pytest.MonkeyPatch.context() as patched:
        # It covers every field of a question, whether anything else reads it or not.
        patched.setattr(Question, "fingerprint", lambda self: "0" * 12)
        yield [World(small, settings), World(gallery_curriculum(tmp_path_factory.mktemp("gallery")), settings)]


WAIVED = "modules/listening/hearing.yml"
CAST = "one:\n  name: Owen\n  face: {skin: tan, beard: short, glasses: round}\n"


def shows(world: World, name: str, element: Element, neighbours: Sequence[Element]) -> bool:
    _ = world.before
    # What a text says is to be read by learners. That a rule has an opinion of it is not enough.
    text = dict(_fields(type(element)))[name] is not None
    # A name that nothing shows has to be one of its own at least.
    alike = [getattr(one, name) for one in neighbours if one is not element] if name == "id" else []
    for value in (*others(element, name), *alike):
        with changed(world, element, name, value):
            try:
                if world.differs(element.place().file, by_findings=not text):
                    return True
            except Warning:  # what writes elements out says that no model allows the value, and would of any field
                continue
            except Exception:  # noqa: BLE001  # what reads the field cannot do with the value
                return True
    return False


def is_sign(model: type[Element], name: str) -> bool:
    """Whether a field has one value only, by which its model is known."""
    return (
        len(get_args(model.model_fields[name].annotation)) == 1
        and get_origin(model.model_fields[name].annotation) is Literal
    )


TRIED = sorted({(model, name) for model, name in fields() if model not in TAKEN_IN} - ELSEWHERE)


@pytest.mark.parametrize(("model", "name"), TRIED, ids=str)
def test_another_value_of_a_field_makes_a_difference(model: str, name: str, worlds: list[World]) -> None:
    tried = 0
    for world in worlds:
        world.forget()
        owners = [e for e in world.elements if name in type(e).model_fields and owner(type(e), name) == model]
        if any(isinstance(getattr(e, name), Element) or is_sign(type(e), name) for e in owners):
            return  # the fields inside have tests of their own
        to_try = [at for at, element in enumerate(owners) if list(others(element, name))]
        for at in to_try[:MOST]:
            tried += 1
            if shows(world, name, owners[at], owners[max(0, at - 1) : at + 2]):
                return
    assert tried, "no element of the small worlds has this field"
    pytest.fail(f"nothing differs, whatever {model}.{name} says")
