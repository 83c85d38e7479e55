"""What counts as right must be beyond doubt, and the options must be told apart: Q101 to Q107."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from alongside.files.problems import Severity, quoted
from alongside.model.questions import Question
from alongside.model.questions.interaction import Choose, Pick
from alongside.model.questions.keys import answers, chosen, is_two_way, options, single_key
from alongside.rules.rule import Context, Finding, Rule
from alongside.texts.wordforms import length, named, overlap, same, words

#: More options than this cost reading and gain nothing. Signs to look for may be more.
MOST_OPTIONS, MOST_SIGNS = 5, 7
#: Share of words in common from which two options are too much alike.
ALIKE = 0.80

#: A key this many times as long as the longest other option, and this many characters longer.
LONGER: tuple[tuple[float, int, Severity], ...] = ((1.6, 25, "error"), (1.25, 12, "warning"))
SHORTER = 0.6

ABSOLUTE = frozenset("always never all none only every must completely entirely impossible".split())
#: `all` leaves no exception before these; before other words it mostly paints a picture: “all eyes on you”.
ALL_OF = frozenset(
    "of the those these people mentees mentors others cases times questions feelings advice your their".split()
)
#: Words that make an absolute one harmless, after it and before it.
HARMLESS_AFTER = {
    "every": frozenset("day week month year morning evening time now other few hour tuesday friday".split()),
    "only": frozenset("child if when then just".split()),
    "must": frozenset("be have feel seem find mean hurt miss".split()),
}
HARMLESS_BEFORE = {
    "all": frozenset("at after of".split()),
    "only": frozenset("not the if".split()),
    "always": frozenset({"not"}),
    "every": frozenset({"not"}),
}


def key_count(question: Question, context: Context) -> Iterator[Finding]:
    """One right option to choose one; two right and one wrong to choose several; a best one to judge."""
    shape, found = chosen(question), answers(question)
    right, wrong = len(found.key), len(found.others)
    if shape is None:
        return
    if shape.graded:
        yield from _grades(question, shape, right)
    elif not shape.several and right != 1:
        place = found.key[1].place("correct") if right else question.place(shape.field)
        yield Finding(
            f"this question has {named(right, 'right option')}",
            place,
            "exactly one option with correct: true",
            _fix(right, "choices"),
        )
    elif shape.several and (right < 2 or wrong < 1):
        message = (
            f"this question has {named(right, 'right option')} and {wrong} that {'is' if wrong == 1 else 'are'} not"
        )
        yield Finding(
            message,
            question.place(shape.field),
            "two or more right options and at least one that is not",
            _fix(right, "choice"),
        )


def _fix(right: int, other_kind: str) -> str:
    return f"correct: true\nor use kind: {other_kind}" if right else "correct: true"


def _grades(question: Question, shape: Choose, best: int) -> Iterator[Finding]:
    noun, place = shape.noun, question.place(shape.field)
    if len({pick.verdict for pick in shape.picks}) == 1:
        yield Finding(
            f"every {noun} is graded {quoted(shape.picks[0].verdict)}",
            place,
            f"a best {noun} and others that are not as good",
            "grade: acceptable",
        )
    elif not best:
        yield Finding(f"no {noun} is graded best", place, f"at least one {noun} with grade: best", "grade: best")


def option_count(question: Question, context: Context) -> Iterator[Finding]:
    """Three or four options, two only for yes and no."""
    shape = chosen(question)
    if shape is None:
        return
    count = len(shape.picks)
    most = MOST_SIGNS if shape.several or shape.ordered else MOST_OPTIONS
    if count < 3 and not is_two_way(question):
        yield Finding(
            f"there are only {count} {shape.noun}s",
            question.place(shape.field),
            f"three or four {shape.noun}s",
            "add a mistake that beginners really make",
            "error",
        )
    elif count > most:
        yield Finding(
            f"there are {count} {shape.noun}s",
            question.place(shape.field),
            f"three or four {shape.noun}s",
            "delete the least tempting ones",
        )


def option_duplicate(question: Question, context: Context) -> Iterator[Finding]:
    """Options that say the same, or nearly."""
    for first, second in combinations(options(question), 2):
        if same(first.text) == same(second.text):
            yield Finding(
                f"this option says the same as option {quoted(first.id)}",
                second.place("text"),
                "options that differ",
                "",
                "error",
            )
        elif overlap(first.text, second.text) >= ALIKE:
            yield Finding(
                f"this option has nearly the same words as option {quoted(first.id)}",
                second.place("text"),
                "options that differ in more than a word",
                "make each a mistake of its own",
            )


# -------------------------------------------------------------------- lengths


def key_longest(question: Question, context: Context) -> Iterator[Finding]:
    """A right option that is much longer than the others."""
    found = single_key(question)
    if found:
        yield from longer_than_others(found[0], found[1], "right option")


def longer_than_others(key: Pick, others: tuple[Pick, ...], noun: str) -> Iterator[Finding]:
    """What is to be said of an option that stands out by its length."""
    own, longest = length(key.text), max(length(option.text) for option in others)
    severity = standing_out(own, longest)
    if severity:
        yield Finding(
            f"the {noun} has {own} characters, the next longest {longest}",
            key.place("text"),
            "options of similar length",
            "shorten it, and move the reason into the feedback",
            severity,
        )


def standing_out(own: int, longest: int) -> Severity | None:
    """How much a text of `own` characters stands out, of which the longest other has `longest`; `None` for not at all."""
    return next((severity for times, more, severity in LONGER if own > times * longest and own >= longest + more), None)


def key_shortest(question: Question, context: Context) -> Iterator[Finding]:
    """A right option that is much shorter than the others."""
    found = single_key(question)
    if not found:
        return
    key, others = found
    own, shortest = length(key.text), min(length(option.text) for option in others)
    if own < SHORTER * shortest:
        yield Finding(
            f"the right option has {own} characters, the next shortest {shortest}",
            key.place("text"),
            "options of similar length",
            "shorten the others",
        )


# ------------------------------------------------------------- absolute words


def absolute_terms(question: Question, context: Context) -> Iterator[Finding]:
    """Always, never, all and their like in the wrong options but not the right ones, or only in the right ones."""
    found = answers(question)
    if not found.comparable:
        return
    in_right = [(option, word) for option in found.key for word in absolute_words(option.text)]
    in_wrong = [(option, word) for option in found.others for word in absolute_words(option.text)]
    if bool(in_right) == bool(in_wrong):
        return
    side = "right" if in_right else "wrong"
    for option, word in in_right or in_wrong:
        message = f"{quoted(word)} stands in a {side} option and in no {'wrong' if in_right else 'right'} one"
        yield Finding(
            message,
            option.place("text"),
            "words such as always and never on both sides, or on neither",
            "say it as carefully as the other options",
        )


def absolute_words(text: str) -> list[str]:
    """Words that leave no exception, without those that only sound so."""
    sequence = ("", *words(text), "")
    return [
        word
        for before, word, after in zip(sequence, sequence[1:], sequence[2:], strict=False)
        if word in ABSOLUTE
        and (word != "all" or after in ALL_OF)
        and after not in HARMLESS_AFTER.get(word, ())
        and before not in HARMLESS_BEFORE.get(word, ())
    ]


_FEEDBACK = "feedback: It gives back what you heard and leaves the next word to them."

RULES: tuple[Rule, ...] = (
    Rule(
        "Q101",
        "key-count",
        "error",
        "question",
        "the number of right options does not fit the kind",
        "A choice has exactly one right option, choices have two or more and at least one that is not, and a judgement has a best option. "
        "Anything else marks good answers as mistakes. Correct the options, or the kind of the question.",
        bad=f"""\
