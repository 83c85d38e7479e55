"""Words of a question bank as our Markdown: plain text letter by letter, HTML by what it means, Markdown of others as ours.

What Markdown has no sign for is left out or written otherwise, and is said in a sentence, so that the author can be told.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from alongside.files.problems import quoted
from alongside.importers.draft import Unusable
from alongside.importers.html_to_markdown import (
    ENTITY,
    KNOWN,
    TAG,
    Converted,
    HtmlConverter,
    decoded,
)
from alongside.importers.markdown_writing import (
    CITATION,
    SLOT,
    code_block,
    code_span,
    escaped,
    lines_escaped,
    link_target,
    picture_lost,
    picture_mark,
)
from alongside.texts.gift_signs import MEANT

#: Where code is put while the rest is converted: characters that stand in no text of a bank.
SET_ASIDE = 0xF5000
LAST_ASIDE = 0xFFFFD

#: A sign of code at the end of a line, and a line that is set in below one of these.
CODE_END, CODE_HEAD = re.compile(r"[;{}]\s*$"), re.compile(r"[:{(\[]\s*$")
CODE_SIGN = re.compile(r"[(){}=<>]")
LISTED = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)]|[A-Za-z][.)])\s")
INDENTED = 2

FENCE = re.compile(r"^([ \t]*)(`{3,}|~{3,})[ \t]*(.*)$")
#: What of the first line of a block of code our own reader knows.
LANGUAGE = re.compile(r"(?:\{?\s*\.?([\w#.+-]*))(.*)")
SPAN = re.compile(r"(?<!`)(`+)(?!`)([^\n]{1,2000}?)(?<!`)\1(?!`)")
HEADING = re.compile(r"^#{1,6}[ \t]+(\S[^\n]*?)[ \t]*#*$", re.MULTILINE)
UNDERLINED = re.compile(r"^(?![-*+>|#\d \t])(\S[^\n]*)\n(?:=+|-{3,})[ \t]*$", re.MULTILINE)
PICTURE = re.compile(r"""!\[([^\[\]]*+)\]\(\s*+<?([^()\s<>]*+)>?(?:\s++(?:"[^"\n]*+"|'[^'\n]*+'))?+\s*+\)""")
LINK = re.compile(
    r"""(?<![!\\])\[([^\[\]]*+)\]\(\s*+<?([^()\s<>]*+(?:\([^()\s<>]*+\)[^()\s<>]*+)*+)>?(?:\s++(?:"[^"\n]*+"|'[^'\n]*+'))?+\s*+\)"""
)
ATTRIBUTES = re.compile(r"\{:[^{}\n]*+\}|\{\s*+[.#][\w-][^{}\n]*+\}|(?<=\))\{\s*+\w+=[^{}\n]*+\}")
BOXED = re.compile(
    r"^(?:!!!|\?\?\?\+?|===[!+]?)[ \t]*+([\w-]*+)(?:[ \t]++(?:inline|end))*+(?:[ \t]*+\"([^\"\n]*+)\")?+[ \t]*$"
)
#: Signs of other kinds of Markdown, by what they mean there.
DIALECTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"~~[^~\n]+~~"), "a line through words"),
    (re.compile(r"(?<![=\w])==[^=\n]+==(?![=\w])"), "highlighting"),
    (re.compile(r"\^\^[^^\n]+\^\^"), "underlining"),
    (re.compile(r"(?<![\w+])\+\+[\w+\"-]+\+\+(?![\w+])"), "a key to press"),
    (re.compile(r":[a-z][a-z0-9_]*(?:-[a-z0-9_-]+)*:(?!\w)"), "a sign or picture by its name"),
    (re.compile(r"\[\^[^\[\]\n]+\]"), "a footnote"),
    (re.compile(r"^\*\[[^\[\]\n]+\]:", re.MULTILINE), "the long form of a short word"),
    (re.compile(r"--8<--"), "a file that is read in"),
    (re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}"), "something that is put in by a program"),
    (re.compile(r"^\[[^\[\]\n^]+\]:[ \t]*\S", re.MULTILINE), "the address of a link, apart from it"),
)  # fmt: skip
FORMULA = re.compile(
    r"\$\$[^$]+\$\$|\\\((?:(?!\\\)).){1,600}\\\)|\\\[(?:(?!\\\]).){1,600}\\\]|\$(?=[^$\s])[^$\n]{0,300}[\\^_][^$\n]{0,300}\$",
    re.DOTALL,
)


