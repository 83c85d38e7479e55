"""A store of records hears what a learner has finished once they have switched that on, and nothing else, and nobody waits for it."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from alongside.model.settings import Settings
from tests.browser.conftest import served, use
from tests.browser.small import build_small, write_small

UUID = re.compile(r"[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
KEY = "Basic d3JpdGVzOm9wZW5seQ=="
#: How long something has to be sent, in milliseconds, and how long nothing has to happen to be taken for nothing.
SOON, NOTHING = 10_000, 700


@dataclass
class Store:
    """A store of records on this computer, which notes everything that it is asked."""

    address: str = ""
    statements: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    #: What it answers instead, if it refuses.
    refuses: int = 0
    #: Answers wait for this.
    gate: threading.Event = field(default_factory=threading.Event)

    @property
    def told(self) -> list[str]:
        """What was told: the ends of the addresses of what was finished."""
        return [one["object"]["id"].split("/", 3)[3] for one in self.statements]

    def take(self, headers: Any, body: bytes, site: str) -> int:
        if self.refuses:
            return self.refuses
        if headers["Authorization"] != KEY:
            return 401
        for one in json.loads(body):
            try:
                judge(one, headers, site)
            except (AssertionError, KeyError, TypeError) as error:
                self.complaints.append(f"{error!r} in {one}")
            there = [other for other in self.statements if other["id"] == one["id"]]
            if there and there[0] != one:
                return 409
            self.statements += [] if there else [one]
        return 200


def judge(one: dict[str, Any], headers: Any, site: str) -> None:
    """What xAPI 1.0.3 asks of a statement, and that there is nothing in it besides what was promised."""
    assert headers["X-Experience-API-Version"] == "1.0.3" and headers["Content-Type"] == "application/json"
    assert "Cookie" not in headers and "Referer" not in headers
    assert one.keys() == {"id", "timestamp", "actor", "verb", "object", "context", "result"}
    assert UUID.fullmatch(one["id"]) and MOMENT.fullmatch(one["timestamp"])
    actor = one["actor"]
    assert actor.keys() <= {"objectType", "name", "account"} and actor["objectType"] == "Agent"
    assert actor["account"].keys() == {"homePage", "name"} and actor["account"]["homePage"] == site
    assert UUID.fullmatch(actor["account"]["name"]) and actor.get("name", "Zoë") == "Zoë"
    assert one["verb"] == {"id": "http://adlnet.gov/expapi/verbs/completed", "display": {"en": "completed"}}
    activity(one["object"], site)
    assert one["result"] == {"completion": True}
    context = one["context"]
    assert context.keys() <= {"revision", "platform", "language", "contextActivities"}
    assert context["contextActivities"].keys() <= {"parent", "grouping"}
    for others in context["contextActivities"].values():
        for other in others:
            activity(other, site)


def activity(one: dict[str, Any], site: str) -> None:
    assert one.keys() <= {"objectType", "id", "definition"} and one["objectType"] == "Activity"
    assert one["id"].startswith(site)
    definition = one.get("definition", {})
    assert definition.keys() <= {"type", "name"}
    assert definition.get("type", "http://adlnet.gov/expapi/activities/").startswith(
        "http://adlnet.gov/expapi/activities/"
    )
    assert definition.get("name", {}).keys() <= {"en", "en-GB"}


@pytest.fixture
def store() -> Iterator[Store]:
    """The store, which is asked from another origin, as a browser asks it."""
    made = Store()
    made.gate.set()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_OPTIONS(self) -> None:  # http.server's name
            made.asked.append(f"OPTIONS {self.path}")
            self.answer(204)

        def do_POST(self) -> None:  # http.server's name
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.asked.append(f"POST {self.path}")
            made.gate.wait(20)
            self.answer(made.take(self.headers, body, f"{self.headers['Origin']}/"))

        def answer(self, code: int) -> None:
            self.send_response(code)
            self.send_header("Access-Control-Allow-Origin", self.headers["Origin"])
            self.send_header("Access-Control-Allow-Headers", "Authorization, Content-Type, X-Experience-API-Version")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made.address = f"http://127.0.0.1:{server.server_port}/xapi/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield made
    made.gate.set()
    server.shutdown()
    server.server_close()
    assert made.complaints == []


@pytest.fixture
def shared(tmp_path: Path, store: Store) -> Iterator[str]:
    """Where a small site is served that has the store."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    site = f"http://127.0.0.1:{port}/"
    write_small(tmp_path)
    xapi = {"endpoint": store.address, "told": "Ana reads it.", "key": "writes", "secret": "openly"}
    settings = (tmp_path / "mkdocs.yml").read_text("utf-8")
    settings = f"site_url: {site}\n{settings}      organisation: {{name: Riverside}}\n      xapi: {json.dumps(xapi)}\n"
    (tmp_path / "mkdocs.yml").write_text(settings, "utf-8")
    with served(build_small(tmp_path), settings=Settings.model_validate({"xapi": xapi}), port=port) as address:
        assert address == site
        yield address


