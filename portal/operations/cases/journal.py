"""Writing down what happened to a case: in its history, its head and the log, all three or none."""

from portal.domain.cases.case import Case
from portal.domain.cases.events import Event
from portal.operations.office import Office
from portal.store import audit, cases
from portal.store.cases import StoredCase


def record_event(
    office: Office, stored: StoredCase, event: Event, after: Case, act: str, note: str = ""
) -> None:
    """Write the event, the case as it is after it, and the act as the log names it.

    Call it in the transaction of the act; `after` is one version on.
    """
    cases.add_event(office.store, stored, event, after.version)
    cases.save_head(office.store, stored, after)
    audit.record(office.store, event.at, event.actor, act, stored.case.receipt, note)
