"""Numbers, claims and prompts: what is found, and what is left alone."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "text",
    [
        "Call 116 123 at any hour.", "Ring 999.", "Text HELLO to 85258.", "Dial 112 at once.", "It is +44 20 7946 0018.", "It is (555) 123-4567.",
        "It is 555-1234.", "It is 020.7946.0018.", "[Call](tel:+442079460018)", "[Text](sms:85258)", "It is 1800 123 4567.", "It is 1234-5678.",
    ],
)  # fmt: skip
def test_telephone_numbers_are_found(found, text: str) -> None:
    assert len(found("Y101", text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "In one study 115 people took part.", "From 1998–2004 it grew.", "From 1998-2004 it grew.", "On 2026-11-20 it began.", "The call took 300 seconds.",
        "See pages 1050–1062.", "Its DOI is 10.1080/10904018.2013.813234.", "It cost 1,000,000 pounds.", "In 2014 she called.", "Meet at 10.30 on day 12.",
        "The ISBN is 978-92-4-154820-5.", "[study](https://example.org/1234567890)", "In 2005 (117 people) it was so.",
        "Edited 0-1764340912345678901.", "Its number is 1764340912345678901.", "Kept as 4111111111111111.",
    ],
)  # fmt: skip
def test_other_numbers_are_left_alone(found, text: str) -> None:
    assert found("Y101", text) == []


def test_a_service_is_told_from_an_ordinary_word(found) -> None:
    assert found("Y102", "Relate it to your week. You relate to her.") == []
    assert len(found("Y102", "She calls the Samaritans.")) == 1
    assert len(found("Y102", "They went to Relate last year.")) == 1


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("Y106", "This course is not therapy."), ("Y106", "Therapy can help."), ("Y106", "Treat people with respect."), ("Y106", "You can treat it as a gift."),
        ("Y107", "A qualified counsellor can help."), ("Y107", "This course does not certify anyone."), ("Y107", "You will not get a certificate."),
    ],
)  # fmt: skip
def test_claims_that_are_none_are_left_alone(found, code: str, text: str) -> None:
    assert found(code, text) == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("Y106", "This course heals old wounds."), ("Y106", "You will learn to diagnose depression."),
        ("Y107", "You will earn a certificate."), ("Y107", "You are now qualified."), ("Y107", "This training is accredited."),
    ],
)  # fmt: skip
def test_claims_are_found(found, code: str, text: str) -> None:
    assert len(found(code, text)) == 1


REFLECTION = """\
title: Look back
summary: Write about one talk.
steps:
  - exercise:
      kind: reflection
      id: look-back
      title: Look back
      instructions: {instructions}
      prompts: [{{id: tried, text: {prompt}}}]
"""


@pytest.mark.parametrize(
    ("instructions", "missing"),
    [
        ("Write.", "names"),
        ("Leave out names.", "concerns about safety"),
        ("Tell your lead of a safeguarding concern.", "names"),
    ],
)
def test_a_journal_says_what_to_leave_out(found, instructions: str, missing: str) -> None:
    [problem] = found("Y104", REFLECTION.format(instructions=instructions, prompt="What did you try?"))
    assert problem.message == f"these instructions do not say to leave out {missing}"


@pytest.mark.parametrize(
    "prompt", ["What is the name of your mentee?", "Who hurt you?", "What was your most painful day?"]
)
def test_prompts_ask_for_nothing_that_identifies_or_hurts(found, prompt: str) -> None:
    example = REFLECTION.format(instructions="Write.", prompt=prompt)
    lines = "".join(f"  {line}\n" for line in example.splitlines())
    assert len(found("Y105", "modules/listening/hearing.yml: |\n" + lines)) == 1