@dataclass
class Person:
    """Somebody with a browser of their own, and what it complained of but for a store that does not answer."""

    context: BrowserContext
    site: str
    store: Store
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                self.complaints.append(message.text)
                if message.type == "error" and "/xapi/" not in f"{message.location} {message.text}"
                else None
            ),
        )
        page.goto(f"{self.site}{path}")
        use(page)
        return page

    def switch(self, *, on: bool, name: str = "") -> Page:
        page = self.open("sharing/")
        if name:
            page.get_by_label("Your name, if they may know").fill(name)
        page.get_by_label("Tell Riverside what I finish").set_checked(on)
        expect(page.locator("[data-told]")).to_contain_text("From now on")
        return page

    def finish(self, lesson: str) -> Page:
        page = self.open(f"listening/{lesson}/")
        page.get_by_label("I have finished this lesson").check()
        expect(page.locator("p-lesson")).to_contain_text("Noted as finished.")
        return page

    def arrives(self, *told: str) -> None:
        """Waits until exactly this was told."""
        page = self.context.pages[-1]
        for _ in range(SOON // 100):
            if len(self.store.told) >= len(told):
                break
            page.wait_for_timeout(100)
        assert self.store.told == list(told)

    def nothing_more(self) -> None:
        before = len(self.store.asked)
        self.context.pages[-1].wait_for_timeout(NOTHING)
        assert len(self.store.asked) == before

    def kept(self) -> dict[str, str]:
        found: dict[str, str] = self.context.pages[-1].evaluate("() => ({...localStorage})")
        return {name.rpartition(":")[2]: value for name, value in found.items() if ":sharing" in name}


@pytest.fixture
def person(browser: Browser, shared: str, store: Store) -> Iterator[Person]:
    with browser.new_context(service_workers="block", reduced_motion="reduce") as context:
        one = Person(context, shared, store)
        yield one
        assert one.complaints == []


def test_nothing_is_told_and_nothing_loaded_until_it_is_switched_on(person: Person) -> None:
    loaded: list[str] = []
    person.context.on("request", lambda request: loaded.append(request.url))
    page = person.finish("hearing")
    notice = page.locator("p-sharing")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text("Riverside may hear when you finish something here, if you switch it on.")
    person.nothing_more()
    assert person.store.asked == []
    assert not [url for url in loaded if "sharing-sender" in url or not url.startswith(person.site)]
    assert person.kept() == {}
    page.get_by_role("link", name="What would be shared").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What you share")
    expect(page.get_by_label("Tell Riverside what I finish")).not_to_be_checked()
    for words in ("Ana reads it.", "127.0.0.1", "your answers, your scores", "You share nothing."):
        expect(page.locator("main")).to_contain_text(words)


def test_what_is_finished_from_then_on_is_told_once(person: Person) -> None:
    person.finish("hearing")
    person.switch(on=True)
    page = person.open("listening/hearing/")
    question = page.locator("form").filter(has=page.get_by_role("button", name="Check my answer")).first
    question.locator("input").first.check()
    question.get_by_role("button", name="Check my answer").click()
    page.wait_for_timeout(NOTHING)
    page = person.finish("asking")
    expect(page.locator("p-sharing")).to_contain_text("You share what you finish here")
    person.arrives("listening/asking/")
    page.get_by_label("I have finished this lesson").uncheck()
    page.get_by_label("I have finished this lesson").check()
    person.nothing_more()
    [statement] = person.store.statements
    assert "name" not in statement["actor"] and statement["context"]["revision"] == "1.0"
    assert person.store.asked.count("POST /xapi/statements") == 1
    shown = person.open("sharing/")
    expect(shown.locator("main")).to_contain_text("Nothing waits to be sent.")
    expect(shown.locator("main")).to_contain_text(statement["actor"]["account"]["name"])


def test_a_quiz_and_the_module_are_told_too_and_no_answer_is(person: Person) -> None:
    person.switch(on=True, name="Zoë")
    for lesson in ("hearing", "asking", "waiting"):
        person.finish(lesson)
    page = person.open("listening/quiz/")
    for form in page.locator(".quiz form").all():
        form.evaluate(FILL)
        form.get_by_role("button", name=re.compile("^(Check|Compare)")).first.click()
    expect(page.locator("p-quiz[data-finished]")).to_be_visible()
    lessons = [f"listening/{lesson}/" for lesson in ("hearing", "asking", "waiting")]
    person.arrives(*lessons, "listening/quiz/", "listening/")
    kinds = [one["object"]["definition"]["type"].rpartition("/")[2] for one in person.store.statements]
    assert kinds == ["lesson", "lesson", "lesson", "assessment", "module"]
    assert {one["actor"]["name"] for one in person.store.statements} == {"Zoë"}
    assert len({one["actor"]["account"]["name"] for one in person.store.statements}) == 1
    assert "a word" not in json.dumps(person.store.statements)


FILL = """(form) => {
  for (const field of form.querySelectorAll("input, select, textarea")) {
    if (field.type === "radio" || field.type === "checkbox") field.click();
    else if (field.localName === "select") field.selectedIndex = 1;
    else field.value = "a word";
  }
}"""


def test_without_a_connection_it_waits_and_goes_when_there_is_one(person: Person) -> None:
    person.switch(on=True)
    page = person.open("listening/hearing/")
    page.get_by_label("I have finished this lesson").wait_for()
    page.wait_for_load_state("networkidle")
    person.context.set_offline(True)
    page.get_by_label("I have finished this lesson").check()
    expect(page.locator("p-lesson")).to_contain_text("Noted as finished.")
    page.wait_for_timeout(NOTHING)
    assert person.store.told == []
    person.context.set_offline(False)
    person.arrives("listening/hearing/")


def test_what_waits_outlives_the_page(person: Person) -> None:
    person.store.refuses = 503
    person.switch(on=True)
    person.finish("hearing").close()
    person.store.refuses = 0
    person.open("listening/asking/")
    person.arrives("listening/hearing/")


@pytest.mark.parametrize(
    ("code", "said", "left"),
    [(503, "Just now it cannot be sent.", 1), (401, "does not take anything from this site", 1), (400, "did not take something", 0)],
)  # fmt: skip
def test_a_failure_is_seen_in_its_own_place_alone(person: Person, code: int, said: str, left: int) -> None:
    person.store.refuses = code
    person.switch(on=True)
    page = person.finish("hearing")
    notice = page.locator("p-sharing").inner_text()
    page.wait_for_timeout(NOTHING)
    assert page.locator("p-sharing").inner_text() == notice
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator("body")).not_to_contain_text(said)
    assert set(page.locator("[aria-live], [role=status]").all_inner_texts()) <= {"", "Noted as finished."}
    shown = person.open("sharing/")
    expect(shown.locator("main")).to_contain_text(said)
    expect(shown.locator("#waiting + ul li")).to_have_count(left)
    assert person.store.told == []


