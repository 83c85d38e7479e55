"""What the site says of its modules for machines: only words that schema.org has, of the kinds that it wants."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from alongside.build import gather_sound
from alongside.model.settings import Organisation, Settings
from alongside.render.machine_readable import COURSE
from alongside.render.site import SiteRenderer
from tests.interop import clients
from tests.node import NODE

ROOT = Path(__file__).parents[2]
THEME = [ROOT / "theme"]
#: TypeScript refuses names that a type does not have: schema-dts is the whole of schema.org as types.
HEAD = """import type { CourseLeaf, LearningResourceLeaf, MergeLeafTypes, WithContext } from "schema-dts";
type Told = WithContext<MergeLeafTypes<[CourseLeaf, LearningResourceLeaf]>>;
"""
OPTIONS = "--noEmit --strict --skipLibCheck --target es2022 --module es2022 --moduleResolution bundler".split()


@pytest.fixture(scope="module")
def told() -> list[dict[str, Any]]:
    """What is said of each module of ours."""
    _, curriculum = gather_sound(ROOT / "mkdocs.yml", learners=True)
    settings = Settings(organisation=Organisation(name="Riverside"))
    assets = SiteRenderer(curriculum, settings, THEME).assets(THEME)
    found = [json.loads(asset.content or b"") for asset in assets if asset.url.endswith(f"/{COURSE}")]
    assert len(found) == len(curriculum.modules) > 10
    return found


def judged(folder: Path, *courses: dict[str, Any]) -> list[str]:
    """What TypeScript finds, a line each."""
    (folder / "node_modules").symlink_to(clients.packages())
    text = HEAD + "".join(f"export const m{at}: Told = {json.dumps(one)};\n" for at, one in enumerate(courses))
    (folder / "told.ts").write_text(text, "utf-8")
    command = [NODE, str(ROOT / "node_modules/typescript/bin/tsc"), *OPTIONS, "told.ts"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    found = [line for line in ran.stdout.splitlines() if "error TS" in line]
    assert bool(ran.returncode) == bool(found), ran.stdout + ran.stderr
    return found


def with_everything(told: list[dict[str, Any]]) -> dict[str, Any]:
    """A module of which all is said that can be said."""
    everything: dict[str, Any] = {}
    for one in told:
        everything = {**one, **everything}
    everything.setdefault("dateModified", "2026-11-01")
    return everything


def test_schema_org_has_every_word_that_is_said_of_a_module(told: list[dict[str, Any]], tmp_path: Path) -> None:
    assert judged(tmp_path, *told, with_everything(told)) == []


def test_every_name_and_kind_is_looked_at(told: list[dict[str, Any]], tmp_path: Path) -> None:
    """Each name in turn is one that schema.org does not have, at the top and in what stands inside."""
    one = with_everything(told)
    assert {"coursePrerequisites", "author", "provider", "hasPart", "teaches"} <= set(one)
    spoilt = [{(f"{name}s" if name == wrong else name): value for name, value in one.items()} for wrong in one]
    for name in ("coursePrerequisites", "author", "provider", "hasPart"):
        first, *rest = one[name] if isinstance(one[name], list) else [one[name]]
        for inner in first:
            other = {(f"{name}s" if name == inner else name): value for name, value in first.items()}
            spoilt.append({**one, name: [other, *rest]})
        spoilt.append({**one, name: [{**first, "@type": "Thingy"}, *rest]})
    spoilt += [
        {**one, "@context": "https://schema.com"},
        {**one, "@type": ["Course", "Lesson"]},
        {**one, "isAccessibleForFree": 3},
        {**one, "hasPart": True},
    ]
    found = judged(tmp_path, *spoilt)
    lines = {int(line.split("(")[1].split(",")[0]) for line in found}
    missed = [spoilt[at] for at in range(len(spoilt)) if at + 1 + HEAD.count("\n") not in lines]
    assert missed == []
