"""What stands in `content/` folders: pages of prose, and files beside them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from alongside.files import door
from alongside.files.paths import address
from alongside.files.problems import Problem
from alongside.files.source import read_page
from alongside.load.layers import Layer
from alongside.load.parse import parse
from alongside.model.curriculum import ContentFile, TextPage


def load_texts(folders: Sequence[tuple[Layer, Path]]) -> tuple[dict[str, TextPage], list[Problem]]:
    """The pages of prose in `content/` folders. A page in a later folder replaces one of the same path."""
    pages: dict[str, TextPage] = {}
    problems: list[Problem] = []
    for layer, folder in folders:
        for path in door.below(folder).files:
            if path.suffix != ".md":
                continue
            mapping, found = read_page(path, layer.label(path))
            problems += found
            page = None
            if mapping is not None:
                page, found = parse(TextPage, mapping)
                problems += found
            if page is not None:
                name = address(path.relative_to(folder).with_suffix(""))
                pages[name] = page.named(name)
    return pages, problems


def load_files(folders: Sequence[tuple[Layer, Path]]) -> dict[str, ContentFile]:
    """What stands in `content/` folders beside pages, by path, whatever it is. A later folder replaces a file of an earlier."""
    return {
        path.relative_to(folder).as_posix(): ContentFile(path, layer.label(path))
        for layer, folder in folders
        for path in door.below(folder).files
        if path.suffix != ".md"
    }
