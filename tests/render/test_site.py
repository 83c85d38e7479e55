"""What pages of the whole site say of what they list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from alongside.load.curriculum import load_curriculum
from alongside.load.layers import Layer
from alongside.model.settings import Settings
from alongside.render.site import SiteRenderer
from tests.conftest import BASE

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


def test_a_card_counts_the_modules_that_the_path_shows(a_site: Any) -> None:
    """Those that the site leaves out are in the path of the curriculum, and on no page."""
    more = {name.replace("listening", "waiting"): text for name, text in BASE.items() if "modules/listening/" in name}
    named = BASE["modules/curriculum.yml"].replace("[listening]", "[listening, waiting]")
    site = a_site({**more, "modules/curriculum.yml": named})
    for left_out, said in (((), "2 modules"), (("waiting",), "1 module")):
        curriculum, _ = load_curriculum([Layer("test", site)], left_out)
        assert curriculum
        plan = SiteRenderer(curriculum, Settings(leave_out=left_out), [ROOT / "theme"]).plan()
        assert f'<p class="card__note">{said} ·' in plan[""]().body
        assert plan["paths/all/"]().body.count("card__title") == int(said[0])


REVIEW = "reviewed: {on: 2026-11-20, by: a-reader, next: 2027-11-20}"
NOBODY, NO_LEAD, CAUTION = (
    "Nobody is named yet who has reviewed this module as a whole.",
    "It has not been reviewed by a safeguarding lead.",
    "No safeguarding lead has reviewed this module yet.",
)


@pytest.mark.parametrize(
    ("review", "more", "says"),
    [
        ("", "", {NOBODY, NO_LEAD}),
        ("", "before_first_meeting: true", {NOBODY, NO_LEAD, CAUTION}),
        ("", "tags: [grief]\ncontent_note: This speaks of loss.", {NOBODY, NO_LEAD, CAUTION}),
        (REVIEW, "before_first_meeting: true", {NO_LEAD, CAUTION}),
        (REVIEW.replace("by:", "safety_by: a-reader, by:"), "before_first_meeting: true", set()),
    ],
)
def test_a_module_says_plainly_who_has_not_reviewed_it(a_site: Any, review: str, more: str, says: set[str]) -> None:
    name = "modules/listening/module.yml"
    kept = [line for line in BASE[name].split("\n") if not line.startswith("tags:") or "tags:" not in more]
    outline = "\n".join(kept).replace(REVIEW, f"{review}\n{more}")
    curriculum, problems = load_curriculum([Layer("test", a_site({name: outline}))])
    assert curriculum and not problems
    body = SiteRenderer(curriculum, Settings(), [ROOT / "theme"]).plan()["listening/"]().body
    assert {words for words in (NOBODY, NO_LEAD, CAUTION) if words in body} == says
    assert ("Read for safety by" in body) is ("safety_by" in review)
