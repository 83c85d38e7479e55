"""People of the cast: each word draws something, the same words always the same, and small; nobody is guessed."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from alongside.load.curriculum import load_curriculum
from alongside.load.layers import Layer
from alongside.media.colours import contrast, of_hex
from alongside.model.faces import Face
from alongside.model.settings import Settings
from alongside.render import faces
from alongside.render.assets import site_assets
from alongside.render.faces import TINTS, drawn, portrait, samples, words_of
from alongside.render.site import SiteRenderer
from alongside.render.template_context import spoken
from tests.render.test_site import ROOT

#: What a face needs besides for all words of a field to be seen.
MORE: dict[str, dict[str, str]] = {"headwear": {"hair": "long"}}
FIELDS = [*Face.model_fields]
#: The most bytes of a drawing of the shipped course, and of any that the words allow.
MOST, MOST_OF_ALL = 1200, 2000
#: How dark pictures are shown in dark mode: `--picture` in `theme/styles/tokens.css`.
DIMMED = 0.8


def face(**parts: Any) -> Face:
    return Face.model_validate({"skin": "light", **parts})


def with_word(field: str, word: str) -> Face:
    return face(**MORE.get(field, {}), **{field: (word,) if field == "also" else word})


@pytest.mark.parametrize("field", FIELDS)
def test_every_word_draws_something_of_its_own(field: str) -> None:
    drawings = {word: drawn(with_word(field, word)) for word in words_of(field)}
    assert len(set(drawings.values())) == len(drawings)


@pytest.mark.parametrize("extra", words_of("also"))
def test_whatever_else_is_to_be_seen_shows_beside_everything(extra: str) -> None:
    """A hearing aid is seen below a cap, and a wheelchair around a child."""
    for field in FIELDS:
        if field != "also":
            for word in words_of(field):
                parts = {**MORE.get(field, {}), field: word}
                assert drawn(face(**parts)) != drawn(face(**parts, also=(extra,)))


def test_authors_see_each_word_drawn() -> None:
    shown = [(field, sample.word, drawn(sample.face)) for field, _, of_field in samples() for sample in of_field]
    assert [(field, word) for field, word, _ in shown] == [
        (field, word) for field in FIELDS for word in words_of(field)
    ]
    for field in FIELDS:
        drawings = [drawing for of, _, drawing in shown if of == field]
        assert len(drawings) == len(set(drawings)), field


def test_the_kit_has_a_part_for_each_word_and_for_no_other() -> None:
    none = {"none"}
    assert {*faces.TONES} == {*words_of("skin")}
    assert {*faces.HAIR} == {*words_of("hair")}
    assert {*faces.HAIR_COLOURS} == {*words_of("hair_colour")}
    assert {*faces.BEARDS} == {*words_of("beard")} - none
    assert {*faces.GLASSES} == {*words_of("glasses")} - none
    assert {*faces.HEADWEAR} == {*words_of("headwear")} - none
    assert {*faces.CLOTHES} == {*words_of("clothes")}
    assert {*faces.COLOURS} == {*words_of("colour")}
    assert {*faces.EXTRAS} == {*words_of("also")}
    assert {*faces.LINES, *faces.SCALES} == {*words_of("age")} - {"adult"}


def test_the_same_words_make_the_same_bytes_however_they_are_written() -> None:
    parts = {"hair": "curly", "also": ["earrings", "hearing-aid"], "colour": "plum"}
    assert drawn(face(**parts)) == drawn(face(**dict(reversed(parts.items()))))


def test_a_drawing_is_sound_and_asks_for_nothing() -> None:
    for field in FIELDS:
        for word in words_of(field):
            text = drawn(with_word(field, word))
            names = {element.tag.rpartition("}")[2] for element in ET.fromstring(text).iter()}  # noqa: S314
            assert names <= {"svg", "g", "path"}
            assert not re.search(r"href|url\(|style|LINE", text)


def test_no_drawing_is_large() -> None:
    """The largest of each list together: nobody looks so, and no word can be added that makes it more."""
    largest = {
        field: max(words_of(field), key=lambda word, field=field: len(drawn(with_word(field, word))))
        for field in FIELDS
    }
    extras = sorted(words_of("also"), key=lambda word: len(drawn(with_word("also", word))))[-3:]
    assert len(drawn(face(**largest | {"also": extras}))) <= MOST_OF_ALL


@pytest.mark.parametrize("skin", faces.TONES)
def test_lines_of_a_face_can_be_seen_in_light_and_dark(skin: str) -> None:
    """Eyes, mouth and glasses are told from the skin (WCAG 2.2, 1.4.11), and the eye from its white, dimmed or not."""
    tone = faces.TONES[skin]
    for light in (1, DIMMED):
        on = lambda colour, light=light: tuple(int(part * light) for part in of_hex(colour))  # noqa: E731
        assert contrast(on(tone.skin), on(tone.line)) >= 3
        assert contrast(on("#ffffff"), on(faces.INK)) >= 3
        for cloth, pale in faces.COLOURS.values():
            assert contrast(on(cloth), on(pale)) >= 2  # not needed to understand anything, only to see a person
            assert contrast(on(pale), on(faces.INK)) >= 3


def test_skin_hair_and_clothes_are_told_from_each_other() -> None:
    for parts in (faces.TONES.values(), faces.HAIR_COLOURS.values(), faces.COLOURS.values()):
        for one, other in combinations(parts, 2):
            assert one != other


def tints() -> dict[str, str]:
    style = (ROOT / "theme/partials/face.css").read_text("utf-8")
    return dict(re.findall(r"\.face--(\w+) \{\s*--tint: (#[0-9a-f]{6})", style))


def test_a_letter_stands_out_from_every_tint() -> None:
    assert {*tints()} == {*TINTS}
    assert all(contrast(of_hex(tint), of_hex("#1d2324")) >= 7 for tint in tints().values())


# ------------------------------------------------------------ on the pages


@pytest.fixture
def rendered(a_curriculum: Any) -> Any:
    def render(files: dict[str, str | None]) -> tuple[Any, dict[str, bytes]]:
        curriculum = a_curriculum(files).curriculum
        files_of = {
            asset.url: asset.content or b""
            for asset in site_assets(curriculum, Settings(), [ROOT / "theme"])
            if "/faces/" in asset.url
        }
        return SiteRenderer(curriculum, Settings(), [ROOT / "theme"]).plan(), files_of

    return render


@pytest.mark.slow
def test_who_has_a_face_is_shown_with_it_on_every_page_of_a_module(rendered: Any) -> None:
    plan, files = rendered({})
    assert {*files} == {f"listening/faces/{name}.svg" for name in ("nadia", "owen", "rosa")}
    for url in ("listening/", "listening/hearing/", "listening/print/"):
        body = plan[url]().body
        shown = re.findall(r'<img class="face" src="site:([^"]+)" alt="" width="64" height="64"', body)
        assert {*shown} <= {*files} and len({*shown}) >= 2, url
        assert "face--plain" not in body


@pytest.mark.slow
def test_of_whom_nothing_is_said_only_the_name_is_used(rendered: Any) -> None:
    """No face is made up: the same letter and tint on every page and in every build, and no picture."""
    plan, files = rendered({"modules/cast.yml": None})
    assert files == {}
    plain = re.findall(
        r'<span class="face face--plain face--(\w+)" data-initial="(.)" aria-hidden="true">', plan["listening/"]().body
    )
    assert [letter for _, letter in plain] == ["O", "N", "R"]
    assert (
        plain[:2]
        == list(
            dict.fromkeys(re.findall(r'face--plain face--(\w+)" data-initial="(.)"', plan["listening/hearing/"]().body))
        )[:2]
    )


@pytest.mark.parametrize(
    ("name", "letter"), [("Amara", "A"), ("élodie", "É"), ("“Jo”", "J"), ("李娜", "李"), ("…", "…")]
)
def test_a_letter_is_the_first_of_the_name(a_curriculum: Any, name: str, letter: str) -> None:
    shown = portrait(a_curriculum({}).curriculum, None, name)
    assert (shown.picture, shown.initial) == ("", letter)
    assert shown.tint in TINTS


def test_two_people_of_one_name_are_told_apart_by_their_modules(a_curriculum: Any) -> None:
    cast = (
        "a: {name: Nadia, face: {skin: tan}}\n"
        "b: {name: Nadia, modules: [listening], face: {skin: pale}}\n"
        "c: {name: Nadia, modules: [waiting], face: {skin: dark}}\n"
    )
    curriculum = a_curriculum({"modules/cast.yml": cast}).curriculum
    found = [curriculum.cast_member(module, "Nadia")[0] for module in ("listening", "waiting", "other")]
    assert found == ["b", "c", "a"]


def test_a_word_that_no_face_knows_is_an_error_with_those_it_knows(a_curriculum: Any) -> None:
    [problem] = a_curriculum({"modules/cast.yml": "nadia: {name: Nadia, face: {skin: tan, hair: curley}}\n"}).problems
    assert problem.severity == "error"
    assert 'did you mean "curly"' in problem.message
    assert "ponytail" in problem.expected
    assert str(problem.place).startswith("modules/cast.yml:1:")


# ---------------------------------------------------------- stage directions


@pytest.mark.parametrize(
    ("says", "does", "then"),
    [
        ("*nods* Yes.", "nods", "Yes."),
        ("*He folds the letter.* If you like.", "He folds the letter.", "If you like."),
        ("*waits*", "waits", ""),
        ("*I* never said so.", "", "*I* never said so."),
        ("*Not now*, please.", "", "*Not now*, please."),
        ("**Stop.** Now.", "", "**Stop.** Now."),
        ("*really*? I see.", "", "*really*? I see."),
        ("Well. *sighs* Yes.", "", "Well. *sighs* Yes."),
        ("* one", "", "* one"),
    ],
)
def test_what_somebody_does_first_is_told_from_what_is_stressed(says: str, does: str, then: str) -> None:
    assert spoken(says) == (does, then)


# ------------------------------------------------------- the shipped course


@pytest.fixture(scope="module")
def course() -> Any:
    curriculum, problems = load_curriculum([Layer("", ROOT)])
    assert curriculum and not [problem for problem in problems if problem.severity == "error"]
    return curriculum


@pytest.mark.slow
def test_everyone_who_speaks_in_the_course_has_a_face(course: Any) -> None:
    missing = {
        (name, module.id)
        for module in course.modules.values()
        for name in module.speakers
        if not course.cast_member(module.id, name)
    }
    assert missing == set()


@pytest.mark.slow
def test_no_two_people_of_the_course_look_alike_and_none_is_large(course: Any) -> None:
    drawings = {name: drawn(member.face) for name, member in course.cast.items()}
    assert len(set(drawings.values())) == len(drawings)
    assert {name: len(text) for name, text in drawings.items() if len(text.encode()) > MOST} == {}


#: How old somebody may be who is drawn so. Years between two words may be drawn as either.
YEARS = {"child": (0, 12), "teenager": (13, 19), "adult": (18, 54), "middle-aged": (45, 69), "old": (65, 120)}


@pytest.mark.slow
def test_nobody_of_the_course_looks_another_age_than_the_texts_say(course: Any) -> None:
    told = 0
    for module in course.modules.values():
        text = " ".join(path.read_text("utf-8") for path in sorted(module.folder.glob("*.yml")))
        for _, member in course.cast_in(module):
            told_age = rf"\b{member.name}(?:,|,? who is|,? who’s| is) (\d\d)\b"
            stated = {int(years) for years in re.findall(told_age, text)}
            told += bool(stated)
            low, high = YEARS[member.face.age]
            # Cases of a quiz have people of their own, who may have the same name.
            assert not stated or any(low <= years <= high for years in stated), (member.name, module.id, stated)
    # Enough of them to matter: texts say an age where it tells something, and the fewer the better they read.
    assert told >= 30


def test_no_face_smiles_or_frowns_at_what_is_said() -> None:
    mouths = [re.search(r"q3\.5 (-?[\d.]+) 7 0", drawn(sample.face)) for _, _, found in samples() for sample in found]
    assert mouths
    assert all(mouth and abs(float(mouth[1])) < 1 for mouth in mouths)