kind: choice
id: first-reply
prompt: A mentee says “I might as well quit.” What do you say first?
options:
  - {{id: reflect, text: “It has worn you out.”, correct: true, {_FEEDBACK}}}
  - {{id: ask, text: “What happened this week?”, correct: true, {_FEEDBACK}}}
  - {{id: push, text: “Only six more months!”, {_FEEDBACK}}}
""",
        good=f"""\
kind: judgement
id: first-reply
prompt: A mentee says “I might as well quit.” What do you say first?
options:
  - {{id: reflect, text: “It has worn you out.”, grade: best, {_FEEDBACK}}}
  - {{id: ask, text: “What happened this week?”, grade: acceptable, {_FEEDBACK}}}
  - {{id: push, text: “Only six more months!”, grade: poor, {_FEEDBACK}}}
""",
        check=key_count,
    ),
    Rule(
        "Q102",
        "option-count",
        "warning",
        "question",
        "there are too few or too many options",
        "Three options test as well as four or five and save reading (Rodriguez 2005), while two can be guessed. "
        "Write three or four, each wrong one a mistake that people really make. Yes and no may stand alone.",
        bad=f"""\
kind: choice
id: pause
prompt: Your mentee stops in the middle of a sentence. What do you do?
options:
  - {{id: wait, text: I wait., correct: true, {_FEEDBACK}}}
  - {{id: finish, text: I finish it., {_FEEDBACK}}}
""",
        good=f"""\
kind: choice
id: pause
prompt: Your mentee stops in the middle of a sentence. What do you do?
options:
  - {{id: wait, text: I wait., correct: true, {_FEEDBACK}}}
  - {{id: finish, text: I finish it., {_FEEDBACK}}}
  - {{id: ask, text: I ask again., {_FEEDBACK}}}
""",
        check=option_count,
        escalates=True,
    ),
    Rule(
        "Q103",
        "missing-feedback",
        "error",
        "question",
        "an option has no feedback",
        "Feedback that explains taught about ten times as much as right or wrong alone (van der Kleij and others 2015). "
        "Say what this option does to the other person, why, and the rule behind it. Every option needs its own.",
        bad=f"""\
