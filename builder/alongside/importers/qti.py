"""QTI, the exchange format of 1EdTech: items of the versions 2.0 to 3.0, alone or in a package.

The format is described at https://www.imsglobal.org/spec/qti/v3p0/impl. What is right and what is said to an answer is
found by following the rules of an item for each answer (`qti_rules.py`). Names are read as in version 3.0, without `qti-`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from itertools import pairwise

from alongside.files.archive import ArchiveError, unpacked_bytes
from alongside.files.problems import Problem, cut, quoted
from alongside.files.xml_tree import Node, XmlError, source, tree
from alongside.importers import to_markdown
from alongside.importers.draft import GAP, Draft, Refused, Unusable, refused
from alongside.importers.drafts import (
    ANYTHING,
    RIGHT,
    Answer,
    Pairing,
    Slot,
    as_numbers,
    chosen,
    completed,
    in_order,
    matched,
    numbered,
    open_ended,
    written,
)
from alongside.importers.qti_package import About, items, renamed
from alongside.importers.qti_rules import (
    NUMBERS,
    Answers,
    Response,
    Rules,
    compared_numbers,
    compared_words,
    number,
)

ARCHIVE = b"PK\x03\x04"
#: What nobody writes, so that it is none of the answers.
SOMETHING_ELSE = "\u2026 something else \u2026"
#: More answers than any question has: each is tried by itself.
MOST_ANSWERS, MOST_TEXTS = 200, 1_000
#: What is said where an interaction stands.
SHOWN_BESIDE = frozenset({"feedback-inline", "feedback-block", "modal-feedback"})
#: What says nothing to learners.
SILENT = frozenset(
    "response-declaration outcome-declaration item-body response-processing modal-feedback stylesheet prompt "
    "template-processing catalog-info companion-materials-info".split()
)
LONGEST_UNIT = 30
#: What stands above or below a field, and not in a line with it.
BLOCKS = frozenset("p div h1 h2 h3 h4 h5 h6 ul ol dl table pre blockquote".split())


def drafts(content: bytes, file: str) -> Iterator[Draft | Refused | Problem]:
    """The questions of an item or a package, and what is wrong with those that cannot be read."""
    if not content.startswith(ARCHIVE):
        yield from _file(content, file, "", About())
        return
    try:
        files = unpacked_bytes(content)
    except ArchiveError as error:
        for reason in error.reasons:
            yield refused(
                file,
                1,
                Unusable(f"this package cannot be unpacked: {reason}", "a package as the other system wrote it"),
                "",
            )
        return
    found = False
    for name, about in items(files):
        found = True
        if name in files:
            yield from _file(files[name], file, name, about)
        else:
            wrong = Unusable(
                f"the package names the file {quoted(cut(name))} and does not hold it",
                "a package with all of its files",
            )
            yield refused(file, 1, wrong, "")
    if not found:
        yield refused(file, 1, Unusable("there is no question of QTI in this package", "items of QTI 2.1 or 3.0"), "")


def _file(content: bytes, bank: str, name: str, about: About) -> Iterator[Draft | Refused | Problem]:
    """The question of a file."""
    file = f"{bank}/{name}" if name else bank
    try:
        top = renamed(tree(content))
    except XmlError as error:
        yield refused(file, error.line, Unusable(error.message, error.expected), "")
        return
    kept = source(content, top)
    reader = None
    try:
        _is_item(top)
        reader = _Item(top, kept, about)
        draft = reader.made()
    except Unusable as unusable:
        yield refused(file, top.line, unusable, kept, reader.draft.remarks if reader else [])
        return
    draft.file = file
    yield draft


def _is_item(top: Node) -> None:
    """Raises `Unusable` where an element is no question of QTI."""
    if top.name == "questestinterop":
        raise Unusable("this is QTI 1.2, which is not read here", "QTI 2.1 or 3.0, which most systems can export too")
    if top.name != "assessment-item":
        raise Unusable(
            f"this is no item of QTI: it begins with <{cut(top.name)}>", "<qti-assessment-item>, or a package"
        )


# -------------------------------------------------------------------- questions


@dataclass
class _Said:
    """What comes of an answer: what it is worth, and what is said to it."""

    score: Decimal
    texts: tuple[int, ...] = field(default_factory=tuple)


class _Item:
    """One item on its way to a draft."""

    def __init__(self, item: Node, text: str, about: About) -> None:
        self._item = item
        self._rules = Rules(item)
        body = item.first("item-body")
        self._body = body or Node("item-body", {}, item.line)
        self.interactions = [node for node in self._body.below() if node.name.endswith("-interaction")]
        #: Everything that may be said, in the order of the file.
        self._texts = [node for node in item.below() if node.name in SHOWN_BESIDE]
        if len(self._texts) > MOST_TEXTS:
            raise Unusable(f"this question has more than {MOST_TEXTS} texts to answer with", "fewer of them")
        self._shown = set[int]()
        #: What came of each answer that was tried in a gap.
        self._tried: list[_Said] = []
        self.draft = Draft(item.line, "choice", name=to_markdown.one_line(item.get("title")))
        self.draft.source = text
        remarks = {
            "Category": about.section,
            "Name in the bank": self.draft.name,
            "ID in the bank": to_markdown.one_line(item.get("identifier")),
            "Tags in the bank": ", ".join(to_markdown.one_line(tag) for tag in about.tags),
        }
        self.draft.remarks = [f"{what}: {said}" for what, said in remarks.items() if said]

    def made(self) -> Draft:
        """The question as a draft. Raises `Unusable` where it is none of those that we can have."""
        if self._item.get("adaptive") == "true":
            raise Unusable("this question changes while it is answered", 'adaptive="false"')
        if self._item.first("template-declaration"):
            raise Unusable("this question is another for each learner", "a question without templates")
        kinds = {node.name for node in self.interactions}
        if not kinds:
            raise Unusable("there is nothing to answer in this question", f"one of: {', '.join(INTERACTIONS)}")
        for kind in kinds - INTERACTIONS.keys():
            raise Unusable(f"there is no kind here for <{cut(kind)}>", f"one of: {', '.join(INTERACTIONS)}")
        if len(self.interactions) > 1 and kinds - {"text-entry-interaction", "inline-choice-interaction"}:
            raise Unusable("several things are asked in one question", "a question for each")
        INTERACTIONS[self.interactions[0].name](self)
        self._named_losses()
        self.draft.name = self.draft.name or to_markdown.words_only(self.draft.prompt)
        return self.draft

    # ------------------------------------------------------------------- what is asked

    def _asked(self, place: str = "") -> None:
        """Takes the text of the body, with the prompt of its interaction. `place` stands where the interaction does."""
        self.draft.prompt = self._markdown(self._html(self._body, {id(self.interactions[0]): place}))

    def _html(self, node: Node, places: Mapping[int, str]) -> str:
        """What stands in an element, with something in the place of each interaction, and without what is said later."""
        made = []
        for one in node.inside:
            if isinstance(one, str):
                made.append(escape(one, quote=False))
            elif id(one) in places:
                prompt = one.first("prompt")
                made.append((f"<div>{self._html(prompt, places)}</div>" if prompt else "") + places[id(one)])
            elif one.name == "rubric-block":
                self._rubric(one)
            elif one.name == "content-body":
                made.append(self._html(one, places))
            elif one.name not in SHOWN_BESIDE:
                made.append(one.around(self._html(one, places)))
        return "".join(made)

    def _rubric(self, node: Node) -> None:
        said = to_markdown.one_line(node.words)
        if said:
            self.draft.remarks.append(
                f"For whoever {'gives marks' if 'scorer' in node.get('view') else 'reads it'}: {said}"
            )
            self.draft.losses.append("a note of the bank stands only as a remark")

    def _markdown(self, text: str) -> str:
        made = to_markdown.html(text)
        self.draft.losses += made.losses
        return made.text

    def _line(self, node: Node) -> str:
        """What stands in an element, for a place that holds a sentence or two."""
        made = to_markdown.as_line(self._markdown(self._html(node, {})))
        self.draft.losses += made.losses
        return made.text

    def _plain(self, node: Node) -> str:
        return to_markdown.words_only(self._line(node))

    def _choices(self, outer: Node, name: str) -> dict[str, Node]:
        found = dict[str, Node]()
        for node in outer.below():
            if node.name == name:
                own = node.get("identifier")
                if own in found:
                    raise Unusable(f"two answers of this question are called {quoted(cut(own))}", "a name for each")
                found[own] = node
        if len(found) > MOST_ANSWERS:
            raise Unusable(f"this question has more than {MOST_ANSWERS} answers", "fewer of them")
        return found

    # --------------------------------------------------------------------- what is said

    def _comes_of(self, answers: Answers) -> _Said:
        """What answers are worth, and which texts are then shown."""
        values = self._rules.outcome(answers)
        score = values.get("SCORE", ())
        shown = []
        for place, node in enumerate(self._texts):
            holds = node.get("identifier") in values.get(node.get("outcome-identifier"), ())
            if holds == (node.get("show-hide", "show") == "show"):
                shown.append(place)
        self._shown.update(shown)
        return _Said(score[0] if score and isinstance(score[0], Decimal) else Decimal(0), tuple(shown))

    def _feedback(self, said: _Said, general: Sequence[int]) -> str:
        return " ".join(filter(None, (self._line(self._texts[one]) for one in said.texts if one not in general)))

    def _general(self, all_said: Sequence[_Said]) -> tuple[int, ...]:
        """What is said to every answer. It becomes what is said afterwards."""
        together = set.intersection(*(set(said.texts) for said in all_said)) if len(all_said) > 1 else set[int]()
        general = tuple(sorted(together))
        texts = [self._markdown(self._html(self._texts[one], {})) for one in general]
        self.draft.rationale = "\n\n".join(filter(None, texts))
        return general

    def _unsaid(self, kept: Sequence[int], *others: _Said) -> None:
        """Names what is said to some answers only, where our kind has no room for it."""
        for one in sorted({one for said in others for one in said.texts} - set(kept)):
            said = self._plain(self._texts[one])
            if said:
                self.draft.losses.append(f"what is said to some answers was left out: {quoted(cut(said))}")

    def _named_losses(self) -> None:
        """Names what has words and no room here."""
        for place, node in enumerate(self._texts):
            said = to_markdown.one_line(node.words)
            if place not in self._shown and said:
                self.draft.losses.append(f"a text was left out that no answer leads to: {quoted(cut(said))}")
        for node in self._item.elements:
            said = to_markdown.one_line(node.words)
            if node.name not in SILENT and said:
                self.draft.losses.append(f"what stands in <{cut(node.name)}> was left out: {quoted(cut(said))}")
            elif node.get("href") and node.name != "stylesheet":
                self.draft.losses.append(f"a text in a file of its own was left out: {quoted(cut(node.get('href')))}")

    def _response(self, interaction: Node) -> Response:
        name = interaction.get("response-identifier")
        if name not in self._rules.responses:
            raise Unusable(
                f"the response {quoted(cut(name))} is not declared", "<qti-response-declaration> with this name"
            )
        return self._rules.responses[name]

    # ---------------------------------------------------------------------- interactions

    def choice(self) -> None:
        """One or several of a list."""
        interaction = self.interactions[0]
        response = self._response(interaction)
        self._asked()
        nodes = self._choices(interaction, "simple-choice")
        mixed, kept = interaction.get("shuffle") == "true", any(one.get("fixed") == "true" for one in nodes.values())
        if not mixed or kept:
            self.draft.rest["shuffle"] = False
        if mixed and kept:
            self.draft.losses.append("only some answers keep their places in the bank; here all of them do")
        texts = {name: self._line(node) for name, node in nodes.items()}
        if not nodes or not all(texts.values()):
            raise Unusable("an answer of this question is empty", "an answer with words")
        only_one = interaction.get("max-choices") == "1" and len(response.correct) == 1
        if response.cardinality == "multiple" and not only_one:
            self._several(response, texts)
            return
        said = {name: self._comes_of({response.name: [name]}) for name in nodes}
        best = max(one.score for one in said.values())
        general = self._general(list(said.values()))
        answers = [
            Answer(texts[name], float(100 * one.score / best) if best > 0 else 0, self._feedback(one, general))
            for name, one in said.items()
        ]
        chosen(self.draft, answers, several=False)

    def _several(self, response: Response, texts: Mapping[str, str]) -> None:
        said = {name: self._comes_of({response.name: [name]}) for name in texts}
        right = [name for name in texts if name in response.correct]
        right = right or [name for name, one in said.items() if one.score > 0]
        whole = self._comes_of({response.name: right})
        if not right or whole.score <= 0:
            raise Unusable("no answer of this question is right", "one answer or more that is right")
        general = self._general([*said.values(), whole])
        common = set.intersection(*(set(one.texts) for one in said.values()))
        self._unsaid(general, _Said(Decimal(0), tuple(common)))
        self._unsaid([*general, *(text for one in said.values() for text in one.texts)], whole)
        for name, one in said.items():
            if name not in right and one.score > 0:
                self.draft.losses.append(
                    f"an answer that is worth something in the bank is wrong here: {quoted(cut(texts[name]))}"
                )
        if len(right) > 1 and all(said[name].score >= whole.score for name in right):
            self.draft.losses.append(
                "one of the right answers is enough in the bank; here all of them are to be chosen"
            )
        equal = len({said[name].score for name in right}) == 1
        answers = []
        for name, one in said.items():
            share = 100 / len(right) if equal else float(100 * one.score / whole.score)
            if name in right and share <= 0:
                self.draft.losses.append(
                    f"an answer stands in the key of the bank and earns nothing there, so it is wrong here: {quoted(cut(texts[name]))}"
                )
            answers.append(Answer(texts[name], share if name in right else 0, self._feedback(one, [*general, *common])))
        chosen(self.draft, answers, several=True)

    def order(self) -> None:
        """Lines to put into order."""
        interaction = self.interactions[0]
        response = self._response(interaction)
        self._asked()
        nodes = self._choices(interaction, "simple-choice")
        if set(response.correct) != nodes.keys():
            raise Unusable(
                "this question does not say in which order all of its lines stand", "each line once in the right answer"
            )
        self._around_a_key(response)
        in_order(self.draft, [(self._line(nodes[name]), "") for name in response.correct])

    def _around_a_key(self, response: Response) -> None:
        """What is said to the right answer and to others, where an answer has parts."""
        tried: list[tuple[str, ...]] = [response.correct, response.correct[:1], ()]
        said = [self._comes_of({response.name: given}) for given in tried]
        general = self._general(said)
        self._unsaid(general, *said)

    def pairs(self) -> None:
        """Lines with their partners."""
        interaction = self.interactions[0]
        response = self._response(interaction)
        self._asked()
        sets = [self._choices(one, "simple-associable-choice") for one in interaction.all("simple-match-set")]
        if len(sets) != 2:  # noqa: PLR2004  # lines and partners
            raise Unusable("this question has no two lists to match", "two lists")
        if interaction.get("shuffle", "false") != "true":
            self.draft.rest["shuffle"] = False
        lines, partners = sets
        right = response.correct or tuple(key for key, (worth, _) in response.mapping.items() if worth > 0)
        pairs = [pair.split() for pair in right]
        if any(len(pair) != 2 or pair[0] not in lines or pair[1] not in partners for pair in pairs):  # noqa: PLR2004  # a line and its partner
            raise Unusable("a pair of the right answer is not one of a line and a partner", "a line, then its partner")
        if sorted(pair[0] for pair in pairs) != sorted(lines):
            raise Unusable("not every line of this question has one partner", "each line once in the right answer")
        partner = dict(pairs)
        self._around_a_key(response)
        made = [Pairing(self._line(node), self._plain(partners[partner[name]])) for name, node in lines.items()]
        used = set(partner.values())
        made += [Pairing("", self._plain(node)) for name, node in partners.items() if name not in used]
        matched(self.draft, made)

    def own_words(self) -> None:
        """Words of one's own, which somebody reads."""
        self._asked()
        response = self._response(self.interactions[0])
        said = [self._comes_of({response.name: given}) for given in ([SOMETHING_ELSE], [])]
        self._general(said)
        open_ended(self.draft)

    # ------------------------------------------------------------- words, numbers, gaps

    def written(self) -> None:
        """A word or a number where one stands alone, otherwise gaps in a text."""
        interaction = self.interactions[0]
        alone = len(self.interactions) == 1 and interaction.name == "text-entry-interaction"
        if alone and self._response(interaction).type in NUMBERS:
            self._number(interaction)
        elif alone and not self._beside(interaction):
            self._words(interaction)
        else:
            self._gaps()

    def _beside(self, interaction: Node) -> str:
        """The words in the same paragraph as an interaction."""
        for node in self._body.below():
            if interaction in node.elements and node is not self._body:
                inside = [one if isinstance(one, str) else one.words * (one.name not in BLOCKS) for one in node.inside]
                return to_markdown.one_line("".join(inside))
        return ""

    def _words(self, interaction: Node) -> None:
        response = self._response(interaction)
        self._asked()
        words = compared_words(self._item, response)
        if len(words) > MOST_ANSWERS:
            raise Unusable(f"this question has more than {MOST_ANSWERS} answers", "fewer of them")
        said = {text: self._comes_of({response.name: [text]}) for text in words}
        anything = self._comes_of({response.name: [SOMETHING_ELSE]})
        best = max((one.score for one in said.values()), default=Decimal(0))
        if best <= 0 or anything.score > 0:
            raise Unusable("this question does not say which words are right", "<qti-correct-response> with a word")
        general = self._general([*said.values(), anything])
        self._capitals(response, words, {})
        answers = [
            Answer(self._typed(text), float(100 * one.score / best), self._feedback(one, general))
            for text, one in said.items()
        ]
        otherwise = self._feedback(anything, general)
        written(self.draft, [*answers, *([Answer(ANYTHING, 0, otherwise)] if otherwise else [])])

    @staticmethod
    def _typed(text: str) -> str:
        """A word as answers have it here, in which a star is a star."""
        return to_markdown.one_line(text).replace("*", r"\*")

    def _capitals(self, response: Response, words: Sequence[str], key: Answers) -> None:
        """Says where capitals count. `key` is what else was answered."""
        for text in words:
            both = [self._comes_of({**key, response.name: [one]}).score for one in (text, text.swapcase())]
            if both[0] != both[1]:
                self.draft.losses.append("capitals count in the bank, and do not count here")
                return

    def _number(self, interaction: Node) -> None:
        response = self._response(interaction)
        beside = self._beside(interaction)
        unit = beside.strip()
        inside = next(node for node in self._body.below() if interaction in node.elements)
        after = inside.inside[inside.inside.index(interaction) + 1 :]
        is_unit = all(isinstance(one, str) for one in after) and "".join(map(str, after)).strip() == unit
        if unit and is_unit and len(unit) <= LONGEST_UNIT and inside is not self._body:
            self.draft.rest["unit"] = to_markdown.one_line(unit)
            inside.inside = [one for one in inside.inside if not isinstance(one, str)]
        self._asked("…" if unit and "unit" not in self.draft.rest else "")
        numbered(self.draft, self._number_answers(response))

    def _number_answers(self, response: Response) -> list[Answer]:
        """What comes of every number, in stretches of numbers that get the same."""
        ends = compared_numbers(self._item, response)
        if not ends or len(ends) > MOST_ANSWERS:
            raise Unusable("this question does not say which numbers are right", "<qti-correct-response> with a number")
        stretches = list(_stretches(ends, lambda one: self._comes_of({response.name: [f"{one:f}"]})))
        outside, beyond = stretches[0], stretches[-1]
        if outside.said != beyond.said:
            raise Unusable(
                "every number from one on gets the same, and a range has two ends here", "a range with two ends"
            )
        inside = [one for one in stretches if one.said != outside.said]
        general = self._general([one.said for one in stretches])
        best = max((one.said.score for one in inside), default=Decimal(0))
        if best <= outside.said.score:
            raise Unusable("no number of this question is right", "a number that is right")
        keys = [number(one) for one in response.correct]
        answers = []
        for one in inside:
            if one.is_open:
                self.draft.losses.append("a range goes up to its ends here, which do not count in the bank")
            worth = float(100 * (one.said.score - outside.said.score) / (best - outside.said.score))
            middle = next((key for key in keys if one.low < one.high and 2 * key == one.low + one.high), None)
            text = as_numbers(one.low, one.high) if middle is None else as_numbers(middle, off=one.high - middle)
            answers.append(Answer(text, worth, self._feedback(one.said, general)))
        answers.sort(key=lambda answer: answer.worth < RIGHT)
        otherwise = self._feedback(outside.said, general)
        return [*answers, *([Answer(ANYTHING, 0, otherwise)] if otherwise else [])]

    def _gaps(self) -> None:
        places = {id(node): chr(GAP + index) for index, node in enumerate(self.interactions)}
        if len(places) > MOST_ANSWERS:
            raise Unusable(f"this text has more than {MOST_ANSWERS} gaps", "several questions with a few gaps each")
        self.draft.prompt = self._markdown(self._html(self._body, places))
        key = {name: list(one.correct) for name, one in self._rules.responses.items()}
        whole, nothing = self._comes_of(key), self._comes_of({})
        if whole.score <= 0:
            raise Unusable("this question does not say which words are right", "<qti-correct-response> for each gap")
        general = self._general([whole, nothing])
        slots = [
            self._slot(node, f"gap-{index}", key, whole, general) for index, node in enumerate(self.interactions, 1)
        ]
        said = [one for answers in self._tried for one in answers.texts]
        self._unsaid([*general, *said], whole, nothing)
        completed(self.draft, slots)

    def _slot(self, node: Node, name: str, key: Answers, whole: _Said, general: Sequence[int]) -> Slot:
        response = self._response(node)
        without = self._comes_of({**key, response.name: []})
        if whole.score <= without.score:
            raise Unusable("a gap of this question counts nothing", "a right word for each gap")

        def answer(text: str, given: str) -> Answer:
            said = self._comes_of({**key, response.name: [given]})
            self._tried.append(said)
            worth = float(100 * (said.score - without.score) / (whole.score - without.score))
            own = _Said(said.score, tuple(one for one in said.texts if one not in without.texts))
            return Answer(text, worth, self._feedback(own, general))

        if node.name == "inline-choice-interaction":
            choices = self._choices(node, "inline-choice")
            return Slot.picked(name, [answer(self._plain(one), given) for given, one in choices.items()])
        if response.type in NUMBERS:
            self.draft.losses.append("a number in a gap has to be written as it is listed")
            numbers = compared_numbers(self._item, response)
            if len(numbers) != 1:
                raise Unusable(
                    "a gap takes numbers that may be off, and gaps have only words here",
                    "a question with the number alone",
                )
            return Slot.typed(name, [answer(f"{numbers[0]:f}", f"{numbers[0]:f}")], self.draft)
        words = compared_words(self._item, response)[:MOST_ANSWERS]
        self._capitals(response, words, key)
        return Slot.typed(name, [answer(self._typed(text), text) for text in words], self.draft)


