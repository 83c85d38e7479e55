"""Lists of words are data, and each says what it rests on."""

from __future__ import annotations

from pathlib import Path

import pytest

from alongside import texts
from alongside.rules.language.inclusive import patterns_in
from alongside.texts import lists
from alongside.texts.lists import word_list

FOLDER = Path(texts.__file__).parent / "words" / "en"
SUBJECTS = sorted(path.stem for path in FOLDER.glob("*.yml"))


@pytest.mark.parametrize("subject", SUBJECTS)
def test_each_list_names_its_source(subject: str) -> None:
    assert len(word_list(subject)["source"]) > len("a name")


@pytest.mark.parametrize("subject", [subject for subject in SUBJECTS if "needs" in word_list(subject)])
def test_each_word_to_avoid_comes_with_another_that_is_not_in_the_list(subject: str) -> None:
    for _, rather in patterns_in(subject):
        assert rather
        assert [pattern.pattern for pattern, _ in patterns_in(subject) if pattern.search(rather)] == []


def test_a_list_that_cannot_be_read_is_no_empty_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "words/en").mkdir(parents=True)
    (tmp_path / "words/en/broken.yml").write_text("words: [\n", "utf-8")
    monkeypatch.setattr(lists.resources, "files", lambda _package: tmp_path)
    with pytest.raises(ValueError, match=r"broken\.yml"):
        word_list("broken")
