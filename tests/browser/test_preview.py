"""The preview in a browser, under the policy that a host would send."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, expect

from alongside.build import _refresh
from alongside.engines.preview import Preview, _Handler, _server
from tests.browser.gallery import CONFIGURATION
from tests.conftest import BASE


def test_a_preview_works_under_its_policy_and_follows_the_files(browser: Browser, tmp_path: Path) -> None:
    for name, text in {**BASE, "mkdocs.yml": CONFIGURATION, "content/index.md": "# Home\n\nWelcome.\n"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    preview = Preview(partial(_refresh, tmp_path / "mkdocs.yml", {}), lambda _: None, tmp_path / "mkdocs.yml")
    preview.update()
    server = _server("127.0.0.1")(("127.0.0.1", 0), partial(_Handler, preview))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    try:
        for url in ("", "listening/", "listening/hearing/", "listening/quiz/", "search/"):
            page.goto(f"http://localhost:{server.server_port}/{url}")
            expect(page.locator("#alongside-preview")).to_be_attached()
        page.goto(f"http://localhost:{server.server_port}/")
        (tmp_path / "content/index.md").write_text("# Another\n\nWelcome.\n", "utf-8")
        preview.update()
        expect(page.get_by_role("heading", level=1)).to_have_text("Another")
        assert said == []
    finally:
        page.close()
        server.shutdown()
        server.server_close()
