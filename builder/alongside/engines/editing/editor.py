"""Answers requests for the pages on which settings are changed, for this machine alone.

A page elsewhere could send a form here, and a name elsewhere could lead here: so nothing is answered but what comes from
this machine under a name of this machine, and nothing is changed without a cookie that other sites do not send
(`SameSite`), a token that they cannot read, and an `Origin` that is ours. Nothing is written that was not shown before,
and never over a file that has changed since.
"""

from __future__ import annotations

import difflib
import hmac
import ipaddress
import re
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from alongside.engines.editing.subjects import ONLY_IN_FILE, SUBJECTS, Shown, Site, Subject, Typed, fingerprint
from alongside.files import door
from alongside.files.edits import put
from alongside.files.problems import ContentError, Problem
from alongside.files.revision import NotRevisedError
from alongside.render.environment import environment
from alongside.render.policy import HEADER_ONLY, written
from alongside.words.language import N_, Words

#: Where the pages stand. No page of a site has such an address.
TOP = "/_edit/"
#: No form is larger, in bytes and in fields.
LARGEST, MOST_FIELDS = 256 * 1024, 4_000
FORM = "application/x-www-form-urlencoded"
OWN_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
HERE = Path(__file__).parent
STYLE = HERE / "edit.css"
#: Styles of the site and of these pages, and forms that are sent here: nothing else.
POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    **HEADER_ONLY,
}
HEADERS = {
    "Content-Security-Policy": written(POLICY),
    # Without an Origin nobody could tell our own form from another: "no-referrer" would take that away.
    "Referrer-Policy": "same-origin",
}
UNUSUAL = N_(
    "%(place)s is written in a way that a form cannot change, or what was typed cannot stand there. Use the file."
)
NOT_SAVED = N_("Nothing was saved: %(why)s.")
DIGITS = re.compile(r"\d+")
#: What of a form is not what was typed.
OURS = frozenset({"token", "made_from", "step"})


@dataclass(frozen=True)
class Request:
    """What a browser asks for: the headers by their names in small letters, who asks and where it arrived."""

    method: str
    path: str
    headers: Mapping[str, str]
    peer: str
    local: str
    port: int
    #: Reads so many bytes of the body.
    read: Callable[[int], bytes]

    def header(self, name: str) -> str:
        """A header, empty where there is none."""
        return self.headers.get(name, "")


@dataclass(frozen=True)
class Answer:
    """What a browser gets."""

    status: int
    content: bytes = b""
    kind: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


class RefusedError(Exception):
    """A request that is not answered. Carries the status and why: a message of the catalogue, with values for its places."""

    def __init__(self, status: int, why: str, **values: Any) -> None:
        super().__init__(why)
        self.status, self.why, self.values = status, why, values


@dataclass(frozen=True)
class Saved:
    """What was saved last: of which subject, and each file as it was and as it is."""

    title: str
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]


@dataclass(frozen=True)
class _Case:
    """A form that was sent: about what, with the files as they are, and what was typed."""

    request: Request
    site: Site
    subject: Subject
    files: Mapping[str, bytes]
    said: Typed


