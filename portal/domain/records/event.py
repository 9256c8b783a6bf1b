"""Events: what happened to a record, in the past tense, as it is kept for good.

A record's timeline is its events, its state their fold, figures their counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from portal.domain.records.tally import Tally, check_tally
from portal.domain.shared.dates import local_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that `actor`, a staff login or `VISITOR`, did.

    `on` is the day it happened (Asia/Shanghai), `at` the moment it was recorded (UTC); without
    an `on` it happened when it was recorded. ValueError if it were to happen after that.
    `due_on` is the day by which whoever is awaited afterwards must act: what was promised, while
    that is the centre.
    """

    at: datetime
    actor: str
    on: date = date.min
    text: str = ""
    """What was said or decided, in the actor's words. Sealed before it is stored."""
    facts: Mapping[str, object] = field(default_factory=dict)
    """Answers to the fields of the step, by name; sealed as the field table says."""
    tally: Tally = field(default_factory=dict)
    """What it counts for, plain: see the table of tallies."""
    due_on: date | None = None

    def __post_init__(self) -> None:
        """Take the day of recording for an event that names none; check the tally."""
        recorded = local_date(self.at)
        if self.on == date.min:
            object.__setattr__(self, "on", recorded)
        if self.on > recorded:
            raise ValueError(f"{type(self).__name__} would happen after it is recorded")
        check_tally(self.tally)


@dataclass(frozen=True, slots=True)
class CountedEvent:
    """An event as figures see it: of which record, when, what for, and nothing sealed.

    `place` is its place among all events, in the order in which they were recorded: no clock has
    a say in it.
    """

    place: int
    record: str
    type: str
    at: datetime
    on: date
    tally: Tally


Registry = Mapping[str, type[Event]]
"""The closed set of events of a kind of record, by the name that they are stored under."""


def make_registry(kinds: Iterable[type[Event]]) -> Registry:
    """List events by their names."""
    return {kind.__name__: kind for kind in kinds}


def to_row(event: Event) -> dict[str, Any]:
    """Return the event as plain data; its text and facts are left in it, for the store to seal."""
    row: dict[str, Any] = {"type": type(event).__name__}
    for one in fields(event):
        value = getattr(event, one.name)
        if isinstance(value, date | datetime):
            row[one.name] = value.isoformat()
        elif value not in (None, "", {}):
            row[one.name] = value
    return row


def from_row(registry: Registry, row: Mapping[str, Any]) -> Event:
    """Return the event that `to_row` wrote. KeyError if its type is not in the registry."""
    kind = registry[row["type"]]
    values = {one.name: row[one.name] for one in fields(kind) if one.name in row}
    days = {one.name for one in fields(kind) if one.type in (date, date | None)}
    for name in days & values.keys():
        values[name] = date.fromisoformat(values[name])
    return kind(**values | {"at": datetime.fromisoformat(row["at"])})
