"""New modules, lessons, question kinds and sites, made from the skeletons in the package.

Everything that is still to be written is marked `(write here: …)`, which rule T199 reports.
Nothing is ever overwritten, and either all files of a thing are written or none.
"""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template

from alongside import __version__
from alongside.files import door
from alongside.files.cache import digest
from alongside.files.edits import inserted, new_entry, put, put_over
from alongside.files.installation import requirement
from alongside.files.located import LocatedMapping, LocatedSequence
from alongside.files.paths import real
from alongside.files.problems import printable, quoted
from alongside.files.source import read_bytes
from alongside.load.layers import IDENTIFIER, RESERVED_IDS, RESERVED_IN_MODULES
from alongside.load.project import bundled_root
from alongside.load.taken import MEMORY, Noted, written
from alongside.model.curriculum import REGISTRIES
from alongside.model.schema import SCHEMA_LINE, file_name, schemas
from alongside.model.settings import Settings
from alongside.render.policy import NO_SETTINGS, recipes

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
    #: Id of an objective of the module; left out, its first one.
    objective: str | None = None


@dataclass(frozen=True)
class SitePlan:
    """What is known of a new site."""

    folder: Path
    name: str
    #: Id of the sample module.
    module: str = "our-programme"
    #: Where the site will stand, and local help as far as it is known yet: empty where nobody has said.
    address: str = ""
    emergency: str = ""
    lead: str = ""
    lead_how: str = ""


class _Skeleton(Template):
    """A file with `%%name` where something is to be put in, since `$` and `{{ }}` mean something elsewhere."""

    delimiter = "%%"


def titled(name: str) -> str:
    """An id as a title: `first-meeting` becomes `First meeting`."""
    return re.sub(r"[-_]+", " ", name).strip().capitalize()


def schema_folder(root: Path) -> Path:
    """Where the schemas of a site are kept; those of this repository are part of the package."""
    return root / "builder/alongside/schemas" if real(root) == checkout() else root / ".alongside/schemas"


def schema_line(path: Path, name: str, schemas_in: Path) -> str:
    """The first line of a YAML file, by which an editor finds the schema called `name`."""
    way = os.path.relpath(schemas_in / file_name(name), path.parent)
    return f"{SCHEMA_LINE} $schema={Path(way).as_posix()}\n"


def write_schemas(folder: Path, top: Path | None = None) -> list[Path]:
    """Writes the schemas into a folder, all or none. Those of before are replaced. `top` as for `put`.

    Raises `ScaffoldError` where a field has no example.
    """
    try:
        contents = {folder / name: text.encode() for name, text in schemas().items()}
    except LookupError as error:  # a field that a developer has just added
        raise ScaffoldError(str(error)) from error
    put_over(contents, top)
    return list(contents)


# ------------------------------------------------------------ modules and lessons


def new_module(root: Path, plan: ModulePlan) -> list[Path]:
    """Writes a module with a lesson and a quiz, and names it in `curriculum.yml`. Returns what was written."""
    check_module_id(plan.id)
    check_lesson_id(plan.lesson)
    _check_id(plan.objective_id, "objective")
    modules = root / "modules"
    order = _with_module(modules / "curriculum.yml", plan.id)
    folder = modules / plan.id
    files = _module_files(folder, plan, schema_folder(root))
    write_all({folder: files}, {modules / "curriculum.yml": order}, top=root)
    return [*(folder / name for name in sorted(files)), modules / "curriculum.yml"]


def new_lesson(root: Path, plan: LessonPlan, close: str = "") -> list[Path]:
    """Writes a lesson and names it in its `module.yml`. Returns what was written. `close` asks for a name that was meant."""
    check_module_id(plan.module)
    check_lesson_id(plan.id)
    folder = root / "modules" / plan.module
    outline = folder / "module.yml"
    if not outline.is_file():
        raise ScaffoldError(f"there is no module {quoted(plan.module)}{close}", f"alongside new module {plan.module}")
    lessons = _with_entry(outline, "lessons", plan.id)
    path = folder / f"{plan.id}.yml"
    text = lesson_file(path, plan, objective_of(_mapping(outline), plan), schema_folder(root))
    write_all({path: text}, {outline: lessons}, top=root)
    return [path, outline]


