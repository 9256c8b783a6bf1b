"""Counters of attempts in a window of time, shared by all processes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tinydb import where

from portal.store.store import Store


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted under a key: in which window, above which number it is too much, how much.

    Above None: never.
    """

    window: timedelta
    most: int | None = None
    amount: int = 1


def count_up(store: Store, counted: Mapping[str, Counted], at: datetime) -> str | None:
    """Count an attempt under each key in turn; stop at the first that is too much, return it.

    So whoever is over a limit of his own does not use up that of all.
    """
    over: str | None = None

    def change(key: str, row: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        nonlocal over
        if over is not None:
            return None
        running = row is not None and row.get("ends_at", "") > at.isoformat()
        ends_at = row["ends_at"] if row and running else (at + counted[key].window).isoformat()
        count = (int(row["count"]) if row and running else 0) + counted[key].amount
        most = counted[key].most
        if most is not None and count > most:
            over = key
        return {"key": key, "count": count, "ends_at": ends_at}

    store.db.table("counters").change_each("key", counted, change)
    return over


def count_now(store: Store, keys: Iterable[str], at: datetime) -> dict[str, int]:
    """Return the attempts in the running window of each key; those without any are left out."""
    rows = store.db.table("counters").search(where("key").one_of(list(keys)))
    return {row["key"]: int(row["count"]) for row in rows if row["ends_at"] > at.isoformat()}


def remove_ended_windows(store: Store, at: datetime) -> int:
    """Forget the windows that have ended; returns how many."""
    return len(store.db.table("counters").remove(where("ends_at") < at.isoformat()))
