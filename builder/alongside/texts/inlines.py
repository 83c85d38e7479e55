"""What stands inside a line of Markdown, as CommonMark tells it apart, with the signs of our own: for rules and for pages.

One pass from left to right, after the strategy that the specification of CommonMark describes: what may begin emphasis or a
link is kept until its end is found. The cost grows no faster than the text, whatever stands in it.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.entities import html5
from itertools import accumulate
from typing import ClassVar, Literal

from alongside.texts.blocks import Definition, Span, label_of
from alongside.texts.signs import CITATION, LANGUAGE, SLOT, TERM

Kind = Literal["words", "code", "emphasis", "strong", "link", "picture", "break", "term", "citation", "slot", "spoken"]

#: How many of emphasis, links and pictures may stand inside one another; what goes deeper is left as it is written.
DEEPEST_MARKS = 12
#: So many stars mark what is important.
STRONG = 2
#: Longest label of a link, in characters.
LONGEST_LABEL = 999

PLAIN = re.compile(r"[^\n`\[\]\\!<&*_{]+")
TICKS = re.compile(r"`+")
STARS = re.compile(r"\*+|_+")
PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])|(&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\x00-\x20]*)>")
MAIL = re.compile(r"<([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8})>")
LABEL = re.compile(r"\[((?:[^\\\[\]]|\\.){0,999})\]", re.DOTALL)

_SIGN = r"(?:[^\s()\\\x00-\x20\x7f]|\\[^\s]|\\(?=\s))"
_ROUND = rf"\((?:{_SIGN}|\((?:{_SIGN}|\({_SIGN}*+\))*+\))*+\)"
#: The address of a link with its title. Nothing in it can be read in two ways, so nothing is tried twice.
ADDRESS = re.compile(
    rf"""
    \( \s*+
    (?: <(?P<within>(?:[^<>\n\\]|\\.)*+)> | (?P<bare>(?!<)(?:{_SIGN}|{_ROUND})*+) )
    (?: \s++ (?P<title>"(?:[^"\\]|\\.)*+" | '(?:[^'\\]|\\.)*+' | \((?:[^()\\]|\\.)*+\)) )?+
    \s*+ \)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(slots=True, eq=False)
class Inline:
    """A piece of a line, with the pieces inside it."""

    kind: Kind
    #: Offsets in the whole text.
    start: int
    end: int
    #: Words as they are shown, code, or the name in a sign of our own.
    text: str = ""
    #: Where a link or picture leads, its title, and the tag of a language.
    target: str = ""
    title: str | None = None
    inside: list[Inline] = field(default_factory=list)
    #: How many marks stand inside one another here.
    depth: int = 0

    def walk(self) -> Iterator[Inline]:
        """The piece itself and everything inside it, in order."""
        yield self
        for piece in self.inside:
            yield from piece.walk()


@dataclass(frozen=True, slots=True)
class Inlines:
    """What stands in a paragraph, heading or cell."""

    pieces: list[Inline]
    #: Where something looks like a sign of our own and is none.
    malformed: list[int]
    #: Where marks go deeper than they are read.
    too_deep: int | None


class Content:
    """Lines that are read as one, and where each of its characters stands in the text."""

    def __init__(self, spans: Sequence[Span], between: str = "\n") -> None:
        self.text = between.join(span.text for span in spans)
        self._starts: list[int] = []
        self._offsets: list[int] = []
        at = 0
        for span in spans:
            self._starts.append(at)
            self._offsets.append(span.start)
            at += len(span.text) + len(between)

    def place(self, at: int) -> int:
        """The offset in the text of a character here."""
        index = max(0, bisect_right(self._starts, at) - 1)
        return self._offsets[index] + at - self._starts[index] if self._starts else 0


