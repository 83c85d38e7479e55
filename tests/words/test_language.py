"""What is said in a language, and in English where there is no translation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markupsafe import Markup

from alongside.render.environment import environment
from alongside.words.language import ENGLISH, N_, Words

ROOT = Path(__file__).parents[2]
#: Signs that point to a side and that no browser turns round with the line, as it turns brackets and ›.
POINTING = re.compile("[←→↔⇐⇒➔➜➡◀▶◂▸☞]")

#: Three forms, as in Polish.
POLISH = Words(
    "pl",
    locale="pl",
    messages={
        ("", "Yes"): ("Tak",),
        ("hours", "Open"): ("Czynne",),
        ("", "%(num)s minute"): ("%(num)s minuta", "%(num)s minuty", "%(num)s minut"),
        ("", "Start with %(title)s"): ("<b>%(title)s</b> & co",),
    },
    plural=lambda n: 0 if n == 1 else 1 if n % 10 in {2, 3, 4} and n % 100 not in {12, 13, 14} else 2,
)


def test_what_is_marked_stays_as_it_is() -> None:
    assert N_("All pages") == "All pages"


def test_english_says_what_is_written() -> None:
    assert ENGLISH.gettext("Start with %(title)s", title="50%") == "Start with 50%"
    assert [ENGLISH.ngettext("%(num)s minute", "%(num)s minutes", n) for n in (0, 1, 2)] == [
        "0 minutes",
        "1 minute",
        "2 minutes",
    ]


def test_a_language_has_the_form_that_goes_with_a_number() -> None:
    said = [POLISH.ngettext("%(num)s minute", "%(num)s minutes", n) for n in (1, 3, 5, 12, 22)]
    assert said == ["1 minuta", "3 minuty", "5 minut", "12 minut", "22 minuty"]


def test_what_has_no_translation_is_english_by_the_rule_of_english() -> None:
    assert POLISH.gettext("No") == "No"
    assert [POLISH.ngettext("%(num)s day", "%(num)s days", n) for n in (1, 5)] == ["1 day", "5 days"]


def test_a_word_that_means_several_things_is_found_by_what_it_is_about() -> None:
    assert POLISH.pgettext("hours", "Open") == "Czynne"
    assert POLISH.gettext("Open") == "Open"


def test_numbers_are_written_as_in_the_language() -> None:
    assert (ENGLISH.number(1234), ENGLISH.number(2.5), ENGLISH.percent(0.45)) == ("1,234", "2.5", "45%")
    assert (POLISH.number(2.5), POLISH.percent(0.45)) == ("2,5", "45%")


@pytest.mark.parametrize("value", ["Tom & Jo", Markup("<i>Tom</i>")])
def test_what_a_translator_writes_is_text_on_a_page(value: str) -> None:
    template = environment([], POLISH).from_string('{{ _("Start with %(title)s", title=value) }}')
    shown = value if isinstance(value, Markup) else "Tom &amp; Jo"
    assert template.render(value=value) == f"&lt;b&gt;{shown}&lt;/b&gt; &amp; co"


def test_templates_say_what_the_language_says() -> None:
    env = environment([], POLISH)
    text = '{{ _("Yes") }} {{ pgettext("hours", "Open") }} {{ ngettext("%(num)s minute", "%(num)s minutes", 3) }} {{ language }}'
    assert env.from_string(text).render() == "Tak Czynne 3 minuty pl"


def test_an_arrow_points_where_lines_go() -> None:
    assert (Words().arrow, Words("ar", "rtl").arrow) == ("→", "←")


def test_nothing_that_learners_read_points_to_one_side_in_every_language() -> None:
    builder = ROOT / "builder/alongside"
    read = [path for path in (ROOT / "theme").rglob("*") if path.suffix in {".html", ".css", ".js"}]
    read += [*builder.glob("exporters/**/*.py"), builder / "render/template_context.py", builder / "words/messages.pot"]
    assert [path.relative_to(ROOT).as_posix() for path in read if POINTING.search(path.read_text("utf-8"))] == []
