"""Filling in a form and handing it in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from portal.domain.audit.actions import AuditAction
from portal.domain.cases.case import Case, open_case
from portal.domain.cases.case_tally import tally_of
from portal.domain.cases.events import CaseSubmitted
from portal.domain.cases.promised_date import first_promise
from portal.domain.cases.receipt_numbers import code_from_bytes, new_receipt
from portal.domain.cases.workflow import OPENING, WORKFLOWS
from portal.domain.counter.channels import ONLINE, Arrival, Channel, moment_of_arrival
from portal.domain.counter.contacts import ContactBecameCase
from portal.domain.forms.answers import Answers
from portal.domain.forms.collective_dispute import count_together
from portal.domain.forms.drafts import Draft
from portal.domain.forms.journeys import JOURNEYS, Page
from portal.domain.forms.person import find_identity_number, find_reach
from portal.domain.forms.progress import JourneyProgress
from portal.domain.notices.notices import WILL_CALL, promise_call
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.dates import local_date
from portal.domain.shared.errors import Changed, NotFound
from portal.domain.shared.rate_limits import RateLimit
from portal.operations import rate_limits
from portal.operations.claim_limits import reckon_standing, say_claim_limits
from portal.operations.forms import admission
from portal.operations.forms.admission import NO_SOLUTION, Solution
from portal.operations.forms.complaints import keep_concerned_out
from portal.operations.notices import notice_queue
from portal.operations.office import Office
from portal.store import audit, cases, contacts, drafts, files, outbox, persons
from portal.store.cases import StoredCase
from portal.store.crypto.sealing import code_matches, code_seed, hmac_of_code
from portal.store.errors import Duplicate

_ATTEMPTS = 20
DraftChange = Callable[[Draft], Draft]
"""What a page makes of the draft as it is when the page is saved."""
_Result = TypeVar("_Result")


class Incomplete(Exception):  # noqa: N818
    """The form lacks an answer; `page` is where to go on."""

    def __init__(self, page: Page) -> None:
        super().__init__(page.path)
        self.page = page


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the visitor takes away: the number, and the code that only he is shown.

    `code` is None when the counter has replaced it meanwhile: then only the new one counts.
    `reply_by` is the day that was promised for the first answer; `people` is how many are in a
    collective dispute （集体争议）, 0 if it is none; `claim_limits` say until when he can claim;
    `call` is what `{call}` in the words of the form stands for.
    """

    number: str
    code: str | None
    kind: CaseKind
    filed_on: date
    reply_by: date | None
    people: int = 0
    claim_limits: tuple[str, ...] = ()
    call: str = WILL_CALL

    @property
    def kind_label(self) -> str:
        """What was handed in, in words."""
        return WORKFLOWS[self.kind].label


def read_draft(office: Office, token: str) -> Draft | None:
    """Return what the holder of this token has filled in so far."""
    return drafts.find_draft(office.store, token)


def begin_draft(office: Office, answers: Answers, card: str | None, address: str) -> str:
    """Start a form, with what is known already; returns the token that leads back to it."""
    rate_limits.spend(office, RateLimit.DRAFT_BY_ADDRESS, address)
    token = office.new_token()
    drafts.save_draft(office.store, token, Draft(answers, card=card), office.now())
    return token


def change_draft(office: Office, token: str, change: DraftChange) -> Draft:
    """Save what a page changes of the draft; returns it as it is now. NotFound without one.

    Who comes back needs no reminder any more.
    """
    with office.store.transaction():
        draft = read_draft(office, token)
        if draft is None:
            raise NotFound(token)
        changed = replace(change(draft), changed_at=office.now())
        drafts.save_draft(office.store, token, changed, office.now())
        _forget_reminders(office, draft)
    return changed


def _forget_reminders(office: Office, draft: Draft | None) -> None:
    if draft and draft.receipt:
        outbox.supersede_messages(office.store, draft.receipt)


def leave_draft(office: Office, token: str) -> None:
    """Forget a draft that its browser lets go of, unless number and code still lead to it."""
    draft = read_draft(office, token)
    if draft and not draft.receipt:
        drop_draft(office, token)


def drop_draft(office: Office, token: str) -> None:
    """Forget what the holder of this token has filled in, and the photos that he sent."""
    with office.store.transaction():
        _forget_reminders(office, read_draft(office, token))
        drafts.remove_draft(office.store, token)
        index = drafts.token_index(office.store.keys, token)
        gone = files.forget_files(office.store, drafts.owner_name(index))
    files.remove_blobs(office.store.files, gone)


def find_receipt(office: Office, token: str) -> Receipt | None:
    """Return the receipt, with code, of the case that this draft became; None if not handed in."""
    submission = drafts.token_index(office.store.keys, token)
    stored = cases.find_submission(office.store, submission)
    if stored is None:
        return None
    number = stored.case.receipt
    code = code_of(office, number, token)
    still_valid = code_matches(office.store.keys, number, code, stored.code_hmac)
    return receipt_of(office, stored, code if still_valid else None)


def receipt_of(office: Office, stored: StoredCase, code: str | None) -> Receipt:
    """Return the receipt of a case with the code that opens it, None if that is not to be shown."""
    case = stored.case
    filed_on = local_date(case.submitted_at)
    promised = first_promise(case, office.rules)
    limits = say_claim_limits(office, stored)
    call = promise_call(find_reach(stored.answer), stored.answer("may_contact"))
    return Receipt(case.receipt, code, case.kind, filed_on, promised, case.people, limits, call)


