"""How texts read: grade, length, terms, spelling. Most rules hold for English only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import ceil, floor

from alongside.files.problems import quoted
from alongside.model.curriculum import (
    Curriculum,
    Lesson,
    MakeStep,
    PlanStep,
    ScenarioFields,
    ScenarioNode,
    ScenarioStep,
    Turn,
)
from alongside.model.element import Text, descendants, texts
from alongside.model.exercises import Exercise, Original
from alongside.model.questions import Question
from alongside.rules.rule import Context, Finding, Rule
from alongside.texts import markdown_cost, markup, readability, spelling

GRADE, HARD_GRADE, FEWEST_WORDS = 9, 11, 100
LONG_SENTENCE, TOO_LONG_SENTENCE = 25, 35
LONG_PARAGRAPH, MANY_SENTENCES = 80, 5
#: Below this a paragraph of many short sentences is still short.
SHORT_PARAGRAPH = 70
LONG_LESSON = 1_000


def grade(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Lessons that need more years of school than they should."""
    read = readability.reading(text.value for text in readability.told_texts(lesson))
    if read.words >= FEWEST_WORDS and read.grade > GRADE:
        yield Finding(
            f"the teaching text needs about {read.grade:.1f} years of schooling", lesson.place("steps"),
            f"at most {GRADE}, better 8", f"shorten sentences and choose shorter words, beginning with {quoted(read.hardest)}",
            "error" if read.grade > HARD_GRADE else None,
        )  # fmt: skip


def sentence_long(text: Text, context: Context) -> Iterator[Finding]:
    """Sentences that are too long to keep in mind."""
    if text.markdown == "none" or not context.module:
        return
    if text.value.count(" ") < LONG_SENTENCE:
        return
    for sentence in readability.sentences(text.value):
        count = len(markup.words(sentence.words))
        if count > LONG_SENTENCE:
            yield Finding(
                f"this sentence has {count} words: {quoted(' '.join(sentence.words.split()))}",
                text.place.within(text.value, sentence.start), f"at most {LONG_SENTENCE} words", "make two sentences of it",
                "error" if count > TOO_LONG_SENTENCE else None,
            )  # fmt: skip


def paragraph_long(text: Text, context: Context) -> Iterator[Finding]:
    """Paragraphs that look like a wall."""
    if text.markdown != "block" or not context.module or len(text.value.split()) < SHORT_PARAGRAPH:
        return
    for block in markup.blocks(text.value):
        if block.kind == "paragraph":
            count = len(markup.words(markup.visible(block.text)))
            parts = sum(1 for _ in readability.sentences(block.text))
            if count > LONG_PARAGRAPH or (parts > MANY_SENTENCES and count > SHORT_PARAGRAPH):
                yield Finding(
                    f"this paragraph has {count} words in {parts} sentences", text.place.within(text.value, block.start),
                    f"at most {LONG_PARAGRAPH} words in {MANY_SENTENCES} sentences", "leave an empty line where a new thought begins",
                )  # fmt: skip


