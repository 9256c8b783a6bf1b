"""Cases from before it could be asked which of them nobody is left to bring on."""

from collections.abc import MutableMapping
from typing import Any

from portal.store.store import Store

_VISITOR = "visitor"


def migrate_to_v14(store: Store) -> None:
    """Write into each head who of staff took a step on it, as one text."""
    store.db.table("cases").update(_add_takers)


def _add_takers(row: MutableMapping[str, Any]) -> None:
    row["takers"] = " ".join(sorted({login for _, login in row["taken"]} - {_VISITOR}))
