"""The small curriculum with a second module, to which a lesson of the first can go."""

from __future__ import annotations

from tests.conftest import BASE

LISTENING = "modules/listening/"


def pausing(**formerly: str) -> dict[str, str | None]:
    """A second module with the lesson `waiting` of the small curriculum, in which ids have earlier ones."""
    moved = BASE[f"{LISTENING}waiting.yml"].replace("  - scenario: late-again\n", "")
    lesson = moved.replace("summary:", f"formerly: [{formerly.pop('lesson', 'pausing-well')}]\nsummary:", 1)
    for name, old in formerly.items():
        wanted = f"id: {name.replace('_', '-')}\n"
        assert wanted in lesson
        lesson = lesson.replace(wanted, f"{wanted}      formerly: [{old}]\n")
    outline = BASE[f"{LISTENING}module.yml"].replace("[hearing, asking, waiting]", "[waiting]")
    return {
        "modules/curriculum.yml": BASE["modules/curriculum.yml"].replace("[listening]", "[listening, pausing]"),
        "modules/pausing/module.yml": "\n".join(
            line for line in outline.splitlines() if not line.startswith(("quiz:", "cover"))
        ),
        "modules/pausing/waiting.yml": lesson,
    }


def gone() -> dict[str, str | None]:
    """The first module without the lesson that went."""
    outline = BASE[f"{LISTENING}module.yml"].replace("[hearing, asking, waiting]", "[hearing, asking]")
    return {f"{LISTENING}module.yml": outline, f"{LISTENING}waiting.yml": None}
