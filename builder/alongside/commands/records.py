"""`alongside records`."""

from __future__ import annotations

import os
import sys
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

import click

from alongside.authoring.scaffold import ScaffoldError
from alongside.build import gather_sound
from alongside.commands.options import CONFIG
from alongside.commands.sharing import near, not_sound, refuse
from alongside.commands.terminal import FAILED, say
from alongside.files.edits import put_over
from alongside.files.installation import to_install
from alongside.files.paths import real
from alongside.files.problems import ContentError, printable, quoted
from alongside.render.index import known_modules
from alongside.render.record_summary import columns, summary_page
from alongside.reports.records import Row, as_csv, plain_cell, read_all, rows
from alongside.words.translations import read_words

#: The package that writes a spreadsheet, and the part of ours that names it.
SPREADSHEET = "openpyxl", "xlsx"
#: Widths of the columns of a spreadsheet, in letters.
WIDEST = 60


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--out", type=click.Path(path_type=Path), help="Start of the files. Usually DIR-summary, beside DIR.")
@click.option("--replace", "over", is_flag=True, help="Write over the files of an earlier summary.")
@click.option("--xlsx", is_flag=True, help=f"Also write a spreadsheet; it needs {to_install(*SPREADSHEET)}.")
@CONFIG
def records(folder: Path, *, out: Path | None, over: bool, xlsx: bool, configuration: Path) -> None:
    """Read the files that learners saved on the page “Completion record” and handed in, and write a summary of them.

    Who says what of themselves, what of it cannot be relied on, and what the group found hard: as a page and as a table.
    """
    if not folder.is_dir():
        refuse(ScaffoldError(f"there is no folder {quoted(str(folder))}", "name the folder with the files"))
    start = out or real(folder).with_name(f"{real(folder).name}-summary")
    endings = [".html", ".csv", *([".xlsx"] if xlsx else [])]
    places = _places(start, endings, over=over)
    if xlsx and find_spec("openpyxl") is None:
        refuse(ScaffoldError("a spreadsheet needs openpyxl, which is not installed", to_install(*SPREADSHEET)))
    try:
        project, curriculum = gather_sound(configuration, learners=True)
    except ContentError as error:
        not_sound(error)
    words, _ = read_words(curriculum.language, project.theme_folders)
    modules = known_modules(curriculum, words)
    today = date.today()  # noqa: DTZ011  # the day of whoever puts them together
    summary = read_all(real(folder), modules, project.site_name, today)
    table = list(rows(summary, columns(words), words.gettext))
    files = {
        ".html": summary_page(summary, project.site_name, today.isoformat(), project.template_folders, words),
        ".csv": as_csv(table),
    }
    if xlsx:
        files[".xlsx"] = spreadsheet(table)
    try:
        put_over({places[ending]: content for ending, content in files.items()})
    except OSError as error:
        say(printable(f"nothing was written: {error.strerror or error}"), err=True)
        sys.exit(FAILED)
    for path in places.values():
        say(f"written  {printable(near(path))}")
    doubtful = sum(bool(one.doubts) for one in summary.handed)
    say(
        f"\n{len(summary.handed)} read, {doubtful} of them with something to know first; {len(summary.refused)} refused."
    )
    for file, why in summary.refused:
        say(printable(f"refused  {file}: {why}"))


def _places(start: Path, endings: list[str], *, over: bool) -> dict[str, Path]:
    """Where the files go, by their endings. Ends the command where one would take the place of something else."""
    if not start.name or start.name == ".." or start.is_dir():
        refuse(
            ScaffoldError(
                f"{quoted(str(start))} is a folder, and --out is the start of the names of files",
                f"--out {start / 'summary'}",
            )
        )
    places = {ending: start.with_name(start.name + ending) for ending in endings}
    for path in places.values():
        plain = path.is_file() and not path.is_symlink()
        if os.path.lexists(path) and not (over and plain):
            other = ", or write over what is there with --replace" if plain else ""
            refuse(ScaffoldError(f"{path} is there already", f"name other files with --out{other}"))
    return places


def spreadsheet(table: list[Row]) -> bytes:
    """The table as a spreadsheet, with a head that stays in sight. Every text is a text: no cell counts or fetches anything."""
    openpyxl: Any = import_module("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    for row in table:
        sheet.append([_for_excel(value) for value in row])
    for cell in sheet[1]:
        cell.font = openpyxl.styles.Font(bold=True)
    for column in sheet.columns:
        width = max(len(str(cell.value or "")) for cell in column) + 2
        sheet.column_dimensions[column[0].column_letter].width = min(WIDEST, width)
    sheet.freeze_panes = "B2"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _for_excel(value: str | int) -> str | int:
    """A cell without what XML cannot hold."""
    plain = plain_cell(value)
    return "".join(letter for letter in plain if letter.isprintable()) if isinstance(plain, str) else plain
