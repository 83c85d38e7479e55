"""Branching scenarios: nodes, choices, endings."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from alongside.model.element import (
    Element,
    FileElement,
    Flag,
    FormerIdentifier,
    Identifier,
    Line,
    Minutes,
    Prose,
    StanceName,
    Title,
    Waivable,
)
from alongside.model.questions.base import Grade

#: Subjects that call for a content note and the support panel.
SENSITIVE_TAGS = frozenset({"abuse", "suicide", "self-harm", "violence", "addiction", "grief"})


class ScenarioChoice(Element):
    """Something the learner can do at this point of a scenario."""

    id: Identifier
    """Stable name, unique in the node."""
    text: Line
    """What is done or said. Choices of one node are of similar length and all plausible."""
    to: Identifier
    """Id of the node or ending that follows."""
    consequence: Prose
    """What the other person then does, says or feels. It is shown first, before any judgement."""
    why: Line
    """Why that happened, in one to three sentences."""
    rule: Line
    """The rule of the lesson behind it, in a few words."""
    grade: Grade
    """How good this choice is: `best`, `acceptable`, `poor` or `harmful`. Shown in words in the debrief."""
    stances: tuple[StanceName, ...] = ()
    """What this choice does by rules from safety.yml: `rule/stance`."""


class ScenarioNode(Element):
    """One moment of a scenario, with one decision."""

    title: Title
    """A heading, unique in the scenario: what is happening now."""
    scene: Prose | None = None
    """What the learner sees and knows, in at most 60 words."""
    speaker: Title | None = None
    """Who speaks."""
    says: Line | None = None
    """What that person says, without quotation marks."""
    safety: tuple[Identifier, ...] = ()
    """Ids of rules from safety.yml that this moment is about."""
    choices: tuple[ScenarioChoice, ...] = Field(min_length=2, max_length=4)
    """What the learner can do: two to four choices."""


class Ending(Element):
    """A way for the scenario to end."""

    title: Title
    """A heading, unique in the scenario."""
    kind: Literal["strong", "workable", "learn_from"]
    """`strong`, `workable`, or `learn_from` for an ending that teaches by what went wrong."""
    text: Prose
    """What happened in the end, and what there is to learn from it."""
    support: Flag = False
    """Whether the organisation's support panel is shown here. Required at each ending of a scenario about abuse or self-harm."""


class ScenarioFields(Waivable):
    """What every scenario has, wherever it is written."""

    noun: ClassVar[str] = "scenario"

    title: Title
    """What the scenario is called."""
    intro: Prose
    """Who the people are and where it starts. At most 60 words."""
    where: Title | None = None
    """Where and when it takes place, in a few words, shown beside those who are there: “The college café, Tuesday”."""
    minutes: Minutes = 5
    """How long it takes to go through once."""
    objectives: tuple[Identifier, ...] = ()
    """Ids of the module's objectives that this scenario practises."""
    tags: tuple[Identifier, ...] = ()
    """Subjects, for example `abuse`, that call for the support panel at the end."""
    start: Identifier
    """Id of the first node."""
    nodes: dict[Identifier, ScenarioNode] = Field(min_length=1)
    """The moments of the scenario by id."""
    endings: dict[Identifier, Ending] = Field(min_length=1)
    """The endings by id."""
    debrief: tuple[Line, ...] = Field(default=(), max_length=6)
    """Questions to think over after the scenario."""
    formerly: tuple[FormerIdentifier, ...] = ()
    """Earlier ids of this scenario. Where it stood in another module, with that: `stigma/at-the-bus-stop`."""

    @property
    def company(self) -> tuple[str, ...]:
        """The names of those who speak in it, in order."""
        return tuple(dict.fromkeys(node.speaker for node in self.nodes.values() if node.speaker))


class Scenario(ScenarioFields, FileElement):
    """A conversation to rehearse, in a file of its own: nodes with choices, consequences and endings."""


class InlineScenario(ScenarioFields):
    """A scenario written inside a lesson instead of in a file of its own."""

    id: Identifier
    """Stable name, unique in the module."""


AnyScenario = Scenario | InlineScenario
