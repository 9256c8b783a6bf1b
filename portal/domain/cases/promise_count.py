"""How many promised days were kept（说到做到）: told from the events of a case, none stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.domain.cases.case import Case, replay
from portal.domain.records.event import Event
from portal.domain.records.workflow import SAME, Awaiting
from portal.domain.rules.rulebook import Rulebook
from portal.domain.shared.dates import local_date


@dataclass(frozen=True, slots=True)
class PromiseCount:
    """How often the centre did by the promised day what it had to do, and how often later."""

    kept: int
    missed: int


def count_promises(
    case: Case, history: Iterable[Event], rules: Rulebook, first: date, last: date
) -> PromiseCount:
    """Count the promises that ended between two days, both counted in.

    One ends when staff take the step that was awaited; the applicant's own steps end none.
    """
    kept = missed = 0
    before: Case | None = None
    for event, step, after in replay(case, history, rules):
        day = local_date(event.at)
        promised = before.due_on if before else None
        ours = before is not None and before.state_row.awaiting is Awaiting.CENTRE
        ends = step is not None and step.target != SAME and not step.from_applicant
        if promised and ours and ends and first <= day <= last:
            kept, missed = (kept + 1, missed) if day <= promised else (kept, missed + 1)
        before = after
    return PromiseCount(kept, missed)