class Editor:
    """The pages of one preview. `site` gives the site as it is now, `judge` says what would be wrong with other contents."""

    def __init__(
        self,
        site: Callable[[], Site],
        judge: Callable[[Mapping[Path, bytes]], Sequence[Problem]],
        known: Callable[[], Sequence[Problem]],
    ) -> None:
        self._site = site
        self._judge = judge
        self._known = known
        self._token, self._cookie = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        self._saved: Saved | None = None
        #: What was taken back last, if nothing has been saved since.
        self._back: Saved | None = None
        self._writing = threading.Lock()

    def answer(self, request: Request) -> Answer:
        """The answer to a request for an address from `/_edit/` on."""
        try:
            _own(request)
            if request.method == "POST":
                return self._posted(request, self._typed(request))
            return self._page(request)
        except RefusedError as refused:
            return self._refused(refused.status, self._say(refused.why, **refused.values))
        except (NotRevisedError, OSError) as error:
            return self._refused(409, self._why(error))

    # ------------------------------------------------------------------ asking

    def _page(self, request: Request) -> Answer:
        if request.path == TOP:
            return self._start(request)
        if request.path == TOP.rstrip("/"):
            return Answer(303, headers={"Location": TOP})
        if request.path == f"{TOP}edit.css":
            return Answer(200, door.read(STYLE), "text/css; charset=utf-8")
        subject = _subject(request.path)
        if subject is None:
            raise RefusedError(404, N_("There is no such page."))
        site = self._site()
        files = subject.files(site)
        if not files:
            return self._html(request, 200, "nothing.html", subject=subject)
        return self._form(request, subject, files, subject.shown(site, files, None))

    def _start(self, request: Request) -> Answer:
        return self._html(
            request, 200, "start.html", subjects=[*SUBJECTS.values()], only_in_file=ONLY_IN_FILE, saved=self._saved,
            back=self._back,
        )  # fmt: skip

    def _form(  # noqa: PLR0913  # what a form is made of
        self,
        request: Request,
        subject: Subject,
        files: Mapping[str, bytes],
        shown: Shown,
        differences: Sequence[tuple[str, str, str]] = (),
        *,
        status: int = 200,
        unchanged: bool = False,
    ) -> Answer:
        return self._html(
            request, status, shown.template, subject=subject, made_from=fingerprint(files), errors=shown.errors,
            differences=differences, unchanged=unchanged, files=[*files], **shown.given,
        )  # fmt: skip

    # ---------------------------------------------------------------- changing

    def _typed(self, request: Request) -> dict[str, list[str]]:
        """The fields of a form that one of these pages sent. Raises `RefusedError` for every other."""
        own = f"http://{request.header('host').lower()}"
        if request.header("origin").lower() != own or request.header("sec-fetch-site") not in {"", "same-origin"}:
            raise RefusedError(403, N_("Nothing was changed: the form was not sent by a page of this preview."))
        if request.header("content-type").split(";")[0].strip().lower() != FORM or request.header("transfer-encoding"):
            raise RefusedError(415, N_("Nothing was changed: what was sent is not a form."))
        length = request.header("content-length")
        if not (length.isascii() and length.isdecimal()):
            raise RefusedError(411, N_("Nothing was changed: what was sent is not a form."))
        if len(length) > len(str(LARGEST)) or int(length) > LARGEST:
            raise RefusedError(413, N_("Nothing was changed: the form is too large."))
        try:
            typed = parse_qs(
                request.read(int(length)).decode("utf-8"),
                keep_blank_values=True,
                max_num_fields=MOST_FIELDS,
                errors="strict",
            )
        except ValueError:  # more fields than that, or no text
            raise RefusedError(413, N_("Nothing was changed: what was sent is not a form.")) from None
        cookie = _cookie(request.header("cookie"), _cookie_name(request))
        sent = (typed.get("token") or [""])[-1]
        if not (_same(cookie, self._cookie) and _same(sent, self._token)):
            why = N_(
                "Nothing was changed: the form is from an earlier preview. Go back, copy what you typed, and load the page again."
            )
            raise RefusedError(403, why)
        return typed

    def _posted(self, request: Request, typed: Mapping[str, list[str]]) -> Answer:
        if request.path == f"{TOP}undo":
            return self._undo(request)
        subject = _subject(request.path)
        if subject is None:
            raise RefusedError(404, N_("There is no such page."))
        said: Typed = {name: values for name, values in typed.items() if name not in OURS}
        with self._writing:
            site = self._site()
            files = subject.files(site)
            if not files:
                return self._html(request, 200, "nothing.html", subject=subject)
            case = _Case(request, site, subject, files, said)
            if (typed.get("made_from") or [""])[-1] != fingerprint(files):
                found = subject.differences(site, files, said)
                return self._form(request, subject, files, subject.shown(site, files, said), found, status=409)
            return self._stepped(case, (typed.get("step") or [""])[-1])

    def _stepped(self, case: _Case, step: str) -> Answer:
        """The form again, what would change, or the change itself, as the button said."""
        request, site, subject, files, said = case.request, case.site, case.subject, case.files, case.said
        changed: Mapping[str, bytes] = {}
        if step not in {"look", "save"}:
            return self._form(request, subject, files, subject.shown(site, files, said))
        try:
            changed, shown = subject.after(site, files, said)
            if step == "save" and changed and not shown.errors:
                return self._save(site, subject, files, changed)
        except (NotRevisedError, OSError) as error:
            shown = subject.shown(site, files, said)
            shown.errors.append(("main", self._why(error)))
        if shown.errors or not changed:
            status = 422 if shown.errors else 200
            return self._form(request, subject, files, shown, status=status, unchanged=not shown.errors)
        return self._look(case, changed, shown)

    def _look(self, case: _Case, changed: Mapping[str, bytes], shown: Shown) -> Answer:
        """What would be saved: the lines that change, and what would be wrong then that is not wrong now."""
        known = set(map(_told, self._known()))
        try:
            found = self._judge({case.site.path(label): content for label, content in changed.items()})
        except ContentError as error:
            found = error.problems
        fresh = [one for one in found if _told(one) not in known]
        return self._html(
            case.request, 200, "look.html", subject=case.subject, made_from=fingerprint(case.files), findings=fresh,
            kept=[(name, value) for name, values in case.said.items() for value in values],
            stops=any(one.severity == "error" for one in fresh), shades=shown.given.get("shades", ()),
            diffs=[(label, _lines(case.files[label], content)) for label, content in changed.items()],
        )  # fmt: skip

    def _save(self, site: Site, subject: Subject, files: Mapping[str, bytes], changed: Mapping[str, bytes]) -> Answer:
        put({}, {site.path(label): content for label, content in changed.items()}, site.root)
        self._saved, self._back = Saved(subject.title, {label: files[label] for label in changed}, changed), None
        return Answer(303, headers={"Location": f"{TOP}#told"})

    def _undo(self, request: Request) -> Answer:
        """Takes the last save back, unless a file has changed since."""
        with self._writing:
            saved, site = self._saved, self._site()
            if saved is None:
                return self._start(request)
            if site.read(saved.after) != dict(saved.after):
                why = N_("Nothing was taken back: %(files)s changed since it was saved.")
                raise RefusedError(409, why, files=", ".join(saved.after))
            put({}, {site.path(label): content for label, content in saved.before.items()}, site.root)
            self._saved, self._back = None, saved
        return Answer(303, headers={"Location": f"{TOP}#told"})

    # ----------------------------------------------------------------- showing

    def _words(self) -> Words:
        return self._site().words

    def _say(self, message: str, **values: Any) -> str:
        return self._words().gettext(message, **values)

    def _why(self, error: NotRevisedError | OSError) -> str:
        if isinstance(error, NotRevisedError):
            return self._say(UNUSUAL, place=error.place)
        return self._say(NOT_SAVED, why=error.strerror or type(error).__name__)

    def _refused(self, status: int, why: str) -> Answer:
        return Answer(status, self._written("refused.html", why=why, subject=None))

    def _html(self, request: Request, status: int, template: str, **given: Any) -> Answer:
        cookie = f"{_cookie_name(request)}={self._cookie}; Path={TOP}; SameSite=Strict; HttpOnly"
        content = self._written(template, token=self._token, **given)
        return Answer(status, content, headers={"Set-Cookie": cookie})

    def _written(self, template: str, **given: Any) -> bytes:
        words = self._words()
        env = environment([HERE / "templates"], words)
        return (
            env.get_template(template).render(top=TOP, said=words.gettext, **given).encode("utf-8", "xmlcharrefreplace")
        )


