"""The table of addresses: what makes each page and file of the site, so that nothing takes the place of something else.

Addresses that differ in capitals only count as one, since they are one on the disks of many hosts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from alongside.files.located import Place
from alongside.files.paths import address, same_to_some
from alongside.files.problems import Problem, printable, quoted
from alongside.load.layers import RESERVED_IDS, media_files
from alongside.load.project import Project, bundled_root
from alongside.model.curriculum import Curriculum
from alongside.model.schema import NAMES, file_name
from alongside.render.assets import GENERATED, theme_files
from alongside.render.faces import face_files, samples
from alongside.render.index import OF_MODULE
from alongside.render.machine_readable import CATALOGUE, course_url
from alongside.render.offline import MADE
from alongside.render.scripts import joined_files
from alongside.render.search import FOLDER
from alongside.render.site import SiteRenderer
from alongside.render.strips import strip_files
from alongside.words.language import ENGLISH


@dataclass(frozen=True, slots=True)
class Claim:
    """An address from the top of the site, and where somebody wrote what stands there; `None` for the site's own."""

    url: str
    place: Place | None = None
    #: Whether it is the address of before of something that was renamed.
    moved: bool = False

    @property
    def file(self) -> str:
        """The file in which a host finds it, as a disk without capitals sees it."""
        file = f"{self.url}index.html" if self.url.endswith("/") or not self.url else self.url
        return same_to_some(file)


def claims(project: Project, curriculum: Curriculum, renderer: SiteRenderer) -> Iterator[Claim]:
    """Everything that the site is made of, what is the site's own first."""
    yield from (Claim(url) for url in sorted(made_files()))
    # A version for a cohort is a site by itself: everything in its folder is its own.
    settings = project.settings
    yield from (Claim(name, settings.place("cohorts", name, key=True)) for name in settings.cohorts)
    for url, path in theme_files(project.theme_folders).items():
        yield Claim(url, _in_a_layer(project, path))
    texts = {page.place() for page in curriculum.pages.values()}
    pages = [Claim(url, place) for url, _, place in renderer.makers()]
    pages += [Claim(former.url, former.place, moved=True) for former in renderer.former()]
    yield from sorted(pages, key=lambda claim: (claim.place is not None, claim.place in texts))
    for module in curriculum.modules.values():
        yield Claim(course_url(module.id))
        yield Claim(f"{module.id}/{OF_MODULE}")
        yield from (Claim(url, member.place()) for url, member in face_files(curriculum, module))
        panels = strip_files(curriculum, module, ENGLISH)
        yield from (Claim(panel.picture, talk.place("strip")) for panel, talk in panels)
        for name, path in media_files(module):
            yield Claim(f"{module.id}/{name}", Place(printable(module.label_of(path))))
    for name, file in curriculum.files.items():
        yield Claim(address(name), Place(printable(file.label)))


def made_files() -> set[str]:
    """Addresses of files that are made for every site, or that are kept free for those that have them."""
    for_authors = [sample.picture for _, _, of_field in samples() for sample in of_field]
    schemas = [f"schemas/{file_name(name)}" for name in NAMES]
    return {CATALOGUE, *GENERATED, *MADE, FOLDER, *joined_files(), *schemas, *for_authors}


def own_files(project: Project) -> set[str]:
    """Addresses of files that the theme brings or that are made."""
    return {*theme_files(project.theme_folders), *made_files()}


def _in_a_layer(project: Project, path: Path) -> Place | None:
    """Where a file of a theme stands, if it is one of a layer's and not what comes with Alongside."""
    if path.is_relative_to(bundled_root()):
        return None
    return next((Place(layer.label(path)) for layer in project.layers if path.is_relative_to(layer.root)), None)


def clashes(found: Iterable[Claim]) -> list[Problem]:
    """A problem for each claim to an address that has been taken, or in a folder that is a file at the same time."""
    first: dict[str, Claim] = {}
    problems = []
    for claim in found:
        if claim.place and "/" not in claim.url.rstrip("/") and claim.url.rstrip("/") in RESERVED_IDS & _modules(claim):
            continue  # the reader has said so
        other = first.setdefault(claim.file, claim)
        if other is not claim:
            problems += _both_claimed(claim, other)
    for file, claim in first.items():
        for folder in _folders(file):
            if folder in first:
                problems += _both_claimed(claim, first[folder])
    return problems


def _modules(claim: Claim) -> set[str]:
    """The id of the module whose start page this is, if it is one."""
    folder, _, name = claim.place.file.rpartition("/") if claim.place else ("", "", "")
    return {folder.rpartition("/")[2]} if name == "module.yml" else set()


def _folders(file: str) -> Iterator[str]:
    while "/" in file:
        file = file.rpartition("/")[0]
        yield file


def _both_claimed(claim: Claim, other: Claim) -> list[Problem]:
    """The problem, at the later of the two that somebody wrote; none where the site itself made both."""
    if claim.place is None:
        claim, other = other, claim
    if claim.place is None:
        return []
    by = f"by {other.place}" if other.place else "by the site itself"
    return [
        Problem(
            "M112",
            "error",
            f"the address {quoted('/' + claim.url)} is made twice: here, and {by}{_looks_alike(claim.place, other.place)}",
            claim.place,
            "an address that nothing else has, whatever its capitals",
            _apart(claim, other),
        )
    ]


def _apart(claim: Claim, other: Claim) -> str:
    """What to do about two things at one address: an address of before cannot be given another name."""
    for one, rest in ((claim, other), (other, claim)):
        if one.moved:
            where = "formerly" if one.place and "/" in one.place.file else "redirects"
            return f"rename what is at {rest.place}" if rest.place else f"take it out of {where}"
    return "rename this one" if other.place is None else "rename one of the two, or delete it"


def _looks_alike(one: Place, other: Place | None) -> str:
    """Why two names make one address though they differ, where nobody could see it."""
    if other is None or one.file == other.file or address(one.file) != address(other.file):
        return ""
    return "; the names look alike, and differ only in how their accents are kept"
