"""What layers say of their versions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from alongside.load.layers import Layer
from alongside.load.news import news, releases

WRITTEN = """# What changed

- not out yet

## [0.3.0] - 2026-12-01

- a lesson on silence
- a word mended

## 0.2.0 (2026-11-30)

- a module

## v0.1.0

- the first
"""


@pytest.fixture
def layer(tmp_path: Path) -> Layer:
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules/CHANGELOG.md").write_text(WRITTEN, "utf-8")
    return Layer(".", tmp_path)


def test_each_version_is_read_with_its_day_and_its_points(layer: Layer) -> None:
    found = [(one.version, one.day, len(one.points)) for one in releases(layer)]
    assert found == [
        ("", None, 1),
        ("0.3.0", date(2026, 12, 1), 2),
        ("0.2.0", date(2026, 11, 30), 1),
        ("0.1.0", None, 1),
    ]


def test_a_day_that_no_calendar_has_is_none(layer: Layer) -> None:
    (layer.modules / "CHANGELOG.md").write_text("## 1.0 (2026-02-30)\n", "utf-8")
    assert [one.day for one in releases(layer)] == [None, None]


@pytest.mark.parametrize(("since", "count"), [("0.3.0", 1), ("0.2.0", 3), ("0.1.0", 4), ("0.0.9", 0), ("", 0)])
def test_what_came_since_a_version_is_what_stands_above_it(layer: Layer, since: str, count: int) -> None:
    assert len(news(layer, since)) == count


def test_a_layer_without_a_list_says_nothing(tmp_path: Path) -> None:
    assert releases(Layer(".", tmp_path)) == ()
