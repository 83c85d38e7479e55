"""Finer cases of the rules for single questions: thresholds, exact places, and what must not be flagged."""

from __future__ import annotations

import json

import pytest

from alongside.files.problems import Problem
from alongside.rules import RULES, RULES_BY_CODE
from alongside.rules.engine import check_curriculum
from alongside.rules.rule import Rule
from alongside.texts.wordforms import overlap, plain, same, stem

pytestmark = pytest.mark.slow

FEEDBACK = "It gives back what you heard and leaves the next word to them."
PROMPT = "What would help Rosa most right now?"


def a_question(kind: str = "choice", prompt: str = PROMPT, **more: object) -> str:
    """A question in one line, so that a test shows only what it varies."""
    return json.dumps({"kind": kind, "id": "an-example", "prompt": prompt, **more}, ensure_ascii=False) + "\n"


def a_choice(
    *texts: str, right: tuple[int, ...] = (0,), kind: str = "choice", prompt: str = PROMPT, **more: object
) -> str:
    """A question with these options, of which the first is right if nothing else is said."""
    options = [
        {"id": "abcdefgh"[i], "text": text, "feedback": FEEDBACK} | ({"correct": True} if i in right else {})
        for i, text in enumerate(texts)
    ]
    return a_question(kind, prompt, options=options, **more)


def a_judgement(*graded: tuple[str, str]) -> str:
    options = [
        {"id": "abcdefgh"[i], "text": text, "grade": grade, "feedback": FEEDBACK}
        for i, (text, grade) in enumerate(graded)
    ]
    return a_question("judgement", options=options)


BLOCK = """\
kind: choice
id: pause
prompt: Your mentee stops in the middle of a sentence. What do you do?
options:
  - id: wait
    text: I wait.
    correct: true
    feedback: |
      The quiet tells them that there is time.
      You’re clever to wait, and they go on.
  - id: finish
    text: I always finish it.
    feedback: Your ending may not be theirs, and now they must correct you.
  - id: ask
    text: I ask it again.
    feedback: A second question takes away the time to answer the first one.
    misconception: Silence needs help.
"""

# --------------------------------------------------------------- exact places


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("Q142", "You’re clever"),
        ("Q107", "I always finish it."),
        ("Q143", "id: finish"),
    ],
)
def test_the_problem_is_pointed_at(code: str, words: str, found, place_of) -> None:
    assert [str(p.place) for p in found(code, BLOCK)] == [place_of(code, BLOCK, words)]


def test_a_second_right_option_is_pointed_at_by_its_mark(found, place_of) -> None:
    example = BLOCK.replace("    text: I ask it again.\n", "    text: I ask it again.\n    correct: true # twice\n")
    assert [str(p.place) for p in found("Q101", example)] == [place_of("Q101", example, "true # twice")]


def test_an_unknown_gap_is_pointed_at_inside_the_text(found, place_of) -> None:
    example = """\
kind: gap
id: pause
prompt: Complete the sentence.
text: |
  After a question,
  leave a {quite} before you speak.
gaps:
  quiet:
    label: something quiet
    accept: [pause]
    feedback: It gives them time.
"""
    problems = found("Q124", example)
    assert [str(p.place) for p in problems] == [
        place_of("Q124", example, "{quite}"),
        place_of("Q124", example, "quiet:\n"),
    ]
    assert 'did you mean "quiet"?' in problems[0].message


# ------------------------------------------------------------------------ keys


@pytest.mark.parametrize(
    ("example", "count"),
    [
        (a_choice("One", "Two", "Three", right=()), 1),
        (a_choice("One", "Two", "Three", right=(0, 1)), 1),
        (a_choice("One", "Two", "Three"), 0),
        (a_choice("One", "Two", "Three", kind="choices"), 1),
        (a_choice("One", "Two", "Three", kind="choices", right=(0, 1, 2)), 1),
        (a_choice("One", "Two", "Three", kind="choices", right=(0, 1)), 0),
        (a_judgement(("One", "poor"), ("Two", "poor"), ("Three", "poor")), 1),
        (a_judgement(("One", "acceptable"), ("Two", "poor"), ("Three", "poor")), 1),
        (a_judgement(("One", "best"), ("Two", "best"), ("Three", "poor")), 0),
    ],
)
def test_key_count_fits_the_kind(example: str, count: int, found) -> None:
    assert len(found("Q101", example)) == count


