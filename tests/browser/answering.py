"""Answers to questions, whatever their kind."""

from __future__ import annotations

from playwright.sync_api import Locator


def give(form: Locator, *, last: bool) -> None:
    """Gives an answer in every control: the first that there is to choose, or the last."""
    boxes = form.locator(":not(.keep) > [type=checkbox]:visible")
    radios = form.locator("fieldset:not(.sure) [type=radio]:visible")
    if boxes.count():
        (boxes.last if last else boxes.first).check()
    for name in dict.fromkeys(radios.evaluate_all("(all) => all.map((one) => one.name)")):
        group = form.locator(f"[type=radio][name='{name}']:visible")
        (group.last if last else group.first).check()
    for text in form.locator("input[type=text]:visible, textarea:visible").all():
        number = text.get_attribute("data-bounds") is not None
        text.fill(("2" if last else "1") if number else "last words" if last else "first words")
    selects = form.locator("select:visible").all()
    for place, select in enumerate(reversed(selects) if last else selects):
        most = select.locator("option").count() - 1
        select.select_option(index=1 + place % most)
