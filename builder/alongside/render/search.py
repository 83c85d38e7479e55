"""The index of the search: small files, of which a search loads only those that it needs.

Words are kept in files, one range of the alphabet after the other, each with what is shown of the places where a word counts
most. A search loads the files of its words; the text of a page, in a file of its own, only for a place that several words
have put among the first. How words are folded is written twice, here and in
`theme/elements/search-model.js`; both are held to `tests/render/search.json`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from html import unescape
from operator import itemgetter
from typing import Any

from alongside.files.cache import NO_CACHE, SITE, Cache
from alongside.model.curriculum import Term
from alongside.model.pages import MADE_PAGES, Kind
from alongside.model.questions.written import LATIN
from alongside.render.page import Asset, Page
from alongside.texts.lists import word_list

FOLDER = "assets/search"
#: What a page counts. Copies for paper say the same again; the learner's own pages say nothing yet.
SEARCHED: dict[Kind, int] = {
    "lesson": 4, "support": 4, "module": 3, "text": 2, "path": 2, "home": 1, "list": 1, "quiz": 1,
}  # fmt: skip
#: The guide for authors, which learners do not look for. Pages that are left out besides say so in the table of pages.
AUTHORS = "authors/"
#: What a word counts where it stands, and at most in a text.
IN_TITLE, IN_HEADING, IN_TEXT, IN_QUESTION, MOST_IN_TEXT = 80, 40, 10, 3, 3
#: In a text of so many words each counts half.
LONG = 300
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
#: The languages of which there are lists of words.
ENGLISH = "en"


@dataclass
class PagePart:
    """What stands under one heading of a page."""

    title: str
    heading: str
    url: str
    words: list[str] = field(default_factory=list)
    #: Those of them that stand in a question or a list of sources.
    asides: list[str] = field(default_factory=list)
    #: Glossary terms that it links to.
    terms: set[str] = field(default_factory=set)


TAG = re.compile(r"""<(/?)([a-zA-Z][\w-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>|<!--.*?-->|([^<]+|<)""", re.DOTALL)
ATTRIBUTE = re.compile(r"""\b(id|class|href)=(?:"([^"]*)"|'([^']*)')""")
EMPTY = frozenset("area base br col embed hr img input link meta source track wbr".split())
#: What stands on a page and is no text of the course.
SKIPPED_TAGS = frozenset({"script", "style", "nav", "button", "select", "template"})
#: Words of the interface, and those for screen readers or for readers without script alone.
SKIPPED_CLASSES = frozenset(
    "without-script with-script vh exercise__kind exercise__minutes scenario__how scene__ask outcome__label choices--after "
    "key__title placeholder eyebrow content-note dialogue__kind check__note button support citation".split()
)
SKIPPED_IDS = frozenset({"objectives-title"})
#: Sections whose headings are words of the interface: parts of their addresses.
UNNAMED = re.compile("#(?:check|predict|rules|make|plan)-")
#: What is closed or hidden at first: nothing in it is led to by itself.
CLOSED_TAGS = frozenset({"details", "s-scenario"})
#: Of these the first words are the interface's.
FOLDED_AWAY = frozenset({"key", "hint"})
QUESTION, REFERENCES = "q-", "#references"
ENTRY, TERM_ID, TERM_LINK = "glossary__entry", "term-", "glossary/#term-"