@pytest.mark.parametrize(
    ("texts", "severities"),
    [
        (("One", "Two"), ["error"]),
        (("“Yes.”", "No"), []),
        (("One", "Two", "Three"), []),
        (("One", "Two", "Three", "Four", "Five", "Six"), ["warning"]),
    ],
)
def test_option_count(texts: tuple[str, ...], severities: list[str], found) -> None:
    assert [p.severity for p in found("Q102", a_choice(*texts))] == severities


def test_equal_options_are_an_error_and_similar_ones_a_warning(found) -> None:
    same_words = a_choice("A *short* pause", "“A short pause.”", "A plan")
    similar = a_choice("You wait for them to go on", "You wait for them to go on now", "A plan")
    assert [p.severity for p in found("Q104", same_words)] == ["error"]
    assert [p.severity for p in found("Q104", similar)] == ["warning"]


@pytest.mark.parametrize(
    ("key", "severities"),
    [
        (20, []),  # as long as the other
        (44, []),  # more than 1.6 times, fewer than 25 characters
        (45, ["info"]),
        (59, ["info"]),
        (60, ["warning"]),  # more than twice and 40 characters
    ],
)
def test_key_longest_needs_both_a_share_and_a_distance(key: int, severities: list[str], found) -> None:
    assert [p.severity for p in found("Q105", a_choice("x" * key, "y" * 20, "z" * 15))] == severities


def test_lengths_are_those_a_reader_sees(found) -> None:
    assert (
        found(
            "Q105",
            a_choice("A [[reflection|short word]] [@weger-2014] [@kluger-2022] **now**", "A long plan now", "A list"),
        )
        == []
    )


@pytest.mark.parametrize(
    "harmless",
    [
        "“You must be tired after all that.”",
        "“It is all right to wait.”",
        "“We meet every week at two.”",
        "“They all wait for you, right?”",
        "“At all events, go on.”",
    ],
)
def test_absolute_words_that_only_sound_so_pass(harmless: str, found) -> None:
    assert found("Q107", a_choice("“What was it like?”", harmless, "“Go on.”")) == []


def test_absolute_words_on_both_sides_pass(found) -> None:
    assert found("Q107", a_choice("Never promise secrecy", "Always promise it", "Wait")) == []


# --------------------------------------------------------------------- options


@pytest.mark.parametrize("text", ["All of the above", "Both A and B.", "A and C", "All of these"])
def test_options_that_stand_for_others(text: str, found) -> None:
    assert [p.severity for p in found("Q109", a_choice("One", "Two", text))] == ["error"]


@pytest.mark.parametrize(
    "text", ["All of them felt heard by her", "Both sides", "A and a half", "None of your words hurt"]
)
def test_options_that_only_start_like_that_pass(text: str, found) -> None:
    assert found("Q109", a_choice("One", "Two", text)) == []
    assert found("Q110", a_choice("One", "Two", text)) == []


def test_none_of_the_above_is_a_warning_among_choices(found) -> None:
    example = a_choice("One", "Two", "None of the above", kind="choices", right=(0, 1))
    assert [p.severity for p in found("Q110", example)] == ["warning"]


def test_can_as_ability_is_no_hedge(found) -> None:
    assert found("Q111", a_choice("“What can I do?”", "“Do this.”", "“Go on.”")) == []
    assert found("Q111", a_choice("It can help", "It does harm", "It ends it"))


def test_a_word_of_the_trade_may_come_back(found) -> None:
    assert (
        found(
            "Q112",
            a_choice(
                "A reflection of it", "A plan for it", "A list of it", prompt="Which is a reflection of “I am tired”?"
            ),
        )
        == []
    )


