"""After any edits a build that uses what earlier ones made gives the same as one that makes everything anew."""

from __future__ import annotations

import copy
import json
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from alongside import build
from alongside.build import gather, prepare, whole_site
from alongside.commands import main
from alongside.engines.writing import write
from alongside.files.cache import BESIDE, SITE, VARIABLE, Cache
from alongside.files.problems import BuildError, ContentError, Problem
from alongside.files.source import read_file, written
from alongside.load import modules
from alongside.load.curriculum import load_curriculum
from alongside.model.modules import Module
from alongside.render.site import SiteRenderer
from alongside.rules import engine
from alongside.rules.rule import names_in
from tests.browser.small import CONFIGURATION
from tests.damage import SCRIBBLES, SLIPS
from tests.owed import Draw, Values
from tests.render.test_edits import EDITS, HEARING, put, two_modules
from tests.strategies import MODULES, PIECES, Files, curricula, in_brackets
from tests.test_properties import FITTING, ROOT, whole

pytestmark = pytest.mark.slow

#: What is put in the place of a file, by its path in the site; `None` takes it away.
Changes = dict[str, bytes | None]


@pytest.fixture(autouse=True, scope="module")
def _read_each_text_once() -> None:
    """Stands for the fixture of that name in conftest.py: here files are read as they are."""


@pytest.fixture(autouse=True, scope="module")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where everything is kept meanwhile."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(folder))
        yield folder


def outcome(folder: Path, *, cached: bool) -> dict[str, Any]:
    """What a site comes to: the problems, and if its parts fit together each page and each file, made and written."""
    try:
        gathered = gather(folder / "mkdocs.yml", cached=cached)
    except ContentError as error:
        return {"problems": error.problems}
    result: dict[str, Any] = {"problems": [(problem, problem.place.block) for problem in gathered.problems]}
    project, curriculum = gathered.project, gathered.curriculum
    fitting = {rule.code for rule in FITTING}
    if curriculum is None or not curriculum.modules:
        return result
    # With a file unread nobody knows what fits together, and no site is made.
    if gathered.unread or any(p.severity == "error" and p.code in fitting for p in gathered.problems):
        return result
    found, cache = gathered.found, gathered.cache
    renderer = SiteRenderer(curriculum, project.settings, project.template_folders, found, cache)
    try:
        pages = list(renderer.pages())
    except BuildError as error:  # what other rules than those keep from coming to this
        return result | {"failed": str(error)}
    target = folder.with_name(f"{folder.name} {'as it was kept' if cached else 'anew'}")
    site = whole_site(project, renderer, pages, cache, target)
    place = write(project, site, target, cache)
    written = {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}
    made = {page.url: page for page in pages} | {asset.url: asset.path or asset.read() for asset in site.assets}
    return result | made | {f"written: {name}": written[name] for name in sorted(written)}


def differences(folder: Path) -> set[str]:
    """What is not the same where what was kept is used."""
    kept, anew = outcome(folder, cached=True), outcome(folder, cached=False)
    assert list(kept) == list(anew), "in the same order"
    return {name for name in anew if kept[name] != anew[name]}


# ------------------------------------------------------------ what is spared


