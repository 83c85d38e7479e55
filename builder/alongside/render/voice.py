"""One language in which there are pages: what it says, and what renders it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment

from alongside.model.curriculum import Curriculum
from alongside.model.questions.interaction import CREDIT
from alongside.model.settings import Settings, slot_words
from alongside.render import template_context
from alongside.render.environment import environment
from alongside.render.markdown import Prose, References
from alongside.words.language import Words
from alongside.words.translations import read_words


@dataclass(frozen=True)
class Voice:
    """The words of a language, prose with what the site adds to it, and templates that say everything in it."""

    words: Words
    prose: Prose
    env: Environment


def voice(
    language: str, curriculum: Curriculum, settings: Settings, folders: Sequence[Path], *, in_platform: bool = False
) -> Voice:
    """The voice for the pages of a curriculum that are in a language, with templates and translations in `folders`.

    `in_platform` as in `Frame`.
    """
    words, _ = read_words(language, folders)
    env = environment(folders, words)
    env.globals.update(
        grade_words=_translated(template_context.GRADE_WORDS, words),
        ending_words=_translated(template_context.ENDING_WORDS, words),
        exercise_names=_translated(template_context.EXERCISE_NAMES, words),
        callout_titles=_translated(template_context.CALLOUT_TITLES, words),
        checked_words=_translated(template_context.CHECKED_WORDS, words),
        level_words=_translated(template_context.LEVEL_WORDS, words),
        place_words=[words.gettext(place) for place in template_context.PLACE_WORDS],
        kind_words=template_context.kind_words(words),
        arrow=words.arrow,
        day_in_words=words.day,
        time_in_words=partial(template_context.time_in_words, words=words),
        quiz_title=partial(template_context.quiz_title, words=words),
        support=settings.organisation.support,
        organisation=settings.organisation,
        titles=template_context.titles,
        spoken=template_context.spoken,
        credit_of=CREDIT,
        in_platform=in_platform,
    )
    slots = slot_words(settings.organisation, words)
    return Voice(
        words,
        Prose(
            References(curriculum.sources, curriculum.glossary, slots, curriculum.leads_to, curriculum.withheld), words
        ),
        env,
    )


def _translated(table: Mapping[Any, str], words: Words) -> dict[Any, str]:
    """A table of words in a language."""
    return {name: words.gettext(english) for name, english in table.items()}
