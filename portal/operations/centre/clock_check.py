"""The clock of the machine, and whether it can be right: nothing must believe it blindly.

A clock that jumped would forget, remind and give up too much at once, and none of it comes back.
"""

from datetime import datetime, timedelta

from portal.operations.office import Office
from portal.store import audit

_LONGEST_QUIET = timedelta(days=15)
_LOOKED_BACK = 100


def clock_seems_right(office: Office) -> bool:
    """Tell whether somebody worked not long ago; a quiet centre waits until somebody does."""
    worked = last_work(office)
    return worked <= office.now() <= worked + _LONGEST_QUIET


def last_work(office: Office) -> datetime:
    """Return when somebody did the newest act in the audit log.

    What the server does by itself is passed over: it goes on with a wrong clock as well.
    """
    newest = audit.newest_entries(office.store, _LOOKED_BACK, None)
    work = next((entry for entry in newest if entry.actor != "system"), newest[-1])
    return datetime.fromisoformat(work.at)
