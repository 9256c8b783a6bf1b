"""Closed months: what was reported of each, kept beside the events it was counted from."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, Final

from portal.domain.figures.counting import Amount, Cell, MonthlyCount, count_events, is_late
from portal.domain.figures.indicators import COUNTED_EVENTS, COUNTINGS
from portal.domain.records.event import CountedEvent
from portal.domain.shared.dates import local_date, next_month, start_of_month
from portal.store import records
from portal.store.store import Store

LATEST: Final = datetime.max.replace(tzinfo=UTC)
"""After every event there can be."""


def add_closed_month(store: Store, month: str, closed_at: datetime, count: MonthlyCount) -> None:
    """Keep what a month came to when it was closed. Duplicate if it is closed already."""
    cells = [
        [code, *cell, amount if isinstance(amount, int) else sorted(amount)]
        for code, by_cell in sorted(count.items())
        for cell, amount in sorted(by_cell.items())
    ]
    row = {"month": month, "closed_at": closed_at.isoformat(), "cells": cells}
    store.db.table("months").insert(row)


def closed_months(store: Store) -> dict[str, datetime]:
    """Return the months that are closed, each with the moment at which it was."""
    return {row["month"]: datetime.fromisoformat(row["closed_at"]) for row in _rows(store)}


def read_months(store: Store) -> dict[str, dict[str, dict[Cell, Amount]]]:
    """Return what each closed month came to."""
    return {row["month"]: _count_of(row["cells"]) for row in _rows(store)}


def _count_of(cells: list[Any]) -> dict[str, dict[Cell, Amount]]:
    count: dict[str, dict[Cell, Amount]] = {}
    for code, *cell, amount in cells:
        counted = amount if isinstance(amount, int) else frozenset(amount)
        count.setdefault(code, {})[tuple(cell)] = counted
    return count


def _rows(store: Store) -> list[Any]:
    return sorted(store.db.table("months"), key=lambda row: str(row["month"]))


def count_months(store: Store, now: datetime) -> dict[str, dict[str, dict[Cell, Amount]]]:
    """Return what each month comes to: the closed ones as reported, the others counted now."""
    closed = closed_months(store)
    start = start_of_month(next_month(max(closed))) if closed else None
    counted = count_events(_events(store, start, now), COUNTINGS, closed)
    open_months = {month: count for month, count in counted.items() if month not in closed}
    return {**read_months(store), **open_months}


def count_month(store: Store, month: str, until: datetime) -> dict[str, dict[Cell, Amount]]:
    """Count one month from its events as they stood at a moment, whatever was reported of it."""
    closed = {one: at for one, at in closed_months(store).items() if one < month}
    events = _events(store, start_of_month(month), until)
    return count_events(events, COUNTINGS, closed).get(month, {})


def late_entries(store: Store) -> list[CountedEvent]:
    """List what was recorded for a month after it was closed, the oldest first."""
    closed = closed_months(store)
    if not closed:
        return []
    since = min(closed.values())
    late = [one for one in _events(store, since, LATEST) if is_late(one, closed)]
    return sorted(late, key=lambda one: one.at)


def first_day(store: Store) -> date | None:
    """Return the day on which the first event was recorded that any figure is counted from."""
    first = (records.first_event(store, kind) for kind in COUNTED_EVENTS)
    return min((local_date(one.at) for one in first if one), default=None)


def _events(store: Store, start: datetime | None, end: datetime) -> Iterator[CountedEvent]:
    for kind in COUNTED_EVENTS:
        yield from records.events_between(store, kind, start, end)