class Counted:
    """Notes which modules were judged and rendered."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.judged: list[str] = []
        self.rendered: list[str] = []
        found_in, of_owner = engine._found_in, Cache.of

        def judging(part: Any, *rest: Any) -> Any:
            context = part.whole[-1] if part.whole else None
            self.judged.append(BESIDE if not context else context.module.id if context.module else SITE)
            return found_in(part, *rest)

        def of(cache: Cache, owner: str, part: str, kind: Any, make: Callable[[], Any], *besides: Any) -> Any:
            def making() -> Any:
                self.rendered += [owner] if part == "pages" else []
                return make()

            return of_owner(cache, owner, part, kind, making, *besides)

        monkeypatch.setattr(engine, "_found_in", judging)
        monkeypatch.setattr(Cache, "of", of)

    def since(self) -> tuple[list[str], list[str]]:
        """What has been judged and rendered since this was last asked."""
        judged, rendered = self.judged, self.rendered
        self.judged, self.rendered = [], []
        return judged, rendered


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of which nothing is kept yet."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    folder = tmp_path / "site"
    two_modules(folder)
    return folder


@pytest.mark.slow
def test_only_what_an_edit_concerns_is_judged_and_rendered(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Counted(monkeypatch)
    both = ["listening", "speaking"]
    prepare(site / "mkdocs.yml", cached=True)
    everything = [SITE, BESIDE, *both], [SITE, BESIDE, *both]
    assert counted.since() == everything
    prepare(site / "mkdocs.yml", cached=True)
    assert counted.since() == ([], [])
    EDITS["a sentence"][0](site)
    prepare(site / "mkdocs.yml", cached=True)
    assert counted.since() == ([SITE, "listening"], [SITE, "listening"])
    EDITS["a title"][0](site)
    prepare(site / "mkdocs.yml", cached=True)
    assert counted.since() == everything
    prepare(site / "mkdocs.yml")
    assert counted.since() == everything


@pytest.mark.slow
def test_what_modules_are_asked_for_by_rules_of_all_is_kept_until_they_change(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def noting(module: Module) -> dict[str, list[str]]:
        asked.append(module.id)
        return names_in(module)

    monkeypatch.setattr(engine, "names_in", noting)
    prepare(site / "mkdocs.yml", cached=True)
    assert asked == ["listening", "speaking"]
    EDITS["a sentence"][0](site)
    prepare(site / "mkdocs.yml", cached=True)
    assert asked == ["listening", "speaking", "listening"]


def test_only_files_of_what_changed_are_read_again(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gather(site / "mkdocs.yml", cached=True)
    read: list[str] = []

    def counting(path: Path, name: str) -> Any:
        read.append(name)
        return read_file(path, name)

    monkeypatch.setattr(modules, "read_file", counting)
    gather(site / "mkdocs.yml", cached=True)
    assert read == []
    EDITS["a sentence"][0](site)
    found = gather(site / "mkdocs.yml", cached=True)
    assert read and {name.split("/")[1] for name in read} == {"listening"}
    lesson = found.curriculum.modules["listening"].lessons[0] if found.curriculum else None
    assert lesson and lesson.place("title").file in read
    read.clear()
    EDITS["a glossary entry"][0](site)
    gather(site / "mkdocs.yml", cached=True)
    assert "modules/glossary.yml" in read
    assert not any("listening" in name for name in read)


def test_what_a_check_found_a_build_does_not_look_for_again(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gather(site / "mkdocs.yml", cached=True)
    counted = Counted(monkeypatch)
    prepare(site / "mkdocs.yml", cached=True)
    assert counted.since()[0] == []


@pytest.mark.slow
def test_a_preview_judges_again_what_an_edit_concerns_and_keeps_what_was_judged_before_it_was_ended(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = Counted(monkeypatch)

    def refreshed(pause: Callable[[], None] = lambda: None) -> list[Problem]:
        steps = [problems for problems, *_ in build._refresh(site / "mkdocs.yml", {}, pause, cached=True)]
        return steps[-1]

    assert refreshed() == gather(site / "mkdocs.yml").problems
    counted.since()
    EDITS["a sentence"][0](site)

    def newer_change() -> None:
        if counted.judged == [SITE, "listening", SITE, "listening"]:
            raise EndedError

    with pytest.raises(EndedError):
        refreshed(newer_change)
    assert len(counted.since()[0]) == 4, "by the rules that come first, then by the others"
    assert refreshed() == gather(site / "mkdocs.yml").problems
    assert counted.since()[0][:1] == ["listening"]


class EndedError(Exception):
    """What ends a check."""


def test_a_check_by_some_rules_neither_uses_nor_spoils_what_all_rules_found(site: Path) -> None:
    put(site, HEARING, "She says the first", "As we all know, she says {{ nothing }} the first")
    clean = gather(site / "mkdocs.yml").problems
    assert clean
    assert gather(site / "mkdocs.yml", rules=(), cached=True).problems != clean
    assert gather(site / "mkdocs.yml", cached=True).problems == clean
    assert gather(site / "mkdocs.yml", rules=(), cached=True).problems != clean


@pytest.mark.slow
def test_what_is_made_of_a_file_that_was_saved_meanwhile_is_not_kept(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it would count as what there is to say of the file as it was, and come back with it."""

    def saved_before_it_is_read(*arguments: Any) -> Any:
        put(site, HEARING, "She says", "[@nobody] She says")
        return load_curriculum(*arguments)

    before = (site / HEARING).read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(build, "load_curriculum", saved_before_it_is_read)
        found = gather(site / "mkdocs.yml", cached=True).problems
    assert any("nobody" in problem.message for problem in found)
    (site / HEARING).write_bytes(before)
    assert differences(site) == set()


