"""Moodle XML becomes our kinds of question; what has no room is named, and what is hostile is refused."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
import yaml

from alongside.importers import imported
from alongside.importers.bank import Bank
from alongside.render.template_context import VERDICT_WORDS
from alongside.reports.problems import as_text
from tests.importers.test_meaning import words, words_said

pytestmark = pytest.mark.slow

#: A bank as Moodle writes it, with what teachers leave in theirs.
BANK = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<!-- question: 0  -->
  <question type="category">
    <category><text>$course$/top/Mentoring/First meetings</text></category>
    <info format="html"><text>For the first month.</text></info>
    <idnumber>first</idnumber>
  </question>
<!-- question: 17  -->
  <question type="multichoice">
    <name><text>Coat</text></name>
    <questiontext format="html"><text><![CDATA[<p dir="ltr">Rosa keeps her coat on.</p><p>What do you say <b>first</b>?</p>]]></text></questiontext>
    <generalfeedback format="html"><text><![CDATA[<p>Begin where she is.</p>]]></text></generalfeedback>
    <defaultgrade>2.0000000</defaultgrade><penalty>0.3333333</penalty><hidden>0</hidden><idnumber>m1.coat</idnumber>
    <single>true</single><shuffleanswers>true</shuffleanswers><answernumbering>abc</answernumbering>
    <correctfeedback format="html"><text>Your answer is correct.</text></correctfeedback>
    <partiallycorrectfeedback format="html"><text>Your answer is partially correct.</text></partiallycorrectfeedback>
    <incorrectfeedback format="html"><text>Your answer is incorrect.</text></incorrectfeedback>
    <shownumcorrect/>
    <answer fraction="100" format="html"><text><![CDATA[<p>“Cold in here?”</p>]]></text><feedback format="html"><text><![CDATA[<p>It starts with her.</p>]]></text></feedback></answer>
    <answer fraction="0" format="html"><text>“You can take it off.”</text><feedback format="html"><text>It tells her what to do.</text></feedback></answer>
    <answer fraction="0" format="html"><text>Nothing</text><feedback format="html"><text></text></feedback></answer>
    <hint format="html"><text>Look at what she does.</text><shownumcorrect/></hint>
    <tags><tag><text>listening</text></tag><tag><text>first</text></tag></tags>
  </question>
  <question type="multichoice">
    <name><text>Signs</text></name>
    <questiontext format="html"><text>Which signs show that somebody listens?</text></questiontext>
    <single>false</single><shuffleanswers>0</shuffleanswers>
    <answer fraction="50"><text>They wait.</text><feedback><text>They do.</text></feedback></answer>
    <answer fraction="50"><text>They ask back.</text><feedback><text>Yes, often.</text></feedback></answer>
    <answer fraction="-50"><text>They look at the clock.</text><feedback><text>Hardly.</text></feedback></answer>
  </question>
  <question type="truefalse">
    <name><text>Silence</text></name>
    <questiontext format="moodle_auto_format"><text>Silence always needs help.</text></questiontext>
    <answer fraction="0" format="moodle_auto_format"><text>true</text><feedback><text>It often gives room.</text></feedback></answer>
    <answer fraction="100" format="moodle_auto_format"><text>false</text><feedback><text>It can be rest.</text></feedback></answer>
  </question>
  <question type="shortanswer">
    <name><text>Word</text></name>
    <questiontext format="plain_text"><text>What do we call *that*?</text></questiontext>
    <usecase>1</usecase>
    <answer fraction="100"><text>reflection</text><feedback><text>It gives back.</text></feedback></answer>
    <answer fraction="50"><text>summary</text><feedback><text>That is longer.</text></feedback></answer>
    <answer fraction="0"><text>*</text><feedback><text>Think of a mirror.</text></feedback></answer>
  </question>
  <question type="numerical">
    <name><text>Hours</text></name>
    <questiontext format="html"><text>How many hours is that in a year?</text></questiontext>
    <answer fraction="100"><text>45</text><feedback><text>With holidays.</text></feedback><tolerance>5.5</tolerance></answer>
    <answer fraction="0"><text>*</text><feedback><text>Count the weeks.</text></feedback><tolerance>0</tolerance></answer>
    <units><unit><multiplier>1</multiplier><unit_name>hours</unit_name></unit><unit><multiplier>60</multiplier><unit_name>minutes</unit_name></unit></units>
    <unitgradingtype>1</unitgradingtype><unitpenalty>0.1</unitpenalty><showunits>0</showunits><unitsleft>0</unitsleft>
  </question>
  <question type="description">
    <name><text>Before</text></name>
    <questiontext format="html"><text>Think of your last talk.</text></questiontext>
  </question>
  <question type="matching">
    <name><text>Lines</text></name>
    <questiontext format="html"><text>Match each line.</text></questiontext>
    <subquestion format="html"><text>How was it?</text><answer><text>open</text></answer></subquestion>
    <subquestion format="html"><text>Was it good?</text><answer><text>closed</text></answer></subquestion>
    <subquestion format="html"><text></text><answer><text>praise</text></answer></subquestion>
  </question>
  <question type="ordering">
    <name><text>Steps</text></name>
    <questiontext format="html"><text>Put the steps in order.</text></questiontext>
    <answer fraction="2.0"><text>Listen.</text></answer>
    <answer fraction="1.0"><text>Greet.</text></answer>
    <answer fraction="3.0"><text>Ask.</text></answer>
  </question>
  <question type="essay">
    <name><text>Own words</text></name>
    <questiontext format="html"><text>What would you say to Rosa?</text></questiontext>
    <graderinfo format="html"><text><![CDATA[<p>Look for a feeling.</p>]]></text></graderinfo>
    <responsetemplate format="html"><text>I would …</text></responsetemplate>
  </question>
  <question type="cloze">
    <name><text>Gaps</text></name>
    <questiontext format="html"><text><![CDATA[<p>Leave {1:NUMERICAL:=3#Long enough.} seconds, then {1:SHORTANSWER:=reflect#Give back.~=mirror~%0%ask#Later.} and {2:MULTICHOICE:=wait#Good.~speak#Not yet \\~ wait.}.</p>]]></text></questiontext>
    <generalfeedback format="html"><text>Slowly.</text></generalfeedback>
  </question>
  <question type="ddwtos">
    <name><text>Drag</text></name>
    <questiontext format="html"><text>Put [[1]] there.</text></questiontext>
    <dragbox><text>words</text><group>1</group></dragbox>
  </question>
</quiz>
"""


