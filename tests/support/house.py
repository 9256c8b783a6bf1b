"""What the unit tests of the portal share: the real rules, and cases that exist in memory only."""

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from portal.domain.cases.case import Case, open_case
from portal.domain.cases.workflow import OPENING
from portal.domain.records.guards import AnotherPerson
from portal.domain.records.workflow import Step
from portal.domain.rules.rulebook import Rulebook
from portal.domain.shared.case_kinds import CaseKind
from portal.settings.config import read_rules

CONTENT = Path(__file__).parents[2] / "content"
RULES = CONTENT / "rules"
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@lru_cache(maxsize=1)
def rulebook() -> Rulebook:
    """The limits and the calendar that the centre publishes."""
    return read_rules(CONTENT)


def new_case(kind: CaseKind, at: datetime = MONDAY) -> Case:
    """A case that was handed in at that moment."""
    return open_case(Case("JZ26-TEST", kind, OPENING, at, at), rulebook())


def not_by_who_took(step: Step) -> frozenset[str]:
    """The steps of which nobody may have taken one who takes this step."""
    return frozenset().union(*(one.steps for one in step.guards if isinstance(one, AnotherPerson)))
