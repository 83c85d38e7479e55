"""What other Markdown reads and ours does not is named with its place; blocks in a field of one line too."""

from __future__ import annotations

import pytest

from alongside.model import curriculum, lessons, modules, scenarios
from alongside.model.element import Element, Text, _fields, models_in
from alongside.model.exercises import EXERCISE_KINDS
from alongside.model.questions import QUESTION_KINDS
from alongside.model.settings import Settings
from alongside.model.steps import STEP_KINDS
from alongside.rules import RULES_BY_CODE
from alongside.rules.language.dialects import DIALECTS, block_in_line, list_not_read, other_dialect
from alongside.rules.rule import Context

pytestmark = pytest.mark.slow

#: These rules ask for nothing but the text.
NO_CURRICULUM = Context(None)


class Holder(Element):
    """Something that holds a text."""


def codes(check, value: str, form: str = "block", field: str = "text"):
    return list(check(Text(value, form, Holder(), field), NO_CURRICULUM))


@pytest.mark.parametrize(
    "sign",
    [
        "As was said[^1].", "[^1]: In the first book.", "a ~~b~~ c", "==this== counts", "::: note\nx\n:::", "!!! note\n    x", "??? tip\n    x",
        "> [!NOTE]\n> x", "## Title {#id .class}", "words{: .lead }", "so $a^2 + b^2$ is", "$$\nx\n$$ and $$x$$", "- [ ] one\n- [x] two",
        "well done :smile: then", "Term\n: what it means", "*[HTML]: Hyper", "{% include x %}", "[TOC]", "a\n\n##Heading", "[a](b){target=_blank}",
    ],
)  # fmt: skip
def test_a_sign_of_another_markdown_is_named(sign: str) -> None:
    assert codes(other_dialect, sign)


@pytest.mark.parametrize(
    "words",
    [
        "It costs $5 to $10, or £3.", "At 10:30: tea. At 12:00: lunch.", "`[^1]` and `==a==` and `$x^2$`", "~~~\n~~struck~~ [^1]\n~~~",
        "a == b, and c != d", "~5 people", "#5 in the list", "[the first] and (second)", "Ask: how? Then: wait:", "\\~~not\\~~ \\[^1]",
        "Say {name} here.", "He earns 50% and gives 5%.", "He said: one.\n\nShe: two.", "https://e.org/a:b:c/", "3 * 4 * 5",
        "- [a](module:b)", "[Sut mae?]{lang=cy}",
    ],
)  # fmt: skip
def test_ordinary_prose_is_left_alone(words: str) -> None:
    assert codes(other_dialect, words) == []


def test_each_sign_says_what_to_write_and_is_looked_for_by_a_piece_that_it_has() -> None:
    for dialect in DIALECTS:
        assert dialect.instead and dialect.called
        assert dialect.needs == dialect.needs.lower()


@pytest.mark.parametrize("line", ["In this order:\n2. sit\n3. breathe", "a\n\u00a0\u00a0- b", "\u3000- a"])
def test_a_line_that_only_looks_like_an_entry_is_named(line: str) -> None:
    assert codes(list_not_read, line)


@pytest.mark.parametrize(
    "line", ["In this order:\n1. sit\n2. breathe", "a\n\n7. b", "In\n2019, it began.", "a\n- b\n  - c"]
)
def test_a_list_that_is_read_is_left_alone(line: str) -> None:
    assert codes(list_not_read, line) == []


# ------------------------------------------------------- blocks where a line is shown

ROOTS: tuple[type[Element], ...] = (
            curriculum.CurriculumOutline, curriculum.Source, curriculum.Term, curriculum.Person, modules.ModuleOutline, lessons.Lesson,
            modules.Quiz, scenarios.Scenario, Settings, *STEP_KINDS.values(), *QUESTION_KINDS.values(), *EXERCISE_KINDS.values(),
)  # fmt: skip


def all_models() -> list[type[Element]]:
    """Every model that a file can hold, with those inside it."""
    found: list[type[Element]] = []
    waiting = list(ROOTS)
    while waiting:
        model = waiting.pop()
        if model not in found:
            found.append(model)
            for info in model.model_fields.values():
                waiting += models_in(info.annotation)
    return sorted(found, key=lambda model: model.__name__)


ONE_LINE = [
    (model, name, mark.markdown)
    for model in all_models()
    for name, mark in _fields(model)
    if mark is not None and mark.markdown != "block"
]
BLOCKS = {
    "code": "Why?\n\n```python\nif x:\n    print(1)\n```",
    "a list": "Which?\n- one\n- two",
    "numbers": "Which?\n\n1. one\n2. two",
    "a heading": "## Which\nof them?",
    "an underlined heading": "Which\n---\nof them?",
    "a table": "Which?\n\n| a | b |\n|---|---|\n| c | d |",
    "a quotation": "Which?\n> one",
    "code by indentation": "Which?\n\n    x = 1",
    "code on one line": "What is printed? ```python print(1) ```",
}


def test_there_are_fields_of_one_line_in_every_room_of_the_model() -> None:
    rooms = {model.__module__ for model, _, _ in ONE_LINE}
    assert len(ONE_LINE) > 80
    assert {
        "alongside.model.steps",
        "alongside.model.scenarios",
        "alongside.model.settings",
        "alongside.model.exercises",
    } <= rooms


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_in_any_field_of_one_line_is_an_error_at_its_place(block: str) -> None:
    for model, name, form in ONE_LINE:
        element = model.model_construct()
        found = list(block_in_line(Text(BLOCKS[block], form, element, name), NO_CURRICULUM))
        assert len(found) == 1, f"{model.__name__}.{name}"
        assert f'"{name}"' in found[0].message
        assert found[0].severity is None


def test_a_second_paragraph_is_a_warning() -> None:
    (finding,) = codes(block_in_line, "One.\n\nTwo.", "inline", "prompt")
    assert finding.severity == "warning"


@pytest.mark.parametrize(
    "line", ["> 90 degrees", "1. January", "# of people", "- 5 °C", "one\ntwo", "One.\n", "a *b* `c` [d](module:e)"]
)
def test_a_line_that_starts_with_a_sign_is_left_alone(line: str) -> None:
    assert codes(block_in_line, line, "inline", "text") == []


def test_a_question_is_told_of_its_context(found) -> None:
    example = RULES_BY_CODE["T141"].document.bad
    (problem,) = found("T141", example)
    assert "context:" in problem.fix