class _PageReader:
    """Cuts the body of a page, which is our own HTML, at its headings. Answers count too; words of the interface do not."""

    def __init__(self, page: Page, terms: Mapping[str, Term]) -> None:
        self._page, self._terms = page, terms
        self._headings = {heading.id: heading.text for heading in page.headings}
        self.sections = [PagePart(page.title, "", page.url)]
        self._now = self.sections[0]
        #: The tags that are open, each with whether it is skipped and, if it is closed at first, the section around it.
        self._open: list[tuple[str, bool, PagePart | None]] = []
        self._questions = 0
        #: The panel with help stands on many pages, and is found on its own.
        self._skipped = SKIPPED_CLASSES - {"support"} if page.kind == "support" else SKIPPED_CLASSES

    def read(self) -> list[PagePart]:
        """The sections, in order. The first one is what stands before the first heading."""
        for end, tag, attributes, text in TAG.findall(self._page.body):
            if text:
                if not (self._open and self._open[-1][1]):
                    words = (unescape(text) if "&" in text else text).split()
                    self._now.words += words
                    if self._questions or self._now.url.endswith(REFERENCES):
                        self._now.asides += words
            elif end:
                self._close(tag)
            elif tag:
                self._start(tag, attributes)
        return [section for section in self.sections if section.words or not section.heading]

    def _start(self, tag: str, attributes: str) -> None:
        values = {name: one or other for name, one, other in ATTRIBUTE.findall(attributes)} if attributes else {}
        classes = set(values.get("class", "").split())
        self._lead(tag, values.get("id", ""), classes)
        term = values.get("href", "").partition(TERM_LINK)[2]
        if term:
            self._now.terms.add(term)
        if tag not in EMPTY:
            self._questions += tag.startswith(QUESTION)
            around = self._open[-1] if self._open else ("", False, None)
            summary = tag == "summary" and around[0] == "details folded away"
            skipped = around[1] or summary or tag in SKIPPED_TAGS or not self._skipped.isdisjoint(classes)
            skipped = skipped or values.get("id") in SKIPPED_IDS
            name = "details folded away" if tag == "details" and classes & FOLDED_AWAY else tag
            self._open.append((name, skipped, self._now if tag in CLOSED_TAGS else None))

    def _lead(self, tag: str, name: str, classes: set[str]) -> None:
        """Starts a section where a heading or an entry of the glossary stands that can be led to."""
        heading = self._headings.get(name) if tag in {"h2", "h3"} else None
        if ENTRY in classes:
            term = self._terms.get(name.removeprefix(TERM_ID))
            heading = term.term if term else None
        if heading and name.endswith("__title"):  # without the kind of exercise
            heading = heading.partition(": ")[2] or heading
        closed = any(section for _, _, section in self._open)
        if heading is not None and (not closed or self._titles_scenario(tag)):
            self._now = PagePart(self._page.title, heading, f"{self._page.url}#{name}")
            self.sections.append(self._now)

    def _titles_scenario(self, tag: str) -> bool:
        return tag == "h2" and self._open[-1][0] == "s-scenario"

    def _close(self, tag: str) -> None:
        while self._open:
            name, _, around = self._open.pop()
            self._questions -= name.startswith(QUESTION)
            if around is not None:
                self._now = around
            if name.partition(" ")[0] == tag:
                return


def sections(page: Page, terms: Mapping[str, Term] | None = None) -> list[PagePart]:
    """The sections of a page, in order. The first one is what stands before the first heading."""
    return _PageReader(page, terms or {}).read()


def _left_out(url: str) -> bool:
    row = MADE_PAGES.get(url)
    return url.startswith(AUTHORS) or (row is not None and not row.searched)


# ---------------------------------------------------------------------- words

#: Accents, and points of Hebrew and Arabic, which are written or left out at will. Other scripts write vowels so.
POINTS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]"
)
#: Scripts that put no spaces between words: there each two letters are a word.
UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+)"
)
PART = re.compile(r"[^ ']+(?:'[^ ']+)*")


def folded(text: str) -> list[str]:
    """The words of a text as they are looked up: no capitals, no accents, straight apostrophes."""
    return [word for token in text.split() for word in _folded(token)]


@lru_cache(maxsize=65_536)
def _folded(token: str) -> tuple[str, ...]:
    plain = POINTS.sub("", unicodedata.normalize("NFKD", token).lower()).translate(LATIN)
    plain = unicodedata.normalize("NFC", plain.replace("ς", "σ").replace("’", "'"))
    words = PART.findall("".join(c if c == "'" or unicodedata.category(c)[0] in "LNM" else " " for c in plain))
    return tuple(
        part
        for word in words
        for part in (UNSPACED.split(word) if UNSPACED.search(word) else (word,))
        for part in _pairs(part)
    )


def _pairs(part: str) -> Sequence[str]:
    if len(part) > 2 and UNSPACED.match(part):  # noqa: PLR2004  # pairs of letters
        return [part[start : start + 2] for start in range(len(part) - 1)]
    return (part,) if part else ()


