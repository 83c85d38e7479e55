"""Scripts without comments and spaces, which an old phone need not load. Names stay as they are.

Whether a slash begins a comment, a regular expression or a division depends on what stands before it, and rjsmin knows only
most of that. So comments go, and what has rules of its own is set aside, before it takes away the spaces. The
rules are those of ECMA-262, “Lexical Grammar”.
"""

from __future__ import annotations

import re

import rjsmin

#: Where something begins that has rules of its own.
BEGINS = re.compile(r"""["'`]|/[/*]?""")
BEGINS_IN_TEMPLATE = re.compile(r"""["'`{}]|/[/*]?""")
STRING = re.compile(r""""(?:[^"\\\n]++|\\[\s\S])*+"|'(?:[^'\\\n]++|\\[\s\S])*+'""")
#: A piece of a template, with the sign that ends it.
PIECE = re.compile(r"(?:[^`\\$]++|\\[\s\S]|\$(?!\{))*+(`|\$\{)")
EXPRESSION = re.compile(r"/(?:[^\\/\[\n]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n])*\])+/[a-z]*")
COMMENT = re.compile(r"//[^\n]*|/\*[\s\S]*?\*/")
WORD = re.compile(r"(?<![\w$.])[a-z]+$")
#: Words behind which an operand is expected, and not an operator.
EXPECTING = frozenset("await case delete do else extends in instanceof new of return throw typeof void yield".split())
#: Words whose brackets are followed by a statement, and what a block of statements can stand behind.
CONDITIONS = frozenset({"for", "if", "while", "with"})
BLOCKS = frozenset({"", ")", ";", "{", "}", ">"})
BLOCK_WORDS = frozenset({"do", "else", "finally", "try"})
OPENING = {")": "(", "}": "{"}

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

    def read(self, start: int = 0, *, in_template: bool = False) -> int:
        """Reads to the end; in a template to the bracket that closes the code in it. Returns where that is."""
        text, depth = self._text, 0
        begins = BEGINS_IN_TEMPLATE if in_template else BEGINS
        at = start
        while found := begins.search(text, at):
            sign, here = found[0], found.start()
            self.code.append(text[at:here])
            at = here + 1
            if sign in {"//", "/*"} and (comment := COMMENT.match(text, here)):
                at = comment.end()
                self.code.append("\n" if "\n" in comment[0] else " ")
            elif sign == "`":
                at = self._template(here)
                self._set_aside(QUOTED, text[here:at])
            elif sign in {'"', "'"} and (string := STRING.match(text, here)):
                at = string.end()
                self._set_aside(QUOTED, string[0])
            elif sign == "/" and self._expects() and (expression := EXPRESSION.match(text, here)):
                at = expression.end()
                self._set_aside(MATCHING, expression[0])
            elif sign == "}" and not depth:
                return here
            else:
                depth += {"{": 1, "}": -1}.get(sign, 0)
                self.code.append(text[here:at])
        self.code.append(text[at:])
        return len(text)

    def _set_aside(self, sign: str, what: str) -> None:
        self.code.append(sign)
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
        code = "".join(self.code[-50:]).rstrip() or "".join(self.code).rstrip()
        last = code[-1:]
        if last in {")", "}"}:
            return self._begins_statement(last)
        if re.match(r"[\w$]", last):
            word = WORD.search(code)
            return bool(word) and word[0] in EXPECTING  # type: ignore[index]  # there is one
        return last not in {"]", QUOTED, MATCHING} and not code.endswith(("++", "--"))

    def _begins_statement(self, bracket: str) -> bool:
        """Whether a statement comes next after a closing bracket."""
        code = "".join(self.code).rstrip()
        depth, at = 0, len(code)
        while at and (depth or at == len(code)):
            at -= 1
            depth += {bracket: 1, OPENING[bracket]: -1}.get(code[at], 0)
        before = code[:at].rstrip()
        word = WORD.search(before)
        if bracket == ")":
            return bool(word) and word[0] in CONDITIONS  # type: ignore[index]  # there is one
        return (word[0] in BLOCK_WORDS) if word else before[-1:] in BLOCKS
