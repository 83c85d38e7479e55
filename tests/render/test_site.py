"""What pages of the whole site say of what they list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alongside.load.curriculum import load_curriculum
from alongside.load.layers import Layer
from alongside.model.settings import Settings
from alongside.render.site import SiteRenderer
from tests.conftest import BASE

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
