"""Scripts as pages load them: modules that go together are joined into one file, so that an old phone asks once.

The scripts of the theme stay modules, one for each thing, and each keeps its address. Each file of `JOINED` holds
modules with all that they import, and a kind of page has one file for whatever else its pages start with. A module
that has been joined hands on from its own address, so that a page has one of each, whoever asks for it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from alongside.files.problems import BuildError
from alongside.model.pages import MADE_PAGES, Kind

#: Files that several kinds of page load, with the scripts in them. What those import is in them as well, unless it is
#: in a file before.
JOINED = {
    "elements/every-page.js": (
        "elements/page-frame.js",
        "elements/in-use.js",
        "elements/offline.js",
        "elements/define.js",
    ),
    "elements/learner.js": ("elements/record.js", "elements/page-at.js"),
    # Most lessons ask one to choose, and half of them to sort. Other kinds are too rare for every lesson to load them.
    "elements/asking.js": tuple(f"questions/{kind}/{kind}.js" for kind in ("choice", "choices", "judgement")),
    "elements/lines.js": tuple(f"questions/{kind}/{kind}.js" for kind in ("matching", "sorting")),
    "elements/journal-and-review.js": ("elements/journal.js", "elements/review-model.js"),
    "elements/own.js": ("elements/learner-pages.js", "elements/learner-messages.js"),
}

#: What all pages of a kind start with. It becomes one file.
PAGE_SCRIPTS: dict[Kind, tuple[str, ...]] = {
    "lesson": ("elements/listen.js",),
    "quiz": ("elements/quiz.js", "elements/finished-marks.js"),
}
#: What they load once somebody uses them (`theme/elements/in-use.js`), with whatever else the page wants. It becomes one
#: file too, which also has what only most of them want. Pages of other kinds load everything at once.
IN_USE: dict[Kind, tuple[str, ...]] = {
    "home": ("elements/go-on.js", "elements/home.js", "elements/finished-parts.js"),
    "path": ("elements/go-on.js", "elements/finished-marks.js", "elements/finished-parts.js"),
    "module": ("elements/go-on.js", "elements/finished-marks.js", "elements/module-offline.js"),
    "lesson": (
        "elements/lesson.js",
        "elements/finished-marks.js",
        "elements/journal-fields.js",
        "elements/line-offer.js",
        "elements/aloud.js",
    ),
}


def _files_of(kind: Kind) -> tuple[str, str]:
    """The file that a kind of page starts with, and the one that it loads once it is used."""
    return f"elements/{kind}-page.js", f"elements/{kind}-in-use.js"


#: The files of kinds of page, with the scripts in them.
KIND_FILES = {_files_of(kind)[0]: scripts for kind, scripts in PAGE_SCRIPTS.items()} | {
    _files_of(kind)[1]: scripts for kind, scripts in IN_USE.items()
}

#: Where a statement can begin, once comments are gone.
START = r"(?:^|(?<=[;}\n]))\s*"
IMPORT = re.compile(START + r"""import\s*(?:\{([^{}]*)\}\s*from\s*)?(["'])(\.{1,2}/[^"']+)\2;?""")
EXPORT = re.compile(START + r"export\s+(?=(?:async\s+function|function|class|const)\b)")
EXPORTED = re.compile(START + r"export\s+(?:async\s+function|function|class|const)\s*\*?\s*([\w$]+)")
#: What is loaded only when it is needed.
LATER = re.compile(r"""\bimport\((["'])(\.{1,2}/[^"']+)\1\)""")
#: Whatever a script imports, in any way.
NAMED = re.compile(r"""\b(?:from|import)\s*(["'])(\.{1,2}/[^"']+)\1""")
#: Any other way to import or export. A script that has one is not joined.
OTHER = re.compile(START + r"(?:import|export)\b(?!\s*[(.])")

#: Between a name and the one that it has where it is imported.
AS = re.compile(r"\s+as\s+")

#: The text of a script by its address, without comments; nothing where there is none.
Source = Callable[[str], str | None]


@dataclass(frozen=True)
class Script:
    """A module that can be joined: its text without what imports and exports."""

    address: str
    text: str
    #: Addresses of modules with the names that are imported of each, as they are written: `a, b as c`.
    imports: tuple[tuple[str, str], ...]
    exports: tuple[str, ...]

    @property
    def name(self) -> str:
        """What it is called in a file that it is joined into."""
        return "$" + re.sub(r"\W", "_", self.address.removeprefix("elements/").removesuffix(".js"))


@lru_cache(maxsize=512)
def read(address: str, text: str, *, anywhere: bool = False) -> Script | None:
    """The module at an address; nothing where it imports or exports in a way that cannot be joined.

    One that asks where it stands can be joined where all files stand in `elements`, and `anywhere` if it is told so.
    """
    body = EXPORT.sub("", IMPORT.sub("", text))
    asks = not anywhere and "import.meta" in body and posixpath.dirname(address) != "elements"
    if OTHER.search(body) or asks or _waits(body):
        return None
    imports = tuple((beside(address, found[3]), found[1] or "") for found in IMPORT.finditer(text))
    return Script(address, body.strip(), imports, tuple(EXPORTED.findall(text)))


def _waits(text: str) -> bool:
    """Whether a module waits outside any function, which nothing that it is put into could do."""
    depth = start = 0
    for sign in re.finditer(r"[{};]|\bawait\b", text):
        if sign[0] == "await" and depth == 0 and "async" not in text[start : sign.start()]:
            return True
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        if depth == 0 and sign[0] in ";}":
            start = sign.end()
    return False


def beside(address: str, path: str) -> str:
    """The address of a module as another one names it, by the way from there."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(address), path))


def _towards(address: str, other: str) -> str:
    """How a file names another one."""
    path = posixpath.relpath(other, posixpath.dirname(address))
    return path if path.startswith(".") else f"./{path}"


def page_files() -> list[str]:
    """Addresses of the files of kinds of page, and of those that pages of the site's own start with."""
    own = (f"elements/{row.template}-page.js" for row in MADE_PAGES.values() if row.kind in {"own", "offline"})
    return [*KIND_FILES, *own]


def joined_files() -> list[str]:
    """Addresses of files that no script of the theme has."""
    return [*JOINED, *KIND_FILES]


def roots_of(file: str) -> tuple[str, ...]:
    """The scripts that a file is made of, with all that they import: those named in a table, or its own."""
    return KIND_FILES.get(file) or JOINED.get(file, (file,))


class Scripts:
    """The scripts of a theme: which files a page loads, and what is in each."""

    def __init__(self, source: Source, *, translated: bool = False) -> None:
        """`translated`: a script of its own hands over the words, before any other script says one."""
        self._source = cache(source)
        self._files: dict[tuple[Kind, tuple[str, ...]], list[str]] = {}
        self._names: dict[tuple[re.Pattern[str], str], list[str]] = {}
        self._needs: dict[str, list[str]] = {}
        self._apart = {"elements/words.js"} if translated else set[str]()

    def of_page(self, kind: Kind, wanted: Iterable[str]) -> list[str]:
        """The files that a page loads for the scripts it wants, in the order in which they start."""
        asked = kind, tuple(wanted)
        if asked not in self._files:  # many pages want the same
            self._files[asked] = self._files_for(*asked)
        return [*self._files[asked]]

    def _files_for(self, kind: Kind, wanted: Iterable[str]) -> list[str]:
        own = {script: file for file in _files_of(kind) for script in KIND_FILES.get(file, ())}
        entries = [own.get(script) or self._home.get(script, script) for script in wanted]
        files = [file for entry in entries for file in (*self._needed(entry), entry)]
        return sorted(dict.fromkeys(files), key=self._turn)

    @staticmethod
    def _turn(file: str) -> int:
        """Files of `JOINED` first, one after the other."""
        return [*JOINED, file].index(file)

    def _needed(self, file: str) -> list[str]:
        """The files of `JOINED` that a file imports."""
        if file not in self._needs:
            homes = (self._home.get(script, file) for script in self._closure(roots_of(file)))
            self._needs[file] = [home for home in homes if home != file]
        return self._needs[file]

    def files(self, addresses: Sequence[str]) -> Iterator[tuple[str, str]]:
        """All files with their contents: those that are joined, and one for each of these addresses of scripts."""
        pages = [file for file in page_files() if file in joined_files() or self._script(file)]
        inside = {file: self._closure(roots_of(file)) for file in pages}
        alone = {*self._home, *self._loose(addresses, {script for scripts in inside.values() for script in scripts})}
        for file, roots in JOINED.items():
            yield file, self._joined(file, [name for name in self._closure(roots) if self._home.get(name) == file])
        for file, scripts in inside.items():
            yield file, self._joined(file, [script for script in scripts if script not in alone])
        importers = self._importers(addresses)
        for address in addresses:
            if address not in inside:
                yield address, self._own(address, importers)

    def with_imports(self, address: str) -> list[str]:
        """A module and all that it imports, each after what it imports."""
        return self._closure([address])

    def _importers(self, addresses: Iterable[str]) -> Mapping[str, list[str]]:
        """Who imports each module, at once or later."""
        found: dict[str, list[str]] = {}
        for address in addresses:
            later = self._named(LATER, address)
            for other in [*self._named(NAMED, address), *later, *later]:  # what is loaded later is never part of a file
                found.setdefault(other, []).append(address)
        return found

    def _loose(self, addresses: Sequence[str], joined: Container[str]) -> list[str]:
        """Modules that are loaded from their own addresses: by scripts that are not joined, or only when they are needed."""
        later = [other for address in addresses for other in self._named(LATER, address)]
        alone = [a for a in addresses if self._script(a) is None or (a not in joined and a not in self._home)]
        return self._closure([*alone, *later])

    @cached_property
    def _home(self) -> Mapping[str, str]:
        """The file of `JOINED` that each module is in."""
        found: dict[str, str] = {}
        for file, roots in JOINED.items():
            for script in self._closure(roots):
                if self._script(script):
                    found.setdefault(script, file)
        return found

    def _script(self, address: str) -> Script | None:
        text = None if address in self._apart else self._source(address)
        return None if text is None else read(address, text)

    def _named(self, pattern: re.Pattern[str], address: str) -> list[str]:
        """The addresses that a script names, by one of the patterns above."""
        asked = pattern, address
        if asked not in self._names:  # what all scripts import is asked again and again
            self._names[asked] = [beside(address, found[2]) for found in pattern.finditer(self._source(address) or "")]
        return self._names[asked]

    def _closure(self, roots: Iterable[str]) -> list[str]:
        """Modules and all that they import, each after what it imports."""
        found: dict[str, None] = {}
        way: list[str] = []

        def follow(address: str) -> None:
            if address in found:
                return
            if address in way:
                circle = " → ".join([*way[way.index(address) :], address])
                raise BuildError(
                    f"scripts of the theme import each other in a circle ({circle}); move what both need into a third"
                )
            way.append(address)
            for other in self._named(NAMED, address):
                follow(other)
            found[way.pop()] = None

        for root in roots:
            follow(root)
        return list(found)

    def _own(self, address: str, importers: Mapping[str, list[str]]) -> str:
        """What stands at the address of a script, with what nobody else imports. Where it has been joined, something that leads there."""
        script = self._script(address)
        if script is None:
            return self._source(address) or ""
        home = self._home.get(address)
        if not home:
            inside = [address]
            for name in reversed(self._closure([address])):
                if importers.get(name, ()) in [[one] for one in inside] and name not in self._home:
                    inside.append(name)
            return self._joined(address, inside[::-1], script.exports)
        if not script.exports:
            return f'import"{_towards(address, home)}";'
        return f'import{{{script.name}}}from"{_towards(address, home)}";export const{{{",".join(script.exports)}}}={script.name};'

    def _joined(self, file: str, inside: Sequence[str], exports: Sequence[str] = ()) -> str:
        """A file with these modules in it. It exports each where it is one of `JOINED`, or names of the last."""
        head, parts, names = Head(file), [], []
        for address in inside:
            script = self._script(address)
            if script is None:
                continue
            parts.append(f"const {script.name}=(()=>{{{self._body(script, file, inside, head)}}})();")
            names.append(script.name)
        for root in roots_of(file):
            if root not in inside:
                head.name(self._home.get(root, root))
        if exports:
            parts.append(f"export const{{{','.join(exports)}}}={names[-1]};")
        elif file in JOINED:
            parts.append(f"export{{{','.join(names)}}};")
        return "\n".join([*head.lines(), *parts]) + "\n"

    def _body(self, script: Script, file: str, inside: Container[str], head: Head) -> str:
        """A module as a part of a file: what it imports comes from the file's other parts, or from its head."""
        lines = []
        for address, names in script.imports:
            other, home = self._script(address), self._home.get(address)
            if other and (address in inside or home):
                source = other.name
                if address not in inside and home:
                    head.name(home, source if names else None)
            else:
                source = head.whole(address)
            if names:
                lines.append(f"const{{{AS.sub(':', names)}}}={source};")
        text = LATER.sub(lambda found: f'import("{_towards(file, beside(script.address, found[2]))}")', script.text)
        return "".join(lines) + text + f"\nreturn{{{','.join(script.exports)}}}"


class Head:
    """What a file imports from others."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._named: dict[str, set[str]] = {}
        self._whole: dict[str, str] = {}

    def name(self, other: str, name: str | None = None) -> None:
        """Lets it load another file, for something that this exports, or just so."""
        self._named.setdefault(other, set()).update({name} if name else ())

    def whole(self, other: str) -> str:
        """What all that another file exports is called here."""
        return self._whole.setdefault(other, f"whole{len(self._whole)}")

    def lines(self) -> Iterator[str]:
        """The lines that do so."""
        for other, names in self._named.items():
            yield (
                f"import{{{','.join(sorted(names))}}}from{self._path(other)};"
                if names
                else f"import{self._path(other)};"
            )
        for other, name in self._whole.items():
            yield f"import*as {name} from{self._path(other)};"

    def _path(self, other: str) -> str:
        return f'"{_towards(self._file, other)}"'
