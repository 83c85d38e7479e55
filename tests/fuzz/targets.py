"""What has to hold whatever is read. Each target takes bytes and fails where it does not hold.

They need no fuzzer: `tests/test_fuzz_corpus.py` gives them every file of the corpus.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

from alongside.authoring.packs import pack_in
from alongside.files.archive import ArchiveError, packed, unpacked_bytes
from alongside.files.located import Place
from alongside.files.paths import unsafe_part
from alongside.files.problems import BuildError, ContentError, Problem, cut, quoted
from alongside.files.source import read_bytes
from alongside.importers import READERS, imported, to_markdown
from alongside.importers.draft import Unusable
from alongside.load.parse import parse
from alongside.load.project import open_project
from alongside.media import captions, drawings, published
from alongside.model.curriculum import CurriculumOutline, Person, Source, Term
from alongside.model.element import MAX_LINE, MAX_PROSE, texts
from alongside.model.lessons import Lesson, Quiz
from alongside.model.modules import ModuleOutline
from alongside.model.scenarios import Scenario
from alongside.model.settings import Settings
from alongside.render.markdown import Prose, References
from alongside.reports.problems import as_github, as_json, as_sarif, as_text
from alongside.texts import markup
from alongside.texts.markdown_cost import excess
from alongside.texts.passages import read
from tests.security.forbidden import forbidden

#: Everything that a file, or an entry of a registry, can be read as.
MODELS = (Lesson, Quiz, Scenario, ModuleOutline, CurriculumOutline, Source, Term, Person, Settings)
FILE = "a.yml"

HOSTILE = '"><script>alert(1)</script>'
KNOWN = References({}, {"trap": Term.model_construct(term=HOSTILE, definition=HOSTILE)}, {"trap": HOSTILE})


def sound(problems: Iterable[Problem], content: bytes) -> None:
    """Each problem says what is wrong and where, in words that can be printed anywhere."""
    problems = list(problems)
    archive = content.startswith(b"PK\x03\x04")
    lines = len(content.splitlines()) + content.count(b"\r") + 1
    for problem in problems:
        assert problem.message.strip(), problem
        # In an archive a file is named behind it, and has lines of its own.
        assert problem.place.file == FILE or (archive and problem.place.file.startswith(f"{FILE}/")), problem
        assert problem.place.line >= 1 and (archive or problem.place.line <= lines), problem
        assert 1 <= problem.place.column <= len(content) + 1, problem
    printable_anywhere(problems)


def printable_anywhere(problems: list[Problem]) -> None:
    """No form of a report holds what a terminal or the log of a build server obeys."""
    for form in (as_text, as_github, as_json, as_sarif) if problems else ():
        said = form(problems)
        assert said.replace("\n", "").isprintable(), said
        assert "##[" not in said, said
        if form is not as_github:
            assert not any(line.lstrip().startswith("::") for line in said.splitlines()), said
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
    if read(text).too_deep is None and not any(excess(text)):
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
    for block in markup.parts(text):
        assert 0 <= block.start <= len(text), block
    for found in (markup.links(text), markup.terms(text), markup.citations(text), markup.slots(text)):
        assert all(0 <= one.start < len(text) for one in found)


#: Banks that are plain text; the others are read as bytes.
TEXTS = {"gift", "mkdocs-quiz", "aiken"}


def _bank(form: str) -> Callable[[bytes], None]:
    def target(content: bytes) -> None:
        bank = imported(form, content[:MAX_PROSE].decode("utf-8", "replace") if form in TEXTS else content, FILE)
        sound(bank.problems, content)
        for text in bank.files():
            written = text.encode()
            mapping, problems = read_bytes(written, FILE)
            assert mapping is not None and not problems, problems
            quiz, problems = parse(Quiz, mapping)
            assert quiz is not None, problems

    return target


def one_line(words: str) -> None:
    """Words of a message: printable, short, and on one line."""
    assert words and words.isprintable() and len(words) < 400, words


def svg(content: bytes) -> None:
    """A drawing, whatever it holds: every trouble has a place in the file."""
    lines = content.count(b"\n") + content.count(b"\r") + 1
    troubles = list(drawings.troubles_in(content))
    assert len(troubles) <= drawings.MOST_TROUBLES + 1
    for what, line, column in troubles:
        one_line(what)
        assert 1 <= line <= lines and 1 <= column <= len(content) + 1, (what, line, column)


def vtt(content: bytes) -> None:
    """Captions, whatever they hold."""
    trouble = captions.trouble_in(content)
    assert not trouble or one_line(trouble) is None


#: Endings by the first byte of an input.
ENDINGS = sorted(published.PUBLISHED)


def media(content: bytes) -> None:
    """A file of any kind that can be published, and of none."""
    ending = ENDINGS[content[0] % len(ENDINGS)] if content else ".exe"
    for wrong in published.wrong_in(f"a{ending}", content[1:]):
        one_line(wrong.message)
        assert wrong.line >= 1 and wrong.column >= 1 and wrong.expected and wrong.fix


def archives(content: bytes) -> None:
    """A ZIP archive: what is taken out of it has safe names, and can be packed and read again."""
    try:
        files = unpacked_bytes(content)
    except ArchiveError as refused:
        reasons = refused.reasons or [""]
        for reason in reasons:
            one_line(reason)
        return
    assert not any(map(unsafe_part, files)), files
    assert unpacked_bytes(packed(files)) == files
    with suppress(ArchiveError):
        pack_in(files)


def names(content: bytes) -> None:
    """A name of a file or folder, as a disk gives it: it can be judged, quoted, sorted and reported."""
    name = content.decode("utf-8", "surrogateescape")
    assert bool(unsafe_part(name)) or all(part not in {"", ".", ".."} for part in name.split("/"))
    one_line(quoted(name))
    cut(name).encode()
    hostile = Problem("L101", "error", f"{name} and {quoted(name)}", Place(name), name, f"create {name}\nor not")
    printable_anywhere([hostile])


@cache
def _site() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="alongside-fuzz-")
    _kept.append(folder)
    return Path(folder.name)


#: Folders that go when the process ends.
_kept: list[tempfile.TemporaryDirectory[str]] = []


def settings(content: bytes) -> None:
    """A configuration: a project, or problems that say why there is none."""
    configuration = _site() / FILE
    configuration.write_bytes(content)
    try:
        project, problems = open_project(configuration)
    except ContentError as error:
        project, problems = None, list(error.problems)
    sound(problems, content)
    assert project or problems, "refused without a reason"


def imports(content: bytes) -> None:
    """Words of a bank in each form that banks have, and the whole as a bank of each system."""
    text = content.decode("utf-8", "replace")[:MAX_LINE]
    for convert in (to_markdown.plain, to_markdown.html, to_markdown.markdown, to_markdown.guessed):
        with suppress(Unusable):
            made = convert(text)
            assert isinstance(made.text, str) and all(isinstance(loss, str) for loss in made.losses)
    for form in READERS:
        _bank(form)(content[:MAX_LINE])


TARGETS: dict[str, Callable[[bytes], None]] = {
    "yaml": yaml,
    "markdown": markdown,
    "gift": _bank("gift"),
    "mkdocs-quiz": _bank("mkdocs-quiz"),
    "aiken": _bank("aiken"),
    "moodle-xml": _bank("moodle-xml"),
    "qti": _bank("qti"),
    "svg": svg,
    "vtt": vtt,
    "media": media,
    "archives": archives,
    "names": names,
    "settings": settings,
    "imports": imports,
}
