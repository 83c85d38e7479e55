"""What attackers write, in every text field of the model, in a real browser under the policy of the site."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from alongside.build import whole_site
from alongside.engines.writing import write
from alongside.load.project import open_project
from alongside.model.curriculum import Curriculum
from alongside.model.element import Element, own_texts
from alongside.model.modules import Module
from alongside.model.scenarios import Scenario
from alongside.render import markdown
from alongside.render.site import SiteRenderer
from tests.browser.conftest import served
from tests.browser.gallery import CONFIGURATION
from tests.browser.test_policy import LISTEN as REFUSED
from tests.examples import gallery_curriculum
from tests.security.test_injection import PAYLOADS

#: So many payloads go into each field. More would hide one another: an open comment swallows what follows.
EACH = 4
#: Notes what ran, beside what the policy has refused.
LISTEN = (
    REFUSED
    + """
globalThis.ran = [];
for (const name of ["alert", "confirm", "prompt"]) globalThis[name] = (text) => globalThis.ran.push(`${name} ${text}`);
"""
)


class Poison:
    """Puts payloads behind every text of an element, a few each, until all were used many times."""

    def __init__(self) -> None:
        self._payloads = cycle(PAYLOADS)
        self.fields = 0

    def into(self, element: Any) -> Any:
        """The same element with payloads in it."""
        if not isinstance(element, Element):
            return element
        fields = {text.field for text in own_texts(element)}
        changed = {
            name: self._words(getattr(element, name)) if name in fields else self._inside(getattr(element, name))
            for name in type(element).model_fields
        }
        made = element.model_copy(update=changed)
        private = made.__pydantic_private__
        assert private is not None
        object.__setattr__(made, "__pydantic_private__", {**private, "_inside": None, "_own_texts": None})
        return made

    def _words(self, value: Any) -> Any:
        if isinstance(value, str):
            self.fields += 1
            return "\n\n".join([value, *islice(self._payloads, EACH)])
        return (
            tuple(self._words(entry) if isinstance(entry, str) else self.into(entry) for entry in value)
            if value
            else value
        )

    def _inside(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self.into(entry) for entry in value)
        if isinstance(value, dict):
            return {name: self.into(entry) for name, entry in value.items()}
        return self.into(value)


def poisoned(curriculum: Curriculum, poison: Poison) -> Curriculum:
    """The curriculum with payloads in every text."""

    def module(one: Module) -> Module:
        lessons = tuple(poison.into(lesson) for lesson in one.lessons)
        scenarios = {name: poison.into(s) if isinstance(s, Scenario) else s for name, s in one.scenarios.items()}
        return replace(
            one, outline=poison.into(one.outline), lessons=lessons, quiz=poison.into(one.quiz), scenarios=scenarios
        )

    def registry(entries: dict[str, Any]) -> dict[str, Any]:
        return {name: poison.into(entry) for name, entry in entries.items()}

    return replace(
        curriculum,
        outline=poison.into(curriculum.outline),
        modules={name: module(one) for name, one in curriculum.modules.items()},
        paths=registry(curriculum.paths),
        sources=registry(curriculum.sources),
        glossary=registry(curriculum.glossary),
        people=registry(curriculum.people),
    )


def build(folder: Path, poison: Poison) -> Path:
    (folder / "content").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    curriculum = poisoned(gallery_curriculum(folder), poison)
    project, problems = open_project(folder / "mkdocs.yml")
    assert not problems
    renderer = SiteRenderer(curriculum, project.settings, project.template_folders)
    return write(project, whole_site(project, renderer, list(renderer.pages())), folder / "site")


def seen(page: Page, address: str) -> Iterator[str]:
    """What went wrong on a page when everything on it was opened, answered and checked."""
    noted: list[str] = []
    page.on("dialog", lambda dialog: noted.append(f"dialog {dialog.message}"))
    page.on("pageerror", lambda error: noted.append(f"error {error}"))
    page.on(
        "request",
        lambda request: (
            noted.append(f"request {request.url}")
            if not request.url.startswith((address.split("/gallery", maxsplit=1)[0], "http://127.0.0.1"))
            else None
        ),
    )
    page.goto(address)
    page.evaluate("() => { for (const details of document.querySelectorAll('details')) details.open = true; }")
    page.evaluate(
        "() => { for (const field of document.querySelectorAll('.question input, .question textarea')) { if (field.type === 'radio' || field.type === 'checkbox') field.checked = true; else field.value = 'x'; } for (const list of document.querySelectorAll('.question select')) list.selectedIndex = 1; for (const button of document.querySelectorAll('.question button[type=submit]')) button.click(); }"
    )
    # By the clock of the page: a busy browser runs its own delayed work late, but before this, which waits longer.
    page.evaluate("new Promise((done) => setTimeout(done, 100))")
    yield from noted
    yield from (f"ran {what}" for what in page.evaluate("ran"))
    yield from (f"refused {what}" for what in page.evaluate("refused"))


def what_went_wrong(browser: Browser, folder: Path) -> Generator[str]:
    """What went wrong on any page of a site."""
    with served(folder) as address, browser.new_context() as context:
        context.add_init_script(LISTEN)
        for path in sorted(folder.rglob("*.html")):
            place = path.relative_to(folder).as_posix().removesuffix("index.html")
            page = context.new_page()
            yield from (f"{place}: {what}" for what in seen(page, address + place))
            page.close()


def test_no_text_of_the_model_runs_asks_or_breaks_the_policy(browser: Browser, tmp_path: Path) -> None:
    poison = Poison()
    folder = build(tmp_path / "site", poison)
    assert poison.fields * EACH > 5 * len(PAYLOADS), "every payload stands in several fields"
    assert list(what_went_wrong(browser, folder)) == []


def test_the_harness_notices_a_missing_sanitiser(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(markdown.Prose, "_fresh", lambda _, text, *__, **___: markdown.Markup(text))
    folder = build(tmp_path / "site", Poison())
    with closing(what_went_wrong(browser, folder)) as found:
        assert next(found, "") != ""
