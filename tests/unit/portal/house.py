"""What the unit tests of the portal share: the real rules, and cases that exist in memory only."""

import tomllib
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from portal.domain.cases import Case, open_case
from portal.domain.rules import Rulebook, load_deadlines
from portal.domain.workflow import OPENING, CaseKind
from portal.domain.working_days import load_calendar

RULES = Path(__file__).parents[3] / "content" / "rules"
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@lru_cache(maxsize=1)
def rulebook() -> Rulebook:
    """The limits and the calendar that the centre publishes."""
    calendar = tomllib.loads((RULES / "working_days.toml").read_text("utf-8"))
    deadlines = tomllib.loads((RULES / "deadlines.toml").read_text("utf-8"))
    return Rulebook(load_calendar(calendar), load_deadlines(deadlines))


def new_case(kind: CaseKind, at: datetime = MONDAY) -> Case:
    """A case that was handed in at that moment."""
    return open_case(Case("JZ26-TEST", kind, OPENING, at, at), rulebook())
