"""What every question has, and what a kind of question must provide."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Literal, Protocol, TypeVar

from pydantic import Field, PrivateAttr, SerializerFunctionWrapHandler, model_serializer

from alongside.model.element import (
    Element,
    Flag,
    FormerIdentifier,
    Identifier,
    Level,
    Line,
    Prose,
    StanceName,
    Waivable,
    private_of,
)
from alongside.model.questions.interaction import Interaction, Pick, Verdict

Grade = Literal["best", "acceptable", "poor", "harmful"]


class Question(Waivable):
    """One thing that a learner answers or thinks through.

    A kind is a subclass with a `kind` field, a docstring that is its entry in the author guide,
    and `to_interaction()`. It is registered by one line in `model/questions/__init__.py`; its template
    is `theme/questions/<kind>/template.html`.
    """

    noun: ClassVar[str] = "question"
    #: What readers call the kind, in English.
    in_words: ClassVar[str] = ""
    _shape: Interaction | None = PrivateAttr(default=None)
    scored: ClassVar[bool] = True

    id: Identifier
    """Stable name, unique in the module. Saved answers are found by it, so it is never changed without `formerly`."""
    prompt: Line
    """The question itself. It says how many answers to choose where that is not plain."""
    context: Prose | None = None
    """A short case or quotation that the question is about, shown before it."""
    objectives: tuple[Identifier, ...] = ()
    """Ids of the module's objectives that this question assesses."""
    level: Level | None = None
    """What the question asks of the learner, from `remember` to `create`. Left out, it is the level of its first objective."""
    hints: tuple[Line, ...] = Field(default=(), max_length=4)
    """Steps towards the answer, the gentlest first. None of them gives it away."""
    rationale: Prose | None = None
    """Why the key is right, shown after an attempt."""
    cites: tuple[Identifier, ...] = ()
    """Ids from sources.yml that the question or its feedback rests on."""
    safety: tuple[Identifier, ...] = ()
    """Ids of rules from safety.yml that the question is about. Its key shows them."""
    shuffle: Flag = True
    """Whether the order of the options may be mixed when the site is built. `false` only for scales and sequences."""
    review: Flag = True
    """Whether the question may come back in spaced review."""
    formerly: tuple[FormerIdentifier, ...] = ()
    """Earlier ids of this question, so that saved answers follow it. Where it stood in another module, with that: `stigma/quiz-labels`."""

    def to_interaction(self) -> Interaction:
        """The neutral form, made anew. A kind says here what it is."""
        raise NotImplementedError

    @property
    def shape(self) -> Interaction:
        """The neutral form that everything outside the kind asks, made once: a question never changes."""
        kept = private_of(self)
        shape: Interaction | None = kept["_shape"]
        if shape is None:
            shape = kept["_shape"] = self.to_interaction()
        return shape

    def arranged(self, seed: str) -> Any:
        """What the learner picks from or arranges, in the order in which it is shown."""
        del seed
        return ()

    def fingerprint(self) -> str:
        """Changes exactly when what the learner sees or what counts as right changes."""
        content = self.model_dump_json(
            exclude={"id", "lint", "formerly", "objectives", "level", "cites", "review", "safety"}
        )
        return hashlib.sha256(content.encode()).hexdigest()[:12]


class Option(Element):
    """Something that the learner can choose. A kind says with `verdict` what is said of whoever chose it."""

    noun: ClassVar[str] = "option"

    id: Identifier
    """Stable name, unique in the question."""
    text: Line
    """What the learner chooses: a few words, or something a person might say."""
    feedback: Line
    """One to three sentences: what this choice does to the person, why, and the rule behind it."""
    misconception: Line | None = None
    """The mistaken belief that makes this option tempting. For options that are not the best."""
    stances: tuple[StanceName, ...] = ()
    """What this option does by rules from safety.yml: `rule/stance`."""

    @model_serializer(mode="wrap")
    def _as_seen(self, plain: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Without its stances, which no learner sees: a fingerprint stays as it is when one is named."""
        seen: dict[str, Any] = plain(self)
        seen.pop("stances", None)
        return seen

    @property
    def verdict(self) -> Verdict:
        """Whether it is right, or how good it is."""
        raise NotImplementedError


class KeyedOption(Option):
    """An option that is right or not."""

    correct: Flag = False
    """`true` for an option that belongs to the key."""

    @property
    def verdict(self) -> Verdict:
        return "right" if self.correct else "wrong"


class GradedOption(Option):
    """An option with a place on the scale from best to harmful."""

    grade: Grade
    """`best`, `acceptable`, `poor` or `harmful`."""

    @property
    def verdict(self) -> Verdict:
        return self.grade


def picks(options: Iterable[Option]) -> tuple[Pick, ...]:
    """Options in neutral form."""
    return tuple(Pick(o.id, o.text, o.feedback, o, verdict=o.verdict, misconception=o.misconception) for o in options)


class Identified(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str: ...


Shuffled = TypeVar("Shuffled", bound=Identified)


def shuffled(seed: str, entries: Sequence[Shuffled]) -> tuple[Shuffled, ...]:
    """The entries in an order that looks random and is the same in every build.

    Each entry's rank depends on the seed and its own id only, so that adding one leaves the order
    of the others as it was, on the page and on paper.
    """
    return tuple(sorted(entries, key=lambda entry: hashlib.sha256(f"{seed}/{entry.id}".encode()).digest()))


def not_solved(seed: str, entries: Sequence[Shuffled]) -> tuple[Shuffled, ...]:
    """As `shuffled`, but never in the order given, which is the solution."""
    mixed = shuffled(seed, entries)
    return mixed[1:] + mixed[:1] if mixed == tuple(entries) else mixed
