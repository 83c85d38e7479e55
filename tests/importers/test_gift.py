"""GIFT: what of a bank becomes which question, and what is said of the rest."""

from __future__ import annotations

import re
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

pytestmark = pytest.mark.slow

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

How many seconds are a good pause? {#3#It is longer than it feels, and shorter than it seems to them.}

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


@pytest.mark.slow
def test_each_kind_of_question_becomes_one_of_ours() -> None:
    found = questions(imported("gift", BANK, "bank.gift"))
    assert [(question["kind"], question["id"]) for question in found] == [
        ("choice", "coat"),
        ("choices", "show-follow"),
        ("choice", "silence-always-needs-help"),
        ("short_text", "give-back-first-fact"),
        ("matching", "match-each-line"),
        ("number", "many-seconds-good-pause"),
        ("open_response", "write-say-rosa-door"),
        ("gap", "question-leave-speak"),
    ]


@pytest.mark.slow
def test_what_was_imported_passes_the_checks_but_for_the_marks(a_curriculum) -> None:
    bank = imported("gift", BANK, "bank.gift")
    (text,) = bank.files()
    world = a_curriculum({"modules/listening/quiz.yml": text})
    problems = [*world.problems, *check_curriculum(world.curriculum)]
    marks = [problem for problem in problems if problem.code == "T199"]
    others = [p for p in problems if p.code != "T199" and p.severity != "info" and p.place.file.endswith("quiz.yml")]
    assert len(marks) > 15
    assert others == [], as_text(others)


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
    [
        ("#3", ["3"]), ("#-3", ["-3"]), ("#1.5", ["1.5"]), ("#1,50", ["1.5"]), ("#3:0", ["3"]), ("#3..3", ["3"]), ("#3 ~#Count on.", ["3"]), ("#=3 =4", ["3", "4"]),
        ("#2..4", ["2 to 4"]), ("#4..2", ["2 to 4"]), ("#3.141..3.142", ["3.141 to 3.142"]), ("#-5 .. -3", ["-5 to -3"]), ("#3.1415:0.0005", ["3.1415 ± 0.0005"]),
        ("#1000:1e2", ["1000 ± 100"]), ("#=3:2 ~#Count on.", ["3 ± 2"]),
    ],
)  # fmt: skip
def test_a_number_is_a_number_with_what_is_right_around_it(number: str, accepted: list[str]) -> None:
    question = one(f"How many? {{{number}}}")
    assert (question["kind"], question["accept"]) == ("number", accepted)
    assert said(f"How many? {{{number}}}") == []


def test_numbers_that_are_not_the_right_one_keep_their_feedback() -> None:
    text = "How many? {#=7:0#A week has seven. =%50%8:2#Near. =%0%70..80#Ten times. =%0%90#Ten times. ~#Count.}"
    question = one(text)
    assert (question["accept"], question["feedback"], question["otherwise"]) == (["7"], "A week has seven.", "Count.")
    assert question["mistakes"] == [
        {"id": "8-2", "numbers": ["8 ± 2"], "feedback": "Near."},
        {"id": "70-80", "numbers": ["70 to 80", "90"], "feedback": "Ten times."},
    ]
    assert [message for _, _, message in said(text)] == [
        "8 ± 2 is worth 50 per cent in the bank, and not right here; its feedback stays"
    ]


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
    assert question["prompt"] == r"Is 1 = 1 : a {set} of \[\[x\]\], {\{y}} and \[&#64;z\], ~#?"
    assert question["options"][0]["text"] == r"Yes\\, 100\\% #1"


def test_html_is_kept_by_a_small_list_and_the_rest_is_named() -> None:
    text = '[html]<p onclick\\="x">Which <b>one</b>?</p> {=<a href\\="javascript\\:x">A</a> ~<a href\\="https\\://e.org">B</a> ~C<img src\\="x"><script>bad()</script>}'
    question = one(text)
    assert question["prompt"] == "Which **one**?"
    assert [option["text"] for option in question["options"]] == [
        "A",
        "[B](https://e.org)",
        "C (write here: the picture “x” of the bank)",
    ]
    assert {message for _, _, message in said(text)} == {
        'a link was left out, and its words stayed: "javascript:x"',
        'a picture was left out: "x"',
        "<script> was left out",
    }


