"""The files of the index of the search: how words are divided into them, what stands in each, and which an edit leaves as they were.

A file is made of the words in it alone: of their places, with what they count there, and of what is shown of the best of these.
So where the words of a few pages have changed, only files with one of those words are made again, from what they held before.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Protocol

#: So many characters a file of words may have, unless it has one word alone.
LARGEST = 24_000
#: So many places of a word are shown from its own file, twice as many as a search shows: what several words have put
#: among the first is mostly among them. Others need the file of their page.
SHOWN = 20
#: What a place of a word, and a text of it, add to a file, in characters.
POSTING, TEXT = 7, 190
#: The weight of a posting.
WEIGHT = itemgetter(1)
#: Words of an excerpt before the one that was found, and of the whole, as in the script.
BEFORE, EXCERPT = 6, 20
#: Shortest word of the lists that tell which words are nearly those that were typed.
NEAR = 4
#: More owners than these have changed only where most have. Then making all is as quick.
FEW = 12

#: Where a word stands, with what it counts there. A place is the number of a page times `step`, and that of the section in it.
Found = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the index holds of a page."""

    url: str
    title: str
    #: Title and address of its module.
    group: tuple[str, str]
    #: Heading, address on the page and text of each section.
    parts: tuple[tuple[str, str, str], ...]
    #: For each section what its words count, and where in its text each stands first.
    weights: tuple[dict[str, int], ...]
    first: tuple[dict[str, int], ...]

    def excerpt(self, part: int, word: str) -> str:
        """The words of a section around the first place of one of them."""
        return _around(self.parts[part][2].split(" "), self.first[part].get(word, 0))


def _around(tokens: Sequence[str], place: int) -> str:
    start = max(0, place - BEFORE)
    end = start + EXCERPT
    excerpt = " ".join(tokens[start:end])
    return f"{'… ' if start else ''}{excerpt}{' …' if end < len(tokens) else ''}"


@dataclass(frozen=True, slots=True)
class Index:
    """What an index was made of, and what it came to, for the next run."""

    #: What told the entries of each owner from any others; empty where they are not kept.
    owners: dict[str, str]
    #: The address of each page, in order, with the number of its sections and the SHA-256 of its own file.
    pages: tuple[tuple[str, int, str], ...]
    #: In how many places each word stands.
    words: dict[str, int]
    #: The words in each file, and its SHA-256.
    files: dict[str, tuple[str, tuple[str, ...]]]

    @property
    def step(self) -> int:
        """How far places of two pages are apart."""
        return max((parts for _, parts, _ in self.pages), default=1)


class Shelf(Protocol):
    """What the index holds of the pages of each owner, made or found when it is asked for."""

    @property
    def owners(self) -> Mapping[str, str]:
        """The address of each page in order, with its owner."""

    def key(self, owner: str) -> str | None:
        """What tells the entries of an owner from any others."""

    def kept_as(self, owner: str) -> str:
        """The same, if they are kept by it now; otherwise empty."""

    def entries(self, owner: str) -> Sequence[Indexed]:
        """The entries of an owner."""

    def earlier(self, owner: str, key: str) -> Sequence[Indexed] | None:
        """Those that had another key, if they are still there."""


#: Gives what a file of the site that is there holds, by its name without ending, if that has this SHA-256.
Earlier = Callable[[str, str], bytes | None]


class _Words(Protocol):
    """Where words stand, and what is shown of a place."""

    def found(self, word: str) -> Found:
        """The places of a word, in their order."""

    def excerpt(self, place: int, word: str) -> str:
        """The words of a place around the first that was found."""

    def part(self, place: int) -> Sequence[str]:
        """Heading and address on its page."""

    def page(self, number: int) -> Sequence[str]:
        """Title, title of the module, and address of a page."""