@dataclass(slots=True, eq=False)
class _Run:
    """Stars or underscores that may begin or end emphasis."""

    sign: str
    start: int
    length: int
    opens: bool
    closes: bool
    #: What is left of it.
    count: int = 0
    #: How many signs each mark takes that begins or ends here, the innermost first.
    begun: list[int] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class _Frame:
    """Pieces on their way into emphasis, and how deep the deepest of them is."""

    pieces: deque[Inline] = field(default_factory=deque)
    deepest: int = 0

    def add(self, piece: Inline) -> None:
        self.pieces.append(piece)
        self.deepest = max(self.deepest, piece.depth)

    def followed_by(self, other: _Frame) -> _Frame:
        """Both in one. The fewer pieces go to the more, so that none is moved again and again."""
        deepest = max(self.deepest, other.deepest)
        if len(self.pieces) < len(other.pieces):
            other.pieces.extendleft(reversed(self.pieces))
            return _Frame(other.pieces, deepest)
        self.pieces.extend(other.pieces)
        return _Frame(self.pieces, deepest)


@dataclass(slots=True, eq=False)
class _Bracket:
    """A bracket that may begin a link."""

    #: Where it stands in the content, and among the pieces and the runs.
    at: int
    piece: int
    runs: int
    picture: bool
    #: Whether another one comes after it.
    followed: bool = False


def read_inlines(content: Content, definitions: Mapping[str, Definition]) -> Inlines:
    """What stands in lines that belong together."""
    return _Scanner(content, definitions).read()


