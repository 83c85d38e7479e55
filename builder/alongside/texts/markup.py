"""What rules see in prose: its links, terms, citations, slots, headings, and the words that a reader sees.

All of it comes from the reader that pages are made from (`passages.py`), with offsets into the text as it was written, so
that a finding can point at the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from alongside.texts.blocks import Block
from alongside.texts.inlines import Inline
from alongside.texts.passages import Form, Passage, read
from alongside.texts.signs import FORMS

#: Signs that are pictures, as part of a pattern.
EMOJI = "[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55]"


@dataclass(frozen=True, slots=True)
class MarkupLink:
    """A link or picture: its words, where it leads, and where in the text it starts."""

    words: str
    target: str
    start: int
    image: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A name that a text uses for something that stands elsewhere."""

    name: str
    start: int
    #: What a reader sees instead of the name, where the author chose it.
    shown: str = ""


def links(text: str, form: Form = "block") -> tuple[MarkupLink, ...]:
    """Every link and picture that a page shows, and every address that is kept for one."""
    if "](" not in text and "]:" not in text and "<" not in text:
        return ()
    return _links(text, form)


@lru_cache(maxsize=2048)
def _links(text: str, form: Form) -> tuple[MarkupLink, ...]:
    passage = read(text, form)
    found = [
        MarkupLink(shown(piece.inside), piece.target, piece.start, piece.kind == "picture")
        for piece in passage.pieces()
        if piece.kind in {"link", "picture"}
    ]
    unused = {definition.address for definition in passage.definitions.values()} - {link.target for link in found}
    found += [
        MarkupLink("", definition.address, definition.start)
        for definition in passage.definitions.values()
        if definition.address in unused
    ]
    found += _meant(text, form)
    return tuple(sorted(found, key=lambda link: link.start))


#: What is written like a picture. Its address may have blanks, which no address has: it is then shown as it is written.
MEANT = re.compile(r"!\[([^\[\]\n]*)\]\((?:([^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)|([^)\n]*)\))")
#: What follows the address of a picture and is shown when a mouse rests on it.
TITLE = re.compile(r"""\s+(?:"[^"]*"|'[^']*')\s*$""")


def _meant(text: str, form: Form) -> Iterator[MarkupLink]:
    """What is meant for a picture and is none, so that rules can say what its file is to be called."""
    if "![" in text and form != "none":
        for match in MEANT.finditer(without_marks(text, form)):
            yield MarkupLink(match[1], TITLE.sub("", match[2] or match[3] or "").strip(), match.start(), image=True)


def shown(pieces: list[Inline]) -> str:
    """The words of pieces of a line, without any mark."""
    return "".join(
        shown(piece.inside) if piece.inside else " " if piece.kind == "break" else piece.text for piece in pieces
    )


def terms(text: str, form: Form = "block") -> Iterator[Mention]:
    """The glossary terms that a text links to: `[[term]]` and `[[term|other words]]`."""
    return _mentions("term", text, form) if "[[" in text else iter(())


def citations(text: str, form: Form = "block") -> Iterator[Mention]:
    """The sources that a text cites: `[@source]`."""
    return _mentions("citation", text, form) if "[@" in text else iter(())


def slots(text: str, form: Form = "block") -> Iterator[Mention]:
    """The local facts that a text uses: `{{ name }}`."""
    return _mentions("slot", text, form) if "{{" in text else iter(())


def _mentions(kind: str, text: str, form: Form) -> Iterator[Mention]:
    for piece in read(text, form).pieces():
        if piece.kind == kind:
            yield Mention(piece.text, piece.start, shown(piece.inside))


def languages(text: str, form: Form = "block") -> Iterator[Mention]:
    """The languages of which a text has words: `[words]{lang=cy}`."""
    if "{lang" in text:
        for piece in read(text, form).pieces():
            if piece.kind == "spoken":
                yield Mention(piece.target, piece.start, shown(piece.inside))


