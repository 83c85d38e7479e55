"""Every example of every kind of question in every format: read back with the same meaning, or left out with a reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from alongside.exporters import BANKS
from alongside.exporters.bank import Bank, Item, bank_of
from alongside.exporters.left_out import LeftOut
from alongside.files.archive import packed
from alongside.model.curriculum import Curriculum
from alongside.model.element import private_of
from alongside.model.questions.interaction import Choose, Reflect
from alongside.model.settings import Settings
from alongside.render.voice import voice
from tests.examples import Example, gallery_curriculum, valid_examples
from tests.exporters.meaning import Meaning, differences
from tests.exporters.qti_reader import files
from tests.exporters.readers import READERS

ROOT = Path(__file__).parents[2]
each_form = pytest.mark.parametrize("form", BANKS)
each_example = pytest.mark.parametrize("example", valid_examples(), ids=str)

#: What of the examples each format has no room for, and a word of the reason.
LEFT_OUT = {
    "moodle-xml": {"confidence": "scale"},
    "gift": {"confidence": "scale", "gap-typed": "several gaps"},
    "aiken": {
        "choices": "one right answer", "judgement": "all others are wrong", "scale": "all others are wrong",
        "ordering": "one right answer", "matching": "one right answer", "sorting": "one right answer", "gap-typed": "one right answer",
        "short_text": "one right answer", "number": "one right answer", "open_response": "one right answer", "confidence": "one right answer",
    },
    "qti3": {},
    "qti21": {},
}  # fmt: skip


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Curriculum:
    """A course with every example."""
    return gallery_curriculum(tmp_path_factory.mktemp("gallery"))


@pytest.fixture(scope="module")
def bank(gallery: Curriculum) -> Bank:
    """All questions of that course."""
    return a_bank(gallery)


def a_bank(curriculum: Curriculum, address: str = "https://example.org/training/") -> Bank:
    said = voice("en", curriculum, Settings(), [ROOT / "theme"])
    return bank_of("Gallery", curriculum, list(curriculum.modules), said, address)


@pytest.fixture
def item_of(bank: Bank) -> Callable[[Example], Item]:
    """The question of an example, as the formats see it."""
    return lambda example: next(item for item in bank.items if item.question.id == example.question.id)


def exported(form: str, *items: Item) -> tuple[bytes, int, list[LeftOut]]:
    return BANKS[form].write(Bank("Gallery", "en", items))


def read_one(form: str, content: bytes) -> Meaning:
    (read,) = READERS[form](content)
    return read


def missing(form: str, item: Item, content: bytes) -> list[str]:
    """What the question of a file does not say."""
    hints = form == "moodle-xml" and not isinstance(item.question.shape, Reflect)
    return differences(item.question, read_one(form, content), hints=hints, beside=form != "aiken")


def test_every_format_is_read_back() -> None:
    assert READERS.keys() == BANKS.keys() == LEFT_OUT.keys()


@pytest.mark.slow
@each_form
@each_example
def test_a_question_means_the_same_in_a_file_or_is_named_as_left_out(
    form: str, example: Example, item_of: Callable[[Example], Item]
) -> None:
    item = item_of(example)
    content, count, left = exported(form, item)
    whole = [one for one in left if one.whole]
    reason = LEFT_OUT[form].get(str(example), LEFT_OUT[form].get(example.kind))
    assert [bool(whole), count] == ([True, 0] if reason else [False, 1]), left
    assert all(one.place == item.question.place() and one.question == item.question.id for one in left)
    if reason:
        assert [reason in one.reason for one in whole] == [True], whole
        return
    found = missing(form, item, content)
    if form == "aiken":  # the summary says that it has no room for what is said after an answer
        assert any("feedback" in one.what for one in left)
        found = [one for one in found if not one.startswith("after: ")]
    assert found == []


@each_form
def test_hints_that_a_format_has_no_room_for_are_named(form: str, bank: Bank) -> None:
    for item in bank.items:
        content, count, left = exported(form, item)
        if count and item.question.hints:
            kept = READERS[form](content)[0].hints
            assert bool(kept) != any("hints" in one.what for one in left), item.id


#: What a format has for the direction of writing: where texts say it, and where nothing can.
DIRECTED = {
    "moodle-xml": rb"&lt;div dir=&quot;rtl&quot;&gt;|&lt;div dir=\"rtl\"&gt;",
    "gift": rb'<div dir\\="rtl">',
    "qti3": rb'<qti-item-body dir="rtl">',
}


@pytest.mark.slow
@each_form
@each_example
def test_a_language_from_right_to_left_says_so_or_is_named(
    form: str, example: Example, item_of: Callable[[Example], Item]
) -> None:
    item = item_of(example)
    plain, count, left = exported(form, item)
    backwards = replace(item, words=replace(item.words, direction="rtl"))
    content, still, lost = exported(form, backwards)
    assert still == count
    if not count:
        return
    named = [one for one in lost if one not in left]
    texts = b"\n".join(files(content).values()) if form.startswith("qti") else content
    if form in DIRECTED:
        assert named == [] and re.search(DIRECTED[form], texts)
        assert not re.search(DIRECTED[form], plain if not form.startswith("qti") else b"".join(files(plain).values()))
    else:
        assert [one.what for one in named] == ["the direction of writing"] and b"dir=" not in texts
    assert missing(form, backwards, content) == missing(form, item, plain)


@each_form
def test_the_same_course_gives_the_same_bytes(form: str, gallery: Curriculum, bank: Bank) -> None:
    assert BANKS[form].write(bank) == BANKS[form].write(a_bank(gallery))


@pytest.mark.slow
@each_form
def test_a_whole_course_is_read_back_question_by_question(form: str, bank: Bank) -> None:
    content, count, left = BANKS[form].write(bank)
    assert len(READERS[form](content)) == count
    assert count + sum(one.whole for one in left) == len(bank.items)


@each_form
def test_a_file_is_known_as_ours(form: str, bank: Bank) -> None:
    content = BANKS[form].write(bank)[0]
    assert [other for other in BANKS if BANKS[other].is_ours(content)] == [form]
    assert not BANKS[form].is_ours(b"Notes of many years.\nA. The first.\n")


@pytest.mark.slow
@each_example
@pytest.mark.parametrize("form", ["moodle-xml", "qti3", "qti21"])
def test_a_question_is_found_by_its_module_objectives_and_id(
    form: str, example: Example, item_of: Callable[[Example], Item]
) -> None:
    item = item_of(example)
    content, count, _ = exported(form, item)
    if count:
        read = read_one(form, content)
        assert {"gallery", *item.question.objectives} <= read.tags
        assert read.id == f"gallery.{item.question.id}"


def test_gift_names_ids_and_tags_as_moodle_does(bank: Bank) -> None:
    text = BANKS["gift"].write(bank)[0].decode()
    assert "// [id:gallery.choice-everything] [tag:gallery] [tag:reflect] [tag:apply]\n::choice-everything::" in text
    assert "\n$CATEGORY: $course$/top/Gallery/Gallery\n" in text


# ------------------------------------------------------------ that checks can fail

Damage = tuple[str, str, str, str]
DAMAGES: list[Damage] = [
    ("moodle-xml", "choice-everything", 'fraction="100"', 'fraction="0"'),
    ("moodle-xml", "choice-everything", "A guess at the meaning.", ""),
    ("moodle-xml", "choice-everything", "It gives back what was said.", ""),
    ("moodle-xml", "choice-everything", "Look for a statement.", "Look."),
    ("moodle-xml", "choice-everything", "She looks at the table.", ""),
    ("moodle-xml", "judgement-plain", 'fraction="50"', 'fraction="100"'),
    ("moodle-xml", "judgement-plain", "Harmful.", "Poor."),
    ("moodle-xml", "matching-plain", "<text>Closed question</text>", "<text>Praise</text>"),
    ("moodle-xml", "matching-plain", "None of the lines gives a mark.", ""),
    ("moodle-xml", "ordering-plain", 'fraction="1"', 'fraction="9"'),
    ("moodle-xml", "gap-typed", "~=3#", "~3#"),
    ("moodle-xml", "gap-picked", "=A complex", "A complex"),
    ("moodle-xml", "short_text-plain", "<text>*</text>", "<text>?</text>"),
    ("moodle-xml", "open_response-plain", "Take away the question mark.", ""),
    ("moodle-xml", "number-plain", "<tolerance>7</tolerance>", "<tolerance>9</tolerance>"),
    ("moodle-xml", "number-signs", "<text>-3</text>", "<text>3</text>"),
    ("moodle-xml", "number-plain", "<showunits>0", "<showunits>3"),
    ("gift", "number-plain", "=45\\:7".replace("\\", ""), "=45:8"),
    ("gift", "number-signs", "=%0%3#", "=3#"),
    ("qti3", "number-plain", 'tolerance="7 7"', 'tolerance="8 8"'),
    ("qti21", "number-plain", ">otherwise<", ">right<"),
    ("qti21", "number-signs", ">-3<", ">3<"),
    ("gift", "choice-plain", "=What", "~What"),
    ("gift", "choice-plain", "#It invites a story.", ""),
    ("gift", "choices-plain", "%-", "%"),
    ("gift", "judgement-plain", "~%50%", "~"),
    ("gift", "ordering-plain", "-> 1", "-> 4"),
    ("gift", "sorting-plain", "-> Outside the role", "-> Part of the role"),
    ("gift", "short_text-signs", r"\!=".removeprefix("\\").replace("=", r"\="), "="),
    ("gift", "gap-picked", "=A complex", "~A complex"),
    ("aiken", "choice-plain", "ANSWER: ", "ANSWER: A" + "\nANSWER: "),
    ("qti3", "choice-everything", 'mapped-value="1"', 'mapped-value="0"'),
    ("qti3", "choice-everything", 'identifier="o-sting" show-hide', 'identifier="o-none" show-hide'),
    ("qti3", "choice-everything", '<qti-variable identifier="RESPONSE" />', ""),
    ("qti3", "choices-plain", 'mapped-value="-1"', 'mapped-value="0"'),
    ("qti21", "judgement-plain", 'mappedValue="0.5"', 'mappedValue="1"'),
    ("qti21", "ordering-plain", '<index n="1">', '<index n="9">'),
    ("qti3", "matching-plain", "<qti-value>p-sleep t-sleep<", "<qti-value>p-sleep t-next<"),
    ("qti3", "short_text-plain", ">giving advice<", ">nothing<"),
    ("qti21", "short_text-plain", ">otherwise<", ">right<"),
    ("qti3", "gap-picked", ">o-kind.complex<", ">o-kind.simple<"),
    ("qti3", "open_response-plain", "Take away the question mark.", ""),
    ("qti3", "confidence-plain", "Try the scenario.", ""),
]  # fmt: skip


def with_other_words(content: bytes, old: str, new: str) -> bytes:
    """A file, or the files of a package, in which something else stands."""
    inside = files(content) if content.startswith(b"PK") else {"": content}
    assert any(old.encode() in one for one in inside.values()), old
    changed = {name: one.replace(old.encode(), new.encode()) for name, one in inside.items()}
    return packed(changed) if content.startswith(b"PK") else changed[""]


@pytest.mark.slow
@pytest.mark.parametrize(("form", "name", "old", "new"), DAMAGES, ids=lambda value: value[:24])
def test_a_file_that_says_something_else_is_told_from_a_sound_one(
    form: str, name: str, old: str, new: str, item_of: Callable[[Example], Item]
) -> None:
    item = item_of(next(example for example in valid_examples() if str(example) == name))
    damaged = with_other_words(exported(form, item)[0], old, new)
    try:
        found = missing(form, item, damaged)
    except (AssertionError, KeyError, ValueError):
        return
    assert found != []


# -------------------------------------------------------- signs, links and pictures


def changed(item: Item, **values: object) -> Item:
    question = item.question.model_copy(update=values)
    private_of(question)["_shape"] = None  # it is that of the question as it was
    return Item(item.module, question, item.prose, item.words, item.sources)


#: Texts with everything that means something to one of the formats.
NASTY = [
    r"a = b ~ c # d { e } f : g \ h",
    "%50% of it",
    "[html] first",
    "-> there",
    "* any",
    "A. Smith says so",
    "a < b & c > d ]]> &amp; &#35;",
    "// not a remark",
    "$CATEGORY: x",
    "=x ~y {a}",
    r"C:\new\table",
]


@pytest.mark.slow
@each_form
@pytest.mark.parametrize("text", NASTY)
def test_no_word_of_an_author_means_something_to_a_format(form: str, text: str, bank: Bank) -> None:
    escaped = re.sub(r"([\\`*_\[\]{}<>&])", r"\\\1", text)
    for item in bank.items:
        nasty = changed(item, prompt=f"{escaped} {escaped}", rationale=escaped, hints=(escaped,))
        content, count, left = exported(form, nasty)
        if count:
            found = missing(form, nasty, content)
            assert [one for one in found if form != "aiken" or not one.startswith("after")] == [], nasty.id
        else:
            assert [one.whole for one in left] == [True]


@pytest.mark.slow
@each_form
@pytest.mark.parametrize("text", NASTY)
def test_no_option_means_something_to_a_format(form: str, text: str, bank: Bank) -> None:
    escaped = re.sub(r"([\\`*_\[\]{}<>&])", r"\\\1", text)
    for item in bank.items:
        if isinstance(item.question.shape, Choose) and item.question.id == "choice-plain":
            first, *others = item.question.options  # type: ignore[attr-defined]
            nasty = changed(item, options=(first.model_copy(update={"text": escaped, "feedback": escaped}), *others))
            assert missing(form, nasty, exported(form, nasty)[0]) == []


def test_a_link_into_the_site_is_whole_or_named(gallery: Curriculum) -> None:
    for address, link in (("https://example.org/training/", True), ("", False)):
        item = next(one for one in a_bank(gallery, address).items if one.question.id == "choice-plain")
        linked = changed(item, rationale="See [the page](page:about) and [[reflection]].")
        content, _, left = exported("moodle-xml", linked)
        assert (b"https://example.org/training/about/" in content) == link
        assert (b"site:" in content, b"See the page and reflection." in re.sub(b"&lt;.*?&gt;", b"", content)) == (
            False,
            True,
        )
        assert any(one.what == "links into the site" for one in left) != link


def test_a_picture_goes_along_where_a_format_takes_files(bank: Bank) -> None:
    item = next(one for one in bank.items if one.question.id == "choice-plain")
    shown = changed(item, context="![A ladder with three steps](media/ladder.svg)")
    content = exported("moodle-xml", shown)[0].decode()
    assert 'src="@@PLUGINFILE@@/media/ladder.svg"' in content.replace("&quot;", '"')
    assert '<file name="ladder.svg" path="/media/" encoding="base64">PHN2Zy' in content
    for form in ("gift", "aiken"):
        _, count, left = exported(form, shown)
        assert (count, "picture" in left[-1].reason) == (0, True)
    for form in ("qti3", "qti21"):
        package = files(exported(form, shown)[0])
        assert package["media/gallery/media/ladder.svg"].startswith(b"<svg")
        assert b'src="../media/gallery/media/ladder.svg"' in package["items/q-gallery.choice-plain.xml"]
    gone = changed(item, context="![A ladder](media/none.svg)")
    assert [one.reason for one in exported("moodle-xml", gone)[2]] == ['its picture "media/none.svg" is missing']


@pytest.mark.parametrize("form", ["qti3", "qti21"])
def test_what_the_html_of_qti_does_not_know_is_taken_away_and_named(form: str, bank: Bank) -> None:
    item = next(one for one in bank.items if one.question.id == "choice-plain")
    listed = changed(item, context='3. third\n4. fourth\n\n[See](https://example.org "A title") [ciao]{lang=it}')
    content, count, left = exported(form, listed)
    question = files(content)["items/q-gallery.choice-plain.xml"].decode()
    assert count == 1
    assert "<ol>" in question
    assert '<a href="https://example.org">See</a>' in question
    assert '<span xml:lang="it">ciao</span>' in question
    assert {one.what for one in left} == {"the number at which a list begins", "the title of a link or picture"}


@each_form
def test_what_is_not_finished_is_left_out(form: str, bank: Bank) -> None:
    item = next(one for one in bank.items if one.question.id == "choice-plain")
    _, count, left = exported(form, changed(item, rationale="(write here: why)"))
    assert (count, [one.reason for one in left]) == (0, ["it is not finished: (write here: …) stands in it"])


@each_form
def test_a_question_without_a_right_option_is_left_out(form: str, bank: Bank) -> None:
    item = next(one for one in bank.items if one.question.id == "choice-plain")
    wrong = tuple(option.model_copy(update={"correct": False}) for option in item.question.options)  # type: ignore[attr-defined]
    assert exported(form, changed(item, options=wrong))[1] == 0


def test_two_questions_with_one_id_are_not_one_in_a_file(bank: Bank) -> None:
    item = next(one for one in bank.items if one.question.id == "choice-plain")
    for form in BANKS:
        _, count, left = exported(form, item, changed(item, prompt="Which other question is open?"))
        assert (count, [one.reason for one in left if one.whole]) == (
            1,
            ["another question of its module has the same id"],
        )


def test_no_words_are_taken_for_a_pair_by_gift(bank: Bank) -> None:
    item = next(one for one in bank.items if one.question.id == "short-text-plain")
    _, count, left = exported("gift", changed(item, accept=("a -> b",)))
    assert count == 0
    assert "line and its partner" in left[0].reason


def test_the_reading_order_is_that_of_the_course(bank: Bank) -> None:
    read = [one.id for one in READERS["moodle-xml"](BANKS["moodle-xml"].write(bank)[0])]
    assert read == [name for name in (item.id for item in bank.items) if name in read]
