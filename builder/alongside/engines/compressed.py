"""What a web server may send in place of a file of text: the same compressed, as `.gz` and `.br`.

gzip (RFC 1952) and Brotli (RFC 7932), each at its best, which a server has no time for. Brotli comes with the package
`brotli`, which a site need not have.
"""

from __future__ import annotations

import gzip
import importlib
import os
import posixpath
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from alongside.files import door
from alongside.render.page import Asset

#: Endings of what is text. Pictures and recordings are compressed already.
TEXTS = frozenset({".css", ".html", ".js", ".json", ".jsonld", ".svg", ".txt", ".vtt", ".webmanifest", ".xml"})
#: A smaller file goes over the line in one piece in any case.
SMALLEST = 256


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


def kinds() -> dict[str, Callable[[bytes], bytes]]:
    """What compresses here, by the ending that it gives."""
    try:
        brotli: Callable[[bytes], bytes] = importlib.import_module("brotli").compress
    except ImportError:
        return {".gz": _gzip}
    return {".gz": _gzip, ".br": brotli}


def copies(folder: Path, names: Iterable[str]) -> Iterator[Asset]:
    """Those of files in a folder that are smaller than the file itself, and not there already. May raise `OSError`."""
    for name in names:
        if posixpath.splitext(name)[1] in TEXTS:
            content = door.read(folder / name)
            if len(content) < SMALLEST:
                continue
            for ending, compressed in kinds().items():
                if os.path.lexists(folder / (name + ending)):  # the list for search engines and a theme bring their own
                    continue
                small = compressed(content)
                if len(small) < len(content):
                    yield Asset(name + ending, content=small)