def test_forms_decide_what_is_markup() -> None:
    assert one("[markdown]Which *one*? {=**A** ~B}")["prompt"] == "Which *one*?"
    assert one("[plain]Which *one*? {=A ~B}")["prompt"] == r"Which \*one\*?"
    assert one("[plain]Which? {=[markdown]*A* ~B}")["options"][0]["text"] == "*A*"


def test_several_paragraphs_are_a_case_and_a_question() -> None:
    question = one("[html]<p>Rosa is late.</p><p>What do you say?</p> {=A ~B ~C}")
    assert (question["context"], question["prompt"]) == ("Rosa is late.", "What do you say?")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("\n\nWho? {=a", 3, "the answers have no end"),
        ("Only words.}", 1, "these answers have no beginning"),
        ("Who? {~a ~b}", 1, "no answer of this question is right"),
        ("Who? {a ~b}", 1, "the answers start with neither = nor ~"),
        ("Who? {= ~b}", 1, "an answer of this question is empty"),
        ("{=a ~b}", 1, "there is no question before the answers"),
        ("Who {=a} and {=b}?", 1, "there are two blocks of answers, or a bracket that belongs to the text"),
        ("How many? {#many}", 1, '"many" is no number'),
        ("How many? {#1234567890123}", 1, '"1234567890123" has more digits than can be compared here'),
        ("How many? {#=%50%3}", 1, "no number of this question is right"),
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


# ------------------------------------------------------------ what banks have in the wild


def test_code_keeps_its_lines_and_letters() -> None:
    question = one(
        r"::Loop::[html]<p>What is printed?</p><pre>for i in range(2)\:<br>    print(i)</pre>{=<code>a_b*c</code> ~<code>a[0]</code> ~<code>x`y</code>}"
    )
    assert question["context"] == "```\nfor i in range(2):\n    print(i)\n```\n"
    assert question["prompt"] == "What is printed?"
    assert [option["text"] for option in question["options"]] == ["`a_b*c`", "`a[0]`", "``x`y``"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "[html]<pre>if (a) \\{\n    b();\n\\}</pre><p>What is done?</p>",
        '[html]<pre><code class\\="c">if (a) \\{<br/>&nbsp; &nbsp; b();<br/>\\}</code></pre>What is done?',
        "[plain]What is done?\\nif (a) \\{\\n    b();\\n\\}",
        "What is done?\nif (a) \\{\n    b();\n\\}\n",
        "[markdown]What is done?\\n\\n```\\nif (a) \\{\\n    b();\\n\\}\\n```",
    ],
)
def test_code_keeps_its_lines_however_it_is_written(text: str) -> None:
    question = one(f"{text}{{=a ~b ~c}}")
    assert question["context"].strip() == "```\nif (a) {\n    b();\n}\n```"
    assert question["prompt"] == "What is done?"


def test_several_lines_of_code_in_an_answer_are_refused_and_one_line_is_kept() -> None:
    assert one("[html]What is it? {=<pre>a_b</pre> ~b ~c}")["options"][0]["text"] == "`a_b`"
    ((code, _, message),) = said("[html]What is it? {=<pre>a<br>b</pre> ~b ~c}")
    assert (code, message) == (
        "L120",
        "several lines of code stand in an answer or its feedback, which have one line here",
    )


def test_a_table_stays_one_and_asks_for_what_it_lacks() -> None:
    head = "<tr><th>Name</th><th>Age</th></tr>"
    table = "[html]<table>{}<tr><td>Rosa</td><td>41 | 42</td></tr></table><p>How old is Rosa?</p>{{=41 ~14 ~40}}"
    context = one(table.format(head))["context"]
    assert context.splitlines()[0].startswith("Table: (write here: ")
    assert context.splitlines()[2:] == ["| Name | Age |", "| --- | --- |", r"| Rosa | 41 \| 42 |"]
    without = one(table.format("<caption>Ages</caption>"))["context"]
    assert without.splitlines()[0] == "Table: Ages"
    assert without.count("(write here: what column ") == 2
    assert said(table.format("")) == [("L121", 1, "a table has no row of headings; they are to be written")]


def test_what_stands_above_or_below_the_line_is_written_with_signs_of_its_own() -> None:
    question = one("[html]Is H<sub>2</sub>O 10<sup>-2</sup> or x<sup>a\\=b</sup>? {=a ~b ~c}")
    assert question["prompt"] == "Is H₂O 10⁻² or x^(a=b)?"


