"""A course as a package of cmi5, with one part that platforms launch: the frame that packages of SCORM have as well.

The platform launches it by an address and is told over the network; `theme/scorm/cmi5.js` says what. The schema is that of
the standard (https://github.com/AICC/CMI-5_Spec_Current, Apache License 2.0).
"""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from alongside.exporters.scorm import Described, framed
from alongside.exporters.selection import Selection, Written
from alongside.exporters.standalone import NOT_XML
from alongside.files import door
from alongside.files.archive import member
from alongside.render.platform import START

STRUCTURE = "cmi5.xml"
SCHEMA = Path(__file__).parent / "schemas" / "CourseStructure.xsd"
NAMESPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
#: What packages are found by begins like this. Platforms want an address of some kind, and a course has no site for sure.
IDENTIFIER = "urn:alongside:cmi5:"
#: Where the platform keeps its records is known when somebody starts the course, and not before.
POLICY = {"connect-src": "'self' https:"}
#: The largest structure that is looked at, to tell whether it is ours.
MOST_STRUCTURE = 100_000


def write(selection: Selection) -> Written:
    """The package. Raises `BuildError` where its state would not fit, or where nobody could reach the pass mark."""
    course = framed(selection, ["cmi5"], POLICY)
    listed = structure(course.described, selection.voice.words.language)
    files = {**course.files, STRUCTURE: listed, SCHEMA.name: door.read(SCHEMA)}
    return Written(files, course.count, course.left_out)


def is_ours(content: bytes) -> bool:
    """Whether such a package was written by us."""
    return f'id="{IDENTIFIER}'.encode() in (member(content, STRUCTURE, MOST_STRUCTURE) or b"")


def structure(course: Described, language: str) -> bytes:
    """What platforms read first: a course with one part, and when that is done."""
    identifier, title = f"{IDENTIFIER}{course.name}", NOT_XML.sub("", course.title)
    root = Element("courseStructure", xmlns=NAMESPACE)
    _named(SubElement(root, "course", id=identifier), title, language)
    judged = {} if course.pass_mark is None else {"masteryScore": f"{course.pass_mark / 100:g}"}
    done = "Completed" if course.pass_mark is None else "Passed"
    part = SubElement(root, "au", {"id": f"{identifier}:all", "moveOn": done, **judged, "launchMethod": "AnyWindow"})
    _named(part, title, language)
    SubElement(part, "url").text = START
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, "unicode")}\n'.encode()


def _named(element: Element, title: str, language: str) -> None:
    """The title, and again as the description, which the standard wants of everything."""
    for name in ("title", "description"):
        SubElement(SubElement(element, name), "langstring", lang=language).text = title
