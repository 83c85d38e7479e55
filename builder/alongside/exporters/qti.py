"""QTI, the exchange format of 1EdTech for questions and tests: a package with a file for each question, and a test of all.

Questions are written as QTI 3.0 (https://www.imsglobal.org/spec/qti/v3p0/impl). Version 2.1 says the same with other names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from xml.etree.ElementTree import Element, SubElement, fromstring, indent, tostring

from alongside.exporters.bank import Bank, Item, Lose, each, right_one, shares
from alongside.exporters.left_out import DIRECTION, LeftOut, Unfit
from alongside.exporters.standalone import NOT_XML, Text, plain
from alongside.files.archive import ArchiveError, packed, unpacked_bytes
from alongside.model.questions.interaction import Blank, Calculate, Choose, Match, Order, Rate, Reflect, Span, Write
from alongside.model.questions.numerals import digits

RESPONSE, SCORE, FEEDBACK = "RESPONSE", "SCORE", "FEEDBACK"
#: What is said whatever was answered.
AFTER = "after"
LOM = "http://ltsc.ieee.org/xsd/LOM"
#: Attributes of HTML that QTI does not know, and what they say.
NOT_HELD = {"title": "the title of a link or picture", "start": "the number at which a list begins"}
#: Attributes that version 2.1 does not know.
LATER = frozenset({"external-scored", "dir"})
#: How long a title may be in lists of questions.
MOST_TITLE = 100


@dataclass(frozen=True)
class Version:
    """What differs between versions of the format."""

    name: str
    items: str
    manifest: str
    schema: str
    schema_version: str
    #: The ending of the types of files.
    type: str
    #: Turns an element of version 3.0, with all that is in it, into one of this version.
    worded: Callable[[Element], Element]
    #: Whether texts can say in which direction they are written.
    directed: bool


def _older(element: Element) -> Element:
    """An element of version 2.1: `qti-simple-choice` was called `simpleChoice`."""
    ours = element.tag.startswith("qti-")
    kept = {_camel(name) if ours else name: value for name, value in element.items() if name not in LATER}
    made = Element(_camel(element.tag.removeprefix("qti-")) if ours else element.tag, kept)
    made.text, made.tail = element.text, element.tail
    for inner in element:
        if inner.tag == "qti-content-body":  # has no place there: what stands in it takes its own
            made.text = inner.text
            made.extend(map(_older, inner))
        else:
            made.append(_older(inner))
    return made


def _camel(name: str) -> str:
    first, *others = name.split("-")
    return first + "".join(word.capitalize() for word in others)


V3 = Version(
    "qti3",
    "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    "QTI Package",
    "3.0.0",
    "xmlv3p0",
    lambda element: element,
    directed=True,
)
V21 = Version(
    "qti21",
    "http://www.imsglobal.org/xsd/imsqti_v2p1",
    "http://www.imsglobal.org/xsd/imscp_v1p1",
    "QTIv2.1 Package",
    "1.0.0",
    "xmlv2p1",
    _older,
    directed=False,
)


# ---------------------------------------------------------------------- package


def write(version: Version, bank: Bank) -> tuple[bytes, int, list[LeftOut]]:
    """The package, how many questions it holds, and what was left out."""
    made, left = each(bank.items, partial(_question, version, bank.language))
    files: dict[str, bytes] = {}
    for item, question in made:
        files[_file(item)] = _document(version, question.element)
        files |= {f"media/{item.module.id}/{path}": content for path, content in question.pictures.items()}
    files["test.xml"] = _document(version, _test(bank, [item for item, _ in made]))
    files["imsmanifest.xml"] = _xml(_manifest(version, bank, made))
    return (packed(files) if made else b""), len(made), left


def is_ours(version: Version, content: bytes) -> bool:
    """Whether such a package was written by us."""
    try:
        return f'identifier="{_package(version)}"'.encode() in unpacked_bytes(content).get("imsmanifest.xml", b"")
    except ArchiveError:
        return False


def _package(version: Version) -> str:
    return f"alongside-{version.name}"


def _name(item: Item) -> str:
    """A name in XML, which never begins with a digit."""
    return f"q-{item.id}"


def _file(item: Item) -> str:
    return f"items/{_name(item)}.xml"


def _xml(element: Element) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(element, "unicode")}\n'.encode()


def _document(version: Version, element: Element) -> bytes:
    made = version.worded(element)
    made.set("xmlns", version.items)
    return _xml(made)


def _test(bank: Bank, items: Sequence[Item]) -> Element:
    test = Element("qti-assessment-test", {"identifier": "test", "title": NOT_XML.sub("", bank.title)})
    part = SubElement(
        test,
        "qti-test-part",
        {"identifier": "part", "navigation-mode": "nonlinear", "submission-mode": "individual"},
    )
    for module, inside in Bank(bank.title, bank.language, tuple(items)).by_module():
        section = SubElement(
            part,
            "qti-assessment-section",
            {"identifier": f"m-{module.id}", "title": NOT_XML.sub("", module.title), "visible": "true"},
        )
        for item in inside:
            SubElement(section, "qti-assessment-item-ref", {"identifier": _name(item), "href": _file(item)})
    indent(test)
    return test


def _manifest(version: Version, bank: Bank, made: Sequence[tuple[Item, _Question]]) -> Element:
    manifest = Element("manifest", {"xmlns": version.manifest, "identifier": _package(version)})
    metadata = SubElement(manifest, "metadata")
    SubElement(metadata, "schema").text = version.schema
    SubElement(metadata, "schemaversion").text = version.schema_version
    SubElement(manifest, "organizations")
    resources = SubElement(manifest, "resources")
    test = _resource(resources, "test", f"imsqti_test_{version.type}", "test.xml")
    for item, question in made:
        resource = _resource(resources, _name(item), f"imsqti_item_{version.type}", _file(item))
        resource.insert(0, _found_by(bank.language, item.tags))
        for path in question.pictures:
            SubElement(resource, "file", href=f"media/{item.module.id}/{path}")
        SubElement(test, "dependency", identifierref=_name(item))
    indent(manifest)
    return manifest


def _resource(resources: Element, name: str, kind: str, file: str) -> Element:
    resource = SubElement(resources, "resource", identifier=name, type=kind, href=file)
    SubElement(resource, "file", href=file)
    return resource


def _found_by(language: str, tags: Sequence[str]) -> Element:
    """The tags of a question, as the standard for metadata has them."""
    metadata = Element("metadata")
    general = SubElement(SubElement(metadata, "lom", xmlns=LOM), "general")
    for tag in tags:
        SubElement(SubElement(general, "keyword"), "string", language=language).text = tag
    return metadata


# -------------------------------------------------------------------- questions


@dataclass
class _Question:
    """A question on its way to a file: parts in the order in which a file has them."""

    element: Element
    body: Element = field(default_factory=lambda: Element("qti-item-body"))
    processing: Element = field(default_factory=lambda: Element("qti-response-processing"))
    declared: list[Element] = field(default_factory=list)
    said: list[Element] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)


class _Writer:
    """Writes one question."""

    def __init__(self, item: Item, language: str, lose: Lose) -> None:
        self._item = item
        self._lose = lose
        title = item.prose.line(item.question.prompt).plain[:MOST_TITLE] or item.question.id
        names = {"identifier": _name(item), "title": title, "adaptive": "false", "time-dependent": "false"}
        self.made = _Question(Element("qti-assessment-item", {**names, "xml:lang": language}))
        if item.backwards:
            self.made.body.set("dir", item.words.direction)

    def whole(self, after: Text) -> _Question:
        """The question, with what is said after it."""
        made = self.made
        if after:
            self.say(AFTER, after)
            self.add(_value("identifier", AFTER))
        outcome = _declared("qti-outcome-declaration", FEEDBACK, "multiple", "identifier")
        made.element.extend([*made.declared, outcome, made.body, made.processing, *made.said])
        return made

    # ------------------------------------------------------------------ building

    def text(self, parent: Element, text: Text) -> Element:
        """Puts HTML into an element."""
        html = text.placed(f"../media/{self._item.module.id}/")
        read = fromstring(f"<x>{html}</x>")  # noqa: S314  # we wrote it
        for inner in read.iter():
            if "lang" in inner.attrib:
                inner.set("xml:lang", inner.attrib.pop("lang"))
            for name in NOT_HELD.keys() & inner.attrib.keys():
                del inner.attrib[name]
                self._lose(NOT_HELD[name], "QTI has no place for it")
        parent.text = read.text
        parent.extend(read)
        self.made.pictures.update(text.pictures)
        return parent

    def declare(
        self, name: str, cardinality: str, kind: str, right: Sequence[str], worth: Iterable[tuple[str, float]] = ()
    ) -> None:
        """Says what can be answered, what is right, and what each answer is worth."""
        response = _declared("qti-response-declaration", name, cardinality, kind)
        if right:
            correct = SubElement(response, "qti-correct-response")
            for value in right:
                SubElement(correct, "qti-value").text = value
        entries = list(worth)
        if entries:
            mapping = SubElement(
                response, "qti-mapping", {"default-value": "0", "lower-bound": "0", "upper-bound": _number(len(right))}
            )
            for key, share in entries:
                entry = {"map-key": key, "mapped-value": _number(share)}
                SubElement(mapping, "qti-map-entry", entry | ({"case-sensitive": "false"} if kind == "string" else {}))
        self.made.declared.append(response)

    def scored(self, expression: Element | None, *, by_person: bool = False) -> None:
        """Says how the score comes about, between 0 and 1."""
        outcome = _declared("qti-outcome-declaration", SCORE, "single", "float")
        outcome.set("normal-maximum", "1")
        if by_person:
            outcome.set("external-scored", "human")
        else:
            SubElement(SubElement(outcome, "qti-default-value"), "qti-value").text = "0"
        self.made.declared.append(outcome)
        if expression is not None:
            self.do(_set(SCORE, expression))

    def do(self, *rules: Element) -> None:
        """Rules that are followed once something was answered."""
        self.made.processing.extend(rules)

    def add(self, expression: Element) -> None:
        """Adds to what is said."""
        self.do(_add(expression))

    def say(self, name: str, text: Text) -> None:
        """What is said where the feedback holds a name."""
        feedback = Element(
            "qti-modal-feedback", {"outcome-identifier": FEEDBACK, "identifier": name, "show-hide": "show"}
        )
        # It stands beside the body, and so says by itself in which direction it is written.
        self.text(SubElement(feedback, "qti-content-body"), text.towards(self._item.words.direction))
        self.made.said.append(feedback)

    def ask(self) -> None:
        """Puts the case and the question into the body."""
        self.text(self.made.body, self._item.asked())

    def choices(self, kind: str, choices: Iterable[tuple[str, Text]], **attributes: str) -> None:
        """An interaction with choices in it."""
        named = {name.replace("_", "-"): value for name, value in attributes.items()}
        interaction = SubElement(self.made.body, kind, {"response-identifier": RESPONSE, **named})
        for name, text in choices:
            self.text(SubElement(interaction, "qti-simple-choice", identifier=name), text)


def _question(version: Version, language: str, item: Item, lose: Lose) -> _Question:
    writer = _Writer(item, language, lose)
    shape = item.question.shape
    if item.question.hints:
        lose("hints", "QTI has a place for them only where a question changes while it is answered")
    if item.backwards and not version.directed:
        lose(DIRECTION, "QTI 2.1 has no place for it")
    if isinstance(shape, Choose):
        return _choose(writer, item, shape)
    if isinstance(shape, Order):
        return _order(writer, item, shape)
    if isinstance(shape, Match):
        return _match(writer, item, shape)
    if isinstance(shape, Calculate):
        return _calculate(writer, item, shape)
    if isinstance(shape, Write):
        return _short(writer, item, shape) if shape.text is None else _gaps(writer, item, shape)
    return _reflect(writer, item) if isinstance(shape, Reflect) else _rate(writer, item, shape)


def _choose(writer: _Writer, item: Item, shape: Choose) -> _Question:
    right_one(shape)
    writer.ask()
    key = [_option(pick.id) for pick in shape.picks if pick.credit == 1]
    worth = shares(shape)
    cardinality = "multiple" if shape.several else "single"
    # Of several that are best, the first stands for the key; the others are worth as much.
    right = key if shape.several else key[:1]
    whole = len(right)  # what a full mark is in the mapping, so that shares are round numbers
    entries = [(_option(pick.id), worth[pick.id] / 100 * whole) for pick in shape.picks if worth[pick.id]]
    writer.declare(RESPONSE, cardinality, "identifier", right, entries)
    mixed = item.question.shuffle and not shape.ordered
    picks = item.shown()
    writer.choices(
        "qti-choice-interaction",
        [(_option(pick.id), item.prose.line(pick.text)) for pick in picks],
        shuffle=str(mixed).lower(),
        max_choices="0" if shape.several else "1",
    )
    writer.scored(_share(_mapped(RESPONSE), whole))
    writer.add(_variable(RESPONSE))
    for pick in picks:
        writer.say(_option(pick.id), item.feedback(pick))
    return writer.whole(item.explained())


def _order(writer: _Writer, item: Item, shape: Order) -> _Question:
    writer.ask()
    right = [_option(pick.id) for pick in shape.picks]
    writer.declare(RESPONSE, "ordered", "identifier", right)
    lines = [(_option(pick.id), item.prose.line(pick.text)) for pick in item.shown()]
    writer.choices("qti-order-interaction", lines, shuffle="true")
    writer.scored(None)
    for place, name in enumerate(right, 1):
        at_place = _element("qti-index", _variable(RESPONSE), n=str(place))
        counted = _set(SCORE, _element("qti-sum", _variable(SCORE), _value("float", "1")))
        writer.do(_if((_element("qti-match", at_place, _value("identifier", name)), [counted])))
    writer.do(_set(SCORE, _share(_variable(SCORE), len(right))))
    return writer.whole(item.solved())


def _match(writer: _Writer, item: Item, shape: Match) -> _Question:
    writer.ask()
    pairs = [f"p-{prompt} t-{target}" for prompt, target in shape.key]
    writer.declare(RESPONSE, "multiple", "directedPair", pairs, [(pair, 1) for pair in pairs])
    interaction = SubElement(
        writer.made.body,
        "qti-match-interaction",
        {
            "response-identifier": RESPONSE,
            "shuffle": str(item.question.shuffle).lower(),
            "max-associations": str(len(shape.prompts)),
        },
    )
    lines = [(f"p-{pick.id}", item.prose.line(pick.text), 1) for pick in shape.prompts]
    partners = [(f"t-{pick.id}", plain(pick.text), len(shape.prompts)) for pick in shape.targets]
    for choices in (lines, partners):
        inside = SubElement(interaction, "qti-simple-match-set")
        for name, text, most in choices:
            choice = {"identifier": name, "match-max": str(most)}
            writer.text(SubElement(inside, "qti-simple-associable-choice", choice), text)
    writer.scored(_share(_mapped(RESPONSE), len(pairs)))
    return writer.whole(item.solved())


def _short(writer: _Writer, item: Item, shape: Write) -> _Question:
    if len(shape.blanks) != 1:
        raise Unfit("it has several fields to write in and no text around them")
    blank = shape.blanks[0]
    writer.ask()
    _declare_words(writer, RESPONSE, blank)
    SubElement(SubElement(writer.made.body, "p"), "qti-text-entry-interaction", {"response-identifier": RESPONSE})
    writer.scored(_mapped(RESPONSE))
    cases = [(_one_of(blank.accept), [_add(_value("identifier", "right"))])]
    writer.say("right", item.prose.line(blank.feedback))
    for near in blank.near:
        cases.append((_one_of(near.accept), [_add(_value("identifier", f"n-{near.id}"))]))
        writer.say(f"n-{near.id}", item.prose.line(near.feedback))
    otherwise = []
    if blank.otherwise:
        otherwise.append(_add(_value("identifier", "otherwise")))
        writer.say("otherwise", item.prose.line(blank.otherwise))
    writer.do(_if(*cases, otherwise=otherwise))
    return writer.whole(item.explained())


def _calculate(writer: _Writer, item: Item, shape: Calculate) -> _Question:
    """A number. Spans cannot be mapped, so the rules compare it with one after the other."""
    writer.ask()
    first = shape.spans[0]
    writer.declare(RESPONSE, "single", "float", [digits(first.low if first.middle is None else first.middle)])
    field = SubElement(writer.made.body, "p")
    SubElement(field, "qti-text-entry-interaction", {"response-identifier": RESPONSE}).tail = f" {shape.unit}"
    writer.scored(None)
    whole = _set(SCORE, _value("float", "1"))
    cases = [(_in_one_of(shape.spans), [whole, _add(_value("identifier", "right"))])]
    writer.say("right", item.prose.line(shape.feedback))
    for slip in shape.slips:
        cases.append((_in_one_of(slip.spans), [_add(_value("identifier", f"n-{slip.id}"))]))
        writer.say(f"n-{slip.id}", item.prose.line(slip.feedback))
    writer.say("otherwise", item.prose.line(shape.otherwise))
    writer.do(_if(*cases, otherwise=[_add(_value("identifier", "otherwise"))]))
    return writer.whole(item.explained())


def _gaps(writer: _Writer, item: Item, shape: Write) -> _Question:
    if len(set(shape.gaps)) != len(shape.gaps):
        raise Unfit("a gap stands twice in its text")
    responses = {blank.name: f"{RESPONSE}-{number}" for number, blank in enumerate(shape.blanks, 1)}
    writer.text(writer.made.body, item.asked_with(lambda blank: _gap(item, blank, responses[blank.name])))
    blanks = [blank for blank in shape.blanks if blank.name in shape.gaps]
    for blank in blanks:
        _declare_gap(writer, responses[blank.name], blank)
    writer.scored(_share(_element("qti-sum", *(_mapped(responses[blank.name]) for blank in blanks)), len(blanks)))
    for blank in blanks:
        if blank.picks:
            writer.add(_variable(responses[blank.name]))
        for pick in blank.picks:
            writer.say(_word(blank, pick.id), item.prose.line(pick.feedback))
    return writer.whole(item.solved())


def _gap(item: Item, blank: Blank, response: str) -> Text:
    """What stands in the text where a gap is."""
    if not blank.picks:
        return Text(f'<qti-text-entry-interaction response-identifier="{response}"/>')
    words = "".join(
        f'<qti-inline-choice identifier="{_word(blank, pick.id)}">{plain(pick.text).html}</qti-inline-choice>'
        for pick in item.shown_in(blank)
    )
    mixed = str(item.question.shuffle).lower()
    start = f'<qti-inline-choice-interaction response-identifier="{response}" shuffle="{mixed}">'
    return Text(f"{start}{words}</qti-inline-choice-interaction>")


def _declare_gap(writer: _Writer, response: str, blank: Blank) -> None:
    if not blank.picks:
        _declare_words(writer, response, blank)
        return
    right = [_word(blank, pick.id) for pick in blank.picks if pick.credit == 1]
    if not right:
        raise Unfit(f"no word to pick for the gap {blank.name} is right")
    writer.declare(response, "single", "identifier", right[:1], [(name, 1) for name in right])


def _declare_words(writer: _Writer, response: str, blank: Blank) -> None:
    words = [NOT_XML.sub("", text) for text in blank.accept]
    writer.declare(response, "single", "string", words[:1], [(text, 1) for text in words])


def _reflect(writer: _Writer, item: Item) -> _Question:
    writer.ask()
    writer.declare(RESPONSE, "single", "string", ())
    SubElement(writer.made.body, "qti-extended-text-interaction", {"response-identifier": RESPONSE})
    writer.scored(None, by_person=True)
    return writer.whole(item.solved())


def _rate(writer: _Writer, item: Item, shape: Rate) -> _Question:
    writer.ask()
    writer.declare(RESPONSE, "single", "identifier", ())
    steps = [(f"s-{number}", plain(step)) for number, step in enumerate(shape.steps, 1)]
    writer.choices("qti-choice-interaction", steps, shuffle="false", max_choices="1")
    writer.add(_variable(RESPONSE))
    for (name, _), advice in zip(steps, shape.advice, strict=True):
        writer.say(name, item.prose.line(advice))
    return writer.whole(item.explained())


# ----------------------------------------------------------------------- pieces


def _option(name: str) -> str:
    return f"o-{name}"


def _word(blank: Blank, name: str) -> str:
    return f"o-{blank.name}.{name}"


def _number(value: float) -> str:
    return f"{value:.5f}".rstrip("0").rstrip(".")


def _declared(tag: str, name: str, cardinality: str, kind: str) -> Element:
    return Element(tag, {"identifier": name, "cardinality": cardinality, "base-type": kind})


def _element(tag: str, *inside: Element, **attributes: str) -> Element:
    element = Element(tag, {name.replace("_", "-"): value for name, value in attributes.items()})
    element.extend(inside)
    return element


def _variable(name: str) -> Element:
    return _element("qti-variable", identifier=name)


def _mapped(name: str) -> Element:
    return _element("qti-map-response", identifier=name)


def _value(kind: str, text: str) -> Element:
    value = _element("qti-base-value", base_type=kind)
    value.text = text
    return value


def _share(expression: Element, whole: int) -> Element:
    """A part of the whole, as a number between 0 and 1."""
    if whole == 1:
        return expression
    return _element("qti-divide", expression, _value("float", str(whole)))


def _set(name: str, expression: Element) -> Element:
    return _element("qti-set-outcome-value", expression, identifier=name)


def _add(expression: Element) -> Element:
    return _set(FEEDBACK, _element("qti-multiple", _variable(FEEDBACK), expression))


def _one_of(words: Sequence[str]) -> Element:
    """Whether what was written is one of several words."""
    same = [
        _element(
            "qti-string-match", _variable(RESPONSE), _value("string", NOT_XML.sub("", text)), case_sensitive="false"
        )
        for text in words
    ]
    return same[0] if len(same) == 1 else _element("qti-or", *same)


def _in_one_of(spans: Sequence[Span]) -> Element:
    """Whether a number lies in one of several spans."""
    inside = [_in(span) for span in spans]
    return inside[0] if len(inside) == 1 else _element("qti-or", *inside)


def _in(span: Span) -> Element:
    if span.middle is not None:
        number, off = _value("float", digits(span.middle)), digits(span.high - span.middle)
        return _element("qti-equal", _variable(RESPONSE), number, tolerance_mode="absolute", tolerance=f"{off} {off}")
    if span.low == span.high:
        return _element("qti-equal", _variable(RESPONSE), _value("float", digits(span.low)), tolerance_mode="exact")
    least = _element("qti-gte", _variable(RESPONSE), _value("float", digits(span.low)))
    return _element("qti-and", least, _element("qti-lte", _variable(RESPONSE), _value("float", digits(span.high))))


def _if(*cases: tuple[Element, list[Element]], otherwise: Sequence[Element] = ()) -> Element:
    """The first of the cases that holds, or what is done otherwise."""
    condition = Element("qti-response-condition")
    for index, (holds, rules) in enumerate(cases):
        condition.append(_element("qti-response-else-if" if index else "qti-response-if", holds, *rules))
    if otherwise:
        condition.append(_element("qti-response-else", *otherwise))
    return condition
