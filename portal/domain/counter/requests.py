"""What the applicant asks at the counter, by phone or by letter, and a clerk does in his name.

The step is the applicant's own: what holds for him holds for the day on which he asked.
"""

from collections.abc import Mapping
from datetime import date

from portal.domain.accounts.actor import Actor
from portal.domain.cases.case import Case
from portal.domain.cases.workflow.counter import ASKED_ON, NO_PAGE_WHY
from portal.domain.counter.channels import OLDEST
from portal.domain.records.engine import steps_open_to
from portal.domain.records.event import Event
from portal.domain.records.guards import NO_PAGE, SIGNED_PAGE
from portal.domain.records.workflow import Snapshot, Step
from portal.domain.shared.dates import format_date
from portal.domain.shared.errors import NotAccepted


def list_requests(case: Case, today: date, actor: Actor) -> tuple[Step, ...]:
    """List the steps that the actor may take in the applicant's name.

    One that is only open for some days is listed while the applicant can have asked in time.
    """
    steps = steps_open_to(case.workflow, snapshot_for_request(case, today - OLDEST), actor)
    return tuple(step for step in steps if step.twin_of)


def snapshot_for_request(case: Case, day: date) -> Snapshot:
    """Return the case as it is for a request of a day, whatever lies there in writing."""
    return case.snapshot(day, SIGNED_PAGE)


def snapshot_as_asked(case: Case, asked: Mapping[str, object], *, signed: bool) -> Snapshot:
    """Return the case as it is for a request: by its day, its signed page, or why there is none."""
    traits = [SIGNED_PAGE] if signed else [NO_PAGE] if asked.get(NO_PAGE_WHY) else []
    return case.snapshot(date.fromisoformat(str(asked[ASKED_ON])), *traits)


def require_possible_day(asked_on: date, entry: Event, today: date) -> None:
    """Raise NotAccepted if the applicant cannot have asked for it on this day."""
    if asked_on < entry.on:
        raise NotAccepted(f"{format_date(entry.on)}才到这一步，他不会在那以前提。请看看“哪天提的”")
    if asked_on < today - OLDEST:
        raise NotAccepted(f"超过 {OLDEST.days} 天了。请看看“哪天提的”")
