"""What nobody foresaw ends every command with a sentence and an exit code of its own, never with a traceback."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner
from mkdocs.exceptions import PluginError

from alongside.commands.main import main
from alongside.commands.terminal import FAULT
from alongside.engines.mkdocs import SitePlugin
from alongside.files.problems import At, fault_of_ours


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


ALL = list(commands(main))


def fails() -> None:
    with At("modules/a/module.yml"), At("rule\nX1"):
        raise LookupError("x" * 500 + "\n::add-mask::x")


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch):
    def make(path: tuple[str, ...]) -> list[str]:
        command: click.Command = main
        for name in path:
            assert isinstance(command, click.Group)
            command = command.commands[name]
        monkeypatch.setattr(command, "callback", lambda **_: fails())
        monkeypatch.setattr(command, "params", [])
        return list(path)

    return make


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_ends_with_a_sentence(path: tuple[str, ...], failing) -> None:
    result = CliRunner().invoke(main, failing(path))
    assert result.exit_code == FAULT == 4
    assert "Traceback" not in result.output
    assert (
        "Alongside stopped at rule X1, in modules/a/module.yml. This is a fault of ours, not of yours" in result.stderr
    )
    assert "ALONGSIDE_DEBUG=1" in result.stderr
    assert len(result.output) < 700


@pytest.mark.parametrize("debug", [{"ALONGSIDE_DEBUG": "1"}, {}])
def test_a_developer_sees_where_it_happened(debug: dict[str, str], failing) -> None:
    path = failing(("coverage",))
    result = CliRunner().invoke(main, path if debug else ["--debug", *path], env=debug)
    assert isinstance(result.exception, LookupError)


def test_all_commands_are_looked_at() -> None:
    assert len(ALL) >= 14


def test_what_has_no_place_is_said_without_one() -> None:
    assert fault_of_ours(ValueError("x")).startswith("Alongside stopped. This is a fault of ours")


def test_a_build_that_mkdocs_started_ends_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    plugin = SitePlugin()
    monkeypatch.setattr(plugin, "_make", lambda configuration: fails())
    config = type("Config", (), {"config_file_path": "mkdocs.yml"})()
    with pytest.raises(PluginError, match="This is a fault of ours, not of yours"):
        plugin.on_config(config)


@pytest.mark.parametrize("port", ["²", "65536", "99999999999", "9" * 5_000, "", "-1", "1.5", "٣٣٣٣٣٣"])
def test_what_is_no_port_is_wrong_usage(port: str) -> None:
    assert CliRunner().invoke(main, ["serve", "--address", f"127.0.0.1:{port}"]).exit_code == 2
