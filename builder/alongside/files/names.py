"""Short names that nothing else has: `first`, `first-2`, `first-3`, at a cost that does not grow with how many there are."""

from __future__ import annotations

from collections.abc import Iterable


class Names:
    """Names that are taken, and the next one that is free."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        #: The number that was found free last, for each name and way of numbering.
        self._reached: dict[tuple[str, bool], int] = {}

    def __len__(self) -> int:
        return len(self._taken)

    def __contains__(self, name: str) -> bool:
        return name in self._taken

    def take(self, *names: str) -> None:
        """Takes names."""
        self._taken.update(names)

    def free(self, wanted: str, *, numbered: bool = False) -> str:
        """The name itself or, if it is taken, with the smallest number that is free. With `numbered` it always has one."""
        number = self._reached.get((wanted, numbered), 1)
        while (name := wanted if number == 1 and not numbered else f"{wanted}-{number}") in self._taken:
            number += 1
        self._reached[wanted, numbered] = number
        return name
