"""Readers of exported question banks that share nothing with what writes them."""

from __future__ import annotations

import html
import re
from decimal import Decimal
from xml.etree.ElementTree import Element, fromstring

from alongside.files.source import read_bytes
from alongside.importers import imported
from alongside.load.parse import parse
from alongside.model.lessons import Quiz
from alongside.model.questions import Question
from alongside.model.questions.interaction import Calculate, Choose, Match, Order, Reflect, Write
from tests.exporters.meaning import Meaning, answers_of, between, order_of, pairs_of, shown, tidy, words
from tests.exporters.qti_reader import qti

# --------------------------------------------------------------------- Moodle XML

#: A gap as Moodle finds it: its weight, what it is, and answers with feedback.
GAP = re.compile(r"\{1:(SHORTANSWER|MULTICHOICE|MULTICHOICE_S):(.*?)(?<!\\)\}", re.DOTALL)


def moodle(content: bytes) -> list[Meaning]:
    """The questions of a file in Moodle XML."""
    quiz = fromstring(content)  # noqa: S314  # we wrote it
    return [_moodle(question) for question in quiz.iter("question") if question.get("type") != "category"]


def _text(element: Element | None) -> str:
    return words((element.findtext("text") if element is not None else "") or "")


def _moodle(question: Element) -> Meaning:
    kind = question.get("type")
    assert question.findtext("name/text")
    read = Meaning(
        _text(question.find("questiontext")),
        after=_text(question.find("generalfeedback")),
        hints=[_text(hint) for hint in question.iter("hint")],
        tags={tag.findtext("text") or "" for tag in question.iter("tag")},
        id=question.findtext("idnumber") or "",
    )
    if kind in {"multichoice", "shortanswer"}:
        for answer in question.iter("answer"):
            text = _text(answer) if kind == "multichoice" else answer.findtext("text") or ""
            named = text if text == "*" else text.replace(r"\*", "*")
            read.answers[named] = float(answer.get("fraction") or 0) / 100, _text(answer.find("feedback"))
        read.several = question.findtext("single") == "false"
    elif kind == "numerical":
        for answer in question.iter("answer"):
            number = answer.findtext("text") or ""
            off = Decimal(answer.findtext("tolerance") or "0")
            named = number if number == "*" else between(Decimal(number) - off, Decimal(number) + off)
            read.answers[named] = float(answer.get("fraction") or 0) / 100, _text(answer.find("feedback"))
        assert question.findtext("showunits") == ("3" if question.find("units") is None else "0")
    elif kind == "matching":
        read.pairs = {(_text(line), line.findtext("answer/text") or "") for line in question.iter("subquestion")}
    elif kind == "ordering":
        lines = sorted(question.iter("answer"), key=lambda answer: float(answer.get("fraction") or 0))
        read.order = [_text(line) for line in lines]
    elif kind == "cloze":
        _read_gaps(read, question.findtext("questiontext/text") or "")
    else:
        assert kind == "essay"
        assert _text(question.find("graderinfo")) == read.after
    return read


def _read_gaps(read: Meaning, text: str) -> None:
    """The gaps of a text as Moodle reads them: signs decoded once, a backslash before a sign taken away."""
    read.asked = words(GAP.sub(" ", text))
    for kind, inside in GAP.findall(text):
        for answer in inside.split("~"):
            share, named, feedback = re.fullmatch(r"(=|%-?\d+%)?(.*?)(?<!&)#(.*)", answer, re.DOTALL).groups()  # type: ignore[union-attr]
            plain = html.unescape(named)
            plain = words(plain) if kind != "SHORTANSWER" else plain.replace(r"\*", "*")
            read.answers[plain] = float(share == "="), words(html.unescape(feedback))


# --------------------------------------------------------------------------- GIFT


def gift(content: bytes) -> list[Meaning]:
    """The questions of a file in GIFT, as our own importer understands them."""
    return brought_in("gift", content)


def brought_in(form: str, content: bytes) -> list[Meaning]:
    """The questions of a file, as our own importer understands them. It refuses none."""
    bank = imported(form, content, "bank")
    assert not bank.refused, bank.problems
    found = []
    for text in bank.files():
        mapping, problems = read_bytes(text.encode(), "quiz.yml")
        assert mapping is not None and not problems
        quiz, problems = parse(Quiz, mapping)
        assert quiz is not None, problems
        found += map(_brought_in, quiz.questions)
    return found


def _brought_in(question: Question) -> Meaning:
    shape = question.shape
    asked = [question.context or "", question.prompt]
    if isinstance(shape, Write) and shape.text:
        asked.append(re.sub(r"\{[a-z0-9-]+\}", " ", shape.text))
    if isinstance(shape, Calculate):
        asked.append(shape.unit)
    read = Meaning(tidy(" ".join(map(shown, asked))), after=shown(question.rationale or ""), id=question.id)
    read.hints = [shown(hint) for hint in question.hints]
    kept = [(text, entry) for text, entry in answers_of(question).items() if not text.startswith("(write")]
    read.answers = {text: (worth, "" if said.startswith("(write") else said) for text, (worth, said) in kept}
    read.pairs = pairs_of(question)
    read.several = isinstance(shape, Choose) and shape.several
    numbered = {partner: line for line, partner in read.pairs}
    if isinstance(shape, Order):
        read.order = order_of(question)
    if isinstance(shape, Match) and all(partner.isdecimal() for partner in numbered):
        read.pairs, read.order = set(), [numbered[str(number)] for number in range(1, len(numbered) + 1)]
    assert isinstance(shape, Calculate | Choose | Match | Order | Write | Reflect)
    return read


# -------------------------------------------------------------------------- Aiken


def aiken(content: bytes) -> list[Meaning]:
    """The questions of a file in Aiken."""
    found = []
    for block in filter(None, content.decode().strip().split("\n\n")):
        asked, *lines, key = block.split("\n")
        right = key.removeprefix("ANSWER: ")
        answers = dict(line.split(". ", 1) for line in lines)
        assert right in answers
        assert list(answers) == sorted(answers)
        shares = {tidy(text): (float(letter == right), "") for letter, text in answers.items()}
        found.append(Meaning(tidy(asked), shares))
    return found


READERS = {"moodle-xml": moodle, "gift": gift, "aiken": aiken, "qti3": qti, "qti21": qti}
