"""Scripts that are joined do what they did before, each once on a page."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from posixpath import dirname, normpath

import pytest

from alongside.files.cache import GUIDE, VARIABLE, Cache
from alongside.files.problems import BuildError
from alongside.load.project import bundled_root
from alongside.render.assets import CLASSIC, kept_scripts, script_source
from alongside.render.scripts import IN_USE, JOINED, LATER, NAMED, PAGE_SCRIPTS, Scripts, joined_files, page_files, read
from tests.node import NODE

pytestmark = pytest.mark.slow

THEME = bundled_root() / "theme"
OURS = {
    path.relative_to(THEME).as_posix(): path
    for folder in ("elements", "questions")
    for path in sorted((THEME / folder).rglob("*.js"))
    if path.relative_to(THEME).as_posix() not in CLASSIC
}
SCRIPTS = Scripts(script_source(OURS.get))
FILES = dict(SCRIPTS.files(OURS))


def joined(texts: Mapping[str, str], **options: bool) -> dict[str, str]:
    """A theme's files from its scripts, ours around them."""
    source = script_source(OURS.get)
    return dict(Scripts(lambda name: texts.get(name) or source(name), **options).files([*OURS, *texts]))


# Every way in which our scripts import and export, and what a theme of somebody else's may do.
FORMS = {
    "elements/first.js": 'export const a=1;export function b(){return later()}export async function c(){return a}export class D{e(){return a+1}}function later(){return a}globalThis.told.push("first");',
    "elements/second.js": 'import{a,D as Other}from"./first.js";import"./third.js";export const sum=a+new Other().e();globalThis.told.push("second");',
    "elements/third.js": 'globalThis.told.push("third");',
    "elements/default.js": 'import{b}from"./first.js";export default function(){return b()}export{b as again};globalThis.told.push("default");',
    "elements/deep/start.js": 'import{sum}from"../second.js";import whole,{again}from"../default.js";import*as first from"../first.js";\nglobalThis.told.push(sum,whole(),again(),first.a,"import {x} from \'./no.js\';");const{late}=await import("../late.js");globalThis.told.push(late());',
    "elements/late.js": 'import{a}from"./first.js";export const late=()=>a;',
}


