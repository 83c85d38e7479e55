"""What is nested too deeply is said in one line, without a traceback."""

from __future__ import annotations

import pytest

from alongside.problems import BuildError
from alongside.render.markdown import Known, Prose


def test_a_text_nested_too_deeply_is_said_in_one_line() -> None:
    with pytest.raises(BuildError, match="nested too deeply") as raised:
        Prose(Known()).block("- " * 2_000 + "x")
    assert "\n" not in str(raised.value)
