"""The rules of Common Cartridge 1.1 for what we write, in tables of our own, since its schemas may not be handed on.

They are the content models of the profile (imscp 1.2, LOM, QTI 1.2.1) with the rules beside them that its schemas state as
assertions. `wrong` names every rule that a cartridge breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from urllib.parse import unquote
from xml.etree.ElementTree import Element, fromstring

CP = "{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}"
LOM = "{http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest}"
QTI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
XML = "{http://www.w3.org/XML/1998/namespace}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
MANIFEST = "imsmanifest.xml"
WEB = "webcontent"
QUIZ = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"
BANK = "imsqti_xmlv1p2/imscc_xmlv1p1/question-bank"
#: What an identifier of XML is, as far as we use them.
ID = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")


@dataclass(frozen=True)
class Rule:
    """What stands in an element: its children as a pattern, or text; and its attributes with the values they may have."""

    inside: str = ""
    text: bool = False
    needs: Mapping[str, str] = field(default_factory=dict)
    may: Mapping[str, str] = field(default_factory=dict)


ANY, WORDS, YES_NO = r"[\s\S]*", r"[\s\S]*\S[\s\S]*", "Yes|No"
TEXT = Rule(text=True)
IDENT = {"ident": WORDS}

IN_MANIFEST = {
    "manifest": Rule("metadata organizations resources ", needs={"identifier": ID.pattern}, may={f"{XSI}schemaLocation": ANY}),
    "manifest metadata": Rule("schema schemaversion lom:lom "),
    "schema": TEXT,
    "schemaversion": TEXT,
    "organizations": Rule("(organization )?"),
    "organization": Rule("(title )?item ", needs={"identifier": ID.pattern, "structure": "rooted-hierarchy"}),
    "organization item": Rule("(item )*", needs={"identifier": ID.pattern}),
    "title": TEXT,
    "item": Rule("title (item )*", needs={"identifier": ID.pattern}, may={"identifierref": ID.pattern}),
    "resources": Rule("(resource )*"),
    "resource": Rule("(file )*(dependency )*", needs={"identifier": ID.pattern, "type": f"{WEB}|{QUIZ}|{BANK}"}, may={"href": WORDS}),
    "file": Rule(needs={"href": WORDS}),
    "dependency": Rule(needs={"identifierref": ID.pattern}),
    "lom:lom": Rule("lom:general lom:lifeCycle lom:rights "),
    "lom:general": Rule("lom:title lom:language lom:description "),
    "lom:title": Rule("(lom:string )*"),
    "lom:description": Rule("(lom:string )*"),
    "lom:string": Rule(text=True, may={"language": "[a-z]{2,3}(-[A-Za-z0-9]+)*"}),
    "lom:language": TEXT,
    "lom:lifeCycle": Rule("(lom:contribute )+"),
    "lom:contribute": Rule("lom:role (lom:entity )+"),
    "lom:role": Rule("lom:value "),
    "lom:value": TEXT,
    "lom:entity": TEXT,
    "lom:rights": Rule("lom:copyrightAndOtherRestrictions lom:description "),
    "lom:copyrightAndOtherRestrictions": Rule("lom:value "),
}  # fmt: skip
IN_QUESTIONS = {
    "questestinterop": Rule("(assessment |objectbank )", may={f"{XSI}schemaLocation": ANY}),
    "assessment": Rule("qtimetadata (rubric )?section ", needs={**IDENT, "title": WORDS}, may={f"{XML}lang": WORDS}),
    "objectbank": Rule("(qtimetadata )?(item )+", needs=IDENT),
    "section": Rule("(item )+", needs=IDENT, may={"title": WORDS}),
    "rubric": Rule("material "),
    "item": Rule("itemmetadata presentation resprocessing (itemfeedback )*", needs=IDENT, may={"title": WORDS}),
    "itemmetadata": Rule("qtimetadata "),
    "qtimetadata": Rule("(qtimetadatafield )+"),
    "qtimetadatafield": Rule("fieldlabel fieldentry "),
    "fieldlabel": TEXT,
    "fieldentry": TEXT,
    "presentation": Rule("material (response_lid |response_str )"),
    "material": Rule("mattext "),
    "mattext": Rule(text=True, may={"texttype": "text/html|text/plain"}),
    "response_lid": Rule("render_choice ", needs={**IDENT, "rcardinality": "Single|Multiple"}),
    "response_str": Rule("render_fib ", needs={**IDENT, "rcardinality": "Single"}),
    "render_choice": Rule("(response_label )+", may={"shuffle": YES_NO}),
    "render_fib": Rule(),
    "response_label": Rule("material ", needs=IDENT),
    "resprocessing": Rule("outcomes (respcondition )+"),
    "outcomes": Rule("decvar "),
    "decvar": Rule(needs={"varname": "SCORE"}, may={"vartype": "Decimal|Integer", "minvalue": r"\d+", "maxvalue": r"\d+"}),
    "respcondition": Rule("conditionvar (setvar )?(displayfeedback )*", may={"continue": YES_NO}),
    "conditionvar": Rule("(and |other |(varequal )+)"),
    "and": Rule("(varequal |not )+"),
    "not": Rule("(varequal )+"),
    "other": Rule(),
    "varequal": Rule(text=True, needs={"respident": WORDS}, may={"case": YES_NO}),
    "setvar": Rule(text=True, may={"varname": "SCORE", "action": "Set"}),
    "displayfeedback": Rule(needs={"feedbacktype": "Response|Hint|Solution", "linkrefid": WORDS}),
    "itemfeedback": Rule("(flow_mat |hint |solution )+", needs=IDENT),
    "flow_mat": Rule("(material )+"),
    "hint": Rule("(hintmaterial )+"),
    "hintmaterial": Rule("(material )+"),
}  # fmt: skip
#: What the metadata of a quiz and of a question may say.
OF_QUIZZES = {
    "cc_profile": r"cc\.exam\.v0p1", "qmd_assessmenttype": "Examination", "qmd_scoretype": "Percentage",
    "qmd_feedbackpermitted": YES_NO, "qmd_hintspermitted": YES_NO, "qmd_solutionspermitted": YES_NO,
    "cc_maxattempts": "[1-5]|unlimited",
}  # fmt: skip
OF_ITEMS = {
    "cc_profile": r"cc\.(multiple_choice|multiple_response|true_false|fib|essay)\.v0p1", "cc_question_category": WORDS,
    "qmd_scoringpermitted": "Yes", "qmd_computerscored": YES_NO,
}  # fmt: skip
#: How many options each type has, at least and at most.
OPTIONS = {"multiple_choice": (3, 99), "multiple_response": (2, 99), "true_false": (2, 2)}


def wrong(files: Mapping[str, bytes]) -> list[str]:
    """Every rule that a cartridge breaks, with where."""
    found = list(_of_manifest(fromstring(files[MANIFEST]), files))  # noqa: S314  # we wrote it
    for name in files:
        if name.endswith(".xml") and name != MANIFEST:
            found += [f"{name}: {said}" for said in wrong_questions(files[name])]
    return found


def wrong_questions(content: bytes) -> list[str]:
    """The same for a file with questions."""
    root = fromstring(content)  # noqa: S314  # we wrote it
    return [*_fits(root, IN_QUESTIONS), *_of_questions(root)]


def short(tag: str) -> str:
    """A tag without the address of its namespace: LOM keeps a prefix."""
    return tag.replace(LOM, "lom:").replace(CP, "").replace(QTI, "")


def _fits(element: Element, table: Mapping[str, Rule], above: str = "") -> Iterator[str]:
    """What does not fit the content model, from the outside in."""
    name = short(element.tag)
    rule = table.get(f"{above} {name}") or table.get(name)
    if rule is None:
        yield f"{name} is not allowed"
        return
    children = "".join(f"{short(child.tag)} " for child in element)
    if not re.fullmatch(rule.inside, children):
        yield f"{name} holds {children or 'nothing'}"
    said = (element.text or "") + "".join(child.tail or "" for child in element)
    if bool(said.strip()) != rule.text:
        yield f"{name} says {said.strip()[:20]!r}"
    for key in rule.needs.keys() - element.keys():
        yield f"{name} has no {key}"
    for key, value in element.items():
        pattern = {**rule.needs, **rule.may}.get(key)
        if pattern is None or not re.fullmatch(pattern, value):
            yield f"{name} has {key}={value!r}"
    for child in element:
        yield from _fits(child, table, name)


# --------------------------------------------------------------------- manifest


def _of_manifest(root: Element, files: Mapping[str, bytes]) -> Iterator[str]:
    yield from _fits(root, IN_MANIFEST)
    said = [root.findtext(f"{CP}metadata/{CP}{name}") for name in ("schema", "schemaversion")]
    if said != ["IMS Common Cartridge", "1.1.0"]:
        yield f"it says that it is {said}"
    names = [one.get("identifier") for one in root.iter() if one.get("identifier")]
    yield from (f"the identifier {name} stands twice" for name in {*names} if names.count(name) > 1)
    resources = {one.get("identifier"): one for one in root.iter(f"{CP}resource")}
    listed = []
    for name, one in resources.items():
        inside = [unquote(file.get("href") or "") for file in one.findall(f"{CP}file")]
        listed += inside
        if one.get("type") == WEB and unquote(one.get("href") or "") not in inside:
            yield f"{name} has no file at its href"
        if one.get("type") != WEB and (len(inside) != 1 or one.get("href")):
            yield f"{name} is a quiz or bank, and has no single file without href"
        needed = [other.get("identifierref") for other in one.findall(f"{CP}dependency")]
        yield from (f"{name} needs {other}" for other in needed if needed.count(other) > 1 or other == name)
        yield from (
            f"{name} needs {other}, which no page may need" for other in needed if _kind(resources, other) != WEB
        )
    yield from (
        f"{name} is not listed once"
        for name in {*files, *listed} - {MANIFEST}
        if listed.count(name) != 1 or name not in files
    )
    if sum(one.get("type") == BANK for one in resources.values()) > 1:
        yield "there are two banks"
    for item in root.iter(f"{CP}item"):
        to = item.get("identifierref")
        if to and (_kind(resources, to) in {None, BANK} or item.find(f"{CP}item") is not None):
            yield f"the item {item.get('identifier')} opens {to}"
    yield from (f"{name} shows {path}" for name, path in unneeded(resources, files))


def _kind(resources: Mapping[str | None, Element], name: str | None) -> str | None:
    return resources[name].get("type") if name in resources else None


def unneeded(resources: Mapping[str | None, Element], files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Pictures and styles that a page or quiz shows, and does not say that it needs."""
    by_name = {identifier: unquote(one.find(f"{CP}file").get("href")) for identifier, one in resources.items()}  # type: ignore[union-attr, arg-type]
    for identifier, one in resources.items():
        name = by_name[identifier]
        needed = {by_name.get(other.get("identifierref")) for other in one.findall(f"{CP}dependency")}
        text = files.get(name, b"").decode("utf-8", "replace") if name.endswith((".html", ".xml")) else ""
        for path in re.findall(r'(?:src|rel="stylesheet" href)=(?:"|&quot;)([^"&]*)', text):
            if normpath(join(dirname(name), path)) not in needed:
                yield name, path


