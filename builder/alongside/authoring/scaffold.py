"""New modules, lessons, question kinds and sites, made from the skeletons in the package.

Everything that is still to be written is marked `(write here: …)`, which rule T199 reports.
Nothing is ever overwritten, and either all files of a thing are written or none.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

from alongside import __version__
from alongside.engines.policy import recipes
from alongside.files import door
from alongside.files.edits import inserted, new_entry, put
from alongside.files.located import LocatedMapping, LocatedSequence
from alongside.files.paths import real
from alongside.files.problems import printable, quoted
from alongside.files.source import read_bytes
from alongside.load.layers import IDENTIFIER, RESERVED_IDS, RESERVED_IN_MODULES
from alongside.load.project import bundled_root
from alongside.model.questions import QUESTION_KINDS
from alongside.model.schema import file_name, schemas
from alongside.rules import RETIRED_CODES, RULES, RULES_BY_CODE
from alongside.rules.document import ROOMS

SKELETONS = Path(__file__).with_name("skeletons")


class ScaffoldError(Exception):
    """Nothing was written. Carries one line that says why, and one that says what to do."""

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix


@dataclass(frozen=True)
class ModulePlan:
    """What is known of a new module."""

    id: str
    title: str
    summary: str = "(write here: what the module is good for, in a sentence)"
    objective: str = "Choose (write here: what a learner can do after the module)"
    objective_id: str = "first"
    level: str = "apply"
    lesson: str = "first-lesson"


@dataclass(frozen=True)
class LessonPlan:
    """What is known of a new lesson."""

    module: str
    id: str
    title: str
    minutes: int = 8
    #: Id of an objective of the module; left out, its first one.
    objective: str | None = None


@dataclass(frozen=True)
class SitePlan:
    """What is known of a new site."""

    folder: Path
    name: str
    #: Id of the sample module.
    module: str = "our-programme"


class _Skeleton(Template):
    """A file with `%%name` where something is to be put in, since `$` and `{{ }}` mean something elsewhere."""

    delimiter = "%%"


def titled(name: str) -> str:
    """An id as a title: `first-meeting` becomes `First meeting`."""
    return re.sub(r"[-_]+", " ", name).strip().capitalize()


def schema_folder(root: Path) -> Path:
    """Where the schemas of a site are kept; those of this repository are part of the package."""
    return root / "builder/alongside/schemas" if real(root) == _checkout() else root / ".alongside/schemas"


def schema_line(path: Path, name: str, schemas_in: Path) -> str:
    """The first line of a YAML file, by which an editor finds the schema called `name`."""
    way = os.path.relpath(schemas_in / file_name(name), path.parent)
    return f"# yaml-language-server: $schema={Path(way).as_posix()}\n"


def write_schemas(folder: Path) -> list[Path]:
    """Writes the schemas into a folder, all or none. Those of before are replaced."""
    contents = {folder / name: text.encode() for name, text in schemas().items()}
    put({p: c for p, c in contents.items() if not p.exists()}, {p: c for p, c in contents.items() if p.exists()})
    return list(contents)


# ------------------------------------------------------------ modules and lessons


def new_module(root: Path, plan: ModulePlan) -> list[Path]:
    """Writes a module with a lesson and a quiz, and names it in `curriculum.yml`. Returns what was written."""
    _check_module_id(plan.id)
    _check_lesson_id(plan.lesson)
    _check_id(plan.objective_id, "objective")
    modules = root / "modules"
    order = _with_entry(modules / "curriculum.yml", "order", plan.id)
    folder = modules / plan.id
    files = _module_files(folder, plan, schema_folder(root))
    _write({folder: files}, {modules / "curriculum.yml": order})
    return [*(folder / name for name in sorted(files)), modules / "curriculum.yml"]


def new_lesson(root: Path, plan: LessonPlan) -> list[Path]:
    """Writes a lesson and names it in its `module.yml`. Returns what was written."""
    _check_module_id(plan.module)
    _check_lesson_id(plan.id)
    folder = root / "modules" / plan.module
    outline = folder / "module.yml"
    if not outline.is_file():
        raise ScaffoldError(f"there is no module {quoted(plan.module)}", f"alongside new module {plan.module}")
    lessons = _with_entry(outline, "lessons", plan.id)
    known = list(_mapping(outline).get("objectives") or ())
    objective = plan.objective or (known[0] if known else "first")
    if plan.objective and plan.objective not in known:
        raise ScaffoldError(
            f"the module has no objective {quoted(plan.objective)}", f"one of: {', '.join(map(printable, known))}"
        )
    path = folder / f"{plan.id}.yml"
    _write({path: _lesson_file(path, plan, objective, schema_folder(root))}, {outline: lessons})
    return [path, outline]


def _module_files(folder: Path, plan: ModulePlan, schemas_in: Path) -> dict[str, bytes]:
    lesson = LessonPlan(plan.id, plan.lesson, f"{plan.title}: where to begin")
    words = {
        "title": _scalar(plan.title),
        "summary": _scalar(plan.summary),
        "objective": plan.objective_id,
        "outcome": _scalar(plan.objective),
        "level": plan.level,
        "lesson": plan.lesson,
    }
    return {
        "module.yml": (
            schema_line(folder / "module.yml", "module", schemas_in) + _filled("module/module.yml", words)
        ).encode(),
        f"{plan.lesson}.yml": _lesson_file(folder / f"{plan.lesson}.yml", lesson, plan.objective_id, schemas_in),
        "quiz.yml": (schema_line(folder / "quiz.yml", "quiz", schemas_in) + _filled("module/quiz.yml", words)).encode(),
    }


def _lesson_file(path: Path, plan: LessonPlan, objective: str, schemas_in: Path) -> bytes:
    words = {"title": _scalar(plan.title), "minutes": str(plan.minutes), "objective": objective, "lesson": plan.id}
    return (schema_line(path, "lesson", schemas_in) + _filled("module/lesson.yml", words)).encode()


def _check_module_id(name: str) -> None:
    _check_id(name, "module")
    _check_free("module", name, RESERVED_IDS)


def _check_lesson_id(name: str) -> None:
    _check_id(name, "lesson")
    _check_free("lesson", name, RESERVED_IN_MODULES)


def _check_id(name: str, noun: str) -> None:
    if not IDENTIFIER.fullmatch(name):
        raise ScaffoldError(
            f"{quoted(name)} cannot be the id of a {noun}",
            "lower-case letters, digits and hyphens, for example first-meeting",
        )


def _check_free(noun: str, name: str, reserved: frozenset[str]) -> None:
    if name in reserved:
        raise ScaffoldError(
            f"a {noun} cannot be called {quoted(name)}: the site uses that name itself", "choose another id"
        )


def _filled(name: str, words: Mapping[str, str]) -> str:
    return _Skeleton((SKELETONS / name).read_text("utf-8")).substitute(words)


def _scalar(text: str) -> str:
    """A text as a YAML value, in quotation marks where it needs them."""
    plain = re.fullmatch(r"[^\W\d_][\w ’.,()/-]*[\w’.)]", text) and text.casefold() not in {
        "true",
        "false",
        "null",
        "yes",
        "no",
        "on",
        "off",
    }
    return text if plain else json.dumps(printable(text), ensure_ascii=False)


def _mapping(path: Path) -> LocatedMapping:
    try:
        mapping, _ = read_bytes(door.read(path), path.name)
    except OSError as error:
        raise ScaffoldError(
            f"{path} cannot be read: {error.strerror}", "run the command in the folder of your site"
        ) from None
    if mapping is None:
        raise ScaffoldError(f"{path} cannot be understood", "alongside check says where and how to mend it")
    return mapping


def _with_entry(path: Path, key: str, entry: str) -> bytes:
    """The file with a word added to one of its lists, and everything else as it was."""
    entries = _mapping(path).get(key)
    content = path.read_bytes()
    if isinstance(entries, LocatedSequence) and entry in entries:
        return content
    insertion = new_entry(content, entries, entry) if isinstance(entries, LocatedSequence) else None
    if insertion is None:
        raise ScaffoldError(f"{path} has no list {quoted(key)} to which {entry} could be added", f"{key}: [{entry}]")
    return inserted(content, [insertion])


def new_files(texts: Mapping[Path, str]) -> list[Path]:
    """Writes files that are not there yet. Returns what was written."""
    _write({path: text.encode() for path, text in texts.items()}, {})
    return list(texts)


def new_folder(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Writes a folder that is not there yet. Returns what was written."""
    _write({folder: files}, {})
    return [folder / name for name in files]


