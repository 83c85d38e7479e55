"""What `mkdocs.yml` could run is refused by `alongside`, with its place, and MkDocs never gets to see it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from alongside.build import gather, prepare
from alongside.engines.writing import write
from alongside.files.problems import ContentError, has_errors
from alongside.load import configuration
from alongside.reports.problems import as_text
from tests.conftest import BASE

pytestmark = pytest.mark.slow

CANARY = "from pathlib import Path; Path('{}').write_text('ran')\n"
SOUND = "plugins:\n  - alongside:\n      layers: [.]\n"
#: What a file can name, by a word that stands on the line of the problem.
ATTEMPTS = {
    "hooks": "hooks: [evil.py]\n",
    "INHERIT": "INHERIT: other.yml\n",
    "markdown_extensions": "markdown_extensions: [evil]\n",
    "mdx_configs": "mdx_configs: {evil: {}}\n",
    "extra_css": "extra_css: [evil.css]\n",
    "extra_javascript": "extra_javascript: [evil.js]\n",
    "extra_templates": "extra_templates: [evil.html]\n",
    "exclude_docs": "exclude_docs: '*'\n",
    "theme_dir": "theme_dir: evil\n",
    "theme: evil": "theme: evil\n",
    "name: evil": "theme: {name: evil}\n",
    "name: null": "theme: {name: null}\n",
    "custom_dir: evil": "theme: {custom_dir: evil}\n",
    "custom_dir: /": "theme: {custom_dir: /}\n",
    "static_templates": "theme: {static_templates: [evil.html]}\n",
    "locale": "theme: {locale: evil}\n",
    "macros": "plugins:\n  - alongside\n  - macros\n",
    "material/blog": "plugins:\n  - alongside\n  - material/blog\n",
    "hooks_": "plugins:\n  alongside: {layers: [.]}\n  hooks_: {evil: evil.py}\n",
    "gen-files": "plugins:\n  - alongside: {layers: [.]}\n  - gen-files: {scripts: [evil.py]}\n",
    "!ENV": "site_name: !ENV HOME\n",
    "!ENV [": "copyright: !ENV [HOME, x]\n",
    "!relative": "extra: {x: !relative $config_dir}\n",
    "!!python/object": "extra: !!python/object/apply:os.system ['touch canary']\n",
    "!!python/name": "extra: {x: !!python/name:evil.x }\n",
    "!<tag": "extra: {x: !<tag:yaml.org,2002:python/module:evil> ''}\n",
    "!!str": "site_name: !!str Test\n",
    "! x": "site_name: ! x\n",
    "%TAG": "%TAG ! tag:yaml.org,2002:python/\n---\nextra: !name:evil x\n",
    "&a": "extra: &a {x: y}\n",
    "<<": "extra: {<<: {x: y}}\n",
    "!ENV name": "!ENV name: x\n",
}
#: How each word is found where it is no part of the file.
SHOWN = {"hooks_": "hooks_:", "!ENV [": "!ENV [HOME", "!!str": "!!str Test"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in BASE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "evil.py").write_text(CANARY.format(tmp_path / "canary"), "utf-8")
    (tmp_path / "other.yml").write_bytes(b"\xff\xfe: no YAML\0")
    return tmp_path


def with_settings(site: Path, text: str) -> Path:
    path = site / "mkdocs.yml"
    path.write_text(text + ("" if "plugins:" in text else SOUND), "utf-8")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("word", ATTEMPTS)
def test_what_a_configuration_could_run_is_refused_where_it_stands(site: Path, word: str) -> None:
    path = with_settings(site, ATTEMPTS[word])
    text = path.read_text("utf-8")
    line = text[: text.index(SHOWN.get(word, word))].count("\n") + 1
    try:
        problems = gather(path).problems
    except ContentError as error:
        problems = list(error.problems)
    assert has_errors(problems)
    assert f"mkdocs.yml:{line}:" in as_text(problems), as_text(problems)
    assert not (site / "canary").exists()


def test_everything_that_is_refused_is_said_in_one_run(site: Path) -> None:
    whole = "hooks: [evil.py]\nINHERIT: other.yml\nsite_name: !ENV HOME\ntheme: {name: evil, custom_dir: evil}\n"
    found = gather(with_settings(site, whole)).problems
    assert len([problem for problem in found if problem.code in {"L115", "L116"}]) == 5
    assert all(problem.expected and problem.fix for problem in found if problem.code in {"L115", "L116"})


#: Values that say nothing about the site, with the key that has them.
UNUSABLE = {
    "site_url": ["http://[", "http://[::1", "learn.example.org", "/", "//example.org/", "ftp://example.org/", "javascript:x()", "https:///a",
                 "https://:80/", "https://example.org:x/", "https://example.org:99999/", "https://example.org:0/", "https://a b/", "[a, b]",
                 "{a: b}", "https://exa\u2100mple.org/"],
    "site_name": ["[a]", "{a: b}"],
    "site_dir": ["[a]", "{a: b}"],
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("key", "value"), [(key, value) for key, values in UNUSABLE.items() for value in values])
def test_a_value_that_says_nothing_about_the_site_is_a_problem_at_its_place(site: Path, key: str, value: str) -> None:
    quoted = value if value[0] in "[{" else f"'{value}'"
    path = with_settings(site, f"{key}: {quoted}\n")
    (problem,) = (problem for problem in gather(path).problems if problem.place.file == "mkdocs.yml")
    assert (problem.code, str(problem.place)) == ("L117", f"mkdocs.yml:1:{len(key) + 3}")
    mended = gather(with_settings(site, f"{problem.fix}\n")).problems
    assert not [other for other in mended if other.place.file == "mkdocs.yml"]


def test_a_value_that_says_nothing_does_not_hide_what_else_is_wrong(site: Path) -> None:
    text = "site_url: http://[\nplugins:\n  - alongside:\n      layers: [.]\n      lint: {leave_out: [X999]}\n      leave_out: [nowhere]\n"
    with_it, without = (
        gather(with_settings(site, text[start:])).problems for start in (0, len("site_url: http://[\n"))
    )
    assert len(with_it) == len(without) + 1 > 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "url",
    ["https://example.org", "http://127.0.0.1:8000/a/", "https://[::1]:8000/", "HTTPS://EXAMPLE.ORG/", "https://b\u00fccher.example/", "''", "~"],
)  # fmt: skip
def test_an_address_at_which_a_site_can_stand_is_no_problem(site: Path, url: str) -> None:
    assert [p for p in gather(with_settings(site, f"site_url: {url}\n")).problems if p.code == "L117"] == []


def test_the_usual_settings_are_no_problem(site: Path) -> None:
    usual = (
        "site_name: Test\nsite_url: https://example.org/\nsite_description: What it is.\ndocs_dir: content\nsite_dir: site\n"
        "use_directory_urls: true\ntheme:\n  name: material\n  custom_dir: theme\n  font: false\n"
    )
    found = gather(with_settings(site, usual)).problems
    assert not has_errors(found), as_text(found)


@pytest.mark.slow
def test_what_mkdocs_obeys_already_is_not_refused_again(site: Path) -> None:
    path = with_settings(site, "hooks: [evil.py]\nsite_name: !ENV HOME\n")
    assert prepare(path, by_mkdocs=True)


@pytest.mark.slow
def test_the_engine_is_given_nothing_of_the_file_even_if_no_check_had_found_it(site: Path) -> None:
    path = with_settings(
        site,
        "hooks: [evil.py]\nINHERIT: other.yml\ntheme: {name: material, custom_dir: evil}\n"
        "extra: !!python/object/apply:pathlib.Path.touch []\n",
    )
    project, made, _ = prepare(path, by_mkdocs=True)
    place = write(project, made, None)
    assert place == site / "site" and (place / "index.html").is_file()
    assert not (site / "canary").exists()


def test_the_lists_of_what_is_needed_hold_nothing_that_runs() -> None:
    runs = {
        "hooks",
        "INHERIT",
        "markdown_extensions",
        "mdx_configs",
        "extra_templates",
        "extra_css",
        "extra_javascript",
        "validation",
    }
    assert not runs & configuration.KEYS
    assert {"alongside", "search"} == configuration.PLUGINS
    assert all(re.fullmatch(r"[a-z_]+", key) for key in configuration.KEYS)
