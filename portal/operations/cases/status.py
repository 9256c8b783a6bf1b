"""What a visitor sees of his case: look-up with number and code, and the status page."""

from dataclasses import dataclass
from datetime import date

from portal.domain.accounts.actor import APPLICANT
from portal.domain.audit.actions import AuditAction
from portal.domain.cases.case import Case, TimelineEntry, find_reason, timeline, what_is_asked
from portal.domain.cases.code_reissue import find_request
from portal.domain.cases.promised_date import explain_promise, find_promise
from portal.domain.cases.receipt_numbers import parse_code, parse_receipt
from portal.domain.documents.document_types import (
    SentFile,
    came_since_asked,
    may_send,
    may_take_back,
    name_papers,
)
from portal.domain.documents.paper_states import PaperList, look_at_requested, may_hand_in
from portal.domain.forms.person import find_reach
from portal.domain.notices.notices import promise_call, tell_applicant
from portal.domain.records.engine import steps_open_to
from portal.domain.records.guards import within_deadline
from portal.domain.records.workflow import Awaiting, Step
from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.rate_limits import RateLimit
from portal.operations import rate_limits
from portal.operations.claim_limits import say_claim_limits
from portal.operations.forms import admission, saved_drafts
from portal.operations.forms.admission import NO_SOLUTION, Solution
from portal.operations.forms.saved_drafts import ResumedDraft
from portal.operations.forms.submission import code_of
from portal.operations.office import Office
from portal.store import audit, cases, drafts, files
from portal.store.audit import Openings
from portal.store.cases import StoredCase
from portal.store.crypto.sealing import code_matches

WRONG_PAIR = "编号和查询码对不上。请对照回执，再填一遍。查询码丢了，请打电话或者到窗口来问"
OPENINGS = (
    AuditAction.OPEN,
    AuditAction.REVEAL,
    AuditAction.OPEN_PAPER,
    AuditAction.OPEN_ORIGINAL,
)
"""The acts of staff that are a look into the case."""
_KEPT_OF_HMAC = 16


@dataclass(frozen=True, slots=True)
class Ticket:
    """What the browser keeps after a look-up: the case, and a part of its code's HMAC."""

    receipt: str
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStatus:
    """The status page.

    `needed` is the step the applicant is asked for, `asked` in whose words; `steps` are all
    that he may take; `call_back` says how we reach him; `review_until` is the last day for an
    objection; `reason` is what a decision against him says; `sent` are his photos, `came` those
    since he was asked, `requested` how the papers stand that were asked for by name; `may_send`
    whether he may send more, `may_take_back` whether he may remove any; `why_moved` says why the
    promised day is not the first one; `claim_limits` until when he can claim, in words; `opened`
    how often staff have opened the case; `reissue_asked` whether somebody asks for a new code
    today.
    """

    case: Case
    sentence: str
    entries: tuple[TimelineEntry, ...]
    needed: Step | None
    asked: str
    steps: tuple[Step, ...]
    call_back: str
    due_on: date | None
    review_until: date | None
    reason: str
    sent: tuple[SentFile, ...]
    came: tuple[SentFile, ...]
    requested: PaperList
    may_send: bool
    may_take_back: bool
    why_moved: list[str]
    claim_limits: tuple[str, ...]
    opened: Openings
    reissue_asked: bool

    @property
    def answered(self) -> bool:
        """Whether what he was asked for can be handed in without words."""
        return may_hand_in(self.came, self.requested)


def look_up(
    office: Office,
    typed_receipt: str,
    typed_code: str,
    address: str,
    solution: Solution = NO_SOLUTION,
) -> Ticket | ResumedDraft:
    """Open a case, or a form that was put aside, with its number and code.

    NotAccepted says the same for a wrong number as for a wrong code; a certain typing error is
    told apart without touching the store. NeedsWork, TooMany over the limits.
    """
    receipt = parse_receipt(typed_receipt)
    if receipt is None:
        raise NotAccepted("登记编号有一位不对。请对照回执再看一遍，比如 JZ26-7K3M-9QF2")
    code, checkpoint = _read_code(typed_code), admission.look_up_checkpoint(receipt, address)
    admission.require_admission(office, checkpoint, solution)
    code_hmac = _match_code(office, receipt, code)
    if code_hmac is None:
        with office.store.transaction():
            rate_limits.spend_all(office, checkpoint.limits)
        raise NotAccepted(WRONG_PAIR)
    return saved_drafts.find_begun(office, receipt, code) or Ticket(
        receipt, code_hmac[:_KEPT_OF_HMAC]
    )


