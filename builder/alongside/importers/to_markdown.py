"""Words of a question bank as our Markdown: HTML by a small list of what is kept, plain text escaped.

What is not on the list is left out, and its name is returned, so that the author can be told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from alongside.importers.bank import Unusable

#: Signs that would be markup in our Markdown.
SIGNS = re.compile(r"[\\`*_\[\]<>]")
#: Signs that mark our own forms, which Markdown's backslash does not take away: citations and slots.
OURS = re.compile(r"\[(?=\\?@)|\{(?=\{)")
#: A sign that begins no tag, since the next one comes before its end.
NO_TAG = re.compile(r"<(?![^<>]*>)")
#: What makes a line a heading, a quotation or a list.
LINE_START = re.compile(r"^(\s*)([#>+-]|\d+[.)])(?=\s)", re.MULTILINE)
TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")

HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)
CODE = re.compile(r"^(```|~~~).*?^\1[ ]*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
#: Where code is put while the rest is converted: characters that stand in no text of a bank.
SET_ASIDE = 0xF1000

MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}
BLOCKS = frozenset("p div tr ul ol li h1 h2 h3 h4 h5 h6 blockquote section article pre".split())
#: What says nothing about the meaning of what stands in it.
PLAIN = frozenset(
    "span font u small big section article html body tt abbr label td th tbody thead tfoot caption".split()
)
#: What is left out with everything in it.
SILENCED = frozenset("script style iframe object svg math video audio template".split())
SAFE_LINK = re.compile(r"(?:https?://|mailto:)[^\s()<>]+", re.IGNORECASE)


@dataclass(frozen=True)
class Converted:
    """A text in Markdown, and names of elements that were left out of it."""

    text: str
    dropped: tuple[str, ...] = ()


def plain(text: str) -> Converted:
    """A text without markup, written so that it looks the same in Markdown."""
    return Converted(LINE_START.sub(r"\1\\\2", _escaped(text)).strip())


def markdown(text: str) -> Converted:
    """A text that is Markdown already. HTML in it is turned into Markdown, and our own forms are not taken from it.

    Headings become bold lines, since a question stands below a heading of its own. Code stays as it is.
    """
    code: list[str] = []

    def aside(found: re.Match[str]) -> str:
        code.append(found.group())
        return chr(SET_ASIDE + len(code) - 1)

    rest = HEADING.sub(r"**\1**", CODE.sub(aside, text))
    rest = OURS.sub(lambda sign: f"{sign.group()} ", rest.replace("[[", r"\[\["))
    made = _through(rest, escaping=False) if TAG.search(rest) else Converted(rest.strip())
    return Converted(
        re.sub("[\U000f1000-\U0010ffff]", lambda one: code[ord(one.group()) - SET_ASIDE], made.text), made.dropped
    )


def html(text: str) -> Converted:
    """A text in HTML."""
    return _through(text, escaping=True)


def guessed(text: str) -> Converted:
    """A text of no known form: HTML where there are tags in it, otherwise plain."""
    return html(text) if TAG.search(text) else plain(text)


def words_only(text: str) -> str:
    """Markdown of ours without its marks, for places where none can stand."""
    bare = re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", text)
    bare = re.sub(r"(?<!\\)(\*\*|[*`])", "", bare)
    return " ".join(re.sub(r"\\([\\`*_\[\]<>#+\-.>])", r"\1", bare).split())


def one_line(text: str) -> str:
    """A text without line breaks, for places that hold a sentence or two."""
    return " ".join(text.split())


def _escaped(text: str) -> str:
    return OURS.sub(lambda sign: f"{sign.group()} ", SIGNS.sub(lambda sign: f"\\{sign.group()}", text)).replace(
        "\\[ @", r"\[ @"
    )


def _through(text: str, *, escaping: bool) -> Converted:
    reader = _HtmlConverter(escaping=escaping)
    # Python's reader goes through the rest of the text for each tag that has no end.
    text = NO_TAG.sub("&lt;", _without_comments(text))
    try:
        reader.feed(text)
        reader.close()
    except AssertionError:  # how Python's reader says that it does not know what stands after <!
        raise Unusable(
            "this question holds <! that begins nothing which HTML knows", "&lt;! for the signs themselves"
        ) from None
    return Converted(reader.markdown(), tuple(sorted(reader.dropped)))


def _without_comments(text: str) -> str:
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join([*kept, text[at:]])


class _HtmlConverter(HTMLParser):
    """Collects Markdown while HTML goes by."""

    def __init__(self, *, escaping: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.dropped: set[str] = set()
        self._escaping = escaping
        self._written: list[str] = []
        self._silenced: list[str] = []
        self._lists: list[int | None] = []
        self._targets: list[str] = []

    def markdown(self) -> str:
        """What was collected, with at most one empty line between blocks."""
        text = "".join(self._written)
        text = re.sub(r"[ \t]+\n", "\n", text)
        return re.sub(r"\n{3,}", "\n\n", text).strip()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in SILENCED:
            self.dropped.add(tag)
            self._silenced.append(tag)
        if self._silenced:
            return
        if tag in MARKS:
            self._written.append(MARKS[tag])
        elif tag == "br":
            self._written.append("\n" if self._escaping else "  \n")
        elif tag == "a":
            self._start_link(dict(attributes).get("href") or "")
        elif tag == "li":
            self._start_item()
        elif tag in BLOCKS:
            self._start_block(tag)
        elif tag not in PLAIN:
            self.dropped.add(tag)

    def _start_link(self, target: str) -> None:
        safe = target if SAFE_LINK.fullmatch(target) else ""
        if not safe:
            self.dropped.add("a")
        self._targets.append(safe)
        self._written.append("[" if safe else "")

    def _start_item(self) -> None:
        count = self._lists[-1] if self._lists else None
        if count is not None:
            self._lists[-1] = count + 1
        self._written.append("\n- " if count is None else f"\n{count}. ")

    def _start_block(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self._lists.append(1 if tag == "ol" else None)
            self._written.append("\n")
        else:
            self._written.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if self._silenced:
            if tag == self._silenced[-1]:
                self._silenced.pop()
            return
        if tag in MARKS:
            self._written.append(MARKS[tag])
        elif tag == "a" and self._targets:
            target = self._targets.pop()
            self._written.append(f"]({target})" if target else "")
        elif tag in {"ul", "ol"}:
            if self._lists:
                self._lists.pop()
            self._written.append("\n\n")
        elif tag in BLOCKS and tag != "li":
            self._written.append("\n\n")

    def handle_data(self, data: str) -> None:
        if self._silenced:
            return
        self._written.append(re.sub(r"\s+", " ", _escaped(data)) if self._escaping else data)