class _All:
    """All words, from the entries of all pages."""

    def __init__(self, entries: Sequence[Indexed], step: int) -> None:
        self._entries, self._step = entries, step
        self.words: dict[str, Found] = defaultdict(list)
        for number, entry in enumerate(entries):
            for index, weights in enumerate(entry.weights):
                place = number * step + index
                for word, weight in weights.items():
                    self.words[word].append((place, weight))
        #: The words of a place, which is shown for many of them, and where each stands first.
        self._tokens: dict[int, tuple[list[str], dict[str, int]]] = {}

    def found(self, word: str) -> Found:
        return self.words[word]

    def excerpt(self, place: int, word: str) -> str:
        if place not in self._tokens:
            entry, part = self._entries[place // self._step], place % self._step
            self._tokens[place] = entry.parts[part][2].split(" "), entry.first[part]
        tokens, first = self._tokens[place]
        return _around(tokens, first.get(word, 0))

    def part(self, place: int) -> Sequence[str]:
        return self._entries[place // self._step].parts[place % self._step][:2]

    def page(self, number: int) -> Sequence[str]:
        return _shown_of(self._entries[number])


def _shown_of(entry: Indexed) -> Sequence[str]:
    return entry.title, entry.group[0], entry.url


class Gone(Exception):  # noqa: N818  # nobody's error
    """Something of the earlier index is not there any more."""


class _Changed:
    """All words after a few pages have changed: what they held before, from the files, but for what changed."""

    def __init__(self, index: Index, shelf: Shelf, before: Earlier, changed: Mapping[int, Indexed]) -> None:
        """`changed` are the new entries of pages that are not as they were, by number; `words` those that stand or count elsewhere."""
        self._index, self._shelf, self._before, self._changed = index, shelf, before, changed
        self._step = index.step
        self.words: set[str] = set()
        self._homes = {
            word: name for name, (_, words) in index.files.items() if name.startswith("words-") for word in words
        }
        self._read: dict[str, dict[str, Any]] = {}
        self._places: dict[str, Sequence[str]] = {}
        self._pages: dict[str, Sequence[str]] = {}

    def found(self, word: str) -> Found:
        numbers = self._file(word)["words"][word] if word in self._homes else []
        found: Found = []
        place = 0
        for apart, weight in zip(numbers[::2], numbers[1::2], strict=True):
            place += apart
            found.append((place, weight))
        if word not in self.words:
            return found
        step = self._step
        now = [
            (number * step + index, weights[word])
            for number, entry in self._changed.items()
            for index, weights in enumerate(entry.weights)
            if word in weights
        ]
        return sorted([*(one for one in found if one[0] // step not in self._changed), *now])

    def excerpt(self, place: int, word: str) -> str:
        number, part = divmod(place, self._step)
        if number not in self._changed and word in self._homes:
            kept: str | None = self._file(word)["texts"][word].get(str(place))
            if kept is not None:
                return kept
        return self._entry(number).excerpt(part, word)

    def part(self, place: int) -> Sequence[str]:
        number, part = divmod(place, self._step)
        kept = None if number in self._changed else self._places.get(str(place))
        return kept or self._entry(number).parts[part][:2]

    def page(self, number: int) -> Sequence[str]:
        kept = None if number in self._changed else self._pages.get(str(number))
        return kept or _shown_of(self._entry(number))

    def _entry(self, number: int) -> Indexed:
        """The entry of a page; of one that has not changed only where it is shown for a word for the first time."""
        if number in self._changed:
            return self._changed[number]
        url = self._index.pages[number][0]
        return next(entry for entry in self._shelf.entries(self._shelf.owners[url]) if entry.url == url)

    def _file(self, word: str) -> dict[str, Any]:
        """What the file of a word held before. Raises `Gone` where it is not there."""
        name = self._homes[word]
        if name not in self._read:
            content = self._before(name, self._index.files[name][0])
            if content is None:
                raise Gone(name)
            self._read[name] = json.loads(content)
            self._places |= self._read[name]["places"]
            self._pages |= self._read[name]["pages"]
        return self._read[name]


@dataclass(frozen=True, slots=True)
class Made:
    """A file of the index: its text, or the SHA-256 of that where it is as it was."""

    name: str
    text: str | None
    total: str
    words: tuple[str, ...] = ()


def _made(name: str, value: object, words: Iterable[str] = ()) -> Made:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Made(name, text, hashlib.sha256(text.encode()).hexdigest(), tuple(words))


def anew(entries: Sequence[Indexed], known: Mapping[str, Any]) -> Iterator[Made]:
    """All files, from the entries of all pages. `known` is what the search knows of the language."""
    step = max((len(entry.parts) for entry in entries), default=1)
    everything = _All(entries, step)
    for number, entry in enumerate(entries):
        yield _page(number, entry)
    counts = {word: len(found) for word, found in everything.words.items()}
    divided = _divided(counts, known)
    for name, words in divided.items():
        yield _made(name, _file(everything, words, step), words)
    yield from _lists(counts, divided, step, sum(len(entry.parts) for entry in entries), known)


def index_of(made: Sequence[Made], parts: Mapping[str, int], counts: dict[str, int], owners: dict[str, str]) -> Index:
    """What is kept of an index, from its files without their texts and from the number of sections of each page by its address."""
    pages = (one.total for one in made if one.name.startswith("page-"))
    files = {one.name: (one.total, one.words) for one in made if one.words}
    return Index(owners, tuple((*one, total) for one, total in zip(parts.items(), pages, strict=True)), counts, files)


def counts_of(entries: Iterable[Indexed]) -> dict[str, int]:
    """In how many sections each word stands."""
    return Counter(word for entry in entries for weights in entry.weights for word in weights)


class Renewal:
    """The index after few pages have changed. Raises `Gone` where it has to be made anew."""

    def __init__(self, index: Index, shelf: Shelf, known: Mapping[str, Any], before: Earlier) -> None:
        self._index, self._known = index, known
        if [*shelf.owners] != [url for url, _, _ in index.pages]:
            raise Gone("the pages")
        names = dict.fromkeys(shelf.owners.values())
        changed = [name for name in names if shelf.key(name) is None or shelf.key(name) != index.owners.get(name)]
        if len(changed) > FEW:
            raise Gone("most")
        # What was kept is read first, since what is made now takes its place.
        old = {entry.url: entry for name in changed for entry in self._earlier(shelf, name)}
        new = {entry.url: entry for name in changed for entry in shelf.entries(name)}
        numbers = {url: number for number, url in enumerate(shelf.owners)}
        if old.keys() != new.keys():
            raise Gone("whose pages they are")
        different = {numbers[url]: entry for url, entry in new.items() if old[url] != entry}
        #: The number of sections of each page.
        self.parts = {url: count for url, count, _ in index.pages} | {url: len(one.parts) for url, one in new.items()}
        if max(self.parts.values(), default=1) != index.step:
            raise Gone("the places")
        self._words = _Changed(index, shelf, before, different)
        #: In how many places each word stands.
        self.counts = Counter(index.words)
        for entry in different.values():
            self._compare(old[entry.url], entry)
        self.counts = +self.counts  # without those that stand nowhere any more
        self.owners = index.owners | {name: shelf.kept_as(name) for name in changed}
        #: All files, those that are as they were without their texts.
        self.files = [*self._files(different)]

    def _earlier(self, shelf: Shelf, owner: str) -> Sequence[Indexed]:
        key = self._index.owners.get(owner)
        found = shelf.earlier(owner, key) if key else None
        if found is None:
            raise Gone(owner)
        return found

    def _compare(self, old: Indexed, new: Indexed) -> None:
        """Notes the words that stand, count or are shown in another way on a page."""
        same_page = _shown_of(old) == _shown_of(new)
        for index in range(max(len(old.parts), len(new.parts))):
            before = old.weights[index] if index < len(old.parts) else {}
            now = new.weights[index] if index < len(new.parts) else {}
            same = same_page and before and now and old.parts[index][:2] == new.parts[index][:2]
            self.counts.subtract(before.keys() - now.keys())
            self.counts.update(now.keys() - before.keys())
            self._words.words |= {
                word
                for word in before.keys() | now.keys()
                if not same or before.get(word) != now.get(word) or old.excerpt(index, word) != new.excerpt(index, word)
            }

    def _files(self, different: Mapping[int, Indexed]) -> Iterator[Made]:
        index, step = self._index, self._index.step
        for number, (_, _, total) in enumerate(index.pages):
            entry = different.get(number)
            yield _page(number, entry) if entry else Made(f"page-{number}", None, total)
        divided = _divided(self.counts, self._known)
        for name, words in divided.items():
            total, before = index.files.get(name, ("", ()))
            if before == tuple(words) and self._words.words.isdisjoint(words):
                yield Made(name, None, total, before)
            else:
                yield _made(name, _file(self._words, words, step), words)
        yield from _lists(self.counts, divided, step, sum(self.parts.values()), self._known)


def _page(number: int, entry: Indexed) -> Made:
    return _made(f"page-{number}", [entry.title, *entry.group, entry.url, entry.parts])


def _divided(counts: Mapping[str, int], known: Mapping[str, Any]) -> dict[str, list[str]]:
    """The words in each file: all, one after the other in the order in which scripts compare them, and families once more."""
    files = {f"words-{number}": words for number, words in enumerate(_in_order(counts))}
    return files | {
        f"family-{number}": [word for word in family if word in counts]
        for number, family in enumerate(_families(counts, known))
    }


def _in_order(counts: Mapping[str, int]) -> Iterator[list[str]]:
    found: list[str] = []
    size = 0
    for word in sorted(counts, key=lambda word: word.encode("utf-16-be")):
        more = len(word) + POSTING * counts[word] + TEXT * min(SHOWN, counts[word])
        if found and size + more > LARGEST:
            yield found
            found, size = [], 0
        found.append(word)
        size += more
    if found:
        yield found


def _families(counts: Mapping[str, int], known: Mapping[str, Any]) -> list[list[str]]:
    return [family for family in known["families"] if any(word in counts for word in family)]


def _lists(
    counts: Mapping[str, int], divided: Mapping[str, list[str]], step: int, sections: int, known: Mapping[str, Any]
) -> Iterator[Made]:
    """What every search reads, and the lists for words that were mistyped."""
    near = _by_letter(counts)
    for letter, found in near.items():
        yield _made(f"near-{ord(letter):x}", found)
    yield _made(
        "files",
        {
            "files": [words[0] for name, words in divided.items() if name.startswith("words-")],
            "letters": "".join(near),
            "step": step,
            "sections": sections,
            **known,
            "families": _families(counts, known),
        },
    )


def _file(everything: _Words, words: Iterable[str], step: int) -> dict[str, Any]:
    """For each word its places, each as the distance from the one before, with weights, and some texts of theirs.

    Places have a heading and the end of their address, and pages a title, the title of a module and an address.
    """
    postings: dict[str, list[int]] = {}
    texts: dict[str, dict[int, str]] = {}
    shown: dict[int, None] = {}
    for word in words:
        before = 0
        found = everything.found(word)
        postings[word] = apart = []
        for place, weight in found:
            apart.append(place - before)
            apart.append(weight)
            before = place
        # They stand in the order of places, which those of one weight keep.
        best = sorted(found, key=WEIGHT, reverse=True)[:SHOWN]
        texts[word] = {place: everything.excerpt(place, word) for place, _ in best}
        shown |= dict.fromkeys(texts[word])
    pages = dict.fromkeys(place // step for place in shown)
    return {
        "words": postings,
        "texts": texts,
        "places": {place: everything.part(place) for place in shown},
        "pages": {number: everything.page(number) for number in pages},
    }


def _by_letter(words: Iterable[str]) -> dict[str, list[str]]:
    """Words by their first letter, and once more by their second: one of the two is right in what was mistyped once."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        if len(word) >= NEAR:
            for letter in sorted({*word[:2]}):
                found[letter].append(word)
    return dict(sorted(found.items()))