# ---------------------------------------------------------------------- files


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


def search_assets(
    pages: Iterable[Page],
    terms: Mapping[str, Term] | None = None,
    language: str = ENGLISH,
    cache: Cache = NO_CACHE,
) -> Iterator[Asset]:
    """The files of the index, the same for the same pages. `terms` are those of the glossary, whose other names are found too.

    What the index holds of the pages of an owner is kept in the `cache`.
    """
    for name, text in _files(pages, terms or {}, language, cache):
        yield Asset(f"{FOLDER}/{name}.json", content=text.encode())


def _files(pages: Iterable[Page], terms: Mapping[str, Term], language: str, cache: Cache) -> Iterator[tuple[str, str]]:
    """The files of the index, by name without ending."""
    known = english_words() if language.partition("-")[0] == ENGLISH else NO_WORDS
    entries = list(_indexed(pages, terms, frozenset(known["common"]), cache))
    step = max((len(entry.parts) for entry in entries), default=1)
    words: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, entry in enumerate(entries):
        for index, weights in enumerate(entry.weights):
            for word, weight in weights.items():
                words[word].append((number * step + index, weight))
        yield _file(f"page-{number}", [entry.title, *entry.group, entry.url, entry.parts])
    writer = _Writer(entries, step, words)
    starts = []
    for number, found in enumerate(writer.files()):
        starts.append(found[0])
        yield _file(f"words-{number}", writer.file(found))
    families = [family for family in known["families"] if any(word in words for word in family)]
    for number, family in enumerate(families):
        yield _file(f"family-{number}", writer.file([word for word in family if word in words]))
    near = _by_letter(words)
    for letter, found in near.items():
        yield _file(f"near-{ord(letter):x}", found)
    yield _file(
        "files",
        {
            "files": starts,
            "letters": "".join(near),
            "step": step,
            "sections": sum(len(entry.parts) for entry in entries),
            **known,
            "families": families,
        },
    )


