"""Help has words in every state: whatever an organisation has filled in, no sentence runs in a circle or says a thing twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from alongside.load.curriculum import load_curriculum
from alongside.load.layers import Layer
from alongside.model.curriculum import Curriculum
from alongside.model.element import texts
from alongside.model.settings import SLOTS, Organisation, Settings
from alongside.render.page import Page
from alongside.render.site import SiteRenderer
from alongside.render.text_check import check_texts
from alongside.render.voice import voice

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
#: Each with and without a full stop, since organisations write both.
FACTS: dict[str, dict[str, Any]] = {
    "name": {"name": "Riverside Mentors"},
    "emergency": {"support": {"emergency": {"label": "Danger now", "how": "Call the emergency number."}}},
    "safeguarding_lead": {"support": {"safeguarding_lead": {"name": "Ana Reed", "how": "Room 2, day or night"}}},
    "coordinator": {"support": {"coordinator": {"name": "Bo Lind", "how": "Ask at the desk."}}},
    "contacts": {"support": {"contacts": [{"name": "The open door", "how": "Ring any evening."}]}},
}
STATES = [
    frozenset(name for name, on in zip(FACTS, chosen, strict=True) if on)
    for chosen in product((0, 1), repeat=len(FACTS))
]
EVERY_STATE = pytest.mark.parametrize("state", STATES, ids=lambda state: "+".join(sorted(state)) or "nothing")
#: Those whom nobody can be sent on to in the same sentence.
WHO = re.compile(r"\b(coordinator|safeguarding lead|Ana Reed|Bo Lind)\b")
RUN = 3


def settings(state: frozenset[str]) -> Settings:
    organisation: dict[str, Any] = {"support": {}}
    for name in state:
        for field, value in FACTS[name].items():
            organisation[field] = {**organisation["support"], **value} if field == "support" else value
    return Settings(organisation=Organisation.model_validate(organisation))


@cache
def curriculum() -> Curriculum:
    found, _ = load_curriculum([Layer("ours", ROOT)])
    assert found is not None
    return found


@cache
def with_facts() -> tuple[str, ...]:
    """The paragraphs of all modules that a local fact stands in."""
    written = (text.value for module in curriculum().modules.values() for file in module.files for text in texts(file))
    lines = (line.strip() for text in written for line in text.split("\n"))
    return tuple(dict.fromkeys(line for line in lines if "{{" in line))


def shown(body: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body)).replace(" .", ".").replace(" :", ":").replace(" ,", ",")


def faults(sentence: str) -> Iterator[str]:
    people = Counter(WHO.findall(sentence))
    yield from (f"{who} twice" for who, times in people.items() if times > 1)
    words = re.findall(r"[\w’]+", sentence.lower())
    runs = Counter(tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
    yield from (f"“{' '.join(run)}” twice" for run, times in runs.items() if times > 1)
    yield from (found.group() for found in re.finditer(r"\b(\w+) \1\b|[.,:;]\s*[.,:;]|^[a-z]", sentence))


def sentences(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"(?<=[.!?])\s+(?=[A-Z“])", text) if one.strip()]


@EVERY_STATE
def test_no_sentence_of_a_module_that_holds_a_local_fact_runs_in_a_circle(state: frozenset[str]) -> None:
    prose = voice("en", curriculum(), settings(state), [ROOT / "theme"]).prose
    found = [
        (sentence, fault)
        for line in with_facts()
        for sentence in sentences(shown(prose.block(line)))
        for fault in faults(sentence)
    ]
    assert found == []


def pages(state: frozenset[str]) -> dict[str, Page]:
    wanted = settings(state)
    few = {name: curriculum().modules[name] for name in ("safeguarding",)}
    plan = SiteRenderer(replace(curriculum(), modules=few), wanted, [ROOT / "theme"]).plan()
    return {url: plan[url]() for url in ("support/", "safeguarding/")}


def panels(page: Page) -> list[str]:
    return [shown(found) for found in re.findall(r'<div class="support">(.*?)</div>', page.body, re.DOTALL)]


@EVERY_STATE
def test_the_page_with_help_and_each_panel_say_a_thing_once_and_lead_on(state: frozenset[str]) -> None:
    made = pages(state)
    assert check_texts(made.values()) == []
    [panel, *_] = panels(made["safeguarding/"])
    support = shown(made["support/"].body)
    for text in (panel, support):
        assert not re.search(r"ask your|your coordinator|safeguarding lead", text, re.IGNORECASE), text
        assert re.search(r"emergency number", text)
        assert not re.search(r"\d{3}|www\.|https?:", text)
    assert ("someone you trust" in panel) is not (state & {"safeguarding_lead", "coordinator"} != set())
    assert "checks your phone" in support and "helpline" in support and "A doctor or a clinic" in support
    assert ("names no local services" in support) is ("contacts" not in state)
    for name in ("Ana Reed", "Bo Lind", "The open door"):
        owner = {"Ana Reed": "safeguarding_lead", "Bo Lind": "coordinator", "The open door": "contacts"}[name]
        assert (name in support) is (owner in state)


def test_every_local_fact_of_the_modules_is_tried() -> None:
    used = {slot for slot in SLOTS if any(slot in line for line in with_facts())}
    for_hosts_alone = {"organisation.jurisdiction", "organisation.out_of_hours", "organisation.complaints"}
    assert used >= set(SLOTS) - for_hosts_alone


# ------------------------------------------------------- what a host sees of it


def help_page(support: dict[str, Any], *, preview: bool = False) -> Page:
    whole = Settings(organisation=Organisation.model_validate({"support": support}))
    return SiteRenderer(curriculum(), whole, [ROOT / "theme"], preview=preview).plan()["support/"]()


def test_contacts_for_the_same_people_stand_together() -> None:
    contacts = [
        {"name": "Night line", "how": "Call 1."},
        {"name": "Room 2", "how": "Knock.", "audience": "For mentees"},
        {"name": "Desk", "how": "Ask.", "audience": "For mentors", "languages": "English and Welsh"},
        {"name": "Room 3", "how": "Ring.", "audience": "For mentees"},
    ]
    body = help_page({"contacts": contacts}).body
    order = ["Night line", "For mentees", "Room 2", "Room 3", "For mentors", "Desk"]
    assert sorted(order, key=body.index) == order
    assert body.count("For mentees") == 1 and "Languages: English and Welsh." in body


def test_how_to_complain_stands_on_the_page_where_there_is_a_way() -> None:
    said = help_page({"complaints": "Write to the trustees."}).body
    assert "If something is wrong with the programme" in said and "Write to the trustees." in said
    assert "If something is wrong" not in help_page({}).body


def test_only_a_preview_asks_for_a_rehearsal_and_names_what_is_missing() -> None:
    gaps = help_page({"out_of_hours": "Call 112."}, preview=True).body
    assert "This is what a learner in danger sees." in gaps and "how to complain" in gaps
    assert "<li>what to do when nobody can be reached</li>" not in gaps
    assert "This is what a learner in danger sees." not in help_page({}).body


def test_only_a_preview_explains_every_setting() -> None:
    plans = {
        preview: SiteRenderer(curriculum(), Settings(), [ROOT / "theme"], preview=preview).plan()
        for preview in (True, False)
    }
    assert "authors/settings/" not in plans[False]
    body = plans[True]["authors/settings/"]().body
    assert all(f"<code>{name}</code>" in body for name in ("leave_out", "redirects", "touch_icon", "complaints"))