def told(folder: Path, files: Mapping[str, str], start: str) -> list[object]:
    """What scripts say when one of them is loaded."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")
    (folder / "run.js").write_text(
        f'globalThis.told=[];await import("./{start}");console.log(JSON.stringify(told));', "utf-8"
    )
    said = subprocess.run([NODE, "run.js"], cwd=folder, check=True, capture_output=True, text=True)
    return list(json.loads(said.stdout))


@pytest.mark.slow
def test_joined_scripts_do_what_they_did_before(tmp_path: Path) -> None:
    wanted = told(tmp_path / "before", FORMS, "elements/deep/start.js")
    assert wanted[:3] == ["first", "third", "second"]
    assert told(tmp_path / "after", joined(FORMS), "elements/deep/start.js") == wanted


@pytest.mark.slow
def test_every_file_of_the_theme_can_be_read_by_a_browser(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).with_suffix(".mjs").write_text(text, "utf-8")
    for path in tmp_path.rglob("*.mjs"):
        subprocess.run([NODE, "--check", path], check=True)


def test_all_our_scripts_can_be_joined() -> None:
    source = script_source(OURS.get)
    assert [name for name in OURS if read(name, source(name) or "") is None] == []


@pytest.mark.parametrize(
    ("text", "can"),
    [
        ("export const a=async()=>{await b;};", True),
        ("export const a=await b;", False),
        ("const c={};for await(const a of b)c.d=a;", False),
        ("export default 1;", False),
        ('export*from"./a.js";', False),
        ('import a from"./a.js";', False),
        ("const a=import.meta.url;", True),
    ],
)
def test_a_script_that_cannot_be_joined_is_left_alone(text: str, can: bool) -> None:
    assert (read("elements/one.js", text) is not None) == can
    assert read("deep/one.js", "const a=import.meta.url;") is None


def test_a_script_keeps_its_address_and_is_there_once() -> None:
    assert set(FILES) == {*OURS, *joined_files()}
    text = "".join(FILES[name] for name in JOINED)
    for name in ("elements/store.js", "elements/record.js", "elements/journal.js", "elements/question-element.js"):
        assert text.count(f"const ${name.removeprefix('elements/').removesuffix('.js').replace('-', '_')}=") == 1
        assert FILES[name].startswith("import{")
    assert len(FILES["elements/record.js"]) < 200


@pytest.mark.parametrize("start", page_files())
def test_a_page_has_one_of_each_script(start: str) -> None:
    """With all that may be loaded later: two of one would each remember something of their own."""
    kind = next(
        (
            kind
            for kind in {**PAGE_SCRIPTS, **IN_USE}
            if start in {f"elements/{kind}-page.js", f"elements/{kind}-in-use.js"}
        ),
        "own",
    )
    wanted = ["elements/page-frame.js", *PAGE_SCRIPTS.get(kind, (start,)), *IN_USE.get(kind, ())]
    wanted += ["elements/journal-fields.js"]
    files = SCRIPTS.of_page(kind, [*wanted, "elements/scenario.js", "questions/choice/choice.js"])
    for file in files:  # which grows
        files += dict.fromkeys(name for name in loaded_by(file) if name not in files)
    times = Counter(name for file in files for name in re.findall(r"const (\$\w+)=\(", FILES[file]))
    assert times
    assert [name for name, count in times.items() if count > 1] == []


def loaded_by(file: str) -> list[str]:
    """What a file loads, at once or later."""
    named = [*NAMED.finditer(FILES[file]), *LATER.finditer(FILES[file])]
    return [normpath(f"{dirname(file)}/{found[2]}") for found in named]


def test_a_page_starts_few_files() -> None:
    start = ["elements/page-frame.js", *PAGE_SCRIPTS["lesson"]]
    assert SCRIPTS.of_page("lesson", start) == ["elements/every-page.js", "elements/lesson-page.js"]
    rest = [*IN_USE["lesson"], "elements/scenario.js", "questions/choice/choice.js"]
    assert [name.removeprefix("elements/") for name in SCRIPTS.of_page("lesson", rest)] == [
        "every-page.js",
        "learner.js",
        "asking.js",
        "lesson-in-use.js",
        "scenario.js",
    ]
    assert SCRIPTS.of_page("text", ["elements/page-frame.js"]) == ["elements/every-page.js"]


def test_what_only_one_script_imports_is_in_its_file() -> None:
    assert "const $drag=" in FILES["questions/ordering/ordering.js"]
    assert "const $written=" not in FILES["questions/gap/gap.js"] + FILES["questions/short_text/short_text.js"]


def test_only_one_script_knows_when_a_day_begins() -> None:
    scripts = [path for path in THEME.rglob("*.js") if "getHours()" in path.read_text("utf-8")]
    assert [path.relative_to(THEME).as_posix() for path in scripts] == ["elements/day.js"]


def test_a_theme_can_replace_a_script_within_a_file() -> None:
    files = joined({"elements/define.js": 'export const define=()=>"ours";'})
    assert 'const define=()=>"ours"' in files["elements/every-page.js"]


def test_a_circle_of_scripts_is_told() -> None:
    with pytest.raises(BuildError, match=r"circle \(elements/a\.js → elements/b\.js → elements/a\.js\)"):
        joined({"elements/a.js": 'import"./b.js";', "elements/b.js": 'import"./a.js";'})


def test_words_of_another_language_come_before_whatever_says_one() -> None:
    files = joined({}, translated=True)
    assert "$words" not in files["elements/every-page.js"]
    assert 'import*as whole0 from"./words.js"' in files["elements/every-page.js"]
    assert files["elements/words.js"].startswith("let catalogue")


def test_scripts_are_kept_only_where_code_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "system"))
    cache = Cache(tmp_path / "kept", {GUIDE: "the same"})
    (tmp_path / "theme/elements").mkdir(parents=True)
    script = tmp_path / "theme/elements/a.js"
    script.write_text("const one = 1; // a remark")

    def given() -> str | None:
        return kept_scripts([tmp_path / "theme"], cache, lambda name: f"{name} anew")("elements/a.js")

    assert given() == "const one=1;"
    script.unlink()
    assert given() == "const one=1;", "as it was kept"
    monkeypatch.setenv(VARIABLE, str(tmp_path / "kept"))
    assert given() == "elements/a.js anew"
