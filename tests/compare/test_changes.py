"""What changed for learners between two revisions, and the ids that saved work is found by."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from alongside.commands.main import main
from alongside.compare import history
from alongside.compare.changes import Changes, compare, lost_ids
from alongside.compare.report import as_markdown, as_text
from alongside.files.problems import Problem
from alongside.model.curriculum import Curriculum
from alongside.rules import RULES_BY_CODE
from alongside.rules.engine import not_waived
from tests.conftest import BASE
from tests.two_modules import LISTENING, gone, pausing

pytestmark = pytest.mark.slow

QUIZ, HEARING, WAITING, OUTLINE = (f"modules/listening/{name}.yml" for name in ("quiz", "hearing", "waiting", "module"))
CONFIGURATION = "site_name: Test\nplugins:\n  - alongside: {layers: [.]}\n"


def replaced(name: str, *pairs: tuple[str, str]) -> dict[str, str | None]:
    """A file of the small curriculum with words in it replaced."""
    text = BASE[name]
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return {name: text}


def without_question(name: str) -> dict[str, str | None]:
    """The quiz without one of its questions."""
    head, *questions = BASE[QUIZ].split("\n  - kind: ")
    kept = [question for question in questions if f"id: {name}\n" not in question]
    assert len(kept) < len(questions)
    return {QUIZ: "\n  - kind: ".join([head, *kept])}


@pytest.fixture
def changed(a_curriculum: Callable) -> Callable[..., tuple[Changes, Curriculum]]:
    def make(files: dict[str, str | None], before: dict[str, str | None] | None = None) -> tuple[Changes, Curriculum]:
        old = a_curriculum(before).curriculum
        new = a_curriculum(files).curriculum
        return compare(old, new), new

    return make


@pytest.fixture
def lost(changed: Callable) -> Callable[..., list[Problem]]:
    return lambda files, before=None: lost_ids(*changed(files, before))


def named(changes: Changes) -> list[tuple[str, str, str]]:
    return [(change.kind, change.part.noun, change.part.id) for change in changes.changes]


def test_nothing_changed_is_nothing(changed) -> None:
    changes, _ = changed({})
    assert named(changes) == []
    assert changes.kept > 10
    assert "Nothing changed for learners." in as_text(changes, "main")


def test_a_reworded_question_changes_itself_and_not_what_it_stands_in(changed) -> None:
    changes, _ = changed(replaced(QUIZ, ("a strength?", "a strength best?")))
    assert named(changes) == [("changed", "question", "quiz-affirm")]
    assert [change.part.id for change in changes.changed_since] == ["quiz-affirm"]


def test_what_learners_never_see_changes_nothing(changed) -> None:
    assert named(changed(replaced(QUIZ, ("level: analyse", "level: apply")))[0]) == []
    assert named(changed(replaced(OUTLINE, ('version: "1.0"', 'version: "1.1"')))[0]) == []


def test_text_exercises_and_outlines_are_compared(changed) -> None:
    assert named(changed(replaced(WAITING, ("Count to three before", "Count to four before")))[0]) == [
        ("changed", "lesson", "waiting")
    ]
    changes, _ = changed(replaced(OUTLINE, ("A pause is part of the talk.", "A pause belongs to the talk.")))
    assert named(changes) == [("changed", "module", "listening")]


def test_a_removed_question_is_set_aside_and_covers_nothing_any_more(changed) -> None:
    changes, _ = changed(without_question("quiz-affirm"))
    assert named(changes) == [("removed", "question", "quiz-affirm")]
    assert [change.part.id for change in changes.set_aside] == ["quiz-affirm"]
    before, after = changes.measures["listening"]
    assert before and after
    assert after.coverage["reflect"] == before.coverage["reflect"] - 1
    assert (after.words < before.words, after.minutes) == (True, before.minutes - 1)


def test_saved_answers_follow_formerly(changed) -> None:
    renamed = replaced(QUIZ, ("id: quiz-affirm\n", "id: quiz-strength\n    formerly: [quiz-affirm]\n"))
    changes, _ = changed(renamed)
    assert named(changes) == [("renamed", "question", "quiz-strength")]
    assert changes.set_aside == changes.changed_since == ()
    assert [change.part.id for change in changes.followed] == ["quiz-strength"]


def test_a_module_that_was_renamed_is_the_same_module(changed) -> None:
    moved = {name.replace("modules/listening/", "modules/hearing-out/"): text for name, text in BASE.items()}
    moved |= {name: None for name in BASE if name.startswith("modules/listening/")}
    moved["modules/curriculum.yml"] = BASE["modules/curriculum.yml"].replace("listening", "hearing-out")
    outline = "modules/hearing-out/module.yml"
    changes, after = changed(moved | {outline: f"formerly: [listening]\n{BASE[OUTLINE]}"})
    assert named(changes) == [("renamed", "module", "hearing-out")]
    changes, after = changed(moved)
    assert {kind for kind, _, _ in named(changes)} == {"added", "removed"}
    assert [(p.code, p.place.file) for p in lost_ids(changes, after)] == [("M130", outline)]


def test_what_went_to_another_module_is_followed(changed) -> None:
    there = {"lesson": "listening/waiting", "waiting_order": "listening/waiting-order"}
    changes, after = changed({**gone(), **pausing(**there, waiting_guess="listening/waiting-guess")})
    followed = {change.part.id: change.before.module for change in changes.of("renamed") if change.before}
    assert followed == dict.fromkeys(("waiting", "waiting-order", "waiting-guess"), "listening")
    assert [change.part.id for change in changes.set_aside] == ["late-again"], "which went nowhere"
    assert "question pausing/waiting-order (was listening/waiting-order) has a new id" in as_text(changes, "main")
    assert [problem.code for problem in lost_ids(changes, after)] == ["M131"]


def test_what_went_to_another_module_without_saying_so_is_reported_there(lost) -> None:
    problems = lost({**gone(), **pausing()})
    fixes = {problem.fix for problem in problems if problem.code == "M130"}
    assert fixes == {f"formerly: [listening/{name}]" for name in ("waiting", "waiting-order", "waiting-guess")}
    files = {problem.place.file for problem in problems if problem.code == "M130"}
    assert files == {"modules/pausing/waiting.yml"}


def test_what_went_to_another_module_from_one_that_is_gone_is_found_there(lost) -> None:
    before = pausing()
    files = {name: None for name in before if name.startswith("modules/pausing/")}
    back = f"{LISTENING}pausing-well.yml"
    text = before["modules/pausing/waiting.yml"].replace("formerly: [pausing-well]\n", "").replace("id: ", "id: new-")
    outline = BASE[f"{LISTENING}module.yml"].replace("asking, waiting]", "asking, waiting, pausing-well]")
    problems = lost({**files, back: text, f"{LISTENING}module.yml": outline}, before)
    assert {p.fix for p in problems if p.code == "M130"} >= {
        "formerly: [pausing/waiting]",
        "formerly: [pausing/waiting-order]",
    }


def test_modules_that_cannot_be_read_are_left_out(a_curriculum) -> None:
    world = a_curriculum()
    changes = compare(world.curriculum, world.curriculum, {"listening"})
    assert (changes.changes, changes.measures, changes.unread) == ((), {}, ("listening",))
    assert "Not compared" in as_text(changes, "main")
    assert "Nothing changed for learners." not in as_text(changes, "main")


# ------------------------------------------------------------------------ ids


def test_a_changed_id_is_reported_where_it_stands_now(lost) -> None:
    (problem,) = lost(replaced(QUIZ, ("quiz-affirm", "quiz-strength")))
    assert (problem.code, problem.severity, str(problem.place)) == ("M130", "error", f"{QUIZ}:4:5")
    assert problem.fix == "formerly: [quiz-affirm]"


def test_a_removed_id_is_reported_where_its_quiz_or_lesson_is(lost) -> None:
    (problem,) = lost(without_question("quiz-affirm"))
    assert (problem.code, problem.severity, problem.place.file) == ("M131", "info", QUIZ)
    assert problem.fix == "formerly: [quiz-affirm]"


def test_a_renamed_lesson_is_found_by_its_words(lost) -> None:
    moved = {WAITING: None, "modules/listening/leaving-room.yml": BASE[WAITING]}
    (problem,) = lost(moved | replaced(OUTLINE, ("asking, waiting]", "asking, leaving-room]")))
    assert (problem.code, problem.place.file) == ("M130", "modules/listening/leaving-room.yml")
    assert problem.fix == "formerly: [waiting]"


def test_a_place_to_write_in_keeps_its_id(lost) -> None:
    (problem,) = lost(replaced(HEARING, ("        - id: sigh", "        - id: deep-sigh")))
    assert (problem.code, problem.place.file, problem.fix) == ("M130", HEARING, "id: sigh")


def test_a_waiver_covers_a_changed_id(changed) -> None:
    waived = replaced(
        QUIZ, ("quiz-affirm\n", "quiz-strength\n    lint: {allow: [M130], why: It asks something else now.}\n")
    )
    changes, after = changed(waived)
    assert [problem.code for problem in lost_ids(changes, after)] == ["M130"]
    assert not_waived(lost_ids(changes, after), after) == []


_QUESTION = """\
  - kind: short_text
    id: {}
    prompt: {}
    objectives: [reflect]
    accept: [the feeling]
    feedback: A feeling that is named feels heard.
    otherwise: Think of what lies behind the facts.
