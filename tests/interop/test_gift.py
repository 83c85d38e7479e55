"""Our whole course as GIFT, read by gift-pegjs: each question is there, and what is right is right."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from alongside.build import gather_sound
from alongside.exporters import BANKS
from alongside.exporters.bank import Bank
from alongside.exporters.selection import Selection
from alongside.load.drafts import without_drafts
from alongside.model.questions.interaction import Choose
from tests.interop.clients import HOME
from tests.node import NODE

ROOT = Path(__file__).parents[2]
READ = """
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
const gift = createRequire(import.meta.url)(process.argv[1]);
console.log(JSON.stringify(gift.parse(readFileSync(0, "utf8"))));
"""


@pytest.fixture(scope="module")
def bank() -> Bank:
    """Every question of our own course."""
    project, whole = gather_sound(ROOT / "mkdocs.yml", learners=True)
    ready = without_drafts(whole)
    return Selection(project, ready, tuple(ready.modules)).bank


def read(text: str) -> list[dict[str, Any]]:
    """The questions that gift-pegjs finds. Ends the test where it cannot read them."""
    package = HOME / "npm" / "node_modules" / "gift-pegjs"
    assert package.exists(), "there is no gift-pegjs; make test-interop installs it"
    command = [NODE, "--input-type=module", "-e", READ, str(package)]
    ran = subprocess.run(command, input=text, capture_output=True, text=True, check=False, cwd=ROOT)
    assert ran.returncode == 0, ran.stderr[-2000:]
    return [one for one in json.loads(ran.stdout) if one["type"] != "Category"]


def test_every_question_is_read_and_what_is_right_is_right(bank: Bank) -> None:
    content, count, _ = BANKS["gift"].write(bank)
    questions = read(content.decode())
    assert len(questions) == count > 300
    # A module may call a question as another one does.
    asked = {(item.question.id, item.asked().html): item for item in bank.items}
    judged = 0
    for one in questions:
        item = asked.get((one["title"], one["stem"]["text"]))
        shape = item.question.shape if item else None
        if not item or not isinstance(shape, Choose) or shape.several:
            continue
        said = {choice["text"]["text"] for choice in one["choices"] if choice["isCorrect"]}
        best = {item.prose.line(pick.text).html for pick in shape.picks if pick.credit == 1}
        assert len(said) == 1 and said <= best, one["title"]
        assert all(choice["feedback"]["text"] for choice in one["choices"]), one["title"]
        judged += 1
    assert judged > 150


def test_a_bracket_that_nothing_escapes_is_found(bank: Bank) -> None:
    content = BANKS["gift"].write(bank)[0].decode()
    with pytest.raises(AssertionError):
        read(content.replace("[html]<p>", "[html]<p>{", 1))
