"""The index of the search: every section once, in small files."""

from __future__ import annotations

import hashlib
import json
import subprocess
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import Any
from unicodedata import category

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from alongside.build import gather_sound
from alongside.files.cache import GUIDE, Cache, digest
from alongside.files.located import Place
from alongside.model.curriculum import Term
from alongside.render.page import Heading, Outline, Page
from alongside.render.search import (
    english_words,
    folded,
    search_assets,
    sections,
    urgent_words,
)
from alongside.render.search_files import BEFORE, EXCERPT, LARGEST, SHOWN
from alongside.render.site import SiteRenderer
from tests.node import NODE

ROOT = Path(__file__).parents[2]


def a_page(body: str = "", **values: object) -> Page:
    page = Page(
        url="empathy/asking/", kind="lesson", title="Asking", description="", body=body,
        headings=(Heading(2, "how", "How to ask"), Heading(3, "when", "When"), Heading(2, "s-x__title", "Rehearse: Late")),
        language="en", direction="ltr", source=Place("x.yml"), outline=Outline("Empathy", "empathy/", ()),
    )  # fmt: skip
    return replace(page, **values)


BODY = '<h1>Asking</h1><p>Before all.</p><h2 id="how">How to ask</h2><p>Ask <b>once</b>.</p><h3 id="when">When</h3><p>After a pause.</p>'


def files(*pages: Page, **more: Any) -> dict[str, Any]:
    return {asset.url.rpartition("/")[2]: json.loads(asset.content or b"") for asset in search_assets(pages, **more)}


def postings(found: dict[str, Any]) -> dict[str, list[int]]:
    """For each word page, section and weight, one after the other."""
    step = found["files.json"]["step"]
    decoded: dict[str, list[int]] = {}
    for name, value in found.items():
        if name.startswith("words-"):
            for word, numbers in value["words"].items():
                places = accumulate(numbers[::2])
                decoded[word] = [
                    number
                    for place, weight in zip(places, numbers[1::2], strict=True)
                    for number in (*divmod(place, step), weight)
                ]
    return decoded


def test_a_page_is_cut_at_its_headings() -> None:
    assert [(s.heading, s.url, " ".join(s.words)) for s in sections(a_page(BODY))] == [
        ("", "empathy/asking/", "Asking Before all."),
        ("How to ask", "empathy/asking/#how", "How to ask Ask once ."),
        ("When", "empathy/asking/#when", "When After a pause."),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "<nav><a>Other</a></nav><p>Here<br>too</p>",
        '<p>Here</p><p class="without-script">Without JavaScript <a>you</a> check.</p><p>too</p>',
        '<p>Here too</p><button type="submit">Check</button><script>x</script>',
        '<p>Here</p><details class="key"><summary>Show the answer</summary><p>too</p></details>',
        '<p><img alt="a > b" src="x"/>Here</p><p class="a vh">aloud</p>too<!-- no -->',
    ],
)
def test_words_in_navigation_and_words_of_the_interface_are_left_out(body: str) -> None:
    [section] = sections(a_page(body))
    assert section.words == ["Here", "too"]


SCENARIO = (
    '<p>Before.</p><s-scenario id="s-x"><h2 id="s-x__title">Late</h2><p>She waits.</p><section id="s-x_a"><h3 id="when">When</h3>'
    "<p>She leaves.</p></section></s-scenario><p>Afterwards.</p>"
)


def test_a_scenario_is_found_as_a_whole_and_gives_no_moment_away() -> None:
    assert [(s.heading, s.url, " ".join(s.words)) for s in sections(a_page(SCENARIO))] == [
        ("", "empathy/asking/", "Before. Afterwards."),
        ("Late", "empathy/asking/#s-x__title", "Late She waits. When She leaves."),
    ]


def test_nothing_leads_into_what_is_closed() -> None:
    body = '<p>A</p><details><summary>More</summary><h2 id="how">How</h2></details>'
    assert [section.url for section in sections(a_page(body))] == ["empathy/asking/"]


