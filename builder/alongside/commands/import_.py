"""`alongside import`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from alongside.authoring.packs import read_pack
from alongside.authoring.scaffold import ScaffoldError, new_files, new_folder, schema_folder, schema_line
from alongside.commands.sharing import CONFIG, PACK, made, refuse, refuse_archive
from alongside.commands.terminal import FINE, PROBLEMS, hand_over, say
from alongside.files.archive import ArchiveError
from alongside.files.paths import real
from alongside.files.problems import has_errors, printable
from alongside.importers import READERS, imported
from alongside.importers.bank import MOST
from alongside.reports.problems import as_text

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
    """Take over FILE: a question bank (gift or mkdocs-quiz), which becomes a quiz, or a pack of modules.

    What a quiz lacks is marked (write here: …). What cannot be imported is reported, and the rest is imported.
    A pack is taken over as a whole or not at all.
    """
    root = real(configuration.parent)
    if form == PACK:
        _import_pack(file, out or root / "packs" / file.stem, root)
    else:
        _import_bank(form, file, out, root)


def _import_pack(file: Path, folder: Path, root: Path) -> None:
    try:
        files = read_pack(file)
    except ArchiveError as refused:
        refuse_archive(f"{file} was not imported", refused)
    except OSError as error:
        refuse(ScaffoldError(f"{file} cannot be read: {error.strerror or error}"))
    made(lambda: new_folder(folder, files))
    layer = real(folder)
    named = layer.relative_to(root).as_posix() if layer.is_relative_to(root) else str(layer)
    say(
        f"\nSomebody else wrote this: read it before you use it. Then name it in mkdocs.yml, before your own folder:\n\n"
        f"    layers: [bundled, {printable(named)}, .]\n\nand run: alongside check"
    )


def _import_bank(form: str, file: Path, out: Path | None, root: Path) -> None:
    try:
        if file.stat().st_size > MAX_BANK:
            refuse(ScaffoldError(f"{file} is larger than {MAX_BANK // 1024 // 1024} MB", "import it in parts"))
        bank = imported(form, file.read_text("utf-8"), str(file))
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
        say(as_text(bank.problems) + "\n", err=True)
    count = len(bank.questions)
    more = f" A quiz holds {MOST}, so they are in {len(quizzes)}." if len(quizzes) > 1 else ""
    say(
        f"{count} {'question' if count == 1 else 'questions'} imported.{more} Fill in what stands in (write here: …).",
        err=True,
    )
    sys.exit(PROBLEMS if has_errors(bank.problems) or not count else FINE)
