"""Ids are filled in, and nothing else of a file changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from alongside.authoring.ids import fillings, slug, write
from alongside.commands.main import main
from alongside.files.edits import END, Insertion, inserted, new_entry, put
from alongside.files.source import read_bytes
from alongside.load.curriculum import load_curriculum
from alongside.load.layers import Layer
from tests.conftest import BASE

AWKWARD = """\
# head

title:   Two spaces   # keep
summary: >-
  one
  two

  three
steps:
    # before the step
    - question:   # a remark
          kind: choice   # the kind
          prompt: "What does 'a good week' look like?"

          options:
          - text: “Curly, quotes”   # why
            correct: true
            feedback: |
              A block

              with blanks

          # a comment between
          -   # after the dash
            text: >-
              a folded
              text
            feedback: 'single ''quoted'''
          - {text: One, feedback: "x: y"}
          - id:   # nothing yet
            text: Empty id
            feedback: no
    - rules:
      - rule: Ask before you offer, on a line that goes on and on past every width at which a program would break it in two, truly.
        why: because
    - exercise: {kind: checklist, title: Readiness, instructions: Do, items: [{text: 日本語}, {text: One}, {text: One}]}
    - question: {kind: gap, prompt: Fill it, text: "a {x} b", gaps: {x: {label: l, accept: [a], feedback: f, options: [{text: true, feedback: g}]}}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "modules/topic").mkdir(parents=True)
    return tmp_path / "modules/topic"


def filled(folder: Path, text: str | bytes, name: str = "lesson.yml") -> tuple[str, list[str]]:
    """The file after ids were written, and the ids."""
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    found, problems = fillings([folder / name], folder)
    assert problems == []
    write(found)
    return (folder / name).read_bytes().decode(), [proposal.id for filling in found for proposal in filling.proposals]


def test_everything_without_an_id_gets_a_short_readable_one(folder: Path) -> None:
    assert filled(folder, AWKWARD)[1] == [
        "good-week-look-like", "curly-quotes", "folded-text", "one", "empty-id",
        "ask-offer-line-goes", "readiness", "item-1", "one", "one-2", "fill", "option-1",
    ]  # fmt: skip


def test_taking_the_ids_out_again_gives_the_file_byte_for_byte(folder: Path) -> None:
    after, ids = filled(folder, AWKWARD)
    for name in ids:
        after = re.sub(
            rf"\n *id: {name}(?=\n)|id: {name}\n +|id: {name}, | {name}(?=   # nothing yet)", "", after, count=1
        )
    assert after == AWKWARD


def test_every_other_line_stays_and_in_order(folder: Path) -> None:
    lines = iter(filled(folder, AWKWARD)[0].splitlines())
    untouched = [
        line
        for line in AWKWARD.splitlines()
        if "{" not in line and "- text:" not in line and "- rule:" not in line and "id:" not in line
    ]
    assert all(line in lines for line in untouched)


def test_a_second_run_finds_nothing(folder: Path) -> None:
    filled(folder, AWKWARD)
    assert fillings([folder], folder) == ([], [])


def test_line_ends_and_the_mark_of_the_encoding_stay(folder: Path) -> None:
    text = "\ufefftitle: x\r\nsteps:\r\n  - rules:\r\n      - rule: Wait first.\r\n        why: x\r\n"
    after = filled(folder, text)[0]
    assert after == text.replace("- rule:", "- id: wait-first\r\n        rule:")


def test_ids_of_questions_are_unique_in_their_module(folder: Path) -> None:
    (folder / "quiz.yml").write_text("questions:\n  - {kind: choice, id: why-wait, prompt: x}\n", "utf-8")
    assert filled(
        folder,
        "steps:\n  - question: {kind: choice, prompt: 'Why wait?'}\n  - predict: {kind: choice, prompt: 'Why wait?'}\n",
    )[1] == ["wait", "wait-2"]
    (folder / "quiz.yml").write_text("questions:\n  - {kind: choice, id: x, formerly: [wait], prompt: x}\n", "utf-8")
    assert filled(folder, "steps:\n  - question: {kind: choice, prompt: 'Why wait?'}\n")[1] == ["wait-2"]


