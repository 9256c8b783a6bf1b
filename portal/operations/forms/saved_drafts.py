"""Saved drafts: a number and a code that lead back to them, and reminders."""

import logging
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from portal.domain.audit.actions import AuditAction
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.forms.drafts import Draft
from portal.domain.forms.person import find_reach
from portal.domain.notices.notices import PUT_ASIDE, Disclosure, Notice, by_daylight, disclosure_for
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.dates import CENTRE_ZONE, local_date
from portal.domain.shared.errors import NotFound
from portal.domain.shared.rate_limits import RateLimit
from portal.operations import rate_limits
from portal.operations.centre.clock_check import clock_seems_right
from portal.operations.centre.retention import draft_life
from portal.operations.forms.submission import code_of, new_number, read_draft, until_number_is_free
from portal.operations.office import Office
from portal.store import audit, drafts, outbox
from portal.store.errors import Damaged
from portal.store.outbox import DeliveryState, OutboxMessage

REMINDERS = ("draft_first_word", "draft_last_word")
"""The rows of deadlines.toml that say on which days after the last change a word goes out."""
_LATE = timedelta(days=3)
"""A word that could not be queued on its day is still worth saying for so long."""
_FROM_LINKS = frozenset({"topic", "listed_on"})
"""What a link can answer before anybody has typed anything."""
_LIMIT = RateLimit.REMINDER_BY_MOBILE
_log = logging.getLogger("portal")


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """What leads back to a form: number and code; it is kept to the end of `until`.

    `reminded`: a message will come before that day.
    """

    number: str
    code: str
    until: date
    reminded: bool


@dataclass(frozen=True, slots=True)
class ResumedDraft:
    """A form that number and code have opened: its kind, and the token that holds it."""

    kind: CaseKind
    token: str


def find_held(office: Office, token: str) -> Draft | None:
    """Return the form of this token if it would be missed: it has a number, or something typed.

    None too if it is handed in or gone.
    """
    draft = read_draft(office, token)
    if draft is None:
        return None
    typed = draft.answers.keys() - _FROM_LINKS or draft.refused or draft.rosters
    return draft if draft.receipt or typed else None


def put_aside(office: Office, kind: CaseKind, token: str) -> None:
    """Give a form number and code, once and for good: handed in, it keeps both. NotFound."""

    def keep() -> None:
        draft = read_draft(office, token)
        if draft is None:
            raise NotFound(token)
        if draft.receipt is None:
            number = new_number(office, kind)
            code = code_of(office, number, token)
            drafts.keep_for_later(office.store, token, number, code)

    until_number_is_free(office, keep)


def find_put_aside(office: Office, token: str) -> SavedDraft | None:
    """Return number and code of the form of this token; None if it was never put aside."""
    draft = read_draft(office, token)
    if draft is None or draft.receipt is None:
        return None
    code = code_of(office, draft.receipt, token)
    told = _whom_to_tell(draft, _kind_of(draft.receipt)) if office.sends_notices else None
    reminded = told is not None and not rate_limits.find_reached(office, {_LIMIT: (told[0],)})
    return SavedDraft(draft.receipt, code, _kept_until(office, draft), reminded)


def find_begun(office: Office, receipt: str, code: str) -> ResumedDraft | None:
    """Return the form under this number, not handed in yet. Damaged if it is not its code."""
    token = drafts.find_token(office.store, receipt, code)
    return ResumedDraft(_kind_of(receipt), token) if token else None


def _kind_of(receipt: str) -> CaseKind:
    return next(kind for kind, flow in WORKFLOWS.items() if receipt.startswith(flow.receipt_prefix))


def _kept_until(office: Office, draft: Draft) -> date:
    """Return the last whole day: on the next one the draft may be forgotten at any hour."""
    changed_at = draft.changed_at or office.now()
    return local_date(changed_at + draft_life(office) - timedelta(days=1))


def remind_of_drafts(office: Office) -> None:
    """Queue a word about every form whose day for one has come; call it daily.

    Only where messages go out by themselves: nobody rings up about a form that was not handed in.
    A draft that does not open is logged and passed over. With a clock that cannot be right nobody
    is reminded.
    """
    for code in REMINDERS if office.sends_notices and clock_seems_right(office) else ():
        day = office.today() - timedelta(days=office.rules.deadline(code).limit - 1)
        end = datetime.combine(day, time(), CENTRE_ZONE).astimezone(UTC)
        for index in drafts.kept_between(office.store, end - _LATE, end):
            try:
                _remind(office, index, code, end)
            except Damaged:
                _log.error("reminding failed: a draft does not open: Damaged")


def _remind(office: Office, index: str, code: str, end: datetime) -> None:
    with office.store.transaction():
        draft = drafts.open_draft(office.store, index)
        if draft is None or draft.receipt is None or draft.changed_at is None:
            return
        kind = _kind_of(draft.receipt)
        told = _whom_to_tell(draft, kind)
        key = f"{draft.receipt}|{code}|{local_date(draft.changed_at)}"
        if told is None or draft.changed_at >= end or outbox.has_message(office.store, key):
            return
        mobile, disclosure = told
        now, until = office.now(), _kept_until(office, draft)
        notice = Notice(draft.receipt, kind, PUT_ASIDE, disclosure, until)
        message = OutboxMessage(
            key=key,
            notice=notice,
            state=DeliveryState.DUE,
            created_at=now,
            next_try_at=by_daylight(now),
            worth_a_call=False,
        )
        if rate_limits.find_reached(office, {_LIMIT: (mobile,)}):
            _hold_back(office, message)
        else:
            rate_limits.spend(office, _LIMIT, mobile)
            outbox.add_message(office.store, message, mobile)


def _hold_back(office: Office, message: OutboxMessage) -> None:
    """Keep that the occasion is over, without the number; the auditor reads how often it is so."""
    held = replace(message, state=DeliveryState.GIVEN_UP)
    outbox.add_message(office.store, held, "")
    receipt = message.notice.receipt
    audit.record(office.store, office.now(), "system", AuditAction.HOLD_BACK_REMINDER, receipt)


def _whom_to_tell(draft: Draft, kind: CaseKind) -> tuple[str, Disclosure] | None:
    """Return the mobile and how much to say; None if he gave none or wants to hear nothing."""
    reach = find_reach(draft.answers.get)
    disclosure = disclosure_for(kind, draft.answers.get("may_contact"), reach.by)
    return (reach.number, disclosure) if reach.takes_messages and disclosure else None
