"""What the docstring of each field of a model says, for editors, messages and the pages for authors.

pydantic would read the source of every model whenever the builder starts. Most runs never need a word of it.
"""

from __future__ import annotations

import ast
from functools import cache
from inspect import cleandoc, getsource
from textwrap import dedent
from typing import TypeGuard

from alongside.model.element import Element


def field_doc(model: type[Element], name: str) -> str:
    """What the docstring below a field says; empty where there is none. Fields of the models it builds on count."""
    return next((docs[name] for kind in model.__mro__ if name in (docs := _own_docs(kind))), "")


@cache
def _own_docs(kind: type) -> dict[str, str]:
    """The docstrings of the fields that a class itself declares, by name."""
    if not issubclass(kind, Element):
        return {}
    [body] = ast.parse(dedent(getsource(kind))).body
    assert isinstance(body, ast.ClassDef)
    found = {}
    for field, after in zip(body.body, body.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and _is_text(after):
            found[field.target.id] = cleandoc(ast.literal_eval(after.value))
    return found


def _is_text(statement: ast.stmt) -> TypeGuard[ast.Expr]:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )
