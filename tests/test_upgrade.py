"""A site with an overlay meets the next version of what comes along: each consequence is said, and nothing unasked goes live."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from alongside.commands.main import main
from alongside.load import layers
from tests.conftest import BASE
from tests.load.test_layers import LESSON, MODULE, write

pytestmark = pytest.mark.slow

QUIZ, HEARING, ASKING, OUTLINE = (f"modules/listening/{name}.yml" for name in ("quiz", "hearing", "asking", "module"))
CONFIGURATION = "site_name: Test\ndocs_dir: content\nplugins:\n  - alongside:\n      layers: [bundled, .]\n"
ORDER = "title: Ours\nsummary: What it is.\norder: [listening]\n"
NEW = {"modules/trust/module.yml": MODULE.format(title="Trust"), "modules/trust/first.yml": LESSON}
CHANGELOG = "# News\n\n## 0.2.0\n\n- A lesson on resting.\n\n## 0.1.0\n\n- The first version.\n"
#: A sentence of the lesson that the site takes over.
OLD_TITLE = BASE[HEARING].splitlines()[0]


def next_version() -> dict[str, str]:
    """What comes along, in which a question has gone, one has another id, one other words, and a lesson and a module are new."""
    head, *questions = BASE[QUIZ].split("\n  - kind: ")
    kept = [question for question in questions if "id: quiz-signs\n" not in question]
    quiz = "\n  - kind: ".join([head, *kept])
    quiz = quiz.replace("id: quiz-affirm\n", "id: quiz-strength\n    formerly: [quiz-affirm]\n")
    quiz = quiz.replace("calls a hard number three times", "calls a hard number four times")
    outline = BASE[OUTLINE].replace(
        "lessons: [hearing, asking, waiting]", "lessons: [hearing, asking, waiting, resting]"
    )
    resting = LESSON.replace("objectives: [do]", "objectives: [wait]").replace("title: First", "title: Resting")
    return {
        **BASE, **NEW, "modules/CHANGELOG.md": CHANGELOG, QUIZ: quiz, OUTLINE: outline,
        "modules/listening/resting.yml": resting,
        HEARING: BASE[HEARING].replace(OLD_TITLE, f"{OLD_TITLE} and more"),
        ASKING: BASE[ASKING].replace("steps:\n", "steps:\n  - text: New and first.\n", 1),
    }  # fmt: skip


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site over the small curriculum as what comes along, in version 0.1.0."""
    below = write(tmp_path / "package", BASE)
    for module in ("alongside.load.project", "alongside.authoring.scaffold", "alongside.render.assets"):
        if hasattr(__import__(module, fromlist=["x"]), "bundled_root"):
            monkeypatch.setattr(f"{module}.bundled_root", lambda: below, raising=False)
    shutil.copytree(Path(__file__).parents[1] / "theme", below / "theme")
    own = write(tmp_path / "site", {"mkdocs.yml": CONFIGURATION, "modules/curriculum.yml": ORDER})
    monkeypatch.chdir(own)
    return own


@pytest.fixture
def upgraded(site: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    def upgrade() -> None:
        write(site.parent / "package", next_version())
        monkeypatch.setattr(layers, "__version__", "0.2.0")

    return upgrade


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments])


def said(*arguments: str) -> str:
    return run(*arguments).output


@pytest.mark.usefixtures("site")
def test_nothing_is_called_unchanged_of_which_nothing_is_known() -> None:
    outcome = run("diff")
    assert outcome.exit_code == 2
    assert "nothing is known of what was last published" in outcome.output
    assert "Nothing changed" not in outcome.output


def test_an_upgrade_is_told_in_all_layers(upgraded: Callable[[], None]) -> None:
    assert run("diff", "--note").exit_code == 0
    assert "Nothing changed for learners." in said("diff")
    upgraded()
    text = said("diff")
    assert "bundled 0.1.0 → 0.2.0" in text
    assert "What its authors say of bundled\n  - A lesson on resting.\n\n" in text
    assert "  - trust of bundled" in text, "the new module waits"
    assert "lesson listening/resting new" in text
    assert "question listening/quiz-strength (was quiz-affirm) has a new id, and changed" in text
    assert "question listening/quiz-signs gone" in text
    assert "set aside, since there is no such thing any more: listening/quiz-signs" in text
    assert "lesson listening/hearing changed" in text


def test_a_new_module_does_not_go_live_unasked(site: Path, upgraded: Callable[[], None]) -> None:
    upgraded()
    checked = said("check")
    assert 'the module "trust" of bundled waits' in checked
    write(site, {"modules/curriculum.yml": ORDER.replace("[listening]", "[listening, trust]")})
    assert "waits" not in said("check")


def test_what_the_site_has_changed_stays_and_the_change_of_its_original_is_told(
    site: Path, upgraded: Callable[[], None]
) -> None:
    for address in ("listening/hearing.title", "listening/asking#text-1", "listening/quiz#quiz-affirm.prompt"):
        assert run("take", address).exit_code == 0, said("take", address)
    overlay = site / "modules/listening/overlay.yml"
    text = overlay.read_text("utf-8")
    overlay.write_text(text.replace("title: ", "title: Our "), "utf-8")
    assert "R256" not in said("check")
    upgraded()
    checked = said("check")
    assert 'the original of "listening/hearing.title", which you took over from bundled, has changed since' in checked
    assert 'the original of "listening/quiz#quiz-affirm.prompt"' in checked
    # The text that the site took over is the second now, and its own words stand there and nowhere else.
    assert "listening/asking#text-1" not in "".join(line for line in checked.splitlines() if "R256" in line)
    found = [
        line for line in said("where", "listening/asking").splitlines() if "overlay" in line and "replace" not in line
    ]
    assert any("asking#text-2  modules/listening/overlay.yml" in line for line in found), found


def test_a_part_that_has_gone_stops_the_site_rather_than_letting_its_change_vanish(
    site: Path, upgraded: Callable[[], None]
) -> None:
    write(site, {"modules/listening/overlay.yml": "leave_out: [quiz#quiz-signs]\n"})
    assert run("check").exit_code == 0
    upgraded()
    outcome = run("check")
    assert outcome.exit_code == 1 and 'there is no "quiz#quiz-signs" to change' in outcome.output


def test_drift_shows_both_sides_and_joins_them_beside_the_site(
    site: Path, upgraded: Callable[[], None], tmp_path: Path
) -> None:
    run("take", "listening/hearing")
    own = site / "modules/listening/hearing.yml"
    own.write_text(own.read_text("utf-8").replace("objectives: [reflect]", "objectives: [reflect, ask]"), "utf-8")
    live = own.read_text("utf-8")
    assert "Nothing that was taken over has changed" in said("drift")
    upgraded()
    text = said("drift")
    assert "listening/hearing, taken over from bundled 0.1.0 → 0.2.0" in text
    assert "can be joined" in text
    run("drift", "--out", str(tmp_path / "proposals"))
    proposal = (tmp_path / "proposals/listening_hearing.yml").read_text("utf-8")
    assert f"{OLD_TITLE} and more" in proposal and "objectives: [reflect, ask]" in proposal and "<<<<" not in proposal
    assert own.read_text("utf-8") == live
    assert "is yours already" in said("take", "listening/hearing")
    assert "Nothing that was taken over has changed" in said("drift")


def move_to_trust(package: Path) -> None:
    """The next version once a lesson and a question of what comes along have moved to another module."""
    question = next(one for one in BASE[QUIZ].split("\n  - kind: ") if "id: quiz-signs\n" in one)
    moved = question.replace("id: quiz-signs\n", "id: signs\n    formerly: [listening/quiz-signs]\n")
    head = BASE[QUIZ].partition("\n  - kind: ")[0]
    (package / HEARING).unlink()
    write(
        package,
        {
            "modules/trust/attending.yml": f"formerly: [listening/hearing]\n{BASE[HEARING]}",
            "modules/trust/quiz.yml": f"{head}\n  - kind: {moved}\n",
        },
    )


