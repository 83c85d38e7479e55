"""The questions of modules as every format of question bank reads them: neutral shapes, and words as HTML that stands alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from alongside.exporters.left_out import QUESTION, LeftOut, Unfit
from alongside.exporters.standalone import Standalone, Text, joined, plain
from alongside.exporters.xhtml import NO_ADDRESS
from alongside.files.located import Place
from alongside.model.curriculum import Curriculum, Source
from alongside.model.modules import Module
from alongside.model.questions.base import Question, shuffled
from alongside.model.questions.interaction import (
    GAP,
    GRADED,
    Blank,
    Calculate,
    Choose,
    Match,
    Order,
    Pick,
    Reflect,
    Write,
)
from alongside.render.template_context import VERDICT_WORDS
from alongside.render.voice import Voice
from alongside.texts.unfinished import is_unfinished
from alongside.words.language import Words

#: Tells that a part of a question is left out: the part, and the reason.
Lose = Callable[[str, str], None]
Written = TypeVar("Written")


@dataclass(frozen=True)
class Item:
    """One question of a bank."""

    module: Module
    question: Question
    prose: Standalone
    words: Words
    sources: Mapping[str, Source]

    @property
    def id(self) -> str:
        """A name that no other question of the course has."""
        return f"{self.module.id}.{self.question.id}"

    @property
    def tags(self) -> tuple[str, ...]:
        """What the question can be found by: its module, its objectives, and what it asks of learners."""
        level = self.module.level_of(self.question)
        return (self.module.id, *self.question.objectives, *([level] if level else []))

    @property
    def backwards(self) -> bool:
        """Whether it is written from right to left, in a frame that may not be."""
        return self.words.direction != "ltr"

    @property
    def place(self) -> Place:
        """Where the question is written."""
        return self.question.place()

    # ------------------------------------------------------------ what is asked

    def asked(self) -> Text:
        """The case and the question itself."""
        return self._context() + self.prose.line(self.question.prompt).within("p")

    def asked_with(self, gap: Callable[[Blank], Text]) -> Text:
        """The same for a text with gaps, with what a format has for each of them in its place."""
        shape = self.question.shape
        assert isinstance(shape, Write)
        assert shape.text is not None
        blanks = {blank.name: blank for blank in shape.blanks}
        numbered = [
            plain(self.words.gettext("Gap %(number)s: %(label)s", number=number, label=blanks[name].label)).within("p")
            for number, name in enumerate(shape.gaps, 1)
            if name in blanks
        ]
        pieces = []
        for index, piece in enumerate(GAP.split(shape.text.strip())):
            if index % 2:
                pieces.append(gap(blanks[piece]) if piece in blanks else plain(f"{{{piece}}}"))
            else:
                words = self.prose.line(piece)
                before, after = (" " * one.isspace() for one in (piece[:1], piece[-1:]))
                pieces.append(Text(before) + words + Text(after) if words else Text(before))
        return self.asked() + joined(numbered) + joined(pieces).within("p")

    def asked_in_units(self) -> Text:
        """The same for a number, with its unit, for formats that have no place for one."""
        shape = self.question.shape
        assert isinstance(shape, Calculate)
        if not shape.unit:
            return self.asked()
        return self.asked() + plain(self.words.gettext("Unit: %(unit)s", unit=shape.unit)).within("p")

    def _context(self) -> Text:
        return self.prose.block(self.question.context) if self.question.context else Text()

    # ------------------------------------------------------------ what is chosen

    def shown(self) -> list[Pick]:
        """What is chosen or put into order, in the order in which the site shows it."""
        shape = self.question.shape
        assert isinstance(shape, Choose | Order)
        picks = {pick.id: pick for pick in shape.picks}
        return [picks[part.id] for part in self.question.arranged(self._seed)]

    def shown_in(self, blank: Blank) -> tuple[Pick, ...]:
        """What is picked from for a gap, in the order in which the site shows it."""
        return shuffled(f"{self._seed}/{blank.name}", blank.picks)

    @property
    def _seed(self) -> str:
        return f"{self.module.id}/{self.question.id}"

    def feedback(self, pick: Pick) -> Text:
        """What is said of a choice. How good it is stands before it where choices are weighed, as on the site."""
        said = self.prose.line(pick.feedback)
        if pick.verdict not in GRADED:
            return said
        word = plain(f"{self.words.gettext(VERDICT_WORDS[pick.verdict])}.").within("strong")
        return word + Text(" ") + said

    # ------------------------------------------------------- what is said after it

    def explained(self) -> Text:
        """Why the key is right, and what the question rests on."""
        rationale = self.prose.block(self.question.rationale) if self.question.rationale else Text()
        return rationale + joined(self._source(name) for name in self.question.cites if name in self.sources)

    def solved(self) -> Text:
        """The key with what is said of each part of it, for formats that have no place beside the parts."""
        return joined(self._solved()) + self.explained()

    def _solved(self) -> Iterator[Text]:
        shape = self.question.shape
        if isinstance(shape, Order):
            yield joined(self._part(self.prose.line(p.text), p.feedback) for p in shape.picks).within("ol")
        elif isinstance(shape, Match):
            yield joined(self._pairs(shape)).within("ul")
        elif isinstance(shape, Write) and shape.text is not None:
            blanks = {blank.name: blank for blank in shape.blanks}
            yield joined(self._blank(blanks[name]) for name in shape.gaps if name in blanks).within("ol")
        elif isinstance(shape, Reflect):
            yield from self._models(shape)

    def _part(self, what: Text, feedback: str) -> Text:
        return (what.within("strong") + Text(" – ") + self.prose.line(feedback)).within("li")

    def _pairs(self, shape: Match) -> Iterator[Text]:
        partner, key = {pick.id: pick for pick in shape.targets}, dict(shape.key)
        for pick in shape.prompts:
            target = Text(f" {self.words.arrow} ") + plain(partner[key[pick.id]].text)
            yield self._part(self.prose.line(pick.text) + target, pick.feedback)
        for pick in shape.targets:
            if pick.verdict == "wrong":
                none = plain(self.words.gettext("Belongs to none of them:")) + Text(" ")
                yield self._part(none + plain(pick.text), pick.feedback)

    def _blank(self, blank: Blank) -> Text:
        first, others = blank.accept[0], [] if blank.picks else blank.accept[1:]
        also = self.words.gettext("(also: %(words)s)", words=", ".join(others)) if others else ""
        return self._part(plain(f"{first} {also}"), blank.feedback)

    def _models(self, shape: Reflect) -> Iterator[Text]:
        for model, reason in zip(shape.models, shape.reasons, strict=True):
            yield self.prose.block(model).within("blockquote") + self.prose.line(reason).within("p")
        yield plain(self.words.gettext("Look at your own answer")).within("strong").within("p")
        yield joined(
            (
                self.prose.line(criterion)
                + Text(" ")
                + Text(self.words.gettext("If not yet: %(words)s", words=self.prose.line(advice).html))
            ).within("li")
            for criterion, advice in zip(shape.criteria, shape.advice, strict=True)
        ).within("ul")

    def _source(self, name: str) -> Text:
        source = self.sources[name]
        printed = f"{source.authors.rstrip('.')} ({source.year}). {source.title.rstrip('.')}."
        for more in (source.container, source.publisher):
            printed += f" {more.rstrip('.')}." if more else ""
        link = f"https://doi.org/{source.doi}" if source.doi and source.checked != "no" else ""
        anchor = Text(f' <a href="{plain(link).html}">doi:{plain(source.doi or "").html}</a>') if link else Text()
        sign = "\ue000"  # stands for the source until the sentence around it is known
        before, _, after = self.words.gettext("Source: %(sources)s", sources=sign).partition(sign)
        return (plain(before) + Text(" ") + plain(printed) + anchor + plain(after)).within("p")


@dataclass(frozen=True)
class Bank:
    """The questions that are exported, in reading order."""

    #: What the course is called, and the language that it speaks.
    title: str
    language: str
    items: tuple[Item, ...]

    def by_module(self) -> Iterator[tuple[Module, list[Item]]]:
        """The questions of each module that has some."""
        for _, group in groupby(self.items, key=lambda item: item.module.id):
            items = list(group)
            yield items[0].module, items


def bank_of(title: str, curriculum: Curriculum, modules: Sequence[str], voice: Voice, address: str) -> Bank:
    """Every question of the modules. `address` is where the site stands, or empty."""
    items = [
        Item(module, question, Standalone(voice.prose, module, address), voice.words, curriculum.sources)
        for module in (curriculum.modules[name] for name in modules)
        for question in asked(module)
    ]
    return Bank(title, curriculum.language, tuple(items))


def asked(module: Module) -> tuple[Question, ...]:
    """Every question of a module, the one on confidence first."""
    return (*([module.outline.confidence] if module.outline.confidence else []), *module.questions)


def unready(modules: Sequence[str], curriculum: Curriculum, ready: Curriculum) -> Iterator[LeftOut]:
    """The questions of modules that are not in the curriculum as it is `ready` for learners."""
    for module in (curriculum.modules[name] for name in modules):
        there = {question.id for question in asked(ready.modules[module.id])} if module.id in ready.modules else set()
        for question in asked(module):
            if question.id not in there:
                yield LeftOut(
                    QUESTION, "it belongs to a draft, which learners do not get", question.place(), question.id
                )


def each(
    items: Sequence[Item], write: Callable[[Item, Lose], Written]
) -> tuple[list[tuple[Item, Written]], list[LeftOut]]:
    """What a format has for each question that it can take, and what it had to leave out."""
    made: list[tuple[Item, Written]] = []
    left: list[LeftOut] = []
    names = set[str]()
    for item in items:
        lost: list[LeftOut] = []

        def lose(what: str, reason: str, item: Item = item, lost: list[LeftOut] = lost) -> None:
            lost.append(LeftOut(what, reason, item.place, item.question.id))

        try:
            if item.id in names:
                raise Unfit("another question of its module has the same id")  # noqa: TRY301  # as what is called here does
            names.add(item.id)
            _finished(item)
            written = write(item, lose)
        except Unfit as unfit:
            left.append(LeftOut(QUESTION, unfit.reason, item.place, item.question.id))
            continue
        if item.prose.dropped:
            lose("links into the site", NO_ADDRESS)
        made.append((item, written))
        left += dict.fromkeys(lost)  # the same may be lost several times
    return made, left


def _finished(item: Item) -> None:
    if is_unfinished(item.question.model_dump_json()):
        raise Unfit("it is not finished: (write here: …) stands in it")


def right_one(shape: Choose) -> None:
    """Raises `Unfit` where nothing that can be chosen is right."""
    if not any(pick.credit == 1 for pick in shape.picks):
        raise Unfit("no option of it is right")


def shares(shape: Choose) -> dict[str, float]:
    """What each option is worth, in per cent. Of several each right one has its share, and each wrong one takes one away."""
    if not shape.several:
        return {pick.id: 100 * pick.credit for pick in shape.picks}
    share = 100 / max(1, sum(pick.credit == 1 for pick in shape.picks))
    return {pick.id: share if pick.credit == 1 else -share for pick in shape.picks}


def per_cent(worth: float) -> str:
    """A share as banks write it: `33.33333`."""
    return f"{worth:.5f}".rstrip("0").rstrip(".")
