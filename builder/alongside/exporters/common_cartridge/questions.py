"""Questions as a Common Cartridge has them: QTI 1.2.1 in the profile of the standard, with six types of question.

The profile compares what was answered with choices or words, and knows only right (100) and not right. Where several
answers were given in words, one element for each of them stands in one condition.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from alongside.exporters.bank import Item, Lose, each, right_one
from alongside.exporters.binding import MEDIA
from alongside.exporters.left_out import LeftOut, Unfit
from alongside.exporters.standalone import NOT_XML, Text, plain
from alongside.model.modules import Module
from alongside.model.questions.interaction import Blank, Calculate, Choose, Match, Order, Pick, Reflect, Span, Write
from alongside.model.questions.numerals import digits
from alongside.words.language import Words

NAMESPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
SCHEMA = "http://www.imsglobal.org/profile/cc/ccv1p1/ccv1p1_qtiasiv1p2p1_v1p0.xsd"
#: The identifiers of what is answered, of what is said whatever was answered, and of hints, which the standard fixes.
RESPONSE, GENERAL, HINT = "answer", "general", "hint"
#: Fewer options than this the profile has only for true and false.
FEWEST = 3
TRUE_FALSE = frozenset({"true", "false"})
#: How long a title may be in lists of questions.
MOST_TITLE = 100
#: What stands in a text where its gap is.
GAP = "_____"
#: Behind the reason why a question cannot be asked.
SHOWN = "a page shows it as text"


@dataclass
class Question:
    """A question as an element, and the pictures that it shows, by the names of their files."""

    item: Item
    element: Element
    pictures: dict[str, bytes] = field(default_factory=dict)


def questions_of(items: Sequence[Item]) -> tuple[list[Question], list[LeftOut]]:
    """The questions that a cartridge can take, and what was left out."""
    made, left = each(items, _question)
    return [question for _, question in made], left


def document(inside: Element) -> Element:
    """A file with one assessment or bank."""
    root = Element("questestinterop", {"xmlns": NAMESPACE, "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance"})
    root.set("xsi:schemaLocation", f"{NAMESPACE} {SCHEMA}")
    root.append(inside)
    return root


def assessment(name: str, title: str, language: str, before: str, questions: Iterable[Question]) -> Element:
    """A quiz. `before` is HTML, which is said before its first question."""
    made = Element("assessment", {"ident": name, "title": NOT_XML.sub("", title), "xml:lang": language})
    _labelled(
        made,
        cc_profile="cc.exam.v0p1",
        qmd_assessmenttype="Examination",
        qmd_scoretype="Percentage",
        qmd_feedbackpermitted="Yes",
        qmd_hintspermitted="Yes",
        qmd_solutionspermitted="Yes",
        cc_maxattempts="unlimited",
    )
    _material(SubElement(made, "rubric"), before)
    section = SubElement(made, "section", ident="root_section")
    section.extend(question.element for question in questions)
    return made


def beside_pictures(text: Text, module: Module, words: Words) -> tuple[str, dict[str, bytes]]:
    """HTML of a module for a file in a folder, and the pictures that it shows, by the names of their files."""
    folder = f"{MEDIA}{module.id}/"
    return text.towards(words.direction).placed(f"../{folder}"), {
        f"{folder}{path}": picture for path, picture in text.pictures
    }


def bank(name: str, questions: Iterable[Question]) -> Element:
    """Questions that are in no quiz."""
    made = Element("objectbank", ident=name)
    made.extend(question.element for question in questions)
    return made


# -------------------------------------------------------------------- questions


class _Writer:
    """Writes one question. What is said of each answer stands in the condition that holds for it."""

    def __init__(self, item: Item, profile: str, *, by_machine: bool = True) -> None:
        self._item = item
        title = item.prose.line(item.question.prompt).plain[:MOST_TITLE] or item.question.id
        self.made = Question(item, Element("item", ident=f"q-{item.id}", title=title))
        _labelled(
            SubElement(self.made.element, "itemmetadata"),
            cc_profile=f"cc.{profile}.v0p1",
            cc_question_category=NOT_XML.sub("", item.module.title),
            qmd_scoringpermitted="Yes",
            qmd_computerscored="Yes" if by_machine else "No",
        )
        self._presentation = SubElement(self.made.element, "presentation")
        self._processing = SubElement(self.made.element, "resprocessing")
        outcomes = SubElement(self._processing, "outcomes")
        SubElement(outcomes, "decvar", varname="SCORE", vartype="Decimal", minvalue="0", maxvalue="100")

    def text(self, parent: Element, text: Text) -> None:
        """Puts HTML into an element."""
        html, pictures = beside_pictures(text, self._item.module, self._item.words)
        _material(parent, html)
        self.made.pictures.update(pictures)

    def ask(self, asked: Text, after: Text) -> None:
        """The question, with what is said of it whatever was answered, and its hints."""
        self.text(self._presentation, asked)
        hints = [self._item.prose.line(hint) for hint in self._item.question.hints]
        if after or hints:
            condition = self.condition(_other(), then="Yes")
            self.said(condition, GENERAL, after)
        if hints:
            SubElement(condition, "displayfeedback", feedbacktype="Hint", linkrefid=HINT)
            inside = SubElement(SubElement(self.made.element, "itemfeedback", ident=HINT), "hint")
            for hint in hints:
                self.text(SubElement(inside, "hintmaterial"), hint)

    def choices(self, picks: Iterable[tuple[str, Text]], *, several: bool, mixed: bool) -> None:
        """What can be chosen."""
        response = SubElement(
            self._presentation, "response_lid", ident=RESPONSE, rcardinality="Multiple" if several else "Single"
        )
        choices = SubElement(response, "render_choice", shuffle="Yes" if mixed else "No")
        for name, text in picks:
            self.text(SubElement(choices, "response_label", ident=name), text)

    def field(self) -> None:
        """Where something is written."""
        response = SubElement(self._presentation, "response_str", ident=RESPONSE, rcardinality="Single")
        SubElement(response, "render_fib")

    def condition(self, *holds: Element, then: str = "No", right: bool = False) -> Element:
        """What happens where something was answered: `then` is whether later conditions are looked at as well."""
        condition = SubElement(self._processing, "respcondition", {"continue": then})
        SubElement(condition, "conditionvar").extend(holds)
        if right:
            SubElement(condition, "setvar", varname="SCORE", action="Set").text = "100"
        return condition

    def said(self, condition: Element, name: str, text: Text) -> None:
        """What is said where a condition holds. Several may have the same to say."""
        if not text:
            return
        SubElement(condition, "displayfeedback", feedbacktype="Response", linkrefid=name)
        if not any(one.get("ident") == name for one in self.made.element.iter("itemfeedback")):
            feedback = SubElement(self.made.element, "itemfeedback", ident=name)
            self.text(SubElement(feedback, "flow_mat"), text)

    def words(self, blank: Blank) -> None:
        """What is said of words that were written."""
        line = self._item.prose.line
        self.field()
        self.said(self.condition(*map(_same, _clean(blank.accept)), right=True), "right", line(blank.feedback))
        for near in blank.near:
            for word in _clean(near.accept):
                self.said(self.condition(_same(word)), f"n-{near.id}", line(near.feedback))
        if blank.otherwise:
            self.said(self.condition(_other()), "otherwise", line(blank.otherwise))


def _question(item: Item, lose: Lose) -> Question:
    shape = item.question.shape
    if isinstance(shape, Choose):
        return _choose(item, shape, lose)
    if isinstance(shape, Write):
        return _write(item, shape)
    if isinstance(shape, Calculate):
        return _calculate(item, shape, lose)
    if isinstance(shape, Reflect):
        writer = _Writer(item, "essay", by_machine=False)
        writer.ask(item.asked(), item.solved())
        writer.field()
        return writer.made
    if isinstance(shape, Order):
        raise Unfit(f"it asks for an order, and a cartridge has no such question; {SHOWN}")
    if isinstance(shape, Match):
        raise Unfit(f"it asks what belongs together, and a cartridge has no such question; {SHOWN}")
    raise Unfit(f"it asks learners to place themselves on a scale, and a cartridge wants a right answer; {SHOWN}")


def _choose(item: Item, shape: Choose, lose: Lose) -> Question:
    right_one(shape)
    picks = item.shown()
    if shape.several:
        lose("part marks", "a cartridge knows only right and wrong")
        return _several(item, shape, picks)
    if any(0 < pick.credit < 1 for pick in picks):
        lose("part marks", "a cartridge knows only right and wrong")
    names = {pick.id: _option(pick) for pick in picks}
    profile = "multiple_choice"
    if len(picks) < FEWEST:
        names = {pick.id: item.prose.line(pick.text).plain.casefold() for pick in picks}
        if {*names.values()} != TRUE_FALSE:
            raise Unfit(f"it has two options, and a cartridge wants three unless they are “True” and “False”; {SHOWN}")
        profile = "true_false"
    writer = _Writer(item, profile)
    writer.ask(item.asked(), item.explained())
    mixed = item.question.shuffle and not shape.ordered
    writer.choices([(names[p.id], item.prose.line(p.text)) for p in picks], several=False, mixed=mixed)
    for pick in picks:
        holds = writer.condition(_chosen(names[pick.id]), right=pick.credit == 1)
        writer.said(holds, f"s-{pick.id}", item.feedback(pick))
    return writer.made


def _several(item: Item, shape: Choose, picks: Sequence[Pick]) -> Question:
    """Several options: right is who chooses all that are right and no other."""
    writer = _Writer(item, "multiple_response")
    writer.ask(item.asked(), item.explained())
    mixed = item.question.shuffle and not shape.ordered
    writer.choices([(_option(pick), item.prose.line(pick.text)) for pick in picks], several=True, mixed=mixed)
    whole = Element("and")
    for pick in shape.picks:
        parent = whole if pick.credit == 1 else SubElement(whole, "not")
        parent.append(_chosen(_option(pick)))
    writer.condition(whole, then="Yes", right=True)
    for pick in picks:
        writer.said(writer.condition(_chosen(_option(pick))), f"s-{pick.id}", item.feedback(pick))
    return writer.made


def _write(item: Item, shape: Write) -> Question:
    if len(shape.blanks) != 1 or len(shape.gaps) > 1:
        raise Unfit(f"it has several gaps, and a cartridge has one field in a question; {SHOWN}")
    blank = shape.blanks[0]
    asked = item.asked() if shape.text is None else item.asked_with(lambda _: plain(GAP))
    after = item.explained() if shape.text is None else item.solved()
    if not blank.picks:
        writer = _Writer(item, "fib")
        writer.ask(asked, after)
        writer.words(blank)
        return writer.made
    picks = item.shown_in(blank)
    if len(picks) < FEWEST:
        raise Unfit(f"its gap has two words to pick from, and a cartridge wants three; {SHOWN}")
    if not any(pick.credit == 1 for pick in picks):
        raise Unfit(f"no word to pick for the gap {blank.name} is right")
    writer = _Writer(item, "multiple_choice")
    writer.ask(asked, after)
    writer.choices([(_option(pick), plain(pick.text)) for pick in picks], several=False, mixed=item.question.shuffle)
    for pick in picks:
        holds = writer.condition(_chosen(_option(pick)), right=pick.credit == 1)
        writer.said(holds, f"s-{pick.id}", item.prose.line(pick.feedback))
    return writer.made


def _calculate(item: Item, shape: Calculate, lose: Lose) -> Question:
    """A number, which a cartridge compares like words."""
    if any(span.low != span.high for span in shape.spans):
        raise Unfit(f"a whole range of numbers is right, and a cartridge compares only words; {SHOWN}")
    writer = _Writer(item, "fib")
    writer.ask(item.asked_in_units(), item.explained())
    writer.field()
    line = item.prose.line
    writer.said(
        writer.condition(*map(_same, _numbers(shape.spans, item.words)), right=True), "right", line(shape.feedback)
    )
    for slip in shape.slips:
        if any(span.low != span.high for span in slip.spans):
            lose("what is said of a mistake", "a whole range of numbers shows it, and a cartridge compares only words")
        for number in _numbers(slip.spans, item.words):
            writer.said(writer.condition(_same(number)), f"n-{slip.id}", line(slip.feedback))
    writer.said(writer.condition(_other()), "otherwise", line(shape.otherwise))
    return writer.made


# ----------------------------------------------------------------------- pieces


def _option(pick: Pick) -> str:
    return f"o-{pick.id}"


def _numbers(spans: Iterable[Span], words: Words) -> list[str]:
    """Single numbers as the course writes them, and as people type them in its language: `2.5` and `2,5`."""
    single = [span.low for span in spans if span.low == span.high]
    return list(dict.fromkeys(form for number in single for form in (digits(number), words.digits(number))))


def _clean(words: Iterable[str]) -> list[str]:
    return [NOT_XML.sub("", word) for word in words]


def _chosen(name: str) -> Element:
    """That an option was chosen. Moodle finds the right ones of several only where capitals count."""
    return _same(name, capitals="Yes")


def _same(value: str, capitals: str = "No") -> Element:
    element = Element("varequal", respident=RESPONSE, case=capitals)
    element.text = value
    return element


def _other() -> Element:
    """Whatever was answered."""
    return Element("other")


def _material(parent: Element, html: str) -> None:
    SubElement(SubElement(parent, "material"), "mattext", texttype="text/html").text = html


def _labelled(parent: Element, **values: str) -> None:
    metadata = SubElement(parent, "qtimetadata")
    for label, entry in values.items():
        one = SubElement(metadata, "qtimetadatafield")
        SubElement(one, "fieldlabel").text = label
        SubElement(one, "fieldentry").text = entry


__all__ = ["Question", "assessment", "bank", "beside_pictures", "document", "questions_of"]
