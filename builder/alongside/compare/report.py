"""What changed for learners, in words: plain text for a terminal, Markdown for a pull request.

Titles and prompts are authors’ words. In Markdown all of their signs are escaped, so that a summary
on a code host holds no link, picture, mention or markup of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from alongside.compare.changes import Change, Changes, Measures
from alongside.files.problems import printable

#: Longest list that is shown in full, and longest title.
MOST, LONGEST = 40, 80

#: Characters that mean something in Markdown on GitHub or GitLab.
SIGNS = re.compile(r"[\\`*_{}\[\]()<>#+.!|~&$:^=-]")
#: What each kind of change is called, in the order in which they are shown.
WORDS = {"added": "new", "changed": "changed", "renamed": "has a new id", "removed": "gone"}


@dataclass(frozen=True)
class Table:
    """Rows of cells below a row of heads."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it: sentences, a list, a table."""

    title: str
    said: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    table: Table | None = None


#: Makes an author’s words safe for a form, and an id.
Safe = Callable[[str], str]


def as_text(changes: Changes, since: str) -> str:
    """For a terminal."""
    blocks = [f"What changed for learners since {printable(since)}"]
    for section in _sections(changes, printable, printable):
        lines = [section.title, *section.said, *(f"  - {point}" for point in section.points)]
        blocks.append("\n".join(lines + (_columns(section.table) if section.table else [])))
    return "\n\n".join(blocks)


def as_markdown(changes: Changes, since: str) -> str:
    """For a comment on a pull request, or the summary of a job."""
    blocks = [f"## What changed for learners since {_code(since) if ' ' not in since else _escaped(since)}"]
    for section in _sections(changes, _escaped, _code):
        blocks.append(f"### {section.title}")
        blocks += section.said
        if section.points:
            blocks.append("\n".join(f"- {point}" for point in section.points))
        if section.table:
            blocks.append("\n".join(_piped(section.table)))
    return "\n\n".join(blocks)


