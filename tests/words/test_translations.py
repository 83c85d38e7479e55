"""Files of translators: what is taken from them, and what is said of a mistake, with its line."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from alongside.build import gather
from alongside.words.language import ENGLISH
from alongside.words.translations import OURS, read_words
from tests.browser.small import CONFIGURATION, write_small

pytestmark = pytest.mark.slow

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
#: The line of a file on which its first message stands.
FIRST = HEAD.count("\n") + 1


def written(folder: Path, text: str, *, name: str = "cy.po", head: str = HEAD) -> Path:
    """A theme folder with a translation."""
    (folder / "words").mkdir(parents=True, exist_ok=True)
    (folder / "words" / name).write_text(head + textwrap.dedent(text), "utf-8")
    return folder


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """The sources of a small site."""
    (tmp_path / "site").mkdir()
    write_small(tmp_path / "site")
    return tmp_path / "site"


def message(english: str, translated: str) -> str:
    return f'msgid "{english}"\nmsgstr "{translated}"\n'


def told(folder: Path, language: str = "cy") -> list[tuple[str, str, int]]:
    """Messages of the problems, and where they are."""
    return [
        (p.message, str(Path(p.place.file).relative_to(folder)), p.place.line)
        for p in read_words(language, [folder])[1]
    ]


def test_english_needs_no_file() -> None:
    assert read_words("en") == (ENGLISH, ())


def test_a_language_without_a_file_is_english_in_its_own_direction(tmp_path: Path) -> None:
    words, problems = read_words("ar", [tmp_path])
    assert (words.gettext("Home"), words.language, words.direction, words.locale) == ("Home", "ar", "rtl", "en")
    assert problems == ()


def test_a_translation_is_read(tmp_path: Path) -> None:
    words, problems = read_words("cy", [written(tmp_path, message("Home", "Cartref"))])
    assert (words.gettext("Home"), words.locale, problems) == ("Cartref", "cy", ())


def test_what_is_not_surely_translated_is_left_out(tmp_path: Path) -> None:
    text = (
        "#, fuzzy\n" + message("Home", "Tŷ") + "\n" + message("Search", "") + "\n#~ " + 'msgid "Old"\n#~ msgstr "Hen"\n'
    )
    words, problems = read_words("cy", [written(tmp_path, text)])
    assert (dict(words.messages), problems) == ({}, ())


def test_of_two_folders_the_first_wins_message_by_message(tmp_path: Path) -> None:
    own = written(tmp_path / "own", message("Home", "Hafan"))
    other = written(tmp_path / "other", message("Home", "Cartref") + "\n" + message("Search", "Chwilio"))
    words, _ = read_words("cy", [own, other])
    assert (words.gettext("Home"), words.gettext("Search")) == ("Hafan", "Chwilio")


def test_a_region_has_its_own_file_or_that_of_the_language(tmp_path: Path) -> None:
    folder = written(tmp_path, message("Home", "Início"), name="pt.po")
    assert read_words("pt-BR", [folder])[0].gettext("Home") == "Início"
    written(tmp_path, message("Home", "Página inicial"), name="pt-BR.po")
    assert read_words("pt-BR", [folder])[0].gettext("Home") == "Página inicial"


def test_an_organisation_can_say_things_otherwise_in_english(tmp_path: Path) -> None:
    folder = written(tmp_path, message("Get help now", "Talk to someone"), name="en.po")
    assert read_words("en", [folder])[0].gettext("Get help now") == "Talk to someone"


def test_a_file_that_changed_is_read_anew(tmp_path: Path) -> None:
    folder = written(tmp_path, message("Home", "Cartref"))
    assert read_words("cy", [folder])[0].gettext("Home") == "Cartref"
    written(tmp_path, message("Home", "Hafan!"))
    assert read_words("cy", [folder])[0].gettext("Home") == "Hafan!"


PLURAL = 'msgid "%(num)s minute"\nmsgid_plural "%(num)s minutes"\nmsgstr[0] "{0}"\nmsgstr[1] "{1}"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (message("Start with %(title)s", "Dechrau"), "the translation lacks %(title)s"),
        (message("Home", "Cartref %(title)s"), "the translation has %(title)s, which the English has not"),
        (message("Go on with {title}", "Ymlaen â {teitl}"), "the translation has {teitl}, which the English has not"),
        (message("Home", "100 % Cartref"), "the translation has a percent sign by itself"),
        (message("Home", "Cartref %s"), "the translation has a percent sign by itself"),
        (PLURAL.format("%(num)s munud", ""), "of 2 forms only 1 are translated"),
        (PLURAL.format("%(num)s munud", "%(n)s munud"), "the translation has %(n)s, which the English has not"),
    ],
)
def test_a_translation_that_would_break_a_page_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    folder = written(tmp_path, message("Yes", "Ie") + "\n" + text)
    assert told(folder) == [(said, "words/cy.po", FIRST + 3)]
    words, _ = read_words("cy", [folder])
    assert list(words.messages) == [("", "Yes")], "the page has the English words until it is mended"


def test_a_form_may_say_its_number_in_words(tmp_path: Path) -> None:
    assert told(written(tmp_path, PLURAL.format("un munud", "%(num)s munud"))) == []


@pytest.mark.parametrize(
    ("head", "text", "said", "line"),
    [
        (HEAD, 'msgid "Home"\nmsgstr "Cartref"\nmsgwrong "x"\n', "this is not written as gettext has it", FIRST + 2),
        (HEAD, 'msgid "Home"\n', "this is not written as gettext has it", FIRST),
        (HEAD.replace("n != 1", "n ! 1"), "", "Plural-Forms holds no rule", 1),
        (HEAD.replace("(n != 1)", "__import__('os')"), "", "Plural-Forms holds no rule", 1),
        (HEAD.replace("(n != 1)", "n"), "", "Plural-Forms gives forms that there are not", 1),
        (HEAD.replace("(n != 1)", "1/(n*0)"), "", "Plural-Forms holds no rule", 1),
        (HEAD.replace("nplurals=2", "nplurals=x"), "", "this is not written as gettext has it", 1),
    ],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, head: str, text: str, said: str, line: int) -> None:
    assert told(written(tmp_path, text, head=head)) == [(said, "words/cy.po", line)]


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    folder = written(tmp_path, "")
    (folder / "words/cy.po").write_bytes(b"\xff")
    assert [said for said, _, _ in told(folder)] == ["the file is not UTF-8 text"]


def test_a_file_for_a_language_that_nobody_knows_is_told(tmp_path: Path) -> None:
    folder = written(tmp_path, message("Home", "x"), name="qqq.po")
    assert [said for said, _, _ in told(folder, "qqq")] == ['no language is known as "qqq"']


def test_files_that_count_otherwise_do_not_mix(tmp_path: Path) -> None:
    other = written(tmp_path / "other", message("Home", "Cartref"))
    own = written(tmp_path / "own", message("Home", "Hafan"), head=HEAD.replace("n != 1", "n > 1"))
    words, problems = read_words("cy", [own, other])
    assert words.gettext("Home") == "Cartref"
    assert [(p.message, p.place.file) for p in problems] == [
        ("Plural-Forms counts otherwise than that of the files below", str(own / "words/cy.po"))
    ]


def test_a_check_tells_it_with_the_file_as_authors_call_it(sources: Path) -> None:
    base = sources.parent / f"{sources.name}-base"
    for folder in (sources, base):
        written(folder / "theme", message("Home", "%s"), name="en.po")
    (sources / "mkdocs.yml").write_text(CONFIGURATION.replace("[.]", f"[../{base.name}, .]"), "utf-8")
    found = [p for p in gather(sources / "mkdocs.yml").problems if p.code == "L118"]
    assert [(p.place.file, p.place.line) for p in found] == [
        (f"../{base.name}:theme/words/en.po", FIRST),
        ("theme/words/en.po", FIRST),
    ]


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.po"
    elsewhere.write_text(HEAD + message("Home", "Cartref"))
    (tmp_path / "words").mkdir()
    (tmp_path / "words/cy.po").symlink_to(elsewhere)
    assert read_words("cy", [tmp_path])[0].gettext("Home") == "Home"


def test_our_own_translations_are_sound() -> None:
    problems = {path.name: read_words(path.stem)[1] for path in OURS.glob("*.po")}
    assert {name: found for name, found in problems.items() if found} == {}
