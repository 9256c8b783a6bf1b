"""What the centre forgets by itself: old drafts and counters that have run out.

With a clock that cannot be right nothing is removed.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.domain.audit.actions import AuditAction
from portal.domain.shared.dates import format_time
from portal.operations.accounts.sessions import LONGEST_SESSION
from portal.operations.centre.clock_check import clock_seems_right, last_work
from portal.operations.office import Office
from portal.store import accounts, audit, counters, drafts, files, outbox

_NOTICES_KEPT = timedelta(days=90)
_SETTLED = timedelta(days=1)
"""After this long a file without a row gets none any more."""
_log = logging.getLogger("portal")


@dataclass(frozen=True, slots=True)
class Tidied:
    """How much was forgotten; `files` are those that no row tells of."""

    drafts: int
    files: int
    counters: int
    sign_ins: int


def draft_life(office: Office) -> timedelta:
    """Return how long a draft is kept after it was last touched."""
    return timedelta(days=office.rules.deadline("draft_kept").limit)


def tidy(office: Office) -> Tidied:
    """Forget drafts that nobody touched for long, and what signing in left behind.

    With a clock that cannot be right it removes nothing, and logs one line that says so.
    """
    now = office.now()
    if not clock_seems_right(office):
        _warn_of_clock(now, last_work(office))
        return Tidied(0, 0, 0, 0)
    with office.store.transaction():
        forgotten = drafts.remove_drafts_before(office.store, now - draft_life(office))
        owners = map(drafts.owner_name, forgotten)
        gone = [one for owner in owners for one in files.forget_files(office.store, owner)]
        ended = counters.remove_ended_windows(office.store, now)
        sign_ins = accounts.remove_ended_sessions(office.store, now - LONGEST_SESSION, now)
        outbox.remove_messages_before(office.store, now - _NOTICES_KEPT, outbox.CLOSED)
        if forgotten:
            note = str(len(forgotten))
            audit.record(office.store, now, "system", AuditAction.FORGET_DRAFTS, "drafts", note)
    files.remove_blobs(office.store.files, gone)
    swept = files.sweep(office.store, now - _SETTLED)
    return Tidied(len(forgotten), swept, ended, sign_ins)


def _warn_of_clock(now: datetime, worked: datetime) -> None:
    _log.error(
        "系统时间不对？服务器现在是 %s，最后一次有人办事是 %s。现在不清理，也不发通知和提醒。"
        "请校准服务器的时间；时间没有错，就等有人登录或办件，会自动恢复。",
        format_time(now),
        format_time(worked),
    )
