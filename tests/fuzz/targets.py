"""What has to hold whatever is read. Each target takes bytes and fails where it does not hold.

They need no fuzzer: `tests/test_fuzz_corpus.py` gives them every file of the corpus.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from alongside.checks import markup
from alongside.checks.bounds import excess, too_deep
from alongside.element import MAX_LINE, MAX_PROSE, texts
from alongside.importers import imported
from alongside.model import (
    CurriculumOutline,
    Lesson,
    ModuleOutline,
    Person,
    Quiz,
    Scenario,
    Source,
    Term,
)
from alongside.parse import parse
from alongside.problems import BuildError, Problem
from alongside.render.markdown import Known, Prose
from alongside.reports import as_github, as_json, as_sarif, as_text
from alongside.settings import Settings
from alongside.source import read_bytes
from tests.security.forbidden import forbidden

#: Everything that a file, or an entry of a registry, can be read as.
MODELS = (Lesson, Quiz, Scenario, ModuleOutline, CurriculumOutline, Source, Term, Person, Settings)
FILE = "a.yml"

HOSTILE = '"><script>alert(1)</script>'
KNOWN = Known({}, {"trap": Term.model_construct(term=HOSTILE, definition=HOSTILE)}, {"trap": HOSTILE})


def sound(problems: Iterable[Problem], content: bytes) -> None:
    """Each problem says what is wrong and where, in words that can be printed anywhere."""
    problems = list(problems)
    lines = len(content.splitlines()) + content.count(b"\r") + 1
    for problem in problems:
        assert problem.message.strip(), problem
        assert problem.place.file == FILE, problem
        assert 1 <= problem.place.line <= lines, problem
        assert 1 <= problem.place.column <= len(content) + 1, problem
    for form in (as_text, as_github, as_json, as_sarif) if problems else ():
        said = form(problems)
        assert said.replace("\n", "").isprintable(), said
        said.encode()


def yaml(content: bytes) -> None:
    """A YAML file, as everything that it could be."""
    mapping, problems = read_bytes(content, FILE)
    assert mapping is not None or problems, "refused without a reason"
    sound(problems, content)
    if mapping is None:
        return
    for model in MODELS:
        element, problems = parse(model, mapping)
        assert (element is None) == bool(problems), problems
        sound(problems, content)
        for text in texts(element) if element else ():
            assert text.place.file == FILE, text


def markdown(content: bytes) -> None:
    """A text, as paragraphs and as a sentence, and what rules see in it."""
    text = content.decode("utf-8", "replace")[:MAX_PROSE]
    prose = _prose()
    prose._cache.clear()
    if too_deep(text) is None and not any(excess(text)):
        html = prose.block(text, "m/")
        assert forbidden(html) == [], html
    else:
        assert "\n" not in _refusal(prose, text)
    html = prose.inline(text[:MAX_LINE], "m/")
    assert forbidden(html) == [], html
    _marked(text)


@cache
def _prose() -> Prose:
    return Prose(KNOWN)


def _refusal(prose: Prose, text: str) -> str:
    """Why a text is not shown. Plain words are shown however many there are of them."""
    try:
        prose.block(text, "m/")
    except BuildError as error:
        return str(error)
    return ""


def _marked(text: str) -> None:
    """Rules point at words by where they stand in the text as it is written."""
    assert len(markup.visible(text)) == len(text)
    for block in markup.blocks(text):
        assert 0 <= block.start <= len(text), block
    for found in (markup.links(text), markup.terms(text), markup.citations(text), markup.slots(text)):
        assert all(0 <= one.start < len(text) for one in found)


def _bank(form: str) -> Callable[[bytes], None]:
    def target(content: bytes) -> None:
        bank = imported(form, content.decode("utf-8", "replace")[:MAX_PROSE], FILE)
        sound(bank.problems, content)
        for text in bank.files():
            written = text.encode()
            mapping, problems = read_bytes(written, FILE)
            assert mapping is not None and not problems, problems
            quiz, problems = parse(Quiz, mapping)
            assert quiz is not None, problems

    return target


TARGETS: dict[str, Callable[[bytes], None]] = {
    "yaml": yaml,
    "markdown": markdown,
    "gift": _bank("gift"),
    "mkdocs-quiz": _bank("mkdocs-quiz"),
}
