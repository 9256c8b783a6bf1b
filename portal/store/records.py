"""Records: a head, numbered events and files, sealed under a key of their own.

Whatever has a history is kept this way: its row in the table of its heads, its events in the one
table of all events, its files by their owner. An event has the number of the version of the
record that it made. Nothing here knows what a head means: each aggregate has a module of its own.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from tinydb import where
from tinydb.table import Document

from portal.domain.records.event import CountedEvent, Event, Registry, from_row, to_row
from portal.domain.shared.errors import Changed
from portal.store.crypto import sealing
from portal.store.crypto.keys import Keyring
from portal.store.crypto.sealing import Seal
from portal.store.errors import Damaged
from portal.store.files import Owner
from portal.store.store import Store


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A kind of record: its name in rows of events and files, and the table of its heads.

    `registry` holds what can happen to it; `is_sealed` tells which facts of events are sealed.
    """

    name: str
    table: str
    registry: Registry
    is_sealed: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Record:
    """A head as it is stored. `wrapped` is the wrapped data key, None after erasure."""

    aggregate: Aggregate
    number: str
    version: int
    wrapped: str | None
    row: Mapping[str, Any]
    row_id: int
    keys: Keyring = field(repr=False)

    @property
    def name(self) -> str:
        """What it is called in the rows of its events and files."""
        return _name(self.aggregate, self.number)

    @property
    def seal(self) -> Seal:
        """The open data key. Damaged if it does not open, or was dropped."""
        if self.wrapped is None:
            raise Damaged(f"{self.number} 的个人信息已经按规定删除。")
        return sealing.open_seal(self.keys, _place(self.aggregate, self.number), self.wrapped)

    @property
    def owner(self) -> Owner:
        """The record as the owner of files."""
        return Owner(self.name, self.seal)

    def open(self, name: str) -> object:
        """Return a sealed value of the head."""
        return self.seal.open(name, self.row["sealed"][name])


def add_record(
    store: Store,
    aggregate: Aggregate,
    number: str,
    head: Mapping[str, Any],
    sealed: Mapping[str, object],
    first: Event,
    *,
    version: int = 0,
) -> Record:
    """Store a new record with its first event. Duplicate if a unique value is taken."""
    seal, wrapped = sealing.new_seal(store.keys, _place(aggregate, number))
    row = {
        **head,
        "number": number,
        "version": version,
        "key": wrapped,
        "sealed": {name: seal.close(name, sealed[name]) for name in sorted(sealed)},
    }
    row_id = store.db.table(aggregate.table).insert(row)
    record = Record(aggregate, number, version, wrapped, row, row_id, store.keys)
    _add_event(store, record, version, first)
    return record


def append_events(
    store: Store,
    record: Record,
    events: Iterable[Event],
    head: Mapping[str, Any],
    sealed: Mapping[str, object] | None = None,
) -> Record:
    """Append events, and keep the head as it is after them; what `sealed` names is sealed anew.

    Call it in the transaction of the act. Changed if the record is no longer as it was read.
    """
    version = record.version
    for event in events:
        version += 1
        _add_event(store, record, version, event)
    row = {**head, "version": version}
    if sealed is not None:
        seal = record.seal
        fresh = {name: seal.close(name, sealed[name]) for name in sorted(sealed)}
        row["sealed"] = {**record.row["sealed"], **fresh}
    as_read = where("version") == record.version
    if not store.db.table(record.aggregate.table).update(row, as_read, [record.row_id]):
        raise Changed(record.number)
    return replace(record, version=version, row={**record.row, **row})


def find_record(store: Store, aggregate: Aggregate, name: str, value: str) -> Record | None:
    """Find the record whose unique field holds this value."""
    row = store.db.table(aggregate.table).get(where(name) == value)
    return read_record(store, aggregate, row) if row else None


def read_record(store: Store, aggregate: Aggregate, row: Any) -> Record:
    """Return a row of the heads as a record."""
    return Record(aggregate, row["number"], row["version"], row["key"], row, row.doc_id, store.keys)


def events_of(store: Store, record: Record) -> list[Event]:
    """Return all that happened to a record, oldest first."""
    rows = store.db.table("events").search(where("record") == record.name)
    seal = record.seal
    rows.sort(key=lambda row: str(row["number"]))
    return [_event(record.aggregate, seal, row) for row in rows]


def first_event(store: Store, event_type: type[Event]) -> CountedEvent | None:
    """Return the event of this type that was recorded first."""
    rows = store.db.table("events").page(where("type") == event_type.__name__, "at", 1)
    return _counted_event(rows[0]) if rows else None


def events_since(
    store: Store, event_type: type[Event], start: datetime | None
) -> Iterator[CountedEvent]:
    """Yield every event of this type recorded from `start` (UTC) on; None: from the first."""
    query = where("type") == event_type.__name__
    if start:
        query &= where("at") >= start.isoformat()
    for row in store.db.table("events").search(query):
        yield _counted_event(row)


def events_after(store: Store, place: int) -> Iterator[CountedEvent]:
    """Yield every event, of any type, that was recorded after the one of this place."""
    return map(_counted_event, store.db.table("events").insertions_after(place))


def stop_recording(store: Store) -> int:
    """Let nobody record an event until the end of our transaction; return the last one's place."""
    return store.db.table("events").finish_insertions()


def _counted_event(row: Document) -> CountedEvent:
    return CountedEvent(
        row.doc_id,
        row["record"],
        row["type"],
        datetime.fromisoformat(row["at"]),
        date.fromisoformat(row["on"]),
        row.get("tally", {}),
    )


def list_numbers(store: Store, aggregate: Aggregate) -> set[str]:
    """List the numbers of all records of a kind that events say they belong to."""
    names = {str(row["record"]) for row in store.db.table("events")}
    return {number_of(name) for name in names if name.startswith(f"{aggregate.name} ")}


def number_of(name: str) -> str:
    """Return the number of a record, from what it is called in the rows of its events."""
    return name.partition(" ")[2]


def _add_event(store: Store, record: Record, number: int, event: Event) -> None:
    row = to_row(event)
    if "text" in row:
        row["text"] = record.seal.close(f"event {number}", row["text"])
    facts = row.pop("facts", {})
    secret = {name: value for name, value in facts.items() if record.aggregate.is_sealed(name)}
    if secret:
        row["sealed_facts"] = record.seal.close(f"facts {number}", secret)
    if plain := {name: value for name, value in facts.items() if name not in secret}:
        row["facts"] = plain
    place = {"record": record.name, "number": sortable(number)}
    store.db.table("events").insert(place | row)


def _event(aggregate: Aggregate, seal: Seal, row: Mapping[str, Any]) -> Event:
    opened, number = dict(row), int(row["number"])
    if "text" in row:
        opened["text"] = seal.open(f"event {number}", row["text"])
    if "sealed_facts" in row:
        secret: Any = seal.open(f"facts {number}", row["sealed_facts"])
        opened["facts"] = {**row.get("facts", {}), **secret}
    try:
        return from_row(aggregate.registry, opened)
    except (KeyError, TypeError, ValueError):
        raise Damaged(f"{row['record']} 的第 {number} 条记录读不出来：数据坏了或被改过。") from None


def sortable(number: int) -> str:
    """Return a number as text that sorts like it, as an indexed field holds it."""
    return f"{number:06}"


def _name(aggregate: Aggregate, number: str) -> str:
    return f"{aggregate.name} {number}"


def _place(aggregate: Aggregate, number: str) -> str:
    return f"{aggregate.table}|{number}"
