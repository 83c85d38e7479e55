"""Rules ask what a question is, never which kind: what is wrong in one kind is found in every kind of the same shape.

The bad example of each question rule is written anew in each kind that is one of choosing, with the words and the
keys that it has. A new kind takes part as soon as it has an example.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from alongside.files.located import LocatedMapping
from alongside.files.problems import Problem
from alongside.files.source import read_bytes
from alongside.model.questions import QUESTION_KINDS
from alongside.model.questions.base import Option, Question
from alongside.model.questions.interaction import GRADED, Pick, Verdict
from alongside.model.questions.keys import chosen
from alongside.rules import RULES
from alongside.rules.rule import Rule
from tests.examples import Example, valid_examples

ROOT = Path(__file__).parents[2]

#: Rules about what a shape itself says: how many are right, and whether the order means something.
ABOUT_THE_SHAPE = {
    "Q101": "a judgement may have two best options, a choice never two right ones",
    "Q117": "a line of points keeps its order",
    "Q136": "asks whether several are to be chosen",
}

#: Rules about the one right option.
ABOUT_ONE_KEY = {"Q102", "Q105", "Q106", "Q112", "Q113", "Q116"}


def models() -> Iterator[Example]:
    """One example of each kind of choosing, to be filled with other words."""
    for kind in QUESTION_KINDS:
        example = next(example for example in valid_examples() if example.kind == kind)
        if chosen(example.question):
            yield example


def fits(rule: Rule, question: Question, model: Example) -> bool:
    """Whether both choose one or both several, or the rule does not care."""
    one, other = chosen(question), chosen(model.question)
    return one is not None and other is not None and (one.several == other.several or rule.code not in ABOUT_ONE_KEY)


def bad_examples() -> Iterator[tuple[Rule, Question]]:
    for rule in RULES:
        if rule.scope == "question" and rule.check and rule.code not in ABOUT_THE_SHAPE:
            question = read(rule.document.bad)
            if question and chosen(question):
                yield rule, question


def read(text: str) -> Question | None:
    """The question of an example, where it is one."""
    mapping, _ = read_bytes(text.encode(), "example.yml")
    kind = mapping.get("kind") if mapping else None
    return Example(str(kind), "", mapping).parse()[0] if mapping and kind in QUESTION_KINDS else None


CASES = [
    pytest.param(rule, question, model, id=f"{rule.code}-{model.kind}")
    for rule, question in bad_examples()
    for model in models()
    if fits(rule, question, model)
]


def plain(value: Any) -> Any:
    """What was read, as plain values."""
    if isinstance(value, LocatedMapping):
        return {name: plain(entry) for name, entry in value.items()}
    return [plain(entry) for entry in value] if isinstance(value, list) else value


def as_written(
    pick: Pick, verdict: Verdict, entries: Mapping[Verdict, Mapping[str, Any]], text_field: str
) -> dict[str, Any]:
    """A pick as an author writes it in another kind."""
    own = {"id": pick.id, text_field: pick.text, "feedback": pick.feedback}
    belief = {"misconception": pick.misconception} if pick.misconception else {}
    stances = {"stances": list(pick.part.stances)} if isinstance(pick.part, Option) and pick.part.stances else {}
    kept = {name: value for name, value in entries[verdict].items() if name not in {*own, "misconception"}}
    return {**own, **kept, **belief, **stances}


def rewritten(question: Question, model: Example) -> dict[str, Any]:
    """The same question in the kind of `model`: its words and its keys, as far as the kind has them."""
    shape, target = chosen(question), chosen(model.question)
    assert shape is not None
    assert target is not None
    values = plain(model.source)
    entries = {pick.verdict: entry for pick, entry in zip(target.picks, values[target.field], strict=True)}
    weighs = target.graded

    def verdict(pick: Pick) -> Verdict:
        if weighs == (pick.verdict in GRADED):
            return pick.verdict
        return ("best" if pick.credit == 1 else "poor") if weighs else ("right" if pick.credit == 1 else "wrong")

    for name in ("prompt", "context", "hints", "rationale", "cites", "safety"):
        value = getattr(question, name)
        values.pop(name, None)
        if value:
            values[name] = list(value) if isinstance(value, tuple) else value
    values["id"] = question.id
    values[target.field] = [as_written(p, verdict(p), entries, target.picks[0].text_field) for p in shape.picks]
    return values


@pytest.mark.slow
@pytest.mark.parametrize(("rule", "question", "model"), CASES)
def test_what_is_wrong_in_one_kind_is_wrong_in_all_of_its_shape(
    rule: Rule, question: Question, model: Example, found: Callable[[str, str], list[Problem]]
) -> None:
    # JSON is YAML too, and knows what is text.
    text = json.dumps(rewritten(question, model), ensure_ascii=False)
    # A kind may ask for more options than the rule, and refuse the question before rules are asked.
    assert read(text) is None or found(rule.code, text)


def test_enough_rules_take_part() -> None:
    assert len({case.values[0].code for case in CASES}) >= 18  # type: ignore[attr-defined]
    assert {case.values[2].kind for case in CASES} >= {"choice", "choices", "judgement", "scale"}  # type: ignore[attr-defined]


#: What may import a kind: the registry, and nothing else.
REGISTRY = "builder/alongside/model/questions/__init__.py"


@pytest.mark.slow
def test_only_the_registry_knows_a_kind() -> None:
    modules = {f"alongside.model.questions.{kind}" for kind in QUESTION_KINDS}
    found = []
    for path in sorted((ROOT / "builder/alongside").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Import | ast.ImportFrom):
                continue
            names = [node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            if modules.intersection(map(str, names)):
                found.append(path.relative_to(ROOT).as_posix())
    assert set(found) <= {REGISTRY}


@pytest.mark.parametrize("kind", QUESTION_KINDS)
def test_no_script_or_template_outside_its_folder_names_a_kind(kind: str) -> None:
    names = {f"q-{kind.replace('_', '-')}", f"questions/{kind}/"}
    shared = [*(ROOT / "theme/elements").glob("*.js"), *(ROOT / "theme").rglob("partials/*.html")]
    assert [path.name for path in shared if any(name in path.read_text("utf-8") for name in names)] == []
