"""Strategies that make a whole small curriculum: valid by the model, with the nastiest text that the reader lets through.

What a field may hold is read from the model, so a new field or step is covered as it comes. What
several fields owe each other, such as one right option, is said in the folder of each kind (`owed.py`).
`curricula()` gives the plain values of each file, by its path; every one holds every kind of step, question and exercise.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from hypothesis import strategies as st
from pydantic.fields import FieldInfo

from alongside.files.unseen import ANY, hidden_in
from alongside.model import curriculum, lessons, modules, scenarios
from alongside.model.element import IDENTIFIER_PATTERN, Element
from alongside.model.exercises import EXERCISE_KINDS
from alongside.model.questions import QUESTION_KINDS
from alongside.model.settings import SLOTS
from alongside.model.steps import STEP_KINDS
from alongside.rules import RULES_BY_CODE
from tests.owed import Draw, Strategy, Values, fitted


class Files(Values):
    """The values of each file by its path. Too much to print: what a test says must name the place."""

    def __repr__(self) -> str:
        return f"<{', '.join(self)}>"


# ------------------------------------------------------------------------ text

#: Pieces of text that mean something to YAML, Markdown, HTML, templates or scripts of the world.
PIECES = (
    "plain words", "*one* **two", "_a_ __b", "`code", "```\nfence", "# top", "\n\n## Heading\n\n", "- a\n- b", "1. one", "> said",
    "Table: t\n\n| a | b |\n|---|--:|\n| c | d |\n", "[a](https://example.org)", "[a](javascript:alert(1))", "[a](//[)", "[a]: b",
    "![a](media/ladder.svg)", "![a](x)", "[a](module:first)", "[[term]]", "[[nowhere|<b>]]", "[@source]", "[@no]", "[ciao]{lang=it}",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!-- a", "</p>", "]]>", "&amp;&lt;&#60;&", "{{ x }}", "{% x %}",
    "{{ organisation.name }}", "{a}", "key: value", "key:", "a #b", "# a", "- ", "? a", '"', "'", "\\", "\\n", "%", "@", "!a", "&a", "*a",
    "|", ">", "[", "]", "{", "}", ",", "~", "null", "no", "1_000", "12:30", "---", "...", "\n---\n", "=", "<<", "__proto__", "site:x",
    "http://[", "klzzwxh:0001", "العربية", "עברית", "हिन्दी", "ไทย", "漢字かな", "e\u0301", "Z\u0351\u034b\u0317", "👩‍👩‍👧", "🏳️‍🌈", "ﷺ", "İı", "ß",
    "\u00a0", "\u00ad", "\t", "  ", "\n", "\n\n", "    four", "W" * 90, "…", "___", "(write here: a)",
)  # fmt: skip
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]).filter(lambda sign: not ANY.search(sign)), max_size=5)
MIXED = st.lists(st.sampled_from(PIECES) | ANYTHING, min_size=1, max_size=4).map(" ".join)
LONGEST = st.sampled_from(["x", "é ", "語", "*a "]).map(lambda sign: sign * 700)
#: The texts of one curriculum. Each field takes one of them: a text for each alone would cost more chance than an example has.
POOL = st.shared(st.tuples(LONGEST, *[MIXED] * 15), key="texts")


@cache
def texts(least: int, most: int | None) -> Strategy:
    """A text within limits. Where any is asked for, something of it can be seen, and a joiner that is cut off is none."""
    chosen = POOL.flatmap(st.sampled_from).map(lambda text: text[: most or 300].rstrip("\u200d"))
    return chosen.map(lambda text: text if text.strip() or not least else text[: (most or 300) - 1] + "x")


# ------------------------------------------------------------------------- ids

MODULES, LESSONS, SCENARIOS, QUIZ = ("first", "no"), ("every-step", "null", "007"), ("rehearsal", "1e3"), "on"
OBJECTIVES, SOURCES = ("true", "0", "a--b-"), ("source", "null")
TERMS, PEOPLE = ("term", "yes"), ("person", "2026-11-20")
SAFETY, STANCES = ("safe", "0"), ("keep", "1e3")
#: What an id may be anywhere; ids that have to differ are numbered afterwards.
NAMES = ("a", "0", "null", "true", "no", "1e3", "a--", "12-30", "kind", "id", "x" * 50)
#: Fields that name something which has to be there.
REFERENCES: dict[str, Sequence[str]] = {
    "objectives": OBJECTIVES, "cites": SOURCES, "references": SOURCES, "see": TERMS, "by": PEOPLE, "safety_by": PEOPLE, "credits": PEOPLE,
    "modules": MODULES, "scenario": SCENARIOS, "requires_local": SLOTS,
    "safety": SAFETY, "stances": [f"{rule}/{stance}" for rule in SAFETY for stance in STANCES], "signs": ("nobody knows", "on or off"), "allow": sorted(RULES_BY_CODE),
}  # fmt: skip
#: Files in the media folder, which stand there.
MEDIA = {
    "src": ["media/ladder.svg"],
    "picture": ["media/ladder.svg"],
    "captions": ["media/talk.vtt"],
    "described": ["media/talk.mp4"],
    "audio": ["media/talk.mp3"],
}

# ---------------------------------------------------------- values of a model


def _limits(metadata: Sequence[Any]) -> Values:
    """What the marks of a field allow, by name: `min_length`, `max_length`, `pattern`, `ge`, `le`."""
    flat = [mark for one in metadata for mark in (one.metadata if isinstance(one, FieldInfo) else [one])]
    names = ("min_length", "max_length", "pattern", "ge", "le")
    return {name: getattr(mark, name) for mark in flat for name in names if getattr(mark, name, None) is not None}


def _values(annotation: Any, metadata: Sequence[Any], name: str) -> Strategy:
    """Whatever a field of this type may hold, as it is written in YAML."""
    limits, origin, inside = _limits(metadata), get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _values(inside[0], [*inside[1:], *metadata], name)
    if origin is Literal:
        return st.sampled_from(inside)
    if origin in {tuple, dict}:
        return _several(origin, inside, limits, name)
    if inside:  # a union
        return st.one_of(_values(member, metadata, name) for member in inside)
    simple: dict[Any, Callable[[], Strategy]] = {
        str: lambda: _words(limits, name),
        bool: st.booleans,
        float: lambda: st.integers(limits.get("ge", 0), limits.get("le", 999_999)).map(lambda tenths: tenths / 10),
        int: lambda: st.integers(limits.get("ge", 0), limits.get("le", 999_999)),
        date: lambda: st.dates().map(date.isoformat),
        type(None): st.none,
    }
    return simple.get(annotation, lambda: elements(annotation))()


def _several(origin: type, inside: Sequence[Any], limits: Values, name: str) -> Strategy:
    least = limits.get("min_length", 0)
    sizes = {"min_size": least, "max_size": min(limits.get("max_length", 99), least + 2)}
    if origin is tuple:
        return st.lists(_values(inside[0], (), name), **sizes)
    return st.dictionaries(_values(inside[0], (), ""), _values(inside[1], (), name), **sizes)


def _words(limits: Values, name: str) -> Strategy:
    if name in REFERENCES or name in MEDIA:
        return st.sampled_from(REFERENCES.get(name) or MEDIA[name])
    pattern = limits.get("pattern")
    if pattern == IDENTIFIER_PATTERN:
        return st.sampled_from(NAMES)
    if pattern:
        whole = st.from_regex(pattern.removeprefix("^").removesuffix("$"), fullmatch=True)
        return whole.filter(lambda text: len(text) < limits.get("max_length", 99) and not any(hidden_in(text)))
    return texts(limits.get("min_length", 0), limits.get("max_length"))


@cache
def elements(kind: type[Element]) -> Strategy:
    """Everything that a mapping of this kind may hold, each field by itself."""
    fields = {name: _values(info.annotation, info.metadata, name) for name, info in kind.model_fields.items()}
    required = {name: fields.pop(name) for name, info in kind.model_fields.items() if info.is_required()}
    return st.fixed_dictionaries(required, optional=fields)


# ----------------------------------------------------------- the whole of it


def in_brackets(value: Any) -> str:
    """Plain values in YAML's other style: brackets around groups, quotation marks around texts, all in one line."""
    return json.dumps(value, ensure_ascii=False)


