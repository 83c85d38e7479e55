"""What is published of a module stands in its own media folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from alongside.load.project import bundled_root
from alongside.model.settings import Settings
from alongside.render.site import SiteRenderer


@pytest.mark.parametrize("linked", ["media", "media/inner", "media/file.png"])
def test_links_out_of_a_module_are_not_published(tmp_path: Path, a_curriculum: Callable, linked: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.png").write_bytes(b"secret")
    folder = tmp_path / "listening"
    if linked != "media":
        (folder / "media").mkdir(parents=True)
        (folder / "media/own.png").write_bytes(b"own")
    else:
        folder.mkdir()
    (folder / linked).symlink_to(outside / "secret.png" if linked.endswith(".png") else outside)
    curriculum = a_curriculum().curriculum
    moved = replace(curriculum, modules={"listening": replace(curriculum.modules["listening"], folder=folder)})
    renderer = SiteRenderer(moved, Settings(), [bundled_root() / "theme"])
    published = [asset.url for asset in renderer.assets([]) if asset.url.startswith("listening/media/")]
    assert published == ([] if linked == "media" else ["listening/media/own.png"])
