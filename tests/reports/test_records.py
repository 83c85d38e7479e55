"""What learners handed in is put together, what cannot be relied on is named, and a hostile file does no harm."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from alongside.commands.main import main
from alongside.commands.records import spreadsheet
from alongside.load.project import bundled_root
from alongside.render.index import known_modules
from alongside.render.record_summary import COLUMNS, summary_page
from alongside.reports import records
from alongside.reports.records import Handed, Summary, as_csv, checksum, read_all, rows
from alongside.words.language import ENGLISH
from tests.conftest import BASE

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 30)
EXAMPLE = json.loads((Path(__file__).parent / "statement.json").read_text("utf-8"))
Read = Callable[..., Summary]


@pytest.fixture
def modules(a_curriculum: Any) -> dict[str, Any]:
    return known_modules(a_curriculum().curriculum)


@pytest.fixture
def statement(modules: dict[str, Any]) -> dict[str, Any]:
    """The example with the fingerprints of now."""
    made: dict[str, Any] = json.loads(json.dumps(EXAMPLE))
    known = modules["listening"]["questions"]
    answers = made["modules"]["listening"]["questions"]
    del answers["third"]
    for name, question in known.items():
        if question["part"] in {"asking", "waiting"} or name == "hearing-reply":
            answers[name] = {"fingerprint": question["fingerprint"], "score": 1, "attempts": 1, "met": []}
    answers["hearing-reply"] |= {"score": 0, "met": ["fix"]}
    return summed(made)


def summed(made: dict[str, Any]) -> dict[str, Any]:
    return made | {"checksum": checksum(made)}


@pytest.fixture
def read(tmp_path: Path, modules: dict[str, Any]) -> Read:
    def of(**files: Any) -> Summary:
        for name, content in files.items():
            data = content if isinstance(content, bytes) else json.dumps(content).encode("utf-8", "surrogatepass")
            (tmp_path / f"{name}.json").write_bytes(data)
        return read_all(tmp_path, modules, "Small", TODAY)

    return of


def doubts(one: Handed) -> list[str]:
    return [doubt.message for doubt in one.doubts]


# ------------------------------------------------------------------ what is read


def test_the_sum_is_the_one_that_scripts_work_out() -> None:
    assert checksum(EXAMPLE) == EXAMPLE["checksum"]


def test_a_sound_file_says_who_finished_what(read: Read, statement: dict[str, Any]) -> None:
    summary = read(zoe=statement)
    [one] = summary.handed
    assert (one.name, one.made, doubts(one), summary.refused) == ("Zoë “Ana” Reed", "2026-11-20", [], ())
    [state] = one.modules
    assert (state.title, state.version, state.done, state.parts, state.on) == (
        "Listening first",
        "1.0",
        3,
        4,
        "2026-11-19",
    )
    assert (state.before, state.after) == ("Not yet", "On my own")
    assert state.beliefs == ("A tool is what people come for.",)
    assert not state.finished


def test_the_group_is_counted_without_names(read: Read, statement: dict[str, Any]) -> None:
    other = summed(statement | {"name": "Bo", "made": "2026-11-21"})
    other["modules"] = json.loads(json.dumps(statement["modules"]))
    other["modules"]["listening"]["confidence"] = {}
    [group] = read(zoe=statement, bo=summed(other)).groups
    assert (group.begun, group.finished) == (2, 0)
    assert group.confidence == (("Not yet", 1, 0), ("On my own", 0, 1))
    assert group.beliefs == (("A tool is what people come for.", 2),)


def test_objectives_are_shown_as_on_the_page_on_progress(
    read: Read, statement: dict[str, Any], modules: dict[str, Any]
) -> None:
    [state] = read(zoe=statement).handed[0].modules
    texts = modules["listening"]["objectives"]
    assert texts["reflect"] not in state.shown and set(state.shown) <= set(texts.values())


def test_a_tick_without_any_answer_does_not_count(read: Read, statement: dict[str, Any]) -> None:
    statement["modules"]["listening"]["questions"] = {}
    [one] = read(zoe=summed(statement)).handed
    assert records.TICKED in doubts(one)
    assert one.modules[0].done < 3


def test_renamed_parts_are_followed(read: Read, statement: dict[str, Any], modules: dict[str, Any]) -> None:
    modules["listening"]["formerly"] = ["hearing-people"]
    modules["listening"]["parts"]["hearing"]["formerly"] = ["echo"]
    module = statement["modules"].pop("listening")
    module["lessons"]["echo"] = module["lessons"].pop("hearing")
    statement["modules"]["hearing-people"] = module
    assert read(zoe=summed(statement)).handed[0].modules[0].done == 3


def test_what_went_to_another_module_is_counted_there(
    read: Read, statement: dict[str, Any], modules: dict[str, Any]
) -> None:
    listening = modules["listening"]
    answered = dict(statement["modules"]["listening"]["questions"])
    name = next(one for one in answered if one in listening["questions"])
    question = listening["questions"].pop(name)
    part = {"title": "Elsewhere", "formerly": ["listening/hearing"]}
    del listening["parts"]["hearing"]
    modules["pausing"] = {
        **listening,
        "title": "Pausing",
        "parts": {"elsewhere": part},
        "questions": {"new": {**question, "part": "elsewhere", "formerly": [f"listening/{name}"]}},
    }
    first, second = read(zoe=summed(statement)).handed[0].modules
    assert (first.done, second.title, second.done) == (2, "Pausing", 1)
    assert records.UNKNOWN not in doubts(read(zoe=summed(statement)).handed[0])


# ------------------------------------------------- what nobody should rely on


def changed(statement: dict[str, Any], **values: Any) -> dict[str, Any]:
    return summed({**statement, **values})


@pytest.mark.parametrize(
    ("change", "doubt"),
    [
        (lambda s: {**s, "name": "Someone else"}, records.WRONG_SUM),
        (lambda s: {**s, "site": "Small "}, records.WRONG_SUM),
        (lambda s: {name: value for name, value in s.items() if name != "checksum"}, records.NO_SUM),
        (lambda s: {**s, "checksum": "–"}, records.NO_SUM),
        (lambda s: {**s, "checksum": ["x"]}, records.WRONG_SUM),
        (lambda s: changed(s, site="Another course"), records.OTHER_SITE),
        (lambda s: changed(s, made="2031-01-01"), records.TO_COME),
        (lambda s: changed(s, modules={**s["modules"], "gone": {"lessons": {"a": "2026-11-01"}, "questions": {}, "version": "1", "confidence": {}}}), records.UNKNOWN),
        (lambda s: changed(s, modules={"listening": {**s["modules"]["listening"], "version": "0.9"}}), records.OLDER),
        (lambda s: {"schema": 1, "modules": s["modules"], "review": {}, "log": []}, records.NO_NAME),
    ],
)  # fmt: skip
def test_what_cannot_be_relied_on_is_named(read: Read, statement: dict[str, Any], change: Any, doubt: str) -> None:
    [one] = read(zoe=change(statement)).handed
    assert doubt in doubts(one)


def test_the_same_answers_under_two_names_are_named(read: Read, statement: dict[str, Any]) -> None:
    summary = read(a=statement, b=changed(statement, name="Bo"))
    assert sorted(records.TWICE in doubts(one) for one in summary.handed) == [False, True]


# -------------------------------------------------------------------- hostile

DEEP = b'{"statement":1,"modules":' + b"[" * 200_000 + b"]" * 200_000 + b"}"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "holds no JSON"),
        (b"\xff\xfe{\x00}\x00", "holds no JSON"),
        (b"[]", "no record file"),
        (b'"record"', "no record file"),
        (b"{}", "no record file"),
        (b'{"statement": true}', "no record file"),
        (b'{"statement": -1}', "no record file"),
        (b'{"statement": 1, "x": NaN}', "holds no JSON"),
        (b'{"statement": ' + b"9" * 10_000 + b"}", "holds no JSON"),
        (b'{"statement": 2}', "newer version"),
        (b'{"schema": 9}', "newer version"),
        (DEEP, "too deeply"),
        (b" " * (records.LARGEST + 1), "larger than 12 MB"),
    ],
    ids=range(13),
)
def test_what_is_no_record_is_refused_with_a_reason(read: Read, content: bytes, why: str) -> None:
    summary = read(bad=content)
    assert summary.handed == () and [why in reason for _, reason in summary.refused] == [True], summary.refused


def test_links_and_pipes_are_not_followed(read: Read, tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe.json")
    assert {name for name, _ in read().refused} == {"link.json", "pipe.json"}


@pytest.mark.parametrize(
    "written",
    [
        [],
        "x",
        {"__proto__": {}},
        {"../x": {}},
        {"listening": []},
        {"listening": {"lessons": []}},
        {"listening": {"lessons": {"hearing": "yesterday"}}},
        {"listening": {"lessons": {"hearing": 20261118}}},
        {"listening": {"lessons": {"hearing": "20261118xx"}}},
        {"listening": {"questions": {"q": {"score": 7, "attempts": 1}}}},
        {"listening": {"questions": {"q": {"score": True, "attempts": 1}}}},
        {"listening": {"questions": {"q": {"score": 1, "attempts": 1e999}}}},
        {"listening": {"questions": {"q": {"score": 1, "attempts": 1, "met": [{}]}}}},
        {"listening": {"confidence": {"before": {"place": -1, "of": 3}}}},
        {"listening": {"confidence": {"before": "high"}}},
        {f"m{number}": {} for number in range(2000)},
    ],
    ids=range(16),
)
def test_a_part_of_the_wrong_kind_costs_that_part_alone(read: Read, written: Any) -> None:
    text = json.dumps({**EXAMPLE, "modules": written}).replace("Infinity", "1e999").encode()
    [one] = read(bad=text).handed
    assert records.UNREAD in doubts(one)


EVIL = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}",
    "%(num)s %s",
    "\u202egnp.exe",
    '=HYPERLINK("https://evil.example")',
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "a\r\n=1+1",
    'a;=HYPERLINK("https://evil.example")',
    "a; +1",
    "a|@SUM(1)",
    'a",-2+3',
    "＝1+1",
    "a;＠SUM(1)",
    "  ＋1",
]


@pytest.mark.parametrize("name", EVIL)
def test_a_name_is_a_text_and_nothing_else(read: Read, statement: dict[str, Any], name: str) -> None:
    summary = read(zoe=changed(statement, name=name, site=name))
    page = summary_page(summary, "Small", "2026-11-30", [bundled_root() / "theme"], ENGLISH).decode()
    assert "<script" not in page and "<img" not in page and "49" not in re.sub(r"\d{4}-\d\d-\d\d", "", page)
    assert "\u202e" not in page
    for cell in (
        cell
        for row in csv.reader(StringIO(as_csv(rows(summary, COLUMNS, ENGLISH.gettext)).decode("utf-8-sig")))
        for cell in row
    ):
        for part in re.split(r'[;,|\t\r\n"]', cell):
            assert not part.strip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")), cell


def test_every_cell_of_the_table_stands_in_quotation_marks(read: Read, statement: dict[str, Any]) -> None:
    lines = as_csv(rows(read(zoe=statement), COLUMNS, ENGLISH.gettext)).decode("utf-8-sig").split("\r\n")
    assert all(line.startswith('"') and line.endswith('"') for line in lines if line)
    assert lines[0].count('"') == 2 * len(COLUMNS)


def test_a_name_of_half_a_letter_is_written_all_the_same(read: Read, statement: dict[str, Any]) -> None:
    summary = read(zoe=changed(statement, name="\ud83d"))
    assert summary_page(summary, "Small", "2026-11-30", [bundled_root() / "theme"], ENGLISH)
    assert as_csv(rows(summary, COLUMNS, ENGLISH.gettext))


# ----------------------------------------------------------------- the command


def test_the_command_writes_a_page_and_a_table(a_site: Any, tmp_path: Path, statement: dict[str, Any]) -> None:
    site = a_site({"mkdocs.yml": "site_name: Small\nplugins:\n  - alongside: {layers: [.]}\n"})
    folder = tmp_path / "november"
    folder.mkdir()
    (folder / "zoe.json").write_text(json.dumps(statement), "utf-8")
    (folder / "bad.json").write_text("no", "utf-8")
    done = CliRunner().invoke(main, ["records", str(folder), "--config", str(site / "mkdocs.yml")])
    assert done.exit_code == 0, done.output
    assert "1 read, 0 of them" in done.output and "1 refused" in done.output and "refused  bad.json" in done.output
    page = (tmp_path / "november-summary.html").read_text("utf-8")
    assert "Zoë “Ana” Reed" in page and "All of it is what learners say of themselves." in page
    table = list(csv.reader(StringIO((tmp_path / "november-summary.csv").read_text("utf-8-sig"))))
    assert table[0][0] == "Name" and table[1][0] == "Zoë “Ana” Reed" and {len(row) for row in table} == {len(COLUMNS)}


@pytest.fixture
def summed_up(
    a_site: Any, tmp_path: Path, statement: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """The command in a folder of its own, where what was handed in stands in `november`."""
    site = a_site({"mkdocs.yml": "site_name: Small\nplugins:\n  - alongside: {layers: [.]}\n"})
    (tmp_path / "november").mkdir()
    (tmp_path / "november/zoe.json").write_text(json.dumps(statement), "utf-8")
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str) -> Any:
        given = ["records", "november", *arguments, "--config", str(site / "mkdocs.yml")]
        return CliRunner().invoke(main, given, catch_exceptions=False)

    return command


@pytest.mark.parametrize("ending", [".html", ".csv", ".xlsx"])
def test_no_file_that_is_there_is_written_over_unasked(
    summed_up: Callable[..., Any], tmp_path: Path, ending: str
) -> None:
    notes = tmp_path / f"notes{ending}"
    notes.write_text("years of work", "utf-8")
    done = summed_up("--out", "notes", "--xlsx")
    assert done.exit_code == 2 and f"notes{ending} is there already" in done.output and "--replace" in done.output
    assert notes.read_text("utf-8") == "years of work"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("notes")] == [notes.name]
    assert summed_up("--out", "notes", "--xlsx", "--replace").exit_code == 0
    assert notes.read_bytes() != b"years of work"


def test_a_link_or_a_folder_in_the_place_of_a_file_is_never_replaced(
    summed_up: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    (tmp_path / "a.csv").symlink_to("mine.txt")
    (tmp_path / "b.csv").mkdir()
    for name in ("a", "b"):
        assert summed_up("--out", name, "--replace").exit_code == 2
        assert not (tmp_path / f"{name}.html").exists()
    assert (tmp_path / "mine.txt").read_text("utf-8") == "mine"


def test_all_files_of_a_summary_are_written_or_none(
    summed_up: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "s.html").write_text("before", "utf-8")
    replace = Path.replace

    def refused(path: Path, target: Path) -> Path:
        if Path(target).suffix == ".csv":
            raise OSError(28, "No space left on device")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refused)
    done = summed_up("--out", "s", "--replace")
    assert (
        done.exit_code == 3 and "nothing was written: No space left" in done.output and "written  " not in done.output
    )
    assert (tmp_path / "s.html").read_text("utf-8") == "before" and not (tmp_path / "s.csv").exists()


@pytest.mark.parametrize("out", [".", "..", "november", "/"])
def test_a_folder_is_no_start_of_files(summed_up: Callable[..., Any], out: str) -> None:
    done = summed_up("--out", out)
    assert done.exit_code == 2 and "is a folder" in done.output


def test_a_draft_is_nothing_that_anybody_has_to_finish(
    summed_up: Callable[..., Any], tmp_path: Path, a_site: Any
) -> None:
    parts = []
    for files in ({}, {"modules/listening/waiting.yml": BASE["modules/listening/waiting.yml"] + "draft: true\n"}):
        a_site({"mkdocs.yml": "site_name: Small\nplugins:\n  - alongside: {layers: [.]}\n", **files})
        assert summed_up("--replace").exit_code == 0
        table = list(csv.DictReader(StringIO((tmp_path / "november-summary.csv").read_text("utf-8-sig"))))
        parts.append([int(row["Parts in all"]) for row in table])
    assert parts == [[4], [3]]


def test_a_spreadsheet_needs_a_library_and_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("alongside.commands.records.find_spec", lambda name: None)
    done = CliRunner().invoke(main, ["records", str(tmp_path), "--xlsx"])
    assert done.exit_code == 2 and 'pip install "alongside-training[xlsx]"' in done.output


def test_a_spreadsheet_holds_texts_only(read: Read, statement: dict[str, Any]) -> None:
    table = list(rows(read(zoe=changed(statement, name='=HYPERLINK("x")')), COLUMNS, ENGLISH.gettext))
    sheet = openpyxl.load_workbook(BytesIO(spreadsheet(table))).active
    assert sheet["A2"].value == '\'=HYPERLINK("x")' and sheet["A2"].data_type == "s"


def test_without_a_folder_it_says_so(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["records", str(tmp_path / "none")])
    assert done.exit_code == 2 and "there is no folder" in done.output
