"""Gathers everything that the site says into `messages.pot`, from which a translation starts.

Run as `python -m alongside.words.template` (`make words`). Messages are named with their files but not their lines, so
that the file changes only when words do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import write_po

from alongside.files import door

POT = Path(__file__).with_name("messages.pot")
ROOT = Path(__file__).resolve().parents[3]

#: What is called with words, and which arguments are the words: `c` is what they are about.
KEYWORDS: dict[str, Any] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
#: A comment that starts so, right before the words, is for translators.
COMMENT = "Translators:"
#: How each kind of file is read. Scripts are plain, without tags in them.
READERS: dict[str, tuple[str, Mapping[str, str | bool]]] = {
    ".html": ("jinja2", {"trim_blocks": "true", "silent": "false", "newstyle_gettext": "true"}),
    ".js": ("javascript", {"jsx": False, "template_string": False}),
    ".py": ("python", {}),
}
#: What a script loads that says something.
SAYS = b"words.js"
HEADER = """\
# What the site says to learners. Made by `make words`; a translation starts from it: docs/architecture.md.
msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""

#: A message: its line, the English (two forms where a number decides), notes for translators, what it is about.
Found = tuple[int, str | tuple[str, ...], list[str], str | None]


def messages_of(content: bytes, suffix: str) -> Iterator[Found]:
    """What a file says. A script that does not load the words says nothing."""
    if suffix == ".js" and SAYS not in content:
        return
    method, options = READERS[suffix]
    yield from extract(method, BytesIO(content), KEYWORDS, [COMMENT], options, strip_comment_tags=True)


def template(root: Path = ROOT) -> str:
    """The whole file, for the theme and the package below `root`.

    Raises `ValueError` where a message has forms for numbers in one place and none in another: a catalogue has it once.
    """
    catalog = Catalog(fuzzy=False)
    kinds: dict[tuple[str, str | None], bool] = {}
    for folder in (root / "theme", root / "builder" / "alongside"):
        for path in door.below(folder).files:
            if path.suffix in READERS and not path.is_relative_to(Path(__file__).parent):
                name = path.relative_to(root).as_posix()
                for _, words, notes, context in messages_of(door.read(path), path.suffix):
                    english, counted = (words, False) if isinstance(words, str) else (words[0], True)
                    if kinds.setdefault((english, context), counted) != counted:
                        raise ValueError(f"{name}: with a number here and without one elsewhere: {english}")
                    catalog.add(words, locations=[(name, 0)], auto_comments=notes, context=context)
    out = BytesIO()
    write_po(out, catalog, width=110, omit_header=True, sort_by_file=True, include_lineno=False)
    return HEADER + out.getvalue().decode()


if __name__ == "__main__":
    POT.write_text(template(), "utf-8")
