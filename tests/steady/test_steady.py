"""Toy tests, of which it is known how steady they are, are run again and again and told apart."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.steady import net, run
from tests.steady.failures import ROOT, Failure, failures
from tests.steady.load import busy

pytestmark = pytest.mark.slow

#: Fails whenever the file is not there, and makes it.
LUCKY = """
from pathlib import Path

def test_lucky():
    first = not (mark := Path(__file__).parent / "mark").exists()
    mark.touch()
    assert not first, "it was the first time"
"""
STEADY = "\ndef test_steady():\n    pass\n"
WRONG = "\ndef test_wrong():\n    raise ValueError('always,\\n\\nevery\\ntime\\nthat it runs')\n"


@pytest.fixture(autouse=True)
def _no_settings_of_the_outer_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The toys run in a folder of their own, and are not workers of this run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    for name in [name for name in os.environ if name.startswith("PYTEST_")]:
        monkeypatch.delenv(name)
    # Only what the toys need, for a quick start.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTEST_PLUGINS", "pytest_randomly,xdist.plugin")


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """Where the toy tests are."""
    return tmp_path / "test_toy.py"


def steady(*arguments: str) -> int:
    return run.main(["--load", "0", "--folder", "kept", *arguments])


def test_a_test_that_is_lucky_in_some_runs_is_listed_and_a_steady_one_is_not(
    toy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    toy.write_text(LUCKY + STEADY)
    assert steady("--runs", "2") == 1
    listed = capsys.readouterr().out.split("Not steady", 1)[1]
    assert "  1 of 2, with seed " in listed
    assert "  test_toy.py::test_lucky\n      AssertionError: it was the first time\n" in listed
    assert "test_steady" not in listed


def test_nothing_is_listed_where_every_run_passed_and_each_has_an_order_of_its_own(
    toy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    toy.write_text(STEADY)
    assert steady("--runs", "1", str(toy)) == 0
    assert steady("--runs", "2", "--resume", str(toy)) == 0
    said = capsys.readouterr().out
    assert "Run 1 of 1" in said
    assert "Run 2 of 2" in said, "resumed, the first run counts"
    assert "Steady: nothing failed in 2 runs." in said
    seeds = {path.stem for path in Path("kept").glob("*.txt")}
    assert len(seeds) == 2
    assert all(f"--randomly-seed={seed}" in Path("kept", f"{seed}.txt").read_text() for seed in seeds)


def test_a_run_that_finds_no_tests_is_not_called_steady(capsys: pytest.CaptureFixture[str]) -> None:
    assert steady("--runs", "3", "missing.py") == 1
    said = capsys.readouterr().out
    assert "Run 1 of 3 did not come to its end" in said
    assert "Steady" not in said


def test_what_passes_on_the_second_try_is_named_at_the_very_end_and_kept(
    toy: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    toy.write_text(LUCKY + STEADY)
    assert net.main(["-n", "0"], Path("kept")) == 0
    kept = Path("kept/failed-first.txt").read_text()
    assert kept.startswith("Failed first, passed on the second try")
    assert "  test_toy.py::test_lucky\n      AssertionError: it was the first time\n" in kept
    assert "test_steady" not in kept
    assert capfd.readouterr().out.endswith(kept)
    assert net.main(["-n", "0"], Path("kept")) == 0
    assert not Path("kept/failed-first.txt").exists(), "what an earlier run said is not left lying"


def test_what_fails_twice_fails_and_is_not_called_lucky(toy: Path, capfd: pytest.CaptureFixture[str]) -> None:
    toy.write_text(LUCKY + WRONG)
    assert net.main(["-n", "0"], Path("kept")) == 1
    said = capfd.readouterr().out.split("Failed first, passed on the second try")[1]
    assert "test_lucky" in said
    assert "test_wrong" not in said


def test_nothing_is_tried_again_where_pytest_itself_did_not_come_to_its_end(capfd: pytest.CaptureFixture[str]) -> None:
    assert net.main(["-n", "0", "missing.py"], Path("kept")) == pytest.ExitCode.USAGE_ERROR
    assert "Once more" not in capfd.readouterr().out


def test_a_reason_is_cut_to_its_first_lines(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuites><testsuite><testcase file="a.py" name="test_b[c]"><failure message="one&#10;&#10;two&#10;three&#10;four"/>'
        '<error message="at the end"/></testcase><testcase file="a.py" name="test_d"/>'
        '<testcase name="a.c"><error message="">no such module</error></testcase></testsuite></testsuites>'
    )
    assert failures(report) == [
        Failure("a.py::test_b[c]", ("one", "two", "three")),
        Failure("a.c", ("no such module",)),
    ]


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/status")
    return not status.exists() or "\nState:\tZ" not in status.read_text()


def test_the_load_ends_with_the_run() -> None:
    with busy(2) as ids:
        assert all(map(alive, ids))
    assert not any(map(alive, ids))


def test_the_load_ends_where_the_run_is_killed() -> None:
    code = "import time\nfrom tests.steady.load import busy\nwith busy(1) as ids:\n    print(*ids, flush=True)\n    time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout is not None
        (spinning,) = map(int, killed.stdout.readline().split())
        killed.kill()
    until = time.monotonic() + 20
    while alive(spinning) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive(spinning)
