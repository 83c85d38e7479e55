"""The cast: who it is, whether they speak, and whether they can be told apart. R250 to R252."""

from __future__ import annotations

from collections.abc import Iterator

from alongside.files.problems import nearest, quoted
from alongside.model.curriculum import Curriculum
from alongside.model.modules import Module
from alongside.rules.rule import Context, Finding, kept_of_modules, repeats, rule


@rule("R250", "same-name-in-the-cast", "error", "curriculum")
def same_name_in_the_cast(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Two of the cast who could both be meant by one name."""
    named = (
        ((member.name, module), member) for member in curriculum.cast.values() for module in member.modules or [""]
    )
    for again, first in repeats(named):
        yield Finding(
            f"{quoted(again.name)} stands for somebody else already, at {first.place('name')}",
            again.place("name"),
            "one of each name, or modules in which each is the one",
            "name the modules of each with modules:, or delete one of the two",
        )


@kept_of_modules
def speakers_in(module: Module) -> Iterator[str]:
    """Who speaks in a module."""
    yield from module.speakers


@rule("R251", "speaks-nowhere", "info", "curriculum")
def speaks_nowhere(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Those of the cast who say nothing in any conversation or scenario, and modules in which they don’t speak."""
    spoken = {module.id: context.in_module(speakers_in, module) for module in curriculum.modules.values()}
    everyone = {name for names in spoken.values() for name in names}
    for member in curriculum.cast.values():
        if member.modules:
            for index, module in enumerate(member.modules):
                # A module that the site leaves out has its cast all the same.
                if module not in curriculum.left_out and member.name not in spoken.get(module, ()):
                    yield Finding(
                        f"{quoted(member.name)} says nothing in a module {quoted(module)}{nearest(module, spoken)}",
                        member.place("modules", index),
                        "modules in which they speak",
                        "correct the name or the module, or delete it",
                    )
        elif member.name not in everyone and not curriculum.left_out:
            yield Finding(
                f"{quoted(member.name)} says nothing in any module{nearest(member.name, everyone)}",
                member.place("name"),
                "a name as speaker: has it in a conversation or a scenario",
                "write the name as it is there, or delete the entry",
            )


@rule("R252", "look-alike", "warning", "curriculum")
def look_alike(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Two of the cast with the same face."""
    faces = ((member.face.model_dump_json(), member) for member in curriculum.cast.values())
    for again, first in repeats(faces):
        yield Finding(
            f"{quoted(again.name)} looks exactly like {quoted(first.name)}, at {first.place('face')}",
            again.place("face"),
            "faces that can be told apart",
            "change the hair, the clothes or whatever the text leaves open",
        )
