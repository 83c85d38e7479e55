"""What texts point at: sources, terms of the glossary and local facts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from alongside.files.located import Place
from alongside.files.problems import nearest, quoted
from alongside.model.curriculum import Curriculum
from alongside.model.element import Text, descendants, texts
from alongside.model.modules import Module
from alongside.model.questions import Question
from alongside.model.settings import SLOTS
from alongside.rules.rule import Context, Finding, in_each_module, kept_of_modules, rule
from alongside.texts import markup

#: So much of a sign that is not right shows which one is meant.
LONGEST_SHOWN = 40


def unknown(noun: str, name: str, known: Collection[str], place: Place, expected: str, fix: str = "") -> Finding:  # noqa: PLR0913, PLR0917  # the parts of one sentence
    """The finding that a name leads nowhere, with the nearest name that leads somewhere."""
    return Finding(f"there is no {noun} {quoted(name)}{nearest(name, known)}", place, expected, fix)


# ------------------------------------------------------------ sources and terms


@rule("R209", "unknown-source", "error", "text", needs=("[@",))
def unknown_source_in_text(text: Text, context: Context) -> Iterator[Finding]:
    """Citations in prose of sources that are not in sources.yml."""
    for mention in markup.citations(text.value, text.markdown):
        if mention.name not in context.curriculum.sources:
            place = text.place.within(text.value, mention.start)
            yield _unknown_source(mention.name, context.curriculum, place)


@rule("R211", "unknown-listed-source", "error", "curriculum")
@in_each_module
def unknown_source_in_list(module: Module, context: Context) -> Iterator[Finding]:
    """Sources in `references` and `cites` that are not in sources.yml."""
    for name, place in listed_sources(module):
        if name not in context.curriculum.sources:
            yield _unknown_source(name, context.curriculum, place)


def _unknown_source(name: str, curriculum: Curriculum, place: Place) -> Finding:
    several = (
        "write each source in brackets of its own: [@first] [@second]"
        if "@" in name
        else "add it to sources.yml, or correct the id"
    )
    return unknown("source", name, curriculum.sources, place, "an id from sources.yml", several)


def listed_sources(module: Module) -> Iterator[tuple[str, Place]]:
    """Sources that a module names in lists, its own and those of its questions, with where."""
    for index, name in enumerate(module.outline.references):
        yield name, module.outline.place("references", index)
    for file in module.files:
        for element in descendants(file):
            if isinstance(element, Question):
                for index, name in enumerate(element.cites):
                    yield name, element.place("cites", index)


@rule("R212", "unknown-term", "error", "text", needs=("[[",))
def unknown_term(text: Text, context: Context) -> Iterator[Finding]:
    """Links in prose to terms that the glossary does not have."""
    known = context.curriculum.glossary
    for mention in markup.terms(text.value, text.markdown):
        if mention.name not in known:
            place = text.place.within(text.value, mention.start)
            yield unknown(
                "glossary term",
                mention.name,
                known,
                place,
                "an id from glossary.yml",
                "add the term to glossary.yml, or write the words without brackets",
            )


@rule("R213", "unknown-related-term", "error", "curriculum")
def unknown_related_term(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Related terms that the glossary does not have."""
    known = curriculum.glossary
    for term in known.values():
        for index, name in enumerate(term.see):
            if name not in known:
                yield unknown("glossary term", name, known, term.place("see", index), "an id from glossary.yml")


@rule("R224", "unclosed-brackets", "error", "text", needs=("[[", "]]", "{{", "}}", "[@", "{lang"))
def unclosed_brackets(text: Text, context: Context) -> Iterator[Finding]:
    """What looks like a term, a citation, a local fact or another language and is none, so that a reader would see the signs."""
    for start, form in markup.malformed(text.value, text.markdown):
        shown = text.value[start:].split("\n", 1)[0][:LONGEST_SHOWN]
        yield Finding(
            f"{quoted(shown)} is not written as it should be, so its signs will be shown",
            text.place.within(text.value, start),
            form,
            f"write it as {form}, or put a backslash before the first sign to show the signs themselves",
        )


