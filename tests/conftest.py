"""World builders: every test starts from the small sound curriculum in tests/world and shows only what it varies.

Use the fixtures, never this file itself:

- `a_site(files={…})` gives the folder with those files in it; no `mkdocs.yml` stands there unless it is among them.
- `a_curriculum(files={…})` gives a `World`: the curriculum and what was found while loading it.
  Keys are paths from the site's folder, such as `modules/listening/quiz.yml`; a value of `None` takes the file away.
- `a_module(**overrides)` gives the one module, with keys of its module.yml replaced; `None` takes a key away.
- `world_of(scope, example)` puts a rule's example where it belongs; see `placed` below.
- `found(code, example)` gives the problems with that code, and no others, in the world of the example.
- `place_of(code, example, words)` gives `file:line:column` of words in it, to compare with `str(problem.place)`.
"""

from __future__ import annotations

import gc
import json
import os
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import settings

from alongside.files import cache, door, source
from alongside.files.located import LocatedMapping
from alongside.files.problems import Problem, has_errors, in_order
from alongside.load import modules, registries
from alongside.load.curriculum import load_curriculum
from alongside.load.layers import Layer
from alongside.load.originals import looked_at
from alongside.load.project import bundled_root
from alongside.model.curriculum import Curriculum
from alongside.model.element import Element
from alongside.model.modules import Module
from alongside.rules import RULES, RULES_BY_CODE
from alongside.rules.engine import check_curriculum
from alongside.rules.rule import Scope

WORLD = Path(__file__).parent / "world"
BASE = {
    path.relative_to(WORLD).as_posix(): path.read_text("utf-8") for path in sorted(WORLD.rglob("*")) if path.is_file()
}

#: Rules about waivers, which show only beside the rules that are waived.
WAIVERS = {"M120", "M121", "M122"}

Files = Mapping[str, str | None]

