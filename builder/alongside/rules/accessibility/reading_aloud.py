"""Words and signs that work for some readers only: part of group A. English word lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alongside.files.problems import quoted
from alongside.model.element import Text
from alongside.rules.rule import Context, Finding, rule
from alongside.texts import markup
from alongside.texts.lists import word_list
from alongside.words.language import tag_of

# ------------------------------------------------------------ other languages

#: Letters of scripts other than Latin; a run of them is a word that a voice cannot read unmarked.
OTHER_SCRIPT = re.compile(
    "[\u0370-\u03ff\u0400-\u052f\u0530-\u058f\u0590-\u05ff\u0600-\u06ff\u0700-\u074f\u0780-\u07bf\u0900-\u0dff"
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u10ff\u1100-\u11ff\u1200-\u137f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af]{2,}"
)
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Z]{2}|\d{3}))?")

LANGUAGES = word_list("other_languages")
#: Words that are frequent in one language and are no English words.
FREQUENT: dict[str, frozenset[str]] = {name: frozenset(found) for name, found in LANGUAGES["languages"].items()}
ENGLISH = frozenset(LANGUAGES["english"])
FOREIGN = frozenset().union(*FREQUENT.values())
#: As many of five words in a row are taken for a language other than English.
ENOUGH_OF_FIVE = 4
#: Different words of such lists without which a text is not looked at.
FEWEST_FOREIGN = 3
#: A sentence without an English word is taken for another language if so much of it is in the list of that language.
ENOUGH_OF_SENTENCE = 0.4
SENTENCE = re.compile(r"[^.!?:;“”\"\n]+")


@rule("A140", "other-script", "warning", "text", of_answers=False)
def other_script(text: Text, context: Context) -> Iterator[Finding]:
    """Words in another script that are not marked with their language."""
    if text.value.isascii():
        return
    for match in OTHER_SCRIPT.finditer(markup.without_languages(text.value, text.markdown)):
        word = match.group()
        yield Finding(
            f"nothing says in which language {quoted(word)} is",
            text.place.within(text.value, match.start()),
            "the words in square brackets, then their language",
            f"[{word}]{{lang=…}}",
        )


@rule("A141", "other-language", "warning", "text", of_answers=False)
def other_language(text: Text, context: Context) -> Iterator[Finding]:
    """Words of another language that are not marked with it: several in a row, or a whole sentence."""
    if len(FOREIGN.intersection(markup.words(_plain(text.value)))) < FEWEST_FOREIGN:
        return
    plain = _plain(markup.without_languages(text.value, text.markdown))
    found = [*_in_a_row(plain), *_whole_sentences(plain)]
    for language in sorted({language for language, _ in found}):
        start = min(start for named, start in found if named == language)
        yield Finding(
            f"this looks like another language ({language})",
            text.place.within(text.value, start),
            "the words in square brackets, then their language",
            f"put the words into square brackets, then {{lang={language}}}",
        )


def _plain(text: str) -> str:
    return text.lower().replace("'", "’")


def _in_a_row(text: str) -> Iterator[tuple[str, int]]:
    """Languages of which nearly all of some five words are, each with where they start."""
    words = list(markup.WORD.finditer(text))
    for language, frequent in FREQUENT.items():
        at = [index for index, match in enumerate(words) if match.group() in frequent]
        for first, last in zip(at, at[ENOUGH_OF_FIVE - 1 :], strict=False):
            if last - first <= ENOUGH_OF_FIVE:
                yield language, words[first].start()
                break


def _whole_sentences(text: str) -> Iterator[tuple[str, int]]:
    """The language of each sentence without an English word that has enough words of one list."""
    for sentence in SENTENCE.finditer(text):
        words = markup.words(sentence.group())
        if len(FOREIGN.intersection(words)) < FEWEST_FOREIGN or not ENGLISH.isdisjoint(words):
            continue
        counts = {name: sum(word in frequent for word in words) for name, frequent in FREQUENT.items()}
        language = max(counts, key=lambda name: counts[name])
        if counts[language] >= max(FEWEST_FOREIGN, ENOUGH_OF_SENTENCE * len(words)):
            start = sentence.start() + len(sentence.group()) - len(sentence.group().lstrip())
            yield language, start


def _tagged(mention: markup.Mention) -> str:
    """The words with the tag of their language, which was given by its name."""
    tag = tag_of(mention.name)
    return f"[{mention.shown}]{{lang={tag}}}" if tag else "write the tag of the language, such as {lang=cy} for Welsh"


@rule("A142", "language-unknown", "error", "text", needs=("{lang",))
def language_unknown(text: Text, context: Context) -> Iterator[Finding]:
    """Marks of a language that no browser knows."""
    for mention in markup.languages(text.value, text.markdown):
        if not LANGUAGE_TAG.fullmatch(mention.name):
            yield Finding(
                f"{quoted(mention.name)} is not the short name of a language",
                text.place.within(text.value, mention.start),
                "a tag of BCP 47: cy, ar, pt-BR, zh-Hant",
                _tagged(mention),
            )


# ------------------------------------------------------------------- pointing

COLOURS = "red|green|blue|yellow|orange|purple|pink|grey|gray|black|white|brown"
SHAPES = (
    "one|ones|button|box|boxes|circle|square|line|lines|arrow|text|word|words|area|part|dot|bar|icon|field|mark|marks"
)
PLACES = "table|picture|list|box|diagram|figure|button|question|questions|form|panel|image|link|links|drawing|column|text|paragraph|exercise|steps"
POINTING = re.compile(
    rf"\bthe (?:{COLOURS}|round|square) (?:{SHAPES})\b"
    rf"|\b(?:marked|shown|highlighted|written|printed|coloured) in (?:{COLOURS})\b"
    rf"|\b(?:{PLACES}) (?:above|below|(?:on|to|at) (?:the|your) (?:left|right))\b"
    r"|\b(?:shown|listed|described|see|given) (?:above|below)\b"
    r"|\bin the (?:left|right)(?:-hand)? (?:column|corner|margin)\b"
    r"|\bon the (?:left|right)-hand side\b|\bat the (?:top|bottom) of (?:the|this|your) (?:page|screen)\b",
    re.IGNORECASE,
)
POINTING_NEEDS = (
    *(f"{before}{colour}" for colour in (*COLOURS.split("|"), "round", "square") for before in ("the ", " in ")),
    *(" above", " below", "the left", "the right", "your left", "your right", "the top of", "the bottom of"),
)
DEVICE = re.compile(
    r"\b(?:double-click|(?:click|swipe|hover|tap) (?:on|over|the|here|this|each|left|right)|drag (?:each|and drop|the (?:card|cards|item|items|words|lines|steps)))\b",
    re.IGNORECASE,
)


@rule("A143", "pointing", "warning", "text", needs=POINTING_NEEDS, of_answers=False)
def pointing(text: Text, context: Context) -> Iterator[Finding]:
    """Instructions that need eyes: where something stands, what colour or shape it has."""
    for match in POINTING.finditer(markup.without_quotations(text.value)):
        yield Finding(
            f"{quoted(match.group())} helps only those who see the page as you do",
            text.place.within(text.value, match.start()),
            "the name of the thing: its heading or its words",
            "for example: in the table “What each answer does”",
        )


@rule("A144", "device", "warning", "text", needs=("click", "swipe", "hover", "tap ", "drag"), of_answers=False)
def device(text: Text, context: Context) -> Iterator[Finding]:
    """Instructions that need a mouse or a touch screen."""
    for match in DEVICE.finditer(text.value):
        yield Finding(
            f"{quoted(match.group())} fits only some ways of using a computer",
            text.place.within(text.value, match.start()),
            "choose, move, open, go to",
            "for example: Choose the line that fits.",
        )


# ---------------------------------------------------------------------- signs

EMOJI_BULLET = re.compile(rf"^[ \t]*(?:[-*+][ \t]+)?{markup.EMOJI}", re.MULTILINE)
MOST_CAPITALS = 3
CAPITALS = re.compile(r"[^\W\d_a-zß-ÿ]{2}")
ITALICS = re.compile(r"(?<![*\w])\*(?![*\s])([^*]+)\*(?!\*)|(?<![_\w])_(?![_\s])([^_]+)_(?![_\w])")
HTML = re.compile(r"</?[a-z][^<>]*>|<!--", re.IGNORECASE)
NOT_HTML = re.compile(r"<(?:https?|ftp|mailto):|<[^<>\s@]+@", re.IGNORECASE)
SAME_SIGN = re.compile(r"([^\w\s])\1{50}")
BLANK = re.compile(r"(?<!_)_{3,}(?!_)")


@rule("A145", "emoji-bullet", "warning", "text", of_answers=False)
def emoji_bullet(text: Text, context: Context) -> Iterator[Finding]:
    """Emoji that stand for a bullet or for words."""
    if text.value.isascii():
        return
    for match in EMOJI_BULLET.finditer(text.value):
        place = text.place.within(text.value, match.end() - 1)
        if text.markdown == "block":
            message, rather = "an emoji stands here in place of a bullet or a word", "words, and - for a list"
            yield Finding(message, place, rather, "for example: - First you hear.")
        else:  # a line has no room for a list
            yield Finding(
                "an emoji stands here in place of a word",
                place,
                "words alone",
                "write what the emoji says, or delete it",
            )


@rule("A146", "capitals", "warning", "text", of_answers=False)
def capitals(text: Text, context: Context) -> Iterator[Finding]:
    """Four or more words in capitals."""
    if not CAPITALS.search(text.value):
        return
    run: list[re.Match[str]] = []
    for match in (*markup.WORD.finditer(markup.without_code(text.value, text.markdown)), None):
        if match and match.group().isupper() and match.group().isalpha() and (len(match.group()) > 1 or run):
            run.append(match)
            continue
        if len(run) > MOST_CAPITALS:
            shown = " ".join(word.group() for word in run)
            yield Finding(
                f"{quoted(shown)} is written in capitals",
                text.place.within(text.value, run[0].start()),
                "small letters, and **bold** where it matters",
            )
        run = []


@rule("A147", "long-italics", "warning", "text", needs=("*", "_"))
def long_italics(text: Text, context: Context) -> Iterator[Finding]:
    """Italics that go on for more than two sentences."""
    for match in ITALICS.finditer(markup.without_code(text.value, text.markdown)) if text.markdown != "none" else ():
        inside = match[1] or match[2]
        if sum(inside.count(mark) for mark in ".?!") > 2 and len(markup.words(inside)) > 20:
            yield Finding(
                "more than two sentences are in italics",
                text.place.within(text.value, match.start()),
                "italics for a few words",
                "write the passage as a quotation, with > before each line",
            )


@rule("A148", "raw-html", "warning", "text", needs=("<",), of_answers=False)
def raw_html(text: Text, context: Context) -> Iterator[Finding]:
    """HTML tags, which the site shows as they are written."""
    for match in HTML.finditer(markup.without_code(text.value, text.markdown)) if "<" in text.value else ():
        if not NOT_HTML.match(match.group()):
            yield Finding(
                f"{quoted(match.group())} will be shown as it is written",
                text.place.within(text.value, match.start()),
                "Markdown, which is all that content needs",
                "write **bold**, *italic*, - for a list or [words](module:…)",
            )


@rule("A149", "same-sign", "error", "text")
def same_sign(text: Text, context: Context) -> Iterator[Finding]:
    """Very long runs of one sign, which make the Markdown parser slow."""
    match = SAME_SIGN.search(text.value) if len(text.value) > 50 else None
    if match:
        yield Finding(
            f"the sign {quoted(match[1])} stands more than 50 times in a row",
            text.place.within(text.value, match.start()),
            "at most 50",
            "write --- on a line of its own for a dividing line",
        )


@rule("A150", "underscore-blank", "error", "text", needs=("__",), of_answers=False)
def underscore_blank(text: Text, context: Context) -> Iterator[Finding]:
    """Gaps drawn with underscores, which a voice spells out."""
    for match in BLANK.finditer(markup.without_code(text.value, text.markdown)) if "___" in text.value else ():
        line = text.value[text.value.rfind("\n", 0, match.start()) + 1 :].split("\n", 1)[0]
        if line.strip("_ "):
            yield Finding(
                "a gap is drawn with underscores",
                text.place.within(text.value, match.start()),
                "a question of kind gap, or a worksheet",
                "for example: Leave a {seconds} silence.",
            )