def lesson_long(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Lessons with more teaching text than one sitting holds."""
    count = readability.word_count(readability.teaching_texts(lesson))
    if count > LONG_LESSON:
        yield Finding(
            f"this lesson has {count:,} words of teaching text",
            lesson.place("steps"),
            f"at most {LONG_LESSON:,}",
            "make two lessons of it, or leave out what does not serve its objective",
        )


# ------------------------------------------------------------- time for a lesson


def _minutes(lesson: Lesson) -> tuple[int, int]:
    """How long the lesson takes those who are quick and those who take their time."""
    inside = list(descendants(lesson))
    questions = sum(isinstance(element, Question) for element in inside)
    doing = sum(element.minutes for element in inside if isinstance(element, Exercise | ScenarioFields))
    doing += sum(5 for step in lesson.steps if isinstance(step, ScenarioStep) and isinstance(step.scenario, str))
    doing += sum(3 for step in lesson.steps if isinstance(step, MakeStep | PlanStep))
    quick = readability.word_count(readability.teaching_texts(lesson)) / 250 + questions / 4
    return floor(quick), ceil(readability.all_words(lesson) / 130 + 2 * questions + doing)


def minutes_unlikely(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Lessons that take much more or less time than they say."""
    least, most = _minutes(lesson)
    if not least <= lesson.minutes <= most:
        way = "more" if lesson.minutes < least else "less"
        yield Finding(
            f"this lesson says {lesson.minutes} minutes and looks like {way}",
            lesson.place("minutes"),
            f"between {max(1, least)} and {most} minutes for what is in it",
        )


# -------------------------------------------------------------- terms, acronyms


def undefined_term(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Terms of the glossary that a lesson uses before it links to them, or without."""
    forms = _forms(curriculum)
    for module in curriculum.modules.values():
        for lesson in module.lessons:
            yield from _undefined_in(lesson, forms)


def _forms(curriculum: Curriculum) -> dict[str, list[tuple[list[str], str]]]:
    """Every way of writing a term, by its first word, the longest first."""
    forms: dict[str, list[tuple[list[str], str]]] = {}
    for name, term in curriculum.glossary.items():
        for form in (term.term, *term.also):
            spoken = markup.words(form.casefold())
            if spoken:
                forms.setdefault(spoken[0], []).append((spoken, name))
    for entries in forms.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return forms


def _undefined_in(lesson: Lesson, forms: dict[str, list[tuple[list[str], str]]]) -> Iterator[Finding]:
    known: set[str] = set()
    for text in readability.told_texts(lesson):
        for offset, name in _uses(text, forms):
            if name not in known and not any(
                term.name == name and term.start <= offset for term in markup.terms(text.value)
            ):
                yield Finding(
                    f"the term {quoted(name)} is used here and not linked",
                    text.place.within(text.value, offset),
                    "a link where a term is first used in a lesson",
                    f"[[{name}]] or [[{name}|other words]]",
                )
            known.add(name)


def _uses(text: Text, forms: dict[str, list[tuple[list[str], str]]]) -> Iterator[tuple[int, str]]:
    """Where terms are used or linked, in order."""
    found = [(term.start, term.name) for term in markup.terms(text.value)]
    matches = list(markup.WORD.finditer(markup.visible(text.value)))
    spoken = [match.group().casefold() for match in matches]
    for index, word in enumerate(spoken):
        name = next((name for form, name in forms.get(word, ()) if spoken[index : index + len(form)] == form), None)
        if name:
            found.append((matches[index].start(), name))
    return iter(sorted(found))


ACRONYM = re.compile(r"(?<![\w-])[A-Z]{2,6}(?![\w-])")
#: Known to everyone who reads English.
EVERYDAY = frozenset(
    "AM BBC CD CV DIY DVD EU FAQ GP HR HTML ID IOU IT MP OK PC PDF PE PIN PM PS QR SMS TV UK UN UNESCO UNICEF US USA USB VIP WC".split()
)


def acronym_undefined(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Abbreviations that a lesson does not spell out."""
    found = list(texts(lesson))
    whole = "\n".join(markup.visible(text.value) for text in found)
    terms = {form for term in context.curriculum.glossary.values() for form in (term.term, *term.also)}
    seen = set(EVERYDAY) | terms
    for text in found:
        for match in ACRONYM.finditer(markup.visible(text.value)):
            name = match.group()
            if name not in seen and not _spelt_out(name, whole):
                yield Finding(
                    f"this lesson does not say what {quoted(name)} stands for",
                    text.place.within(text.value, match.start()),
                    "the full words at its first use",
                    f"the full words, then ({name})",
                )
            seen.add(name)


def _spelt_out(name: str, whole: str) -> bool:
    """Whether brackets, a sentence or the first letters nearby explain it, or it is a word said loudly."""
    if f"({name})" in whole or re.search(rf"\b{name}\b\W{{0,3}}(?:\(|stands for|is short for|means)", whole):
        return True
    initials = [word[0].upper() for word in markup.words(whole)]
    return re.search(rf"\b{name.lower()}\b", whole) is not None or _within(name, initials)


def _within(name: str, initials: list[str]) -> bool:
    """Whether words in a row, with little words between, begin with these letters."""
    reach = 3 * len(name)
    for start, letter in enumerate(initials):
        if letter == name[0]:
            window = iter(initials[start : start + reach])
            if all(wanted in window for wanted in name):
                return True
    return False


# ------------------------------------------------------------------ small marks

MARKUP_IN_TITLE = re.compile(r"\*\S|\[\[|\[@|\]\(|`")


def exclamation(text: Text, context: Context) -> Iterator[Finding]:
    """Exclamation marks outside what people say."""
    if (
        "!" not in text.value
        or isinstance(text.element, Turn | Original)
        or (isinstance(text.element, ScenarioNode) and text.field == "says")
    ):
        return
    told = markup.without_quotations(markup.visible(text.value).replace("![", "  "))
    for match in re.finditer(r"(?<=\w)!", told):
        yield Finding("an exclamation mark", text.place.within(text.value, match.start()), "a full stop")


def american_spelling(text: Text, context: Context) -> Iterator[Finding]:
    """Words in American spelling."""
    shown = markup.visible(text.value)
    for match in markup.WORD.finditer(shown):
        british = spelling.british(match.group())
        if british and not markup.starts_a_name(shown, match.start()):
            yield Finding(
                f"{quoted(match.group())} is American spelling", text.place.within(text.value, match.start()), british
            )


def markup_in_title(text: Text, context: Context) -> Iterator[Finding]:
    """Markdown in titles and labels, which show it as it is written."""
    match = MARKUP_IN_TITLE.search(text.value) if text.markdown == "none" else None
    if match:
        yield Finding(
            f"{quoted(match.group())} will be shown as it is written",
            text.place.within(text.value, match.start()),
            "plain words: titles and labels also stand where no markup can",
        )


def nested_deep(text: Text, context: Context) -> Iterator[Finding]:
    """Lists and quotations inside one another, deeper than anyone can follow, or than the parser can go."""
    start = markdown_cost.too_deep(text.value) if text.markdown == "block" else None
    if start is not None:
        yield Finding(
            "lists or quotations stand too deep inside one another",
            text.place.within(text.value, start),
            f"at most {markdown_cost.DEEPEST} levels, better two",
            "headings, or several short lists",
        )


def overgrown(text: Text, context: Context) -> Iterator[Finding]:
    """Texts and tables that nobody reads, and that take the builder too long."""
    for found in markdown_cost.excess(text.value) if text.markdown == "block" else ():
        yield Finding(found.message, text.place.within(text.value, found.start), found.expected, found.fix)


#: How `alongside new` marks a place that its author is to fill in.
PLACEHOLDER = "(write here:"
UNFINISHED = "T199"


def unfinished(text: Text, context: Context) -> Iterator[Finding]:
    """Places that `alongside new` left to be filled in."""
    for match in re.finditer(re.escape(PLACEHOLDER), text.value):
        yield Finding(
            "this is still to be written",
            text.place.within(text.value, match.start()),
            "your own words in place of the brackets",
        )


HARD = """\
        In organisational environments, interpersonal communication competencies necessitate continual professional
        development, particularly regarding emotional regulation and individual accountability.
"""

RULES: tuple[Rule, ...] = (
    Rule(
        "T101",
        "grade",
        "warning",
        "lesson",
        "teaching text that is hard to read",
        "WCAG 2.2 (3.1.5) draws the line at nine years of schooling, and everyone learns better from plain words. "
        "The grade is that of Kincaid and others (1975), counted on a hundred words or more, without names, quotations and citations; "
        "from eleven years on it is an error. Shorten the sentences first, then the words. The rule holds for English only.",
        bad="title: Good communication\nminutes: 6\nsummary: How to talk.\nsteps:\n  - text: |\n"
        + "".join(HARD.replace("        ", "      ") for _ in range(6)),
        good="title: Good communication\nminutes: 6\nsummary: How to talk.\nsteps:\n  - text: |\n"
        + "      At work we talk all day. It helps to say what we feel, and to own what we do.\n" * 6,
        check=grade,
        escalates=True,
    ),
    Rule(
        "T102",
        "sentence-long",
        "warning",
        "text",
        "a long sentence",
        "A sentence of more than 25 words has to be held in mind for too long, above all in a second language; "
        "from 36 words on it is an error. Make two sentences of it, each with one thought.",
        bad="When someone tells you about a hard week at work, it may be tempting to give them advice at once, although most people "
        "would like to be heard before anything else.",
        good="Someone tells you about a hard week at work. You may want to give advice at once. Most people would like to be heard first.",
        check=sentence_long,
        escalates=True,
    ),
    Rule(
        "T103",
        "paragraph-long",
        "warning",
        "text",
        "a long paragraph",
        "Long paragraphs look like a wall, and it is hard to find one’s place in them again. "
        "More than 80 words, or more than five sentences, hold more than one thought: leave an empty line between them.",
        bad="You hear what was said and you wait.\n" * 11,
        good="You hear what was said and you wait.\n" * 4,
        check=paragraph_long,
    ),
    Rule(
        "T104",
        "lesson-long",
        "warning",
        "lesson",
        "a long lesson",
        "A lesson is one sitting of six to nine minutes; a thousand words take five minutes to read, before any practice. "
        "Make two lessons of it, or leave out what does not serve its objective.",
        bad="title: Give it back\nminutes: 9\nsummary: How to reflect.\nsteps:\n  - text: |\n"
        + "      You hear what was said and you wait.\n\n" * 130,
        good="title: Give it back\nminutes: 9\nsummary: How to reflect.\nsteps:\n  - text: |\n"
        + "      You hear what was said and you wait.\n\n" * 20,
        check=lesson_long,
    ),
    Rule(
        "T105",
        "minutes-unlikely",
        "warning",
        "lesson",
        "a lesson takes much more or less time than it says",
        "People plan their evening by these minutes. "
        "The estimate counts reading at 130 to 250 words a minute, and the minutes of questions, exercises and scenarios. Say how long it takes someone who takes their time.",
        bad="title: Give it back\nminutes: 40\nsummary: How to reflect.\nsteps:\n  - text: Say back what you heard.\n",
        good="title: Give it back\nminutes: 1\nsummary: How to reflect.\nsteps:\n  - text: Say back what you heard.\n",
        check=minutes_unlikely,
    ),
    Rule(
        "T106",
        "undefined-term",
        "info",
        "curriculum",
        "a term of the glossary is used without a link",
        "Someone who starts with this lesson may not know the word. "
        "Link a term where a lesson first uses it; once is enough.",
        bad="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - text: A reflection gives back what you heard.
""",
        good="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - text: A [[reflection]] gives back what you heard. Keep your reflection short.
""",
        check=undefined_term,
    ),
    Rule(
        "T107",
        "acronym-undefined",
        "warning",
        "lesson",
        "an abbreviation is not spelt out",
        "An abbreviation shuts out whoever does not know it (WCAG 2.2, 3.1.4). "
        "Write the full words at its first use in the lesson, with the abbreviation in brackets, or use the words throughout.",
        bad="title: Give it back\nminutes: 2\nsummary: How to reflect.\nsteps:\n  - text: The MHFA steps begin with listening.\n",
        good="title: Give it back\nminutes: 2\nsummary: How to reflect.\nsteps:\n"
        "  - text: Mental Health First Aid (MHFA) begins with listening. Other MHFA steps follow.\n",
        check=acronym_undefined,
    ),
    Rule(
        "T108",
        "exclamation",
        "warning",
        "text",
        "an exclamation mark",
        "Exclamation marks sound like shouting or selling, and calm people neither need. "
        "End the sentence with a full stop. What people say in dialogues and in quotation marks is left alone.",
        bad="Now it is your turn!",
        good="Now it is your turn.",
        check=exclamation,
        needs=("!",),
    ),
    Rule(
        "T109",
        "american-spelling",
        "warning",
        "text",
        "American spelling",
        "The curriculum is written in British English, and one spelling throughout makes it easier to read and to translate. "
        "The rule knows common words only.",
        bad="Describe the behavior, not the person.",
        good="Describe the behaviour, not the person.",
        check=american_spelling,
        needs=(*spelling.STEMS, *spelling.WORDS),
    ),
    Rule(
        "T111",
        "nested-deep",
        "error",
        "text",
        "too many levels of lists or quotations",
        "Nobody can follow more than two or three levels, and a voice reads them as one flat row. Very deep ones cannot be shown at all. "
        "Use headings, or several short lists.",
        bad="> > > > > > > as far as this",
        good="- first\n    - inside it",
        check=nested_deep,
        needs=("-", "*", "+", ">", ".", ")", "    "),
    ),
    Rule(
        "T112",
        "overgrown",
        "error",
        "text",
        "a text or table that is too large to be shown",
        "Nobody reads a single text of a thousand lines, and no page has room for a table of forty columns. "
        "Building the page would take very long too. Make several steps, lessons or tables of it.",
        bad="word\n" * 1_001,
        good="word\n" * 20,
        check=overgrown,
        needs=("\n", "|"),
    ),
    Rule(
        "T110",
        "markup-in-title",
        "warning",
        "text",
        "Markdown in a title",
        "Titles and labels also stand in tabs, menus and lists, where no markup can be shown, so the marks would be seen. "
        "Write plain words.",
        bad="""\
modules/listening/hearing.yml: |
  title: Give it *back*
  minutes: 6
  summary: How to reflect.
  steps:
    - text: Say back what you heard.
""",
        good="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - text: Say back what you heard.
""",
        check=markup_in_title,
        needs=("*", "[", "]", "`"),
    ),
    Rule(
        "T199",
        "unfinished",
        "warning",
        "text",
        "a place that is still to be written",
        "What `alongside new` writes says in brackets what belongs where. "
        "Replace each bracket, from (write here: to its end, by your own words. Until then the module is not ready for learners.",
        bad="(write here: a case that shows why the lesson matters)",
        good="Rosa has been early for once. She sits by the door with her coat on.",
        check=unfinished,
        needs=(PLACEHOLDER,),
    ),
)
