"""Closing months: what was reported of one stays as it was, and can be counted again."""

from datetime import date, datetime, timedelta
from typing import Final

from portal.domain.audit.actions import AuditAction
from portal.domain.figures.counting import month_of_day
from portal.domain.shared.dates import next_month
from portal.domain.shared.errors import NotAccepted
from portal.operations.centre.clock_check import clock_seems_right
from portal.operations.office import Office
from portal.store import audit, months
from portal.store.errors import Duplicate

SETTLING: Final = timedelta(days=7)
"""How long after its end a month waits for what is still to be keyed in, unless it is closed."""


def close_month(office: Office, month: str, by: str) -> None:
    """Close a month that is over: what it comes to now is what it is reported with.

    NotAccepted if it is not over, if the one before is still open, or if it is closed already.
    """
    if month >= month_of_day(office.today()):
        raise NotAccepted(f"{month} 还没有过完，过完了再结账")
    with office.store.transaction():
        waiting = open_months(office)
        if month not in waiting:
            raise NotAccepted(f"{month} 没有要结的账：已经结过，或者那时还没有开始")
        if month != waiting[0]:
            raise NotAccepted(f"请先结 {waiting[0]} 的账，再结 {month} 的")
        _close(office, month, by)


def close_due_months(office: Office) -> list[str]:
    """Close every month that has had its time to settle; return which.

    None while the clock cannot be right. Each in a transaction of its own: whoever takes up an
    old instance closes years of them, while others want to write.
    """
    closed: list[str] = []
    if not clock_seems_right(office):
        return closed
    for month in _due_months(office):
        with office.store.transaction():
            if month in _due_months(office)[:1]:
                _close(office, month, "system")
                closed.append(month)
    return closed


def _due_months(office: Office) -> list[str]:
    """List the months that are open and have had their time to settle."""
    return [one for one in open_months(office) if _end_of(one) + SETTLING <= office.today()]


def open_months(office: Office) -> list[str]:
    """List the months that are over and not closed, from the first in which anything counts."""
    closed = months.closing_moments(office.store)
    month = next_month(max(closed)) if closed else months.first_month(office.store)
    waiting: list[str] = []
    while month and month < month_of_day(office.today()):
        waiting.append(month)
        month = next_month(month)
    return waiting


def _close(office: Office, month: str, by: str) -> None:
    now = office.now()
    try:
        months.add_closed_month(office.store, month, now)
    except Duplicate:  # somebody else has just done it
        raise NotAccepted(f"{month} 的账刚刚有人结过") from None
    audit.record(office.store, now, by, AuditAction.CLOSE_MONTH, month)


def find_wrong_months(office: Office) -> list[str]:
    """Count all closed months again; list those that were reported otherwise, or not then.

    The audit log says which were closed, and when.
    """
    with office.store.db.snapshot():
        reported = {one.month: one for one in months.read_closed_months(office.store)}
        closed = months.closing_moments(office.store)
        logged = {
            entry.object: datetime.fromisoformat(entry.at)
            for entry, _ in audit.entries(office.store)
            if entry.action == AuditAction.CLOSE_MONTH
        }
        return [
            month
            for month in sorted({*logged, *closed})
            if closed.get(month) != logged.get(month)
            or not months.is_as_reported(office.store, reported[month])
        ]


def _end_of(month: str) -> date:
    return date.fromisoformat(f"{next_month(month)}-01")
