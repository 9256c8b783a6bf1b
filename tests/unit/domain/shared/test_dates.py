"""Days, months and times in Asia/Shanghai."""

from datetime import UTC, date, datetime

import pytest

from portal.domain.shared.dates import format_date, format_time, local_date

BEFORE_MIDNIGHT = datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC)
AT_MIDNIGHT = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)


def test_the_day_changes_at_midnight_in_shanghai() -> None:
    assert local_date(BEFORE_MIDNIGHT) == date(2026, 12, 31)
    assert local_date(AT_MIDNIGHT) == date(2027, 1, 1)


def test_days_and_times_are_shown_in_chinese() -> None:
    assert format_date(date(2026, 11, 4)) == "2026年11月4日"
    assert format_time(AT_MIDNIGHT) == "2027年1月1日 00:00"


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local_date(datetime(2026, 1, 1))  # noqa: DTZ001 (the fault under test)
