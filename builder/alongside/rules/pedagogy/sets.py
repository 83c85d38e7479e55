"""Questions as a set must not teach how to guess: P130 to P134."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import ceil

from alongside.files.located import Place
from alongside.files.problems import Severity, quoted
from alongside.model.curriculum import Curriculum
from alongside.model.modules import Module
from alongside.model.questions import Question
from alongside.model.questions.interaction import Choose, Match, Order, Write
from alongside.model.questions.keys import answers, assessments, is_two_way, place_on_page, single_key
from alongside.rules.pedagogy.probability import at_least, longest_run
from alongside.rules.rule import Context, Finding, in_each_module, kept_of_modules, rule
from alongside.texts.wordforms import STOP_WORDS, length, words

UNLIKELY, VERY_UNLIKELY = 0.05, 0.01
LONG_RUN = 4
#: From so many questions with this many options on, a place that never holds the key is unlikely by chance.
UNUSED_FROM = {2: 6, 3: 8, 4: 10, 5: 14}

#: Share of words in common (twice the common ones over all) from which two prompts ask the same.
ALIKE = 0.85
#: A prompt with its case that has fewer words than this is compared together with its options.
LONG_PROMPT = 12
FEWEST_WORDS = 6
#: So many questions at most are compared for one word, so that the cost stays in proportion.
BUCKET = 20

PHRASE = 4
MOST_TWO_WAY = 0.2


def _place(module: Module) -> Place:
    """Where to speak of the questions of a module."""
    return module.quiz.place("questions", key=True) if module.quiz else module.outline.place()


# -------------------------------------------------------------------- lengths


@kept_of_modules
def keys_by_length(module: Module) -> Iterator[str]:
    """Of each question with one right option its number, whether that is the longest, and how many options there are."""
    for number, question in enumerate(assessments(module)):
        found = single_key(question)
        if found:
            key, others = found
            longest = all(length(key.text) > length(other.text) for other in others)
            yield f"{number} {int(longest)} {1 + len(others)}"


@rule("P130", "key-longest-rate", "warning", "curriculum", escalates=True)
@in_each_module
def key_longest_rate(module: Module, context: Context) -> Iterator[Finding]:
    """Modules, or the whole curriculum, in which the longest option is right too often."""
    yield from _longest_rate(keys_by_length(module), "this module", _place(module))


@key_longest_rate.besides
def key_longest_rate_of_all(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """The same for the questions of all modules together."""
    modules = curriculum.modules.values()
    if len(modules) > 1:
        found = (line for module in modules for line in context.in_module(keys_by_length, module))
        yield from _longest_rate(found, "the curriculum", curriculum.outline.place())


def _longest_rate(lines: Iterable[str], where: str, place: Place) -> Iterator[Finding]:
    found = [(int(longest), int(options)) for _, longest, options in (line.split() for line in lines)]
    hits = sum(longest for longest, _ in found)
    chances = sorted(1 / options for _, options in found)
    chance = at_least(hits, chances)
    if chance < UNLIKELY:
        severity: Severity = "error" if chance < VERY_UNLIKELY else "warning"
        yield Finding(
            f"in {where} the right option is the longest in {hits} of {len(found)} questions",
            place,
            f"about {round(sum(chances))}, as by chance",
            "shorten right options, or say more in wrong ones",
            severity,
        )


# ------------------------------------------------------------------ positions


@rule("P131", "key-position-rate", "warning", "curriculum", escalates=True)
@in_each_module
def key_position_rate(module: Module, context: Context) -> Iterator[Finding]:
    """Modules in which the right option stands in one place too often, as the page shows it.

    Where the site mixes the options, a pattern is an accident that no author can mend: only a very
    unlikely one is told, as a note. Where authors fixed the order, it is a habit.
    """
    items = [(question, *found) for question in assessments(module) if (found := single_key(question))]
    if not items:
        return
    place = _place(module)
    fixed = 2 * sum(not question.shuffle for question, _, _ in items) > len(items)
    keys = [place_on_page(module, question, key) for question, key, _ in items]
    sizes = [1 + len(others) for _, _, others in items]
    yield from _rates(keys, sizes, place, fixed=fixed)
    if fixed:
        yield from _runs(keys, sizes, place)


def _rates(keys: Sequence[int], sizes: Sequence[int], place: Place, *, fixed: bool) -> Iterator[Finding]:
    places = max(sizes)
    for position in range(places):
        hits = keys.count(position)
        chance = at_least(hits, [1 / size if position < size else 0.0 for size in sizes])
        limit = UNLIKELY if fixed else VERY_UNLIKELY / places
        if chance < limit:
            severity: Severity = ("error" if chance < VERY_UNLIKELY else "warning") if fixed else "info"
            yield Finding(
                f"the right option stands in place {position + 1} in {hits} of {len(keys)} questions",
                place,
                "each place about equally often",
                "delete shuffle: false" if fixed else "",
                severity,
            )


def _runs(keys: Sequence[int], sizes: Sequence[int], place: Place) -> Iterator[Finding]:
    run, _ = longest_run(keys)
    if run >= LONG_RUN:
        yield Finding(
            f"the right option stands in the same place {run} times in a row",
            place,
            f"fewer than {LONG_RUN} in a row",
            "delete shuffle: false",
        )
    for size, count in Counter(sizes).items():
        unused = set(range(size)) - {key for key, own in zip(keys, sizes, strict=True) if own == size}
        if count >= UNUSED_FROM.get(size, count + 1) and unused:
            yield Finding(
                f"the right option never stands in place {min(unused) + 1} of {size}",
                place,
                "each place about equally often",
                "delete shuffle: false",
            )


# ----------------------------------------------------------------- duplicates


@kept_of_modules
def signatures_in(module: Module) -> Iterator[str]:
    """Of each question that says enough its number, and the words that tell what is asked."""
    for number, question in enumerate(assessments(module)):
        signature = _signature(question)
        if len(signature) >= FEWEST_WORDS:
            yield f"{number:06} {' '.join(sorted(signature))}"


@rule("P132", "stem-near-duplicate", "warning", "curriculum")
def stem_near_duplicate(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Questions that ask nearly the same as an earlier one, in any module.

    Two sets of words that are this much alike share one of their rarest words, so only questions
    that do are compared.
    """
    signed = [
        (module, int(number), frozenset(signature))
        for module in curriculum.modules.values()
        for number, *signature in (line.split() for line in context.in_module(signatures_in, module))
    ]
    frequency = Counter(word for _, _, signature in signed for word in signature)
    earlier: dict[str, list[int]] = defaultdict(list)
    for index, (module, number, signature) in enumerate(signed):
        rare = sorted(signature, key=lambda word: (frequency[word], word))[: _rarest(len(signature))]
        candidates = dict.fromkeys(i for word in rare for i in earlier[word][:BUCKET])
        twin = next((signed[i] for i in candidates if _alike(signature, signed[i][2])), None)
        if twin:
            yield Finding(
                f"this asks nearly the same as {quoted(assessments(twin[0])[twin[1]].id)} in {quoted(twin[0].title)}",
                assessments(module)[number].place("prompt"),
                "questions that differ in what they ask",
                "delete one, or ask about another case",
            )
        for word in rare:
            earlier[word].append(index)


