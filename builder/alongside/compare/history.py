"""The curriculum as it was at a revision, read from Git without touching the working tree.

The only file that runs Git. Files of the revision are data: only YAML and Markdown is taken out,
into a folder that is gone afterwards, and no link in it is followed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from alongside.files.paths import real
from alongside.files.problems import ContentError, Problem, quoted
from alongside.load.curriculum import load_curriculum
from alongside.load.drafts import without_drafts
from alongside.load.layers import Layer
from alongside.load.project import Project, layer_folder, open_project
from alongside.load.taken import TAKEN
from alongside.model.curriculum import Curriculum

#: Files that a curriculum is read from.
TEXTS = (".yml", ".md")
#: Longest that Git may take for one question, in seconds.
PATIENCE = 60


class HistoryError(Exception):
    """The revision cannot be read. The message says why, in one line."""


@dataclass(frozen=True)
class Snapshot:
    """What was read at a revision."""

    #: How the revision was named, and the beginning of its real name.
    name: str
    commit: str
    curriculum: Curriculum | None
    problems: tuple[Problem, ...]
    #: Names of layers that are not in the repository, and were taken as they are now.
    without_past: tuple[str, ...] = ()


def read_at(revision: str, configuration: Path, *, learners: bool) -> Snapshot:
    """The curriculum of the site at a revision, for `learners` without drafts. Layers that are not in its repository are taken as they are now.

    Raises `HistoryError` where there is no Git, no repository, no such revision or no such site in it.
    """
    repository = _Repository.around(real(configuration.parent))
    commit = repository.commit(revision)
    blobs = repository.blobs(commit)
    here = PurePosixPath(os.path.relpath(real(configuration.parent) / configuration.name, repository.top))
    if here not in blobs:
        raise HistoryError(f"there was no {here} at {quoted(revision)}")
    with TemporaryDirectory(prefix="alongside-") as folder:
        then = real(Path(folder))
        repository.write({here: blobs[here]}, then)
        try:
            project, _ = open_project(then / here)
        except ContentError:
            raise HistoryError(f"{here} at {quoted(revision)} cannot be understood") from None
        layers = _layers(project, real(configuration.parent))
        inside = [root.relative_to(repository.top) for _, root in layers if root.is_relative_to(repository.top)]
        repository.write({path: blob for path, blob in blobs.items() if _is_content(path, inside)}, then)
        moved = [_moved(name, root, repository.top, then) for name, root in layers]
        curriculum, problems = load_curriculum([layer for layer in moved if layer], project.settings.leave_out)
        if curriculum and learners:
            curriculum = without_drafts(curriculum)
    outside = tuple(name for name, root in layers if not root.is_relative_to(repository.top))
    return Snapshot(revision, commit[:9], curriculum, tuple(problems), outside)


def _layers(project: Project, root: Path) -> list[tuple[str, Path]]:
    """Names and folders of the layers, as they stand on this disk."""
    return [(where, layer_folder(where, root)) for where in project.settings.layers]


def _moved(name: str, root: Path, top: Path, then: Path) -> Layer | None:
    """The layer of then, or `None` where there was none. What is in no repository is as it is now."""
    folder = then / root.relative_to(top) if root.is_relative_to(top) else root
    return Layer(name, folder, "" if name == "." else f"{name}:") if folder.is_dir() else None


def _is_content(path: PurePosixPath, layers: Iterable[Path]) -> bool:
    return any(
        (path.suffix in TEXTS and path.is_relative_to(layer / "modules")) or path == PurePosixPath(layer / TAKEN)
        for layer in layers
    )


@dataclass(frozen=True)
class _Repository:
    """A repository, asked by its own program."""

    git: str
    top: Path

    @classmethod
    def around(cls, folder: Path) -> _Repository:
        """The repository that holds a folder."""
        git = shutil.which("git")
        if git is None:
            raise HistoryError("Git is not installed, and earlier revisions are read with it")
        top = _git_output(git, folder, "rev-parse", "--show-toplevel")
        if top is None:
            raise HistoryError(
                f"the folder {quoted(str(folder))} is in no Git repository, or in one that Git does not trust; git status says which"
            )
        return cls(git, real(Path(os.fsdecode(top.removesuffix(b"\n")))))

    def commit(self, revision: str) -> str:
        """The full name of a revision."""
        found = None
        if not revision.startswith("-") and "\0" not in revision:
            found = _git_output(self.git, self.top, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        if found is None:
            raise HistoryError(
                f"there is no revision {quoted(revision)} here; in a shallow clone, fetch more of the history first"
            )
        return found.decode("ascii").strip()

    def blobs(self, commit: str) -> dict[PurePosixPath, str]:
        """Ordinary files of a revision by path. Links and paths that lead elsewhere are left out."""
        listed = _git_output(self.git, self.top, "ls-tree", "-r", "-z", "--full-tree", commit)
        if listed is None:
            raise HistoryError(f"the files of {commit[:9]} cannot be listed; fetch more of the history first")
        found = {}
        for entry in listed.split(b"\0"):
            facts, _, name = entry.partition(b"\t")
            path = PurePosixPath(os.fsdecode(name))
            if facts.startswith(b"100") and not path.is_absolute() and ".." not in path.parts:
                found[path] = facts.split()[2].decode("ascii")
        return found

    def write(self, blobs: Mapping[PurePosixPath, str], folder: Path) -> None:
        """Puts files of the repository into a folder."""
        if not blobs:
            return
        wanted = "\n".join(blobs.values()) + "\n"
        answer = _git_output(self.git, self.top, "cat-file", "--batch", given=wanted.encode())
        start = 0
        for path in blobs:
            end = -1 if answer is None else answer.find(b"\n", start)
            head = (answer or b"")[start:end].split() if end > 0 else []
            if answer is None or len(head) != 3:  # noqa: PLR2004  # name, type and size
                raise HistoryError(f"{path} cannot be read from the repository; fetch more of the history first")
            start = end + 1 + int(head[2])
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(answer[end + 1 : start])
            start += 1


def _git_output(git: str, folder: Path, *arguments: str, given: bytes | None = None) -> bytes | None:
    """What Git answers, or `None` where it refuses. It takes no lock and asks nobody anything."""
    quiet = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(  # noqa: S603  # the program was found on the path; no shell reads the arguments
            [git, "-C", str(folder), *arguments],
            input=given if given is not None else b"",
            capture_output=True,
            timeout=PATIENCE,
            env={**os.environ, **quiet},
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
