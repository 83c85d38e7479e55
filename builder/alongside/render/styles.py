"""The style sheets: parts that stand with what they are for, joined into the files that pages load.

The sheet of the theme names its parts, each with a line `@import "../styles/tokens.css";`, in the order in which they
count; `*` stands for every name that has no line of its own, so that the style of a new kind of question is found. A
line that ends in `other-pages;` puts its part into a second sheet, which a first visit to a lesson need not load. A
theme folder that wins can bring one part, more parts, or the whole sheet, which may then name parts or not.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

import rcssmin

from alongside.files import door
from alongside.files.problems import BuildError, quoted
from alongside.model.pages import Kind

#: The sheet of every page, and the one that has what lessons do without.
SHEET, OTHER_SHEET = "assets/alongside.css", "assets/other-pages.css"
#: Kinds of page that do without the second: those that learners spend their time on, texts, and what only leads on.
WITHOUT_OTHER: frozenset[Kind] = frozenset({"lesson", "missing", "module", "moved", "quiz", "text"})
#: Folders of a theme whose styles are parts of the sheet, and not published by themselves.
PART_FOLDERS = frozenset({"elements", "exercises", "pages", "partials", "questions", "steps", "styles"})
#: Folders with templates and styles of what is exported, which no page of the site loads.
EXPORT_FOLDERS = frozenset({"cartridge", "epub", "scorm", "workbook"})

#: What names parts, with the mark of those for the second sheet, and tokens for whoever has chosen dark, both without
#: comments and spaces.
NAMED = re.compile(r"""@import *["']([^"']+)["'](?: *(other-pages))? *(?:;|$)""")
DARK = re.compile(r':root\[data-scheme="dark"\](\{[^{}]*\})')


def is_part(name: str) -> bool:
    """Whether a file of a theme is a part of the sheet."""
    return name.endswith(".css") and name.partition("/")[0] in PART_FOLDERS


def joined(files: Mapping[str, Path]) -> Iterator[tuple[str, bytes]]:
    """The sheets with all that they name, without comments and spaces, by address. `files` are those of the theme, by address.

    The second one comes only where a line is marked for it. Raises `BuildError` where a part is missing or is no text.
    """
    sheet = _small(_text(files[SHEET]))
    lines = [(_pattern(line[1]), line[2]) for line in NAMED.finditer(sheet)]
    alone = {pattern for pattern, _ in lines if "*" not in pattern}
    parts = {name: path for name, path in sorted(files.items()) if is_part(name)}
    named: set[str] = set()

    def text_of(line: re.Match[str]) -> str:
        pattern = _pattern(line[1])
        whole = "*" in pattern
        found = [name for name in parts if name not in named and _fits(name, pattern) and not (whole and name in alone)]
        if not found and not whole:
            raise BuildError(f"{quoted(SHEET)} of the theme names {quoted(line[1])}, which is not there")
        named.update(found)
        return "".join(f"{_text(parts[name])}\n" for name in found)

    others: list[str] = []

    def put(line: re.Match[str]) -> str:
        if not is_part(_pattern(line[1])):
            return line[0]  # a style that is published by itself
        if line[2]:
            others.append(text_of(line))
            return ""
        return text_of(line)

    yield SHEET, _finished(NAMED.sub(put, sheet))
    if others:
        yield OTHER_SHEET, _finished("".join(others))


def sheets_of(kind: Kind, sheet: Path | None) -> tuple[str, ...]:
    """Addresses of the sheets that a page of a kind loads, in this order. `sheet` is the file that names the parts."""
    if kind in WITHOUT_OTHER or sheet is None or not _has_others(sheet, sheet.stat().st_ctime_ns):
        return (SHEET,)
    return OTHER_SHEET, SHEET


@lru_cache(maxsize=8)
def _has_others(sheet: Path, changed: int) -> bool:
    """Whether a line is marked for the second sheet. `changed` is when the file was, so that a preview sees it anew."""
    del changed
    return any(line[2] and is_part(_pattern(line[1])) for line in NAMED.finditer(_small(_text(sheet))))


def _pattern(named: str) -> str:
    """Which parts a line names, as an address in the theme."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(SHEET), named))


def _finished(sheet: str) -> bytes:
    return DARK.sub(_also_by_system, _small(sheet)).encode()


def _fits(name: str, pattern: str) -> bool:
    pieces, wanted = name.split("/"), pattern.split("/")
    return len(pieces) == len(wanted) and all(map(fnmatchcase, pieces, wanted))


def _also_by_system(rule: re.Match[str]) -> str:
    """The dark tokens once more: for those whose system is dark and who have not chosen light."""
    return f'@media (prefers-color-scheme:dark){{:root:not([data-scheme="light"]){rule[1]}}}{rule[0]}'


def _text(path: Path) -> str:
    try:
        return door.read(path).decode()
    except UnicodeDecodeError:
        raise BuildError(f"the style {quoted(path.name)} is not UTF-8 text; save it as that") from None


def _small(text: str) -> str:
    """A style without comments and spaces, which an old phone need not load. Licences, marked by `/*!`, stay."""
    small: str = rcssmin.cssmin(text, keep_bang_comments=True)
    return small