def test_forms_of_one_word_count_as_an_echo(found) -> None:
    assert found(
        "Q112",
        a_choice(
            "Naming what saddens her",
            "A plan for it",
            "A list of it",
            prompt="How do you respond to someone who seems saddened?",
        ),
    )


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (("“It was hard.”", "“What was it like?”", "“Go on"), "does not end with"),
        (("Waiting a bit", "Asking again", "a story"), "does not start with a capital"),
        (("To wait", "Asking again", "Telling it"), "starts with “to”"),
        (("“Go on.”", "Asking again.", "Telling it."), "starts with a quotation mark"),
    ],
)
def test_options_that_differ_in_form(texts: tuple[str, ...], words: str, found) -> None:
    assert any(words in p.message for p in found("Q113", a_choice(*texts)))


def test_nothing_is_no_ing_form(found) -> None:
    assert found("Q113", a_choice("Nothing yet", "A plan", "A list")) == []


# --------------------------------------------------------------------- prompts


@pytest.mark.parametrize(
    ("prompt", "flagged"),
    [
        ("Which of these should you not say to Rosa?", True),
        ("Which reply helps least in this case?", True),
        ("All of these help, EXCEPT which one?", True),
        ("What do you say when she does not answer?", False),
        ("Which step helps people who have not spoken yet?", False),
        ("Which reply helps at least a little?", False),
        ("She says “I can’t do it.” What do you say first?", False),
        ("Which reply isn’t a reflection of it?", True),
    ],
)
def test_negative_prompts(prompt: str, flagged: bool, found) -> None:
    assert bool(found("Q130", a_choice("A pause", "A plan", "A list", prompt=prompt))) is flagged


def test_a_negative_option_makes_it_an_error(found) -> None:
    example = a_choice("Never interrupt", "Wait", "Ask", prompt="Which of these would you not advise?")
    assert [p.severity for p in found("Q130", example)] == ["error"]


@pytest.mark.parametrize(
    ("prompt", "severities"),
    [
        ("The pause.", ["error"]),
        ("Which comes first?", ["warning"]),
        ("The pause that people leave after a question.", ["warning"]),
        ("Sort the moves by what they do.", []),
        ("After a question, a good pause lasts …", []),
        ("Read the case. Then choose a reply.", []),
        ("A mentee asks “Why me?” and looks away from you now.", ["warning"]),
    ],
)
def test_prompts_that_do_not_ask(prompt: str, severities: list[str], found) -> None:
    assert [p.severity for p in found("Q131", a_choice("A pause", "A plan", "A list", prompt=prompt))] == severities


def test_a_short_prompt_with_a_case_passes(found) -> None:
    assert (
        found(
            "Q131",
            a_choice("A pause", "A plan", "A list", prompt="What now?", context="Rosa is late and says nothing."),
        )
        == []
    )


@pytest.mark.parametrize("key", ["1957", "about 50 %", "12 per cent", "Carl Rogers"])
def test_trivia(key: str, found) -> None:
    assert found(
        "Q134", a_choice(key, "Donald Schön", "Paulo Freire") if key[0] == "C" else a_choice(key, "A plan", "A list")
    )


# -------------------------------------------------------------------- feedback


@pytest.mark.parametrize(
    ("text", "severities"),
    [
        ("Correct.", ["error"]),
        ("Wrong, try again.", ["error"]),
        ("This moves to fixing.", ["warning"]),
        ("word " * 61, ["warning"]),
        (FEEDBACK, []),
    ],
)
def test_feedback_must_explain(text: str, severities: list[str], found) -> None:
    example = a_choice("A pause", "A plan", "A list").replace(FEEDBACK, text.strip(), 1)
    assert [p.severity for p in found("Q140", example)] == severities


def test_quoted_praise_is_no_praise(found) -> None:
    example = a_choice("A pause", "A plan", "A list").replace(
        FEEDBACK, "“Well done” praises, and it does not say what was done well.", 1
    )
    assert found("Q142", example) == []


def test_an_acceptable_option_needs_no_misconception(found) -> None:
    assert len(found("Q143", a_judgement(("One", "best"), ("Two", "acceptable"), ("Three", "poor")))) == 1


LESSON = """\
modules/listening/waiting.yml: |
  title: Leave room
  skill: false
  summary: Studies show that pauses help.
  steps:
    - text: |
        Some say that pauses help.

        {sentence}
"""