@st.composite
def curricula(draw: Draw) -> Files:
    """A whole curriculum. Paths are those below `modules/`."""
    steps = [draw(elements(kind)) for kind in STEP_KINDS.values()]
    steps += [{"exercise": draw(elements(kind))} for kind in EXERCISE_KINDS.values()]
    steps += [{"scenario": SCENARIOS[0]}, {"scenario": draw(elements(scenarios.InlineScenario))}]
    outlines = [draw(elements(modules.ModuleOutline)) for _ in MODULES]
    for outline in outlines:
        objectives = st.sampled_from(list(outline["objectives"].values()))
        outline["objectives"] = {name: dict(draw(objectives)) for name in OBJECTIVES}
        outline |= {"requires": [], "helpful_before": [MODULES[1]], "requires_local": list(SLOTS)}
    outlines[0] |= {"lessons": list(LESSONS[:2]), "quiz": QUIZ}
    outlines[1] |= {"lessons": list(LESSONS[2:]), "quiz": None, "requires": [MODULES[0]]}
    files = Files({"curriculum.yml": draw(elements(curriculum.CurriculumOutline)) | {"order": list(MODULES)}})
    registries = {
        "sources": (curriculum.Source, SOURCES),
        "glossary": (curriculum.Term, TERMS),
        "people": (curriculum.Person, PEOPLE),
        "safety": (curriculum.SafetyRule, SAFETY),
    }
    for name, (kind, entries) in registries.items():
        files[f"{name}.yml"] = {entry: draw(elements(kind)) for entry in entries}
    for rule in files["safety.yml"].values():
        rule["stances"] = {stance: draw(elements(curriculum.Stance)) for stance in STANCES}
    for module, outline in zip(MODULES, outlines, strict=True):
        files[f"{module}/module.yml"] = outline
        files |= {f"{module}/{name}.yml": draw(elements(lessons.Lesson)) for name in outline["lessons"]}
        files |= {f"{module}/{name}.yml": draw(elements(scenarios.Scenario)) for name in SCENARIOS}
    files[f"{MODULES[0]}/{LESSONS[0]}.yml"]["steps"] = draw(st.permutations(steps))
    questions = [draw(elements(kind)) for kind in QUESTION_KINDS.values()]
    files[f"{MODULES[0]}/{QUIZ}.yml"] = draw(elements(lessons.Quiz)) | {"questions": questions}
    return fitted(draw, files)
