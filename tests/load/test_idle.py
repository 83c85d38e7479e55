"""Every setting of `mkdocs.yml` is honoured or named: with another value the site differs, or a finding says that it does not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from mkdocs.config.defaults import MkDocsConfig

from alongside.build import gather
from alongside.files.problems import Problem
from alongside.load.configuration import KEYS, THEME_KEYS
from alongside.load.idle import IDLE, INSTEAD
from alongside.load.project import Project, open_project
from alongside.model.settings import Settings
from alongside.render.frame import frame_of
from alongside.words.language import ENGLISH
from tests.frames import said_by

pytestmark = pytest.mark.slow

SOUND = "plugins:\n  - alongside:\n      layers: [.]\n"
#: Another value than the usual one, for each setting.
OTHERS: dict[str, str] = {
    "site_name": "Riverside",
    "site_url": "https://learn.riverside.example/",
    "site_description": "Training for our mentors.",
    "site_author": "Riverside Mentors",
    "copyright": "© Riverside Mentors",
    "site_dir": "public",
    "theme": "{name: mkdocs}",
    "plugins": "[macros]",
    "nav": "[Home: index.md]",
    "extra": "{social: []}",
    "repo_url": "https://github.com/riverside/training",
    "repo_name": "riverside/training",
    "edit_uri": "edit/main/content/",
    "use_directory_urls": "false",
    "docs_dir": "pages",
    "dev_addr": "127.0.0.1:9000",
    "strict": "true",
    "watch": "[scripts]",
    "remote_branch": "pages",
    "remote_name": "upstream",
}
THEME_OTHERS: dict[str, str] = {
    "name": "readthedocs",
    "custom_dir": "overrides",
    "language": "fr",
    "palette": "{primary: teal}",
    "features": "[navigation.tabs]",
    "favicon": "assets/favicon.png",
    "logo": "assets/logo.svg",
    "icon": "{logo: material/school}",
    "font": "{text: Roboto}",
}


@pytest.fixture
def opened(a_site: Any):
    def make(text: str, *, by_mkdocs: bool = False) -> tuple[Project, list[Problem]]:
        return open_project(a_site({"mkdocs.yml": text}) / "mkdocs.yml", by_mkdocs=by_mkdocs)

    return make


def shown(project: Project) -> tuple[object, ...]:
    """What a project makes of its settings, wherever the site stands in the end."""
    frame = frame_of(project, (), site_name=project.site_name, policy="", top="/")
    return said_by(frame), project.address and project.address[0], project.site_dir.name, project.layers


def test_there_is_another_value_for_every_setting() -> None:
    assert OTHERS.keys() == KEYS
    assert THEME_OTHERS.keys() == THEME_KEYS


@pytest.mark.parametrize("key", sorted(KEYS))
def test_a_setting_is_honoured_or_named_where_it_stands(opened, key: str) -> None:
    usual, problems = opened(SOUND)
    assert problems == []
    rest = "" if key == "plugins" else SOUND
    project, problems = opened(f"{key}: {OTHERS[key]}\n{rest}")
    named = [problem for problem in problems if problem.place.line == 1]
    assert bool(named) != (shown(project) != shown(usual)), problems
    assert all(problem.expected and problem.fix for problem in named)


@pytest.mark.parametrize("key", sorted(THEME_KEYS))
def test_a_setting_of_the_theme_is_named_where_it_stands(opened, key: str) -> None:
    _, problems = opened(f"theme:\n  {key}: {THEME_OTHERS[key]}\n{SOUND}")
    (problem,) = problems
    assert problem.place.line == 2
    assert problem.expected and problem.fix


@pytest.mark.parametrize("key", sorted(IDLE))
def test_what_mkdocs_obeys_is_named_only_where_it_does_not_build(opened, key: str) -> None:
    _, problems = opened(f"{key}: {OTHERS[key]}\n{SOUND}", by_mkdocs=True)
    assert [problem.code for problem in problems] == ([] if IDLE[key].obeyed_by_mkdocs else ["L123"])


@pytest.mark.parametrize(
    "text",
    ["theme:\n  name: material\n  favicon: a.png\n", "nav: [a: b]\n", "strict: true\n", "theme:\n  language: fr\n"],
)
def test_the_fix_of_a_setting_without_effect_mends_it(opened, text: str) -> None:
    """Delete the line, or write what stands in the fix."""
    (problem,) = opened(text + SOUND)[1]
    lines = text.splitlines()
    line = lines[problem.place.line - 1]
    indent = line[: len(line) - len(line.lstrip())]
    lines[problem.place.line - 1 : problem.place.line] = [] if problem.fix == "delete it" else [indent + problem.fix]
    assert opened("\n".join(lines) + "\n" + SOUND)[1] == []


@pytest.mark.parametrize(
    "text",
    ["docs_dir: content\n", "docs_dir: ./content/\n", "use_directory_urls: true\n", "strict: false\n", "nav:\n", "extra: {}\n",
     "theme: {name: material, font: false, language: en}\n", "theme: {language: en-GB}\n", "theme: material\n", "copyright: ''\n"],
)  # fmt: skip
def test_what_says_only_what_is_the_case_is_no_problem(opened, text: str) -> None:
    assert opened(text + SOUND)[1] == []


def test_a_language_that_the_site_does_not_speak_is_named(opened) -> None:
    (problem,) = opened(f"theme:\n  name: material\n  language: fr\n{SOUND}")[1]
    assert (problem.code, str(problem.place)) == ("L124", "mkdocs.yml:3:13")
    assert "fr" in problem.message and "English" in problem.message


@pytest.mark.parametrize("key", sorted(INSTEAD))
@pytest.mark.parametrize("by_mkdocs", [False, True])
def test_what_people_want_with_what_is_refused_is_said(opened, key: str, *, by_mkdocs: bool) -> None:
    (problem,) = opened(f"{key}: [our.css]\n{SOUND}", by_mkdocs=by_mkdocs)[1]
    assert (problem.code, problem.expected) == ("L123" if by_mkdocs else "L115", INSTEAD[key])


@pytest.mark.parametrize("key", sorted(Settings.model_fields))
def test_a_setting_of_alongside_in_another_place_is_named(opened, key: str) -> None:
    (problem,) = opened(f"{key}: x\n{SOUND}")[1]
    assert (problem.code, problem.severity, problem.place.line) == ("L126", "error", 1)


@pytest.mark.parametrize(
    "plugins",
    ["plugins: alongside\n", "plugins: 'true'\n", "plugins:\n  - alongside\n  - alongside: {release: true}\n",
     "plugins:\n  - alongside: {release: false}\n  - search\n  - alongside: {release: true}\n"],
)  # fmt: skip
def test_settings_that_nobody_finds_are_named(opened, plugins: str) -> None:
    assert [problem.code for problem in opened(plugins)[1]] == ["L126"]


@pytest.mark.parametrize("key", ["site_description", "site_author", "copyright"])
@pytest.mark.parametrize("value", ["[a]", "{a: b}"])
def test_a_text_is_a_text(opened, key: str, value: str) -> None:
    (problem,) = opened(f"{key}: {value}\n{SOUND}")[1]
    assert problem.code == "L117"


def test_what_mkdocs_takes_as_html_is_shown_as_the_signs_that_are_meant(opened) -> None:
    assert opened(f"copyright: Copyright &copy; 2026 Riverside\n{SOUND}")[0].copyright == "Copyright © 2026 Riverside"
    (problem,) = opened(f"copyright: <b>Riverside</b>\n{SOUND}")[1]
    assert problem.code == "L117"
    assert opened(f"{problem.fix}\n{SOUND}")[1] == []


# --------------------------------------------------------------------- layers


def test_a_folder_from_which_nothing_is_read_is_named(a_site: Any) -> None:
    files = {"extra/notes.txt": "x", "mkdocs.yml": SOUND.replace("[.]", "[., extra]")}
    assert [problem.code for problem in open_project(a_site(files) / "mkdocs.yml")[1]] == ["L125"]
    (problem,) = open_project(a_site({"mkdocs.yml": SOUND.replace("[.]", "[bundled]")}) / "mkdocs.yml")[1]
    assert (problem.code, problem.fix) == ("L125", "layers: [bundled, .]")
    assert open_project(a_site({"mkdocs.yml": SOUND.replace("layers: [.]", problem.fix)}) / "mkdocs.yml")[1] == []


def test_a_slip_in_the_name_of_a_layer_gets_the_nearest_one(opened) -> None:
    problems = opened(SOUND.replace("[.]", "[bundeld, .]"))[1]
    assert 'did you mean "bundled"?' in problems[0].message


# ------------------------------------------------------------------------ ids


def found(a_site: Any, settings: str) -> list[tuple[str, str]]:
    text = f"plugins:\n  - alongside:\n      {settings}\n"
    problems = gather(a_site({"mkdocs.yml": text}) / "mkdocs.yml").problems
    return [(problem.code, problem.message) for problem in problems if problem.place.file == "mkdocs.yml"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ("leave_out: [listning]", "R240"),
        ("paths: {short: {title: Short, summary: For a start., modules: [listning]}}", "R240"),
        ("lint: {allow: [Y12O], why: It is an example.}", "M113"),
        ("lint: {allow: [Q103], why: It is an example.}", "M121"),
    ],
)
def test_a_name_in_the_settings_that_leads_nowhere_is_named(a_site: Any, settings: str, code: str) -> None:
    (problem,) = found(a_site, settings)
    assert problem[0] == code
    assert code == "M121" or "did you mean" in problem[1]


def test_a_module_that_is_there_can_be_left_out(a_site: Any) -> None:
    assert [code for code, _ in found(a_site, "leave_out: [listening]") if code == "R240"] == []


# ----------------------------------------------------------------- what is shown


def around(project: Project, kind: str) -> dict[str, Any]:
    frame = frame_of(project, (), site_name=project.site_name, policy="", top="/")
    return frame.around(a_page(kind))


def a_page(kind: str) -> Any:
    names = "stands_in outline breadcrumbs previous next scripts_in_use".split()
    return SimpleNamespace(
        leads_to="", draft=False,
        kind=kind, language=ENGLISH.language, direction="ltr", title="A", description="Of the page.", url="a/", root="../",
        styles=(), scripts=(), **dict.fromkeys(names),
    )  # fmt: skip


def test_the_description_is_that_of_the_home_page_and_author_and_rights_stand_on_every_page(opened) -> None:
    project, _ = opened(f"site_description: What it is.\nsite_author: Ana\ncopyright: © Ana\n{SOUND}")
    home, other = around(project, "home"), around(project, "text")
    assert (home["description"], other["description"]) == ("What it is.", "Of the page.")
    for page in (home, other):
        assert (page["author"], page["copyright"]) == ("Ana", "© Ana")


def test_each_name_of_a_setting_is_one_of_mkdocs() -> None:
    known = {name for name, _ in MkDocsConfig()._schema}
    assert {*KEYS, *INSTEAD} <= known
