"""Pictures, links, outlines and signs: the finer points."""

from __future__ import annotations

import pytest

from alongside.media import captions


@pytest.mark.parametrize("words", ["Photo of a bench", "An image showing a bench", "picture of a bench"])
def test_an_alternative_text_does_not_say_that_it_is_one(found, words: str) -> None:
    assert len(found("A103", f"![{words}](media/ladder.svg)")) == 1


def test_a_picture_book_is_no_picture_of_something(found) -> None:
    assert found("A103", "![Picture books on a bench](media/ladder.svg)") == []


def test_the_name_of_the_file_is_no_alternative_text(found) -> None:
    assert len(found("A102", "![ladder](media/ladder.svg)")) == 1


@pytest.mark.parametrize("words", ["here", "Click here", "read more", "this page", "More"])
def test_vague_link_words_are_found(found, words: str) -> None:
    assert len(found("A109", f"See [{words}](module:listening).")) == 1


def test_link_words_that_start_with_here_are_fine(found) -> None:
    assert found("A109", "See [here is how Nadia listens](module:listening).") == []


@pytest.mark.parametrize(
    "text",
    [
        "<https://example.org>",
        "[https://example.org/a](https://example.org/a)",
        "[www.example.org](https://example.org)",
    ],
)
def test_addresses_are_no_link_words(found, text: str) -> None:
    assert len(found("A110", f"See {text} for more.")) == 1


def test_headings_may_go_up_again(found) -> None:
    assert found("A121", "## One\n\n### Two\n\n## Three\n") == []
    [problem] = found("A121", "### One\n")
    assert problem.fix == "## One"


def test_an_underlined_title_counts_as_a_heading(found) -> None:
    assert len(found("A120", "One\n===\n\nText.\n")) == 1


def test_a_bold_sentence_in_a_paragraph_is_no_heading(found) -> None:
    assert found("A125", "**Wait.** Then ask.\n") == []


def test_the_corner_of_a_table_may_be_empty(found) -> None:
    assert found("A128", "Table: Lines\n\n| | Asks |\n| --- | --- |\n| Ada | yes |\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "The right word at the right time.",
        "She sat on the right track.",
        "Above all, wait.",
        "He felt below par.",
        "A red coat hung there.",
    ],
)
def test_ordinary_uses_of_such_words_are_left_alone(found, text: str) -> None:
    assert found("A143", text) == []


@pytest.mark.parametrize(
    "text", ["Choose the red button.", "See the list below.", "It is shown in green.", "The box on the right helps."]
)
def test_pointing_is_found(found, text: str) -> None:
    assert len(found("A143", text)) == 1


@pytest.mark.parametrize("text", ["It clicked for him.", "The talk dragged on.", "Drag your chair nearer."])
def test_verbs_of_the_hand_are_left_alone(found, text: str) -> None:
    assert found("A144", text) == []


def test_a_marked_word_of_another_script_is_fine(found) -> None:
    [problem] = found("A140", "She says [привет]{lang=ru} and שלום to them.\n")
    assert "שלום" in problem.message


def test_english_is_not_taken_for_another_language(found) -> None:
    assert found("A141", "In the note he was so kind as to say no, and die was cast on the land.") == []
    [problem] = found("A141", "He said das ist nicht mit mir.")
    assert "(de)" in problem.message


def test_four_words_in_capitals_are_shouting_and_three_are_not(found) -> None:
    assert found("A146", "The NHS, BBC and UN agree.") == []
    assert len(found("A146", "NEVER KEEP SUCH SECRETS, please.")) == 1


@pytest.mark.parametrize("text", ["3 < 4 and 5 > 4", "<https://example.org>", "<someone@example.org>", "`<b>`"])
def test_not_every_bracket_is_html(found, text: str) -> None:
    assert found("A148", text) == []


def test_a_dividing_line_is_no_gap(found) -> None:
    assert found("A150", "One.\n\n_____\n\nTwo.\n") == []


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("WEBVTT\n\n00:00.000 --> 00:02.000\nHello.\n", ""),
        ("WEBVTT\n\n01:00:00.000 --> 01:00:02.000 align:start\nHello.\n", ""),
        ("1\n00:00.000 --> 00:02.000\n", "do not start with WEBVTT"),
        ("WEBVTT\n\nHello.\n", "hold no cue"),
        ("WEBVTT\n\n0:0 --> 00:02.000\n", "have times that cannot be read on line 3"),
        (
            "WEBVTT\n\n00:05.000 --> 00:06.000\na\n\n00:01.000 --> 00:02.000\nb\n",
            "have a cue on line 6 that starts before the one above it",
        ),
        ("WEBVTT\n" + " " * captions.LARGEST, "are larger than 512 kB"),
    ],
)
def test_captions_are_read(text: str, trouble: str) -> None:
    assert captions.trouble_in(text.encode()) == trouble


def test_captions_that_are_no_text_are_reported() -> None:
    assert captions.trouble_in(b"\xff\xfe\xfa") == "cannot be read as UTF-8 text"


def test_a_figure_is_held_to_the_same_rules_as_a_picture_in_a_text(found) -> None:
    example = """\
modules/listening/hearing.yml: |
  title: A ladder
  minutes: 6
  summary: Steps.
  steps:
    - figure: {src: media/ladder.svg, alt: Picture of a ladder}
"""
    [problem] = found("A103", example)
    assert problem.place.line == 5
    assert found("A104", example) == []
    assert found("A105", example) == []