# -------------------------------------------------------------------- questions


def _labels(element: Element) -> list[tuple[str, str]]:
    found = element.findall(f"{QTI}qtimetadata/{QTI}qtimetadatafield")
    return [(one.findtext(f"{QTI}fieldlabel") or "", one.findtext(f"{QTI}fieldentry") or "") for one in found]


def _metadata(said: list[tuple[str, str]], table: Mapping[str, str]) -> Iterator[str]:
    labels = [label for label, _ in said]
    yield from (f"{label} stands twice" for label in {*labels} if labels.count(label) > 1)
    yield from (f"{label} is {entry!r}" for label, entry in said if not re.fullmatch(table.get(label, "(?!)"), entry))
    if "cc_profile" not in labels:
        yield "there is no cc_profile"


def _of_questions(root: Element) -> Iterator[str]:
    for quiz in root.findall(f"{QTI}assessment"):
        yield from _metadata(_labels(quiz), OF_QUIZZES)
    items = [*root.iter(f"{QTI}item")]
    names = [item.get("ident") for item in items]
    yield from (f"the question {name} stands twice" for name in {*names} if names.count(name) > 1)
    for item in items:
        said = _labels(item.find(f"{QTI}itemmetadata"))  # type: ignore[arg-type]  # the content model wants it
        yield from (f"{item.get('ident')}: {one}" for one in (*_metadata(said, OF_ITEMS), *_of_item(item, dict(said))))


