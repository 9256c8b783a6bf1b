"""The applicant takes his own data away: he types his code once more, and it is logged."""

from portal.domain.accounts.actor import APPLICANT
from portal.domain.audit.actions import AuditAction
from portal.domain.cases.case import timeline
from portal.domain.documents.document_types import name_papers
from portal.domain.forms.answer_summary import Reader, leftovers, summarise
from portal.domain.forms.collective_dispute import MOST_LISTED
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.errors import NotFound
from portal.domain.shared.rate_limits import RateLimit
from portal.domain.subject_access.data_export import OwnData
from portal.operations import rate_limits
from portal.operations.cases.status import Ticket, find_ticket_case, require_code
from portal.operations.office import Office
from portal.store import audit, cases, files

_READS_ALL = Reader(most=MOST_LISTED)


def export_own_data(office: Office, ticket: Ticket, typed_code: str, shape: str) -> OwnData:
    """Return all that the applicant told us, unmasked, and what became of it; `shape` is logged.

    NotFound if the ticket is dead, NotAccepted if the code is wrong, TooMany over the limits.
    """
    stored = find_ticket_case(office, ticket)
    if stored is None:
        raise NotFound(ticket.receipt)
    require_code(office, ticket.receipt, typed_code)
    rate_limits.spend(office, RateLimit.OWN_DATA, ticket.receipt)
    case, now = stored.case, office.now()
    with office.store.transaction():
        audit.record(
            office.store, now, APPLICANT.login, AuditAction.TAKE_OUT_OWN_DATA, case.receipt, shape
        )
        answers, history = stored.open_answers(), cases.history(office.store, stored)
        journey, context = JOURNEYS[case.kind], name_papers(office.context(), case.kind)
        return OwnData(
            case,
            answers,
            (
                *summarise(journey, answers, context, _READS_ALL),
                *leftovers(journey, answers, context, _READS_ALL),
            ),
            tuple(timeline(case, history, public=True, masked=False, context=context)),
            tuple(files.files_of(office.store, stored.owner)),
            now,
        )
