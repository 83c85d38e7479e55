"""The course for machines: what the catalogue and the files of modules say, and which pages name them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from alongside.model.settings import Organisation, Settings
from alongside.render.machine_readable import described_by
from alongside.render.site import SiteRenderer
from alongside.texts.duration import module_duration
from tests.conftest import World

pytestmark = pytest.mark.slow

THEME = [Path(__file__).parents[2] / "theme"]
OUTLINE = "modules/listening/module.yml"


@pytest.fixture
def made(a_curriculum: Callable[..., World]) -> Callable[..., dict[str, Any]]:
    """The files for machines, by address."""

    def make(settings: Settings | None = None, outline: str = "") -> dict[str, Any]:
        world = a_curriculum({OUTLINE: outline} if outline else {})
        renderer = SiteRenderer(world.curriculum, settings or Settings(), THEME)
        return {
            asset.url: json.loads(asset.content or b"")
            for asset in renderer.assets(THEME)
            if asset.url == "catalogue.json" or asset.url.endswith(".jsonld")
        }

    return make


def test_the_catalogue_says_of_a_module_what_one_chooses_it_by(
    made: Callable[..., dict[str, Any]], a_curriculum: Callable[..., World]
) -> None:
    outline = a_curriculum().module.outline
    (module,) = made()["catalogue.json"]["modules"]
    assert (module["id"], module["title"], module["url"]) == ("listening", outline.title, "listening/")
    assert (module["version"], module["licence"], module["languages"]) == (outline.version, outline.licence, ["en"])
    assert [one["id"] for one in module["objectives"]] == list(outline.objectives)
    assert [one["id"] for one in module["lessons"]] == list(outline.lessons)
    time = module_duration(a_curriculum().module)
    assert (module["minutes"], module["minutes_reading"]) == (time.minutes, time.reading)
    assert sum(one["minutes_practice"] for one in module["lessons"]) < module["minutes_practice"], "the quiz counts too"
    assert (module["requires"], module["helpful_before"]) == ([], [])


def test_a_path_lists_modules_that_are_there(made: Callable[..., dict[str, Any]]) -> None:
    catalogue = made()["catalogue.json"]
    ids = {module["id"] for module in catalogue["modules"]}
    assert catalogue["paths"]
    assert all(set(path["modules"]) <= ids for path in catalogue["paths"])


def test_a_module_is_a_course_in_the_words_of_schema_org(made: Callable[..., dict[str, Any]]) -> None:
    course = made(Settings(organisation=Organisation(name="Riverside")))["listening/course.jsonld"]
    assert (course["@context"], course["@type"]) == ("https://schema.org", ["Course", "LearningResource"])
    assert course["license"] == "https://spdx.org/licenses/CC-BY-4.0"
    assert course["provider"] == {"@type": "Organization", "name": "Riverside"}
    assert course["timeRequired"].startswith("PT")
    parts = [(part["@type"], part["@id"]) for part in course["hasPart"]]
    lessons = [("LearningResource", f"{name}/") for name in ("hearing", "asking", "waiting")]
    assert parts == [*lessons, ("Quiz", "quiz/")]
    assert "coursePrerequisites" not in course


def test_marks_and_slots_of_a_line_are_words_in_both(
    made: Callable[..., dict[str, Any]], a_site: Callable[..., Path]
) -> None:
    text = (a_site() / OUTLINE).read_text("utf-8")
    line = next(line for line in text.splitlines() if line.startswith("summary: "))
    found = made(outline=text.replace(line, 'summary: "A *b* & {{ organisation.name }} [[open-question]] <i>"'))
    expected = "A b & your organisation open question <i>"
    assert found["catalogue.json"]["modules"][0]["summary"] == expected
    assert found["listening/course.jsonld"]["description"] == expected


def test_the_same_course_has_the_same_bytes(a_curriculum: Callable[..., World]) -> None:
    def assets() -> dict[str, bytes | None]:
        renderer = SiteRenderer(a_curriculum().curriculum, Settings(), THEME)
        return {asset.url: asset.content for asset in renderer.assets(THEME)}

    assert assets() == assets()


def test_home_and_pages_that_teach_or_ask_name_their_file_and_no_other_page_does() -> None:
    assert described_by("home", "") == {"url": "catalogue.json", "type": "application/json"}
    assert described_by("module", "listening/") == {"url": "listening/course.jsonld", "type": "application/ld+json"}
    for kind, url in (("lesson", "listening/hearing/"), ("quiz", "listening/quiz/")):
        assert described_by(kind, url) == described_by("module", "listening/")
    assert described_by("print", "listening/print/") is None
