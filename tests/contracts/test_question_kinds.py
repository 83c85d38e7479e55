"""What every question kind owes: three places with one name, and something to show in every output."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from alongside.model.questions import QUESTION_KINDS
from alongside.model.questions.interaction import Rate
from alongside.model.settings import Settings
from alongside.render.site import SiteRenderer
from alongside.render.template_context import answer_key
from tests.examples import Example, gallery_curriculum, invalid_examples, valid_examples

ROOT = Path(__file__).parents[2]
VALID = valid_examples()
each_kind = pytest.mark.parametrize("kind", QUESTION_KINDS)
each_example = pytest.mark.parametrize("example", VALID, ids=str)


@pytest.fixture(scope="module")
def bodies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every page of the gallery, by its address."""
    return _render(tmp_path_factory.mktemp("gallery"))


def _render(folder: Path) -> dict[str, str]:
    renderer = SiteRenderer(gallery_curriculum(folder), Settings(), [ROOT / "theme"])
    return {page.url: page.body for page in renderer.pages()}


@each_kind
def test_a_kind_lives_in_three_places_under_one_name(kind: str) -> None:
    assert (ROOT / "builder/alongside/model/questions" / f"{kind}.py").is_file()
    assert (ROOT / "theme/questions" / kind / "template.html").is_file()
    assert (ROOT / "tests/model/questions" / kind / "examples.yaml").is_file()


@each_kind
def test_the_public_folder_of_a_kind_holds_nothing_else(kind: str) -> None:
    allowed = {"template.html", f"{kind}.js", f"{kind}.css"}
    assert {path.name for path in (ROOT / "theme/questions" / kind).iterdir()} <= allowed


@each_kind
def test_the_name_in_the_registry_is_the_kind_in_the_model(kind: str) -> None:
    assert QUESTION_KINDS[kind].model_fields["kind"].annotation.__args__ == (kind,)  # type: ignore[union-attr]


@each_kind
def test_the_docstring_of_a_kind_speaks_to_authors(kind: str) -> None:
    assert len((QUESTION_KINDS[kind].__doc__ or "").split()) >= 10


@each_kind
def test_a_kind_has_a_name_for_readers(kind: str) -> None:
    assert QUESTION_KINDS[kind].in_words


@each_example
def test_a_valid_example_is_read_without_a_problem(example: Example) -> None:
    assert example.parse()[1] == []


@each_example
def test_an_answer_key_says_what_is_right(example: Example) -> None:
    key = answer_key(example.question)
    assert bool(key) is not isinstance(example.question.to_interaction(), Rate)


@each_example
def test_a_fingerprint_is_the_same_for_the_same_question(example: Example) -> None:
    assert example.question.fingerprint() == example.question.fingerprint()


@each_example
def test_a_fingerprint_changes_with_the_prompt_and_not_with_the_id(example: Example) -> None:
    question = example.question
    assert question.model_copy(update={"prompt": "Other?"}).fingerprint() != question.fingerprint()
    assert question.model_copy(update={"id": "other"}).fingerprint() == question.fingerprint()


@each_example
def test_a_screen_shows_the_prompt_the_answer_and_all_feedback(example: Example, bodies: dict[str, str]) -> None:
    body = bodies[f"gallery/{example.kind.replace('_', '-')}/"]
    start = body.index(f'id="q-{example.question.id}"')
    shown = body[start : body.index(f"</q-{example.kind.replace('_', '-')}>", start)]
    assert f'id="q-{example.question.id}__key"' in shown
    shape = example.question.to_interaction()
    for pick in [*getattr(shape, "picks", ()), *getattr(shape, "prompts", ())]:
        assert pick.feedback in shown, pick


@each_example
def test_paper_for_learners_has_no_answers(example: Example, bodies: dict[str, str]) -> None:
    paper = bodies["gallery/print/"]
    assert f'id="q-{example.question.id}"' in paper
    assert f"q-{example.question.id}__key" not in paper
    tag = f"q-{example.kind.replace('_', '-')}"
    start = paper.index(f'id="q-{example.question.id}"')
    shown = paper[start : paper.index(f"</{tag}>", start)]
    # What scripts judge by stands in attributes; on paper nothing is judged, and a page can be looked into.
    assert set(re.findall(r"\bdata-[\w-]+", shown)) <= {"data-question"}


@each_example
def test_the_paper_key_has_the_answer(example: Example, bodies: dict[str, str]) -> None:
    for text, _ in answer_key(example.question):
        assert text.split()[-1].strip("*.”,") in bodies["gallery/print/key/"]


@pytest.mark.parametrize(
    ("example", "expected"), invalid_examples(), ids=lambda value: str(value) if isinstance(value, Example) else ""
)
def test_an_invalid_example_is_refused_in_these_words(example: Example, expected: list[str]) -> None:
    question, problems = example.parse()
    first = example.source.place.line
    assert question is None
    assert [f"line {p.place.line - first + 1}: {p.code} {p.message}" for p in problems] == expected


@pytest.mark.slow
def test_a_second_rendering_is_identical(bodies: dict[str, str], tmp_path: Path) -> None:
    assert _render(tmp_path) == bodies
