"""Scripts without comments and spaces, which an old phone need not load. Names and licences stay as they are.

Whether a slash begins a comment, a regular expression or a division depends on what stands before it, and rjsmin knows only
most of that. So comments go, and what has rules of its own is set aside, before it takes away the spaces. The
rules are those of ECMA-262, “Lexical Grammar”.
"""

from __future__ import annotations

import re

import rjsmin

#: Where something begins that has rules of its own, and brackets, which say what a slash behind them is.
BEGINS = re.compile(r"""["'`(){}]|/[/*]?""")
STRING = re.compile(r""""(?:[^"\\\n]++|\\[\s\S])*+"|'(?:[^'\\\n]++|\\[\s\S])*+'""")
#: A piece of a template, with the sign that ends it.
PIECE = re.compile(r"(?:[^`\\$]++|\\[\s\S]|\$(?!\{))*+(`|\$\{)")
EXPRESSION = re.compile(r"/(?:[^\\/\[\n]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n])*\])+/[a-z]*")
COMMENT = re.compile(r"//[^\n\u2028\u2029]*|/\*[\s\S]*?\*/")
#: By which libraries mark a comment that has to stay, such as their licence.
KEPT = "/*!"
WORD = re.compile(r"(?<![\w$.#])(?:for\s+await|[a-z]+)$")
#: Longer than any word that says what comes next. How much of a script is looked at does not depend on its length.
MOST_WORD = 40
#: Words behind which an operand is expected, and not an operator.
EXPECTING = frozenset(
    "await case default delete do else extends in instanceof new of return throw typeof void yield".split()
)
#: Words whose brackets are followed by a statement, and what a block of statements can stand behind.
CONDITIONS = frozenset({"for", "if", "while", "with"})
BLOCKS = frozenset({"", ")", ";", "{", "}", ">"})
BLOCK_WORDS = frozenset({"do", "else", "finally", "try"})

#: Stand for what was set aside, and look like names. No script has them outside of what is set aside.
QUOTED, MATCHING = "\ue000", "\ue001"
#: Where one stands, with what it may lose beside it, and with a division that would become a comment.
STAND_INS = re.compile(rf" ?{QUOTED} ?|/{MATCHING}| ?{MATCHING}")


def small(text: str) -> str:
    """A script without comments and spaces."""
    script = _Script(re.sub(r"\r\n?", "\n", text))
    script.read()
    code: str = rjsmin.jsmin("".join(script.code))
    aside = iter(script.aside)
    return STAND_INS.sub(lambda found: ("/ " if found[0][0] == "/" else "") + next(aside), code)


class _Script:
    """A script that is read from its start to its end."""

    def __init__(self, text: str) -> None:
        self._text = text
        #: The code without comments, with a sign for each thing that was set aside, and those things.
        self.code: list[str] = []
        self.aside: list[str] = []
        #: The last piece of code that is no blank.
        self._last = ""
        #: Whether a statement comes next behind each bracket that is open, once it is closed, and behind the last that was.
        self._open: list[bool] = []
        self._closed = False

    def read(self, start: int = 0, *, in_template: bool = False) -> int:
        """Reads to the end; in a template to the bracket that closes the code in it. Returns where that is."""
        text, at = self._text, start
        while found := BEGINS.search(text, at):
            sign, here = found[0], found.start()
            self._write(text[at:here])
            at = here + 1
            if sign in {"//", "/*"} and (comment := COMMENT.match(text, here)):
                at = comment.end()
                self._comment(comment[0])
            elif sign == "`":
                at = self._template(here)
                self._set_aside(QUOTED, text[here:at])
            elif sign in {'"', "'"} and (string := STRING.match(text, here)):
                at = string.end()
                self._set_aside(QUOTED, string[0])
            elif sign == "/" and self._expects() and (expression := EXPRESSION.match(text, here)):
                at = expression.end()
                self._set_aside(MATCHING, expression[0])
            elif sign == "}" and in_template and not self._open:
                return here
            else:
                self._bracket(sign)
                self._write(text[here:at])
        self._write(text[at:])
        return len(text)

    def _write(self, code: str) -> None:
        self.code.append(code)
        if code and not code.isspace():
            self._last = code.rstrip()

    def _comment(self, comment: str) -> None:
        if comment.startswith(KEPT):
            self.code.append(MATCHING)  # beside a slash it needs a blank as well
            self.aside.append(comment)
        else:
            self.code.append("\n" if "\n" in comment else " ")

    def _bracket(self, sign: str) -> None:
        if sign in {"(", "{"}:
            self._open.append(self._word() in CONDITIONS if sign == "(" else self._begins_block())
        elif sign in {")", "}"} and self._open:
            self._closed = self._open.pop()

    def _set_aside(self, sign: str, what: str) -> None:
        self._write(sign)
        self.aside.append(what)

    def _template(self, start: int) -> int:
        """Where a template ends, with all that stands in it."""
        at = start + 1
        while found := PIECE.match(self._text, at):
            if found[1] == "`":
                return found.end()
            inside = _Script(self._text)
            at = inside.read(found.end(), in_template=True) + 1
        return len(self._text)

    def _expects(self) -> bool:
        """Whether an operand comes next, so that a slash begins an expression."""
        last = self._last[-1:]
        if last in {")", "}"}:
            return self._closed
        if re.match(r"[\w$]", last):
            return self._word() in EXPECTING
        return last not in {"]", ".", QUOTED, MATCHING} and not self._last.endswith(("++", "--"))

    def _begins_block(self) -> bool:
        """Whether a bracket that comes next opens a block of statements."""
        word = self._word()
        return word in BLOCK_WORDS if word else self._last[-1:] in BLOCKS

    def _word(self) -> str:
        """The word that stands last, if it is one of small letters; `for` where it is `for await`."""
        word = WORD.search(self._last[-MOST_WORD:])
        return word[0].split()[0] if word else ""
