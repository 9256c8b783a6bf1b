"""The working-day clock of the centre, from content/rules/working_days.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from portal.domain.rules.arrangements import (
    CALENDAR_FILE,
    SATURDAY,
    read_arrangements,
    read_days,
)
from rulefiles.toml_files import RuleFileError

_ONE_DAY: Final = timedelta(days=1)
_SHIFTED_BEFORE, _SHIFTED_AFTER = 2, 5
"""How far from a statutory day a notice has moved a day off（调休）at most, since 2008."""
LONGEST_HOLIDAY: Final = timedelta(days=15)
"""No days off running, weekends and shifted days among them, have been as many as these."""


class UnknownYear(RuleFileError):  # noqa: N818 (says what is missing, as the operator reads it)
    """The calendar has no holidays for a year that a deadline reaches."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"{CALENDAR_FILE}：没有 {year} 年的节假日。"
            f"请在 statutory_days 里补上 {year} 年的法定节日（从 {year}-01-01 元旦写起）。"
        )
        self.year = year


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off besides weekends, and weekend days that are worked in exchange (调休).

    `arranged_years` are those whose shift of days (调休) has been entered; `statutory_days` are
    those of `holidays` that the law names, on whatever day of the week.
    A year is known when its New Year's Day, always a statutory holiday, is among the holidays.
    """

    holidays: frozenset[date]
    make_up_days: frozenset[date]
    arranged_years: frozenset[int] = frozenset()
    statutory_days: frozenset[date] = frozenset()

    def knows(self, year: int) -> bool:
        """Tell whether the holidays of a year have been entered."""
        return date(year, 1, 1) in self.holidays


@dataclass(frozen=True, slots=True)
class LegalEnd:
    """Where a limit of law ends, and by which day to act: never later, and surely worked.

    `latest` is the day to which days off may move the end at most: only after it is all over.
    `certain` tells whether the days off around it are known.
    """

    last: date
    act_by: date
    latest: date
    certain: bool


def load_calendar(parsed: Mapping[str, object]) -> Calendar:
    """Return the calendar of the parsed TOML file, or raise RuleFileError.

    An arrangement that waits to be confirmed does not count.
    """
    if "holidays" in parsed:
        raise RuleFileError(
            f"{CALENDAR_FILE}：这是旧的写法。这个文件全国一样，请用安装包里的同名文件换掉它。"
        )
    statutory = read_days(parsed, "statutory_days")
    confirmed = [one for one in read_arrangements(parsed) if not one.waits]
    holidays = statutory.union(*(one.days_off for one in confirmed))
    make_up_days = frozenset(day for one in confirmed for day in one.make_up_days)
    for day in sorted(holidays & make_up_days):
        raise RuleFileError(f"{CALENDAR_FILE}：{day} 又放假又上班。请删掉其中一处。")
    return Calendar(holidays, make_up_days, frozenset(one.year for one in confirmed), statutory)


def is_working_day(calendar: Calendar, day: date) -> bool:
    """Tell whether the centre works on a day. Raise UnknownYear if its holidays are not entered."""
    if not calendar.knows(day.year):
        raise UnknownYear(day.year)
    if day in calendar.make_up_days:
        return True
    return day.weekday() < SATURDAY and day not in calendar.holidays


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


def go_back_working_days(calendar: Calendar, end: date, days: int) -> date:
    """Return the day after which so many working days lie, up to and including end. UnknownYear."""
    day = end
    while days:
        days -= is_working_day(calendar, day)
        day -= timedelta(days=1)
    return day


def working_days_between(calendar: Calendar, start: date, end: date) -> int:
    """Return how many working days lie after start up to and including end.

    Negative by the same count if end is before start (so many days late). Raise UnknownYear.
    """
    if end < start:
        return -working_days_between(calendar, end, start)
    following = (start + timedelta(days=place) for place in range(1, (end - start).days + 1))
    return sum(is_working_day(calendar, day) for day in following)


def count_paid_days(calendar: Calendar, start: date, end: date) -> int:
    """Count the days from start up to but not including end for which a month's wage is paid.

    Working days, and statutory days from Monday to Friday, which are paid（劳动法第五十一条）; in
    a year without its arrangement, all days from Monday to Friday. 21.75 in a month on average
    （人社部发〔2025〕2号）.
    """
    days = (start + timedelta(days=place) for place in range((end - start).days))
    return sum(_is_paid(calendar, day) for day in days)


def _is_paid(calendar: Calendar, day: date) -> bool:
    weekday = day.weekday() < SATURDAY
    if day.year not in calendar.arranged_years:
        return weekday
    return is_working_day(calendar, day) or (weekday and day in calendar.statutory_days)


def end_of_legal_limit(calendar: Calendar, counted: date) -> LegalEnd:
    """Return where a limit of law ends that is counted to a day.

    A day off moves it to the next working day（民法典第二百零三条）, but only where the shifted
    days of that year are entered: a limit of law is never extended on a guess. Nor is it said to be
    over on one: of a year without any days off, no day is known to have been worked.
    """
    last = counted
    while last.year in calendar.arranged_years and not is_working_day(calendar, last):
        last += _ONE_DAY
    if not calendar.knows(last.year):
        latest = counted + LONGEST_HOLIDAY
        return LegalEnd(counted, work_day_by(calendar, counted), latest, certain=False)
    if _is_surely_worked(calendar, last):
        return LegalEnd(last, last, last, certain=last.year in calendar.arranged_years)
    latest = last
    while not _is_surely_worked(calendar, latest):
        latest += _ONE_DAY
    return LegalEnd(counted, work_day_by(calendar, counted), latest, certain=False)


def work_day_by(calendar: Calendar, day: date) -> date:
    """Return the last day up to one that is surely worked, whatever a notice still moves."""
    while not _is_surely_worked(calendar, day):
        day -= _ONE_DAY
    return day


def _is_surely_worked(calendar: Calendar, day: date) -> bool:
    # A weekday of a year without its notice is worked unless a statutory day is near enough.
    if day.year in calendar.arranged_years:
        worked = is_working_day(calendar, day)
    else:
        worked = day.weekday() < SATURDAY
    near = (day - timedelta(days=away) for away in range(-_SHIFTED_BEFORE, _SHIFTED_AFTER + 1))
    return worked and not any(
        other in calendar.holidays and other.year not in calendar.arranged_years for other in near
    )