class _Scanner:
    def __init__(self, content: Content, definitions: Mapping[str, Definition]) -> None:
        self._content = content
        self._text = content.text
        self._definitions = definitions
        self._at = 0
        self._pieces: list[Inline | _Run] = []
        self._runs: list[_Run] = []
        self._brackets: list[_Bracket] = []
        #: Brackets below this one cannot begin a link, since a link stands inside them.
        self._dead = 0
        self._malformed: list[int] = []
        self._linked: list[tuple[int, int]] = []
        self._too_deep: int | None = None
        self._ticks: dict[int, list[int]] | None = None

    def read(self) -> Inlines:
        self._scan()
        pieces = self._built(0, 0)
        return Inlines(pieces, list(self._left_malformed()), self._too_deep)

    def _scan(self) -> None:
        text, size = self._text, len(self._text)
        while self._at < size:
            plain = PLAIN.match(text, self._at)
            if plain:
                self._words(plain.end())
            else:
                self.READERS[text[self._at]](self)

    def _left_malformed(self) -> Iterator[int]:
        """What looks like a sign, but for brackets that belong to a link."""
        linked = sorted(self._linked)
        reached = list(accumulate((end for _, end in linked), max))
        for at in self._malformed:
            place = self._content.place(at)
            index = bisect_right(linked, (place, len(self._text) + place)) - 1
            if index < 0 or reached[index] <= place:
                yield place

    # ------------------------------------------------------------ small things

    def _piece(self, kind: Kind, start: int, end: int, text: str = "", target: str = "") -> Inline:
        piece = Inline(kind, self._content.place(start), self._content.place(end - 1) + 1, text, target)
        self._pieces.append(piece)
        return piece

    def _words(self, end: int, shown: str | None = None) -> None:
        start, self._at = self._at, end
        self._piece("words", start, end, self._text[start:end] if shown is None else shown)

    def _line_end(self) -> None:
        last = self._pieces[-1] if self._pieces else None
        broken = False
        if isinstance(last, Inline) and last.kind == "words" and last.end - last.start == len(last.text):
            words = last.text.rstrip(" ")
            broken = len(last.text) - len(words) > 1
            last.end -= len(last.text) - len(words)
            last.text = words
        if broken:
            self._piece("break", self._at, self._at + 1)
        self._words(self._at + 1, "" if broken else "\n")

    def _backslash(self) -> None:
        following = self._text[self._at + 1 : self._at + 2]
        if following == "\n":
            self._piece("break", self._at, self._at + 2)
            self._at += 2
        elif following and following in PUNCTUATION:
            self._words(self._at + 2, following)
        else:
            self._words(self._at + 1)

    def _code(self) -> None:
        ticks = TICKS.match(self._text, self._at)
        assert ticks is not None, "this is asked about backticks"
        end = self._closing_ticks(ticks.end(), len(ticks.group()))
        if end is None:
            self._words(ticks.end())
            return
        code = self._text[ticks.end() : end].replace("\n", " ")
        if code.strip(" ") and code[0] == code[-1] == " ":
            code = code[1:-1]
        self._piece("code", self._at, end + len(ticks.group()), code)
        self._at = end + len(ticks.group())

    def _closing_ticks(self, start: int, length: int) -> int | None:
        if self._ticks is None:
            self._ticks = {}
            for match in TICKS.finditer(self._text):
                self._ticks.setdefault(len(match.group()), []).append(match.start())
        places = self._ticks.get(length, [])
        index = bisect_right(places, start - 1)
        return places[index] if index < len(places) else None

    def _angle(self) -> None:
        address = AUTOLINK.match(self._text, self._at)
        mail = None if address else MAIL.match(self._text, self._at)
        match = address or mail
        if match is None:
            self._words(self._at + 1)
            return
        link = self._piece("link", self._at, match.end(), target=match[1] if address else f"mailto:{match[1]}")
        link.inside = [Inline("words", link.start + 1, link.end - 1, match[1])]
        self._linked.append((link.start, link.end))
        self._at = match.end()

    def _entity(self) -> None:
        match = ESCAPE.match(self._text, self._at)
        shown = _character(match[2]) if match else None
        if match and shown is not None:
            self._words(match.end(), shown)
        else:
            self._words(self._at + 1)

    def _brace(self) -> None:
        match = SLOT.match(self._text, self._at)
        if match:
            self._piece("slot", self._at, match.end(), " ".join(match["name"].split()))
            self._at = match.end()
            return
        if self._text.startswith("{{", self._at):
            self._malformed.append(self._at)
            self._words(self._at + 2)
            return
        self._words(self._at + 1)

    # --------------------------------------------------------------- emphasis

    def _stars(self) -> None:
        match = STARS.match(self._text, self._at)
        assert match is not None, "this is asked about stars and underscores"
        before = self._text[match.start() - 1] if match.start() else "\n"
        after = self._text[match.end()] if match.end() < len(self._text) else "\n"
        left = not _blank(after) and (not _punctuation(after) or _blank(before) or _punctuation(before))
        right = not _blank(before) and (not _punctuation(before) or _blank(after) or _punctuation(after))
        sign = match.group()[0]
        opens = left and (sign == "*" or not right or _punctuation(before))
        closes = right and (sign == "*" or not left or _punctuation(after))
        run = _Run(sign, match.start(), len(match.group()), opens, closes, len(match.group()))
        self._pieces.append(run)
        self._runs.append(run)
        self._at = match.end()

    # ------------------------------------------------------------------ links

    def _exclamation(self) -> None:
        if self._text.startswith("![", self._at):
            self._open_bracket(self._at + 1, picture=True)
        else:
            self._words(self._at + 1)

    def _opening(self) -> None:
        match = TERM.match(self._text, self._at) or CITATION.match(self._text, self._at)
        if match is None:
            if self._text.startswith(("[[", "[@"), self._at):
                self._malformed.append(self._at)
            self._open_bracket(self._at, picture=False)
            return
        kind: Kind = "term" if match.re is TERM else "citation"
        piece = self._piece(kind, self._at, match.end(), " ".join(match["name"].split()))
        if match.re is TERM and match["words"]:
            piece.inside = self._inner(match.start("words"), match["words"])
        self._at = match.end()

    def _inner(self, start: int, words: str) -> list[Inline]:
        """What stands in the words of a term, which hold no brackets."""
        spans = []
        for line in words.split("\n"):
            spans.append(Span(self._content.place(start), line))
            start += len(line) + 1
        return read_inlines(Content(spans), {}).pieces

    def _open_bracket(self, at: int, *, picture: bool) -> None:
        if self._brackets:
            self._brackets[-1].followed = True
        self._brackets.append(_Bracket(at, len(self._pieces), len(self._runs), picture))
        self._words(at + 1)

    def _closing(self) -> None:
        if not self._brackets:
            self._words(self._at + 1)
            return
        index = len(self._brackets) - 1
        bracket = self._brackets.pop()
        dead = index < self._dead and not bracket.picture
        self._dead = min(self._dead, index)
        if dead or not self._close_link(bracket):
            self._words(self._at + 1)

    def _close_link(self, bracket: _Bracket) -> bool:
        start = bracket.at - bracket.picture
        address = ADDRESS.match(self._text, self._at + 1)
        if address:
            target = address["within"] if address["within"] is not None else address["bare"]
            title = _unescaped(address["title"][1:-1]) if address["title"] else None
            self._wrap(
                bracket, "picture" if bracket.picture else "link", start, address.end(), _unescaped(target), title
            )
            return True
        if not bracket.picture and self._text.startswith("{lang", self._at + 1):
            return self._spoken(bracket)
        return bool(self._definitions) and self._reference(bracket, start)

    def _spoken(self, bracket: _Bracket) -> bool:
        language = LANGUAGE.match(self._text, self._at + 1)
        if language is None or not self._text[bracket.at + 1 : self._at].strip():
            self._malformed.append(bracket.at)
            return False
        self._wrap(bracket, "spoken", bracket.at, language.end(), language["tag"], None)
        return True

    def _reference(self, bracket: _Bracket, start: int) -> bool:
        """A link whose address stands elsewhere: `[words][label]`, `[label][]` or `[label]`."""
        label = LABEL.match(self._text, self._at + 1)
        words, end = self._text[bracket.at + 1 : self._at], self._at + 1
        named = None
        if label and label[1]:
            named, end = label[1], label.end()
        elif not bracket.followed and len(words) <= LONGEST_LABEL:
            named, end = words, label.end() if label else end
        definition = self._definitions.get(label_of(named)) if named and named.strip() else None
        if definition is None:
            return False
        target = _unescaped(definition.address)
        title = _unescaped(definition.title) if definition.title is not None else None
        self._wrap(bracket, "picture" if bracket.picture else "link", start, end, target, title)
        return True

    def _wrap(  # noqa: PLR0913, PLR0917  # what makes a link
        self, bracket: _Bracket, kind: Kind, start: int, end: int, target: str, title: str | None
    ) -> None:
        """Puts what stands after a bracket into a link."""
        inside = self._built(bracket.piece + 1, bracket.runs)
        del self._pieces[bracket.piece :], self._runs[bracket.runs :]
        deepest = max((piece.depth for piece in inside), default=0)
        if deepest >= DEEPEST_MARKS:
            self._too_deep = self._content.place(start) if self._too_deep is None else self._too_deep
            self._at = end
            self._piece("words", start, end, self._text[start:end])
            return
        piece = self._piece(kind, start, end, target=target)
        piece.title, piece.inside, piece.depth = title, inside, deepest + 1
        if kind == "link":
            self._dead = len(self._brackets)
        if kind != "spoken":
            self._linked.append((piece.start, piece.end))
        self._at = end

    # ------------------------------------------------------- from runs to marks

    def _built(self, first: int, first_run: int) -> list[Inline]:
        """The pieces from here on, with those between stars put inside emphasis."""
        _pair(self._runs[first_run:])
        frames = [_Frame()]
        opened: list[int] = []
        for piece in self._pieces[first:]:
            if isinstance(piece, Inline):
                frames[-1].add(piece)
                continue
            at = piece.start
            for taken in piece.ended:
                at += taken
                self._end_mark(frames, taken, opened.pop(), at)
            if piece.count:
                frames[-1].add(self._literal(at, at + piece.count))
                at += piece.count
            for taken in reversed(piece.begun):
                opened.append(at)
                frames.append(_Frame())
                at += taken
        return _joined(frames[0].pieces)

    def _literal(self, start: int, end: int) -> Inline:
        return Inline("words", self._content.place(start), self._content.place(end - 1) + 1, self._text[start:end])

    def _end_mark(self, frames: list[_Frame], taken: int, start: int, end: int) -> None:
        """Puts the innermost pieces into emphasis, or leaves the signs as they are where it goes too deep."""
        inside = frames.pop()
        if inside.deepest >= DEEPEST_MARKS:
            if self._too_deep is None:
                self._too_deep = self._content.place(start)
            inside.pieces.appendleft(self._literal(start, start + taken))
            inside.add(self._literal(end - taken, end))
            frames[-1] = frames[-1].followed_by(inside)
            return
        kind: Kind = "strong" if taken == STRONG else "emphasis"
        mark = Inline(kind, self._content.place(start), self._content.place(end - 1) + 1)
        mark.inside, mark.depth = _joined(inside.pieces), inside.deepest + 1
        frames[-1].add(mark)

    #: What looks at each sign that may mean something.
    READERS: ClassVar[dict[str, Callable[[_Scanner], None]]] = {
        "\n": _line_end,
        "`": _code,
        "\\": _backslash,
        "!": _exclamation,
        "<": _angle,
        "&": _entity,
        "*": _stars,
        "_": _stars,
        "[": _opening,
        "]": _closing,
        "{": _brace,
    }


