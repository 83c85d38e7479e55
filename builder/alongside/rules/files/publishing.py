"""Rows for what a site may be made of: files, addresses, translations, and what mkdocs.yml may say.

Their checks are where these things are known: the door to files, the table of addresses, the reader of the
configuration, and that of translations.
"""

from __future__ import annotations

from alongside.rules.rule import Rule, enter

enter(Rule("L114", "no-ordinary-file", "error", "site"))
enter(Rule("L115", "setting-not-needed", "error", "site"))
enter(Rule("L116", "tagged-setting", "error", "site"))
enter(Rule("L117", "setting-unusable", "error", "site"))
enter(Rule("L118", "translation-unusable", "error", "site"))
enter(Rule("L123", "setting-without-effect", "warning", "site"))
enter(Rule("L124", "another-language", "warning", "site"))
enter(Rule("L125", "nothing-read-there", "warning", "site"))
enter(Rule("L126", "settings-unread", "error", "site"))
enter(Rule("M112", "address-twice", "error", "site"))
