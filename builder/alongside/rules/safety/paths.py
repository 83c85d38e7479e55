"""What whoever meets people has to know comes before they meet: Y136 and Y137."""

from __future__ import annotations

from collections.abc import Iterator

from alongside.files.problems import quoted
from alongside.model.curriculum import Curriculum, LearningPath
from alongside.rules.rule import Context, Finding, Rule, enter, rule


def missing_before_first_meeting(name: str, path: LearningPath, curriculum: Curriculum) -> Iterator[Finding]:
    """Modules that say they come before the first meeting, and that a path leaves out."""
    for module in curriculum.modules.values():
        if module.outline.before_first_meeting and module.id not in path.modules:
            yield Finding(
                f"the path {quoted(name)} leaves out {quoted(module.id)}, which is to be finished before a first meeting",
                path.place("modules"),
                "every module with before_first_meeting: true",
                f"add {module.id} to modules:",
            )


@rule("Y136", "path-before-first-meeting", "warning", "curriculum")
def path_before_first_meeting(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Paths of the curriculum on which somebody could meet people without such a module."""
    for name, path in curriculum.outline.paths.items():
        yield from missing_before_first_meeting(name, path, curriculum)


enter(Rule("Y137", "own-path-before-first-meeting", "warning", "settings"))
