"""A file that an author names is on the page, or an error says at its place what to do, and doing it puts it there."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from alongside.build import gather
from alongside.files.problems import Problem
from alongside.render.page import SITE
from alongside.render.site import SiteRenderer
from alongside.rules import RULES
from tests.conftest import BASE

pytestmark = pytest.mark.slow
#: Only what is said of files and names; what else is wrong with these pages is beside the point.
ABOUT_NAMES = tuple(rule for rule in RULES if rule.code[0] in "LMRY")
SVG = BASE["modules/listening/media/ladder.svg"] or ""
VTT = "WEBVTT\n\n00:00.000 --> 00:04.000\nI nearly did not come.\n"
MP4 = "\0\0\0\x18ftypisom"
CONFIGURATION = (
    "site_name: Test\nplugins:\n  - alongside:\n      layers: [.]\n      organisation: {{name: Ours{logo}}}\n"
)

#: Names of files, without their ending.
NAMES = {
    "plain": "ladder",
    "accents": "Größe-élève",
    "accents apart": unicodedata.normalize("NFD", "Größe-élève"),
    "capitals": "IMG_0001",
    "a blank": "two chairs",
    "blanks": " two  chairs ",
    "brackets": "chairs (1)",
    "square brackets": "chairs [1]",
    "an open bracket": "chairs(1",
    "an encoded blank": "two%20chairs",
    "per cent": "100%",
    "hash": "chair#2",
    "question": "why?",
    "plus": "one+one",
    "and": "you & me",
    "apostrophe": "Rosa’s chair",
    "straight quotation marks": "the 'chair'",
    "comma": "one,two",
    "a dot too many": "chairs.final.v2",
    "dots at the end": "chairs..",
    "Arabic": "كرسيان",
    "Hebrew with points": "שָׁלוֹם",
    "Hindi": "दो-कुर्सियाँ",
    "Thai": "เก้าอี้",
    "Chinese": "两把椅子",
    "emoji": "🙂",
    "a word and emoji": "chairs-🙂",
    "a device": "con",
    "a hyphen first": "-chairs",
    "underscores": "__chairs__",
    "very long": "c" * 150,
    "a semicolon": "a;b",
    "an exclamation": "stop!",
    "a dollar": "$5",
    "a tilde": "~chairs",
}
LESSON = (
    "title: Hear\nobjectives: [reflect]\nskill: false\nsummary: Short.\nsteps:\n"
    "  - hook: {hook}\n  - text: {text}\n  - figure: {{src: {figure}, alt: Two chairs by a window.}}\n"
    "  - media: {{src: {recording}, captions: {captions}, title: A talk, transcript: Hello.}}\n"
    "  - question:\n      kind: choice\n      id: chairs\n      prompt: {prompt}\n      rationale: It is.\n      options:\n"
    "        - {{id: a, text: Yes, correct: true, feedback: It is so.}}\n"
    "        - {{id: b, text: No, feedback: It is not., misconception: It is not.}}\n"
)
MEDIA = "modules/listening/media/"
#: What the module says of its card.
OWN_PICTURE = "picture: media/ladder.svg"


class Written:
    """A site in which a picture, a recording and captions of one name stand in all places."""

    def __init__(self, folder: Path, stem: str, ending: Callable[[str], str] = str.lower) -> None:
        self.folder = folder
        self.configuration = folder / "mkdocs.yml"
        for name, text in BASE.items():
            self.put(name, text or "")
        svg, mp4, vtt = (f"{stem}.{ending(kind)}" for kind in ("svg", "mp4", "vtt"))
        self.put(f"{MEDIA}{svg}", SVG)
        self.put(f"{MEDIA}{mp4}", MP4)
        self.put(f"{MEDIA}{vtt}", VTT)
        self.put(f"content/media/{svg}", SVG)
        self.put(f"content/{svg}", SVG)
        self.name(f"media/{svg}", f"media/{mp4}", f"media/{vtt}", svg)

    def put(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, "utf-8")

    def name(self, picture: str, recording: str, captions: str, logo: str) -> None:
        """Writes the names into the files, as an author would."""
        self.named = [picture, recording, captions, logo]
        shown = f"Look: ![Two chairs]({picture}) They are empty."
        texts = {
            "hook": shown,
            "text": shown,
            "prompt": shown,
            "figure": picture,
            "recording": recording,
            "captions": captions,
        }
        scalars = {key: json.dumps(text, ensure_ascii=False) for key, text in texts.items()}
        self.put("modules/listening/hearing.yml", LESSON.format(**scalars))
        outline = BASE["modules/listening/module.yml"] or ""
        assert OWN_PICTURE in outline
        self.put("modules/listening/module.yml", outline.replace(OWN_PICTURE, f"picture: {scalars['figure']}"))
        self.put("content/about.md", f"# About\n\n{shown}\n")
        self.put("mkdocs.yml", CONFIGURATION.format(logo=f", logo: {json.dumps(logo, ensure_ascii=False)}"))

    def errors(self) -> list[Problem]:
        return [
            problem for problem in gather(self.configuration, rules=ABOUT_NAMES).problems if problem.severity == "error"
        ]


FIX = re.compile(r'(?:rename the file "?(?P<old>[^"]+?)"? to (?P<new>\S+), and )?write (?P<path>\S+)')


def mended(site: Written) -> list[str]:
    """Renames files as the messages say, and writes into the files what they say. Gives the fixes that could not be followed."""
    new: dict[str, str] = {}
    strange = []
    for problem in site.errors():
        match = FIX.fullmatch(problem.fix)
        if not match:
            strange.append(f"{problem.code} {problem.message}: {problem.fix}")
            continue
        ending = Path(match["path"]).suffix
        new["logo" if problem.code == "R235" else ending] = match["path"]
        top = "content/" if problem.place.file.startswith(("content/", "mkdocs.yml")) else "modules/listening/"
        old = match["old"] and site.folder / top / match["old"]
        if old and old.exists():
            old.rename(site.folder / top / match["new"])
    picture, recording, captions, logo = site.named
    site.name(new.get(".svg", picture), new.get(".mp4", recording), new.get(".vtt", captions), new.get("logo", logo))
    return strange


def shown(site: Written) -> dict[str, set[str]]:
    """The files that each page shows, and those that are published."""
    gathered = gather(site.configuration, rules=())
    assert gathered.curriculum
    renderer = SiteRenderer(gathered.curriculum, gathered.project.settings, gathered.project.template_folders)
    plan = renderer.plan()
    pages = [plan[url]() for url in ("about/", "listening/hearing/", "listening/")]
    found = {page.url: {html.unescape(src) for src in re.findall(r'\ssrc="([^"]*)"', page.body)} for page in pages}
    return {**found, "files": {SITE + asset.url for asset in renderer.assets(())}}


@pytest.mark.parametrize("ending", [str.upper, str.title])
def test_a_camera_s_capitals_in_an_ending_are_as_good(tmp_path: Path, ending: Callable[[str], str]) -> None:
    site = Written(tmp_path, "IMG_0001", ending)
    assert site.errors() == []
    picture, recording, captions, logo = site.named
    pages = shown(site)
    assert {f"{SITE}listening/{name}" for name in (picture, recording, captions)} <= pages["listening/hearing/"]
    assert pages["listening/hearing/"] | pages["about/"] | {SITE + logo} <= pages["files"]


def test_a_wrong_ending_is_named_with_the_right_one(tmp_path: Path) -> None:
    site = Written(tmp_path, "IMG_0001", str.upper)
    right = set(site.named)
    site.name(*(name.lower() for name in site.named))
    assert {problem.fix.removeprefix("write ") for problem in site.errors()} == right


@pytest.mark.parametrize("stem", NAMES.values(), ids=NAMES)
def test_a_file_is_shown_wherever_it_is_named_or_the_message_says_how(tmp_path: Path, stem: str) -> None:
    site = Written(tmp_path, stem)
    if site.errors():
        places = {(problem.place.file, problem.place.line) for problem in site.errors()}
        assert len(places) >= 8, "an error at each place, or none"
        assert mended(site) == []
    assert [f"{problem.place} {problem.message}: {problem.fix}" for problem in site.errors()] == []
    pages = shown(site)
    picture, recording, captions, logo = (unicodedata.normalize("NFC", name) for name in site.named)
    lesson = pages["listening/hearing/"]
    assert {f"{SITE}listening/{name}" for name in (picture, recording, captions)} <= lesson
    assert f"{SITE}{picture}" in pages["about/"]
    assert f"{SITE}listening/{picture}" in pages["listening/"]
    assert lesson | pages["about/"] | {SITE + logo} <= pages["files"]


def test_all_places_are_found_where_no_name_is_right(tmp_path: Path) -> None:
    """Hook, text, question, figure, recording and captions in the lesson, the module’s card, the page, the settings."""
    site = Written(tmp_path, "ladder")
    site.name("media/x.svg", "media/x.mp4", "media/x.vtt", "x.svg")
    found = [str(problem.place.file) for problem in site.errors()]
    module = {"modules/listening/hearing.yml": 6, "modules/listening/module.yml": 1}
    assert Counter(found) == {**module, "content/about.md": 1, "mkdocs.yml": 1}


#: What an author writes for the file media/ladder.svg of the module, and what the message says.
MISTAKES = {
    "/media/ladder.svg": "write media/ladder.svg",
    "./media/ladder.svg": "write media/ladder.svg",
    "../listening/media/ladder.svg": "write media/ladder.svg",
    "modules/listening/media/ladder.svg": "write media/ladder.svg",
    "media\\ladder.svg": "write media/ladder.svg",
    "media//ladder.svg": "write media/ladder.svg",
    "media/lad%64er.svg": "write media/ladder.svg",
    "Media/Ladder.SVG": "media/ladder.svg",
    "media/lader.svg": "write media/ladder.svg",
    "media/ladder.png": "write media/ladder.svg",
    "media/ladder.heic": "write media/ladder.svg",
    "media/ladder": "write media/ladder.svg",
    "": "write media/ladder.svg",
    "~/ladder.svg": "copy the file into modules/listening/media/ as ladder-2.svg, and write media/ladder-2.svg",
    "C:\\Users\\Sam\\My ladder.svg": "copy the file into modules/listening/media/ as My-ladder.svg, and write media/My-ladder.svg",
    "../empathy/media/chairs.svg": "copy the file into modules/listening/media/ as chairs.svg, and write media/chairs.svg",
    "chairs.svg": "move the file to modules/listening/media/chairs.svg, and write media/chairs.svg",
    "media/talk.mp4": "show a recording by media, or name a picture here",
    "media/house.tiff": "save it as PNG or JPEG, put that file into modules/listening/media/ and write its path",
    "media/nothing-like-it.svg": "put the file there as modules/listening/media/nothing-like-it.svg, or correct the path",
}


@pytest.mark.parametrize(("path", "fix"), MISTAKES.items())
def test_each_mistake_in_a_path_has_a_fix_of_its_own(tmp_path: Path, path: str, fix: str) -> None:
    site = Written(tmp_path, "ladder")
    site.put("modules/listening/chairs.svg", SVG)
    site.name("media/ladder.svg", "media/ladder.mp4", "media/ladder.vtt", "ladder.svg")
    lesson = (site.folder / "modules/listening/hearing.yml").read_text("utf-8")
    figure = "figure: {src: %s"
    site.put("modules/listening/hearing.yml", lesson.replace(figure % '"media/ladder.svg"', figure % json.dumps(path)))
    found = [problem for problem in site.errors() if problem.code != "R218" or problem.fix == fix]
    assert fix in {problem.fix for problem in found}
    if fix.startswith("write") or fix == "media/ladder.svg":
        new = json.dumps(fix.removeprefix("write "))
        site.put("modules/listening/hearing.yml", lesson.replace(figure % '"media/ladder.svg"', figure % new))
    elif fix.startswith(("copy", "move", "put the")):
        new = f"media/{fix.rpartition('media/')[2].partition(',')[0]}"
        site.put(f"modules/listening/{new}", SVG)
        site.put(
            "modules/listening/hearing.yml", lesson.replace(figure % '"media/ladder.svg"', figure % json.dumps(new))
        )
    else:
        return
    assert site.errors() == []


TARGETS = {
    "#say-it-back": "write module:listening/waiting#say-it-back",
    "someone@example.org": "write mailto:someone@example.org",
    "www.example.org/a": "write https://www.example.org/a",
    "example.org": "write https://example.org",
    "media/ladder.svg": "show a picture with a mark of exclamation and its address in place: ![what it shows](media/ladder.svg)",
    "about.md": "write page:about",
    "/about/": "write page:about",
    "hearing.yml": "write module:listening/hearing",
    "../listening/hearing/": "write module:listening/hearing",
    "listening": "write module:listening",
    "": "write where the link leads between the round brackets",
    "module:listning/hearing#h-one": "write module:listening/hearing#h-one",
}


@pytest.mark.parametrize(("target", "fix"), TARGETS.items())
def test_each_link_that_leads_nowhere_has_a_fix_that_leads_somewhere(tmp_path: Path, target: str, fix: str) -> None:
    site = Written(tmp_path, "ladder")
    lesson = BASE["modules/listening/waiting.yml"] or ""
    site.put("modules/listening/waiting.yml", f"{lesson}  - text: See [this]({target}) now.\n")
    assert [problem.fix for problem in site.errors()] == [fix]
    if fix.startswith("write ") and target:
        site.put("modules/listening/waiting.yml", f"{lesson}  - text: See [this]({fix.removeprefix('write ')}) now.\n")
        assert site.errors() == []


#: A file of YAML under a name that is not read, and what it should be called.
MISNAMED = {
    "modules/listening/hearing.yaml": "rename it to hearing.yml",
    "modules/listening/hearing.YML": "rename it to hearing.yml",
    "modules/listening/hearing.yml.txt": "rename it to hearing.yml",
    "modules/listening/hearing.yml.yml": "rename it to hearing.yml",
    "modules/listening/module.yaml": "rename it to module.yml",
    "modules/listening/quiz.Yaml": "rename it to quiz.yml",
    "modules/curriculum.yaml": "rename it to curriculum.yml",
    "modules/glossary.yml.txt": "rename it to glossary.yml",
    "modules/listening/old/hearing.yml": "move it to modules/listening/",
    "modules/hearing.yml": "move it into the folder of a module, or give it one of these names",
}


@pytest.mark.parametrize(("name", "fix"), MISNAMED.items())
def test_a_file_that_is_not_read_for_its_name_is_named_once_with_the_right_one(
    tmp_path: Path, name: str, fix: str
) -> None:
    site = Written(tmp_path, "ladder")
    right = {"old": "modules/listening/hearing.yml"}.get(
        name.split("/")[-2], re.sub(r"(\.ya?ml)+(\.txt)?$", ".yml", name, flags=re.IGNORECASE)
    )
    right = "modules/listening/hearing.yml" if name == "modules/hearing.yml" else right
    (site.folder / right).rename(site.folder / "aside")
    site.put(name, (site.folder / "aside").read_text("utf-8"))
    found = [problem for problem in site.errors() if problem.code in {"M116", "L101", "R202"}]
    assert [(problem.place.file, problem.fix) for problem in found if problem.code == "M116"] == [(name, fix)]
    moved = name in {"modules/hearing.yml", "modules/listening/old/hearing.yml"}
    assert len(found) == (2 if moved else 1), "where it is named, too, unless nothing but its ending is wrong"
    (site.folder / name).rename(site.folder / right)
    assert site.errors() == []


def test_a_copy_beside_the_file_itself_is_not_renamed_over_it(tmp_path: Path) -> None:
    site = Written(tmp_path, "ladder")
    site.put("modules/listening/hearing.yaml", BASE["modules/listening/hearing.yml"] or "")
    [problem] = site.errors()
    assert problem.fix == "put what you need of it into hearing.yml, and delete this file"


def test_a_lesson_with_other_capitals_is_renamed(tmp_path: Path) -> None:
    site = Written(tmp_path, "ladder")
    (site.folder / "modules/listening/hearing.yml").rename(site.folder / "modules/listening/Hearing.yml")
    assert "rename Hearing.yml to hearing.yml" in {problem.fix for problem in site.errors()}


DROPPED = [
    ".DS_Store", "Thumbs.db", "desktop.ini", "._ladder.svg", "ladder.svg~", "hearing.yml~", "hearing.yml.orig", ".hearing.yml.swp",
    "#hearing.yml#", "~$notes.docx", "ladder.svg.bak", "Icon\r", "ladder.svg:Zone.Identifier", "ehthumbs.db",
]  # fmt: skip


def test_what_systems_and_editors_leave_behind_stops_nothing_and_is_published_nowhere(tmp_path: Path) -> None:
    site = Written(tmp_path, "ladder")
    folders = ("modules", "modules/listening", "modules/listening/media", "content", "content/media", "theme/assets")
    for folder in folders:
        for name in DROPPED:
            site.put(f"{folder}/{name}", "x")
    site.put("modules/__MACOSX/listening/._module.yml", "x")
    gathered = gather(site.configuration)
    assert site.errors() == []
    notes = [problem for problem in gathered.problems if problem.code == "L129"]
    assert {problem.place.file.split("/")[0] for problem in notes} == {"modules", "content", "theme"}
    assert len(notes) == 3, "one for each folder of the site"
    assert {name for name in shown(site)["files"] if "ladder" not in name and name.endswith(tuple(DROPPED))} == set()


@pytest.mark.parametrize(
    "ending", ["svg", "png", "jpg", "webp", "avif", "gif", "mp3", "m4a", "ogg", "mp4", "webm", "vtt"]
)
def test_a_file_of_no_bytes_is_an_error_of_its_own(tmp_path: Path, ending: str) -> None:
    site = Written(tmp_path, "ladder")
    site.put(f"{MEDIA}empty.{ending}", "")
    [problem] = site.errors()
    assert (problem.code, problem.message) == ("Y113", f'the file "empty.{ending}" is empty')


def test_two_files_whose_names_differ_in_how_accents_are_kept_are_told_apart_in_words(tmp_path: Path) -> None:
    site = Written(tmp_path, "ladder")
    for form in ("NFC", "NFD"):
        site.put(f"{MEDIA}{unicodedata.normalize(form, 'élan')}.svg", SVG)
    [problem] = site.errors()
    assert problem.code == "M112"
    assert problem.message.endswith("; the names look alike, and differ only in how their accents are kept")


def test_two_files_whose_names_differ_in_capitals_are_both_named(tmp_path: Path) -> None:
    site = Written(tmp_path, "ladder")
    site.put(f"{MEDIA}Ladder.svg", SVG)
    [problem] = site.errors()
    assert "Ladder.svg" in problem.message + str(problem.place)
    assert "ladder.svg" in problem.message + str(problem.place)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("two\u00a0chairs.svg", "U+00A0 (no-break space)"),
        ("at\u202f10.svg", "U+202F (narrow no-break space)"),
        ("two\u200bchairs.svg", "U+200B (zero width space)"),
        ("می\u200cروم.svg", "U+200C (zero width non-joiner)"),
    ],
)
def test_what_nobody_sees_in_a_name_is_named_and_the_name_to_use_is_given(tmp_path: Path, name: str, said: str) -> None:
    site = Written(tmp_path, "ladder")
    site.put(f"{MEDIA}{name}", SVG)
    [problem] = site.errors()
    assert said in problem.message
    new = problem.fix.removeprefix("rename it to ").partition(",")[0]
    (site.folder / MEDIA / name).rename(site.folder / MEDIA / new)
    assert site.errors() == []


@pytest.mark.parametrize("name", ["opening hours.md", "100%.md", "über uns.md", "a+b.svg"])
def test_a_page_or_file_that_nothing_could_link_to_is_noticed(tmp_path: Path, name: str) -> None:
    site = Written(tmp_path, "ladder")
    site.put(f"content/{name}", "# Hours\n\nWe are here.\n" if name.endswith("md") else SVG)
    [problem] = [problem for problem in gather(site.configuration).problems if problem.code == "R234"]
    new = problem.fix.removeprefix("rename it to ").partition(",")[0]
    (site.folder / "content" / name).rename(site.folder / "content" / new)
    assert [problem for problem in gather(site.configuration).problems if problem.code == "R234"] == []


@pytest.mark.parametrize("name", ["about.MD", "about.markdown", "about.md.txt"])
def test_a_page_saved_with_another_ending_is_to_be_renamed(tmp_path: Path, name: str) -> None:
    site = Written(tmp_path, "ladder")
    (site.folder / "content/about.md").rename(site.folder / "content" / name)
    [problem] = site.errors()
    assert "rename it to about.md" in problem.fix
