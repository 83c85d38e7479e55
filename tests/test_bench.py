"""What measures the builder names what is there, and what it draws can be read by everyone."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from importlib import import_module
from pathlib import Path

from bench.peers import SITUATIONS, Cost, Peer, chart, words
from bench.profile import PHASES, Clock

SVG = "{http://www.w3.org/2000/svg}"


def test_each_phase_names_functions_that_are_there() -> None:
    for names in PHASES.values():
        for where in names.split():
            module, _, name = where.partition(":")
            found = import_module(module if module in {"jinja2.environment", "shutil"} else f"alongside.{module}")
            for part in name.split("."):
                found = getattr(found, part)
            assert callable(found)


def test_time_counts_for_the_innermost_phase_that_asked_for_it() -> None:
    clock = Clock()

    def asking() -> list[str]:
        return [*inner()]

    inner = clock.timed("inner", lambda: (clock.change("seen") for _ in range(3)))
    assert clock.timed("outer", asking)() == ["inner"] * 3
    assert {"outer", "inner", "seen"} <= clock.seconds.keys()


def test_the_chart_has_a_name_its_figures_in_words_and_each_beside_its_bar() -> None:
    tools = [Peer(name, Path(), [], Path(), (), lambda _: None) for name in ("Ours & others", "Theirs")]
    costs = {
        (tool.name, situation): Cost(1.5 + number, 2, 3)
        for tool in tools
        for number, situation in enumerate(SITUATIONS)
    }
    svg = ET.fromstring(chart(tools, costs, 100))  # noqa: S314  # our own
    assert svg.get("role") == "img"
    names = (svg.get("aria-labelledby") or "").split()
    assert [svg.find(f"*[@id='{name}']") is not None for name in names] == [True, True]
    told = svg.findtext(f"{SVG}desc") or ""
    shown = [text.text for text in svg.iter(f"{SVG}text")]
    for situation, seconds in zip(SITUATIONS, ("1.50", "2.50", "3.50"), strict=True):
        assert f"{situation} {seconds}" in told
        assert shown.count(seconds) == len(tools)
    assert {"Ours & others", "Theirs"} <= {*shown}


def test_words_are_counted_without_tags_and_scripts() -> None:
    assert words('<p class="a b">One &amp; two<br>three</p><script>let four = 4;</script>') == len(
        "one two three".split()
    )
