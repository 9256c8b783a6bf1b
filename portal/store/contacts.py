"""Contacts as records: the head holds how it stands, what was noted in words is sealed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tinydb import where

from portal.domain.counter.contacts import REGISTRY, Contact, advance_contact
from portal.domain.forms.fields import FIELDS
from portal.domain.records.event import Event
from portal.domain.shared.dates import local_date
from portal.domain.shared.errors import Changed
from portal.store import records
from portal.store.records import Aggregate, Record
from portal.store.store import Store

CONTACTS = Aggregate("contact", "contacts", REGISTRY, lambda name: FIELDS[name].sealed)
_YES, _NO = "yes", "no"


def add_contact(store: Store, contact: Contact, first: Event, submission: str) -> None:
    """Store a new contact. Duplicate if its number is taken or the page was sent before."""
    head = _head(contact) | {"submission": submission}
    records.add_record(store, CONTACTS, contact.number, head, _sealed(contact), first)


def append_to_contact(store: Store, before: Contact, *events: Event) -> Contact:
    """Append to the history of a contact, and keep it as it is after that. Changed."""
    record = records.find_record(store, CONTACTS, "number", before.number)
    if record is None or record.version != before.version:
        raise Changed(before.number)
    after = before
    for number, event in enumerate(events, before.version + 1):
        after = advance_contact(after, event, number)
    records.append_events(store, record, events, _head(after), _sealed(after))
    return after


def find_contact(store: Store, number: str) -> Contact | None:
    """Find the contact with this number."""
    record = records.find_record(store, CONTACTS, "number", number)
    return _contact(record) if record else None


def find_sent_contact(store: Store, submission: str) -> Contact | None:
    """Find the contact that this page became."""
    record = records.find_record(store, CONTACTS, "submission", submission)
    return _contact(record) if record else None


def list_contacts(store: Store, login: str, day: date) -> list[Contact]:
    """List what somebody recorded on a day, the newest first."""
    mine = (where("recorded_by") == login) & (where("recorded_on") == day.isoformat())
    rows = store.db.table("contacts").search(mine)
    found = [_contact(records.read_record(store, CONTACTS, row)) for row in rows]
    return sorted(found, key=lambda one: (one.recorded_at, one.number), reverse=True)


def count_by_topic(store: Store, month: str) -> Mapping[tuple[str, str], int]:
    """Count the contacts that happened in a month, by channel and topic; no struck ones."""
    counted = store.db.table("contacts").count_groups(
        "month",
        "struck",
        "channel",
        "topic",
        query=(where("month") == month) & (where("struck") == _NO),
    )
    return {(channel, topic): count for (_, _, channel, topic), count in counted.items()}


def contact_history(store: Store, number: str) -> list[Event]:
    """Return all that happened to a contact, oldest first; nothing if there is none."""
    record = records.find_record(store, CONTACTS, "number", number)
    return records.events_of(store, record) if record else []


def every_contact(store: Store) -> list[str]:
    """List the numbers of all contacts."""
    return [str(row["number"]) for row in store.db.table("contacts")]


def _head(contact: Contact) -> dict[str, Any]:
    return {
        "answers": {
            name: value for name, value in contact.answers.items() if not FIELDS[name].sealed
        },
        "month": f"{contact.on:%Y-%m}",
        "channel": contact.channel,
        "topic": contact.topic,
        "recorded_by": contact.recorded_by,
        "recorded_at": contact.recorded_at.isoformat(),
        "recorded_on": local_date(contact.recorded_at).isoformat(),
        "struck": _YES if contact.struck else _NO,
        "case": contact.case,
        "stands_in": contact.stands_in,
    }


def _sealed(contact: Contact) -> dict[str, object]:
    return {name: value for name, value in contact.answers.items() if FIELDS[name].sealed}


def _contact(record: Record) -> Contact:
    row = record.row
    opened = {name: record.open(name) for name in row["sealed"]}
    return Contact(
        number=record.number,
        answers={**row["answers"], **opened},
        recorded_by=row["recorded_by"],
        recorded_at=datetime.fromisoformat(row["recorded_at"]),
        struck=row["struck"] == _YES,
        case=row["case"],
        stands_in=row["stands_in"],
        version=record.version,
    )