def test_switching_off_stops_at_once_and_forgets(person: Person) -> None:
    person.store.gate.clear()
    person.switch(on=True)
    lesson = person.finish("hearing")
    for _ in range(SOON // 100):
        if "POST /xapi/statements" in person.store.asked:
            break
        lesson.wait_for_timeout(100)
    with lesson.expect_event("requestfailed", timeout=SOON / 2):
        person.switch(on=False)
    assert person.kept() == {}
    # What the store was told before is what it goes on with.
    person.store.gate.set()
    lesson.wait_for_timeout(NOTHING)
    person.store.statements.clear()
    expect(lesson.locator("p-sharing")).to_contain_text("if you switch it on")
    person.finish("asking")
    person.nothing_more()
    assert person.store.told == [] and person.kept() == {}


def test_whoever_switches_it_on_again_is_somebody_else(person: Person) -> None:
    person.switch(on=True)
    person.finish("hearing")
    person.arrives("listening/hearing/")
    person.switch(on=False)
    person.switch(on=True)
    person.finish("asking")
    person.arrives("listening/hearing/", "listening/asking/")
    first, second = (one["actor"]["account"]["name"] for one in person.store.statements)
    assert first != second


def test_deleting_everything_switches_it_off(person: Person) -> None:
    person.store.refuses = 503
    person.switch(on=True)
    person.finish("hearing")
    page = person.open("progress/")
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_role("button", name=re.compile("^Yes")).click()
    expect(page.locator(".device")).to_contain_text("eleted")
    assert person.kept() == {}


@pytest.mark.parametrize("broken", ["{", "[]", '{"id": "x"}', '{"id": 7, "name": "", "since": ""}', '"\\ud800"'])
def test_a_switch_that_cannot_be_read_is_off(person: Person, broken: str) -> None:
    page = person.open("sharing/")
    page.evaluate("(text) => localStorage.setItem('alongside:/:sharing', text)", broken)
    person.finish("hearing")
    person.nothing_more()
    assert person.store.asked == []


def test_a_copy_at_another_address_tells_nothing(person: Person, tmp_path: Path) -> None:
    # Its headers would let it.
    settings = Settings.model_validate({"xapi": {"endpoint": person.store.address, "told": "Ana."}})
    with served(tmp_path / "site", settings=settings) as elsewhere:
        copy = Person(person.context, elsewhere, person.store)
        copy.switch(on=True)
        copy.finish("hearing")
        copy.nothing_more()
        assert person.store.asked == []


def test_the_page_is_whole_without_script_and_for_everybody(
    shared: str, open_page: Callable[..., Page], violations: Callable[[Page], list[str]]
) -> None:
    plain = open_page(f"{shared}sharing/", script=False)
    expect(plain.locator("main")).to_contain_text("Without JavaScript nothing is told to anybody.")
    expect(plain.get_by_label("Tell Riverside")).to_be_hidden()
    for path in ("sharing/", "listening/hearing/"):
        page = open_page(f"{shared}{path}")
        page.locator("p-sharing-switch p, p-lesson input").first.wait_for()
        assert violations(page) == []
