"""Traces of records: by what they are found, as keyed fingerprints that give nothing away."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from heapq import merge
from itertools import islice

from tinydb import where
from tinydb.table import Document

from portal.domain.search.traces import Trace, What, Whose
from portal.store.crypto import sealing
from portal.store.crypto.keys import Keyring
from portal.store.store import Store

_LENGTH = 32
"""Signs of a fingerprint: 128 bits tell all facts of a centre apart."""


@dataclass(frozen=True, slots=True)
class TraceRow:
    """That a record bears a fact: `place` goes up with the time at which it was written."""

    record: str
    what: What
    whose: Whose
    fingerprint: str
    place: int


def fingerprint_trace(keys: Keyring, what: What, value: str) -> str:
    """Return the keyed fingerprint of a fact as it is compared."""
    return sealing.blind_index(keys, f"trace {what}", value)[:_LENGTH]


def keep_traces(store: Store, record: str, traces: Iterable[Trace]) -> None:
    """Let a record be found by these and by nothing else; in the transaction of the act."""
    wanted = {fingerprint_trace(store.keys, one.what, one.value): one for one in traces}
    table = store.db.table("traces")
    there = {row.fingerprint: row for row in read_traces(store, record)}
    changed = [
        mark for mark, one in wanted.items() if mark in there and there[mark].whose != one.whose
    ]
    gone = [row.place for mark, row in there.items() if mark not in wanted or mark in changed]
    if gone:
        table.remove(doc_ids=gone)
    if new := [mark for mark in wanted if mark not in there or mark in changed]:
        table.insert_multiple(
            {
                "record": record,
                "fingerprint": mark,
                "what": str(wanted[mark].what),
                "whose": str(wanted[mark].whose),
            }
            for mark in new
        )


def read_traces(store: Store, record: str) -> list[TraceRow]:
    """List what a record is found by."""
    return [_read(row) for row in store.db.table("traces").search(where("record") == record)]


def are_kept(store: Store, record: str, traces: Iterable[Trace]) -> bool:
    """Tell whether a record is found by these and by nothing else."""
    there = {(row.fingerprint, row.what, row.whose) for row in read_traces(store, record)}
    return there == {
        (fingerprint_trace(store.keys, one.what, one.value), one.what, one.whose) for one in traces
    }


def list_traced(store: Store) -> set[str]:
    """List all records that are found by anything."""
    return {str(row["record"]) for row in store.db.table("traces")}


def page_of_traces(
    store: Store, fingerprints: Collection[str], limit: int, before: int | None = None
) -> list[TraceRow]:
    """Return who bears one of these facts, the newest first; only those older than a place."""
    table = store.db.table("traces")
    pages = [
        table.page(
            where("fingerprint") == one,
            "fingerprint",
            limit,
            None if before is None else (one, before),
            descending=True,
        )
        for one in sorted(fingerprints)
    ]
    newest = merge(*pages, key=lambda row: int(row.doc_id), reverse=True)
    return [_read(row) for row in islice(newest, limit)]


def list_bearers(store: Store, fingerprints: Collection[str], most: int) -> list[TraceRow]:
    """List who bears one of these facts: all in one look, or the newest `most` of each fact."""
    query = where("fingerprint").one_of(sorted(fingerprints))
    rows = store.db.table("traces").page(query, "fingerprint", most + 1)
    if len(rows) <= most:
        return [_read(row) for row in rows]
    return [row for one in sorted(fingerprints) for row in page_of_traces(store, [one], most)]


def _read(row: Document) -> TraceRow:
    return TraceRow(
        row["record"], What(row["what"]), Whose(row["whose"]), row["fingerprint"], row.doc_id
    )
