"""The parts of a question must fit together: Q120 to Q127."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from alongside.files.problems import nearest, quoted
from alongside.model.element import children, descendants
from alongside.model.questions import Question
from alongside.model.questions.interaction import Blank, Match, Order, Pick, Write
from alongside.rules.rule import Context, Finding, Rule, repeats
from alongside.texts.wordforms import named, same

DRAWN_GAP = re.compile(r"_{3,}|\.{4,}|…{2,}")


def repeated_id(question: Question, context: Context) -> Iterator[Finding]:
    """Ids that stand twice in a question, so that an answer could mean either."""
    for element in descendants(question):
        parts = [(name, part.place("id")) for part in children(element) if (name := getattr(part, "id", None))]
        for (name, place), _ in repeats((name, (name, place)) for name, place in parts):
            yield Finding(
                f"the id {quoted(name)} stands twice in this question",
                place,
                "each id once",
                "give one of the two another id; saved answers are found by it",
            )


def repeated_entry(question: Question, context: Context) -> Iterator[Finding]:
    """Lines, partners or groups that read the same, so that nobody can tell which is meant."""
    for noun, entries in _entries(question):
        for (_, place), (first, _) in repeats((same(p.text), (p.id, p.place("text"))) for p in entries):
            yield Finding(
                f"this {noun} reads the same as {quoted(first)}",
                place,
                f"each {noun} once",
                "say what tells the two apart",
            )


def _entries(question: Question) -> Iterator[tuple[str, Sequence[Pick]]]:
    match question.shape:
        case Order(picks, noun):
            yield noun, picks
        case Match() as shape:
            yield shape.noun, shape.prompts
            yield shape.target_noun, shape.targets
        case Write() as shape:
            for blank in shape.blanks:
                yield shape.noun, blank.picks


def unknown_category(question: Question, context: Context) -> Iterator[Finding]:
    """Things that belong to a group that is not there."""
    if isinstance(shape := question.shape, Match):
        known, belongs = [target.id for target in shape.targets], dict(shape.key)
        for prompt in shape.prompts:
            name = belongs[prompt.id]
            if name not in known:
                yield Finding(
                    f"there is no {shape.target_noun} {quoted(name)}{nearest(name, known)}",
                    prompt.place(shape.key_field),
                    f"one of: {', '.join(known)}",
                )


def empty_category(question: Question, context: Context) -> Iterator[Finding]:
    """Groups to which nothing belongs."""
    if isinstance(shape := question.shape, Match):
        used = {target for _, target in shape.key}
        for target in shape.targets:
            if target.verdict == "right" and target.id not in used:
                yield Finding(
                    f"nothing belongs to the {shape.target_noun} {quoted(target.text)}",
                    target.place(),
                    f"at least one thing for each {shape.target_noun}",
                    f"add a thing that belongs there, or delete the {shape.target_noun}",
                )


def gap_unmatched(question: Question, context: Context) -> Iterator[Finding]:
    """Gaps in the text that are not described, and described ones that the text does not have."""
    shape = question.shape
    if not isinstance(shape, Write) or shape.text is None:
        return
    described, in_text = [blank.name for blank in shape.blanks], Counter(shape.gaps)
    for name, times in in_text.items():
        place = question.place("text").within(shape.text, shape.text.index(f"{{{name}}}"))
        if name not in described:
            yield Finding(
                f"the text has a gap {quoted(name)} that gaps does not have{nearest(name, described)}",
                place,
                f"one of: {', '.join(described)}",
            )
        elif times > 1:
            yield Finding(
                f"the gap {quoted(name)} stands {times} times in the text",
                place,
                "each gap once",
                "give each gap a name of its own",
            )
    for name in described:
        if name not in in_text:
            yield Finding(
                f"the text has no gap {quoted(name)}",
                question.place("gaps", name, key=True),
                f"{{{name}}} where the word belongs",
            )


def gap_key(question: Question, context: Context) -> Iterator[Finding]:
    """Lists to pick from in which not exactly one word is right."""
    shape = question.shape
    for blank in shape.blanks if isinstance(shape, Write) else ():
        accepted = {same(text) for text in blank.accept}
        right = sum(same(pick.text) in accepted for pick in blank.picks)
        if blank.picks and right != 1:
            yield Finding(
                f"{named(right, 'option')} of this gap {'is' if right == 1 else 'are'} in accept",
                blank.part.place("options"),
                "exactly one option that is also in accept",
                f"accept: [{blank.picks[0].text}]",
            )


def drawn_gap(question: Question, context: Context) -> Iterator[Finding]:
    """Lines of underscores, which a screen reader reads one by one or not at all."""
    for field in ("prompt", "context", "text"):
        text = getattr(question, field, None) or ""
        found = DRAWN_GAP.search(text)
        if found:
            yield Finding(
                "a gap is drawn with a row of marks",
                question.place(field).within(text, found.start()),
                "a gap that is read out as one",
                "use kind: gap and write {word}",
            )


def near_accepted(question: Question, context: Context) -> Iterator[Finding]:
    """Near misses that count as right already, or stand in two lists."""
    for blank in question.shape.blanks if isinstance(question.shape, Write) else ():
        yield from _listed_twice(blank)


def _listed_twice(blank: Blank) -> Iterator[Finding]:
    owner = dict.fromkeys((same(text) for text in blank.accept), "accept")
    for near in blank.near:
        for index, text in enumerate(near.accept):
            place = near.part.place("accept", index)
            if same(text) in owner:
                where = owner[same(text)]
                listed = "among the right answers" if where == "accept" else f"in {quoted(where)}"
                yield Finding(
                    f"{quoted(text)} stands {listed} as well",
                    place,
                    "each answer in one list",
                    "delete it from one of the two",
                )
            owner.setdefault(same(text), near.id)


_ITEM = "feedback: It gives back what you heard and leaves the next word to them."


def _sorting(*items: str, groups: str = "{id: gives, title: Gives back}, {id: asks, title: Asks}") -> str:
    lines = [f"  - {{{item}, {_ITEM}}}" for item in items]
    return "\n".join(
        [
            "kind: sorting",
            "id: moves",
            "prompt: Sort each line by what it does.",
            f"categories: [{groups}]",
            "items:",
            *lines,
            "",
        ]
    )


def _gap(text: str, *more: str) -> str:
    lines = [
        "kind: gap",
        "id: pause",
        "prompt: Complete the sentence.",
        f"text: {text}",
        "gaps:",
        "  pause:",
        "    label: something quiet",
    ]
    return "\n".join([*lines, *(f"    {line}" for line in more), f"    {_ITEM}", ""])


def _short(near: str) -> str:
    return (
        "kind: short_text\nid: word\nprompt: What do we call a short statement that gives back what you heard?\n"
        f"accept: [reflection, a reflection]\n{_ITEM}\nnear:\n  - {{id: close, accept: [{near}], feedback: That is only one kind of it.}}\n"
        "otherwise: Think of a mirror.\n"
    )


_TIRED, _LIKE = "id: tired, text: It wears you out., category: gives", "id: like, text: How was that?, category: asks"
_ALONE = "id: alone, text: You were alone., category: gives"
_PICK = f"{{id: pause, text: pause, {_ITEM}}}, {{id: joke, text: joke, {_ITEM}}}"

RULES: tuple[Rule, ...] = (
    Rule(
        "Q120",
        "repeated-id",
        "error",
        "question",
        "an id stands twice in a question",
        "Answers are saved by id, so with two of the same nobody can say later which was meant. Give each its own.",
        bad=_sorting(_TIRED, _LIKE, "id: tired, text: You were alone., category: gives"),
        good=_sorting(_TIRED, _LIKE, _ALONE),
        check=repeated_id,
    ),
    Rule(
        "Q121",
        "repeated-entry",
        "error",
        "question",
        "two lines, partners or groups read the same",
        "Whoever puts the second of two equal lines in the place of the first has made no mistake, and yet it would count as one. "
        "Say what tells them apart.",
        bad=_sorting(_TIRED, _LIKE, "id: again, text: It wears you out, category: gives"),
        good=_sorting(_TIRED, _LIKE, _ALONE),
        check=repeated_entry,
    ),
    Rule(
        "Q122",
        "unknown-category",
        "error",
        "question",
        "something belongs to a group that is not there",
        "No learner could sort it correctly. Correct the name, or add the group to categories.",
        bad=_sorting(_TIRED, _LIKE, "id: alone, text: You were alone., category: give"),
        good=_sorting(_TIRED, _LIKE, _ALONE),
        check=unknown_category,
    ),
    Rule(
        "Q123",
        "empty-category",
        "error",
        "question",
        "nothing belongs to a group",
        "Learners expect something in every group and will force a line into it. Add one that belongs there, or delete the group.",
        bad=_sorting(
            _TIRED,
            _LIKE,
            _ALONE,
            groups="{id: gives, title: Gives back}, {id: asks, title: Asks}, {id: fixes, title: Fixes}",
        ),
        good=_sorting(_TIRED, _LIKE, _ALONE),
        check=empty_category,
    ),
    Rule(
        "Q124",
        "gap-unmatched",
        "error",
        "question",
        "the gaps in the text and those described differ",
        "A gap without a description cannot be filled, and a description without a gap is never shown. "
        "Write each name once in the text, in curly brackets, and once below gaps.",
        bad=_gap("After a question, leave a {silence}.", "accept: [pause]"),
        good=_gap("After a question, leave a {pause}.", "accept: [pause]"),
        check=gap_unmatched,
    ),
    Rule(
        "Q125",
        "gap-key",
        "error",
        "question",
        "not exactly one word of a list is right",
        "A gap with options is a list to pick one word from. Exactly one of them has to be in accept, written the same way.",
        bad=_gap("After a question, leave a {pause}.", "accept: [silence]", f"options: [{_PICK}]"),
        good=_gap("After a question, leave a {pause}.", "accept: [pause]", f"options: [{_PICK}]"),
        check=gap_key,
    ),
    Rule(
        "Q126",
        "drawn-gap",
        "error",
        "question",
        "a gap is drawn with underscores",
        "Screen readers say “underscore” many times over, or nothing at all. Use the kind gap, which makes a field with a label (WCAG 1.3.1).",
        bad=_gap("“After a question, leave a ____ or a {pause}.”", "accept: [pause]"),
        good=_gap("After a question, leave a {pause}.", "accept: [pause]"),
        check=drawn_gap,
    ),
    Rule(
        "Q127",
        "near-accepted",
        "error",
        "question",
        "a near miss is also right, or listed twice",
        "The first list that holds the answer wins, so the feedback in the other is never shown. Keep each answer in one list.",
        bad=_short("Reflection"),
        good=_short("paraphrase"),
        check=near_accepted,
    ),
)