def plain(text: str) -> Converted:
    """A text without markup, written so that it looks the same in Markdown."""
    made = "\n\n".join(_plain_blocks(text))
    return Converted(made, tuple(_formulas(text)))


def html(text: str) -> Converted:
    """A text in HTML."""
    text = text.replace(MEANT, "\n")
    made = HtmlConverter(escaping=True).convert(text)
    return Converted(made.text, (*made.losses, *_formulas(text)))


def guessed(text: str) -> Converted:
    """A text of no known form: HTML where it has tags that HTML knows, otherwise plain."""
    if any(tag[2].lower() in KNOWN for tag in TAG.finditer(text)):
        return html(text.replace(MEANT, "<br>") if "<pre" not in text.lower() else text)
    return plain(decoded(text) if ENTITY.search(text) else text)


def markdown(text: str) -> Converted:
    """A text that is Markdown already. HTML in it is turned into Markdown, and our own forms are not taken from it.

    Headings become bold lines, since a question stands below a heading of its own. Code stays as it is.
    """
    losses: dict[str, None] = {}
    code: list[str] = []
    rest = _code_aside(text.replace(MEANT, "\n"), code, losses)
    for sign, meaning in DIALECTS:
        losses |= {
            f"{meaning} has no sign here, and is shown as it is written: {quoted(found.group())}": None
            for found in sign.finditer(rest)
        }
    losses |= dict.fromkeys(_formulas(rest))
    rest = _unboxed(rest)
    rest = ATTRIBUTES.sub(lambda found: _lost(losses, f"attributes were left out: {quoted(found.group())}"), rest)
    rest = UNDERLINED.sub(r"**\1**", HEADING.sub(r"**\1**", rest))
    rest = PICTURE.sub(lambda found: _picture(found, losses), rest)
    rest = LINK.sub(lambda found: _link(found, losses), rest)
    rest = CITATION.sub("[&#64;", SLOT.sub(r"{\\", rest.replace("[[", r"\[\[")))
    if TAG.search(rest) or "<!--" in rest:
        made = HtmlConverter(escaping=False).convert(rest)
        rest, losses = made.text, losses | dict.fromkeys(made.losses)
    # A block of code begins at the margin, or it is none.
    rest = re.sub(r"^[ \t]+(?=[\U000f5000-\U000ffffd][ \t]*$)", _at_margin(code), rest, flags=re.MULTILINE)
    rest = re.sub("[\U000f5000-\U000ffffd]", lambda one: code[ord(one.group()) - SET_ASIDE], rest)
    return Converted(rest.strip("\n").rstrip(), tuple(losses))


def _at_margin(code: Sequence[str]) -> Callable[[re.Match[str]], str]:
    def kept(blank: re.Match[str]) -> str:
        number = ord(blank.string[blank.end()]) - SET_ASIDE
        return "" if code[number].startswith("```") and "\n" in code[number] else blank.group()

    return kept


# -------------------------------------------------------------------- our own


def blocks(text: str) -> list[str]:
    """A text in Markdown cut at its empty lines, with each block of code as one."""
    found: list[list[str]] = [[]]
    closing = ""
    for line in text.split("\n"):
        mark = FENCE.match(line)
        if closing:
            found[-1].append(line)
            if mark and mark[2].startswith(closing) and not mark[3].strip():
                closing = ""
                found.append([])
        elif mark and not mark[1]:
            found.append([line])
            closing = mark[2]
        elif line.strip():
            found[-1].append(line)
        else:
            found.append([])
    return ["\n".join(lines) for lines in found if lines]


def is_code(block: str) -> bool:
    """Whether a block is one of code."""
    return block.startswith(("```", "~~~"))


def is_table(block: str) -> bool:
    """Whether a block is a table, or the caption of one."""
    return block.startswith("Table:") or bool(re.search(r"^[ \t>]*\|?[ \t]*:?-+:?[ \t]*\|", block, re.MULTILINE))


def is_list(block: str) -> bool:
    """Whether a block is a list."""
    return bool(re.match(r"[ \t]*(?:[-*+]|\d+\.)[ \t]", block))


def is_sentence(block: str) -> bool:
    """Whether a block can stand where there is room for a sentence or two."""
    plain_kind = not (is_code(block) or is_table(block) or is_list(block) or block.startswith(">"))
    return plain_kind and bool(re.search(r"\w", block)) and not block.startswith(("    ", "\t"))


