"""Rows for what is found where layers are put together: what hides what, what has changed below, and what waits."""

from __future__ import annotations

from alongside.rules.rule import Rule, enter

enter(Rule("R255", "hides-another", "info", "layers"))
enter(Rule("R256", "original-changed", "warning", "layers"))
enter(Rule("R258", "module-waits", "warning", "layers"))
