"""New parts of the builder itself, in a clone of its repository: kinds of question and rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from pkgutil import iter_modules

from alongside.authoring.scaffold import ScaffoldError, checkout, filled, write_all
from alongside.files.problems import quoted
from alongside.model import questions
from alongside.rules import RETIRED_CODES, RULES, RULES_BY_CODE
from alongside.rules.document import ROOMS


def _clone(what: str) -> Path:
    """The top of the repository. Raises `ScaffoldError` where the package does not run from one."""
    root = checkout()
    if root is None:
        raise ScaffoldError(f"{what} is a part of Alongside itself", "run this in a clone of its repository")
    return root


# ---------------------------------------------------------------- question kinds


def new_question_kind(name: str, root: Path | None = None) -> list[Path]:
    """Writes the three places of a question kind and registers it. Returns what was written."""
    root = root or _clone("a kind of question")
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
        raise ScaffoldError(
            f"{quoted(name)} cannot be the name of a kind",
            "lower-case letters, digits and _, for example picture_choice",
        )
    if any(file.name == name for file in iter_modules(questions.__path__)):
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
    root = root or _clone("a rule")
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
    words["language"] = "markdown" if scope == "text" else "yaml"
    room = root / "builder/alongside/rules" / ROOMS[code[0]]
    new: dict[Path, bytes | Mapping[str, bytes]] = {
        room / f"{words['function']}.py": filled("rule/rule.txt", words).encode(),
        room / f"{code}.md": filled("rule/document.txt", words).encode(),
    }
    write_all(new, {})
    return list(new)


def _next_code(letter: str) -> str:
    """The first code of a group after all that were ever used; 199 and the like stand apart."""
    used = {int(code[1:]) for code in (*RULES_BY_CODE, *RETIRED_CODES) if code[0] == letter and not code.endswith("99")}
    return f"{letter}{max(used) + 1}"
