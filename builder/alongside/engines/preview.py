"""A live preview: serves pages that are made when they are asked for, and follows the files.

Nothing is built. After a change only the files that changed are read again, and only the page that
is looked at is rendered, so it is there at once however large the curriculum is. What is wrong is
shown on the page and in the terminal, and goes away when it is mended; meanwhile the last sound
version stays. Rules that no page needs are asked beside: whoever asks for a page comes first, and a newer
change ends them.
"""

from __future__ import annotations

import contextlib
import json
import mimetypes
import socket
import sys
import threading
import time
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote

from markupsafe import escape

from alongside.engines.editing.editor import HEADERS, TOP, Editor, Request
from alongside.engines.editing.subjects import Site
from alongside.engines.following import followed
from alongside.files import door
from alongside.files.paths import real
from alongside.files.problems import BuildError, ContentError, Problem, has_errors
from alongside.load.cohorts import Files, kept_version
from alongside.load.layers import READ
from alongside.load.project import Project
from alongside.render.environment import page_writer
from alongside.render.frame import Frame, frame_of
from alongside.render.page import Asset, Page
from alongside.render.policy import DIRECTIVES, HEADER_ONLY, NO_SETTINGS, headers, written
from alongside.render.site import SiteRenderer
from alongside.reports.problems import as_text
from alongside.words.language import ENGLISH
from alongside.words.translations import read_words

#: The longest that rules wait for whoever asks for pages, in seconds.
PATIENCE = 2.0
#: How long a browser waits before it is told again that nothing happened.
HEARTBEAT = 10.0

#: How long a form may take to come, in seconds.
SLOWEST = 20.0

SCRIPT = Path(__file__).with_name("preview.js")

HTML = "text/html; charset=utf-8"
#: Versions for cohorts are whole sites, which would start a worker of their own.
VERSION_HEADERS = {"Content-Security-Policy": written({**DIRECTIVES, **HEADER_ONLY, "worker-src": "'none'"})}


@dataclass(frozen=True)
class Sound:
    """A version of the site without errors."""

    project: Project
    renderer: SiteRenderer
    urls: dict[str, Callable[[], Page]]
    files: dict[str, Asset]

    @cached_property
    def frame(self) -> Frame:
        """What stands around every page."""
        name, assets = self.project.site_name, self.files.values()
        return frame_of(self.project, self.urls, site_name=name, policy="", top="/", assets=assets)

    @cached_property
    def write(self) -> Callable[..., str]:
        """What makes a whole page of a body, by the templates of this version."""
        return page_writer(self.project.template_folders)


@dataclass
class State:
    """What the browser should show, and the bell that rings when it changes."""

    version: int = 0
    problems: tuple[Problem, ...] = ()
    sound: Sound | None = None
    bell: threading.Condition = field(default_factory=threading.Condition)

    def change(self, problems: Sequence[Problem], sound: Sound | None, ended: threading.Event) -> None:
        """Notes new problems, and a new version if there is one, and tells every open page; not if what found them has `ended`."""
        with self.bell:
            if ended.is_set():
                raise _EndedError
            self.problems = tuple(problems)
            if sound is not None:
                self.sound = sound
                self.version += 1
            self.bell.notify_all()

    def as_event(self) -> bytes:
        """The state as a line of an event stream."""
        errors = [problem for problem in self.problems if problem.severity == "error"]
        return f"data: {json.dumps({'version': self.version, 'problems': as_text(errors)})}\n\n".encode()


#: Reads the project anew: every problem so far, the project, and what is sound, or nothing; then, with pauses that it is given, more problems.
Steps = Iterator[tuple[list[Problem], Project, SiteRenderer | None]]
Refresh = Callable[[Callable[[], None]], Steps]
#: What would be wrong if files held something else.
Judge = Callable[[Mapping[Path, bytes]], Sequence[Problem]]


def _no_judge(contents: Mapping[Path, bytes]) -> Sequence[Problem]:
    del contents
    return ()


class _EndedError(Exception):
    """There is a newer change, so nobody wants to know this any more."""