class _Writer:
    """Files of words: where each stands and what it counts there, and what is shown of the places where it counts most."""

    def __init__(self, entries: Sequence[Indexed], step: int, words: Mapping[str, list[tuple[int, int]]]) -> None:
        self._entries, self._step, self._words = entries, step, words
        #: The words of a place, which is shown for many of them, and where each stands first.
        self._tokens: dict[int, tuple[list[str], dict[str, int]]] = {}

    def files(self) -> Iterator[list[str]]:
        """All words, divided into files: one after the other, in the order in which scripts compare them."""
        found: list[str] = []
        size = 0
        for word in sorted(self._words, key=lambda word: word.encode("utf-16-be")):
            more = len(word) + POSTING * len(self._words[word]) + TEXT * min(SHOWN, len(self._words[word]))
            if found and size + more > LARGEST:
                yield found
                found, size = [], 0
            found.append(word)
            size += more
        if found:
            yield found

    def file(self, words: Iterable[str]) -> dict[str, Any]:
        """For each word its places, each as the distance from the one before, with weights, and some texts of theirs.

        Places have a heading and the end of their address, and pages a title, the title of a module and an address.
        """
        postings: dict[str, list[int]] = {}
        texts: dict[str, dict[int, str]] = {}
        shown: dict[int, None] = {}
        for word in words:
            before = 0
            found = self._words[word]
            postings[word] = apart = []
            for place, weight in found:
                apart.append(place - before)
                apart.append(weight)
                before = place
            # They stand in the order of places, which those of one weight keep.
            best = sorted(found, key=WEIGHT, reverse=True)[:SHOWN]
            texts[word] = {place: self._excerpt(place, word) for place, _ in best}
            shown |= dict.fromkeys(texts[word])
        places = {place: self._part(place)[:2] for place in shown}
        pages = {place // self._step: self._entries[place // self._step] for place in shown}
        return {
            "words": postings,
            "texts": texts,
            "places": places,
            "pages": {number: [entry.title, entry.group[0], entry.url] for number, entry in pages.items()},
        }

    def _part(self, place: int) -> tuple[str, str, str]:
        return self._entries[place // self._step].parts[place % self._step]

    def _excerpt(self, place: int, word: str) -> str:
        """The words of a place around the first that was found."""
        if place not in self._tokens:
            first = self._entries[place // self._step].first[place % self._step]
            self._tokens[place] = self._part(place)[2].split(" "), first
        tokens, first = self._tokens[place]
        start = max(0, first.get(word, 0) - BEFORE)
        end = start + EXCERPT
        excerpt = " ".join(tokens[start:end])
        return f"{'… ' if start else ''}{excerpt}{' …' if end < len(tokens) else ''}"


def _by_letter(words: Iterable[str]) -> dict[str, list[str]]:
    """Words by their first letter, and once more by their second: one of the two is right in what was mistyped once."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        if len(word) >= NEAR:
            for letter in sorted({*word[:2]}):
                found[letter].append(word)
    return dict(sorted(found.items()))


def _indexed(
    pages: Iterable[Page], terms: Mapping[str, Term], common: Container[str], cache: Cache
) -> Iterator[Indexed]:
    """What the index holds of each page that is searched, in their order."""
    searched = [page for page in pages if page.kind in SEARCHED and not _left_out(page.url)]
    by_owner: dict[str, list[Page]] = defaultdict(list)
    for page in searched:
        by_owner[page.outline.url.rstrip("/") if page.outline else SITE].append(page)
    makers = {owner: partial(_index_of, own, terms, common) for owner, own in by_owner.items()}
    cache.ahead("search", tuple[Indexed, ...], makers)
    found = {
        entry.url: entry
        for owner, make in makers.items()
        for entry in cache.of(owner, "search", tuple[Indexed, ...], make)
    }
    return (found[page.url] for page in searched)


def _index_of(pages: Iterable[Page], terms: Mapping[str, Term], common: Container[str]) -> tuple[Indexed, ...]:
    entries = []
    for page in pages:
        found = sections(page, terms)
        entries.append(
            Indexed(
                page.url,
                page.title,
                (page.outline.title, page.outline.url) if page.outline else ("", ""),
                tuple((part.heading, part.url.removeprefix(page.url), " ".join(part.words)) for part in found),
                tuple(
                    {word: n * SEARCHED[page.kind] for word, n in _weights(part, terms).items() if word not in common}
                    for part in found
                ),
                tuple(_first(part) for part in found),
            )
        )
    return tuple(entries)


def _first(section: PagePart) -> dict[str, int]:
    """Where in its text each word of a section stands first."""
    found: dict[str, int] = {}
    for place, token in enumerate(section.words):
        for word in _folded(token):
            found.setdefault(word, place)
    return found


NO_WORDS: dict[str, Any] = {"common": [], "endings": [], "families": []}


def english_words() -> dict[str, Any]:
    """What a search in English has to know: words that do not count, endings, words that belong together."""
    lists = word_list("search")
    return {"common": str(lists["common"]).split(), "endings": lists["endings"], "families": lists["families"]}


def urgent_words(language: str) -> list[list[str]]:
    """What is typed by someone in danger: words one after the other, each with its other forms."""
    return word_list("search")["urgent"] if language.partition("-")[0] == ENGLISH else []


def _weights(section: PagePart, terms: Mapping[str, Term]) -> dict[str, int]:
    asides = Counter(section.asides)
    within = 1 / (1 + len(section.words) / LONG)
    weights: dict[str, float] = defaultdict(float)
    for token, times in Counter(section.words).items():
        loud = min(times - asides[token], MOST_IN_TEXT) * IN_TEXT + min(asides[token], MOST_IN_TEXT) * IN_QUESTION
        for word in _folded(token):
            weights[word] += min(loud, MOST_IN_TEXT * IN_TEXT) * within
    for name in section.terms:
        for other in terms[name].also if name in terms else ():
            for word in folded(other):
                weights[word] = max(weights[word], IN_TEXT * within)
    if not UNNAMED.search(section.url):
        for word in set(folded(section.heading)):
            weights[word] += IN_HEADING
    if not section.heading:
        for word in set(folded(section.title)):
            weights[word] += IN_TITLE
    return {word: max(1, round(weight)) for word, weight in weights.items()}


def _file(name: str, value: object) -> tuple[str, str]:
    return name, json.dumps(value, ensure_ascii=False, separators=(",", ":"))
