"""Settings against the curriculum: local help, local facts, colours, tracks."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.files.located import LocatedMapping
from alongside.files.problems import Problem, in_order
from alongside.files.source import read_bytes
from alongside.load.parse import parse
from alongside.model.settings import Settings
from alongside.rules import RULES
from alongside.rules.safety.settings import _darker, _on_white, check_settings

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
def problems_of(a_curriculum):
    def check(text: str) -> list[Problem]:
        mapping = read(text)
        address = (mapping["site_url"], mapping.value_places["site_url"]) if "site_url" in mapping else None
        return in_order(check_settings(settings_of(text), a_curriculum(SENSITIVE).curriculum, TODAY, address))

    return check


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.scope == "settings"], ids=lambda rule: rule.name)
def test_the_examples_of_each_rule_hold(rule, problems_of) -> None:
    assert rule.code in {problem.code for problem in problems_of(rule.document.bad)}
    assert rule.code not in {problem.code for problem in problems_of(rule.document.good)}


def test_settings_that_say_nothing_are_checked_too(a_curriculum) -> None:
    problems = check_settings(Settings(), a_curriculum(SENSITIVE).curriculum, TODAY)
    assert {(p.code, p.severity, p.place.file) for p in problems} == {
        ("Y120", "warning", "mkdocs.yml"),
        ("Y122", "warning", "mkdocs.yml"),
    }


def test_nothing_is_missing_where_no_module_needs_it(a_curriculum) -> None:
    assert check_settings(Settings(), a_curriculum().curriculum) == []


def test_a_release_turns_what_is_missing_into_errors(problems_of) -> None:
    found = problems_of("plugins:\n  - alongside:\n      release: true\n")
    assert {(p.code, p.severity) for p in found} == {("Y120", "error"), ("Y122", "error"), ("M117", "warning")}


CONTACT = "plugins:\n  - alongside:\n      organisation:\n        support:\n          contacts:\n            - {{name: Duty team, how: Ask.{day}}}\n"


@pytest.mark.parametrize(
    ("day", "severity"),
    [
        (", last_verified: 2026-11-01", None),
        (", last_verified: 2026-03-01", "warning"),
        (", last_verified: 2025-03-01", "error"),
        ("", "warning"),
    ],
)
def test_contacts_grow_old(problems_of, day: str, severity: str | None) -> None:
    found = [p.severity for p in problems_of(CONTACT.format(day=day)) if p.code == "Y121"]
    assert found == ([severity] if severity else [])


def test_contrast_is_that_of_wcag() -> None:
    assert _on_white("#000000") == pytest.approx(21)
    assert _on_white("#767676") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(
    ("colour", "severity"), [("#0b5d5e", None), ("#767676", "warning"), ("#ffcc00", "error"), ("#ffffff", "error")]
)
def test_colours_are_dark_enough(problems_of, colour: str, severity: str | None) -> None:
    found = [
        p
        for p in problems_of(
            f"plugins:\n  - alongside:\n      organisation:\n        colours: {{accent: '{colour}'}}\n"
        )
        if p.code == "A160"
    ]
    assert [p.severity for p in found] == ([severity] if severity else [])
    assert _on_white(_darker(colour)) >= 7


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
