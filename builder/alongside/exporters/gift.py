"""GIFT, a text format that Moodle and many other systems read.

The format is described at https://docs.moodle.org/en/GIFT_format. Our own importer reads what is written here.
"""

from __future__ import annotations

from collections.abc import Iterator

from alongside.exporters.bank import Bank, Item, Lose, each, per_cent, right_one, shares
from alongside.exporters.left_out import LeftOut, Unfit
from alongside.exporters.moodle_xml import category
from alongside.exporters.standalone import NOT_XML, Text, plain
from alongside.model.questions.interaction import Blank, Calculate, Choose, Match, Order, Pick, Reflect, Span, Write
from alongside.model.questions.numerals import digits
from alongside.texts.gift_signs import written

MARK = "// Written by alongside export gift, which replaces this file."
#: What stands in a text where a gap is.
DRAWN = "_____"
#: What stands between a line and its partner.
PARTNER = "->"


def write(bank: Bank) -> tuple[bytes, int, list[LeftOut]]:
    """The file, how many questions it holds, and what was left out."""
    blocks, left, count = [MARK], list[LeftOut](), 0
    for module, items in bank.by_module():
        made, lost = each(items, _question)
        left += lost
        count += len(made)
        if made:
            blocks.append(f"$CATEGORY: {category(bank.title, module.title)}")
            blocks += [question for _, question in made]
    return ("\n\n".join(blocks) + "\n").encode(), count, left


def is_ours(content: bytes) -> bool:
    """Whether such a file was written by us."""
    return content.startswith(MARK.encode())


def _question(item: Item, lose: Lose) -> str:
    asked, answers = _asked_and_answers(item, lose)
    if item.question.hints:
        lose("hints", "GIFT has no room for them")
    general = item.explained() if isinstance(item.question.shape, Choose) else item.solved()
    lines = [*answers, f"####{_html(item, general)}"] if general else list(answers)
    inside = "".join(f"\n\t{line}" for line in lines) + "\n" if lines else ""
    tags = " ".join(f"[tag:{tag}]" for tag in item.tags)
    return f"// [id:{item.id}] {tags}\n::{written(item.question.id)}::[html]{_html(item, asked)}{{{inside}}}"


def _asked_and_answers(item: Item, lose: Lose) -> tuple[Text, list[str]]:
    shape = item.question.shape
    if isinstance(shape, Choose):
        return item.asked(), list(_choices(item, shape, lose))
    if isinstance(shape, Order):
        numbers = plain(item.words.gettext("Give each line its number in the right order.")).within("p")
        return item.asked() + numbers, list(_places(item, shape))
    if isinstance(shape, Match):
        return item.asked(), list(_pairs(item, shape))
    if isinstance(shape, Write):
        return _write(item, shape)
    if isinstance(shape, Calculate):
        return item.asked_in_units(), ["#", *_numbers(item, shape)]
    if isinstance(shape, Reflect):
        return item.asked(), []
    raise Unfit("it asks learners to place themselves on a scale, and GIFT wants an answer that is right")


def _choices(item: Item, shape: Choose, lose: Lose) -> Iterator[str]:
    right_one(shape)
    if shape.ordered or not item.question.shuffle:
        lose("the order of options", "GIFT cannot say that they are not to be mixed")
    yield from _weighed(item, item.shown(), shares(shape), several=shape.several)


def _weighed(item: Item, picks: list[Pick], worth: dict[str, float], *, several: bool) -> Iterator[str]:
    """Answers to choose from. Only one has the sign for the right one: with more, some take all of them to be asked for."""
    marked = False
    for pick in picks:
        share = worth[pick.id]
        first = share == 100 and not several and not marked  # noqa: PLR2004  # per cent
        marked = marked or first
        sign = "=" if first else f"~%{per_cent(share)}%" if share else "~"
        yield f"{sign}{_html(item, item.prose.line(pick.text))}#{_html(item, item.feedback(pick))}"


