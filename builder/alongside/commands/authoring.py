"""Commands for authors: `new`, `ids`, `import`, `export` and `schema`. They ask on a terminal for what no option says."""

from __future__ import annotations

import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click

from alongside.authoring.ids import Filling, fillings, write
from alongside.authoring.packs import pack, read_pack
from alongside.authoring.scaffold import (
    RULE_SCOPES,
    LessonPlan,
    ModulePlan,
    ScaffoldError,
    SitePlan,
    new_files,
    new_folder,
    new_lesson,
    new_module,
    new_question_kind,
    new_rule,
    new_site,
    schema_folder,
    schema_line,
    titled,
    write_schemas,
)
from alongside.build import build_site, gather_sound
from alongside.commands.terminal import FAILED, FINE, PROBLEMS, USAGE, hand_over, say
from alongside.engines.publish import MARKER, is_ours, refuse_sources
from alongside.files import door
from alongside.files.archive import ArchiveError, packed
from alongside.files.edits import put_over
from alongside.files.paths import real
from alongside.files.problems import BuildError, ContentError, has_errors, nearest, printable, quoted
from alongside.importers import READERS, imported
from alongside.importers.bank import MOST
from alongside.load.project import open_project
from alongside.model.element import LEVELS
from alongside.reports.problems import as_text

CONFIG = click.option(
    "--config", "configuration", type=click.Path(path_type=Path), default=Path("mkdocs.yml"), show_default=True,
    help="The configuration of the site.",
)  # fmt: skip

#: What `import` and `export` call modules in one file.
PACK = "pack"
#: How large a question bank may be, in bytes.
MAX_BANK = 10 * 1024 * 1024
#: How many reasons are printed for one archive.
MOST_SAID = 20


@click.group()
def new() -> None:
    """Start a module, a lesson, a site, a kind of question or a rule. Nothing is ever overwritten."""


@new.command()
@click.argument("module_id", metavar="ID")
@click.option("--title", help="What the module is called.")
@click.option("--summary", help="What it is good for, in a sentence.")
@click.option("--objective", help="What a learner can do after it, starting with a verb.")
@click.option("--objective-id", default="first", show_default=True, help="Short name of that objective.")
@click.option("--level", type=click.Choice(LEVELS), default="apply", show_default=True, help="Level of that objective.")
@click.option("--lesson", default="first-lesson", show_default=True, help="Name of its first lesson.")
@CONFIG
def module(
    module_id: str, title: str | None, summary: str | None, objective: str | None, configuration: Path, **rest: str
) -> None:
    """Start the module ID: its outline, a lesson and a quiz, named in curriculum.yml."""
    plan = {
        "title": _asked(title, "Title", titled(module_id)),
        "summary": _asked(summary, "What is it good for, in a sentence", ModulePlan.summary),
        "objective": _asked(objective, "What can a learner do after it", ModulePlan.objective),
    }
    _made(lambda: new_module(real(configuration.parent), ModulePlan(module_id, **plan, **rest)))
    say(f"\nFill in what stands in (write here: …). Then: alongside check modules/{printable(module_id)}")


@new.command()
@click.argument("place", metavar="MODULE/ID")
@click.option("--title", help="What the lesson is called.")
@click.option("--minutes", type=click.IntRange(1, 600), default=8, show_default=True, help="How long it takes.")
@click.option("--objective", help="Id of the objective that it teaches. Usually the first one of the module.")
@CONFIG
def lesson(place: str, title: str | None, minutes: int, objective: str | None, configuration: Path) -> None:
    """Start the lesson ID of a module, named in its module.yml."""
    module_id, slash, lesson_id = place.partition("/")
    if not slash or not lesson_id:
        raise click.UsageError("name the lesson with its module, for example active-listening/four-moves")
    named = _asked(title, "Title", titled(lesson_id))
    plan = LessonPlan(module_id, lesson_id, named, minutes, objective)
    _made(lambda: new_lesson(real(configuration.parent), plan))
    say(f"\nFill in what stands in (write here: …). Then: alongside check modules/{printable(module_id)}")


@new.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--name", help="What the site is called.")
@click.option("--module", "module_id", default="our-programme", show_default=True, help="Name of the sample module.")
def site(folder: Path, name: str | None, module_id: str) -> None:
    """Start a site in DIR: settings, a module of its own, checks of pull requests, ways to publish."""
    called = _asked(name, "Name of the site", titled(real(folder).name))
    _made(lambda: new_site(SitePlan(folder, called, module_id)))
    say("\nNext: go to that folder and run alongside serve. Its README.md says what to fill in.")


