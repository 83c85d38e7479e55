"""The days of reviews. What depends on the day of today is asked by checks only, so that no site depends on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from alongside.files.problems import Problem
from alongside.model.curriculum import Curriculum
from alongside.model.modules import Module
from alongside.rules.rule import Context, Finding, Rule, enter, rule

#: Days of a year, one that has a day more.
YEAR = 366


def overdue_reviews(curriculum: Curriculum, today: date) -> list[Problem]:
    """A warning for each module that should have been reviewed again by `today`."""
    return [
        Problem(
            "M114",
            "warning",
            f"the next review was due on {review.next.isoformat()}, {(today - review.next).days} days ago",
            review.place("next"),
            "a day that is still to come",
            "read the module again as a reviewer, correct it, and write who did so and when below reviewed:",
        )
        for module in curriculum.modules.values()
        if (review := module.outline.reviewed) and review.next < today
    ]


@rule("M115", "review-days", "warning", "module")
def review_days(module: Module, context: Context) -> Iterator[Finding]:
    """A next review that is no later than the last one, or more than a year later."""
    review = module.outline.reviewed
    if review and not 0 < (review.next - review.on).days <= YEAR:
        yield Finding(
            f"the next review, on {review.next.isoformat()}, is not within a year of the last one",
            review.place("next"),
            f"a day after {review.on.isoformat()}, and at most a year after it",
        )


enter(Rule("M114", "review-overdue", "warning", "history"))