def _rarest(size: int) -> int:
    """How many of its rarest words a set must be looked up by. Alike sets share ALIKE / (2 - ALIKE) of all words."""
    return size - ceil(ALIKE / (2 - ALIKE) * size) + 1


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return 2 * len(one & other) >= ALIKE * (len(one) + len(other))


def _signature(question: Question) -> frozenset[str]:
    """The words that tell what is asked; options count where the prompt alone says little."""
    asked = {*words(question.prompt), *words(question.context or "")}
    match question.shape:
        case Choose(picks) if len(asked) < LONG_PROMPT:
            told = [pick.text for pick in picks]
        case Order(picks):
            told = [pick.text for pick in picks]
        case Match(prompts, targets):
            told = [pick.text for pick in (*prompts, *targets) if pick.verdict == "right"]
        case Write(text=str() as text):
            told = [text]
        case _:
            told = []
    return frozenset(asked.union(*map(words, told)))


@rule("P133", "item-cues-item", "info", "module")
def item_cues_item(module: Module, context: Context) -> Iterator[Finding]:
    """Prompts that hold words of another question's key."""
    phrases: dict[tuple[str, ...], Question] = {}
    for question in assessments(module):
        for option in answers(question).key:
            phrases |= dict.fromkeys(_phrases(option.text), question)
    for question in assessments(module):
        cued = next((p for p in _phrases(question.prompt) if phrases.get(p, question) is not question), None)
        if cued:
            yield Finding(
                f"{quoted(' '.join(cued))} is part of the right option of {quoted(phrases[cued].id)}",
                question.place("prompt"),
                "prompts that give no other answer away",
                "use other words",
            )


def _phrases(text: str) -> list[tuple[str, ...]]:
    sequence = words(text)
    pieces = [sequence[i : i + PHRASE] for i in range(len(sequence) - PHRASE + 1)]
    return [piece for piece in pieces if sum(len(word) >= 5 and word not in STOP_WORDS for word in piece) >= 2]


@rule("P134", "true-false-share", "warning", "module")
def true_false_share(module: Module, context: Context) -> Iterator[Finding]:
    """Modules with many questions that a coin could answer."""
    items = assessments(module)
    count = sum(is_two_way(question) for question in items)
    if count > MOST_TWO_WAY * len(items):
        yield Finding(
            f"{count} of {len(items)} questions can be answered by tossing a coin",
            _place(module),
            "one in five at most",
            "give them three options, or another kind",
        )
