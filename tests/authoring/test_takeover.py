"""What a site takes over is a copy that says the same, with a note of the original; nothing of its own is touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from alongside.authoring.scaffold import ScaffoldError
from alongside.authoring.takeover import known_addresses, take
from alongside.load.curriculum import load_curriculum
from alongside.load.originals import original
from alongside.load.project import Project, open_project
from alongside.load.taken import TAKEN
from alongside.reports.whereabouts import whereabouts
from tests.conftest import BASE
from tests.load.test_layers import write

pytestmark = pytest.mark.slow

CONFIGURATION = "site_name: Test\nplugins:\n  - alongside:\n      layers: [../below, .]\n"
OVERLAY = "modules/listening/overlay.yml"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A site over the small curriculum, with a page and a template below it."""
    write(tmp_path / "below", {**BASE, "content/about.md": "# About\n\nUs.\n", "theme/partials/foot.html": "<p>"})
    return open_project(write(tmp_path / "site", {"mkdocs.yml": CONFIGURATION}) / "mkdocs.yml")[0]


@pytest.mark.slow
def test_every_part_can_be_taken_over_and_says_the_same(project: Project) -> None:
    """Each address of the module, in turn: the site is the same as without the copy, and every text is now its own."""
    before, _ = load_curriculum(project.layers)
    assert before
    addresses = [one for one in known_addresses(project.layers[:1], "listening") if "#" in one]
    assert len(addresses) > 20
    for address in addresses:
        assert take(project, address)[1] == []
    after, problems = load_curriculum(project.layers)
    assert after and problems == []
    assert [file.model_dump_json() for file in after.modules["listening"].files] == [
        file.model_dump_json() for file in before.modules["listening"].files
    ]
    steps = after.modules["listening"].lessons[0].steps
    assert {step.place().file for step in steps} == {OVERLAY}


def test_fields_of_any_form_are_taken_over(project: Project) -> None:
    for name in (
        "module.summary",
        "module.key_points",
        "module.objectives",
        "module.facilitator.session",
        "hearing.summary",
    ):
        take(project, f"listening/{name}")
    curriculum, problems = load_curriculum(project.layers)
    assert curriculum and problems == []
    below, _ = load_curriculum(project.layers[:1])
    assert below and curriculum.modules["listening"].outline == below.modules["listening"].outline


def test_a_whole_module_is_taken_over_with_its_pictures(project: Project) -> None:
    written, _ = take(project, "listening")
    names = {path.relative_to(project.root).as_posix() for path in written}
    assert {"modules/listening/module.yml", "modules/listening/media/ladder.svg", TAKEN} <= names
    curriculum, problems = load_curriculum(project.layers)
    assert curriculum and problems == []
    assert curriculum.modules["listening"].folder.is_relative_to(project.root)


def test_entries_pages_and_templates_are_taken_over(project: Project) -> None:
    for address in ("people#a-reader", "content/about.md", "theme/partials/foot.html"):
        take(project, address)
    assert "a-reader:\n" in (project.root / "modules/people.yml").read_text("utf-8")
    assert (project.root / "content/about.md").read_text("utf-8") == "# About\n\nUs.\n"
    take(project, "people#a-writer")
    assert load_curriculum(project.layers)[1] == []


def test_what_is_there_already_is_not_touched_and_its_original_is_noted(project: Project) -> None:
    own = {OVERLAY: "# Ours\nreplace:\n  hearing.title: Ours\n"}
    write(project.root, own)
    written, there = take(project, "listening/hearing.title")
    assert (there, [path.name for path in written]) == (["listening/hearing.title"], ["taken.json"])
    assert (project.root / OVERLAY).read_text("utf-8") == own[OVERLAY]
    noted = json.loads((project.root / TAKEN).read_text("utf-8"))["taken"]["listening/hearing.title"]
    found = original(project.layers[:1], "listening/hearing.title")
    assert found and noted["digest"] == found.digest and noted["layer"] == "../below"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("listening/hearing#text-9", "there is no"),
        ("listning", "there is no"),
        ("people#nobody", "there is no"),
        ("content/nothing.md", "there is no"),
        ("listening/module", "with the whole module"),
        ("../mkdocs", "there is no"),
        ("content/../mkdocs.yml", "there is no"),
    ],
)
def test_what_cannot_be_taken_over_is_refused_and_nothing_is_written(project: Project, address: str, said: str) -> None:
    before = sorted(project.root.rglob("*"))
    with pytest.raises(ScaffoldError, match=said):
        take(project, address)
    assert sorted(project.root.rglob("*")) == before


def test_a_file_is_not_laid_over_an_overlay_that_changes_parts_of_it(project: Project) -> None:
    take(project, "listening/hearing.title")
    with pytest.raises(ScaffoldError, match="changes parts of"):
        take(project, "listening/hearing")
    take(project, "listening/asking")
    with pytest.raises(ScaffoldError, match="the whole of asking"):
        take(project, "listening/asking.title")


def test_a_site_without_a_layer_of_its_own_takes_nothing_over(tmp_path: Path) -> None:
    write(tmp_path / "below", BASE)
    site = write(tmp_path / "site", {"mkdocs.yml": CONFIGURATION.replace(", .]", "]")})
    with pytest.raises(ScaffoldError, match="no layer of its own"):
        take(open_project(site / "mkdocs.yml")[0], "listening/hearing")


def test_where_says_what_comes_from_which_layer_and_what_it_hides(project: Project) -> None:
    write(project.root, {OVERLAY: "replace:\n  hearing.title: Ours\nleave_out: [asking]\n"})
    take(project, "people#a-reader")
    curriculum, _ = load_curriculum(project.layers)
    assert curriculum
    lines = [str(one) for one in whereabouts(project.layers, curriculum, "listening")]
    assert lines[0] == "listening  ../below:modules/listening/module.yml:1:1"
    assert f"listening/hearing.title  {OVERLAY}:2:3  (in place of ../below:modules/listening/hearing.yml:1:8)" in lines
    assert f"listening/asking  {OVERLAY}:3:13  (left out)" in lines
    [entry] = whereabouts(project.layers, curriculum, "people#a-reader")
    assert str(entry).endswith("(in place of that of ../below)")
    assert [one.address for one in whereabouts(project.layers, curriculum, "about")] == ["content/about.md"]
    assert whereabouts(project.layers, curriculum, "nothing") == []
