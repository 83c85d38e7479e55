"""Page values to MkDocs files, for whoever builds or previews with `mkdocs`: the same site as `writing.py` writes.

A thin adapter: no parsing, no question, no HTML of its own. Works the same under ProperDocs, which
reads the same entry point. The only file that imports mkdocs.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, TypeVar, cast
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc

from alongside.engines.publish import publication
from alongside.engines.writing import DEFAULT_EPOCH
from alongside.files.problems import BuildError, ContentError, Problem, fault_of_ours, plain
from alongside.load.project import Project
from alongside.render.frame import Frame, frame_of
from alongside.render.offline import seal
from alongside.render.page import Page
from alongside.render.policy import meta_policy
from alongside.render.site import Site
from alongside.reports.problems import as_text, in_lines

log = logging.getLogger("mkdocs.plugins.alongside")


class _SitePage(MkDocsPage):
    """A page whose HTML is already made."""

    def __init__(self, made: Page, file: File, config: MkDocsConfig, frame: Frame) -> None:
        super().__init__(made.title, file, config)
        self._made = made
        self._root = frame.root_of(made)
        self.meta = frame.around(made)
        if made.stands_in:
            # It has no address of its own, and the site map leaves out what has none.
            self.canonical_url = self.abs_url = None

    def read_source(self, config: MkDocsConfig) -> None:
        del config
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        del config, files
        self.content = self._made.resolved_body(self._root)
        self.toc = get_toc(
            [{"level": h.level, "id": h.id, "name": h.text, "children": []} for h in self._made.headings]
        )
        self.present_anchor_ids = {heading.id for heading in self._made.headings}
        self.links_to_anchors = {}


Hook = TypeVar("Hook", bound=Callable[..., Any])


def _in_a_sentence(hook: Hook) -> Hook:
    """The step of a build, with a sentence in place of an exception that nobody foresaw, where MkDocs itself was started."""

    @functools.wraps(hook)
    def step(plugin: SitePlugin, *given: Any, **named: Any) -> Any:
        try:
            return hook(plugin, *given, **named)
        except MkDocsException:
            raise
        except Exception as error:
            if os.environ.get("ALONGSIDE_DEBUG"):
                raise
            raise PluginError(plain(fault_of_ours(error))) from None

    return cast("Hook", step)


class SitePlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]  # its options are read by project.py, not by MkDocs
    """Hands the pages of a site to MkDocs. How a site is made, a subclass says."""

    def __init__(self) -> None:
        self.serving = False
        self._publication: contextlib.ExitStack | None = None

    def prepare(self, configuration: Path) -> tuple[Project, Site, list[Problem]]:
        """The site that the configuration describes, and what was noticed on the way."""
        raise NotImplementedError

    def load_config(self, options: dict[str, Any], config_file_path: str | None = None) -> tuple[list[Any], list[Any]]:
        """Accepts everything: settings are read, with their places, by `project.py`."""
        del config_file_path
        self.config = options
        return [], []

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Learns whether this is a preview. Its presence also keeps the plugin alive between rebuilds."""
        del dirty
        self.serving = command == "serve"

    @_in_a_sentence
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Makes the site and points MkDocs at a folder beside its place."""
        os.environ.setdefault("SOURCE_DATE_EPOCH", DEFAULT_EPOCH)
        project, site = self._make(Path(config.config_file_path))
        self._site, self._project = site, project
        own = [str(folder) for folder in project.theme_folders]
        config.theme.dirs[:] = [*own, *(folder for folder in config.theme.dirs if folder not in own)]
        config.theme.static_templates.discard("404.html")
        if not config.site_url:
            config.theme.static_templates.discard("sitemap.xml")
        if self.serving:
            config.watch += [
                str(folder)
                for layer in project.layers
                for folder in (layer.modules, layer.root / "content")
                if folder.is_dir()
            ]
            config.watch += own
        else:
            self._publication = contextlib.ExitStack()
            try:
                config.site_dir = str(
                    self._publication.enter_context(publication(Path(config.site_dir), project.sources))
                )
            except BuildError as error:
                raise PluginError(plain(str(error))) from None
        return config

    def _make(self, configuration: Path) -> tuple[Project, Site]:
        try:
            project, site, problems = self.prepare(configuration)
        except ContentError as error:
            log.error("\n\n%s\n", as_text(error.problems))  # noqa: TRY400  # a mistake of an author has no traceback
            raise PluginError(plain(str(error))) from None
        except BuildError as error:
            raise PluginError(plain(str(error))) from None
        for line in in_lines(problem for problem in problems if problem.severity != "info"):
            log.warning("%s", line)
        return project, site

    @_in_a_sentence
    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Puts our pages and assets in the place of everything that MkDocs and Material would publish."""
        del files
        frame = self._frame(config)
        made = []
        for page in self._site.pages:
            name = page.url.removesuffix(".html") + ".md" if page.url.endswith(".html") else f"{page.url}index.md"
            file = File.generated(config, name, content="", inclusion=InclusionLevel.NOT_IN_NAV)
            if page.url.endswith(".html"):
                file.dest_uri = file.url = page.url
            _SitePage(page, file, config, frame)
            made.append(file)
        for asset in self._site.assets:
            if asset.path is not None:
                made.append(File.generated(config, asset.url, abs_src_path=asset.path))
            else:
                made.append(File.generated(config, asset.url, content=asset.content or b""))
        return Files(made)

    def _frame(self, config: MkDocsConfig) -> Frame:
        return frame_of(
            self._project,
            (page.url for page in self._site.pages),
            site_name=config.site_name,
            policy="" if self.serving else meta_policy(self._project.settings),
            offline=self._site.offline and not self.serving,
            top=urlsplit(config.site_url or "/").path or "/",
            assets=self._site.assets,
        )

    @_in_a_sentence
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Puts the finished site in its place."""
        if self._publication:
            if self._site.offline:
                seal(Path(config.site_dir), self._site.pages)
            for asset in self._site.versions:
                path = Path(config.site_dir) / asset.url
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(asset.content or b"")
            stack, self._publication = self._publication, None
            try:
                stack.close()
            except BuildError as error:
                raise PluginError(plain(str(error))) from None

    def on_build_error(self, *, error: Exception) -> None:
        """Leaves the old site as it is."""
        if self._publication:
            stack, self._publication = self._publication, None
            with contextlib.suppress(BaseException):
                stack.__exit__(type(error), error, error.__traceback__)
