"""How the machine stands, for who runs it: copies, room on the disk, the clock."""

import shutil
from dataclasses import dataclass
from datetime import datetime

from portal.domain.audit.actions import AuditAction
from portal.domain.audit.log_query import LogQuery
from portal.operations.centre.clock_check import clock_seems_right
from portal.operations.office import Office
from portal.store import audit
from portal.store.files import KEPT_FREE


@dataclass(frozen=True, slots=True)
class Machine:
    """When the last copy was made and the last one tried, None if never; bytes that are free.

    `little_room`: so few that photos are no longer taken, or soon will not be.
    """

    copied_at: datetime | None
    tried_at: datetime | None
    free: int
    little_room: bool
    clock_seems_right: bool


_ROOMY = 5 * KEPT_FREE


def look_at_machine(office: Office) -> Machine:
    """Tell how the machine stands; of copies the log tells."""
    free = shutil.disk_usage(office.store.files.parent).free
    return Machine(
        _last(office, AuditAction.MAKE_COPY),
        _last(office, AuditAction.TRY_COPY),
        free,
        free < _ROOMY,
        clock_seems_right(office),
    )


def _last(office: Office, act: AuditAction) -> datetime | None:
    found = audit.page_of_entries(office.store, LogQuery(acts=frozenset({act})), 1)
    return datetime.fromisoformat(found[0].at) if found else None
