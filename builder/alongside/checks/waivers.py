"""Rules that are let pass on the spot, with a reason."""

from __future__ import annotations

from collections.abc import Sequence

from alongside.element import Waivable, Waiver
from alongside.problems import Problem, quoted


def without_waived(
    problems: list[Problem], waivers: Sequence[tuple[Waivable, Waiver]], applied: set[str]
) -> list[Problem]:
    """The problems that no waiver covers, and those that the waivers are themselves.

    A waiver covers what stands between the first and the last line of the element that holds it.
    """
    kept = list(problems)
    for element, waiver in waivers:
        file, first, last = element.span()
        if not waiver.why:
            kept.append(
                Problem(
                    "M120",
                    "error",
                    "this waiver gives no reason",
                    waiver.place(),
                    "the reason that a reviewer will read",
                    "why: The safety rule is meant to be absolute.",
                )
            )
        for index, code in enumerate(waiver.allow):
            covered = [p for p in kept if p.code == code and p.place.file == file and first <= p.place.line <= last]
            kept = [p for p in kept if p not in covered]
            if not covered and code in applied:
                kept.append(
                    Problem(
                        "M121",
                        "warning",
                        f"nothing here breaks {quoted(code)}, so its waiver is not needed",
                        waiver.place("allow", index),
                        "waivers only where a rule is broken",
                        "delete the code, or the whole waiver",
                    )
                )
    return kept