@pytest.mark.slow
@pytest.mark.parametrize("command", ["check", "build"])
def test_a_command_keeps_what_it_made_outside_of_the_site_unless_it_is_told_not_to(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(site)
    quiet = ["--quiet", "--site-dir", str(tmp_path / "out")] if command == "build" else []
    before = set(site.rglob("*"))
    said = []
    for more in (["--no-cache"], [], []):
        result = CliRunner().invoke(main.main, [command, *quiet, *more])
        said.append((result.exit_code, result.output))
        assert (tmp_path / "cache").exists() == (not more)
    assert said == [said[0]] * 3
    owners = {path.name.partition(".")[0] for path in (tmp_path / "cache").iterdir()}
    assert owners >= {"listening", "speaking", "_site"}
    assert set(site.rglob("*")) == before


# -------------------------------------------------------------- known edits


@pytest.mark.slow
def test_after_each_known_edit_and_after_its_undoing_the_site_is_what_a_clean_build_makes(tmp_path: Path) -> None:
    before = tmp_path / "as it was"
    two_modules(before)
    for name, (change, _) in EDITS.items():
        shutil.copytree(before, tmp_path / name)
        change(tmp_path / name)
        assert (name, differences(tmp_path / name)) == (name, set())
    assert differences(before) == set()


# --------------------------------------------------------- any edits, in turn


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with the files that figures and recordings name."""
    root = tmp_path_factory.mktemp("generated") / "site"
    for name in ("ladder.svg", "talk.mp3", "talk.mp4", "talk.vtt"):
        for module in MODULES:
            media = root / "modules" / module / "media" / name
            media.parent.mkdir(parents=True, exist_ok=True)
            media.write_bytes((ROOT / "tests/gallery/modules/gallery/media" / name).read_bytes())
    return root


class Edits:
    """A curriculum that somebody works on, from one state to the next."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self.values = draw(curricula())
        self.beside: Changes = {"mkdocs.yml": CONFIGURATION.encode(), "content/index.md": b"# Home\n\nA text.\n"}

    def files(self) -> Changes:
        """Every file as it is now."""
        return {f"modules/{name}": written(value).encode() for name, value in self.values.items()} | self.beside

    def change(self) -> None:
        """Changes something."""
        self._draw(st.sampled_from(CHANGES))(self)

    def one_of(self, options: list[Any]) -> Any:
        """Something by chance."""
        return self._draw(st.sampled_from(options))

    def file(self, ending: str = ".yml") -> str:
        """The name of a file."""
        return self.one_of(sorted(name for name in self.values if name.endswith(ending)))

    # The edits. Some make a site with mistakes, which the next ones may mend.

    def text(self) -> None:
        """Puts other words in the place of some."""
        value = self.values[self.file()]
        places = [
            (holder, key)
            for holder, key in _texts(value)
            if key in {"text", "summary", "feedback", "definition", "rationale", "prompt"}
        ]
        if places:
            holder, key = self.one_of(places)
            holder[key] = self.one_of(list(PIECES)) + " word"

    def title(self) -> None:
        name = self.file("module.yml")
        self.values[name]["title"] = f"Title {self.one_of(['one', 'two', 'three'])}"

    def lesson_title(self) -> None:
        lessons = sorted(name for name, value in self.values.items() if "steps" in value)
        self.values[self.one_of(lessons)]["title"] = f"Lesson {self.one_of(['one', 'two', 'three'])}"

    def order(self) -> None:
        self.values["curriculum.yml"]["order"].reverse()

    def shared(self) -> None:
        name, field = self.one_of([("glossary.yml", "term"), ("sources.yml", "authors"), ("people.yml", "name")])
        entry = self.one_of(sorted(self.values[name]))
        self.values[name][entry][field] = f"Name {self.one_of(['one', 'two', 'three'])}"

    def settings(self) -> None:
        more = self.one_of(
            [
                "",
                "      organisation: {name: Ours}\n",
                "      author_pages: true\n",
                "      release: true\n",
                f"      leave_out: [{MODULES[1]}]\n",
            ]
        )
        self.beside["mkdocs.yml"] = (CONFIGURATION + more).encode()

    def content(self) -> None:
        name = self.one_of(["content/index.md", "content/more.md"])
        gone = name != "content/index.md" and self.one_of([True, False])
        title = self.one_of(["One", "Two"])
        self.beside[name] = None if gone else f"# {title}\n\n[A link](module:{MODULES[0]}) and words.\n".encode()

    def file_beside(self) -> None:
        name = f"modules/{self.one_of(list(MODULES))}/media/{self.one_of(['a.svg', 'b.mp3', 'c.exe'])}"
        self.beside[name] = self.one_of([None, b"<svg/>", b"ID3"])

    def slip(self) -> None:
        """A slip of the pen, in the values or the bytes of a file."""
        name = self.file()
        if self.one_of([True, False]):
            value = copy.deepcopy(self.values[name])
            self.one_of(list(SLIPS))(self._draw, value)
            self.beside[f"modules/{name}"] = in_brackets(value).encode()
        else:
            scribbled = self.one_of(list(SCRIBBLES))(self._draw, written(self.values[name]).encode())
            self.beside[f"modules/{name}"] = scribbled

    def mend(self) -> None:
        """Takes back what is wrong."""
        self.beside = {
            name: value
            for name, value in self.beside.items()
            if not name.endswith((".yml", ".exe")) or name == "mkdocs.yml"
        }

    def renamed_module(self) -> None:
        """Moves the second module to another name, or back."""
        old = next((name for name in ("other", MODULES[1]) if f"{name}/module.yml" in self.values), None)
        if old:
            new = MODULES[1] if old == "other" else "other"
            moved = {
                name.replace(f"{old}/", f"{new}/", 1) if name.startswith(f"{old}/") else name: value
                for name, value in self.values.items()
            }
            self.values = Files(moved)
            order = self.values["curriculum.yml"]["order"]
            order[:] = [new if name == old else name for name in order]

    def module_less(self) -> None:
        """Takes the second module away."""
        self.values = Files(
            {name: value for name, value in self.values.items() if not name.startswith((f"{MODULES[1]}/", "other/"))}
        )
        order = self.values["curriculum.yml"]["order"]
        order[:] = [name for name in order if name == MODULES[0]]


def _texts(value: Any) -> Iterator[tuple[Values, str]]:
    for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
        if isinstance(value, dict) and isinstance(inner, str):
            yield value, key
        elif isinstance(inner, dict | list):
            yield from _texts(inner)


#: Edits, the likely ones more often.
CHANGES: list[Callable[[Edits], None]] = [
    Edits.text, Edits.text, Edits.text, Edits.title, Edits.lesson_title, Edits.order, Edits.shared, Edits.settings, Edits.content,
    Edits.file_beside, Edits.slip, Edits.mend, Edits.mend, Edits.renamed_module, Edits.module_less,
]  # fmt: skip


class History(list[Changes]):
    """The states of a site, one after the other. Too much to print."""

    def __repr__(self) -> str:
        return f"<{len(self)} states>"


@st.composite
def histories(draw: Draw) -> History:
    """A few edits, and back to the start."""
    edits = Edits(draw)
    states = History([edits.files()])
    for _ in range(draw(st.integers(3, 6))):
        edits.change()
        states.append(edits.files())
    states += states[:2]
    return states


def put_all(folder: Path, files: Changes) -> None:
    """Makes a site hold these files and what figures and recordings name, and nothing else."""
    known = {folder / name for name, content in files.items() if content is not None}
    for path in [*folder.rglob("*.yml"), *folder.rglob("*.md"), *folder.glob("modules/*/media/[abc].*")]:
        if path not in known:
            path.unlink()
    for name, content in files.items():
        if content is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)


def damage(folder: Path, chance: random.Random) -> None:
    """Does something to some of the entries, as disks, editors and other versions do."""
    entries = sorted(path for path in folder.glob("*.json") if path.stat().st_size)
    for path in chance.sample(entries, min(2, len(entries))):
        content = path.read_bytes()
        place = chance.randrange(len(content))
        path.write_bytes(
            chance.choice([
                content[:place],
                content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :],
                chance.choice(entries).read_bytes(),
                json.dumps({"key": "none"}).encode(),
                b"",
            ])
        )  # fmt: skip


@pytest.mark.slow
@whole
@given(states=histories(), seed=st.integers(0, 2**32))
def test_after_any_edits_the_site_is_what_a_clean_build_makes(
    states: History, seed: int, folder: Path, cache_folder: Path
) -> None:
    chance = random.Random(seed)  # noqa: S311  # nothing is secret
    for number, state in enumerate(states):
        put_all(folder, state)
        damage(cache_folder, chance)
        assert (number, differences(folder)) == (number, set())
    assert len(list(cache_folder.glob("*"))) <= 9 * (len(MODULES) + 2)
