"""What somebody meets who types commands and settings for the first time, and mistypes them."""

from __future__ import annotations

import socket
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from alongside.build import gather
from alongside.commands import new
from alongside.commands.main import main
from alongside.files.problems import ContentError
from tests.conftest import BASE
from tests.load.test_layers import write

pytestmark = pytest.mark.slow


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new, "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True), exit=new.sys.exit))


def answered(folder: Path, *answers: str) -> Result:
    return CliRunner().invoke(main, ["new", "site", str(folder), "--no-build"], input="\n".join(answers) + "\n")


@pytest.mark.usefixtures("at_a_terminal")
def test_an_address_that_is_none_is_asked_for_again_at_once(tmp_path: Path) -> None:
    """The other four answers are not lost."""
    done = answered(tmp_path / "site", "Ours", "learn.example.org", "https://learn.example.org", "", "", "")
    assert done.exit_code == 0, done.output
    assert done.output.count("2 of 5") == 2 and '"learn.example.org" is not an address' in done.output
    assert 'site_url: "https://learn.example.org"' in (tmp_path / "site/mkdocs.yml").read_text("utf-8")


@pytest.mark.usefixtures("at_a_terminal")
@pytest.mark.parametrize("there", ["mkdocs.yml", "photos/holiday.jpg"])
def test_nobody_answers_five_questions_for_a_folder_that_is_in_use(tmp_path: Path, there: str) -> None:
    write(tmp_path, {there: "site_name: X\n"})
    done = answered(tmp_path, "Ours", "", "", "", "")
    assert done.exit_code == 2 and "1 of 5" not in done.output
    assert "nothing is ever overwritten" in done.output


def said(tmp_path: Path, settings: str) -> str:
    """The first error that a small site has with these settings, with what to do."""
    configuration = f"site_name: Test\nplugins:\n  - alongside:\n      layers: [.]\n      {settings}\n"
    write(tmp_path, {**BASE, "mkdocs.yml": configuration, "content/conduct-code.md": "# Us\n\nBe kind.\n"})
    try:
        problems = gather(tmp_path / "mkdocs.yml").problems
    except ContentError as error:
        problems = list(error.problems)
    first = next(one for one in problems if one.severity == "error")
    return f"{first.place.line}:{first.place.column} {first.message}. {first.expected}. {first.fix}"


@pytest.mark.parametrize(
    ("settings", "helps"),
    [
        ("organisation: {colours: {primary: #fbbf24, accent: '#be123c'}}", 'put it in quotation marks: "#fbbf24"'),
        (
            "organisation:\n        colours: {primary: #fbbf24, accent: '#be123c'}",
            'put it in quotation marks: "#fbbf24"',
        ),
        ("organisation: {colours: {primary: “#fbbf24”}}", 'write straight quotation marks: "#fbbf24"'),
        ("organisation: {colours: {primary: '#fb2'}}", "six digits"),
        ("organisation: {logo: assets/brand/logo.svg}", "put the file there as content/assets/brand/logo.svg"),
        ("menu: [{title: Us, page: help-us}]", "write the page content/help-us.md"),
        ("menu: [{title: Us, page: conduct-cod}]", 'did you mean "conduct-code"'),
        ("foot: [{title: Us, url: ‘https://us.example/’}]", 'straight quotation marks: "https://us.example/"'),
    ],
)
def test_what_is_said_of_a_beginners_mistake_mends_it(tmp_path: Path, settings: str, helps: str) -> None:
    assert helps in said(tmp_path, settings)


def run(site: Path, *arguments: str) -> str:
    done = CliRunner().invoke(main, [*arguments, "--config", str(site / "mkdocs.yml")])
    assert done.exit_code not in {0, 1}, done.output
    return done.output


def test_a_name_that_is_not_there_is_met_with_those_that_are(tmp_path: Path) -> None:
    said(tmp_path, "menu: [{title: Us, page: help-us}]")
    text = (tmp_path / "mkdocs.yml").read_text("utf-8").replace("help-us", "conduct-code")
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    assert 'did you mean "listening"?' in run(tmp_path, "where", "listenin")
    assert "MODULE/LESSON" in run(tmp_path, "where", "mkdocs.yml")
    assert "there is: all" in run(tmp_path, "export", "gift", "--path", "youth-mentor")
    assert "there is: listening" in run(tmp_path, "export", "gift", "--module", "xyz")


def test_a_port_that_is_in_use_is_met_with_the_whole_command(tmp_path: Path) -> None:
    said(tmp_path, "menu: [{title: Us, page: conduct-code}, {title: Us, page: x}]")
    text = (tmp_path / "mkdocs.yml").read_text("utf-8").replace(", {title: Us, page: x}", "")
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"alongside serve --address 127.0.0.1:{port + 1}" in run(
            tmp_path, "serve", "--address", f"127.0.0.1:{port}"
        )
