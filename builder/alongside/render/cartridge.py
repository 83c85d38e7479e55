"""The pages of a course in a Common Cartridge: chapters of a book, in words that suit a learning platform.

The platform asks the questions of a quiz itself. Those that it cannot ask are on a page behind it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from alongside.files import door
from alongside.model.curriculum import Curriculum
from alongside.model.modules import Module
from alongside.model.settings import Settings
from alongside.render.book import BookRenderer, Chapter
from alongside.render.template_context import View, quiz_title


class CartridgeRenderer(BookRenderer):
    """Renders the pages of a curriculum that has nothing but the modules of the cartridge.

    `unasked` are the questions that are shown as text, each by its module and its id: `module.question`.
    """

    folder = "cartridge"
    view = View(screen=False, answers="linked", steps=folder)

    def __init__(
        self, curriculum: Curriculum, settings: Settings, folders: Sequence[Path], unasked: Collection[str]
    ) -> None:
        super().__init__(curriculum, settings, folders)
        self._unasked = unasked

    def style(self) -> bytes:
        """The style sheet of a book, and what pages in a frame need besides."""
        path = self._find(f"{self.folder}/course.css")
        assert path, "our theme has it"
        return super().style() + b"\n" + door.read(path)

    def _quizzes(self, module: Module) -> Iterator[Chapter]:
        quiz = module.quiz
        shown = (
            [question for question in quiz.questions if f"{module.id}.{question.id}" in self._unasked] if quiz else []
        )
        if quiz and shown:
            title = quiz_title(quiz, self.words)
            if len(shown) < len(quiz.questions):  # otherwise no quiz has said what stands before its first question
                title = self.words.gettext("More questions: %(title)s", title=title)
                quiz = quiz.model_copy(update={"questions": tuple(shown), "intro": None})
            yield self._quiz(module, quiz, title)
