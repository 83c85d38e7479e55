"""What is kept for when there is no connection: the shell is whole, and lists name what is there."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin

import pytest

from alongside.build import prepare
from alongside.load.layers import RESERVED_IDS
from alongside.model.pages import PAGES
from alongside.render.offline import LISTS, SHELL, fingerprint, lists_of, seal
from alongside.render.page import Asset
from alongside.render.site import Site
from tests.browser.small import CONFIGURATION, write_small

#: Pages of sites that can be used without a connection.
OFFLINE_PAGES = {row.url for row in PAGES if row.when == "offline"}


@lru_cache
def site(*, offline: bool = True) -> Site:
    with TemporaryDirectory() as folder:
        write_small(Path(folder))
        setting = "" if offline else "      offline: false\n"
        (Path(folder) / "mkdocs.yml").write_text(CONFIGURATION + setting, "utf-8")
        _, made, _ = prepare(Path(folder) / "mkdocs.yml")
    return made


def content(made: Site, url: str) -> str:
    asset: Asset = next(asset for asset in made.assets if asset.url == url)
    return (asset.content or b"").decode()


def shell(made: Site) -> list[str]:
    found = re.search(r"SHELL=(\[[^\]]*\])", content(made, "sw.js"))
    assert found
    names: list[str] = json.loads(found[1])
    return names


@pytest.mark.slow
def test_the_shell_names_each_of_its_pages_and_nothing_that_is_not_there() -> None:
    made = site()
    there = {page.url for page in made.pages} | {asset.url for asset in made.assets}
    assert set(SHELL) <= set(shell(made)) <= there
    assert len(shell(made)) == len(set(shell(made)))


@pytest.mark.slow
def test_every_script_of_the_shell_has_all_that_it_starts_with() -> None:
    made = site()
    names = shell(made)
    for page in made.pages:
        if page.url in SHELL:
            assert {*page.scripts, *page.styles} <= set(names), page.url
    for name in names:
        if name.endswith(".js"):
            loaded = re.findall(r"""(?<!import\()["'](\.\.?/[\w./-]+\.js)["']""", content(made, name))
            assert {urljoin(name, other) for other in loaded} <= set(names), name


@pytest.mark.slow
def test_the_shell_is_help_and_what_says_that_a_page_was_not_kept() -> None:
    """A first visit loads no list of the site for it, however many modules there are."""
    assert SHELL == ("support/", "offline/")
    assert [name for name in shell(site()) if name.endswith((".json", "/"))] == ["support/", "offline/"]


def listed(made: Site) -> dict[str, dict[str, dict[str, str]]]:
    """The lists of a site by their addresses. In place of a fingerprint each file has its own address."""
    urls = [*(page.url for page in made.pages), *(asset.url for asset in made.assets)]
    return {part.url: json.loads(part.content or b"") for part in lists_of(made.pages, {url: url for url in urls})}


@pytest.mark.slow
def test_lists_name_every_page_that_someone_can_look_for_once() -> None:
    lists = listed(site())
    files = [url for part in lists.values() for url in part["files"]]
    titles = {url: title for part in lists.values() for url, title in part["titles"].items()}
    assert len(files) == len(set(files))
    assert titles == {page.url: page.title for page in site().pages if not page.stands_in}
    assert titles.keys() <= set(files)
    assert "404.html" not in files and "sw.js" not in files


@pytest.mark.slow
def test_each_part_has_a_list_with_its_own_files_that_the_last_list_knows() -> None:
    lists = listed(site())
    *parts, last = lists
    assert last == LISTS
    assert parts == ["assets/offline/listening.json", "assets/offline/assets/search.json"]
    for name, folder, kind in zip(parts, ("listening/", "assets/search/"), ("modules", "apart"), strict=True):
        assert all(url.startswith(folder) for url in lists[name]["files"])
        text = json.dumps(lists[name], ensure_ascii=False, separators=(",", ":")).encode()
        assert lists[last][kind] == {folder: fingerprint(text)}


def test_a_sealed_site_has_in_its_worker_the_fingerprint_of_its_list_and_there_that_of_each_file(
    tmp_path: Path,
) -> None:
    for name, text in {"sw.js": 'VERSION="development"', "a/index.html": "A", "b.svg": "B", "sitemap.xml": "C"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    seal(tmp_path, [])
    last = (tmp_path / LISTS).read_bytes()
    assert json.loads(last)["files"] == {"a/": fingerprint(b"A"), "b.svg": fingerprint(b"B")}
    assert (tmp_path / "sw.js").read_text("utf-8") == f'VERSION="{fingerprint(last)}"'


@pytest.mark.slow
def test_without_it_nothing_asks_for_a_worker() -> None:
    made = site(offline=False)
    assert not made.offline
    assert not OFFLINE_PAGES & {page.url for page in made.pages}
    assert "unregister" in content(made, "sw.js")
    assert not any("elements/offline.js" in page.scripts for page in made.pages)


@pytest.mark.parametrize("url", sorted(OFFLINE_PAGES))
def test_no_module_can_take_the_place_of_the_page(url: str) -> None:
    assert url.split("/", maxsplit=1)[0] in RESERVED_IDS
