"""The audit log: who did or read what, each entry chained to the one before.

An entry names actions, objects and field names, never values. Written in the transaction of the
act itself: what cannot be logged does not happen. A chain does not show that its tail was cut
off; for that the head is kept elsewhere too (`bangfu verify` prints it).
"""

import hmac
import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any

from tinydb import where
from tinydb.queries import QueryInstance
from tinydb.table import Document

from portal.domain.audit.actions import Auditable, AuditAction, stored_code
from portal.domain.audit.log_query import LogQuery
from portal.store.crypto.keys import Keyring
from portal.store.errors import Damaged
from portal.store.store import Store

_HEAD_ID = 1


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act: `object` is a receipt, a login or a table; `note` names fields, never values."""

    number: int
    at: str
    actor: str
    action: str
    object: str
    note: str


@dataclass(frozen=True, slots=True)
class Openings:
    """How often something was opened, and when last; None if never."""

    count: int
    last: datetime | None


def _hmac_in_chain(keys: Keyring, before: str, entry: AuditEntry) -> str:
    text = json.dumps(asdict(entry), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.digest(keys.audit, f"{before}\0{text}".encode(), "sha256").hex()


def start_chain(store: Store) -> None:
    """Lay down the one row that orders all writers, when an instance is created."""
    store.db.table("chain").insert(Document({"count": 0, "head": ""}, _HEAD_ID))


def record(
    store: Store, at: datetime, actor: str, action: Auditable, target: str, note: str = ""
) -> int:
    """Append an entry, and return its number; call it inside the transaction of the act."""
    chain = store.db.table("chain")
    with store.transaction():
        head = chain.get(doc_id=_HEAD_ID)
        if not isinstance(head, Document):
            raise Damaged("操作记录的链头不见了。请运行 bangfu verify。")
        entry = AuditEntry(
            head["count"] + 1, at.isoformat(), actor, stored_code(action), target, note
        )
        chained = _hmac_in_chain(store.keys, head["head"], entry)
        store.db.table("audit").insert(
            asdict(entry) | {"place": str(entry.number), "mark": chained}
        )
        chain.replace({"count": entry.number, "head": chained}, _HEAD_ID)
    return entry.number


def entries(store: Store) -> Iterable[tuple[AuditEntry, str]]:
    """Return all entries with their HMACs in the chain, oldest first."""
    for row in store.db.table("audit"):
        yield _entry(row), row["mark"]


def _entry(row: Mapping[str, Any]) -> AuditEntry:
    return AuditEntry(**{name: row[name] for name in AuditEntry.__slots__})


def newest_entries(store: Store, limit: int, before: int | None) -> list[AuditEntry]:
    """Return the newest entries, newest first; `before` is the number of the last one seen."""
    newest = _count_all(store)
    last = newest if before is None else min(before - 1, newest)
    return _entries_between(store, max(last - limit, 0) + 1, last)


def _entries_between(store: Store, first: int, last: int) -> list[AuditEntry]:
    numbers = [str(number) for number in range(first, last + 1)]
    rows = store.db.table("audit").search(where("place").one_of(numbers))
    return sorted((_entry(row) for row in rows), key=lambda entry: -entry.number)


def _count_all(store: Store) -> int:
    head = store.db.table("chain").get(doc_id=_HEAD_ID)
    return int(head["count"]) if isinstance(head, Document) else 0


def page_of_entries(
    store: Store, chosen: LogQuery, limit: int, number: int | None = None, *, newer: bool = False
) -> list[AuditEntry]:
    """Return entries that are asked for, the newest first.

    Those before the entry of this number, or, `newer`, the next ones after it; without such an
    entry the newest, or with `newer` the oldest. All of the log goes by its numbers, whatever a
    clock said; what is picked out of it, by its moments.
    """
    query, table = _query(chosen), store.db.table("audit")
    if query is None and newer:
        first = (number or 0) + 1
        return _entries_between(store, first, min(first + limit - 1, _count_all(store)))
    if query is None:
        return newest_entries(store, limit, number)
    seen = table.get(where("place") == str(number)) if number is not None else None
    place = (str(seen["at"]), seen.doc_id) if isinstance(seen, Document) else None
    rows = table.page(query, "at", limit, place, descending=not newer)
    found = [_entry(row) for row in rows]
    return found[::-1] if newer else found


def count_entries(store: Store, chosen: LogQuery, hidden: Collection[str] = ()) -> int:
    """Count the entries that are asked for, but for those about one of the `hidden` objects."""
    query, table = _query(chosen), store.db.table("audit")
    count = _count_all(store) if query is None else table.count(query)
    if hidden:
        theirs = where("object").one_of(sorted(hidden))
        count -= table.count(theirs if query is None else query & theirs)
    return count


def count_acts(store: Store, start: datetime, hidden: Collection[str]) -> Counter[str]:
    """Count how often each act was done from this moment on, by stored act; see `count_entries`."""
    since = where("at") >= start.isoformat()
    counted = _count_by_act(store, since)
    if hidden:
        counted.subtract(_count_by_act(store, since & where("object").one_of(sorted(hidden))))
    return counted


def _count_by_act(store: Store, query: QueryInstance) -> Counter[str]:
    counted = store.db.table("audit").count_groups("action", query=query)
    return Counter({act: count for (act,), count in counted.items()})


def _query(chosen: LogQuery) -> QueryInstance | None:
    parts: list[QueryInstance] = []
    if chosen.actor:
        parts.append(where("actor") == chosen.actor)
    if chosen.acts:
        parts.append(where("action").one_of(sorted(chosen.acts)))
    if chosen.target:
        parts.append(where("object") == chosen.target)
    if chosen.start:
        parts.append(where("at") >= chosen.start.isoformat())
    if chosen.end:
        parts.append(where("at") < chosen.end.isoformat())
    return reduce(and_, parts) if parts else None


def entries_about(
    store: Store, targets: Sequence[str], action: AuditAction, limit: int
) -> list[AuditEntry]:
    """Return the newest entries of an act that was done to one of these objects, newest first."""
    rows = store.db.table("audit").search(where("object").one_of([*targets]))
    found = sorted((_entry(row) for row in rows), key=lambda entry: -entry.number)
    return [entry for entry in found if entry.action == action][:limit]


def openings_of(store: Store, target: str, acts: Sequence[AuditAction]) -> Openings:
    """Count how often one of these acts was done to an object, and when last."""
    about = (where("object") == target) & where("action").one_of([*acts])
    rows = store.db.table("audit").search(about)
    times = [datetime.fromisoformat(row["at"]) for row in rows]
    return Openings(len(times), max(times, default=None))


def _is_as_written(keys: Keyring, row: Mapping[str, Any], before: str, number: int) -> bool:
    """Tell whether a row is the entry of this number, and all that it is found by."""
    if not set(AuditEntry.__slots__) <= row.keys():
        return False
    entry = _entry(row)
    expected = _hmac_in_chain(keys, before, entry)
    # By its place an entry is found: with a wrong one it would be hidden.
    derived = (entry.number, row.get("place"), row.get("mark"))
    return derived == (number, str(number), expected)


def verify_chain(store: Store) -> tuple[int, str]:
    """Check that all entries are as written; returns their number and the head. Damaged if not."""
    before, count = "", 0
    with store.db.snapshot():  # others go on writing meanwhile
        for row in store.db.table("audit"):
            count += 1
            if not _is_as_written(store.keys, row, before, count):
                raise Damaged(f"操作记录第 {count} 条被改动过。")
            before = row["mark"]
        head = store.db.table("chain").get(doc_id=_HEAD_ID)
    if not isinstance(head, Document) or (head["count"], head["head"]) != (count, before):
        raise Damaged(f"操作记录在第 {count} 条之后被截断。")
    return count, before
