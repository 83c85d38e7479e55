"""Whatever an author writes, what comes out of the one path holds only what content may hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from alongside.model.curriculum import Term
from alongside.render import markdown
from alongside.render.markdown import Prose, References
from tests.security.forbidden import forbidden

pytestmark = pytest.mark.slow

PAYLOADS = [
    line.encode().decode("unicode_escape").encode("latin-1").decode("utf-8")
    for line in (Path(__file__).parent / "payloads.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("# ")
]


def known(words: str) -> References:
    """A world in which what prose can refer to is hostile too."""
    term = Term.model_construct(term=words, definition=words)
    return References({}, {"trap": term}, {"trap": words})


def everywhere(prose: Prose, payload: str) -> list[str]:
    """What is wrong with a payload as a paragraph, a sentence, and inside what authors write."""
    around = ("{}", "| a |\n|---|\n| {} |", "[{}](https://example.org)", "![{}](media/a.png)", "[[trap|{}]]")
    texts = [form.format(payload) for form in around]
    return [
        f"{text!r}: {html!r}: {wrong}"
        for text in texts
        for html in (prose.block(text, "m/"), prose.inline(text, "m/"))
        for wrong in forbidden(html)
    ]


def test_the_corpus_is_large_and_without_repetition() -> None:
    assert len(PAYLOADS) >= 150
    assert len(set(PAYLOADS)) == len(PAYLOADS)


def test_no_payload_leaves_anything_forbidden() -> None:
    prose = Prose(known('"><script>alert(1)</script>'))
    found = [wrong for payload in PAYLOADS for wrong in everywhere(prose, payload)]
    assert found == []


def test_cleaning_twice_changes_nothing_forbidden() -> None:
    for payload in PAYLOADS:
        assert forbidden(markdown.clean(payload)) == []
        assert forbidden(markdown.clean(markdown.clean(payload))) == []


def test_the_harness_notices_a_missing_sanitiser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "clean", lambda html, _words: html)
    prose = Prose(References())
    assert any(everywhere(prose, payload) for payload in PAYLOADS)
    assert len([payload for payload in PAYLOADS if forbidden(payload)]) > 60