def submit_case(
    office: Office,
    kind: CaseKind,
    token: str,
    declarations: Answers,
    address: str,
    solution: Solution = NO_SOLUTION,
) -> Receipt:
    """Hand the draft in as a case; returns only after everything is on the disk.

    Repeating it with the same token gives the same receipt and code. Incomplete if an answer is
    missing, NotFound if there is no such draft, NeedsWork, TooMany, NoRoom over the limits.
    """
    if receipt := find_receipt(office, token):
        return receipt
    admission.require_admission(
        office, admission.submission_checkpoint(office, token, address), solution
    )
    spending = {
        RateLimit.SUBMIT_BY_ADDRESS: (address,),
        RateLimit.SUBMIT: (),
        RateLimit.SUBMIT_ALL: (),
    }
    rate_limits.spend_all(office, spending)
    return file_once(office, kind, token, lambda: read_draft(office, token), declarations, ONLINE)


def file_once(
    office: Office,
    kind: CaseKind,
    token: str,
    read: Callable[[], Draft | None],
    declarations: Answers,
    arrival: Arrival,
) -> Receipt:
    """File what `read` gives as a case, unless the token has become one already: then it is None.

    Raises what `submit_case` raises, but for limits, which are the caller's.
    """

    def file() -> Receipt:
        # Read first: this waits for another tap on the same button to end.
        draft = read()
        if draft is None and (found := find_receipt(office, token)):
            return found
        return _file(office, kind, token, draft, declarations, arrival)

    return until_number_is_free(office, file)


def until_number_is_free(office: Office, work: Callable[[], _Result]) -> _Result:
    """Do the work in a transaction, anew if somebody was quicker to take the number. Duplicate."""
    for attempt in range(_ATTEMPTS):
        try:
            with office.store.transaction():
                return work()
        except Duplicate:
            if attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


def _file(
    office: Office,
    kind: CaseKind,
    token: str,
    draft: Draft | None,
    declarations: Answers,
    arrival: Arrival,
) -> Receipt:
    if draft is None:
        raise NotFound(token)
    progress = JourneyProgress(JOURNEYS[kind], draft)
    if progress.next_page:
        raise Incomplete(progress.next_page)
    answers = progress.asked_answers | declarations
    _forget_reminders(office, draft)
    case = open_case(_new_case(office, kind, answers, draft, arrival), office.rules)
    case = reckon_standing(office, case, answers)
    code = code_of(office, case.receipt, token)
    stored = cases.add_case(
        office.store,
        case,
        answers,
        _submitted(case, arrival),
        code_hmac=hmac_of_code(office.store.keys, case.receipt, code),
        submission=drafts.token_index(office.store.keys, token),
    )
    if kind is CaseKind.COMPLAINT:
        stored = keep_concerned_out(office, stored, arrival.by.login)
    if arrival.contact:
        _point_to_case(office, case, arrival)
    notice_queue.tell_of_filing(office, stored)
    act = AuditAction.SUBMIT if arrival.channel is Channel.WEB else AuditAction.KEY_IN
    audit.record(office.store, case.changed_at, arrival.by.login, act, case.receipt)
    if owner := drafts.owner_of(office.store, token):
        files.hand_over_files(office.store, owner, stored.owner)
    drafts.remove_draft(office.store, token)
    return receipt_of(office, stored, code)


def _point_to_case(office: Office, case: Case, arrival: Arrival) -> None:
    """Let the contact point to the case that it became. Changed if it points to another."""
    contact = contacts.find_contact(office.store, arrival.contact)
    if contact is None or contact.case or contact.struck:
        raise Changed(arrival.contact)
    became = ContactBecameCase(
        at=case.changed_at, actor=arrival.by.login, receipt=case.receipt, tally=contact.tally
    )
    contacts.append_to_contact(office.store, contact, became)


def _submitted(case: Case, arrival: Arrival) -> CaseSubmitted:
    return CaseSubmitted(
        at=case.changed_at,
        on=local_date(case.submitted_at),
        actor=arrival.by.login,
        facts=arrival.facts,
        tally=case.tally,
        due_on=case.due_on,
    )


def _new_case(
    office: Office, kind: CaseKind, answers: Answers, draft: Draft, arrival: Arrival
) -> Case:
    now, receipt = office.now(), draft.receipt or new_number(office, kind)
    number = find_identity_number(answers)
    person = persons.person_of(office.store, number) if number else receipt
    return Case(
        receipt=receipt,
        kind=kind,
        state=OPENING,
        submitted_at=moment_of_arrival(arrival, now),
        changed_at=now,
        form_version=JOURNEYS[kind].edition_for(answers).version,
        taken=(("submit", arrival.by.login),),
        people=count_together(answers),
        tally=tally_of(
            kind,
            answers,
            channel=str(arrival.channel),
            card=draft.card,
            contact=arrival.contact,
            person=person,
        ),
    )


def new_number(office: Office, kind: CaseKind) -> str:
    """Draw a number of this year that no case or draft has; in the transaction that stores it."""
    prefix = WORKFLOWS[kind].receipt_prefix
    for _ in range(_ATTEMPTS):
        number = new_receipt(prefix, office.today().year, office.randbelow)
        known = cases.find_case(office.store, number)
        if known is None and drafts.code_hmac_of_draft(office.store, number) is None:
            return number
    raise Duplicate("receipt")


def code_of(office: Office, number: str, token: str) -> str:
    """Return the code that goes with this number for the holder of this token."""
    return code_from_bytes(code_seed(office.store.keys, number, token))