def test_a_word_leads_to_its_section_and_weighs_more_in_headings_and_lessons() -> None:
    words = postings(files(a_page(BODY), a_page(BODY, kind="quiz", url="empathy/quiz/")))
    lesson, quiz = words["ask"][:3], words["ask"][3:]
    assert lesson[:2] == [0, 1]
    assert quiz[:2] == [1, 1]
    assert lesson[2] == 4 * quiz[2] > 4 * words["pause"][5]


def test_a_question_weighs_less_than_the_text_around_it() -> None:
    words = postings(files(a_page("<p>zebra</p><q-choice><p>giraffe</p></q-choice>")))
    assert words["zebra"][2] > 2 * words["giraffe"][2]


def test_what_is_shown_of_a_page_stands_in_a_file_of_its_own() -> None:
    assert files(a_page(BODY))["page-0.json"] == [
        "Asking", "Empathy", "empathy/", "empathy/asking/",
        [["", "", "Asking Before all."], ["How to ask", "#how", "How to ask Ask once ."], ["When", "#when", "When After a pause."]],
    ]  # fmt: skip


def test_common_words_and_other_pages_are_not_in_the_index() -> None:
    found = files(a_page(BODY), a_page("<p>zebra</p>", kind="print"), a_page("<p>zebra</p>", url="authors/fields/"))
    assert not {"zebra", "after"} & set(postings(found))
    assert "after" in postings(files(a_page(BODY), language="cy"))


def test_other_names_of_a_term_lead_to_where_it_is_used() -> None:
    term = Term(term="fixing reflex", also=("righting reflex",), definition="The urge to mend.")
    link = '<p>See the <a class="term" href="site:glossary/#term-fixing">reflex</a>.</p>'
    entry = '<dl><div class="glossary__entry" id="term-fixing"><dt>fixing reflex</dt><dd>The urge.</dd></div></dl>'
    glossary = a_page(entry, kind="list", url="glossary/", title="Glossary", outline=None)
    found = files(a_page(link), glossary, terms={"fixing": term})
    assert postings(found)["righting"][:2] == [0, 0]
    assert found["page-1.json"][4][1] == ["fixing reflex", "#term-fixing", "fixing reflex The urge."]


def test_a_file_of_words_has_what_is_shown_of_their_places() -> None:
    [part] = [value for name, value in files(a_page(BODY)).items() if name == "words-0.json"]
    assert part["texts"]["pause"] == {"2": "When After a pause."}
    assert part["places"]["2"] == ["When", "#when"]
    assert part["pages"] == {"0": ["Asking", "Empathy", "empathy/asking/"]}


def test_a_text_stands_around_the_word_and_says_where_it_was_cut() -> None:
    body = f"<p>{'before ' * 40}zebra {'later ' * 40}</p>"
    text = files(a_page(body))["words-0.json"]["texts"]["zebra"]["0"]
    assert text == f"… {'before ' * BEFORE}zebra {'later ' * (EXCERPT - BEFORE - 1)}…"


def test_of_a_word_that_stands_everywhere_the_places_where_it_counts_most_are_shown() -> None:
    pages = [a_page("<p>zebra</p>", kind="quiz" if n < 30 else "lesson", url=f"p{n}/", headings=()) for n in range(60)]
    texts = files(*pages)["words-0.json"]["texts"]["zebra"]
    assert list(texts) == [str(number) for number in range(30, 30 + SHOWN)]


def test_words_of_a_family_come_together_once_more() -> None:
    found = files(a_page("<p>money debt</p>"))
    [family] = found["files.json"]["families"]
    assert {"money", "debt"} < set(family)
    assert set(found["family-0.json"]["words"]) == {"money", "debt"}
    assert found["family-0.json"]["words"]["debt"] == found["words-0.json"]["words"]["debt"]


