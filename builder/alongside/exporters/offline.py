"""The course as a folder of pages that open from a disk or memory stick, without a server."""

from __future__ import annotations

from alongside.exporters.selection import Selection, Written
from alongside.files.archive import member, packed

#: Says that an archive was written here, for whoever would replace it, and for people what it is.
LABEL = "README.txt"


def write(selection: Selection) -> Written:
    """The folder as a ZIP archive."""
    pages = selection.pages
    return Written(packed({**pages.files(), LABEL: _label(selection)}), len(pages.pages))


def is_ours(content: bytes) -> bool:
    """Whether such an archive was written by us."""
    return (member(content, LABEL) or b"").startswith(MARK)


MARK = b"Alongside: a course to open without a server.\n"


def _label(selection: Selection) -> bytes:
    return MARK + f"{selection.title}\nOpen index.html.\n".encode()
