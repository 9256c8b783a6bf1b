"""Events survive being written down."""

import json
from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.cases.events import REGISTRY, CaseSubmitted, Event, from_record, to_record

MOMENTS = st.datetimes(timezones=st.just(UTC))


@given(st.sampled_from(sorted(set(REGISTRY) - {"CaseSubmitted"})), MOMENTS, st.text(max_size=50))
def test_an_event_comes_back_as_it_was(name: str, at: datetime, text: str) -> None:
    event = REGISTRY[name](at=at, actor="li", text=text, facts={"rating": text} if text else {})
    assert from_record(json.loads(json.dumps(to_record(event)))) == event


@given(MOMENTS, st.sampled_from(["web", "card"]), st.none() | st.just("unpaid-wages"))
def test_a_submission_keeps_how_it_came(at: datetime, channel: str, card: str | None) -> None:
    event = CaseSubmitted(at=at, actor="visitor", channel=channel, card=card)
    assert from_record(to_record(event)) == event


def test_every_kind_of_event_is_registered_under_its_name() -> None:
    # By name: a dataclass with slots leaves the class it was made from behind.
    assert {kind.__name__ for kind in Event.__subclasses__()} == set(REGISTRY)
    assert all(kind.__name__ == name for name, kind in REGISTRY.items())


def test_an_unknown_event_is_an_error_not_a_guess() -> None:
    with pytest.raises(KeyError):
        from_record({"type": "CaseForgotten", "at": "2026-11-24T00:00:00+00:00", "actor": "li"})


def test_what_a_row_holds_besides_the_event_is_ignored() -> None:
    event = REGISTRY["CaseAccepted"](at=datetime(2026, 11, 24, tzinfo=UTC), actor="li")
    assert from_record({**to_record(event), "receipt": "JZ", "number": 1}) == event


def test_the_moment_keeps_its_zone() -> None:
    moment = datetime(2026, 11, 24, 8, 0, tzinfo=timezone(timedelta(hours=8)))
    event = REGISTRY["CaseAccepted"](at=moment, actor="li")
    assert from_record(to_record(event)).at.utcoffset() == timedelta(hours=8)


PLAIN = {"at", "actor", "text", "channel", "card", "town", "topic", "migrant_worker",
         "facts", "listed", "before", "after"}  # fmt: skip


@pytest.mark.parametrize("kind", REGISTRY.values(), ids=lambda kind: kind.__name__)
def test_an_event_holds_no_personal_field(kind: type[Event]) -> None:
    assert {field.name for field in fields(kind)} <= PLAIN
