"""The flat order of work: gather everything, report everything, then write."""

from __future__ import annotations

from pathlib import Path

from alongside.checks import check_curriculum
from alongside.load import load_curriculum
from alongside.model import Curriculum
from alongside.problems import Problem, in_order
from alongside.project import Project, open_project


def gather(configuration: Path) -> tuple[Project, Curriculum | None, list[Problem]]:
    """Reads and checks everything that the site is made of."""
    project, problems = open_project(configuration)
    curriculum, found = load_curriculum(project.layers, project.settings.leave_out)
    problems += found
    if curriculum:
        problems += check_curriculum(curriculum)
    return project, curriculum, in_order(problems)
