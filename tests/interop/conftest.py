"""What is exported, judged by programs that others read it with. `make test-interop` installs them and runs this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import browser, context, gallery, playwright

__all__ = ["browser", "context", "gallery", "playwright"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a client from outside, and takes its time."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.interop)
            item.add_marker(pytest.mark.slow)
