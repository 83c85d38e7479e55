"""A form has what its schema has, says what the docstrings say, and comes to the changes that are needed."""

from __future__ import annotations

from typing import Any

import pytest

from alongside.engines.editing.form import Field, changes, form, unfilled
from alongside.engines.editing.subjects import SUBJECTS, OfSettings
from alongside.model.element import Element
from alongside.model.field_docs import field_doc
from alongside.model.schema import schema
from alongside.model.settings import Colours, Contact, Emergency, Font, Fonts, Lead, Organisation, Support
from alongside.words.language import ENGLISH

MODELS: dict[str, type[Element]] = {
    "contacts": Contact, "emergency": Emergency, "safeguarding_lead": Lead, "coordinator": Lead,
    "colours": Colours, "fonts": Fonts, "text": Font, "headings": Font,
}  # fmt: skip
OF_SETTINGS = [subject for subject in SUBJECTS.values() if isinstance(subject, OfSettings)]


def made(written: Any = None, typed: dict[str, str] | None = None) -> Any:
    return form(schema("settings"), ("Support", ()), written, ENGLISH, typed)


@pytest.mark.parametrize("subject", OF_SETTINGS, ids=lambda subject: subject.name)
def test_each_field_is_explained_by_its_docstring(subject: OfSettings) -> None:
    fields = [*form(schema("settings"), (subject.model, subject.keys), None, ENGLISH).fields()]
    assert len(fields) > 15
    for one in fields:
        owners = [str(part) for part in one.way[:-1] if isinstance(part, str)]
        model = MODELS[owners[-1]] if owners else {"Support": Support, "Organisation": Organisation}[subject.model]
        assert one.help == field_doc(model, str(one.way[-1])) != ""


def test_everything_of_an_organisation_but_its_style_has_a_form() -> None:
    shown = {key for subject in OF_SETTINGS for key in subject.keys if subject.model == "Organisation"}
    assert set(Organisation.model_fields) - shown == {"support", "style"}
    assert {part.way[0] for part in made().parts} == set(Support.model_fields)


def test_a_form_that_nobody_touches_changes_nothing() -> None:
    written = {
        "emergency": {"label": "Now", "how": "Call"},
        "contacts": [{"name": "A", "how": "b"}],
        "complaints": "c\n",
    }
    before = made(written)
    typed = {one.name: one.value.strip() for one in before.fields()}
    assert changes(made(written, typed), written) == []


def test_new_entries_are_numbered_behind_what_stays() -> None:
    written = {"contacts": [{"name": "A", "how": "a"}, {"name": "B", "how": "b"}]}
    typed = {"contacts.1.name": "B", "contacts.1.how": "b2", "contacts.2.name": "C", "contacts.2.how": "c"}
    assert changes(made(written, typed), written) == [
        (("contacts", 1, "how"), "b2"),
        (("contacts", 0), None),
        (("contacts", 1), {"name": "C", "how": "c"}),
    ]


@pytest.mark.parametrize("number", ["999999999", "-1", "x", "٣", ""])
def test_a_number_that_no_form_has_makes_no_entry(number: str) -> None:
    entries = made(None, {f"contacts.{number}.name": "A"}).parts[1].parts
    assert len(entries) == 1


def test_what_is_written_in_another_shape_is_left_to_the_file() -> None:
    names = [one.name for one in made({"complaints": ["a"], "contacts": "b", "emergency": "c"}).fields()]
    assert "complaints" not in names
    assert not [name for name in names if name.startswith(("contacts", "emergency"))]


def test_a_group_that_somebody_began_needs_all_that_it_needs() -> None:
    begun = made(None, {"coordinator.name": "Sam", "contacts.0.hours": "Mondays"})
    assert [one.name for one in unfilled(begun)] == ["contacts.0.name", "contacts.0.how", "coordinator.how"]
    assert [one.name for one in unfilled(made())] == []


def test_colours_days_and_addresses_have_one_line() -> None:
    long = {one.name for one in made().fields() if isinstance(one, Field) and one.long}
    assert "last_verified" not in long
    assert "quick_exit" not in long
    assert {"out_of_hours", "confidentiality_limits"} <= long