"""
EARLIER = "questions:\n" + _QUESTION.format("give-back", "What do you give back first?")


@pytest.mark.parametrize(
    ("code", "before"),
    [("M130", EARLIER), ("M131", EARLIER + _QUESTION.format("leave-silence", "How long is a good pause?"))],
)
def test_the_examples_of_rules_of_history(code: str, before: str, lost) -> None:
    """Each example is a quiz that had another question before."""
    for example, codes in ((RULES_BY_CODE[code].document.bad, [code]), (RULES_BY_CODE[code].document.good, [])):
        quiz = yaml.safe_load(example)[QUIZ]
        assert [problem.code for problem in lost({QUIZ: quiz}, {QUIZ: before})] == codes


# -------------------------------------------------------------------- summary


def test_the_summary_in_markdown_holds_no_markup_of_authors(changed) -> None:
    changes, _ = changed(replaced(QUIZ, ("Which reply names a strength?", "<b>@someone</b> [x](https://e.org) | `y`?")))
    said = as_markdown(changes, "main")
    assert "`listening/quiz-affirm`" in said
    assert "@someone" not in said and "](https" not in said and "<b>" not in said and " | \\`" not in said
    assert said.startswith("## What changed for learners since `main`\n")


def test_the_summary_says_what_becomes_of_saved_answers_and_coverage(changed) -> None:
    changes, _ = changed(without_question("quiz-affirm"))
    said = as_markdown(changes, "main")
    assert "set aside, since there is no such thing any more: `listening/quiz-affirm`" in said
    assert "| `listening` | `reflect` |" in said
    assert "| module | objectives assessed twice or more | words | minutes | reading grade |" in said
    text = as_text(changes, "main")
    assert "listening/quiz-affirm" in text and "`" not in text


# ------------------------------------------------------------------------ Git


def git(folder: Path, *arguments: str) -> None:
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    name = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
    command = [shutil.which("git") or "git", *name, "-C", str(folder), *arguments]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **quiet})


@pytest.fixture(scope="module")
def _committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small curriculum in a folder of a repository, committed."""
    site = tmp_path_factory.mktemp("repository") / "top/site"
    for name, text in (BASE | {"mkdocs.yml": CONFIGURATION}).items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, "utf-8")
    (site / "modules/listening/linked.yml").symlink_to("/etc/passwd")
    git(site.parent, "init", "-q")
    git(site.parent, "add", ".")
    git(site.parent, "commit", "-qm", "First")
    (site / "modules/listening/linked.yml").unlink()
    return site


