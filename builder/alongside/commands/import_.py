"""`alongside import`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from alongside.authoring.packs import MARK, changed_below, laid_out, read_pack
from alongside.authoring.scaffold import ScaffoldError, new_files, new_folder, schema_folder, schema_line
from alongside.commands.options import CONFIG
from alongside.commands.sharing import PACK, in_a_site, made, refuse, refuse_archive
from alongside.commands.terminal import FINE, PROBLEMS, hand_over, say
from alongside.files.archive import ArchiveError
from alongside.files.paths import real
from alongside.files.problems import ContentError, has_errors, printable
from alongside.importers import READERS, Bank, imported
from alongside.importers.bank import MOST
from alongside.load.project import open_project
from alongside.reports.problems import as_text, folded

#: How many lines a summary names.
MOST_LINES = 20
#: How large a question bank may be, in bytes.
MAX_BANK = 10 * 1024 * 1024


@click.command("import")
@click.argument("form", metavar="FORMAT", type=click.Choice([*READERS, PACK]))
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="The quiz to write, which is usually printed; or the folder for a pack, usually packs/ and its name.",
)
@CONFIG
def import_(form: str, file: Path, out: Path | None, configuration: Path) -> None:
    """Take over FILE: a question bank (gift, moodle-xml, qti, aiken or mkdocs-quiz), which becomes a quiz, or a pack of modules.

    What a quiz lacks is marked (write here: …). A question that cannot be imported is reported with its line and kept as
    a remark, and the rest is imported. A pack is taken over as a whole or not at all.
    """
    root = real(configuration.parent)
    if out is None and form == PACK:
        in_a_site(configuration)
    if form == PACK:
        _import_pack(file, out or root / "packs" / file.stem, configuration)
    else:
        _import_bank(form, file, out, root)


def _import_pack(file: Path, folder: Path, configuration: Path) -> None:
    root = real(configuration.parent)
    try:
        files = read_pack(file)
    except ArchiveError as refused:
        refuse_archive(f"{file} was not imported", refused)
    except OSError as error:
        refuse(ScaffoldError(f"{file} cannot be read: {error.strerror or error}"))
    made(lambda: new_folder(folder, laid_out(files)))
    layer = real(folder)
    named = layer.relative_to(root).as_posix() if layer.is_relative_to(root) else str(layer)
    layers = ", ".join(map(printable, _with_layer(configuration, named)))
    if MARK in files:
        _say_of_layer(files)
    say(
        f"\nSomebody else wrote this: read it before you use it. Then name it in mkdocs.yml, before your own folder:\n\n"
        f"    layers: [{layers}]\n\nand run: alongside check"
    )


def _say_of_layer(files: Mapping[str, bytes]) -> None:
    """Says what a pack that is a whole layer does to a site."""
    changed = changed_below(files)
    pages = sorted(
        name.removeprefix("content/") for name in files if name.endswith(".md") and name.startswith("content/")
    )
    if changed:
        say("")
        say(printable(f"It changes modules of other layers: {', '.join(changed)}. alongside where MODULE says what."))
    if "modules/curriculum.yml" in files:
        say("It says which modules are shown, and in which order, unless your own modules/curriculum.yml does.")
    if pages:
        say(
            printable(
                f"It has pages: {', '.join(pages)}. They take the place of pages with the same names in layers before it."
            )
        )


def _with_layer(configuration: Path, named: str) -> list[str]:
    """The layers of the site with one more before its own folder."""
    try:
        layers = list(open_project(configuration)[0].settings.layers)
    except ContentError:  # a check says what is wrong with it
        layers = ["bundled", "."]
    others = [layer for layer in layers if layer != named]
    at = others.index(".") if "." in others else len(others)
    return [*others[:at], named, *others[at:]]


def _import_bank(form: str, file: Path, out: Path | None, root: Path) -> None:
    try:
        if file.stat().st_size > MAX_BANK:
            refuse(ScaffoldError(f"{file} is larger than {MAX_BANK // 1024 // 1024} MB", "import it in parts"))
        bank = imported(form, file.read_bytes(), str(file))
    except UnicodeDecodeError:
        refuse(ScaffoldError(f"{file} is not UTF-8 text", "in the editor, choose Save with encoding UTF-8"))
    except OSError as error:
        refuse(ScaffoldError(f"{file} cannot be read: {error.strerror or error}"))
    quizzes = bank.files()
    if out and quizzes:
        paths = [out.with_stem(f"{out.stem}-{number}") if number > 1 else out for number in range(1, len(quizzes) + 1)]
        texts = dict(zip(paths, quizzes, strict=True))
        made(
            lambda: new_files(
                {path: schema_line(real(path), "quiz", schema_folder(root)) + text for path, text in texts.items()}
            )
        )
    else:
        hand_over("---\n".join(quizzes), end="")
    if bank.problems:
        shown = folded(bank.problems, "mend those above, then import it again")
        say(as_text(shown, everything=True) + "\n", err=True)
    say(_summary(bank, len(quizzes)), err=True)
    sys.exit(PROBLEMS if has_errors(bank.problems) or not bank.questions else FINE)


def _summary(bank: Bank, quizzes: int) -> str:
    """How many of the questions were imported, where the others stand, and what to do now."""
    count, lost = len(bank.questions), sorted(bank.refused)
    inside = {problem.place.file for problem in bank.problems if problem.code == "L120"}
    if not count and not lost:
        return "There is no question in this file."
    noun = "question" if count + len(lost) == 1 else "questions"
    if lost:
        shown = ", ".join(map(str, lost[:MOST_LINES])) + (
            f" and {len(lost) - MOST_LINES} more" if len(lost) > MOST_LINES else ""
        )
        where = (
            f": {'line' if len(lost) == 1 else 'lines'} {shown}" if len(inside) == 1 else ""
        )  # in a package each has a file
        said = f"{count} of {count + len(lost)} {noun} imported, {len(lost)} not{where}."
    else:
        said = f"{count} {noun} imported."
    if not count:
        return said
    if lost:
        said += " What was not imported stands as a remark in its place."
    if quizzes > 1:
        said += f" A quiz holds {MOST}, so they are in {quizzes}."
    return f"{said} Fill in what stands in (write here: …)."
