"""The index of the search: small files, of which a search loads only those that it needs.

Words are kept in files, one range of the alphabet after the other, each with what is shown of the places where a word counts
most (`search_files.py`). A search loads the files of its words; the text of a page, in a file of its own, only for a place that
several words have put among the first. How words are folded is written twice, here and in
`theme/elements/search-model.js`; both are held to `tests/render/search.json`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from html import unescape
from typing import Any

from alongside.files.cache import BESIDE, GUIDE, NO_CACHE, SITE, Cache
from alongside.model.curriculum import Term
from alongside.model.pages import MADE_PAGES, Kind
from alongside.model.questions.written import LATIN
from alongside.render.page import AsBefore, Asset, Page, is_beside
from alongside.render.search_files import (
    Earlier,
    Gone,
    Index,
    Indexed,
    Made,
    Renewal,
    anew,
    counts_of,
    index_of,
)
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
#: What is kept of the pages of an owner, and of the index as a whole.
ENTRIES, INDEX = "search", "index"
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


def search_assets(
    pages: Iterable[Page],
    terms: Mapping[str, Term] | None = None,
    language: str = ENGLISH,
    cache: Cache = NO_CACHE,
    before: Earlier | None = None,
) -> Iterator[Asset]:
    """The files of the index, the same for the same pages. `terms` are those of the glossary, whose other names are found too.

    What the index holds of the pages of an owner is kept in the `cache`, and what all of it was made of. `before` gives what
    files of the site that is there hold: what an edit leaves as it was is taken from it. Without it all have their content.
    """
    known = english_words() if language.partition("-")[0] == ENGLISH else NO_WORDS
    shelf = _Entries(pages, terms or {}, frozenset(known["common"]), cache)
    renewal = _renewal(shelf, known, cache, before) if before else None
    made: list[Made] = []
    counts: dict[str, int]
    if renewal and before:
        made = renewal.files
        parts, counts, owners = renewal.parts, renewal.counts, renewal.owners
        yield from _renewed(made, before, lambda: anew(shelf.all(), known))
    else:
        entries = shelf.all()
        for one in anew(entries, known):
            yield Asset(_address(one.name), content=(one.text or "").encode())
            made.append(replace(one, text=None))
        parts = {entry.url: len(entry.parts) for entry in entries}
        counts, owners = counts_of(entries), shelf.all_kept_as()
    cache.keep(GUIDE, INDEX, Index, index_of(made, parts, counts, owners))


def _renewal(shelf: _Entries, known: Mapping[str, Any], cache: Cache, before: Earlier) -> Renewal | None:
    """The index after few pages have changed; `None` where all of it has to be made."""
    earlier: Index | None = cache.kept(GUIDE, INDEX, Index)
    try:
        return Renewal(earlier, shelf, known, lambda name, total: before(_address(name), total)) if earlier else None
    except Gone:
        return None


def _renewed(made: Iterable[Made], before: Earlier, whole: Callable[[], Iterable[Made]]) -> Iterator[Asset]:
    """Files of an index of which most are as they were. Should one have gone by then, the `whole` is made."""

    @lru_cache
    def texts() -> Mapping[str, bytes]:
        return {one.name: (one.text or "").encode() for one in whole()}

    def again(name: str, total: str) -> bytes:
        return before(_address(name), total) or texts()[name]

    for one in made:
        if one.text is None:
            yield Asset(_address(one.name), as_before=AsBefore(one.total, partial(again, one.name, one.total)))
        else:
            yield Asset(_address(one.name), content=one.text.encode())


def _address(name: str) -> str:
    return f"{FOLDER}/{name}.json"


class _Entries:
    """What the index holds of the pages that are searched, by their owners: a `Shelf`."""

    def __init__(self, pages: Iterable[Page], terms: Mapping[str, Term], common: Container[str], cache: Cache) -> None:
        searched = [page for page in pages if page.kind in SEARCHED and not _left_out(page.url)]
        by_owner: dict[str, list[Page]] = defaultdict(list)
        for page in searched:
            by_owner[_owner(page)].append(page)
        self.owners = {page.url: _owner(page) for page in searched}
        self._makers = {owner: partial(_index_of, own, terms, common) for owner, own in by_owner.items()}
        self._cache = cache

    def key(self, owner: str) -> str | None:
        """As for any `Shelf`."""
        return self._cache.key(owner)

    def kept_as(self, owner: str) -> str:
        """As for any `Shelf`."""
        return (self.key(owner) or "") if self._cache.has(owner, ENTRIES) else ""

    def entries(self, owner: str) -> Sequence[Indexed]:
        """As for any `Shelf`."""
        return self._cache.of(owner, ENTRIES, tuple[Indexed, ...], self._makers[owner])

    def earlier(self, owner: str, key: str) -> Sequence[Indexed] | None:
        """As for any `Shelf`."""
        found: Sequence[Indexed] | None = self._cache.kept(owner, ENTRIES, tuple[Indexed, ...], key)
        return found

    def all(self) -> list[Indexed]:
        """Those of all pages, in their order."""
        self._cache.ahead(ENTRIES, tuple[Indexed, ...], self._makers)
        found = {entry.url: entry for owner in self._makers for entry in self.entries(owner)}
        return [found[url] for url in self.owners]

    def all_kept_as(self) -> dict[str, str]:
        """By which key those of each owner are kept."""
        return {owner: self.kept_as(owner) for owner in self._makers}


def _owner(page: Page) -> str:
    """Whose page it is, of whom all that it shows is kept."""
    return page.outline.url.rstrip("/") if page.outline else BESIDE if is_beside(page.url, page.kind) else SITE


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
