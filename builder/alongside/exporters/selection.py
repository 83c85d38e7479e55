"""What is exported: modules of a course, which a format reads as questions or as pages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from alongside.exporters.bank import Bank, bank_of
from alongside.exporters.left_out import LeftOut
from alongside.exporters.pages import Pages, pages_of
from alongside.files.archive import packed
from alongside.load.project import Project
from alongside.model.curriculum import Curriculum, LearningPath
from alongside.render.voice import Voice, voice

#: Called with what is being done, how much of it is done and how much there is.
Progress = Callable[[str, int, int], None]


def silent(what: str, done: int, total: int) -> None:
    """Says nothing of what is going on."""
    del what, done, total


@dataclass(frozen=True)
class Selection:
    """Modules of a course as learners get it. What a format asks for is made when it asks."""

    project: Project
    #: The whole course, without drafts.
    curriculum: Curriculum
    #: Ids of the modules that are exported, in the order of the course.
    modules: tuple[str, ...]
    #: The path that they are of, by its id; empty where they were named one by one, or not at all.
    track: str = ""
    progress: Progress = silent
    #: From which score on a platform calls the course passed, in percent; without one, nobody passes or fails.
    pass_mark: int | None = None
    #: Which edition it is, for platforms that take over nothing but a later one; without it, what its modules say.
    edition: int | None = None

    @property
    def paths(self) -> dict[str, LearningPath]:
        """The paths of the course, with those of the organisation's own."""
        return {**self.curriculum.paths, **self.project.settings.paths}

    @property
    def title(self) -> str:
        """What the modules are called together: as the one module, as the path, or as the site."""
        if self.track:
            return self.paths[self.track].title
        if len(self.modules) == 1 and len(self.curriculum.modules) > 1:
            return self.curriculum.modules[self.modules[0]].title
        return self.project.site_name

    @property
    def name(self) -> str:
        """What tells them from other selections in names, and stays the same from one export to the next."""
        if self.track:
            return f"path-{self.track}"
        if len(self.modules) == len(self.curriculum.modules):
            return "course"
        if len(self.modules) == 1:
            return f"module-{self.modules[0]}"
        return "modules-" + hashlib.sha256("\n".join(self.modules).encode()).hexdigest()[:8]

    @property
    def summary(self) -> str:
        """What the modules are good for, in plain words: as the path says, as the one module does, or as the course."""
        if self.track:
            text = self.paths[self.track].summary
        elif len(self.modules) == 1:
            text = self.curriculum.modules[self.modules[0]].outline.summary
        else:
            text = self.curriculum.outline.summary
        return self.voice.prose.inline(text).striptags()

    @cached_property
    def voice(self) -> Voice:
        """What says everything in the language of the course."""
        curriculum = self.curriculum
        return voice(curriculum.language, curriculum, self.project.settings, self.project.template_folders)

    @cached_property
    def bank(self) -> Bank:
        """The questions of the modules."""
        return bank_of(self.project.site_name, self.curriculum, self.modules, self.voice, self.project.whole_address)

    @cached_property
    def pages(self) -> Pages:
        """The pages of the modules, with those around them. Raises `ContentError` where one has a link to nothing."""
        return pages_of(self.project, self.curriculum, self.modules, self.paths, self.progress)


@dataclass(frozen=True)
class Written:
    """What a format made of a selection: a file, or files by name, which become a ZIP archive or a folder."""

    content: bytes | Mapping[str, bytes]
    #: How many questions or pages it holds.
    count: int
    left_out: tuple[LeftOut, ...] = ()

    @property
    def file(self) -> bytes:
        """It as one file. Raises `ArchiveError` for names that no archive can have."""
        return self.content if isinstance(self.content, bytes) else packed(self.content)
