"""What `alongside check` does where something has changed."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from alongside.build import Gathered, gather, lost_since
from alongside.commands.options import Check
from alongside.commands.sharing import no_history, report
from alongside.commands.terminal import FINE, PROBLEMS
from alongside.compare.history import HistoryError
from alongside.files.paths import real
from alongside.files.problems import ContentError, Problem, has_errors, in_order, printable
from alongside.files.unchanged import Outcome


def check_anew(asked: Check, today: date) -> Outcome:
    """What there is to say of the content."""
    configuration = asked.configuration
    unchecked = ""
    sources: tuple[str, ...] = ()
    try:
        gathered = gather(configuration, today=today, release=asked.release, cached=asked.cached)
        lost = lost_since(asked.against, configuration, gathered) if asked.against is not None else []
    except ContentError as error:
        problems = list(error.problems)
        unchecked = f" Until {printable(configuration.name)} can be read, nothing else is checked."
    except HistoryError as error:
        no_history(error)
    else:
        problems = in_order([*gathered.problems, *lost])
        sources = tuple(map(str, gathered.project.read))
        if asked.paths:
            problems = _asked_for(asked.paths, gathered, problems)
        if gathered.unread:
            unchecked = " Until every file can be read, not everything was checked."
    folder = os.path.relpath(real(configuration.parent))
    said = report(problems, asked.form, notes=asked.notes, everything=asked.everything, folder=folder, more=unchecked)
    failed = has_errors(problems) or (asked.strict and any(p.severity == "warning" for p in problems))
    return Outcome(tuple(said), PROBLEMS if failed else FINE, sources)


def _asked_for(paths: tuple[Path, ...], gathered: Gathered, problems: list[Problem]) -> list[Problem]:
    """What stands below the paths, and whatever kept a file from being read."""
    wanted = [real(path) for path in paths]

    def asked_for(problem: Problem) -> bool:
        if problem.severity == "error" and problem.place.file in gathered.unread:
            return True
        return any(gathered.project.path_of(problem.place.file).is_relative_to(path) for path in wanted)

    return [problem for problem in problems if asked_for(problem)]
