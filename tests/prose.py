"""Strategies that make prose: as people write it, with lists indented in every way, and as nobody would, sign by sign.

`written()` gives sound texts, `mixed()` any mix of signs, and `sentences()` any mix of those that stand within a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from hypothesis import strategies as st

Strategy = st.SearchStrategy[str]

WORDS = ("one", "two words", "“said”, she", "it’s a * b", "3.5 km", "5 < 6 & 7", "a_b_c", "naïve", "e.g. this.")
MARKED = (
    "*soft*", "**loud**", "_soft_", "__loud__", "***both***", "**a *b* c**", "`code`", "`` a ` b ``", "a\\*b", "&amp;", "a  \nb",
    "a\\\nb", "[a](https://e.org/)", "[b *c*](module:x 'title')", "[d](<https://e.org/f g>)", "![a [b]](media/a(1).png)",
    "[![a](media/b.png)](page:x)", "<https://e.org/>", "<a@e.org>", "[ref]", "[words][ref]", "\\[a](b)", "x`[a](b)`",
)  # fmt: skip
#: The signs of Markdown one by one.
BLOCK_SIGNS = (
    "- ", "  ", "    ", "> ", "* ", "+ ", "1. ", "2. ", "1) ", "10. ", "\t", " ", "   ", "# ", "## ", "#", "```\n", "~~~\n", "---\n",
    "===\n", "\n", "\n\n", "a", "b", "x y", "|a|b|\n", "|-|-|\n", "|:-|-:|\n", "a|b\n", "-|-\n", "`", "*", "**", "_", "[", "](u)",
    "![", "](", "\\", "<http://a>", "&amp;", "  \n", "\n- ", "\n  ", "\n    ", "é", "“", ".", "a\n", "- a\n", "  - b\n", "    c\n",
    "\n> ", "\n\n[x]: /u\n\n", "[x]",
)  # fmt: skip
LINE_SIGNS = (
    "*", "**", "_", "__", "***", "a", "b", " ", "`", "``", "[", "]", "](u)", "](<u v>)", "](u 't')", "![", "\\", "\\*", "&lt;",
    "<http://a>", "<a@b.c>", "\n", "  \n", "é", "“", ".", "(", ")", "|", "!", "[x]", "(c)", "{", "}", "'",
)  # fmt: skip


def written() -> Strategy:
    """Prose as people write it. Made from a number, since a strategy for each part takes a hundred times as long."""
    return st.integers(0, 2**32).map(lambda number: prose(Random(number)))  # noqa: S311  # nothing is kept secret by it


def prose(chance: Random) -> str:
    """A sound text."""
    return f"{_blocks(chance, 0)}\n\n[ref]: https://e.org/ref 'there'\n"


def _blocks(chance: Random, depth: int) -> str:
    """Blocks one after the other, with an empty line between or without."""
    made = [_block(chance, depth) for _ in range(chance.randint(1, 3))]
    return "".join(part + chance.choice(["\n\n", "\n\n", "\n"]) for part in made).rstrip("\n")


def _block(chance: Random, depth: int) -> str:
    if depth < 3 and chance.random() < 0.4:
        return _list(chance, depth) if chance.random() < 0.7 else _indented(_blocks(chance, depth + 1), "> ", "> ")
    return chance.choice(LEAVES)(chance)


def _line(chance: Random) -> str:
    return " ".join(chance.choice(WORDS + MARKED) for _ in range(chance.randint(1, 4)))


def _plain(chance: Random) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 3)))


def _list(chance: Random, depth: int) -> str:
    """A list whose inner lines are as far in as its words, or as its author thought right."""
    sign = chance.choice(["- ", "* ", "+ ", "-   ", "1. ", "1) ", "3. ", "10. "])
    indent = len(sign) if depth else chance.choice([len(sign), 2, 3, 4])
    items = [_blocks(chance, depth + 1) for _ in range(chance.randint(1, 3))]
    return chance.choice(["\n", "\n", "\n\n"]).join(_indented(item, sign, " " * indent) for item in items)


def _fence(chance: Random) -> str:
    mark = chance.choice(["```", "~~~", "````"])
    code = chance.choice(["x = 1", "if x:\n    print(1)", "[a](b)", "# no heading", "- no list", "\n\nx"])
    return f"{mark}{chance.choice(['', 'python', ' text'])}\n{code}\n{mark}"


def _table(chance: Random) -> str:
    columns = range(chance.randint(1, 3))
    rows = [" | ".join(_plain(chance) for _ in columns) for _ in range(chance.randint(1, 4))]
    head, *body = (f"| {row} |" for row in rows)
    return "\n".join([head, f"|{'|'.join(chance.choice(['---', ':--', '--:', ':-:']) for _ in columns)}|", *body])


def _indented(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *(rest + line if line else line for line in lines[1:])])


LEAVES: tuple[Callable[[Random], str], ...] = (
    _line,
    _line,
    lambda chance: f"{_line(chance)}\n{_line(chance)}",
    lambda chance: f"## {_plain(chance)}",
    lambda chance: f"### {_plain(chance)} ##",
    lambda chance: f"{_plain(chance)}\n---",
    lambda chance: "---",
    lambda chance: "    code\n      more",
    _fence,
    _table,
)


def mixed() -> Strategy:
    """Any mix of the signs of Markdown."""
    return st.lists(st.sampled_from(BLOCK_SIGNS), min_size=2, max_size=14).map("".join)


def sentences() -> Strategy:
    """Any mix of signs that stand within a line."""
    return st.lists(st.sampled_from(LINE_SIGNS), min_size=2, max_size=14).map("".join)


#: What looks like a sign of our own, which CommonMark does not know.
OURS = re.compile(r"\[\[|\[@|\{\{|\[\^|\{lang")
