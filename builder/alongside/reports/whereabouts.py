"""From which layer each part of a site comes, and what it hides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alongside.files.located import LocatedMapping, Place
from alongside.files.problems import printable
from alongside.files.source import read_file
from alongside.load.layers import Layer
from alongside.load.originals import BY_PATH, Original, hidden_by, mapping_of, original, overlay_files
from alongside.load.overlays import entries_of, part_names, stacks
from alongside.model.curriculum import Curriculum
from alongside.model.overlay import OVERLAY


@dataclass(frozen=True)
class Whereabouts:
    """Where something stands, and what is to be known of it besides."""

    address: str
    place: Place
    remark: str = ""

    def __str__(self) -> str:
        remark = f"  ({self.remark})" if self.remark else ""
        return printable(f"{self.address}  {self.place}{remark}")


def whereabouts(layers: Sequence[Layer], curriculum: Curriculum, thing: str) -> list[Whereabouts]:
    """Where everything at an address comes from: a module with its parts, a part, an entry, a page or a file of the theme."""
    name, slash, inner = thing.removesuffix(".yml").partition("/")
    if not thing.startswith(BY_PATH) and name in stacks(layers) and "#" not in name:
        found = [*_module(layers, curriculum, name)]
        wanted = f"{name}/{inner}"
        return [
            one
            for one in found
            if not slash or one.address == wanted or one.address.startswith((f"{wanted}#", f"{wanted}."))
        ]
    found = []
    for address in (thing, f"content/{thing}", f"content/{thing}.md", f"theme/{thing}"):
        one = original(layers, address)
        if one is not None:
            found.append(Whereabouts(address, one.place, _hides(layers, address, one)))
    return found


def _hides(layers: Sequence[Layer], address: str, one: Original) -> str:
    """What a version of something hides, in words."""
    lower = original(layers[: [*layers].index(one.layer)], address)
    return f"in place of that of {lower.layer.name}" if lower else ""


def _module(layers: Sequence[Layer], curriculum: Curriculum, name: str) -> Iterator[Whereabouts]:
    stack = stacks(layers)[name]
    base = stack.folders[0][0]
    place = Place(base.label(stack.folders[0][1] / "module.yml"))
    lower = stacks(layers[: [*layers].index(base)])
    hides = f"in place of the module of {lower[name].folders[-1][0].name}" if name in lower else ""
    if name in curriculum.left_out:
        hides = "left out by mkdocs.yml"
    elif name in curriculum.waiting:
        hides = "waits until the order in curriculum.yml names it"
    yield Whereabouts(name, place, hides)
    hidden = {
        address: place
        for layer, _ in stack.above
        for address, place in hidden_by(layer, layers[: [*layers].index(layer)])
    }
    for file in (one for one in stack.names() if one != OVERLAY):
        mapping = mapping_of(layers, name, file)
        if mapping is None:
            continue
        address = f"{name}/{file}"
        yield Whereabouts(address, mapping.place, "in place of the whole file below" if address in hidden else "")
        entries = entries_of(mapping)
        for part, at in zip(part_names(entries or ()), entries.item_places if entries is not None else (), strict=True):
            yield Whereabouts(f"{address}#{part}", at)
    yield from (
        Whereabouts(address, place) for address, place in hidden.items() if address.startswith(f"modules/{name}/")
    )
    yield from _overlaid(layers, name)


def _overlaid(layers: Sequence[Layer], module: str) -> Iterator[Whereabouts]:
    """What overlays replace and leave out."""
    for layer, path in overlay_files(layers, module):
        mapping = read_file(path, layer.label(path))[0] or LocatedMapping(Place(layer.label(path)))
        replaced, left_out = mapping.get("replace"), mapping.get("leave_out")
        if isinstance(replaced, LocatedMapping):
            for inner, place in replaced.key_places.items():
                lower = original(layers[: [*layers].index(layer)], f"{module}/{inner}")
                remark = f"in place of {lower.place}" if lower else "in place of nothing"
                yield Whereabouts(f"{module}/{inner}", place, remark)
        for inner, place in zip(left_out or (), getattr(left_out, "item_places", ()), strict=False):
            yield Whereabouts(f"{module}/{inner}", place, "left out")
