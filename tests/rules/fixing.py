"""Does what the fix of a problem says, as an author would who pastes it in where it belongs.

A fix is something to write, made for its place (`id: reflect-first`), an example of that (`for example: level: apply`),
or advice (`delete the entry`). What is to be written is pasted as it stands, so that what would break a file breaks it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from alongside.files.problems import Problem

EXAMPLE = re.compile(r"^for example:\s+")
#: What is to be written in YAML: a key with its value, or an entry of a list.
YAML = re.compile(r"^(?P<dash>- )?(?P<key>[a-z_][\w.-]*): ?(?P<value>.*)$", re.DOTALL)
#: What is to be written in a text.
MARKDOWN = re.compile(r"^(#{2,4} |\[|!\[|\||\{\{|\*\*|---|Table: |> |media/|WEBVTT|\{lang=)")
#: What an author writes where a fix leaves a gap.
FILLED = {"lang=…": "lang=ru", "…": "something that fits"}
QUOTED = re.compile(r'"([^"…]+)…?"|“([^”…]+)…?”')


def written(fix: str) -> str | None:
    """What the fix has one write; `None` where it is advice."""
    text = EXAMPLE.sub("", fix)
    return text if text != fix or YAML.match(text) or MARKDOWN.match(text) else None


def mended(text: str, problem: Problem) -> Iterator[str]:
    """The file as it may be once the fix is followed: one text for each way of pasting what it has one write."""
    new = written(problem.fix)
    if new is None:
        return
    for gap, filled in FILLED.items():
        new = new.replace(gap, filled)
    spot = Spot(text, problem)
    if match := YAML.match(new):
        yield from spot.with_value(match["key"], match["value"])
        yield from spot.with_line(new)
        yield from spot.with_pair(new)
        if match["dash"]:
            yield from spot.with_entry(new)
    for piece in quoted(problem.message):
        yield from spot.with_piece(piece, new)
    yield from spot.with_words(new)


def quoted(message: str) -> list[str]:
    return [one or other for one, other in QUOTED.findall(message)]


class Spot:
    """A place in the text of a file, and what can be written there."""

    def __init__(self, text: str, problem: Problem) -> None:
        self.text, self.lines = text, text.splitlines(keepends=True) or [""]
        self.row = min(problem.place.line, len(self.lines)) - 1
        self.start = sum(map(len, self.lines[: self.row]))
        self.at = self.start + problem.place.column - 1
        self.line = self.lines[self.row].rstrip("\n")

    def _instead(self, start: int, end: int, new: str) -> str:
        return self.text[:start] + new + self.text[end:]

    def _value_ends(self, start: int) -> int:
        """Where the value that starts there ends: in its flow, or with the lines that belong to it."""
        depth = 0
        in_flow = self.text[self.start : start].count("{") > self.text[self.start : start].count("}")
        for at in range(start, len(self.text)):
            character = self.text[at]
            depth += (character in "[{") - (character in "]}")
            if depth < 0 or (character == "," and depth == 0 and in_flow):
                return at
            if character == "\n" and depth <= 0:
                return at
        return len(self.text)

    def with_value(self, key: str, value: str) -> Iterator[str]:
        """The value of the key that is nearest to the place."""
        found = list(re.finditer(rf"(?<![\w-]){re.escape(key)}:( ?)", self.text))
        for match in sorted(found, key=lambda m: abs(m.start() - self.at))[:3]:
            yield self._instead(match.end(), self._value_ends(match.end()), ("" if match[1] else " ") + value)

    def with_line(self, new: str) -> Iterator[str]:
        """A line of its own, before or behind the line of the place, as far in as that or as what follows."""
        for row in (self.row, self.row + 1):
            around = {
                len(line) - len(line.lstrip(" -")) for line in self.lines[max(row - 1, 0) : row + 1] if line.strip()
            }
            for indent in sorted(around | {indent + 2 for indent in around} | {0}):
                block = "".join(" " * indent + line + "\n" for line in new.split("\n"))
                yield "".join((*self.lines[:row], block, *self.lines[row:]))
        yield self.text.rstrip("\n") + "\n" + new + "\n"

    def with_pair(self, new: str) -> Iterator[str]:
        """One more pair at the end of a mapping that is written in one line."""
        for match in re.finditer(r"\}", self.line):
            end = self.start + match.start()
            yield self._instead(end, end, ", " + new)

    def with_entry(self, new: str) -> Iterator[str]:
        """One more entry at the end of a list that begins at the place or around it."""
        indents = {len(line) - len(line.lstrip(" ")) for line in self.lines if line.lstrip().startswith("- ")}
        for indent in sorted(indents):
            for end in range(self.row + 1, len(self.lines) + 1):
                if end == len(self.lines) or self.lines[end].startswith(" " * indent + "- "):
                    block = "".join(" " * indent + line + "\n" for line in new.split("\n"))
                    yield "".join((*self.lines[:end], block, *self.lines[end:]))

    def with_piece(self, piece: str, new: str) -> Iterator[str]:
        """In the place of a piece of the text that the message quotes."""
        found = [m.start() for m in re.finditer(re.escape(piece), self.text)]
        for start in sorted(found, key=lambda one: abs(one - self.at))[:2]:
            end = start + len(piece)
            yield self._instead(start, end, new.removesuffix(":") if self.text[end : end + 1] == ":" else new)

    def with_words(self, new: str) -> Iterator[str]:
        """In the place of what starts at the place: a construct in brackets, a line, a value, a paragraph."""
        if self.text[: self.at].endswith("- "):
            new = new.removeprefix("- ")
        for pattern in (r"!?\[[^\]\n]*\]\([^)\n]*\)", r"!?\[[^\]\n]*\](\{[^}\n]*\})?", r"\{\{[^}\n]*\}\}", r"[^\n]*"):
            if match := re.compile(pattern).match(self.text, self.at):
                yield self._instead(self.at, match.end(), new.replace("\n", "\n" + " " * (self.at - self.start)))
        yield self._instead(self.at, self._value_ends(self.at), new)
        indent = " " * (len(self.line) - len(self.line.lstrip(" ")))
        block = indent + new.replace("\n", "\n" + indent)
        yield self._instead(self.start, self.start + len(self.line), block)
        for after in ("\n", "\n\n"):
            yield self._instead(self.start, self.start, block + after)
        yield new + "\n"
