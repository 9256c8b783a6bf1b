"""Papers that are handed over at the counter: staff add them to a case, and take them back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from portal.domain.accounts.actor import Actor
from portal.domain.audit.actions import AuditAction
from portal.domain.counter.requests import list_requests
from portal.domain.documents import document_types
from portal.domain.documents.document_types import SIGNED_REQUEST, Paper, SentFile
from portal.domain.documents.paper_states import Absence, Saying, read_absences, read_requested
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAllowed, NotFound
from portal.domain.shared.rate_limits import RateLimit
from portal.operations.accounts.access import require_open_case
from portal.operations.documents.case_documents import (
    add_to_case,
    record_saying,
    remove_from_case,
)
from portal.operations.documents.intake import Upload, UploadLimits, store_upload
from portal.operations.office import Office
from portal.store import audit, cases, files
from portal.store.cases import StoredCase
from portal.store.files import Blobs

GIVE = "give_supplement"
"""The step by which the applicant gives what he was asked for."""
ENDED = "这件事已经办完，不能再传、再删材料了"


@dataclass(frozen=True, slots=True)
class CounterPapers:
    """The papers of a case at the counter: what may be added, what is there, what may go again,
    what the applicant said of those that are not, by their codes, and whether what he brought may
    be handed in as his supplement."""

    kind: CaseKind
    offered: tuple[Paper, ...]
    sent: tuple[SentFile, ...]
    may_take_back: bool
    absences: Mapping[str, Absence]
    may_end_supplement: bool

    def count(self, paper: Paper) -> int:
        """Count the files of a paper."""
        return sum(one.paper == paper.code for one in self.sent)


def list_counter_papers(office: Office, actor: Actor, receipt: str) -> CounterPapers:
    """Show what staff may add to an open case they may open; who looked is logged.

    NotFound, NotAllowed otherwise.
    """
    stored = _require_takes_papers(office, actor, receipt)
    audit.record(office.store, office.now(), actor.login, AuditAction.LIST_PAPERS, receipt)
    case, sent = stored.case, files.files_of(office.store, stored.owner)
    answers = stored.open_answers()
    asked = read_requested(case, cases.history(office.store, stored))
    offered = document_types.papers_at_the_counter(case.kind, answers, sent, asked)
    return CounterPapers(
        case.kind,
        tuple(one for one in offered if case.open or one == SIGNED_REQUEST),
        tuple(sent),
        document_types.may_take_back(case),
        read_absences(answers),
        any(step.act == GIVE for step in list_requests(case, office.today(), actor)),
    )


def say_absent_at_the_counter(
    office: Office, actor: Actor, receipt: str, code: str, said: Saying
) -> None:
    """Note what the applicant says of a paper at the counter; else as `say_absent_in_case`.

    NotFound if the case has no paper with this code.
    """
    with office.store.transaction():
        stored = _require_not_over(office, actor, receipt)
        if document_types.find_paper(stored.case.kind, code) is None:
            raise NotFound(code)
        record_saying(office, stored, code, said, actor)


def add_staff_document(
    office: Office, actor: Actor, receipt: str, code: str, upload: Upload
) -> bool:
    """Add a photo or scan that was handed over at the counter; else as `send_to_case`.

    NotFound if the case has no paper with this code.
    """

    def store(blobs: Blobs, sent: SentFile) -> bool:
        case = _require_takes_papers(office, actor, receipt, code)
        return add_to_case(office, case, blobs, sent, actor)

    stored = _require_takes_papers(office, actor, receipt, code)
    paper = document_types.find_paper(stored.case.kind, code)
    if paper is None:
        raise NotFound(code)
    limits = UploadLimits({RateLimit.UPLOAD_AT_THE_COUNTER: (actor.login,)})
    mine = replace(upload, by=actor.login)
    return store_upload(office, stored.case.kind, stored.owner, paper, mine, limits, store)


def remove_staff_document(office: Office, actor: Actor, receipt: str, file_id: str) -> None:
    """Remove what staff have added, while the applicant might remove what he has sent.

    NotAllowed when the case is over, it is built on already, or the applicant has sent it.
    """
    with office.store.transaction():
        stored = _require_not_over(office, actor, receipt)
        gone = remove_from_case(office, stored, file_id, actor)
    files.remove_blobs(office.store.files, gone)


def _require_takes_papers(
    office: Office, actor: Actor, receipt: str, code: str = SIGNED_REQUEST.code
) -> StoredCase:
    """Return the case if it takes this paper: over, only what he asks by his own hand."""
    stored = require_open_case(office, actor, receipt)
    requests = list_requests(stored.case, office.today(), actor)
    if code == SIGNED_REQUEST.code and any(step.signed for step in requests):
        return stored
    return _require_not_over(office, actor, receipt)


def _require_not_over(office: Office, actor: Actor, receipt: str) -> StoredCase:
    stored = require_open_case(office, actor, receipt)
    if not stored.case.open:
        raise NotAllowed(ENDED)
    return stored
