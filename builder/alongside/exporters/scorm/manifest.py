"""The manifest of a package: what platforms read of it first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from alongside.exporters.standalone import NOT_XML
from alongside.render.platform import START

MANIFEST = "imsmanifest.xml"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
#: The longest version that both versions of the standard take.
MOST_VERSION = 20


@dataclass(frozen=True)
class Version:
    """What differs between versions of SCORM."""

    name: str
    schema_version: str
    #: Namespaces by prefix, that of the manifest first and without one, and the file with the schema of each.
    namespaces: tuple[tuple[str, str, str], ...]
    #: The attribute that tells what is started. Its spelling differs, and platforms mind.
    type_attribute: str
    #: Names of the API that a platform hands over, the one of this version first.
    apis: tuple[str, ...]


V12 = Version(
    "scorm12",
    "1.2",
    (
        ("", "http://www.imsproject.org/xsd/imscp_rootv1p1p2", "imscp_rootv1p1p2.xsd"),
        ("adlcp", "http://www.adlnet.org/xsd/adlcp_rootv1p2", "adlcp_rootv1p2.xsd"),
    ),
    "adlcp:scormtype",
    ("API", "API_1484_11"),
)
V2004 = Version(
    "scorm2004",
    "2004 4th Edition",
    (
        ("", "http://www.imsglobal.org/xsd/imscp_v1p1", "imscp_v1p1.xsd"),
        ("adlcp", "http://www.adlnet.org/xsd/adlcp_v1p3", "adlcp_v1p3.xsd"),
        ("adlseq", "http://www.adlnet.org/xsd/adlseq_v1p3", "adlseq_v1p3.xsd"),
        ("adlnav", "http://www.adlnet.org/xsd/adlnav_v1p3", "adlnav_v1p3.xsd"),
        ("imsss", "http://www.imsglobal.org/xsd/imsss", "imsss_v1p0.xsd"),
    ),
    "adlcp:scormType",
    ("API_1484_11", "API"),
)


def identifier(version: Version, name: str) -> str:
    """What a package is called among others, without what begins like it. `name` may be empty for the beginning."""
    return f"alongside-{version.name}-{name}"


@dataclass(frozen=True)
class Described:
    """What a manifest says of a course."""

    #: What tells the package from others, and stays the same from one export to the next.
    name: str
    title: str
    #: Empty where the modules have none in common.
    version: str
    #: As in `Selection`.
    pass_mark: int | None


def manifest(version: Version, course: Described, files: Iterable[str]) -> bytes:
    """The manifest of a package of a course that holds these files."""
    name = course.name
    root = Element("manifest", {"identifier": identifier(version, name)})
    if course.version:
        root.set("version", course.version[:MOST_VERSION])
    for prefix, namespace, _ in version.namespaces:
        root.set(f"xmlns:{prefix}" if prefix else "xmlns", namespace)
    root.set("xmlns:xsi", XSI)
    root.set("xsi:schemaLocation", " ".join(f"{namespace} {file}" for _, namespace, file in version.namespaces))
    metadata = SubElement(root, "metadata")
    SubElement(metadata, "schema").text = "ADL SCORM"
    SubElement(metadata, "schemaversion").text = version.schema_version
    organizations = SubElement(root, "organizations", default=f"org-{name}")
    _organization(SubElement(organizations, "organization", identifier=f"org-{name}"), version, course)
    resource = SubElement(
        SubElement(root, "resources"),
        "resource",
        {"identifier": f"sco-{name}", "type": "webcontent", version.type_attribute: "sco", "href": START},
    )
    for file in [START, *sorted({*files} - {START})]:
        SubElement(resource, "file", href=quote(file))
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, "unicode")}\n'.encode()


def _organization(organization: Element, version: Version, course: Described) -> None:
    """The one part that platforms start. A pass mark is named only where there is one: platforms judge by it themselves."""
    name, called, pass_mark = course.name, NOT_XML.sub("", course.title), course.pass_mark
    SubElement(organization, "title").text = called
    item = SubElement(organization, "item", identifier=f"item-{name}", identifierref=f"sco-{name}")
    SubElement(item, "title").text = called
    if version is V12:
        if pass_mark is not None:
            SubElement(item, "adlcp:masteryscore").text = str(pass_mark)
        return
    _sequencing(item, pass_mark)
    # A platform that cannot go on from nothing to the first part starts none.
    SubElement(SubElement(organization, "imsss:sequencing"), "imsss:controlMode", choice="true", flow="true")


def _sequencing(item: Element, pass_mark: int | None) -> None:
    """That the course itself says when it is completed and passed: a platform would guess, and say “passed” too early."""
    sequencing = SubElement(item, "imsss:sequencing")
    if pass_mark is not None:
        objectives = SubElement(sequencing, "imsss:objectives")
        objective = SubElement(objectives, "imsss:primaryObjective", objectiveID="score", satisfiedByMeasure="true")
        SubElement(objective, "imsss:minNormalizedMeasure").text = f"{pass_mark / 100:g}"
    SubElement(sequencing, "imsss:deliveryControls", completionSetByContent="true", objectiveSetByContent="true")
