"""The command: what it prints, and how it ends. 0 fine, 1 problems in the content, 2 wrong usage, 3 the build itself failed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from alongside.commands import build_anew, main
from alongside.files.problems import BuildError
from alongside.reports.problems import FORMATS

CONFIGURATION = "site_name: Test\nplugins:\n  - alongside:\n      layers: [.]\n"
LESSON = "title: Give it back\nsummary: How to reflect.\nsteps:\n  - text: Say back what you heard.\n"
UNUSED = {"modules/listening/notes.yml": LESSON}
BROKEN = {
    "modules/listening/hearing.yml": LESSON.replace("summary", "sumary"),
    "modules/glossary.yml": "reflection: a word\n",
}


@pytest.fixture
def run(a_site, monkeypatch: pytest.MonkeyPatch):
    def command(*arguments: str, files: dict[str, str | None] | None = None, charset: str = "utf-8") -> Result:
        monkeypatch.chdir(a_site({"mkdocs.yml": CONFIGURATION} | (files or {})))
        return CliRunner(charset=charset).invoke(main.main, arguments)

    return command


def test_sound_content_ends_with_0(run) -> None:
    result = run("check")
    assert (result.exit_code, result.stdout) == (0, "no problems.\n")


def test_an_error_ends_with_1_and_is_printed_to_standard_output(run) -> None:
    result = run("check", files=BROKEN)
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout == (
        'modules/glossary.yml:1:1  error M103  "reflection" is the text "a word"\n'
        "    expected: keys with values, indented below the id\n"
        "    more:     alongside explain M103\n"
        "\n"
        'modules/listening/hearing.yml:2:1  error M101  the key "sumary" is not known here, did you mean "summary"?\n'
        "    expected: one of: title, objectives, summary, content_note, skill, steps, draft, formerly\n"
        "    fix:      correct or delete the line\n"
        "    more:     alongside explain M101\n"
        "\n"
        "2 errors. Until every file can be read, not everything was checked.\n"
    )


@pytest.mark.slow
def test_a_warning_ends_with_0_unless_checks_are_strict(run) -> None:
    assert run("check", files=UNUSED).exit_code == 0
    result = run("check", "--strict", files=UNUSED)
    assert result.exit_code == 1
    assert result.stdout.endswith("1 warning.\n")


#: Every file of the small site that others rest on.
SHARED = (
    "modules/curriculum.yml",
    "modules/sources.yml",
    "modules/glossary.yml",
    "modules/people.yml",
    "modules/listening/module.yml",
    "modules/listening/quiz.yml",
    "modules/listening/waiting.yml",
    "modules/listening/late-again.yml",
)


@pytest.mark.slow
@pytest.mark.parametrize("broken", ["<<<<<<< HEAD\n", "[a\n", "title: {\n", "\ttitle: x\n", "titel: x\n"])
@pytest.mark.parametrize("shared", SHARED)
@pytest.mark.parametrize("path", ["modules/listening/hearing.yml", "content", "modules/listening"])
def test_what_keeps_a_file_from_being_read_is_reported_whatever_the_path(
    run, path: str, shared: str, broken: str
) -> None:
    found = run("check", path, files={shared: broken, "content/about.md": "# About\n\nUs.\n"})
    assert found.exit_code == 1
    assert shared in found.stdout
    assert "no problems" not in found.stdout
    assert found.stdout.endswith("Until every file can be read, not everything was checked.\n")


@pytest.mark.slow
@pytest.mark.parametrize("shared", ["modules/curriculum.yml", "modules/listening/waiting.yml"])
def test_a_file_that_cannot_be_read_is_no_all_clear_for_another(run, shared: str) -> None:
    found = run("check", "modules/listening/hearing.yml", files={shared: "<<<<<<< HEAD\n"})
    assert (found.exit_code, shared in found.stdout) == (1, True)


@pytest.mark.parametrize("arguments", [["check"], ["check", "modules/listening"]], ids=" ".join)
@pytest.mark.parametrize("configuration", [None, "{\n", "<<<<<<< HEAD\n", "- a\n"])
def test_a_configuration_that_cannot_be_read_says_that_nothing_else_was_checked(
    run, arguments: list[str], configuration: str | None
) -> None:
    found = run(*arguments, files={"mkdocs.yml": configuration, **UNUSED})
    assert found.exit_code == 1
    assert found.stdout.endswith("Until mkdocs.yml can be read, nothing else is checked.\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments", [["ids"], ["coverage"], ["export", "pack", "listening"], ["build", "--quiet"]], ids=" ".join
)
@pytest.mark.parametrize("shared", SHARED)
def test_no_command_says_that_all_is_well_where_a_file_cannot_be_read(run, arguments: list[str], shared: str) -> None:
    found = run(*arguments, files={shared: "<<<<<<< HEAD\n"})
    assert found.exit_code == 1
    assert shared in found.stdout
    assert "Everything has an id" not in found.stdout
    assert "written" not in found.stdout


@pytest.mark.slow
def test_many_findings_that_say_the_same_are_shown_one_by_one_where_that_is_asked_for(run) -> None:
    files = {"content/about.md": "# About\n\n" + "(write here: more)\n\n" * 20}
    few, every = run("check", files=files), run("check", "--all", files=files)
    assert few.stdout.count("T199") == 2
    assert "and 17 more in 1 file: alongside check --all" in few.stdout
    assert every.stdout.count("  warning T199  ") == 20
    assert few.stdout.endswith("20 warnings.\n") and every.stdout.endswith("20 warnings.\n")
    assert len(json.loads(run("check", "--format", "json", files=files).stdout)) == 20


@pytest.mark.slow
def test_errors_stand_first_and_that_is_said(run) -> None:
    files = {"content/about.md": "# About\n\n(write here: more)\n", "modules/listening/quiz.yml": "titel: x\n"}
    said = run("check", files=files).stdout
    assert said.index(" error ") < said.index(" warning ")
    assert "The errors stand first." in said


@pytest.mark.slow
def test_a_folder_with_sound_files_beside_one_that_can_be_read_is_not_blamed_for_the_rest(run) -> None:
    found = run("check", "modules/listening/hearing.yml", files=UNUSED)
    assert (found.exit_code, found.stdout) == (0, "no problems.\n")


#: Files that can be read, each with something that a rule finds.
FAULTY = {**UNUSED, "modules/listening/hearing.yml": LESSON + "  - text: Click [here](nowhere/).\n"}


@pytest.mark.slow
@pytest.mark.parametrize("path", ["modules/listening/hearing.yml", "./modules/../modules/listening/hearing.yml"])
def test_with_a_path_only_what_is_below_it_is_reported(run, path: str) -> None:
    result = run("check", path, files=FAULTY)
    assert result.exit_code == 1
    assert "hearing.yml" in result.stdout
    assert "notes.yml" not in result.stdout
    assert "notes.yml" in run("check", "modules/listening", files=FAULTY).stdout


@pytest.mark.slow
def test_what_a_rule_finds_elsewhere_does_not_make_a_path_fail(run) -> None:
    result = run("check", "modules/sources.yml", "modules/listening/quiz.yml", files=FAULTY)
    assert (result.exit_code, result.stdout) == (0, "no problems.\n")


@pytest.mark.slow
def test_a_path_reaches_files_of_other_layers(run) -> None:
    layers = {"mkdocs.yml": CONFIGURATION.replace("[.]", "[., extra]"), "extra/modules/glossary.yml": "a: b\n"}
    assert "extra:modules/glossary.yml:1:1" in run("check", "extra", files=layers).stdout


def test_a_path_that_is_not_there_is_wrong_usage(run) -> None:
    result = run("check", "modules/lisening")
    assert result.exit_code == 2
    assert "modules/lisening" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["chekc"],
        ["check", "--format", "xml"],
        ["check", "--srtict"],
        ["explain"],
        ["explain", "Q999"],
        ["build", "modules"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error" in result.stderr


def test_a_wrong_code_gets_the_nearest_one(run) -> None:
    assert 'did you mean "Q103"' in run("explain", "Q103x").stderr


def test_a_rule_is_explained_in_either_case(run) -> None:
    result = run("explain", "q103")
    assert result.exit_code == 0
    assert result.stdout.startswith("Q103")
    assert "Not so:" in result.stdout and "Rather:" in result.stdout


def test_json_is_a_list_of_everything(run) -> None:
    result = run("check", "--format", "json", files=BROKEN)
    assert result.exit_code == 1
    assert [(entry["file"], entry["line"], entry["column"], entry["code"]) for entry in json.loads(result.stdout)] == [
        ("modules/glossary.yml", 1, 1, "M103"),
        ("modules/listening/hearing.yml", 2, 1, "M101"),
    ]


@pytest.mark.slow
def test_json_of_sound_content_is_an_empty_list(run) -> None:
    result = run("check", "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


@pytest.mark.parametrize("command", ["check", "build"])
def test_without_a_configuration_the_content_is_at_fault(run, command: str) -> None:
    result = run(command, files={"mkdocs.yml": None})
    assert result.exit_code == 1
    assert "mkdocs.yml:1:1  error L101" in result.stdout


@pytest.mark.slow
def test_the_configuration_can_stand_elsewhere(run) -> None:
    assert run("check", "--config", "mkdocs.yml").exit_code == 0
    assert run("check", "--config", "other/mkdocs.yml").exit_code == 1


@pytest.mark.slow
def test_a_build_with_errors_ends_with_1(run) -> None:
    result = run("build", "--quiet", files=BROKEN)
    assert result.exit_code == 1
    assert result.stdout.endswith("2 errors.\n")
    assert not Path("site").exists()


def test_a_build_that_fails_by_itself_ends_with_3_and_one_line(run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise BuildError("the disk is full\x1b[31m")

    monkeypatch.setattr(build_anew, "build_site", fail)
    result = run("build", "--quiet")
    assert (result.exit_code, result.stdout, result.stderr) == (
        3,
        "",
        "The site was not built: the disk is full\\u001b[31m\n",
    )


#: Files that try to give orders to a terminal, or to hide something from a reader.
HOSTILE = {
    "modules/listening/hearing.yml": "title: a\x1b[31mb\n",
    "modules/listening/asking.yml": 'title: "a\\e[31mb"\n',
    "modules/listening/waiting.yml": '"a\\e[31mb": c\n',
    "modules/listening/quiz.yml": "title: a\x9b31m\n",
    "modules/glossary.yml": "title: a\udc9b31m\n",
    "modules/people.yml": '"\\r": c\n',
    "modules/sources.yml": 'title: "a\\u202eb"\n',
    "content/about.md": "# a\x1b]0;b\x07\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_no_instruction_to_a_terminal_gets_through(run, form: str) -> None:
    result = run("check", "--format", form, files=HOSTILE)
    assert result.exit_code == 1, result.exception
    assert [name for name in HOSTILE if name not in result.stdout] == []
    assert all(line.isprintable() for line in result.stdout.split("\n"))


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="other systems do not allow such names")
def test_no_instruction_gets_through_in_the_name_of_a_file(run) -> None:
    name = "modules/listening/" + os.fsdecode(b"\x1b[31m\xe9\xe2\x80\xae") + ".yml"
    for form in FORMATS:
        result = run("check", "--format", form, files={name: LESSON})
        assert result.exit_code == 1, result.exception
        assert "L114" in result.stdout
        assert all(line.isprintable() for line in result.stdout.split("\n"))


@pytest.mark.slow
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_terminal_that_lacks_letters_gets_their_numbers(run, form: str) -> None:
    result = run(
        "check",
        "--format",
        form,
        "modules/glossary.yml",
        files={"modules/glossary.yml": "reflection: “é”\n"},
        charset="latin-1",
    )
    assert result.exit_code == 1, result.exception
    assert "\\u201c" in result.stdout and "\\u201d" in result.stdout


def test_coverage_is_a_table_of_modules(run) -> None:
    result = run("coverage")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("module") and "listening" in result.stdout


def test_coverage_says_first_what_is_broken(run) -> None:
    result = run("coverage", files=BROKEN)
    assert result.exit_code == 1
    assert "modules/listening/hearing.yml:2:1" in result.stdout


def test_the_version_is_told(run) -> None:
    assert run("--version").stdout.startswith("alongside, version ")


# ------------------------------------------------------- the list of commands


def test_each_command_has_the_name_that_the_list_says() -> None:
    assert {name: command.name for name, command in main.main.commands.items()} == {
        name: name for name in main.COMMANDS
    }


def test_the_list_of_commands_loads_none_of_them() -> None:
    """It takes a twentieth of a second, and loading all commands takes half of one."""
    look = "import sys; from alongside.commands.main import main; main(['--help'], standalone_mode=False); sys.exit('alongside.build' in sys.modules or 'pydantic' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=False)
    assert result.returncode == 0
    assert all(name in result.stdout for name in main.COMMANDS)
