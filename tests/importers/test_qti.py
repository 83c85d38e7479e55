"""QTI of any version becomes our kinds of question, by what its rules say of each answer; what is not understood is refused."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from alongside.files.archive import packed
from alongside.importers import imported
from alongside.importers.bank import Bank
from alongside.reports.problems import as_text

pytestmark = pytest.mark.slow

V21 = "http://www.imsglobal.org/xsd/imsqti_v2p1"
V30 = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
CORRECT, MAPPED = "match_correct", "map_response"


def template(name: str) -> str:
    return f'<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/{name}"/>'


def declared(
    *right: str, cardinality: str = "single", kind: str = "identifier", more: str = "", name: str = "RESPONSE"
) -> str:
    values = "".join(f"<value>{one}</value>" for one in right)
    key = f"<correctResponse>{values}</correctResponse>" if right else ""
    return f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" baseType="{kind}">{key}{more}</responseDeclaration>'


def mapping(*entries: tuple[str, str], more: str = "") -> str:
    inside = "".join(f'<mapEntry mapKey="{key}" mappedValue="{worth}"/>' for key, worth in entries)
    return f"<mapping{more}>{inside}</mapping>"


def an_item(declarations: str, body: str, processing: str, after: str = "", more: str = "") -> str:
    return (
        f'<assessmentItem xmlns="{V21}" identifier="i1" title="A title" adaptive="false" timeDependent="false"{more}>{declarations}'
        f'<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/><itemBody>{body}</itemBody>{processing}{after}</assessmentItem>'
    )


def a_choice(*more: str, shuffle: str = "true", most: str = "1") -> str:
    said = [*more, "", "", ""]
    choices = "".join(
        f'<simpleChoice identifier="{name}">{words}{one}</simpleChoice>'
        for name, words, one in zip("ABC", ("Wait.", "Speak.", "Leave."), said, strict=False)
    )
    return f'<p>Rosa cries.</p><choiceInteraction responseIdentifier="RESPONSE" shuffle="{shuffle}" maxChoices="{most}"><prompt>What do you do?</prompt>{choices}</choiceInteraction>'


def said_inline(name: str, words: str, outcome: str = "FEEDBACK") -> str:
    return f'<feedbackInline outcomeIdentifier="{outcome}" identifier="{name}" showHide="show">{words}</feedbackInline>'


def said_after(name: str, words: str, outcome: str = "FEEDBACK") -> str:
    return f'<modalFeedback outcomeIdentifier="{outcome}" identifier="{name}" showHide="show"><p>{words}</p></modalFeedback>'


def text_entry(before: str = "<p>What is it called?</p><p>", after: str = "</p>") -> str:
    return f'{before}<textEntryInteraction responseIdentifier="RESPONSE" expectedLength="15"/>{after}'


def rules(*inside: str) -> str:
    return f"<responseProcessing>{''.join(inside)}</responseProcessing>"


def if_(condition: str, score: str, otherwise: str = "") -> str:
    last = f"<responseElse>{otherwise}</responseElse>" if otherwise else ""
    return f"<responseCondition><responseIf>{condition}{a_score(score)}</responseIf>{last}</responseCondition>"


def a_score(score: str) -> str:
    return f'<setOutcomeValue identifier="SCORE"><baseValue baseType="float">{score}</baseValue></setOutcomeValue>'


ANSWER = '<variable identifier="RESPONSE"/>'


def value(text: str, kind: str = "float") -> str:
    return f'<baseValue baseType="{kind}">{text}</baseValue>'


def questions(bank: Bank) -> list[dict[str, Any]]:
    return [question for text in bank.files() for question in yaml.load(text, yaml.BaseLoader)["questions"]]


def one(content: str | bytes) -> dict[str, Any]:
    bank = imported("qti", content, "b")
    assert not bank.refused, as_text(bank.problems)
    (question,) = questions(bank)
    return question


def losses(content: str | bytes) -> list[str]:
    found = imported("qti", content, "b").problems
    return [p.message for p in found if p.code == "L121" and "checks refuse" not in p.message]


# ------------------------------------------------------------------------- choosing


def test_a_choice_by_the_template_everybody_knows() -> None:
    question = one(an_item(declared("A"), a_choice(), template(CORRECT)))
    assert (question["kind"], question["context"], question["prompt"]) == ("choice", "Rosa cries.", "What do you do?")
    assert [(o["text"], o.get("correct")) for o in question["options"]] == [
        ("Wait.", "true"),
        ("Speak.", None),
        ("Leave.", None),
    ]
    assert "shuffle" not in question
    assert one(an_item(declared("A"), a_choice(shuffle="false"), template(CORRECT)))["shuffle"] == "false"


def test_the_same_in_the_names_of_version_3_and_without_rules() -> None:
    item = (
        f'<qti-assessment-item xmlns="{V30}" identifier="i" title="T" adaptive="false" time-dependent="false">'
        '<qti-response-declaration identifier="R" cardinality="single" base-type="identifier"><qti-correct-response><qti-value>b</qti-value></qti-correct-response></qti-response-declaration>'
        '<qti-item-body><div class="stem"><p>Who <strong>speaks</strong> first?</p></div><qti-choice-interaction response-identifier="R" max-choices="1" shuffle="true">'
        '<qti-simple-choice identifier="a"><p>Rosa</p></qti-simple-choice><qti-simple-choice identifier="b"><p>Ade</p></qti-simple-choice></qti-choice-interaction></qti-item-body>%s</qti-assessment-item>'
    )
    for processing in (
        "",
        '<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>',
    ):
        question = one(item % processing)
        assert question["prompt"] == "Who **speaks** first?"
        assert [(o["text"], o.get("correct")) for o in question["options"]][:2] == [("Rosa", None), ("Ade", "true")]


def test_part_marks_are_a_judgement() -> None:
    worth = declared("A", more=mapping(("A", "2"), ("B", "1"), ("C", "0"), more=' defaultValue="0"'))
    question = one(an_item(worth, a_choice(), template(MAPPED)))
    assert [option["grade"] for option in question["options"]] == ["best", "acceptable", "poor"]


def test_several_right_answers() -> None:
    several = declared("A", "B", cardinality="multiple")
    question = one(an_item(several, a_choice(most="0"), template(CORRECT)))
    assert question["kind"] == "choices"
    assert [option.get("correct") for option in question["options"]] == ["true", "true", None]
    unequal = declared("A", "B", cardinality="multiple", more=mapping(("A", "3"), ("B", "1"), ("C", "-1")))
    assert losses(an_item(unequal, a_choice(most="0"), template(MAPPED))) == [
        "right answers are worth 75, 25 per cent in the bank, and only all of them together are right here"
    ]


def test_what_several_right_answers_are_worth_and_others_too_is_named() -> None:
    def worth(*entries: tuple[str, str], more: str = "") -> list[str]:
        key = declared("A", "B", cardinality="multiple", more=mapping(*entries, more=more))
        return losses(an_item(key, a_choice(most="0"), template(MAPPED)))

    assert worth(("A", "1"), ("B", "1"), ("C", "-1")) == []
    assert worth(("A", "1"), ("B", "1"), ("C", "0.5")) == [
        'an answer that is worth something in the bank is wrong here: "Leave."'
    ]
    assert worth(("A", "1"), ("B", "0")) == [
        'an answer stands in the key of the bank and earns nothing there, so it is wrong here: "Speak."'
    ]
    assert worth(("A", "1"), ("B", "1"), more=' upperBound="1"') == [
        "one of the right answers is enough in the bank; here all of them are to be chosen"
    ]


def test_several_of_which_one_can_be_chosen_are_one_choice() -> None:
    item = an_item(declared("A", cardinality="multiple"), a_choice(), template(CORRECT))
    assert (one(item)["kind"], one(item)["prompt"]) == ("choice", "What do you do?")
    two = an_item(declared("A", "B", cardinality="multiple"), a_choice(), template(CORRECT))
    assert one(two)["kind"] == "choices"


def test_an_answer_that_keeps_its_place_among_others_that_are_mixed() -> None:
    item = an_item(
        declared("A"), a_choice().replace('identifier="C"', 'identifier="C" fixed="true"'), template(CORRECT)
    )
    assert one(item)["shuffle"] == "false"
    assert losses(item) == ["only some answers keep their places in the bank; here all of them do"]


def test_feedback_beside_the_answers_and_after_all_of_them() -> None:
    by_answer = rules(
        if_(f'<match>{ANSWER}<correct identifier="RESPONSE"/></match>', "1"),
        f'<setOutcomeValue identifier="FEEDBACK">{ANSWER}</setOutcomeValue>',
        f'<setOutcomeValue identifier="AFTER">{value("always", "identifier")}</setOutcomeValue>',
    )
    body = a_choice(
        said_inline("A", "Rest is good."),
        said_inline("B", "It is hers to begin."),
        said_inline("C", "She stays alone."),
    )
    question = one(an_item(declared("A"), body, by_answer, said_after("always", "Silence gives room.", "AFTER")))
    assert [o["feedback"] for o in question["options"]] == ["Rest is good.", "It is hers to begin.", "She stays alone."]
    assert [o["text"] for o in question["options"]] == ["Wait.", "Speak.", "Leave."]
    assert question["rationale"] == "Silence gives room."


def test_feedback_to_right_and_wrong_answers() -> None:
    by_key = rules(
        "<responseCondition><responseIf>", f'<match>{ANSWER}<correct identifier="RESPONSE"/></match>', a_score("1"),
        f'<setOutcomeValue identifier="FEEDBACK">{value("yes", "identifier")}</setOutcomeValue></responseIf><responseElse>'
        f'<setOutcomeValue identifier="FEEDBACK">{value("no", "identifier")}</setOutcomeValue></responseElse></responseCondition>',
    )  # fmt: skip
    after = (
        said_after("yes", "You give time.")
        + said_after("no", "Look at her again.")
        + said_after("never", "Nobody reads this.")
    )
    item = an_item(declared("A"), a_choice(), by_key, after)
    assert [o["feedback"] for o in one(item)["options"]] == [
        "You give time.",
        "Look at her again.",
        "Look at her again.",
    ]
    assert losses(item) == ['a text was left out that no answer leads to: "Nobody reads this."']
    several = an_item(declared("A", "B", cardinality="multiple"), a_choice(most="0"), by_key, after)
    assert losses(several) == [
        'what is said to some answers was left out: "Look at her again."',
        'what is said to some answers was left out: "You give time."',
        'a text was left out that no answer leads to: "Nobody reads this."',
    ]


# ----------------------------------------------------------------- words and numbers


def test_a_word_with_other_ways_to_write_it_and_what_is_said_to_others() -> None:
    worth = declared(
        "reflection", kind="string", more=mapping(("reflection", "1"), ("a reflection", "1"), ("summary", "0.5"))
    )
    question = one(an_item(worth, text_entry(), template(MAPPED)))
    assert (question["kind"], question["prompt"], question["accept"]) == (
        "short_text",
        "What is it called?",
        ["reflection", "a reflection"],
    )
    assert question["near"][0]["accept"] == ["summary"]


def test_a_word_that_is_right_wherever_it_stands_is_refused() -> None:
    inside = f'<stringMatch caseSensitive="false" substring="true">{ANSWER}{value("listen", "string")}</stringMatch>'
    item = an_item(declared("listen", kind="string"), text_entry(), rules(if_(inside, "1")))
    assert [p.message for p in imported("qti", item, "b").problems] == [
        "an answer counts where a word stands anywhere in it, and answers are compared as a whole here"
    ]


def test_capitals_count_in_a_mapping_unless_it_says_no() -> None:
    item = an_item(declared("A", more=mapping(("A", "1"))), a_choice().replace('"B"', '"a"'), template(MAPPED))
    loose = item.replace("<mapEntry", '<mapEntry caseSensitive="false"')  # which means words only
    for asked in (item, loose):
        assert [option.get("correct") for option in one(asked)["options"]] == ["true", None, None]
    word = an_item(declared("Rosa", kind="string", more=mapping(("Rosa", "1"))), text_entry(), template(MAPPED))
    assert losses(word) == ["capitals count in the bank, and do not count here"]
    assert losses(word.replace("<mapEntry", '<mapEntry caseSensitive="false"')) == []


def test_capitals_that_count_are_named() -> None:
    word = declared("Rosa", kind="string")
    assert losses(an_item(word, text_entry(), template(CORRECT))) == [
        "capitals count in the bank, and do not count here"
    ]
    loose = f'<stringMatch caseSensitive="false">{ANSWER}{value("Rosa", "string")}</stringMatch>'
    assert losses(an_item(word, text_entry(), rules(if_(loose, "1")))) == []


@pytest.mark.parametrize(
    ("comparison", "accepted"),
    [
        (f'<equal toleranceMode="exact">{ANSWER}{value("3")}</equal>', ["3"]),
        (f'<equal toleranceMode="absolute" tolerance="0.5 0.5">{ANSWER}{value("3")}</equal>', ["3 ± 0.5"]),
        (f'<equal toleranceMode="absolute" tolerance="1 2">{ANSWER}{value("3")}</equal>', ["2 to 5"]),
        (
            f'<equal toleranceMode="relative" tolerance="10">{ANSWER}<correct identifier="RESPONSE"/></equal>',
            ["3 ± 0.3"],
        ),
        (f"<and><gte>{ANSWER}{value('2')}</gte><lte>{ANSWER}{value('4')}</lte></and>", ["3 ± 1"]),
        (f"<and><gte>{ANSWER}{value('2')}</gte><lte>{ANSWER}{value('7.5')}</lte></and>", ["2 to 7.5"]),
        (f"<or><equal>{ANSWER}{value('3')}</equal><equal>{ANSWER}{value('-3')}</equal></or>", ["-3", "3"]),
    ],
)
def test_numbers_are_found_at_the_bounds_of_the_rules(comparison: str, accepted: list[str]) -> None:
    question = one(
        an_item(declared("3", kind="float"), text_entry("<p>How many are there?</p><p>"), rules(if_(comparison, "1")))
    )
    assert (question["kind"], question["accept"]) == ("number", accepted)


def test_a_number_with_a_unit_partial_marks_and_ends_that_do_not_count() -> None:
    near = f"<and><gt>{ANSWER}{value('40')}</gt><lt>{ANSWER}{value('50')}</lt></and>"
    item = an_item(
        declared("45", kind="integer"),
        text_entry("<p>How many hours is that?</p><p>", " hours</p>"),
        rules(if_(f"<equal>{ANSWER}{value('45', 'integer')}</equal>", "1", if_(near, "0.5"))),
    )
    question = one(item)
    assert (question["prompt"], question["unit"], question["accept"]) == ("How many hours is that?", "hours", ["45"])
    assert [mistake["numbers"] for mistake in question["mistakes"]] == [["40 to 45"], ["45 to 50"]]
    assert losses(item)[0] == "a range goes up to its ends here, which do not count in the bank"


def test_a_number_within_a_sentence_leaves_a_sign_in_its_place() -> None:
    question = one(
        an_item(
            declared("12", kind="float"), text_entry("<p>A year has ", " months, has it not?</p>"), template(CORRECT)
        )
    )
    assert (question["kind"], question["prompt"], question["accept"]) == (
        "number",
        "A year has … months, has it not?",
        ["12"],
    )


@pytest.mark.parametrize(("right", "type_", "kind"), [("12", "float", "number"), ("silence", "string", "short_text")])
def test_a_paragraph_above_a_field_is_the_question_and_no_sentence_around_it(right: str, type_: str, kind: str) -> None:
    body = text_entry("<div><p>What is it?</p>", "</div>")
    question = one(an_item(declared(right, kind=type_), body, template(CORRECT)))
    assert (question["kind"], question["prompt"], question.get("context")) == (kind, "What is it?", None)


def test_gaps_to_write_in_and_to_pick_for() -> None:
    picked = '<inlineChoiceInteraction responseIdentifier="R2" shuffle="true"><inlineChoice identifier="a">open</inlineChoice><inlineChoice identifier="b">shut</inlineChoice></inlineChoiceInteraction>'
    body = f"<p>Fill the gaps.</p><p>Leave a {text_entry('', '')} and stay {picked}.</p>"
    both = declared("pause", kind="string") + declared("a", name="R2")
    processing = rules(
        *(
            f'<setOutcomeValue identifier="SCORE"><sum><variable identifier="SCORE"/>{part}</sum></setOutcomeValue>'
            for part in ('<mapResponse identifier="RESPONSE"/>', '<mapResponse identifier="R2"/>')
        )
    )
    worth = both.replace(
        "</correctResponse></responseDeclaration><r",
        f"</correctResponse>{mapping(('pause', '1'), ('silence', '1'))}</responseDeclaration><r",
    ).replace("<value>a</value></correctResponse>", f"<value>a</value></correctResponse>{mapping(('a', '1'))}")
    for item in (an_item(worth, body, processing), an_item(both, body, template(CORRECT))):
        question = one(item)
        assert (question["kind"], question["context"]) == ("gap", "Fill the gaps.")
        assert question["text"] == "Leave a {gap-1} and stay {gap-2}."
        assert question["gaps"]["gap-1"]["accept"][0] == "pause"
        assert [(o["text"]) for o in question["gaps"]["gap-2"]["options"]] == ["open", "shut"]
        assert question["gaps"]["gap-2"]["accept"] == ["open"]


# ------------------------------------------------------------------- lines and essays


def test_an_order_pairs_and_words_of_ones_own() -> None:
    choices = "".join(
        f'<simpleChoice identifier="{name}">{words}</simpleChoice>'
        for name, words in (("a", "Ask."), ("b", "Greet."), ("c", "Listen."))
    )
    order = an_item(
        declared("b", "c", "a", cardinality="ordered"),
        f'<orderInteraction responseIdentifier="RESPONSE" shuffle="true"><prompt>Which comes first?</prompt>{choices}</orderInteraction>',
        template(CORRECT),
    )
    assert [line["text"] for line in one(order)["items"]] == ["Greet.", "Listen.", "Ask."]

    def side(*entries: tuple[str, str]) -> str:
        inside = "".join(
            f'<simpleAssociableChoice identifier="{name}" matchMax="1">{words}</simpleAssociableChoice>'
            for name, words in entries
        )
        return f"<simpleMatchSet>{inside}</simpleMatchSet>"

    match = f'<matchInteraction responseIdentifier="RESPONSE" shuffle="true"><prompt>Match them.</prompt>{side(("l", "How?"), ("m", "Why?"))}{side(("o", "open"), ("p", "probing"), ("q", "closed"))}</matchInteraction>'
    pairs = one(an_item(declared("l  o", "m p", cardinality="multiple", kind="directedPair"), match, template(CORRECT)))
    assert [(pair["prompt"], pair["match"]) for pair in pairs["pairs"]] == [("How?", "open"), ("Why?", "probing")]
    assert pairs["extra"][0]["text"] == "closed"

    essay = an_item(
        declared(kind="string"),
        '<rubricBlock view="scorer"><p>Look for a feeling.</p></rubricBlock><p>What would you say?</p><extendedTextInteraction responseIdentifier="RESPONSE"/>',
        "",
    )
    assert (one(essay)["kind"], losses(essay)) == ("open_response", ["a note of the bank stands only as a remark"])
    assert "# For whoever gives marks: Look for a feeling." in imported("qti", essay, "b").questions[0]


# --------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("item", "message"),
    [
        (an_item(declared(), a_choice(), template(CORRECT)), "no answer of this question is right"),
        (an_item(declared(cardinality="multiple"), a_choice(), ""), "no answer of this question is right"),
        (an_item(declared("A"), a_choice(), template("map_response_point")), 'it is graded by the template "map_response_point", which is not understood here'),
        (an_item(declared("A"), a_choice(), rules("<lookupOutcomeValue identifier='SCORE'/>")), "its rules hold <lookup-outcome-value>, which is not understood here"),
        (an_item(declared("A"), a_choice(), rules(if_("<randomInteger min='0' max='1'/>", "1"))), "its rules hold <random-integer>, which is not understood here"),
        (an_item(declared("A", name="OTHER"), a_choice(), template(CORRECT)), 'the response "RESPONSE" is not declared'),
        (an_item(declared("A"), a_choice() + a_choice(), template(CORRECT)), "several things are asked in one question"),
        (an_item(declared("A"), "<p>Just read.</p>", template(CORRECT)), "there is nothing to answer in this question"),
        (an_item(declared("A"), '<hotspotInteraction responseIdentifier="RESPONSE"/>', template(CORRECT)), "there is no kind here for <hotspot-interaction>"),
        (an_item(declared("A"), a_choice(), template(CORRECT), more=' xml:lang="en"').replace('adaptive="false"', 'adaptive="true"'), "this question changes while it is answered"),
        (an_item("<templateDeclaration identifier='T'/>" + declared("A"), a_choice(), template(CORRECT)), "this question is another for each learner"),
        (an_item(declared("3", kind="float"), text_entry(), rules(if_(f"<gte>{ANSWER}{value('3')}</gte>", "1"))), "every number from one on gets the same, and a range has two ends here"),
        (an_item(declared("1_000", kind="float"), text_entry(), template(CORRECT)), '"1_000" is no number that can be compared here'),
        (an_item(declared("many", kind="float"), text_entry(), template(CORRECT)), '"many" is no number that can be compared here'),
        (an_item(declared("3", kind="float"), text_entry(), rules(if_(f"<equal>{ANSWER}{value('1e999999')}</equal>", "1"))), '"1e999999" is no number that can be compared here'),
        (an_item(declared(kind="string"), text_entry(), template(CORRECT)), "this question does not say which words are right"),
        (an_item(declared("A"), a_choice().replace("Wait.", ""), template(CORRECT)), "an answer of this question is empty"),
        (an_item(declared("A"), a_choice().replace('"C"', '"B"'), template(CORRECT)), 'two answers of this question are called "B"'),
        ("<questestinterop/>", "this is QTI 1.2, which is not read here"),
        ("<quiz/>", "this is no item of QTI: it begins with <quiz>"),
        ("<!DOCTYPE a><a/>", "the file has a document type (<!DOCTYPE …>), which could bring in other files"),
        ("PK", "this is no well-formed XML: syntax error"),
        (b"PK\x03\x04 and no more", "this package cannot be unpacked: it is no ZIP archive, or it is damaged"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused(item: str | bytes, message: str) -> None:
    assert [p.message for p in imported("qti", item, "b").problems] == [message]


@pytest.mark.slow
def test_rules_without_end_are_not_followed() -> None:
    many = rules(*[if_(f"<match>{ANSWER}{value('A', 'identifier')}</match>", "1")] * 15_000)
    assert [p.message for p in imported("qti", an_item(declared("A"), a_choice(), many), "b").problems] == [
        "the rules of this question are too many to be followed for each answer"
    ]
    squared = '<setOutcomeValue identifier="SCORE"><product><variable identifier="SCORE"/><variable identifier="SCORE"/></product></setOutcomeValue>'
    grown = rules(a_score("1e30"), squared * 40)
    assert [p.message for p in imported("qti", an_item(declared("A"), a_choice(), grown), "b").problems] == [
        "its rules lead to numbers that cannot be worked with"
    ]


def a_setting(name: str, expression: str) -> str:
    return f'<setOutcomeValue identifier="{name}">{expression}</setOutcomeValue>'


def test_values_do_not_grow_without_end() -> None:
    twice = a_setting("X", '<multiple><variable identifier="X"/><variable identifier="X"/></multiple>')
    grown = rules(a_setting("X", value("A", "identifier")), twice * 12)
    assert [p.message for p in imported("qti", an_item(declared("A"), a_choice(), grown), "b").problems] == [
        "its rules gather more than 1,000 values"
    ]


@pytest.mark.parametrize("place", ["00000199", "000001" + "0" * 5000, "9" * 5000, "0", "-1", "RESPONSE"])
def test_a_place_that_a_value_does_not_have_holds_nothing(place: str) -> None:
    item = an_item(declared("A"), a_choice(), rules(a_setting("SCORE", f'<index n="{place}">{value("1")}</index>')))
    assert [p.message for p in imported("qti", item, "b").problems] == ["no answer of this question is right"]


# ------------------------------------------------------------------------- packages

MANIFEST = """<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m"><metadata/><organizations/><resources>
<resource identifier="two" type="imsqti_item_xmlv2p1" href="items/two.xml"><metadata><lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general>
<keyword><string language="en">silence</string></keyword><keyword><string language="en">first</string></keyword></general></lom></metadata><file href="items/two.xml"/></resource>
<resource identifier="one" type="imsqti_item_xmlv2p1" href="items/one.xml"/><resource identifier="t" type="imsqti_test_xmlv2p1" href="tests/test.xml"/></resources></manifest>"""
TEST = """<assessmentTest identifier="t" title="T"><testPart identifier="p"><assessmentSection identifier="s" title="First meetings" visible="true">
<assessmentItemRef identifier="one" href="../items/one.xml"/></assessmentSection></testPart></assessmentTest>"""


def a_package(**more: str) -> bytes:
    files = {
        "imsmanifest.xml": MANIFEST,
        "tests/test.xml": TEST,
        "items/one.xml": an_item(declared("A"), a_choice(), template(CORRECT)),
        "items/two.xml": an_item(declared("B"), a_choice().replace("cries", "smiles"), template(CORRECT)),
        "styles/extra.xml": "<style/>",
        **more,
    }
    return packed({name: content.encode() for name, content in files.items()})


def test_a_package_is_read_in_the_order_of_its_test_with_tags_and_sections() -> None:
    bank = imported("qti", a_package(), "bank.zip")
    assert bank.problems == () or all("checks refuse" in p.message for p in bank.problems), as_text(bank.problems)
    assert [question["context"] for question in questions(bank)] == ["Rosa cries.", "Rosa smiles."]
    assert "# Category: First meetings\n" in bank.questions[0]
    assert "# Tags in the bank: silence, first\n" in bank.questions[1]


def test_a_file_of_a_package_that_is_no_question_is_named_with_its_name() -> None:
    bank = imported("qti", a_package(**{"items/two.xml": "<assessmentItem>\n<oops>\n</assessmentItem>"}), "bank.zip")
    (problem,) = [p for p in bank.problems if p.code == "L120"]
    assert (str(problem.place.file), problem.place.line) == ("bank.zip/items/two.xml", 3)
    assert (
        "# Not imported: this is no well-formed XML: mismatched tag (line 3 of items/two.xml)."
        in bank.questions[0] + bank.remarks
    )


def test_a_package_without_a_manifest_and_one_without_questions() -> None:
    item = an_item(declared("A"), a_choice(), template(CORRECT)).encode()
    assert len(questions(imported("qti", packed({"a.xml": item, "b.xml": item, "c.txt": b"x"}), "b"))) == 2
    assert [p.message for p in imported("qti", packed({"c.txt": b"x"}), "b").problems] == [
        "there is no question of QTI in this package"
    ]


def test_questions_of_an_older_version_in_a_package_are_named() -> None:
    bank = imported("qti", packed({"old.xml": b"<questestinterop/>"}), "b")
    assert [p.message for p in bank.problems] == ["this is QTI 1.2, which is not read here"]


def test_what_a_package_names_and_does_not_hold_is_reported() -> None:
    more = MANIFEST.replace(
        "</resources>", '<resource identifier="x" type="imsqti_item_xmlv2p1" href="items/gone.xml"/></resources>'
    )
    tested = TEST.replace("../items/one.xml", "../items/lost.xml")
    bank = imported("qti", a_package(**{"imsmanifest.xml": more, "tests/test.xml": tested}), "b")
    assert [p.message for p in bank.problems if p.code == "L120"] == [
        'the package names the file "items/lost.xml" and does not hold it',
        'the package names the file "items/gone.xml" and does not hold it',
    ]
    assert len(questions(bank)) == 2


def test_a_file_that_cannot_be_read_is_reported_though_nothing_names_it() -> None:
    item = an_item(declared("A"), a_choice(), template(CORRECT)).encode()
    bank = imported("qti", packed({"a.xml": item, "b.xml": item[:-20], "imsmanifest.xml": b"<manifest>"}), "b")
    assert [str(p.place.file) for p in bank.problems if p.code == "L120"] == ["b/imsmanifest.xml", "b/b.xml"]
    assert len(questions(bank)) == 1
