"""What a reader sees of the built pages. `render/text_check.py` finds it."""

from __future__ import annotations

from alongside.rules.rule import Rule, enter

enter(Rule("T116", "markup-left-over", "error", "site"))
enter(Rule("T114", "empty-table-heading", "error", "site"))
enter(Rule("T115", "sentence-twice", "error", "site"))
