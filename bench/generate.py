"""Synthetic curricula for measuring: N modules of 4 lessons of 500 words, 2 exercises, a scenario and 8 questions.

The same number always gives the same text. The words are those of the shipped curriculum, so that
lengths, repetition and vocabulary are like those of real lessons; their order is chance.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
LESSONS, WORDS, QUESTIONS = 4, 500, 8


def vocabulary() -> list[str]:
    """Words of the shipped lessons, as often as they occur there."""
    text = " ".join(path.read_text("utf-8") for path in sorted((ROOT / "modules").glob("*/*.yml")))
    found = re.findall(r"\b[a-z]{2,12}\b", text)
    # In random order these words would promise qualifications, and the checks would stop the build.
    return [word for word in found if not word.startswith(("certif", "qualif", "accred"))]


class Writer:
    """Writes text that means nothing and looks like prose."""

    def __init__(self, seed: int, words: list[str]) -> None:
        self._random = random.Random(seed)
        self._words = words

    def sentence(self, length: int = 10) -> str:
        """One sentence, sometimes with emphasis."""
        words = self._random.choices(self._words, k=length)
        if length > 8 and self._random.random() < 0.2:
            words[3] = f"*{words[3]}*"
        return " ".join(words).capitalize() + "."

    def paragraphs(self, words: int) -> list[str]:
        """Paragraphs of five sentences with about `words` words in all."""
        return [" ".join(self.sentence() for _ in range(5)) for _ in range(max(1, words // 50))]


def question(writer: Writer, name: str, indent: str) -> str:
    """One choice question with three options and their feedback."""
    options = "".join(
        f"{indent}  - id: {letter}\n{indent}    text: {writer.sentence(4 if letter == 'a' else 7)}\n"
        f"{indent}    feedback: {writer.sentence(9)} {writer.sentence(9)}\n"
        + (f"{indent}    correct: true\n" if letter == "a" else f"{indent}    misconception: {writer.sentence(6)}\n")
        for letter in "abc"
    )
    return (
        f"{indent}kind: choice\n{indent}id: {name}\n{indent}prompt: {writer.sentence(9)[:-1]}?\n"
        f"{indent}objectives: [first]\n{indent}rationale: {writer.sentence(12)}\n{indent}options:\n{options}"
    )


def lesson(writer: Writer, number: int) -> str:
    """A lesson: text under headings, an exercise in two of four, a scenario in one."""
    parts = [
        f"title: Lesson {number} {writer.sentence(3)[:-1]}\nobjectives: [first]\nskill: false\nsummary: {writer.sentence()}\nsteps:\n"
    ]
    for block in range(5):
        body = "\n\n".join(f"      {paragraph}" for paragraph in writer.paragraphs(WORDS // 5))
        parts.append(f"  - text: |\n      ## {writer.sentence(4)[:-1]} {block}\n\n{body}\n")
    if number % 2:
        prompts = "".join(f"        - {{id: p{i}, text: {writer.sentence(9)}}}\n" for i in range(3))
        parts.append(
            f"  - exercise:\n      kind: reflection\n      id: exercise-{number}\n      title: {writer.sentence(3)[:-1]}\n      instructions: {writer.sentence(12)} Leave out names. Do not record a safeguarding concern here; tell your lead.\n      prompts:\n{prompts}"
        )
    if number == LESSONS:
        parts.append("  - scenario: talk\n")
    parts.append(f"  - predict:\n{question(writer, f'predict-{number}', '      ')}")
    parts.append(f"  - question:\n{question(writer, f'check-{number}', '      ')}")
    return "".join(parts)


def scenario(writer: Writer) -> str:
    """Three decisions with two choices each and two endings."""
    text = f"title: {writer.sentence(3)[:-1]}\nintro: {writer.sentence(20)}\nstart: n1\nnodes:\n"
    for number in (1, 2, 3):
        text += f"  n{number}:\n    title: Moment {number}\n    scene: {writer.sentence(20)}\n    choices:\n"
        for letter, grade in (("a", "best"), ("b", "poor")):
            to = f"n{number + 1}" if number < 3 else {"a": "good", "b": "bad"}[letter]
            text += f"      - id: {letter}\n        text: {writer.sentence(6)[:-1]} {letter}\n        to: {to}\n        consequence: {writer.sentence(14)}\n        why: {writer.sentence(12)}\n        rule: {writer.sentence(5)}\n        grade: {grade}\n"
    return (
        text
        + f"endings:\n  good: {{title: A good end, kind: strong, text: {writer.sentence()}}}\n  bad: {{title: Another end, kind: learn_from, text: {writer.sentence()}}}\n"
    )


def write_curriculum(folder: Path, modules: int) -> None:
    """Writes a curriculum of so many modules, with its configuration, into an empty folder."""
    words = vocabulary()
    names = [f"module-{number:04}" for number in range(modules)]
    (folder / "content").mkdir(parents=True)
    (folder / "modules").mkdir()
    (folder / "content/index.md").write_text("# Bench\n\nWords that mean nothing.\n", "utf-8")
    (folder / "modules/curriculum.yml").write_text(
        f"title: Bench\nsummary: Synthetic modules.\norder:\n{''.join(f'  - {n}{chr(10)}' for n in names)}", "utf-8"
    )
    (folder / "mkdocs.yml").write_text(
        "site_name: Bench\ndocs_dir: content\ntheme: {name: material}\nplugins:\n  - alongside:\n      layers: [.]\n",
        "utf-8",
    )
    for seed, name in enumerate(names):
        writer = Writer(seed, words)
        home = folder / "modules" / name
        home.mkdir()
        lessons = [f"lesson-{number}" for number in range(1, LESSONS + 1)]
        for number, lesson_name in enumerate(lessons, 1):
            (home / f"{lesson_name}.yml").write_text(lesson(writer, number), "utf-8")
        (home / "talk.yml").write_text(scenario(writer), "utf-8")
        questions = "".join(f"  -\n{question(writer, f'quiz-{number}', '    ')}" for number in range(QUESTIONS))
        (home / "quiz.yml").write_text(f"questions:\n{questions}", "utf-8")
        (home / "module.yml").write_text(
            f"title: Module {seed} {writer.sentence(3)[:-1]}\nsummary: {writer.sentence(12)}\nobjectives:\n"
            f"  first: {{text: Write {writer.sentence(8).lower()}, level: apply}}\nlessons: [{', '.join(lessons)}]\nquiz: quiz\n"
            f"key_points:\n{''.join(f'  - {writer.sentence(8)}{chr(10)}' for _ in range(3))}",
            "utf-8",
        )


def write_plain(folder: Path, pages: list[tuple[str, str, str]]) -> None:
    """Writes the same words as plain Markdown for MkDocs with Material: address, title and text of each page."""
    for url, title, text in pages:
        path = folder / "docs" / f"{url.strip('/') or 'index'}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {title}\n\n{text}\n", "utf-8")
    (folder / "mkdocs.yml").write_text(
        "site_name: Plain\ntheme:\n  name: material\n  font: false\n  features: [navigation.prune]\nplugins: [search]\n",
        "utf-8",
    )
