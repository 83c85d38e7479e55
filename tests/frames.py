"""What a frame says around pages, for comparing two."""

from __future__ import annotations

from dataclasses import fields

from alongside.render.frame import Frame


def said_by(frame: Frame) -> str:
    """All that it says on every page, but for the words of a language."""
    return repr([(field.name, getattr(frame, field.name)) for field in fields(frame) if field.name != "words"])