def questions(bank: Bank) -> list[dict[str, Any]]:
    return [question for text in bank.files() for question in yaml.load(text, yaml.BaseLoader)["questions"]]


def of(*inside: str) -> str:
    return f"<quiz>{''.join(inside)}</quiz>"


def a_question(kind: str, inside: str, text: str = "What comes first?") -> str:
    return f'<question type="{kind}"><name><text>Q</text></name><questiontext format="html"><text>{text}</text></questiontext>{inside}</question>'


def an_answer(text: str, fraction: str = "0", said: str = "") -> str:
    return f'<answer fraction="{fraction}"><text>{text}</text><feedback><text>{said}</text></feedback></answer>'


THREE = an_answer("One", "100") + an_answer("Two") + an_answer("Three")


def one(kind: str, inside: str, text: str = "What comes first?") -> dict[str, Any]:
    (found,) = questions(imported("moodle-xml", of(a_question(kind, inside, text)), "b"))
    return found


def losses(kind: str, inside: str, text: str = "What comes first?") -> list[str]:
    return [
        p.message for p in imported("moodle-xml", of(a_question(kind, inside, text)), "b").problems if p.code == "L121"
    ]


@pytest.fixture(scope="module")
def bank() -> Bank:
    return imported("moodle-xml", BANK, "bank.xml")