class Preview:
    """The site as it stands in the files at this moment."""

    def __init__(
        self, refresh: Refresh, say: Callable[[str], None], configuration: Path, judge: Judge = _no_judge
    ) -> None:
        self.state = State()
        self.editor = Editor(self._site, judge, lambda: self.state.problems)
        self._refresh = refresh
        self._say = say
        self._configuration = configuration
        self._project: Project | None = None
        self._shown = ""
        #: What is found out beside: what ends it, where it runs, and the fault of ours that ended it.
        self._ended = threading.Event()
        self._beside = threading.Thread()
        self._fault: Exception | None = None
        #: How many pages are being made, and the bell that rings when there are none.
        self._asked_for = 0
        self._idle = threading.Condition()
        #: Versions for cohorts that were asked for, each with what it was made from, and why there is none.
        self._versions: dict[str, tuple[tuple[object, ...], Files, Problem | None]] = {}
        self._opening = threading.Lock()
        self._names = frozenset({"localhost", "127.0.0.1", "[::1]"})

    def called(self, host: str) -> None:
        """Lets the preview answer to the address that it was told to use, besides the names of this machine for itself."""
        self._names |= {_name(host)}

    def answers(self, host: str, local: str) -> bool:
        """Whether the header `Host` of a request names the preview, or the address `local` at which it arrived.

        A page elsewhere could give its own name our address, and read the preview as a part of itself.
        """
        name, colon, port = host.lower().rpartition(":")
        return (name if colon and port.isdecimal() else host.lower()) in self._names | {_name(local)}

    def update(self) -> None:
        """Reads what has changed and shows it. What rules say of it is found out beside, and shown when it is known."""
        self._ended.set()
        self._ended = ended = threading.Event()
        started = time.monotonic()
        steps = self._refresh(partial(self._pause, ended))
        if self._step(steps, ended, started):
            self._beside = threading.Thread(target=self._go_on, args=(steps, ended, started), daemon=True)
            self._beside.start()

    def wait(self) -> None:
        """Waits until all is found out. Raises what nobody foresaw, if that ended it."""
        if self._beside.ident:
            self._beside.join()
        self.raise_fault()

    def raise_fault(self) -> None:
        """Raises what nobody foresaw and ended what was found out beside."""
        if self._fault:
            raise self._fault

    def _step(self, steps: Steps, ended: threading.Event, started: float) -> bool:
        """Shows what the next step gives. Whether there is another one."""
        try:
            problems, project, renderer = next(steps)
            self.state.change(problems, _sound(project, renderer) if renderer else None, ended)
            self._project = project
        except ContentError as error:
            problems, renderer = list(error.problems), None
            self.state.change(problems, None, ended)
        except BuildError as error:
            self._say(str(error))
            return False
        if renderer is None:
            self._tell(problems, time.monotonic() - started)
        return renderer is not None

    def _go_on(self, steps: Steps, ended: threading.Event, started: float) -> None:
        try:
            self._step(steps, ended, started)
        except _EndedError:
            pass
        except Exception as error:  # noqa: BLE001  # it is raised where the preview is started from
            self._fault = error

    def _pause(self, ended: threading.Event) -> None:
        """Lets whoever asks for a page go first, and ends what a newer change makes void."""
        if ended.is_set():
            raise _EndedError
        if self._asked_for:
            with self._idle:
                self._idle.wait_for(lambda: not self._asked_for, PATIENCE)

    @contextlib.contextmanager
    def _first(self) -> Iterator[None]:
        """Keeps what is found out beside waiting."""
        with self._idle:
            self._asked_for += 1
        try:
            yield
        finally:
            with self._idle:
                self._asked_for -= 1
                self._idle.notify_all()

    def _tell(self, problems: Sequence[Problem], took: float) -> None:
        """Tells the terminal."""
        shown = as_text(problem for problem in problems if problem.severity == "error")
        if shown and shown != self._shown:
            self._say(f"{shown}\n")
        elif not shown:
            self._say(f"Up to date after {took:.1f} s.")
        self._shown = shown

    def _site(self) -> Site:
        """The site as whoever edits its settings needs to know it."""
        sound = self.state.sound
        curriculum = sound.renderer.curriculum if sound else None
        folders = sound.project.theme_folders if sound else ()
        words = read_words(curriculum.language, folders)[0] if curriculum else ENGLISH
        return Site(real(self._configuration.parent), self._configuration.name, curriculum, words)

    def page(self, url: str) -> str | None:
        """The whole page at an address, or `None` where there is none."""
        sound = self.state.sound
        if sound is None or url not in sound.urls:
            return None
        with self._first():
            return _whole(sound.urls[url](), sound)

    def file(self, url: str) -> bytes | None:
        """What the file holds that is published at an address, or `None` where there is none."""
        asset = self.state.sound.files.get(url) if self.state.sound else None
        if asset is None or asset.path is None:
            return asset.content if asset else None
        try:
            return door.read(Path(asset.path))
        except OSError:  # it has gone, or a link was put in its place
            return None

    def version(self, url: str) -> tuple[Files, Problem | None, str] | None:
        """The files of the version for a cohort in whose folder an address lies, or why there are none, and the rest of the address.

        `None` where it lies in none. An archive is opened when it is first asked for, and when it has changed.
        """
        name, slash, rest = url.partition("/")
        sound = self.state.sound
        if sound is None or not slash or name not in sound.project.settings.cohorts:
            return None
        stamp = (sound.project.settings.cohorts[name].sum, *_stamp(sound.project.archive_of(name)))
        with self._opening:
            known = self._versions.get(name)
            if known is None or known[0] != stamp:
                known = self._versions[name] = (stamp, *kept_version(sound.project, name))
        return *known[1:], rest

    def versions(self) -> Container[str]:
        """The names of the versions for cohorts, each a folder of the site."""
        return self.state.sound.project.settings.cohorts if self.state.sound else ()

    def folders(self) -> list[Path]:
        """The folders of which the site is made, and its configuration, whether they are there or not."""
        project = self._project
        roots = [layer.root for layer in project.layers] if project else [real(self._configuration.parent)]
        themes = project.theme_folders if project else ()
        return list(dict.fromkeys([*(root / name for root in roots for name in READ), *themes, self._configuration]))

    def watched(self) -> dict[Path, tuple[int, int]]:
        """Every file that the site is made of, with when it changed and how large it is."""
        found = {}
        for folder in self.folders():
            there = door.below(folder)  # which refuses a file, and names it
            for path in (*there.files, *(path for path, _ in there.refused)):
                with contextlib.suppress(OSError):  # it has gone meanwhile
                    status = path.lstat()
                    found[path] = status.st_ctime_ns, status.st_size
        return found


