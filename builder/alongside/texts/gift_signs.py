"""The signs of GIFT, the text format of Moodle, and how they are written where they mean nothing.

Whoever reads such a bank and whoever writes one take them from here.
"""

from __future__ import annotations

import re

#: What means something to GIFT, the backslash included that takes the meaning away.
SIGNS = r"~=#{}:\\"
#: A sign behind a backslash. `\n` is the end of a line.
ESCAPED = re.compile(rf"\\([{SIGNS}n])")
#: While a bank is read, signs behind a backslash stand here, where no text of an author can.
HIDDEN = 0xF0000
#: The end of a line that was written as `\n`, while a bank is read.
MEANT = chr(HIDDEN + ord("\n"))


def written(text: str) -> str:
    """A text in which nothing means anything to GIFT. Square brackets mean something only at its beginning."""
    return re.sub(rf"([{SIGNS}])", r"\\\1", text).replace("\n", r"\n")


def hidden(text: str) -> str:
    """A bank with the signs put aside that stand behind a backslash, so that the others can be understood."""
    return ESCAPED.sub(lambda sign: chr(HIDDEN + ord("\n" if sign[1] == "n" else sign[1])), text)


def as_printed(text: str) -> str:
    """The signs that were put aside as themselves; the end of a line that was meant stays marked."""
    return re.sub(
        "[\U000f0000-\U000f007f]", lambda sign: sign[0] if sign[0] == MEANT else chr(ord(sign[0]) - HIDDEN), text
    )