def test_every_id_of_the_small_world_can_be_made_anew(tmp_path: Path) -> None:
    """Whatever has an id in the model gets one, and what comes out is read without an error about ids."""
    for name, text in BASE.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".yml" and path.parent.name == "listening":
            first_gone = re.sub(r"^( *)- id: .*\n +", r"\1- ", text, flags=re.MULTILINE)
            path.write_text(re.sub(r"^ +id: (?!confidence).*\n", "", first_gone, flags=re.MULTILINE), "utf-8")
        else:
            path.write_text(text, "utf-8")
    found, problems = fillings([tmp_path / "modules"], tmp_path)
    write(found)
    assert sum(len(filling.proposals) for filling in found) > 60
    _, loading = load_curriculum([Layer("test", tmp_path)])
    assert [p for p in (*problems, *loading) if p.code.startswith("M")] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("What would you say to Owen?", "say-owen"), ("“I can’t do this week.”", "cant-week"), ("Café über Straße", "cafe-uber-strae"),
        ("the", "the"), ("日本語", ""), ("2014", ""), ("true", ""), ("x" * 90, "x" * 32),
    ],
)  # fmt: skip
def test_a_slug(text: str, name: str) -> None:
    assert slug(text) == name


def test_without_write_nothing_changes(folder: Path) -> None:
    (folder / "lesson.yml").write_text(AWKWARD, "utf-8")
    result = CliRunner().invoke(main, ["ids", str(folder)])
    assert (result.exit_code, (folder / "lesson.yml").read_text("utf-8")) == (0, AWKWARD)
    assert "12 ids missing. Write them with: alongside ids --write" in result.output


def test_a_file_that_cannot_be_read_is_left_alone_and_reported(folder: Path) -> None:
    (folder / "lesson.yml").write_text("steps: [\n", "utf-8")
    result = CliRunner().invoke(main, ["ids", "--write", str(folder)])
    assert result.exit_code == 1
    assert "error L" in result.output
    assert (folder / "lesson.yml").read_text("utf-8") == "steps: [\n"


def test_an_id_that_only_a_person_can_write_is_reported(folder: Path) -> None:
    (folder / "lesson.yml").write_text("steps:\n  - rules:\n      - id: ~\n        rule: Wait\n", "utf-8")
    found, problems = fillings([folder], folder)
    assert (found, [problem.code for problem in problems]) == ([], ["M111"])


# ------------------------------------------------------------------------- edits


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("order: [a, b]  # x\nz: 1\n", "order: [a, b, new]  # x\nz: 1\n"),
        ("order: []\n", "order: [new]\n"),
        ('order: [a,\n  "b"\n  ]\n', 'order: [a,\n  "b", new\n  ]\n'),
        ("order:\n- a\n- b   # last\n\nz: 1\n", "order:\n- a\n- b   # last\n- new\n\nz: 1\n"),
        ("order:\n    -  a", "order:\n    -  a\n    - new"),
    ],
)
def test_a_word_is_added_to_a_list_as_the_list_is_written(text: str, after: str) -> None:
    mapping, _ = read_bytes(text.encode(), "x")
    insertion = new_entry(text.encode(), mapping["order"], "new")
    assert inserted(text.encode(), [insertion]).decode() == after


def test_insertions_on_one_line_do_not_shift_each_other() -> None:
    assert inserted(b"ab\n", [Insertion(1, 1, "x"), Insertion(1, 2, "y"), Insertion(1, END, "z")]) == b"xaybz\n"


def test_where_the_disk_refuses_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"old")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match=r"exists|directory"):
        put({tmp_path / "new": b"1", tmp_path / "file/below": b"2"}, {tmp_path / "old": b"changed"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "old"]
    assert (tmp_path / "old").read_bytes() == b"old"
