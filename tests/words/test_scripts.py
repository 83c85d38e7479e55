"""The part of a translation that scripts load."""

from __future__ import annotations

import gettext
import json
import re
from typing import Any

import pytest
from babel.messages.plurals import PLURALS

from alongside.words.language import Words
from alongside.words.scripts import script

SAYING = (
    b'import{_,ngettext}from"./words.js";const a={yes:_("Yes"),no:_("No"),n:(n)=>ngettext("{n} is","{n} are",n,{n})};'
)


def handed_over(content: bytes) -> Any:
    found = re.fullmatch(r'import\{use\}from"\.\./words\.js";use\((.*)\);\n', content.decode())
    assert found
    return json.loads(found[1])


def test_scripts_get_what_they_say_and_no_more() -> None:
    words = Words("cy", messages={("", "Yes"): ("Ie",), ("", "Home"): ("Cartref",), ("", "{n} is"): ("{n} a", "{n} b")})
    found = handed_over(script(words, [SAYING, b'const b=_("Home");']))
    assert found["words"] == {"Yes": "Ie", "{n} is": ["{n} a", "{n} b"]}
    assert found["forms"] == "10" + 198 * "1"


def test_what_a_translator_writes_is_data() -> None:
    words = Words("cy", messages={("", "Yes"): ('");alert("1',)})
    assert handed_over(script(words, [SAYING]))["words"] == {"Yes": '");alert("1'}


@pytest.mark.parametrize("rule", sorted({rule for _, rule in PLURALS.values()}))
def test_the_forms_that_are_told_say_what_the_rule_says_of_every_number(rule: str) -> None:
    plural = gettext.c2py(rule)
    forms = handed_over(script(Words(plural=plural), []))["forms"]
    told = [int(forms[n if n < 200 else 100 + n % 100]) for n in range(5000)]
    assert told == [plural(n) for n in range(5000)]


def test_a_script_of_an_organisation_may_know_words_with_a_context() -> None:
    words = Words("cy", messages={("hours", "Open"): ("Ar agor",), ("", "Yes"): ("Ie",)})
    assert handed_over(
        script(words, [b'import{_,pgettext}from"./words.js";const a=pgettext("hours","Open"),b=_("Yes");'])
    )["words"] == {"Yes": "Ie"}
