"""Settings change by forms of the preview, for this machine alone, after they were shown, and never by anybody else."""

from __future__ import annotations

import html
import http.client
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import pytest

from alongside.build import _judged, _refresh, build_site
from alongside.engines.editing.editor import LARGEST, Editor, Request, _loopback
from alongside.engines.editing.subjects import Site
from alongside.engines.preview import Preview, _Handler, _server
from alongside.words.language import ENGLISH
from tests.conftest import BASE

pytestmark = pytest.mark.slow

CONFIGURATION = """\
site_name: Riverside
theme: {name: material}
plugins:
  - alongside:
      layers: [.]
      organisation:  # who we are
        colours: {primary: "#0b5d5e"}
        support:
          # asked on Mondays
          out_of_hours: Wait until nine.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site-of-ours"
    for name, text in {**BASE, "mkdocs.yml": CONFIGURATION, "content/index.md": "# Home\n\nWelcome.\n"}.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, "utf-8")
    return site


@dataclass
class Visitor:
    """A browser, as far as it matters here: it keeps one cookie and sends what it is told."""

    port: int
    cookie: str = ""
    form: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        own = {"Host": f"127.0.0.1:{self.port}", "Cookie": self.cookie}
        if method == "POST":
            own |= {"Origin": f"http://127.0.0.1:{self.port}", "Content-Type": "application/x-www-form-urlencoded"}
        sent = {
            name: value
            for name, value in {**own, **{k.replace("_", "-"): v for k, v in headers.items()}}.items()
            if value
        }
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        text = answer.read().decode()
        self.headers = {name.lower(): value for name, value in answer.getheaders()}
        self.cookie = self.headers.get("set-cookie", self.cookie).split(";")[0]
        connection.close()
        if answer.status in {200, 409, 422}:
            self.form = {
                name: html.unescape(value)
                for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="(.*?)">', text)
            }
        return answer.status, text

    def open(self, subject: str) -> str:
        status, text = self.ask("GET", f"/_edit/{subject}")
        assert status == 200
        return text

    def send(self, subject: str, step: str, typed: dict[str, object], **headers: str) -> tuple[int, str]:
        said = {"token": self.form.get("token", ""), "made_from": self.form.get("made_from", ""), "step": step, **typed}
        return self.ask("POST", f"/_edit/{subject}", urlencode(said, doseq=True), **headers)


@pytest.fixture
def preview(folder: Path) -> Preview:
    configuration = folder / "mkdocs.yml"
    made = Preview(partial(_refresh, configuration, {}), lambda _: None, configuration, partial(_judged, configuration))
    made.update()
    made.wait()
    return made


@pytest.fixture
def visitor(preview: Preview) -> Iterator[Visitor]:
    server = _server("127.0.0.1")(("127.0.0.1", 0), partial(_Handler, preview))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Visitor(server.server_port)
    server.shutdown()
    server.server_close()


def settings(folder: Path) -> str:
    return (folder / "mkdocs.yml").read_text("utf-8")


# ------------------------------------------------------------------- changing


def test_a_change_is_shown_first_then_saved_then_taken_back(visitor: Visitor, folder: Path) -> None:
    assert "Wait until nine." in visitor.open("facts")
    typed = {"out_of_hours": "Call the night line.", "emergency.label": "Danger", "emergency.how": "Call for help"}
    status, text = visitor.send("facts", "look", typed)
    assert status == 200
    assert "<del>          out_of_hours: Wait until nine.</del>" in text
    assert "<ins>          out_of_hours: Call the night line.</ins>" in text
    assert settings(folder) == CONFIGURATION
    assert visitor.send("facts", "save", typed)[0] == 303
    assert visitor.headers["location"] == "/_edit/#told"
    assert settings(folder) == CONFIGURATION.replace("Wait until nine.", "Call the night line.") + (
        "          emergency:\n            label: Danger\n            how: Call for help\n"
    )
    assert "Saved: Local help" in visitor.ask("GET", "/_edit/")[1]
    assert visitor.send("undo", "", {})[0] == 303
    assert settings(folder) == CONFIGURATION


def test_contacts_come_change_and_go(visitor: Visitor, folder: Path) -> None:
    kept = {"out_of_hours": "Wait until nine."}
    first = {"contacts.0.name": "The desk", "contacts.0.how": "Ask", "contacts.0.hours": "Mondays"}
    visitor.open("facts")
    visitor.send("facts", "save", {**kept, **first})
    second = {"contacts.1.name": "The doctor", "contacts.1.how": "By phone"}
    visitor.open("facts")
    visitor.send("facts", "save", {**kept, **first, **second})
    assert settings(folder).endswith(
        "          contacts:\n            - name: The desk\n              how: Ask\n              hours: Mondays\n"
        "            - name: The doctor\n              how: By phone\n"
    )
    visitor.open("facts")
    visitor.send("facts", "save", {**kept, "contacts.1.name": "The doctor", "contacts.1.how": "At nine"})
    assert settings(folder).endswith(
        "          contacts:\n            - name: The doctor\n              how: At nine\n"
    )
    visitor.open("facts")
    visitor.send("facts", "save", kept)
    assert settings(folder) == CONFIGURATION


def test_what_cannot_be_saved_stays_in_the_form_with_the_reason(visitor: Visitor, folder: Path) -> None:
    visitor.open("brand")
    status, text = visitor.send("brand", "save", {"colours.primary": "teal", "name": "Ours & theirs"})
    assert status == 422
    assert 'value="teal"' in text
    assert 'value="Ours &amp; theirs"' in text
    assert 'href="#field-colours-primary"' in text
    assert "Error:" in text.split("</title>")[0]
    assert settings(folder) == CONFIGURATION


def test_a_field_that_others_need_is_asked_for(visitor: Visitor, folder: Path) -> None:
    visitor.open("facts")
    status, text = visitor.send("facts", "save", {"coordinator.name": "Sam"})
    assert status == 422
    assert "Fill this in too" in text
    assert settings(folder) == CONFIGURATION


def test_a_local_fact_says_which_modules_need_it(visitor: Visitor, folder: Path, preview: Preview) -> None:
    module = folder / "modules/listening/module.yml"
    needs = "requires_local: [organisation.safeguarding.how, organisation.complaints, organisation.name]\n"
    module.write_text(module.read_text("utf-8") + needs, "utf-8")
    preview.update()
    preview.wait()
    facts, brand = visitor.open("facts"), visitor.open("brand")
    after = [text.split("Used in: Listening first.")[1:] for text in (facts, brand)]
    names = [[re.findall(r'name="([\w.]+)"', piece)[0] for piece in pieces] for pieces in after]
    assert names == [["safeguarding_lead.how", "complaints"], ["name"]]


def test_a_sign_that_nobody_sees_is_refused_and_kept(visitor: Visitor, folder: Path) -> None:
    visitor.open("facts")
    status, text = visitor.send("facts", "save", {"out_of_hours": "Wait.\u202eNow", "complaints": "To the board"})
    assert status == 422
    assert "To the board" in text
    assert settings(folder) == CONFIGURATION


def test_a_colour_is_told_with_the_shade_that_is_shown(visitor: Visitor) -> None:
    visitor.open("brand")
    text = visitor.send("brand", "look", {"colours.primary": "#ffe08a"})[1]
    assert "another shade, so that it can be read" in text


@pytest.mark.parametrize("step", ["look", "save"])
def test_a_file_that_changed_meanwhile_is_never_written_over(visitor: Visitor, folder: Path, step: str) -> None:
    visitor.open("facts")
    theirs = CONFIGURATION.replace("Wait until nine.", "Wait until ten.")
    (folder / "mkdocs.yml").write_text(theirs, "utf-8")
    status, text = visitor.send("facts", step, {"out_of_hours": "Wait until eight."})
    assert status == 409
    assert "Wait until ten." in text
    assert "Wait until eight." in text
    assert settings(folder) == theirs
    assert visitor.send("facts", "save", {"out_of_hours": "Wait until eight."})[0] == 303
    assert "Wait until eight." in settings(folder)


def test_a_save_is_not_taken_back_over_a_later_change(visitor: Visitor, folder: Path) -> None:
    visitor.open("facts")
    visitor.send("facts", "save", {"out_of_hours": "Wait."})
    theirs = settings(folder) + "# theirs\n"
    (folder / "mkdocs.yml").write_text(theirs, "utf-8")
    visitor.open("")
    assert visitor.send("undo", "", {})[0] == 409
    assert settings(folder) == theirs


def test_modules_move_and_go_by_buttons(visitor: Visitor, folder: Path) -> None:
    text = (folder / "modules/listening/module.yml").read_text("utf-8")
    for name in ("later", "last"):
        (folder / "modules" / name).mkdir()
        (folder / f"modules/{name}/module.yml").write_text(text, "utf-8")
    curriculum = folder / "modules/curriculum.yml"
    before = curriculum.read_text("utf-8").replace(
        "order: [listening]", "order:\n  - listening  # first\n  - later\n  - last"
    )
    curriculum.write_text(before, "utf-8")
    visitor.open("order")
    listed = ["listening", "later", "last"]
    status, page = visitor.send("order", "", {"do": "down listening", "order": listed})
    assert status == 200
    listed = visitor.form["order"].split()
    assert listed == ["later", "listening", "last"]
    assert re.search(r'value="down listening" autofocus', page)
    page = visitor.send("order", "", {"do": "out last", "order": listed})[1]
    listed = visitor.form["order"].split()
    assert curriculum.read_text("utf-8") == before
    assert visitor.send("order", "save", {"order": listed})[0] == 303
    assert "order:\n  - later\n  - listening  # first\npaths" in curriculum.read_text("utf-8")


def test_what_was_wrong_before_is_not_told_of_a_change(visitor: Visitor, folder: Path, preview: Preview) -> None:
    module = folder / "modules/listening/module.yml"
    module.write_text(module.read_text("utf-8") + "requires_local: [organisation.complaints]\n", "utf-8")
    preview.update()
    preview.wait()
    assert any(problem.code == "Y122" for problem in preview.state.problems)
    visitor.open("facts")
    page = visitor.send("facts", "look", {"out_of_hours": "Wait."})[1]
    assert "Nothing new is wrong with the site." in page


def test_what_an_order_breaks_is_told_before_it_is_saved(visitor: Visitor, folder: Path) -> None:
    curriculum = folder / "modules/curriculum.yml"
    curriculum.write_text(
        curriculum.read_text("utf-8").replace("order: [listening]", "order: [nothing, listening]"), "utf-8"
    )
    visitor.open("order")
    page = visitor.send("order", "look", {"order": ["nothing"]})[1]
    assert "What comes of it" in page
    assert re.search(r"<strong>(Error|Warning) \w\d+</strong>", page)


def test_drafts_of_the_site_are_switched_on_and_off(visitor: Visitor, folder: Path) -> None:
    lesson, module = folder / "modules/listening/asking.yml", folder / "modules/listening/module.yml"
    before = lesson.read_text("utf-8"), module.read_text("utf-8")
    page = visitor.open("drafts")
    assert "modules/listening/quiz.yml" not in page
    visitor.send("drafts", "save", {"draft": ["modules/listening/asking.yml", "modules/listening/module.yml"]})
    assert [text.count("draft: true\n") for text in (lesson.read_text("utf-8"), module.read_text("utf-8"))] == [1, 1]
    visitor.open("drafts")
    visitor.send("drafts", "save", {})
    assert (lesson.read_text("utf-8"), module.read_text("utf-8")) == before


PAGES = {
    "content/plain.md": b"# Plain\n\nWords.\n",
    "content/marked.md": b"\xef\xbb\xbf# Marked\r\n\r\nWords.\r\n",
    "content/ours/rules.md": b"---\ndraft: true\n---\n\n# Rules\n\nWords.\n",
}


def test_pages_are_drafts_or_not_and_nothing_else_of_them_changes(visitor: Visitor, folder: Path) -> None:
    for name, content in {**PAGES, "content/odd.md": b"---\nauthor: me\n---\n# Odd\n"}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    page = visitor.open("drafts")
    assert "content/index.md" not in page and "content/odd.md" not in page
    assert re.search(r'value="content/ours/rules.md" checked', page)
    visitor.send("drafts", "save", {"draft": ["content/plain.md", "content/marked.md"]})
    assert (folder / "content/plain.md").read_bytes() == b"---\ndraft: true\n---\n\n# Plain\n\nWords.\n"
    marked = b"\xef\xbb\xbf---\r\ndraft: true\r\n---\r\n\r\n# Marked\r\n\r\nWords.\r\n"
    assert (folder / "content/marked.md").read_bytes() == marked
    assert (folder / "content/ours/rules.md").read_bytes() == b"# Rules\n\nWords.\n"
    visitor.open("drafts")
    visitor.send("drafts", "save", {"draft": ["content/ours/rules.md", "content/../mkdocs.yml"]})
    assert {name: (folder / name).read_bytes() for name in PAGES} == PAGES


def test_modules_and_pages_are_left_out_and_come_back(visitor: Visitor, folder: Path, preview: Preview) -> None:
    (folder / "content/rules.md").write_text("# Our rules\n\nBe kind.\n", "utf-8")
    preview.update()
    preview.wait()
    before, page = settings(folder), visitor.open("left-out")
    assert "Leave out: Our rules" in page and 'value="index"' not in page
    typed = {"leave_out": ["listening", "not-there"], "leave_out_pages": ["rules"]}
    status, page = visitor.send("left-out", "look", typed)
    assert status == 200 and "leave_out_pages:" in page
    visitor.send("left-out", "save", typed)
    assert "leave_out:\n        - listening\n" in settings(folder)
    assert "leave_out_pages:\n        - rules\n" in settings(folder)
    assert "not-there" not in settings(folder)
    assert re.search(r'value="listening" checked', visitor.open("left-out"))
    visitor.send("left-out", "save", {})
    assert settings(folder) == before


def test_what_a_theme_measures_what_was_read_menu_and_switches_are_changed(visitor: Visitor, folder: Path) -> None:
    for subject, typed, said in (
        ("style", {"style.light.measure": "44rem"}, 'style:\n          light:\n            measure: "44rem"\n'),
        ("links", {"menu.0.title": "Rules", "menu.0.url": "https://r.example/"}, "menu:\n        - title: Rules\n"),
        ("reviewed", {"reviewed.listening.by": "Our lead", "reviewed.listening.on": "2026-11-20"}, "reviewed:\n        listening:\n"),
        ("switches", {"recording": "true", "offline": "false"}, "recording: true\n"),
    ):  # fmt: skip
        visitor.open(subject)
        status, page = visitor.send(subject, "look", typed)
        assert status == 200, page
        visitor.send(subject, "save", typed)
        assert said in settings(folder)
        visitor.open(subject)
        visitor.send(subject, "save", {})
        assert said.split("\n")[0] not in settings(folder)
    visitor.open("switches")
    visitor.send("switches", "save", {"offline": "false"})
    visitor.open("switches")
    visitor.send("switches", "save", {"offline": "true"})
    assert "offline: true\n" in settings(folder)


def test_a_colour_of_the_theme_that_cannot_be_read_is_told_before_it_is_saved(visitor: Visitor) -> None:
    visitor.open("style")
    status, page = visitor.send("style", "look", {"style.light.ink": "#dddddd"})
    assert status == 200 and "A160" in page
    status, page = visitor.send("style", "look", {"style.light.ink": "red;} body {display: none"})
    assert status == 422


def test_the_first_page_says_what_only_the_file_says(visitor: Visitor) -> None:
    page = visitor.open("")
    assert "<code>cohorts</code>" in page and "says the line that belongs into the file" in page


def test_a_site_without_an_order_of_its_own_has_none_to_change(visitor: Visitor, folder: Path) -> None:
    (folder / "modules/curriculum.yml").unlink()
    assert "nothing to change" in visitor.open("order")


# ------------------------------------------------------------------- refusals

TYPED = {"out_of_hours": "Not theirs to say."}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "attacker.example"}, 421),
        ({"Host": "attacker.example:{port}"}, 421),
        ({"Host": "127.0.0.1:1"}, 421),
        ({"Host": "127.0.0.1"}, 421),
        ({"Origin": "http://attacker.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "https://127.0.0.1:{port}"}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Cookie": ""}, 403),
        ({"Cookie": "alongside-edit-{port}=guess"}, 403),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": "multipart/form-data; boundary=x"}, 415),
    ],
)
def test_a_form_from_elsewhere_changes_nothing(
    visitor: Visitor, folder: Path, headers: dict[str, str], status: int
) -> None:
    visitor.open("facts")
    sent = {name: value.format(port=visitor.port) for name, value in headers.items()}
    assert visitor.send("facts", "save", TYPED, **sent)[0] == status
    assert settings(folder) == CONFIGURATION


@pytest.mark.parametrize("token", ["", "guess", "ü"])
def test_a_form_without_the_token_changes_nothing(visitor: Visitor, folder: Path, token: str) -> None:
    visitor.open("facts")
    assert visitor.send("facts", "save", {**TYPED, "token": token})[0] == 403
    assert settings(folder) == CONFIGURATION


def test_a_form_that_nobody_changes_is_taken(visitor: Visitor, folder: Path) -> None:
    """Without this, the refusals above could all be for another reason."""
    visitor.open("facts")
    assert visitor.send("facts", "save", TYPED)[0] == 303
    assert "Not theirs to say." in settings(folder)


def test_asking_changes_nothing(visitor: Visitor, folder: Path) -> None:
    visitor.open("facts")
    asked = urlencode({**visitor.form, "step": "save", **TYPED})
    assert visitor.ask("GET", f"/_edit/facts?{asked}")[0] == 200
    assert visitor.ask("GET", f"/_edit/undo?{asked}")[0] == 404
    assert settings(folder) == CONFIGURATION


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH"])
def test_other_methods_are_not_known(visitor: Visitor, method: str) -> None:
    assert visitor.ask(method, "/_edit/facts")[0] == 501


def test_nothing_can_be_sent_to_other_pages(visitor: Visitor) -> None:
    assert visitor.ask("POST", "/listening/", "a=1")[0] == 405


def test_a_form_that_is_too_large_is_not_read(visitor: Visitor, folder: Path) -> None:
    visitor.open("facts")
    assert visitor.ask("POST", "/_edit/facts", None, Content_Length=str(LARGEST + 1))[0] == 413
    assert visitor.ask("POST", "/_edit/facts", None, Content_Length="9" * 5000)[0] == 413
    assert visitor.ask("POST", "/_edit/facts", None, Content_Length="-1")[0] == 411
    many = "&".join(f"a{number}=" for number in range(5000))
    assert visitor.ask("POST", "/_edit/facts", many)[0] == 413
    assert settings(folder) == CONFIGURATION


@pytest.mark.parametrize(
    "path",
    [
        "/_edit/../mkdocs.yml",
        "/_edit/..%2fmkdocs.yml",
        "/_edit/templates/page.html",
        "/_edit/editor.py",
        "/_edit//facts",
    ],
)
def test_no_other_file_is_given(visitor: Visitor, path: str) -> None:
    assert visitor.ask("GET", path)[0] == 404


def test_no_name_of_a_file_is_taken_from_a_form(visitor: Visitor, folder: Path) -> None:
    outside = folder.parent / "module.yml"
    outside.write_text("title: Outside\n", "utf-8")
    visitor.open("drafts")
    wanted = ["../module.yml", str(outside), "modules/../../module.yml"]
    assert "Nothing has changed" in visitor.send("drafts", "save", {"draft": wanted})[1]
    assert outside.read_text("utf-8") == "title: Outside\n"


def test_a_link_is_neither_read_nor_written_through(visitor: Visitor, folder: Path) -> None:
    outside = folder.parent / "secret.yml"
    outside.write_text("title: Secret\norder: [listening]\n", "utf-8")
    for name in ("modules/curriculum.yml", "modules/listening/asking.yml"):
        (folder / name).unlink()
        (folder / name).symlink_to(outside)
    assert "nothing to change" in visitor.open("order")
    assert "Secret" not in visitor.open("drafts")
    visitor.open("drafts")
    visitor.send("drafts", "save", {"draft": ["modules/listening/asking.yml"]})
    assert outside.read_text("utf-8") == "title: Secret\norder: [listening]\n"


def test_a_folder_that_is_a_link_is_not_written_into(visitor: Visitor, folder: Path) -> None:
    (folder / "modules").rename(folder.parent / "elsewhere")
    (folder / "modules").symlink_to(folder.parent / "elsewhere")
    assert "nothing to change" in visitor.open("order")


def test_the_pages_run_nothing_and_stand_in_no_frame(visitor: Visitor) -> None:
    for path in ("", "facts", "brand", "order", "drafts"):
        text = visitor.open(path)
        policy = visitor.headers["content-security-policy"]
        assert "script-src" not in policy and "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy and "form-action 'self'" in policy
        assert "access-control-allow-origin" not in visitor.headers
        assert "SameSite=Strict; HttpOnly" in visitor.headers["set-cookie"]
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", text)


def test_after_such_a_page_others_have_their_own_policy(visitor: Visitor) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", visitor.port)
    connection.request("GET", "/_edit/")
    connection.getresponse().read()
    connection.request("GET", "/listening/")
    policy = connection.getresponse().getheader("Content-Security-Policy") or ""
    connection.close()
    assert "form-action 'none'" in policy


@pytest.mark.parametrize(
    ("address", "own"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("::ffff:127.0.0.1", True)]
    + [(other, False) for other in ("192.168.1.7", "10.0.0.1", "::ffff:10.0.0.1", "fe80::1%eth0", "", "localhost")],
)
def test_this_machine_is_known_by_its_number(address: str, own: bool) -> None:
    assert _loopback(address) is own


@pytest.mark.parametrize(
    ("peer", "local"), [("192.168.1.7", "192.168.1.2"), ("127.0.0.1", "192.168.1.2"), ("10.0.0.9", "127.0.0.1")]
)
def test_other_machines_get_nothing_wherever_the_preview_is_bound(folder: Path, peer: str, local: str) -> None:
    editor = Editor(lambda: Site(folder, "mkdocs.yml", None, ENGLISH), lambda _: (), tuple)
    asked = Request("GET", "/_edit/facts", {"host": "127.0.0.1:8000"}, peer, local, 8000, lambda _: b"")
    answer = editor.answer(asked)
    assert answer.status == 404
    assert b"Wait until nine." not in answer.content
    assert "Set-Cookie" not in answer.headers


def test_a_built_site_has_no_trace_of_these_pages(folder: Path) -> None:
    place, _, _ = build_site(folder / "mkdocs.yml")
    names = [path.relative_to(place).as_posix() for path in place.rglob("*")]
    assert not [name for name in names if "edit" in name.lower()]
    assert [path for path in place.rglob("*") if path.is_file() and b"_edit" in path.read_bytes()] == []
