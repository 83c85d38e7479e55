"""Pages as files that stand alone, for packages that no web server of ours gives out.

They are those of the site, each in its frame, with links that lead to files. What only a server can give is not there:
the service worker and its lists, the map of the site, addresses of before, and what tells other programs of the course.
The guide for authors is left out as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape, unescape
from pathlib import Path

from alongside.files import door
from alongside.files.problems import BuildError, ContentError, quoted
from alongside.load.drafts import without_pages
from alongside.load.narrowed import narrowed
from alongside.load.project import Project
from alongside.model.curriculum import Curriculum, LearningPath
from alongside.model.pages import MADE_PAGES
from alongside.render.assets import CLASSIC, MODULE_FOLDERS, WORDS, modules_of, script_source, site_assets
from alongside.render.classic import BUNDLE, as_script, bundle
from alongside.render.environment import page_writer
from alongside.render.frame import frame_of
from alongside.render.link_check import check_links
from alongside.render.offline import WORKER
from alongside.render.page import Asset, Page, file_of
from alongside.render.policy import meta_policy
from alongside.render.search import AUTHORS, search_assets
from alongside.render.site import SiteRenderer
from alongside.words.translations import read_words

#: Kinds of page with questions, which the page on review takes from them.
ASKING = frozenset({"lesson", "quiz"})
GLOSSARY = "glossary/"
#: Endings of files that browsers do not load from a disk.
TEXTS = (".json", ".vtt")
WORDS_FOLDER = WORDS.partition("{")[0]
#: The tag of a link to another site.
OUTSIDE = re.compile(r'<a\b(?=[^>]*\shref="https?:)[^>]*>')
#: A link that leads out of the browser or to another site: where it leads, and its words.
LEADS_OUT = re.compile(r'<a\b(?=[^>]*\shref="((?:https?:|mailto:|tel:|sms:)[^"]*)")[^>]*>(.*?)</a>', re.DOTALL)
#: What an address is not shown a second time for.
NEEDLESS = re.compile(r"^https?://(?:www\.)?|/$|[\s()-]")
#: The script that stands in for a browser where forms cannot be sent.
CONFINED = "elements/confined.js"


@dataclass(frozen=True)
class Pages:
    """The pages of modules with those around them, and the files that they need."""

    #: The project with settings that fit files.
    project: Project
    #: The course with these modules alone.
    curriculum: Curriculum
    #: Every page that stands for itself, in the order of the site.
    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]
    #: As in `Frame`.
    in_platform: bool = False
    confined: bool = False

    def files(self, *, policy: str = "", first_scripts: Sequence[str] = ()) -> dict[str, bytes]:
        """Every file by its name: the pages in their frame, and the rest as it is.

        `policy` is the content security policy, if it is not that of the site; `first_scripts` are started on each page
        before its own. Raises `BuildError` where a file has gone since it was found.
        """
        frame = frame_of(
            self.project,
            (page.url for page in self.pages),
            site_name=self.project.site_name,
            policy=policy or meta_policy(),
            top="",
            as_files=True,
            assets=self.assets,
            first_scripts=(*([CONFINED] if self.confined else []), *first_scripts),
            in_platform=self.in_platform,
            confined=self.confined,
        )
        whole = page_writer(self.project.template_folders)
        files = {}
        for page in self.pages:
            html = self._led_out(whole(**frame.shown(page)))
            files[file_of(page.url)] = html.encode("utf-8", "xmlcharrefreplace")
        return files | dict(self._texts()) | dict(self._others())

    def _texts(self) -> Iterator[tuple[str, bytes]]:
        """Scripts with the pages that others take something from."""
        for page in self.pages:
            if page.kind in ASKING or page.url == GLOSSARY:
                name = file_of(page.url)
                body = self._led_out(page.resolved_body(as_files=True))
                yield f"{name}.js", as_script(name, f'<!doctype html><html lang="{page.language}"><body>{body}')

    def _led_out(self, html: str) -> str:
        """HTML with links that lead out of the course as they can be followed from the frame around it."""
        if self.confined:
            return LEADS_OUT.sub(as_words, html)
        return OUTSIDE.sub(in_a_window, html) if self.in_platform else html

    def _others(self) -> Iterator[tuple[str, bytes]]:
        """Files that are no pages: modules as one script, and what scripts ask for as scripts."""
        theme = modules_of(self.project.theme_folders)
        words = {asset.url: asset.content or b"" for asset in self.assets if asset.url.startswith(WORDS_FOLDER)}
        ours = script_source(theme.get)
        yield BUNDLE, bundle(lambda name: words[name].decode() if name in words else ours(name), [*theme, *words])
        for asset in self.assets:
            if asset.url.endswith(TEXTS):
                yield f"{asset.url}.js", as_script(asset.url, content_of(asset).decode("utf-8-sig"))
            elif not (asset.url.startswith(MODULE_FOLDERS) and asset.url.endswith(".js") and asset.url not in CLASSIC):
                yield asset.url, content_of(asset)


def in_a_window(link: re.Match[str]) -> str:
    """The tag of a link that opens a window of its own: in a platform's frame it would take the place of the course."""
    tag = link[0]
    if ' rel="' not in tag:
        tag = f'{tag[:-1]} rel="noopener">'
    elif "noopener" not in tag:
        tag = tag.replace(' rel="', ' rel="noopener ', 1)
    return f'{tag[:-1]} target="_blank">'


