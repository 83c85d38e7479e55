"""Cards for Anki: its own import takes them, shows what they say, and brings them up to date instead of doubling them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.cards import saved_cards
from tests.browser.conftest import BuiltSite, served
from tests.browser.small import build_small, write_small
from tests.browser.test_exports import notes_in
from tests.interop import clients

Notes = dict[str, dict[str, Any]]

#: Imports files one after the other, with what Anki itself reads from each; after the first one, every card has been learnt.
IMPORTED = """
import json, sys
import anki.lang
from anki.collection import Collection, ImportCsvRequest
language, home, *files = sys.argv[1:]
anki.lang.set_lang(language)
collection, log = Collection(home), []
for file in files:
    metadata = collection.get_csv_metadata(path=file, delimiter=None)
    done = collection.import_csv(ImportCsvRequest(path=file, metadata=metadata)).log
    log.append({field.name: len(getattr(done, field.name)) for field, _ in done.ListFields() if field.message_type})
    if len(log) == 1:
        for number in collection.find_cards(""):
            card = collection.get_card(number)
            card.type, card.queue, card.ivl = 2, 2, 9
            collection.update_card(card)
notes = {}
for number in collection.find_notes(""):
    note = collection.get_note(number)
    (card,) = note.cards()
    notes[note.guid] = {
        "kind": note.note_type()["name"], "fields": list(note.fields), "tags": note.tags, "learnt": card.ivl,
        "deck": collection.decks.name(card.did), "front": card.question(), "back": card.answer(),
    }
collection.close()
print(json.dumps([log, notes]))
"""
#: Words of an author that mean something to a text file, to HTML, to Anki or to its decks; on a card they are words.
LINES = """|
      "First\\
      second"	third

      ```
      #a	b
        "c" <br>
      ```
"""
HOSTILE = [
    '#say “no” or "no";\tor Jörg’s <b>maybe</b> &amp; [sound:a.mp3] [$]x[/$] 50 %',
    '"quoted" from the first sign',
    "=1+1, 'and' -- a line\\nthat is none, #deck:Other",
]
WORLD = (
    "Your mentee calls a hard number three times. Which reply names a strength?",
    "“That was really great, well done.”",
    "Praise is pleasant, and it tells them nothing that they could use again.",
)


def imported(folder: Path, *texts: str, language: str = "en") -> tuple[list[dict[str, int]], Notes]:
    """What Anki says of each file that it imports, and the notes that it has in the end, by their ids."""
    files = []
    for number, text in enumerate(texts):
        files.append(folder / f"cards-{number}.txt")
        files[-1].write_text(text, "utf-8")
    home = folder / "collection.anki2"
    home.unlink(missing_ok=True)
    said = clients.said_by(IMPORTED, language, str(home), *map(str, files), python=clients.ANKI)
    log, notes = json.loads(said)
    return log, notes


def words(shown: str) -> str:
    """What a learner reads of a side of a card."""
    inside, shut = [], 0
    for part in shown.replace("<", "\0<").replace(">", ">\0").split("\0"):
        tag = part.startswith("<") and part.endswith(">")
        shut += (part == "<style>") - (part == "</style>")
        inside += [] if tag or shut else [part]
    return html.unescape(" ".join(inside))


@pytest.fixture(scope="module")
def cards(browser: Browser, gallery: BuiltSite) -> str:
    """The cards of every kind of question."""
    return saved_cards(browser, gallery.address)[0]


@pytest.fixture(scope="module")
def hostile(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The cards of a course with words that could be taken for something else."""
    sources = tmp_path_factory.mktemp("hostile")
    write_small(sources)
    for name, changes in {
        "modules/listening/quiz.yml": {old: json.dumps(new) for old, new in zip(WORLD, HOSTILE, strict=True)}
        | {"    id: quiz-affirm\n": f"    id: quiz-affirm\n    context: {LINES}"},
        "modules/listening/module.yml": {"title: Listening first": 'title: "Zuhören: #1 “zuerst”::jetzt"'},
    }.items():
        text = (sources / name).read_text("utf-8")
        for old, new in changes.items():
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (sources / name).write_text(text, "utf-8")
    with served(build_small(sources)) as address:
        return saved_cards(browser, address)[0]


