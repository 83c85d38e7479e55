"""How numbers that learners type are read, and how authors write down which are right.

Reading is the same as in `theme/elements/numerals.js`; both are held to `tests/model/questions/numerals.json`. A number may
have digits of any script, a comma or a point before its decimals, blanks, apostrophes, commas or points between groups of
three (or as in 1,00,000), any kind of minus, a plus, a last full stop, and the unit before or after it.

`1,000` and `1.000` mean a thousand to some and one to others. Where three digits follow the only comma or point, and one
to three digits that do not begin with zero stand before it, both readings are given, so that the learner can be asked.
Whatever else is no number in digits (words, fractions, another unit) has no reading, and is asked about as well: nobody is
told that a number is wrong which could not be read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from alongside.model.questions.interaction import Span
from alongside.model.questions.written import LAST_STOP, closely

_WRITTEN = r"[0-9]{1,12}(?:\.[0-9]{1,9})?"
#: What authors write: `3`, `1.5 ± 0.1`, `2 to 4`.
NUMBERS = rf"^[-−]?{_WRITTEN}(?: ?(?:±|\+/-) ?{_WRITTEN}| to [-−]?{_WRITTEN})?$"
_PARTS = re.compile(rf"(?P<first>-?{_WRITTEN})(?: ?(?:±|\+/-) ?(?P<off>{_WRITTEN})| to (?P<last>-?{_WRITTEN}))?")

#: Longest text that can be a number.
LONGEST = 40
SIGNED = re.compile(r"([+-]?) ?(.*)", re.DOTALL)
#: The Arabic signs mean one thing each; that for decimals stays as it is.
SIGNS = str.maketrans({"٬": "'", "٪": "%"})
WHOLE = re.compile(r"[0-9]+")
DECIMAL = re.compile(r"([0-9]*)[.,٫]([0-9]+)")
UNCERTAIN = re.compile(r"([1-9][0-9]{0,2})[.,]([0-9]{3})")
#: Groups of digits, and decimals behind them.
GROUPED = tuple(
    re.compile(form)
    for form in (
        r"([1-9][0-9]{0,2}(?:([ '])[0-9]{3})(?:\2[0-9]{3})*)(?:[.,٫]([0-9]+))?",
        r"([1-9][0-9]{0,2}(?:(,)[0-9]{3})(?:,[0-9]{3})+)(?:[.٫]([0-9]+))?",
        r"([1-9][0-9]{0,2}(?:(\.)[0-9]{3})(?:\.[0-9]{3})+)(?:[,٫]([0-9]+))?",
        r"([1-9][0-9]{0,2}(,)[0-9]{3})[.٫]([0-9]+)",
        r"([1-9][0-9]{0,2}(\.)[0-9]{3})[,٫]([0-9]+)",
        r"([1-9][0-9]?(?:(,)[0-9]{2})(?:,[0-9]{2})*,[0-9]{3})(?:[.٫]([0-9]+))?",
    )
)


def readings(text: str, unit: str = "") -> tuple[Decimal, ...]:
    """The numbers that a text can mean: one, none where it is no number, two where nobody can tell which."""
    own = LAST_STOP.sub(r"\1", _in_digits(closely(text)))
    sign, body = _signed(own)
    body = _without(_in_digits(closely(unit)), body)
    if not sign:
        sign, body = _signed(body)
    minus = "-" if sign == "-" else ""
    return tuple(Decimal(minus + one) for one in _plain(body)) if len(body) <= LONGEST else ()


def _in_digits(text: str) -> str:
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text.translate(SIGNS))


def _signed(text: str) -> tuple[str, str]:
    found = SIGNED.fullmatch(text)
    assert found is not None, "anything fits"
    return found[1], found[2]


def _without(unit: str, text: str) -> str:
    """The text without the unit at its end, or at its beginning, where currencies stand."""
    last = LAST_STOP.sub(r"\1", unit)  # as the text, which has lost its own
    if last and text.endswith(last):
        return text.removesuffix(last).rstrip(" ")
    return text.removeprefix(unit).lstrip(" ") if unit else text


def _plain(text: str) -> list[str]:
    """What a text without sign and unit can mean, with a point before decimals and nothing else but digits."""
    uncertain = UNCERTAIN.fullmatch(text)
    if uncertain:
        return [f"{uncertain[1]}{uncertain[2]}", f"{uncertain[1]}.{uncertain[2]}"]
    if WHOLE.fullmatch(text):
        return [text]
    found = DECIMAL.fullmatch(text)
    if found:
        return [f"{found[1] or 0}.{found[2]}"]
    for form in GROUPED:
        found = form.fullmatch(text)
        if found:
            return [found[1].replace(found[2], "") + (f".{found[3]}" if found[3] else "")]
    return []


def digits(number: Decimal) -> str:
    """A number in digits, with a point before decimals: `-1.5`, never `1E+3` or `-0`."""
    plain = f"{number:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain == "-0" else plain


def span(text: str) -> Span:
    """What an author has written down. The text fits `NUMBERS`."""
    found = _PARTS.fullmatch(text.replace("−", "-"))
    assert found is not None, text
    first = Decimal(found["first"])
    if found["off"]:
        return Span(first - Decimal(found["off"]), first + Decimal(found["off"]), first)
    return Span(first, Decimal(found["last"] or found["first"]))


def list_with(number: Decimal, lists: Sequence[Sequence[Span]]) -> int | None:
    """Which of the lists has a number: the first."""
    return next((place for place, spans in enumerate(lists) if any(one.holds(number) for one in spans)), None)
