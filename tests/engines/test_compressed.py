"""Beside each text of a site stands the same compressed, where that is wanted."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from alongside.commands.main import main
from alongside.engines.compressed import SMALLEST, copies, kinds
from alongside.engines.publish import is_ours
from tests.browser.small import write_small

TEXT = b"All work and no play. " * SMALLEST


@pytest.fixture(params=[False, True], ids=["without brotli", "with brotli"])
def brotli(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the package is there; it is not needed to see that it is used."""
    made = SimpleNamespace(compress=lambda content: b"br" + content[:9]) if request.param else None
    monkeypatch.setitem(sys.modules, "brotli", made)
    return request.param


def test_texts_are_compressed_where_that_makes_them_smaller(tmp_path: Path, brotli: bool) -> None:
    names = ["index.html", "a/b.js", "a/c.png", "a/.d.css", "small.css"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(TEXT)
    (tmp_path / "small.css").write_bytes(b"p{margin:0}")
    made = {asset.url: asset.content or b"" for asset in copies(tmp_path, names)}
    assert set(made) == {f"{name}{end}" for name in ("index.html", "a/b.js", "a/.d.css") for end in kinds()}
    assert (".br" in kinds()) == brotli
    assert gzip.decompress(made["index.html.gz"]) == TEXT
    assert made["index.html.gz"] == made["a/b.js.gz"], "the same text gives the same bytes"


@pytest.mark.slow
def test_a_build_writes_them_and_says_what_is_missing(
    tmp_path: Path, brotli: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_small(tmp_path)
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(main, ["build", "--quiet", "--compressed", "--no-cache"])
    assert said.exit_code == 0, said.output
    assert ("pip install brotli" in said.output) != brotli
    site = tmp_path / "site"
    assert is_ours(site), "the next build may replace it"
    for name in ("index.html", "sw.js", "assets/alongside.css", "assets/offline.json"):
        assert gzip.decompress((site / f"{name}.gz").read_bytes()) == (site / name).read_bytes()
    assert (site / "index.html.br").is_file() == brotli
    assert ".gz" not in (site / "assets/offline.json").read_text("utf-8"), "no page asks for them"
    again = CliRunner().invoke(main, ["build", "--quiet", "--no-cache"])
    assert again.exit_code == 0, again.output
    assert [path.name for path in site.rglob("*.gz") if path.name != "sitemap.xml.gz"] == []