def _stamp(path: Path) -> tuple[int, ...]:
    """What tells a file from what it was; nothing where there is none."""
    try:
        status = path.lstat()
    except OSError:
        return ()
    return status.st_ino, status.st_ctime_ns, status.st_size


def _name(host: str) -> str:
    """A name or number of a machine as it stands in an address."""
    return f"[{host}]" if ":" in host else host.lower()


def _sound(project: Project, renderer: SiteRenderer) -> Sound:
    files = {asset.url: asset for asset in (*renderer.assets(project.theme_folders), *renderer.addressed(project))}
    return Sound(project, renderer, renderer.plan(), files)


def _whole(made: Page, sound: Sound) -> str:
    html = sound.write(**sound.frame.shown(made))
    return html.replace("</head>", '<script type="module" src="/_alongside/preview.js"></script></head>', 1)


#: The largest number of a port.
LAST_PORT = 65535


def serve(preview: Preview, host: str, port: int, started: Callable[[str], None]) -> None:
    """Serves the preview and follows the files until it is interrupted.

    Raises `BuildError` where the address cannot be used.
    """
    seen = preview.watched()
    preview.update()
    host = host.removeprefix("[").removesuffix("]")
    preview.called(host)
    try:
        server = _server(host)((host, port), partial(_Handler, preview))
    except (OSError, UnicodeError) as error:  # a name can be one that no computer may have
        reason = getattr(error, "strerror", None) or "it is no name of a computer"
        other = f"{f'[{host}]' if ':' in host else host}:{port + 1 if port < LAST_PORT else port - 1}"
        raise BuildError(
            f"{host}:{port} cannot be used: {reason}. It may be in use by alongside serve in another window;"
            f" otherwise: alongside serve --address {other}"
        ) from error
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    started(f"http://{_name(host)}:{server.server_port}/")
    try:
        for may_have_changed in followed(preview.folders, threading.Event()):
            preview.raise_fault()
            now = preview.watched() if may_have_changed else seen
            if now != seen:
                seen = now
                preview.update()
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    """Lets more callers wait than Python's five: a page asks for twenty scripts at once."""

    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing of a browser that has left. Anything else is a fault of ours and is shown whole."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Server6(_Server):
    """The same for addresses of the sixth version."""

    address_family = socket.AF_INET6


def _server(host: str) -> type[_Server]:
    return _Server6 if ":" in host else _Server


