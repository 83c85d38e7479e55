"""What `alongside new` writes is sound, complete, and never in the place of something else."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from alongside.authoring import extensions, scaffold
from alongside.authoring.scaffold import ModulePlan, ScaffoldError, SitePlan, new_module, new_site, schema_line
from alongside.build import build_site, gather
from alongside.commands.main import main
from alongside.exporters import FORMATS
from alongside.files.problems import Problem
from alongside.load.curriculum import load_curriculum
from alongside.load.layers import RESERVED_IDS, Layer
from alongside.render.policy import header_policy
from alongside.reports.problems import as_text
from alongside.rules.document import read_document
from alongside.rules.engine import check_curriculum
from tests.conftest import BASE

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The small world on disk, to add to."""
    for name, text in BASE.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: Test\nplugins:\n  - alongside: {layers: [.]}\n", "utf-8")
    return tmp_path


def problems_in(folder: Path) -> list[Problem]:
    curriculum, problems = load_curriculum([Layer("test", folder)])
    assert curriculum is not None
    return [*problems, *check_curriculum(curriculum)]


def but_unfinished(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.code != "T199" and problem.severity != "info"]


def run(*arguments: str, folder: Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, [*arguments, "--config", str(folder / "mkdocs.yml")])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_module_has_only_marked_places_to_fill_in(site: Path) -> None:
    assert run("new", "module", "first-talk", folder=site)[0] == 0
    problems = problems_in(site)
    assert but_unfinished(problems) == [], as_text(but_unfinished(problems))
    assert len(problems) > 20


def test_a_new_module_is_added_to_the_order_and_nothing_else_changes(site: Path) -> None:
    outline = site / "modules/curriculum.yml"
    outline.write_text(
        "# The order\n\ntitle: Ours   # short\nsummary: All of it.\norder:\n  - listening   # first\n\n# The end\n",
        "utf-8",
    )
    new_module(site, ModulePlan("first-talk", "First talk"))
    assert (
        outline.read_text("utf-8")
        == "# The order\n\ntitle: Ours   # short\nsummary: All of it.\norder:\n  - listening   # first\n  - first-talk\n\n# The end\n"
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "title",
    ["Plain words", "With: a colon", "- a dash", 'A "quotation"', "#1", "2014", "no", "“Curly”, and a comma", "a\tb"],
)
def test_any_title_is_written_so_that_it_is_read_again(site: Path, title: str) -> None:
    new_module(site, ModulePlan("first-talk", title))
    curriculum, problems = load_curriculum([Layer("test", site)])
    assert curriculum
    assert [p for p in problems if p.severity == "error"] == []
    assert curriculum.modules["first-talk"].title == title.replace("\t", " ")


def test_what_options_say_is_in_the_files(site: Path) -> None:
    options = [
        "--title",
        "T: one",
        "--summary",
        "S.",
        "--objective",
        "Sort requests.",
        "--objective-id",
        "sort",
        "--level",
        "analyse",
        "--lesson",
        "sorting-them",
    ]
    assert run("new", "module", "first-talk", *options, folder=site)[0] == 0
    outline = yaml.safe_load((site / "modules/first-talk/module.yml").read_text("utf-8"))
    assert (outline["title"], outline["summary"], outline["lessons"]) == ("T: one", "S.", ["sorting-them"])
    assert outline["objectives"] == {"sort": {"text": "Sort requests.", "level": "analyse"}}


