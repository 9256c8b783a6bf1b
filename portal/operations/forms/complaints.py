"""A complaint about staff（投诉）: whom it names, and who keyed it in, keep out of it."""

from portal.domain.accounts.actor import VISITOR
from portal.domain.audit.actions import AuditAction
from portal.domain.cases.case import advance_outside
from portal.domain.cases.complaint import NOBODY_LEFT, Colleague, find_concerned
from portal.domain.cases.events import ColleagueExcluded
from portal.domain.cases.exclusion import may_open
from portal.domain.shared.errors import NotAccepted
from portal.operations.journal import record_event
from portal.operations.office import Office
from portal.store import accounts
from portal.store.cases import StoredCase

SYSTEM = "system"


def keep_concerned_out(office: Office, stored: StoredCase, keyed_in_by: str) -> StoredCase:
    """Let those whom it concerns keep out of a new complaint; call it in the transaction.

    NotAccepted if nobody is left who could open it: it would lie there unread.
    """
    staff = accounts.all_accounts(office.store)
    named = find_concerned(
        stored.open_answers(), (Colleague(one.login, one.name, one.roles) for one in staff)
    )
    reasons = dict.fromkeys(named, "投诉里提到了他")
    if keyed_in_by != VISITOR:
        reasons.setdefault(keyed_in_by, "这份投诉是他录入的")
    for login, why in reasons.items():
        event = ColleagueExcluded(at=office.now(), actor=SYSTEM, colleague=login, text=why)
        after = advance_outside(stored.case, event)
        stored = record_event(office, stored, event, after, AuditAction.EXCLUDE, login)
    if not any(not one.disabled and may_open(stored.case, one.actor) for one in staff):
        raise NotAccepted(NOBODY_LEFT)
    return stored
