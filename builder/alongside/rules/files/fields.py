"""Rows for what does not fit the model of a curriculum. Their check is the model."""

from __future__ import annotations

from alongside.rules.rule import Rule, enter

enter(Rule("M101", "unknown-key", "error", "reading"))
enter(Rule("M102", "missing-key", "error", "reading"))
enter(Rule("M103", "wrong-kind-of-value", "error", "reading"))
enter(Rule("M104", "value-not-allowed", "error", "reading"))
enter(Rule("M105", "unknown-question-kind", "error", "reading"))
enter(Rule("M106", "unknown-step", "error", "reading"))
enter(Rule("M107", "text-too-long", "error", "reading"))
enter(Rule("M108", "list-too-short-or-long", "error", "reading"))
enter(Rule("M109", "not-an-id", "error", "reading"))
enter(Rule("M110", "reserved-name", "error", "reading"))
enter(Rule("M111", "missing-id", "error", "reading"))
enter(Rule("M113", "unknown-rule-waived", "warning", "reading"))
enter(Rule("M120", "waiver-without-reason", "error", "reading"))
enter(Rule("M121", "waiver-not-needed", "warning", "reading"))
enter(Rule("M122", "waiver-of-a-firm-rule", "error", "reading"))
