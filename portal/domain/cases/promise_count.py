"""How many promised days were kept（说到做到）: told from the events of a case, none stored."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.domain.cases.case import Case, replay
from portal.domain.cases.promised_date import judge_promise
from portal.domain.records.event import Event
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
    """Count the promises that ended between two days, both counted in, as `judge_promise` says."""
    ended = Counter[str]()
    before: Case | None = None
    for event, step, after in replay(case, history, rules):
        if before and step and first <= local_date(event.at) <= last:
            told = judge_promise(before, step, event)
            ended.update(str(answer) for answer in told.values())
        before = after
    return PromiseCount(ended["yes"], ended["no"])
