"""Rules that are let pass on the spot, with a reason."""

from __future__ import annotations

from collections.abc import Sequence

from alongside.files.problems import Problem, nearest, quoted
from alongside.model.element import Waivable, Waiver
from alongside.rules.rule import TABLE

#: Rules that hold whatever an author says: they keep files and addresses where they belong, and rendering relies on them.
FIRM = frozenset(
    {"R214", "R215", "R223", "R235", "R245", "T111", "T112", "T199", "Y108", "Y109", "Y111", "Y112", "Y113", "Y114"}
)


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
            if code not in TABLE:
                kept.append(
                    Problem(
                        "M113",
                        "warning",
                        f"there is no rule {quoted(code)}{nearest(code, TABLE)}",
                        waiver.place("allow", index),
                        "the code of a rule, as messages have it",
                        "correct the code, or delete it",
                    )
                )
                continue
            if code in FIRM:
                kept.append(
                    Problem(
                        "M122",
                        "error",
                        f"{quoted(code)} cannot be waived",
                        waiver.place("allow", index),
                        "waivers of rules about how something is written or taught",
                        "delete the code, and mend what the rule says",
                    )
                )
                continue
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