def _columns(table: Table) -> list[str]:
    widths = [max(len(row[index]) for row in (table.heads, *table.rows)) for index in range(len(table.heads))]
    rows = (table.heads, *table.rows)
    return [
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def _piped(table: Table) -> Iterator[str]:
    for row in (table.heads, ("---",) * len(table.heads), *table.rows):
        yield f"| {' | '.join(row)} |"


def _escaped(text: str) -> str:
    """Words that stay words in Markdown. A comment keeps `@name` from calling someone."""
    return SIGNS.sub(lambda sign: f"\\{sign.group()}", printable(text)).replace("@", "@<!-- -->")


def _code(text: str) -> str:
    return f"`{printable(text).replace('`', '’').replace('|', '’')}`" if text else ""


# ------------------------------------------------------------------- sections


def _sections(changes: Changes, word: Safe, name: Safe) -> Iterator[Section]:
    yield Section("In short", (in_short(changes),))
    if changes.unread:
        said = "Files of these modules cannot be read, so nothing is said about them. alongside check says why."
        yield Section("Not compared", (said,), tuple(name(module) for module in changes.unread))
    if changes.unread_files:
        said = "These files cannot be read, so what rests on them is not known. alongside check says why."
        yield Section("Not read", (said,), tuple(name(file) for file in changes.unread_files))
    if changes.without_past:
        said = "What these layers were before is not known, so nothing is said about what changed in them. alongside diff without a revision compares all layers with what was last published."
        yield Section("Not compared", (said,), tuple(name(layer) for layer in changes.without_past))
    if changes.versions:
        yield Section("Layers with another version", points=tuple(_version(name, *one) for one in changes.versions))
    for layer in dict.fromkeys(layer for layer, _ in changes.news):
        points = tuple(word(point) for one, point in changes.news if one == layer)
        yield Section(f"What its authors say of {name(layer)}", points=points)
    if changes.waiting:
        said = "They are not shown until order in curriculum.yml names them. Name them there, or below leave_out in mkdocs.yml."
        yield Section(
            "New modules that wait", (said,), tuple(f"{name(one)} of {name(of)}" for one, of in changes.waiting)
        )
    if changes.changes:
        yield Section("What changed", points=_cut([_point(c, word, name) for c in _worth_telling(changes)]))
    yield Section("Saved answers", *_saved(changes, name))
    touched = {change.part.module for change in changes.changes}
    differing = {module: pair for module, pair in changes.measures.items() if pair[0] != pair[1] or module in touched}
    if differing:
        rows = tuple(_row(name(module), *pair) for module, pair in differing.items())
        heads = ("module", "objectives assessed twice or more", "words", "minutes", "reading grade")
        yield Section("Modules before and after", table=Table(heads, rows))
    coverage = tuple(row for module, pair in differing.items() for row in _coverage(name, module, *pair))
    if coverage:
        yield Section("Questions for each objective", table=Table(("module", "objective", "questions"), coverage))


def in_short(changes: Changes) -> str:
    """How much is new, changed and gone, in a sentence."""
    counted = [
        f"{_number(found, noun)} {WORDS[kind]}"
        for kind in ("added", "changed", "renamed", "removed")
        for noun in ("module", "lesson", "question", "exercise", "scenario")
        if (found := sum(change.part.noun == noun for change in changes.of(kind)))
    ]
    nothing = "Nothing changed for learners"
    if changes.unread or changes.unread_files:
        nothing += " in what can be read"
    if changes.without_past:
        nothing += " in what can be compared"
    return (", ".join(counted) if counted else nothing) + "."


def _version(name: Safe, layer: str, before: str, now: str) -> str:
    if before and now:
        return f"{name(layer)} {before} → {now}"
    return f"{name(layer)} {now or before} ({'new' if now else 'gone'})"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _worth_telling(changes: Changes) -> Iterator[Change]:
    """The changes without the parts of modules that are new or gone as a whole."""
    whole = {
        (c.kind, c.part.module) for c in changes.changes if c.part.noun == "module" and c.kind in {"added", "removed"}
    }
    for kind in WORDS:
        for change in changes.changes:
            if change.kind == kind and (change.part.noun == "module" or (kind, change.part.module) not in whole):
                yield change


def _point(change: Change, word: Safe, name: Safe) -> str:
    title = change.part.title if len(change.part.title) <= LONGEST else change.part.title[: LONGEST - 1].rstrip() + "…"
    earlier = f" (was {name(_was(change))})" if change.kind == "renamed" else ""
    reworded = ", and changed" if change.reworded else ""
    return f"{change.part.noun} {_path(change, name)}{earlier} {WORDS[change.kind]}{reworded}: {word(title)}"


def _was(change: Change) -> str:
    """What something was called, with its module if that is another today."""
    before = change.before or change.part
    moved = change.part.noun != "module" and before.module != change.part.module
    return f"{before.module}/{before.id}" if moved else before.id


def _path(change: Change, name: Safe) -> str:
    part = change.part
    return name(part.module if part.noun == "module" else f"{part.module}/{part.id}")


def _saved(changes: Changes, name: Safe) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What happens to what learners have saved for questions, exercises and scenarios."""
    points = [
        *_fates("changed since they answered, and told so", changes.changed_since, name),
        *_fates("set aside, since there is no such thing any more", changes.set_aside, name),
        *_fates("moved to a new id", changes.followed, name),
    ]
    return (f"Kept as they are: what is saved for {changes.kept} of the questions, exercises and scenarios.",), tuple(
        points
    )


def _fates(fate: str, found: Sequence[Change], name: Safe) -> Iterator[str]:
    if found:
        yield f"{fate}: {', '.join(_cut([_path(change, name) for change in found]))}"


def _cut(points: Sequence[str]) -> tuple[str, ...]:
    rest = len(points) - MOST
    return (*points[:MOST], f"and {rest} more") if rest > 0 else tuple(points)


def _row(module: str, before: Measures | None, after: Measures | None) -> tuple[str, ...]:
    return (
        module,
        _pair(*(f"{m.assessed} of {len(m.coverage)}" if m else None for m in (before, after))),
        _pair(*(f"{m.words:,}" if m else None for m in (before, after))),
        _pair(*(str(m.minutes) if m else None for m in (before, after))),
        _pair(*(f"{m.grade:.1f}" if m else None for m in (before, after))),
    )


def _coverage(name: Safe, module: str, before: Measures | None, after: Measures | None) -> Iterator[tuple[str, ...]]:
    """The objectives whose number of questions changed."""
    old, new = (m.coverage if m else {} for m in (before, after))
    for objective in dict.fromkeys([*new, *old]):
        was, now = old.get(objective), new.get(objective)
        if was != now:
            yield name(module), name(objective), _pair(*(None if n is None else str(n) for n in (was, now)))


def _pair(before: str | None, after: str | None) -> str:
    """Two numbers as they were and are; one where they are the same."""
    if before is None or after is None:
        return f"{after} (new)" if before is None else f"{before} (gone)"
    return before if before == after else f"{before} → {after}"


#: Every form in which changes can be shown, by the name that `--format` has for it.
FORMS: dict[str, Callable[[Changes, str], str]] = {"text": as_text, "markdown": as_markdown}
