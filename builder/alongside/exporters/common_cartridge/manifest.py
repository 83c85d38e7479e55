"""The manifest of a cartridge: what is in it, in which order, and on what terms."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from alongside.exporters.standalone import NOT_XML

MANIFEST = "imsmanifest.xml"
NAMESPACE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMAS = {
    NAMESPACE: "http://www.imsglobal.org/profile/cc/ccv1p1/ccv1p1_imscp_v1p2_v1p0.xsd",
    LOM: "http://www.imsglobal.org/profile/cc/ccv1p1/LOM/ccv1p1_lommanifest_v1p0.xsd",
}
#: What cartridges of ours are called in the list of packages, before what tells one from another.
IDENTIFIER = "alongside-cartridge-"
Kind = Literal["page", "file", "quiz", "bank"]
#: The types of what a cartridge holds. Only a quiz and a bank have a type of their own.
WEB = "webcontent"
TYPES: dict[Kind, str] = {
    "page": WEB,
    "file": WEB,
    "quiz": "imsqti_xmlv1p2/imscc_xmlv1p1/assessment",
    "bank": "imsqti_xmlv1p2/imscc_xmlv1p1/question-bank",
}


@dataclass(frozen=True)
class Resource:
    """A file of the cartridge, and the files that it shows."""

    file: str
    kind: Kind
    shows: Sequence[str] = ()

    @property
    def identifier(self) -> str:
        """What the file is found by. It stays the same from one export to the next."""
        return f"r-{hashlib.sha256(self.file.encode()).hexdigest()[:12]}"


@dataclass(frozen=True)
class Line:
    """A line of the contents: something to open, by its file."""

    title: str
    file: str


@dataclass(frozen=True)
class Folder:
    """Lines of the contents under one title. Platforms find it by its identifier when they import it again."""

    identifier: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Described:
    """What the manifest says of the course."""

    name: str
    title: str
    language: str
    summary: str
    authors: tuple[str, ...]
    publisher: str
    #: On what terms it may be used, in a sentence.
    rights: str


def manifest(course: Described, folders: Iterable[Folder], resources: Sequence[Resource]) -> Element:
    """The manifest of a course with these contents and files."""
    root = Element("manifest", {"identifier": f"{IDENTIFIER}{course.name}", "xmlns": NAMESPACE, "xmlns:lom": LOM})
    root.set("xmlns:xsi", XSI)
    root.set("xsi:schemaLocation", " ".join(f"{namespace} {file}" for namespace, file in SCHEMAS.items()))
    metadata = SubElement(root, "metadata")
    SubElement(metadata, "schema").text = "IMS Common Cartridge"
    SubElement(metadata, "schemaversion").text = "1.1.0"
    metadata.append(_described(course))
    organization = SubElement(
        SubElement(root, "organizations"), "organization", identifier="contents", structure="rooted-hierarchy"
    )
    _titled(organization, course.title)
    by_file = {resource.file: resource.identifier for resource in resources}
    top = SubElement(organization, "item", identifier="top")
    for folder in folders:
        above = SubElement(top, "item", identifier=folder.identifier)
        _titled(above, folder.title)
        for line in folder.lines:
            named = by_file[line.file]
            _titled(SubElement(above, "item", identifier=f"item-{named}", identifierref=named), line.title)
    listed = SubElement(root, "resources")
    for resource in resources:
        kept = {"href": quote(resource.file)} if TYPES[resource.kind] == WEB else {}
        element = SubElement(
            listed, "resource", {"identifier": resource.identifier, "type": TYPES[resource.kind], **kept}
        )
        SubElement(element, "file", href=quote(resource.file))
        for file in dict.fromkeys(resource.shows):
            SubElement(element, "dependency", identifierref=by_file[file])
    return root


def _titled(element: Element, title: str) -> None:
    SubElement(element, "title").text = NOT_XML.sub("", title)


def _described(course: Described) -> Element:
    """The course in the terms of the standard for metadata, LOM."""
    lom = Element("lom:lom")
    general = SubElement(lom, "lom:general")
    _said(SubElement(general, "lom:title"), course.title, course.language)
    SubElement(general, "lom:language").text = course.language
    _said(SubElement(general, "lom:description"), course.summary, course.language)
    people = [("author", name) for name in course.authors] + [("publisher", course.publisher)]
    life = SubElement(lom, "lom:lifeCycle")
    for role, name in people:
        contribution = SubElement(life, "lom:contribute")
        SubElement(SubElement(contribution, "lom:role"), "lom:value").text = role
        SubElement(contribution, "lom:entity").text = _card(name)
    rights = SubElement(lom, "lom:rights")
    SubElement(SubElement(rights, "lom:copyrightAndOtherRestrictions"), "lom:value").text = "yes"
    _said(SubElement(rights, "lom:description"), course.rights, course.language)
    return lom


def _said(element: Element, words: str, language: str) -> None:
    SubElement(element, "lom:string", language=language).text = NOT_XML.sub("", words)


def _card(name: str) -> str:
    """Somebody as a vCard (RFC 2426), as LOM names people."""
    kept = NOT_XML.sub("", " ".join(name.split()))
    for sign in "\\,;":
        kept = kept.replace(sign, f"\\{sign}")
    return f"BEGIN:VCARD\nVERSION:3.0\nN:{kept};;;;\nFN:{kept}\nEND:VCARD"
