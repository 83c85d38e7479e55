"""The table of rules.

A rule is a function in one of the rooms, with its row on it (`rule.py`), and a document beside it (`document.py`), which
also says which room a code belongs to.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from alongside.rules.document import ROOMS
from alongside.rules.rule import TABLE, Rule

for room in dict.fromkeys(ROOMS.values()):
    for file in iter_modules([f"{__path__[0]}/{room}"]):
        import_module(f"{__name__}.{room}.{file.name}")

#: All rules, a group after the other.
RULES: tuple[Rule, ...] = tuple(sorted(TABLE.values(), key=lambda rule: ([*ROOMS].index(rule.code[0]), rule.code)))

RULES_BY_CODE: dict[str, Rule] = {rule.code: rule for rule in RULES}

#: Codes that once had a meaning. They are never given another one.
RETIRED_CODES: frozenset[str] = frozenset({"T104", "T105"})
