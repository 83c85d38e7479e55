"""What a text is made of, as plain lists that can be compared: read by us, and by markdown-it-py, which follows CommonMark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from alongside.texts.blocks import Block, code_of
from alongside.texts.inlines import Inline
from alongside.texts.passages import Lines, read

Tree = list[Any]

SIDES = {"text-align:right": "end", "text-align:center": "centre"}
NAMES = {"em": "emphasis", "strong": "strong", "link": "link"}
#: Where markdown-it-py and the specification differ, or the specification says nothing.
BACKSLASH_BEFORE_SPACES = re.compile(r"\\ +\n")
#: It reads the first line of a table before it looks whether the line begins a list, a heading or a quotation, or goes on a paragraph.
HEADER_AFTER_A_MARK = re.compile(
    r"(?:^|\n)[ \t>]*(?:[-+*#>]+|\d+[.)])?[ \t]*[^\n]*\|[^\n]*\n[ \t>]*[|:-]*-[|: \t-]*(?:\n|$)"
)
TABS = re.compile(r"\t")
EMPTY_QUOTATION = re.compile(r">[ \t]*(?:\n[ \t>]*)*\n {4}|>[ \t]*\n[ \t]*>")
DEFINITION_IN_A_MARK = re.compile(r"^[ \t]*(?:[-+*>]|\d+[.)]).*\[x\]: /u|\[x\]: /u\n(?!\n)", re.MULTILINE)


def told_apart(text: str) -> bool:
    """Whether both may be asked about a text."""
    return not any(
        found.search(text) for found in (BACKSLASH_BEFORE_SPACES, TABS, EMPTY_QUOTATION, DEFINITION_IN_A_MARK)
    )


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["html_block", "html_inline"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


def theirs(text: str) -> Tree:
    """The text as markdown-it-py reads it."""
    root: Tree = []
    stack = [root]
    for token in _parser().parse(text):
        if token.type == "inline":
            stack[-1].extend(_their_line(token.children or []))
        elif token.nesting == 1:
            node = [_their_block(token), []]
            stack[-1].append(node)
            stack.append(node[-1])
        elif token.nesting == -1:
            stack.pop()
        else:
            stack[-1].append(["rule"] if token.type == "hr" else ["code block", token.content.rstrip()])
    return root


def _their_block(token: Token) -> str:
    name = token.type.removesuffix("_open")
    if name == "heading":
        return token.tag
    if name == "ordered_list":
        return f"ordered {token.attrs.get('start', 1)}"
    if name in {"th", "td"}:
        return f"{name} {SIDES.get(str(token.attrs.get('style')), '')}"
    return "words" if name == "paragraph" and token.hidden else name


def _their_line(tokens: Sequence[Token]) -> Tree:
    root: Tree = []
    stack = [root]
    for token in tokens:
        if token.nesting == 1:
            node = [NAMES[token.type.removesuffix("_open")], token.attrs.get("href"), token.attrs.get("title"), []]
            stack[-1].append(node)
            stack.append(node[-1])
        elif token.nesting == -1:
            stack.pop()
        elif token.type == "image":
            inside = _their_line(token.children or [])
            stack[-1].append(["picture", token.attrs["src"], token.attrs.get("title"), inside])
        elif token.type == "code_inline":
            stack[-1].append(["code", " ".join(token.content.split())])
        else:
            stack[-1].append({"softbreak": "\n", "hardbreak": ["break"]}.get(token.type, token.content))
    return joined(root)


def ours(text: str) -> Tree:
    """The text as we read it."""
    passage = read(text)
    lines = iter(passage.lines)
    return [_our_block(block, lines, loose=True) for block in passage.whole.inside]


def _our_block(block: Block, lines: Iterator[Lines], *, loose: bool) -> Tree:
    if block.kind == "list":
        items = [
            ["list_item", [_our_block(inner, lines, loose=block.loose) for inner in item.inside]]
            for item in block.inside
        ]
        return [f"ordered {block.number}" if block.number is not None else "bullet_list", items]
    if block.kind == "quote":
        return ["blockquote", [_our_block(inner, lines, loose=True) for inner in block.inside]]
    if block.kind == "table":
        return _our_table(block, lines)
    if block.kind == "code":
        return ["code block", code_of(block).rstrip()]
    if block.kind == "rule":
        return ["rule"]
    name = f"h{block.level}" if block.kind == "heading" else "paragraph" if loose else "words"
    return [name, _our_line(next(lines).pieces)]


def _our_table(table: Block, lines: Iterator[Lines]) -> Tree:
    def row(cells: list[Any], tag: str) -> Tree:
        sides = (f"{tag} {side}" for side, _ in zip(table.columns, cells, strict=True))
        return ["tr", [[side, _our_line(next(lines).pieces)] for side in sides]]

    head, *body = (row(cells, "td" if number else "th") for number, cells in enumerate(table.rows))
    return ["table", [["thead", [head]], *([["tbody", body]] if body else [])]]


def _our_line(pieces: Sequence[Inline]) -> Tree:
    return joined([_our_piece(piece) for piece in pieces])


def _our_piece(piece: Inline) -> Any:
    if piece.kind == "words":
        return piece.text
    if piece.kind == "code":
        return ["code", " ".join(piece.text.split())]
    if piece.kind == "break":
        return ["break"]
    return [
        piece.kind,
        piece.target or ("" if piece.kind in {"link", "picture"} else None),
        piece.title,
        _our_line(piece.inside),
    ]


def joined(tree: Tree) -> Tree:
    """A tree with words that stand beside one another as one."""
    found: Tree = []
    for node in tree:
        one = [*node[:-1], joined(node[-1])] if isinstance(node, list) and isinstance(node[-1], list) else node
        if isinstance(one, str) and found and isinstance(found[-1], str):
            found[-1] += one
        elif one != "":
            found.append(one)
    return found
