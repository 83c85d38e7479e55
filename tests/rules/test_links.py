"""Files and links: what is safe, what exists, where links may lead."""

from __future__ import annotations

import pytest

from alongside.files.paths import unsafe_part
from alongside.rules import RULES_BY_CODE
from alongside.rules.engine import check_curriculum

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "path",
    [
        "../x.svg", "media/../../x.svg", "/etc/x.svg", "~/x.svg", "C:/x.svg", "C:\\x.svg", "\\\\server\\x.svg", "//server/x.svg",
        "media/%2e%2e/x.svg", "file:x.svg", "data:image/png;base64,AA", "", "media//x.svg", ".hidden.svg", "media/x.svg?y", "media/x y.svg",
    ],
)  # fmt: skip
def test_a_path_stays_inside_the_folder(path: str) -> None:
    assert unsafe_part(path)


@pytest.mark.parametrize("path", ["ladder.svg", "media/ladder.svg", "media/a/b/ladder-2.min.svg", "media/échelle.png"])
def test_an_ordinary_path_is_fine(path: str) -> None:
    assert unsafe_part(path) == ""


def test_a_symbolic_link_may_not_lead_out(a_curriculum, tmp_path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text("<svg/>")
    lesson = "title: A ladder\nsummary: Steps.\nsteps:\n  - figure: {src: media/out.svg, alt: Five steps.}\n"
    world = a_curriculum({"modules/listening/hearing.yml": lesson})
    link = world.module.folder / "media" / "out.svg"
    link.symlink_to(secret)
    problems = [p.message for p in check_curriculum(world.curriculum, [RULES_BY_CODE["R214"]])]
    link.unlink()
    assert problems == ['the path "media/out.svg" leads through a symbolic link']


def test_a_picture_in_a_registry_stands_in_the_content_of_the_site(found) -> None:
    example = "modules/people.yml: |\n  a-writer: {name: A. Writer, about: '![Face](media/face.png)'}\n  a-reader: {name: A. Reader}\n"
    [problem] = found("R219", example)
    assert problem.place.file == "modules/people.yml"
    assert problem.fix == "put the file there as content/media/face.png, or correct the path"
    assert found("R215", example) == []


def test_the_nearest_file_is_suggested(found) -> None:
    [problem] = found("R219", "![Five steps](media/lader.svg)")
    assert problem.message == 'there is no file "media/lader.svg", did you mean "media/ladder.svg"?'


def test_a_folder_is_no_file(found) -> None:
    assert len(found("R219", "![Five steps](media)")) == 1


def test_other_capitals_are_another_file(found) -> None:
    [problem] = found("R232", "![Five steps](Media/ladder.SVG)")
    assert problem.fix == "media/ladder.svg"
    assert found("R219", "![Five steps](Media/ladder.SVG)") == []


@pytest.mark.parametrize(
    "target", ["module:listening", "module:listening/hearing", "https://example.org/a?b=c", "http://example.org", "mailto:a@example.org", "page:about"]
)  # fmt: skip
def test_links_may_lead_here(found, target: str) -> None:
    assert found("R223", f"See [the guide]({target}).") == []
    assert found("R233", f"See [the guide]({target}).") == []


@pytest.mark.parametrize(
    "target",
    [
        "../asking.yml",
        "asking",
        "javascript:alert(1)",
        "JavaScript:x",
        "data:text/html,x",
        "#top",
        "/about",
        "ftp://a.org",
        "",
    ],
)
def test_links_may_not_lead_there(found, target: str) -> None:
    assert len(found("R223", f"See [the guide]({target}).")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "See [a [nested] one](asking.md).",
        "See [the guide](<asking.md>).",
        'See [the guide]( asking.md "A title").',
        "See [the guide][1].\n\n[1]: asking.md",
    ],
)
def test_every_way_of_writing_a_link_is_seen(found, text: str) -> None:
    assert len(found("R223", text)) == 1


def test_a_telephone_link_is_left_to_the_rule_for_numbers(found) -> None:
    assert found("R223", "Call [us](tel:123).") == []
    assert len(found("Y101", "Call [us](tel:123).")) == 1


def test_an_unknown_lesson_gets_a_suggestion(found) -> None:
    [problem] = found("R233", "See [it](module:listening/hearin).")
    assert problem.message == 'the module "listening" has no lesson "hearin", did you mean "hearing"?'


def test_recordings_and_their_captions_are_files_too(found) -> None:
    lesson = "title: A talk\nsummary: Talk.\nsteps:\n  - media: {src: media/a.mov, captions: media/a.srt, title: A talk, transcript: Hello.}\n"
    assert [p.message for p in found("R216", lesson)] == [
        '"media/a.mov" is no kind of file for a recording',
        '"media/a.srt" is no kind of file for captions',
    ]
    assert len(found("R218", lesson)) == 2


def test_a_file_on_another_server_is_left_to_the_rule_of_privacy(found) -> None:
    text = "![Five steps](https://example.org/ladder.exe)"
    assert [found(code, text) for code in ("R215", "R217", "R219", "R232")] == [[], [], [], []]
    assert len(found("Y108", text)) == 1
