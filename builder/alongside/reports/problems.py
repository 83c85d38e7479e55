"""Problems as text for people, and as JSON, GitHub annotations and SARIF for programs.

The only file that knows how a problem is printed, so that every output says the same.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote

from alongside import __version__
from alongside.files.located import Place
from alongside.files.problems import Problem, Severity, in_json, plain, printable

if TYPE_CHECKING:
    from alongside.rules.rule import Rule

#: What GitHub and SARIF call each severity.
COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def seen_from(problems: Iterable[Problem], folder: str) -> list[Problem]:
    """The problems with paths that start at the top of a repository; `folder` leads from there to the site.

    Files that came with the package are in no repository and keep their names.
    """
    return [replace(p, place=replace(p.place, file=_path(p.place.file, folder))) for p in problems]


def _path(file: str, folder: str) -> str:
    layer, colon, rest = file.rpartition(":")
    if layer == "bundled":
        return file
    return posixpath.normpath(posixpath.join(folder, layer, rest) if colon else posixpath.join(folder, file))


#: How many findings that say the same are shown one by one, and how many of one kind in one file, to people and to programs.
MOST_EQUAL, MOST_ALIKE, MOST_LISTED = 3, 50, 1_000
#: The longest line of what is said about one.
LONGEST = 1_000
#: What shows all of them.
SHOW_ALL = "alongside check --all"
RANKS: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}


#: A problem that is shown, and those that say the same elsewhere.
Shown = tuple[Problem, list[Problem]]
#: In place of that of a problem, where only what is said counts.
NO_PLACE = Place("")


def by_weight(problems: Iterable[Problem]) -> list[Problem]:
    """Errors, then warnings, then notes, each in the order in which they were."""
    return sorted(problems, key=lambda problem: RANKS[problem.severity])


def joined(problems: Iterable[Problem]) -> list[Shown]:
    """Errors first, then warnings, then notes, each in their order. Where many say the same, the first stands for all."""
    ordered = by_weight(problems)
    equal: dict[Problem, list[Problem]] = defaultdict(list)
    for problem in ordered:
        equal[replace(problem, place=NO_PLACE)].append(problem)
    blocks: list[Shown] = []
    for problem in ordered:
        first, *others = equal[replace(problem, place=NO_PLACE)]
        if len(others) < MOST_EQUAL:
            blocks.append((problem, []))
        elif problem is first:
            blocks.append((first, others))
    return blocks


def folded(problems: Iterable[Problem], how: str = SHOW_ALL) -> list[Problem]:
    """The problems in their order, of very many of one kind in one file the first, and in place of the rest one that counts them.

    `how` says what shows the rest. A file of 256 kB can hold tens of thousands of the same mistake, and nobody reads as many messages.
    """
    return [shown for shown, _ in _counted([(problem, []) for problem in problems], MOST_LISTED, how)]


def _counted(blocks: Sequence[Shown], most: int, how: str = SHOW_ALL) -> list[Shown]:
    """The first blocks of each kind in each file, and one in place of the rest."""
    alike: dict[tuple[str, str], list[Shown]] = defaultdict(list)
    shown: list[Shown] = []
    for block in blocks:
        alike[block[0].code, block[0].place.file].append(block)
    seen: Counter[tuple[str, str]] = Counter()
    for block in blocks:
        kind = block[0].code, block[0].place.file
        seen[kind] += 1
        if seen[kind] <= most:
            shown.append(block)
        elif seen[kind] == most + 1:
            shown.append(_rest(alike[kind][most:], how))
    return shown


def _rest(blocks: Sequence[Shown], how: str) -> Shown:
    if len(blocks) == 1:
        return blocks[0]
    problems = by_weight(problem for first, others in blocks for problem in (first, *others))
    first = blocks[0][0]
    message = f"and {len(problems):,} more of the same kind in this file, from here on: {how}"
    return replace(first, severity=problems[0].severity, message=message), []


def as_text(problems: Iterable[Problem], *, everything: bool = False) -> str:
    """For people: the place, what is wrong, what was expected, how to mend it. Errors stand first.

    Findings that say the same are shown once, with their number, unless `everything` is wanted.
    Everything passes through `plain`, names of files too.
    """
    every: list[Shown] = [(one, []) for one in by_weight(problems)] if everything else []
    blocks = every or _counted(joined(problems), MOST_ALIKE)
    return "\n\n".join(_block(problem, others) for problem, others in blocks)


def _block(problem: Problem, others: Sequence[Problem]) -> str:
    lines = [f"{problem.place}  {problem.severity} {problem.code}  {problem.message}"]
    for label, text in (("expected", problem.expected), ("fix", problem.fix), ("also at", _elsewhere(others))):
        if text:
            first, *rest = text.split("\n")
            lines.append(f"    {label + ':':<9} {first}")
            lines += [f"{'':14}{line}" for line in rest]
    lines.append(f"    more:     alongside explain {problem.code}")
    # A name of a file may hold line breaks, and is to stay on its line.
    return "\n".join(plain(cut_line(line)) for line in lines)


def _elsewhere(others: Sequence[Problem]) -> str:
    """Where else the same is to be said: two places, and the number of the rest."""
    named, rest = others[: MOST_EQUAL - 1], others[MOST_EQUAL - 1 :]
    lines = [cut_line(str(problem.place)) for problem in named]
    if rest:
        files = len({problem.place.file for problem in rest})
        lines.append(f"and {len(rest):,} more in {files:,} file{'' if files == 1 else 's'}: {SHOW_ALL}")
    return "\n".join(lines)


def in_lines(problems: Iterable[Problem]) -> list[str]:
    """For logs: a line for each problem. Findings that say the same are joined as in the text for people."""
    return [
        plain(f"{one.place} {one.code} {one.message}" + (f" (and {len(others):,} more)" if others else ""))
        for one, others in _counted(joined(problems), MOST_ALIKE)
    ]


def cut_line(text: str) -> str:
    """What is one line, and no longer than anybody reads. A name of a file may hold line breaks."""
    line = text.replace("\n", " ")
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def as_json(problems: Iterable[Problem], *, everything: bool = False) -> str:
    """For programs: a list of objects, one for each problem, in ASCII, so that no terminal obeys it."""
    return in_json(
        [
            {
                "code": p.code,
                "severity": p.severity,
                "message": _cut(p.message),
                "file": p.place.file,
                "line": p.place.line,
                "column": p.place.column,
                "expected": _cut(p.expected),
                "fix": _cut(p.fix),
            }
            for p in _listed(problems, everything=everything)
        ]
    )


def _listed(problems: Iterable[Problem], *, everything: bool) -> list[Problem]:
    """What programs get: every problem, but for what nobody can have meant to read."""
    return list(problems) if everything else folded(problems)


def _cut(text: str) -> str:
    return "\n".join(map(cut_line, text.split("\n")))


def as_github(problems: Iterable[Problem], *, everything: bool = False) -> str:
    """For GitHub Actions: a workflow command for each problem, shown beside the changed line."""
    return "\n".join(_command(problem) for problem in _listed(problems, everything=everything))


def _command(problem: Problem) -> str:
    place = problem.place
    properties = {"file": place.file, "line": place.line, "col": place.column, "title": problem.code}
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{COMMANDS[problem.severity]} {listed}::{_escaped(_in_full(problem))}"


def _escaped(text: str) -> str:
    """As GitHub's own toolkit does it (actions/toolkit, packages/core/src/command.ts)."""
    lines = [printable(line) for line in text.split("\n")]
    return "%0A".join(line.replace("%", "%25") for line in lines)