def as_line(text: str) -> Converted:
    """A text in Markdown for a place that holds a sentence or two.

    Raises `Unusable` where it has a table or several lines of code, which have no room there.
    """
    pieces, losses = [], []
    for block in blocks(text):
        if is_code(block):
            lines = block.split("\n")[1:-1]
            if len(lines) > 1:
                raise Unusable(
                    "several lines of code stand in an answer or its feedback, which have one line here",
                    "the code before the question",
                )
            pieces.append(code_span("".join(lines).strip()))
        elif is_table(block):
            raise Unusable(
                "a table stands in an answer or its feedback, which have one line here", "the table before the question"
            )
        elif is_list(block):
            losses.append("a list in an answer or its feedback stands in one line")
            entries = re.split(r"^[ \t]*(?:[-*+]|\d+\.)[ \t]+", block, flags=re.MULTILINE)
            pieces.append("; ".join(one_line(entry) for entry in entries if entry.strip()))
        else:
            pieces.append(re.sub(r"^>[ ]?", "", block, flags=re.MULTILINE))
    return Converted(one_line(" ".join(pieces)), tuple(losses))


def words_only(text: str) -> str:
    """Markdown of ours without its marks, for places where none can stand."""
    bare = re.sub(r"(?<!\\)\[([^\[\]]*)\]\([^()]*\)", r"\1", text)
    bare = re.sub(r"(?<!\\)(\*\*|[*`])", "", bare)
    bare = re.sub(r"\\([\\`*_\[\]{}#+\-.|])", r"\1", bare)
    return " ".join(re.sub(r"&(?:amp|lt|#64|#61|#123|#125);", lambda one: entities.unescape(one.group()), bare).split())


def one_line(text: str) -> str:
    """A text without line breaks, for places that hold a sentence or two."""
    return " ".join(text.split())


# ------------------------------------------------------------------ plain text


def _plain_blocks(text: str) -> Iterator[str]:
    lines = text.strip().replace(MEANT, f"\n{MEANT}").split("\n")
    margin = _margin([line for line in lines[1:] if not line.startswith(MEANT)])
    lines = [lines[0].lstrip(" "), *(line if line.startswith(MEANT) else line[margin:] for line in lines[1:])]
    words: list[str] = []
    for is_code_group, group in _grouped(lines):
        if is_code_group:
            yield from _paragraph(words)
            words = []
            yield code_block(_dedented([line.removeprefix(MEANT).rstrip() for line in group]))
            continue
        for line in group:
            if line.strip(f" \t{MEANT}"):
                words.append(line)
            else:
                yield from _paragraph(words)
                words = []
    yield from _paragraph(words)


def _paragraph(lines: Sequence[str]) -> Iterator[str]:
    if not lines:
        return
    made = [[lines[0]]]
    for before, line in pairwise(lines):
        if line.startswith(MEANT) or LISTED.match(line) or LISTED.match(before.removeprefix(MEANT)):
            made.append([line])
        else:
            made[-1].append(line)
    shown = [one_line(" ".join(group).replace(MEANT, "")) for group in made]
    yield lines_escaped("\n".join(map(escaped, shown))).replace("\n", "  \n")


def _grouped(lines: Sequence[str]) -> Iterator[tuple[bool, list[str]]]:
    """The lines in groups: whether each is of code, which ends in such signs or is set in below a line that opens something."""
    if len(lines) == 1:
        yield False, list(lines)
        return
    depth = [len(line.removeprefix(MEANT)) - len(line.removeprefix(MEANT).lstrip(" \t")) for line in lines]
    code = [bool(CODE_END.search(line)) for line in lines]
    for index in range(1, len(lines)):
        deeper = depth[index] >= depth[index - 1] + INDENTED and lines[index].strip(f" \t{MEANT}")
        if deeper and (CODE_HEAD.search(lines[index - 1]) or code[index - 1]):
            code[index - 1] = code[index] = True
        elif code[index - 1] and depth[index] and depth[index] >= depth[index - 1] and lines[index].strip():
            code[index] = True
    start = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or code[index] != code[start]:
            group = list(lines[start:index])
            enough = len(group) > 1 or CODE_SIGN.search(group[0])
            yield bool(code[start] and enough), group
            start = index


def _margin(lines: Sequence[str]) -> int:
    return min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)


