"""Writing down what happened to a case: in its history, its head and the log, or nowhere."""

from dataclasses import replace

from portal.domain.audit.actions import Auditable
from portal.domain.cases.case import Case
from portal.domain.records.event import Event
from portal.operations.claim_limits import keep_up_standing
from portal.operations.office import Office
from portal.store import audit, cases
from portal.store.cases import StoredCase


def record_event(
    office: Office, stored: StoredCase, event: Event, after: Case, act: Auditable, note: str = ""
) -> StoredCase:
    """Write the event, the case as it is after it, and the act as the log names it.

    Call it in the transaction of the act. The event gets what all events of the case count for,
    and the day by which whoever is awaited now must act.
    """
    told = replace(event, tally={**after.tally, **event.tally}, due_on=after.due_on)
    head = keep_up_standing(office, stored, after)
    written = cases.append_to_case(office.store, stored, told, head)
    audit.record(office.store, event.at, event.actor, act, stored.case.receipt, note)
    return written
