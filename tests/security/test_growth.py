"""What a hostile text or file costs grows no faster than its length.

Time is never compared with a clock on the wall: a cost is processor time, and it is judged beside that of half as much
of the same, and of ordinary Markdown or YAML of the same length.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from alongside.files.problems import BuildError
from alongside.files.source import MAX_BYTES, read_bytes
from alongside.model.curriculum import Term
from alongside.model.element import MAX_LINE, MAX_PROSE
from alongside.render import markdown
from alongside.render.markdown import Prose, References
from alongside.texts.blocks import DEEPEST
from alongside.texts.markdown_cost import MOST_BARS, MOST_LINES
from alongside.texts.passages import read

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]

Shape = Callable[[int], str]

#: Twice as much may cost a little more than twice as much. Four times as much is what must not be.
GROWTH = 3.2
#: What grows faster is still cheap as long as it costs no more than this many times as much as ordinary text.
DEAR = 8
#: No text may cost more than this many times as much as ordinary text of the same length.
DEAREST = 12


def again(piece: str, head: str = "", tail: str = "") -> Shape:
    """The same piece as often as there is room for it."""
    return lambda n: head + (piece * (n // len(piece) + 1))[: max(0, n - len(head) - len(tail))] + tail


def numbered(piece: str) -> Shape:
    """Pieces that differ by a number."""
    return lambda n: "".join(piece.format(number) for number in range(n // len(piece) + 1))[:n]


def longer(sign: str, between: str) -> Shape:
    """Runs of a sign, each longer than the one before."""
    return lambda n: between.join(sign * k for k in range(1, int((2 * n) ** 0.5) + 1))[:n]


def stairs(mark: str, step: int) -> Shape:
    """Lines that are each indented further."""
    return lambda n: "\n".join(" " * (step * k) + mark + "x" for k in range(int((2 * n / step) ** 0.5) + 1))[:n]


def both(opening: str, closing: str, between: str = "a") -> Shape:
    """As many closing as opening pieces around something."""
    return lambda n: opening * (n // len(opening + closing)) + between + closing * (n // len(opening + closing))


def as_many_lines_as_may_be(*lines: str) -> Shape:
    """Lines in turn, as many as a text may have, and so long that it is as long as it may be."""

    def make(n: int) -> str:
        most = MOST_LINES * n // MAX_PROSE
        room = n // most
        chosen = [lines[number % len(lines)] for number in range(most)]
        return "\n".join(line.replace("…", "a" * max(1, room - len(line))) for line in chosen)[:n]

    return make


def table(header: str, row: str) -> Shape:
    """A table as wide as may be."""
    head = header * (MOST_BARS - 1) + "|\n" + "|-" * (MOST_BARS - 1) + "|\n"
    return lambda n: head + (row + "\n") * min(MOST_LINES * n // MAX_PROSE - 4, (n - len(head)) // (len(row) + 1))


SHAPES: dict[str, Shape] = {
    "brackets that open": again("["),
    "brackets and letters": again("[a"),
    "brackets that open and close": both("[", "]"),
    "more opening than closing brackets": both("[[", "](x)"),
    "empty brackets": again("[]"),
    "pictures that open": again("!["),
    "terms that open": again("[[a"),
    "terms without an end": again("[[x|"),
    "terms": again("[[trap]]"),
    "citations that open": again("[@x"),
    "citations": again("[@x]"),
    "languages that open": again("[x]{lang="),
    "a long language": again("-a", head="[x]{lang=fr"),
    "slots that open": again("{{ "),
    "a slot of spaces": again(" ", head="{{ a"),
    "slots": again("{{ trap }}"),
    "footnotes": again("[^1][^1]"),
    "links in links": both("[", "](u)"),
    "pictures in pictures": both("![", "](u)"),
    "links in links, as deep as they are read": again("[" * DEEPEST + "a" + "](u)" * DEEPEST + " "),
    "emphasis and links in one another": both("*[", "](b)*"),
    "links": again("[a](b)"),
    "links that open": again("[a]("),
    "links with angles that open": again("[a](<"),
    "pictures with an address that opens": again("![a]("),
    "links with round brackets": again("[a](b(c)"),
    "round brackets in an address": both("(", ")", between="b"),
    "a link of round brackets": again("(", head="[a]("),
    "a link of spaces": again(" ", head="[a]("),
    "links with a title": again('[a](b "c")'),
    "titles that open": again('[a](b "'),
    "titles of both kinds that open": again("[a](b '\""),
    "references that open": again("[a]["),
    "references": again("[x][a]", head="[a]: b\n\n"),
    "definitions": numbered("[a{}]: b\n"),
    "definitions in one line": again("[a]:"),
    "definitions that go nowhere": as_many_lines_as_may_be("[…]:"),
    "definitions with a title that opens": again('[a]: b "'),
    "emphasis without an end": again("*a "),
    "strong emphasis without an end": again("a **b "),
    "emphasis of both kinds": again("*a **b "),
    "emphasis in emphasis": both("*a ", "b* "),
    "strong emphasis in emphasis": both("*a __b ", "__ c* "),
    "emphasis that closes too often": again("***a** b*"),
    "emphasis that crosses": again("*a_"),
    "stars": again("*"),
    "underscores": again("_"),
    "underscores around letters": again("_a_"),
    "underscores before letters": again("__a"),
    "three stars": again("***a "),
    "backticks": again("`"),
    "backticks and letters": again("`a"),
    "backticks of two lengths": again("``a`"),
    "longer and longer backticks": longer("`", "a"),
    "code": again("`*`"),
    "backslashes": again("\\"),
    "escaped stars": again("\\*"),
    "escaped backticks": again("\\\\`"),
    "references to characters that open": again("&#"),
    "ampersands": again("&"),
    "characters by name": again("&amp;"),
    "a long number of a character": again("1", head="&#"),
    "tags that open": again("<a "),
    "tags": again("<div>\n"),
    "attributes": again('b="c" ', head="<a "),
    "comments that open": again("<!--"),
    "sections of text that open": again("<![CDATA["),
    "instructions that open": again("<?"),
    "addresses that open": again("<https://"),
    "addresses": again("<https://a>"),
    "a long scheme": again("a", head="<"),
    "mail": again("<a@b"),
    "quotations in quotations": again("> "),
    "quotations without spaces": again(">"),
    "quotations as deep as may be": as_many_lines_as_may_be("> " * DEEPEST + "…"),
    "lists in quotations": again("> - "),
    "lists in lists on one line": again("- "),
    "lists in lists and a word": again("- ", tail="x"),
    "lists in lists as deep as may be": as_many_lines_as_may_be("- " * DEEPEST + "…"),
    "numbers in numbers": again("1. "),
    "a list": as_many_lines_as_may_be("- …"),
    "a list with paragraphs": again("- a\n\n"),
    "a numbered list": numbered("{}. a\n"),
    "lists further and further in": stairs("- ", 4),
    "numbers further and further in": stairs("1. ", 4),
    "paragraphs further and further in": stairs("", 4),
    "lists in and out": as_many_lines_as_may_be("- …", "    - …", "        - …"),
    "lists and headings": as_many_lines_as_may_be("# …", "- …"),
    "lists of dashes only": again("-\n"),
    "headings": as_many_lines_as_may_be("# …"),
    "empty headings": again("#\n"),
    "signs of headings": again("#"),
    "headings that close and close": again(" #", head="# a"),
    "headings in quotations": as_many_lines_as_may_be("> # …"),
    "underlined headings": as_many_lines_as_may_be("…", "="),
    "lines of equals signs": again("=\n"),
    "equals signs": again("="),
    "rules": as_many_lines_as_may_be("-------------------"),
    "rules with spaces": as_many_lines_as_may_be("- - - - -          "),
    "a rule that is none": again("-", tail="x"),
    "stars for rules": as_many_lines_as_may_be("***"),
    "code without an end": again("a\n", head="```\n"),
    "code that opens and opens": as_many_lines_as_may_be("```…"),
    "code in tildes that opens and opens": as_many_lines_as_may_be("~~~…"),
    "longer and longer code": longer("`", "\n"),
    "tildes": again("~"),
    "options of code": again(".a ", head="```{"),
    "lines of code": again('``` hl_lines="'),
    "code by indentation": again("    a\n\n"),
    "a wide table": table("|a", "|" + "b" * 16),
    "a table of ticks": table("|a", "|`" * (MOST_BARS - 1)),
    "tables": again(("|a" * (MOST_BARS - 1) + "|\n|" + "-|" * (MOST_BARS - 1) + "\n") + "|b|\n\n"),
    "a table wider than may be": again("|a"),
    "bars": again("|"),
    "lines of bars": again("|\n"),
    "a table of one column": as_many_lines_as_may_be("|…|", "|-|"),
    "captions": again("Table: "),
    "tables with captions": again("Table: x\n\n|a|b|\n|-|-|\n|b|c|\n\n"),
    "a long word": again("a", head="*"),
    "lines of one character": again("a\n", head="*"),
    "paragraphs of one character": again("a\n\n", head="*"),
    "spaces": again(" ", head="*a", tail="b"),
    "spaces at the end of lines": again("a  \n", head="*"),
    "many spaces at the end of lines": again("*a" + " " * 200 + "\n"),
    "tabs": again("\t", head="*a", tail="b"),
    "empty lines": again("\n", head="*a", tail="b"),
    "emoji": again("🙂*"),
    "marks of the parser": again("\x02klzzwxh:0000\x03"),
    "marks of the parser for code": again("\x02wzxhzdk:0\x03", head="```\na\n```\n"),
    "everything": again("*a [b](c) `d` ![e](f) [[g]] {{ h }} **i** <j> &k; \\l\n"),
}  # fmt: skip

ORDINARY = again(
    "Some *plain* words that [lead](https://e.org) on & on, and [[trap]] that `may` surprise.\n\n"
    "- one of *them* that is **long**\n- two {{ trap }}s\n\n"
)
KNOWN = References({}, {"trap": Term.model_construct(term="x", definition="x")}, {"trap": "x"})


def cost(work: Callable[[], object], times: int = 3) -> float:
    """Processor time of the work, the least of some times."""
    spent = []
    enabled = gc.isenabled()
    gc.disable()
    try:
        for _ in range(times):
            start = time.process_time()
            work()
            spent.append(time.process_time() - start)
    finally:
        if enabled:
            gc.enable()
    return min(spent)


Ready = Callable[[str], Callable[[], object]]


def rendering(way: Callable[[Prose, str, str], object]) -> Ready:
    """Renders a text, or refuses to. Each time for another folder, since what was rendered is remembered."""
    prose, folders = Prose(KNOWN), count()

    def ready(text: str) -> Callable[[], None]:
        def work() -> None:
            read.cache_clear()
            with suppress(BuildError):
                way(prose, text, f"{next(folders)}/")

        return work

    return ready


def too_dear(shape: Shape, ordinary: Shape, size: int, ready: Ready) -> Iterator[str]:
    """What is wrong with the cost of a shape at this size and at half of it."""
    usual, work = usual_cost(ordinary, size, ready), ready(shape(size))
    if cost(work, times=1) <= DEAR * usual:
        return
    # A machine that is busy with something else slows everything down, so only what is always found counts.
    wrong: list[str] = []
    for _ in range(3):
        wrong = list(compared(shape, ordinary, size, ready))
        if not wrong:
            break
    yield from wrong


def compared(shape: Shape, ordinary: Shape, size: int, ready: Ready) -> Iterator[str]:
    """What is wrong with the cost of a shape, measured beside what it is compared with."""
    whole, usual = cost(ready(shape(size))), cost(ready(ordinary(size)))
    if whole > DEAR * usual:
        growth = whole / cost(ready(shape(size // 2)))
        if growth > GROWTH:
            yield f"twice as much costs {growth:.1f} times as much, {whole / usual:.0f} times as much as ordinary text"
    if whole > DEAREST * usual:
        yield f"it costs {whole / usual:.0f} times as much as ordinary text"


@cache
def usual_cost(ordinary: Shape, size: int, ready: Ready) -> float:
    """What ordinary text of this length costs."""
    return cost(ready(ordinary(size)), times=5)


PARAGRAPHS, SENTENCES = rendering(Prose.block), rendering(Prose.inline)


def test_there_are_shapes_of_many_kinds() -> None:
    assert len(SHAPES) >= 100
    assert Prose(KNOWN).block(ORDINARY(MAX_PROSE)), "what others are compared with is not refused"
    assert len({shape(4_000) for shape in SHAPES.values()}) == len(SHAPES)


@pytest.mark.parametrize("name", SHAPES)
def test_no_shape_of_markdown_is_dear(name: str) -> None:
    assert list(too_dear(SHAPES[name], ORDINARY, MAX_PROSE // 5, PARAGRAPHS)) == []


@pytest.mark.parametrize("name", SHAPES)
def test_no_shape_of_a_sentence_is_dear(name: str) -> None:
    assert list(too_dear(SHAPES[name], ORDINARY, MAX_LINE, SENTENCES)) == []


@pytest.mark.site
@pytest.mark.parametrize("name", SHAPES)
def test_no_shape_of_markdown_is_dear_in_the_longest_field(name: str) -> None:
    assert list(too_dear(SHAPES[name], ORDINARY, MAX_PROSE, PARAGRAPHS)) == []


def test_the_harness_notices_a_cost_that_grows_with_the_square() -> None:
    def ready(text: str) -> Callable[[], object]:
        return lambda: [sum(map(len, text[start:])) for start in range(len(text)) if text[start] == "["]

    assert list(too_dear(again("["), ORDINARY, 1_000, ready))


def test_the_harness_notices_texts_without_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "excess", lambda text: ())
    wide = lambda n: "|a" * (n // 8) + "\n" + "|-" * (n // 8) + "\n" + "|\n" * (n // 4)  # noqa: E731  # as all shapes
    assert list(too_dear(wide, ORDINARY, 800, PARAGRAPHS))


# ----------------------------------------------------------------------- YAML


def flow(opening: str, closing: str) -> Shape:
    return lambda n: "a: " + opening * (n // 2) + closing * (n // 2)


FILES: dict[str, Shape] = {
    "lists in lists": flow("[", "]"),
    "lists that open": again("[", head="a: "),
    "groups in groups": flow("{", "}"),
    "groups with a key that open": again("{a: ", head="a: "),
    "groups further and further in": stairs("a:\n", 1),
    "entries further and further in": again("- "),
    "question marks": again("? "),
    "many keys": numbered("k{}: a\n"),
    "many keys on one line": lambda n: "{" + numbered("k{}: a,")(n),
    "the same key": again("a: b\n"),
    "many entries": again("- a\n", head="a:\n"),
    "many entries on one line": again("a,", head="a: ["),
    "a long text": again("a", head="a: "),
    "a long text in quotation marks": again("a", head='a: "', tail='"'),
    "a quotation that opens": again("a\n", head='a: "'),
    "escapes": again("\\n", head='a: "', tail='"'),
    "apostrophes": again("''", head="a: '", tail="'"),
    "a folded text": again("  a\n", head="a: >\n"),
    "a folded text of empty lines": again("\n", head="a: >\n"),
    "a text as it is": again("  a\n", head="a: |\n"),
    "texts as they are": again("- |\n  a\n", head="a:\n"),
    "texts of empty lines": again("- |\n\n\n\n\n\n\n", head="a:\n"),
    "a text over many lines": again(" a\n", head="a:\n"),
    "remarks": again("# a\n"),
    "a long remark": again("#"),
    "lost remarks": again("- a #b\n", head="a:\n"),
    "lost remarks on long lines": again("a #b ", head="a: "),
    "spaces": again(" ", head="a:", tail="b"),
    "lines of spaces": again("   \n", head="a:\n"),
    "dashes": again("-", head="a: "),
    "colons": again(":"),
    "keys without a value": numbered("k{}:\n"),
    "anchors": numbered("- &a{} b\n"),
    "tags": again("!a ", head="a: "),
    "directives": again("%a b\n"),
    "documents": again("---\na: b\n"),
    "brackets around texts": again("[a, 'b', ", head="a: "),
    "a line that goes on in the wrong place": lambda n: "a:\n" + again("  - a\n")(n) + " b: [\n",
    "quotation marks on every line": lambda n: again('- "a"\n')(n) + '- "a" b\n',
    "a quotation that closes too early": again('a " b\n', head='a: "'),
}

PLAIN_FILE = numbered("key-{}: some words\n")


def reading(text: str) -> Callable[[], object]:
    content = text.encode()
    return lambda: read_bytes(content, "a.yml")


@pytest.mark.parametrize("name", FILES)
def test_no_shape_of_yaml_is_dear(name: str) -> None:
    assert list(too_dear(FILES[name], PLAIN_FILE, MAX_BYTES // 4, reading)) == []


@pytest.mark.site
@pytest.mark.parametrize("name", FILES)
def test_no_shape_of_yaml_is_dear_in_the_largest_file(name: str) -> None:
    assert list(too_dear(FILES[name], PLAIN_FILE, MAX_BYTES, reading)) == []


@pytest.mark.site
@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="only Linux says how much memory was used")
def test_the_largest_hostile_files_need_little_memory() -> None:
    """In a process of its own, which reads all of them one after the other."""
    script = (
        "from pathlib import Path\n"
        "from alongside.files.source import read_bytes\n"
        "from tests.security.test_growth import FILES, MAX_BYTES\n"
        "for name, shape in FILES.items():\n"
        "    read_bytes(shape(MAX_BYTES).encode()[:MAX_BYTES], name)\n"
        # What the kernel notes for `getrusage` begins with the size of the process that started this one.
        "print(next(line.split()[1] for line in Path('/proc/self/status').open() if line.startswith('VmHWM')))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert int(done.stdout) * 1024 < 200 * 1024 * 1024