@pytest.fixture
def take(tmp_path: Path) -> Callable[..., tuple[list[dict[str, int]], Notes]]:
    """Imports files into a collection that is new."""
    return lambda *texts, language="en": imported(tmp_path, *texts, language=language)


def wrong(text: str, log: dict[str, int], notes: Notes) -> list[str]:
    """What Anki has made of a file that the file does not say."""
    _, rows = notes_in(text)
    found = [] if log == {"new": len(rows)} else [f"not new alone: {log}"]
    found += [] if len(notes) == len(rows) else [f"{len(notes)} notes of {len(rows)}"]
    for row in rows:
        note = notes.get(row["guid"])
        if note is None:
            found.append(f"{row['guid']} is not there")
            continue
        has = {
            "front": note["fields"][0],
            "back": note["fields"][1],
            "deck": note["deck"],
            "tags": " ".join(note["tags"]),
        }
        found += [f"{row['guid']}: {name}: {has[name]}" for name in has if has[name] != row[name]]
        found += [] if note["fields"][1] in note["back"] and note["fields"][0] in note["front"] else [f"{row['guid']} is not shown"]  # fmt: skip
    return found


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("which", ["cards", "hostile"])
def test_anki_takes_every_card_as_the_file_has_it(
    request: pytest.FixtureRequest, take: Callable[..., Any], which: str, language: str
) -> None:
    """In German too, where the kind of note that the file names has another name."""
    text = request.getfixturevalue(which)
    (log,), notes = take(text, language=language)
    assert len(notes) > 3
    assert wrong(text, log, notes) == []
    assert {note["kind"] for note in notes.values()} == {{"en": "Basic", "de": "Einfach"}[language]}


def test_words_that_could_be_taken_for_something_else_are_words_on_the_card(
    take: Callable[..., Any], hostile: str
) -> None:
    _, notes = take(hostile)
    (note,) = (note for name, note in notes.items() if name.endswith("/quiz-affirm"))
    front, back = (" ".join(words(note[side]).split()) for side in ("front", "back"))
    asked, option, feedback = (" ".join(text.replace("&amp;", "&").split()) for text in HOSTILE)
    assert asked in front and option in front
    assert option in back and feedback in back
    assert note["deck"] == "Small::Zuhören: #1 “zuerst”:jetzt"


def test_lines_stay_lines(take: Callable[..., Any], hostile: str) -> None:
    _, notes = take(hostile)
    (note,) = (note for name, note in notes.items() if name.endswith("/quiz-affirm"))
    assert re.search(r"First<br> ?second", note["fields"][0])
    assert "<pre>#a b<br>  &quot;c&quot; &lt;br&gt;<br></pre>" in note["fields"][0]
    assert not any("\n" in field for note in notes.values() for field in note["fields"])


def test_a_second_file_brings_cards_up_to_date_and_keeps_what_was_learnt(take: Callable[..., Any], cards: str) -> None:
    old = "They often go on."
    assert cards.count(old) == 1
    (first, same, later), notes = take(cards, cards, cards.replace(old, "Many go on."))
    assert first == {"new": len(notes)} and same == {"duplicate": len(notes)}
    assert later == {"updated": 1, "duplicate": len(notes) - 1}
    assert [name for name, note in notes.items() if "Many go on." in note["back"]] == ["alongside:/:gallery/check"]
    assert {note["learnt"] for note in notes.values()} == {9}


# ------------------------------------------------------------ each check can fail


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("#separator:tab", "#separator:comma"),
        ("#html:true\n", "#html:false\n"),
        ("#guid column:1\n", ""),
        ("#deck column:4\n", ""),
        ("#tags column:5", "#tags column:4"),
        ("#deck column:4", "#deck column:5"),
        ("#notetype:Basic", "#notetype:Cloze"),
        ('""', "”"),
        ('""', '"'),
        ("gallery/choice-plain", "gallery/check"),
    ],
)
def test_a_file_that_says_something_else_is_found(take: Callable[..., Any], cards: str, old: str, new: str) -> None:
    """What Anki has is compared with the file as it was."""
    assert old in cards
    (log,), notes = take(cards.replace(old, new))
    assert wrong(cards, log, notes) != []
