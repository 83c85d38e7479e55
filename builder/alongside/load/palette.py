"""The measures and colours of the theme, and the shade in which each colour of an organisation is shown in each use.

The one place that reads them outside of the style sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from alongside.load.project import bundled_root
from alongside.media.colours import WHITE, Colour, as_hex, contrast, ink_on, of_hex, rgb, shade
from alongside.model.settings import Colours, Organisation

#: What text has to stand out by, better than WCAG 2.2 asks (1.4.6), and what a line or a mark has to (1.4.11).
TEXT, MARK = 7.0, 3.0
#: Backgrounds of the theme.
GROUNDS = ("paper", "panel", "raised", "stage")
#: The ring around what has the focus in the bar, where it can be seen. Elsewhere it has the colour of the words.
RING = "#ffd166"

TOKEN = re.compile(r"--([a-z][a-z-]*):\s*([^;]+);")
#: What a custom property is where a host has given no other: `var(--brand-link, #08494a)`.
USUAL = re.compile(r"var\(\s*--brand-[a-z-]+,\s*(.+?)\s*\)", re.DOTALL)
LIGHT = re.compile(r":root \{(.*?)^\}", re.DOTALL | re.MULTILINE)
DARK = re.compile(r'\[data-scheme="dark"\] \{(.*?)^\}', re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What each is on light and on dark."""

    light: Mapping[str, str]
    dark: Mapping[str, str]

    def but(self, light: Mapping[str, str], dark: Mapping[str, str]) -> Tokens:
        """The same with some of a host's own. What is given for everyone holds on dark too, unless the theme has another there."""
        theirs = {name: value for name, value in light.items() if self.dark.get(name) == self.light.get(name)}
        return Tokens({**self.light, **light}, {**self.dark, **theirs, **dark})


@cache
def theme_tokens() -> Tokens:
    """Those of our own theme."""
    sheet = (bundled_root() / "theme/styles/tokens.css").read_text("utf-8")
    light, dark = (_named(block.search(sheet)) for block in (LIGHT, DARK))
    return Tokens(light, {**light, **dark})


def _named(block: re.Match[str] | None) -> dict[str, str]:
    found = TOKEN.findall(block[1]) if block else []
    usual = ((name, USUAL.fullmatch(value)) for name, value in found)
    return dict(found) | {name: " ".join(match[1].split()) for name, match in usual if match}


@dataclass(frozen=True, slots=True)
class Use:
    """A colour of the organisation in one use: its setting, what it is for, the custom property and the shade that is shown."""

    field: str
    purpose: str
    token: str
    wanted: str
    shown: str


def grounds(organisation: Organisation) -> tuple[list[Colour], list[Colour]]:
    """The backgrounds of text, on light and on dark, as far as they are plain colours."""
    style = organisation.style
    tokens = theme_tokens().but(style.light, style.dark)
    found = ([rgb(side.get(name, "")) for name in GROUNDS] for side in (tokens.light, tokens.dark))
    light, dark = ([colour for colour in side if colour] for side in found)
    return light or [WHITE], dark or [(0, 0, 0)]


def uses(organisation: Organisation) -> Iterator[Use]:
    """Where each colour that the settings name is shown, and in which shade."""
    colours, said = organisation.colours, organisation.colours.model_fields_set
    light, dark = grounds(organisation)
    if "primary" in said:
        primary, ink = of_hex(colours.primary), ink_on(of_hex(colours.primary))
        yield Use("primary", "buttons", "primary", colours.primary, colours.primary)
        yield Use("primary", "words on buttons", "ink", as_hex(ink), as_hex(ink))
        yield Use("primary", "edges", "edge", colours.primary, as_hex(shade(primary, light, MARK)))
        yield Use("primary", "links", "link", colours.primary, as_hex(shade(primary, light, TEXT)))
        yield Use("primary", "links on dark", "link-dark", colours.primary, as_hex(shade(primary, dark, TEXT)))
    if "accent" in said:
        accent = of_hex(colours.accent)
        yield Use("accent", "marks", "accent", colours.accent, as_hex(shade(accent, light, TEXT)))
        yield Use("accent", "marks on dark", "accent-dark", colours.accent, as_hex(shade(accent, dark, TEXT)))
    if {"primary", "bar"} & said:
        yield from _bar(colours)


def _bar(colours: Colours) -> Iterator[Use]:
    bar = colours.bar or colours.primary
    field = "bar" if colours.bar else "primary"
    ink = colours.bar_ink or as_hex(ink_on(of_hex(bar)))
    yield Use(field, "the bar", "bar", bar, bar)
    yield Use("bar_ink", "words in the bar", "bar-ink", ink, ink)
    ring = RING if contrast(of_hex(RING), of_hex(bar)) >= MARK else as_hex(ink_on(of_hex(bar)))
    yield Use(field, "what has the focus in the bar", "bar-ring", ring, ring)
    # On dark a light bar would dazzle: its shade there is one on which white is read.
    night = as_hex(shade(of_hex(bar), [WHITE], TEXT))
    yield Use(field, "the bar on dark", "bar-dark", bar, night)
