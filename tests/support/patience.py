"""How long tests wait before they give up on something that hangs.

Nothing that works comes near these limits, and no test measures speed by them. PATIENCE=4
multiplies them all, for a machine that is slower still or under a debugger.
"""

import os

FACTOR = float(os.environ.get("PATIENCE", "1"))


def seconds(limit: float) -> float:
    """This many seconds, multiplied by the factor."""
    return limit * FACTOR


STEP = seconds(120)
"""One answer, one page, one end of a process."""
WHOLE = seconds(600)
"""A whole test or a long command."""
