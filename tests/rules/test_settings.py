"""Settings against the curriculum: local help, local facts, colours, tracks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from alongside.files.located import LocatedMapping
from alongside.files.problems import Problem, in_order
from alongside.files.source import read_bytes
from alongside.load.parse import parse
from alongside.model.curriculum import ContentFile, Curriculum
from alongside.model.settings import Settings
from alongside.rules import RULES
from alongside.rules.safety.settings import check_settings

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 25)
SENSITIVE = {
    "modules/listening/module.yml": """\
title: Loss
summary: Be with someone who grieves.
tags: [grief]
content_note: This module talks about death.
requires: [boundaries]
requires_local: [organisation.safeguarding.name]
before_first_meeting: true
objectives: {stay: {text: Choose what to say., level: evaluate}}
lessons: [hearing, asking, waiting]
key_points: [Stay., Listen., Come back.]
"""
}


def read(text: str) -> LocatedMapping:
    mapping, problems = read_bytes(text.encode(), "mkdocs.yml")
    assert mapping is not None and not problems
    return mapping


def settings_of(text: str) -> Settings:
    mapping = read(text)
    entry = mapping["plugins"][0]["alongside"]
    settings, found = parse(Settings, entry)
    assert settings is not None, found
    return settings


@pytest.fixture
def problems_of(a_curriculum, tmp_path: Path):
    # A drawing with words, of which no icon can be made.
    drawing = tmp_path / "words.svg"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text y="9">Ours</text></svg>')
    files = {"brand/words.svg": ContentFile(drawing, "content/brand/words.svg")}

    def curriculum() -> Curriculum:
        return a_curriculum(SENSITIVE).curriculum

    def check(text: str) -> list[Problem]:
        mapping = read(text)
        address = (mapping["site_url"], mapping.value_places["site_url"]) if "site_url" in mapping else None
        return in_order(check_settings(settings_of(text), replace(curriculum(), files=files), TODAY, address))

    return check


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.scope == "settings"], ids=lambda rule: rule.name)
def test_the_examples_of_each_rule_hold(rule, problems_of) -> None:
    assert rule.code in {problem.code for problem in problems_of(rule.document.bad)}
    assert rule.code not in {problem.code for problem in problems_of(rule.document.good)}


def test_settings_that_say_nothing_are_checked_too(a_curriculum) -> None:
    problems = check_settings(Settings(), a_curriculum(SENSITIVE).curriculum, TODAY)
    assert {(p.code, p.severity, p.place.file) for p in problems} == {
        ("R261", "warning", "mkdocs.yml"),
        ("Y120", "warning", "mkdocs.yml"),
        ("Y122", "warning", "mkdocs.yml"),
    }


def test_nothing_is_missing_where_no_module_needs_it(a_curriculum) -> None:
    assert check_settings(Settings(), a_curriculum().curriculum) == []


def test_a_release_turns_what_is_missing_into_errors(problems_of) -> None:
    found = problems_of("plugins:\n  - alongside:\n      release: true\n")
    assert {(p.code, p.severity) for p in found} == {
        ("R261", "error"),
        ("Y120", "error"),
        ("Y122", "error"),
        ("M117", "warning"),
    }


CONTACT = "plugins:\n  - alongside:\n      organisation:\n        support:\n          contacts:\n            - {{name: Duty team, how: Ask.{day}}}\n"


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (", last_verified: 2026-11-01", None),
        (", last_verified: 2026-05-29", None),
        (", last_verified: 2026-05-28", "Y121"),
        (", last_verified: 2025-11-25", "Y121"),
        (", last_verified: 2025-11-24", "R260"),
        (", last_verified: 2026-11-26", "R260"),
        ("", "R260"),
    ],
)
def test_contacts_grow_old(problems_of, day: str, code: str | None) -> None:
    """They are to be tried after 180 days, and a site for learners is not built with what nobody tried for a year."""
    for release in ("false", "true"):
        text = CONTACT.format(day=day) + f"      release: {release}\n"
        found = [(p.code, p.severity) for p in problems_of(text) if p.code in {"Y121", "R260"}]
        severity = "error" if code == "R260" and release == "true" else "warning"
        assert found == ([(code, severity)] if code else [])


FACT = "plugins:\n  - alongside:\n      organisation:\n        support:\n          {fact}\n{day}"


@pytest.mark.parametrize(
    "fact",
    [
        "emergency: {label: Danger, how: Call 112.}",
        "safeguarding_lead: {name: Ana, how: Room 2.}",
        "coordinator: {name: Bo, how: Room 3.}",
        "out_of_hours: Call 112.",
        "complaints: Write to the trustees.",
        "confidentiality_limits: We tell Ana.",
    ],
)
def test_every_fact_of_local_help_grows_old(problems_of, fact: str) -> None:
    days = {
        "": "R260",
        "          last_verified: 2024-01-01\n": "R260",
        "          last_verified: 2026-05-01\n": "Y121",
    }
    for day, code in days.items():
        found = [p.code for p in problems_of(FACT.format(fact=fact, day=day)) if p.code in {"Y121", "R260"}]
        assert found == [code]
    fresh = FACT.format(fact=fact, day="          last_verified: 2026-11-01\n")
    assert not {"Y121", "R260"} & {p.code for p in problems_of(fresh)}


def test_a_host_says_who_read_a_module_for_safety(problems_of) -> None:
    said = "plugins:\n  - alongside:\n      reviewed:\n        {name}: {{by: Ada Obi, on: {day}}}\n"
    assert "R261" not in {p.code for p in problems_of(said.format(name="listening", day="2026-11-20"))}
    assert "R261" in {p.code for p in problems_of(said.format(name="listening", day="2027-11-20"))}
    wrong = problems_of(said.format(name="lisening", day="2026-11-20"))
    assert {"R240", "R261"} <= {p.code for p in wrong}
    assert next(p for p in wrong if p.code == "R240").place.line == 4


@pytest.mark.parametrize(
    ("url", "shared"),
    [
        ("https://learn.example.org/", False),
        ("https://learn.example.org", False),
        ("https://example.org/course/", True),
        ("https://someone.github.io/", True),
        ("https://course.netlify.app/", False),
        ("http://[", False),
    ],
)
def test_an_address_is_shared_if_other_pages_have_the_same_host(problems_of, url: str, shared: bool) -> None:
    found = [
        p for p in problems_of(f"site_url: '{url}'\nplugins:\n  - alongside: {{layers: [.]}}\n") if p.code == "Y123"
    ]
    assert len(found) == shared
    if shared:
        assert str(found[0].place) == "mkdocs.yml:1:11"