def _dedented(lines: Sequence[str]) -> str:
    margin = _margin(lines)
    return "\n".join(line[margin:] for line in lines)


def _formulas(text: str) -> Iterator[str]:
    for found in FORMULA.finditer(text):
        yield f"a formula is shown as it is written: {quoted(found.group())}"


# ------------------------------------------------------------ Markdown of others


def _lost(losses: dict[str, None], what: str) -> str:
    losses[what] = None
    return ""


def _picture(found: re.Match[str], losses: dict[str, None]) -> str:
    _lost(losses, picture_lost(found[2], found[1]))
    return picture_mark(found[2], found[1])


def _link(found: re.Match[str], losses: dict[str, None]) -> str:
    address = link_target(found[2])
    if not address:
        _lost(losses, f"a link was left out, and its words stayed: {quoted(found[2])}")
        return found[1]
    return f"[{found[1]}]({address})"


class Fences:
    """Where blocks of code end. One that nothing closes is none."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._marks = [FENCE.match(line) for line in lines]
        #: For each line, the longest mark of each sign from there on that can close a block.
        self._longest = {sign: [0] * (len(lines) + 1) for sign in "`~"}
        for index in range(len(lines) - 1, -1, -1):
            mark = self._marks[index]
            for sign, longest in self._longest.items():
                bare = mark is not None and mark[2][0] == sign and not mark[3].strip()
                longest[index] = max(longest[index + 1], len(mark[2]) if mark and bare else 0)

    def end(self, line: int) -> int:
        """The line that closes the block of code which this one opens; -1 where it opens none."""
        opening = self._marks[line]
        if opening is None or "`" in opening[3] or self._longest[opening[2][0]][line + 1] < len(opening[2]):
            return -1
        return next(index for index in range(line + 1, len(self._marks)) if self._closes(opening, index))

    def _closes(self, opening: re.Match[str], line: int) -> bool:
        mark = self._marks[line]
        return mark is not None and mark[2].startswith(opening[2]) and not mark[3].strip()


def _code_aside(text: str, code: list[str], losses: dict[str, None]) -> str:
    """The text with each piece of code as one character, and the pieces in `code`."""

    def aside(piece: str) -> str:
        if SET_ASIDE + len(code) > LAST_ASIDE:
            raise Unusable("this question has more pieces of code than can be kept", "fewer of them")
        code.append(piece)
        return chr(SET_ASIDE + len(code) - 1)

    lines, made, at = text.split("\n"), list[str](), 0
    fences = Fences(lines)
    while at < len(lines):
        end = fences.end(at)
        if end < 0:
            made.append(lines[at])
            at += 1
            continue
        mark = FENCE.match(lines[at])
        assert mark is not None, "it opens a block"
        inside = [line.removeprefix(mark[1]) for line in lines[at + 1 : end]]
        block = code_block("\n".join(inside), _language(mark[3], losses))
        made += ["", mark[1] + aside(block), ""]
        at = end + 1
    return SPAN.sub(lambda found: aside(code_span(re.sub(r"^#!\w+ ", "", found[2].strip()))), "\n".join(made))


def _language(first_line: str, losses: dict[str, None]) -> str:
    """The name of the language, and which lines stand out, where the line names them in a way that we know."""
    if not first_line.strip():
        return ""
    known = re.fullmatch(r"([\w#.+-]*)[ \t]*(hl_lines=\"[\d -]+\")?[ \t]*", first_line)
    found = known or LANGUAGE.match(first_line)
    assert found is not None, "an empty name is one as well"
    if known and known[2]:
        _lost(losses, f"lines of code that stood out do not stand out here: {quoted(known[2])}")
        return f"{known[1]} {known[2]}"
    if not known:
        _lost(losses, f"what stands beside the name of a language was left out: {quoted(first_line.strip())}")
    return found[1] or ""


def _unboxed(text: str) -> str:
    """Boxes and tabs of other themes as a bold line with their text below."""
    made: list[str] = []
    depth = 0
    for line in text.split("\n"):
        inside = (len(line) - len(line.lstrip(" "))) // 4
        if line.strip():
            depth = min(depth, inside)
        rest = line[4 * depth :]
        box = BOXED.match(rest)
        if box:
            title = box[2] if box[2] is not None else box[1].replace("-", " ").capitalize()
            made += ["", f"**{title}**", ""] if title else [""]
            depth += 1
        else:
            made.append(rest)
    return "\n".join(made)