@pytest.mark.parametrize(
    ("sentence", "flagged"),
    [
        ("One study found that silence helps.", True),
        ("About 40% of people said so.", True),
        ("In one study, silence helped [@stivers-2009].", False),
        ("He left his study and sat down.", False),
        ("“Research shows it,” said Owen.", False),
    ],
)
def test_claims(sentence: str, flagged: bool, found) -> None:
    text = [p for p in found("Q144", LESSON.format(sentence=sentence)) if p.place.line > 5]
    assert bool(text) is flagged


def test_a_summary_may_repeat_what_the_text_cites(found) -> None:
    assert found("Q144", LESSON.format(sentence="In one study, silence helped [@stivers-2009].")) == []


def test_a_question_that_cites_may_claim(found) -> None:
    quiz = "modules/listening/quiz.yml: |\n  questions:\n    - " + a_question(
        "short_text",
        "What did one study find?",
        accept=["it"],
        feedback=FEEDBACK,
        otherwise=FEEDBACK,
        cites=["weger-2014"],
    )
    assert found("Q144", quiz) == []
    assert found("Q144", quiz.replace('"cites"', '"formerly"'))


# ----------------------------------------------------------------------- forms


def test_every_part_is_compared_within_its_kind(found) -> None:
    pairs = [
        {"id": "a", "prompt": "Open", "match": "What?", "feedback": FEEDBACK},
        {"id": "b", "prompt": "Closed", "match": "Did you?", "feedback": FEEDBACK},
    ]
    example = a_question("matching", pairs=pairs, extra=[{"id": "a", "text": "what", "feedback": FEEDBACK}])
    assert [p.message for p in found("Q120", example)] == ['the id "a" stands twice in this question']
    assert [p.message for p in found("Q121", example)] == ['this partner reads the same as "a"']


def test_a_label_that_holds_the_answer_gives_it_away(found, place_of) -> None:
    example = a_question(
        "gap",
        "Complete the sentence.",
        text="Leave a {p}.",
        gaps={"p": {"label": "a kind of pause", "accept": ["pause"], "feedback": FEEDBACK}},
    )
    assert [str(p.place) for p in found("Q135", example)] == [place_of("Q135", example, '"a kind of pause"')]


# ----------------------------------------------------------------------- words


def test_words_are_those_a_reader_sees() -> None:
    assert (
        plain("A [[open-question]] and *[[reflection|this]]* [@weger-2014], `now`") == "A open question and this , now"
    )
    assert same("“Well, I’m  HERE!”") == "well i'm here"
    assert {stem(word) for word in ("listening", "listened", "listens")} == {stem("listen")}
    assert overlap("one two three four", "one two three five") == 3 / 5


def test_a_short_answer_on_a_scale_of_confidence_is_no_verdict(found) -> None:
    steps = "".join(f"\n  - {{id: s{n}, text: Step {n}, feedback: Try it.}}" for n in range(3))
    assert found("Q140", f"kind: confidence\nid: sure\nprompt: How sure are you today?\nscale:{steps}") == []


# ------------------------------------------------------- what is looked at and what is written


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Use `{{name}}` there", "Use `[name]` there"),
        ("Use %name% there", "Use [name] there"),
        ("Use `Name` there", "Use `name` there"),
        ("5 > 3", "5 < 3"),
        ("C", "C++"),
        ("-5", "5"),
        ("a = b", "a ≠ b"),
        ("+", "−"),
        ("🙂", "🙁"),
        ("Really?", "Really!"),
        ("कि", "का"),
        ("x²", "x2"),
        ("`a`", "a"),
        (r"\*a\*", "*a*"),
    ],
)
def test_options_that_look_different_are_different(one: str, other: str, found) -> None:
    assert found("Q104", a_choice(one, other, "A plan")) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A short pause", "A\u00a0short pause"),
        ("A short pause", "A\u2009short  pause"),
        ("A short pause", "A sho\u00adrt pause"),
        ("A short _pause_", "A short *pause*"),
        ("A **short** pause", "A short pause"),
        ("A [pause](page:one.md)", "A [pause](page:two.md)"),
        ("A [[pause|short pause]]", "A short pause"),
        (r"A short \*", "A short *"),
        ("A &amp; B", "A & B"),
        ("cafe\u0301", "café"),
        ("A short pause", "“A short pause.”"),
    ],
)
def test_options_that_look_the_same_are_the_same(one: str, other: str, found) -> None:
    assert [p.severity for p in found("Q104", a_choice(one, other, "A plan"))] == ["error"]


