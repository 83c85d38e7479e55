"""The one gate for release: what says that a site is unfinished is an error where the settings say `release: true`.

Checks, builds, previews and MkDocs all ask here, so that they come to one verdict.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from alongside.files.problems import Problem
from alongside.rules.rule import TABLE


def is_unfinished(problem: Problem) -> bool:
    """Whether a problem means that the site is not ready for learners, though it can be built."""
    return problem.code in TABLE and TABLE[problem.code].at_release


def judged(problems: Iterable[Problem], *, release: bool) -> list[Problem]:
    """The problems with the severity that they have on a site that learners use, or on one that is being made."""
    return [replace(p, severity="error") if release and is_unfinished(p) else p for p in problems]


def breaks(problems: Iterable[Problem]) -> bool:
    """Whether there is an error that keeps the content from being shown at all, as what is only unfinished does not."""
    return any(problem.severity == "error" and not is_unfinished(problem) for problem in problems)
