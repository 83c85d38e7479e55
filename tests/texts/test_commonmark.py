"""Prose is read as CommonMark says, which is what editors and code hosts show: compared with a reader that follows it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings

from alongside.texts.passages import read
from tests.markdown_trees import HEADER_AFTER_A_MARK, ours, theirs, told_apart
from tests.prose import OURS, mixed, sentences, written

few = settings(max_examples=8, suppress_health_check=list(HealthCheck))
many = settings(max_examples=300, suppress_health_check=list(HealthCheck))


@few
@given(text=written())
def test_prose_is_read_as_editors_show_it(text: str) -> None:
    assert ours(text) == theirs(text)


@pytest.mark.slow
@many
@given(text=written())
def test_much_prose_is_read_as_editors_show_it(text: str) -> None:
    assert ours(text) == theirs(text)


@pytest.mark.slow
@many
@given(text=mixed())
def test_any_mix_of_signs_is_read_as_editors_show_it(text: str) -> None:
    assume(told_apart(text) and not OURS.search(text) and not HEADER_AFTER_A_MARK.search(text))
    assume(read(text).too_deep is None)
    assert ours(text) == theirs(text)


@few
@given(text=sentences())
def test_signs_within_a_line_are_read_as_editors_show_them(text: str) -> None:
    assume(told_apart(text) and not OURS.search(text))
    assert ours(text) == theirs(text)


@pytest.mark.slow
@many
@given(text=sentences())
def test_any_signs_within_a_line_are_read_as_editors_show_them(text: str) -> None:
    assume(told_apart(text) and not OURS.search(text))
    assert ours(text) == theirs(text)


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("What helps:\n\n- a\n  - b\n  - c\n- d", "p ul(li(ul(li li)) li)"),
        ("1. a\n   - b\n2. c", "ol(li(ul(li)) li)"),
        ("What helps:\n- a\n- b", "p ul(li li)"),
        ("In this order:\n1. a\n2. b", "p ol(li li)"),
        ("In 2019\n7. was a Sunday", "p"),
        ("1. Write:\n\n   ```\n   x\n   ```\n2. Run it", "ol(li(p code) li(p))"),
        ("- a\n\n  > b\n- c", "ul(li(p quote(p)) li(p))"),
        ("- a\n    - b\n        - c", "ul(li(ul(li(ul(li)))))"),
        ("a\n    b", "p"),
        ("```\nnever closed", "code"),
        ("> - a\n> - b\nlazy", "quote(ul(li li))"),
    ],
)
def test_lists_and_code_are_read_as_people_write_them(text: str, shape: str) -> None:
    assert outline(ours(text)) == shape


def outline(tree: list) -> str:
    """The blocks of a text in short. The words of a list without space between its entries go without saying."""
    short = {"paragraph": "p", "bullet_list": "ul", "list_item": "li", "blockquote": "quote", "code block": "code"}
    said = []
    for node in tree:
        if isinstance(node, str) or node[0] == "words":
            continue
        inside = outline(node[1]) if len(node) > 1 and isinstance(node[1], list) else ""
        name = short.get(node[0], "ol" if node[0].startswith("ordered") else node[0])
        said.append(f"{name}({inside})" if inside else name)
    return " ".join(said)
