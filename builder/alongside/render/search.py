"""The index of the search: small files, of which a search loads only those that it needs.

Words are kept in one file for each two letters that they start with, sections in one file for each
module. A search loads the files of its words, then those of the modules that it found.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from alongside.model.pages import MADE_PAGES, Kind
from alongside.render.page import Asset, Page

FOLDER = "assets/search"
#: Pages that are searched. Copies for paper say the same again; the learner's own pages say nothing yet.
SEARCHED: frozenset[Kind] = frozenset({"home", "text", "path", "module", "lesson", "quiz", "list", "support"})
#: The guide for authors, which learners do not look for. Pages that are left out besides say so in the table of pages.
AUTHORS = "authors/"
#: What a word counts where it stands.
IN_TITLE, IN_HEADING, MOST_IN_TEXT = 8, 4, 3
#: Characters of a section that are shown with a result.
SNIPPET = 160
#: Group of the pages that belong to no module.
SITE_GROUP = "site"

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
COMMON = frozenset(
    "a about after all also an and any are as at be been but by can could did do does don't for from get had has have he her hers him his how i if in into is it "
    "its it's just me more my no not of on or our out she so some than that the their them then there these they this to too up us was we were what when where "
    "which who why will with would you your".split()
)


@dataclass
class PagePart:
    """What stands under one heading of a page."""

    title: str
    heading: str
    url: str
    words: list[str] = field(default_factory=list)


class _PageParser(HTMLParser):
    """Cuts the body of a page at its headings. Answers count too; what screen readers alone hear does not."""

    SKIPPED = frozenset({"script", "style", "nav"})

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._headings = {heading.id: heading.text for heading in page.headings}
        self._url = page.url
        self._title = page.title
        self.sections = [PagePart(page.title, "", page.url)]
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        name = values.get("id")
        if name in self._headings and tag in {"h2", "h3"}:
            self.sections.append(PagePart(self._title, self._headings[name], f"{self._url}#{name}"))
        if self._skipping or tag in self.SKIPPED:
            self._skipping += tag not in {"br", "img", "input", "hr"}

    def handle_endtag(self, tag: str) -> None:
        del tag
        self._skipping = max(0, self._skipping - 1)

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.sections[-1].words += data.split()


def sections(page: Page) -> list[PagePart]:
    """The sections of a page, in order. The first one is what stands before the first heading."""
    reader = _PageParser(page)
    reader.feed(page.body)
    return [section for section in reader.sections if section.words or not section.heading]


def _left_out(url: str) -> bool:
    row = MADE_PAGES.get(url)
    return url.startswith(AUTHORS) or (row is not None and not row.searched)


def folded(text: str) -> list[str]:
    """The words of a text as they are looked up: no capitals, no accents, straight apostrophes."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))


def search_assets(pages: Iterable[Page]) -> Iterator[Asset]:
    """The files of the index, the same for the same pages."""
    found: dict[str, list[list[str]]] = defaultdict(list)
    words: dict[str, dict[str, list[list[object]]]] = defaultdict(lambda: defaultdict(list))
    for page in pages:
        if page.kind not in SEARCHED or _left_out(page.url):
            continue
        group = page.outline.url.rstrip("/") if page.outline else SITE_GROUP
        for section in sections(page):
            number = len(found[group])
            shown = " ".join(section.words)
            found[group].append(
                [
                    section.title,
                    section.heading,
                    section.url,
                    shown[:SNIPPET].rsplit(" ", 1)[0] if len(shown) > SNIPPET else shown,
                ]
            )
            for word, weight in _weights(section).items():
                words[word[:2]][word].append([group, number, weight])
    for group, shown_in_group in found.items():
        yield _asset(f"in-{group}", shown_in_group)
    files = {"-".join(f"{ord(letter):x}" for letter in start): entries for start, entries in sorted(words.items())}
    for name, postings in files.items():
        yield _asset(name, dict(sorted(postings.items())))
    yield _asset("files", sorted(files))


def _weights(section: PagePart) -> dict[str, int]:
    weights: Counter[str] = Counter()
    for word, times in Counter(folded(" ".join(section.words))).items():
        weights[word] = min(times, MOST_IN_TEXT)
    for word in set(folded(section.heading)):
        weights[word] += IN_HEADING
    if not section.heading:
        for word in set(folded(section.title)):
            weights[word] += IN_TITLE
    return {word: weight for word, weight in weights.items() if word not in COMMON}


def _asset(name: str, value: object) -> Asset:
    content = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return Asset(f"{FOLDER}/{name}.json", content=content)
