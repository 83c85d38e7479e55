"""Moodle XML: a question bank with everything that Moodle has a place for.

The format is described at https://docs.moodle.org/en/Moodle_XML_format. What a question of Moodle says and ours has no
room for is named; a type that we have no kind for is not imported.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import count

from alongside.files.problems import Problem, cut, quoted
from alongside.files.xml_tree import Node, XmlError, source, tree
from alongside.importers import to_markdown
from alongside.importers.bank import cleaned
from alongside.importers.draft import GAP, Draft, Left, Refused, Unusable, noted, refused
from alongside.importers.drafts import (
    ANYTHING,
    RIGHT,
    Answer,
    Pairing,
    Slot,
    as_numbers,
    chosen,
    completed,
    decimal,
    in_order,
    matched,
    numbered,
    open_ended,
    true_or_false,
    written,
)

FORMS = {
    "html": to_markdown.html,
    "moodle_auto_format": to_markdown.guessed,
    "plain_text": to_markdown.plain,
    "markdown": to_markdown.markdown,
}
#: What Moodle says of each question by itself, and what it writes for itself. Nothing of it is the author's.
OF_MOODLE = frozenset(
    {
        "Your answer is correct.", "Your answer is partially correct.", "Your answer is incorrect.", "That is correct.",
        "Richtig!", "That is not right.",
    }
)  # fmt: skip
#: Settings that say how Moodle shows or grades a question, and hold no words.
SETTINGS = frozenset(
    "defaultgrade penalty hidden idnumber shuffleanswers single answernumbering usecase shownumcorrect "
    "showstandardinstruction unitgradingtype unitpenalty showunits unitsleft responseformat responserequired "
    "responsefieldlines minwordlimit maxwordlimit attachments attachmentsrequired maxbytes filetypeslist layouttype "
    "selecttype selectcount gradingtype showgrading numberingstyle".split()
)
READ = frozenset("name questiontext generalfeedback hint tags answer subquestion units graderinfo".split())
#: A gap: what it counts, what it is, and its answers.
CLOZE = re.compile(r"\{(\d*):([A-Z_]+):((?:[^{}\\]|\\.)*)\}", re.DOTALL)
TYPED = frozenset("SHORTANSWER SA MW SHORTANSWER_C SAC MWC".split())
PICKED = frozenset(
    "MULTICHOICE MC MULTICHOICE_V MCV MULTICHOICE_H MCH MULTICHOICE_S MCS MULTICHOICE_VS MCVS MULTICHOICE_HS MCHS".split()
)
NUMERICAL = frozenset({"NUMERICAL", "NM"})
#: An answer of a gap: what it is worth, its words, and what is said of it.
CLOZE_ANSWER = re.compile(
    # In a character that is written as a number, # begins no feedback.
    r"(?:(=)|%(-?\d+(?:\.\d+)?)%)?((?:&(?:amp;)?#\w{1,8};|\\.?|[^\\#])*)(?:#(.*))?",
    re.DOTALL,
)
MOST_GAPS, MOST_HINTS = 1_000, 4


def drafts(content: bytes, file: str) -> Iterator[Draft | Refused | Left | Problem]:
    """The questions of a bank, and what is wrong with those that cannot be read."""
    try:
        quiz = tree(content)
    except XmlError as error:
        yield refused(file, error.line, Unusable(error.message, error.expected), "")
        return
    if quiz.name != "quiz":
        wrong = Unusable(
            f"this is no question bank of Moodle: it begins with <{cut(quiz.name)}>", "<quiz> around all questions"
        )
        yield refused(file, quiz.line, wrong, "")
        return
    yield from _Bank(content, file).drafts(quiz)


class _Bank:
    """Goes through a bank, and remembers the category and the descriptions before a question."""

    def __init__(self, content: bytes, file: str) -> None:
        self._content = content
        self._file = file
        self._category = ""
        self._descriptions: list[str] = []

    def drafts(self, quiz: Node) -> Iterator[Draft | Refused | Left | Problem]:
        for node in quiz.elements:
            kind = node.get("type")
            if node.name != "question":
                wrong = Unusable(f"<{cut(node.name)}> is no question", '<question type="multichoice">')
                yield refused(self._file, node.line, wrong, source(self._content, node))
            elif kind == "category":
                self._category = to_markdown.one_line(cleaned(_plain(node.first("category"))))
                about = to_markdown.one_line(cleaned(_plain(node.first("info"))))
                if about:
                    yield Left([f"About the category {self._category}: {about}"])
            else:
                yield from self._question(node)
        if self._descriptions:
            yield Left([f"Description: {words}" for words in self._descriptions])

    def _question(self, node: Node) -> Iterator[Draft | Refused | Left | Problem]:
        remarks = [f"Category: {self._category}"] if self._category else []
        question = _Question(node, source(self._content, node))
        try:
            if node.get("type") == "description":
                self._descriptions.append(question.description())
                yield Left([*remarks, *question.draft.remarks], question.draft.source if question.draft.losses else "")
                yield from (noted(self._file, node.line, loss) for loss in dict.fromkeys(question.draft.losses))
                return
            draft = question.made()
        except Unusable as unusable:
            kept = [f"Description: {words}" for words in self._descriptions]
            yield refused(
                self._file, node.line, unusable, question.draft.source, [*remarks, *question.draft.remarks, *kept]
            )
            self._descriptions = []
            return
        draft.remarks = [*remarks, *draft.remarks]
        draft.described = "\n\n".join(filter(None, self._descriptions))
        self._descriptions = []
        yield draft


class _Question:
    """One question of a bank on its way to a draft."""

    def __init__(self, node: Node, text: str) -> None:
        self._node = node
        self.draft = Draft(node.line, "choice", name=to_markdown.one_line(cleaned(_plain(node.first("name")))))
        self.draft.source = text
        self.draft.remarks = list(self._known_as())

    def _known_as(self) -> Iterator[str]:
        """What the bank calls the question, and how it finds it."""
        if self.draft.name:
            yield f"Name in the bank: {self.draft.name}"
        if self._setting("idnumber"):
            yield f"ID number in the bank: {to_markdown.one_line(cleaned(self._setting('idnumber')))}"
        tags = [to_markdown.one_line(cleaned(_plain(tag))) for tag in self._all("tags", "tag")]
        if any(tags):
            yield f"Tags in the bank: {', '.join(filter(None, tags))}"
        if _number(self._setting("defaultgrade", "1")) != 1:
            yield f"Points in the bank: {to_markdown.one_line(cleaned(self._setting('defaultgrade')))}"

    def description(self) -> str:
        """The words of what is no question and stands before one."""
        self._named_losses()
        return self._text("questiontext")

    def made(self) -> Draft:
        """The question as a draft. Raises `Unusable` where it is none of those that we can have."""
        kind = self._node.get("type")
        if kind not in KINDS:
            known = ", ".join(KINDS)
            raise Unusable(f"there is no kind here for questions of the type {quoted(kind)}", f"one of: {known}")
        draft = self.draft
        draft.prompt = self._text("questiontext")
        KINDS[kind](self)
        draft.rationale = self._text("generalfeedback")
        hints = [self._line(hint) for hint in self._node.all("hint") if _plain(hint).strip()]
        if hints:
            draft.rest["hints"] = hints[:MOST_HINTS]
        draft.losses += [
            f"a hint was left out, since a question has {MOST_HINTS}: {hint}" for hint in hints[MOST_HINTS:]
        ]
        self._named_losses()
        draft.name = draft.name or to_markdown.words_only(draft.prompt)
        return draft

    # ------------------------------------------------------------------ what it says

    def _setting(self, name: str, otherwise: str = "") -> str:
        node = self._node.first(name)
        return (node.words.strip() if node else "") or otherwise

    def _all(self, outer: str, inner: str) -> list[Node]:
        return [one for node in self._node.all(outer) for one in node.all(inner)]

    def _converted(self, node: Node | None) -> str:
        """A text in Markdown, by the form that it names."""
        words = cleaned(_plain(node))
        if not words.strip():
            return ""
        form = node.get("format", "moodle_auto_format") if node else ""
        made = FORMS.get(form, to_markdown.guessed)(words)
        self.draft.losses += made.losses
        return made.text

    def _text(self, name: str) -> str:
        return self._converted(self._node.first(name))

    def _line(self, node: Node | None) -> str:
        """A text for a place that holds a sentence or two."""
        made = to_markdown.as_line(self._converted(node))
        self.draft.losses += made.losses
        return made.text

    def _in_a_list(self, node: Node | None) -> str:
        """A text as plain words, as it is compared or stands in a list."""
        words = cleaned(_plain(node)).strip()
        return to_markdown.one_line(words)

    def _named_losses(self) -> None:
        """Names what has words and no room here."""
        for node in self._node.elements:
            said = to_markdown.one_line(_without_tags(cleaned(_plain(node) or node.words)))
            if node.name not in SETTINGS | READ and said and said not in OF_MOODLE and not said.isdecimal():
                self.draft.losses.append(f"what stands in <{cut(node.name)}> was left out: {quoted(cut(said))}")
        if self._setting("hidden") == "1":
            self.draft.losses.append("the question is hidden in the bank")

    # ----------------------------------------------------------------------- answers

    def _answers(self, *, compared: bool = False) -> list[Answer]:
        return [
            Answer(
                self._in_a_list(node) if compared else self._worded(node),
                self._worth(node),
                self._line(node.first("feedback")),
            )
            for node in self._node.all("answer")
        ]

    def _worth(self, node: Node) -> float:
        """What an answer is worth, in per cent."""
        worth = _number(node.get("fraction", "0"))
        if worth is None:
            raise Unusable(
                f"nobody can tell what an answer is worth: {quoted(cut(node.get('fraction')))}",
                'fraction="100", or another number',
                node.line - self._node.line,
            )
        return worth

    def _worded(self, node: Node) -> str:
        words = self._line(node)
        if not words:
            raise Unusable("an answer of this question is empty", "an answer with words", node.line - self._node.line)
        return words

    def choice(self) -> None:
        """One or several of a list."""
        several = self._setting("single", "true").lower() in {"false", "0"}
        self._fixed_order()
        chosen(self.draft, self._answers(), several=several)

    def truth(self) -> None:
        """True or false."""
        nodes = self._node.all("answer")
        answers = {self._in_a_list(node).lower(): node for node in nodes}
        if set(answers) != {"true", "false"} or len(nodes) > len(answers):
            raise Unusable("the answers of this question are not true and false", "true and false")
        worth = {name: self._worth(node) for name, node in answers.items()}
        if sorted(worth.values()) != [0, RIGHT]:
            raise Unusable("not exactly one of true and false is right", 'fraction="100" and fraction="0"')
        right = max(worth, key=lambda name: worth[name])
        said = {name: self._line(node.first("feedback")) for name, node in answers.items()}
        wrong = "false" if right == "true" else "true"
        true_or_false(self.draft, true=right == "true", if_right=said[right], if_wrong=said[wrong])

    def words(self) -> None:
        """A word or phrase."""
        if self._setting("usecase") == "1":
            self.draft.losses.append("capitals count in the bank, and do not count here")
        answers = self._answers(compared=True)
        if any(not answer.text for answer in answers):
            raise Unusable("an answer of this question is empty", "an answer with words")
        written(self.draft, answers)

    def number(self) -> None:
        """A number, with what it may be off by, and with units."""
        answers = []
        for node in self._node.all("answer"):
            text = self._in_a_list(node)
            tolerance = node.first("tolerance")
            line = node.line - self._node.line
            off = abs(decimal(tolerance.words.strip() or "0", line)) if tolerance else Decimal(0)
            numbers = ANYTHING if text == ANYTHING else as_numbers(decimal(text, line), off=off)
            answers.append(Answer(numbers, self._worth(node), self._line(node.first("feedback"))))
        self._units()
        numbered(self.draft, answers)

    def _units(self) -> None:
        units = [
            (_times(unit), name.words)
            for unit in self._all("units", "unit")
            if (name := unit.first("unit_name")) and name.words.strip()
        ]
        # The number stands in the unit in which it is multiplied by one.
        own = next((name for times, name in units if times == 1), None)
        if own:
            self.draft.rest["unit"] = to_markdown.one_line(cleaned(own))
        others = ", ".join(quoted(name) for _, name in units if name != own)
        if others:
            self.draft.losses.append(f"other units were left out, in which the number could be written too: {others}")
        if self._setting("unitgradingtype", "0") != "0":
            self.draft.losses.append("a wrong unit costs points in the bank; here it is asked about")

    def pairs(self) -> None:
        """Lines with their partners."""
        pairs = [
            Pairing(self._line(node), self._in_a_list(node.first("answer"))) for node in self._node.all("subquestion")
        ]
        self._fixed_order()
        matched(self.draft, [pair for pair in pairs if pair.line or pair.partner])

    def _fixed_order(self) -> None:
        if self._setting("shuffleanswers", "1").lower() in {"false", "0"}:
            self.draft.rest["shuffle"] = False

    def order(self) -> None:
        """Lines to put into order; each says its place."""
        nodes = self._node.all("answer")
        if len({self._worth(node) for node in nodes}) == len(nodes):
            nodes = sorted(nodes, key=self._worth)
        in_order(self.draft, [(self._worded(node), self._line(node.first("feedback"))) for node in nodes])

    def essay(self) -> None:
        """Words of one's own, which somebody reads."""
        about = to_markdown.one_line(_without_tags(cleaned(_plain(self._node.first("graderinfo")))))
        if about and about != to_markdown.one_line(_without_tags(cleaned(_plain(self._node.first("generalfeedback"))))):
            self.draft.losses.append("what graders are told stands only as a remark")
            self.draft.remarks.append(f"For graders: {about}")
        open_ended(self.draft)

    # -------------------------------------------------------------------------- gaps

    def gaps(self) -> None:
        """A text with gaps, each of which has its answers in brackets."""
        node = self._node.first("questiontext")
        text, slots, numbers = cleaned(_plain(node)), list[Slot](), count()
        made, at, points = [], 0, list[str]()
        for found in CLOZE.finditer(text):
            if len(slots) >= MOST_GAPS:
                raise Unusable(f"this text has more than {MOST_GAPS} gaps", "several questions with a few gaps each")
            made += [text[at : found.start()], chr(GAP + next(numbers))]
            slots.append(self._slot(f"gap-{len(slots) + 1}", found[2], found[3]))
            points.append(found[1].lstrip("0") or "1")
            at = found.end()
        if not slots:
            raise Unusable("this text has no gap that Moodle would know", "{1:SHORTANSWER:=the word}")
        if len(set(points)) > 1:
            self.draft.losses.append(
                f"gaps count {', '.join(points)} points in the bank, and all of them the same here"
            )
        form = node.get("format", "html") if node else ""
        converted = FORMS.get(form, to_markdown.html)("".join([*made, text[at:]]))
        self.draft.losses += converted.losses
        self.draft.prompt = converted.text
        completed(self.draft, slots)

    def _slot(self, name: str, kind: str, inside: str) -> Slot:
        answers = [self._cloze_answer(one) for one in re.split(r"(?<!\\)~", inside)]
        if kind in PICKED:
            return Slot.picked(name, answers)
        if kind in NUMERICAL:
            for answer in answers:
                if ":" in answer.text:
                    raise Unusable(
                        "a gap takes numbers that may be off, and gaps have only words here",
                        "a question of the type numerical",
                    )
            self.draft.losses.append("a number in a gap has to be written as it is listed")
        elif kind not in TYPED:
            raise Unusable(f"there is no gap here of the type {quoted(kind)}", "SHORTANSWER or MULTICHOICE")
        if kind.endswith("C") and kind != "MC":
            self.draft.losses.append("capitals count in a gap of the bank, and do not count here")
        return Slot.typed(name, answers, self.draft)

    def _cloze_answer(self, text: str) -> Answer:
        found = CLOZE_ANSWER.fullmatch(text.strip())
        assert found is not None, "anything fits"
        worth = RIGHT if found[1] else float(found[2] or 0)
        words, said = (html.unescape(re.sub(r"\\([~#}/\"\\=:])", r"\1", part or "")) for part in (found[3], found[4]))
        named = _without_tags(words).strip()
        if not named:
            raise Unusable("an answer of a gap is empty", "{1:SHORTANSWER:=the word}")
        feedback = to_markdown.html(said)
        self.draft.losses += feedback.losses
        return Answer(to_markdown.one_line(named), worth, to_markdown.as_line(feedback.text).text)


KINDS: dict[str, Callable[[_Question], None]] = {
    "multichoice": _Question.choice,
    "truefalse": _Question.truth,
    "shortanswer": _Question.words,
    "numerical": _Question.number,
    "matching": _Question.pairs,
    "ordering": _Question.order,
    "essay": _Question.essay,
    "cloze": _Question.gaps,
}


def _plain(node: Node | None) -> str:
    """The text of an element, which stands in one of its own."""
    inner = node.first("text") if node else None
    return inner.words if inner else ""


def _without_tags(text: str) -> str:
    return html.unescape(re.sub(r"</?[a-zA-Z][^<>]*>", "", text))


def _times(unit: Node) -> float | None:
    """By what a number in a unit is multiplied."""
    factor = unit.first("multiplier")
    return _number((factor.words if factor else "").strip() or "1")


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"\s*-?\d{1,9}(\.\d{1,100})?\s*", text, re.ASCII) else None
