"""GIFT, the text format of Moodle: questions with an empty line between them.

The format is described at https://docs.moodle.org/en/GIFT_format. Where people write it otherwise than Moodle reads it,
and what they mean is plain, it is imported with a note; where it is not plain, it is not imported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from alongside.files.problems import Problem, cut, quoted
from alongside.importers import to_markdown
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
    matched,
    numbered,
    open_ended,
    true_or_false,
    written,
)
from alongside.importers.html_to_markdown import KNOWN, TAG
from alongside.texts.gift_signs import MEANT, as_printed, hidden

COMMENT = re.compile(r"^\s*//")
CATEGORY = re.compile(r"^\s*\$CATEGORY:\s*(.*?)\s*$")
NAME = re.compile(r"\s*::(.*?)::", re.DOTALL)
FORM = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
WORTH = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
#: What looks like a weight and is none.
NO_WORTH = re.compile(r"\s*%\s*[-+]?\d[\d.,\s]*%")
TRUTH = re.compile(r"(T|TRUE|F|FALSE)\s*(?:#([^#]*))?(?:#(.*))?", re.IGNORECASE | re.DOTALL)
ANSWER = re.compile(r"([=~])([^=~]*)")
NUMBER = re.compile(r"[-+]?(?:\d+(?:[.,]\d+)?|[.,]\d+)(?:[eE][+-]?\d+)?")
#: A number in whose place others are right too, and one that may be off by so much.
RANGE, AROUND = re.compile(r"(.*?)\.\.(.*)", re.DOTALL), re.compile(r"([^:]*)(?::(.*))?", re.DOTALL)
#: A tag or an entity that was cut at a sign of GIFT.
CUT_TAG, CUT_ENTITY = re.compile(r"</?([a-zA-Z][\w-]*)(?=\s)[^<>]*$"), re.compile(r"&$")
#: A gap that is drawn, and what holds such signs without being one.
DRAWN, CODED = (
    re.compile(r"(?:(?<=[\s>“(])|^)_{3,}(?=[\s<.,;:?!”)]|$)"),
    re.compile(r"<(?:pre|code)\b|`", re.IGNORECASE),
)
#: How a question begins that follows another without an empty line, and answers that are surely some.
BEGINNING, ANSWERED = (
    re.compile(r"\s*(?:::|[^\W_a-z]|[\[<“‘\"¿¡])"),
    re.compile(r"^\s*(?:[=~#]|\}|(?:T|F|TRUE|FALSE)\b)"),
)
PUNCTUATION = re.compile(r"[.,;:!?…]+")

FORMS = {
    "html": to_markdown.html,
    "moodle": to_markdown.guessed,
    "plain": to_markdown.plain,
    "markdown": to_markdown.markdown,
}


@dataclass
class _Chunk:
    """Lines of a bank between empty ones, without remarks."""

    line: int
    category: str
    #: What is said in remarks above it and in it.
    remarks: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def drafts(text: str, file: str) -> Iterator[Draft | Refused | Left | Problem]:
    """The questions of a bank, and what is wrong with those that cannot be read."""
    descriptions: list[str] = []
    for chunk in _parted(_joined(_chunks(text))):
        remarks = [f"Category: {chunk.category}"] if chunk.category else []
        remarks += chunk.remarks
        if not chunk.lines:
            yield Left(remarks)
            continue
        try:
            question = _Question(chunk)
            if question.is_description:
                descriptions.append(question.description())
                yield from question.described(file, remarks)
                continue
            draft = question.draft()
        except Unusable as unusable:
            yield refused(file, chunk.line, unusable, chunk.text, [*remarks, *_words_of(descriptions)])
            descriptions = []
            continue
        draft.remarks = [*remarks, *draft.remarks]
        draft.described = "\n\n".join(filter(None, descriptions))
        descriptions = []
        yield draft
    if descriptions:
        yield Left(_words_of(descriptions))


def _words_of(descriptions: Sequence[str]) -> list[str]:
    return [f"Description: {words}" for words in descriptions]


# ------------------------------------------------------------------- the lines


def _chunks(text: str) -> Iterator[_Chunk]:
    """The pieces of a bank between empty lines, and at its end what remains of remarks."""
    category, remarks = "", list[str]()
    chunk = _Chunk(0, "")
    for number, line in enumerate([*text.split("\n"), ""], 1):
        named = CATEGORY.match(line)
        if chunk.lines and (named or not line.strip()):
            yield chunk
            chunk = _Chunk(0, "")
        if named:
            category = named.group(1)
        elif COMMENT.match(line):
            (chunk.remarks if chunk.lines else remarks).append(line.strip().lstrip("/").strip())
        elif line.strip():
            if not chunk.lines:
                chunk, remarks = _Chunk(number, category, [one for one in remarks if re.search(r"\w", one)]), []
            chunk.lines.append(line)
    remarks = [one for one in remarks if re.search(r"\w", one)]
    if remarks:
        yield _Chunk(0, "", remarks)


def _joined(chunks: Iterator[_Chunk]) -> Iterator[_Chunk]:
    """The pieces, with those put together that an empty line inside the answers has cut apart."""
    found = list(chunks)
    at = 0
    while at < len(found):
        chunk, last = found[at], _end_of_answers(found, at)
        for more in found[at + 1 : last + 1]:
            chunk.lines += ["", *more.lines]
            chunk.remarks += more.remarks
        if last > at:
            chunk.losses.append("there is an empty line inside the answers, where GIFT allows none")
        yield chunk
        at = last + 1


def _end_of_answers(chunks: Sequence[_Chunk], at: int) -> int:
    """The place of the piece in which the answers that are open in this one end; this one where they end here or nowhere."""
    if not _opens(chunks[at].text):
        return at
    for index in range(at + 1, len(chunks)):
        text = hidden(chunks[index].text)
        closing, opening = text.find("}"), text.find("{")
        if closing >= 0 and (opening < 0 or closing < opening):
            return index
        if opening >= 0 or not chunks[index].lines:
            break
    return at


def _opens(text: str) -> bool:
    seen = hidden(text)
    return "{" in seen and "}" not in seen[seen.rindex("{") :]


def _parted(chunks: Iterator[_Chunk]) -> Iterator[_Chunk]:
    """The pieces, with those cut in two where a question follows the last without an empty line between them."""
    for chunk in chunks:
        starts = _starts(chunk.lines)
        for start, end in zip(starts, [*starts[1:], len(chunk.lines)], strict=True):
            part = _Chunk(chunk.line + start, chunk.category, [], chunk.lines[start:end], list(chunk.losses))
            if start:
                part.losses.append("there is no empty line before this question, where GIFT asks for one")
            else:
                part.remarks = chunk.remarks
            yield part


def _starts(lines: Sequence[str]) -> list[int]:
    """The lines at which a question begins: the first, and those after one that ends with `}` where answers follow again."""
    seen = [hidden(line) for line in lines]
    last = max((index for index, line in enumerate(seen) if "{" in line), default=-1)
    ends = [index for index, line in enumerate(seen[:-1]) if line.rstrip().endswith("}") and index < last]
    return [
        0,
        *(
            index + 1
            for index in ends
            if BEGINNING.match(seen[index + 1]) and ANSWERED.search(_last_block(seen, index))
        ),
    ]


def _last_block(lines: Sequence[str], index: int) -> str:
    """What stands in the brackets that end with a line, from the line on in which they begin."""
    start = index
    while start > 0 and "{" not in lines[start]:
        start -= 1
    return "\n".join(lines[start : index + 1]).rpartition("{")[2]


# ------------------------------------------------------------------ a question


@dataclass
class _Parts:
    """A question cut at its braces."""

    before: str
    #: What stands in the braces, without the general feedback.
    block: str
    after: str
    general: str


class _Question:
    """One question of a bank on its way to a draft."""

    def __init__(self, chunk: _Chunk) -> None:
        text = hidden(chunk.text)
        name = NAME.match(text)
        self._draft = Draft(chunk.line, "choice", name=as_printed(name.group(1)).strip() if name else "")
        self._draft.source = chunk.text
        self._draft.losses = list(chunk.losses)
        if self._draft.name:
            self._draft.remarks.append(f"Name in the bank: {to_markdown.one_line(self._draft.name)}")
        text = text[name.end() :] if name else text
        form = FORM.match(text)
        self._form = form.group(1).lower() if form else "moodle"
        self._text = text[form.end() :] if form else text
        #: Whether there is nothing to answer, so that it says something of what follows.
        self.is_description = "{" not in self._text and "}" not in self._text

    def description(self) -> str:
        """The words of a description in Markdown."""
        return self._words(self._text)

    def described(self, file: str, remarks: list[str]) -> Iterator[Left | Problem]:
        """What is said of a description."""
        draft = self._draft
        losses = list(dict.fromkeys(draft.losses))
        yield Left([*remarks, *draft.remarks], draft.source if losses else "")
        yield noted(
            file,
            draft.line,
            f"this has no answers, so it is taken for a description and kept as one: {quoted(draft.source)}",
            "answers in curly brackets, {=right ~wrong}, if it is a question",
        )
        yield from (noted(file, draft.line, loss) for loss in losses)

    def draft(self) -> Draft:
        """The question as a draft. Raises `Unusable` where it is none of those that we can have."""
        parts, draft = _cut(self._text), self._draft
        truth = TRUTH.fullmatch(parts.block)
        if not parts.block:
            self._ask(parts)
            open_ended(draft)
        elif parts.block.startswith("#"):
            self._ask(parts)
            self._number(parts.block[1:])
        elif truth:
            self._ask(parts)
            wrong, right = (self._line(truth.group(index) or "") for index in (2, 3))
            true_or_false(draft, true=truth.group(1).upper().startswith("T"), if_right=right, if_wrong=wrong)
        else:
            self._answers(parts)
        draft.rationale = self._words(parts.general)
        draft.name = draft.name or to_markdown.words_only(draft.prompt)
        return draft

    def _ask(self, parts: _Parts, gap: str = "") -> bool:
        """Takes the text around the answers, with `gap` where they stand inside it; whether they do."""
        before, after = parts.before.rstrip(), parts.after
        closing = bool(PUNCTUATION.fullmatch(after.strip()))
        inside = closing or bool(re.search(r"\w", re.sub(r"<[^<>]*>", "", after)))
        if closing and re.search(r"[?.!:](?:</\w+>)*$", before):
            inside, after = False, ""  # a full stop behind a whole sentence
        drawn = [] if CODED.search(before) else list(DRAWN.finditer(before))
        if gap and not inside and len(drawn) == 1:
            text, inside = f"{before[: drawn[0].start()]}{gap}{before[drawn[0].end() :]}{after}", True
        elif gap and inside:
            text = parts.before + gap + after
        else:
            text = before + (after.strip() if closing else _spaced(after))
        self._draft.prompt = self._words(text)
        if not inside and not parts.before.strip():
            raise Unusable("there is no question before the answers", "the question, then {=right ~wrong}")
        return inside

    def _words(self, text: str) -> str:
        """A text of the bank in Markdown, by the form that it names or the whole question does."""
        form = FORM.match(text)
        convert = FORMS[form.group(1).lower() if form else self._form]
        converted = convert(as_printed(text[form.end() :] if form else text).strip("\n"))
        self._draft.losses += converted.losses
        return converted.text

    def _line(self, text: str) -> str:
        """A text of the bank for a place that holds a sentence or two."""
        converted = to_markdown.as_line(self._words(text))
        self._draft.losses += converted.losses
        return converted.text

    def _plain(self, text: str) -> str:
        """A text of the bank as plain words, as it is compared or stands in a list."""
        form = FORM.match(text)
        shown = as_printed(text[form.end() :] if form else text).replace(MEANT, " ")
        if any(tag[2].lower() in KNOWN for tag in TAG.finditer(shown)):
            return to_markdown.words_only(self._line(text))
        return to_markdown.one_line(shown)

    # ------------------------------------------------------------- the answers

    def _answers(self, parts: _Parts) -> None:
        entries = [(mark, text) for mark, text in ANSWER.findall(parts.block)]
        if not entries:
            self._single(parts)
            return
        if not re.match(r"\s*[=~]", parts.block):
            raise Unusable("the answers start with neither = nor ~", "{=the right one ~another}")
        only_right = all(mark == "=" for mark, _ in entries)
        if only_right and any("->" in text for _, text in entries):
            self._ask(parts)
            self._pairs([text for _, text in entries])
        elif only_right:
            self._written(parts, [self._answer(mark, text, written=True) for mark, text in entries])
        else:
            self._choice(parts, entries)

    def _single(self, parts: _Parts) -> None:
        """One answer to write, which needs no sign before it."""
        if "->" in parts.block or re.search(r"[^\s?.!:>]$", parts.before):
            raise Unusable("the answers start with neither = nor ~", "{=line -> partner =line -> partner}")
        self._written(parts, [self._answer("=", parts.block, written=True)])

    def _choice(self, parts: _Parts, entries: Sequence[tuple[str, str]]) -> None:
        answers = [self._answer(mark, text) for mark, text in entries]
        if self._ask(parts, "…"):
            self._draft.frame = "Which words complete the sentence? “%prompt”"
        marked = sum(mark == "=" for mark, _ in entries)
        if marked > 1:
            self._draft.losses.append(
                "each of several answers is right by itself in GIFT; here all of them are to be chosen"
            )
        chosen(self._draft, answers, several={0: None, 1: False}.get(marked, True))

    def _answer(self, mark: str, text: str, *, written: bool = False) -> Answer:
        words, value, feedback = _weighed(mark, text)
        if not words.strip():
            raise Unusable("an answer of this question is empty", f"{mark}the answer")
        if words.strip() == ANYTHING:
            return Answer(ANYTHING, value, self._line(feedback))
        shown = self._plain(words) if written else self._line(words)
        if not shown.strip():
            raise Unusable(
                f"an answer holds marks of HTML and no words: {quoted(as_printed(words).strip())}",
                "&lt; and &gt; for the signs themselves",
            )
        return Answer(shown, value, self._line(feedback))

    def _written(self, parts: _Parts, answers: list[Answer]) -> None:
        right = [answer for answer in answers if answer.worth >= RIGHT and answer.text != ANYTHING]
        inside = self._ask(parts, chr(GAP))
        if not inside or not right:
            written(self._draft, answers)
            return
        if any("*" in answer.text.replace(r"\*", "") for answer in right):
            written(self._draft, answers)  # says why not
        if len(right) < len(answers):
            self._draft.losses.append(
                "what is said to answers that are not right was left out, since a gap has no room for it"
            )
        said = list(dict.fromkeys(answer.feedback for answer in right if answer.feedback))
        if len(said) > 1:
            self._draft.losses.append(
                "right answers have feedback of their own in the bank; here all have that of the first"
            )
        completed(self._draft, [Slot("word", tuple(answer.text for answer in right), said[0] if said else "")])

    def _pairs(self, entries: list[str]) -> None:
        if not all("->" in entry for entry in entries):
            raise Unusable("a line of this question has no partner", "=line -> partner")
        pairs = []
        for entry in entries:
            line, _, partner = entry.partition("->")
            name, sign, feedback = partner.partition("#")
            if sign:
                self._draft.losses.append(
                    "what stands behind # at a pair is taken for its feedback, which GIFT has none of"
                )
            pairs.append(Pairing(self._line(line), self._plain(name), self._line(feedback)))
        matched(self._draft, pairs)

    def _number(self, block: str) -> None:
        """A number to write, which may lie in a range."""
        right, tilde, wrong = block.partition("~")
        answers = []
        for number, value, feedback in (_weighed("=", entry) for entry in right.split("=") if entry.strip()):
            answers.append(Answer(_numbers(as_printed(number).strip()), value, self._line(feedback)))
        if tilde:
            words, _, feedback = wrong.partition("#")
            if words.strip(f" \n{ANYTHING}"):
                raise Unusable("a number that is wrong stands behind ~", "=%0%number#feedback")
            answers.append(Answer(ANYTHING, 0, self._line(feedback)))
        if not answers:
            raise Unusable("there is no number after #", "{#3}")
        numbered(self._draft, answers)


def _numbers(text: str) -> str:
    """A number as GIFT has it, with what is right around it, as the kind writes it. Raises `Unusable` where it is none."""
    if text in {"", ANYTHING}:
        return ANYTHING
    ends, around = RANGE.fullmatch(text), AROUND.fullmatch(text)
    assert around is not None, "it takes everything"
    first, second = (_plain_number(one.strip()) for one in (ends.groups() if ends else (around[1], around[2] or "0")))
    if ends:
        return as_numbers(*sorted((first, second)))
    return as_numbers(first, off=abs(second))


def _plain_number(text: str) -> Decimal:
    if not NUMBER.fullmatch(text):
        raise Unusable(f"{quoted(text)} is no number", "{#3}, {#3:0.5} or {#2.5..3.5}")
    return decimal(text)


def _spaced(after: str) -> str:
    return (
        after if not after or after[0].isspace() or PUNCTUATION.match(after) or after[0] in "<)]”’\"'-" else f" {after}"
    )


def _weighed(mark: str, text: str) -> tuple[str, float, str]:
    """The words of an answer, what it is worth, and its feedback."""
    worth = WORTH.match(text)
    if not worth and NO_WORTH.match(text):
        raise Unusable(f"{quoted(cut(text.strip()))} begins with no weight that GIFT knows", "%50% or %33.33333%")
    words, sign, feedback = (text[worth.end() :] if worth else text).partition("#")
    tag = CUT_TAG.search(words)
    if tag and tag[1].lower() in KNOWN:
        raise Unusable(
            "an answer ends inside a tag of HTML, since a sign of GIFT stands in it", r"\=, \#, \: and \~ inside tags"
        )
    if sign and CUT_ENTITY.search(words) and re.match(r"x?[0-9a-fA-F]+;", feedback):
        raise Unusable("an answer ends inside a character that is written as a number", r"&\#39; for &#39;")
    return words, float(worth.group(1)) if worth else float(RIGHT * (mark == "=")), feedback


def _cut(text: str) -> _Parts:
    before, brace, rest = text.partition("{")
    if not brace:
        raise Unusable("these answers have no beginning", "{ before the first answer")
    block, brace, after = rest.partition("}")
    if not brace:
        raise Unusable("the answers have no end", "} after the last answer, and no empty line between them")
    if "{" in after or "{" in block or "}" in after or "}" in before:
        raise Unusable(
            "there are two blocks of answers, or a bracket that belongs to the text",
            r"\{ and \} for brackets in the text",
        )
    answers, sign, general = block.rpartition("####")
    if not sign:
        answers, general = block, ""
    return _Parts(before, answers.strip(), after.rstrip(), general.strip())
