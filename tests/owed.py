"""What the fields of one thing owe each other, for values whose fields were made one by one.

A model says of each field what it may hold. That one option is right, that every gap stands in the
text, that a way leads to every ending: these are rules over several fields. Those of a kind of question stand
in `tests/model/questions/<kind>/owed.py`, beside its examples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from itertools import count
from typing import Any, TypeVar

from hypothesis import strategies as st

from alongside.model.questions import QUESTION_KINDS

Values = dict[str, Any]
Strategy = st.SearchStrategy[Any]
Draw = Callable[[Strategy], Any]
AnyValues = TypeVar("AnyValues", bound=Values)


def distinct(field: str, *entries: Values) -> None:
    """Texts that must not read the same."""
    for number, entry in enumerate(entries, 1):
        entry[field] = f"{entry[field].strip()[:100]} {number}"


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
        distinct("text", *node["choices"])
    for choice, (name, _) in zip(last["choices"], ends, strict=False):
        choice["to"] = name
    distinct("title", *nodes.values(), *scenario["endings"].values())


def _lesson(draw: Draw, lesson: Values) -> None:
    """Dialogues point at rules that the lesson has, a recorded one says when its turns begin, and recordings are no pictures."""
    rules = [rule["id"] for step in lesson["steps"] for rule in step.get("rules", ())]
    for turn in (turn for step in lesson["steps"] for turn in step.get("dialogue", {}).get("turns", ())):
        if turn.get("rule"):
            turn["rule"] = draw(st.sampled_from(rules)) if rules else None
    for talk in (step["dialogue"] for step in lesson["steps"] if step.get("dialogue")):
        talk["times"] = [turn * 2.5 for turn in range(len(talk["turns"]))] if talk.get("audio") else []
        talk["strip"] = []  # whoever speaks here has no face
    for media in (step["media"] for step in lesson["steps"] if "media" in step):
        media["src"] = draw(st.sampled_from(["media/talk.mp3", "media/talk.mp4"]))


def _shown_once(files: Mapping[str, Values]) -> None:
    """A module shows each of its scenarios in one step."""
    shown = set()
    for path, file in files.items():
        for step in file["steps"] if isinstance(file.get("steps"), list) else ():
            name = (path.partition("/")[0], step.get("scenario"))
            if isinstance(name[1], str):
                if name in shown:
                    step.clear()
                    step["text"] = "As before."
                shown.add(name)


@cache
def _owed(kind: str) -> Callable[[Draw, Values], None] | None:
    """What a question owes to be one of its kind, from the folder of the kind; most need nothing said."""
    name = f"tests.model.questions.{kind}.owed"
    found: Callable[[Draw, Values], None] | None = import_module(name).owed if find_spec(name) else None
    return found


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
            owed = _owed(kind)
            if owed:
                owed(draw, mapping)
        elif "nodes" in mapping:
            _scenario(draw, mapping)
        elif "steps" in mapping and "kind" not in mapping:  # an exercise has steps and a kind
            _lesson(draw, mapping)
    _shown_once(files)
    return files
