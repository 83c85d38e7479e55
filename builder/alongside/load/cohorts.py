"""Earlier versions of the course that stay for cohorts: archives that `alongside export cohort` has written.

They hold whole sites with scripts, so they are not content that anybody may send. The settings name each by its sum, which
says that somebody who may change settings has put it there.
"""

from __future__ import annotations

import hashlib
import json

from alongside.files import door
from alongside.files.archive import MOST_BYTES, ArchiveError, unpacked_bytes
from alongside.files.located import Place
from alongside.files.problems import Problem, quoted
from alongside.load.layers import RESERVED_IDS
from alongside.load.project import COHORTS, Project

#: What says in a site that it was made for a cohort: its name, and the forms of what learners have kept.
MARK = "assets/cohort.json"
#: The forms of learners' records and journals, which all versions share (`VERSION` in theme/elements/*-model.js).
FORMS = {"record": 1, "journal": 2}

#: The files of a site by their names.
Files = dict[str, bytes]


def mark_of(cohort: str) -> bytes:
    """What stands in the site of a cohort at `MARK`."""
    return json.dumps({"cohort": cohort, **FORMS}).encode()


def kept_versions(project: Project) -> tuple[dict[str, Files], list[Problem]]:
    """The site of each cohort in the settings, by its name, and a problem for each that cannot be published."""
    sites: dict[str, Files] = {}
    problems = []
    for name in project.settings.cohorts:
        files, problem = kept_version(project, name)
        if problem is not None:
            problems.append(problem)
        else:
            sites[name] = files
    return sites, problems


def kept_version(project: Project, name: str) -> tuple[Files, Problem | None]:
    """The site of a cohort in the settings, or a problem where it cannot be published."""
    try:
        return _site(project, name), None
    except _UnfitError as unfit:
        return {}, unfit.problem


class _UnfitError(Exception):
    def __init__(self, message: str, place: Place, expected: str, fix: str) -> None:
        super().__init__(message)
        self.problem = Problem("R270", "error", message, place, expected, fix)


def _site(project: Project, name: str) -> Files:
    settings = project.settings
    place, cohort = settings.place("cohorts", name, key=True), settings.cohorts[name]
    expected = cohort.sum
    file, path = f"{COHORTS}/{name}.zip", project.archive_of(name)
    if name in RESERVED_IDS:
        what = f"the site itself has the address {quoted('/' + name)}"
        raise _UnfitError(
            what, place, "a name that no page of the site has", "choose another name, such as 2027-spring"
        )
    if not door.is_file(path, project.root):
        raise _UnfitError(
            f"there is no {file}", place, "the version of the course with which this group stays",
            f"write it before the course changes: alongside export cohort {name}",
        )  # fmt: skip
    try:
        content = door.read(path, MOST_BYTES + 1)
    except OSError as error:
        what = f"{file} cannot be read: {error.strerror or error}"
        raise _UnfitError(what, place, "an ordinary file", "let yourself read it") from None
    if len(content) > MOST_BYTES:
        raise _UnfitError(f"{file} is larger than {MOST_BYTES // 1024 // 1024} MB", place, *_exported(name))
    total = hashlib.sha256(content).hexdigest()
    if expected != total:
        said = f"sum: {total}"
        what, fix = f"nobody has said that {file} is the right one", said
        if expected:
            what = f"{file} is not the one that its sum names"
            fix = f"put the archive back that was exported, or, if this is the one, write {said}"
        raise _UnfitError(what, cohort.place("sum"), "the sum that alongside export cohort said", fix)
    try:
        files = unpacked_bytes(content)
    except ArchiveError as refused:
        raise _UnfitError(f"{file} is not unpacked: {refused}", place, *_exported(name)) from None
    _look_at_mark(files, name, file, place)
    return files


def _look_at_mark(files: Files, name: str, file: str, place: Place) -> None:
    """Raises `_UnfitError` where files are not a site that was made for the cohort, and shares a record with this version."""
    try:
        mark = json.loads(files.get(MARK, b""))
    except (ValueError, RecursionError):
        mark = None
    mark = mark if isinstance(mark, dict) else {}
    if "index.html" not in files or mark.get("cohort") != name:
        said = mark.get("cohort")
        other = f" but for {quoted(said)}" if isinstance(said, str) else ""
        raise _UnfitError(f"{file} is no site that was made for {quoted(name)}{other}", place, *_exported(name))
    if any(mark.get(kept) != form for kept, form in FORMS.items()):
        raise _UnfitError(
            f"{file} keeps what learners have done and written in another form than this version", place,
            "the form of this version, so that learners can go from one to the other",
            f"export it again with this version of Alongside, from the files of that time: alongside export cohort {name}",
        )  # fmt: skip


def _exported(name: str) -> tuple[str, str]:
    return "an archive of alongside export cohort", f"write it again: alongside export cohort {name} --replace"