def objective_of(outline: LocatedMapping, plan: LessonPlan) -> str:
    """The objective that a new lesson of a module teaches. Raises `ScaffoldError` where the module has none of that name."""
    known = list(outline.get("objectives") or ())
    if plan.objective and plan.objective not in known:
        raise ScaffoldError(
            f"the module has no objective {quoted(plan.objective)}", f"one of: {', '.join(map(printable, known))}"
        )
    return plan.objective or (known[0] if known else "first")


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
            schema_line(folder / "module.yml", "module", schemas_in) + filled("module/module.yml", words)
        ).encode(),
        f"{plan.lesson}.yml": lesson_file(folder / f"{plan.lesson}.yml", lesson, plan.objective_id, schemas_in),
        "quiz.yml": (schema_line(folder / "quiz.yml", "quiz", schemas_in) + filled("module/quiz.yml", words)).encode(),
    }


def lesson_file(path: Path, plan: LessonPlan, objective: str, schemas_in: Path) -> bytes:
    """A new lesson with its places to fill in."""
    words = {"title": _scalar(plan.title), "objective": objective, "lesson": plan.id}
    return (schema_line(path, "lesson", schemas_in) + filled("module/lesson.yml", words)).encode()


def check_module_id(name: str) -> None:
    """Raises `ScaffoldError` where a module cannot be called so."""
    _check_id(name, "module")
    _check_free("module", name, RESERVED_IDS)


def check_lesson_id(name: str) -> None:
    """Raises `ScaffoldError` where a lesson cannot be called so."""
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


def filled(name: str, words: Mapping[str, str]) -> str:
    """A skeleton with words in their places."""
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


def _with_module(path: Path, module: str) -> bytes:
    """The curriculum with a module at the end of its order, and of every path that held all modules before."""
    outline = _mapping(path)
    order = outline.get("order")
    content = _with_entry(path, "order", module)
    for name in _whole_paths(outline, [entry for entry in order if entry != module] if order else []):
        entries = read_bytes(content, path.name)[0]["paths"][name]["modules"]  # type: ignore[index]  # it could be read
        insertion = None if module in entries else new_entry(content, entries, module)
        content = inserted(content, [insertion]) if insertion else content
    return content


def _whole_paths(outline: LocatedMapping, order: Sequence[str]) -> Iterator[str]:
    """Paths through all modules of the order."""
    paths = outline.get("paths")
    for name, path in paths.items() if isinstance(paths, LocatedMapping) else ():
        modules = path.get("modules") if isinstance(path, LocatedMapping) else None
        if isinstance(modules, LocatedSequence) and order and all(module in modules for module in order):
            yield name


def paths_with(root: Path, module: str) -> list[str] | None:
    """Titles of the paths in `curriculum.yml` that name a module; `None` where there are no paths."""
    paths = _mapping(root / "modules/curriculum.yml").get("paths")
    if not paths or not isinstance(paths, LocatedMapping):
        return None
    return [str(path.get("title", name)) for name, path in paths.items() if module in (path.get("modules") or ())]


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
    write_all({path: text.encode() for path, text in texts.items()}, {})
    return list(texts)


