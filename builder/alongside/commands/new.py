"""`alongside new`."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import click

from alongside.authoring.extensions import RULE_SCOPES, new_question_kind, new_rule
from alongside.authoring.renewal import renew as renew_site
from alongside.authoring.scaffold import (
    LessonPlan,
    ModulePlan,
    ScaffoldError,
    SitePlan,
    new_module,
    new_site,
    paths_with,
    refuse_used,
    titled,
)
from alongside.authoring.takeover import lesson_begun, refuse_their_module
from alongside.build import build_site
from alongside.commands.options import CONFIG
from alongside.commands.sharing import in_a_site, made, near, opened, refuse
from alongside.commands.terminal import say
from alongside.files.paths import real
from alongside.files.problems import printable, quoted
from alongside.model.element import LEVELS


@click.group()
def new() -> None:
    """Start a module, a lesson, a site, a kind of question or a rule. Nothing is ever overwritten."""


@new.command(short_help="Start a module, with a lesson and a quiz.")
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
    in_a_site(configuration)
    project = opened(configuration)
    try:
        refuse_their_module(project, module_id)
    except ScaffoldError as refused:
        refuse(refused)
    plan = {
        "title": _asked(title, "Title", titled(module_id)),
        "summary": _asked(summary, "What is it good for, in a sentence", ModulePlan.summary),
        "objective": _asked(objective, "What can a learner do after it", ModulePlan.objective),
    }
    root = real(configuration.parent)
    made(lambda: new_module(root, ModulePlan(module_id, **plan, **rest)))
    paths = paths_with(root, module_id)
    if paths is not None:
        named = f"in the path {' and '.join(map(quoted, paths))}" if paths else "in no path: add it where it belongs"
        say(f"\nIt stands at the end of order: in curriculum.yml, and {named}.")
    say(f"\nFill in what stands in (write here: …). Then: alongside check modules/{printable(module_id)}")


@new.command(short_help="Start a lesson of a module.")
@click.argument("place", metavar="MODULE/ID")
@click.option("--title", help="What the lesson is called.")
@click.option("--objective", help="Id of the objective that it teaches. Usually the first one of the module.")
@CONFIG
def lesson(place: str, title: str | None, objective: str | None, configuration: Path) -> None:
    """Start the lesson ID of a module, named in its module.yml.

    Where the module comes with another layer, the lesson is yours and is named in your overlay.yml, and the module stays theirs.
    """
    in_a_site(configuration)
    module_id, slash, lesson_id = place.partition("/")
    if not slash or not lesson_id:
        raise click.UsageError("name the lesson with its module, for example active-listening/four-moves")
    named = _asked(title, "Title", titled(lesson_id))
    plan = LessonPlan(module_id, lesson_id, named, objective)
    made(lambda: lesson_begun(opened(configuration), plan))
    say(f"\nFill in what stands in (write here: …). Then: alongside check modules/{printable(module_id)}")


@new.command(short_help="Start a site of your own in a folder.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--name", help="What the site is called.")
@click.option("--address", help="Where the site will stand, from https:// on, if you know it.")
@click.option("--emergency", help="What to do in immediate danger, with the number to call.")
@click.option("--lead", help="Who takes concerns about safety: a name or a role.")
@click.option("--lead-how", help="How to reach this person.")
@click.option("--module", "module_id", default="our-programme", show_default=True, help="Name of the sample module.")
@click.option("--renew", is_flag=True, help="Bring the recipes of the site in DIR to the state of this version.")
@click.option("--build/--no-build", "wanted", default=None, help="Build it too. Usually at a terminal only.")
def site(
    folder: Path, name: str | None, module_id: str, *, renew: bool, wanted: bool | None, **rest: str | None
) -> None:
    """Start a site in DIR: settings, a module of its own, checks of pull requests, ways to publish.

    At a terminal it asks five questions, of which all but the first can wait, and builds the site.

    With --renew, workflows, recipes, requirements.txt and schemas of the site in DIR are compared with those of this version.
    What you have not changed is replaced, what you have is joined or kept, and nothing else is touched.
    """
    if renew:
        _renew(folder)
        return
    if rest["address"]:
        _address(rest["address"])
    try:
        refuse_used(folder, titled(real(folder).name), module_id)  # before anybody has answered for nothing
    except ScaffoldError as refused:
        refuse(refused)
    called = _asked(name, "1 of 5. Name of the site", titled(real(folder).name))
    checked: dict[str, Callable[[str], str]] = {"address": _address}
    answers = {
        option: _asked(rest[option], question, "", checked.get(option, str)) for option, question in LATER.items()
    }
    made(lambda: new_site(SitePlan(folder, called, module_id, **answers)))
    here = printable(str(folder))
    if sys.stdin.isatty() if wanted is None else wanted:
        say("")
        place, built, _ = build_site(real(folder) / "mkdocs.yml")
        say(f"built    {len(built.pages)} pages in {printable(str(near(place)))}")
    say(f"\nNext: go to the folder {here} and run alongside serve. Its README.md says what to fill in.")


#: Questions that can wait, by the option that answers each.
LATER = {
    "address": "2 of 5. Where will it stand, from https:// on? (Enter if you do not know yet)",
    "emergency": "3 of 5. What should a learner do in immediate danger, with the number to call? (Enter for later)",
    "lead": "4 of 5. Who takes concerns about safety: a name or a role? (Enter for later)",
    "lead_how": "5 of 5. How can a learner reach this person? (Enter for later)",
}
ADDRESS = re.compile(r"https?://[^\s/?#]+[^\s?#]*")


def _address(answer: str) -> str:
    """An answer that is an address or empty. At a terminal another is asked for again at once."""
    if answer and not ADDRESS.fullmatch(answer):
        raise click.UsageError(f"{quoted(answer)} is not an address; write it from https:// on, or leave it out")
    return answer


def _renew(folder: Path) -> None:
    """Renews the recipes of a site, and says what became of each."""
    try:
        outcome = renew_site(folder)
    except ScaffoldError as refused:
        refuse(refused)
    except OSError as error:
        refuse(ScaffoldError(f"nothing was written: {error.strerror or error}"))
    said = {
        "written": outcome.written,
        "joined with your changes": outcome.joined,
        "yours is kept; what is new stands beside it": outcome.beside,
        "not written, since you deleted it": outcome.deleted,
    }
    for words, paths in said.items():
        for path in paths:
            say(f"{words}  {printable(near(path))}")
    if not any(said.values()):
        say("Every recipe is that of this version.")


@new.command("question-kind", short_help="Start a kind of question in a clone of Alongside.")
@click.argument("name")
def question_kind(name: str) -> None:
    """Start the kind of question NAME in a clone of Alongside: model, template, examples, registry line."""
    made(lambda: new_question_kind(name))
    say(
        "\nFill in what stands in (write here: …). Then: alongside schema, make words,\n"
        "python -m pytest tests/test_errors.py --update-golden, python -m pytest tests/contracts tests/words"
    )


@new.command("rule", short_help="Start a rule in a clone of Alongside.")
@click.argument("code")
@click.argument("name")
@click.option(
    "--scope", type=click.Choice(list(RULE_SCOPES)), default="text", show_default=True, help="What it looks at."
)
def rule_(code: str, name: str, scope: str) -> None:
    """Start the rule NAME in a clone of Alongside: its function and its document. CODE is a letter, or a free code."""
    made(lambda: new_rule(code, name, scope))
    say("\nFill in what stands in (write here: …). Then: python -m pytest tests/rules")


def _asked(given: str | None, question: str, usual: str, checked: Callable[[str], str] = str) -> str:
    """What an option says or, on a terminal, a person; otherwise what is usual."""
    if given is not None or not sys.stdin.isatty():
        return given if given is not None else usual
    answer: str = click.prompt(question, default=usual, show_default=bool(usual), value_proc=checked)
    return answer
