"""How well questions are answered without the lessons: prints items, and scores a file of answers.

    python bench/blind.py --seed 7 > items.txt      60 items that count, drawn and shuffled by the seed, without their lessons
    python bench/blind.py --seed 7 --score answers.txt      what of them was right, beside chance

An answer is a line such as `12 b`. Whoever answers should have seen neither lessons nor quizzes, nor this repository.
`--module` leaves the draw to some modules, `--bare` prints items without their case.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from string import ascii_lowercase

from alongside.load.curriculum import load_curriculum
from alongside.load.layers import Layer
from alongside.model.curriculum import Curriculum
from alongside.model.questions import Question, kind_of
from alongside.model.questions.keys import answers, assessments, chosen
from alongside.texts import markup

ROOT = Path(__file__).parents[1]
#: How many items a test has, and how many of a hundred a blind reader should get right at most.
ITEMS, MOST = 60, 65
ANSWER = re.compile(r"\s*(\d+)[\s.:)]+([a-z])\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    """A question as a blind reader sees it."""

    module: str
    id: str
    kind: str
    context: str
    prompt: str
    #: Options in the order of the test.
    options: tuple[str, ...]
    #: Places of the right or best options.
    key: frozenset[int]

    @property
    def chance(self) -> float:
        """How likely a guess is right."""
        return len(self.key) / len(self.options)


def drawn(curriculum: Curriculum, seed: int, count: int = ITEMS, modules: Sequence[str] = ()) -> list[Item]:
    """Items that count and have one thing to choose, the same ones for the same seed and curriculum."""
    dice = random.Random(seed)  # no secret
    found = [
        (module.id, question)
        for module in curriculum.modules.values()
        if not modules or module.id in modules
        for question in assessments(module)
        if _is_fit(question)
    ]
    return [_item(module, question, dice) for module, question in dice.sample(found, min(count, len(found)))]


def _is_fit(question: Question) -> bool:
    shape = chosen(question)
    return shape is not None and not shape.several and not shape.ordered and answers(question).comparable


def _item(module: str, question: Question, dice: random.Random) -> Item:
    found = answers(question)
    picks = [*found.key, *found.others]
    dice.shuffle(picks)
    return Item(
        module, question.id, kind_of(question), _plain(getattr(question, "context", None) or ""), _plain(question.prompt),
        tuple(_plain(pick.text) for pick in picks), frozenset(n for n, pick in enumerate(picks) if pick in found.key),
    )  # fmt: skip


def _plain(text: str) -> str:
    return markup.visible(text).strip()


def printed(items: Sequence[Item], *, bare: bool = False) -> Iterator[str]:
    """The test, line by line. Nothing in it says which module an item is from."""
    for number, item in enumerate(items, 1):
        yield f"{number}."
        if item.context and not bare:
            yield item.context
        yield item.prompt
        yield from (f"   {letter}) {text}" for letter, text in zip(ascii_lowercase, item.options, strict=False))
        yield ""


def read_answers(text: str) -> dict[int, int]:
    """Places that were chosen, by the number of the item. Lines that are no answers are passed over."""
    matches = (ANSWER.match(line) for line in text.splitlines())
    return {int(match[1]): ascii_lowercase.index(match[2].lower()) for match in matches if match}


def scored(items: Sequence[Item], given: Mapping[int, int]) -> Iterator[str]:
    """What was right, beside chance; an item without an answer is not right."""
    right = [item for number, item in enumerate(items, 1) if given.get(number) in item.key]
    share, size = len(right) / len(items), len(items)
    # Wilson's interval holds near 0 and 1 too.
    half = 1.96 * sqrt(share * (1 - share) / size + 1.96**2 / (4 * size**2)) / (1 + 1.96**2 / size)
    middle = (share + 1.96**2 / (2 * size)) / (1 + 1.96**2 / size)
    yield f"{len(right)} of {size} right, {share:.0%} (95 % interval {middle - half:.0%} to {middle + half:.0%})."
    yield f"Chance would give {sum(item.chance for item in items) / size:.0%}; the aim is at most {MOST} %."
    left = sum(number not in given for number in range(1, size + 1))
    if left:
        yield f"{left} without an answer."
    asked, hit = Counter(item.module for item in items), Counter(item.module for item in right)
    yield from (f"  {module}: {hit[module]} of {asked[module]}" for module in sorted(asked))
    missed = [item for item in items if item not in right]
    yield "Not right: " + (", ".join(f"{item.module}/{item.id}" for item in missed) or "none") + "."


def main() -> None:
    """Prints the test, or the score of answers to it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--items", type=int, default=ITEMS)
    parser.add_argument("--module", action="append", default=[])
    parser.add_argument("--bare", action="store_true")
    parser.add_argument("--score", type=Path, metavar="FILE")
    asked = parser.parse_args()
    curriculum, _ = load_curriculum([Layer(".", ROOT)])
    assert curriculum is not None
    unknown = sorted(set(asked.module) - curriculum.modules.keys())
    if unknown or not (items := drawn(curriculum, asked.seed, asked.items, asked.module)):
        sys.exit(f"no items to draw from; modules are: {', '.join(curriculum.modules)}")
    if not asked.score:
        print("\n".join(printed(items, bare=asked.bare)))
        return
    try:
        text = asked.score.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        sys.exit(f"{asked.score} cannot be read: {error}")
    given = read_answers(text)
    if not given:
        sys.exit(f"{asked.score} holds no answers; an answer is a line such as: 12 b")
    print("\n".join(scored(items, given)))


if __name__ == "__main__":
    main()
