"""The working-day clock of the centre, from content/rules/working_days.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from rulefiles.toml_files import RuleFileError

CALENDAR_FILE: Final = "content/rules/working_days.toml"
_SATURDAY: Final = 5
_ONE_DAY: Final = timedelta(days=1)
_SHIFTED_BEFORE, _SHIFTED_AFTER = 2, 5
"""How far from a statutory day a notice has moved a day off（调休）at most, since 2008."""


class UnknownYear(RuleFileError):  # noqa: N818 (says what is missing, as the operator reads it)
    """The calendar has no holidays for a year that a deadline reaches."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"{CALENDAR_FILE}：没有 {year} 年的节假日。"
            f"请在 holidays 里补上 {year} 年的放假日（从 {year}-01-01 元旦写起）。"
        )
        self.year = year


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off besides weekends, and weekend days that are worked in exchange (调休).

    `arranged_years` are those whose shift of days (调休) has been entered.
    A year is known when its New Year's Day, always a statutory holiday, is among the holidays.
    """

    holidays: frozenset[date]
    make_up_days: frozenset[date]
    arranged_years: frozenset[int] = frozenset()

    def knows(self, year: int) -> bool:
        """Tell whether the holidays of a year have been entered."""
        return date(year, 1, 1) in self.holidays


@dataclass(frozen=True, slots=True)
class LegalEnd:
    """Where a limit of law ends, and by which day to act: never later, and surely worked.

    `certain` tells whether the days off around it are known.
    """

    last: date
    act_by: date
    certain: bool


def load_calendar(parsed: Mapping[str, object]) -> Calendar:
    """Return the calendar of the parsed TOML file, or raise RuleFileError."""
    holidays = _read_days(parsed, "holidays")
    make_up_days = _read_days(parsed, "make_up_days")
    for day in sorted(holidays & make_up_days):
        raise RuleFileError(
            f"{CALENDAR_FILE}：{day} 同时写在 holidays 和 make_up_days 里。请删掉其中一处。"
        )
    for day in sorted(make_up_days):
        if day.weekday() < _SATURDAY:
            raise RuleFileError(
                f"{CALENDAR_FILE}：make_up_days 里的 {day} 不是周六、周日。请改成调休上班的周末。"
            )
    return Calendar(holidays, make_up_days, _read_years(parsed))


def _read_years(parsed: Mapping[str, object]) -> frozenset[int]:
    years = parsed.get("arrangement_filled_in", [])
    if not isinstance(years, list) or not all(isinstance(year, int) for year in years):
        raise RuleFileError(f"{CALENDAR_FILE}：arrangement_filled_in 要写成年份，比如 [2026]。")
    return frozenset(years)


def _read_days(parsed: Mapping[str, object], name: str) -> frozenset[date]:
    days = parsed.get(name)
    if not isinstance(days, list):
        raise RuleFileError(f"{CALENDAR_FILE}：缺少 {name}。请写成 {name} = [2026-01-01]。")
    for place, day in enumerate(days, start=1):
        if not isinstance(day, date) or isinstance(day, datetime):
            raise RuleFileError(
                f"{CALENDAR_FILE}：{name} 第 {place} 项不是日期。请写成 2026-01-01，不加引号。"
            )
    return frozenset(days)


def is_working_day(calendar: Calendar, day: date) -> bool:
    """Tell whether the centre works on a day. Raise UnknownYear if its holidays are not entered."""
    if not calendar.knows(day.year):
        raise UnknownYear(day.year)
    if day in calendar.make_up_days:
        return True
    return day.weekday() < _SATURDAY and day not in calendar.holidays


def add_working_days(calendar: Calendar, start: date, days: int) -> date:
    """Return the last day of a limit of working days; the day of the event does not count.

    days is 0 or more; 0 gives start itself. Raise UnknownYear. Civil Code art. 201: a period
    counted in days begins on the day after.
    """
    if days < 0:
        raise ValueError("a limit cannot be negative")
    day = start
    while days:
        day += timedelta(days=1)
        days -= is_working_day(calendar, day)
    return day


def working_days_between(calendar: Calendar, start: date, end: date) -> int:
    """Return how many working days lie after start up to and including end.

    Negative by the same count if end is before start (so many days late). Raise UnknownYear.
    """
    if end < start:
        return -working_days_between(calendar, end, start)
    following = (start + timedelta(days=place) for place in range(1, (end - start).days + 1))
    return sum(is_working_day(calendar, day) for day in following)


def end_of_legal_limit(calendar: Calendar, counted: date) -> LegalEnd:
    """Return where a limit of law ends that is counted to a day.

    A day off moves it to the next working day（民法典第二百零三条）, but only where the shifted
    days of that year are entered: a limit of law is never extended on a guess.
    """
    last = counted
    while last.year in calendar.arranged_years and not is_working_day(calendar, last):
        last += _ONE_DAY
    if _is_surely_worked(calendar, last):
        return LegalEnd(last, last, certain=last.year in calendar.arranged_years)
    act_by = counted
    while not _is_surely_worked(calendar, act_by):
        act_by -= _ONE_DAY
    return LegalEnd(counted, act_by, certain=False)


def _is_surely_worked(calendar: Calendar, day: date) -> bool:
    # A weekday of a year without its notice is worked unless a statutory day is near enough.
    if day.year in calendar.arranged_years:
        worked = is_working_day(calendar, day)
    else:
        worked = day.weekday() < _SATURDAY
    near = (day - timedelta(days=away) for away in range(-_SHIFTED_BEFORE, _SHIFTED_AFTER + 1))
    return worked and not any(
        other in calendar.holidays and other.year not in calendar.arranged_years for other in near
    )
