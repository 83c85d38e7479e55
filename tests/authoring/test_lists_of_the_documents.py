"""What docs/architecture.md lists under “How to add …” is the whole list: followed in a scratch copy, it works.

A kind of question and a rule are tried in test_scaffold.py, since a command writes them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.small import write_small

pytestmark = pytest.mark.site
ROOT = Path(__file__).parents[2]
PACKAGE = "builder/alongside"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which the documents were followed, and a small site beside it."""
    top = tmp_path_factory.mktemp("copy")
    for name in ("builder", "theme", "modules", "content"):
        shutil.copytree(ROOT / name, top / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", top)
    write_small(top / "small")
    # A page, with an element of its own.
    _after(top, f"{PACKAGE}/model/pages.py", "PAGES: tuple[Row, ...] = (\n",
           '    Row("zebra/", "Zebras", "What zebras do.", "own", "zebra"),\n')  # fmt: skip
    (top / "theme/pages/zebra.html").write_text("<h1>Zebras</h1>\n<p-zebra>They graze.</p-zebra>\n", "utf-8")
    (top / "theme/elements/zebra-page.js").write_text(
        'import { define } from "./define.js";\n\ndefine("p-zebra", class extends HTMLElement {});\n', "utf-8"
    )
    # A setting.
    _after(top, f"{PACKAGE}/model/settings.py", '"""Everything below `- alongside:` in `mkdocs.yml`."""\n',
           '\n    zebras: Flag = False\n    """Whether there are zebras."""\n')  # fmt: skip
    _after(top, f"{PACKAGE}/model/examples.yml", "\nSettings:\n", "  zebras: true\n")
    # A form of report.
    _after(top, f"{PACKAGE}/reports/problems.py", "FORMATS: dict[str, Form] = {\n",
           '    "count": lambda problems, **_: str(len(list(problems))),\n')  # fmt: skip
    return top


def _after(top: Path, file: str, line: str, added: str) -> None:
    path = top / file
    text = path.read_text("utf-8")
    assert text.count(line) == 1
    path.write_text(text.replace(line, line + added), "utf-8")


@pytest.fixture(scope="module")
def run(copy: Path) -> Run:
    """Runs a command of the copy, in the small site or at the top."""

    def command(*arguments: str, folder: str = "small") -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(copy / "builder"), "NO_MKDOCS_2_WARNING": "1"}
        return subprocess.run(
            [sys.executable, "-m", "alongside", *arguments],
            cwd=copy / folder, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    return command


def test_a_page_is_a_row_and_a_template_and_everything_else_follows(copy: Path, run: Run) -> None:
    built = run("build", "--quiet")
    assert built.returncode == 0, built.stdout + built.stderr
    site = copy / "small/site"
    assert "They graze." in (site / "zebra/index.html").read_text("utf-8")
    assert 'href="../zebra/"' in (site / "modules/index.html").read_text("utf-8"), "it is in the list of all pages"
    assert "elements/zebra-page.js" in (site / "zebra/index.html").read_text("utf-8"), "its own script comes with it"
    assert (site / "elements/zebra-page.js").is_file()


def test_a_name_that_a_new_page_takes_is_kept_free(run: Run) -> None:
    refused = run("new", "module", "zebra", "--title", "Zebra", "--summary", "x", "--objective", "Use x")
    assert refused.returncode != 0
    assert "zebra" in refused.stderr


def test_a_setting_is_a_field_with_an_example_and_reaches_the_editor(copy: Path, run: Run) -> None:
    assert run("schema", folder=".").returncode == 0
    assert "Whether there are zebras." in (copy / PACKAGE / "schemas/settings.schema.json").read_text("utf-8")
    configuration = copy / "small/mkdocs.yml"
    configuration.write_text(configuration.read_text("utf-8") + "      zebras: true\n", "utf-8")
    assert run("check").returncode == 0


def test_a_form_of_report_is_a_function_and_a_line(copy: Path, run: Run) -> None:
    (copy / "small/modules/listening/left-over.yml").write_text("title: x\n", "utf-8")
    assert run("check", "--format", "count").stdout.startswith("1\n")