def test_lists_quotations_and_links_are_kept() -> None:
    text = '[html]<ol start\\="3"><li>a<ul><li>b</ul><li><b>c</b></ol><blockquote>Yes</blockquote>See <a href\\="https\\://e.org/x_(y)">this one</a>. Which? {=a ~b ~c}'
    assert one(text)["context"] == "3. a\n    - b\n4. **c**\n\n> Yes\n"
    assert one(text)["prompt"] == "See [this one](https://e.org/x_%28y%29). Which?"


def test_a_description_is_named_and_stands_before_the_next_question() -> None:
    bank = imported(
        "gift", "::Intro::Read the *text*.\n\nWhat helps?{=Time ~Money ~Haste}\n\nWhat else?{=a ~b ~c}", "b"
    )
    first, second = questions(bank)
    assert (first["context"], second.get("context")) == (r"Read the \*text\*.", None)
    (problem,) = bank.problems
    assert (problem.code, problem.place.line) == ("L121", 1)
    assert problem.message.startswith("this has no answers, so it is taken for a description")


def test_a_description_of_a_question_that_is_not_imported_stays_with_it() -> None:
    bank = imported("gift", "Read this.\n\nHow many? {#few}\n\nWhat else?{=a ~b ~c}\n\nThe end.", "b")
    (text,) = bank.files()
    assert text.index("# Description: Read this.") < text.index("#     How many? {#few}") < text.index("kind:")
    assert text.endswith("  # Description: The end.\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answers", "kind", "right", "losses"),
    [
        ("~%33.33333%a ~%33.33333%b ~%33.33333%c", "choices", 3, 0),
        ("~%50%a ~%50%b ~%-100%c", "choices", 2, 0),
        ("~%25%a ~%25%b ~c", "choices", 2, 1),
        ("~%70%a ~%30%b ~c", "choices", 2, 1),
        ("~%50%a ~b ~c", "choice", 1, 1),
        ("=a ~%50%b", "choice", 1, 1),
        ("=a =b ~c", "choices", 2, 1),
        ("~%100%a ~b ~c", "choice", 1, 0),
    ],
)
def test_weights_that_mean_something_else_here_are_named(answers: str, kind: str, right: int, losses: int) -> None:
    text = f"Which of them is it? {{{answers}}}"
    question = one(text)
    assert (question["kind"], sum("correct" in option for option in question["options"])) == (kind, right)
    assert [code for code, _, _ in said(text)] == ["L121"] * losses


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Who? {=a ~%33,3%b ~c}", '"%33,3%b" begins with no weight that GIFT knows'),
        ("Who? {=<a href='x'>a</a> ~b ~c}", "an answer ends inside a tag of HTML, since a sign of GIFT stands in it"),
        ("Who? {=it&#39;s ~b ~c}", "an answer ends inside a character that is written as a number"),
        ("Which? {=<b> ~<i> ~c}", 'an answer holds marks of HTML and no words: "<b>"'),
        ("Match? {=a -> b =c}", "a line of this question has no partner"),
        ("Who? {=Ros* =R*}", "an answer has * for any letters, and answers are compared with those that are listed here"),
        ("What is x^{2}?", "the answers start with neither = nor ~"),
        ("??? {=a ~b}", "there are only signs where the question should be"),
        ("[html]<table><tr><td><table><tr><td>a</table></table>Who? {=a ~b}", "a table stands inside a table"),
        ("[html]Who? {=<table><tr><th>a<th>b</tr></table> ~b}", "a table stands in an answer or its feedback, which have one line here"),
    ],
)  # fmt: skip
def test_what_would_become_something_else_is_refused(text: str, message: str) -> None:
    assert [(code, what) for code, _, what in said(text)] == [("L120", message)]


def test_an_answer_alone_needs_no_sign() -> None:
    assert one("How do you write 1? {One}")["accept"] == ["One"]
    assert one(r"Which sign? {=\*}")["accept"] == ["*"]
    assert one("Which tag? {=List<int>}")["accept"] == ["List<int>"]


def test_what_html_does_not_know_is_shown_as_it_is_written() -> None:
    question = one("Which is it, List<String> or #include <stdio.h>, a<b && c>d? {=A<B> ~b ~c}")
    assert question["prompt"] == "Which is it, List<String> or #include <stdio.h>, a<b && c>d?"
    assert "is no mark of HTML" in said("[html]Is it List<String>? {=a ~b ~c}")[0][2]


