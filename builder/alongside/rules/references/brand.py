"""What an organisation brings of its own: files, colours, entries of the menu, pages that it leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alongside.files import door
from alongside.files.problems import Problem, Severity, nearest, quoted
from alongside.load.brand_pictures import LEAST_TOUCH, SHARED, Purpose, source
from alongside.load.palette import Tokens, theme_tokens, uses
from alongside.media import png
from alongside.media.colours import as_hex, contrast, ink_on, of_hex, rgb
from alongside.media.pictures import size
from alongside.model.curriculum import Curriculum
from alongside.model.pages import MADE_PAGES
from alongside.model.settings import Font, OwnLink, Settings
from alongside.rules.references.links import setting_file_findings
from alongside.rules.rule import Rule, enter

#: Pictures that the settings name, by their field, and what messages call them.
PICTURES = {
    "logo": "logo",
    "logo_dark": "logo for dark",
    "logo_print": "logo for paper",
    "icon": "icon",
    "touch_icon": "touch icon",
    "home_picture": "picture of the home page",
    "share_picture": "picture to share",
}
LEAST_CONTRAST, GOOD_CONTRAST = 4.5, 7.0
#: Words and the grounds on which they stand, as the style of the theme calls them.
PAIRS = (
    ("ink", "paper"),
    ("ink", "panel"),
    ("ink-soft", "paper"),
    ("link", "paper"),
    ("accent", "paper"),
    ("bar-ink", "bar"),
)
#: What pictures that are made from a drawing are for, in words.
MADE: dict[Purpose, str] = {"touch": "icon for start screens", "share": "picture to share"}
#: What a page that somebody still has to write can be called.
PLAIN_PAGE = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*")


def brand_problems(settings: Settings, curriculum: Curriculum, *, has_address: bool) -> Iterator[Problem]:
    """Everything in it that pages could not show, or nobody could read."""
    yield from _files(settings, curriculum)
    yield from _kinds_of_file(settings, curriculum, has_address=has_address)
    yield from _not_made(settings, curriculum, has_address=has_address)
    yield from _colours(settings)
    yield from _style(settings)
    for field in ("menu", "foot"):
        for index, link in enumerate(getattr(settings, field)):
            yield from _own_link(link, settings, curriculum, f"{field}, entry {index + 1}")
    yield from _left_out(settings, curriculum)


# ---------------------------------------------------------------------- files


def _files(settings: Settings, curriculum: Curriculum) -> Iterator[Problem]:
    organisation = settings.organisation
    for field, called in PICTURES.items():
        path = getattr(organisation, field)
        if path is not None:
            for found in setting_file_findings(called, path, curriculum, organisation.place(field)):
                yield Problem("R235", "error", found.message, found.place, found.expected, found.fix)
    for font in (organisation.fonts.text, organisation.fonts.headings):
        for field in Font.model_fields if font else ():
            path = getattr(font, field)
            if font and path is not None:
                for found in setting_file_findings("font", path, curriculum, font.place(field), "font"):
                    yield Problem("R235", "error", found.message, found.place, found.expected, found.fix)


def _kinds_of_file(settings: Settings, curriculum: Curriculum, *, has_address: bool) -> Iterator[Problem]:
    """Pictures that are there, and of another kind or shape than what they are for."""
    organisation = settings.organisation
    wanted = {
        "icon": ({".svg", ".png"}, "a square SVG or PNG"),
        "touch_icon": (
            {".png", ".svg"},
            f"an SVG without text, or a square PNG of {LEAST_TOUCH} to {png.LARGEST:,} points a side, eight bits a channel, not interlaced",
        ),
        "share_picture": (
            {".png", ".jpg", ".jpeg", ".svg"},
            f"a PNG or JPEG, {SHARED[0]:,} points wide and {SHARED[1]} high, or an SVG without text",
        ),
    }
    for field, (endings, expected) in wanted.items():
        path = getattr(organisation, field) or ""
        file = curriculum.files.get(path)
        if file is None:
            continue
        ending = path[path.rfind(".") :].lower()
        try:
            content = door.read(file.path)
        except OSError:  # what it is, Y113 says
            continue
        trouble = f"ends in {ending}" if ending not in endings else _misshapen(field, ending, content)
        if trouble:
            yield Problem(
                "R265", "error", f"the {PICTURES[field]} {quoted(path)} {trouble}", organisation.place(field), expected,
                "save it anew in this form, and put it into content/",
            )  # fmt: skip
    if organisation.share_picture and not has_address:
        yield Problem(
            "R265", "warning", "nobody can be shown the picture to share, since the site does not say where it will stand",
            organisation.place("share_picture"), "site_url, the address at which the site will stand",
            "add site_url: with the address at which the site will stand",
        )  # fmt: skip


def _not_made(settings: Settings, curriculum: Curriculum, *, has_address: bool) -> Iterator[Problem]:
    """Pictures that a drawing could not give: a mistake where it is named for them, and else a note. What is no sound drawing, Y112 says."""
    organisation = settings.organisation
    purposes: tuple[Purpose, ...] = ("touch", "share") if has_address else ("touch",)
    for purpose in purposes:
        made, unfit = source(organisation, curriculum.files, purpose)
        setting = "touch_icon" if purpose == "touch" else "share_picture"
        for drawing in unfit if made is None else ():
            if drawing.field == setting:
                yield Problem(
                    "R265", "error", f"the {PICTURES[setting]} {quoted(drawing.path)} {drawing.why}", organisation.place(setting),
                    "a drawing without text, of which pictures can be made",
                    "turn its text into paths with the program that it was drawn with, or save it as PNG",
                )  # fmt: skip
                continue
            yield Problem(
                "R271", "info", f"no {MADE[purpose]} is made from the {PICTURES[drawing.field]} {quoted(drawing.path)}: it {drawing.why}",
                organisation.place(drawing.field), "a drawing without text, of which one can be made",
                f"turn its text into paths with the program that it was drawn with, or name another file with {setting}:",
            )  # fmt: skip


def _misshapen(field: str, ending: str, content: bytes) -> str:
    """What is wrong with the shape of a picture; empty if nothing, or if its bytes do not say."""
    if ending == ".svg":  # of which pictures are made, or not: `_not_made`
        return ""
    if field == "touch_icon":
        try:
            picture = png.read(content)
        except png.UnreadablePngError as error:
            return str(error)
        square = picture.wide == picture.high and picture.wide >= LEAST_TOUCH
        return "" if square else f"is {picture.wide} by {picture.high} points large"
    measured = size(content)
    if measured is None:
        return ""
    wide, high = measured
    if field == "icon":
        return "" if wide == high else f"is {wide} by {high} points large"
    fits = wide >= SHARED[0] and abs(wide * SHARED[1] - high * SHARED[0]) <= wide * SHARED[1] // 20
    return "" if fits else f"is {wide} by {high} points large"


# --------------------------------------------------------------------- colours


def _colours(settings: Settings) -> Iterator[Problem]:
    """Words in the bar that are hard to read, and a note where a colour is shown in another shade."""
    colours = settings.organisation.colours
    bar = colours.bar or colours.primary
    if colours.bar_ink:
        found = contrast(of_hex(colours.bar_ink), of_hex(bar))
        if found < GOOD_CONTRAST:
            severity: Severity = "error" if found < LEAST_CONTRAST else "warning"
            yield Problem(
                "A160", severity, f"the colour {colours.bar_ink} has a contrast of {found:.1f} to 1 with the bar, {bar}",
                colours.place("bar_ink"), f"at least {LEAST_CONTRAST} to 1, better {GOOD_CONTRAST:.0f}",
                f"bar_ink: '{as_hex(ink_on(of_hex(bar)))}'",
            )  # fmt: skip
    for field in ("primary", "accent", "bar"):
        others = [use for use in uses(settings.organisation) if use.field == field and use.shown != use.wanted]
        if others and field in colours.model_fields_set:
            shown = ", ".join(f"{use.purpose} {use.shown}" for use in others)
            yield Problem(
                "R263", "info", f"the colour {getattr(colours, field)} cannot be read everywhere, so shades of it are shown: {shown}",
                colours.place(field), "nothing, if these shades suit you", "choose a colour that is darker or lighter, if they do not",
            )  # fmt: skip


def _style(settings: Settings) -> Iterator[Problem]:
    """Measures and colours that the theme has not, and words that could not be read with others."""
    style, theirs = settings.organisation.style, theme_tokens()
    known = theirs.light.keys()
    for side in ("light", "dark"):
        for name in getattr(style, side):
            if name not in known:
                yield Problem(
                    "R264", "error", f"the theme has nothing that is called {quoted(name)}{nearest(name, known)}",
                    style.place(side, name, key=True), "a name from theme/styles/tokens.css, without its two hyphens",
                    "correct the name, or delete it",
                )  # fmt: skip
        for name in dict.fromkeys(name for pair in PAIRS for name in pair):
            value = getattr(style, side).get(name)
            if value is not None and rgb(value) is None:
                yield Problem(
                    "A160", "warning", f"the contrast of {name} cannot be told: {quoted(value)} is no colour that is measured here",
                    style.place(side, name), "a colour as #rrggbb or rgb(…)",
                    "write it as #rrggbb, so that it can be checked whether words in it, or on it, can be read",
                )  # fmt: skip
    now = theirs.but(style.light, style.dark)
    for side in ("light", "dark"):
        if style.light or style.dark:
            yield from _unreadable(settings, side, now, theirs)


def _unreadable(settings: Settings, side: str, now: Tokens, theirs: Tokens) -> Iterator[Problem]:
    style = settings.organisation.style
    values, before = getattr(now, side), getattr(theirs, side)
    for words, ground in PAIRS:
        changed = [name for name in (words, ground) if values.get(name) != before.get(name)]
        ink, paper = rgb(values.get(words, "")), rgb(values.get(ground, ""))
        if not changed or ink is None or paper is None:
            continue
        found = contrast(ink, paper)
        if found < LEAST_CONTRAST:
            where = side if changed[0] in getattr(style, side) else "light"
            yield Problem(
                "A160", "error", f"on {side}, {words} has a contrast of {found:.1f} to 1 with {ground}",
                style.place(where, changed[0]), f"at least {LEAST_CONTRAST} to 1",
                "choose a colour that is darker or lighter",
            )  # fmt: skip


# ------------------------------------------------------------- pages and links


def pages_of(curriculum: Curriculum) -> set[str]:
    """What can be named as a page of the site: pages of `content/`, those that every site has, and modules."""
    made = {url.rstrip("/") for url, row in MADE_PAGES.items() if row.when == "always" and row.listed}
    return {*curriculum.pages, *made, *curriculum.modules}


def _own_link(link: OwnLink, settings: Settings, curriculum: Curriculum, where: str) -> Iterator[Problem]:
    if (link.page is None) == (link.url is None):
        yield Problem(
            "R266", "error", f"{quoted(link.title)} ({where}) leads {'nowhere' if link.page is None else 'to two places'}",
            link.place("title"), "either page: or url:", "write page: and the name of a page of the site, or url: and an address elsewhere",
        )  # fmt: skip
        return
    known = pages_of(curriculum)
    page = (link.page or "").strip("/")
    if link.page is not None and page not in known and page not in curriculum.withheld:
        close = nearest(page, known)
        begun = "" if close or not PLAIN_PAGE.fullmatch(page) else f", or write the page content/{page}.md"
        yield Problem(
            "R266", "error", f"{quoted(link.title)} ({where}) leads to {quoted(link.page)}, which is no page{close}",
            link.place("page"), "the path of a page in content/ without its ending, or the id of a module", f"correct the name{begun}",
        )  # fmt: skip


def _left_out(settings: Settings, curriculum: Curriculum) -> Iterator[Problem]:
    there = {*curriculum.pages, *curriculum.withheld}
    for index, name in enumerate(settings.leave_out_pages):
        if name not in there:
            yield Problem(
                "R266", "error", f"there is no page {quoted(name)} to leave out{nearest(name, there)}",
                settings.place("leave_out_pages", index), "the path of a page in content/, without its ending",
                "correct the name, or delete it from leave_out_pages",
            )  # fmt: skip


enter(Rule("A160", "weak-colour", "error", "settings"))
enter(Rule("R263", "colour-in-shades", "info", "settings"))
enter(Rule("R264", "unknown-measure", "error", "settings"))
enter(Rule("R265", "brand-file-unfit", "error", "settings"))
enter(Rule("R266", "own-link-nowhere", "error", "settings"))
enter(Rule("R271", "no-picture-from-logo", "info", "settings"))