def test_options_that_differ_in_capitals_are_only_much_alike(found) -> None:
    assert [p.severity for p in found("Q104", a_choice("On Monday", "on monday", "A plan"))] == ["warning"]


@pytest.mark.parametrize(("one", "other"), [("+", "-"), ("{a}", "[a]"), ("कि", "की"), ("C", "C#"), ("Co", "CO")])
def test_lines_that_differ_in_signs_are_told_apart(one: str, other: str, found) -> None:
    lines = [{"id": "a", "text": one, "why": FEEDBACK}, {"id": "b", "text": other, "why": FEEDBACK}]
    assert found("Q121", a_question("ordering", items=[*lines, {"id": "c", "text": "x", "why": FEEDBACK}])) == []


def a_word(accept: list[str], **near: list[str]) -> str:
    misses = [{"id": name, "accept": texts, "feedback": FEEDBACK} for name, texts in near.items()]
    more = {"near": misses} if misses else {}
    return a_question("short_text", accept=accept, feedback=FEEDBACK, otherwise=FEEDBACK, **more)


@pytest.mark.parametrize(
    ("right", "near", "times"),
    [
        ("C++", "C", 0),
        ("-5", "5", 0),
        ("año", "ano", 0),
        ("कि", "की", 0),
        ("Reflection", "reflection", 1),
        ("a “b”", 'a "b"', 1),
        ("−5", "-5", 1),
    ],
)
def test_a_near_miss_is_right_already_only_where_it_is_the_same_answer(
    right: str, near: str, times: int, found
) -> None:
    assert [p.severity for p in found("Q127", a_word([right], close=[near]))] == ["error"] * times


@pytest.mark.parametrize("text", ["\u00ad", "\ufe0f", "two\nlines"])
def test_an_answer_that_can_never_be_right_is_an_error(text: str, found) -> None:
    assert [p.severity for p in found("Q146", a_word(["reflection", text]))] == ["error"]
    assert [p.severity for p in found("Q146", a_word(["reflection"], close=[text]))] == ["error"]


@pytest.mark.parametrize("text", ["**bold**", "`x`", "*one*", "[[term]]", "[@source]", "[words](page:one.md)"])
def test_marks_that_would_have_to_be_written_are_a_warning(text: str, found) -> None:
    assert [p.severity for p in found("Q146", a_word([text]))] == ["warning"]


@pytest.mark.parametrize("text", ["+", "!=", "🙂", "2*3*4", "*", "**", "a_b_c", "[x]", "__init__.py", "`"])
def test_an_answer_made_of_signs_can_be_written(text: str, found) -> None:
    assert found("Q146", a_word([text])) == []
    assert found("Q147", a_word([text, "reflection"])) == []


#: Rules that judge what learners are to write as they judge any text: what nobody should read, and what is not finished.
OF_ANSWERS = {"A149", "P124", "T110", "Y101", "Y102", "Y106", "Y107"}


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.scope == "text"], ids=lambda rule: rule.code)
def test_no_rule_asks_to_say_what_learners_write_in_another_way(rule: Rule, world_of) -> None:
    bad = " ".join(rule.document.bad.split())[:300]
    loaded = world_of("question", a_word(["a smile", bad])).loaded
    assert {problem.code for problem in check_curriculum(loaded, [rule])} == {rule.code} & OF_ANSWERS


@pytest.mark.parametrize("emoji", ["⭐", "✅", "🙂"])
def test_an_emoji_that_learners_write_stands_for_itself(emoji: str, world_of) -> None:
    def found(question: str) -> list[Problem]:
        return list(check_curriculum(world_of("question", question).loaded, [RULES_BY_CODE["A145"]]))

    answers = {"accept": [emoji, "a smile"], "feedback": FEEDBACK, "otherwise": FEEDBACK}
    assert found(a_question("short_text", **answers)) == []
    [problem] = found(a_question("short_text", prompt=f"{emoji} What is this called?", **answers))
    assert (problem.expected, problem.fix) == ("words alone", "write what the emoji says, or delete it")


