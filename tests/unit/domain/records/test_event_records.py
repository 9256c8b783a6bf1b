"""Events survive being written down."""

import json
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.cases.events import REGISTRY, CaseSubmitted
from portal.domain.content import events as article_events
from portal.domain.counter import contacts
from portal.domain.records.event import Event, from_row, to_row
from portal.domain.records.tally import Tally
from portal.domain.search.likeness import PAIR_REGISTRY

MOMENTS = st.datetimes(max_value=datetime(9999, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_no_two_kinds_of_record_have_an_event_of_one_name() -> None:
    names = [*REGISTRY, *article_events.REGISTRY, *contacts.REGISTRY]
    assert len(names) == len(set(names))


MORE: dict[str, dict[str, Any]] = {
    "ListChanged": {"listed": "coworkers", "before": 3, "after": 4},
    "ColleagueExcluded": {"colleague": "li"},
    "ColleagueReadmitted": {"colleague": "li"},
    "CaseHeld": {"until": date(2026, 12, 1)},
}
"""What some events hold besides what all do."""


@given(st.sampled_from(sorted(REGISTRY)), MOMENTS, st.text(max_size=50))
def test_an_event_comes_back_as_it_was(name: str, at: datetime, text: str) -> None:
    facts = {"rating": text} if text else {}
    event = REGISTRY[name](at=at, actor="li", text=text, facts=facts, **MORE.get(name, {}))
    assert from_row(REGISTRY, json.loads(json.dumps(to_row(event)))) == event


@given(MOMENTS, st.sampled_from(["web", "card"]), st.none() | st.just("unpaid-wages"))
def test_a_submission_keeps_how_it_came(at: datetime, channel: str, card: str | None) -> None:
    tally: Tally = {"channel": channel} | ({"card": card} if card else {})
    event = CaseSubmitted(at=at, actor="visitor", tally=tally)
    assert from_row(REGISTRY, to_row(event)) == event
    assert from_row(REGISTRY, to_row(event)).tally == tally


def test_every_kind_of_event_is_registered_under_its_name() -> None:
    # By name: a dataclass with slots leaves the class it was made from behind.
    all_kinds = {
        **REGISTRY,
        **article_events.REGISTRY,
        **contacts.REGISTRY,
        **PAIR_REGISTRY,
    }
    assert _leaves(Event) == set(all_kinds)
    assert all(kind.__name__ == name for name, kind in all_kinds.items())


def _leaves(kind: type[Event]) -> set[str]:
    """The names of the kinds of event that nothing is derived from."""
    ours = (one for one in kind.__subclasses__() if one.__module__.startswith("portal."))
    below = [one for one in ours if one.__name__ != kind.__name__]
    return set().union(*map(_leaves, below)) if below else {kind.__name__}


def test_an_unknown_event_is_an_error_not_a_guess() -> None:
    with pytest.raises(KeyError):
        from_row(REGISTRY, {"type": "CaseForgotten", "at": "2026-11-24T00:00:00+00:00"})


def test_what_a_row_holds_besides_the_event_is_ignored() -> None:
    event = REGISTRY["CaseAccepted"](at=datetime(2026, 11, 24, tzinfo=UTC), actor="li")
    assert from_row(REGISTRY, {**to_row(event), "record": "case JZ", "number": "1"}) == event


def test_the_moment_keeps_its_zone() -> None:
    moment = datetime(2026, 11, 24, 8, 0, tzinfo=timezone(timedelta(hours=8)))
    event = REGISTRY["CaseAccepted"](at=moment, actor="li")
    assert from_row(REGISTRY, to_row(event)).at.utcoffset() == timedelta(hours=8)


PLAIN = {"at", "on", "actor", "text", "facts", "tally", "due_on", "listed", "before", "after",
         "holder", "colleague", "until", "corrects", "request", "outcome"}  # fmt: skip


@pytest.mark.parametrize("kind", REGISTRY.values(), ids=lambda kind: kind.__name__)
def test_an_event_holds_no_personal_field(kind: type[Event]) -> None:
    assert {field.name for field in fields(kind)} <= PLAIN
