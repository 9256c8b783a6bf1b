"""Figures inside the workbench: each is the list behind it, as far as who looks may open that."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Permission, is_granted
from portal.domain.audit.actions import AuditAction
from portal.domain.cases.events import CaseReopened, CaseSubmitted
from portal.domain.cases.exclusion import may_open
from portal.domain.cases.workflow import WORKFLOWS, find_kind, kinds_open_to
from portal.domain.figures.counting import RECORD, Counting, Distinct, Sum, counted_month
from portal.domain.figures.indicators import COUNTINGS, INDICATORS, Indicator, parts_of
from portal.domain.figures.period import Period
from portal.domain.records.event import CountedEvent
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.dates import start_of_month
from portal.domain.shared.errors import NotAllowed, NotFound
from portal.operations.accounts.access import list_hidden
from portal.operations.office import Office
from portal.store import audit, cases, months, records

KINDS_COUNTED = frozenset(CaseKind)


@dataclass(frozen=True, slots=True)
class DeskFigure:
    """A figure by months, as far as who looks may know it.

    `partial`: it counts kinds of case too that he does not open; those are left out. `listed`: the
    list behind it can be opened. `unseen`: he opens nothing of what it counts; it tells nothing.
    """

    indicator: Indicator
    by_month: Mapping[str, int]
    partial: bool
    listed: bool
    unseen: bool = False

    @property
    def total(self) -> int:
        """What it comes to over all of the months."""
        return sum(self.by_month.values())


@dataclass(frozen=True, slots=True)
class CountedCase:
    """One of what a figure counts: the number of the case or contact, its month, what it adds."""

    number: str
    event: CountedEvent
    month: str
    amount: int

    @property
    def taken_back(self) -> bool:
        """Whether it takes back what was counted in an earlier month."""
        return "corrects" in self.event.tally


def read_figures(office: Office, actor: Actor, period: Period) -> list[DeskFigure]:
    """Return all figures that events tell, in the order of their table.

    NotAllowed for who sees no figures.
    """
    _require_reader(actor)
    found: dict[str, DeskFigure] = {}
    for code, counting in COUNTINGS.items():
        counted: Counter[str] = Counter()
        for each in _list_known(office, actor, counting, period):
            counted[each.month] += each.amount
        found[code] = DeskFigure(
            INDICATORS[code],
            {month: counted[month] for month in period.months},
            bool(_kinds_of(counting) - _known_kinds(actor)),
            is_granted(actor.roles, Permission.OPEN_CASES),
            not _kinds_of(counting) & _known_kinds(actor),
        )
    for one in INDICATORS.values():
        parts = [found[code] for code in parts_of(one.code) if code in found]
        if one.summed and len(parts) == len(parts_of(one.code)):
            sums = {month: sum(part.by_month[month] for part in parts) for month in period.months}
            partial = any(part.partial for part in parts)
            found[one.code] = DeskFigure(one, sums, partial, listed=False)
    return [found[code] for code in INDICATORS if code in found]


def list_counted(office: Office, actor: Actor, code: str, period: Period) -> list[CountedCase]:
    """List what a figure counts, the newest first: as many as `read_figures` says.

    NotAllowed for who sees no figures or opens no cases, NotFound for another code.
    """
    _require_reader(actor)
    if not is_granted(actor.roles, Permission.OPEN_CASES):
        raise NotAllowed("您的岗位不能看办件，只能看数字")
    if code not in COUNTINGS:
        raise NotFound(code)
    return [*_list_known(office, actor, COUNTINGS[code], period)][::-1]


def summarise_counted(
    office: Office, actor: Actor, counted: Iterable[CountedCase]
) -> dict[str, tuple[str, str]]:
    """Return kind and state in words of those that are cases he may open, by number."""
    names = dict.fromkeys(one.event.record for one in counted)
    return {
        stored.case.receipt: (stored.case.workflow.label, stored.case.state_row.staff_label)
        for stored in cases.read_cases(office.store, names)
        if may_open(stored.case, actor)
    }


def take_out_figures(office: Office, actor: Actor, period: Period, shape: str) -> list[DeskFigure]:
    """Return the figures to be kept as a file; who took them out is logged. NotAllowed."""
    figures = read_figures(office, actor, period)
    note = f"{period.first} {period.last} {shape}"
    act = AuditAction.TAKE_OUT_FIGURES
    audit.record(office.store, office.now(), actor.login, act, "figures", note)
    return figures


def _require_reader(actor: Actor) -> None:
    if not is_granted(actor.roles, Permission.READ_FIGURES):
        raise NotAllowed("您的岗位不能看统计数字")


def _known_kinds(actor: Actor) -> frozenset[CaseKind]:
    """Return the kinds whose cases he may know of: the log tells the auditor of all."""
    if is_granted(actor.roles, Permission.READ_AUDIT):
        return KINDS_COUNTED
    return frozenset(kinds_open_to(actor.roles))


def _kinds_of(counting: Counting) -> frozenset[CaseKind]:
    """Return the kinds of case of which a figure counts anything."""
    wanted = counting.where.get("kind")
    told = (
        KINDS_COUNTED
        if CaseSubmitted in counting.events
        else {
            kind
            for kind, flow in WORKFLOWS.items()
            if any(step.event in counting.events for step in flow.steps.values())
        }
    )
    return frozenset(kind for kind in told if wanted is None or kind in wanted)


def _list_known(
    office: Office, actor: Actor, counting: Counting, period: Period
) -> Iterator[CountedCase]:
    hidden, known = list_hidden(office, actor), _known_kinds(actor)
    contacts = is_granted(actor.roles, Permission.COUNT_CONTACTS)
    for one in _list_all(office, counting, period):
        kind = find_kind(one.number)
        seen = kind in known and one.number not in hidden if kind else contacts
        if seen:
            yield one


def _list_all(office: Office, counting: Counting, period: Period) -> list[CountedCase]:
    """List all that counts in these months, as closed months are reported, the oldest first.

    What was counted and taken back within them is not in it.
    """
    once = isinstance(counting, Distinct)
    # What is counted once for all may have been counted long before.
    start = None if once else start_of_month(period.first)
    closed, seen, listed = months.last_events(office.store), set[str](), list[CountedCase]()
    placed = sorted(
        (counted_month(event, closed), event.place, event)
        for kind in dict.fromkeys((*counting.events, CaseReopened))
        for event in records.events_since(office.store, kind, start)
        if counting.takes(event)
    )
    for month, _, event in placed:
        number, amount = records.number_of(event.record), _amount_of(counting, event)
        one = CountedCase(number, event, month, amount)
        if once:
            key = _key_of(counting, event)
            if not one.taken_back and key not in seen:
                seen.add(key)
                listed.append(one)
        elif one.taken_back and (before := _find_taken_back(listed, one)):
            listed.remove(before)
        else:
            listed.append(one)
    return [one for one in listed if period.first <= one.month <= period.last]


def _find_taken_back(listed: list[CountedCase], one: CountedCase) -> CountedCase | None:
    same = (before for before in reversed(listed) if before.number == one.number)
    return next((before for before in same if before.month == one.month), None)


def _amount_of(counting: Counting, event: CountedEvent) -> int:
    size = int(event.tally.get(counting.of, 0)) if isinstance(counting, Sum) else 1
    return -size if "corrects" in event.tally else size


def _key_of(counting: Counting, event: CountedEvent) -> str:
    by = counting.by if isinstance(counting, Distinct) else RECORD
    return event.record if by == RECORD else str(event.tally.get(by, event.record))
