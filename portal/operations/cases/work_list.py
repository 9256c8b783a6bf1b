"""The one list of work over all kinds of cases: its views, its rows, and who comes next."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from portal.domain.accounts.actor import Actor
from portal.domain.audit.actions import AuditAction
from portal.domain.cases.case import Case
from portal.domain.cases.claim_limits import (
    Alarm,
    ClaimLimit,
    judge_nearness,
    label_claim,
    next_claim,
)
from portal.domain.cases.holder import list_doers
from portal.domain.cases.work_views import (
    VIEWS,
    Selection,
    WorkView,
    name_stage,
    select_view,
)
from portal.domain.cases.workflow import OPENING, WORKFLOWS, kinds_open_to
from portal.domain.forms.answers import show_answer
from portal.domain.forms.fields import FIELDS
from portal.domain.records.workflow import Awaiting
from portal.domain.search.traces import What
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAllowed
from portal.domain.shared.masking import mask_name
from portal.domain.shared.rate_limits import RateLimit
from portal.operations import rate_limits
from portal.operations.accounts.access import list_hidden
from portal.operations.cases.stuck import list_stuck
from portal.operations.claim_limits import read_claim_limits
from portal.operations.office import Office
from portal.store import audit, case_groups, cases, traces
from portal.store.case_groups import WorkGroup
from portal.store.cases import StoredCase
from portal.store.errors import Damaged

PAGE = 20
IN_LIST = "in_list"
"""The reason in the log where the list was asked for an employer."""
ListPlace = tuple[str, int]
"""Where a case stands in a list: what it is sorted by, and the number of its row."""


@dataclass(frozen=True, slots=True)
class ViewTab:
    """A view, with the number of cases in it; None where nobody asks."""

    view: WorkView
    count: int | None


@dataclass(frozen=True, slots=True)
class Stage:
    """All cases of a kind in a state; `mine` if the actor can bring them on."""

    kind: CaseKind
    state: str
    label: str
    count: int
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """A case in the list: nothing in it tells who the person is.

    `people` is how many are in a collective dispute （集体争议）, 0 if it is none. `claim` says
    until when the worker can claim what he loses first, `alarm` how near that is.
    """

    receipt: str
    kind_label: str
    state_label: str
    who: str
    about: str
    submitted_at: datetime
    due_on: date | None
    overdue: bool
    unread: bool
    holder: str
    people: int
    claim: str
    alarm: Alarm
    place: ListPlace


@dataclass(frozen=True, slots=True)
class WorkPage:
    """Some rows; where the next ones begin and those before end, None if there are none.

    `total` is how many there are on all pages.
    """

    rows: tuple[WorkRow, ...]
    after: ListPlace | None
    before: ListPlace | None
    total: int


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What one look at the store says of all open work: what somebody keeps out of, and counts."""

    hidden: frozenset[str]
    groups: Counter[WorkGroup]


def look_at_work(office: Office, actor: Actor) -> OpenWork:
    """Count all open work by groups, but for what the actor keeps out of."""
    hidden = list_hidden(office, actor)
    return OpenWork(hidden, case_groups.group_open_work(office.store, hidden, office.today()))


def list_views(office: Office, actor: Actor, work: OpenWork | None = None) -> list[ViewTab]:
    """List the views with their counts: what is counted is what the view shows.

    `work` is what `look_at_work` said on the same page.
    """
    if not kinds_open_to(actor.roles):
        return []
    work, today, tabs = work or look_at_work(office, actor), office.today(), []
    for view in VIEWS.values():
        if not view.roles & actor.roles:
            continue
        count = None
        if Awaiting.NOBODY not in view.turns:
            chosen = select_view(view, actor, today)
            count = _count(office, _complete(office, actor, chosen, work.hidden), work)
        tabs.append(ViewTab(view, count))
    return tabs


def _count(office: Office, chosen: Selection, work: OpenWork | None) -> int:
    if work and case_groups.asks_little(chosen):
        return sum(count for group, count in work.groups.items() if group.is_in(chosen))
    return cases.count_work(office.store, chosen)


def list_stages(office: Office, actor: Actor) -> Mapping[CaseKind, list[Stage]]:
    """List how many cases there are of each kind and state that the actor may see.

    The kinds whose first answer is due soonest stand first: an emergency before all others.
    """
    kinds = sorted(kinds_open_to(actor.roles), key=partial(_time_to_answer, office))
    stages = [name_stage(kind, state) for kind in kinds for state in WORKFLOWS[kind].states]
    counts = cases.count_by_stage(
        office.store, stages, list_hidden(office, actor), actor.only_towns
    )
    return {
        kind: [
            Stage(
                kind,
                state.code,
                state.staff_label,
                counts.get(name_stage(kind, state.code), 0),
                bool(list_doers(WORKFLOWS[kind], state.code) & actor.roles),
            )
            for state in WORKFLOWS[kind].states.values()
        ]
        for kind in kinds
    }


def _time_to_answer(office: Office, kind: CaseKind) -> int:
    return office.rules.deadline(str(WORKFLOWS[kind].states[OPENING].limit)).limit


