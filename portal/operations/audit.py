"""Reading the log（操作记录）: its pages, and what happened since the auditor last looked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Permission, is_granted
from portal.domain.audit.actions import AuditAction
from portal.domain.audit.acts import ACT_GROUPS, ActGroup
from portal.domain.audit.log_query import LogQuery
from portal.domain.shared.dates import local_date, start_of_day
from portal.domain.shared.errors import NotAllowed
from portal.operations.accounts.access import list_hidden
from portal.operations.office import Office
from portal.store import audit
from portal.store.audit import AuditEntry

ALL_ENTRIES: Final = LogQuery()
_PAGE: Final = 40
_AT_MOST: Final = timedelta(days=31)
"""So far back it is told what happened to who has not looked for longer."""


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some entries, the newest first; `newer` and `older` tell whether there are more."""

    entries: tuple[AuditEntry, ...]
    total: int
    newer: bool
    older: bool


@dataclass(frozen=True, slots=True)
class SinceLastLook:
    """How many acts of each group there were from a day on; `looked` is when he last looked."""

    start: date
    looked: date | None
    counts: Mapping[ActGroup, int]


def read_log(
    office: Office,
    actor: Actor,
    chosen: LogQuery = ALL_ENTRIES,
    number: int | None = None,
    *,
    newer: bool = False,
) -> LogPage:
    """Return a page of the log before the entry of this number, or after it; it is logged.

    What was done with a case that the actor keeps out of is left out. NotAllowed for who does not
    read the log.
    """
    _require_reader(actor)
    shown = audit.page_of_entries(office.store, chosen, _PAGE, number, newer=newer)
    ends = [shown[0].number, shown[-1].number] if shown else []
    hidden = list_hidden(office, actor)
    told = tuple(one for one in shown if one.object not in hidden)
    page = LogPage(
        told,
        audit.count_entries(office.store, chosen, hidden),
        any(audit.page_of_entries(office.store, chosen, 1, one, newer=True) for one in ends[:1]),
        any(audit.page_of_entries(office.store, chosen, 1, one) for one in ends[1:]),
    )
    audit.record(office.store, office.now(), actor.login, AuditAction.READ_LOG, "audit")
    return page


def look_since(office: Office, actor: Actor) -> SinceLastLook:
    """Count what was done since the day, before today, on which he last read the log.

    So looking again today does not bring the numbers back to nothing. What was done with
    a case that he keeps out of is not counted. NotAllowed.
    """
    _require_reader(actor)
    today = start_of_day(office.today())
    read = LogQuery(actor=actor.login, acts=frozenset({AuditAction.READ_LOG}), end=today)
    last = audit.page_of_entries(office.store, read, 1)
    looked = local_date(datetime.fromisoformat(last[0].at)) if last else None
    start = max(looked or date.min, office.today() - _AT_MOST)
    counted = audit.count_acts(office.store, start_of_day(start), list_hidden(office, actor))
    return SinceLastLook(
        start,
        looked,
        {group: sum(counted[act] for act in group.acts) for group in ACT_GROUPS.values()},
    )


def narrow_to_days(chosen: LogQuery, first: date | None, last: date | None) -> LogQuery:
    """Return the part of a query that lies between two days, both counted in."""
    start = start_of_day(first) if first else None
    end = start_of_day(last + timedelta(days=1)) if last and last < date.max else None
    return replace(chosen, start=start, end=end)


def _require_reader(actor: Actor) -> None:
    if not is_granted(actor.roles, Permission.READ_AUDIT):
        raise NotAllowed("您的岗位不能看操作记录")