def test_a_new_lesson_is_named_in_its_module(site: Path) -> None:
    assert run("new", "lesson", "listening/ending-well", "--objective", "wait", folder=site)[0] == 0
    assert "lessons: [hearing, asking, waiting, ending-well]" in (site / "modules/listening/module.yml").read_text(
        "utf-8"
    )
    problems = problems_in(site)
    assert but_unfinished(problems) == [], as_text(but_unfinished(problems))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("module", "listening"), "listening is there already, and nothing is ever overwritten"),
        (("module", "First Talk"), '"First Talk" cannot be the id of a module'),
        (("module", "comfort"), 'a module cannot be called "comfort": the site uses that name itself'),
        (("module", "x", "--lesson", "A"), '"A" cannot be the id of a lesson'),
        (("lesson", "listening/print"), 'a lesson cannot be called "print": the site uses that name itself'),
        (("module", "x", "--lesson", "print"), 'a lesson cannot be called "print": the site uses that name itself'),
        (("lesson", "listening/hearing"), "hearing.yml is there already"),
        (("lesson", "nowhere/hearing"), 'there is no module "nowhere"'),
        (("lesson", "listening/new", "--objective", "none"), 'the module has no objective "none"'),
        (("lesson", "listening"), "name the lesson with its module"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(site: Path, arguments: tuple[str, ...], said: str) -> None:
    before = everything(site)
    code, output = run("new", *arguments, folder=site)
    assert (code, everything(site)) == (2, before)
    assert said in output


def test_without_a_curriculum_nothing_is_written(tmp_path: Path) -> None:
    code, output = run("new", "module", "first-talk", folder=tmp_path)
    assert (code, everything(tmp_path)) == (2, {})
    assert "run the command in the folder of your site" in output


def test_where_the_disk_refuses_nothing_is_left_behind(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(site)
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target.name == "curriculum.yml":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(ScaffoldError, match="No space left on device"):
        new_module(site, ModulePlan("first-talk", "First talk"))
    assert everything(site) == before


def test_the_first_line_leads_to_the_schema() -> None:
    line = schema_line(Path("/s/modules/a/b.yml"), "lesson", Path("/s/.alongside/schemas"))
    assert line == "# yaml-language-server: $schema=../../.alongside/schemas/lesson.schema.json\n"


def test_every_shipped_file_names_its_schema_in_its_first_line() -> None:
    for path in sorted((ROOT / "modules").rglob("*.yml")):
        text = path.read_text("utf-8")
        first = text.partition("\n")[0] + "\n"
        found = re.fullmatch(r"# yaml-language-server: \$schema=\S+/(\w+)\.schema\.json\n", first)
        assert found, f"{path}: {first}"
        assert first == schema_line(path, found.group(1), ROOT / "builder/alongside/schemas"), path


# -------------------------------------------------------------------------- sites


def test_a_new_site_is_complete(tmp_path: Path) -> None:
    folder = tmp_path / "our site"
    new_site(SitePlan(folder, "Riverside: Mentors"))
    files = everything(folder)
    assert {
        "mkdocs.yml",
        "content/index.md",
        "modules/curriculum.yml",
        "modules/our-programme/module.yml",
        ".vscode/settings.json",
        "README.md",
    } <= set(files)
    assert {
        ".gitignore",
        ".github/workflows/check.yml",
        ".github/workflows/publish.yml",
        ".gitlab-ci.yml",
        "theme/_headers",
        "deploy/nginx.conf",
        "deploy/Caddyfile",
    } <= set(files)
    for name, text in files.items():
        assert b"%%" not in text, name
        if name.endswith(".yml"):
            yaml.safe_load(text)
    for schema in json.loads(files[".vscode/settings.json"])["yaml.schemas"]:
        assert (folder / schema).is_file()
    for name in ("mkdocs.yml", "modules/curriculum.yml", "modules/our-programme/quiz.yml"):
        assert ((folder / name).parent / files[name].decode().splitlines()[0].split("=")[1]).is_file()


def test_a_new_site_sends_the_policy_of_the_builder(tmp_path: Path) -> None:
    new_site(SitePlan(tmp_path / "site", "Ours"))
    for name in ("theme/_headers", "deploy/nginx.conf", "deploy/Caddyfile"):
        assert header_policy() in (tmp_path / "site" / name).read_text("utf-8")


def test_contributed_changes_are_untrusted(tmp_path: Path) -> None:
    new_site(SitePlan(tmp_path / "site", "Ours"))
    workflow = yaml.load(
        (tmp_path / "site/.github/workflows/check.yml").read_text("utf-8"), yaml.BaseLoader
    )  # makes texts only
    assert list(workflow["on"]) == ["pull_request"]
    assert workflow["permissions"] == {"contents": "read"}
    del workflow["concurrency"]  # names the proposal by its number; no command sees it
    assert not [word for word in ("secrets", "${{") if word in json.dumps(workflow)]
    assert workflow["jobs"]["check"]["steps"][0]["with"]["persist-credentials"] == "false"


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine")
    result = CliRunner().invoke(main, ["new", "site", str(tmp_path)])
    assert result.exit_code == 2
    assert "nothing is ever overwritten" in result.output
    assert everything(tmp_path) == {"note.txt": b"mine"}


def test_an_empty_folder_becomes_a_site(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["new", "site", str(tmp_path)]).exit_code == 0
    assert (tmp_path / "mkdocs.yml").is_file()


@pytest.mark.slow
def test_the_folder_in_which_somebody_stands_becomes_a_site_and_stays_that_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for index, named in enumerate((".", "./", "../here2", str(tmp_path / "here3"), ".//.")):
        folder = tmp_path / f"here{index}"
        folder.mkdir()
        known = folder.stat().st_ino
        monkeypatch.chdir(folder)
        result = CliRunner().invoke(main, ["new", "site", named])
        assert result.exit_code == 0, result.output
        assert "mkdocs.yml" in result.output
        assert (folder / "mkdocs.yml").is_file() and (folder / ".github/workflows/check.yml").is_file()
        assert folder.stat().st_ino == known and Path.cwd() == folder
        assert {path.name for path in tmp_path.iterdir()} == {f"here{number}" for number in range(index + 1)}


def test_where_the_disk_refuses_an_empty_folder_stays_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target.name == "mkdocs.yml":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(Path, "replace", refuse)
    assert CliRunner().invoke(main, ["new", "site", "."]).exit_code == 2
    assert list(tmp_path.rglob("*")) == [tmp_path / "here"]


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(RESERVED_IDS))
def test_no_way_in_takes_a_name_of_the_site(site: Path, name: str, tmp_path: Path) -> None:
    before = everything(site)
    for arguments in (
        ("new", "site", str(tmp_path / "new"), "--module", name),
        ("new", "module", name, "--config", str(site / "mkdocs.yml")),
        ("new", "lesson", f"{name}/first", "--config", str(site / "mkdocs.yml")),
    ):
        result = CliRunner().invoke(main, list(arguments))
        assert result.exit_code == 2, result.output
        assert f'a module cannot be called "{name}": the site uses that name itself' in result.output
    assert everything(site) == before and not (tmp_path / "new").exists()


@pytest.mark.site
def test_a_new_site_builds_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "our site"
    assert CliRunner().invoke(main, ["new", "site", str(folder), "--name", "Riverside Mentors"]).exit_code == 0
    gathered = gather(folder / "mkdocs.yml")
    own = [p for p in but_unfinished(gathered.problems) if p.place.file.startswith("modules/")]
    assert own == [], as_text(own)
    place, _, _ = build_site(folder / "mkdocs.yml")
    assert (place / "our-programme/first-lesson/index.html").is_file()
    assert (place / "_headers").is_file()


@pytest.mark.site
def test_a_new_kind_of_question_keeps_the_contract(tmp_path: Path) -> None:
    for name in ("builder", "theme", "tests", "modules"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "browser"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    registry = tmp_path / "builder/alongside/model/questions/__init__.py"
    before = registry.read_text("utf-8").splitlines()
    extensions.new_question_kind("picture_choice", tmp_path)
    added = [line for line in registry.read_text("utf-8").splitlines() if line not in before]
    assert added == [
        "from alongside.model.questions.picture_choice import PictureChoice",
        '    "picture_choice": PictureChoice,',
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/contracts", "-k", "picture_choice"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path / "builder")}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    # What every kind owes, and every rule that is asked of its shape.
    assert int(re.findall(r"(\d+) passed", done.stdout)[0]) > 30


@pytest.mark.parametrize("name", ["choice", "base", "keys", "Choice", "two words", "../x"])
def test_a_kind_needs_a_name_of_its_own(name: str, tmp_path: Path) -> None:
    with pytest.raises(ScaffoldError):
        extensions.new_question_kind(name, tmp_path)
    assert everything(tmp_path) == {}


@pytest.mark.site
def test_a_new_rule_is_two_files_and_its_examples_are_its_tests(tmp_path: Path) -> None:
    for name in ("builder", "theme", "tests", "modules", "content"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "browser"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    code, document = extensions.new_rule("T", "no-zebra", "text", tmp_path)
    assert (code.name, document.name) == ("no_zebra.py", "T143.md")
    _fill(code, {"(write here: what is wrong)": "zebra"})
    _fill(document, {
        "an example in which it is found": "A zebra stops.", "the same, mended": "A horse stops.",
        "why it matters, in a sentence or two.": "Nobody here keeps one.", "what to do.": "Write about horses.",
    })  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/rules/test_rules.py", "-k", "T143"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path / "builder")}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert int(re.findall(r"(\d+) passed", done.stdout)[0]) >= len(("bad", "good", "row"))


def _fill(path: Path, words: Mapping[str, str]) -> None:
    """Puts words where a skeleton asks for some."""
    text = path.read_text("utf-8")
    for asked, given in words.items():
        wanted = asked if asked.startswith("(") else f"(write here: {asked})"
        assert wanted in text, wanted
        text = text.replace(wanted, given)
    path.write_text(re.sub(r"\(write here: ([^)]*)\)", r"\1", text), "utf-8")


@pytest.mark.parametrize(
    ("code", "name"),
    [("Q101", "new"), ("X", "new"), ("Q1", "new"), ("q", "new"), ("", "new"), ("Q", "key-longest"), ("Q", "Two words")],
)
def test_a_rule_needs_a_code_and_a_name_of_its_own(code: str, name: str, tmp_path: Path) -> None:
    with pytest.raises(ScaffoldError):
        extensions.new_rule(code, name, "question", tmp_path)
    assert everything(tmp_path) == {}


@pytest.mark.slow
@pytest.mark.parametrize("scope", extensions.RULE_SCOPES)
def test_the_skeleton_of_a_rule_is_python_that_the_linter_accepts(scope: str, tmp_path: Path) -> None:
    written, document = extensions.new_rule("Q", "new-thing", scope, tmp_path)
    assert read_document(document.stem, document.read_text("utf-8")).label.startswith("(write here: ")
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--config", str(ROOT / "pyproject.toml"), "--ignore", "ARG001,INP001", str(written)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("scope", extensions.RULE_SCOPES)
def test_the_skeleton_of_a_rule_imports_what_is_there(scope: str, tmp_path: Path) -> None:
    written, _ = extensions.new_rule("Q", "new-thing", scope, tmp_path)
    imports = [node for node in ast.walk(ast.parse(written.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)]
    missing = [
        f"{node.module}.{name.name}"
        for node in imports
        for name in node.names
        if not hasattr(import_module(str(node.module)), name.name)
    ]
    assert len(imports) > len(("annotations", "Iterator"))
    assert missing == []


def test_a_field_without_an_example_is_named_and_no_schema_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> dict[str, str]:
        raise LookupError("Statement.untrue has no example: write one")

    monkeypatch.setattr(scaffold, "schemas", missing)
    with pytest.raises(ScaffoldError, match=r"Statement\.untrue has no example"):
        scaffold.write_schemas(tmp_path)
    assert everything(tmp_path) == {}


def test_a_module_is_named_in_every_path_that_held_all_modules(site: Path) -> None:
    curriculum = site / "modules/curriculum.yml"
    more = "  first:\n    title: First things\n    summary: For a start.\n    modules: [listening]\n"
    curriculum.write_text(curriculum.read_text("utf-8") + more, "utf-8")
    code, said = run("new", "module", "waiting-well", folder=site)
    assert code == 0
    assert (
        'It stands at the end of order: in curriculum.yml, and in the path "The whole course" and "First things".'
        in said
    )
    run("new", "module", "late", folder=site)
    read = yaml.safe_load(curriculum.read_text("utf-8"))
    assert read["order"] == ["listening", "waiting-well", "late"]
    assert read["paths"]["all"]["modules"] == read["order"]


def test_a_module_that_no_path_names_is_said_to_be_in_none(site: Path) -> None:
    curriculum = site / "modules/curriculum.yml"
    text = curriculum.read_text("utf-8").replace("order: [listening]", "order: [listening, other]")
    curriculum.write_text(text, "utf-8")
    assert "in no path: add it where it belongs" in run("new", "module", "waiting-well", folder=site)[1]
    assert yaml.safe_load(curriculum.read_text("utf-8"))["paths"]["all"]["modules"] == ["listening"]


@pytest.mark.slow
def test_what_the_settings_of_a_new_site_show_is_caught_until_it_is_replaced(tmp_path: Path) -> None:
    """Whoever only takes the # away publishes nothing by it."""
    new_site(SitePlan(tmp_path / "site", "Riverside"))
    configuration = tmp_path / "site/mkdocs.yml"
    lines = configuration.read_text("utf-8").splitlines()
    whole = lines.index("      # organisation:")
    at = lines.index("      #   support:")
    end = next(number for number, line in enumerate(lines) if number > at and not line.startswith("      #   "))
    shown = [line.replace("      # ", "      ", 1) for line in [lines[whole], *lines[at:end]]]
    configuration.write_text("\n".join([*lines[:whole], *shown, *lines[end:]]), "utf-8")
    problems = [problem for problem in gather(configuration).problems if problem.place.file == "mkdocs.yml"]
    # R261 asks who has read modules for safety, which is to be said below them.
    assert [problem.code for problem in problems if problem.code != "R261"] == ["T199"] * 10


@pytest.mark.slow
def test_what_a_coordinator_answers_stands_where_it_belongs(tmp_path: Path) -> None:
    answers = {
        "address": "https://learn.riverside.example/",
        "emergency": 'Call 112: say "help".',
        "lead": "Ana Reed",
        "lead_how": "Room 2",
    }
    new_site(SitePlan(tmp_path / "site", "Riverside", **answers))
    gathered = gather(tmp_path / "site/mkdocs.yml", rules=())
    support = gathered.project.settings.organisation.support
    assert support.emergency is not None and support.safeguarding_lead is not None
    assert (support.emergency.how, support.safeguarding_lead.name) == (answers["emergency"], "Ana Reed")
    assert support.last_verified is not None
    assert gathered.project.address is not None and gathered.project.address[0] == answers["address"]
    assert gathered.project.settings.organisation.name == "Riverside"
    assert [p for p in gathered.problems if p.place.file == "mkdocs.yml" and p.severity == "error"] == []


def test_an_address_that_is_none_is_asked_for_again_before_anything_is_written(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["new", "site", str(tmp_path / "site"), "--address", "learn.example"])
    assert done.exit_code == 2 and "from https:// on" in done.output
    assert not (tmp_path / "site").exists()


def test_what_is_exported_is_not_offered_to_git(tmp_path: Path) -> None:
    """They are some megabytes that anybody can make again."""
    new_site(SitePlan(tmp_path / "site", "Riverside"))
    names = [f"{form.usual_name}.{form.ending}" for form in FORMATS.values()] + ["site.zip", "layer.zip"]

    def git(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = ["git", "-C", str(tmp_path / "site"), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    git("init", "--quiet")
    assert sorted(git("check-ignore", *names).stdout.split()) == sorted(names)
    kept = git("check-ignore", "cohorts/2027-spring.zip")
    assert kept.returncode == 1, "without the version of a group no site is built"