def read_work(
    office: Office,
    actor: Actor,
    chosen: Selection,
    after: ListPlace | None,
    limit: int = PAGE,
    *,
    before: ListPlace | None = None,
    work: OpenWork | None = None,
) -> WorkPage:
    """Return a page of the list, the most urgent first; of what has ended, the newest.

    It begins after a place, or ends before one. Consultations alone stand in the order of what
    the worker loses. `work` is what `look_at_work` said on the same page. NotAllowed for a kind
    that the actor may not open.
    """
    _require_open_stages(actor, chosen)
    chosen = _complete(office, actor, chosen, work.hidden if work else None)
    over = chosen.turns == (Awaiting.NOBODY,)
    back = before is not None and after is None
    found = cases.page_of_work(
        office.store, chosen, limit + 1, before if back else after, newest_first=over != back
    )
    more = len(found) > limit
    shown = found[:limit][::-1] if back else found[:limit]
    places = [cases.place_in_list(chosen, stored) for stored in shown]
    return WorkPage(
        tuple(make_work_row(office, *pair) for pair in zip(shown, places, strict=True)),
        places[-1] if places and (more or back) else None,
        places[0] if places and (more if back else after is not None) else None,
        _count(office, chosen, work),
    )


def count_listed(office: Office, actor: Actor, chosen: Selection) -> int:
    """Count what `read_work` lists on all its pages. NotAllowed."""
    _require_open_stages(actor, chosen)
    return cases.count_work(office.store, _complete(office, actor, chosen))


def _complete(
    office: Office, actor: Actor, chosen: Selection, hidden: frozenset[str] | None = None
) -> Selection:
    """Return the selection with what the actor must not see, and the numbers that it comes to."""
    numbers = list_stuck(office) if chosen.stuck else None
    if chosen.employer:
        of_employer = cases.list_numbers_of(office.store, What.EMPLOYER, chosen.employer)
        numbers = of_employer if numbers is None else numbers & of_employer
    if hidden is None:
        hidden = list_hidden(office, actor)
    return replace(chosen, hidden=hidden, towns=actor.only_towns, numbers=numbers)


def note_employer(office: Office, actor: Actor, employer: str) -> None:
    """Log that the list was asked for an employer, as any search for one is. TooMany."""
    rate_limits.spend(office, RateLimit.SEARCH_FOR_A_PERSON, actor.login)
    mark = traces.fingerprint_trace(office.store.keys, What.EMPLOYER, employer)
    note = f"{What.EMPLOYER} {IN_LIST}"
    audit.record(office.store, office.now(), actor.login, AuditAction.SEARCH, mark, note)


def find_next(
    office: Office, actor: Actor, chosen: Selection, place: ListPlace | None, done: str
) -> WorkRow | None:
    """Return the row that follows a place in a list, but for the one just done; None at the end.

    In a list that goes by what the worker loses it is the first one.
    """
    after = None if chosen.by_claim else place
    rows = read_work(office, actor, chosen, after, limit=2).rows
    return next((row for row in rows if row.receipt != done), None)


def _require_open_stages(actor: Actor, chosen: Selection) -> None:
    open_kinds = {str(kind) for kind in kinds_open_to(actor.roles)}
    if not {stage.partition(".")[0] for stage in chosen.stages} <= open_kinds:
        raise NotAllowed("您的岗位不能看这一类办件")


def _claim_of(office: Office, stored: StoredCase) -> tuple[ClaimLimit | None, Alarm]:
    today = office.today()
    claim = next_claim(read_claim_limits(office, stored), today)
    return claim, judge_nearness(claim, office.rules, today) if claim else Alarm.NONE


def make_work_row(office: Office, stored: StoredCase, place: ListPlace | None = None) -> WorkRow:
    """Return what a list shows of a case; without a place that of the list by urgency."""
    case = stored.case
    claim, alarm = _claim_of(office, stored)
    return WorkRow(
        receipt=case.receipt,
        kind_label=case.workflow.label,
        state_label=case.state_row.staff_label,
        who=_masked_name(stored),
        about=_about(office, stored),
        submitted_at=case.submitted_at,
        due_on=case.due_on,
        overdue=case.overdue(office.today()) and case.open,
        unread=case.unread,
        holder=case.holder,
        people=case.people,
        claim=label_claim(claim, alarm, office.today()) if claim else "",
        alarm=alarm,
        place=place or cases.place_in_queue(stored),
    )


def _about(office: Office, stored: StoredCase) -> str:
    name = stored.case.workflow.about
    return show_answer(FIELDS[name], stored.answer(name), office.context())


def name_town(office: Office, case: Case) -> str:
    """Return the town of a case in words; empty if it has none."""
    town = case.tally.get("town")
    return show_answer(FIELDS["town"], town, office.context()) if town else ""


def _masked_name(stored: StoredCase) -> str:
    """Return the masked name, if one was left; a case that does not open must not stop a list."""
    try:
        name = stored.answer(stored.case.workflow.who)
        return mask_name(str(name)) if name else "没有留名"
    except Damaged:
        return "已删除" if stored.erased else "打不开"