def _places(item: Item, shape: Order) -> Iterator[str]:
    number = {pick.id: place for place, pick in enumerate(shape.picks, 1)}
    for pick in item.shown():
        yield f"={_html(item, item.prose.line(pick.text))} {PARTNER} {number[pick.id]}"


def _pairs(item: Item, shape: Match) -> Iterator[str]:
    targets, key = {pick.id: pick.text for pick in shape.targets}, dict(shape.key)
    for pick in shape.prompts:
        yield f"={_html(item, item.prose.line(pick.text))} {PARTNER} {_words(targets[key[pick.id]])}"
    for pick in shape.targets:
        if pick.id not in key.values():
            yield f"= {PARTNER} {_words(pick.text)}"


def _write(item: Item, shape: Write) -> tuple[Text, list[str]]:
    if len(shape.blanks) != 1 or len(shape.gaps) > 1:
        raise Unfit("it has several gaps, and a question of GIFT has one")
    blank = shape.blanks[0]
    asked = item.asked() if shape.text is None else item.asked_with(lambda _: Text(DRAWN))
    if not blank.picks:
        return asked, list(_typed(item, blank))
    if not any(pick.credit == 1 for pick in blank.picks):
        raise Unfit(f"no word to pick for the gap {blank.name} is right")
    worth = {pick.id: 100 * pick.credit for pick in blank.picks}
    plain_picks = [(pick, plain(pick.text)) for pick in item.shown_in(blank)]
    return asked, [
        f"{'=' if worth[pick.id] else '~'}{_html(item, text)}#{_html(item, item.prose.line(pick.feedback))}"
        for pick, text in plain_picks
    ]


def _typed(item: Item, blank: Blank) -> Iterator[str]:
    """Words to write. A star alone stands for any letters, and what looks like a weight stands behind one."""
    for text in blank.accept:
        yield f"={'%100%' if text.startswith('%') else ''}{_literal(text)}#{_html(item, item.prose.line(blank.feedback))}"
    for near in blank.near:
        for text in near.accept:
            yield f"=%0%{_literal(text)}#{_html(item, item.prose.line(near.feedback))}"
    if blank.otherwise:
        yield f"=%0%*#{_html(item, item.prose.line(blank.otherwise))}"


def _numbers(item: Item, shape: Calculate) -> Iterator[str]:
    """Numbers to write, behind a sign that says so. What is said to any other stands behind a tilde, at the end."""
    for span in shape.spans:
        yield f"={_span(span)}#{_html(item, item.prose.line(shape.feedback))}"
    for slip in shape.slips:
        for span in slip.spans:
            yield f"=%0%{_span(span)}#{_html(item, item.prose.line(slip.feedback))}"
    yield f"~#{_html(item, item.prose.line(shape.otherwise))}"


def _span(span: Span) -> str:
    if span.middle is not None:
        return f"{digits(span.middle)}:{digits(span.high - span.middle)}"
    return digits(span.low) if span.low == span.high else f"{digits(span.low)}..{digits(span.high)}"


def _literal(text: str) -> str:
    if PARTNER in text:
        raise Unfit(f"{PARTNER} stands in an answer, which GIFT takes for a line and its partner")
    if text.startswith("["):
        raise Unfit("an answer begins with a square bracket, in which GIFT expects the form of a text")
    return _words(text.replace("*", r"\*"))


def _words(text: str) -> str:
    """Words that are no HTML, in one line."""
    return written(" ".join(NOT_XML.sub("", text).split()))


def _html(item: Item, text: Text) -> str:
    """HTML in one line. A sign that means something at the beginning of a text is written as a number there."""
    if text.pictures:
        raise Unfit("it shows a picture, and a file of GIFT holds only text")
    html = text.towards(item.words.direction).html
    if html[:1] in {"[", "%", "*"}:
        html = f"&#{ord(html[0])};{html[1:]}"
    return written(html)
