"""Photos of papers that an applicant sends: with a form or after it, listed, and taken back."""

from portal.cleaning import SHORT_SIDE
from portal.domain.accounts.actor import APPLICANT
from portal.domain.documents import document_types
from portal.domain.documents.document_types import Paper, SentFile
from portal.domain.documents.paper_states import PaperList, Saying, look_at_papers, read_requested
from portal.domain.forms.answers import Answers
from portal.domain.forms.journeys import PAPERS_ABSENT
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAllowed, NotFound
from portal.operations.cases.status import Ticket, find_ticket_case
from portal.operations.documents.case_documents import (
    add_to_case,
    record_saying,
    remove_from_case,
)
from portal.operations.documents.intake import (
    Upload,
    keep_once,
    limits_of_applicant,
    require_draft_owner,
    store_upload,
)
from portal.operations.forms import submission
from portal.operations.office import Office
from portal.store import cases, drafts, files
from portal.store.cases import StoredCase
from portal.store.files import Blobs

CASE_ENDED = "这件事已经办完，不能再传、再删材料了。有新的材料，请打电话或者到窗口来"


def side_to_send(kind: CaseKind) -> int:
    """Return the pixels to which a browser may shrink a photo's shorter side; 0 for evidence."""
    return 0 if kind in document_types.KEEPS_ORIGINALS else SHORT_SIDE


def sent_with_draft(office: Office, token: str) -> list[SentFile]:
    """List what the holder of this token has sent so far."""
    owner = drafts.owner_of(office.store, token)
    return files.files_of(office.store, owner) if owner else []


def papers_with_draft(
    office: Office, kind: CaseKind, token: str, answers: Answers
) -> tuple[PaperList, list[SentFile]]:
    """List the papers that a form asks for, and what was sent with it so far."""
    sent = sent_with_draft(office, token)
    return look_at_papers(kind, answers, sent), sent


def papers_with_receipt(office: Office, token: str) -> tuple[PaperList, list[SentFile]]:
    """Do as `papers_of_case`, for the form that the holder of this token has handed in."""
    index = drafts.token_index(office.store.keys, token)
    stored = cases.find_submission(office.store, index)
    return _papers_and_files(office, stored) if stored else (PaperList(), [])


def send_with_draft(
    office: Office, kind: CaseKind, token: str, paper: Paper, upload: Upload, address: str
) -> bool:
    """Add a photo to a form that is being filled in; returns after it is on the disk.

    Tells whether it was new: the same file is kept once. The form is kept from now on as long as
    if it had been changed.
    NotAccepted, with what to do, if it cannot be taken; NotFound without the form; TooMany.
    """

    def store(blobs: Blobs, sent: SentFile) -> bool:
        added = keep_once(office, kind, require_draft_owner(office, token), blobs, sent)
        drafts.keep_draft_longer(office.store, token, office.now())
        return added

    owner = require_draft_owner(office, token)
    limits = limits_of_applicant(owner, address)
    return store_upload(office, kind, owner, paper, upload, limits, store)


def remove_from_draft(office: Office, token: str, file_id: str) -> None:
    """Remove a photo that was sent with a form; it is gone at once."""
    with office.store.transaction():
        was_there = files.forget_file(office.store, require_draft_owner(office, token), file_id)
    if was_there:
        files.remove_blobs(office.store.files, [file_id])


def say_absent_with_draft(office: Office, token: str, said: Saying) -> None:
    """Keep with a form what its holder says of a paper. NotFound without the form."""
    submission.change_draft(
        office, token, lambda now: now.with_answers({PAPERS_ABSENT: said(now.answers)})
    )


def say_absent_in_case(office: Office, ticket: Ticket, code: str, said: Saying) -> None:
    """Keep with a case what its applicant says of a paper; it stands in its history.

    NotAllowed when the case is over, TooMany.
    """
    with office.store.transaction():
        record_saying(office, _require_open(office, ticket), code, said, APPLICANT)


def papers_of_case(office: Office, ticket: Ticket) -> tuple[PaperList, list[SentFile]]:
    """List the papers that a case asks for, and what the applicant sent. NotFound; see Ticket."""
    return _papers_and_files(office, _require_case(office, ticket))


def send_to_case(
    office: Office, ticket: Ticket, paper: Paper, upload: Upload, address: str
) -> bool:
    """Add a photo to a case that was handed in; it stands in its history.

    As `send_with_draft`, and NotAllowed when the case is over.
    """

    def store(blobs: Blobs, sent: SentFile) -> bool:
        return add_to_case(office, _require_open(office, ticket), blobs, sent, APPLICANT)

    stored = _require_open(office, ticket)
    limits = limits_of_applicant(stored.owner, address)
    return store_upload(office, stored.case.kind, stored.owner, paper, upload, limits, store)


def remove_own_document(office: Office, ticket: Ticket, file_id: str) -> None:
    """Remove a photo from a case; that it was there stays in its history.

    NotAllowed when the case is over, staff have begun to build on what was sent, or it was they
    who added it.
    """
    with office.store.transaction():
        gone = remove_from_case(office, _require_open(office, ticket), file_id, APPLICANT)
    files.remove_blobs(office.store.files, gone)


def _papers_and_files(office: Office, stored: StoredCase) -> tuple[PaperList, list[SentFile]]:
    case, sent = stored.case, files.files_of(office.store, stored.owner)
    asked = read_requested(case, cases.history(office.store, stored))
    return look_at_papers(case.kind, stored.open_answers(), sent, asked), sent


def _require_case(office: Office, ticket: Ticket) -> StoredCase:
    stored = find_ticket_case(office, ticket)
    if stored is None:
        raise NotFound(ticket.receipt)
    return stored


def _require_open(office: Office, ticket: Ticket) -> StoredCase:
    stored = _require_case(office, ticket)
    if not document_types.may_send(stored.case):
        raise NotAllowed(CASE_ENDED)
    return stored
