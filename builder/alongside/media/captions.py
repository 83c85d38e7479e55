"""Reads caption files (WebVTT), as far as needed to say whether a browser can show them."""

from __future__ import annotations

import re
from collections.abc import Iterator

LARGEST = 512 * 1024
STAMP = re.compile(r"(?:([0-9]{2,4}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})")


def trouble_in(content: bytes) -> str:
    """What is wrong with the bytes of a file, in words; empty if nothing is. Raises nothing, whatever they are."""
    if len(content) > LARGEST:
        return "are larger than 512 kB"
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cannot be read as UTF-8 text"
    lines = re.split("\r\n|\r|\n", text)
    if not re.match(r"WEBVTT(?:[ \t]|$)", lines[0]):
        return "do not start with WEBVTT"
    return _trouble_in_cues(lines)


def spoken(content: bytes) -> tuple[int, int]:
    """How many seconds sound captions go on for, and how many words they have."""
    lines = re.split("\r\n|\r|\n", content.decode("utf-8-sig", "replace"))
    cues = {number for number, _, _ in _cues(lines)}
    end = max((end or 0 for _, _, end in _cues(lines)), default=0)
    # What follows a line with times, up to the next empty line, is shown.
    words, shown = 0, False
    for number, line in enumerate(lines, 1):
        shown = number in cues or (shown and bool(line.strip()))
        words += len(re.sub(r"<[^>]*>", "", line).split()) if shown and number not in cues else 0
    return end // 1000, words


def _trouble_in_cues(lines: list[str]) -> str:
    last, count = 0, 0
    for number, start, end in _cues(lines):
        if start is None or end is None or end <= start:
            return f"have times that cannot be read on line {number}"
        if start < last:
            return f"have a cue on line {number} that starts before the one above it"
        last, count = start, count + 1
    return "" if count else "hold no cue"


def _cues(lines: list[str]) -> Iterator[tuple[int, int | None, int | None]]:
    for number, line in enumerate(lines, 1):
        if "-->" in line:
            before, _, after = line.partition("-->")
            yield number, _milliseconds(before.strip()), _milliseconds((after.split() or [""])[0])


def _milliseconds(stamp: str) -> int | None:
    match = STAMP.fullmatch(stamp)
    if not match:
        return None
    hours, minutes, seconds, rest = (int(part or 0) for part in match.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest
