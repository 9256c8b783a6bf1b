"""What the auditor asks of the log（操作记录）: who, which acts, on what, between which days."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LogQuery:
    """Entries of the log; what is empty asks nothing.

    `acts` are as they are stored, `target` what it was done to. `start` counts itself in, `end`
    does not.
    """

    actor: str = ""
    acts: frozenset[str] = frozenset()
    target: str = ""
    start: datetime | None = None
    end: datetime | None = None
