"""Scripts as they are published: without comments and spaces, which an old phone need not load."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import rjsmin


@lru_cache(maxsize=128)
def minified(path: Path, changed: int) -> bytes:
    """The script at `path`; `changed` is when it was last changed, so that a preview sees it anew."""
    del changed
    small: str = rjsmin.jsmin(path.read_text("utf-8"))
    return small.encode()
