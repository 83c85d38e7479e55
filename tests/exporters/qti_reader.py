"""A reader of QTI that shares nothing with what writes it, and answers questions as a player would."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, fromstring, tostring

from tests.exporters.meaning import Meaning, between, words

#: What stands in texts and has the same name in every version.
HTML = set(
    "p h2 h3 h4 ul ol li strong em code pre blockquote a img table caption thead tbody tr th td br hr span".split()
)
#: What is answered: the name of each response with its value.
Answers = dict[str, Any]


def files(content: bytes) -> dict[str, bytes]:
    """The files of a package."""
    if not content:
        return {}
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def items(content: bytes) -> list[Element]:
    """The questions of a package in the order of its test, with names as in QTI 3.0."""
    found = files(content)
    if not found:
        return []
    test = renamed(fromstring(found["test.xml"]))  # noqa: S314  # we wrote it
    listed = [str(one.get("href")) for one in test.iter("qti-assessment-item-ref")]
    manifest = {one.get("href") for one in fromstring(found["imsmanifest.xml"]).iter() if one.tag.endswith("}file")}  # noqa: S314
    assert manifest == found.keys() - {"imsmanifest.xml"}
    assert {name for name in found if name.startswith("items/")} == set(listed)
    return [renamed(fromstring(found[name])) for name in listed]  # noqa: S314


def renamed(element: Element) -> Element:
    """An element of any version, with the names of QTI 3.0 and no namespace."""
    tag = element.tag.rpartition("}")[2]
    name = tag if tag in HTML or tag.startswith("qti-") else f"qti-{kebab(tag)}"
    made = Element(name, {kebab(key) if tag not in HTML else key: value for key, value in element.items()})
    made.text, made.tail = element.text, element.tail
    made.extend(map(renamed, element))
    return made


def kebab(name: str) -> str:
    return re.sub("(?<=[a-z])([A-Z])", lambda sign: f"-{sign[0].lower()}", name)


def shown(element: Element | None) -> str:
    """The words of an element."""
    return words(tostring(element, "unicode")) if element is not None else ""


# --------------------------------------------------------------- responses judged


def listed(value: Any) -> list[Any]:
    """A value of any cardinality as a list; nothing is an empty one."""
    return value if isinstance(value, list) else [] if value is None else [value]


def same(one: str | None, other: str | None, *, loosely: bool) -> bool:
    """Whether two texts are the same, with or without capitals."""
    return None not in (one, other) and (one == other or (loosely and str(one).casefold() == str(other).casefold()))


def allowed(equal: Element) -> float:
    """How far two numbers may be apart. Both sides are the same here."""
    if equal.get("tolerance-mode") == "exact":
        return 0
    assert equal.get("tolerance-mode") == "absolute"
    below, above = str(equal.get("tolerance")).split()
    assert below == above
    return float(below) + 1e-9


class Attempt:
    """What comes of an answer: the rules of a question, followed one by one."""

    def __init__(self, item: Element, answers: Answers) -> None:
        self._item = item
        self.values: Answers = {"SCORE": 0.0, "FEEDBACK": None, **answers}
        for rule in item.find("qti-response-processing") or ():
            self._follow(rule)

    @property
    def score(self) -> float:
        """What the answer is worth."""
        return float(self.values["SCORE"])

    @property
    def said(self) -> list[str]:
        """What is said to the answer, in the order of the file."""
        names = self.values["FEEDBACK"] or []
        return [shown(one) for one in self._item.iter("qti-modal-feedback") if one.get("identifier") in names]

    def _follow(self, rule: Element) -> None:
        if rule.tag == "qti-set-outcome-value":
            self.values[str(rule.get("identifier"))] = self._value(rule[0])
            return
        assert rule.tag == "qti-response-condition"
        for branch in rule:
            inside = list(branch)
            holds = branch.tag == "qti-response-else" or self._value(inside.pop(0))
            if holds:
                for inner in inside:
                    self._follow(inner)
                return

    def _value(self, one: Element) -> Any:
        named, values = str(one.get("identifier")), [self._value(inner) for inner in one]
        known: dict[str, Callable[[], Any]] = {
            "qti-variable": lambda: self.values[named],
            "qti-base-value": lambda: float(one.text or 0) if one.get("base-type") == "float" else one.text,
            "qti-map-response": lambda: self._mapped(named),
            "qti-multiple": lambda: [entry for value in values for entry in listed(value)],
            "qti-index": lambda: dict(enumerate(listed(values[0]), 1)).get(int(str(one.get("n")))),
            "qti-string-match": lambda: same(values[0], values[1], loosely=one.get("case-sensitive") == "false"),
            "qti-sum": lambda: sum(values),
            "qti-divide": lambda: values[0] / values[1],
            "qti-or": lambda: any(values),
            "qti-match": lambda: values[0] == values[1],
            "qti-and": lambda: all(values),
            "qti-gte": lambda: values[0] is not None and values[0] >= values[1],
            "qti-lte": lambda: values[0] is not None and values[0] <= values[1],
            "qti-equal": lambda: values[0] is not None and abs(values[0] - values[1]) <= allowed(one),
        }
        return known[one.tag]()

    def _mapped(self, name: str) -> float:
        response = response_of(self._item, name)
        mapping = response.find("qti-mapping")
        assert mapping is not None
        loose = response.get("base-type") == "string"
        given = listed(self.values[name])
        worth = {str(entry.get("map-key")): float(str(entry.get("mapped-value"))) for entry in mapping}
        table = {key.casefold() if loose else key: share for key, share in worth.items()}
        total = sum(table.get(one.casefold() if loose else one, 0.0) for one in dict.fromkeys(given))
        return min(max(total, float(str(mapping.get("lower-bound")))), float(str(mapping.get("upper-bound"))))


def response_of(item: Element, name: str = "RESPONSE") -> Element:
    """The declaration of a response."""
    return next(one for one in item.iter("qti-response-declaration") if one.get("identifier") == name)


def key_of(item: Element) -> Answers:
    """The right answer to each response of a question."""
    found: Answers = {}
    for response in item.iter("qti-response-declaration"):
        floats = response.get("base-type") == "float"
        right = [float(one.text or 0) if floats else one.text for one in response.iter("qti-value")]
        single = response.get("cardinality") == "single"
        found[str(response.get("identifier"))] = (right[0] if right else None) if single else right
    return found


# ------------------------------------------------------------------------ meaning


def qti(content: bytes) -> list[Meaning]:
    """The questions of a package."""
    found = files(content)
    tags = tags_of(found["imsmanifest.xml"]) if found else {}
    return [_meaning(item, tags[str(item.get("identifier"))]) for item in items(content)]


def tags_of(manifest: bytes) -> dict[str, set[str]]:
    """The tags of each question."""
    resources = [one for one in fromstring(manifest).iter() if one.tag.endswith("}resource")]  # noqa: S314
    return {
        str(one.get("identifier")): {inner.text or "" for inner in one.iter() if inner.tag.endswith("}string")}
        for one in resources
    }


def _meaning(item: Element, tags: set[str]) -> Meaning:
    body = item.find("qti-item-body")
    assert body is not None
    key = key_of(item)
    assert not all(key.values()) or Attempt(item, key).score == 1
    empty = Attempt(item, dict.fromkeys(key))
    after = [shown(one) for one in item.iter("qti-modal-feedback") if one.get("identifier") == "after"]
    assert set(after) <= set(empty.said)
    read = Meaning(shown(body), after=" ".join(after), tags=tags, id=str(item.get("identifier")).removeprefix("q-"))
    for interaction in body.iter():
        if interaction.tag in READ:
            READ[interaction.tag](read, item, interaction)
    return read


def _answer(read: Meaning, item: Element, name: str, text: str, value: Any) -> None:
    """Gives one answer, and takes down what it is worth and what is said."""
    attempt = Attempt(item, {**dict.fromkeys(key_of(item)), name: value})
    said = [one for one in attempt.said if one != read.after]
    read.answers[text] = attempt.score, " ".join(said)


def _choice(read: Meaning, item: Element, interaction: Element) -> None:
    response = response_of(item)
    read.several = response.get("cardinality") == "multiple"
    assert interaction.get("max-choices") == ("0" if read.several else "1")
    right = [one.text for one in response.iter("qti-value")]
    for choice in interaction.iter("qti-simple-choice"):
        name = str(choice.get("identifier"))
        _answer(read, item, "RESPONSE", shown(choice), [name] if read.several else name)
        if read.several and name not in right:  # what it takes away shows beside a right one
            beside = Attempt(item, {"RESPONSE": [right[0], right[1], name]}).score
            whole = Attempt(item, {"RESPONSE": [right[0], right[1]]}).score
            read.answers[shown(choice)] = beside - whole, read.answers[shown(choice)][1]


def _ordered(read: Meaning, item: Element, interaction: Element) -> None:
    lines = {str(one.get("identifier")): shown(one) for one in interaction.iter("qti-simple-choice")}
    right = key_of(item)["RESPONSE"]
    read.order = [lines[name] for name in right]
    assert Attempt(item, {"RESPONSE": right}).score == 1
    assert list(lines) != right
    assert Attempt(item, {"RESPONSE": list(reversed(right))}).score < 1


def _matched(read: Meaning, item: Element, interaction: Element) -> None:
    prompts, targets = (
        {str(one.get("identifier")): shown(one) for one in one_set.iter("qti-simple-associable-choice")}
        for one_set in interaction.iter("qti-simple-match-set")
    )
    right = key_of(item)["RESPONSE"]
    pairs = [pair.split(" ") for pair in right]
    used = {target for _, target in pairs}
    read.pairs = {(prompts[prompt], targets[target]) for prompt, target in pairs}
    read.pairs |= {("", text) for name, text in targets.items() if name not in used}
    assert Attempt(item, {"RESPONSE": right}).score == 1
    assert 0 < Attempt(item, {"RESPONSE": right[:1]}).score < 1


def _typed(read: Meaning, item: Element, interaction: Element) -> None:
    name = str(interaction.get("response-identifier"))
    if response_of(item, name).get("base-type") == "float":
        _calculated(read, item, name)
        return
    others = {**key_of(item), name: None}
    without = Attempt(item, others).score
    entries = [str(one.get("map-key")) for one in response_of(item, name).iter("qti-map-entry")]
    strings = [one.text or "" for one in item.iter("qti-base-value") if one.get("base-type") == "string"]
    gaps = len(key_of(item))
    for text in dict.fromkeys([*entries, *strings]):
        attempt = Attempt(item, {**others, name: text.upper()})
        said = [one for one in attempt.said if one != read.after]
        read.answers[text] = (attempt.score - without) * gaps, " ".join(said)
    if strings:
        _answer(read, item, name, "*", "something else")


def _calculated(read: Meaning, item: Element, name: str) -> None:
    """Each span that the rules compare with: both its ends get what is said of it, and what lies beside it does not."""
    spans = []
    for one in item.iter():
        if one.tag == "qti-equal":
            off = Decimal(str(one.get("tolerance", "0 0")).split()[0])
            spans.append((Decimal(str(one[1].text)) - off, Decimal(str(one[1].text)) + off))
        elif one.tag == "qti-and":
            spans.append((Decimal(str(one[0][1].text)), Decimal(str(one[1][1].text))))
    for low, high in spans:
        for end in (high, low):
            _answer(read, item, name, between(low, high), float(end))
    _answer(read, item, name, "*", 987654321.5)
    for beside in (end + step for low, high in spans for end, step in ((low, Decimal(-1)), (high, Decimal(1)))):
        if not any(low <= beside / 1 <= high for low, high in spans):
            attempt = Attempt(item, {**dict.fromkeys(key_of(item)), name: float(beside)})
            assert attempt.score == 0
            assert read.answers["*"][1] in attempt.said


def _picked(read: Meaning, item: Element, interaction: Element) -> None:
    name = str(interaction.get("response-identifier"))
    for choice in interaction.iter("qti-inline-choice"):
        _answer(read, item, name, shown(choice), choice.get("identifier"))


READ = {
    "qti-choice-interaction": _choice,
    "qti-order-interaction": _ordered,
    "qti-match-interaction": _matched,
    "qti-text-entry-interaction": _typed,
    "qti-inline-choice-interaction": _picked,
}
