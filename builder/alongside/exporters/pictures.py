"""The pictures that pages of modules show, for formats that take them along."""

from __future__ import annotations

from alongside.files import door
from alongside.model.curriculum import Curriculum
from alongside.render.faces import drawn, face_files
from alongside.render.strips import strip_files
from alongside.words.language import ENGLISH

#: Pictures that every reader of books and every printer shows, by their endings.
TYPES = {
    "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
}  # fmt: skip


def type_of(path: str) -> str:
    """The kind of a picture, as the web calls it; empty where not everything shows it."""
    return TYPES.get(path.rpartition(".")[2].lower(), "")


class Pictures:
    """Finds pictures by their addresses on the site: those in folders of modules, and the faces of those who speak."""

    def __init__(self, curriculum: Curriculum) -> None:
        self._modules = curriculum.modules
        self._faces = {
            name: member for module in curriculum.modules.values() for name, member in face_files(curriculum, module)
        }
        self._strips = {
            panel.picture: panel
            for module in curriculum.modules.values()
            for panel, _ in strip_files(curriculum, module, ENGLISH)
        }

    def at(self, address: str) -> bytes | str:
        """What a picture holds, or why it cannot be shown, which reads on after `because`. Raises `OSError` where it has gone."""
        if not type_of(address):
            return "pictures of this kind are not shown everywhere; their descriptions stay"
        if address in self._faces:
            return drawn(self._faces[address].face).encode()
        if address in self._strips:
            return self._strips[address].svg.encode()
        name, _, path = address.partition("/")
        module = self._modules.get(name)
        beside = module.beside if module else {}
        return door.read(beside[path]) if path in beside else "the file is missing; their descriptions stay"
