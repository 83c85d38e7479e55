"""Moodle XML: a category for each module, and everything that Moodle has a place for.

The format is described at https://docs.moodle.org/en/Moodle_XML_format.
"""

from __future__ import annotations

import html
import re
from base64 import b64encode
from xml.etree.ElementTree import Comment, Element, SubElement, indent, tostring

from alongside.exporters.bank import Bank, Item, Lose, each, per_cent, right_one, shares
from alongside.exporters.left_out import LeftOut, Unfit
from alongside.exporters.standalone import NOT_XML, Text, plain
from alongside.model.modules import Module
from alongside.model.questions.interaction import Blank, Calculate, Choose, Match, Order, Reflect, Span, Write
from alongside.model.questions.numerals import digits

MARK = "Written by alongside export moodle-xml, which replaces this file."
#: What has a meaning inside a gap, and is written as a number there.
IN_GAPS = re.compile(r"[~#{}=%/\\\"'|:*]")


def write(bank: Bank) -> tuple[bytes, int, list[LeftOut]]:
    """The file, how many questions it holds, and what was left out."""
    quiz = Element("quiz")
    quiz.append(Comment(f" {MARK} "))
    left: list[LeftOut] = []
    count = 0
    for module, items in bank.by_module():
        made, lost = each(items, _question)
        left += lost
        count += len(made)
        if made:
            quiz.append(_category(bank.title, module))
            quiz.extend(question for _, question in made)
    indent(quiz)
    return tostring(quiz, "UTF-8", xml_declaration=True) + b"\n", count, left


def is_ours(content: bytes) -> bool:
    """Whether such a file was written by us."""
    return MARK.encode() in content[:400]


def category(title: str, module: str) -> str:
    """The path of a module in a bank. A stroke in a title is doubled, since one alone leads a step down."""
    names = (" ".join(NOT_XML.sub("", name).split()).replace("/", "//") for name in (title, module))
    return "/".join(["$course$", "top", *names])


def _category(title: str, module: Module) -> Element:
    question = Element("question", type="category")
    _words(SubElement(question, "category"), category(title, module.title))
    SubElement(question, "idnumber").text = module.id
    return question


# -------------------------------------------------------------------- questions


def _question(item: Item, lose: Lose) -> Element:
    shape = item.question.shape
    if isinstance(shape, Choose):
        question = _choose(item, shape)
    elif isinstance(shape, Order):
        question = _order(item)
    elif isinstance(shape, Match):
        question = _match(item, shape)
    elif isinstance(shape, Write):
        question = _gaps(item) if shape.text is not None else _short(item, shape)
    elif isinstance(shape, Calculate):
        question = _number(item, shape)
    elif isinstance(shape, Reflect):
        question = _essay(item, lose)
    else:
        raise Unfit("it asks learners to place themselves on a scale, and Moodle wants an answer that is right")
    _direct(question, item.words.direction)
    return question


def _direct(question: Element, direction: str) -> None:
    """Lets each text in HTML say that it is written from right to left. Other texts have no place for it."""
    for text in question.iterfind(".//*[@format='html']/text"):
        text.text = Text(text.text or "").towards(direction).html


def _start(item: Item, kind: str, asked: Text, after: Text, *, hinted: bool = True) -> Element:
    question = Element("question", type=kind)
    _words(SubElement(question, "name"), item.question.id)
    _html(question, "questiontext", asked)
    _html(question, "generalfeedback", after)
    for name, value in (("defaultgrade", "1"), ("penalty", "0.3333333"), ("hidden", "0"), ("idnumber", item.id)):
        SubElement(question, name).text = value
    for hint in item.question.hints if hinted else ():
        _html(question, "hint", item.prose.line(hint))
    tags = SubElement(question, "tags")
    for tag in item.tags:
        _words(SubElement(tags, "tag"), tag)
    return question


def _choose(item: Item, shape: Choose) -> Element:
    right_one(shape)
    question = _start(item, "multichoice", item.asked(), item.explained())
    mixed = item.question.shuffle and not shape.ordered
    _settings(question, single=not shape.several, shuffleanswers=mixed, answernumbering="abc")
    worth = shares(shape)
    for pick in item.shown():
        answer = _html(question, "answer", item.prose.line(pick.text), fraction=per_cent(worth[pick.id]))
        _html(answer, "feedback", item.feedback(pick))
    return question


def _order(item: Item) -> Element:
    shape = item.question.shape
    assert isinstance(shape, Order)
    question = _start(item, "ordering", item.asked(), item.solved())
    _settings(question, layouttype="VERTICAL", selecttype="ALL", selectcount="0", gradingtype="ABSOLUTE_POSITION")
    _settings(question, showgrading="SHOW", numberingstyle="none")
    for number, pick in enumerate(shape.picks, 1):
        answer = _html(question, "answer", item.prose.line(pick.text), fraction=str(number))
        _html(answer, "feedback", item.prose.line(pick.feedback))
    return question


def _match(item: Item, shape: Match) -> Element:
    question = _start(item, "matching", item.asked(), item.solved())
    _settings(question, shuffleanswers=item.question.shuffle)
    targets, key = {pick.id: pick for pick in shape.targets}, dict(shape.key)
    pairs = [(item.prose.line(pick.text), targets[key[pick.id]].text) for pick in shape.prompts]
    pairs += [(Text(), pick.text) for pick in shape.targets if pick.id not in key.values()]
    for prompt, target in pairs:
        line = _html(question, "subquestion", prompt)
        _words(SubElement(line, "answer"), target)
    return question


