"""Counting events into months: every figure is a fold, so a past month can be counted again.

A month is closed when it is reported. What is recorded for it afterwards is a late entry: it
counts in the month in which it was recorded, and the report stays as it was.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from portal.domain.records.event import CountedEvent, Event
from portal.domain.shared.dates import add_months, local_date, next_month

SMALLEST_SHOWN = 5
"""Smaller counts are not published: in a small town they point at people."""

SPLITS: Final = ("town", "migrant", "sex")
"""What every figure can be split by; a cell is one value of each, blank where it is not known."""

Cell = tuple[str, ...]
Amount = int | frozenset[str]
"""A sum, or those that are counted once each."""
MonthlyCount = Mapping[str, Mapping[Cell, Amount]]
"""What one month comes to: by figure and cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """Which events a figure is counted from: their types, and what their tally must say.

    `having` names what must be in the tally, whatever it is, `lacking` what must not. An event that
    corrects one of them is taken in its place, and counts against it.
    """

    events: tuple[type[Event], ...]
    where: Mapping[str, frozenset[str]] = field(default_factory=dict)
    having: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()

    def takes(self, event: CountedEvent) -> bool:
        """Tell whether an event counts."""
        return (
            any(_type_counted(event) == kind.__name__ for kind in self.events)
            and all(event.tally.get(name) in wanted for name, wanted in self.where.items())
            and all(name in event.tally for name in self.having)
            and not any(name in event.tally for name in self.lacking)
        )


def _type_counted(event: CountedEvent) -> str:
    return str(event.tally.get("corrects", event.type))


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Counting):
    """Counts each event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum(Counting):
    """Adds up a sum of the tally."""

    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinct(Counting):
    """Counts each person, or each record, once for all: in the month of the first event.

    It stays counted, whatever is corrected later.
    """

    by: str


RECORD: Final = "record"
"""What `Distinct` counts by where it is not by something of the tally."""


def month_of_day(day: date) -> str:
    """Return the month of a day as 2026-11."""
    return f"{day:%Y-%m}"


def is_late(event: CountedEvent, closed: Mapping[str, int]) -> bool:
    """Tell whether an event was recorded after the month in which it happened was closed.

    `closed` has each closed month with the place of the last event that was recorded before.
    Months before the first one that was closed are closed with it.
    """
    return month_of_day(event.on) < _first_open_month(event, closed)


def counted_month(event: CountedEvent, closed: Mapping[str, int]) -> str:
    """Return the month in which an event counts: its own, unless that was closed before.

    A late one counts in the month in which it was recorded; where the clock was set back into a
    closed one, in the first that was still open.
    """
    if not is_late(event, closed):
        return month_of_day(event.on)
    return max(month_of_day(local_date(event.at)), _first_open_month(event, closed))


def _first_open_month(event: CountedEvent, closed: Mapping[str, int]) -> str:
    before = (month for month, last in closed.items() if last < event.place)
    return next_month(last) if (last := max(before, default="")) else ""


def count_events(
    events: Iterable[CountedEvent],
    figures: Mapping[str, Counting],
    closed: Mapping[str, int],
) -> dict[str, dict[str, dict[Cell, Amount]]]:
    """Count events by month, figure and cell."""
    months: dict[str, dict[str, dict[Cell, Amount]]] = {}
    for event in events:
        cell = tuple(str(event.tally.get(name, "")) for name in SPLITS)
        for code, counting in figures.items():
            if counting.takes(event):
                cells = months.setdefault(counted_month(event, closed), {}).setdefault(code, {})
                cells[cell] = _add(cells.get(cell), counting, event)
    return months


def _add(before: Amount | None, counting: Counting, event: CountedEvent) -> Amount:
    sign = -1 if "corrects" in event.tally else 1
    match counting:
        case Distinct() if sign < 0:
            return before if isinstance(before, frozenset) else frozenset()
        case Distinct(by=by):
            key = event.record if by == RECORD else str(event.tally.get(by, event.record))
            return (before if isinstance(before, frozenset) else frozenset()) | {key}
        case Sum(of=of):
            return (before if isinstance(before, int) else 0) + sign * int(event.tally.get(of, 0))
    return (before if isinstance(before, int) else 0) + sign


def add_up(
    months: Mapping[str, MonthlyCount], codes: Iterable[str], by: str = ""
) -> dict[str, dict[str, dict[str, int]]]:
    """Return what each figure comes to: by code, month, and value of the split `by`.

    Without a split all of it stands under a blank value. Who was counted in one month is not
    counted in a later one.
    """
    place = SPLITS.index(by) if by else None
    added: dict[str, dict[str, dict[str, int]]] = {}
    for code in codes:
        seen: set[str] = set()
        added[code] = {}
        for month in sorted(months):
            values = added[code][month] = {}
            for cell, amount in sorted(months[month].get(code, {}).items()):
                value = cell[place] if place is not None else ""
                values[value] = values.get(value, 0) + _count_new(amount, seen)
    return added


def _count_new(amount: Amount, seen: set[str]) -> int:
    if isinstance(amount, int):
        return amount
    new = amount - seen
    seen |= new
    return len(new)


def months_back(today: date, count: int) -> list[str]:
    """List the last `count` months up to this one, oldest first, as 2026-11."""
    return [month_of_day(add_months(today, -back)) for back in reversed(range(count))]


def hide_small(count: int) -> int | None:
    """Return the count as it may be published: None if it is small but not nothing."""
    return count if count == 0 or count >= SMALLEST_SHOWN else None


def is_telling(difference: int) -> bool:
    """Tell whether what lies between two published counts is so small that they must not stand."""
    return 0 < difference < SMALLEST_SHOWN


def hide_small_parts(parts: Mapping[str, int]) -> dict[str, int | None]:
    """Hide the small among counts whose sum is published too: one could be found by subtracting.

    So the smallest of the others is hidden with a single hidden one.
    """
    shown = {name: hide_small(count) for name, count in parts.items()}
    others = [name for name, count in shown.items() if count]
    if sum(count is None for count in shown.values()) == 1 and others:
        shown[min(others, key=lambda name: parts[name])] = None
    return shown
