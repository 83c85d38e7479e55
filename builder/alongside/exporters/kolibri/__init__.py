"""A course as a channel of Kolibri, a learning platform for places without a connection: a folder that it imports.

Each module is one resource, in the frame that packages of SCORM have as well, since Kolibri hands the same over. What it is
told, and what its sandbox keeps from working, stands in ADR 45.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import md5
from urllib.parse import urlsplit

from alongside.exporters.binding import authors
from alongside.exporters.kolibri.channel import Channel, Resource, Stored, database
from alongside.exporters.label import LABEL, Label
from alongside.exporters.left_out import LeftOut
from alongside.exporters.scorm import framed
from alongside.exporters.selection import Selection, Written
from alongside.files.archive import packed
from alongside.model.modules import Module
from alongside.render.brand import icon_of
from alongside.render.platform import COURSE
from alongside.texts.duration import module_duration

#: Where Kolibri looks on a stick.
CONTENT = "KOLIBRI_DATA/content/"
OURS = Label("alongside export kolibri")
#: Names of the host where a site does not say where it stands.
NOWHERE = "alongside.invalid"


def write(selection: Selection) -> Written:
    """The folder, with the number of pages in all resources. Raises `BuildError` as `scorm.framed`."""
    files: dict[str, bytes] = {}
    resources: list[Resource] = []
    left_out: set[LeftOut] = set()
    count, icon = 0, None
    curriculum = selection.curriculum
    for name in selection.modules:
        module = curriculum.modules[name]
        alone = framed(replace(selection, modules=(name,), track=""), ["API"], confined=True)
        package = _stored("zip", packed(alone.files), files)
        picture = _picture(module.outline.picture and f"{name}/{module.outline.picture}", alone.files, files)
        resources.append(_resource(selection, module, package, picture))
        icon = icon or alone.files.get(f"{COURSE}{icon_of(selection.project.settings.organisation)[0]}")
        count += alone.count
        left_out.update(alone.left_out)
    channel = _channel(selection, icon)
    files[f"databases/{channel.id}.sqlite3"] = database(channel, resources)
    whole = {f"{CONTENT}{name}": content for name, content in files.items()}
    return Written({**whole, LABEL: _label(selection, channel).encode()}, count, tuple(sorted(left_out)))


def _stored(ending: str, content: bytes, files: dict[str, bytes]) -> Stored:
    """Puts a file where Kolibri looks for it, which is called by what is in it."""
    name = md5(content, usedforsecurity=False).hexdigest()
    files[f"storage/{name[0]}/{name[1]}/{name}.{ending}"] = content
    return Stored(name, ending, len(content))


def _picture(address: str | None, package: Mapping[str, bytes], files: dict[str, bytes]) -> Stored | None:
    """The picture of a module, which stands in its package as well."""
    content = package.get(f"{COURSE}{address}")
    return None if content is None else _stored(str(address).rpartition(".")[2].lower(), content, files)


def _channel(selection: Selection, icon: bytes | None) -> Channel:
    project = selection.project
    organisation = project.settings.organisation
    site = urlsplit(project.whole_address)
    return Channel(
        # Two sites at one host are told apart by their paths.
        home=f"{site.netloc}{site.path}".rstrip("/") or f"{NOWHERE}/{project.site_name}",
        name=selection.name,
        title=selection.title,
        summary=selection.summary,
        author=organisation.name or project.site_name,
        edition=selection.edition or sum(_number(module) for module in _modules(selection)),
        icon=icon,
        icon_type=icon_of(organisation)[1],
        words=selection.voice.words,
    )


def _modules(selection: Selection) -> Iterator[Module]:
    return (selection.curriculum.modules[name] for name in selection.modules)


def _number(module: Module) -> int:
    """The version of a module as a number, which grows when one of its parts does."""
    first, second, third = (*map(int, module.outline.version.split(".")), 0)[:3]
    return first * 10_000 + second * 100 + third


def _resource(selection: Selection, module: Module, package: Stored, picture: Stored | None) -> Resource:
    curriculum, outline = selection.curriculum, module.outline
    alone = replace(curriculum, modules={module.id: module})
    organisation = selection.project.settings.organisation
    return Resource(
        name=module.id,
        title=module.title,
        summary=selection.voice.prose.inline(outline.summary).striptags(),
        author=", ".join(authors(alone)),
        owner=organisation.name or selection.project.site_name,
        licence=outline.licence,
        minutes=module_duration(module).minutes,
        after=tuple(name for name in outline.requires if name in selection.modules),
        package=package,
        picture=picture,
    )


def _label(selection: Selection, channel: Channel) -> str:
    _ = selection.voice.words.gettext
    return f"""\
{selection.title}

{_("A channel for Kolibri. Copy the folder KOLIBRI_DATA to the top of a memory stick, put that into the device that Kolibri runs on, and import it there: Device, Channels, Import, Attached drive.")}
{_("Channel: %(id)s, version %(number)s", id=channel.id, number=channel.edition)}

{OURS.mark}
"""
