"""What a package of cmi5 says, judged as xAPI by Learning Locker's validator: every statement of every test of it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.interop.clients import HOME
from tests.node import NODE

ROOT = Path(__file__).parents[2]
VALIDATION = HOME / "npm" / "node_modules" / "@learninglocker" / "xapi-validation"


def test_every_statement_is_sound() -> None:
    assert VALIDATION.exists(), "there is no validator of statements; make test-interop installs it"
    command = [NODE, "--no-warnings", "--test", "--test-reporter", "tap", "tests/js/cmi5.test.js"]
    environment = {**os.environ, "XAPI_VALIDATION": str(VALIDATION)}
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout[-3000:]
    assert "a statement that is none is found" in ran.stdout
