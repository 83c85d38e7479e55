"""What `mkdocs.yml` may say where `alongside` builds the site.

MkDocs runs what this file names: hooks, plugins, Markdown extensions, tags that build objects. Whoever proposes a change to
a site can propose one to this file too, so what is not needed is refused, and MkDocs is never given the file itself
(see `engines/mkdocs.py`). `mkdocs build` obeys all of it, for organisations that trust everyone who can change it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from alongside.files.located import LocatedMapping, LocatedSequence, Place
from alongside.files.problems import Problem, nearest, quoted
from alongside.files.source import Tags
from alongside.load.idle import IDLE, IDLE_IN_THEME, INSTEAD
from alongside.load.unfit import found_in
from alongside.model.settings import Settings

#: Keys that say something about the site, and those that run nothing and do nothing, which `idle.py` names.
KEYS = frozenset(
    {"site_name", "site_url", "site_description", "site_author", "copyright", "site_dir", "theme", "plugins", *IDLE}
)
#: What can stand below `theme`. Only what `mkdocs build` needs for the same pages, and what does nothing.
THEME_KEYS = frozenset({"name", "custom_dir", "language", *IDLE_IN_THEME})
THEME, OWN_THEME = "material", "theme"
#: Plugins by name. The search of MkDocs does nothing here, since the site has one of its own.
PLUGINS = frozenset({"alongside", "search"})


def not_needed(mapping: LocatedMapping, tags: Tags) -> list[Problem]:
    """A problem for each part of the configuration that does not describe the site, or could do more. `tags` are those read in it."""
    return [
        *(
            Problem(
                "L116",
                "error",
                f"the value starts with {quoted(tag)}, which can run programs or read secrets",
                place,
                "the value itself",
                "write the value without it",
            )
            for tag, place in tags
        ),
        *_unusable(mapping, {place for _, place in tags}),
        *_unknown_keys(mapping),
        *_theme(mapping),
        *_plugins(mapping),
    ]


def _refused(what: str, place: Place, expected: str) -> Problem:
    """What could run something. It is refused; what people want with it is said where it is known."""
    return Problem(
        "L115", "error", what, place, expected, "delete it, or build with mkdocs build if you trust all of the file"
    )


def _unusable(mapping: LocatedMapping, tagged: set[Place]) -> Iterator[Problem]:
    """Values of the keys that are read which say nothing about the site. What is `tagged` has been named already."""
    for key, (good, expected, example) in VALUES.items():
        value, place = mapping.get(key), mapping.value_places.get(key)
        if value and place and place not in tagged and not (isinstance(value, str) and good(value)):
            what = f"{quoted(key)} is {found_in(value)}"
            yield Problem("L117", "error", what, place, expected, f"{key}: {example}")


def _is_address(text: str) -> bool:
    """Whether a browser could find a site there."""
    try:
        parts = urlsplit(text)
        found = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets without a number of a computer, or a port that is none
        return False
    return found and not re.search(r"\s", text)


#: What is read here, which values of it are good, and what to write.
VALUES: dict[str, tuple[Callable[[str], bool], str, str]] = {
    "site_name": (bool, "the name of the site", "Riverside Mentors"),
    "site_url": (
        _is_address,
        "the address at which the site will stand, from https:// on",
        "https://learn.riverside.example/",
    ),
    "site_dir": (bool, "the folder into which the site is built", "site"),
    "site_description": (bool, "what the site is, in a sentence", "Training for our mentors."),
    "site_author": (bool, "who made the site", "Riverside Mentors"),
    "copyright": (
        lambda text: not re.search(r"<[^>]*>", text),
        "words without HTML, for the foot of every page",
        "© Riverside Mentors",
    ),
}


def _unknown_keys(mapping: LocatedMapping) -> Iterator[Problem]:
    for key in mapping:
        if key not in KEYS and key not in Settings.model_fields:
            expected = INSTEAD.get(key, "keys such as site_name, site_url, theme and plugins")
            yield _refused(
                f"{quoted(key)} is not a setting that Alongside needs{nearest(key, KEYS)}",
                mapping.key_places[key],
                expected,
            )


def _theme(mapping: LocatedMapping) -> Iterator[Problem]:
    theme = mapping.get("theme")
    if isinstance(theme, LocatedSequence):
        yield _refused('"theme" is a list', mapping.value_places["theme"], f"name: {THEME}")
    if isinstance(theme, str) and theme != THEME:
        yield _refused(f"the theme {quoted(theme)} is not needed", mapping.value_places["theme"], f"name: {THEME}")
    if not isinstance(theme, LocatedMapping):
        return
    wanted = {"name": THEME, "custom_dir": OWN_THEME}
    for key, value in theme.items():
        if key not in THEME_KEYS:
            yield _refused(
                f"{quoted(key)} is not a setting of the theme that Alongside needs{nearest(key, THEME_KEYS)}",
                theme.key_places[key],
                "name, font, language",
            )
        elif key in wanted and (not isinstance(value, str) or value.rstrip("/") != wanted[key]):
            yield _refused(
                f"{quoted(key)} of the theme leads to other templates", theme.value_places[key], f"{key}: {wanted[key]}"
            )


def _plugins(mapping: LocatedMapping) -> Iterator[Problem]:
    for name, place in _named(mapping.get("plugins")):
        if name not in PLUGINS:
            near = nearest(name, PLUGINS)
            yield _refused(f"the plugin {quoted(name)} is not needed{near}", place, "the plugin alongside")


def _named(plugins: Any) -> Iterator[tuple[str, Place]]:
    """Names of plugins with their places, whether they are a list or keys."""
    if isinstance(plugins, LocatedMapping):
        yield from ((name, plugins.key_places[name]) for name in plugins)
    elif isinstance(plugins, LocatedSequence):
        for entry, place in zip(plugins, plugins.item_places, strict=True):
            if isinstance(entry, str):
                yield entry, place
            else:
                yield from _named(entry)