def _property(text: str) -> str:
    return printable(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")


def _in_full(problem: Problem) -> str:
    """Message, expectation and fix below each other."""
    lines = [problem.message]
    lines += [f"{label}: {text}" for label, text in (("expected", problem.expected), ("fix", problem.fix)) if text]
    return "\n".join([_cut("\n".join(lines)), f"more: alongside explain {problem.code}"])


def as_sarif(problems: Iterable[Problem], *, everything: bool = False) -> str:
    """For code scanning: a SARIF 2.1.0 log with the rules that were broken and their help. In ASCII."""
    from alongside.rules import RULES  # noqa: PLC0415  # no other form needs them, and they take long to load

    found = _listed(problems, everything=everything)
    codes = {problem.code for problem in found}
    rules = [rule for rule in RULES if rule.code in codes]
    driver = {"name": "Alongside", "version": __version__, "rules": [_sarif_rule(rule) for rule in rules]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": _sarif_results(found, [rule.code for rule in rules]),
    }
    return in_json({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _sarif_rule(rule: Rule) -> dict[str, Any]:
    examples = (
        f"Not so:\n\n```yaml\n{rule.document.bad.strip()}\n```\n\nRather:\n\n```yaml\n{rule.document.good.strip()}\n```"
    )
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.document.label},
        "fullDescription": {"text": rule.document.advice},
        "help": {
            "text": f"{rule.document.advice}\n\n{examples.replace('```yaml', '').replace('```', '')}",
            "markdown": f"{rule.document.advice}\n\n{examples}",
        },
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _sarif_results(problems: list[Problem], codes: list[str]) -> list[dict[str, Any]]:
    seen: Counter[str] = Counter()
    results = []
    for problem in problems:
        same = _fingerprint(problem)
        seen[same] += 1
        result: dict[str, Any] = {
            "ruleId": problem.code,
            "level": LEVELS[problem.severity],
            "message": {"text": _in_full(problem)},
            "locations": [_location(problem)],
            "partialFingerprints": {"alongside/v1": f"{same}:{seen[same]}"},
        }
        if problem.code in codes:
            result["ruleIndex"] = codes.index(problem.code)
        results.append(result)
    return results


def _location(problem: Problem) -> dict[str, Any]:
    path = quote(problem.place.file, safe="/", errors="surrogatepass")
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": path, "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": problem.place.line, "startColumn": problem.place.column},
        }
    }


def _fingerprint(problem: Problem) -> str:
    """The same for the same problem after lines were added above it; several alike are counted."""
    words = re.sub(r"\bline \d+", "line", problem.message)
    return hashlib.sha256(
        f"{problem.code}\0{problem.place.file}\0{words}".encode("utf-8", "surrogatepass")
    ).hexdigest()[:32]


class Form(Protocol):
    """Makes a text of problems. `everything` shows each, however many there are."""

    def __call__(self, problems: Iterable[Problem], *, everything: bool = False) -> str:
        """The text."""


#: Every form in which problems can be reported, by the name that `--format` has for it.
FORMATS: dict[str, Form] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