@new.command("question-kind")
@click.argument("name")
def question_kind(name: str) -> None:
    """Start the kind of question NAME in a clone of Alongside: model, template, examples, registry line."""
    _made(lambda: new_question_kind(name))
    say("\nFill in what stands in (write here: …). Then: python -m pytest tests/contracts")


@new.command("rule")
@click.argument("code")
@click.argument("name")
@click.option(
    "--scope", type=click.Choice(list(RULE_SCOPES)), default="text", show_default=True, help="What it looks at."
)
def rule_(code: str, name: str, scope: str) -> None:
    """Start the rule NAME in a clone of Alongside: its function and its document. CODE is a letter, or a free code."""
    _made(lambda: new_rule(code, name, scope))
    say("\nFill in what stands in (write here: …). Then: python -m pytest tests/rules")


@click.command()
@click.option("--write", "writing", is_flag=True, help="Write the ids into the files, and change nothing else in them.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@CONFIG
def ids(*, writing: bool, paths: tuple[Path, ...], configuration: Path) -> None:
    """Give an id to whatever has none, in PATHS or in all modules of the site. Without --write, only show them."""
    root = real(configuration.parent)
    if not paths and not door.is_folder(root / "modules", root):
        _refuse(
            ScaffoldError(
                "there is no folder modules/ here", "run the command in the folder of your site, or name files"
            )
        )
    found, problems = fillings(paths or (root / "modules",), root)
    if writing:
        try:
            write(found)
        except OSError as error:
            _refuse(ScaffoldError(f"nothing was written: {error.strerror or error}"))
    _show(found, writing=writing)
    if problems:
        say("\n" + as_text(problems))
    sys.exit(PROBLEMS if has_errors(problems) else FINE)


def _show(found: list[Filling], *, writing: bool) -> None:
    proposed = [proposal for filling in found for proposal in filling.proposals]
    for proposal in proposed:
        say(printable(f"{proposal.place}  {proposal.noun}  id: {proposal.id}"))
    if not proposed:
        say("Everything has an id.")
        return
    ending = "written." if writing else "missing. Write them with: alongside ids --write"
    say(f"\n{len(proposed)} {'id' if len(proposed) == 1 else 'ids'} {ending}")


@click.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to put them. Usually where this site keeps them.",
)
@CONFIG
def schema(out: Path | None, configuration: Path) -> None:
    """Write the JSON Schemas by which an editor completes and explains every field."""
    _made(lambda: write_schemas(out or schema_folder(real(configuration.parent))))


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
        _refuse_archive(f"{file} was not imported", refused)
    except OSError as error:
        _refuse(ScaffoldError(f"{file} cannot be read: {error.strerror or error}"))
    _made(lambda: new_folder(folder, files))
    layer = real(folder)
    named = layer.relative_to(root).as_posix() if layer.is_relative_to(root) else str(layer)
    say(
        f"\nSomebody else wrote this: read it before you use it. Then name it in mkdocs.yml, before your own folder:\n\n"
        f"    layers: [bundled, {printable(named)}, .]\n\nand run: alongside check"
    )


