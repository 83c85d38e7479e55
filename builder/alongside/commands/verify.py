"""`alongside verify`."""

from __future__ import annotations

import ipaddress
import sys
from contextlib import nullcontext
from pathlib import Path
from urllib.parse import urlsplit

import click

from alongside.commands.options import CONFIG
from alongside.commands.terminal import FAILED, PROBLEMS, say
from alongside.engines.verify import UnreachableError, from_folder, from_server, looked_at
from alongside.files.paths import real
from alongside.files.problems import ContentError, printable, quoted
from alongside.load.project import open_project
from alongside.model.settings import Settings


@click.command()
@click.argument("where", metavar="FOLDER-OR-ADDRESS")
@CONFIG
def verify(where: str, configuration: Path) -> None:
    """Look at a site in a folder, or at its address: files, version, links, policy, headers, the page for what is missing, help.

    An address is that of this computer, or the one that site_url names; nothing else is asked.
    """
    served = where.startswith(("http://", "https://"))
    if served and not _may_ask(where, configuration):
        raise click.UsageError(
            f"{quoted(where)} is neither this computer nor the address of this site; write the address as site_url: in {printable(configuration.name)}"
        )
    folder = real(Path(where))
    if not served and folder.is_file():
        raise click.UsageError(f"{quoted(where)} is a file; unpack it, and name the folder with index.html in it")
    if not served and not folder.is_dir():
        raise click.UsageError(
            f"there is no folder {quoted(where)}; build it with alongside build, or name an address from https:// on"
        )
    top = where if where.endswith("/") else f"{where}/"
    wrong = unsure = 0
    try:
        with from_server(top) if served else nullcontext(from_folder(folder)) as fetch:
            secure = where.startswith("https://")
            below = urlsplit(top).path if served else "/"
            found = list(looked_at(fetch, served=served, secure=secure, settings=_settings(configuration), below=below))
        for looked in found:
            if not looked.wrong:
                say(printable(f"fine   {looked.what}"))
                continue
            wrong, unsure = wrong + looked.certain, unsure + (not looked.certain)
            say(printable(f"{'wrong' if looked.certain else 'look'}  {looked.what}: {looked.wrong}"))
            say(printable(f"    fix:      {looked.fix}"))
    except (UnreachableError, OSError) as error:
        say(printable(str(error)), err=True)
        sys.exit(FAILED)
    say(f"\n{wrong} wrong, {unsure} to look at.")
    sys.exit(PROBLEMS if wrong else 0)


def _settings(configuration: Path) -> Settings:
    """The settings of the site, by which its pages may do more; those of any site where there is no telling."""
    try:
        return open_project(configuration)[0].settings
    except ContentError:
        return Settings()


def _may_ask(address: str, configuration: Path) -> bool:
    """Whether the host of an address is this computer or that of the site."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if host == "localhost" or _is_loopback(host):
        return True
    try:
        project, _ = open_project(configuration)
    except ContentError:
        return False
    try:
        own = urlsplit(project.address[0] if project.address else "")
        ours = own.hostname, own.port, own.scheme
    except ValueError:  # such as a port that there is not
        return False
    return bool(own.hostname) and ours == (host, port, parts.scheme)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
