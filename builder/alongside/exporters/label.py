"""The text in an archive or folder that says what it is: for people, and for whoever would replace it, that it was written here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from alongside.files import door
from alongside.files.archive import member

#: Where the text stands.
LABEL = "README.txt"


@dataclass(frozen=True, slots=True)
class Label:
    """How an archive or folder is told to be one of ours: by its last line."""

    #: That line, the command that writes it.
    mark: str

    def is_ours(self, content: bytes) -> bool:
        """Whether such an archive was written by us."""
        return self._ends(member(content, LABEL) or b"")

    def is_our_folder(self, folder: Path) -> bool:
        """Whether such a folder was written by us."""
        try:
            return self._ends(door.read(folder / LABEL))
        except OSError:
            return False

    def _ends(self, text: bytes) -> bool:
        return text.endswith(f"{self.mark}\n".encode())
