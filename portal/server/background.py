"""What runs beside the requests: a table of chores, each in a thread of its own."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from threading import Event, Thread

from portal.newsroom.content_folder import Newsroom
from portal.newsroom.release import publish_due
from portal.operations.centre.backup import BackupStore, make_due_copy
from portal.operations.centre.retention import tidy
from portal.operations.claim_limits import reckon_when_due
from portal.operations.figures.reports import close_due_months
from portal.operations.forms.saved_drafts import remind_of_drafts
from portal.operations.notices.delivery import NoticeSender, leave_all_to_staff, send_due
from portal.operations.notices.notice_queue import remind_of_last_days
from portal.store.errors import StoreError

_GLANCE, _MINUTE, _QUARTER, _DAY = 5, 60, 15 * 60, 24 * 60 * 60  # seconds
_log = logging.getLogger("portal")


def _kind_of(error: Exception) -> str:
    return type(error).__name__


def tell_store_error(error: Exception) -> str:
    """Return the words of the store, which are for the operator; the kind of any other error."""
    return str(error) if isinstance(error, StoreError) else _kind_of(error)


@dataclass(frozen=True, slots=True)
class Chore:
    """Work that is done at the start and again after each pause, in seconds.

    `failed` begins the line that the log gets when it is not done. The line names the kind of the
    error: its words may hold what must not stand in a log, unless `explain` knows better.
    """

    failed: str
    pause: float
    work: Callable[[], object]
    explain: Callable[[Exception], str] = _kind_of


def list_chores(
    room: Newsroom, backups: BackupStore | None, notice_sender: NoticeSender | None
) -> Iterator[Chore]:
    """List what this server does by itself: copies with a place for them, notices with a sender."""
    office = room.office
    yield Chore("tidying failed", _DAY, partial(tidy, office))
    yield Chore("reminding failed", _DAY, partial(remind_of_last_days, office))
    yield Chore("reminding failed", _DAY, partial(remind_of_drafts, office))
    yield Chore("closing months failed", _DAY, partial(close_due_months, office))
    yield Chore("reckoning claims failed", _MINUTE, partial(reckon_when_due, office))
    yield Chore("publishing failed", _MINUTE, partial(publish_due, room))
    if backups:
        copy = partial(make_due_copy, office, backups)
        yield Chore("no copy was made", _QUARTER, copy, explain=tell_store_error)
    if notice_sender:
        yield Chore("sending failed", _GLANCE, partial(send_due, office, notice_sender))
    else:
        yield Chore("sending failed", _MINUTE, partial(leave_all_to_staff, office))


def every(chore: Chore, stop: Event) -> None:
    """Do a chore until `stop`. What goes wrong is one line in the log and ends nothing.

    After work that failed, or that returned False, comes a pause of a minute at least.
    """
    while True:
        try:
            pause = chore.pause if chore.work() is not False else max(chore.pause, _MINUTE)
        except Exception as error:
            _log.error("%s: %s", chore.failed, chore.explain(error))
            pause = max(chore.pause, _MINUTE)
        if stop.wait(pause):
            return


def start_chores(chores: Iterator[Chore], stop: Event) -> None:
    """Start a thread for each chore, which ends with the process or soon after `stop`."""
    for chore in chores:
        Thread(target=every, args=(chore, stop), daemon=True).start()
