"""Pictures, links, outlines and signs: the finer points."""

from __future__ import annotations

import pytest

from alongside.media import captions

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("words", ["Photo of a bench", "An image showing a bench", "picture of a bench"])
def test_an_alternative_text_does_not_say_that_it_is_one(found, words: str) -> None:
    assert len(found("A103", f"![{words}](media/ladder.svg)")) == 1


def test_a_picture_book_is_no_picture_of_something(found) -> None:
    assert found("A103", "![Picture books on a bench](media/ladder.svg)") == []


@pytest.mark.parametrize("words", ["ladder", "IMG_2031", "DSC01234", "steps_final_2", "Screenshot 2026-11-02"])
def test_the_name_of_a_file_is_no_alternative_text(found, words: str) -> None:
    assert len(found("A102", f"![{words}](media/ladder.svg)")) == 1


@pytest.mark.parametrize(
    "words", ["Diagram", "Image", "chart", "A drawing", "Figure 2", "the picture below", "Alt text"]
)
def test_the_kind_of_a_picture_is_no_alternative_text(found, words: str) -> None:
    assert len(found("A151", f"![{words}](media/ladder.svg)")) == 1


@pytest.mark.parametrize(
    "words", ["A ladder with three rungs", "Map of the park", "Two tables and a bench", "Picture of a chart"]
)
def test_an_alternative_text_with_something_in_it_is_fine(found, words: str) -> None:
    assert found("A151", f"![{words}](media/ladder.svg)") == []


@pytest.mark.parametrize(
    "words",
    ["here", "Click here", "read more", "this page", "More", "read it", "Read it here", "it", "See this article", "Go on",
     "download", "the full text", "Find out more here"],
)  # fmt: skip
def test_vague_link_words_are_found(found, words: str) -> None:
    assert len(found("A109", f"See [{words}](module:listening).")) == 1


@pytest.mark.parametrize(
    "words",
    ["here is how Nadia listens", "list of sources", "Get help now", "read the silence", "Review", "more on trust"],
)
def test_link_words_with_one_word_that_says_something_are_fine(found, words: str) -> None:
    assert found("A109", f"See [{words}](module:listening).") == []


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


@pytest.mark.parametrize("head", ["| | Asks |", "| Line | |", "| | |"])
def test_every_column_of_a_table_has_a_name(found, head: str) -> None:
    assert len(found("A128", f"Table: Lines\n\n{head}\n| --- | --- |\n| Ada | yes |\n")) == 1


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


def test_an_emoji_in_a_text_stands_for_a_bullet_or_a_word(found) -> None:
    [problem] = found("A145", "⭐ Hear them out.\n")
    assert problem.expected == "words, and - for a list"


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
  summary: Steps.
  steps:
    - figure: {src: media/ladder.svg, alt: Picture of a ladder}
"""
    [problem] = found("A103", example)
    assert problem.place.line == 4
    assert found("A104", example) == []
    assert found("A105", example) == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Je ne sais pas quoi faire ce soir."),
        ("fr", "C'est toujours comme ça chez nous."),
        ("de", "Ich weiß nicht, was ich machen soll."),
        ("es", "Hoy no puedo, porque tengo mucho trabajo y estoy cansada."),
        ("it", "Non so cosa fare, sono molto stanca."),
        ("pt", "Hoje não posso, porque estou muito cansada."),
        ("nl", "Ik weet niet wat ik moet doen vandaag."),
        ("pl", "Nie wiem, co mam dzisiaj zrobić."),
        ("cy", "Dwi ddim yn gwybod beth i wneud."),
        ("ro", "Nu mai pot, sunt foarte obosită acum."),
    ],
)
def test_a_sentence_of_another_language_is_seen(found, language: str, sentence: str) -> None:
    [problem] = found("A141", f"She sits down. “{sentence}” Then she waits.")
    assert f"({language})" in problem.message
    assert found("A141", f"She sits down. [{sentence}]{{lang={language}}} Then she waits.") == []


@pytest.mark.parametrize(
    "text",
    [
        "He says “déjà vu” and laughs.",
        "Say “por favor”, “merci” or “danke”.",
        "She ordered a café au lait, a croissant and the plat du jour.",
        "De facto, ad hoc, per se and et cetera are Latin.",
        "Llanfair, Pontypridd, Aberystwyth.",
        "Maria da Silva, João dos Santos, Ana de la Cruz y Vega.",
    ],
)
def test_a_few_words_of_another_language_are_let_be(found, text: str) -> None:
    assert found("A141", text) == []


@pytest.mark.parametrize(
    ("content", "seconds", "words"),
    [
        (b"WEBVTT\n\n00:00.000 --> 00:02.000\nHello there.\n", 2, 2),
        (b"WEBVTT\n\nNOTE not said\n\nfirst\n00:00.000 --> 00:02.500 line:0\n<v Ines>Hello.\nAgain.\n\n01:00.000 --> 02:00.000\nBye.", 120, 3),
        (b"WEBVTT\n", 0, 0),
        (b"\xff\xfe", 0, 0),
    ],
)  # fmt: skip
def test_captions_tell_how_much_is_said(content: bytes, seconds: int, words: int) -> None:
    assert captions.spoken(content) == (seconds, words)
