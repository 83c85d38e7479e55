"""The recipes for servers say what the policy says, no more and no less."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from alongside.authoring.scaffold import SitePlan, new_site
from alongside.model.settings import Settings
from alongside.render.policy import DIRECTIVES, headers, meta_policy, recipes

SHAPES = {
    "deploy/nginx.conf": re.compile(r'^    add_header ([\w-]+) "([^"]*)" always;$', re.MULTILINE),
    "deploy/Caddyfile": re.compile(r'^\t\t([\w-]+) "([^"]*)"$', re.MULTILINE),
    "theme/_headers": re.compile(r"^  ([\w-]+): (.*)$", re.MULTILINE),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SHAPES)
def test_a_recipe_sends_exactly_our_headers(tmp_path: Path, name: str) -> None:
    new_site(SitePlan(tmp_path / "site", "Ours"))
    text = (tmp_path / "site" / name).read_text("utf-8")
    assert dict(SHAPES[name].findall(text)) == headers()
    assert text.count("{") == text.count("}")
    assert "%%" not in text


@pytest.mark.parametrize("recording", [False, True])
def test_the_microphone_is_open_to_the_site_alone_and_only_where_it_is_wanted(recording: bool) -> None:
    allowed = dict(part.split("=") for part in headers(Settings(recording=recording))["Permissions-Policy"].split(", "))
    assert allowed.pop("microphone") == ("(self)" if recording else "()")
    assert set(allowed.values()) == {"()"}
    for recipe in recipes(Settings(recording=recording)).values():
        assert ("microphone=(self)" in recipe) is recording


def test_no_value_could_leave_its_place() -> None:
    for value in headers().values():
        assert not set(value) & set('"\\\n$`{}')


def test_a_page_may_not_be_framed_and_loads_nothing_by_default() -> None:
    policy = headers()["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy and DIRECTIVES["default-src"] == "'none'"
    assert "unsafe" not in policy and "*" not in policy and "http" not in policy


def test_pages_reach_the_store_of_records_that_the_settings_name_and_nothing_else() -> None:
    settings = Settings.model_validate({"xapi": {"endpoint": "https://lrs.example:8443/data/xapi/", "told": "Ana."}})
    for policy in (meta_policy(settings), headers(settings)["Content-Security-Policy"]):
        assert "connect-src 'self' https://lrs.example:8443;" in policy
        assert policy.replace(" https://lrs.example:8443", "") in {meta_policy(), headers()["Content-Security-Policy"]}
    assert all("connect-src 'self' https://lrs.example:8443;" in recipe for recipe in recipes(settings).values())


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://lrs.example/", "https://lrs.example/;script-src *", "https://lrs.example/ 'unsafe-inline'", "https://*/", "//lrs.example/",
        "https://me:secret@lrs.example/", "https://lrs.example/?a=b", "https://lrs.example/#a", 'https://lrs.example/"', "https://lrs.example\n/",
        "https://LRS.example/", "data:x", "http://localhost.evil.example/",
    ],
)  # fmt: skip
def test_an_address_of_a_store_is_an_address_and_nothing_else(endpoint: str) -> None:
    with pytest.raises(ValueError, match="endpoint"):
        Settings.model_validate({"xapi": {"endpoint": endpoint, "told": "Ana."}})