def _write(new: Mapping[Path, bytes | Mapping[str, bytes]], changed: Mapping[Path, bytes]) -> None:
    try:
        put(new, changed)
    except FileExistsError as error:
        raise ScaffoldError(
            f"{error} is there already, and nothing is ever overwritten", "choose another id, or move it away yourself"
        ) from None
    except OSError as error:
        raise ScaffoldError(f"nothing was written: {error.strerror or error}") from None


# -------------------------------------------------------------------------- sites


def new_site(plan: SitePlan) -> list[Path]:
    """Writes a site that builds at once, with a module of its own. Returns what was written."""
    _check_module_id(plan.module)
    files = _site_files(plan)
    folder = Path.cwd() / plan.folder
    _write({folder: files}, {})
    return [folder / name for name in sorted(files)]


def _site_files(plan: SitePlan) -> dict[str, bytes]:
    order = [plan.module, *(_bundled_order())]
    words = {
        "name": _scalar(plan.name),
        **recipes(),
        "order": "\n".join(f"  - {name}" for name in order),
        "path": "\n".join(f"      - {name}" for name in order),
    }
    texts = {where: _filled(f"site/{name}", words) for name, where in SITE_FILES.items()}
    texts |= check_workflows("pip install -r requirements.txt")
    texts[".gitlab-ci.yml"] += _filled("site/gitlab-pages.yml", {})
    heading = {"name": printable(plan.name)}
    texts |= {"README.md": _filled("site/README.md", heading), "content/index.md": _filled("site/index.md", heading)}
    texts[".vscode/settings.json"] = json.dumps({"yaml.schemas": editor_schemas()}, indent=2) + "\n"
    texts[".vscode/extensions.json"] = json.dumps({"recommendations": ["redhat.vscode-yaml"]}, indent=2) + "\n"
    texts["requirements.txt"] = f"alongside-training~={__version__}\n"
    top = Path("/site")
    schemas_in = top / ".alongside/schemas"
    for name in ("mkdocs.yml", "modules/curriculum.yml"):
        texts[name] = schema_line(top / name, Path(name).stem, schemas_in) + texts[name]
    files = {name: text.encode() for name, text in texts.items()}
    files |= {f".alongside/schemas/{name}": text.encode() for name, text in schemas().items()}
    module = ModulePlan(plan.module, titled(plan.module))
    files |= {
        f"modules/{plan.module}/{name}": text
        for name, text in _module_files(top / "modules" / plan.module, module, schemas_in).items()
    }
    return files


