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


def test_what_is_there_compressed_already_is_left_as_it_is(tmp_path: Path, brotli: bool) -> None:
    """As the list of addresses for search engines has it, and a theme can bring it: in a file, or in a folder of that name."""
    names = ["sitemap.xml", "sitemap.xml.gz", "drawing.svg", "drawing.svg.gz/a.txt", "other.svg"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(TEXT if name != "drawing.svg.gz/a.txt" else b"")
    made = {asset.url for asset in copies(tmp_path, names)}
    assert made == {"other.svg.gz", *(f"{one}.br" for one in ("sitemap.xml", "drawing.svg", "other.svg") if brotli)}


@pytest.mark.slow
def test_a_site_that_knows_its_address_is_compressed_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_small(tmp_path)
    settings = tmp_path / "mkdocs.yml"
    settings.write_text(f"site_url: https://example.org/\n{settings.read_text('utf-8')}", "utf-8")
    (tmp_path / "theme/assets").mkdir(parents=True, exist_ok=True)
    (tmp_path / "theme/assets/own.css").write_bytes(b"p{margin:0}" * SMALLEST)
    (tmp_path / "theme/assets/own.css.gz").write_bytes(b"ours")
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(main, ["build", "--quiet", "--compressed", "--no-cache"])
    assert said.exit_code == 0, said.output
    site = tmp_path / "site"
    assert gzip.decompress((site / "sitemap.xml.gz").read_bytes()) == (site / "sitemap.xml").read_bytes()
    assert (site / "assets/own.css.gz").read_bytes() == b"ours"


@pytest.mark.slow
def test_a_build_writes_them_and_says_what_is_missing(
    tmp_path: Path, brotli: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_small(tmp_path)
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(main, ["build", "--quiet", "--compressed", "--no-cache"])
    assert said.exit_code == 0, said.output
    assert ('pip install "alongside-training[brotli]"' in said.output) != brotli
    site = tmp_path / "site"
    assert is_ours(site), "the next build may replace it"
    for name in ("index.html", "sw.js", "assets/alongside.css", "assets/offline.json"):
        assert gzip.decompress((site / f"{name}.gz").read_bytes()) == (site / name).read_bytes()
    assert (site / "index.html.br").is_file() == brotli
    assert ".gz" not in (site / "assets/offline.json").read_text("utf-8"), "no page asks for them"
    again = CliRunner().invoke(main, ["build", "--quiet", "--no-cache"])
    assert again.exit_code == 0, again.output
    assert [path.name for path in site.rglob("*.gz") if path.name != "sitemap.xml.gz"] == []
