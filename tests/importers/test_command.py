"""`alongside import`: what it writes and prints, and how it ends."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from alongside.commands.main import main
from alongside.importers import READERS

ROOT = Path(__file__).parents[2]

GOOD = "Who comes first? {=a ~b ~c}\n"
BROKEN = "Who? {=a\n\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)

    def command(text: str, *arguments: str) -> Result:
        Path("bank.gift").write_bytes(text.encode("utf-8", "surrogateescape"))
        return CliRunner().invoke(main, ["import", "gift", "bank.gift", *arguments])

    return command


def test_a_quiz_is_printed_and_the_rest_is_said_elsewhere(run) -> None:
    result = run(GOOD)
    assert result.exit_code == 0
    assert yaml.safe_load(result.stdout)["questions"][0]["id"] == "comes-first"
    assert result.stderr == "1 question imported. Fill in what stands in (write here: …).\n"


@pytest.mark.slow
def test_a_quiz_is_written_with_its_schema_and_never_over_another(run) -> None:
    result = run(GOOD, "--out", "modules/listening/quiz.yml")
    assert (result.exit_code, result.stdout) == (0, "written  modules/listening/quiz.yml\n")
    written = Path("modules/listening/quiz.yml").read_text("utf-8")
    assert written.startswith("# yaml-language-server: $schema=../../.alongside/schemas/quiz.schema.json\nquestions:\n")
    again = run(GOOD.replace("first", "last"), "--out", "modules/listening/quiz.yml")
    assert (again.exit_code, "nothing is ever overwritten" in again.stderr) == (2, True)
    assert Path("modules/listening/quiz.yml").read_text("utf-8") == written


def test_more_than_fit_are_written_into_several_files(run) -> None:
    result = run(f"{GOOD}\n" * 25, "--out", "quiz.yml")
    assert result.exit_code == 0
    assert sorted(path.name for path in Path().glob("quiz*")) == ["quiz-2.yml", "quiz.yml"]
    assert "A quiz holds 20, so they are in 2." in result.stderr


def test_what_cannot_be_imported_is_reported_and_the_rest_is_written(run) -> None:
    result = run(BROKEN + GOOD, "--out", "quiz.yml")
    assert result.exit_code == 1
    assert "bank.gift:1:1  error L120  the answers have no end" in result.stderr
    assert len(yaml.safe_load(Path("quiz.yml").read_text("utf-8"))["questions"]) == 1


def test_the_summary_says_how_many_of_how_many_and_where_the_others_stand(run) -> None:
    result = run(f"{GOOD}\nHow many? {{#few}}\n\n{GOOD.replace('first', 'last')}\nWho? {{~a ~b}}\n")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == (
        "2 of 4 questions imported, 2 not: lines 3, 7. What was not imported stands as a remark in its place. "
        "Fill in what stands in (write here: …)."
    )
    assert "  #     How many? {#few}\n" in result.stdout
    assert len(yaml.safe_load(result.stdout)["questions"]) == 2


def test_nothing_is_said_to_be_filled_in_where_nothing_was_imported(run) -> None:
    assert run("How many? {#few}").stderr.splitlines()[-1] == "0 of 1 question imported, 1 not: line 1."
    assert run("// Only a remark.").stderr == "There is no question in this file.\n"
    assert run("// Only a remark.").exit_code == 1


@pytest.mark.parametrize("form", READERS)
def test_every_form_is_named_where_readers_look_for_it(run, form: str) -> None:
    help_text = CliRunner().invoke(main, ["import", "--help"]).output
    assert form in help_text.partition("Options:")[0]
    for place in (
        "README.md",
        "CONTRIBUTING.md",
        "content/authors/first-module.md",
        "builder/alongside/authoring/skeletons/site/README.md",
    ):
        text = (ROOT / place).read_text("utf-8")
        assert re.search(rf"\b{form}\b", text), place
    assert run(GOOD).exit_code == 0  # the command takes what it says
    assert CliRunner().invoke(main, ["import", form, "bank.gift"]).exit_code in {0, 1}


def test_where_nothing_can_be_imported_nothing_is_written(run) -> None:
    assert run(BROKEN, "--out", "quiz.yml").exit_code == 1
    assert not Path("quiz.yml").exists()
    assert run("caf\udce9 {=a}").stderr.startswith("not written: bank.gift is not UTF-8 text")


def test_a_very_large_bank_is_refused_before_it_is_read(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alongside.commands.import_.MAX_BANK", 1024 * 1024)
    result = run("// a remark\n" * 100_000, "--out", "quiz.yml")
    assert (result.exit_code, "is larger than 1 MB" in result.stderr) == (2, True)
    assert not Path("quiz.yml").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    "sign", ["<![>", "<![CDATA[x", "<!x>", "<!", "<?", "</", "<![if x]>", "<!DOCTYPE a [<!ELEMENT"]
)
@pytest.mark.parametrize("form", ["[html]", "[markdown]", "[moodle]", ""])
def test_signs_that_begin_nothing_in_html_are_imported_or_reported(run, sign: str, form: str) -> None:
    result = run(f"{form}Who {sign} <b>comes</b> first? {{=a {sign} ~b ~c}}\n\n{GOOD}")
    assert result.exit_code in {0, 1}
    assert "comes-first" in result.stdout
    assert "Alongside stopped" not in result.output
