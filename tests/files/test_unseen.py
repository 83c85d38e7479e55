"""Characters that nobody sees: writing that needs them has them, and what hides something is named."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.files.source import read_bytes, written
from alongside.files.unseen import ANY, hidden_in, without_hidden
from alongside.importers.bank import cleaned

pytestmark = pytest.mark.slow

NEEDED = {
    "a mark after brackets in Hebrew": "ראו [המדריך](module:x)\u200f.",
    "a mark before a number in Arabic": "اتصل على \u200e+44 20 7946\u200e الآن",
    "the Arabic letter mark": "من 5\u061c-3",
    "a piece of the other direction": "הספר \u2066Listening, 2nd ed.\u2069 כאן",
    "one inside another": "הספר \u2067ספר \u2066A\u2069 ב\u2069 כאן",
    "the direction of its first letter": "שלום \u2068Rosa\u2069!",
    "Persian with letters kept apart": "می\u200cخواهم",
    "Hindi with a joiner": "क्\u200dष",
    "Malayalam": "അവന്\u200d",
    "Sinhala": "ශ්\u200dරී",
    "a family": "👩\u200d👩\u200d👧",
    "a doctor": "👩🏽\u200d⚕️",
    "a heart on fire": "❤️\u200d🔥",
    "the flag of Wales": "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
    "Mongolian": "ᠪᠠᠭ\u180eᠠ",
}
HIDING = {
    "an override": (
        "שלום \u202eabc\u202c",
        "U+202E (right-to-left override), which shows text in another order than it has",
    ),
    "an embedding": ("שלום \u202aabc\u202c", "U+202A (left-to-right embedding)"),
    "a mark in a text from left to right": ("re\u200fflect", "U+200F (right-to-left mark)"),
    "a mark in a word of another script": (
        "שלום re\u200fflect",
        "U+200F (right-to-left mark), in the middle of a word",
    ),
    "a piece that is not closed": (
        "הספר \u2066Listening",
        "U+2066 (left-to-right isolate), which has no partner on its line",
    ),
    "a piece that is closed on another line": ("הספר \u2066Listening\nכאן\u2069", "U+2066 (left-to-right isolate)"),
    "one closed and not opened": ("הספר\u2069", "U+2069 (pop directional isolate)"),
    "an isolate in English": ("a \u2066b\u2069", "U+2066 (left-to-right isolate)"),
    "a joiner in English": ("pass\u200dword", "U+200D (zero width joiner)"),
    "a non-joiner in English": ("pass\u200cword", "U+200C (zero width non-joiner)"),
    "a non-joiner in an emoji": ("👩\u200c👧", "U+200C"),
    "a joiner at the beginning": ("\u200d👧", "U+200D"),
    "a zero-width space in Thai": ("เก้า\u200bอี้", "U+200B (zero width space)"),
    "letters behind no flag": ("A\U000e0067\U000e007f", "U+E0067"),
    "a separator in English": ("a\u180eb", "U+180E"),
    "a mark of byte order": ("a\ufeffb", "U+FEFF (zero width no-break space)"),
    "a bell": ("a\x07b", "U+0007"),
}


@pytest.mark.parametrize("text", NEEDED.values(), ids=NEEDED)
def test_writing_has_what_it_needs(text: str) -> None:
    assert list(hidden_in(text)) == []
    mapping, problems = read_bytes(f"title: {text}\n".encode(), "a.yml")
    assert (mapping, problems) == ({"title": text}, [])
    assert cleaned(text) == text


@pytest.mark.parametrize("style", ["", "\n\n", "\t"], ids=["plain", "over lines", "quoted"])
@pytest.mark.parametrize("text", NEEDED.values(), ids=NEEDED)
def test_what_a_file_is_written_with_is_sound(text: str, style: str) -> None:
    assert list(hidden_in(written({"text": f"{style}{text}"}))) == []


@pytest.mark.parametrize(("text", "said"), HIDING.values(), ids=HIDING)
def test_what_hides_something_is_named_and_goes_when_the_message_is_followed(text: str, said: str) -> None:
    first = next(hidden_in(text))
    assert first.what.startswith(said)
    assert first.fix.startswith("delete it")
    [problem] = read_bytes(in_a_block(text), "a.yml")[1]
    assert (problem.code, said in problem.message) == ("L110", True)
    while found := next(hidden_in(text), None):
        text = text[: found.index] + text[found.index + 1 :]
    assert read_bytes(in_a_block(text), "a.yml")[1] == []


def in_a_block(text: str) -> bytes:
    return ("title: |\n" + "".join(f"  {line}\n" for line in text.split("\n"))).encode()


@pytest.mark.parametrize(
    "written", ["https://exa\u200fmple.org", "https://example.org/שלום\u200f", "mailto:a\u200c@example.org"]
)
def test_an_address_holds_none_of_them(written: str) -> None:
    [problem] = read_bytes(f"שלום: x\nurl: {written}\n".encode(), "a.yml")[1]
    assert problem.code == "L110"
    assert ANY.search(problem.fix) is None


@pytest.mark.parametrize("key", ["ke\u200dy", "שלום\u200f", "می\u200cخ"])
def test_a_key_holds_none_of_them(key: str) -> None:
    assert [problem.code for problem in read_bytes(f"{key}: שלום\n".encode(), "a.yml")[1]] == ["L110"]


def test_a_link_holds_none_of_them(found) -> None:
    [problem] = found("R223", "ראו [המדריך](module:listening\u200f) כאן")
    assert "U+200F (right-to-left mark)" in problem.message
    assert problem.fix == "write module:listening"
    assert found("R223", "ראו [המדריך](module:listening)\u200f כאן") == []


@pytest.mark.slow
@given(st.text(st.sampled_from("ab א1\n👩\u200d\u200c\u200f\u202e\u2066\u2069\u0627\ufe0f\x07"), max_size=20))
def test_a_text_without_what_hides_something_is_sound(text: str) -> None:
    plain = without_hidden(text)
    for _ in range(len(text)):
        plain = without_hidden(plain)
    assert list(hidden_in(plain)) == []
    assert [sign for sign in plain if not ANY.search(sign)] == [sign for sign in text if not ANY.search(sign)]
    assert unicodedata.normalize("NFC", plain) is not None
