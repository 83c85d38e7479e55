"""What changed in the modules, as a feed (Atom, RFC 4287), for whoever wants to be told: coordinators, and lists of courses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from urllib.parse import quote
from xml.etree import ElementTree as ET

from alongside.load.news import Release, releases
from alongside.load.project import Project
from alongside.render.markdown import Prose
from alongside.render.page import Asset, resolve
from alongside.words.language import Words

FEED = "changes.xml"
#: What a link to it is told to lead to.
TYPE = "application/atom+xml"
ATOM = "http://www.w3.org/2005/Atom"


def feed_assets(project: Project, prose: Prose, words: Words) -> Iterator[Asset]:
    """The feed of a site that knows its address, with an entry for each version that says its day; none without either.

    An entry is known by its address, which is that of the feed with the layer and the version.
    """
    address = project.whole_address
    dated = [(layer, release) for layer in project.layers for release in releases(layer) if release.day]
    if not address or not dated:
        return
    dated.sort(key=lambda one: one[1].day or date.min, reverse=True)
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": words.language})
    _add(feed, "id", f"{address}{FEED}")
    _add(feed, "title", words.gettext("What changed: %(site)s", site=project.site_name))
    _add(feed, "updated", _moment(dated[0][1]))
    _add(ET.SubElement(feed, "author"), "name", project.settings.organisation.name or project.site_name)
    ET.SubElement(feed, "link", {"rel": "self", "type": TYPE, "href": f"{address}{FEED}"})
    ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": address})
    for layer, release in dated:
        entry = ET.SubElement(feed, "entry")
        _add(entry, "id", f"{address}{FEED}#{quote(layer.name)}-{quote(release.version)}")
        _add(entry, "title", words.gettext("Version %(version)s", version=release.version))
        _add(entry, "updated", _moment(release))
        ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": address})
        content = ET.SubElement(entry, "content", {"type": "html"})
        points = "".join(f"<li>{prose.inline(point)}</li>" for point in release.points)
        content.text = resolve(f"<ul>{points}</ul>", address)
    ET.indent(feed, " ")
    yield Asset(FEED, content=ET.tostring(feed, encoding="utf-8", xml_declaration=True) + b"\n")


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _moment(release: Release) -> str:
    return datetime.combine(release.day or date.min, time(), UTC).isoformat()
