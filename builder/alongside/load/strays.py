"""Files of a layer that nothing reads: links and pipes, what systems leave behind, YAML under another name or in another folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from alongside.files import door
from alongside.files.located import Place
from alongside.files.paths import usable
from alongside.files.problems import Problem, nearest, printable, quoted
from alongside.load.layers import READ, Layer, named_rightly
from alongside.model.curriculum import REGISTRIES

#: How many files are named in one note.
MOST_NAMED = 5
#: What stands in `modules/` beside the folders of modules.
SHARED = ("curriculum.yml", "overlay.yml", *(f"{name}.yml" for name in REGISTRIES))


def strange_files(layers: Sequence[Layer]) -> list[Problem]:
    """Links, pipes and whatever else is no ordinary file in the folders of layers, and what was left behind there. Nothing reads them."""
    problems = []
    for layer in layers:
        for name in READ:
            found = door.below(layer.root / name)
            problems += [_strange(layer, path, trouble) for path, trouble in found.refused]
            problems += _left_behind(layer, found.dropped)
    return problems


def _strange(layer: Layer, path: Path, trouble: str) -> Problem:
    return Problem(
        "L114",
        "error",
        f"{quoted(path.name)} {trouble}, and is not read",
        Place(printable(layer.label(path))),
        "ordinary files and folders with names that can be read",
        _usual_again(path, trouble),
    )


def _usual_again(path: Path, trouble: str) -> str:
    """How to mend what stands at a path."""
    if "name" in trouble:
        name = "".join(letter if letter.isprintable() else " " for letter in path.name)
        return f"rename it to {usable(name)}, and write that name where it is used"
    if "cannot be read" in trouble:
        return "let yourself read it (chmod u+rX), or delete it"
    if "more than" in trouble:
        return "move what is not part of the site out of this folder"
    return "put the file itself there, or delete the entry" if "link" in trouble else "delete the entry"


def _left_behind(layer: Layer, dropped: Sequence[Path]) -> list[Problem]:
    """The note that some files are nobody's content: one for a folder, however many there are."""
    if not dropped:
        return []
    names = ", ".join(dict.fromkeys(printable(path.name) for path in dropped[:MOST_NAMED]))
    more = f" and {len(dropped) - MOST_NAMED} more" if len(dropped) > MOST_NAMED else ""
    return [
        Problem(
            "L129",
            "info",
            f"left out, since a system or an editor has put it there: {names}{more}",
            Place(printable(layer.label(dropped[0].parent))),
            "",
            "nothing has to be done; you can delete it",
        )
    ]


def misnamed_files(layer: Layer) -> Iterator[Problem]:
    """Files of YAML in `modules/` that nothing reads, since their names end otherwise or they are in another folder."""
    for path in door.files_in(layer.modules):
        right = named_rightly(path.name)
        if right and (right != path.name or right not in SHARED):
            near = nearest(right, SHARED) if right not in SHARED else ""
            move = "move it into the folder of a module, or give it one of these names"
            yield _not_read(layer, path, near, ", ".join(SHARED), move if right not in SHARED else _rename(path, right))
    for folder in door.folders_in(layer.modules):
        for path in door.files_in(folder):
            right = named_rightly(path.name)
            if right and right != path.name:
                yield _not_read(layer, path, "", right, _rename(path, right))
        for inner in door.folders_in(folder):
            for path in door.files_in(inner) if inner.name != "media" or layer.is_registry(folder) else ():
                if named_rightly(path.name):
                    where = printable(layer.label(folder))
                    there = door.is_file(folder / path.name, folder)
                    move = _rename(folder / path.name, path.name) if there else f"move it to {where}/"
                    yield _not_read(layer, path, "", f"{where}/{printable(path.name)}", move)


def _not_read(layer: Layer, path: Path, near: str, expected: str, fix: str) -> Problem:
    message = f"the file {quoted(path.name)} is not read where it is{near}" if near or fix.startswith("move") else (
        f"the file {quoted(path.name)} is not read: its name does not end in .yml alone"
    )  # fmt: skip
    return Problem("M116", "error", message, Place(printable(layer.label(path))), expected, fix)


def _rename(path: Path, right: str) -> str:
    if door.is_file(path.with_name(right), path.parent):
        return f"put what you need of it into {printable(right)}, and delete this file"
    return f"rename it to {printable(right)}"
