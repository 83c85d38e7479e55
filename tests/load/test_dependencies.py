"""What pages and findings depend on: nothing else is asked for where they are made, and each change of it is seen."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from alongside.build import gather_sound
from alongside.files import door, fingerprints
from alongside.files.cache import BESIDE, GUIDE, SITE
from alongside.files.fingerprints import PACKAGES
from alongside.files.located import Place
from alongside.load import dependencies
from alongside.load.content import load_files, load_texts
from alongside.load.curriculum import load_curriculum
from alongside.load.dependencies import Dependencies
from alongside.load.project import open_project
from alongside.model.curriculum import Curriculum, TextPage
from alongside.model.identity import module_names
from alongside.model.modules import Module
from alongside.render import index, machine_readable
from alongside.render.site import SiteRenderer
from alongside.rules import RULES, engine
from alongside.rules.engine import findings_in
from alongside.words.language import ENGLISH
from tests.render.test_edits import EDITS, put, two_modules

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]

# ---------------------------------------------------------- what is asked for


class Watched:
    """A value of another module, which notes what is asked of it and of what it gives."""

    def __init__(self, value: Any, path: str, asked: set[str]) -> None:
        self.__dict__.update(_value=value, _path=path, _asked=asked)

    @property
    def __class__(self) -> Any:
        return type(self._value)

    def __getattr__(self, name: str) -> Any:
        path = f"{self._path}.{name}"
        self._asked.add(path)
        return watched(getattr(self._value, name), path, self._asked)


def watched(value: Any, path: str, asked: set[str]) -> Any:
    """A value that notes what it is asked for; plain values tell all there is of them."""
    if isinstance(value, tuple | list):
        return type(value)(watched(entry, f"{path}[]", asked) for entry in value)
    if isinstance(value, dict):
        return {key: watched(entry, f"{path}[]", asked) for key, entry in value.items()}
    plain = value is None or isinstance(value, str | int | frozenset | Path | Place) or callable(value)
    return value if plain else Watched(value, path, asked)


#: What `dependencies.py` puts into the key of every other module, as it is asked for.
SEEN = (
    r"module\.(id|title|sensitive|parts|lessons|quiz|scenarios)",
    r"module\.outline(\.(?!place|span|written)\w+(\[\])?)*",
    r"module\.lessons\[\]\.(id|title|formerly)",
    r"module\.quiz\.(id|title)",
    r"page\.(id|title|url)",
)


def with_others_watched(curriculum: Curriculum, module: Module | None, asked: set[str]) -> Curriculum:
    """The curriculum as it is seen from a module."""
    others = {
        name: module if one is module else watched(one, "module", asked) for name, one in curriculum.modules.items()
    }
    pages: Mapping[str, TextPage] = {name: watched(page, "page", asked) for name, page in curriculum.pages.items()}
    files = {name: watched(file, "file", asked) for name, file in curriculum.files.items()}
    return replace(curriculum, modules=others, pages=pages, files=files)


def unnamed(asked: set[str]) -> set[str]:
    return {path for path in asked if not any(re.fullmatch(pattern, path) for pattern in SEEN)}


@pytest.mark.site
@pytest.mark.slow
def test_judging_and_rendering_a_module_asks_nothing_of_others_but_what_is_named() -> None:
    project, curriculum = gather_sound(ROOT / "mkdocs.yml")
    asked: set[str] = set()
    for module in [*curriculum.modules.values()][:4]:
        seen = with_others_watched(curriculum, module, asked)
        findings_in(seen, module)
        renderer = SiteRenderer(seen, project.settings, project.template_folders)
        assert renderer.pages_of(module)
        assert index._kept(module, module_names(seen.modules), ENGLISH)
        owner = project.settings.organisation
        assert machine_readable._course(module, seen, owner, str, renderer.times(module), ENGLISH)
    assert "module.title" in asked, "a module leads to the next"
    assert unnamed(asked) == set()


@pytest.mark.site
@pytest.mark.slow
def test_judging_what_stands_beside_modules_asks_nothing_of_them_but_what_is_named() -> None:
    _, curriculum = gather_sound(ROOT / "mkdocs.yml")
    asked: set[str] = set()
    seen = with_others_watched(curriculum, None, asked)
    # Of pages all counts; their files belong to what this depends on.
    beside = engine._beside(replace(seen, pages=curriculum.pages))
    assert engine._found_in(beside, RULES, lambda: None).problems
    assert unnamed(asked) == set()


@pytest.mark.site
@pytest.mark.slow
def test_rendering_what_stands_beside_modules_asks_nothing_of_them_but_what_is_named() -> None:
    project, curriculum = gather_sound(ROOT / "mkdocs.yml")
    asked: set[str] = set()
    seen = with_others_watched(curriculum, None, asked)
    # Of pages all counts, as above.
    renderer = SiteRenderer(replace(seen, pages=curriculum.pages), project.settings, project.template_folders)
    plan = renderer.plan()
    asked.clear()
    beside = [url for url, owner in renderer._owners().items() if owner in {BESIDE, GUIDE}]
    assert {"privacy/", "glossary/", "support/", "review/", "authors/fields/"} <= {*beside}
    assert not {"", "modules/", "alignment/", "progress/", "record/"} & {*beside}
    for url in beside:
        if url in plan:
            assert plan[url]()
    assert unnamed(asked) == set()


@pytest.mark.slow
@pytest.mark.parametrize("room", sorted({rule.code[0] for rule in RULES if rule.check}))
def test_no_rule_that_finds_something_asks_for_more(world_of, room: str) -> None:
    asked: set[str] = set()
    for rule in RULES:
        if rule.code[0] != room or not rule.check or rule.scope == "curriculum":
            continue
        curriculum = world_of(rule.scope, rule.document.bad).loaded
        if curriculum is not None and (module := curriculum.modules.get("listening")):
            other = replace(module, id="other")
            both = replace(curriculum, modules=curriculum.modules | {"other": other})
            findings_in(with_others_watched(both, module, asked), module, [rule])
    assert unnamed(asked) == set()


def test_nothing_of_what_is_kept_asks_for_the_day() -> None:
    """A day in a page or a finding would have to be a dependency."""
    package = ROOT / "builder/alongside"
    files = [path for room in ("render", "rules", "texts", "media") for path in (package / room).rglob("*.py")]
    asking = {
        path.relative_to(package).as_posix() for path in files if re.search(r"\btoday\(\)|\bnow\(", path.read_text())
    }
    assert asking == {"rules/safety/settings.py"}, "which is no rule of the walk"


def test_every_package_that_shapes_pages_and_findings_counts() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    needed = {re.split("[>=<]", line)[0] for line in project["dependencies"]}
    brought = {"markupsafe", "pydantic-core"}
    # What prints, serves or writes what has been made.
    apart = {"click", "mkdocs", "watchfiles"}
    assert set(PACKAGES) == needed - apart | brought


# -------------------------------------------------------------- what is seen


def keys(folder: Path) -> dict[str, str]:
    """The keys of everything in a site, made as a run does."""
    configuration = folder / "mkdocs.yml"
    project, _ = open_project(configuration)
    before = Dependencies(project, configuration)
    curriculum, _ = load_curriculum(project.layers, project.settings.leave_out)
    assert curriculum
    texts, _ = load_texts(project.content_folders)
    return before.keys(replace(curriculum, pages=texts, files=load_files(project.content_folders)))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    two_modules(folder)
    return folder


def changed(site: Path, change: Callable[[Path], object]) -> set[str]:
    """Whose keys a change changes."""
    before = keys(site)
    change(site)
    after = keys(site)
    return {name for name in before if before[name] != after.get(name)}


#: Of the edits that `test_edits.py` knows, those that concern one module alone.
WITHIN = {"a sentence", "the feedback of a question", "a picture"}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_within_a_module_changes_its_key_and_that_of_the_site_and_others_change_all(
    site: Path, edit: str
) -> None:
    shared = {SITE, BESIDE, "listening", "speaking"}
    of_all = {"a glossary entry", "a source", "a colour in the settings", "the order of modules"}
    expected = {"listening", SITE} if edit in WITHIN else shared | ({GUIDE} if edit in of_all else set())
    assert changed(site, EDITS[edit][0]) == expected


CHANGES: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "nothing": (lambda site: None, set()),
    "the time of a file": (lambda site: (site / "mkdocs.yml").touch(), set()),
    "a text in content/": (lambda site: put(site, "content/privacy.md", "stays", "is"), {SITE, BESIDE}),
    "a title in content/": (lambda site: put(site, "content/privacy.md", "# Privacy", "# Yours"), {SITE, BESIDE, GUIDE, "listening", "speaking"}),
    "a file in content/": (lambda site: (site / "content/a.svg").write_text("<svg/>"), {SITE, BESIDE, GUIDE, "listening", "speaking"}),
    "a template of the site": (lambda site: write(site / "theme/pages/lesson.html", "x"), {SITE, BESIDE, GUIDE, "listening", "speaking"}),
    "a file beside lessons": (lambda site: write(site / "modules/listening/media/a.mp3", "x"), {SITE, "listening"}),
    "a link beside lessons": (lambda site: (site / "modules/listening/media/a.mp3").symlink_to("b"), {SITE, "listening"}),
    "an empty folder": (lambda site: (site / "modules/people").mkdir(), {SITE}),
    "a module that goes": (lambda site: shutil.rmtree(site / "modules/speaking"), {SITE, BESIDE, "listening", "speaking"}),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_concerns_those_who_depend_on_it(site: Path, change: str) -> None:
    make, expected = CHANGES[change]
    assert changed(site, make) == expected


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_a_site_has_the_same_keys_wherever_it_stands(site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "deep/in/another/place")
    assert keys(site) == keys(tmp_path / "deep/in/another/place")


@pytest.mark.parametrize(("name", "value"), [("versions", lambda: [("python", "4")]), ("own_files", list)])
def test_another_builder_has_other_keys(site: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: Any) -> None:
    before = keys(site)
    monkeypatch.setattr(dependencies, name, value)
    assert {owner for owner, key in keys(site).items() if key == before[owner]} == set()


def test_a_file_that_was_saved_while_it_was_read_is_noticed(site: Path) -> None:
    configuration = site / "mkdocs.yml"
    project, _ = open_project(configuration)
    before = Dependencies(project, configuration)
    curriculum, _ = load_curriculum(project.layers)
    assert curriculum
    assert all(before.hold(curriculum, owner) for owner in before.keys(curriculum))
    EDITS["a sentence"][0](site)
    assert [owner for owner in before.keys(curriculum) if not before.hold(curriculum, owner)] == ["listening", SITE]
    put(site, "modules/curriculum.yml", "title:", "title:  ")
    assert not any(before.hold(curriculum, owner) for owner in before.keys(curriculum))


def test_a_file_that_was_saved_and_put_back_while_it_was_read_is_noticed(site: Path) -> None:
    configuration = site / "mkdocs.yml"
    project, _ = open_project(configuration)
    before = Dependencies(project, configuration)
    curriculum, _ = load_curriculum(project.layers)
    assert curriculum

    def put_back(name: str) -> None:
        content = (site / name).read_bytes()
        (site / name).write_bytes(b"")
        (site / name).write_bytes(content)

    put_back("modules/listening/hearing.yml")
    assert [owner for owner in before.keys(curriculum) if not before.hold(curriculum, owner)] == ["listening", SITE]
    put_back("modules/curriculum.yml")
    assert not any(before.hold(curriculum, owner) for owner in before.keys(curriculum))


def test_a_module_that_has_been_put_there_since_has_no_key(site: Path) -> None:
    project, _ = open_project(site / "mkdocs.yml")
    before = Dependencies(project, site / "mkdocs.yml")
    shutil.copytree(site / "modules/speaking", site / "modules/writing")
    curriculum, _ = load_curriculum(project.layers)
    assert curriculum
    assert before.keys(curriculum).keys() == {"listening", "speaking", SITE, BESIDE, GUIDE}
    assert not before.hold(curriculum, SITE)


def test_of_a_long_film_the_length_counts_without_reading_all_of_it(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fingerprints, "MOST", 100)
    read, most = door.read, []
    monkeypatch.setattr(door, "read", lambda path, limit=-1: most.append(limit) or read(path, limit))
    film = site / "modules/listening/media/film.mp4"
    film.write_bytes(b"x" * 1_000)
    assert changed(site, lambda _: film.write_bytes(b"x" * 1_001)) == {"listening", SITE}
    assert -1 not in most