def _short(item: Item, shape: Write) -> Element:
    if len(shape.blanks) != 1:
        raise Unfit("it has several fields to write in and no text around them")
    blank = shape.blanks[0]
    question = _start(item, "shortanswer", item.asked(), item.explained())
    _settings(question, usecase="0")
    answers = [(_literal(text), "100", blank.feedback) for text in blank.accept]
    answers += [(_literal(text), "0", near.feedback) for near in blank.near for text in near.accept]
    answers += [("*", "0", blank.otherwise)] if blank.otherwise else []
    for text, fraction, feedback in answers:
        answer = SubElement(question, "answer", fraction=fraction, format="moodle_auto_format")
        SubElement(answer, "text").text = NOT_XML.sub("", text)
        _html(answer, "feedback", item.prose.line(feedback))
    return question


def _number(item: Item, shape: Calculate) -> Element:
    """A number: the first answer that has it counts, those that are right before all others."""
    question = _start(item, "numerical", item.asked_in_units(), item.explained())
    answers = [(*_around(span), "100", shape.feedback) for span in shape.spans]
    answers += [(*_around(span), "0", slip.feedback) for slip in shape.slips for span in slip.spans]
    for number, tolerance, fraction, feedback in [*answers, ("*", "0", "0", shape.otherwise)]:
        answer = SubElement(question, "answer", fraction=fraction, format="moodle_auto_format")
        _words(answer, number)
        _html(answer, "feedback", item.prose.line(feedback))
        SubElement(answer, "tolerance").text = tolerance
    if shape.unit:
        unit = SubElement(SubElement(question, "units"), "unit")
        _settings(unit, multiplier="1", unit_name=NOT_XML.sub("", shape.unit))
    # Whoever answers may leave out the unit, and where there is none none can be written.
    _settings(question, unitgradingtype="0", unitpenalty="0.1", showunits="0" if shape.unit else "3", unitsleft="0")
    return question


def _around(span: Span) -> tuple[str, str]:
    """A number, and how far another may be away from it."""
    return digits((span.low + span.high) / 2), digits((span.high - span.low) / 2)


def _literal(text: str) -> str:
    """Words to compare with, in which a star is a star: alone it stands for any letters."""
    return text.replace("*", r"\*")


def _essay(item: Item, lose: Lose) -> Element:
    if item.question.hints:
        lose("hints", "Moodle shows none for answers that a person reads")
    after = item.solved()
    question = _start(item, "essay", item.asked(), after, hinted=False)
    _settings(question, responseformat="editor", responserequired="1", responsefieldlines="10")
    _settings(question, attachments="0", attachmentsrequired="0")
    _html(question, "graderinfo", after)
    _html(question, "responsetemplate", Text())
    return question


# ------------------------------------------------------------------------- gaps


def _gaps(item: Item) -> Element:
    """A text with gaps. Around them a bracket would begin one, so it is written as a number."""
    asked = item.asked_with(lambda blank: Text(_marked(_gap(item, blank))))
    text = asked.html.replace("{", "&#123;").replace("}", "&#125;").replace(_OPEN, "{").replace(_CLOSE, "}")
    return _start(item, "cloze", Text(text, asked.pictures), item.solved())


#: Stand for the brackets of a gap until all others are numbers. No text of an author has them.
_OPEN, _CLOSE = "\x01", "\x02"


def _marked(gap: str) -> str:
    return f"{_OPEN}{gap}{_CLOSE}"


def _gap(item: Item, blank: Blank) -> str:
    if not blank.picks:
        said = _said(item, blank.feedback)
        answers = [f"={_in_gap(_literal(text), wild=True)}#{said}" for text in blank.accept]
        return f"1:SHORTANSWER:{'~'.join(answers)}"
    if not any(pick.credit == 1 for pick in blank.picks):
        raise Unfit(f"no word to pick for the gap {blank.name} is right")
    answers = [
        ("=" if pick.credit == 1 else "") + f"{_in_gap(plain(pick.text).html)}#{_said(item, pick.feedback)}"
        for pick in item.shown_in(blank)
    ]
    return f"1:{'MULTICHOICE_S' if item.question.shuffle else 'MULTICHOICE'}:{'~'.join(answers)}"


def _said(item: Item, feedback: str) -> str:
    text = item.prose.line(feedback)
    if text.pictures:
        raise Unfit("a picture stands in the feedback of a gap, where Moodle has no room for one")
    return _in_gap(text.towards(item.words.direction).html)


def _in_gap(text: str, *, wild: bool = False) -> str:
    """A text for the inside of a gap, which Moodle decodes once: what means something there is written as a number."""
    kept = text if not wild else text.replace("\\*", "\x03")
    kept = IN_GAPS.sub(lambda sign: f"&#{ord(sign[0])};", html.escape(kept, quote=False))
    return kept.replace("\x03", "&#92;*")


# -------------------------------------------------------------------------- XML


def _words(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = NOT_XML.sub("", text)


def _html(parent: Element, name: str, text: Text, **attributes: str) -> Element:
    """An element with HTML in it, and with the pictures that it shows."""
    element = SubElement(parent, name, {**attributes, "format": "html"})
    SubElement(element, "text").text = text.placed("@@PLUGINFILE@@/")
    for path, content in text.pictures:
        folder, _, file = f"/{path}".rpartition("/")
        picture = SubElement(element, "file", name=file, path=f"{folder}/", encoding="base64")
        picture.text = b64encode(content).decode()
    return element


def _settings(question: Element, **values: str | bool) -> None:
    for name, value in values.items():
        SubElement(question, name).text = str(value).lower() if isinstance(value, bool) else value