def _own(request: Request) -> None:
    """Raises `RefusedError` unless the request comes from this machine, under a name of this machine."""
    host = request.header("host").lower()
    name, colon, port = host.rpartition(":")
    if not (colon and port.isdecimal()):
        name, port = host, "80"
    if not (_loopback(request.peer) and _loopback(request.local)):
        raise RefusedError(404, N_("Settings are changed on the computer itself on which the preview runs."))
    if name not in OWN_NAMES or port != str(request.port):
        raise RefusedError(421, N_("This preview has another name."))


def _loopback(address: str) -> bool:
    try:
        number = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(number, "ipv4_mapped", None)
    return (mapped or number).is_loopback


def _subject(path: str) -> Subject | None:
    return SUBJECTS.get(path.removeprefix(TOP)) if path.startswith(TOP) else None


def _cookie_name(request: Request) -> str:
    """A name of its own for each port: browsers keep the cookies of all ports together."""
    return f"alongside-edit-{request.port}"


def _cookie(header: str, name: str) -> str:
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def _told(problem: Problem) -> tuple[str, str, str]:
    """What a finding says, wherever in its file and however many it counts."""
    return problem.code, DIGITS.sub("", problem.message), problem.place.file


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode())


def _lines(before: bytes, after: bytes) -> list[tuple[str, str]]:
    """The lines that change with two around them, each with its sign: `-`, `+`, a blank, or `@` where some are left out."""
    old, new = (content.decode("utf-8", "replace").splitlines() for content in (before, after))
    found = [*difflib.unified_diff(old, new, n=2, lineterm="")][2:]
    return [(line[0], "" if line[0] == "@" else line[1:]) for line in found]
