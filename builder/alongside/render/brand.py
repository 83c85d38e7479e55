"""What an organisation has of its own on every page: colours with a shade for each use, fonts, measures."""

from __future__ import annotations

from collections.abc import Iterator

from alongside.files.paths import unsafe_part
from alongside.load.palette import theme_tokens, uses
from alongside.model.settings import Font, Organisation

#: Endings of fonts with what a style sheet calls them.
FORMATS = {".woff2": "woff2", ".woff": "woff"}


#: The icon of the theme, and what kinds of icon are called.
ICON = "assets/icon.svg"
ICON_KINDS = {".svg": "image/svg+xml", ".png": "image/png"}


def icon_of(organisation: Organisation) -> tuple[str, str]:
    """The address of what browsers show beside the name of a page, and its kind."""
    address = organisation.icon or ICON
    return address, ICON_KINDS.get(address[address.rfind(".") :].lower(), "image/png")


def organisation_style(organisation: Organisation) -> str:
    """The style sheet of the organisation; empty where it has nothing of its own."""
    own = {f"brand-{use.token}": use.shown for use in uses(organisation)}
    fonts = {"text": organisation.fonts.text, "display": organisation.fonts.headings}
    own |= {f"brand-{name}": f'"Own {name}",{theme_tokens().light[name]}' for name, font in fonts.items() if font}
    faces = [face for name, font in fonts.items() if font for face in _faces(f"Own {name}", font)]
    style = organisation.style
    light = {**own, **style.light}
    rules = [*faces, *([f":root{_rule(light)}"] if light else [])]
    if style.dark:
        dark = _rule(style.dark)
        rules.append(f'@media (prefers-color-scheme:dark){{:root:not([data-scheme="light"]){dark}}}')
        rules.append(f':root[data-scheme="dark"]{dark}')
    return "".join(f"{rule}\n" for rule in rules)


def _rule(tokens: dict[str, str]) -> str:
    return "{" + "".join(f"--{name}:{value};" for name, value in tokens.items()) + "}"


def _faces(family: str, font: Font) -> Iterator[str]:
    """The files of a font. Meanwhile the letters of the device are shown, so nobody waits for words."""
    one_weight = font.bold is not None
    for path, weight, slope in (
        (font.regular, "400" if one_weight else "400 700", "normal"),
        (font.bold, "700", "normal"),
        (font.italic, "400 700", "italic"),
    ):
        if path and not unsafe_part(path):  # a preview is shown whatever is still wrong
            form = FORMATS.get(path[path.rfind(".") :].lower(), "woff2")
            yield (
                f'@font-face{{font-family:"{family}";src:url("../{path}")format("{form}");'
                f"font-weight:{weight};font-style:{slope};font-display:swap}}"
            )