def test_each_type_of_question_becomes_one_of_ours(bank: Bank) -> None:
    assert [(question["kind"], question["id"]) for question in questions(bank)] == [
        ("choice", "coat"),
        ("choices", "signs"),
        ("choice", "silence"),
        ("short_text", "word"),
        ("number", "hours"),
        ("matching", "lines"),
        ("ordering", "steps"),
        ("open_response", "own-words"),
        ("gap", "gaps"),
    ]


def test_what_is_asked_said_and_right_arrives(bank: Bank) -> None:
    coat, signs, silence, word, hours, lines, steps, _, gaps = questions(bank)
    assert (coat["context"], coat["prompt"]) == ("Rosa keeps her coat on.", "What do you say **first**?")
    assert (coat["rationale"], coat["hints"]) == ("Begin where she is.", ["Look at what she does."])
    assert [(o["text"], o.get("correct"), o["feedback"]) for o in coat["options"]][:2] == [
        ("“Cold in here?”", "true", "It starts with her."),
        ("“You can take it off.”", None, "It tells her what to do."),
    ]
    assert signs["shuffle"] == "false"
    assert [option.get("correct") for option in signs["options"]] == ["true", "true", None]
    assert [option.get("correct") for option in silence["options"]] == [None, "true"]
    assert [option["feedback"] for option in silence["options"]] == ["It often gives room.", "It can be rest."]
    assert word["prompt"] == r"What do we call \*that\*?"
    assert (word["accept"], word["near"][0]["accept"], word["otherwise"]) == (
        ["reflection"],
        ["summary"],
        "Think of a mirror.",
    )
    assert (hours["accept"], hours["unit"], hours["otherwise"]) == (["45 ± 5.5"], "hours", "Count the weeks.")
    assert [(pair["prompt"], pair["match"]) for pair in lines["pairs"]] == [
        ("How was it?", "open"),
        ("Was it good?", "closed"),
    ]
    assert (lines["extra"][0]["text"], lines["context"]) == ("praise", "Think of your last talk.")
    assert [item["text"] for item in steps["items"]] == ["Greet.", "Listen.", "Ask."]
    assert gaps["text"] == "Leave {gap-1} seconds, then {gap-2} and {gap-3}."
    assert [gap["accept"] for gap in gaps["gaps"].values()] == [["3"], ["reflect", "mirror"], ["wait"]]
    assert [(o["text"], o["feedback"]) for o in gaps["gaps"]["gap-3"]["options"]] == [
        ("wait", "Good."),
        ("speak", "Not yet ~ wait."),
    ]


def test_names_numbers_tags_and_points_stand_as_remarks(bank: Bank) -> None:
    first = bank.questions[0]
    for remark in (
        "Category: $course$/top/Mentoring/First meetings",
        "About the category $course$/top/Mentoring/First meetings: For the first month.",
        "Name in the bank: Coat",
        "ID number in the bank: m1.coat",
        "Tags in the bank: listening, first",
        "Points in the bank: 2.0000000",
    ):
        assert f"  # {remark}\n" in first