@kept_of_modules
def cited_in(module: Module) -> Iterator[str]:
    """The sources that a module lists or cites."""
    for name, _ in listed_sources(module):
        yield name
    for file in module.files:
        yield from _cited(texts(file))


def _cited(found: Iterable[Text]) -> Iterator[str]:
    return (mention.name for text in found for mention in markup.citations(text.value, text.markdown))


@rule("R229", "unused-source", "info", "curriculum")
def unused_source(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Sources that nothing cites."""
    used = {*context.in_any_module(cited_in), *_cited(_texts_of_registries(curriculum))}
    for name, source in curriculum.sources.items():
        if name not in used:
            yield Finding(
                f"nothing cites the source {quoted(name)}",
                source.place(),
                "sources that a module uses",
                f"cite it as [@{name}], or delete it",
            )


@kept_of_modules
def terms_in(module: Module) -> Iterator[str]:
    """The terms that texts of a module link to."""
    for file in module.files:
        yield from _linked(texts(file))


def _linked(found: Iterable[Text]) -> Iterator[str]:
    return (mention.name for text in found for mention in markup.terms(text.value, text.markdown))


@rule("R230", "unused-term", "info", "curriculum")
def unused_term(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Terms of the glossary that no text links to."""
    used = {*context.in_any_module(terms_in), *_linked(_texts_of_registries(curriculum))}
    used |= {name for term in curriculum.glossary.values() for name in term.see}
    for name, term in curriculum.glossary.items():
        if name not in used:
            yield Finding(
                f"no text links to the term {quoted(name)}",
                term.place(),
                "terms that a text links to",
                f"write [[{name}]] where the word is first used, or delete the term",
            )


def _texts_of_registries(curriculum: Curriculum) -> Iterator[Text]:
    for registry in curriculum.registries:
        for entry in registry.values():
            yield from texts(entry)


# ----------------------------------------------------------------- local facts


@rule("R225", "unknown-slot", "error", "text", needs=("{{",))
def unknown_slot(text: Text, context: Context) -> Iterator[Finding]:
    """Local facts in prose that do not exist."""
    for mention in markup.slots(text.value, text.markdown):
        if mention.name not in SLOTS:
            yield _unknown_slot(mention.name, text.place.within(text.value, mention.start))


@rule("R226", "unknown-declared-slot", "error", "curriculum")
@in_each_module
def unknown_declared_slot(module: Module, context: Context) -> Iterator[Finding]:
    """Local facts in `requires_local` that do not exist."""
    for index, name in enumerate(module.outline.requires_local):
        if name not in SLOTS:
            yield _unknown_slot(name, module.outline.place("requires_local", index))


def _unknown_slot(name: str, place: Place) -> Finding:
    return unknown("local fact", name, SLOTS, place, "one of: " + ", ".join(SLOTS))


def _used_slots(module: Module) -> Iterator[tuple[str, Place]]:
    for file in module.files:
        for text in texts(file):
            for mention in markup.slots(text.value, text.markdown):
                yield mention.name, text.place.within(text.value, mention.start)


@rule("R227", "undeclared-slot", "error", "curriculum")
@in_each_module
def undeclared_slot(module: Module, context: Context) -> Iterator[Finding]:
    """Local facts that the module uses without saying so in `requires_local`."""
    declared = module.outline.requires_local
    for name, place in _used_slots(module):
        if name in SLOTS and name not in declared:
            yield Finding(
                f"the local fact {quoted(name)} is not declared in module.yml",
                place,
                "every local fact in requires_local",
                f"add {name} to requires_local: in module.yml",
            )


@rule("R228", "unused-slot", "warning", "curriculum")
@in_each_module
def unused_slot(module: Module, context: Context) -> Iterator[Finding]:
    """Local facts that `requires_local` names and no text uses."""
    used = {name for name, _ in _used_slots(module)}
    for index, name in enumerate(module.outline.requires_local):
        if name in SLOTS and name not in used:
            yield Finding(
                f"no text of this module uses the local fact {quoted(name)}",
                module.outline.place("requires_local", index),
                "only what the module uses",
                "delete the entry",
            )
