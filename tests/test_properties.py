"""What holds for every curriculum, sound or broken: generated ones say it, so that no kind is left to be thought of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import html5lib
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from alongside.authoring import ids
from alongside.commands import main
from alongside.exporters import BANKS
from alongside.exporters.bank import bank_of
from alongside.files.problems import Problem, printable
from alongside.files.source import written
from alongside.importers import imported
from alongside.load.curriculum import load_curriculum
from alongside.load.layers import Layer
from alongside.load.modules import Memory
from alongside.model.curriculum import Curriculum
from alongside.model.element import Element, Text, descendants, own_texts
from alongside.model.exercises import EXERCISE_KINDS
from alongside.model.modules import ModuleOutline
from alongside.model.questions import QUESTION_KINDS, Question
from alongside.model.questions.open_response import OpenResponse
from alongside.model.settings import Settings
from alongside.model.steps import STEP_KINDS, step_kind
from alongside.render import voice
from alongside.render.markdown import ALLOWED_ATTRIBUTES, ALLOWED_TAGS, SCHEMES, Prose
from alongside.render.site import SiteRenderer
from alongside.reports.problems import FORMATS
from alongside.rules import RULES, RULES_BY_CODE
from alongside.rules.engine import check_curriculum
from alongside.texts.passages import SPECIAL
from tests.damage import damaged
from tests.examples import gallery_curriculum
from tests.exporters.readers import READERS
from tests.strategies import MODULES, QUIZ, Files, curricula, in_brackets

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
CONFIGURATION = "site_name: Test\nplugins:\n  - alongside:\n      layers: [.]\n"
#: Rules that say whether all parts are there and fit together, which is what rendering relies on. Words may be as they like.
FITTING = [
    rule
    for rule in RULES
    if rule.can_stop and rule.check and rule.scope != "text"
    if rule.code[0] in "MR"
    or rule.code in "S101 S102 S103 S104 S105 S106 Q101 Q120 Q121 Q122 Q123 Q124 Q125 Q127".split()
]
#: Attributes whose value a browser follows.
ADDRESSES = ("href", "src", "action", "formaction", "data", "poster", "srcset", "xlink:href")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")

#: A whole curriculum is a large example: making it smaller takes minutes, and the place that an assertion names says more.
whole = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@pytest.fixture(autouse=True, scope="module")
def _read_each_text_once() -> None:
    """Stands for the fixture of that name in conftest.py: no text comes twice here, and thousands are too many to keep."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with the files that figures and recordings name. Every example has the same files."""
    root = tmp_path_factory.mktemp("generated")
    (root / "mkdocs.yml").write_text(CONFIGURATION, "utf-8")
    for name in ("ladder.svg", "talk.mp3", "talk.mp4", "talk.vtt"):
        for module in MODULES:
            media = root / "modules" / module / "media" / name
            media.parent.mkdir(parents=True, exist_ok=True)
            media.write_bytes((ROOT / "tests/gallery/modules/gallery/media" / name).read_bytes())
    return root