kind: choice
id: pause
prompt: Your mentee stops in the middle of a sentence. What do you do?
options:
  - {{id: wait, text: I wait., correct: true, {_FEEDBACK}}}
  - {{id: finish, text: I finish it.}}
  - {{id: ask, text: I ask again., {_FEEDBACK}}}
""",
        good=f"""\
kind: choice
id: pause
prompt: Your mentee stops in the middle of a sentence. What do you do?
options:
  - {{id: wait, text: I wait., correct: true, {_FEEDBACK}}}
  - {{id: finish, text: I finish it., feedback: Your ending may not be theirs.}}
  - {{id: ask, text: I ask again., {_FEEDBACK}}}
""",
    ),
    Rule(
        "Q104",
        "option-duplicate",
        "warning",
        "question",
        "two options say the same",
        "Two equal options are both right or both wrong, so that one is a trap and neither teaches. "
        "Options that differ in a single word test reading. Make each wrong option a mistake of its own.",
        bad=f"""\
kind: choice
id: fixing
prompt: Which reply offers advice too soon?
options:
  - {{id: planner, text: “Have you tried a planner?”, correct: true, {_FEEDBACK}}}
  - {{id: tired, text: “You sound tired.”, {_FEEDBACK}}}
  - {{id: worn, text: You sound tired, {_FEEDBACK}}}
""",
        good=f"""\
kind: choice
id: fixing
prompt: Which reply offers advice too soon?
options:
  - {{id: planner, text: “Have you tried a planner?”, correct: true, {_FEEDBACK}}}
  - {{id: tired, text: “You sound tired.”, {_FEEDBACK}}}
  - {{id: open, text: “What was that like?”, {_FEEDBACK}}}
""",
        check=option_duplicate,
        escalates=True,
    ),
    Rule(
        "Q105",
        "key-longest",
        "warning",
        "question",
        "the right option is longer than the others",
        "Writers explain the right option and leave the others bare, and learners who know nothing of the subject choose the longest (Pham and others 2018). "
        "Shorten the key and put the reason into its feedback, or give the others as much detail.",
        bad=f"""\
kind: choice
id: idea
prompt: You see a solution while your mentee is still talking. What is your next step?
options:
  - {{id: ask, text: Reflect the main point and ask whether an idea would be welcome right now, correct: true, {_FEEDBACK}}}
  - {{id: tell, text: Offer it now, {_FEEDBACK}}}
  - {{id: test, text: Ask questions that test it, {_FEEDBACK}}}
""",
        good=f"""\
kind: choice
id: idea
prompt: You see a solution while your mentee is still talking. What is your next step?
options:
  - {{id: ask, text: Ask whether an idea is welcome, correct: true, {_FEEDBACK}}}
  - {{id: tell, text: Offer it while it is fresh, {_FEEDBACK}}}
  - {{id: test, text: Ask questions that test it, {_FEEDBACK}}}
""",
        check=key_longest,
        escalates=True,
    ),
    Rule(
        "Q106",
        "key-shortest",
        "info",
        "question",
        "the right option is shorter than the others",
        "A right option that is much shorter than all others stands out as one that is much longer does. "
        "Bring the options to a similar length.",
        bad=f"""\
kind: choice
id: gaze
prompt: A mentee looks away while talking. What can you conclude?
options:
  - {{id: little, text: Very little, correct: true, {_FEEDBACK}}}
  - {{id: hiding, text: That there is something to hide from you, {_FEEDBACK}}}
  - {{id: bored, text: That the subject has become boring by now, {_FEEDBACK}}}
""",
        good=f"""\
kind: choice
id: gaze
prompt: A mentee looks away while talking. What can you conclude?
options:
  - {{id: little, text: That it may mean nothing, correct: true, {_FEEDBACK}}}
  - {{id: hiding, text: That something is hidden, {_FEEDBACK}}}
  - {{id: bored, text: That they are bored by it, {_FEEDBACK}}}
""",
        check=key_shortest,
    ),
    Rule(
        "Q107",
        "absolute-terms",
        "warning",
        "question",
        "words such as always stand only in wrong or only in right options",
        "Learners know that options with always or never are mostly wrong, so the word gives the key away. English only. "
        "Use such words on both sides or on neither; where a rule truly has no exception, waive this one and say so.",
        bad=f"""\
kind: choice
id: advice
prompt: When is advice helpful?
options:
  - {{id: asked, text: When it was asked for, correct: true, {_FEEDBACK}}}
  - {{id: never, text: It is never helpful, {_FEEDBACK}}}
  - {{id: always, text: It always saves time, {_FEEDBACK}}}
""",
        good=f"""\
kind: choice
id: advice
prompt: When is advice helpful?
options:
  - {{id: asked, text: When it was asked for, correct: true, {_FEEDBACK}}}
  - {{id: late, text: When they are stuck, {_FEEDBACK}}}
  - {{id: early, text: When it saves time, {_FEEDBACK}}}
""",
        check=absolute_terms,
    ),
)
