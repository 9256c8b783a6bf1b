"""Putting a case off until a day（先放一放）, and what colleagues write to each other about it."""

from datetime import date, timedelta
from typing import Final

from portal.domain.accounts.actor import Actor
from portal.domain.audit.actions import AuditAction
from portal.domain.cases.case import Case, advance_outside
from portal.domain.cases.events import CaseHeld, HoldEnded, RemarkWritten
from portal.domain.cases.holder import list_doers
from portal.domain.records.event import Event
from portal.domain.records.workflow import Awaiting
from portal.domain.shared.dates import format_date
from portal.domain.shared.errors import NotAccepted, NotAllowed
from portal.domain.shared.reasons import require_reason
from portal.domain.shared.text_cleaning import clean_text
from portal.operations.accounts.access import require_case_as_seen
from portal.operations.journal import record_event
from portal.operations.office import Office
from portal.store.cases import StoredCase

LONGEST_REMARK: Final = 1000
_LONGEST_HOLD: Final = timedelta(days=30)
"""For a case without a day of its own."""


def find_last_day(case: Case, today: date) -> date | None:
    """Return the day to which a case may be put off at most; None if it may not be put off.

    The promise to the applicant goes on: it comes back on its day, or before.
    """
    if not case.open or case.state_row.awaiting is not Awaiting.CENTRE:
        return None
    last = case.due_on or today + _LONGEST_HOLD
    return last if last > today else None


def hold_case(
    office: Office, actor: Actor, receipt: str, version: int, until: date, why: str
) -> None:
    """Put a case off: it leaves the lists of what is to be done, and comes back on that day.

    NotAllowed for who cannot bring it on or where nothing may wait, NotAccepted for another day
    or without a reason, Changed if somebody was quicker.
    """
    reason = require_reason(why, "请写一句在等什么，比如：等法院的回信")
    with office.store.transaction():
        stored = _open(office, actor, receipt, version)
        last = find_last_day(stored.case, office.today())
        if last is None:
            raise NotAllowed("期限到了，或者不等中心办，现在不能放")
        if not office.today() < until <= last:
            raise NotAccepted(f"请选明天到{format_date(last)}之间的一天：答应申请人的期限不变")
        event = CaseHeld(at=office.now(), actor=actor.login, until=until, text=reason)
        _record(office, stored, event, AuditAction.HOLD)


def end_hold(office: Office, actor: Actor, receipt: str, version: int) -> None:
    """Take a case up again before the day to which it was put off. NotAllowed, Changed."""
    with office.store.transaction():
        stored = _open(office, actor, receipt, version)
        if not stored.case.held(office.today()):
            raise NotAllowed("这一件没有放着，或者已经到日子了")
        event = HoldEnded(at=office.now(), actor=actor.login)
        _record(office, stored, event, AuditAction.END_HOLD)


def write_remark(office: Office, actor: Actor, receipt: str, version: int, typed: str) -> None:
    """Write something to colleagues, which the applicant never reads. NotAccepted, Changed."""
    words = clean_text(typed, multi_line=True)
    if not words:
        raise NotAccepted("请写您要说的话")
    if len(words) > LONGEST_REMARK:
        raise NotAccepted(f"最多写 {LONGEST_REMARK} 个字，您写了 {len(words)} 个")
    with office.store.transaction():
        stored = require_case_as_seen(office, actor, receipt, version)
        event = RemarkWritten(at=office.now(), actor=actor.login, text=words)
        _record(office, stored, event, AuditAction.REMARK)


def _open(office: Office, actor: Actor, receipt: str, version: int) -> StoredCase:
    stored = require_case_as_seen(office, actor, receipt, version)
    if not list_doers(stored.case.workflow, stored.case.state) & actor.roles:
        raise NotAllowed("您的岗位不办这一步，不能放着，也不能拿起来")
    return stored


def _record(office: Office, stored: StoredCase, event: Event, act: AuditAction) -> None:
    record_event(office, stored, event, advance_outside(stored.case, event), act)
