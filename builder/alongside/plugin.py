"""The MkDocs plugin `alongside`: the way in for `mkdocs build`, `mkdocs serve` and ProperDocs."""

from __future__ import annotations

from pathlib import Path

from alongside.build import prepare
from alongside.engines.mkdocs import SitePlugin
from alongside.files.problems import Problem
from alongside.load.project import Project
from alongside.render.site import Site


class AlongsidePlugin(SitePlugin):  # type: ignore[no-untyped-call]  # MkDocs' base is not typed
    """Makes the site of the configuration that MkDocs was started with."""

    def prepare(self, configuration: Path) -> tuple[Project, Site, list[Problem]]:
        """The site that the configuration describes, and what was noticed on the way."""
        return prepare(configuration, by_mkdocs=True, preview=self.serving)
