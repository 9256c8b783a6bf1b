"""Letters, calls and visits: from when the clock runs, what cannot be, who keys in what."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Role
from portal.domain.counter.channels import (
    CHANNEL_LABELS,
    ONLINE,
    Arrival,
    Channel,
    arrival_of,
    arrival_problems,
    kinds_to_key_in,
    moment_of_arrival,
)
from portal.domain.forms.fields import FIELDS
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.dates import local_date

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
CLERK = Actor("li", frozenset({Role.INTAKE}))
NOTED = {"came_by": "letter", "came_on": "2026-11-20", "consent_by": "paper"}


def test_what_comes_on_the_web_or_today_came_now() -> None:
    assert moment_of_arrival(ONLINE, NOW) == NOW
    assert moment_of_arrival(Arrival(Channel.VISIT, CLERK, TODAY), NOW) == NOW


def test_what_came_earlier_counts_from_its_day_in_the_time_of_the_centre() -> None:
    moment = moment_of_arrival(arrival_of(NOTED, CLERK), NOW)
    assert moment < NOW
    assert local_date(moment) == date(2026, 11, 20)


@pytest.mark.parametrize(("days", "refused"), [(0, False), (60, False), (61, True)])
def test_a_day_of_more_than_sixty_days_ago_is_refused(days: int, refused: bool) -> None:
    noted = NOTED | {"came_on": (TODAY - timedelta(days=days)).isoformat()}
    assert [name for name, _ in arrival_problems(noted, TODAY)] == ["came_on"] * refused


@pytest.mark.parametrize("channel", ["visit", "call", "letter"])
def test_who_stands_at_the_counter_signs_and_does_not_only_say_yes(channel: str) -> None:
    noted = NOTED | {"came_by": channel, "consent_by": "spoken"}
    problems = [name for name, _ in arrival_problems(noted, TODAY)]
    assert problems == (["consent_by"] if channel == "visit" else [])


def test_what_was_not_noted_is_no_problem_of_its_own() -> None:
    assert list(arrival_problems({}, TODAY)) == []


@pytest.mark.parametrize(
    ("roles", "kinds"),
    [
        ({Role.INTAKE}, set(CaseKind)),
        ({Role.LAWYER}, {CaseKind.CONSULTATION, CaseKind.COMPLAINT}),
        ({Role.LAWYER, Role.APPROVER}, {CaseKind.CONSULTATION, CaseKind.COMPLAINT}),
        ({Role.DIRECTOR, Role.AUDITOR}, set()),
        ({Role.REVIEWER, Role.APPROVER}, set()),
        ({Role.ADMIN}, set()),
    ],
)
def test_only_who_receives_a_kind_of_case_keys_it_in(
    roles: set[Role], kinds: set[CaseKind]
) -> None:
    assert set(kinds_to_key_in(Actor("li", frozenset(roles)))) == kinds


def test_the_channels_to_choose_from_are_those_that_are_counted() -> None:
    offered = {choice.code: choice.label for choice in FIELDS["came_by"].choices}
    assert offered == {code: CHANNEL_LABELS[code] for code in Channel if code != Channel.WEB}