def new_folder(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Writes a folder that is not there yet. Returns what was written."""
    write_all({folder: files}, {})
    return [folder / name for name in files]


def write_all(
    new: Mapping[Path, bytes | Mapping[str, bytes]],
    changed: Mapping[Path, bytes],
    other: str = "choose another id, or move it away yourself",
    *,
    top: Path | None = None,
) -> None:
    """Writes new files and folders and changes others, all or none. Raises `ScaffoldError` where something is there already.

    `top` is the site in which everything belongs, as for `put`.
    """
    try:
        put(new, changed, top)
    except FileExistsError as error:
        raise ScaffoldError(f"{error} is there already, and nothing is ever overwritten", other) from None
    except OSError as error:
        fix = "put an ordinary file or folder in the place of the link" if error.errno == errno.ELOOP else ""
        raise ScaffoldError(f"nothing was written{_where(error)}: {error.strerror or error}", fix) from None


def _where(error: OSError) -> str:
    """In which folder the disk refused."""
    return f" into {Path(error.filename).parent}" if isinstance(error.filename, str) else ""


# -------------------------------------------------------------------------- sites


def new_site(plan: SitePlan) -> list[Path]:
    """Writes a site that builds at once, with a module of its own. Returns what was written."""
    check_module_id(plan.module)
    folder = Path.cwd() / plan.folder
    there = _others_in(folder)
    files = _files_beside(there, folder, plan)
    other = "name another folder, or move it away yourself"
    if not there:
        write_all({folder: files}, {}, other)
    else:
        inner_first = sorted(files, key=lambda name: (-name.count("/"), name))
        write_all({folder / name: files[name] for name in inner_first}, {}, other)
    return [folder / name for name in sorted(files)]


def refuse_used(folder: Path, name: str, module: str) -> None:
    """Raises `ScaffoldError` where a new site in the folder would be refused, whatever is known of it later."""
    check_module_id(module)
    whole = Path.cwd() / folder
    if os.path.lexists(whole) and not whole.is_dir():
        raise ScaffoldError(f"{whole} is there already, and nothing is ever overwritten", "name another folder")
    there = _others_in(whole)
    if there:
        _files_beside(there, whole, SitePlan(folder, name, module))


def _files_beside(there: list[str], folder: Path, plan: SitePlan) -> dict[str, bytes]:
    """The files of a new site in a folder that holds `there`. Raises `ScaffoldError` where they cannot stand beside it."""
    files = {name: text for name, text in _site_files(plan).items() if not (name.endswith(".whl") and name in there)}
    if there:
        _refuse_clashes(folder, files, there)
    return files


#: What stands in a folder that somebody has just made for a site: a repository, an environment for Python, a licence.
BEGUN = re.compile(
    r"\.(git|hg|svn|jj|venv|env|idea|vscode|github|gitattributes|editorconfig|tool-versions|python-version)"
    r"|venv|licen[cs]e.*|copying.*|.*\.whl",
    re.IGNORECASE,
)


def _others_in(folder: Path) -> list[str]:
    """The names of what stands in a folder, if there is one."""
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def _refuse_clashes(folder: Path, files: Mapping[str, bytes], there: list[str]) -> None:
    """Raises `ScaffoldError` where files of a new site, or of something else, are in the folder."""
    clashing = [name for name in files if os.path.lexists(folder / name)]
    clashing += sorted({str(Path(name).parts[0]) for name in files if door.linked((folder / name).parent, folder)})
    ours = {Path(name).parts[0] for name in files}
    strange = [name for name in there if not (BEGUN.fullmatch(name) or door.is_dropped(name) or name in ours)]
    if clashing:
        raise ScaffoldError(
            f"the folder {folder} has files that a site brings, and nothing is ever overwritten: {_some(clashing)}",
            "move them away, or name a new folder",
        )
    if strange:
        raise ScaffoldError(
            f"the folder {folder} is in use for something else, and nothing is ever overwritten: it holds {_some(strange)}",
            "name a new folder, or move what is in this one away",
        )


def _some(names: list[str], most: int = 5) -> str:
    shown = ", ".join(map(printable, names[:most]))
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def _site_files(plan: SitePlan, settings: Settings = NO_SETTINGS) -> dict[str, bytes]:
    order = [plan.module, *(_bundled_order())]
    words = {
        "name": _scalar(plan.name),
        **recipes(settings),
        "order": "\n".join(f"  - {name}" for name in order),
        "path": "\n".join(f"      - {name}" for name in order),
    }
    texts = {where: filled(f"site/{name}", words) for name, where in SITE_FILES.items()}
    texts |= check_workflows("pip install -r requirements.txt")
    texts["mkdocs.yml"] = _with_answers(texts["mkdocs.yml"], plan)
    texts[".gitlab-ci.yml"] += filled("site/gitlab-pages.yml", {}) + filled("site/gitlab-update.yml", {})
    heading = {"name": printable(plan.name)}
    texts |= {"README.md": filled("site/README.md", heading), "content/index.md": filled("site/index.md", heading)}
    texts[".vscode/settings.json"] = json.dumps({"yaml.schemas": editor_schemas()}, indent=2) + "\n"
    texts[".vscode/extensions.json"] = json.dumps({"recommendations": ["redhat.vscode-yaml"]}, indent=2) + "\n"
    top = Path("/site")
    schemas_in = top / ".alongside/schemas"
    for name in ("mkdocs.yml", "modules/curriculum.yml"):
        texts[name] = schema_line(top / name, Path(name).stem, schemas_in) + texts[name]
    files = {name: text.encode() for name, text in texts.items()} | requirement()
    files[RECIPES] = written(
        {
            name: noted_recipe(text.decode())
            for name, text in files.items()
            if name not in BEGINNINGS and name[-4:] != ".whl"
        }
    )
    files |= {f".alongside/schemas/{name}": text.encode() for name, text in schemas().items()}
    module = ModulePlan(plan.module, titled(plan.module))
    files |= {
        f"modules/{plan.module}/{name}": text
        for name, text in _module_files(top / "modules" / plan.module, module, schemas_in).items()
    }
    return files


#: What recipes and other files that a version brings were when they were written, so that a later one can renew them.
RECIPES = f"{MEMORY}/recipes.json"
#: Files of a new site that are there to be written on, so that no later version has anything to say about them.
BEGINNINGS = frozenset({"mkdocs.yml", "README.md", "content/index.md", "modules/curriculum.yml"})


def noted_recipe(text: str) -> Noted:
    """A recipe as this version has it."""
    return Noted("bundled", __version__, digest(text)[:12], text.removesuffix("\n"))


def recipe_files(settings: Settings = NO_SETTINGS) -> dict[str, bytes]:
    """The recipes, workflows and schemas that this version gives a site with these settings, by path."""
    files = _site_files(SitePlan(Path(), "Site"), settings)
    mine = {name for name in files if name.startswith("modules/") or name[-4:] == ".whl"} | BEGINNINGS | {RECIPES}
    return {name: text for name, text in files.items() if name not in mine}


def _with_answers(settings: str, plan: SitePlan) -> str:
    """The settings of a new site with what is known of it in the place of what shows where it belongs."""
    known: dict[str, str] = {}
    if plan.address:
        known["# site_url: "] = f"site_url: {_scalar(plan.address)}"
    if plan.emergency:
        known["      #     emergency: "] = (
            f"          emergency: {{label: Immediate danger, how: {json.dumps(plan.emergency, ensure_ascii=False)}}}"
        )
    if plan.lead and plan.lead_how:
        name, how = (json.dumps(words, ensure_ascii=False) for words in (plan.lead, plan.lead_how))
        known["      #     safeguarding_lead: "] = f"          safeguarding_lead: {{name: {name}, how: {how}}}"
    if plan.emergency or (plan.lead and plan.lead_how):
        day = date.today().isoformat()  # noqa: DTZ011  # the day on which somebody says so
        known |= {
            "      # organisation:": "      organisation:",
            "      #   support:": "        support:",
            "      #     last_verified: ": f"          last_verified: {day}",
        }
    lines = (next((to for start, to in known.items() if line.startswith(start)), line) for line in settings.split("\n"))
    return "\n".join(lines)


#: Where each skeleton of a site is put.
SITE_FILES: dict[str, str] = {
    "mkdocs.yml": "mkdocs.yml",
    "curriculum.yml": "modules/curriculum.yml",
    "gitignore": ".gitignore",
    "pages.yml": ".github/workflows/publish.yml",
    "update.yml": ".github/workflows/update.yml",
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
    return {where: filled(f"site/{name}", {"install": install}) for where, name in places.items()}


def editor_schemas() -> dict[str, list[str]]:
    """Which files of a site each schema is for, as VS Code wants to know it. The first line of a file comes before this."""
    files = {name: [f"modules/{name}.yml", f"modules/{name}/*.yml"] for name in REGISTRIES}
    files["curriculum"] = ["modules/curriculum.yml"]
    files |= {"module": ["modules/*/module.yml"], "quiz": ["modules/*/quiz.yml"], "mkdocs": ["mkdocs.yml"]}
    files["overlay"] = ["modules/overlay.yml", "modules/*/overlay.yml"]
    files["lesson"] = ["modules/*/*.yml", *(f"!modules/*/{name}.yml" for name in ("module", "quiz", "overlay"))]
    files["lesson"] += [f"!modules/{name}/*.yml" for name in REGISTRIES]
    return {f"./.alongside/schemas/{file_name(name)}": places for name, places in sorted(files.items())}


def _bundled_order() -> list[str]:
    modules = bundled_root() / "modules"
    return [
        str(name) for name in _mapping(modules / "curriculum.yml")["order"] if (modules / name / "module.yml").is_file()
    ]


def checkout() -> Path | None:
    """The top of the repository, where the package runs from one."""
    root = bundled_root()
    return root if (root / "builder").is_dir() else None
