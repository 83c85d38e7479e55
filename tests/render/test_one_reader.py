"""What rules see in a text is what stands on the page: its links, pictures, headings, code, captions and words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings

from alongside.files.problems import BuildError
from alongside.model.curriculum import Source, Term
from alongside.model.settings import Settings
from alongside.render.markdown import Prose, References
from alongside.render.site import SiteRenderer
from alongside.texts import markup
from tests.prose import mixed, sentences, written

pytestmark = pytest.mark.slow

KNOWN = References(
    {"weger-2014": Source(authors="Weger, H.", year="2014", title="Listening", checked="finding")},
    {"reflection": Term(term="reflection", definition="Saying back.")},
    {"organisation.name": "River"},
)
PROSE = Prose(KNOWN)
few = settings(max_examples=4, suppress_health_check=list(HealthCheck))
many = settings(max_examples=400, suppress_health_check=list(HealthCheck))

#: Shapes that two readers once read differently, or that show what one of them might forget.
SHAPES = (
    "~~~\n[a](module:x)\n~~~",
    "```\n[a](module:x)\n# b\n```",
    "    [a](module:x)\n    # b",
    "a\n\n    [a](module:x)",
    "\\[a](module:x)",
    "[a\\](module:x)",
    "~~~\n# no heading\n~~~\n\n## heading",
    "> ## in a quotation",
    "- ## in a list",
    "a\n-\n\nb\n=",
    "![a](media/a(1).png)",
    "![a [b] c](media/b.png)",
    "[![a](media/a.png)](page:b)",
    "`[a](b)` [c](module:d)",
    "``[a](b)` `` [c](module:d)",
    "[a][b]\n\n[b]: module:x",
    "[a]\n\n> [a]: module:x",
    "- item\n\n  ```\n  [a](module:x)\n  ```",
    "<https://e.org/> and <a@e.org>",
    "[[reflection]] [@weger-2014] {{ organisation.name }} [hir]{lang=cy}",
    "`[[reflection]]` \\[[reflection]] ~~~[@weger-2014]~~~",
    "[[reflection|*saying* back]] [ [@weger-2014] ](module:x)",
    "[[ reflection ]] [@ weger-2014 ] {{organisation.name}}",
    "Table: t\n| a | b |\n|---|---|\n| [c](module:d) | `e|f` |",
    "&lt;a href=x&gt; <b>c</b> &amp;amp;",
)  # fmt: skip


def on_page(text: str, form: str) -> dict[str, list[Any]]:
    """What stands on a page, by kind."""
    html = PROSE.block(text, "m/") if form == "block" else PROSE.inline(text, "m/")
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    found: dict[str, list[Any]] = {"links": [], "pictures": [], "headings": [], "code": [], "signs": [], "captions": []}
    for element in tree.iter():
        words = " ".join("".join(element.itertext()).split())
        if element.tag == "a" and not element.get("class"):
            found["links"].append(element.get("href"))
        elif element.tag == "img":
            found["pictures"].append(element.get("src"))
        elif element.tag in {"h2", "h3", "h4"}:
            found["headings"].append((int(element.tag[1]), words))
        elif element.tag == "code":
            found["code"].append("".join(words.split()))
        elif element.tag == "caption":
            found["captions"].append(words)
        elif element.get("class") in {"term", "citation", "local"} or (element.tag == "span" and element.get("lang")):
            found["signs"].append(element.get("class") or element.get("lang"))
    return found


def seen(text: str, form: str) -> dict[str, list[Any]]:
    """What rules see, by kind, as a page would show it."""
    links = [link for link in markup.links(text, form) if link.words or not link.target.startswith("/u")]
    used = [link for link in links if link.words or text.startswith("[](", link.start) or text[link.start] == "<"]
    signs = [(mention.start, "term") for mention in markup.terms(text, form) if mention.name in KNOWN.glossary]
    signs += [(mention.start, "citation") for mention in markup.citations(text, form) if mention.name in KNOWN.sources]
    signs += [(mention.start, "local") for mention in markup.slots(text, form) if mention.name in KNOWN.slots]
    signs += [(mention.start, mention.name) for mention in markup.languages(text, form)]
    return {
        "links": [shown(link.target) for link in used if not link.image],
        "pictures": [link.target for link in links if link.image],
        "headings": [part.level for part in markup.parts(text, form) if part.kind == "heading"],
        "signs": [kind for _, kind in sorted(signs)],
        "captions": [caption for _, caption in markup.captions(text) if caption] if form == "block" else [],
    }


def shown(target: str) -> str:
    return (
        f"site:{target.removeprefix('module:').removeprefix('page:')}/"
        if target.startswith(("module:", "page:"))
        else target
    )


@pytest.mark.parametrize("form", ["block", "inline"])
@pytest.mark.parametrize("text", SHAPES)
def test_rules_see_what_stands_on_the_page(text: str, form: str) -> None:
    page, rules = on_page(text, form), seen(text, form)
    assert sorted(rules["links"]) == sorted(page["links"])
    assert sorted(rules["signs"]) == sorted(page["signs"])
    assert rules["captions"] == page["captions"]
    assert [level for level in rules["headings"] if 1 < level < 5] == [level for level, _ in page["headings"]]
    assert len([target for target in rules["pictures"] if "(" not in target]) == len(page["pictures"])


@pytest.mark.slow
def test_a_list_in_a_model_answer_is_a_list_on_the_key_for_paper(a_curriculum) -> None:
    quiz = """\