def require_code(office: Office, receipt: str, typed_code: str) -> None:
    """Ask once more for the code of a case that is open already. NotAccepted, TooMany.

    What strangers try at the look-up does not count here: they cannot stop the owner.
    """
    code = _read_code(typed_code)
    rate_limits.require_below_limit(office, RateLimit.WRONG_CODE_IN_THE_OPEN_CASE, receipt)
    if _match_code(office, receipt, code) is None:
        rate_limits.spend(office, RateLimit.WRONG_CODE_IN_THE_OPEN_CASE, receipt)
        raise NotAccepted(WRONG_PAIR)


def _read_code(typed: str) -> str:
    code = parse_code(typed)
    if code is None:
        raise NotAccepted("查询码有一位不对。查询码是 16 位数字，请对照回执再看一遍")
    return code


def _match_code(office: Office, receipt: str, code: str) -> str | None:
    """Return the HMAC of the code if it is that of the case or of the form that was put aside.

    It takes as long for a number of nobody.
    """
    stored = cases.find_case(office.store, receipt)
    draft_hmac = drafts.code_hmac_of_draft(office.store, receipt)
    code_hmac = stored.code_hmac if stored else draft_hmac
    return code_hmac if code_matches(office.store.keys, receipt, code, code_hmac) else None


def find_ticket_case(office: Office, ticket: Ticket) -> StoredCase | None:
    """Return the case of a ticket; None if its code was replaced meanwhile."""
    stored = cases.find_case(office.store, ticket.receipt)
    return stored if stored and stored.code_hmac[:_KEPT_OF_HMAC] == ticket.fingerprint else None


def ticket_of_sender(office: Office, token: str) -> Ticket | None:
    """Return the ticket of the case that this token's form became; None if its code is replaced."""
    stored = cases.find_submission(office.store, drafts.token_index(office.store.keys, token))
    if stored is None:
        return None
    code = code_of(office, stored.case.receipt, token)
    if not code_matches(office.store.keys, stored.case.receipt, code, stored.code_hmac):
        return None
    return Ticket(stored.case.receipt, stored.code_hmac[:_KEPT_OF_HMAC])


def follow_case(office: Office, ticket: Ticket) -> CaseStatus | None:
    """Return what the applicant may see of his case; None if its code was replaced meanwhile."""
    stored = find_ticket_case(office, ticket)
    if stored is None:
        return None
    case = stored.case
    steps = steps_open_to(case.workflow, case.snapshot(office.today()), APPLICANT)
    needed = steps[0] if steps and case.state_row.awaiting is Awaiting.APPLICANT else None
    history = cases.history(office.store, stored)
    promise = find_promise(case, history, office.rules)
    sent = tuple(files.files_of(office.store, stored.owner))
    context = name_papers(office.context(), case.kind)
    reach, may_contact = find_reach(stored.answer), stored.answer("may_contact")
    return CaseStatus(
        case=case,
        sentence=case.state_row.public_sentence.format_map(
            office.rules.words() | {"call": promise_call(reach, may_contact)}
        ),
        entries=tuple(timeline(case, history, public=True, context=context)),
        needed=needed,
        asked=what_is_asked(case, history),
        steps=steps,
        call_back=tell_applicant(reach, may_contact, office.sends_notices),
        due_on=case.due_on,
        review_until=case.due_on if any(within_deadline in step.guards for step in steps) else None,
        reason=find_reason(case, history) if case.state_row.refuses else "",
        sent=sent,
        came=tuple(came_since_asked(case, history, sent)),
        requested=look_at_requested(case, history, stored.open_answers(), sent)
        if case.open
        else PaperList(),
        may_send=may_send(case),
        may_take_back=may_take_back(case),
        claim_limits=say_claim_limits(office, stored),
        why_moved=explain_promise(promise) if promise else [],
        opened=audit.openings_of(office.store, case.receipt, OPENINGS),
        reissue_asked=find_request(history, office.today()) is not None,
    )