def _of_item(item: Element, said: Mapping[str, str]) -> Iterator[str]:
    profile = said.get("cc_profile", "").removeprefix("cc.").removesuffix(".v0p1")
    chosen, written = item.find(f".//{QTI}response_lid"), item.find(f".//{QTI}response_str")
    equals = [*item.iter(f"{QTI}varequal")]
    if (profile in OPTIONS) != (chosen is not None and written is None):
        yield f"a {profile} is answered in another way"
    if chosen is not None and profile in OPTIONS:
        labels = [label.get("ident") for label in chosen.iter(f"{QTI}response_label")]
        least, most = OPTIONS[profile]
        if not least <= len(labels) <= most or len({*labels}) < len(labels):
            yield f"a {profile} has the options {labels}"
        if (profile == "multiple_response") != (chosen.get("rcardinality") == "Multiple"):
            yield f"a {profile} takes {chosen.get('rcardinality')}"
        if profile == "true_false" and {*labels} != {"true", "false"}:
            yield f"true and false are called {labels}"
        yield from (f"{one.text} is no option" for one in equals if one.text not in labels)
    asked = chosen if chosen is not None else written
    yield from (
        f"{one.get('respident')} is not asked"
        for one in equals
        if asked is None or one.get("respident") != asked.get("ident")
    )
    if (profile == "essay") != (said.get("qmd_computerscored") == "No") or (profile == "essay") == bool(equals):
        yield f"a {profile} is judged by the wrong one"
    right = [one.text for one in item.iter(f"{QTI}setvar")]
    if set(right) != (set() if profile == "essay" else {"100"}):
        yield f"right is {right}"
    yield from _feedback(item)


def _feedback(item: Element) -> Iterator[str]:
    """What is said is shown, and what is shown is said; hints have the one name that the standard has for them."""
    said = {one.get("ident"): {short(inside.tag) for inside in one} for one in item.findall(f"{QTI}itemfeedback")}
    shown = {(one.get("feedbacktype"), one.get("linkrefid")) for one in item.iter(f"{QTI}displayfeedback")}
    kinds = {"Response": {"flow_mat"}, "Hint": {"hint"}, "Solution": {"solution"}}
    yield from (f"{name} is shown and not said" for kind, name in shown if said.get(name) != kinds.get(kind or ""))
    yield from (f"{name} is said and not shown" for name in said if name not in {name for _, name in shown})
    yield from (f"the {kind} is called {name}" for kind, name in shown if (kind == "Hint") != (name == "hint"))
