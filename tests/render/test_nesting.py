"""What is nested too deeply is said in one line, without a traceback."""

from __future__ import annotations

import pytest

from alongside.files.problems import BuildError
from alongside.render.markdown import Prose, References


def test_a_text_nested_too_deeply_is_said_in_one_line() -> None:
    with pytest.raises(BuildError, match="nested too deeply") as raised:
        Prose(References()).block("- " * 2_000 + "x")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("text", ["*word*\n" * 1_001, "|a" * 41 + "\n" + "|-" * 41])
def test_a_text_with_too_many_lines_or_columns_is_said_in_one_line(text: str) -> None:
    with pytest.raises(BuildError, match="too large to be shown") as raised:
        Prose(References()).block(text)
    assert "\n" not in str(raised.value)


def test_words_that_only_look_nested_stand_in_a_sentence() -> None:
    assert Prose(References()).inline("- - - - - - - - *x*") == "- - - - - - - - <em>x</em>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[a](https://e.org/b_(c) 'd \"e\"')", '<a href="https://e.org/b_(c)" rel="noopener noreferrer external" title="d &quot;e&quot;">a</a>'),
        ("[a](<https://e.org/b c>)", '<a href="https://e.org/b c" rel="noopener noreferrer external">a</a>'),
        ("[a [b] c](module:x)", '<a href="site:x/">a [b] c</a>'),
        ("[![a](media/b.png)](module:x)", '<a href="site:x/"><img alt="a" loading="lazy" src="site:m/media/b.png"></a>'),
        ("[a](b c)", "[a](b c)"),
        ("``a ` b``", "<code>a ` b</code>"),
        ("```a`", "```a`"),
    ],
)  # fmt: skip
def test_links_and_code_go_as_far_as_they_should(text: str, html: str) -> None:
    assert Prose(References()).inline(text, "m/") == html
