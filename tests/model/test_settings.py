"""What an organisation can set, and what content says where it has not."""

from __future__ import annotations

import re

import pytest

from alongside.files.source import read_bytes
from alongside.load.parse import parse
from alongside.model.settings import SLOT_DEFAULTS, SLOTS, Organisation, Settings, slot_values, slot_words
from alongside.words.language import ENGLISH

EVERYTHING = """\
layers: [bundled, .]
leave_out: [career]
paths: {short: {title: Short, summary: For a start., modules: [trust]}}
release: true
menu: [{title: Our rules, page: progress}]
foot: [{title: Our site, url: "https://example.org/"}]
leave_out_pages: [hosting]
redirects: {welcome/start.html: progress}
cohorts: {2027-spring: {title: Spring 2027, note: For mentors who began in March.}}
reviewed: {listening: {by: Ana, on: 2026-11-01}}
xapi: {endpoint: "https://lrs.example/xapi/", told: Ana reads it., key: writes, secret: openly}
organisation:
  name: Riverside Mentors
  logo: assets/logo.svg
  logo_dark: assets/dark.svg
  logo_print: assets/black.svg
  icon: assets/badge.svg
  touch_icon: assets/touch.png
  home_picture: assets/home.svg
  share_picture: assets/share.png
  colours: {primary: "#0b5d5e", accent: "#B3541E", bar: "#ffcc00", bar_ink: "#1d2324"}
  fonts:
    text: {regular: assets/a.woff2, bold: assets/b.woff2, italic: assets/c.woff2}
    headings: {regular: assets/d.woff2}
  style: {light: {measure: 44rem}, dark: {paper: "#101010"}}
  support:
    emergency: {label: Immediate danger, how: Call 112.}
    contacts:
      - {name: Duty team, audience: Everyone, how: Ring the bell., hours: Always, languages: English, cost: Free, url: https://example.org, last_verified: 2026-11-01, verified_by: Ana}
    safeguarding_lead: {name: Ana, how: Room 2.}
    coordinator: {name: Bo, how: bo@example.org}
    out_of_hours: Call 112.
    complaints: Write to the trustees.
    confidentiality_limits: We tell Ana if someone is in danger.
    jurisdiction: Wales
    last_verified: 2026-11-01
  statements:
    keys: ["vRSqBHDSKrGIito08C_cUIK4-zW6cgJToWI3yaFOMn_WAevioe091zaLfliaRmQz9aYHWf-1IuWMF0W-lZ_JeY3QcSxvg2JgmCxanbsLEM-VjG8uVd_OIJjHXhRtXAgLXinjAtfKXjH_LyM-LCILrn9ZAQdU8Gt5odq1JOx7N7B8sOSCjxcOv0nCaKxxudGkxUipzJ6fzlaFlg4Yf0aNNokQYd1LSa54-WTVFUxYhB2_aa9pMWSXZc5nlHJ4hh3WpQoFIXKgBreLNeItaXqcXeCAvDNi54iux_TioxiK9r0f5u_4T6HiYFQlB9f5L8sNW0ge8deBDr6AdssAVaN9kQ"]
"""


def read(text: str) -> tuple[Settings | None, list[str]]:
    mapping, problems = read_bytes(text.encode(), "mkdocs.yml")
    assert mapping is not None and not problems
    settings, found = parse(Settings, mapping)
    return settings, [f"{problem.place.line}:{problem.place.column} {problem.code}" for problem in found]


def test_everything_can_be_set() -> None:
    settings, problems = read(EVERYTHING)
    assert settings is not None and problems == []
    assert settings.paths["short"].modules == ("trust",)
    assert settings.organisation.support.contacts[0].name == "Duty team"


def test_nothing_has_to_be_set() -> None:
    assert Settings().layers == (".",)


@pytest.mark.parametrize("colour", ["#fff", "red", "0b5d5e", "'#0b5d5e;}'", "'#0b5d5e\n\n'", "url(x)"])
def test_a_colour_is_six_digits_and_nothing_else(colour: str) -> None:
    """Colours are written into a style sheet."""
    text = (
        f"organisation:\n  colours:\n    primary: {colour}\n"
        if not colour.startswith("#")
        else f"organisation:\n  colours:\n    primary: '{colour}'\n"
    )
    assert read(text) == (None, ["3:14 M104"])


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://example.org", "example.org", "//example.org", "data:text/html,x"]
)
def test_a_website_is_an_ordinary_address(url: str) -> None:
    text = f"organisation:\n  support:\n    contacts:\n      - name: A\n        how: B\n        url: {url}\n"
    assert read(text) == (None, ["6:14 M104"])


def test_each_local_fact_has_words_for_as_long_as_it_is_not_set() -> None:
    assert set(SLOT_DEFAULTS) == set(SLOTS)
    assert slot_values(Organisation()) == dict.fromkeys(SLOTS)
    assert all(re.fullmatch(r"[a-z][a-z ,]+", words) for words in SLOT_DEFAULTS.values())


def test_who_is_not_named_is_found_through_who_is() -> None:
    coordinator = Organisation.model_validate({"support": {"coordinator": {"name": "Bo", "how": "Room 1."}}})
    assert slot_words(coordinator, ENGLISH)["organisation.safeguarding.how"] == "Bo can say who that is"
    assert slot_words(coordinator, ENGLISH)["organisation.coordinator.how"] == "Room 1"
    lead = Organisation.model_validate({"support": {"safeguarding_lead": {"name": "Ana", "how": "Room 2"}}})
    assert slot_words(lead, ENGLISH)["organisation.coordinator.how"] == "Ana can put you in touch"
    assert "without a programme" in slot_words(Organisation(), ENGLISH)["organisation.safeguarding.how"]


def test_each_local_fact_comes_from_a_setting() -> None:
    settings, _ = read(EVERYTHING)
    assert settings is not None
    assert slot_values(settings.organisation) == {
        "organisation.name": "Riverside Mentors",
        "organisation.safeguarding.name": "Ana",
        "organisation.safeguarding.how": "Room 2.",
        "organisation.coordinator.name": "Bo",
        "organisation.coordinator.how": "bo@example.org",
        "organisation.emergency.how": "Call 112.",
        "organisation.jurisdiction": "Wales",
        "organisation.out_of_hours": "Call 112.",
        "organisation.complaints": "Write to the trustees.",
    }