#: Where each skeleton of a site is put.
SITE_FILES: dict[str, str] = {
    "mkdocs.yml": "mkdocs.yml",
    "curriculum.yml": "modules/curriculum.yml",
    "gitignore": ".gitignore",
    "pages.yml": ".github/workflows/publish.yml",
    "headers": "theme/_headers",
    "nginx.conf": "deploy/nginx.conf",
    "Caddyfile": "deploy/Caddyfile",
}


#: How the repository of Alongside installs itself where pull requests are checked.
OWN_INSTALL = (
    "pip install --require-hashes -r requirements.lock && pip install --no-deps --no-build-isolation --editable ."
)


def check_workflows(install: str) -> dict[str, str]:
    """The checks of pull requests for GitHub and GitLab by path, for a repository that installs Alongside by a command.

    Sites have them, and so has the repository of Alongside itself.
    """
    places = {".github/workflows/check.yml": "pull-request.yml", ".gitlab-ci.yml": "gitlab-ci.yml"}
    return {where: _filled(f"site/{name}", {"install": install}) for where, name in places.items()}


def editor_schemas() -> dict[str, list[str]]:
    """Which files of a site each schema is for, as VS Code wants to know it. The first line of a file comes before this."""
    files = {name: [f"modules/{name}.yml"] for name in ("curriculum", "sources", "glossary", "people")}
    files |= {"module": ["modules/*/module.yml"], "quiz": ["modules/*/quiz.yml"], "mkdocs": ["mkdocs.yml"]}
    files["lesson"] = ["modules/*/*.yml", "!modules/*/module.yml", "!modules/*/quiz.yml"]
    return {f"./.alongside/schemas/{file_name(name)}": places for name, places in sorted(files.items())}


def _bundled_order() -> list[str]:
    modules = bundled_root() / "modules"
    return [
        str(name) for name in _mapping(modules / "curriculum.yml")["order"] if (modules / name / "module.yml").is_file()
    ]


# ---------------------------------------------------------------- question kinds


def new_question_kind(name: str, root: Path | None = None) -> list[Path]:
    """Writes the three places of a question kind and registers it. Returns what was written."""
    root = root or _checkout()
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
        root / f"builder/alongside/model/questions/{name}.py": _filled("kind/model.txt", words).encode(),
        root / f"theme/questions/{name}": {
            "template.html": _filled("kind/template.txt", words).encode(),
            f"{name}.js": _filled("kind/script.txt", words).encode(),
        },
        root / f"tests/model/questions/{name}": {"examples.yaml": _filled("kind/examples.txt", words).encode()},
    }
    _write(new, {registry: _registered(registry.read_text("utf-8"), name, words["class"]).encode()})
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
    "lesson": ("lesson", "Lesson", "alongside.model.curriculum", "lesson.place()"),
    "scenario": ("scenario", "AnyScenario", "alongside.model.curriculum", "scenario.place()"),
    "module": ("module", "Module", "alongside.model.curriculum", "module.outline.place()"),
}


def new_rule(code: str, name: str, scope: str, root: Path | None = None) -> list[Path]:
    """Writes a rule and its document. `code` may be the letter of a group, which takes the next number. Returns what was written."""
    root = root or _checkout()
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
    _write({
        room / f"{words['function']}.py": _filled("rule/rule.txt", words).encode(),
        room / f"{code}.md": _filled("rule/document.txt", words | {"language": "markdown" if scope == "text" else "yaml"}).encode(),
    }, {})  # fmt: skip
    return [room / f"{words['function']}.py", room / f"{code}.md"]


def _next_code(letter: str) -> str:
    """The first code of a group after all that were ever used; 199 and the like stand apart."""
    used = {int(code[1:]) for code in (*RULES_BY_CODE, *RETIRED_CODES) if code[0] == letter and not code.endswith("99")}
    return f"{letter}{max(used) + 1}"


def _checkout() -> Path | None:
    """The top of the repository, where the package runs from one."""
    root = bundled_root()
    return root if (root / "builder").is_dir() else None