def test_words_that_may_have_been_mistyped_are_listed_by_their_first_two_letters() -> None:
    found = files(a_page("<p>zebra ab egret</p>"))
    assert {"e", "g", "z"} <= set(found["files.json"]["letters"])
    assert found["near-65.json"] == ["egret", "zebra"]
    assert found["near-7a.json"] == ["zebra"]
    assert "ab" not in str([value for name, value in found.items() if name.startswith("near-")])


def test_many_words_are_divided_into_files_in_the_order_in_which_scripts_compare() -> None:
    many = [f"{start}{number}" for start in ("lia", "\uffee", "\U0001f600") for number in range(400)]
    found = files(a_page(f"<p>{' '.join(many)}</p>"))
    parts = [found[f"words-{number}.json"] for number in range(len(found["files.json"]["files"]))]
    assert len(parts) > 3
    assert [next(iter(part["words"])) for part in parts] == found["files.json"]["files"]
    words = [word for part in parts for word in part["words"]]
    assert words == sorted(words, key=lambda word: word.encode("utf-16-be"))
    assert max(len(json.dumps(part, ensure_ascii=False)) for part in parts) < LARGEST
    assert words == in_node("console.log(JSON.stringify(given.sort()));", words[::-1])


CASES = json.loads(Path(__file__).with_name("search.json").read_text("utf-8"))


@pytest.mark.parametrize(("text", "words"), CASES, ids=[text for text, _ in CASES])
def test_words_are_folded(text: str, words: list[str]) -> None:
    assert folded(text) == words


def in_node(script: str, value: object) -> Any:
    """What a script says of a value that it is given as `given`."""
    lines = f"""
        import {{ readFileSync }} from "node:fs";
        import * as model from "./theme/elements/search-model.js";
        const given = JSON.parse(readFileSync(0, "utf-8"));
        {script}
    """
    command = [NODE, "--input-type=module", "--eval", lines]
    told = subprocess.run(command, cwd=ROOT, input=json.dumps(value), capture_output=True, text=True, check=True)
    return json.loads(told.stdout)


@pytest.mark.slow
def test_the_script_folds_as_python_does() -> None:
    made = [text for text, _ in CASES]
    made += [f"a{chr(code)}b" for code in range(0xD800) if category(chr(code)) != "Cn"]

    @settings(
        max_examples=1500,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.text(st.characters(exclude_categories=("Cs", "Cn", "Co")), max_size=12))
    def collect(text: str) -> None:
        made.append(text)

    collect()
    told = in_node("console.log(JSON.stringify(given.map((text) => model.wordsOf(text))));", made)
    assert [(t, folded(t), other) for t, other in zip(made, told, strict=True) if folded(t) != other][:10] == []


def test_the_lists_of_words_fold_to_themselves() -> None:
    """They are compared with words that are folded."""
    lists = english_words()
    words = [*lists["common"], *(word for family in lists["families"] for word in family)]
    forms = [form.strip("*") for pattern in urgent_words("en") for word in pattern for form in word.split("|")]
    assert [word for word in [*words, *forms] if folded(word) != [word]] == []
    assert not set(lists["common"]) & {word for family in lists["families"] for word in family}


# ----------------------------------------------------- what learners look for

#: What is typed, and which page must be the first of those shown.
FIRST = {
    "my mentee wants to die": "safeguarding/",
    "kill myself": "safeguarding/",
    "he hits her": "safeguarding/",
    "abuse": "safeguarding/",
    "how do I say no": "boundaries/saying-no/",
    "say no": "boundaries/saying-no/",
    "money": "boundaries/saying-no/",
    "listning": "active-listening/",
    "lisetning": "active-listening/",
    "listenning": "active-listening/",
    "reflections": "active-listening/four-moves/",
    "righting reflex": "active-listening/the-fixing-reflex/",
}
#: And which must be among the first five, as a part of the address, or of its words.
AMONG = {"loneliness": "lonely", "suicide": "asking-about-suicide", "secret": "whom you will tell", "quiet": "silence"}
NEVER_FIRST = ("sources/", "/quiz/", "#references")