def test_drift_and_check_follow_what_moved_to_another_module(site: Path, upgraded: Callable[[], None]) -> None:
    for address in ("listening/hearing.title", "listening/hearing#text-1", "listening/quiz#quiz-signs.prompt"):
        assert run("take", address).exit_code == 0, said("take", address)
    upgraded()
    move_to_trust(site.parent / "package")
    text = said("drift")
    assert "The original is trust/attending.title now." in text
    assert "The original is trust/attending#text-1 now." in text, "a part goes with its lesson"
    assert "The original is trust/quiz#signs.prompt now." in text
    assert "has gone" not in text
    checked = said("check")
    assert 'has moved to "trust/attending.title" since' in checked, checked
    assert 'has moved to "trust/quiz#signs.prompt" since' in checked, checked


def test_a_lesson_taken_over_as_a_file_is_named_when_its_original_has_moved(
    site: Path, upgraded: Callable[[], None]
) -> None:
    run("take", "listening/hearing")
    upgraded()
    package = site.parent / "package"
    (package / HEARING).unlink()
    write(
        package,
        {
            OUTLINE: BASE[OUTLINE].replace("[hearing, asking, waiting]", "[asking, waiting]"),
            "modules/trust/attending.yml": f"formerly: [listening/hearing]\n{BASE[HEARING]}",
        },
    )
    assert "The original is trust/attending now. Move your change there." in said("drift")
    checked = said("check")
    assert f'{HEARING}:1:1  warning R256  the original of "listening/hearing"' in checked
    assert 'has moved to "trust/attending" since' in checked, checked
    assert (
        f'{HEARING}:1:1  error L127  "listening/hearing", which is changed here, has moved to "trust/attending"'
        in checked
    )
    assert "move your change there, into modules/trust/attending.yml, then delete it here" in checked


def test_what_was_taken_over_as_a_whole_is_named_when_its_original_has_gone_until_that_is_seen(
    site: Path, upgraded: Callable[[], None]
) -> None:
    package = site.parent / "package"
    write(package, {"content/about.md": "# About\n\nUs.\n"})
    word = "glossary#" + BASE["modules/glossary.yml"].partition(":")[0]
    for address in ("listening/waiting", "content/about.md", word):
        assert run("take", address).exit_code == 0, said("take", address)
    upgraded()
    for name in ("modules/listening/waiting.yml", "content/about.md", "modules/glossary.yml"):
        (package / name).unlink()
    drift, checked = said("drift"), said("check")
    for address in ("listening/waiting", "content/about.md", word):
        assert f"{address}, taken over from bundled 0.1.0\n  The original has gone." in drift, drift
        assert f'the original of "{address}", which you took over from bundled, has gone since' in checked, checked
        assert f"alongside take {address} then forgets the original" in checked
    own = (site / "content/about.md").read_text("utf-8")
    assert "is yours already" in said("take", "content/about.md")
    assert (site / "content/about.md").read_text("utf-8") == own
    assert "content/about.md" not in said("drift")


def test_a_module_taken_over_is_followed_when_its_original_has_another_name_and_forgotten_at_once(
    site: Path, upgraded: Callable[[], None]
) -> None:
    assert run("take", "listening").exit_code == 0, said("take", "listening")
    upgraded()
    folder = site.parent / "package/modules/listening"
    renamed = folder.rename(folder.with_name("hearing-out"))
    (renamed / "waiting.yml").rename(renamed / "pausing.yml")
    outline = (renamed / "module.yml").read_text("utf-8").replace(", waiting", ", pausing")
    write(
        renamed,
        {
            "module.yml": f"formerly: [listening]\n{outline}",
            "pausing.yml": "formerly: [waiting]\n" + (renamed / "pausing.yml").read_text("utf-8"),
        },
    )
    text = said("drift")
    for was, now in (("hearing", "hearing"), ("waiting", "pausing"), ("module", "module")):
        assert f"listening/{was}, taken over" in text and f"The original is hearing-out/{now} now." in text, text
    assert "is yours already" in said("take", "listening")
    assert "listening/" not in said("drift")


