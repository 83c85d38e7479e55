"""What the other tests lean on when they wait."""

from __future__ import annotations

import sys

import pytest

from tests.browser import servers


@pytest.mark.parametrize(
    ("code", "patience", "said"),
    [
        ("print('no such setting')", 60, "does not answer: no such setting"),
        ("import time; time.sleep(60)", 0.2, "does not answer: "),
    ],
    ids=["it ends", "it stays silent"],
)
def test_a_server_that_does_not_answer_is_told_of_with_its_words(
    monkeypatch: pytest.MonkeyPatch, code: str, patience: float, said: str
) -> None:
    monkeypatch.setattr(servers, "PATIENCE", patience)
    command = [sys.executable, "-c", code]
    with pytest.raises(AssertionError, match=said), servers.running(command, servers.free_port()):
        pytest.fail("nobody answers")
