"""What a consultation has told already, for the legal papers that its worker takes along."""

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Permission, is_granted
from portal.domain.audit.actions import AuditAction
from portal.domain.legal_papers.composition import Known
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAllowed, NotFound
from portal.operations.accounts.access import require_open_case
from portal.operations.cases.status import Ticket, find_ticket_case
from portal.operations.office import Office
from portal.store import audit
from portal.store.cases import StoredCase

HAS_PAPERS = frozenset({CaseKind.CONSULTATION})
"""The kinds of cases that legal papers are filled in from."""


def know_own_case(office: Office, ticket: Ticket) -> Known:
    """Return what the holder of number and code has told. NotFound where there are no papers."""
    stored = find_ticket_case(office, ticket)
    if stored is None or stored.case.kind not in HAS_PAPERS:
        raise NotFound(ticket.receipt)
    return _know(stored)


def require_papers(office: Office, actor: Actor, receipt: str) -> StoredCase:
    """Return the case whose papers this member of staff may print. NotFound, NotAllowed."""
    if not is_granted(actor.roles, Permission.REVEAL_IDENTITY):
        raise NotAllowed("您的岗位不能看完整的身份信息")
    stored = require_open_case(office, actor, receipt)
    if stored.case.kind not in HAS_PAPERS:
        raise NotFound(receipt)
    return stored


def know_case(office: Office, actor: Actor, receipt: str, reason: str) -> Known:
    """Return the same to staff, in clear; who took it out and why is logged.

    NotFound or NotAllowed, as for opening the case.
    """
    stored = require_papers(office, actor, receipt)
    with office.store.transaction():
        action = AuditAction.PRINT_LEGAL_PAPER
        audit.record(office.store, office.now(), actor.login, action, receipt, reason)
        return _know(stored)


def _know(stored: StoredCase) -> Known:
    answers = stored.open_answers()
    return Known(answers, frozenset({str(answers.get("topic", ""))}))