def test_a_folder_that_changes_a_module_of_another_name_now_is_told_that_name(
    site: Path, upgraded: Callable[[], None]
) -> None:
    write(site, {"modules/listening/overlay.yml": "replace: {hearing.title: Ours}\n"})
    upgraded()
    folder = site.parent / "package/modules/listening"
    outline = (folder / "module.yml").read_text("utf-8")
    write(folder.rename(folder.with_name("hearing-out")), {"module.yml": f"formerly: [listening]\n{outline}"})
    checked = said("check")
    assert 'the module "listening", which is changed here, is called "hearing-out" now' in checked, checked
    assert "rename the folder to modules/hearing-out" in checked
    (site / "modules/listening").rename(site / "modules/hearing-out")
    assert "L101" not in said("check")


def test_a_change_of_a_part_that_has_moved_names_its_new_address(site: Path, upgraded: Callable[[], None]) -> None:
    overlay = "leave_out: [quiz#quiz-signs]\nreplace: {hearing.title: Ours}\n"
    write(site, {"modules/listening/overlay.yml": overlay})
    upgraded()
    move_to_trust(site.parent / "package")
    checked = said("check")
    assert '"listening/quiz#quiz-signs", which is changed here, has moved to "trust/quiz#signs"' in checked, checked
    assert '"listening/hearing.title", which is changed here, has moved to "trust/attending.title"' in checked, checked
    assert "move your change there, into modules/trust/overlay.yml, then delete it here" in checked
    assert "to change" not in checked


def test_where_both_sides_changed_the_same_lines_the_proposal_marks_them(
    site: Path, upgraded: Callable[[], None], tmp_path: Path
) -> None:
    run("take", "listening/hearing")
    own = site / "modules/listening/hearing.yml"
    own.write_text(own.read_text("utf-8").replace(OLD_TITLE, "title: Ours"), "utf-8")
    upgraded()
    assert "Both sides changed the same lines in 1 place." in said("drift")
    run("drift", "--out", str(tmp_path / "proposals"))
    proposal = (tmp_path / "proposals/listening_hearing.yml").read_text("utf-8")
    assert "<<<<<<< yours\n" in proposal and "title: Ours\n" in proposal and "and more\n>>>>>>>" in proposal
    assert "<<<<" not in own.read_text("utf-8")


@pytest.mark.parametrize("address", ["listening/hearing", "content/about.md"])
def test_an_own_version_in_another_encoding_is_named_with_its_place(
    site: Path, upgraded: Callable[[], None], address: str
) -> None:
    write(site.parent / "package", {"content/about.md": "# About\n\nUs.\n"})
    run("take", address)
    upgraded()
    write(site.parent / "package", {"content/about.md": "# About\n\nUs all.\n"})
    own = site / (address if "." in address else f"modules/{address}.yml")
    own.write_bytes(own.read_bytes() + "# Café\n".encode("latin-1"))
    outcome = run("drift")
    assert outcome.exit_code == 1 and isinstance(outcome.exception, SystemExit), outcome.exception
    assert f"{own.relative_to(site)}:" in outcome.output and "error L102" in outcome.output, outcome.output


def test_a_revision_says_of_which_layers_nothing_is_known(site: Path) -> None:
    git = shutil.which("git")
    assert git
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    for words in (("init", "-q"), ("add", "-A"), (*who, "commit", "-qm", "All")):
        subprocess.run([git, "-C", str(site), *words], check=True)  # found on the path
    text = said("diff", "HEAD")
    assert "Nothing changed for learners in what can be compared." in text
    assert "Not compared" in text and "  - bundled" in text


def test_what_is_remembered_survives_its_file_and_nothing_else_is_believed(site: Path) -> None:
    run("diff", "--note")
    path = site / ".alongside/published.json"
    held = json.loads(path.read_text("utf-8"))
    assert held["published"]["layers"] == {"bundled": "0.1.0", ".": ""}
    for broken in ("<<<<<<< HEAD\n", "[" * 50_000, '{"form": 1, "published": {"on": "2026-01-01"}}', '{"form": 9}'):
        path.write_text(broken, "utf-8")
        outcome = run("diff")
        assert outcome.exit_code == 1 and "L130" in outcome.output, outcome.output