def test_what_has_no_room_is_named_with_its_line(bank: Bank) -> None:
    said = {p.message for p in bank.problems if p.code == "L121" and "checks refuse" not in p.message}
    assert said == {
        "capitals count in the bank, and do not count here",
        "summary is worth 50 per cent in the bank, and not right here; its feedback stays",
        'other units were left out, in which the number could be written too: "minutes"',
        "a wrong unit costs points in the bank; here it is asked about",
        "what graders are told stands only as a remark",
        'what stands in <responsetemplate> was left out: "I would …"',
        "a number in a gap has to be written as it is listed",
        "what is said to answers that are not right was left out, since a gap has no room for it",
        "gaps count 1, 1, 2 points in the bank, and all of them the same here",
    }
    assert "  # For graders: Look for a feeling.\n" in "".join(bank.questions)
    lines = [number for number, line in enumerate(BANK.splitlines(), 1) if 'type="ddwtos"' in line]
    assert list(bank.refused) == lines
    assert 'there is no kind here for questions of the type "ddwtos"' in as_text(bank.problems)
    assert "Put [[1]] there." in bank.remarks


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("", 1, "this is no well-formed XML: no element found"),
        ("<quiz>\n<question>\n</quiz>", 3, "this is no well-formed XML: mismatched tag"),
        ("<quiz>\n&nbsp;</quiz>", 2, "this is no well-formed XML: undefined entity"),
        ('<!DOCTYPE quiz [<!ENTITY a "b">]>\n<quiz>&a;</quiz>', 1, "the file has a document type (<!DOCTYPE …>), which could bring in other files"),
        ('\n<!DOCTYPE quiz SYSTEM "https://example.org/a.dtd"><quiz/>', 2, "the file has a document type (<!DOCTYPE …>), which could bring in other files"),
        ("<quiz>" + "<a>" * 200 + "</a>" * 200 + "</quiz>", 1, "elements stand more than 100 deep in each other here"),
        ("<questestinterop/>", 1, "this is no question bank of Moodle: it begins with <questestinterop>"),
        ('<?xml version="1.0" encoding="x-unknown"?><quiz/>', 1, "the letters of this file are written in an unusual way"),
        ("<quiz>\n<questions/>\n</quiz>", 2, "<questions> is no question"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_bank_is_refused_with_its_line(content: str, line: int, message: str) -> None:
    (problem,) = imported("moodle-xml", content, "b").problems
    assert (problem.code, problem.place.line, problem.message) == ("L120", line, message)


@pytest.mark.parametrize(
    ("kind", "inside", "message"),
    [
        ("multichoice", an_answer("One") + an_answer("Two"), "no answer of this question is right"),
        ("multichoice", an_answer("", "100") + an_answer("Two"), "an answer of this question is empty"),
        ("truefalse", an_answer("true", "100") + an_answer("wrong"), "the answers of this question are not true and false"),
        ("truefalse", an_answer("true", "100") + an_answer("false", "0") + an_answer("false", "100"), "the answers of this question are not true and false"),
        ("truefalse", an_answer("true", "100") + an_answer("false", "100"), "not exactly one of true and false is right"),
        ("shortanswer", an_answer("list*", "100"), "an answer has * for any letters, and answers are compared with those that are listed here"),
        ("numerical", an_answer("many", "100"), '"many" is no number that can be compared here'),
        ("numerical", an_answer("1e999999999", "100"), '"1e999999999" is no number that can be compared here'),
        ("numerical", an_answer("3", "50"), "no number of this question is right"),
        ("numerical", an_answer("1_000", "100"), '"1_000" is no number that can be compared here'),
        ("numerical", an_answer("1,000", "100"), '"1,000" can mean two numbers'),
        ("numerical", an_answer("-12,345", "100"), '"-12,345" can mean two numbers'),
        ("multichoice", an_answer("One", "100%") + an_answer("Two"), 'nobody can tell what an answer is worth: "100%"'),
        ("ordering", an_answer("One", "first") + an_answer("Two", "2"), 'nobody can tell what an answer is worth: "first"'),
        ("calculated", an_answer("{a}+{b}", "100"), 'there is no kind here for questions of the type "calculated"'),
        ("cloze", "", "this text has no gap that Moodle would know"),
    ],
)  # fmt: skip
def test_a_question_that_does_not_fit_is_refused_and_kept_as_a_remark(kind: str, inside: str, message: str) -> None:
    bank = imported(
        "moodle-xml", of(a_question(kind, inside), "\n", a_question("multichoice", THREE, "What else?")), "b"
    )
    assert [question["prompt"] for question in questions(bank)] == ["What else?"]
    assert [p.message for p in bank.problems if p.code == "L120"] == [message]
    assert "What comes first?" in bank.questions[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{1:NUMERICAL:=3:0.5} times", "a gap takes numbers that may be off, and gaps have only words here"),
        ("a {1:REGEXP:=x} b", 'there is no gap here of the type "REGEXP"'),
        (
            "a {1:SHORTANSWER:=ref*} b",
            "a gap has * for any letters, and words are compared with those that are listed here",
        ),
        ("a {1:MULTICHOICE:=x~=y} b", "not exactly one word is right that can be picked for a gap"),
        ("a {1:SA:%50%x} b", "no answer of a gap is right"),
    ],
)
def test_a_gap_that_does_not_fit_is_refused(text: str, message: str) -> None:
    assert [p.message for p in imported("moodle-xml", of(a_question("cloze", "", text)), "b").problems] == [message]