def test_a_gap_that_is_drawn_is_one() -> None:
    assert one("[html]_____ is the largest.{=%100%Asia#}")["text"] == "{word} is the largest."
    assert one("It is ____ here. {=warm ~cold ~wet}")["prompt"] == "Which words complete the sentence? “It is … here.”"
    assert one("Two plus two equals {=four =4}.")["text"] == "Two plus two equals {word}."
    assert one("What is it {=four =4}?")["kind"] == "gap"
    assert one("What is it? {=four =4}.")["kind"] == "short_text"
    assert one(r"The set {=a} has \{x\} in it.")["text"] == "The set {word} has &#123;x} in it."


def test_questions_without_an_empty_line_between_them_are_two() -> None:
    text = "Who comes? {=a ~b ~c}\n// a remark\n::Two::Who goes? {=a ~b ~c}\n\nX is {=a}\nand y is {=b}."
    bank = imported("gift", text, "b")
    assert [question["prompt"] for question in questions(bank)] == ["Who comes?", "Who goes?"]
    assert [(p.code, p.place.line) for p in bank.problems] == [("L121", 2), ("L120", 5)]


def test_an_empty_line_inside_the_answers_is_named() -> None:
    bank = imported("gift", "Who comes? {\n=a\n\n~b\n\n~c}\n\nWho goes? {=a ~b ~c}", "b")
    assert [len(question["options"]) for question in questions(bank)] == [3, 3]
    assert [(p.code, p.place.line) for p in bank.problems] == [("L121", 1)]


@pytest.mark.slow
def test_remarks_and_names_of_a_bank_are_kept_as_remarks() -> None:
    text = imported("gift", "//----//\n// [id:x] [tag:y]\n::My name::Who? {=a ~b ~c}\n\n// The end", "b").files()[0]
    assert text.startswith("questions:\n  # [id:x] [tag:y]\n  # Name in the bank: My name\n  - kind")
    assert text.endswith("  # The end\n")


def test_line_ends_and_marks_of_other_systems_make_no_difference() -> None:
    text = "::A::Who comes?{\n=a#x\n~b\n~c\n}\n\nWho goes? {=a ~b ~c}\n"
    want = imported("gift", text, "b").files()
    for other in (
        "\ufeff" + text,
        text.replace("\n", "\r\n"),
        text.replace("\n", "\r"),
        text.replace("\n\n", "\n \t\n"),
    ):
        assert imported("gift", other, "b").files() == want


def test_words_of_a_bank_that_look_like_our_marks_stay_as_they_are() -> None:
    assert one("Who has 50%question or %prompt? {=a%question ~b ~c}")["options"][0]["text"] == "a%question"


def test_what_the_checks_refuse_of_a_sound_bank_is_said() -> None:
    text = "Which of these is it? {=time ~money ~all of the above}"
    assert [(code, what.rpartition(" (")[2]) for code, _, what in said(text)] == [("L121", "Q109)")]


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        BANK,
        "Which of these is it? {=time ~money ~all of the above}\n\nSame of these? {=a ~a ~b}\n\nWhy? {=a ~b}\n\nMatch the lines here. {=a -> b =a -> c =d -> e}",
    ],
)
def test_a_bank_whose_marks_are_filled_in_passes_or_was_said_not_to(a_curriculum, text: str) -> None:
    bank = imported("gift", text, "b")
    (quiz,) = bank.files()
    filled = re.sub(r"\(write here: [^\n\"]*\)", filling(), quiz).replace(
        "objectives: []  # It", "objectives: [ask]  # It"
    )
    world = a_curriculum({"modules/listening/quiz.yml": filled})
    errors = [
        p
        for p in [*world.problems, *check_curriculum(world.curriculum)]
        if p.severity == "error" and "quiz" in p.place.file
    ]
    announced = set(re.findall(r"\((Q\d+|[A-Z]\d+)[,)]", " ".join(problem.message for problem in bank.problems)))
    assert {problem.code for problem in errors if problem.code[0] not in "PR"} <= announced, as_text(errors)


def filling():
    numbers = iter(range(1_000))
    return lambda found: f"It shows what number {next(numbers)} does to them, since they hear it"


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
