"""Sources that can grow old: they are found again, looked at in time, and nothing overdue is released."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from alongside.build import gather
from alongside.files.problems import Problem

pytestmark = pytest.mark.slow

CONFIGURATION = "site_name: Test\nplugins:\n  - alongside:\n      layers: [.]\n      release: {}\n"
SOURCES = "modules/sources.yml"
ENTRY = 'doe-2026: {{authors: Doe, year: "2026", title: Listening online, checked: finding, {}}}\n'
DUE = "checked_on: 2026-11-20, recheck_by: 2027-05-20"


def sources(entry: str) -> str:
    return f"{SOURCES}: |\n  {ENTRY.format(entry)}"


@pytest.mark.parametrize(
    "entry",
    [
        "kind: page, url: https://example.org/x",
        "kind: preprint, doi: 10.31234/osf.io/abcde",
        "kind: study, doi: 10.1000/182",
        "doi: 10.1101/2023.10.23.23297394",
        "doi: 10.48550/arXiv.2401.00001",
        "kind: page, url: https://example.org/x, checked_on: 2026-11-20",
    ],
)
def test_what_can_grow_old_says_when_somebody_looks_again(found, entry: str) -> None:
    assert found("R242", sources(entry))
    dated = entry.replace(", checked_on: 2026-11-20", "")
    assert found("R242", sources(f"{dated}, {DUE}")) == []


def test_other_publications_need_no_day(found) -> None:
    assert found("R242", sources("doi: 10.1000/182")) == []


def test_a_page_is_found_by_its_url_or_doi(found) -> None:
    assert found("R243", sources(f"kind: page, {DUE}"))
    assert found("R243", sources(f"kind: page, doi: 10.1000/182, {DUE}")) == []
    assert found("R243", sources(f"kind: study, {DUE}")) == []


@pytest.mark.parametrize(
    ("day", "fits"), [("2026-11-20", False), ("2026-11-21", True), ("2028-11-20", True), ("2028-11-21", False)]
)
def test_the_next_look_is_later_than_the_last_and_within_two_years(found, day: str, fits: bool) -> None:
    assert (found("R244", sources(f"checked_on: 2026-11-20, recheck_by: {day}")) == []) is fits


# --------------------------------------------------------------------- overdue


def overdue(a_site: Any, day: date | None, *, release: str = "false", waived: str = "") -> list[Problem]:
    entry = ENTRY.format(f"kind: page, url: https://example.org/x, {DUE}{waived}")
    site = a_site({"mkdocs.yml": CONFIGURATION.format(release), SOURCES: entry})
    return [
        problem
        for problem in gather(site / "mkdocs.yml", rules=(), today=day).problems
        if problem.code in {"R245", "M122"}
    ]


@pytest.mark.parametrize(("day", "codes"), [(date(2027, 5, 20), []), (date(2027, 5, 21), ["R245"]), (None, [])])
def test_it_is_overdue_on_the_day_after(a_site, day: date | None, codes: list[str]) -> None:
    problems = overdue(a_site, day)
    assert [(problem.code, problem.severity) for problem in problems] == [(code, "warning") for code in codes]


def test_with_release_it_is_an_error(a_site) -> None:
    (problem,) = overdue(a_site, date(2027, 5, 21), release="true")
    assert problem.severity == "error"
    assert problem.place.line == 1


def test_no_waiver_lets_it_through(a_site) -> None:
    problems = overdue(
        a_site, date(2027, 5, 21), release="true", waived=", lint: {allow: [R245], why: Nobody has time.}"
    )
    assert "R245" in {problem.code for problem in problems}
