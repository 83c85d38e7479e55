"""A reader of Common Cartridge that shares nothing with what writes it, and answers questions as a platform would."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from xml.etree.ElementTree import Element, fromstring

from tests.exporters.cartridge_rules import CP, MANIFEST, QTI
from tests.exporters.meaning import Meaning, between, words

GAP = re.compile("_{5}")


def read(files: Mapping[str, bytes]) -> dict[str, Meaning]:
    """The questions of a cartridge by their identifiers: those of quizzes, and those of the bank."""
    found: dict[str, Meaning] = {}
    for name in sorted(files):
        if name.endswith(".xml") and name != MANIFEST:
            for item in fromstring(files[name]).iter(f"{QTI}item"):  # noqa: S314  # we wrote it
                meaning = _question(item)
                assert meaning.id not in found, "each question is asked once"
                found[meaning.id] = meaning
    return found


def contents(files: Mapping[str, bytes]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The folders of the contents, each with the titles of its lines and the files that they open."""
    root = fromstring(files[MANIFEST])  # noqa: S314  # we wrote it
    opened = {
        one.get("identifier"): one.find(f"{CP}file").get("href") or ""  # type: ignore[union-attr]  # each has one
        for one in root.iter(f"{CP}resource")
    }
    top = root.find(f".//{CP}organization/{CP}item")
    assert top is not None
    return [
        (_title(folder), [(_title(line), opened[line.get("identifierref")]) for line in folder.findall(f"{CP}item")])
        for folder in top.findall(f"{CP}item")
    ]


def _title(item: Element) -> str:
    return item.findtext(f"{CP}title") or ""


def _text(element: Element | None) -> str:
    return words((element.findtext(f".//{QTI}mattext") if element is not None else "") or "")


def _question(item: Element) -> Meaning:
    said = {one.get("ident"): one for one in item.findall(f"{QTI}itemfeedback")}
    asked = _text(item.find(f"{QTI}presentation/{QTI}material"))
    meaning = Meaning(GAP.sub(" ", asked), id=(item.get("ident") or "").removeprefix("q-"))
    labels = {one.get("ident"): _text(one) for one in item.iter(f"{QTI}response_label")}
    lid = item.find(f".//{QTI}response_lid")
    meaning.several = lid is not None and lid.get("rcardinality") == "Multiple"
    if "hint" in said:
        meaning.hints = [_text(one) for one in said["hint"].iter(f"{QTI}hintmaterial")]
    meaning.answers = dict.fromkeys(labels.values(), (0.0, ""))
    for condition in item.iter(f"{QTI}respcondition"):
        shown = [said[one.get("linkrefid")] for one in condition.iter(f"{QTI}displayfeedback") if one.get("feedbacktype") == "Response"]  # fmt: skip
        feedback = " ".join(map(_text, shown))
        worth = float(condition.findtext(f"{QTI}setvar") or 0) / 100
        both = condition.find(f"{QTI}conditionvar/{QTI}and")
        if condition.get("continue") == "Yes" and both is None:
            meaning.after = feedback
        elif both is not None:
            _shared(meaning, labels, both)
        else:
            _one(meaning, labels, condition, worth, feedback)
    return meaning


def _shared(meaning: Meaning, labels: Mapping[str | None, str], both: Element) -> None:
    """What is right where several are: each that is named counts, and each that must not be."""
    right = [labels[one.text] for one in both.findall(f"{QTI}varequal")]
    others = [labels[one.text] for one in both.findall(f"{QTI}not/{QTI}varequal")]
    assert sorted((*right, *others)) == sorted(labels.values())
    for text in labels.values():
        meaning.answers[text] = (1 if text in right else -1) / len(right), meaning.answers[text][1]


def _one(meaning: Meaning, labels: Mapping[str | None, str], condition: Element, worth: float, feedback: str) -> None:
    values = [one.text or "" for one in condition.findall(f"{QTI}conditionvar/{QTI}varequal")] or ["*"]
    for value in values:
        text = labels.get(value) or value
        kept = meaning.answers.get(text, (0.0, ""))[0] if meaning.several else worth
        meaning.answers[text] = kept, feedback


def as_numbers(meaning: Meaning) -> Meaning:
    """The same where what is written is a number, which is a span of one."""
    numbers = {text: "*" if text == "*" else between(Decimal(text), Decimal(text)) for text in meaning.answers}
    meaning.answers = {numbers[text]: said for text, said in meaning.answers.items()}
    return meaning
