"""What stands behind an address in the layers below another one: what a site takes over, hides, and may have to look at again.

An address is that of a module (`trust`), of a file or a part of it (`trust/quiz`, `trust/quiz#first.prompt`), of an entry that
modules share (`glossary#rapport`), or the path of a file from the top of a layer (`content/about.md`, `modules/trust/media/a.svg`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from alongside.files import door
from alongside.files.cache import digest
from alongside.files.located import LocatedMapping, LocatedSequence, Place, place_of
from alongside.files.problems import ContentError, Problem, printable, quoted
from alongside.files.source import read_bytes, read_file
from alongside.load.layers import Layer, yaml_files
from alongside.load.modules import FileReader
from alongside.load.overlays import (
    Changes,
    LaidOver,
    Stack,
    address_parts,
    addressed,
    entries_of,
    former_names,
    part_names,
    stacks,
    value_at,
)
from alongside.load.taken import taken_of
from alongside.model.curriculum import REGISTRIES
from alongside.model.overlay import OVERLAY, Overlay

#: Folders of a layer whose files are addressed by their paths.
BY_PATH = ("content/", "theme/", "modules/")


@dataclass(frozen=True)
class Original:
    """What an address leads to in some layers, the last of which that has it counts."""

    layer: Layer
    #: The file in which it stands, and where.
    path: Path
    place: Place
    digest: str
    #: As its author wrote it; empty for what is no text.
    text: str


def original(layers: Sequence[Layer], address: str, was: str | None = None) -> Original | None:
    """What an address leads to in these layers; `None` where there is nothing. `was` is the digest of what it led to before.

    Raises `OSError` where a file cannot be read.
    """
    if address.startswith(BY_PATH):
        return _file(layers, address)
    if "/" not in address:
        registry, _, name = address.partition("#")
        return _entry(layers, registry, name) if registry in REGISTRIES and name else None
    module, _, inner = address.partition("/")
    name, part, fields = address_parts(inner)
    mapping = mapping_of(layers, module, name)
    if mapping is None:
        return None
    if not part and not fields:
        stack = stacks(layers)[module]
        holder = stack.holder(name)
        assert holder is not None, "it has just been read"
        path = holder[1] / f"{name}.yml"
        return Original(holder[0], path, mapping.place, _short(mapping), door.read(path).decode("utf-8-sig"))
    try:
        value = value_at(mapping, inner, was)
    except LookupError:
        return None
    place = _place_of(mapping, value)
    layer = _layer_of(layers, place)
    path = layer.root / place.file.removeprefix(layer.prefix)
    return Original(layer, path, place, _short(value), _text_of(value, place, door.read(path)))


def mapping_of(layers: Sequence[Layer], module: str, name: str) -> LocatedMapping | None:
    """What a file of a module says in these layers, with what their overlays change; `None` where it cannot be read."""
    stack = stacks(layers).get(module)
    holder = stack.holder(name) if stack else None
    if stack is None or holder is None:
        return None
    layer, folder = holder
    mapping = read_file(folder / f"{name}.yml", layer.label(folder / f"{name}.yml"))[0]
    if mapping is None:
        return None
    overlays = []
    for above, path in overlay_files(layers, module):
        overlay = FileReader({}).file(above, path, Overlay, module)
        if overlay:
            overlays.append(LaidOver(above, path, overlay, taken_of(above)[0]))
    return Changes(overlays).of_layers_after(layer, stack).made(name, mapping)[0]


def moved_to(layers: Sequence[Layer], address: str, was: str | None = None) -> str | None:
    """The address at which stands now what has left this one, as `formerly: [module/id]` or that of a module says; `None` where nothing says it.

    Raises `OSError` where a file cannot be read.
    """
    if address.startswith(BY_PATH) or "/" not in address:
        return None
    module, _, inner = address.partition("/")
    name, part, fields = address_parts(inner)
    within = f"#{part}" if part else ""
    way = "".join(f".{one}" for one in fields)
    for other, stack in stacks(layers).items():
        renamed = module in former_names(mapping_of(layers, other, "module"))
        for file in stack.names() if other != module else ():
            mapping = mapping_of(layers, other, file)
            if mapping is None:
                continue
            found = None
            names = former_names(mapping)
            if f"{module}/{name}" in names or (renamed and name in (file, *names)):
                found = f"{other}/{file}{within}{way}"
            elif part:
                entries: Sequence[Any] = entries_of(mapping) or ()
                at = next((at for at, one in enumerate(entries) if f"{module}/{part}" in former_names(one)), None)
                found = None if at is None else f"{other}/{file}#{part_names(entries)[at]}{way}"
            if found and original(layers, found, was):
                return found
    return None


def overlay_files(layers: Sequence[Layer], module: str) -> Iterator[tuple[Layer, Path]]:
    """The overlays of a module in these layers."""
    stack = stacks(layers).get(module)
    for layer, folder in stack.above if stack else ():
        if layer.holds(folder / f"{OVERLAY}.yml"):
            yield layer, folder / f"{OVERLAY}.yml"


def _file(layers: Sequence[Layer], address: str) -> Original | None:
    for layer in reversed(layers):
        path = layer.root / address
        if layer.holds(path):
            content = door.read(path)
            return Original(layer, path, Place(layer.label(path)), digest(content.hex())[:12], _decoded(content))
    return None


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""


def _entry(layers: Sequence[Layer], registry: str, name: str) -> Original | None:
    for layer in reversed(layers):
        for path in layer.registry_files(registry):
            mapping = read_file(path, layer.label(path))[0]
            if mapping is not None and name in mapping:
                place = mapping.value_places[name]
                text = _text_of(mapping[name], place, door.read(path))
                return Original(layer, path, place, _short(mapping[name]), text)
    return None


def _short(value: Any) -> str:
    return digest(value)[:12]


def _place_of(mapping: LocatedMapping, wanted: Any) -> Place:
    """Where a value stands that was found in a mapping."""
    for path, value in _paths(mapping, ()):
        if value is wanted:
            return place_of(mapping, path)
    return mapping.place


def _paths(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*path, key), one
        yield from _paths(one, (*path, key))


def _layer_of(layers: Sequence[Layer], place: Place) -> Layer:
    return next((one for one in layers if one.prefix and place.file.startswith(one.prefix)), layers[-1])


def _text_of(value: Any, place: Place, content: bytes) -> str:
    """A value as its author wrote it, from the first column on; as JSON, which is YAML too, where it stands among others on a line."""
    if isinstance(value, LocatedMapping | LocatedSequence):
        lines = content.decode("utf-8-sig").splitlines()[place.line - 1 : value.end_line]
        indent = place.column - 1
        lines = [line[indent:] if at == 0 or not line[:indent].strip() else line for at, line in enumerate(lines)]
        text = "\n".join(lines).rstrip() + "\n"
        if _reads_as(text, value):
            return text
    elif isinstance(value, str) and "\n" in value.strip("\n") and value.endswith("\n"):
        text = "|\n" + "".join(f"  {line}\n" if line else "\n" for line in value.rstrip("\n").split("\n"))
        if _reads_as(text, value):
            return text
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _reads_as(text: str, value: Any) -> bool:
    """Whether a text, read as a value, is this value."""
    return read_bytes(below("value", text).encode(), "value")[0] == {"value": value}


def below(key: str, text: str, indent: str = "") -> str:
    """A value, as `text_of` gives it, as lines below a key."""
    first, *rest = text.rstrip("\n").split("\n")
    block = first.startswith(("|", ">"))
    plain = not rest and not first.startswith("- ") and ": " not in first and not first.endswith(":")
    beside = block or plain or first.startswith(('"', "'", "[", "{"))
    head = f"{indent}{key}: {first}\n" if beside else f"{indent}{key}:\n{indent}  {first}\n"
    inner = indent if block else f"{indent}  "
    return head + "".join(f"{inner}{line}\n" if line else "\n" for line in rest)


# ------------------------------------------------------------------------ findings


def looked_at(layers: Sequence[Layer]) -> list[Problem]:
    """What layers hide without having noted it, and what they took over whose original has changed since."""
    problems: list[Problem] = []
    for at, layer in enumerate(layers):
        with suppress(OSError):  # a file that cannot be read: whoever reads it for the site says so
            problems += _looked_at(layer, layers[:at])
    return problems


def _looked_at(layer: Layer, lower: Sequence[Layer]) -> list[Problem]:
    """What one layer hides and took over."""
    taken, problems = taken_of(layer)
    noted = taken.originals
    hidden = dict(hidden_by(layer, lower)) if lower else {}
    for address, place in hidden.items():
        if not any(one == address or one.startswith(f"{address}/") for one in noted):
            problems.append(_hides(address, place, _last_with(lower, address)))
    for address, one in noted.items():
        written = changed_at(layer, hidden, address)
        now = original(lower, address, one.digest) if written else None
        if written and (now is None or now.digest != one.digest):
            moved = None if now else moved_to(lower, address, one.digest)
            problems.append(_has_changed(address, written, one.layer, gone=now is None, moved=moved))
    return problems


def with_new_addresses(layers: Sequence[Layer], problems: Sequence[Problem]) -> list[Problem]:
    """The problems; those of changes of what stands elsewhere now (L127, and L101 for a whole module) say where."""
    if not any(problem.code in {"L101", "L127"} for problem in problems):
        return [*problems]
    changed = {place: (layer, address) for layer in layers for address, place in _changed_in(layer)}
    folders = {
        Place(layer.label(folder / "module.yml")): folder.name
        for layer in layers
        for folder in layer.module_folders()
        if not layer.holds(folder / "module.yml")
    }
    return [
        _with_new_address(layers, problem, *changed[problem.place])
        if problem.code == "L127" and problem.place in changed
        else _with_new_name(layers, problem, folders[problem.place])
        if problem.code == "L101" and problem.place in folders
        else problem
        for problem in problems
    ]


def _with_new_name(layers: Sequence[Layer], problem: Problem, module: str) -> Problem:
    """The problem of a folder that changes a module which has another name now."""
    now = None
    with suppress(OSError):  # whoever reads that file for the site says so
        renamed = (name for name in stacks(layers) if module in former_names(mapping_of(layers, name, "module")))
        now = next(renamed, None)
    if now is None:
        return problem
    return replace(
        problem,
        message=f"the module {quoted(module)}, which is changed here, is called {quoted(now)} now",
        expected="a folder with the name that the module has now",
        fix=f"rename the folder to modules/{printable(now)}",
    )


def _changed_in(layer: Layer) -> Iterator[tuple[str, Place]]:
    """The addresses of what a layer changes in modules, be it there or not, with where it does so."""
    for folder in layer.module_folders():
        for path in yaml_files(folder):
            if path.stem != OVERLAY:
                yield f"{folder.name}/{path.stem}", Place(layer.label(path))
            elif overlay := FileReader({}).file(layer, path, Overlay, folder.name):
                yield from ((f"{folder.name}/{address}", place) for address, place in addressed(overlay))


def _with_new_address(layers: Sequence[Layer], problem: Problem, layer: Layer, address: str) -> Problem:
    moved = None
    with suppress(OSError):  # whoever reads that file for the site says so
        moved = moved_to(layers, address, taken_of(layer)[0].digest(address))
    if moved is None:
        return problem
    return replace(
        problem,
        message=f"{quoted(address)}, which is changed here, has moved to {quoted(moved)}",
        expected="the address at which it stands now",
        fix=f"move your change there, into {_home_of(moved)}, then delete it here",
    )


def _home_of(address: str) -> str:
    """The file in which a site changes what stands at an address."""
    module, _, inner = address.partition("/")
    name, part, fields = address_parts(inner)
    return f"modules/{printable(module)}/{OVERLAY if part or fields else printable(name)}.yml"


def _last_with(layers: Sequence[Layer], address: str) -> Layer:
    """The last of the layers that has what an address leads to, be it a module."""
    if "/" not in address and "#" not in address:
        return stacks(layers)[address].folders[-1][0]
    found = original(layers, address)
    return found.layer if found else layers[-1]


def hidden_by(layer: Layer, lower: Sequence[Layer]) -> Iterator[tuple[str, Place]]:
    """The addresses of what a layer replaces as a whole in layers below it, with where it does so. Overlays say it themselves."""
    before = stacks(lower)
    for folder in layer.module_folders():
        if folder.name in before:
            yield from _hidden_in(folder, layer, before[folder.name])
    for registry in REGISTRIES:
        yield from _hidden_entries(registry, layer, lower)
    for name in ("content", "theme"):
        for path in door.below(layer.root / name).files:
            way = path.relative_to(layer.root).as_posix()
            if any(one.holds(one.root / way) for one in lower):
                yield way, Place(layer.label(path))


def _hidden_in(folder: Path, layer: Layer, known: Stack) -> Iterator[tuple[str, Place]]:
    """The module that a folder replaces, or the files of it."""
    if layer.holds(folder / "module.yml"):
        yield known.name, Place(layer.label(folder / "module.yml"))
        return
    for path in door.below(folder).files:
        way = path.relative_to(folder)
        if path.suffix == ".yml" and len(way.parts) == 1 and known.holder(path.stem):
            yield f"{known.name}/{path.stem}", Place(layer.label(path))
        elif way.parts[0] == "media" and any((one / way).is_file() for _, one in known.folders):
            yield f"modules/{known.name}/{way.as_posix()}", Place(layer.label(path))


def _hidden_entries(registry: str, layer: Layer, lower: Sequence[Layer]) -> Iterator[tuple[str, Place]]:
    own = [mapping for path in layer.registry_files(registry) if (mapping := read_file(path, layer.label(path))[0])]
    if own:
        files = [file for one in lower for file in one.registry_files(registry)]
        names = {name for file in files for name in read_file(file, file.name)[0] or ()}
        yield from ((f"{registry}#{name}", one.key_places[name]) for one in own for name in one if name in names)


def changed_at(layer: Layer, hidden: Mapping[str, Place], address: str) -> Place | None:
    """Where a layer has what it took over under an address; `None` where it has it no more. `hidden` is what it hides."""
    for whole, place in hidden.items():
        if whole == address or address.startswith(f"{whole}/"):
            return place
    module, _, inner = address.partition("/")
    path = layer.modules / module / f"{OVERLAY}.yml"
    mapping = read_file(path, layer.label(path))[0] if layer.holds(path) else None
    replaced = mapping.get("replace") if mapping else None
    written = replaced.key_places.get(inner) if isinstance(replaced, LocatedMapping) else None
    return written or _kept_as_a_whole(layer, address)


def _kept_as_a_whole(layer: Layer, address: str) -> Place | None:
    """Where a layer has a file or an entry as a whole that may hide nothing any more: its original has moved or gone."""
    module, slash, inner = address.partition("/")
    if address.startswith(BY_PATH) or not slash:
        found = original((layer,), address)
        return found.place if found else None
    path = layer.modules / module / f"{inner}.yml"
    return Place(layer.label(path)) if not any(address_parts(inner)[1:]) and layer.holds(path) else None


def own_text(own: Layer, address: str, *, of_text: bool = True) -> str:
    """A layer’s own version of what it took over under an address, as it is written there; empty where it has none.

    Raises `ContentError` where it is not UTF-8 text though it is `of_text`, as what it was taken over from is.
    """
    module, slash, inner = address.partition("/")
    name, part, fields = address_parts(inner)
    path = own.modules / module / f"{OVERLAY}.yml"
    if address.startswith(BY_PATH) or not slash:
        found = original((own,), address)
        if found and not found.text and of_text and address.startswith(BY_PATH):
            return _understood(door.read(found.path), own.label(found.path))
        return found.text if found else ""
    if not part and not fields:
        file = path.with_name(f"{name}.yml")
        return _understood(door.read(file), own.label(file)) if own.holds(file) else ""
    mapping = read_file(path, own.label(path))[0] if own.holds(path) else None
    replaced = mapping.get("replace") if mapping else None
    if not isinstance(replaced, LocatedMapping) or inner not in replaced:
        return ""
    return _text_of(replaced[inner], replaced.value_places[inner], door.read(path))


def _understood(content: bytes, name: str) -> str:
    """The text of a file. Raises `ContentError` with what the reader of YAML says of one that is none."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ContentError(read_bytes(content, name)[1]) from None


def _hides(address: str, place: Place, layer: Layer) -> Problem:
    return Problem(
        "R255",
        "info",
        f"this stands in place of {quoted(address)} of {printable(layer.name)}",
        place,
        "",
        f"nothing has to be done; alongside take {printable(address)} notes what the original is, so that you hear when it changes",
    )


def _has_changed(address: str, place: Place, layer: str, *, gone: bool, moved: str | None = None) -> Problem:
    what = f"has moved to {quoted(moved)}" if moved else "has gone" if gone else "has changed"
    if moved:
        fix = f"move your change there, then delete it here; alongside drift {printable(address)} shows both"
    elif gone:
        fix = f"delete it here; or keep it as your own: alongside take {printable(address)} then forgets the original"
    else:
        fix = f"alongside drift {printable(address)} shows what changed; then alongside take {printable(address)} notes that you have seen it"
    return Problem(
        "R256",
        "warning",
        f"the original of {quoted(address)}, which you took over from {printable(layer)}, {what} since",
        place,
        "a decision on what becomes of your version" if gone else "your version, looked at again beside the new one",
        fix,
    )
