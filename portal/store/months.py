"""Closed months: what was reported of each, kept beside the events it was counted from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
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
    """What a month was reported with: by which figures it was counted, and what each came to."""

    month: str
    closed_at: datetime
    figures: frozenset[str]
    count: MonthlyCount


def add_closed_month(store: Store, month: str, closed_at: datetime, count: MonthlyCount) -> None:
    """Keep what a month came to when it was closed. Duplicate if it is closed already."""
    cells = [
        [code, *cell, amount if isinstance(amount, int) else sorted(amount)]
        for code, by_cell in sorted(count.items())
        for cell, amount in sorted(by_cell.items())
    ]
    row = {
        "month": month,
        "closed_at": closed_at.isoformat(),
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
    """Return what each month comes to: the closed ones as reported, the others counted now.

    A figure that a closed month was not yet reported by is counted now for that month, too.
    """
    reported = read_closed_months(store)
    closed = {one.month: one.closed_at for one in reported}
    start = start_of_month(next_month(max(closed))) if closed else None
    counted = count_events(_events(store, start, now), COUNTINGS, closed)
    added = _count_added(store, reported, now)
    as_reported = {one.month: {**added[one.month], **one.count} for one in reported}
    return {**counted, **as_reported}


def _count_added(
    store: Store, reported: list[ClosedMonth], now: datetime
) -> dict[str, MonthlyCount]:
    """Count the figures that came into the table after months were closed, for those months."""
    known = frozenset(COUNTINGS).intersection(*(one.figures for one in reported))
    added = {code: how for code, how in COUNTINGS.items() if code not in known}
    closed = {one.month: one.closed_at for one in reported}
    counted = count_events(_events(store, None, now, added), added, closed)
    return {
        one.month: {
            code: cells
            for code, cells in counted.get(one.month, {}).items()
            if code not in one.figures
        }
        for one in reported
    }


def count_month(store: Store, month: str, until: datetime) -> MonthlyCount:
    """Count one month from its events as they stood at a moment, whatever was reported of it."""
    closed = {one: at for one, at in closing_moments(store).items() if one < month}
    events = _events(store, start_of_month(month), until)
    return count_events(events, COUNTINGS, closed).get(month, {})


def is_as_reported(store: Store, one: ClosedMonth) -> bool:
    """Count a closed month again and compare, by the figures of today that it was reported by."""
    again = count_month(store, one.month, one.closed_at)
    kept = {code: cells for code, cells in one.count.items() if code in COUNTINGS}
    return kept == {code: cells for code, cells in again.items() if code in one.figures}


def late_entries(store: Store) -> list[CountedEvent]:
    """List what was recorded for a month after it was closed, the oldest first."""
    closed = closing_moments(store)
    if not closed:
        return []
    since = min(closed.values())
    late = [one for one in _events(store, since, None) if is_late(one, closed)]
    return sorted(late, key=lambda one: one.at)


def first_day(store: Store) -> date | None:
    """Return the day on which the first event was recorded that any figure is counted from."""
    first = (records.first_event(store, kind) for kind in COUNTED_EVENTS)
    return min((local_date(one.at) for one in first if one), default=None)


def first_month(store: Store) -> str | None:
    """Return the month in which the first event happened that any figure is counted from.

    Looks at all of them: what happened first may have been recorded last.
    """
    days = (event.on for event in _events(store, None, None))
    return min(map(month_of_day, days), default=None)


def _events(
    store: Store,
    start: datetime | None,
    end: datetime | None,
    countings: Mapping[str, Counting] = COUNTINGS,
) -> Iterator[CountedEvent]:
    for kind in dict.fromkeys(kind for how in countings.values() for kind in how.events):
        yield from records.events_between(store, kind, start, end)
