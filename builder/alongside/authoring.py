"""Commands for authors: `new`, `ids`, `import` and `schema`. They ask on a terminal for what no option says."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from alongside.element import LEVELS
from alongside.ids import Filling, fillings, write
from alongside.importers import READERS, imported
from alongside.importers.bank import MOST
from alongside.problems import has_errors, printable
from alongside.reports import as_text
from alongside.scaffold import (
    LessonPlan,
    ModulePlan,
    ScaffoldError,
    SitePlan,
    new_files,
    new_lesson,
    new_module,
    new_question_kind,
    new_site,
    schema_folder,
    schema_line,
    titled,
    write_schemas,
)

#: What a command ends with. The same numbers hold for all of `alongside`.
FINE, PROBLEMS, USAGE, FAILED = 0, 1, 2, 3

CONFIG = click.option(
    "--config", "configuration", type=click.Path(path_type=Path), default=Path("mkdocs.yml"), show_default=True,
    help="The configuration of the site.",
)  # fmt: skip

Given = TypeVar("Given")


@click.group()
def new() -> None:
    """Start a module, a lesson, a site or a kind of question. Nothing is ever overwritten."""


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
    _made(lambda: new_module(configuration.resolve().parent, ModulePlan(module_id, **plan, **rest)))
    click.echo(f"\nFill in what stands in (write here: …). Then: alongside check modules/{printable(module_id)}")


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
    _made(lambda: new_lesson(configuration.resolve().parent, plan))
    click.echo(f"\nFill in what stands in (write here: …). Then: alongside check modules/{printable(module_id)}")


@new.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--name", help="What the site is called.")
@click.option("--module", "module_id", default="our-programme", show_default=True, help="Name of the sample module.")
def site(folder: Path, name: str | None, module_id: str) -> None:
    """Start a site in DIR: settings, a module of its own, checks of pull requests, ways to publish."""
    called = _asked(name, "Name of the site", titled(folder.resolve().name))
    _made(lambda: new_site(SitePlan(folder, called, module_id)))
    click.echo("\nNext: go to that folder and run alongside serve. Its README.md says what to fill in.")


@new.command("question-kind")
@click.argument("name")
def question_kind(name: str) -> None:
    """Start the kind of question NAME in a clone of Alongside: model, template, examples, registry line."""
    _made(lambda: new_question_kind(name))
    click.echo("\nFill in what stands in (write here: …). Then: python -m pytest tests/contracts")


@click.command()
@click.option("--write", "writing", is_flag=True, help="Write the ids into the files, and change nothing else in them.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@CONFIG
def ids(*, writing: bool, paths: tuple[Path, ...], configuration: Path) -> None:
    """Give an id to whatever has none, in PATHS or in all modules of the site. Without --write, only show them."""
    root = configuration.resolve().parent
    if not paths and not (root / "modules").is_dir():
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
        click.echo("\n" + as_text(problems))
    sys.exit(PROBLEMS if has_errors(problems) else FINE)


def _show(found: list[Filling], *, writing: bool) -> None:
    proposed = [proposal for filling in found for proposal in filling.proposals]
    for proposal in proposed:
        click.echo(printable(f"{proposal.place}  {proposal.noun}  id: {proposal.id}"))
    if not proposed:
        click.echo("Everything has an id.")
        return
    ending = "written." if writing else "missing. Write them with: alongside ids --write"
    click.echo(f"\n{len(proposed)} {'id' if len(proposed) == 1 else 'ids'} {ending}")


@click.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to put them. Usually where this site keeps them.",
)
@CONFIG
def schema(out: Path | None, configuration: Path) -> None:
    """Write the JSON Schemas by which an editor completes and explains every field."""
    _made(lambda: write_schemas(out or schema_folder(configuration.resolve().parent)))


@click.command("import")
@click.argument("form", metavar="FORMAT", type=click.Choice(list(READERS)))
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The quiz to write. Usually it is printed."
)
@CONFIG
def import_(form: str, file: Path, out: Path | None, configuration: Path) -> None:
    """Turn the question bank FILE into a quiz. FORMAT is gift or mkdocs-quiz.

    What is missing is marked (write here: …). What cannot be imported is reported, and the rest is imported.
    """
    try:
        bank = imported(form, file.read_text("utf-8"), str(file))
    except UnicodeDecodeError:
        _refuse(ScaffoldError(f"{file} is not UTF-8 text", "in the editor, choose Save with encoding UTF-8"))
    quizzes = bank.files()
    if out and quizzes:
        root = configuration.resolve().parent
        paths = [out.with_stem(f"{out.stem}-{number}") if number > 1 else out for number in range(1, len(quizzes) + 1)]
        texts = dict(zip(paths, quizzes, strict=True))
        _made(
            lambda: new_files(
                {path: schema_line(path.resolve(), "quiz", schema_folder(root)) + text for path, text in texts.items()}
            )
        )
    else:
        click.echo("---\n".join(quizzes), nl=False)
    if bank.problems:
        click.echo(as_text(bank.problems) + "\n", err=True)
    count = len(bank.questions)
    more = f" A quiz holds {MOST}, so they are in {len(quizzes)}." if len(quizzes) > 1 else ""
    click.echo(
        f"{count} {'question' if count == 1 else 'questions'} imported.{more} Fill in what stands in (write here: …).",
        err=True,
    )
    sys.exit(PROBLEMS if has_errors(bank.problems) or not count else FINE)


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
            click.echo(f"written  {printable(_near(path))}")


def _near(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _refuse(refused: ScaffoldError) -> Any:
    """Says why nothing was written and ends the command."""
    click.echo(printable(f"not written: {refused.message}"), err=True)
    if refused.fix:
        click.echo(f"    fix:      {printable(refused.fix)}", err=True)
    sys.exit(USAGE)


#: Everything that `alongside` offers authors here.
COMMANDS = (new, ids, import_, schema)