def without_languages(text: str, form: Form = "block") -> str:
    """The text with words that say which language they are replaced by as many spaces."""
    if "{lang" not in text:
        return text
    return _blanked(text, [(piece.start, piece.end) for piece in read(text, form).pieces() if piece.kind == "spoken"])


def malformed(text: str, form: Form = "block") -> Iterator[tuple[int, str]]:
    """Where something looks like a sign of our own and is none, and how that sign is written."""
    places = set(read(text, form).malformed)
    masked = without_marks(text, form) if "]]" in text or "}}" in text else ""
    places.update(match.start() for match in CLOSED_ONLY.finditer(masked))
    for start in sorted(places):
        sign = next((sign for sign in FORMS if text.startswith(sign, start)), "")
        yield start, FORMS[sign or ("{lang" if "]{lang" in text[start:] else text[start] * 2)]


@lru_cache(maxsize=2048)
def without_marks(text: str, form: Form = "block") -> str:
    """The text with everything that has a meaning replaced by as many spaces: what is left is shown as it is written."""
    passage = read(text, form)
    kept, at = [], 0
    for piece in sorted((p for p in passage.pieces() if p.kind == "words"), key=lambda p: p.start):
        written = text[piece.start : piece.end]
        kept += [NO_LINE_END.sub(" ", text[at : piece.start]), written if written == piece.text else " " * len(written)]
        at = piece.end
    return "".join([*kept, NO_LINE_END.sub(" ", text[at:])])


@lru_cache(maxsize=2048)
def without_code(text: str, form: Form = "block") -> str:
    """The text with code replaced by as many spaces, so that offsets stay right."""
    if "`" not in text and "~~~" not in text and "    " not in text and "\t" not in text:
        return text
    passage = read(text, form)
    code = [(piece.start, piece.end) for piece in passage.pieces() if piece.kind == "code"]
    code += [extent(text, block) for block in passage.whole.walk() if block.kind == "code"]
    return _blanked(text, sorted(code))


def _blanked(text: str, hidden: list[tuple[int, int]]) -> str:
    """The text with pieces of it replaced by as many spaces."""
    kept, at = [], 0
    for start, end in hidden:
        kept += [text[at:start], NO_LINE_END.sub(" ", text[max(at, start) : end])]
        at = max(at, end)
    return "".join([*kept, text[at:]])


def blank(match: re.Match[str]) -> str:
    """As many spaces as the match is long, so that offsets stay right."""
    return " " * len(match.group())


NO_LINE_END = re.compile(r"[^\n]")

# --------------------------------------------------------------------- blocks

