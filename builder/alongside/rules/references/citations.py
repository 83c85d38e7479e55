"""What texts point at: sources, terms of the glossary and local facts."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from alongside.files.located import Place
from alongside.files.problems import nearest, quoted
from alongside.model.curriculum import Curriculum, Module
from alongside.model.element import Text, descendants, texts
from alongside.model.questions import Question
from alongside.model.settings import SLOTS
from alongside.rules.rule import Context, Finding, Rule, in_each_module
from alongside.texts import markup


def unknown(noun: str, name: str, known: Collection[str], place: Place, expected: str, fix: str = "") -> Finding:  # noqa: PLR0913, PLR0917  # the parts of one sentence
    """The finding that a name leads nowhere, with the nearest name that leads somewhere."""
    return Finding(f"there is no {noun} {quoted(name)}{nearest(name, known)}", place, expected, fix)


# ------------------------------------------------------------ sources and terms


def unknown_source_in_text(text: Text, context: Context) -> Iterator[Finding]:
    """Citations in prose of sources that are not in sources.yml."""
    for mention in markup.citations(text.value):
        if mention.name not in context.curriculum.sources:
            place = text.place.within(text.value, mention.start)
            yield _unknown_source(mention.name, context.curriculum, place)


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


def unknown_term(text: Text, context: Context) -> Iterator[Finding]:
    """Links in prose to terms that the glossary does not have."""
    known = context.curriculum.glossary
    for mention in markup.terms(text.value):
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


def unknown_related_term(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Related terms that the glossary does not have."""
    known = curriculum.glossary
    for term in known.values():
        for index, name in enumerate(term.see):
            if name not in known:
                yield unknown("glossary term", name, known, term.place("see", index), "an id from glossary.yml")


def unclosed_brackets(text: Text, context: Context) -> Iterator[Finding]:
    """Double brackets that are not closed, which a reader would see as they stand."""
    for start in markup.unclosed(text.value):
        opened = text.value[start : start + 2]
        closed = "]]" if opened == "[[" else "}}"
        yield Finding(
            f"{opened} is opened here and not closed",
            text.place.within(text.value, start),
            f"{opened}name{closed}",
            f"close it with {closed}",
        )


