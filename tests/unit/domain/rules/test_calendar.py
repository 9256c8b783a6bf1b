"""The calendar that is shipped, against notices and lunar days; limits of law on it."""

import tomllib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.rules.working_days import (
    LegalEnd,
    add_working_days,
    count_paid_days,
    end_of_legal_limit,
    is_working_day,
    load_calendar,
)

FILE = Path(__file__).parents[4] / "content" / "rules" / "working_days.toml"
CALENDAR = load_calendar(tomllib.loads(FILE.read_text("utf-8")))
YEARS = sorted({day.year for day in CALENDAR.holidays})
UNFILLED = [year for year in YEARS if year not in CALENDAR.arranged_years]


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=place) for place in range((date(year, 12, 31) - first).days + 1)]


@pytest.mark.parametrize("year", sorted(CALENDAR.arranged_years))
def test_a_filled_year_is_that_of_the_notice(year: int) -> None:
    worked = {day for day in days_of(year) if is_working_day(CALENDAR, day)}
    assert worked == {day for day in days_of(year) if chinese_calendar.is_workday(day)}


@pytest.mark.parametrize("year", YEARS)
def test_paid_days_of_a_year_are_21_75_a_month_but_for_statutory_days_on_weekends(
    year: int,
) -> None:
    weekends = sum(
        day.weekday() > 4 for day in CALENDAR.statutory_days if day.year == year
    ) if year in CALENDAR.arranged_years else 0  # fmt: skip
    weekdays = sum(day.weekday() < 5 for day in days_of(year))
    paid = count_paid_days(CALENDAR, date(year, 1, 1), date(year + 1, 1, 1))
    assert paid == weekdays - weekends


@pytest.mark.parametrize("year", UNFILLED)
def test_a_year_without_notice_has_its_statutory_days_and_no_others(year: int) -> None:
    days = {day for day in CALENDAR.holidays if day.year == year}
    fixed = {date(year, *day) for day in ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))}
    assert fixed < days
    by_moon = sorted(days - fixed)
    festival = by_moon[:4]
    assert [(day - festival[0]).days for day in festival] == [0, 1, 2, 3]
    assert date(year, 1, 20) <= festival[0] <= date(year, 2, 20)
    # Qingming, Dragon Boat and Mid-Autumn, unless that falls on a day of October
    assert len(by_moon) - 4 == 3 - (year == 2028)
    assert not [day for day in CALENDAR.make_up_days if day.year == year]


def test_years_follow_each_other_without_a_gap() -> None:
    assert {2025, 2026} <= CALENDAR.arranged_years
    assert all(after == before + 1 for before, after in pairwise(YEARS))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 2, 12), date(2026, 2, 26)),
        (date(2026, 9, 28), date(2026, 10, 10)),
        (date(2026, 4, 30), date(2026, 5, 11)),
        (date(2026, 9, 18), date(2026, 9, 24)),
    ],
)
def test_five_working_days_of_2026_follow_the_notice(start: date, end: date) -> None:
    assert add_working_days(CALENDAR, start, 5) == end


def test_spring_festival_of_2027_begins_on_its_eve() -> None:
    february = sorted(day for day in CALENDAR.holidays if (day.year, day.month) == (2027, 2))
    assert february == [date(2027, 2, day) for day in (5, 6, 7, 8)]


@pytest.mark.parametrize(
    ("counted", "last", "act_by"),
    [
        (date(2026, 2, 28), date(2026, 2, 28), date(2026, 2, 28)),  # Saturday, worked
        (date(2026, 2, 21), date(2026, 2, 24), date(2026, 2, 24)),  # over the Spring Festival
        (date(2026, 10, 2), date(2026, 10, 8), date(2026, 10, 8)),
        (date(2026, 11, 28), date(2026, 11, 30), date(2026, 11, 30)),  # Saturday
        (date(2027, 3, 13), date(2027, 3, 13), date(2027, 3, 12)),  # may be worked
        (date(2027, 10, 4), date(2027, 10, 4), date(2027, 9, 28)),  # may be a day off
        (date(2027, 3, 10), date(2027, 3, 10), date(2027, 3, 10)),
        (date(2026, 12, 31), date(2026, 12, 31), date(2026, 12, 29)),  # may go with New Year
        (date(2035, 6, 3), date(2035, 6, 3), date(2035, 6, 1)),  # nothing known but its weekends
    ],
)
def test_a_limit_of_law_is_moved_only_where_the_days_off_are_known(
    counted: date, last: date, act_by: date
) -> None:
    end = end_of_legal_limit(CALENDAR, counted)
    assert (end.last, end.act_by) == (last, act_by)


@given(st.dates(date(2025, 1, 1), date(2032, 12, 31)))
def test_no_limit_of_law_is_extended_on_a_guess(counted: date) -> None:
    end = end_of_legal_limit(CALENDAR, counted)
    assert end.act_by <= end.last <= end.latest
    assert end.last == end.latest or not end.certain
    if counted.year in CALENDAR.arranged_years:
        assert end.last >= counted
    else:
        assert end.last == counted
        assert not end.certain


@pytest.mark.parametrize("year", range(2018, 2027))
def test_the_day_to_act_by_was_worked_whatever_a_notice_moved(year: int) -> None:
    days_off = chinese_calendar.holidays.keys() - chinese_calendar.in_lieu_days.keys()
    new_year = date(year + 1, 1, 1)
    unfilled = load_calendar({"statutory_days": sorted({*days_off, new_year})})
    for day in days_of(year):
        act_by = end_of_legal_limit(unfilled, day).act_by
        assert act_by <= day
        assert act_by.year < year or chinese_calendar.is_workday(act_by)


def test_an_end_says_whether_it_is_certain() -> None:
    day = date(2026, 11, 30)
    assert end_of_legal_limit(CALENDAR, day) == LegalEnd(day, day, day, certain=True)


@pytest.mark.parametrize(
    ("counted", "latest"),
    [
        (date(2027, 2, 28), date(2027, 3, 1)),  # a Sunday
        (date(2027, 3, 1), date(2027, 3, 1)),
        (date(2027, 10, 1), date(2027, 10, 11)),  # National Day with whatever is moved to it
        (date(2026, 11, 28), date(2026, 11, 30)),  # known: no later than the law's last day
        (date(2024, 10, 1), date(2024, 10, 16)),  # no day off of that year is known
        (date(2035, 6, 4), date(2035, 6, 19)),
    ],
)
def test_a_limit_is_over_only_when_no_notice_could_move_it_any_more(
    counted: date, latest: date
) -> None:
    assert end_of_legal_limit(CALENDAR, counted).latest == latest


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("year", range(2018, 2027))
def test_no_notice_ever_moved_an_end_past_the_latest_day(year: int, *, known: bool) -> None:
    days_off = chinese_calendar.holidays.keys() - chinese_calendar.in_lieu_days.keys()
    unfilled = load_calendar({"statutory_days": sorted(days_off) if known else []})
    for day in days_of(year)[:-6]:
        true_end = day
        while not chinese_calendar.is_workday(true_end):
            true_end += timedelta(days=1)
        assert true_end <= end_of_legal_limit(unfilled, day).latest