def as_words(link: re.Match[str]) -> str:
    """A link as its words with the address beside them: from a frame that opens no window it leads nowhere."""
    address, words = unescape(link[1]), link[2]
    shown = re.sub(r"^(?:mailto|tel|sms):([^?]*).*$", r"\1", address)
    if NEEDLESS.sub("", shown) in NEEDLESS.sub("", unescape(re.sub(r"<[^<>]*>", "", words))):
        return words
    return f'{words} (<bdi dir="ltr">{escape(shown)}</bdi>)'


def content_of(asset: Asset) -> bytes:
    """What a file holds. Raises `BuildError` where it has gone since it was found."""
    if asset.content is not None:
        return asset.content
    try:
        return door.read(Path(asset.path or ""))
    except OSError as error:
        raise BuildError(f"{quoted(str(asset.path))} cannot be read: {error.strerror or error}") from error


def pages_of(  # noqa: PLR0913  # what can be chosen
    project: Project,
    curriculum: Curriculum,
    modules: Collection[str],
    paths: Mapping[str, LearningPath],
    progress: Callable[[str, int, int], None],
    *,
    in_platform: bool = False,
    confined: bool = False,
) -> Pages:
    """The pages of modules of a course that learners get, with those around them. The last two as in `Frame`.

    Raises `ContentError` where a link leads nowhere, and `BuildError` where a template or a file fails.
    """
    settings = project.settings.model_copy(
        update={"author_pages": False, "cohorts": {}, "offline": False, "xapi": None}
    )
    project = replace(project, settings=settings)
    curriculum = _for_learners(narrowed(curriculum, modules, paths))
    renderer = SiteRenderer(curriculum, settings, project.template_folders, in_platform=in_platform)
    plan = renderer.plan()
    pages = []
    for number, make in enumerate(plan.values(), 1):
        page = make()
        progress("Rendering pages", number, len(plan))
        if not page.stands_in:
            pages.append(page)
    assets = [*_assets(project, curriculum), *search_assets(pages, curriculum.glossary, curriculum.language)]
    wrong = check_links(pages, assets)
    if wrong:
        raise ContentError(wrong)
    return Pages(project, curriculum, tuple(pages), tuple(assets), in_platform, confined)


def _for_learners(curriculum: Curriculum) -> Curriculum:
    """The course without the guide for authors. What leads there falls back to its words."""
    guide = {name for name, page in curriculum.pages.items() if page.url.startswith(AUTHORS)}
    made = {url.rstrip("/") for url, row in MADE_PAGES.items() if row.when != "always"}
    kept = without_pages(curriculum, guide)
    return replace(kept, withheld=kept.withheld | made)


def _assets(project: Project, curriculum: Curriculum) -> Iterator[Asset]:
    """The files of the site that a page can need."""
    words, _ = read_words(curriculum.language, project.theme_folders)
    for asset in site_assets(curriculum, project.settings, project.theme_folders, words):
        if asset.url != WORKER:
            yield asset
