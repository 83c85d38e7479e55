"""A form has what its schema has, says what the docstrings say, and comes to the changes that are needed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from alongside.engines.editing.form import Field, Named, changes, form, unfilled
from alongside.engines.editing.subjects import ONLY_IN_FILE, SUBJECTS, LeftOut, OfSettings, _tokens
from alongside.model.element import Element
from alongside.model.field_docs import field_doc
from alongside.model.schema import schema
from alongside.model.settings import (
    Colours,
    Contact,
    Emergency,
    Font,
    Fonts,
    HostReview,
    Lead,
    Organisation,
    OwnLink,
    Settings,
    Support,
)  # fmt: skip
from alongside.words.language import ENGLISH

MODELS: dict[str, type[Element]] = {
    "contacts": Contact, "emergency": Emergency, "safeguarding_lead": Lead, "coordinator": Lead,
    "colours": Colours, "fonts": Fonts, "text": Font, "headings": Font, "menu": OwnLink, "foot": OwnLink,
}  # fmt: skip
OF_SETTINGS = [subject for subject in SUBJECTS.values() if isinstance(subject, OfSettings)]


def made(written: Any = None, typed: dict[str, str] | None = None) -> Any:
    return form(schema("settings"), ("Support", ()), written, ENGLISH, typed)


@pytest.mark.parametrize("subject", OF_SETTINGS, ids=lambda subject: subject.name)
def test_each_field_is_explained_by_its_docstring(subject: OfSettings) -> None:
    names = {("reviewed",): {"stigma": Named("Stigma")}, ("style", "light"): {"ink": Named("ink", "#111")}}
    fields = [*form(schema("settings"), (subject.model, subject.keys), None, ENGLISH, names=names).fields()]
    assert fields
    for one in fields:
        owners = [str(part) for part in one.way[:-1] if isinstance(part, str)]
        tops = {"Support": Support, "Organisation": Organisation, "Settings": Settings}
        if owners[:1] == ["style"]:
            assert one.default == "#111"
        else:
            model = HostReview if owners[:1] == ["reviewed"] else MODELS[owners[-1]] if owners else tops[subject.model]
            assert one.help == field_doc(model, str(one.way[-1])) != ""


MODULES = SimpleNamespace(modules={"stigma": SimpleNamespace(outline=SimpleNamespace(title="Stigma"))})
SITE: Any = SimpleNamespace(curriculum=MODULES, words=ENGLISH)


#: How a setting of the organisation is named among those without a form.
OF_ORGANISATION = "organisation: "


def in_forms(model: str) -> set[str]:
    """Keys of a model for which a form has at least one field."""
    found = set()
    for subject in OF_SETTINGS:
        if subject.model == model:
            names = subject.names(SITE) if subject.names else None
            made = form(schema("settings"), (model, subject.keys), None, ENGLISH, names=names)
            found |= {str(one.way[0]) for one in made.fields()}
    return found


def test_each_setting_has_a_form_or_a_reason_why_it_has_none() -> None:
    lists = {key for key, _ in LeftOut().lists}
    shown = in_forms("Settings") | lists | {"organisation"}
    apart = {key.removeprefix(OF_ORGANISATION) for key in ONLY_IN_FILE if key.startswith(OF_ORGANISATION)}
    assert shown | {key for key in ONLY_IN_FILE if ":" not in key} == set(Settings.model_fields)
    assert not shown & set(ONLY_IN_FILE)
    assert in_forms("Organisation") | {"support"} | apart == set(Organisation.model_fields)
    assert in_forms("Support") == set(Support.model_fields)


def test_a_name_that_the_theme_works_out_by_itself_is_not_asked_for() -> None:
    light, dark = (_tokens(SITE)["style", side] for side in ("light", "dark"))
    assert {"ink", "paper", "measure", "round"} <= set(light) and {"ink", "paper"} <= set(dark)
    assert not {"brand-primary", "way", "on-dark"} & set(light) and "measure" not in dark


def test_yes_and_no_are_chosen() -> None:
    made = form(schema("settings"), ("Settings", ("release", "offline")), {"offline": "false"}, ENGLISH)
    release, offline = sorted(made.fields(), key=lambda one: one.name, reverse=True)
    assert release.choices == (("", "As usual: No"), ("true", "Yes"), ("false", "No"))
    assert offline.choices[0] == ("", "As usual: Yes") and offline.value == "false"
    typed = {"release": "true", "offline": ""}
    again = form(schema("settings"), ("Settings", ("release", "offline")), {"offline": "false"}, ENGLISH, typed)
    assert changes(again, {"offline": "false"}) == [(("release",), True), (("offline",), None)]
    odd = form(schema("settings"), ("Settings", ("release",)), {"release": "perhaps"}, ENGLISH)
    assert ("perhaps", "perhaps") in next(odd.fields()).choices


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