def _joined(pieces: Iterable[Inline]) -> list[Inline]:
    """The pieces without empty words."""
    return [piece for piece in pieces if piece.kind != "words" or piece.text]


def _pair(runs: Sequence[_Run]) -> None:
    """Finds what begins each emphasis that ends, from left to right; the nearest one counts."""
    waiting: list[_Run] = []
    #: For each kind of end: below this nothing waits that could begin it.
    bottoms: dict[tuple[str, bool, int], int] = {}
    for run in runs:
        while run.closes and run.count:
            kind = (run.sign, run.opens, run.length % 3)
            index = _beginning(waiting, bottoms.get(kind, 0), run)
            if index is None:
                bottoms[kind] = len(waiting)
                break
            begins = waiting[index]
            taken = STRONG if min(begins.count, run.count) >= STRONG else 1
            begins.count -= taken
            run.count -= taken
            begins.begun.append(taken)
            run.ended.append(taken)
            del waiting[index + (1 if begins.count else 0) :]
            for one, bottom in bottoms.items():
                bottoms[one] = min(bottom, len(waiting))
        if run.count and run.opens:
            waiting.append(run)


def _beginning(waiting: Sequence[_Run], bottom: int, end: _Run) -> int | None:
    for index in range(len(waiting) - 1, bottom - 1, -1):
        run = waiting[index]
        if run.sign == end.sign and not (
            (run.closes or end.opens) and (run.length + end.length) % 3 == 0 and (run.length % 3 or end.length % 3)
        ):
            return index
    return None


def _blank(sign: str) -> bool:
    return sign in "\t\n\x0c\r" or unicodedata.category(sign) == "Zs"


def _punctuation(sign: str) -> bool:
    return sign in PUNCTUATION or unicodedata.category(sign)[0] in "PS"


def _character(reference: str) -> str | None:
    """What stands for a reference such as `&amp;`, if there is such a one."""
    if reference.startswith("&#") or reference[1:] in html5:
        return html.unescape(reference) or "\ufffd"
    return None


def _unescaped(text: str) -> str:
    return ESCAPE.sub(lambda match: match[1] or _character(match[2]) or match.group(), text)
