"""What learners handed in, and what was signed of it, as pages that stand alone; and the heads of the columns of a table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from alongside.render.environment import environment
from alongside.reports.records import Summary
from alongside.reports.statements import Stated
from alongside.words.language import N_, Words

TEMPLATE, STATEMENT = "reports/records.html", "reports/statement.html"
#: Columns of the table, in order.
COLUMNS = (
    N_("Name"), N_("File"), N_("Saved on"), N_("Module"), N_("Version"), N_("Parts finished"), N_("Parts in all"),
    N_("Finished on"), N_("Objectives shown"), N_("Objectives in all"), N_("How sure before"), N_("How sure after"),
    N_("What to know before you rely on it"),
)  # fmt: skip


def summary_page(summary: Summary, site: str, day: str, folders: Sequence[Path], words: Words) -> bytes:
    """The page. Whatever stands in a file is a text there, and nothing else."""
    template = environment(folders, words).get_template(TEMPLATE)
    page = template.render(
        summary=summary, site=site, day=day, language=words.language, direction=words.direction, say=words.gettext
    )
    return page.encode("utf-8", "replace")


def statement_page(  # noqa: PLR0913, PLR0917  # what was signed, with what, and in which words
    said: Stated, file: str, key: str, site: str, folders: Sequence[Path], words: Words
) -> bytes:
    """A signed statement to read and to print. `file` is its name, and `key` the address of the key that checks it."""
    template = environment(folders, words).get_template(STATEMENT)
    page = template.render(said=said, file=file, key=key, site=site, language=words.language, direction=words.direction)
    return page.encode("utf-8", "replace")


def columns(words: Words) -> list[str]:
    """The heads of the columns."""
    return [words.gettext(column) for column in COLUMNS]
