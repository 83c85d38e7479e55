"""Sources, terms, people and the rest stand in one file, in a folder of files, or in both, and are one list all the same."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from alongside.authoring import packs
from alongside.authoring.scaffold import editor_schemas
from alongside.build import changes_since, gather
from alongside.files import door, source, syntax
from alongside.files.problems import Problem
from alongside.load.curriculum import load_curriculum
from alongside.load.layers import Layer
from alongside.load.modules import Memory
from alongside.model.curriculum import REGISTRIES, Curriculum
from alongside.rules import RULES
from tests.conftest import BASE

ENTRY = {
    "sources": 'authors: "A, B."\n  year: 2014\n  title: {0}\n  checked: record',
    "glossary": "term: {0}\n  definition: {0}.",
    "people": "name: {0}",
    "safety": "rule: {0}\n  holds_for: {0}\n  stances:\n    a: {{text: {0}, keeps: true}}\n    b: {{text: {0}, keeps: false}}\n  source: {0}",
    "cast": "name: {0}\n  face: {{skin: tan}}",
}
CONFIGURATION = "site_name: Test\nplugins:\n  - alongside:\n      layers: [{}.]\n"

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("name", REGISTRIES)]


def entries(name: str, **called: str) -> str:
    return "".join(f"{key}:\n  {ENTRY[name].format(words)}\n" for key, words in called.items())


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., Path]:
    def make(**files: str) -> Path:
        for path, text in {**BASE, "mkdocs.yml": CONFIGURATION.format(""), **files}.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text or "", "utf-8")
        return tmp_path

    return make


def load(root: Path, memory: Memory | None = None) -> tuple[Curriculum, list[str]]:
    curriculum, problems = load_curriculum([Layer(".", root)], memory=memory)
    assert curriculum is not None
    return curriculum, said(problems)


def said(problems: list[Problem]) -> list[str]:
    return [f"{problem.place} {problem.code} {problem.message}" for problem in problems]


def test_a_file_and_a_folder_are_one_registry(site, name: str) -> None:
    root = site(
        **{f"modules/{name}/a.yml": entries(name, one="One"), f"modules/{name}/b.yml": entries(name, two="Two")}
    )
    curriculum, problems = load(root)
    assert problems == []
    assert list(getattr(curriculum, name))[-2:] == ["one", "two"]
    (root / f"modules/{name}.yml").unlink()
    curriculum, problems = load(root)
    assert (list(getattr(curriculum, name)), problems) == (["one", "two"], [])
    assert getattr(curriculum, name)["two"].place().file == f"modules/{name}/b.yml"


def test_an_id_that_stands_twice_is_an_error_with_both_places(site, name: str) -> None:
    first = next(key for key in source.read_bytes(BASE[f"modules/{name}.yml"].encode(), "x")[0])
    _, problems = load(site(**{f"modules/{name}/a.yml": entries(name, new="New", **{first: "Again"})}))
    line = entries(name, new="New").count("\n") + 1
    [problem] = problems
    assert problem.startswith(
        f'modules/{name}/a.yml:{line}:1 L105 the key "{first}" stands twice, first in modules/{name}.yml:'
    )


def test_a_later_layer_replaces_an_entry_in_whatever_file_it_stands(site, name: str) -> None:
    root = site(
        **{f"modules/{name}/a.yml": entries(name, one="Ours", two="Ours"),
           f"more/modules/{name}/z.yml": entries(name, one="Theirs"), f"more/modules/{name}.yml": entries(name, three="Theirs")}
    )  # fmt: skip
    curriculum, problems = load_curriculum([Layer(".", root), Layer("more", root / "more", "more:")])
    assert curriculum is not None and problems == []
    found = {key: entry.place().file for key, entry in getattr(curriculum, name).items()}
    assert found.items() >= {
        "one": f"more:modules/{name}/z.yml", "two": f"modules/{name}/a.yml", "three": f"more:modules/{name}.yml"
    }.items()  # fmt: skip


def test_what_is_wrong_is_said_in_the_file_in_which_it_stands(site, name: str) -> None:
    root = site(**{f"modules/{name}/a.yml": "Bad:\n  x: y\ngood: nothing\nno: {}\n", f"modules/{name}/b.yml": "[1]"})
    codes = [(problem.place.file, problem.code) for problem in load_curriculum([Layer(".", root)])[1]]
    assert codes[:2] == [(f"modules/{name}/a.yml", "M109"), (f"modules/{name}/a.yml", "M103")]
    assert codes[-1] == (f"modules/{name}/b.yml", "L112")


def test_only_yaml_that_stands_in_the_folder_itself_is_read_and_the_rest_is_named(site, name: str) -> None:
    wrong = entries(name, wrong="Wrong")
    files = ("a.yaml", "b.yml.txt", "in/c.yml", "media/d.yml")
    root = site(**{f"modules/{name}/{file}": wrong for file in files}, **{f"modules/{name}/notes.txt": "x"})
    (root / f"modules/{name}/link.yml").symlink_to(root / f"modules/{name}.yml")
    curriculum, problems = load(root)
    assert "wrong" not in getattr(curriculum, name)
    where = [problem.partition(":")[0] + " " + problem.split()[1] for problem in problems]
    assert sorted(where) == sorted(
        [f"modules/{name}/link.yml L114", *(f"modules/{name}/{file} M116" for file in files)]
    )


def test_a_folder_with_a_module_in_it_is_a_module(site, name: str) -> None:
    """`people` may have been one before such folders were read, and so may `cast`; the others have names that the site itself uses."""
    module = {path.replace("listening/", f"{name}/"): text for path, text in BASE.items() if "/listening/" in path}
    curriculum, problems = load(site(**module))
    assert name in curriculum.modules
    assert [problem.split()[1] for problem in problems] == ([] if name in {"people", "cast"} else ["M110"])
    before = set(getattr(curriculum, name))
    root = site(**module)
    (root / f"modules/{name}/module.yml").rename(root / f"modules/{name}/module.yaml")
    curriculum, problems = load(root)
    assert [problem.split()[1] for problem in problems] == ["M116"]
    assert set(getattr(curriculum, name)) == before


def test_a_folder_that_is_reached_through_a_link_is_not_read(site, name: str) -> None:
    root = site(**{f"elsewhere/{name}/a.yml": entries(name, one="One")})
    (root / f"modules/{name}").symlink_to(root / f"elsewhere/{name}")
    curriculum, problems = load(root)
    assert "one" not in getattr(curriculum, name)
    assert [problem.split()[1] for problem in problems] == ["L114"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "much", ["# " + "x" * source.MAX_BYTES, f"many: [{'x, ' * syntax.MAX_NODES}]"], ids=["bytes", "values"]
)
def test_of_a_file_that_holds_too_much_the_advice_names_the_folder(site, name: str, much: str) -> None:
    problems = load_curriculum([Layer(".", site(**{f"modules/{name}.yml": much}))])[1]
    [fix] = [problem.fix for problem in problems if problem.code == "L109"]
    assert fix == f"{syntax.OWN_FILE} in the folder modules/{name}/, such as modules/{name}/more.yml"


def test_a_near_miss_of_the_name_is_told(site, name: str) -> None:
    near = f"{name}s".capitalize()
    _, problems = load(site(**{f"modules/{near}/a.yml": entries(name, one="One")}))
    assert f'the folder "{near}" has no module.yml, did you mean "{name}"?' in "\n".join(problems)


def test_a_file_that_did_not_change_is_not_read_again(site, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    root = site(
        **{f"modules/{name}/a.yml": entries(name, one="One"), f"modules/{name}/b.yml": entries(name, one="Two")}
    )
    memory: Memory = {}
    before = load(root, memory)
    monkeypatch.setattr(door, "read", lambda *_: pytest.fail("it was read again"))
    assert load(root, memory)[1] == before[1] != []
    monkeypatch.undo()
    (root / f"modules/{name}/b.yml").write_text(entries(name, two="Another"), "utf-8")
    curriculum, problems = load(root, memory)
    assert problems == []
    assert {"one", "two"} <= set(getattr(curriculum, name))


def test_what_may_stand_in_a_file_that_cannot_be_read_is_not_called_missing(site, name: str) -> None:
    """The names lead nowhere only as long as the file is broken."""
    root = site(**{f"modules/{name}/a.yml": BASE[f"modules/{name}.yml"] or ""})
    (root / f"modules/{name}.yml").unlink()
    (root / f"modules/{name}/b.yml").write_text("broken: [\n", "utf-8")
    (root / f"modules/{name}/a.yml").write_text("broken: [\n", "utf-8")
    rules = tuple(rule for rule in RULES if rule.code[0] == "R")
    problems = [p for p in gather(root / "mkdocs.yml", rules=rules).problems if p.severity == "error"]
    assert [problem.code for problem in problems] == ["L104", "L104"]


def test_a_pack_of_many_entries_has_a_folder_of_them_and_is_read(
    site, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packs, "MOST_ENTRIES", 1)
    root = site()
    gathered = gather(root / "mkdocs.yml", rules=())
    assert gathered.curriculum is not None
    files = packs.pack(gathered.project, gathered.curriculum, ["listening"])
    assert packs.pack_in(files) is files
    named = [file for file in files if file.startswith((f"modules/{name}.", f"modules/{name}/"))]
    assert len(named) >= 1
    taken = tmp_path / "taken"
    for file, content in files.items():
        (taken / file).parent.mkdir(parents=True, exist_ok=True)
        (taken / file).write_bytes(content)
    again = load_curriculum([Layer(".", root), Layer("taken", taken)])
    assert again[0] is not None and again[1] == []


def test_an_editor_reads_the_files_of_the_folder_by_the_schema_of_the_registry(name: str) -> None:
    schemas = editor_schemas()
    assert f"modules/{name}/*.yml" in schemas[f"./.alongside/schemas/{name}.schema.json"]
    assert f"!modules/{name}/*.yml" in schemas["./.alongside/schemas/lesson.schema.json"]


@pytest.mark.slow
def test_at_a_revision_the_folder_is_read_too(site, name: str) -> None:
    root = site(**{f"modules/{name}/a.yml": BASE[f"modules/{name}.yml"] or ""})
    (root / f"modules/{name}.yml").unlink()
    run = ["git", "-C", str(root), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "all"]):
        subprocess.run([*run, *arguments], check=True)
    configuration = root / "mkdocs.yml"
    changes = changes_since("HEAD", configuration, gather(configuration, rules=()))
    assert (changes.changes, changes.unread_files) == ((), ())
    (root / f"modules/{name}/a.yml").write_text("broken: [\n", "utf-8")
    changes = changes_since("HEAD", configuration, gather(configuration, rules=()))
    assert (changes.unread_files, changes.unread) == ((f"modules/{name}/a.yml",), ())