def unused_source(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Sources that nothing cites."""
    used = {name for module in curriculum.modules.values() for name, _ in listed_sources(module)}
    used |= {mention.name for text in _all_texts(curriculum) for mention in markup.citations(text.value)}
    for name, source in curriculum.sources.items():
        if name not in used:
            yield Finding(
                f"nothing cites the source {quoted(name)}",
                source.place(),
                "sources that a module uses",
                f"cite it as [@{name}], or delete it",
            )


def unused_term(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Terms of the glossary that no text links to."""
    used = {mention.name for text in _all_texts(curriculum) for mention in markup.terms(text.value)}
    used |= {name for term in curriculum.glossary.values() for name in term.see}
    for name, term in curriculum.glossary.items():
        if name not in used:
            yield Finding(
                f"no text links to the term {quoted(name)}",
                term.place(),
                "terms that a text links to",
                f"write [[{name}]] where the word is first used, or delete the term",
            )


def _all_texts(curriculum: Curriculum) -> Iterator[Text]:
    for registry in (curriculum.sources, curriculum.glossary, curriculum.people):
        for entry in registry.values():
            yield from texts(entry)
    for module in curriculum.modules.values():
        for file in module.files:
            yield from texts(file)


# ----------------------------------------------------------------- local facts


def unknown_slot(text: Text, context: Context) -> Iterator[Finding]:
    """Local facts in prose that do not exist."""
    for mention in markup.slots(text.value):
        if mention.name not in SLOTS:
            yield _unknown_slot(mention.name, text.place.within(text.value, mention.start))


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
            for mention in markup.slots(text.value):
                yield mention.name, text.place.within(text.value, mention.start)


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


RULES: tuple[Rule, ...] = (
    Rule(
        "R209",
        "unknown-source",
        "error",
        "text",
        "a text cites a source that is not in sources.yml",
        "A citation lets a reader see what a claim rests on; one that leads nowhere claims more than it can show. "
        "Add the source to sources.yml with what you checked, or correct the id. Each source has brackets of its own.",
        bad="People who are listened to feel more understood [@weger-2041].",
        good="People who are listened to feel more understood.",
        check=unknown_source_in_text,
        needs=("[@",),
    ),
    Rule(
        "R211",
        "unknown-listed-source",
        "error",
        "curriculum",
        "references or cites name a source that is not in sources.yml",
        "The list of references and the evidence behind a question are made from sources.yml. "
        "Add the source there with what you checked, or correct the id.",
        bad="""\
modules/listening/module.yml: |
  title: Listening
  summary: Give someone your whole attention.
  objectives: {reflect: {text: Write a reflection of what was said., level: apply}}
  lessons: [hearing]
  key_points: [Listen first., Check what you heard., Leave room.]
  references: [weger-2041]
""",
        good="""\
modules/sources.yml: |
  weger-2014: {authors: Weger and others, year: "2014", title: The relative effectiveness of active listening, checked: finding}
modules/listening/module.yml: |
  title: Listening
  summary: Give someone your whole attention.
  objectives: {reflect: {text: Write a reflection of what was said., level: apply}}
  lessons: [hearing]
  key_points: [Listen first., Check what you heard., Leave room.]
  references: [weger-2014]
""",
        check=in_each_module(unknown_source_in_list),
    ),
    Rule(
        "R212",
        "unknown-term",
        "error",
        "text",
        "a text links to a term that the glossary does not have",
        "A linked word promises its meaning. Add the term to glossary.yml with a definition in plain words, "
        "correct the id, or write the words without brackets.",
        bad="Leave room for [[silense|silence]].",
        good="Leave room for silence.",
        check=unknown_term,
        needs=("[[",),
    ),
    Rule(
        "R213",
        "unknown-related-term",
        "error",
        "curriculum",
        "a term of the glossary refers to one that does not exist",
        "The entry would end in a link to nowhere. Correct the id under see:, or add the other term.",
        bad="""\
modules/glossary.yml: |
  reflection: {term: reflection, definition: Saying back what you understood., see: [summry]}
""",
        good="""\
modules/glossary.yml: |
  reflection: {term: reflection, definition: Saying back what you understood., see: [summary]}
  summary: {term: summary, definition: Several reflections together.}
""",
        check=unknown_related_term,
    ),
    Rule(
        "R224",
        "unclosed-brackets",
        "error",
        "text",
        "double brackets that are not closed",
        "Readers would see the brackets instead of a glossary link or a local fact. "
        "Close [[ with ]] and {{ with }}, with nothing but the name and, after |, other words for it inside.",
        bad="Tell {{ organisation.safeguarding.name } at once.",
        good="Tell your safeguarding lead at once.",
        check=unclosed_brackets,
        needs=("[[", "]]", "{{", "}}"),
    ),
    Rule(
        "R225",
        "unknown-slot",
        "error",
        "text",
        "a text uses a local fact that does not exist",
        "Local facts come from the organisation’s settings, and their list is closed, so that every organisation knows what to fill in. "
        "Use one of the names in the list.",
        bad="Tell {{ organisation.safeguarding.nam }} at once.",
        good="Tell your safeguarding lead at once.",
        check=unknown_slot,
        needs=("{{",),
    ),
    Rule(
        "R226",
        "unknown-declared-slot",
        "error",
        "curriculum",
        "requires_local names a local fact that does not exist",
        "Local facts come from the organisation’s settings, and their list is closed. Use one of the names in the list.",
        bad="""\
modules/listening/module.yml: |
  title: Listening
  summary: Give someone your whole attention.
  objectives: {reflect: {text: Write a reflection of what was said., level: apply}}
  lessons: [hearing]
  key_points: [Listen first., Check what you heard., Leave room.]
  requires_local: [organisation.phone]
""",
        good="""\
modules/listening/module.yml: |
  title: Listening
  summary: Give someone your whole attention.
  objectives: {reflect: {text: Write a reflection of what was said., level: apply}}
  lessons: [hearing]
  key_points: [Listen first., Check what you heard., Leave room.]
""",
        check=in_each_module(unknown_declared_slot),
    ),
    Rule(
        "R227",
        "undeclared-slot",
        "error",
        "curriculum",
        "a local fact is used that requires_local does not declare",
        "An organisation reads in requires_local what it must fill in before it can use the module. "
        "Add every local fact that a text of the module uses.",
        bad="""\
modules/listening/module.yml: |
  title: Listening
  summary: Give someone your whole attention.
  objectives: {reflect: {text: Write a reflection of what was said., level: apply}}
  lessons: [hearing]
  key_points: [Listen first., Check what you heard., Leave room.]
modules/listening/hearing.yml: |
  title: Hearing
  minutes: 6
  summary: How to hear what is said.
  steps:
    - text: Tell {{ organisation.safeguarding.name }} the same day.
""",
        good="""\
modules/listening/module.yml: |
  title: Listening
  summary: Give someone your whole attention.
  objectives: {reflect: {text: Write a reflection of what was said., level: apply}}
  lessons: [hearing]
  key_points: [Listen first., Check what you heard., Leave room.]
  requires_local: [organisation.safeguarding.name]
modules/listening/hearing.yml: |
  title: Hearing
  minutes: 6
  summary: How to hear what is said.
  steps:
    - text: Tell {{ organisation.safeguarding.name }} the same day.
""",
        check=in_each_module(undeclared_slot),
    ),
    Rule(
        "R228",
        "unused-slot",
        "warning",
        "curriculum",
        "requires_local declares a local fact that no text uses",
        "An organisation would be asked for a fact that nobody gets to read. Delete the entry.",
        bad="""\
modules/listening/module.yml: |
  title: Listening
  summary: Give someone your whole attention.
  objectives: {reflect: {text: Write a reflection of what was said., level: apply}}
  lessons: [hearing]
  key_points: [Listen first., Check what you heard., Leave room.]
  requires_local: [organisation.safeguarding.name]
""",
        good="""\
modules/listening/module.yml: |
  title: Listening
  summary: Give someone your whole attention.
  objectives: {reflect: {text: Write a reflection of what was said., level: apply}}
  lessons: [hearing]
  key_points: [Listen first., Check what you heard., Leave room.]
""",
        check=in_each_module(unused_slot),
    ),
    Rule(
        "R229",
        "unused-source",
        "info",
        "curriculum",
        "no text cites a source",
        "The list of sources shows what the curriculum rests on; one that nothing cites says nothing. "
        "Cite it where it is used, or delete it.",
        bad="""\
modules/sources.yml: |
  bodie-2015: {authors: Bodie and others, year: "2015", title: The role of active listening, checked: finding}
""",
        good="""\
modules/sources.yml: |
  bodie-2015: {authors: Bodie and others, year: "2015", title: The role of active listening, checked: finding}
modules/listening/module.yml: |
  title: Listening
  summary: Give someone your whole attention.
  objectives: {reflect: {text: Write a reflection of what was said., level: apply}}
  lessons: [hearing]
  key_points: [Listen first., Check what you heard., Leave room.]
  references: [bodie-2015]
""",
        check=unused_source,
    ),
    Rule(
        "R230",
        "unused-term",
        "info",
        "curriculum",
        "no text links to a term of the glossary",
        "A term is worth an entry where a text uses it. Link it at its first use in a lesson, or delete it.",
        bad="""\
modules/glossary.yml: |
  summary: {term: summary, definition: Several reflections together.}
""",
        good="""\
modules/glossary.yml: |
  summary: {term: summary, definition: Several reflections together.}
modules/listening/hearing.yml: |
  title: Hearing
  minutes: 6
  summary: How to hear what is said.
  steps:
    - text: A [[summary]] gathers several reflections.
""",
        check=unused_term,
    ),
)
