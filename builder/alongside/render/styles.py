"""The one style sheet: parts that stand with what they are for, joined into the file that pages load.

The sheet of the theme names its parts, each with a line `@import "../styles/tokens.css";`, in the order in which they
count; `*` stands for every name, so that the style of a new kind of question is found. A theme folder that wins can
bring one part, more parts, or the whole sheet, which may then name parts or not.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path

import rcssmin

from alongside.files import door
from alongside.files.problems import BuildError, quoted

SHEET = "assets/alongside.css"
#: Folders of a theme whose styles are parts of the sheet, and not published by themselves.
PART_FOLDERS = frozenset({"elements", "exercises", "pages", "partials", "questions", "steps", "styles"})
#: Folders with templates and styles of what is exported, which no page of the site loads.
EXPORT_FOLDERS = frozenset({"cartridge", "epub", "scorm", "workbook"})

#: What names parts, and tokens for whoever has chosen dark, both without comments and spaces.
NAMED = re.compile(r"""@import *["']([^"']+)["'](?:;|$)""")
DARK = re.compile(r':root\[data-scheme="dark"\](\{[^{}]*\})')


def is_part(name: str) -> bool:
    """Whether a file of a theme is a part of the sheet."""
    return name.endswith(".css") and name.partition("/")[0] in PART_FOLDERS


def joined(files: Mapping[str, Path]) -> bytes:
    """The sheet with all that it names, without comments and spaces. `files` are those of the theme, by address.

    Raises `BuildError` where a part is missing or is no text.
    """
    parts = {name: path for name, path in sorted(files.items()) if is_part(name)}
    named: set[str] = set()

    def put(line: re.Match[str]) -> str:
        pattern = posixpath.normpath(posixpath.join(posixpath.dirname(SHEET), line[1]))
        if not is_part(pattern):
            return line[0]  # a style that is published by itself
        found = [name for name in parts if name not in named and _fits(name, pattern)]
        if not found and "*" not in pattern:
            raise BuildError(f"{quoted(SHEET)} of the theme names {quoted(line[1])}, which is not there")
        named.update(found)
        return "".join(f"{_text(parts[name])}\n" for name in found)

    whole = _small(NAMED.sub(put, _small(_text(files[SHEET]))))
    return DARK.sub(_also_by_system, whole).encode()


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
