"""Closed months: what was reported of each, kept beside the events it was counted from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from math import inf
from typing import Any

from portal.domain.figures.counting import (
    Amount,
    Cell,
    Counting,
    MonthlyCount,
    count_events,
    is_late,
    month_of_day,
)
from portal.domain.figures.indicators import COUNTED_EVENTS, COUNTINGS
from portal.domain.records.event import CountedEvent
from portal.domain.shared.dates import local_date, next_month, start_of_month
from portal.store import records
from portal.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedMonth:
    """What a month was reported with: by which figures it was counted, and what each came to.

    `last_event` is the place of the last event that was recorded before it was closed.
    """

    month: str
    closed_at: datetime
    last_event: int
    figures: frozenset[str]
    count: MonthlyCount


def add_closed_month(store: Store, month: str, closed_at: datetime) -> None:
    """Count a month as it stands and keep what it came to. Duplicate if it is closed already.

    Nobody records an event meanwhile: whatever comes later stands behind the last one counted.
    """
    last_event = records.stop_recording(store)
    count = count_month(store, month, last_event)
    cells = [
        [code, *cell, amount if isinstance(amount, int) else sorted(amount)]
        for code, by_cell in sorted(count.items())
        for cell, amount in sorted(by_cell.items())
    ]
    row = {
        "month": month,
        "closed_at": closed_at.isoformat(),
        "last_event": last_event,
        "figures": sorted(COUNTINGS),
        "cells": cells,
    }
    store.db.table("months").insert(row)


def read_closed_months(store: Store) -> list[ClosedMonth]:
    """Return the closed months in their order, as they were reported."""
    rows = sorted(store.db.table("months"), key=lambda row: str(row["month"]))
    return [
        ClosedMonth(
            month=row["month"],
            closed_at=datetime.fromisoformat(row["closed_at"]),
            last_event=row["last_event"],
            figures=frozenset(row["figures"]),
            count=_count_of(row["cells"]),
        )
        for row in rows
    ]


def closing_moments(store: Store) -> dict[str, datetime]:
    """Return the months that are closed, each with the moment at which it was."""
    return {one.month: one.closed_at for one in read_closed_months(store)}


def _count_of(cells: list[Any]) -> MonthlyCount:
    count: dict[str, dict[Cell, Amount]] = {}
    for code, *cell, amount in cells:
        counted = amount if isinstance(amount, int) else frozenset(amount)
        count.setdefault(code, {})[tuple(cell)] = counted
    return count


def count_months(store: Store, now: datetime) -> dict[str, MonthlyCount]:
    """Return what each month comes to: the closed ones as reported, the others counted until now.

    A figure that a closed month was not yet reported by is counted now for that month, too.
    """
    reported = read_closed_months(store)
    closed = _last_events(reported)
    until_now = (event for event in _open_events(store, closed) if event.at <= now)
    counted = count_events(until_now, COUNTINGS, closed)
    added = _count_added(store, reported)
    as_reported = {one.month: {**added[one.month], **one.count} for one in reported}
    return {**counted, **as_reported}


def _count_added(store: Store, reported: list[ClosedMonth]) -> dict[str, MonthlyCount]:
    """Count the figures that came into the table after months were closed, for those months."""
    known = frozenset(COUNTINGS).intersection(*(one.figures for one in reported))
    added = {code: how for code, how in COUNTINGS.items() if code not in known}
    counted = count_events(_events(store, None, added), added, _last_events(reported))
    return {
        one.month: {
            code: cells
            for code, cells in counted.get(one.month, {}).items()
            if code not in one.figures
        }
        for one in reported
    }


def last_events(store: Store) -> dict[str, int]:
    """Return the closed months, each with the place of the last event that was recorded before."""
    return _last_events(read_closed_months(store))


def _last_events(reported: Iterable[ClosedMonth]) -> dict[str, int]:
    return {one.month: one.last_event for one in reported}


def _open_events(
    store: Store, closed: Mapping[str, int], until: float = inf
) -> Iterator[CountedEvent]:
    """Yield what can count in a month that is not closed, without a look at all of the years.

    `until` is the place of the last event that is wanted.
    """
    if not closed:
        yield from (event for event in _events(store, None) if event.place <= until)
        return
    last = max(closed.values())
    start = start_of_month(next_month(max(closed)))
    yield from (event for event in _events(store, start) if event.place <= last)
    yield from takewhile(lambda event: event.place <= until, records.events_after(store, last))


def count_month(store: Store, month: str, last_event: int) -> MonthlyCount:
    """Count one month from the events up to this one, whatever was reported of it."""
    reported = read_closed_months(store)
    closed = {one: last for one, last in _last_events(reported).items() if one < month}
    events = _open_events(store, closed, last_event)
    return count_events(events, COUNTINGS, closed).get(month, {})


def is_as_reported(store: Store, one: ClosedMonth) -> bool:
    """Count a closed month again and compare, by the figures of today that it was reported by."""
    again = count_month(store, one.month, one.last_event)
    kept = {code: cells for code, cells in one.count.items() if code in COUNTINGS}
    return kept == {code: cells for code, cells in again.items() if code in one.figures}


def late_entries(store: Store) -> list[CountedEvent]:
    """List what was recorded for a month after it was closed, in the order of recording."""
    closed = _last_events(read_closed_months(store))
    if not closed:
        return []
    kinds = {kind.__name__ for kind in COUNTED_EVENTS}
    after = records.events_after(store, min(closed.values()))
    return [one for one in after if one.type in kinds and is_late(one, closed)]


def first_day(store: Store) -> date | None:
    """Return the day on which the first event was recorded that any figure is counted from."""
    first = (records.first_event(store, kind) for kind in COUNTED_EVENTS)
    return min((local_date(one.at) for one in first if one), default=None)


def first_month(store: Store) -> str | None:
    """Return the month in which the first event happened that any figure is counted from.

    Looks at all of them: what happened first may have been recorded last.
    """
    return min((month_of_day(event.on) for event in _events(store, None)), default=None)


def _events(
    store: Store, start: datetime | None, countings: Mapping[str, Counting] = COUNTINGS
) -> Iterator[CountedEvent]:
    """Yield the events that these figures look at, recorded from `start` on."""
    for kind in dict.fromkeys(kind for how in countings.values() for kind in how.events):
        yield from records.events_since(store, kind, start)
