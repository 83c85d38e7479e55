"""What every rendered page says, checked as a reader sees it: no markup left over, no table head without words, nothing said twice.

Whatever made the words, an author, a template or a local fact, shows here first. Linear in the size of the pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape

from alongside.files.problems import Problem, quoted
from alongside.render.page import Page

#: An attribute may hold a sign that looks like the end of a tag.
REST = r"""(?![\w-])(?:[^<>"']|"[^"]*"|'[^']*')*>"""
#: What is shown as it is typed, and a sign that stands for it.
AS_TYPED = re.compile(rf"<(code|pre|script|style|svg|template|textarea){REST}.*?</\1>|<!--.*?-->", re.DOTALL)
TYPED = "‥"
#: Tags inside a sentence. Any other tag ends it.
WITHIN = re.compile(rf"</?(?:a|abbr|b|bdi|cite|del|em|i|img|ins|mark|q|s|small|span|strong|sub|sup|time|u|wbr){REST}")
BETWEEN = re.compile(rf"<(/?[a-zA-Z][\w-]*)({REST})")
#: People who speak may say a thing twice.
SPEECH = re.compile(r'\bclass="(?:[^"]*\s)?(?:says|turn__says)[\s"]')

#: Marks of our own Markdown, and of tables whose form was not understood.
MARKUP = re.compile(r"\[\[|\]\]|\*\*|\{\{|\}\}|\[@|^Table:|[|`]")
QUOTATION = re.compile(r"“[^”]*”")
SENTENCE_END = re.compile(r"(?<=[.!?…]) ")
#: Shorter ones are said twice without anybody minding: "It is late. It is late."
FEWEST_WORDS = 4
ENDS = (".", "!", "?", "…")


def check_texts(pages: Iterable[Page]) -> list[Problem]:
    """A problem for each passage that readers would see with signs in it that were meant for the builder, or with a sentence twice.

    A passage that several pages show, such as a lesson and its copy for paper, is named once.
    """
    shown = (page for page in pages if not page.leads_to)
    found = ((page, *fault) for page in shown for fault in (page.facts.faults if page.facts else faults_of(page.body)))
    first: dict[tuple[str, str], Problem] = {}
    for page, code, words in found:
        first.setdefault((code, words), _problem(page, code, words))
    return [*first.values()]


def faults_of(body: str) -> Iterator[tuple[str, str]]:
    """The code of each fault in the body of a page, and the words in which it stands."""
    before = ""
    for tag, rest, words in _passages(body):
        if MARKUP.search(words):
            yield "T116", words
        if not words:
            if tag == "th":
                yield "T114", ""
            continue
        if SPEECH.search(rest):
            continue
        sentences = SENTENCE_END.split(QUOTATION.sub("“…”", words) if "“" in words else words)
        if sentences[0] == before and _is_sentence(before):
            yield "T115", before
        before = sentences[-1]
        if len(sentences) > 1 and len(set(sentences)) < len(sentences):
            yield from (("T115", one) for one, times in Counter(sentences).items() if times > 1 and _is_sentence(one))


def _is_sentence(words: str) -> bool:
    return words[-1:] in ENDS and len(words.split()) >= FEWEST_WORDS


def _passages(body: str) -> Iterator[tuple[str, str, str]]:
    """What stands together on a page, a paragraph, an entry of a list, a cell: the tag before it, the rest of that tag, and its words."""
    pieces = BETWEEN.split(WITHIN.sub("", AS_TYPED.sub(TYPED, body)))
    for tag, rest, text in zip(["", *pieces[1::3]], ["", *pieces[2::3]], pieces[::3], strict=True):
        if tag == "th" or not text.isspace():
            yield tag, rest, " ".join((unescape(text) if "&" in text else text).split())


def _problem(page: Page, code: str, words: str) -> Problem:
    where = quoted(page.url or "the home page")
    if code == "T114":
        return Problem(
            code, "error", f"a table on {where} has a heading without words", page.source, "a name for each column",
            "write what the column holds into its first row",
        )  # fmt: skip
    if code == "T115":
        return Problem(
            code, "error", f"a sentence stands twice on {where}: {quoted(words)}", page.source, "each sentence once",
            "leave it out where the page says it by itself, or delete one of the two",
        )  # fmt: skip
    return Problem(
        code, "error", f"readers of {where} would see markup: {quoted(words)}", page.source,
        "words, with no sign that was meant for the builder",
        "correct the sign, leave a line free before a table, or put what is meant as it stands into `backticks`",
    )  # fmt: skip
