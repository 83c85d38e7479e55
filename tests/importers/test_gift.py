"""GIFT: what of a bank becomes which question, and what is said of the rest."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.importers import imported
from alongside.importers.bank import MOST, Bank
from alongside.reports.problems import as_text
from alongside.rules import RULES
from alongside.rules.engine import check_curriculum
from alongside.rules.rule import Rule

BANK = r"""// A bank as a trainer might have it.
$CATEGORY: $course$/Listening/First \= meeting

::Coat on::Rosa keeps her coat on. What do you say first? {
  =“We have until four.”#She knows how long it lasts, and the first choice is hers.
  ~“Take your coat off.”#You tell her how to feel, and she may stay guarded to keep a way out.
  ~“What brings you here?”#It is open, but she does not know yet how long she has with you.
  ####Say how long you have first.
}

// Two of these are right.
Which of these show that you follow? {
  ~%50%A short summary#It shows what you heard and lets them mend it if it is off.
  ~%50%A pause#It leaves the next word to them and shows that there is time.
  ~%-100%Your own story#It moves the talk over to you before they have come to an end.
}

A silence always needs help. {F#Most people go on by themselves after a short pause.#A pause leaves room, and most people use it.}

What do you give back first, the fact or the other thing? {
  =feeling#A feeling that is named feels heard, and people go on from there.
  =the feeling
  =%30%fact#A fact is a start; now say what it is like for them, in a word.
  =*#Think of what lies behind what they tell you about their day.
}

Match each line with what it does. {
  =“How was that?” -> asks
  =“It wears you out.” -> gives back
  =“You kept at it.” -> affirms
  = -> advises
}

How many seconds are a good pause? {#3:1#It is longer than it feels, and shorter than it seems to them.}

Write what you would say to Rosa at the door. {}

After a question, leave a {=pause =silence} before you speak.
"""


def questions(bank: Bank) -> list[dict[str, Any]]:
    return [question for text in bank.files() for question in yaml.load(text, yaml.BaseLoader)["questions"]]


def one(text: str) -> dict[str, Any]:
    bank = imported("gift", text, "bank.gift")
    (question,) = questions(bank)
    return question


def said(text: str) -> list[tuple[str, int, str]]:
    return [(p.code, p.place.line, p.message) for p in imported("gift", text, "bank.gift").problems]


def test_each_kind_of_question_becomes_one_of_ours() -> None:
    found = questions(imported("gift", BANK, "bank.gift"))
    assert [(question["kind"], question["id"]) for question in found] == [
        ("choice", "coat"),
        ("choices", "show-follow"),
        ("choice", "silence-always-needs-help"),
        ("short_text", "give-back-first-fact"),
        ("matching", "match-each-line"),
        ("short_text", "many-seconds-good-pause"),
        ("open_response", "write-say-rosa-door"),
        ("gap", "question-leave-speak"),
    ]


def test_what_was_imported_passes_the_checks_but_for_the_marks(a_curriculum) -> None:
    bank = imported("gift", BANK, "bank.gift")
    (text,) = bank.files()
    world = a_curriculum({"modules/listening/quiz.yml": text})
    problems = [*world.problems, *check_curriculum(world.curriculum)]
    marks = [problem for problem in problems if problem.code == "T199"]
    others = [p for p in problems if p.code != "T199" and p.severity != "info" and p.place.file.endswith("quiz.yml")]
    assert len(marks) > 15
    assert {problem.code for problem in others} == {"Q134"}, as_text(others)  # the bank asks for a number


def test_importing_twice_gives_the_same() -> None:
    assert imported("gift", BANK, "b").files() == imported("gift", BANK, "b").files()


def test_names_feedback_categories_and_what_is_missing() -> None:
    text = imported("gift", BANK, "bank.gift").files()[0]
    coat = yaml.load(text, yaml.BaseLoader)["questions"][0]
    assert "# Category: $course$/Listening/First" in text
    assert coat["prompt"] == "Rosa keeps her coat on. What do you say first?"
    assert coat["rationale"] == "Say how long you have first."
    assert [option.get("correct") for option in coat["options"]] == ["true", None, None]
    assert coat["options"][0]["feedback"].startswith("She knows how long")
    assert coat["options"][1]["misconception"].startswith("(write here: ")
    assert "objectives: []  # (write here: ids of the objectives" in text


def test_a_statement_becomes_true_or_false_with_its_feedback() -> None:
    question = one("The sun rises in the east.{T#No, look again.#Yes, it does.}")
    assert question["prompt"] == "Does this hold? The sun rises in the east."
    assert [(option["text"], option["feedback"]) for option in question["options"]] == [
        ("True", "Yes, it does."),
        ("False", "No, look again."),
    ]


def test_partial_credit_becomes_a_judgement() -> None:
    question = one("What now? {=Wait ~%50%Nod ~%-25%Talk}")
    assert question["kind"] == "judgement"
    assert [option["grade"] for option in question["options"]] == ["best", "acceptable", "poor"]


def test_short_answers_have_near_misses_and_an_answer_to_anything_else() -> None:
    question = one("Name it? {=Feeling#Yes. =%50%fact#Half. =*#Think.}")
    assert (question["accept"], question["feedback"], question["otherwise"]) == (["Feeling"], "Yes.", "Think.")
    assert question["near"] == [{"id": "fact", "accept": ["fact"], "feedback": "Half."}]


@pytest.mark.parametrize(
    ("number", "accepted"),
    [("#3", ["3"]), ("#1.5", ["1.5"]), ("#2..4", ["2", "3", "4"]), ("#3:1", ["2", "3", "4"]), ("#-1:1", ["-2", "-1", "0"]), ("#0.1..0.3", ["0.2"]), ("#=7:0#Yes. =%50%8:0#Near.", ["7"]), ("#1000:50", ["1000"])],
)  # fmt: skip
def test_numbers_are_listed_as_they_may_be_written(number: str, accepted: list[str]) -> None:
    assert one(f"How many? {{{number}}}")["accept"] == accepted


def test_a_range_of_numbers_is_said_beside_the_question() -> None:
    bank = imported("gift", "How many? {#2..4}", "b")
    assert "# The bank takes any number from 2 to 4." in bank.questions[0]
    assert [problem.code for problem in bank.problems] == ["L121"]


def test_missing_words_become_a_gap_or_a_choice() -> None:
    assert one("Grant lies in {=Grant's =his} tomb.")["text"] == "Grant lies in {word} tomb."
    question = one("Grant lies in {=Grant's ~Lee's ~no} tomb.")
    assert question["kind"] == "choice"
    assert question["prompt"] == "Which words complete the sentence? “Grant lies in … tomb.”"


def test_the_same_partner_twice_becomes_sorting() -> None:
    question = one("Sort? {=How? -> asks =Why? -> asks =I see. -> tells}")
    assert question["kind"] == "sorting"
    assert [category["title"] for category in question["categories"]] == ["asks", "tells"]


def test_escapes_and_our_own_forms_are_words() -> None:
    question = one(r"Is 1 \= 1 \: a \{set\} of [[x]], \{\{y\}\} and [@z], \~\#? {=Yes\, 100\% \#1 ~No}")
    assert question["prompt"] == r"Is 1 = 1 : a {set} of \[\[x\]\], { {y}} and \[ @z\], ~#?"
    assert question["options"][0]["text"] == r"Yes\\, 100\\% #1"


def test_html_is_kept_by_a_small_list_and_the_rest_is_named() -> None:
    text = '[html]<p onclick\\="x">Which <b>one</b>?</p> {=<a href\\="javascript\\:x">A</a> ~<a href\\="https\\://e.org">B</a> ~C<img src\\="x"><script>bad()</script>}'
    question = one(text)
    assert question["prompt"] == "Which **one**?"
    assert [option["text"] for option in question["options"]] == ["A", "[B](https://e.org)", "C"]
    assert {message for _, _, message in said(text)} == {f"<{name}> was left out" for name in ("a", "img", "script")}


def test_forms_decide_what_is_markup() -> None:
    assert one("[markdown]Which *one*? {=**A** ~B}")["prompt"] == "Which *one*?"
    assert one("[plain]Which *one*? {=A ~B}")["prompt"] == r"Which \*one\*?"
    assert one("[plain]Which? {=[markdown]*A* ~B}")["options"][0]["text"] == "*A*"


def test_several_paragraphs_are_a_case_and_a_question() -> None:
    question = one("[html]<p>Rosa is late.</p><p>What do you say?</p> {=A ~B ~C}")
    assert (question["context"], question["prompt"]) == ("Rosa is late.", "What do you say?")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("\n\nWho? {=a", 3, "the answers have no end"),
        ("Only words.", 1, "there is nothing to answer"),
        ("Who? {~a ~b}", 1, "no answer of this question is right"),
        ("Who? {a}", 1, "the answers start with neither = nor ~"),
        ("Who? {= ~b}", 1, "an answer of this question is empty"),
        ("{=a ~b}", 1, "there is no question before the answers"),
        ("Who {=a} and {=b}?", 1, "there are two blocks of answers, or a bracket that belongs to the text"),
        ("How many? {#many}", 1, '"many" is no number'),
        (
            f"Who? {{=a ~b ~{'c' * 700}}}",
            1,
            'this question does not fit: "text" is longer than 600 characters',
        ),
    ],
)
def test_what_cannot_be_read_is_reported_with_its_line_and_the_rest_is_imported(
    text: str, line: int, message: str
) -> None:
    bank = imported("gift", f"{text}\n\nWho else? {{=a ~b ~c}}\n", "bank.gift")
    assert len(bank.questions) == 1
    (problem,) = bank.problems
    assert (problem.code, problem.place.line) == ("L120", line)
    assert problem.message.startswith(message)


def test_ids_stay_unique_and_more_than_twenty_make_a_second_quiz() -> None:
    bank = imported("gift", "Who comes first? {=a ~b ~c}\n\n" * (MOST + 1), "b")
    assert [len(yaml.safe_load(text)["questions"]) for text in bank.files()] == [MOST, 1]
    assert len({question["id"] for question in questions(bank)}) == MOST + 1


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.scope == "import"], ids=lambda rule: rule.name)
def test_the_examples_of_rules_of_importing(rule: Rule) -> None:
    assert {code for code, _, _ in said(rule.document.bad)} == {rule.code}
    assert said(rule.document.good) == []


PIECES = st.lists(st.sampled_from([*"{}=~#%:[]*_`<>|@-", "\n", "\n\n", "a", "->", "####", "[html]", "<b>", "</p>", "::", "\\", "50", "T", "{{", "[[", "é", "\u200b", "'", '"', "- "]), max_size=25)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(PIECES)
def test_any_text_is_imported_or_reported(pieces: list[str]) -> None:
    for form in ("gift", "mkdocs-quiz"):
        for text in (
            "".join(pieces),
            f"Who? {{={''.join(pieces)} ~b}}",
            f"<quiz>\nWho?\n- [x] {''.join(pieces)}\n- [ ] b\n</quiz>",
        ):
            for made in imported(form, text, "bank").files():
                assert yaml.safe_load(made)["questions"]
