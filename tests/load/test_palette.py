"""Whatever colour an organisation has, what is shown in it can be read."""

from __future__ import annotations

import random

import pytest

from alongside.load.palette import MARK, TEXT, grounds, theme_tokens, uses
from alongside.media.colours import WHITE, contrast, ink_on, of_hex, shade
from alongside.model.settings import Organisation

pytestmark = pytest.mark.slow

COLOURS = ["#000000", "#ffffff", "#fbbf24", "#0b5d5e", "#767676", "#ff0000", "#00ff00", "#0000ff", "#ffff00", "#7f7f7f"]


def some(seed: int) -> list[str]:
    chance = random.Random(seed)  # noqa: S311  # not for secrets
    return [*COLOURS, *(f"#{chance.randrange(1 << 24):06x}" for _ in range(60))]


def organisation(**colours: str) -> Organisation:
    return Organisation.model_validate({"colours": colours})


@pytest.mark.parametrize("colour", some(3))
def test_every_use_of_a_colour_can_be_read(colour: str) -> None:
    ours = organisation(primary=colour, accent=colour)
    shown = {use.token: of_hex(use.shown) for use in uses(ours)}
    light, dark = grounds(ours)
    assert contrast(shown["ink"], shown["primary"]) >= 4.5
    assert contrast(shown["bar-ink"], shown["bar"]) >= 4.5 <= contrast(WHITE, shown["bar-dark"])
    assert contrast(shown["bar-ring"], shown["bar"]) >= MARK
    for ground in light:
        assert min(contrast(shown["link"], ground), contrast(shown["accent"], ground)) >= TEXT
        assert contrast(shown["edge"], ground) >= MARK
    for ground in dark:
        assert min(contrast(shown["link-dark"], ground), contrast(shown["accent-dark"], ground)) >= TEXT


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    shown = {use.token: use.shown for use in uses(organisation(primary="#08494a", accent="#6b2d0b"))}
    assert (shown["link"], shown["accent"], shown["bar"], shown["bar-ink"]) == (
        "#08494a",
        "#6b2d0b",
        "#08494a",
        "#ffffff",
    )


def test_a_light_bar_has_dark_words_and_a_bar_of_its_own_leaves_links_alone() -> None:
    shown = {use.token: use.shown for use in uses(organisation(bar="#fbbf24"))}
    assert shown["bar-ink"] == "#000000" and "link" not in shown
    assert organisation(bar="#fbbf24", bar_ink="#402000").colours.bar_ink == "#402000"


def test_what_nobody_names_is_that_of_the_theme() -> None:
    assert list(uses(Organisation())) == []


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(WHITE, of_hex("#000000")) == pytest.approx(21)
    assert contrast(WHITE, of_hex("#767676")) == pytest.approx(4.54, abs=0.01)


def test_a_shade_keeps_its_hue() -> None:
    red, green, blue = shade(of_hex("#fbbf24"), [WHITE], 7)
    assert red > green > blue and ink_on((255, 255, 0)) != WHITE


def test_the_measures_of_the_theme_are_read() -> None:
    tokens = theme_tokens()
    assert tokens.light["measure"] == "41rem" and tokens.light["link"] == "#08494a"
    assert tokens.dark["paper"] == "#15191a" and tokens.dark["measure"] == "41rem"
    own = tokens.but({"measure": "44rem", "paper": "#ffffff"}, {})
    assert (own.dark["measure"], own.dark["paper"], own.light["paper"]) == ("44rem", "#15191a", "#ffffff")