@dataclass
class _Stretch:
    """Numbers that get the same, from the lowest to the highest that was tried."""

    low: Decimal
    high: Decimal
    said: _Said
    #: Whether each end is a bound that does not belong to it.
    open_low: bool = False
    open_high: bool = False

    @property
    def is_open(self) -> bool:
        """Whether an end of it does not belong to it."""
        return self.open_low or self.open_high


def _stretches(ends: Sequence[Decimal], comes_of: Callable[[Decimal], _Said]) -> Iterator[_Stretch]:
    """What comes of numbers before, at, between and behind the bounds: what is the same and follows each other is one."""
    points: list[tuple[Decimal, Decimal, bool]] = [(ends[0] - 1, ends[0] - 1, False)]
    for end, following in pairwise([*ends, ends[-1] + 2]):
        points += [(end, end, False), (end, following, True)]
    made: list[_Stretch] = []
    for low, high, between in points:
        said = comes_of((low + high) / 2)
        if made and made[-1].said == said:
            made[-1].high = high
            made[-1].open_high = between
        else:
            made.append(_Stretch(low, high, said, between, between))
    yield from made


INTERACTIONS: dict[str, Callable[[_Item], None]] = {
    "choice-interaction": _Item.choice,
    "order-interaction": _Item.order,
    "match-interaction": _Item.pairs,
    "text-entry-interaction": _Item.written,
    "inline-choice-interaction": _Item.written,
    "extended-text-interaction": _Item.own_words,
}
