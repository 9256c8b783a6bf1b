"""Days, months and times as the centre sees them: stored in UTC, shown in Asia/Shanghai."""

from calendar import monthrange
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

CENTRE_ZONE: Final = ZoneInfo("Asia/Shanghai")
_MONTHS: Final = 12


def _local(moment: datetime) -> datetime:
    # A naive time would silently be read in the zone of the machine.
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone; store UTC")
    return moment.astimezone(CENTRE_ZONE)


def local_date(moment: datetime) -> date:
    """Return the day of an aware moment in Asia/Shanghai."""
    return _local(moment).date()


def start_of_day(day: date) -> datetime:
    """Return the moment (UTC) at which a day begins in Asia/Shanghai."""
    return datetime.combine(day, time(), CENTRE_ZONE).astimezone(UTC)


def start_of_month(month: str) -> datetime:
    """Return the moment (UTC) at which a month, as 2026-11, begins in Asia/Shanghai."""
    return start_of_day(date.fromisoformat(f"{month}-01"))


def next_month(month: str) -> str:
    """Return the month after one: 2027-01 after 2026-12."""
    year, number = map(int, month.split("-"))
    return f"{year + number // 12}-{number % 12 + 1:02d}"


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later; the last of a month that lacks that day.

    Civil Code art. 202.
    """
    place = day.year * _MONTHS + day.month - 1 + months
    year, month = place // _MONTHS, place % _MONTHS + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def format_date(day: date) -> str:
    """Return a day as 2026年11月24日."""
    return f"{day.year}年{day.month}月{day.day}日"


def format_time(moment: datetime) -> str:
    """Return an aware moment in Asia/Shanghai as 2026年11月24日 14:05."""
    local = _local(moment)
    return f"{format_date(local)} {local:%H:%M}"
