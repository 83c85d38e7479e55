"""Rows for what is found while question banks are imported. Their check is the importer."""

from __future__ import annotations

from alongside.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "L120", "not-imported", "error", "import", "a question that could not be imported",
        "The message says what is missing or unusual at that place of the question bank. "
        "The other questions were imported. Mend this one in the bank, or write it anew.",
        bad="Who writes first? {=the learner ~the mentor\n",
        good="Who writes first? {=the learner ~the mentor}\n",
    ),
    Rule(
        "L121", "imported-otherwise", "warning", "import", "something of a question that was imported in another way",
        "Our questions have no place for it, or mean something slightly different. "
        "The message says what was left out or changed; read the question again with that in mind.",
        bad="[html]<table><tr><td>Who writes first?</td></tr></table> {=the learner ~the mentor}\n",
        good="[html]<p>Who writes <em>first</em>?</p> {=the learner ~the mentor}\n",
    ),
)  # fmt: skip