QUERIES = """
    const load = async (name) => given.files[`${name}.json`];
    const told = {};
    for (const text of given.queries) {
      const { found, words, shown } = await model.find(text, load);
      const places = await Promise.all(found.slice(0, 5).map(({ place }) => shown(place)));
      const { step } = given.files["files.json"];
      const whole = found.map(({ place }) => given.files[`page-${Math.floor(place / step)}.json`][4][place % step][2]);
      told[text] = places.map((place, at) => [place.url, model.marked(place.text, words), whole[at]]);
    }
    console.log(JSON.stringify(told));
"""


@pytest.fixture(scope="module")
def course() -> dict[str, Any]:
    """The index of the course itself."""
    project, curriculum = gather_sound(ROOT / "mkdocs.yml")
    renderer = SiteRenderer(curriculum, project.settings, project.template_folders)
    return files(*renderer.pages(), terms=curriculum.glossary)


@pytest.fixture(scope="module")
def told(course: dict[str, Any]) -> dict[str, list[tuple[str, list[tuple[str, bool]], str]]]:
    found: dict[str, list[tuple[str, list[tuple[str, bool]], str]]] = in_node(
        QUERIES, {"files": course, "queries": [*FIRST, *AMONG]}
    )
    return found


@pytest.mark.site
@pytest.mark.parametrize("query", FIRST)
def test_what_learners_look_for_comes_first(query: str, told: dict[str, Any]) -> None:
    addresses = [url for url, *_ in told[query]]
    assert addresses[0].startswith(FIRST[query]), addresses
    assert not addresses[0].endswith(NEVER_FIRST)


@pytest.mark.site
@pytest.mark.parametrize("query", AMONG)
def test_what_is_meant_is_among_the_first_five(query: str, told: dict[str, Any]) -> None:
    assert any(AMONG[query] in f"{url} {whole}" for url, _, whole in told[query]), told[query]


@pytest.mark.site
def test_every_excerpt_shows_what_was_found_and_nothing_of_the_interface(told: dict[str, Any]) -> None:
    excerpts = [excerpt for results in told.values() for _, excerpt, _ in results]
    marked = [excerpt for excerpt in excerpts if any(hit for _, hit in excerpt)]
    assert len(marked) > 0.9 * len(excerpts)
    assert not [excerpt for excerpt in excerpts if "JavaScript" in str(excerpt)]


@pytest.mark.site
def test_no_text_of_the_index_is_for_readers_without_script_and_no_place_is_hidden(course: dict[str, Any]) -> None:
    pages = {name: value for name, value in course.items() if name.startswith("page-")}
    parts = [(value[3], *part) for value in pages.values() for part in value[4]]
    assert len(parts) > 500
    assert not [part for part in parts if "Without JavaScript you" in part[3] or "Show the answer" in part[3]]
    scenes = [
        url + anchor for url, _, anchor, _ in parts if anchor.startswith("#s-") and not anchor.endswith("__title")
    ]
    assert scenes == []


URGENT = [
    "my mentee wants to die", "Kill MYSELF", "he hits her", "abuse", "suicidal", "self-harm", "I don’t want to live",
    "she cuts herself", "is he in danger?", "overdosed", "my dad beats me", "she is afraid of him", "he was raped",
]  # fmt: skip
CALM = [
    "how do I say no",
    "killing time",
    "money",
    "a hit song",
    "she cuts corners",
    "",
    "ending well",
    "wants to leave",
]


@pytest.mark.slow
def test_words_of_danger_are_known_and_others_are_left_alone() -> None:
    script = "console.log(JSON.stringify(given[0].map((text) => model.isUrgent(text, given[1]))));"
    told = in_node(script, [URGENT + CALM, urgent_words("en")])
    assert dict(zip(URGENT + CALM, told, strict=True)) == dict.fromkeys(URGENT, True) | dict.fromkeys(CALM, False)