# Quick finds the same on every machine, so that no change is refused by chance. Release looks for what is still unknown.
settings.register_profile("quick", max_examples=5, deadline=None, derandomize=True, print_blob=True, database=None)
settings.register_profile("release", max_examples=10_000, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


# Most of what tests make is gone with its last name. To look for the rest after every 700 new things, as Python does by
# itself, and to look through all modules and tests each time, takes a tenth of the time of the fast tests.
gc.set_threshold(20_000, 20, 20)

# Tests change what nobody changes in a running builder, so nothing of one is there for another.
os.environ[cache.VARIABLE] = ""

BROWSER, INTEROP = (Path(__file__).parent / name for name in ("browser", "interop"))


def pytest_collection_finish() -> None:
    gc.freeze()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Does not import the driver of browsers, nor files of tests, where `-m` leaves them out anyway.

    Programs of others judge only where they are asked for: they bring a driver of their own, beside which ours cannot run.
    """
    wanted = config.getoption("markexpr").split(" and ")
    left_out = "not browser" in wanted and collection_path == BROWSER
    left_out |= collection_path.suffix == ".py" and any(f"not {mark}" in wanted for mark in _marks(collection_path))
    unasked = (
        collection_path == INTEROP and "interop" not in wanted and not any("interop" in arg for arg in config.args)
    )
    return True if left_out or unasked else None


def _marks(file: Path) -> list[str]:
    """What a file says of all its tests, such as that they are slow."""
    said = re.search(r"^pytestmark = .*", file.read_text("utf-8"), re.MULTILINE)
    return re.findall(r"pytest\.mark\.(\w+)", said[0]) if said else []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", help="Open every page in this browser alone: firefox.")
    parser.addoption("--update-golden", action="store_true", help="Write what is said now into tests/golden/.")


@dataclass(frozen=True)
class World:
    """A curriculum for a test. `curriculum` is the last to ask for: it fails where there is none."""

    loaded: Curriculum | None
    #: What was found while the files were read.
    problems: tuple[Problem, ...]

    @property
    def curriculum(self) -> Curriculum:
        """The curriculum that was read."""
        assert self.loaded is not None, self.problems
        return self.loaded

    @property
    def module(self) -> Module:
        """Its module `listening`."""
        return self.curriculum.modules["listening"]


#: Most texts come in every test or in one. To keep those of all tests costs more, at the end, than to read some again.
_KEPT = 200
_read_file, _read_bytes, _parse = modules.read_file, lru_cache(_KEPT)(source.read_bytes), modules.parse
_below, _theme = door.below, bundled_root() / "theme"
#: Looked for before any test puts something else in the place of what looks.
_theme_files = _below(_theme)
#: What was made of each mapping, with the mapping, so that its identity is not given to another.
_parsed: dict[tuple[type[Element], int], tuple[LocatedMapping, Any]] = {}


@pytest.fixture(autouse=True, scope="module")
def _read_each_text_once() -> Iterator[None]:
    """Most files are the same in every test, and what is made of a text depends on nothing but the text.

    Our own theme stays as it is while tests run, so it is walked once.
    """

    def read_file(path: Path, name: str) -> Any:
        if not path.is_file():
            return _read_file(path, name)
        mapping, problems = _read_bytes(path.read_bytes(), name)
        return mapping, list(problems)

    def parse(model: type[Element], mapping: LocatedMapping) -> Any:
        key = model, id(mapping)
        if key not in _parsed:
            if len(_parsed) == _KEPT:
                _parsed.clear()
            _parsed[key] = mapping, _parse(model, mapping)
        element, problems = _parsed[key][1]
        return element, list(problems)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(modules, "read_file", read_file)
        patched.setattr(modules, "parse", parse)
        patched.setattr(registries, "parse", parse)
        patched.setattr(door, "below", lambda folder: _theme_files if folder == _theme else _below(folder))
        yield


@pytest.fixture(scope="session")
def a_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """The folder of the small curriculum with some files replaced. They stay until the next call, be it in another test."""
    folder = tmp_path_factory.mktemp("site")
    for name, text in BASE.items():
        _write(folder, name, text)
    changed: set[str] = set()

    def make(files: Files | None = None) -> Path:
        wanted = files or {}
        for name in changed - wanted.keys():
            _write(folder, name, BASE.get(name))
            changed.remove(name)
        for name, text in wanted.items():
            changed.add(name)
            _write(folder, name, text)
        return folder

    return make


@pytest.fixture(scope="session")
def a_curriculum(a_site: Callable[..., Path]) -> Callable[..., World]:
    """The small curriculum with some files replaced, read from disk."""

    def make(files: Files | None = None) -> World:
        site = a_site(files)
        layers = [Layer("test", site)]
        if any(name.startswith("ours:") for name in files or ()):
            layers = [Layer("bundled", site, "bundled:"), Layer("test", site / "ours:")]
        elif any(name.startswith("bundled:") for name in files or ()):
            layers = [Layer("bundled", site / "bundled:", "bundled:"), *layers]
        curriculum, problems = load_curriculum(layers)
        return World(curriculum, (*problems, *looked_at(layers)))

    return make


def _write(site: Path, name: str, text: str | None) -> None:
    path = site / name.replace(":", ":/", 1)
    if text is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        return
    path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == site / "modules" or (folder.exists() and any(folder.iterdir())):
            break
        if folder.exists():  # another of its files may have been the last
            folder.rmdir()


@pytest.fixture(scope="session")
def a_module(a_curriculum: Callable[..., World]) -> Callable[..., Module]:
    """The small module, with keys of its `module.yml` replaced."""

    def make(**overrides: object) -> Module:
        outline = {**yaml.load(BASE["modules/listening/module.yml"], yaml.CBaseLoader), **overrides}
        kept = {key: value for key, value in outline.items() if value is not None}
        world = a_curriculum({"modules/listening/module.yml": json.dumps(kept, ensure_ascii=False)})
        assert not has_errors(world.problems), world.problems
        return world.module

    return make


def placed(scope: Scope, example: str) -> Files:
    """The files that an example stands for, on top of the small curriculum.

    An example that starts with `modules/` is a mapping of file names to texts (`modules/listening/quiz.yml: |`),
    of which an empty one takes the file away. Otherwise a question becomes the last one of the quiz,
    a text the last step of the lesson `waiting`, a lesson takes the place of `hearing`, a scenario
    that of `late-again`, and a module that of module.yml, as does what is meant for any other scope.
    Files of an example for the scope `layers` are those of a layer over the small curriculum, and files whose names start
    with `bundled:` are those of a layer below it.
    """
    if example.startswith(("modules/", "bundled:modules/")):
        files = yaml.load(example, yaml.CSafeLoader)
        return (
            {f"ours:{name}": text for name, text in files.items()}
            if scope == "layers" and "bundled:" not in example
            else files
        )
    if scope == "question":
        return {
            "modules/listening/quiz.yml": BASE["modules/listening/quiz.yml"]
            + "  -\n"
            + textwrap.indent(example, "    ")
        }
    if scope == "text":
        lesson = BASE["modules/listening/waiting.yml"]
        return {"modules/listening/waiting.yml": lesson + "  - text: |\n" + textwrap.indent(example, "      ") + "\n"}
    name = {"lesson": "hearing", "scenario": "late-again"}.get(scope, "module")
    return {f"modules/listening/{name}.yml": example}


@pytest.fixture
def world_of(a_curriculum: Callable[..., World]) -> Callable[[Scope, str], World]:
    """The small curriculum with a rule's example in its place."""

    return lru_cache(maxsize=1)(lambda scope, example: a_curriculum(placed(scope, example)))


@pytest.fixture(scope="session")
def place_of() -> Callable[[str, str, str], str]:
    """`file:line:column` of words that stand once in the example of a rule, given by its code."""

    def find(code: str, example: str, wanted: str) -> str:
        files = {name: text or "" for name, text in placed(RULES_BY_CODE[code].scope, example).items()}
        name, text = next((n, t) for n, t in files.items() if wanted in t)
        assert text.count(wanted) == 1, f"{wanted!r} stands {text.count(wanted)} times in {name}"
        before = text[: text.index(wanted)]
        return f"{name}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"

    return find


@pytest.fixture
def found(world_of: Callable[[Scope, str], World]) -> Callable[[str, str], list[Problem]]:
    """The problems with a code that an example of its scope has, while reading or by its rule."""

    def find(code: str, example: str) -> list[Problem]:
        rule = RULES_BY_CODE[code]
        world = world_of(rule.scope, example)
        # What waivers do shows only beside the rules that they waive.
        rules = [rule] if rule.check else RULES if code in WAIVERS else []
        checked = check_curriculum(world.loaded, rules) if world.loaded else []
        return in_order(p for p in (*world.problems, *checked) if p.code == code)

    return find
