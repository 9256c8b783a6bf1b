"""Telling applicants: what is queued with a step of a case, and what staff tell by phone.

Queued in the transaction of the step, never sent there: a sender that is down stops no case.
"""

import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Permission, is_granted
from portal.domain.audit.actions import AuditAction
from portal.domain.cases.call_outcomes import OUTCOME_LABELS, CallOutcome
from portal.domain.cases.case import advance_outside
from portal.domain.cases.corrections import find_contact_page
from portal.domain.cases.events import CallTried
from portal.domain.cases.work_views import select_stage
from portal.domain.cases.workflow import WORKFLOWS, kinds_told_by
from portal.domain.cases.workflow.common import ASKED
from portal.domain.forms.fields import FIELDS, label_of
from portal.domain.forms.person import Reach, ReachBy, find_reach, list_other_ways
from portal.domain.notices.calls import OFTEN, find_next_try
from portal.domain.notices.notices import (
    LAST_DAYS,
    NEW_CODE,
    NEW_NUMBER,
    SUBMITTED,
    Disclosure,
    Notice,
    by_daylight,
    disclosure_for,
    is_told,
    is_within_reach,
    is_worth_a_call,
    tell_staff,
    title_of_notice,
    write_text,
)
from portal.domain.records.workflow import SAME, Step
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.dates import format_time
from portal.domain.shared.errors import NotAllowed, NotFound
from portal.operations.accounts.access import list_hidden, require_open_case
from portal.operations.centre.clock_check import clock_seems_right
from portal.operations.journal import record_event
from portal.operations.office import Office
from portal.store import audit, cases, outbox
from portal.store.cases import StoredCase
from portal.store.errors import Damaged
from portal.store.outbox import DeliveryState, OutboxMessage

