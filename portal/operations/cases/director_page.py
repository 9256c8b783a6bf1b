"""What a director asks after（主任的一页）: facts about the work, as far as he may know them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from portal.domain.accounts.actor import Actor
from portal.domain.cases.exclusion import may_open
from portal.domain.cases.promise_count import PromiseCount, count_promises
from portal.domain.cases.work_views import VIEWS, narrow_selection, select_view
from portal.domain.cases.workflow import WORKFLOWS, kinds_open_to
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.dates import start_of_day
from portal.operations.cases import work_list
from portal.operations.office import Office
from portal.store import cases, records

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """Numbers of cases that he may open: each is the number of rows in the view of its name.

    `late` is by kind. `lost_soon`: consultations whose claim ends in days; None for who opens
    none. `promises` are those of the week from `since` to `until`, `missed` where one was not kept.
    """

    late: Mapping[CaseKind, int]
    views: Mapping[str, int]
    lost_soon: int | None
    since: date
    until: date
    promises: PromiseCount
    missed: tuple[str, ...]


def make_briefing(office: Office, actor: Actor) -> Briefing:
    """Tell somebody who leads what is to be asked after; who opens no cases gets no numbers."""
    tabs = {tab.view.code: tab.count or 0 for tab in work_list.list_views(office, actor)}
    late = {kind: _count(office, actor, "late", kind) for kind in _kinds(actor, tabs)}
    legal = CaseKind.CONSULTATION in kinds_open_to(actor.roles)
    since, until = _last_week(office.today())
    promises, missed = _look_at_promises(office, actor, since, until)
    return Briefing(
        late={kind: count for kind, count in late.items() if count},
        views=tabs,
        lost_soon=_count(office, actor, "open", None, "urgent") if legal else None,
        since=since,
        until=until,
        promises=promises,
        missed=missed,
    )


def _kinds(actor: Actor, tabs: Mapping[str, int]) -> tuple[CaseKind, ...]:
    return kinds_open_to(actor.roles) if tabs.get("late") else ()


def _count(
    office: Office, actor: Actor, view: str, kind: CaseKind | None, last_day: str = ""
) -> int:
    chosen = select_view(VIEWS[view], actor, office.today())
    chosen = narrow_selection(chosen, kind, "", last_day=last_day)
    return work_list.count_listed(office, actor, chosen)


def _last_week(today: date) -> tuple[date, date]:
    """Return Monday and Sunday of the week before this one."""
    monday = today - timedelta(days=today.weekday())
    return monday - _WEEK, monday - timedelta(days=1)


def _look_at_promises(
    office: Office, actor: Actor, since: date, until: date
) -> tuple[PromiseCount, tuple[str, ...]]:
    """Go through the histories of the cases on which staff took a step since then."""
    events = {step.event for flow in WORKFLOWS.values() for step in flow.steps.values()}
    start = start_of_day(since)
    names = {
        event.record
        for kind in sorted(events, key=lambda one: one.__name__)
        for event in records.events_since(office.store, kind, start)
    }
    kept, missed = 0, list[str]()
    for stored in cases.read_cases(office.store, sorted(names)):
        if stored.erased or not may_open(stored.case, actor):
            continue
        history = cases.history(office.store, stored)
        counted = count_promises(stored.case, history, office.rules, since, until)
        kept += counted.kept
        missed += [stored.case.receipt] * counted.missed
    return PromiseCount(kept, len(missed)), tuple(dict.fromkeys(missed))
