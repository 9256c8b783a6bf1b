"""Collective disputes that the leader must hear of on the day they come in （集体争议）."""

from dataclasses import dataclass
from datetime import date

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Permission, is_granted
from portal.domain.cases.exclusion import may_open
from portal.domain.cases.workflow.legal import REPORT
from portal.domain.shared.dates import local_date
from portal.operations.office import Office
from portal.store import cases

MOST = 20


@dataclass(frozen=True, slots=True)
class ToReport:
    """That there is such a case, and no more: `late` from the day after it came."""

    receipt: str
    people: int
    came_on: date
    late: bool
    may_open: bool


def list_to_report(office: Office, actor: Actor) -> list[ToReport]:
    """List those of which the leader has not been told yet, the oldest first.

    Who decides hears of them too, without the right to open them. One more than MOST, if there
    are more.
    """
    if not is_granted(actor.roles, Permission.HEAR_OF_DISPUTES):
        return []
    waiting = [stored.case for stored in cases.with_open_task(office.store, REPORT, MOST + 1)]
    return [
        ToReport(
            case.receipt, case.people, came_on, came_on < office.today(), may_open(case, actor)
        )
        for case in waiting
        if actor.logins.isdisjoint(case.excluded)
        for came_on in [local_date(case.submitted_at)]
    ]
