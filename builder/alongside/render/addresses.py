"""The table of addresses: what makes each page and file of the site, so that nothing takes the place of something else.

Addresses that differ in capitals only count as one, since they are one on the disks of many hosts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from alongside.load import RESERVED_IDS, media_files
from alongside.located import Place
from alongside.model import Curriculum
from alongside.problems import Problem, printable, quoted
from alongside.project import Project
from alongside.render.assets import GENERATED, theme_files
from alongside.render.offline import MADE
from alongside.render.search import FOLDER
from alongside.render.site import SiteRenderer
from alongside.schema import schemas


@dataclass(frozen=True, slots=True)
class Claim:
    """An address from the top of the site, and where somebody wrote what stands there; `None` for the site's own."""

    url: str
    place: Place | None = None

    @property
    def file(self) -> str:
        """The file in which a host finds it, as a disk without capitals sees it."""
        file = f"{self.url}index.html" if self.url.endswith("/") or not self.url else self.url
        return unicodedata.normalize("NFC", file).casefold()


def claims(project: Project, curriculum: Curriculum, renderer: SiteRenderer) -> Iterator[Claim]:
    """Everything that the site is made of, what is the site's own first."""
    yield from (Claim(url) for url in sorted(own_files(project)))
    texts = {page.place() for page in curriculum.pages.values()}
    pages = [Claim(url, place) for url, _, place in renderer.makers()]
    yield from sorted(pages, key=lambda claim: (claim.place is not None, claim.place in texts))
    for module in curriculum.modules.values():
        for path in media_files(module):
            name = path.relative_to(module.folder).as_posix()
            folder = module.outline.place().file.rpartition("/")[0]
            yield Claim(f"{module.id}/{name}", Place(printable(f"{folder}/{name}")))
    for name, file in curriculum.files.items():
        yield Claim(name, Place(printable(file.label)))


def own_files(project: Project) -> set[str]:
    """Addresses of the files that the theme brings or that are made for every site."""
    return {*theme_files(project.theme_folders), *GENERATED, *MADE, FOLDER, *(f"schemas/{name}" for name in schemas())}


def clashes(found: Iterable[Claim]) -> list[Problem]:
    """A problem for each claim to an address that has been taken, or in a folder that is a file at the same time."""
    first: dict[str, Claim] = {}
    problems = []
    for claim in found:
        if claim.place and "/" not in claim.url.rstrip("/") and claim.url.rstrip("/") in RESERVED_IDS & _modules(claim):
            continue  # the reader has said so
        other = first.setdefault(claim.file, claim)
        if other is not claim and claim.place:
            problems.append(_twice(claim, claim.place, other))
    for file, claim in first.items():
        if claim.place:
            problems += [_twice(claim, claim.place, first[folder]) for folder in _folders(file) if folder in first]
    return problems


def _modules(claim: Claim) -> set[str]:
    """The id of the module whose start page this is, if it is one."""
    folder, _, name = claim.place.file.rpartition("/") if claim.place else ("", "", "")
    return {folder.rpartition("/")[2]} if name == "module.yml" else set()


def _folders(file: str) -> Iterator[str]:
    while "/" in file:
        file = file.rpartition("/")[0]
        yield file


def _twice(claim: Claim, place: Place, other: Claim) -> Problem:
    by = f"by {other.place}" if other.place else "by the site itself"
    return Problem(
        "M112",
        "error",
        f"the address {quoted('/' + claim.url)} is made twice: here, and {by}",
        place,
        "an address that nothing else has, whatever its capitals",
        "rename this one" if other.place is None else "rename one of the two, or delete it",
    )