title: Check yourself
questions:
  - kind: open_response
    id: answer
    prompt: What would you say?
    objectives: [reflect]
    models:
      - id: both
        text: |
          Two things:

          - one
          - two
        why: It helps.
    rubric:
      - {id: a, text: I named a feeling., feedback: Look for it.}
      - {id: b, text: I asked once., feedback: Ask one thing.}
"""
    world = a_curriculum({"modules/listening/quiz.yml": quiz})
    assert world.problems == (), world.problems
    renderer = SiteRenderer(world.curriculum, Settings(), (Path(__file__).parents[2] / "theme",))
    page = next(page for page in renderer.pages() if page.url == "listening/print/key/")
    assert "<li>one</li>" in page.body


def code_is_hidden(text: str, form: str) -> None:
    """Nothing of the code on a page is left where rules look for words, and everything else is where it was."""
    hidden = markup.without_code(text, form)
    words = markup.visible(text, form)
    assert len(hidden) == len(words) == len(text)
    assert all(after in {before, " "} for before, after in zip(text, hidden, strict=True))


def compared(text: str, form: str) -> None:
    code_is_hidden(text, form)
    try:
        page = on_page(text, form)
    except BuildError:
        return
    rules = seen(text, form)
    assert set(page["links"]) <= {shown(link.target) for link in markup.links(text, form)} | {None, ""}
    assert [level for level in rules["headings"] if 1 < level < 5] == [level for level, _ in page["headings"]]


@few
@given(text=written())
def test_rules_see_what_stands_on_a_written_page(text: str) -> None:
    compared(text, "block")


@pytest.mark.slow
@many
@given(text=written())
def test_rules_see_what_stands_on_any_written_page(text: str) -> None:
    compared(text, "block")


@pytest.mark.slow
@many
@given(text=mixed() | sentences())
def test_rules_see_what_stands_on_a_page_of_any_signs(text: str) -> None:
    for form in ("block", "inline"):
        compared(text, form)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("[[a|b|c]]", 0),
        ("see [[a|]] there", 4),
        ("[[]]", 0),
        ("{{x}", 0),
        ("{{}}", 0),
        ("[x]{lang=}", 0),
        ("[x]{lang=c y}", 0),
        ("[@]", 0),
        ("an [open-question]] here", 3),
        ("a {organisation.name}} here", 2),
        ("> quoted\n> [[a|b|c]]", 11),
    ],
)
def test_what_only_looks_like_a_sign_of_our_own_is_found_at_its_place(text: str, wanted: int) -> None:
    assert [start for start, _ in markup.malformed(text)] == [wanted]


@pytest.mark.parametrize(
    "text",
    ["[see [a]](module:x)", "`[[a|b|c]]`", "\\[\\[a|b|c]]", "~~~\n{{x}\n~~~", "[[a]] {{ b.c }} [@d]", "a {b: {c}}"],
)
def test_what_is_no_sign_of_our_own_is_left_alone(text: str) -> None:
    assert list(markup.malformed(text)) == []
