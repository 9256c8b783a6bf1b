"""What it means for figures that a case is taken up again: its end no longer counts."""

from collections.abc import Sequence
from dataclasses import replace

from portal.domain.cases.case import Case, find_entry
from portal.domain.cases.events import CaseReopened
from portal.domain.records.event import Event
from portal.domain.records.tally import TALLY_FIELDS


def point_at_end(case: Case, event: CaseReopened, history: Sequence[Event]) -> CaseReopened:
    """Return the event with the number of the one that had ended the case, its type and its sums.

    Figures take away today what they had counted then; a month that was reported stays as it was.
    """
    number = find_entry(case, history)
    end = history[number]
    sums = {name: end.tally[name] for name in end.tally if TALLY_FIELDS[name].summed}
    return replace(event, corrects=number, tally={"corrects": type(end).__name__, **sums})
