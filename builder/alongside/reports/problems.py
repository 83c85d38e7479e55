"""Problems as text for people, and as JSON, GitHub annotations and SARIF for programs.

The only file that knows how a problem is printed, so that every output says the same.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from alongside import __version__
from alongside.files.problems import Problem, Severity, in_json, plain, printable
from alongside.rules import RULES
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


#: Most problems of one kind in one file that are shown one by one, and longest line of what is said about one.
MOST_ALIKE, LONGEST = 50, 1_000


def folded(problems: Iterable[Problem]) -> list[Problem]:
    """The problems in their order, of many of one kind in one file the first, and in place of the rest one that counts them.

    A file of 256 kB can hold tens of thousands of the same mistake, and nobody reads as many messages.
    """
    seen: dict[tuple[str, str], list[Problem]] = {}
    shown: list[Problem | tuple[str, str]] = []
    for problem in problems:
        alike = seen.setdefault((problem.code, problem.place.file), [])
        alike.append(problem)
        if len(alike) <= MOST_ALIKE:
            shown.append(problem)
        elif len(alike) == MOST_ALIKE + 1:
            shown.append((problem.code, problem.place.file))
    return [one if isinstance(one, Problem) else _rest(seen[one][MOST_ALIKE:]) for one in shown]


def _rest(problems: list[Problem]) -> Problem:
    first, *more = problems
    if not more:
        return first
    message = f"and {len(problems):,} more of the same kind in this file, from here on"
    worst = "error" if any(one.severity == "error" for one in problems) else first.severity
    return replace(
        first, severity=worst, message=message, fix=f"mend those above, then check again\n{first.fix}".strip()
    )


def as_text(problems: Iterable[Problem]) -> str:
    """For people: the place, what is wrong, what was expected, how to mend it.

    Everything passes through `plain`, names of files too.
    """
    blocks = []
    for problem in folded(problems):
        lines = [f"{problem.place}  {problem.severity} {problem.code}  {problem.message}"]
        for label, text in (("expected", problem.expected), ("fix", problem.fix)):
            if text:
                first, *rest = text.split("\n")
                lines.append(f"    {label + ':':<9} {first}")
                lines += [f"{'':14}{line}" for line in rest]
        lines.append(f"    more:     alongside explain {problem.code}")
        # A name of a file may hold line breaks, and is to stay on its line.
        blocks.append("\n".join(plain(cut_line(line)) for line in lines))
    return "\n\n".join(blocks)


def cut_line(text: str) -> str:
    """What is one line, and no longer than anybody reads. A name of a file may hold line breaks."""
    line = text.replace("\n", " ")
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def as_json(problems: Iterable[Problem]) -> str:
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
            for p in folded(problems)
        ]
    )


def _cut(text: str) -> str:
    return "\n".join(map(cut_line, text.split("\n")))


def as_github(problems: Iterable[Problem]) -> str:
    """For GitHub Actions: a workflow command for each problem, shown beside the changed line."""
    return "\n".join(_command(problem) for problem in folded(problems))


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


def as_sarif(problems: Iterable[Problem]) -> str:
    """For code scanning: a SARIF 2.1.0 log with the rules that were broken and their help. In ASCII."""
    found = folded(problems)
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


#: Every form in which problems can be reported, by the name that `--format` has for it.
FORMATS: dict[str, Callable[[Iterable[Problem]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
