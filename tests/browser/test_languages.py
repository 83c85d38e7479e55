"""A site in another language: what scripts say is said in it too, with the forms that its numbers have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from alongside.engines.writing import write
from alongside.model.questions.interaction import Match
from tests.browser.conftest import BuiltSite, served
from tests.examples import valid_examples
from tests.words.pseudo import LANGUAGE, pseudo_site, said

#: Everything that someone sees or hears, what scripts have added included. A sum of a file and a picture's own words are none of ours.
FOR_PEOPLE = """() => {
  const texts = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("code, script")) texts.push(walker.currentNode.data);
  for (const element of document.querySelectorAll("[title], [aria-label], [alt], [placeholder]"))
    for (const name of ["title", "aria-label", "alt", "placeholder"]) texts.push(element.getAttribute(name) ?? "");
  return texts;
}"""
#: A day, as the browser writes it in the language.
DAY = re.compile(r"\d{1,2} \w+ \d{4}")
SAME = re.compile(r"doi:\S+|CC-BY-[\d.]+")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """The gallery in a language that nobody speaks, with three forms for numbers."""
    folder = tmp_path_factory.mktemp("other")
    project, site, _ = pseudo_site(folder)
    built = write(project, site, folder / "site")
    with served(built) as address:
        yield BuiltSite(built, address)


def latin(page: Page) -> set[str]:
    return {
        word for text in page.evaluate(FOR_PEOPLE) for word in re.findall("[A-Za-z]+", SAME.sub("", DAY.sub("", text)))
    }


@pytest.mark.parametrize(
    "address",
    ["", "gallery/", "gallery/quiz/", "gallery/steps/", "gallery/exercises/", "gallery/ordering/", "gallery/confidence/",
     "progress/", "review/", "journal/", "record/", "search/#q=τεςτ", "comfort/", "offline/", "support/"],
)  # fmt: skip
def test_scripts_add_no_word_of_another_language(
    other: BuiltSite, open_page: Callable[..., Page], address: str
) -> None:
    page = open_page(other.address + address)
    page.wait_for_load_state("networkidle")
    assert page.locator("html").get_attribute("lang") == LANGUAGE
    assert latin(page) == set()


def test_a_quiz_says_its_verdict_and_its_state(other: BuiltSite, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{other.address}gallery/quiz/")
    question = page.locator("[data-question='quiz-open']")
    check = question.get_by_role("button", name=said("Check my answer"))
    check.click()
    expect(question.locator(".message")).to_have_text(f"{said('Error:')} {said('Choose an answer first.')}")
    question.locator("[value=a]").check()
    check.click()
    status = question.locator(".question__verdict")
    expect(status).to_contain_text(said("Not yet. Read the note below your answer, then try another."))
    answered = said("You have answered {answered} of {all}.", 1).format(answered=1, all=2)
    right = said("{first} of {all} were right the first time.", 2).format(first=0, all=1)
    expect(page.locator(".quiz-end__state")).to_have_text(f"{answered} {right}")
    page.reload()
    expect(question.locator(".question__earlier")).to_have_text(
        re.compile(
            re.escape(said("You answered this on {day}. You can answer it again.")).replace(r"\{day\}", DAY.pattern)
        )
    )
    assert latin(page) == set()


@pytest.mark.parametrize(("right", "form"), [(0, 2), (1, 0), (2, 1)])
def test_a_number_has_the_form_that_the_language_has_for_it(
    other: BuiltSite, open_page: Callable[..., Page], right: int, form: int
) -> None:
    examples = (e for e in valid_examples() if e.kind in {"matching", "sorting"})
    example, shape = next(
        (e, s) for e in examples if isinstance(s := e.question.to_interaction(), Match) and len(s.key) > 2
    )
    page = open_page(f"{other.address}gallery/{example.kind}/")
    name = example.question.id
    for index, (prompt, target) in enumerate(shape.key):
        wrong = next(pick.id for pick in shape.targets if pick.id != target)
        given = target if index < right else wrong
        if example.kind == "sorting":
            page.locator(f"[id='q-{name}_{prompt}__{given}']").check()
        else:
            page.locator(f"[id='q-{name}_{prompt}']").select_option(given)
    question = page.locator(f"[data-question='{name}']")
    question.get_by_role("button", name=said("Check my answer")).click()
    some, one = (
        f"{{right}} of {{all}} {verb} right. Change the lines that say “Not yet”, then check again."
        for verb in ("are", "is")
    )
    verdict = said(one if form == 0 else some, form).format(right=right, all=len(shape.key))
    expect(question.locator(".question__verdict")).to_contain_text(verdict)