def test_words_of_danger_are_those_of_the_language() -> None:
    assert urgent_words("en-GB")
    assert urgent_words("cy") == []


# ------------------------------------------------------------ after an edit


def of_module(name: str, *texts: str) -> list[Page]:
    """The lessons of a module, with these texts."""
    outline = Outline(name, f"{name}/", ())
    return [a_page(f"<p>{text}</p>", url=f"{name}/{n}/", outline=outline) for n, text in enumerate(texts)]


class Kept:
    """A site and a cache, in which an index is made again and again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.site: dict[str, bytes] = {}
        #: Files that were not taken as they had been.
        self.made: set[str] = set()

    def index(self, pages: list[Page]) -> dict[str, bytes]:
        """The files of the index of these pages, which then are those of the site."""
        keys = {GUIDE: "the same"}
        for page in pages:
            owner = page.outline.title if page.outline else ""
            keys[owner] = digest([keys.get(owner, ""), page.body])
        assets = list(search_assets(pages, cache=Cache(self.folder, keys), before=self.before))
        self.made = {asset.url for asset in assets if asset.content is not None}
        self.site = {asset.url: asset.read() for asset in assets}
        return self.site

    def before(self, name: str, total: str) -> bytes | None:
        """A file of the site, if it is the one that is meant."""
        content = self.site.get(name)
        return content if content and hashlib.sha256(content).hexdigest() == total else None


def made_anew(pages: list[Page]) -> dict[str, bytes]:
    return {asset.url: asset.read() for asset in search_assets(pages)}


WORDS = ["listen", "wait", "silence", "mentor", "mentee", "talk", "listening", "the", "kind", "Émile"]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join), min_size=2, max_size=2)


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    states=st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=2, max_size=4),
    gone=st.sampled_from(["", "site", "a file"]),
)
def test_after_any_edits_the_index_is_what_is_made_anew(
    tmp_path_factory: pytest.TempPathFactory, states: list[list[list[str]]], gone: str
) -> None:
    kept = Kept(tmp_path_factory.mktemp("kept"))
    for state in states:
        pages = [page for number, texts in enumerate(state) for page in of_module(f"module-{number}", *texts)]
        found = kept.index(pages)
        assert list(found.items()) == list(made_anew(pages).items())
        if gone == "a file":
            del kept.site[min(kept.site, key=len)]
        elif gone:
            kept.site.clear()


def test_an_edit_makes_the_files_of_its_words_and_no_others(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    many = " ".join(f"word{number:04}" for number in range(500))
    others = [page for number in range(3) for page in of_module(f"module-{number}", many, many)]
    kept.index([*others, *of_module("mine", "aaa zzz", "nothing")])
    kept.index([*others, *of_module("mine", "aaa zzz", "nothing")])
    assert {url.rpartition("/")[2].partition("-")[0] for url in kept.made} == {"near", "files.json"}
    kept.index([*others, *of_module("mine", "aaa yyy", "nothing")])
    made = {url.rpartition("/")[2] for url in kept.made if "near" not in url}
    last = max(int(url.rpartition("-")[2].partition(".")[0]) for url in kept.site if "/words-" in url)
    assert made == {"files.json", "page-6.json", "words-0.json", f"words-{last}.json"}, "what is shown of aaa says yyy"
    assert last > 10


def test_what_has_gone_from_the_site_meanwhile_is_made(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    pages = of_module("mine", "listen and wait", "talk")
    whole = dict(kept.index(pages))
    cache = Cache(tmp_path, {GUIDE: "the same", "mine": digest([digest(["", pages[0].body]), pages[1].body])})
    assets = list(search_assets(pages, cache=cache, before=kept.before))
    assert any(asset.as_before for asset in assets)
    kept.site.clear()
    assert {asset.url: asset.read() for asset in assets} == whole
