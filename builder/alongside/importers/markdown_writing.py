"""Our Markdown, written from words of question banks: whatever a text holds, it is shown letter by letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from alongside.files.problems import quoted
from alongside.importers.draft import missing

#: Signs that would be markup in our Markdown, and an ampersand that would begin a character by its name.
SIGNS = re.compile(r"[\\`*_\[\]]")
AMPERSAND = re.compile(r"&(?=#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[a-zA-Z][a-zA-Z0-9]{1,31};)")
AUTOLINK = re.compile(r"<(?=(?:https?|ftp)://)", re.IGNORECASE)
#: Signs of our own forms that no backslash takes away.
CITATION, SLOT = re.compile(r"\[@"), re.compile(r"\{(?=\{)")
#: What makes a line a heading, a list or a rule, with the sign that has to lose its meaning.
LINE_START = re.compile(r"^([ \t]*)([#+-](?=[ \t])|[#>]|-(?=[-| :]*$))|^([ \t]*\d+)(?=\.[ \t])", re.MULTILINE)
RULE_START = re.compile(r"^=(?==*[ \t]*$)", re.MULTILINE)

#: Where a line ends within a paragraph, until the paragraph is written.
BREAK = "\U000f3000"
BLANKS = f" \t\n{BREAK}"

#: How words above and below the line are written where there are no characters for them.
RAISED = {"sup": "^", "sub": "_"}
SUPERSCRIPTS = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
SUBSCRIPTS = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")

SAFE_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>]+", re.IGNORECASE)


def escaped(text: str) -> str:
    """Plain words written so that Markdown shows them letter by letter."""
    text = AUTOLINK.sub("&lt;", AMPERSAND.sub("&amp;", text))
    return CITATION.sub("[&#64;", SLOT.sub(r"{\\", SIGNS.sub(lambda sign: f"\\{sign.group()}", text)))


def lines_escaped(text: str) -> str:
    """Markdown in which no line begins a list, a heading or a rule."""
    text = LINE_START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[2] else f"{found[3]}\\", text)
    return RULE_START.sub("&#61;", text)


def code_span(text: str) -> str:
    """Code within a sentence, whatever backticks it holds."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    ticks = "`" * (longest + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{space}{text}{space}{ticks}"


def code_block(text: str, language: str = "") -> str:
    """Code with its lines, whatever backticks it holds."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"{ticks}{language}\n{text}\n{ticks}"


@dataclass(frozen=True)
class Style:
    """How words are marked."""

    strong: bool = False
    emphasis: bool = False
    code: bool = False
    raised: str = ""
    #: Number of the link that they belong to, from 1.
    link: int = 0


class Run(NamedTuple):
    """Words that are marked alike."""

    text: str
    style: Style = Style()
    #: Whether these are words that Markdown must not change; otherwise they are Markdown.
    literal: bool = False


def link_target(target: str) -> str:
    """The address of a link that can be kept, written so that Markdown finds its end."""
    address = re.sub(r"\s", "%20", target.strip())
    if not SAFE_LINK.fullmatch(address):
        return ""
    return (
        address.replace("(", "%28")
        .replace(")", "%29")
        .replace("`", "%60")
        .replace("[", "%5B")
        .replace("]", "%5D")
        .replace("\\", "%5C")
    )


def picture_lost(source: str, words: str) -> str:
    """What an author is told of a picture that was not imported."""
    name = (
        "a picture in the text itself"
        if source.startswith("data:")
        else quoted(source)
        if source
        else "one without a file"
    )
    return f"a picture was left out: {name}{', ' + quoted(words) if words else ''}"


def picture_mark(source: str, words: str) -> str:
    """What stands where a picture was."""
    return lost_mark("the picture", source, words)


def lost_mark(what: str, source: str, words: str = "") -> str:
    """What stands where something was that Markdown cannot hold: a mark for the author to fill in."""
    named = "" if not source or source.startswith("data:") else source.rpartition("/")[2][:100]
    said = escaped(" ".join(part for part in (f"“{named}”" if named else "", f"({words})" if words else "") if part))
    return missing(f"{what} {said} of the bank".replace("  ", " "))


def table_row(cells: list[str], width: int) -> str:
    """A row of a table, with empty cells where it is shorter than the others."""
    return "| " + " | ".join([*cells, *[""] * (width - len(cells))]) + " |"


def paragraphs(runs: list[Run]) -> Iterator[list[Run]]:
    """The runs cut where two breaks follow each other."""
    part: list[Run] = []
    broken = False
    for run in runs:
        if run.text == BREAK and broken:
            yield part
            part, broken = [], False
            continue
        broken = run.text == BREAK or (broken and not run.text.strip())
        part.append(run)
    yield part


def linked(address: str, runs: list[Run], *, in_cell: bool) -> str:
    """Words as a link, or as they are where there is none."""
    words = "".join(
        _marked(style, "".join(run.text for run in group), literal=literal, in_cell=in_cell)
        for (style, literal), group in groupby(runs, key=lambda run: (run.style, run.literal))
    )
    before, inner, after = _apart(words)
    return f"{before}[{inner}]({address}){after}" if address and inner else words


def _marked(style: Style, text: str, *, literal: bool, in_cell: bool) -> str:
    """Words with the signs of how they are marked. Blanks at their ends stay outside."""
    before, core, after = _apart(text)
    if not core:
        return text
    if style.raised:
        return before + _raised(style, core) + after
    if style.code:
        return before + code_span(re.sub(r"\s+", " ", core)) + after
    said = escaped(core) if literal else core
    said = said.replace("|", r"\|") if in_cell and literal else said
    signs = "*" * (2 * style.strong + style.emphasis)
    return f"{before}{signs}{said}{signs}{after}"


def _apart(text: str) -> tuple[str, str, str]:
    """The words of a text, and the blanks before and after them."""
    core = text.strip(BLANKS)
    start = text.index(core)
    return text[:start], core, text[start + len(core) :]


def _raised(style: Style, text: str) -> str:
    """Words above or below the line: as characters of their own where there are such, otherwise behind a sign."""
    table = SUPERSCRIPTS if style.raised == "sup" else SUBSCRIPTS
    if all(ord(sign) in table for sign in text):
        return text.translate(table)
    shown = f"{RAISED[style.raised]}({text})"
    return code_span(shown) if style.code else escaped(shown)
