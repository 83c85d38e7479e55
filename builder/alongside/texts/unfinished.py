"""Places that are still to be written. `alongside new` and `alongside import` mark them with `(write here: …)`."""

from __future__ import annotations

import re

#: How such a place begins, wherever somebody has broken the line and whichever letters are capitals by now.
MARK = re.compile(r"\(\s*write\s+here\s*:", re.IGNORECASE)


def is_unfinished(text: str) -> bool:
    """Whether something in the text is still to be written."""
    return MARK.search(text) is not None


def unfinished_places(text: str) -> list[int]:
    """Where in the text something is still to be written."""
    return [found.start() for found in MARK.finditer(text)]
