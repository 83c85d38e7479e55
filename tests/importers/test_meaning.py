"""What a bank means survives its import: questions with a known meaning are written as banks by a small writer of
our own, imported, shown as a page shows them, and compared letter by letter.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from alongside.importers import imported
from alongside.importers.bank import Bank
from alongside.render.markdown import Prose, References
from alongside.reports.problems import as_text

PROSE = Prose(References())
SIGNS = "*_`[]{}<>#~=:\\&;|!@+-.()$%^'\"/?,"


@dataclass(frozen=True)
class Choice:
    """Something to choose, as its author means it."""

    text: str
    worth: float
    feedback: str


@dataclass(frozen=True)
class Known:
    """A question, as its author means it."""

    prompt: str
    choices: tuple[Choice, ...]
    general: str
    #: Lines of code, and rows of a table, that stand before the prompt.
    code: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()


# ---------------------------------------------------------------- the small writer


def gift_signs(text: str) -> str:
    return re.sub(r"([~=#{}:\\])", r"\\\1", text)


def html_signs(text: str) -> str:
    return gift_signs(html.escape(text, quote=False))


def as_gift(known: Known, form: str) -> str:
    said = html_signs if form == "html" else gift_signs
    case = ""
    if form == "html":
        if known.code:
            case += f"<pre>{'<br>'.join(map(said, known.code))}</pre>"
        if known.table:
            rows = ("".join(f"<td>{said(cell)}</td>" for cell in row) for row in known.table[1:])
            head = "".join(f"<th>{said(cell)}</th>" for cell in known.table[0])
            case += f"<table><tr>{head}</tr>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    prompt = f"{case}<p>{said(known.prompt)}</p>" if form == "html" else said(known.prompt)
    answers = "".join(f"\n  {sign(choice)}{said(choice.text)}#{said(choice.feedback)}" for choice in known.choices)
    return f"::Question::[{form}]{prompt} {{{answers}\n  ####{said(known.general)}\n}}\n"


def sign(choice: Choice) -> str:
    return "=" if choice.worth == 100 else f"~%{choice.worth:g}%" if choice.worth else "~"


def as_quiz(known: Known) -> str:
    """The same for mkdocs-quiz, with all words that hold signs as code."""
    code = f"```\n{chr(10).join(known.code)}\n```\n" if known.code else ""
    table = "\n".join("| " + " | ".join(row) + " |" for row in known.table).replace("\n", f"\n|{' - |' * 2}\n", 1)
    answers = "\n".join(
        f"- [{'x' if choice.worth > 0 else ' '}] `{choice.text}`\n> `{choice.feedback}`" for choice in known.choices
    )
    return f"<quiz>\n{code}{table}\n\n{known.prompt}\n\n{answers}\n\n`{known.general}`\n</quiz>\n"


# ---------------------------------------------------------------- what is compared


def shown(text: str, *, block: bool = False) -> str:
    """What a reader sees of a text, without the difference between one blank and several."""
    made = PROSE.block(text) if block else PROSE.inline(text)
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", "", made)).split())


def questions(bank: Bank) -> list[dict[str, Any]]:
    return [question for text in bank.files() for question in yaml.load(text, yaml.BaseLoader)["questions"]]


def words(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"\w+", text)}


def words_said(bank: Bank) -> set[str]:
    """Every word that the bank has become: in the questions, in remarks, or in what is reported."""
    made = "\n".join(bank.files()) + as_text(bank.problems)
    said = {shown(value, block=True) for question in questions(bank) for value in strings(question)}
    return words(made) | words(" ".join(said))


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [one for key, inner in value.items() for one in [key, *strings(inner)]]
    if isinstance(value, list):
        return [one for inner in value for one in strings(inner)]
    return [value]


# ------------------------------------------------------------------ what is generated

LETTERS = st.text("abcdeé你ß" + SIGNS + "  ", min_size=1, max_size=14).map(lambda text: " ".join(text.split()))
#: No form says which of these are meant as words: a weight, a form, or a match of another kind.
TEXT = LETTERS.filter(
    lambda text: re.search(r"[a-zß你]", text) and not re.match(r"[%\[/$]|\*$", text) and "->" not in text
)
PROMPT = TEXT.map(lambda text: f"What of {text} is it?")
WORTHS = st.sampled_from([(100, 0, 0), (0, 100, 0), (50, 50, 0), (100, 50, 0), (50, -100, 50), (33.33333, 33.33333, 33.33333), (0, 0, 100, 50, -50)])  # fmt: skip
CODE_LINE = st.text("abi xX=*_`<>&#\\[](){}:;|~'\"", min_size=1, max_size=12).map(str.rstrip).filter(str.strip)
CELL = LETTERS.filter(lambda text: re.search(r"[a-zß]", text))


@st.composite
def known(draw: st.DrawFn, *, text: st.SearchStrategy[str] = TEXT, case: bool = True) -> Known:
    worths = draw(WORTHS)
    texts = draw(st.lists(text, min_size=len(worths), max_size=len(worths), unique_by=lambda one: one.casefold()))
    choices = tuple(Choice(said, worth, draw(text)) for said, worth in zip(texts, worths, strict=True))
    code = tuple(draw(st.lists(CODE_LINE, max_size=3))) if case else ()
    table = tuple(draw(st.lists(st.tuples(CELL, CELL), min_size=2, max_size=3))) if case and draw(st.booleans()) else ()
    return Known(draw(PROMPT), choices, draw(text), code, table)


def compared(meant: Known, bank: Bank) -> dict[str, Any]:
    """Finds what differs between a question as it was meant and as it arrived."""
    assert not bank.refused, as_text(bank.problems)
    (question,) = questions(bank)
    assert shown(question["prompt"]).removesuffix(" Choose all that apply.") == meant.prompt
    arrived = {shown(option["text"]): option for option in question["options"]}
    for choice in meant.choices:
        option = arrived[choice.text]
        right = option.get("correct") == "true" or option.get("grade") in {"best", "acceptable"}
        assert right == (choice.worth > 0), (choice, option)
        assert shown(option["feedback"]) == choice.feedback
    others = [text for text in arrived if text not in {choice.text for choice in meant.choices}]
    assert all(text.startswith("(write here: ") for text in others)
    assert shown(question["rationale"], block=True) == meant.general
    return question


@pytest.mark.slow
@given(known(case=False), st.sampled_from(["plain", "html"]))
def test_letters_and_what_is_right_survive_gift(meant: Known, form: str) -> None:
    compared(meant, imported("gift", as_gift(meant, form), "b"))


@pytest.mark.slow
@given(known())
def test_code_and_tables_survive_gift(meant: Known) -> None:
    question = compared(meant, imported("gift", as_gift(meant, "html"), "b"))
    page = PROSE.block(question.get("context", "x"))
    if any(map(str.strip, meant.code)):
        (code,) = re.findall(r"<pre><code>(.*?)</code></pre>", page, re.DOTALL)
        lines = [line.rstrip() for line in html.unescape(code).strip("\n").split("\n")]
        assert lines == [line.rstrip() for line in meant.code]
    cells = [
        " ".join(html.unescape(re.sub(r"<[^<>]*>", "", cell)).split())
        for cell in re.findall(r"<t[dh](?: [^<>]*)?>(.*?)</t[dh]>", page, re.DOTALL)
    ]
    assert cells == [cell for row in meant.table for cell in row]


CODED = (
    st.text("abcdeé你" + SIGNS.replace("`", "") + " ", min_size=1, max_size=14)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: re.search("[a-z]", text))
)
PLAIN_WORDS = st.text("abcdeé你 ", min_size=1, max_size=14).map(lambda text: " ".join(text.split())).filter(bool)


@pytest.mark.slow
@given(
    known(text=CODED, case=False),
    PLAIN_WORDS,
    st.lists(CODE_LINE, max_size=3),
    st.lists(st.tuples(PLAIN_WORDS, PLAIN_WORDS), min_size=2, max_size=3),
)
def test_letters_code_and_what_is_right_survive_mkdocs_quiz(
    meant: Known, prompt: str, code: list[str], table: list[tuple[str, str]]
) -> None:
    assume(not any(line.lstrip().startswith("```") for line in code))
    meant = Known(
        f"What of {prompt} is it?",
        tuple(Choice(c.text, max(c.worth, 0), c.feedback) for c in meant.choices),
        meant.general,
        tuple(code),
        tuple(table),
    )
    question = compared(meant, imported("mkdocs-quiz", as_quiz(meant), "b"))
    page = PROSE.block(question["context"])
    assert [
        line.rstrip()
        for line in html.unescape("".join(re.findall(r"<pre><code>(.*?)</code></pre>", page, re.DOTALL)))
        .strip("\n")
        .split("\n")
    ] == ([line.rstrip() for line in code] or [""])
    assert re.findall(r"<t[dh](?: [^<>]*)?>(.*?)</t[dh]>", page, re.DOTALL) == [cell for row in table for cell in row]


# ------------------------------------------------------------------- nothing is lost

#: Pieces of banks as they are found in the wild, each with words of its own in place of 0.
GIFT_PIECES = [
    "Describe0 it{}", "Who0 {=a0 ~b0 ~c0}", "How0 many? {#3}", "How0 many? {#3:1#near0}", "How0 many? {#1..5}", "Statement0.{T#no0#yes0}",
    "Only0 words0 here0", "Who0 {=a0", "~b0}", "Who0 {=a0}\nWhat0 {=b0 ~c0}", "Match0 {=l0 -> r0 =k0 -> s0#fb0 = -> t0}", "Match0 {=l0 -> r0 =k0}",
    "Grant0 lies {=in0 =within0#feed0} tomb0.", "Write0 {=w0* =v0}", "Write0 {=w0#one0 =v0#two0 =%50%u0#three0 =*#else0}", "// remark0", "// [id:x0] [tag:y0]",
    "::name0::Who0 {~%50%a0 ~%25%b0 ~c0 ####general0}", "$CATEGORY: cat0/sub0", "[html]<p>P0 <sub>sub0</sub><sup>sup0</sup> <u>un0</u> <b>bo0</b></p>{=a0 ~b0}",
    "[html]<table><caption>cap0</caption><tr><td>c0<td>d0</table><p>Q0</p>{=a0 ~b0}", '[html]<img src\\="pic0.png" alt\\="alt0">Q0{=a0 ~<img src\\="pix0.png"> ~b0}',
    "[html]<math><mi>m0</mi></math>Q0 <script>s0</script><!-- comment0 --><foo0>t0</foo0>{=a0#<ul><li>f0</li><li>g0</li></ul> ~b0}", '[html]<ul><li>i0<ol type\\="a"><li>j0</ol></ul>Q0{=a0 ~b0}',
    "[html]Q0{=<pre>x0<br>y0</pre> ~b0}", "[markdown]# Head0\\n\\n![alt0](pic0.png) [link0](page0.html) ~~del0~~ `code0` <kbd>key0</kbd>{=a0 ~b0}", "Which0 _____ is it?{=a0 ~b0}",
    "[plain]What0?\\nint x0;\\nif (y0) \\{\\n  z0();\\n\\}{=a0 ~b0}", 'Who0 <a href="u0">x0</a>{=<a href="v0">y0</a> ~b0}', 'Link0 [html]<a href\\="https\\://e.org/p0">l0</a> <a href\\="q0.pdf">m0</a>{=a0 ~b0}',
    "Long0 {=" + "word0 " * 130 + " ~b0}", "Q0 \\(x0^2\\) $$y0$${=a0 ~%33,3%b0 ~c0}", "Both0 {=a0} and0 {=b0}?", "Same0 {=a0 ~a0 ~b0}", "All0 {~%100%a0 ~%100%b0 ~c0}",
]  # fmt: skip
QUIZ_PIECES = [
    "What0?\n- [x] a0\n- [ ] b0\n\ncontent0", "What0?\n- [x] a0\n> feed0\n- [ ] b0", "What0?\n- [x] a0\n\n> orphan0\n\n- [ ] b0", "Fill0 [[gap0]] and [[pap0]].\n\n---\nbelow0",
    '```python title="t0"\ncode0\n```\nFill0 [[gap0]].', "- item0 [[gap0]]\n- other0 [[pap0]]", "- # Head0\n\n    ---\n\n    - [x] a0\n    - [ ] b0", "What0?\n- [y] a0", "What0?\n- [x] a0\n  more0\n- [ ] b0",
    "Just0 words0", '!!! tip "Title0"\n    inside0\n\nWhat0?\n- [x] a0\n- [ ] b0', "What0 <sub>sub0</sub> ![alt0](pic0.png){ width=1 } [w0](rel0.md)\n- [x] `a0`\n- [ ] **b0**", "<!-- note0 -->What0?\n- [x] a0\n- [ ] b0",
    "Which0?\n- [ x] a0\n- [ ] b0", "Which0 [[gap0]]?\n- [x] a0\n- [ ] b0", "What0?\n\n```md\n- [x] code0\n```\n\n- [x] a0\n- [ ]\n- [ ] b0", "| h0 | i0 |\n|---|---|\n| c0 | [[gap0]] |",
]  # fmt: skip


def numbered(pieces: list[str]) -> list[str]:
    """The pieces with words that no other has."""
    return [
        re.sub(r"(?<=[a-z])0", f"{chr(97 + number % 26)}{chr(97 + number // 26)}q", piece)
        for number, piece in enumerate(pieces)
    ]


def lost(form: str, text: str) -> set[str]:
    bank = imported(form, text, "bank")
    gone = words(re.sub(r"\\n", " ", text)) - words_said(bank)
    return {word for word in gone if word.endswith("q")}


@pytest.mark.slow
@pytest.mark.parametrize("piece", numbered(GIFT_PIECES))
def test_every_word_of_a_gift_bank_is_somewhere(piece: str) -> None:
    assert lost("gift", f"{piece}\n\nWhat stands last? {{=one ~two ~three}}\n") == set()


@pytest.mark.slow
@pytest.mark.parametrize("piece", numbered(QUIZ_PIECES))
def test_every_word_of_a_quiz_is_somewhere(piece: str) -> None:
    assert (
        lost("mkdocs-quiz", f"<quiz>\n{piece}\n</quiz>\n\n<quiz>\nWhat stands last?\n- [x] one\n- [ ] two\n</quiz>\n")
        == set()
    )


@pytest.mark.slow
@given(
    st.lists(st.sampled_from(GIFT_PIECES), max_size=8).map(numbered),
    st.sampled_from(["\n\n", "\r\n\r\n", "\n \n\n", "\r\r"]),
    st.sampled_from(["", "\ufeff"]),
)
def test_every_word_of_several_questions_is_somewhere(pieces: list[str], between: str, first: str) -> None:
    text = first + between.join([*pieces, "What stands last? {=one ~two ~three}"])
    assert lost("gift", text.replace("\n", between[: len(between) // 2]) if "\r" in between else text) == set()