def test_two_answers_that_are_right_by_themselves_are_both_best() -> None:
    question = one("multichoice", an_answer("One", "100") + an_answer("Two", "100") + an_answer("Three"))
    assert [option["grade"] for option in question["options"]] == ["best", "best", "poor"]


def test_a_word_for_a_grade_before_each_feedback_is_the_grade() -> None:
    graded = [("100", "Best"), ("50", "Acceptable"), ("0", "Poor"), ("0", "Harmful")]
    said = [f"&lt;strong&gt;{VERDICT_WORDS[word.lower()]}.&lt;/strong&gt; Because." for _, word in graded]  # type: ignore[index]
    answers = "".join(an_answer(f"Line {n}", share, said[n]) for n, (share, _) in enumerate(graded))
    question = one("multichoice", f"<single>true</single>{answers}")
    assert [(o["grade"], o["feedback"]) for o in question["options"]] == [
        ("best", "Because."), ("acceptable", "Because."), ("poor", "Because."), ("harmful", "Because.")
    ]  # fmt: skip
    mixed = one("multichoice", answers.replace(said[0], "Because."))
    assert [o["grade"] for o in mixed["options"]] == ["best", "acceptable", "poor", "poor"]
    assert mixed["options"][3]["feedback"] == f"**{VERDICT_WORDS['harmful']}.** Because."


def test_words_beside_the_answers_are_named_unless_they_are_those_of_moodle() -> None:
    own = (
        THREE
        + "<correctfeedback><text>Well listened.</text></correctfeedback><incorrectfeedback><text>Your answer is incorrect.</text></incorrectfeedback>"
    )
    assert losses("multichoice", own) == ['what stands in <correctfeedback> was left out: "Well listened."']
    assert losses("multichoice", THREE + "<hidden>1</hidden>") == ["the question is hidden in the bank"]
    assert losses("multichoice", THREE + "<plugin><a>words</a></plugin>") == [
        'what stands in <plugin> was left out: "words"'
    ]


def test_a_picture_is_named_and_its_bytes_do_not_stand_in_the_remark() -> None:
    text = '&lt;img src="@@PLUGINFILE@@/ladder.png" alt="A ladder"&gt; What comes first?'
    picture = f'<file name="ladder.png" path="/" encoding="base64">{"QUJD" * 500}</file>'
    content = of(
        a_question("multichoice", THREE, text).replace("</text></questiontext>", f"</text>{picture}</questiontext>")
    )
    bank = imported("moodle-xml", content, "b")
    assert any("a picture was left out" in p.message for p in bank.problems)
    assert "QUJDQUJD" not in "".join(bank.questions)
    assert "ladder.png" in bank.questions[0]


def test_a_file_in_two_bytes_a_letter_is_read() -> None:
    content = ('<?xml version="1.0" encoding="UTF-16"?>' + of(a_question("multichoice", THREE, "Où est-ce ?"))).encode(
        "utf-16"
    )
    assert questions(imported("moodle-xml", content, "b"))[0]["prompt"] == "Où est-ce ?"


def test_every_word_of_a_bank_is_in_a_question_a_remark_or_a_report(bank: Bank) -> None:
    def spoken(node: Element) -> str:
        own = node.text or "" if node.tag in {"text", "unit_name"} else ""
        return " ".join([own, *map(spoken, node)])

    plain = re.sub(r"</?[a-z][^<>]*>|\{\d:[A-Z]+:|~%0%", " ", spoken(fromstring(BANK)))  # noqa: S314  # it stands above
    ours = words("Your answer is correct. Your answer is partially correct. Your answer is incorrect. ltr dir")
    assert words(plain) - words_said(bank) - ours == set()