@pytest.mark.parametrize(("accept", "times"), [(["behavior"], 1), (["behaviour", "behavior"], 0)])
def test_the_answer_that_is_shown_is_spelt_as_the_course_is(accept: list[str], times: int, world_of) -> None:
    loaded = world_of("question", a_word(accept)).loaded
    assert len(list(check_curriculum(loaded, [RULES_BY_CODE["T109"]]))) == times


@pytest.mark.parametrize(
    ("accept", "times"),
    [(["drop-out", "drop out"], 1), (["Café", "cafe."], 1), (["C", "C++"], 0), (["dropout", "drop-out"], 0)],
)
def test_the_same_answer_twice_is_a_warning(accept: list[str], times: int, found) -> None:
    assert len(found("Q147", a_word(accept))) == times


def test_a_second_way_of_writing_counts_where_a_near_miss_is_close_to_both(found) -> None:
    assert found("Q147", a_word(["résumé", "resumé"], close=["resume"])) == []


def test_a_gap_to_pick_for_has_its_right_option_whatever_its_capitals(found) -> None:
    options = [{"id": "ten", "text": "Ten", "feedback": FEEDBACK}, {"id": "two", "text": "Two", "feedback": FEEDBACK}]
    gap = {"label": "a number", "accept": ["ten"], "options": options, "feedback": FEEDBACK}
    assert found("Q125", a_question("gap", text="Count to {n}.", gaps={"n": gap})) == []
    assert [
        p.message for p in found("Q125", a_question("gap", text="Count to {n}.", gaps={"n": gap | {"accept": ["+"]}}))
    ] == ["0 options of this gap are in accept"]


# --------------------------------------------------------------------- numbers


def a_number(accept: list[str], *mistakes: list[str], **more: object) -> str:
    """A number to write, with known mistakes."""
    known = [{"id": f"m-{place}", "numbers": numbers, "feedback": FEEDBACK} for place, numbers in enumerate(mistakes)]
    return a_question("number", accept=accept, feedback=FEEDBACK, otherwise="Count again.", mistakes=known, **more)


@pytest.mark.parametrize(
    ("accept", "mistakes", "times"),
    [
        (["3"], [["4"]], 0),
        (["3"], [["3"]], 1),
        (["2 to 4"], [["3", "5"], ["5.5 ± 0.5"]], 1),
        (["2 to 4"], [["4 to 6"], ["5"], ["6 to 8"]], 1),
        (["45 ± 5"], [["30 to 60"]], 0),
    ],
)
def test_a_mistake_is_not_right_and_stands_in_one_list(found, accept, mistakes, times: int) -> None:
    assert len(found("Q127", a_number(accept, *mistakes))) == times


@pytest.mark.parametrize(
    ("accept", "times"), [(["3", "4"], 0), (["3", "3"], 1), (["3", "2 to 4"], 1), (["2 to 4", "3 to 5"], 0)]
)
def test_numbers_that_lie_in_another_entry_are_repeated(found, accept: list[str], times: int) -> None:
    assert len(found("Q147", a_number(accept))) == times
    assert len(found("Q147", a_number(["99"], accept))) == times


def test_a_range_that_ends_before_it_begins_is_found_in_mistakes_too(found) -> None:
    assert [p.fix for p in found("Q128", a_number(["3"], ["-2 to -5"]))] == ["-5 to -2"]
    assert found("Q128", a_number(["3", "-5 to -2"], ["7 to 7"])) == []


@pytest.mark.parametrize(("hint", "times"), [("Think of 2.5.", 1), ("It’s −3.", 0), ("There are 52 weeks.", 0)])
def test_a_hint_with_the_right_number_gives_it_away(found, hint: str, times: int) -> None:
    assert len(found("Q135", a_number(["2 to 4"], hints=[hint]))) == times
