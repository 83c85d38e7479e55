"""Rows for what is found while question banks are imported. Their check is the importer."""

from __future__ import annotations

from alongside.rules.rule import Rule, enter

enter(Rule("L120", "not-imported", "error", "import"))
enter(Rule("L121", "imported-otherwise", "warning", "import"))