def _import_bank(form: str, file: Path, out: Path | None, root: Path) -> None:
    try:
        if file.stat().st_size > MAX_BANK:
            _refuse(ScaffoldError(f"{file} is larger than {MAX_BANK // 1024 // 1024} MB", "import it in parts"))
        bank = imported(form, file.read_text("utf-8"), str(file))
    except UnicodeDecodeError:
        _refuse(ScaffoldError(f"{file} is not UTF-8 text", "in the editor, choose Save with encoding UTF-8"))
    except OSError as error:
        _refuse(ScaffoldError(f"{file} cannot be read: {error.strerror or error}"))
    quizzes = bank.files()
    if out and quizzes:
        paths = [out.with_stem(f"{out.stem}-{number}") if number > 1 else out for number in range(1, len(quizzes) + 1)]
        texts = dict(zip(paths, quizzes, strict=True))
        _made(
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


@click.group()
def export() -> None:
    """Put the site, or modules of it, into one file to hand on. The same content gives the same bytes."""


@export.command("site")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file. Usually site.zip.")
@CONFIG
def export_site(out: Path | None, configuration: Path) -> None:
    """Build the site into a ZIP archive, for hosts that take one."""
    path = out or real(configuration.parent) / "site.zip"
    _check_out(path, configuration)
    # Always the same place, so that what a command that was killed has left is replaced by the next.
    beside = path.with_name(f".{path.name}.site")
    try:
        build_site(configuration, beside)
        files = {
            file.relative_to(beside).as_posix(): file.read_bytes()
            for file in beside.rglob("*")
            if file.is_file() and file.name != MARKER
        }
        put_over(path, packed(files))
    except ContentError as error:
        say(as_text(list(error.problems)) + "\n")
        sys.exit(PROBLEMS)
    except BuildError as error:
        say(printable(f"not written: {error}"), err=True)
        sys.exit(FAILED)
    except ArchiveError as refused:
        _refuse_archive(f"{path} was not written", refused)
    except OSError as error:
        _refuse(ScaffoldError(f"{path} cannot be written: {error.strerror or error}"))
    finally:
        if is_ours(beside):
            shutil.rmtree(beside, ignore_errors=True)
    say(f"written  {printable(_near(path))}")


@export.command(PACK)
@click.argument("names", metavar="MODULE…", nargs=-1, required=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file. Usually MODULE.zip.")
@CONFIG
def export_pack(names: tuple[str, ...], out: Path | None, configuration: Path) -> None:
    """Put modules, with the sources, terms and people that they name, into a ZIP archive for other sites."""
    try:
        project, curriculum = gather_sound(configuration)
    except ContentError as error:
        say(as_text(list(error.problems)) + "\n")
        sys.exit(PROBLEMS)
    for name in names:
        if name not in curriculum.modules:
            raise click.UsageError(f"there is no module {quoted(name)}{nearest(name, curriculum.modules)}")
    path = out or real(configuration.parent) / f"{names[0]}.zip"
    _check_out(path, configuration)
    try:
        put_over(path, packed(pack(project, curriculum, names)))
    except ArchiveError as refused:
        _refuse_archive(f"{path} was not written", refused)
    except OSError as error:
        _refuse(ScaffoldError(f"{path} cannot be written: {error.strerror or error}"))
    say(f"written  {printable(_near(path))}")


def _check_out(path: Path, configuration: Path) -> None:
    """Ends the command where an archive would take the place of something else, or stand among what a site is made of."""
    if path.is_symlink() or (path.exists() and not zipfile.is_zipfile(path)):
        _refuse(ScaffoldError(f"{path} is there already and is no ZIP archive", "name another file with --out"))
    try:
        refuse_sources(path, open_project(configuration)[0].sources)
    except BuildError as error:
        _refuse(ScaffoldError(str(error)))
    except ContentError as error:
        say(as_text(list(error.problems)) + "\n")
        sys.exit(PROBLEMS)


def _refuse_archive(what: str, refused: ArchiveError) -> NoReturn:
    """Says everything that is wrong with an archive, and ends the command."""
    say(printable(f"{what}:"), err=True)
    for reason in refused.reasons[:MOST_SAID]:
        say(f"    {printable(reason)}", err=True)
    if len(refused.reasons) > MOST_SAID:
        say(f"    and {len(refused.reasons) - MOST_SAID} more", err=True)
    sys.exit(PROBLEMS)


def _asked(given: str | None, question: str, usual: str) -> str:
    """What an option says or, on a terminal, a person; otherwise what is usual."""
    if given is not None or not sys.stdin.isatty():
        return given if given is not None else usual
    answer: str = click.prompt(question, default=usual)
    return answer


def _made(make: Callable[[], list[Path]]) -> None:
    """Says what was written, or why nothing was."""
    try:
        written = make()
    except ScaffoldError as refused:
        _refuse(refused)
    except OSError as error:
        _refuse(ScaffoldError(f"nothing was written: {error.strerror or error}"))
    else:
        for path in written:
            say(f"written  {printable(_near(path))}")


def _near(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _refuse(refused: ScaffoldError) -> NoReturn:
    """Says why nothing was written and ends the command."""
    say(printable(f"not written: {refused.message}"), err=True)
    if refused.fix:
        say(f"    fix:      {printable(refused.fix)}", err=True)
    sys.exit(USAGE)


#: Everything that `alongside` offers authors here.
COMMANDS = (new, ids, import_, export, schema)
