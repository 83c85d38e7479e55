"""The words of the site in one language. The English text is what a message is found by.

Templates, scripts and Python say English; a catalogue has other words for it. `N_` marks words in tables, which are
looked up where they are shown. `template.py` gathers all of them, `translations.py` reads catalogues.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from babel import Locale

#: The language of the code, and how its days are written.
CODE, BRITISH = "en", "en_GB"


def N_(text: str) -> str:  # noqa: N802  # gettext's name, by which the words are gathered
    """The text itself. Marks words that are looked up later, where they are shown."""
    return text


def two_forms(number: int) -> int:
    """The rule of English: one, and everything else."""
    return int(number != 1)


@dataclass(frozen=True, eq=False)
class Words:
    """What the site says, in one language. What has no translation stays English."""

    language: str = CODE
    direction: Literal["ltr", "rtl"] = "ltr"
    #: How numbers are written: as in the language, or as in English where everything else is English too.
    locale: str = CODE
    #: Translations, of which each has as many forms as the language has, by context and English text.
    messages: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict, repr=False)
    #: Which form goes with a number.
    plural: Callable[[int], int] = two_forms

    def text(self, english: str, context: str = "") -> str:
        """A message with its places still open."""
        return self.messages.get((context, english), (english,))[0]

    def form(self, one: str, many: str, number: int) -> str:
        """The form of a message that goes with a number, with its places still open."""
        forms = self.messages.get(("", one))
        return forms[self.plural(number)] if forms else (one, many)[two_forms(number)]

    def gettext(self, english: str, /, **values: Any) -> str:
        """A message with values in its places, such as `%(title)s`."""
        return self.text(english) % values

    def pgettext(self, context: str, english: str, /, **values: Any) -> str:
        """The same for words that mean several things; `context` says which."""
        return self.text(english, context) % values

    def ngettext(self, one: str, many: str, number: int, /, **values: Any) -> str:
        """The form that goes with a number, which is `%(num)s` unless it is given."""
        return self.form(one, many, number) % {"num": number, **values}

    def number(self, value: float) -> str:
        """A number as the language writes it: `1,234`, `2.5`."""
        from babel.numbers import format_decimal  # noqa: PLC0415  # a tenth of a second that checking need not wait for

        return format_decimal(value, locale=self.locale)

    def digits(self, number: Decimal) -> str:
        """A number as whoever answers could type it: all decimals, with the sign that the language has, and no groups."""
        from babel.numbers import format_decimal  # noqa: PLC0415  # as above

        return format_decimal(number, locale=self.locale, decimal_quantization=False, group_separator=False)

    def percent(self, share: float) -> str:
        """A share as the language writes it: `45%`."""
        from babel.numbers import format_percent  # noqa: PLC0415  # as above

        return format_percent(share, locale=self.locale)

    def day(self, day: date) -> str:
        """A day as the language writes it, with the name of the month: `30 November 2026`."""
        from babel.dates import format_date  # noqa: PLC0415  # as above

        return format_date(day, "long", locale=BRITISH if self.locale == CODE else self.locale)

    @property
    def arrow(self) -> str:
        """An arrow to what comes next in a line. No browser turns it, as it turns brackets, where lines go to the left."""
        return "→" if self.direction == "ltr" else "←"

    @property
    def name(self) -> str:
        """What the language calls itself: `English`, `Cymraeg`."""
        locale = Locale.parse(self.language, sep="-")
        return locale.get_display_name(locale) or self.language


#: What the code says.
ENGLISH = Words()


@cache
def _tags() -> dict[str, str]:
    return {name.casefold(): tag.replace("_", "-") for tag, name in Locale("en").languages.items()}


def tag_of(language: str) -> str | None:
    """The tag of a language that is called by its English name: `cy` for Welsh."""
    return _tags().get(language.strip().casefold())
