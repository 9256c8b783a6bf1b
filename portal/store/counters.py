"""Counters of attempts in a window of time, shared by all processes."""

from datetime import datetime, timedelta

from tinydb import where

from portal.store.store import Store


def count_up(store: Store, key: str, at: datetime, window: timedelta) -> int:
    """Count one attempt under the key; returns the number of attempts in the running window."""
    counters, ours = store.db.table("counters"), where("key") == key
    with store.transaction():
        # The upsert makes two first attempts wait for each other; a look-up would not.
        counters.upsert({"key": key}, ours)
        row = counters.get(ours)
        if row is None or row.get("ends_at", "") <= at.isoformat():
            fresh = {"count": 1, "ends_at": (at + window).isoformat()}
            counters.update(fresh, ours)
            return 1
        counters.update({"count": row["count"] + 1}, ours)
        return int(row["count"]) + 1


def count_now(store: Store, key: str, at: datetime) -> int:
    """Return the number of attempts in the running window."""
    row = store.db.table("counters").get(where("key") == key)
    return int(row["count"]) if row and row["ends_at"] > at.isoformat() else 0


def remove_ended_windows(store: Store, at: datetime) -> int:
    """Forget the windows that have ended; returns how many."""
    return len(store.db.table("counters").remove(where("ends_at") < at.isoformat()))
