"""Cases of version 0.2.0: they are found by their traces, no longer by three columns of the head.

Traces are derived, so they are made here by today's table: a later one makes them anew. What a
case says is read from its row, whose layout is that of this version.
"""

from collections.abc import MutableMapping
from typing import Any

from portal.domain.search.traces import list_traces
from portal.store import traces
from portal.store.crypto import sealing
from portal.store.errors import Damaged
from portal.store.store import Store

_COLUMNS = ("id_index", "mobile_index", "card_index")


def migrate_to_v9(store: Store) -> None:
    """Leave the traces of every case, and take the columns out of its head."""
    cases = store.db.table("cases")
    for row in cases:
        traces.keep_traces(
            store, f"case {row['number']}", list_traces(row["number"], _open_answers(store, row))
        )
        cases.update(_drop_columns, doc_ids=[row.doc_id])


def _drop_columns(row: MutableMapping[str, Any]) -> None:
    for name in _COLUMNS:
        row.pop(name, None)


def _open_answers(store: Store, row: Any) -> dict[str, object]:
    """Return the answers of a case, without any that does not open; none after erasure."""
    answers = dict(row["answers"])
    if row["key"] is None:
        return answers
    try:
        seal = sealing.open_seal(store.keys, f"cases|{row['number']}", row["key"])
        answers |= {name: seal.open(name, value) for name, value in row["sealed"].items()}
    except Damaged:
        pass
    return answers
