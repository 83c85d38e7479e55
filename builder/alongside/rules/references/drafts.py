"""What a site for learners leaves out because it says of itself that it is a draft. Nothing goes in silence."""

from __future__ import annotations

from alongside.files.problems import Problem
from alongside.load.drafts import drafts
from alongside.model.curriculum import Curriculum
from alongside.rules.rule import Rule, enter


def left_out_drafts(curriculum: Curriculum) -> list[Problem]:
    """A note for each draft, where it says so."""
    return [
        Problem(
            "R262",
            "info",
            f"this {draft.called()} is a draft, so learners do not get it, and nothing in it was checked",
            draft.place("draft", key=True),
            "nothing, until it is ready",
            "delete draft: true as soon as it is ready",
        )
        for draft in drafts(curriculum)
    ]


enter(Rule("R262", "draft-left-out", "info", "site"))
