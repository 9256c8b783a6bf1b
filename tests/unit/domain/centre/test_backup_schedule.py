"""When the next copy is due, and which old ones are kept."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.centre.backup_schedule import (
    copies_to_drop,
    is_copy_due,
    name_copy,
    read_copy_name,
)
from portal.domain.shared.dates import CENTRE_ZONE

NOW = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)  # half past two at night in China
MOMENTS = st.integers(0, 63_000_000).map(lambda second: NOW - timedelta(seconds=second))


@given(MOMENTS)
def test_the_name_of_a_copy_tells_when_it_was_made(at: datetime) -> None:
    assert read_copy_name(name_copy(at)) == at


@pytest.mark.parametrize(
    "name", ["bangfu-20261399-020000.age", "bangfu-20261124-020000.age.part", "keys.json", ""]
)
def test_other_files_are_no_copies(name: str) -> None:
    assert read_copy_name(name) is None


@pytest.mark.parametrize(
    ("age", "now", "due"),
    [
        (None, NOW, True),
        (timedelta(hours=24), NOW, True),
        (timedelta(hours=2), NOW, False),
        (timedelta(hours=24), NOW + timedelta(hours=8), False),
        (timedelta(hours=31), NOW + timedelta(hours=8), True),
        (timedelta(hours=-5), NOW, True),
    ],
)
def test_a_copy_is_made_at_night_or_when_the_night_was_missed(
    age: timedelta | None, now: datetime, due: bool
) -> None:
    assert is_copy_due(None if age is None else now - age, now) is due


def test_a_year_of_nightly_copies_leaves_seven_days_four_weeks_six_months() -> None:
    nights = [NOW - timedelta(days=day) for day in range(365)]
    kept = sorted(set(nights) - copies_to_drop(nights), reverse=True)
    assert kept[:7] == nights[:7]
    months = [moment.astimezone(CENTRE_ZONE).strftime("%Y-%m") for moment in kept]
    assert sorted(set(months), reverse=True)[:6] == [
        "2026-11", "2026-10", "2026-09", "2026-08", "2026-07", "2026-06",
    ]  # fmt: skip
    assert 12 <= len(kept) <= 17


@given(st.lists(MOMENTS, max_size=40, unique=True))
def test_the_newest_copy_is_never_dropped(made: list[datetime]) -> None:
    dropped = copies_to_drop(made)
    assert dropped < set(made) or not made
    assert max(made, default=None) not in dropped


@given(st.lists(MOMENTS, max_size=12, unique=True))
def test_what_is_kept_today_is_kept_when_nothing_came_since(made: list[datetime]) -> None:
    kept = set(made) - copies_to_drop(made)
    assert copies_to_drop(kept) == set()
