"""What `mkdocs.yml` may hold and nothing reads, or nothing here: each is named, with what to use instead.

The file is MkDocs' own, so people write what MkDocs and its themes would read. A setting that is taken without a word
looks as if it worked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from alongside.files.located import LocatedMapping, LocatedSequence, Place
from alongside.files.problems import Problem, quoted
from alongside.load.unfit import found_in
from alongside.model.settings import Settings
from alongside.words.language import CODE

DELETE = "delete it"


def _never(value: Any) -> bool:
    del value
    return False


@dataclass(frozen=True, slots=True)
class Idle:
    """A setting without effect."""

    #: What has the effect instead.
    instead: str
    #: Which values say only what is the case anyway.
    true_anyway: Callable[[Any], bool] = _never
    #: Whether `mkdocs build` or `mkdocs serve` obeys it, so that it does nothing only where `alongside` builds.
    obeyed_by_mkdocs: bool = False


#: Settings of MkDocs by name.
IDLE: dict[str, Idle] = {
    "nav": Idle("order: in modules/curriculum.yml; menu: and foot: below alongside: for other pages"),
    "extra": Idle("settings below plugins: - alongside:, such as organisation:"),
    "repo_url": Idle("a link in a page of content/"),
    "repo_name": Idle("a link in a page of content/"),
    "edit_uri": Idle("a link in a page of content/"),
    "use_directory_urls": Idle(
        "nothing: every page stands in a folder of its own, so that addresses last", lambda value: value == "true"
    ),
    "docs_dir": Idle(
        "a folder called content, or layers: for content in other places",
        lambda value: isinstance(value, str) and value.removeprefix("./").rstrip("/") == "content",
    ),
    "dev_addr": Idle("alongside serve --address 127.0.0.1:8000", obeyed_by_mkdocs=True),
    "strict": Idle("alongside build --strict", lambda value: value == "false", obeyed_by_mkdocs=True),
    "watch": Idle("nothing: alongside serve follows modules/, content/ and theme/", obeyed_by_mkdocs=True),
    "remote_branch": Idle("a job that publishes, such as .github/workflows/publish.yml", obeyed_by_mkdocs=True),
    "remote_name": Idle("a job that publishes, such as .github/workflows/publish.yml", obeyed_by_mkdocs=True),
}
#: Settings of the theme by name. The language has a sentence of its own.
IDLE_IN_THEME: dict[str, Idle] = {
    "palette": Idle("organisation: colours: with primary, accent and bar; light or dark is the reader’s choice"),
    "features": Idle("nothing: this theme has no parts to switch on"),
    "favicon": Idle("organisation: icon: with the path of a file in content/"),
    "logo": Idle("organisation: logo: with the path of a file in content/"),
    "icon": Idle("organisation: logo: and icon:, with the paths of files in content/"),
    "font": Idle(
        "organisation: fonts: with files in content/; pages load nothing from elsewhere", lambda value: value == "false"
    ),
}
#: What Alongside refuses, since MkDocs could run it, and what people want with it.
INSTEAD: dict[str, str] = {
    "extra_css": "organisation: style: for measures and colours; or a style of your own in theme/partials/, which is joined to that of the site",
    "extra_javascript": "a script of your own in theme/elements/, which theme/main.html names",
    "extra_templates": "templates of your own in theme/, in the place of ours",
    "markdown_extensions": "what is read anyway: tables, lists, fenced code, terms, citations",
}


def without_effect(mapping: LocatedMapping, *, by_mkdocs: bool) -> Iterator[Problem]:
    """A problem for each setting that nothing reads. With `by_mkdocs`, MkDocs obeys some of them."""
    for key, idle in IDLE.items():
        if not (by_mkdocs and idle.obeyed_by_mkdocs):
            yield from _idle(mapping, key, key, idle)
    for key, instead in INSTEAD.items() if by_mkdocs else ():
        yield from _idle(mapping, key, key, Idle(instead))
    theme = mapping.get("theme")
    if isinstance(theme, LocatedMapping):
        for key, idle in IDLE_IN_THEME.items():
            yield from _idle(theme, key, f"theme: {key}", idle)
        yield from _other_language(theme)
    yield from _unread_settings(mapping)


def _idle(mapping: LocatedMapping, key: str, shown: str, idle: Idle) -> Iterator[Problem]:
    value = mapping.get(key)
    if value and not idle.true_anyway(value):
        what = f"{quoted(shown)} has no effect on this site"
        yield Problem("L123", "warning", what, mapping.key_places[key], idle.instead, DELETE)


def _other_language(theme: LocatedMapping) -> Iterator[Problem]:
    value = theme.get("language")
    if value and not (isinstance(value, str) and value.replace("_", "-").partition("-")[0].lower() == CODE):
        shown = quoted(value) if isinstance(value, str) else found_in(value)
        yield Problem(
            "L124",
            "warning",
            f"the language of the theme is {shown}, but the site speaks English",
            theme.value_places["language"],
            f"language: {CODE}. Pages and buttons have the language of the curriculum, and there is none in another yet",
            f"language: {CODE}",
        )


# ------------------------------------------------------- settings of Alongside


def _unread_settings(mapping: LocatedMapping) -> Iterator[Problem]:
    """Settings of Alongside in a place where nobody looks for them."""
    plugins = mapping.get("plugins")
    if plugins is not None and not isinstance(plugins, LocatedMapping | LocatedSequence):
        what = f'"plugins" is {found_in(plugins)}, so no settings of Alongside are read'
        yield _unread(what, mapping.value_places["plugins"], "plugins:\n  - alongside:\n      layers: [bundled, .]")
    for place in _entries(plugins)[1:]:
        yield _unread("Alongside stands here a second time, and the settings of one entry only are read", place, DELETE)
    for key in mapping:
        if key in Settings.model_fields:
            what = f"{quoted(key)} is a setting of Alongside, and nobody looks for it here"
            yield _unread(what, mapping.key_places[key], f"plugins:\n  - alongside:\n      {key}: …")


def _entries(plugins: Any) -> list[Place]:
    """Where settings of Alongside stand in the list of plugins."""
    if isinstance(plugins, LocatedMapping):
        return [plugins.key_places["alongside"]] if "alongside" in plugins else []
    if not isinstance(plugins, LocatedSequence):
        return []
    places = zip(plugins, plugins.item_places, strict=True)
    return [
        place for entry, place in places if entry == "alongside" or (isinstance(entry, dict) and "alongside" in entry)
    ]


def _unread(what: str, place: Place, fix: str) -> Problem:
    return Problem("L126", "error", what, place, "settings below plugins: - alongside:, once", fix)