MOST_CALLS = 50
_REMIND_BEFORE = timedelta(days=3)
_PAGE = 100
_CANNOT_OPEN = "打不开"
_CONTACT = "contact"
"""Why a number is shown, as the log keeps it."""
_AT_ONCE = datetime.min.replace(tzinfo=UTC)
_log = logging.getLogger("portal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Somebody to ring up, or to look for. Number and place are masked until they are asked for.

    `tries` is how often he was not reached, `last_try` how that ended; `again_at` is when to try
    again, if that is still to come; `other_ways` are those that are left where this one fails;
    `put_right_on` is the page of the form on which a wrong number is put right.
    """

    row_id: int
    receipt: str
    kind: str
    about: str
    how: str
    by_phone: bool
    say: str
    best_time: str
    waits_since: datetime
    tries: int = 0
    last_try: str = ""
    wrong: bool = False
    again_at: datetime | None = None
    other_ways: tuple[str, ...] = ()
    put_right_on: str = ""


def tell_of_step(office: Office, stored: StoredCase, step: Step, number: int) -> None:
    """Queue what a step gives to tell; call it in the transaction of the step.

    A step of the applicant's own closes what is open: he has just read it all. One that staff took
    in his name does so if it answers what was open, and moves the case.
    """
    if step.by_applicant or (step.twin_of and step.target != SAME):
        outbox.supersede_messages(office.store, stored.case.receipt)
    if is_told(step):
        worth = is_worth_a_call(stored.case.kind, step)
        _queue(office, stored, step.code, str(number), worth)


def tell_of_filing(office: Office, stored: StoredCase) -> None:
    """Queue the word that the form has come; call it in the transaction of the filing."""
    _queue(office, stored, SUBMITTED, "0", worth_a_call=False)


def tell_of_new_code(office: Office, stored: StoredCase, number: int) -> None:
    """Queue a warning to the number that was given at first; call it in the transaction."""
    _queue(office, stored, NEW_CODE, str(number), worth_a_call=True)


def tell_old_number(office: Office, stored: StoredCase, number: int) -> None:
    """Send what is open to the number that holds now, and warn the one that held before.

    `stored` is the case as it was; call it in the transaction. Whoever got hold of the case must
    not be able to hide the change from its owner.
    """
    before = find_reach(stored.answer)
    now = cases.find_case(office.store, stored.case.receipt)
    after = find_reach(now.answer) if now else before
    if not before.has_phone or before.number == after.number:
        return
    outbox.readdress_messages(office.store, stored.case.receipt, after.number)
    moment = office.now()
    message = OutboxMessage(
        key=_occasion(stored, NEW_NUMBER, str(number)),
        notice=Notice(stored.case.receipt, stored.case.kind, NEW_NUMBER, Disclosure.NEUTRAL),
        state=DeliveryState.DUE
        if office.sends_notices and before.takes_messages
        else DeliveryState.CALL,
        created_at=moment,
        next_try_at=moment,
        worth_a_call=True,
    )
    outbox.add_message(office.store, message, before.number)


def remind_of_last_days(office: Office) -> None:
    """Queue a word to everybody whose time for a supplement ends within three days.

    A case that does not open is logged and passed over. With a clock that cannot be right nobody
    is reminded.
    """
    for kind in WORKFLOWS if clock_seems_right(office) else ():
        for stored, day in _asked_until(office, kind, office.today() + _REMIND_BEFORE):
            if day >= office.today():
                try:
                    _remind(office, stored, day.isoformat())
                except Damaged:
                    _log.error("reminding failed: cases row %d: Damaged", stored.record.row_id)


def _asked_until(office: Office, kind: CaseKind, last: date) -> Iterator[tuple[StoredCase, date]]:
    """Find the cases whose applicants have until this day at most, with their day."""
    after = None
    while page := cases.page_of_work(office.store, select_stage(kind, ASKED), _PAGE, after):
        for stored in page:
            day = stored.case.due_on
            if day is None or day > last:
                return
            yield stored, day
        after = cases.place_in_queue(page[-1])


def _remind(office: Office, stored: StoredCase, day: str) -> None:
    with office.store.transaction():
        if not outbox.has_message(office.store, _occasion(stored, LAST_DAYS, day)):
            _queue(office, stored, LAST_DAYS, day, worth_a_call=True)


def _occasion(stored: StoredCase, what: str, number: str) -> str:
    return f"{stored.case.receipt}|{what}|{number}"


def _queue(office: Office, stored: StoredCase, what: str, number: str, worth_a_call: bool) -> None:
    case = stored.case
    if stored.erased:  # his data are erased; nobody is left to be told
        return
    reach = find_reach(stored.answer)
    disclosure = disclosure_for(case.kind, stored.answer("may_contact"), reach.by)
    sends = office.sends_notices and reach.takes_messages
    if disclosure is None or not is_within_reach(reach) or not (sends or worth_a_call):
        return
    by_phone = not sends or stored.answer("reply_by") == "phone"
    if what != NEW_CODE and outbox.supersede_messages(office.store, case.receipt):
        worth_a_call = True  # he has not heard what was worth one
    now = office.now()
    message = OutboxMessage(
        key=_occasion(stored, what, number),
        notice=Notice(case.receipt, case.kind, what, disclosure),
        state=DeliveryState.CALL if by_phone and worth_a_call else DeliveryState.DUE,
        created_at=now,
        next_try_at=by_daylight(now) if what == LAST_DAYS else now,
        worth_a_call=worth_a_call,
    )
    outbox.add_message(office.store, message, reach.number)


def list_calls(
    office: Office, actor: Actor, centre: str, hotline: str, shown: int = 0
) -> list[Call]:
    """List whom this member of staff should ring up, the longest waiting first. NotAllowed.

    Who is to be rung up later stands behind the others. What does not open is shown as such: it
    must not hide the others. The number of the row `shown` is not masked.
    """
    _require_caller(actor)
    kinds, hidden = kinds_told_by(actor.roles), list_hidden(office, actor)
    messages = outbox.calls_to_make(office.store, kinds, hidden, MOST_CALLS)
    calls = [_call(office, one, centre, hotline, masked=one.row_id != shown) for one in messages]
    return sorted(calls, key=lambda call: call.again_at or _AT_ONCE)


def _call(
    office: Office, message: OutboxMessage, centre: str, hotline: str, *, masked: bool
) -> Call:
    notice, now = message.notice, office.now()
    stored = cases.find_case(office.store, notice.receipt)
    how, by_phone, corrected = _how_to_reach(office, message, stored, masked=masked)
    wrong = message.last_call == CallOutcome.WRONG_NUMBER and not corrected
    again = message.call_again_at
    lost = wrong or message.calls >= OFTEN
    return Call(
        row_id=message.row_id,
        receipt=notice.receipt,
        kind=WORKFLOWS[notice.kind].label,
        about=title_of_notice(notice),
        how=how,
        by_phone=by_phone,
        say=write_text(notice, centre, hotline),
        best_time=_best_time(stored),
        waits_since=message.created_at,
        tries=message.calls,
        last_try="" if corrected else OUTCOME_LABELS.get(message.last_call, ""),
        wrong=wrong,
        again_at=again if again and again > now and not corrected else None,
        other_ways=tuple(_other_ways(stored)) if lost else (),
        put_right_on=_find_contact_page(stored) if wrong else "",
    )


def _how_to_reach(
    office: Office, message: OutboxMessage, stored: StoredCase | None, *, masked: bool = True
) -> tuple[str, bool, bool]:
    """Say how to reach him as he wished; is it a phone; was its number corrected since.

    The number is the one that the case has now, but for the word that its code was changed.
    """
    try:
        number = outbox.open_number(office.store.keys, message)
    except Damaged:
        return _CANNOT_OPEN, True, False
    reach = Reach(ReachBy.SELF)
    with suppress(Damaged):
        if stored and not stored.erased:
            reach = find_reach(stored.answer)
    corrected = message.notice.what not in {NEW_CODE, NEW_NUMBER} and reach.number not in {
        "",
        number,
    }
    number = reach.number if corrected else number
    return tell_staff(reach, number, masked=masked), bool(number), corrected


def _find_contact_page(stored: StoredCase | None) -> str:
    with suppress(Damaged):
        if stored and not stored.erased:
            return find_contact_page(stored.case.kind, stored.open_answers())
    return ""


def _other_ways(stored: StoredCase | None) -> list[str]:
    with suppress(Damaged):
        if stored and not stored.erased:
            return list_other_ways(stored.answer)
    return []


def _best_time(stored: StoredCase | None) -> str:
    try:
        times = stored.answer("call_times") if stored and not stored.erased else None
    except Damaged:
        return ""
    codes = times if isinstance(times, list) else []
    return "、".join(label_of(FIELDS["call_times"], str(code)) for code in codes)


def count_calls_for(office: Office, actor: Actor) -> int:
    """Count the notices that wait for this member of staff to tell them by phone now."""
    kinds, hidden = kinds_told_by(actor.roles), list_hidden(office, actor)
    return outbox.count_calls(office.store, kinds, hidden, office.now())


def reveal_number(office: Office, actor: Actor, row_id: int) -> None:
    """Let the list show the number of a notice once; it is logged. NotFound, NotAllowed."""
    _require_caller(actor)
    with office.store.transaction():
        message = _find_open(office, actor, row_id)[0]
        receipt = message.notice.receipt
        audit.record(office.store, office.now(), actor.login, AuditAction.REVEAL, receipt, _CONTACT)


def mark_told(office: Office, actor: Actor, row_id: int) -> None:
    """Note that the applicant was told, by phone or where he is found; twice, it counts once.

    NotFound without such a notice, NotAllowed if it is about a case that he may not open.
    """
    note_call(office, actor, row_id, CallOutcome.TOLD)


def note_call(
    office: Office, actor: Actor, row_id: int, outcome: CallOutcome, again: str = ""
) -> None:
    """Note how a call ended, for colleagues, in the history of the case.

    `again` is a code of `AGAIN_LABELS`: when he would rather be rung up. What was told before
    stays told. NotFound without such a notice, NotAllowed for a case that he may not open.
    """
    _require_caller(actor)
    with office.store.transaction():
        now = office.now()
        message, stored = _find_open(office, actor, row_id)
        if message.state in outbox.CLOSED:
            return
        by_phone, words, act = _how_to_reach(office, message, stored)[1], "", AuditAction.CALL_TRIED
        if outcome is CallOutcome.TOLD:
            outbox.close_message(office.store, row_id, DeliveryState.TOLD)
            act = AuditAction.TOLD_BY_PHONE if by_phone else AuditAction.TOLD_IN_PERSON
        else:
            wish = again if outcome is CallOutcome.LATER else ""
            wrong = outcome is CallOutcome.WRONG_NUMBER
            moment = None if wrong else find_next_try(wish, now)
            outbox.keep_try(office.store, message, outcome, moment)
            words = f"{format_time(moment)}再打" if moment else ""
        event = CallTried(at=now, actor=actor.login, outcome=outcome, text=words)
        record_event(office, stored, event, advance_outside(stored.case, event), act)


def _find_open(office: Office, actor: Actor, row_id: int) -> tuple[OutboxMessage, StoredCase]:
    message = outbox.find_message(office.store, row_id)
    if message is None:
        raise NotFound(str(row_id))
    return message, require_open_case(office, actor, message.notice.receipt)


def forget_old(office: Office, age: timedelta) -> None:
    """Drop the notices that are older, told or not."""
    outbox.remove_messages_before(office.store, office.now() - age, tuple(DeliveryState))


def _require_caller(actor: Actor) -> None:
    if not is_granted(actor.roles, Permission.TELL_APPLICANTS):
        raise NotAllowed("您的岗位不打这些电话")
