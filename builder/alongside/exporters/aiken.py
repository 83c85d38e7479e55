"""Aiken, the plainest format that learning platforms read: a question, lettered answers, the letter of the right one.

The format is described at https://docs.moodle.org/en/Aiken_format. It has one line for each text, no marks and no feedback.
"""

from __future__ import annotations

import re
from string import ascii_uppercase

from alongside.exporters.bank import Bank, Item, Lose, each
from alongside.exporters.left_out import DIRECTION, LeftOut, Unfit
from alongside.exporters.standalone import Text, plain
from alongside.model.questions.interaction import Choose, Pick, Write

#: What would be taken for an answer or the key at the beginning of a line.
TAKEN = re.compile(r"[A-Z][.)](?:\s|$)|ANSWER:")
#: What loses its meaning in one line of plain words.
NEEDS_ROOM = re.compile(r"<(pre|table|ul|ol|img)\b")
ROOM_FOR = {"pre": "code", "table": "a table", "ul": "a list", "ol": "a list", "img": "a picture"}
DRAWN = "_____"
SHAPE = re.compile(r"\A[^\n]+\nA\. [^\n]+\nB\. [^\n]+\n(?:[A-Z]\. [^\n]+\n)*ANSWER: [A-Z]\n(?:\n|\Z)")


def write(bank: Bank) -> tuple[bytes, int, list[LeftOut]]:
    """The file, how many questions it holds, and what was left out."""
    made, left = each(bank.items, _question)
    return "\n".join(question for _, question in made).encode(), len(made), left


def is_ours(content: bytes) -> bool:
    """Whether a file looks like one that was written by us: the format has no room to say so."""
    return SHAPE.match(content.decode("utf-8", "replace")) is not None


def _question(item: Item, lose: Lose) -> str:
    asked, picks = _one_of(item)
    right = [index for index, (pick, _) in enumerate(picks) if pick.credit == 1]
    if len(right) != 1 or any(0 < pick.credit < 1 for pick, _ in picks):
        raise Unfit("Aiken has one right answer, and all others are wrong")
    lose("feedback, hints and tags", "Aiken has no room for them")
    if item.backwards:
        lose(DIRECTION, "Aiken has only plain words")
    shape = item.question.shape
    if not item.question.shuffle or (isinstance(shape, Choose) and shape.ordered):
        lose("the order of options", "Aiken cannot say that they are not to be mixed")
    lines = [_line(asked), *(f"{ascii_uppercase[index]}. {_line(text)}" for index, (_, text) in enumerate(picks))]
    if TAKEN.match(lines[0]):
        raise Unfit("it begins like an answer of Aiken")
    return "\n".join([*lines, f"ANSWER: {ascii_uppercase[right[0]]}"]) + "\n"


def _one_of(item: Item) -> tuple[Text, list[tuple[Pick, Text]]]:
    """What is asked, and what one is to choose from."""
    shape = item.question.shape
    if isinstance(shape, Choose) and not shape.several:
        return item.asked(), [(pick, item.prose.line(pick.text)) for pick in item.shown()]
    if isinstance(shape, Write) and shape.text and len(shape.gaps) == 1 and shape.blanks[0].picks:
        picks = [(pick, plain(pick.text)) for pick in item.shown_in(shape.blanks[0])]
        return item.asked_with(lambda _: Text(DRAWN)), picks
    raise Unfit("Aiken knows only questions with one right answer to choose")


def _line(text: Text) -> str:
    room = NEEDS_ROOM.search(text.html)
    if room:
        raise Unfit(f"{ROOM_FOR[room[1]]} stands in it, and Aiken has one line of plain words for each text")
    if not text.plain:
        raise Unfit("a text of it has no words")
    return text.plain
