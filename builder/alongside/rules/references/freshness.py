"""Whether what a source said still holds, and whether readers can find it: R242 to R245."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from alongside.files.problems import Problem, quoted
from alongside.model.curriculum import Curriculum, Source
from alongside.rules.rule import Context, Finding, Rule, enter, rule

#: Servers for preprints, by the beginning of the DOIs that they give.
PREPRINT_DOIS = (
    "10.1101/",  # bioRxiv and medRxiv
    "10.2139/ssrn",
    "10.20944/preprints",
    "10.21203/rs",  # Research Square
    "10.31219/osf.io",
    "10.31234/osf.io",  # PsyArXiv
    "10.48550/arxiv",
)
#: Days of two years, one of which has a day more.
LONGEST = 731


def is_preprint(source: Source) -> bool:
    """Whether no reviewers have read it yet, whether it says so or its DOI does."""
    return source.kind == "preprint" or (source.doi or "").lower().startswith(PREPRINT_DOIS)


def grows_old(source: Source) -> bool:
    """Whether it can change, vanish or be overturned sooner than other publications."""
    return source.kind in {"page", "study"} or is_preprint(source)


@rule("R242", "source-without-recheck", "warning", "curriculum")
def source_without_recheck(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Web pages, preprints and single studies that nobody will look at again."""
    for name, source in curriculum.sources.items():
        if not grows_old(source):
            continue
        missing = [field for field in ("checked_on", "recheck_by") if getattr(source, field) is None]
        if missing:
            said = "page" if source.kind == "page" else "preprint" if is_preprint(source) else "single study"
            yield Finding(
                f"the source {quoted(name)} is a {said} without {' and '.join(missing)}",
                source.place(),
                "the day on which it was last seen, and one by which it is looked at again",
                "look at it, write the day below checked_on:, and a day within two years below recheck_by:",
            )


@rule("R243", "source-without-address", "warning", "curriculum")
def source_without_address(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Web pages and preprints that readers cannot find."""
    for name, source in curriculum.sources.items():
        if (source.kind == "page" or is_preprint(source)) and not (source.url or source.doi):
            yield Finding(
                f"the source {quoted(name)} stands only on the web, and nothing says where",
                source.place(),
                "url or doi",
                "add url: with the address that you have opened, or delete the source",
            )


@rule("R244", "recheck-days", "warning", "curriculum")
def recheck_days(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """A day of the next look at a source that is no later than the last one, or more than two years later."""
    for source in curriculum.sources.values():
        if source.recheck_by and source.checked_on and not 0 < (source.recheck_by - source.checked_on).days <= LONGEST:
            yield Finding(
                f"{source.recheck_by.isoformat()} is not within two years of the day on which the source was last seen",
                source.place("recheck_by"),
                f"a day after {source.checked_on.isoformat()}, and at most two years after it",
            )


def overdue_rechecks(curriculum: Curriculum, today: date) -> list[Problem]:
    """A warning for each source that should have been looked at again by `today`."""
    return [
        Problem(
            "R245",
            "warning",
            f"the source {quoted(name)} was to be looked at again by {source.recheck_by.isoformat()}, "
            f"{(today - source.recheck_by).days} days ago",
            source.place("recheck_by"),
            "a day that is still to come",
            "look whether it still stands and still says what it is cited for, correct what rests on it, "
            "and write both days anew",
        )
        for name, source in curriculum.sources.items()
        if source.recheck_by and source.recheck_by < today
    ]


enter(Rule("R245", "recheck-overdue", "warning", "history", at_release=True))
