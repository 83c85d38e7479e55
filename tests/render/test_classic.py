"""All modules in one classic script do what they did as modules: each once, after what it imports."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from alongside.files.problems import BuildError
from alongside.load.project import bundled_root
from alongside.render.assets import modules_of, script_source
from alongside.render.classic import FOLDER, PLACE, TEMPLATE, as_script, bundle
from alongside.render.scripts import NAMED, joined_files
from tests.node import NODE

pytestmark = pytest.mark.slow

OURS = modules_of([bundled_root() / "theme"])
SOURCE = script_source(OURS.get)
STARTED = 'globalThis.told.push("{}");'
FORMS = {
    "elements/first.js": 'export const a=1;export function b(){return later()}export class D{e(){return a+1}}function later(){return need}const need="mine";'
    + STARTED.format("first"),
    "elements/second.js": 'import{a,D as Other}from"./first.js";import"./third.js";export const sum=a+new Other().e();'
    + STARTED.format("second"),
    "elements/third.js": STARTED.format("third"),
    "elements/late.js": 'import{b}from"./first.js";export const late=()=>b();' + STARTED.format("late"),
    "questions/ranking/ranking.js": 'import{sum}from"../../elements/second.js";globalThis.told.push(sum,new URL(import.meta.url).pathname.slice(-19));',
    "elements/start.js": 'import{sum}from"./second.js";import("./late.js").then(({late})=>globalThis.told.push(late()));'
    'import(new URL("questions/ranking/ranking.js",new URL("../",import.meta.url)).href);globalThis.told.push(sum);',
    "elements/fails.js": 'import"./third.js";throw new Error("on purpose");',
    "elements/asks.js": 'import{ask}from"./asked.js";globalThis.told.push(ask());',
    "elements/asked.js": 'export const ask=()=>"a server";',
    f"{FOLDER}asked.js": 'import{ask as ofSite}from"../asked.js";export const ask=()=>`the disk, not ${ofSite()}`;',
    f"{FOLDER}apart.js": "export const apart=false;",
    f"{FOLDER}notice.js": ";",
    f"{FOLDER}captions.js": ";",
}


def told(folder: Path, start: str, texts: Mapping[str, str] = FORMS) -> list[object]:
    """What modules say when a page starts some of them, and what a page is told of those that fail."""
    names = [TEMPLATE, *texts]
    script = bundle(lambda name: texts.get(name) or SOURCE(name), names)
    (folder / "bundle.js").write_bytes(script)
    page = {"src": "file:///D:/course/elements/bundle.js", "dataset": {"start": start}}
    (folder / "run.js").write_text(
        "globalThis.told=[];globalThis.location={protocol:'file:',origin:'file://'};"
        f"globalThis.document={{currentScript:{json.dumps(page)}}};"
        "process.on('uncaughtException',(error)=>told.push(`failed: ${error.message}`));"
        'require("node:vm").runInThisContext(require("node:fs").readFileSync("bundle.js","utf8"));'
        "setTimeout(()=>console.log(JSON.stringify(told)),50);",
        "utf-8",
    )
    said = subprocess.run([NODE, "run.js"], cwd=folder, check=True, capture_output=True, text=True)
    return list(json.loads(said.stdout))


@pytest.mark.slow
def test_each_module_starts_once_after_what_it_imports(tmp_path: Path) -> None:
    said = told(tmp_path, "elements/second.js elements/start.js")
    assert said == ["first", "third", "second", 3, "late", 3, "/ranking/ranking.js", "mine"]


@pytest.mark.slow
def test_one_that_fails_is_told_and_keeps_no_other_from_starting(tmp_path: Path) -> None:
    said = told(tmp_path, "elements/fails.js elements/second.js elements/fails.js")
    assert said == ["third", "first", "second", "failed: on purpose", "failed: on purpose"]


@pytest.mark.slow
def test_what_asks_a_server_asks_the_disk(tmp_path: Path) -> None:
    assert told(tmp_path, "elements/asks.js") == ["the disk, not a server"]


def test_every_module_of_the_theme_is_there_with_all_that_it_needs() -> None:
    text = bundle(SOURCE, list(OURS)).decode()
    there = set(re.findall(r'^(?:.*MODULES=\{)?"([^"]+)":', text, re.MULTILINE))
    assert there >= {*OURS, *joined_files()} - {TEMPLATE}
    needed = set(re.findall(r'\$?(?:need|later)\("([^"]+)"\)', text))
    assert len(needed) > 50
    assert needed <= there
    assert not re.search(r"\bimport\b|import\.meta|\bexport\b(?=[ {])", re.sub(r"\"[^\"]*\"|`[^`]*`", '""', text))


def test_what_takes_the_place_of_a_module_exports_all_that_is_asked_of_it() -> None:
    """A name that is not there would be `undefined` without a word."""
    exported = re.compile(r"export (?:async )?(?:const|function|class) (\w+)")
    for name, path in OURS.items():
        site = OURS.get(f"elements/{path.name}") if name.startswith(FOLDER) else None
        if site and path.name != TEMPLATE.rpartition("/")[2]:
            assert set(exported.findall(site.read_text("utf-8"))) <= set(exported.findall(path.read_text("utf-8"))), (
                name
            )


def test_the_site_has_nothing_that_is_for_disks() -> None:
    for name in OURS:
        if not name.startswith(FOLDER):
            assert not [one for _, one in NAMED.findall(SOURCE(name) or "") if "on-disk" in one], name


@pytest.mark.parametrize("form", ["export default 1;", "const a=1;export{a};", 'import*as a from"./first.js";', "await 1;"])  # fmt: skip
def test_a_form_that_has_no_place_is_told(form: str) -> None:
    with pytest.raises(BuildError, match=r'the script "elements/own\.js" of the theme'):
        bundle({**FORMS, "elements/own.js": form, TEMPLATE: SOURCE(TEMPLATE) or ""}.get, ["elements/own.js"])


def test_a_theme_without_a_place_for_modules_is_told() -> None:
    with pytest.raises(BuildError, match=re.escape(PLACE)):
        bundle({TEMPLATE: "1"}.get, [])


def test_a_text_is_handed_over_as_it_is(tmp_path: Path) -> None:
    text = 'a "quote", a \\ stroke, </script>, \u2028 and – all\n`${1}`'
    (tmp_path / "text.js").write_bytes(as_script("a/b.json", text))
    run = f'globalThis.alongsideText=(address,text)=>console.log(JSON.stringify([address,text]));require("{tmp_path}/text.js")'
    said = subprocess.run([NODE, "-e", run], check=True, capture_output=True, text=True)
    assert json.loads(said.stdout) == ["a/b.json", text]
