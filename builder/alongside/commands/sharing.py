"""What several commands do in the same way: show problems, say what was written or why nothing was."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NoReturn

from alongside.authoring.scaffold import ScaffoldError
from alongside.build import note_release
from alongside.commands.terminal import PROBLEMS, USAGE, Said, say, show
from alongside.compare.history import HistoryError
from alongside.compare.published import PUBLISHED
from alongside.compare.report import in_short
from alongside.files.archive import ArchiveError
from alongside.files.problems import ContentError, Problem, count, has_errors, printable
from alongside.load.project import Project, not_there, open_project
from alongside.reports.problems import FORMATS, seen_from
from alongside.rules import RULES_BY_CODE

#: How many reasons are printed for one archive.
MOST_SAID = 20
#: What `import` and `export` call modules in one file.
PACK = "pack"


def report(  # noqa: PLR0913  # what can be chosen about a report
    problems: list[Problem],
    form: str,
    *,
    notes: bool = False,
    everything: bool = False,
    folder: str = ".",
    more: str = "",
) -> list[Said]:
    """What is said of problems in one of the forms, with `more` at the end for people. `everything` shows each of many that say the same.

    `folder` leads from here to the site, for those forms that need it.
    """
    shown = [p for p in problems if notes or p.severity != "info" or RULES_BY_CODE[p.code].scope == "history"]
    if form in {"github", "sarif"}:
        shown = seen_from(shown, Path(folder).as_posix())
    said = FORMATS[form](shown, everything=everything)
    if form in {"json", "sarif"}:
        return [(said, True)]
    first = " The errors stand first." if len({problem.severity for problem in shown}) > 1 and has_errors(shown) else ""
    hint = "" if len(shown) == len(problems) else " The notes are shown with --notes."
    return [*([(said + "\n", form == "github")] if shown else []), (f"{count(problems)}.{first}{hint}{more}", False)]


def not_sound(error: ContentError) -> NoReturn:
    """Shows what keeps the content from being understood or built, and ends the command."""
    others = [problem for problem in error.others if problem.severity != "info"]
    more = f" Besides: {count(others)}, which alongside check shows." if others else ""
    show(report(list(error.problems), "text", more=more))
    sys.exit(PROBLEMS)


def in_a_site(configuration: Path) -> None:
    """Ends the command where there is no site, before it writes anything."""
    missing = not_there(configuration)
    if missing:
        refuse(ScaffoldError(missing.message, missing.fix))


def opened(configuration: Path) -> Project:
    """The site with these settings. Ends the command where they cannot be understood."""
    try:
        return open_project(configuration)[0]
    except ContentError as error:
        not_sound(error)


def no_history(error: HistoryError) -> NoReturn:
    """Says why an earlier revision cannot be read, and ends the command."""
    say(f"Nothing to compare with: {printable(str(error))}", err=True)
    sys.exit(USAGE)


def made(make: Callable[[], list[Path]]) -> None:
    """Says what was written, or why nothing was."""
    try:
        written = make()
    except ScaffoldError as refused:
        refuse(refused)
    except OSError as error:
        refuse(ScaffoldError(f"nothing was written: {error.strerror or error}"))
    else:
        for path in written:
            say(f"written  {printable(near(path))}")


def near(path: Path) -> str:
    """A path as seen from here."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def refuse(refused: ScaffoldError) -> NoReturn:
    """Says why nothing was written and ends the command."""
    say(printable(f"not written: {refused.message}"), err=True)
    if refused.fix:
        # A fix may be lines for a file, which only hold as lines.
        lines = map(printable, refused.fix.splitlines())
        say("    fix:      " + "\n              ".join(lines), err=True)
    sys.exit(USAGE)


def refuse_archive(what: str, refused: ArchiveError) -> NoReturn:
    """Says everything that is wrong with an archive, and ends the command."""
    say(printable(f"{what}:"), err=True)
    for reason in refused.reasons[:MOST_SAID]:
        say(f"    {printable(reason)}", err=True)
    if len(refused.reasons) > MOST_SAID:
        say(f"    and {len(refused.reasons) - MOST_SAID} more", err=True)
    sys.exit(PROBLEMS)


def remember(configuration: Path, today: date, *, cached: bool = False) -> None:
    """Notes what was made for learners, and says in a line what changed since the last time."""
    try:
        changes, day = note_release(configuration, today, cached=cached)
    except (ContentError, OSError):
        say(f"What was published could not be noted in {PUBLISHED}; alongside diff --note says why.", err=True)
        return
    if changes and day:
        say(f"Since {day.isoformat()}: {in_short(changes)} The earlier state is in the history of {PUBLISHED}.")
