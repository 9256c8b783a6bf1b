"""What was granted in records, as their events tell."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from tinydb import where

from portal.store.store import Store


@dataclass(frozen=True, slots=True)
class Grant:
    """What was granted, in fen, and on which day."""

    fen: int
    on: date


def list_grants(store: Store, records: Collection[str]) -> dict[str, list[Grant]]:
    """List what was granted in these records, by their name, the oldest first; in one look."""
    rows = store.db.table("events").search(where("record").one_of(sorted(records)))
    found: dict[str, list[Grant]] = {}
    for row in sorted(rows, key=lambda row: str(row["number"])):
        if amount := row.get("tally", {}).get("amount_fen"):
            grant = Grant(int(amount), date.fromisoformat(row["on"]))
            found.setdefault(row["record"], []).append(grant)
    return found