#: Signs that belong to the letter before them: accents that stand apart, and vowels and tones of scripts that write them so.
#: For a class of characters; `\\w` has none of them.
MARKS_OF_WORDS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u06df-\u06e8\u06ea-\u06ed\u0900-\u0963\u0971-\u0df3\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ece\u0f71-\u0f84"
    "\u0f90-\u0fbc\u102b-\u103e\u1056-\u1059\u105e-\u109d\u17b4-\u17d3\u3099\u309a"
)
WORD = re.compile(rf"[^\W_][\w’'{MARKS_OF_WORDS}-]*")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, paragraph, table or piece of code, or a paragraph in a list or quotation."""

    kind: Literal["heading", "paragraph", "item", "quote", "table", "code"]
    #: As written, without the marks of a heading.
    text: str
    #: Offset of `text` in the whole; of a heading, of its marks.
    start: int
    #: Of a heading: 1 to 6.
    level: int = 0
    #: Of a table: the words of each cell of its first row, which name the columns.
    columns: tuple[str, ...] = ()


@lru_cache(maxsize=2048)
def parts(text: str, form: Form = "block") -> tuple[Part, ...]:
    """The parts of a text in order, whatever they stand in."""
    return tuple(_parts(text, read(text, form).whole, "paragraph"))


def _parts(text: str, outer: Block, kind: Literal["paragraph", "item", "quote"]) -> Iterator[Part]:
    for block in outer.inside:
        if block.kind == "heading":
            words = "\n".join(span.text for span in block.spans).strip()
            yield Part("heading", words, block.start, block.level)
        elif block.kind in {"paragraph", "table", "code"}:
            start, end = extent(text, block)
            yield Part(kind if block.kind == "paragraph" else block.kind, text[start:end], start)
        elif block.kind != "rule":
            yield from _parts(text, block, block.kind if block.kind in {"item", "quote"} else kind)


def extent(text: str, block: Block) -> tuple[int, int]:
    """Where a block starts and ends: its words, or the lines that it takes up."""
    if block.kind == "paragraph":
        return block.spans[0].start, block.spans[-1].start + len(block.spans[-1].text)
    end = text.find("\n", block.start)
    for _ in range(block.last - block.first):
        end = text.find("\n", end + 1) if end >= 0 else end
    return block.start, end if end >= 0 else len(text)


def captions(text: str) -> Iterator[tuple[Part, str]]:
    """Each table with the words of the line `Table: …` before it, or nothing."""
    for block in read(text).whole.walk():
        for before, table in zip([None, *block.inside], block.inside, strict=False):
            if table.kind == "table":
                start, end = extent(text, table)
                words = "\n".join(span.text for span in before.spans) if before and is_caption(before) else ""
                columns = tuple("".join(span.text for span in cell).strip() for cell in table.rows[0])
                yield Part("table", text[start:end], start, columns=columns), words.removeprefix(CAPTION).strip()


#: Signs of our own that were opened with one bracket and closed with two.
CLOSED_ONLY = re.compile(r"(?<![\[\w])\[[a-z0-9-]+(?:\|[^\[\]|]*)?\]\]|(?<!\{)\{[ \t]*[a-z_]+(?:\.[a-z_]+)+[ \t]*\}\}")

#: What the paragraph before a table begins with that says what the table shows.
CAPTION = "Table:"


def is_caption(block: Block) -> bool:
    """Whether this is a paragraph that says what the table after it shows."""
    return block.kind == "paragraph" and block.spans[0].text.startswith(CAPTION)


# -------------------------------------------------------------- visible words

QUOTATION = re.compile(r"“[^“”]*”|\"[^\"]*\"|‘[^‘’\n]*’(?![^\W_])")
MARKS = re.compile(r"[\[\]*_#>|]")


@lru_cache(maxsize=4096)
def visible(text: str, form: Form = "block") -> str:
    """The words that a reader sees, at their offsets; everything else is spaces.

    Ids of glossary terms stand for their terms, and slots are replaced by one short word.
    """
    written = [*_written(read(text, form))]
    kept, at = [], 0
    for start, end, words in sorted(written):
        kept += [NO_LINE_END.sub(" ", text[at:start]), words.ljust(end - start)[: end - start]]
        at = end
    kept.append(NO_LINE_END.sub(" ", text[at:]))
    return MARKS.sub(" ", "".join(kept))


def _written(passage: Passage) -> Iterator[tuple[int, int, str]]:
    for piece in passage.pieces():
        if piece.kind == "words":
            yield piece.start, piece.end, piece.text
        elif piece.kind == "slot":
            yield piece.start, piece.end, "them"
        elif piece.kind == "term" and not piece.inside:
            yield piece.start + 2, piece.end - 2, piece.text


def starts_a_name(text: str, start: int) -> bool:
    """Whether the word here has a capital letter though no sentence starts with it."""
    before = text[max(0, start - 4) : start].rstrip(" ")
    return text[start].isupper() and bool(before) and before[-1] not in '.!?:“”"\n*#->|['


def without_quotations(words: str) -> str:
    """The text with what stands in quotation marks replaced by spaces."""
    return QUOTATION.sub(blank, words)


def words(text: str) -> list[str]:
    """The words of a text, with figures and without punctuation."""
    return WORD.findall(text)


def folded(text: str) -> str:
    """The words of a text, to tell whether two texts say the same but for capitals and punctuation."""
    return " ".join(words(text.casefold()))
