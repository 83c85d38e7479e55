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
from alongside.render.offline import SHELL
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
def test_every_script_of_the_shell_has_all_that_it_loads() -> None:
    made = site()
    names = shell(made)
    for page in made.pages:
        if page.url in SHELL:
            assert {*page.scripts, *page.styles} <= set(names), page.url
    for name in names:
        if name.endswith(".js"):
            loaded = re.findall(r"""["'](\.\.?/[\w./-]+\.js)["']""", content(made, name))
            assert {urljoin(name, other) for other in loaded} <= set(names), name


@pytest.mark.slow
def test_lists_name_every_page_that_someone_can_look_for() -> None:
    lists = json.loads(content(site(), "assets/offline.json"))
    listed = [*lists["common"], *(url for urls in lists["modules"].values() for url in urls)]
    assert lists["titles"].keys() <= set(listed)
    assert lists["titles"]["listening/hearing/"] == "Give back what you heard"
    stands_in = {page.url for page in site().pages if page.stands_in}
    assert stands_in == {"404.html", "offline/"}
    assert not stands_in & set(listed)


@pytest.mark.slow
def test_without_it_nothing_asks_for_a_worker() -> None:
    made = site(offline=False)
    assert made.version == ""
    assert not OFFLINE_PAGES & {page.url for page in made.pages}
    assert "unregister" in content(made, "sw.js")
    assert not any("elements/offline.js" in page.scripts for page in made.pages)


@pytest.mark.parametrize("url", sorted(OFFLINE_PAGES))
def test_no_module_can_take_the_place_of_the_page(url: str) -> None:
    assert url.split("/", maxsplit=1)[0] in RESERVED_IDS
