"""Rows for what is found while files are read. Their check is the reader; those of the model follow them."""

from __future__ import annotations

from alongside.rules.rule import Rule, enter

enter(Rule("L101", "file-missing", "error", "reading"))
enter(Rule("L102", "not-utf-8", "error", "reading"))
enter(Rule("L103", "tab", "error", "reading"))
enter(Rule("L104", "not-yaml", "error", "reading"))
enter(Rule("L105", "key-twice", "error", "reading"))
enter(Rule("L106", "anchor", "error", "reading"))
enter(Rule("L107", "yaml-tag", "error", "reading"))
enter(Rule("L108", "second-document", "error", "reading"))
enter(Rule("L109", "file-too-large", "error", "reading"))
enter(Rule("L110", "invisible-character", "error", "reading"))
enter(Rule("L111", "file-empty", "error", "reading"))
enter(Rule("L112", "no-keys", "error", "reading"))
enter(Rule("L127", "nothing-to-change", "error", "layers"))
enter(Rule("L128", "unclear-change", "error", "layers"))
enter(Rule("L129", "left-behind", "info", "reading"))
enter(Rule("L130", "record-unreadable", "error", "layers"))
enter(Rule("M116", "misnamed-file", "error", "reading"))
enter(Rule("L113", "page-without-title", "error", "site"))
enter(Rule("L119", "front-matter", "error", "site"))
enter(Rule("L122", "refused-elsewhere", "warning", "reading"))