def test_a_share_with_any_number_of_decimals_counts() -> None:
    thirds = "".join(an_answer(word, f"33.{'3' * 17}") for word in ("One", "Two", "Three"))
    question = one("multichoice", f"<single>false</single>{thirds}{an_answer('Four')}")
    assert [option.get("correct") for option in question["options"]] == ["true", "true", "true", None]


@pytest.mark.parametrize(
    ("inside", "accept", "feedback"),
    [
        ("=don&#8217;t#Yes.", ["don’t"], "Yes."),
        ("=don&amp;#8217;t#It&#39;s so.", ["don’t"], "It's so."),
        ("=don&amp;rsquo;t~=50&#37;#Half.", ["don’t", "50%"], "Half."),
        ("=R&D#Both.", ["R&D"], "Both."),
        ("=wait#Yes.~=ask\\ ", ["wait", "ask\\"], "Yes."),
    ],
)
def test_a_character_written_as_a_number_in_a_gap_is_no_feedback(inside: str, accept: list[str], feedback: str) -> None:
    gap = one("cloze", "", f"<![CDATA[They {{1:SHORTANSWER:{inside}}} here.]]>")["gaps"]["gap-1"]
    assert (gap["accept"], gap["feedback"]) == (accept, feedback)


def test_gaps_that_count_more_than_others_are_named() -> None:
    assert losses("cloze", "", "a {1:SA:=x} b {3:SA:=y} c") == [
        "gaps count 1, 3 points in the bank, and all of them the same here"
    ]
    assert losses("cloze", "", "a {2:SA:=x} b {2:SA:=y} c") == losses("cloze", "", "a {:SA:=x} b {1:SA:=y} c") == []


def a_number(number: str, fraction: str, off: str = "0") -> str:
    return an_answer(number, fraction, f"Worth {fraction}.").replace(
        "</answer>", f"<tolerance>{off}</tolerance></answer>"
    )


def test_a_number_that_comes_before_what_is_right_is_named_where_both_have_it() -> None:
    assert losses("numerical", a_number("3", "0", "2") + a_number("5", "100", "2")) == [
        "3 ± 2 is looked at before 5 ± 2 in the bank; here numbers that lie in both are right"
    ]
    assert losses("numerical", a_number("5", "100", "2") + a_number("3", "0", "2")) == []
    assert losses("numerical", a_number("2", "0", "0.5") + a_number("5", "100", "2")) == []


@pytest.mark.parametrize(("kind", "right", "near"), [("numerical", "3", "4"), ("shortanswer", "three", "four")])
def test_part_marks_for_what_is_written_are_named(kind: str, right: str, near: str) -> None:
    assert losses(kind, an_answer(right, "100") + an_answer(near, "50") + an_answer("*", "25")) == [
        f"{near} is worth 50 per cent in the bank, and not right here; its feedback stays",
        "any other answer is worth 25 per cent in the bank, and not right here; its feedback stays",
    ]


@pytest.mark.parametrize(
    ("units", "unit", "others"),
    [
        ([("100", "cm"), ("1", "m")], "m", '"cm"'),
        ([("1.0", "m"), ("100", "cm")], "m", '"cm"'),
        ([("100", "cm"), ("1000", "mm")], None, '"cm", "mm"'),
    ],
)
def test_the_unit_is_the_one_in_which_the_number_stands(
    units: list[tuple[str, str]], unit: str | None, others: str
) -> None:
    inside = "".join(f"<unit><multiplier>{n}</multiplier><unit_name>{name}</unit_name></unit>" for n, name in units)
    answered = f"{an_answer('3', '100')}<units>{inside}</units>"
    assert one("numerical", answered).get("unit") == unit
    assert losses("numerical", answered) == [
        f"other units were left out, in which the number could be written too: {others}"
    ]
