"""A site of every example of every kind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from alongside.build import whole_site
from alongside.engines.writing import write
from alongside.load.content import load_texts
from alongside.load.project import open_project
from alongside.render.link_check import check_links
from alongside.render.site import SiteRenderer
from alongside.render.text_check import check_texts
from tests.examples import gallery_curriculum

CONFIGURATION = """\
site_name: Gallery
docs_dir: content
theme: {name: material}
plugins:
  - alongside:
      layers: [.]
"""


def build_gallery(folder: Path, copies: int = 1, settings: str = "") -> Path:
    """Builds the gallery, its module so many times, below `folder` and returns where the site is.

    `settings` stand below `- alongside:`, a line each.
    """
    (folder / "content").mkdir()
    (folder / "content/index.md").write_text("# Gallery\n\nEvery kind of everything.\n", encoding="utf-8")
    more = "".join(f"      {line}\n" for line in settings.splitlines())
    (folder / "mkdocs.yml").write_text(CONFIGURATION + more, encoding="utf-8")
    curriculum = gallery_curriculum(folder, copies)
    project, problems = open_project(folder / "mkdocs.yml")
    pages, found = load_texts(project.content_folders)
    assert not problems and not found
    renderer = SiteRenderer(replace(curriculum, pages=pages), project.settings, project.template_folders)
    site = whole_site(project, renderer, list(renderer.pages()))
    assert [*check_links(site.pages, site.assets), *check_texts(site.pages)] == []
    return write(project, site, folder / "site")
