"""Each rule has one document, in the room of its group, built like all others."""

from __future__ import annotations

from pathlib import Path

import pytest

from alongside import rules
from alongside.rules import RULES
from alongside.rules.document import ROOMS, read_document

FOLDER = Path(rules.__file__).parent
TEXT = """\
# Q999: a label

Why it matters.
What to do.

## Not so

```yaml
kind: choice
```

## Rather

```yaml
kind: choices
```
"""


def test_each_rule_has_a_document_in_its_room_and_each_document_a_rule() -> None:
    expected = {f"{ROOMS[rule.code[0]]}/{rule.code}.md" for rule in RULES}
    assert {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.md")} == expected


def test_each_rule_with_a_function_of_its_own_stands_in_the_room_of_its_group() -> None:
    own = [rule for rule in RULES if rule.check and "<locals>" not in rule.check.__qualname__]
    assert [rule.code for rule in own if rule.check.__module__.split(".")[2] != ROOMS[rule.code[0]]] == []


def test_lines_of_the_advice_are_one_paragraph_and_examples_keep_theirs() -> None:
    read = read_document("Q999", TEXT)
    assert (read.label, read.advice) == ("a label", "Why it matters. What to do.")
    assert (read.bad, read.good) == ("kind: choice\n", "kind: choices\n")


def test_a_piece_of_markdown_has_no_line_end_of_its_own() -> None:
    assert read_document("Q999", TEXT.replace("```yaml", "```markdown")).bad == "kind: choice"


def test_what_cannot_be_seen_is_escaped_where_the_example_says_so() -> None:
    text = TEXT.replace("kind: choice\n", "a\\u200bb\n")
    assert read_document("Q999", text).bad == "a\\u200bb\n"
    assert read_document("Q999", text.replace("```yaml\na", "```yaml escaped\na")).bad == "a\u200bb\n"


def test_documents_show_every_character_that_they_hold() -> None:
    hidden = [path.name for path in FOLDER.rglob("*.md") if not path.read_text("utf-8").replace("\n", "").isprintable()]
    assert hidden == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("Q999", "Q998"), ("# ", "## "), ("## Rather", "## Better"), ("Why it matters.\nWhat to do.\n\n", ""), ("```yaml", "    "), ("choices\n```\n", "choices\n")],
)  # fmt: skip
def test_a_document_that_is_built_otherwise_is_refused(old: str, new: str) -> None:
    with pytest.raises(ValueError, match="must have a heading"):
        read_document("Q999", TEXT.replace(old, new))
