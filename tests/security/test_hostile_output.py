"""Whatever a file is called and whatever it says: nothing that a command prints is an order to a terminal or a build server.

A runner of GitHub obeys a line that begins, after blanks, with `::`, and `##[` wherever it stands.
"""

from __future__ import annotations

import ast
import os
import subprocess
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import alongside
from alongside.commands.main import main
from alongside.files.problems import plain
from tests.conftest import BASE

ORDERS = [
    "x\n::stop-commands::t",
    "::add-mask::x",
    "##[group]x",
    "a ##vso[task.complete]x",
    "\u3000::error::x",
    "x\x1b[2J\r",
    "x\u202ey",
]
NO_TEXT = os.fsdecode(b"\xff\xfe\n::error::x")
NAMES = [*ORDERS, NO_TEXT, "x\u2028::error::y", "-rf", "a b", "…"]
CONFIGURATION = "site_name: Test\nplugins:\n  - alongside:\n      layers: [.]\n"
OWN = ("::error file=", "::warning file=", "::notice file=")


def orders_in(said: str, *, own: bool = False) -> list[str]:
    """Lines that something would obey. With `own`, annotations are left out."""
    lines = said.split("\n")
    found = [line for line in lines if "##[" in line or "##vso[" in line]
    found += [line for line in lines if line.lstrip().startswith("::") and not (own and line.startswith(OWN))]
    found += [line for line in lines if any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in line)]
    return found


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name, text in {**BASE, "mkdocs.yml": CONFIGURATION}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str) -> Result:
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code in {0, 1, 2, 3}, result.output
        assert orders_in(result.output, own="github" in arguments) == []
        return result

    return command


FORMS = [
    ("check",),
    *(("check", "--format", form) for form in ("json", "github", "sarif")),
    ("coverage",),
    ("coverage", "--format", "json"),
]
COMMANDS = [
    *FORMS,
    ("check", "--notes", "--strict"),
    ("ids",),
    ("diff", "HEAD"),
    ("diff", "HEAD", "--format", "markdown"),
    ("check", "--against", "HEAD"),
]


def placed(name: str) -> list[str]:
    """Files and folders of a site that are called so, wherever a stranger can put one."""
    broken, lesson = "a: [\n", "title: &a x\n"
    return [
        path
        for path, text in {
            f"modules/{name}/module.yml": broken,
            f"modules/{name}2/{name}.yml": lesson,
            f"modules/listening/{name}.yml": broken,
            f"modules/listening/media/{name}.svg": "<svg",
            f"modules/listening/media/{name}": "x",
            f"modules/listening/media/{name}3/{name}.vtt": "x",
            f"content/{name}.md": "no title",
            f"content/{name}/{name}.md": "# A\n\n[x](page:y)",
        }.items()
        if _written(path, text)
    ]


def _written(path: str, text: str) -> bool:
    place = Path(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")
    return True


@pytest.mark.slow
def test_no_name_of_a_file_gives_an_order(run) -> None:
    for name in NAMES:
        placed(name)
    for tool in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"]):
        subprocess.run(["git", *tool], check=True)  # noqa: S607  # the one on the path
    for command in COMMANDS:
        run(*command)
    for name in NAMES:
        run("check", f"modules/{name}")


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_no_argument_gives_an_order(run, name: str) -> None:
    for command in (
        ("check", name), ("check", "--config", name), ("check", "--format", name), ("check", "--against", name), (name,), (f"--{name}",),
        ("explain", name), ("build", "--config", name), ("diff", name), ("coverage", "--config", name), ("ids", name),
        ("import", "gift", name), ("import", "pack", name), ("import", name, "mkdocs.yml"), ("export", "pack", name), ("export", "gift", "--module", name), ("export", "gift", "--path", name), ("export", "gift", "--out", name),
        ("export", "pack", "listening", "--out", f"missing/{name}"), ("export", "site", "--config", name),
        ("new", "module", name), ("new", "lesson", f"listening/{name}"), ("new", "lesson", name), ("new", "question-kind", name),
        ("new", "site", f"mkdocs.yml/{name}"), ("schema", "--out", f"mkdocs.yml/{name}"), ("serve", "--address", name),
    ):  # fmt: skip
        run(*command)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_a_bank_or_a_pack_gives_an_order(run, name: str) -> None:
    bank = Path(name)
    bank.write_text("Who? {=a\n\nHow? {=a ~b ~c}\n", "utf-8")
    run("import", "gift", f"./{name}")
    run("import", "gift", f"./{name}", "--out", f"{name}.yml")
    run("import", "mkdocs-quiz", f"./{name}")
    run("import", "pack", f"./{name}")
    assert run("export", "pack", "listening", "--out", f"{name}.zip").exit_code in {0, 1}
    run("import", "pack", f"{name}.zip" if Path(f"{name}.zip").exists() else "mkdocs.yml", "--out", f"packs/{name}")


@pytest.mark.slow
@pytest.mark.parametrize("words", ["x\n::error::x", "::x", "##[group]x", "x\x1b[2J\r", "x\u202ey"])
def test_no_text_of_an_author_gives_an_order(run, words: str) -> None:
    quoted = words.replace("\x1b", "").replace("\r", "").replace("\u202e", "").replace("\n", "\\n")
    for path, text in {
        "modules/listening/module.yml": f'title: "{quoted}"\n"{quoted}": "{quoted}"\nsummary: "{words}"\n',
        "modules/listening/hearing.yml": f'title: "{quoted}"\nminutes: "{quoted}"\nsummary: "[x](module:{quoted})"\nsteps: []\n',
        "modules/other/module.yml": f'title: "{quoted}"\nsummary: "{quoted}"\nlevel: "{quoted}"\nlessons: ["{quoted}"]\n',
        "modules/glossary.yml": f'"{quoted}": "{quoted}"\n',
        "content/a.md": f"# {words}\n\n[x](page:{words})\n",
        "mkdocs.yml": CONFIGURATION + f'      leave_out: ["{quoted}"]\n      "{quoted}": 1\n',
    }.items():
        _written(path, text)
    for command in FORMS:
        run(*command)


@pytest.mark.parametrize("words", ["::stop-commands::x", "##[group]x", "x\n  ::error::y"])
def test_a_quiz_that_is_printed_gives_no_order_and_says_what_the_bank_says(run, words: str) -> None:
    escaped = words.replace(":", "\\:").replace("#", "\\#").replace("\n", "\\n")
    Path("a.gift").write_text(
        f"[markdown]A case.\\n\\n{escaped}\\n\\nWho {escaped}? {{={escaped} ~b#{escaped} ~c}}\n", "utf-8"
    )
    assert "options" in run("import", "gift", "a.gift").stdout
    assert run("import", "gift", "a.gift", "--out", "modules/listening/b.yml").exit_code == 0


@pytest.mark.slow
def test_what_is_printed_goes_through_one_place() -> None:
    """`click.echo` stands in terminal.py."""
    found = {
        path.name
        for path in Path(alongside.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"echo", "secho"}
    }
    assert found == {"terminal.py"}


@pytest.mark.parametrize("words", [*ORDERS, "  ::x", "a\n\t::x", "####[x"])
def test_plain_lines_give_no_order(words: str) -> None:
    assert orders_in(plain(words)) == []


def test_plain_lines_stay_as_they_are() -> None:
    words = "a::b\n  - **c** ## [d] — ‘e’\n\n# f"
    assert plain(words) == words
