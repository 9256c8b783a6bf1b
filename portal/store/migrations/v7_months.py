"""Months of version 0.2.0: each is told the last event that was recorded before it was closed.

Until then the moment of closing told late entries from others, so a clock that was set back
could hide one.
"""

from portal.store.store import Store


def migrate_to_v7(store: Store) -> None:
    """Find for each closed month the last event that its clock says was there."""
    recorded = [(row.doc_id, str(row["at"])) for row in store.db.table("events")]
    months = store.db.table("months")
    for row in months:
        before = (place for place, at in recorded if at < row["closed_at"])
        months.update({"last_event": max(before, default=0)}, doc_ids=[row.doc_id])
