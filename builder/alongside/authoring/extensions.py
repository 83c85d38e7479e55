"""New parts of the builder itself, in a clone of its repository: kinds of question and rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from alongside.authoring.scaffold import ScaffoldError, checkout, filled, write_all
from alongside.files.problems import quoted
from alongside.model.questions import QUESTION_KINDS
from alongside.rules import RETIRED_CODES, RULES, RULES_BY_CODE
from alongside.rules.document import ROOMS

# ---------------------------------------------------------------- question kinds


def new_question_kind(name: str, root: Path | None = None) -> list[Path]:
    """Writes the three places of a question kind and registers it. Returns what was written."""
    root = root or checkout()
    if root is None:
        raise ScaffoldError("a kind of question is a part of Alongside itself", "run this in a clone of its repository")
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
        raise ScaffoldError(
            f"{quoted(name)} cannot be the name of a kind",
            "lower-case letters, digits and _, for example picture_choice",
        )
    if name in QUESTION_KINDS or name in {"base", "interaction", "keys"}:
        raise ScaffoldError(f"there is a kind {quoted(name)} already", "choose another name")
    words = {
        "kind": name,
        "class": "".join(part.capitalize() for part in name.split("_")),
        "slug": name.replace("_", "-"),
    }
    registry = root / "builder/alongside/model/questions/__init__.py"
    new: dict[Path, bytes | Mapping[str, bytes]] = {
        root / f"builder/alongside/model/questions/{name}.py": filled("kind/model.txt", words).encode(),
        root / f"theme/questions/{name}": {
            "template.html": filled("kind/template.txt", words).encode(),
            f"{name}.js": filled("kind/script.txt", words).encode(),
        },
        root / f"tests/model/questions/{name}": {"examples.yaml": filled("kind/examples.txt", words).encode()},
    }
    write_all(new, {registry: _registered(registry.read_text("utf-8"), name, words["class"]).encode()})
    return [*new, registry]


def _registered(text: str, name: str, model: str) -> str:
    """The registry with a line for the kind, and the import that it needs."""
    lines = text.splitlines(keepends=True)
    imports = [index for index, line in enumerate(lines) if line.startswith("from alongside.model.questions.")]
    line = f"from alongside.model.questions.{name} import {model}\n"
    lines.insert(next((index for index in imports if lines[index] > line), imports[-1] + 1), line)
    start = next(index for index, entry in enumerate(lines) if entry.startswith("QUESTION_KINDS"))
    end = next(index for index in range(start, len(lines)) if lines[index].startswith("}"))
    lines.insert(end, f'    "{name}": {model},\n')
    return "".join(lines)


# -------------------------------------------------------------------------- rules

#: What a rule can look at, and how its function calls that: its name, its type, the room of the type, and its place.
RULE_SCOPES: dict[str, tuple[str, str, str, str]] = {
    "text": ("text", "Text", "alongside.model.element", "text.place"),
    "question": ("question", "Question", "alongside.model.questions", "question.place()"),
    "lesson": ("lesson", "Lesson", "alongside.model.lessons", "lesson.place()"),
    "scenario": ("scenario", "AnyScenario", "alongside.model.scenarios", "scenario.place()"),
    "module": ("module", "Module", "alongside.model.modules", "module.outline.place()"),
}


def new_rule(code: str, name: str, scope: str, root: Path | None = None) -> list[Path]:
    """Writes a rule and its document. `code` may be the letter of a group, which takes the next number. Returns what was written."""
    root = root or checkout()
    if root is None:
        raise ScaffoldError("a rule is a part of Alongside itself", "run this in a clone of its repository")
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        raise ScaffoldError(
            f"{quoted(name)} cannot be the name of a rule", "lower-case letters, digits and hyphens: key-longest"
        )
    if any(rule.name == name for rule in RULES):
        raise ScaffoldError(f"there is a rule {quoted(name)} already", "choose another name")
    code = _next_code(code) if code in ROOMS else code
    if code[:1] not in ROOMS or not re.fullmatch(r"[A-Z]\d{3}", code):
        raise ScaffoldError(
            f"{quoted(code)} cannot be the code of a rule", f"one of {', '.join(ROOMS)}, or with a number: Q150"
        )
    if code in RULES_BY_CODE or code in RETIRED_CODES:
        raise ScaffoldError(
            f"the code {code} has a meaning already, and codes are permanent", f"use {_next_code(code[0])}"
        )
    words = dict(zip(("what", "type", "from", "place"), RULE_SCOPES[scope], strict=True))
    words |= {"code": code, "name": name, "scope": scope, "function": name.replace("-", "_")}
    room = root / "builder/alongside/rules" / ROOMS[code[0]]
    write_all({
        room / f"{words['function']}.py": filled("rule/rule.txt", words).encode(),
        room / f"{code}.md": filled("rule/document.txt", words | {"language": "markdown" if scope == "text" else "yaml"}).encode(),
    }, {})  # fmt: skip
    return [room / f"{words['function']}.py", room / f"{code}.md"]


def _next_code(letter: str) -> str:
    """The first code of a group after all that were ever used; 199 and the like stand apart."""
    used = {int(code[1:]) for code in (*RULES_BY_CODE, *RETIRED_CODES) if code[0] == letter and not code.endswith("99")}
    return f"{letter}{max(used) + 1}"
