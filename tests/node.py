"""Node.js, which the environment of the tests has; otherwise that of the machine."""

from __future__ import annotations

import sys
from pathlib import Path

_own = Path(sys.executable).parent / "node"
NODE = str(_own) if _own.is_file() else "node"