@pytest.fixture
def repository(_committed: Path, tmp_path: Path) -> Path:
    """A copy of it, to change."""
    shutil.copytree(_committed.parent, tmp_path / "top", symlinks=True)
    return tmp_path / "top/site"


def run(site: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--config", str(site / "mkdocs.yml")])


@pytest.mark.slow
def test_a_revision_is_read_without_touching_the_working_tree(repository: Path) -> None:
    quiz = repository / QUIZ
    quiz.write_text(quiz.read_text("utf-8").replace("quiz-affirm", "quiz-strength"), "utf-8")
    before = {path: path.read_bytes() for path in repository.rglob("*") if path.is_file() and not path.is_symlink()}
    result = run(repository, "diff", "HEAD")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "question listening/quiz-strength new" in result.stdout
    assert before == {path: path.read_bytes() for path in before}
    checked = run(repository, "check", "--against", "HEAD")
    assert checked.exit_code == 1
    assert "error M130" in checked.stdout
    assert "M130" not in run(repository, "check").stdout


@pytest.mark.slow
@pytest.mark.parametrize("broken", ["mkdocs.yml", "modules/sources.yml", "modules/glossary.yml", OUTLINE, QUIZ])
def test_what_cannot_be_read_is_no_all_clear(repository: Path, broken: str) -> None:
    path = repository / broken
    path.write_text("layers: x\n<<<<<<< HEAD\n" + path.read_text("utf-8"), "utf-8")
    result = run(repository, "diff", "HEAD")
    assert result.exit_code == 1
    assert broken in result.stdout or "- listening" in result.stdout
    assert "Nothing changed for learners." not in result.stdout


@pytest.mark.slow
def test_a_setting_that_cannot_be_read_is_no_all_clear(repository: Path) -> None:
    path = repository / "mkdocs.yml"
    path.write_text(path.read_text("utf-8") + "\nplugins:\n  - alongside: {leave_ot: [listening]}\n", "utf-8")
    result = run(repository, "diff", "HEAD")
    assert result.exit_code == 1
    assert "mkdocs.yml" in result.stdout
    assert "Nothing changed for learners." not in result.stdout


@pytest.mark.slow
def test_a_removed_id_shows_without_asking_for_notes_and_stops_nothing(repository: Path) -> None:
    (repository / QUIZ).write_text(without_question("quiz-sort")[QUIZ] or "", "utf-8")
    result = run(repository, "check", "--against", "HEAD", "--format", "github")
    assert "::notice file=" in result.stdout and "title=M131" in result.stdout


@pytest.mark.slow
@pytest.mark.parametrize("revision", ["nowhere", "--help-me", "-h", "HEAD:mkdocs.yml", ""])
@pytest.mark.parametrize("command", [("diff", "--"), ("check", "--against")])
def test_a_revision_that_is_not_there_is_one_line(repository: Path, command: tuple[str, ...], revision: str) -> None:
    name, flag = command
    arguments = ["--config", str(repository / "mkdocs.yml"), flag, revision]
    result = CliRunner().invoke(main, [name, *arguments])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Nothing to compare with: there is no revision")
    assert result.stderr.count("\n") == 1


def test_without_git_or_a_repository_one_line_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION, "utf-8")
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules/curriculum.yml").write_text(BASE["modules/curriculum.yml"], "utf-8")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    result = run(tmp_path, "diff", "HEAD")
    assert (result.exit_code, "is in no Git repository" in result.stderr) == (2, True)
    monkeypatch.setattr(history.shutil, "which", lambda _: None)
    result = run(tmp_path, "diff", "HEAD")
    assert (result.exit_code, "Git is not installed" in result.stderr) == (2, True)


@pytest.mark.slow
def test_a_site_that_was_not_there_is_one_line(repository: Path) -> None:
    other = repository.with_name("other")
    shutil.copytree(repository, other, symlinks=True)
    result = run(other, "diff", "HEAD")
    assert (result.exit_code, "there was no other/mkdocs.yml" in result.stderr) == (2, True)


@pytest.mark.slow
def test_files_of_a_revision_that_cannot_be_read_keep_their_module_out(repository: Path) -> None:
    quiz = repository / QUIZ
    quiz.write_text("questions: [", "utf-8")
    git(repository, "commit", "-qam", "Broken")
    quiz.write_text(BASE[QUIZ], "utf-8")
    result = run(repository, "diff", "HEAD")
    assert result.exit_code == 0
    assert "Not compared" in result.stdout and "removed" not in result.stdout


@pytest.mark.slow
def test_links_in_a_revision_are_not_followed(repository: Path) -> None:
    then = history.read_at("HEAD", repository / "mkdocs.yml", learners=False)
    assert then.curriculum is not None
    assert [problem for problem in then.problems if "linked" in problem.place.file] == []
