"""How many examples a property is tried with: few and the same in CI, many in `make search`."""

import os
from typing import Any, Final

from hypothesis import settings

FACTOR: Final = int(os.environ.get("EXAMPLES", "1"))
"""So many times as many; above 1 they are others on every run."""
_USUAL: Final = 60


def examples(number: int = _USUAL, **more: Any) -> settings:
    """Return settings with so many examples in CI; no time limit, for a loaded machine."""
    return settings(max_examples=number * FACTOR, derandomize=FACTOR == 1, deadline=None, **more)