def put(root: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (root / "modules" / name).write_bytes(content)


def load(root: Path, files: dict[str, bytes], memory: Memory | None = None) -> tuple[Curriculum | None, list[Problem]]:
    put(root, files)
    return load_curriculum([Layer("test", root)], memory=memory)


def as_yaml(files: Files) -> dict[str, bytes]:
    return {name: written(value).encode() for name, value in files.items()}


def kinds(curriculum: Curriculum) -> set[str]:
    """What there is in the files of modules, by the names of the registries."""
    inside = [part for module in curriculum.modules.values() for file in module.files for part in descendants(file)]
    return {kind for part in inside if (kind := step_kind(part) or getattr(part, "kind", None))}


# ------------------------------------------------------------------ sound ones


@pytest.mark.site
@whole
@given(files=curricula())
def test_what_the_model_allows_is_read_the_same_from_every_way_of_writing_it(files: Files, folder: Path) -> None:
    curriculum, problems = load(folder, as_yaml(files))
    assert [problem for problem in problems if problem.severity == "error"] == []
    assert ids.fillings([folder / "modules"], folder) == ([], [])
    again, _ = load(folder, {name: in_brackets(value).encode() for name, value in files.items()})
    assert curriculum is not None and again is not None
    assert again == curriculum
    for name, element in elements_by_file(curriculum).items():
        assert type(element).model_validate(files[name]) == element, name


def elements_by_file(curriculum: Curriculum) -> dict[str, Element]:
    """What was read of each file that holds one element."""
    found: dict[str, Element] = {"curriculum.yml": curriculum.outline}
    for module in curriculum.modules.values():
        for file in module.files:
            found[f"{module.id}/{'module' if isinstance(file, ModuleOutline) else file.id}.yml"] = file
    return found


@pytest.mark.site
@whole
@given(files=curricula())
def test_each_question_stands_in_a_bank_or_is_named_as_left_out(files: Files, folder: Path) -> None:
    curriculum, _ = load(folder, as_yaml(files))
    assert curriculum is not None
    said = voice.voice("en", curriculum, Settings(), (ROOT / "theme",))
    bank = bank_of("Test", curriculum, list(curriculum.modules), said, "")
    for form, one in BANKS.items():
        content, count, left = one.write(bank)
        assert count + sum(one.whole for one in left) == len(bank.items), form
        if form == "gift":  # our importer keeps texts shorter than these
            read = imported(form, content.decode(), "bank")
            assert len(read.questions) + len(read.refused) == count, read.problems
        else:
            assert len(READERS[form](content)) == count, form


@pytest.mark.site
@whole
@given(files=curricula())
def test_rules_look_at_anything_and_what_is_sound_fits_together(files: Files, folder: Path) -> None:
    curriculum, _ = load(folder, as_yaml(files))
    assert curriculum is not None
    problems = check_curriculum(curriculum)
    assert [problem for problem in problems if not well_said(problem)] == []
    codes = {rule.code for rule in FITTING}
    assert [problem for problem in problems if problem.code in codes and problem.severity == "error"] == []


def well_said(problem: Problem) -> bool:
    """Whether a problem has a place, and a message that a terminal prints on one line."""
    place = problem.place
    return bool(place.file) and place.line >= 1 and place.column >= 1 and problem.message == printable(problem.message)


@pytest.fixture(scope="module")
def renderer_of() -> Iterator[Callable[[Curriculum], SiteRenderer]]:
    """Makes renderers that share their templates, which do not change: to compile them takes longer than to render."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(voice, "environment", cache(voice.environment))
        yield lambda curriculum: SiteRenderer(curriculum, Settings(), (ROOT / "theme",))


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory, renderer_of) -> Callable[[Any], set[tuple[str, str]]]:
    """What of a page neither our templates make, as seen where content is tame but of every kind, nor content may bring."""
    gallery = renderer_of(gallery_curriculum(tmp_path_factory.mktemp("gallery")))
    known = {shape for page in gallery.pages() for shape in shapes(parsed(page.body))}
    for tag in ALLOWED_TAGS:
        known |= {(tag, name) for name in ("", "class", *ALLOWED_ATTRIBUTES["*"], *ALLOWED_ATTRIBUTES.get(tag, ()))}
    return lambda tree: shapes(tree) - known


def parsed(html: str) -> Any:
    return html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)


def shapes(tree: Any) -> set[tuple[str, str]]:
    """The elements of a page with each of their attributes. What questions of all kinds stand in counts as one element."""
    found = set()
    for element in tree.iter():
        tag = "a comment" if not isinstance(element.tag, str) else "q-" if element.tag.startswith("q-") else element.tag
        # Those that a browser follows nowhere stand in some examples of a kind and not in others.
        found |= {(tag, ""), *((tag, name) for name in element.attrib if not name.startswith(("data-", "aria-")))}
    return found


def schemes(tree: Any) -> set[str]:
    """How the addresses on a page start, where they name a scheme."""
    addresses = [element.get(name, "").strip().lower() for element in tree.iter() for name in ADDRESSES]
    return {address.partition(":")[0] for address in addresses if SCHEME.match(address)}


def words(tree: Any) -> str:
    """The text of a page as it is read, with single spaces."""
    return " ".join("".join(tree.itertext()).split())


def picked(question: Question) -> Iterator[Text]:
    """What a learner picks from, sorts or arranges."""
    for part in descendants(question)[1:]:
        yield from (text for text in own_texts(part) if text.field in {"text", "prompt", "match", "title", "label"})


def said(text: Text, prose: Prose) -> str:
    """A text as a page should say it. Where it has no signs, no renderer is asked."""
    if text.markdown == "none" or (text.markdown == "inline" and not SPECIAL.search(text.value)):
        return " ".join(text.value.split())
    rendered = prose.block(text.value) if text.markdown == "block" else prose.inline(text.value)
    return " ".join(rendered.striptags().split())


@pytest.mark.site
@whole
@given(files=curricula())
def test_pages_of_any_curriculum_show_what_was_written_and_hold_only_what_content_may_bring(
    files: Files, folder: Path, foreign, renderer_of
) -> None:
    curriculum, _ = load(folder, as_yaml(files))
    assert curriculum is not None
    assert kinds(curriculum) >= {*STEP_KINDS, *QUESTION_KINDS, *EXERCISE_KINDS}
    renderer = renderer_of(curriculum)
    trees = {page.url: parsed(page.body) for page in renderer.pages()}
    for url, tree in trees.items():
        assert foreign(tree) == set(), url
        assert schemes(tree) <= SCHEMES, url
    quiz = curriculum.modules[MODULES[0]].quiz
    assert quiz is not None
    for question in quiz.questions:
        element = trees[f"{MODULES[0]}/{QUIZ}/"].find(f".//*[@id='q-{question.id}']")
        if not isinstance(question, OpenResponse):  # what to compare with stands in its key, and nowhere else
            element.find(f".//*[@id='q-{question.id}__key']").clear()
        shown = words(element)
        for text in picked(question):
            assert said(text, renderer._voice.prose) in shown, text.place


# ----------------------------------------------------------------- broken ones


@pytest.mark.site
@whole
@given(example=damaged())
def test_what_is_broken_is_said_with_its_place_or_can_be_shown(
    example: tuple[Files, list[Files]], folder: Path, renderer_of
) -> None:
    files, damages = example
    sound, memory = as_yaml(files), {}
    load(folder, sound)
    for damage in damages:
        curriculum, problems = load(folder, damage, memory)
        problems = [*problems, *(check_curriculum(curriculum) if curriculum else ())]
        assert [problem for problem in problems if not well_said(problem)] == [], damage
        ids.fillings([folder / "modules"], folder)
        if curriculum and curriculum.modules and not stops(problems):
            assert list(renderer_of(curriculum).pages())
        put(folder, {name: sound[name] for name in damage})


def stops(problems: Iterable[Problem]) -> bool:
    """Whether there is an error for which a preview shows no pages, other than what the words of a text refer to."""
    return any(
        problem.severity == "error" and problem.code[0] in "LMRS" and RULES_BY_CODE[problem.code].scope != "text"
        for problem in problems
    )


@pytest.mark.site
@settings(whole, max_examples=3)
@given(example=damaged(), form=st.sampled_from(sorted(FORMATS)))
def test_the_command_ends_with_0_or_1_whatever_the_files_hold(
    example: tuple[Files, list[Files]], form: str, folder: Path
) -> None:
    files, damages = example
    sound = as_yaml(files)
    put(folder, sound)
    for damage in damages[:3]:
        put(folder, damage)
        result = CliRunner().invoke(main.main, ["check", "--config", str(folder / "mkdocs.yml"), "--format", form])
        assert result.exit_code in {0, 1}, result.output
        assert isinstance(result.exception, SystemExit | None), damage
        put(folder, {name: sound[name] for name in damage})
