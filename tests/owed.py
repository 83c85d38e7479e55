"""What the fields of one thing owe each other, for values whose fields were made one by one.

A model says of each field what it may hold. That one option is right, that every gap stands in the
text, that a way leads to every ending: these are rules over several fields, one function for each kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import Any, TypeVar

from hypothesis import strategies as st

from alongside.questions import QUESTION_KINDS

Values = dict[str, Any]
Strategy = st.SearchStrategy[Any]
Draw = Callable[[Strategy], Any]
AnyValues = TypeVar("AnyValues", bound=Values)


def _distinct(field: str, *entries: Values) -> None:
    """Texts that must not read the same."""
    for number, entry in enumerate(entries, 1):
        entry[field] = f"{entry[field].strip()[:100]} {number}"


def _nothing(_: Draw, question: Values) -> None:
    """For kinds whose fields owe each other nothing."""


def _choice(draw: Draw, question: Values) -> None:
    right = draw(st.sampled_from(question["options"]))
    for option in question["options"]:
        option["correct"] = option is right
    _distinct("text", *question["options"])


def _choices(draw: Draw, question: Values) -> None:
    wrong, *_ = options = draw(st.permutations(question["options"]))
    for option in options:
        option["correct"] = option is not wrong
    _distinct("text", *question["options"])


def _judgement(draw: Draw, question: Values) -> None:
    best, other, *_ = draw(st.permutations(question["options"]))
    best["grade"], other["grade"] = "best", "poor"
    _distinct("text", *question["options"])


def _ordering(_: Draw, question: Values) -> None:
    _distinct("text", *question["items"])


def _matching(_: Draw, question: Values) -> None:
    _distinct("prompt", *question["pairs"])
    _distinct("match", *question["pairs"])
    for extra in question.get("extra", []):
        extra["text"] = f"extra {extra['id']}"


def _sorting(draw: Draw, question: Values) -> None:
    del question["categories"][len(question["items"]) :]
    groups = [category["id"] for category in question["categories"]]
    for number, item in enumerate(question["items"]):
        item["category"] = groups[number] if number < len(groups) else draw(st.sampled_from(groups))
    _distinct("text", *question["items"])
    _distinct("title", *question["categories"])


def _gap(draw: Draw, question: Values) -> None:
    around = question["text"].replace("{", "")[:400]
    question["text"] = draw(st.sampled_from(["", " ", "\n"])).join(
        [around, *(f"{{{name}}}" for name in question["gaps"])]
    )
    for gap in question["gaps"].values():
        options = gap.get("options", [])
        _distinct("text", *options)
        gap["accept"] = [draw(st.sampled_from(options))["text"]] if options else gap["accept"]


def _short_text(_: Draw, question: Values) -> None:
    for near in question.get("near", []):
        near["accept"] = [f"near {near['id']}"]


#: What a question owes to be one of its kind. A kind that is not here keeps the tests from passing.
OWED: dict[str, Callable[[Draw, Values], None]] = {
    "choice": _choice,
    "choices": _choices,
    "judgement": _judgement,
    "ordering": _ordering,
    "matching": _matching,
    "sorting": _sorting,
    "gap": _gap,
    "short_text": _short_text,
    "open_response": _nothing,
    "confidence": _nothing,
}


def _scenario(draw: Draw, scenario: Values) -> None:
    """A way to every node and ending: the first choice of each node leads on, the last node's to the endings."""
    nodes = scenario["nodes"]
    *_, last = nodes.values()
    ends = [(f"{name}-end", ending) for name, ending in scenario["endings"].items()][: len(last["choices"])]
    scenario["endings"], scenario["start"] = dict(ends), next(iter(nodes))
    anywhere = [*nodes, *scenario["endings"]]
    for node, following in zip(nodes.values(), [*list(nodes)[1:], ""], strict=True):
        for number, choice in enumerate(node["choices"]):
            choice["to"] = following if number == 0 and following else draw(st.sampled_from(anywhere))
        _distinct("text", *node["choices"])
    for choice, (name, _) in zip(last["choices"], ends, strict=False):
        choice["to"] = name
    _distinct("title", *nodes.values(), *scenario["endings"].values())


def _lesson(draw: Draw, lesson: Values) -> None:
    """Dialogues point at rules that the lesson has, and recordings are no pictures."""
    rules = [rule["id"] for step in lesson["steps"] for rule in step.get("rules", ())]
    for turn in (turn for step in lesson["steps"] for turn in step.get("dialogue", {}).get("turns", ())):
        if turn.get("rule"):
            turn["rule"] = draw(st.sampled_from(rules)) if rules else None
    for media in (step["media"] for step in lesson["steps"] if "media" in step):
        media["src"] = draw(st.sampled_from(["media/talk.mp3", "media/talk.mp4"]))


def mappings(value: Any) -> Iterator[Values]:
    """Every mapping in a value, the innermost first."""
    for inner in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        yield from mappings(inner)
    if isinstance(value, dict):
        yield value


def fitted(draw: Draw, files: AnyValues) -> AnyValues:
    """The files once every id is the only one of its name and every mapping keeps the promises of its kind."""
    numbers = count(1)
    for mapping in mappings(files):
        if isinstance(mapping.get("id"), str):
            mapping["id"] += f"-{next(numbers)}"
        if isinstance(mapping.get("formerly"), list):
            mapping["formerly"] = [f"{name}-{next(numbers)}" for name in mapping["formerly"]]
    for mapping in mappings(files):
        kind = str(mapping.get("kind"))
        if kind in QUESTION_KINDS:
            OWED[kind](draw, mapping)
        elif "nodes" in mapping:
            _scenario(draw, mapping)
        elif "steps" in mapping and "kind" not in mapping:  # an exercise has steps and a kind
            _lesson(draw, mapping)
    return files