class _Handler(BaseHTTPRequestHandler):
    """Answers a browser."""

    protocol_version = "HTTP/1.1"

    def __init__(self, preview: Preview, *given: Any) -> None:
        self._preview = preview
        #: Headers that are others than those of pages.
        self._head: Mapping[str, str] = {}
        super().__init__(*given)

    def do_POST(self) -> None:  # http.server's name
        """Only the pages on which settings are changed take anything."""
        if not self._edit():
            self.close_connection = True  # what was sent is not read
            self._send(405, "text/plain; charset=utf-8", b"Nothing can be sent here.\n")

    def _edit(self) -> bool:
        """Answers a request for a page on which settings are changed. Whether it was one."""
        path, self._head = self.path.split("?")[0].split("#")[0], {}
        if not f"{path}/".startswith(TOP):
            return False
        self.connection.settimeout(SLOWEST)
        self._head = HEADERS
        named = {name.lower(): value for name, value in self.headers.items()}
        peer, (local, port) = self.client_address[0], self.connection.getsockname()[:2]
        answer = self._preview.editor.answer(Request(self.command, path, named, peer, local, port, self.rfile.read))
        if self.command == "POST":
            self.close_connection = True  # what is wrong with it may not have been read to its end
        self._send(answer.status, answer.kind, answer.content, answer.headers)
        return True

    def do_GET(self) -> None:  # http.server's name
        if self._edit():
            return
        url = unquote(self.path.split("?")[0].split("#")[0]).lstrip("/")
        local = self.connection.getsockname()[0]
        if not self._preview.answers(self.headers.get("Host", ""), local):
            self._send(421, "text/plain; charset=utf-8", b"This preview has another name.\n")
        elif url == "_alongside/events":
            self._events()
        elif url == "_alongside/preview.js":
            self._send(200, "text/javascript", SCRIPT.read_bytes())
        elif url in self._preview.versions():  # its links start from the folder
            self._send(302, "text/plain; charset=utf-8", b"", {"Location": f"/{url}/"})
        elif (version := self._preview.version(url)) is not None:
            self._version(*version)
        elif (content := self._preview.file(url)) is not None:
            self._send(200, mimetypes.guess_type(url)[0] or "application/octet-stream", content)
        else:
            self._page(url.removesuffix("index.html"))

    def _version(self, files: Files, problem: Problem | None, url: str) -> None:
        """Answers with a file of a version for a cohort, as it was exported. It starts no worker, which would outlast the preview."""
        self._head = VERSION_HEADERS
        if problem is not None:
            self._send(404, HTML, _message(as_text([problem])).encode())
            return
        name = next((name for name in (url, f"{url}index.html") if name in files and not name.endswith("/")), None)
        kind = mimetypes.guess_type(name or "404.html")[0] or "application/octet-stream"
        content = files[name] if name else files.get("404.html", b"")
        self._send(200 if name else 404, HTML if kind == "text/html" else kind, content)

    def _page(self, url: str) -> None:
        try:
            html, status = self._preview.page(url), 200
            if html is None:
                html, status = self._preview.page("404.html") or _waiting(self._preview), 404
        except BuildError as error:
            html, status = _message(str(error)), 500
        self._send(status, HTML, html.encode())

    def _events(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            while True:
                with self._preview.state.bell:
                    event = self._preview.state.as_event()
                self.wfile.write(event)
                self.wfile.flush()
                with self._preview.state.bell:
                    if self._preview.state.as_event() == event:
                        self._preview.state.bell.wait(HEARTBEAT)
        except OSError:  # the page was closed
            self.close_connection = True

    def _send(self, status: int, kind: str, content: bytes, more: Mapping[str, str] = MappingProxyType({})) -> None:
        self.send_response(status)
        for name, value in more.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self) -> None:
        """Adds what a host would send too, so that what a stranger wrote is looked at under the same rules."""
        sound = self._preview.state.sound
        settings = sound.project.settings if sound is not None else NO_SETTINGS
        for name, value in {**headers(settings), **self._head}.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Says nothing: the terminal is for problems."""


def _message(text: str) -> str:
    return f'<!doctype html><html lang="en"><head><title>Preview</title></head><body><pre>{escape(text)}</pre></body></html>'


def _waiting(preview: Preview) -> str:
    shown = as_text(preview.state.problems) if has_errors(preview.state.problems) else "Reading …"
    return _message(shown).replace("</head>", '<script type="module" src="/_alongside/preview.js"></script></head>')
