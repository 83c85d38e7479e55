"""What rules see in Markdown."""

from __future__ import annotations

import time

import pytest

from alongside.rules import RULES
from alongside.rules.engine import check_curriculum
from alongside.texts import markup, readability
from alongside.texts.syllables import syllables

TEXT = """\
## Say it back

A [[reflection|mirror]] gives *back* what [you](module:listening) heard [@weger-2014].
Tell {{ organisation.name }}.

- one
- two
  goes on

> quoted

Table: Lines

| a | b |
| - | - |
| 1 | 2 |

Title
-----

```
code | here
```
1. first
"""


def test_blocks_are_told_apart() -> None:
    kinds = [block.kind for block in markup.parts(TEXT)]
    assert kinds == ["heading", "paragraph", "item", "item", "quote", "paragraph", "table", "heading", "code", "item"]
    assert [block.level for block in markup.parts(TEXT) if block.kind == "heading"] == [2, 2]


def test_every_block_says_where_it_starts() -> None:
    for block in markup.parts(TEXT):
        if block.kind != "heading":
            assert TEXT[block.start : block.start + len(block.text)] == block.text


def test_a_caption_belongs_to_the_table_after_it() -> None:
    assert [caption for _, caption in markup.captions(TEXT)] == ["Lines"]
    directly = "Table: Lines\n| a | b |\n| - | - |"
    assert [caption for _, caption in markup.captions(directly)] == ["Lines"]


def test_visible_words_keep_their_places() -> None:
    shown = markup.visible(TEXT)
    assert len(shown) == len(TEXT)
    assert shown.index("mirror") == TEXT.index("mirror")
    words = markup.words(shown)
    assert "weger-2014" not in words
    assert "reflection" not in words
    assert "module" not in words
    assert "them" in words


def test_a_name_is_told_from_the_start_of_a_sentence() -> None:
    text = "Ask Ada. Then wait."
    assert markup.starts_a_name(text, 4)
    assert not markup.starts_a_name(text, 9)
    assert not markup.starts_a_name(text, 0)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He waits. She looks down.", 2),
        ("“I can’t. Not today,” she said.", 2),
        ("Ask Dr. Bell, e.g. about sleep.", 1),
        ("No full stop", 1),
        ("- one\n- two", 2),
        ("I don’t. Behind it is more.", 2),
        ("Wait … and see.", 2),
        ("## A heading\n\nOne.", 1),
        ("`code.` only.", 1),
        ("", 0),
    ],
)
def test_sentences_are_counted(text: str, count: int) -> None:
    assert len(list(readability.sentences(text))) == count


def test_a_sentence_knows_where_it_starts() -> None:
    text = "He waits.\nShe looks *down*."
    assert [text[s.start :][:3] for s in readability.sentences(text)] == ["He ", "She"]


WORDS = {
    1: "the be asked called makes times breathes used tired says eye knees shoes can’t they’re I’ll though played shared theirs",
    2: "wanted handled tables voices something lonely movement homework workplace marriage anxious region quiet client science people "
    "create great-aunt going being trying player colleague unique centre hundred mentee didn’t it’ll would’ve boss’s answer annoyed",
    3: "management element requirement safeguarding material-ly essential period violence million-fold opinion suicide actual mutual "
    "racism video idea theatre behaviour listening reflection supporter volunteer exercise possible together dialogue",
    4: "variation appreciate negotiate initiative priority scenario society anxiety experience situation influence-ing usually criticism identity",
    5: "immediately individual organisation accessible coordinator disability",
}


def test_syllables_are_counted_well_enough() -> None:
    wrong = [
        (word, syllables(word))
        for count, words in WORDS.items()
        for word in words.split()
        if "-" not in word and syllables(word) != count
    ]
    total = sum(len(words.split()) for words in WORDS.values())
    assert len(wrong) / total < 0.05, wrong


def test_parts_with_a_hyphen_are_counted_one_by_one() -> None:
    assert syllables("well-being") == 3
    assert syllables("colleague’s") == 2


def test_the_grade_leaves_out_names_and_quotations() -> None:
    plain = readability.reading(["She waits. Then she asks."])
    assert (
        readability.reading(
            ["She waits. Then Bartholomew asks.", "“Responsibility organises accountability,” he says."]
        ).grade
        < plain.grade + 4
    )
    assert readability.reading(["“Only quoted words.”"]) == readability.Reading(0.0, 0, "")


def test_known_grades_come_out_near() -> None:
    easy = readability.reading(["The cat sat on the mat. It was a hot day."])
    hard = readability.reading(
        ["Organisational accountability necessitates continual professional development among practitioners."]
    )
    assert easy.grade < 1
    assert hard.grade > 18


HOSTILE = [
    "[" * 20_000,
    "](" * 10_000,
    "“" * 20_000,
    "." * 20_000,
    "\n" * 20_000,
    "*a" * 10_000,
    "<a" * 10_000,
    "A’" * 10_000,
    "{{" * 10_000,
    "|-" * 10_000,
    "[[a|" * 5_000,
    "1 " * 10_000,
    "`" * 20_000,
]


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:4]))
def test_no_text_takes_long(text: str, a_curriculum) -> None:
    lesson = "title: Hostile\nsummary: Long.\nsteps:\n  - text: " + repr(text).replace("'", '"') + "\n"
    world = a_curriculum({"modules/listening/hearing.yml": lesson})
    before = time.process_time()
    check_curriculum(world.curriculum, [rule for rule in RULES if rule.code[0] in "RATIY"])
    assert time.process_time() - before < 3
