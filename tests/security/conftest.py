"""What tests of hostile content share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from alongside.rules.engine import check_curriculum


@pytest.fixture
def problems_of() -> Callable:
    """Everything that is wrong with a world: found while reading it and by the rules."""
    return lambda world: [*world.problems, *(check_curriculum(world.loaded) if world.loaded else ())]
