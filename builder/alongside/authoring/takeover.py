"""Taking over what comes from another layer: a copy in the site’s own layer, and a note of what the original was.

Nothing that is there already is changed: where the site has its own version, only the note is made anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from alongside.authoring.scaffold import (
    LessonPlan,
    ScaffoldError,
    check_lesson_id,
    check_module_id,
    lesson_file,
    new_lesson,
    objective_of,
    schema_folder,
    schema_line,
    write_all,
)
from alongside.files import door
from alongside.files.edits import Insertion, inserted
from alongside.files.located import LocatedMapping, LocatedSequence
from alongside.files.problems import nearest, printable, quoted
from alongside.files.source import read_bytes
from alongside.load.layers import Layer, yaml_files
from alongside.load.originals import (
    BY_PATH,
    Original,
    below,
    changed_at,
    hidden_by,
    mapping_of,
    original,
    overlay_files,
)
from alongside.load.overlays import address_parts, entries_of, part_names, stacks
from alongside.load.project import Project
from alongside.load.taken import TAKEN, Noted, taken_of, written
from alongside.model.curriculum import REGISTRIES
from alongside.model.lessons import model_by_keys
from alongside.model.overlay import OVERLAY
from alongside.model.schema import SCHEMA_LINE


@dataclass
class _Plan:
    """What is written: new files, files that change, and notes of originals by address."""

    new: dict[Path, bytes] = field(default_factory=dict)
    changed: dict[Path, bytes] = field(default_factory=dict)
    noted: dict[str, Noted] = field(default_factory=dict)
    #: Addresses of what has no original any more, and stays as the site’s own.
    forgotten: set[str] = field(default_factory=set)


def own_layer(project: Project) -> Layer:
    """The layer of the site itself. Raises `ScaffoldError` where it has none."""
    own = next((layer for layer in project.layers if layer.root == project.root), None)
    if own is None:
        raise ScaffoldError("this site has no layer of its own", "add . to the layers in mkdocs.yml")
    return own


def lower_layers(project: Project) -> tuple[Layer, ...]:
    """The layers from which the site can take something over."""
    return project.layers[: project.layers.index(own_layer(project))]


def take(project: Project, address: str) -> tuple[list[Path], list[str]]:
    """Takes over what an address leads to. Returns the files that were written, and the addresses of which only the note is new.

    The note of an original that has gone from its address is taken away, and what was made of it stays as the site’s own.
    Raises `ScaffoldError` where there is nothing to take over, or no place for it.
    """
    own, lower = own_layer(project), lower_layers(project)
    address = address.removesuffix(".yml") if not address.startswith(BY_PATH) else address
    plan, there = _Plan(), []
    hidden = dict(hidden_by(own, lower))
    before = taken_of(own)[0].originals
    for one in _addresses(own, lower, address):
        found = original(lower, one)
        if found is None and one in before and changed_at(own, hidden, one) is not None:
            plan.forgotten.add(one)
            there.append(one)
            continue
        if found is None:
            raise _nothing_there(lower, one)
        plan.noted[one] = Noted(found.layer.name, found.layer.version, found.digest, found.text.removesuffix("\n"))
        if changed_at(own, hidden, one) is not None:
            there.append(one)
        else:
            _copy(plan, own, one, found, whole=one != address)
    _note(plan, own)
    write_all(plan.new, plan.changed, "move it away yourself", top=own.root)
    return [*plan.new, *plan.changed], there


def refuse_their_module(project: Project, name: str) -> None:
    """Raises `ScaffoldError` where another layer has the module, whose place a new one of that name would take."""
    if name in stacks(lower_layers(project)):
        raise ScaffoldError(
            f"the module {quoted(name)} comes with another layer, and a new one of that name would take its place",
            f"choose another id, take it over with alongside take {printable(name)}, or begin a lesson in it with"
            f" alongside new lesson {printable(name)}/ID",
        )


def lesson_begun(project: Project, plan: LessonPlan) -> list[Path]:
    """Writes a new lesson into a module of the site, or beside one of another layer. Returns what was written.

    In the first case `module.yml` names it, in the second the overlay of the site does, after the last lesson that it shows.
    Raises `ScaffoldError` where there is no such module, or such a lesson is there already.
    """
    check_module_id(plan.module)
    check_lesson_id(plan.id)
    own = next((layer for layer in project.layers if layer.root == project.root), None)
    lower = lower_layers(project) if own else ()
    stack = stacks(lower).get(plan.module)
    folder = project.root / "modules" / plan.module
    if own is None or stack is None or own.holds(folder / "module.yml"):
        return new_lesson(project.root, plan, nearest(plan.module, stacks(project.layers)))
    if stack.holder(plan.id):
        raise ScaffoldError(
            f"the module has a lesson {quoted(plan.id)} already, from another layer",
            f"choose another id, or take it over with alongside take {printable(f'{plan.module}/{plan.id}')}",
        )
    outline = mapping_of(lower, plan.module, "module")
    if outline is None:
        raise ScaffoldError(f"the module {quoted(plan.module)} cannot be understood", "alongside check says why")
    lesson = folder / f"{plan.id}.yml"
    text = lesson_file(lesson, plan, objective_of(outline, plan), schema_folder(own.root))
    overlay = folder / f"{OVERLAY}.yml"
    new, changed = {lesson: text}, {}
    entry = _after_the_last(own, overlay, outline, plan.id)
    if own.holds(overlay):
        changed[overlay] = _with_addition(own, overlay, entry)
    else:
        head = schema_line(overlay, OVERLAY, schema_folder(own.root))
        new[overlay] = f"{head}add:\n  - {entry[0]}\n    {entry[1]}\n".encode()
    write_all(new, changed, top=own.root)
    return [lesson, overlay]


def _after_the_last(own: Layer, overlay: Path, outline: LocatedMapping, lesson: str) -> tuple[str, str]:
    """Where a lesson is to stand: the two lines of an entry below `add:`."""
    said = read_bytes(door.read(overlay), overlay.name)[0] if own.holds(overlay) else None
    left_out = (said.get("leave_out") if said else None) or ()
    shown = [name for name in outline.get("lessons") or () if name not in left_out]
    if not shown:
        raise ScaffoldError("the module shows no lesson after which another could stand", f"write {overlay.name} yourself")  # fmt: skip
    return f"after: {shown[-1]}", f"lesson: {lesson}"


def _with_addition(own: Layer, path: Path, entry: tuple[str, str]) -> bytes:
    """The overlay with one more entry below `add:`, and everything else as it was."""
    content = door.read(path)
    mapping = read_bytes(content, path.name)[0]
    added = mapping.get("add") if mapping is not None else None
    if isinstance(added, LocatedSequence) and added and isinstance(added[0], LocatedMapping) and not added[0].flow:
        first = added.item_places[0]
        indent = " " * (first.column - 1)
        lines = f"{entry[0]}\n{indent}{entry[1]}\n{indent[:-2]}- "
        return inserted(content, [Insertion(first.line, first.column, lines)])
    if mapping is not None and "add" not in mapping:
        end = b"" if content.endswith(b"\n") else b"\n"
        return content + end + f"add:\n  - {entry[0]}\n    {entry[1]}\n".encode()
    raise ScaffoldError(
        f"{own.label(path)} has no list below add: to which something could be added",
        "write each entry of add: on lines of its own",
    )


def _addresses(own: Layer, lower: Sequence[Layer], address: str) -> Iterator[str]:
    """The addresses of all files, where an address is that of a module; otherwise itself."""
    stack = stacks(lower).get(address)
    if stack is None or "/" in address or "#" in address:
        noted = (one for one in taken_of(own)[0].originals if one.startswith((f"{address}/", f"modules/{address}/")))
        yield from ([*noted] if stack is None else []) or [address]
        return
    changed = [*overlay_files([*lower, own], address)]
    if changed:
        layer, path = changed[-1]
        raise ScaffoldError(
            f"{layer.label(path)} changes parts of this module",
            "take over the parts that you want to change, one by one",
        )
    for _, folder in stack.folders:
        yield from (f"{address}/{path.stem}" for path in yaml_files(folder))
        for path in door.below(folder / "media").files:
            yield f"modules/{address}/{path.relative_to(folder).as_posix()}"


def _copy(plan: _Plan, own: Layer, address: str, found: Original, *, whole: bool) -> None:
    if address.startswith(BY_PATH):
        plan.new[own.root / address] = door.read(found.path)
    elif "/" not in address:
        _copy_entry(plan, own, address, found)
    else:
        module, _, inner = address.partition("/")
        name, part, fields = address_parts(inner)
        if part or fields:
            _copy_part(plan, own, module, inner, found)
        elif name == "module" and not whole:
            raise ScaffoldError(
                "module.yml is taken over with the whole module, or field by field",
                f"alongside take {module}, or a field such as: alongside take {module}/module.summary",
            )
        else:
            _copy_file(plan, own, module, name, found)


def _copy_file(plan: _Plan, own: Layer, module: str, name: str, found: Original) -> None:
    path = own.modules / module / f"{name}.yml"
    overlay = own.modules / module / f"{OVERLAY}.yml"
    if own.holds(overlay):
        said = door.read(overlay).decode("utf-8", "replace")
        if any(f"{name}{sign}" in said for sign in "#."):
            raise ScaffoldError(
                f"{own.label(overlay)} changes parts of {quoted(name)} already",
                "go on there, or delete those entries first",
            )
    lines = found.text.split("\n")
    if lines[0].startswith(SCHEMA_LINE):
        lines = lines[1:]
    mapping = read_bytes(found.text.encode(), path.name)[0]
    model = model_by_keys(mapping or ())
    kind = "module" if name == "module" else model.__name__.lower() if model else "lesson"
    plan.new[path] = (schema_line(path, kind, schema_folder(own.root)) + "\n".join(lines)).encode()


def _copy_part(plan: _Plan, own: Layer, module: str, inner: str, found: Original) -> None:
    """Puts a part or a field below `replace:` of the overlay."""
    path = own.modules / module / f"{OVERLAY}.yml"
    name = address_parts(inner)[0]
    if own.holds(own.modules / module / f"{name}.yml"):
        raise ScaffoldError(
            f"this site has the whole of {name}.yml already", f"change it in modules/{module}/{name}.yml"
        )
    if not own.holds(path):
        head = schema_line(path, OVERLAY, schema_folder(own.root))
        plan.new[path] = f"{head}replace:\n{below(inner, found.text, '  ')}".encode()
        return
    content = door.read(path)
    mapping = read_bytes(content, path.name)[0]
    replaced = mapping.get("replace") if mapping else None
    if isinstance(replaced, LocatedMapping) and replaced and not replaced.flow:
        first = next(iter(replaced.key_places.values()))
        indent = " " * (first.column - 1)
        entry = below(inner, found.text, indent).removeprefix(indent) + indent
        plan.changed[path] = inserted(content, [Insertion(first.line, first.column, entry)])
    elif mapping is not None and not replaced and "replace" not in mapping:
        end = b"" if content.endswith(b"\n") else b"\n"
        plan.changed[path] = content + end + f"replace:\n{below(inner, found.text, '  ')}".encode()
    else:
        raise ScaffoldError(f"{own.label(path)} has no list below replace: to which something could be added", "write each entry of replace: on lines of its own")  # fmt: skip


def _copy_entry(plan: _Plan, own: Layer, address: str, found: Original) -> None:
    registry, _, name = address.partition("#")
    path = own.modules / f"{registry}.yml"
    if own.holds(path):
        content = door.read(path)
        end = b"" if content.endswith(b"\n") else b"\n"
        plan.changed[path] = content + end + below(name, found.text).encode()
    else:
        head = schema_line(path, registry, schema_folder(own.root))
        plan.new[path] = (head + below(name, found.text)).encode()


def _note(plan: _Plan, own: Layer) -> None:
    path = own.root / TAKEN
    taken, problems = taken_of(own)
    if problems:
        raise ScaffoldError(f"{TAKEN} cannot be read", problems[0].fix)
    noted = {**taken.originals, **plan.noted}
    content = written({address: one for address, one in noted.items() if address not in plan.forgotten})
    (plan.changed if own.holds(path) else plan.new)[path] = content


def _nothing_there(lower: Sequence[Layer], address: str) -> ScaffoldError:
    known = sorted(known_addresses(lower, address.partition("/")[0]))
    close = nearest(address, known)
    fix = "alongside where MODULE lists the addresses of a module" if "/" in address else f"name a module and a part of it, or {', '.join(f'{name}#id' for name in REGISTRIES)}"  # fmt: skip
    return ScaffoldError(
        f"there is no {quoted(address)} in {', '.join(printable(one.name) for one in lower)}{close}", fix
    )


def known_addresses(layers: Sequence[Layer], module: str) -> Iterator[str]:
    """The addresses of a module’s files and parts; of all modules where there is none of this name."""
    found = stacks(layers)
    stack = found.get(module)
    if stack is None:
        yield from found
        return
    for name in stack.names():
        if name == OVERLAY:
            continue
        yield f"{module}/{name}"
        mapping = mapping_of(layers, module, name)
        entries = entries_of(mapping) if mapping is not None else None
        yield from (f"{module}/{name}#{part}" for part in part_names(entries or ()) if part)
