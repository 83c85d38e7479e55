"""Reads what translators wrote: PO files, as gettext has them.

A file is data. What would break a page, such as a place that a translation leaves open or makes up, is a problem with the
line on which it stands, and the page has the English words until it is mended.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

from alongside.files import door
from alongside.files.located import Place
from alongside.files.problems import Problem, quoted
from alongside.words.language import CODE, Words

#: A catalogue with everything translated has a tenth of this.
MAX_BYTES = 1024 * 1024
#: Places in which values are put: `%(title)s` in templates and Python, `{title}` in scripts.
PLACES = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
#: A percent sign that neither starts a place nor is doubled, which would break the page.
BARE_PERCENT = re.compile(r"%(?!%|\(\w+\)s)")
#: Numbers that tell the forms of a language apart.
NUMBERS = range(1001)

Key = tuple[str, str]


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Which way a language is written. English is known without asking."""
    try:
        known = language == CODE or Locale.parse(language, sep="-").character_order == "left-to-right"
    except (UnknownLocaleError, ValueError):
        known = True
    return "ltr" if known else "rtl"


def added(words: Words, path: Path, problems: list[Problem]) -> Words:
    """The words with those of one file in the place of what was there."""
    name = str(path)
    try:
        locale = _locale(words.language, name)
        catalog = _catalog(_content(path, name), name)
        plural = _plural(catalog, name)
        if words.messages and any(plural(number) != words.plural(number) for number in NUMBERS):
            raise _refused("Plural-Forms counts otherwise than that of the files below", name, "the same line in all")
    except _Refused as refused:
        problems.append(refused.problem)
        return words
    sound, found = _messages(catalog, name)
    problems += found
    return replace(
        words,
        locale=str(locale),
        messages={**words.messages, **sound},
        plural=plural,
    )


class _Refused(Exception):  # noqa: N818  # never leaves this file
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def _refused(message: str, name: str, expected: str, line: int = 1) -> _Refused:
    return _Refused(_problem(message, Place(name, line), expected))


def _content(path: Path, name: str) -> str:
    try:
        content = door.read(path, MAX_BYTES + 1)
        if len(content) <= MAX_BYTES:
            return content.decode()
        why = f"the file is larger than {MAX_BYTES // 1024} kB"
    except OSError as error:
        why = f"the file cannot be read: {error.strerror}"
    except UnicodeDecodeError:
        why = "the file is not UTF-8 text"
    raise _refused(why, name, "a translation in UTF-8")


def _locale(language: str, name: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        raise _refused(f"no language is known as {quoted(language)}", name, "a code such as cy") from None


def _catalog(text: str, name: str) -> Catalog:
    """What the file holds. Babel reads nothing but texts out of it."""
    try:
        return read_po(StringIO(text), abort_invalid=True)
    except PoFileError as error:
        raise _refused("this is not written as gettext has it", name, "msgid and msgstr", error.lineno + 1) from None
    except (ValueError, LookupError, AttributeError, TypeError):  # what Babel takes for granted
        raise _refused("this is not written as gettext has it", name, "msgid and msgstr, and a first entry") from None


def _plural(catalog: Catalog, name: str) -> Callable[[int], int]:
    """Which form goes with a number, as gettext itself understands the rule in the file."""
    wanted = 'a line such as "Plural-Forms: nplurals=2; plural=(n != 1);\\n" in the first entry'
    try:
        plural = gettext.c2py(catalog.plural_expr)
        fits = all(0 <= plural(number) < catalog.num_plurals for number in NUMBERS)
    except (ValueError, ArithmeticError, RecursionError):
        raise _refused("Plural-Forms holds no rule", name, wanted) from None
    if not fits:
        raise _refused("Plural-Forms gives forms that there are not", name, wanted)
    return plural


def _messages(catalog: Catalog, name: str) -> tuple[dict[Key, tuple[str, ...]], list[Problem]]:
    """What is translated and sound, and what is wrong with the rest. What is not translated yet, or not surely, is neither."""
    sound: dict[Key, tuple[str, ...]] = {}
    problems = []
    for message in catalog:
        english, forms = _texts(message.id), _texts(message.string)
        if not message.id or message.fuzzy or not any(forms):
            continue
        wrong = next(_wrong(english, forms), None)
        if wrong:
            what, expected = wrong
            fix = f"mend the translation of {quoted(english[0])}"
            problems.append(_problem(what, Place(name, message.lineno or 1), expected, fix))
        else:
            sound[message.context or "", english[0]] = forms
    return sound, problems


def _texts(found: str | Sequence[str] | None) -> tuple[str, ...]:
    return (found or "",) if isinstance(found, str | None) else tuple(found)


def _wrong(english: Sequence[str], forms: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with a translation, and what was expected."""
    wanted = {place for text in english for place in _places(text)}
    if not all(forms):
        yield f"of {len(forms)} forms only {sum(map(bool, forms))} are translated", "all forms, or none of them"
    for form in forms:
        made_up = _places(form) - wanted
        if made_up:
            yield (
                f"the translation has {_listed(made_up)}, which the English has not",
                _listed(wanted) or "no such place",
            )
        # A form for one number may say it in words.
        missing = wanted - _places(form) if len(english) == 1 else set()
        if missing:
            yield f"the translation lacks {_listed(missing)}", _listed(wanted)
        if BARE_PERCENT.search(form.replace("%%", "")):
            yield "the translation has a percent sign by itself", "%% where a percent sign is meant"


def _places(text: str) -> set[str]:
    return {match.group() for match in PLACES.finditer(text)}


def _listed(places: set[str]) -> str:
    return ", ".join(sorted(places))


def _problem(message: str, place: Place, expected: str, fix: str = "mend the translation") -> Problem:
    return Problem("L118", "error", message, place, expected, fix)
