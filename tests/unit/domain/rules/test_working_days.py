"""The working-day clock."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.rules.working_days import (
    Calendar,
    UnknownYear,
    add_working_days,
    is_working_day,
    load_calendar,
    working_days_between,
)
from rulefiles.toml_files import RuleFileError

CALENDAR = Calendar(
    holidays=frozenset(
        [date(2026, 1, 1), date(2026, 1, 2), date(2026, 5, 1), date(2026, 10, 1), date(2027, 1, 1)]
    ),
    make_up_days=frozenset([date(2026, 1, 4)]),
)
ROW = "statutory_days = []\n[[arrangement]]\n"
WHOLE = f"{ROW}year = 2026\nnotice = 'x'\n"
_EMPTY = "days_off = []\nmake_up_days = []\n"
TWICE = f"{WHOLE}{_EMPTY}[[arrangement]]\nyear = 2026\nnotice = 'y'\n{_EMPTY}"
DAYS = st.dates(date(2026, 1, 1), date(2027, 6, 30))
LIMITS = st.integers(0, 60)


def test_weekends_and_holidays_are_free_and_make_up_days_are_worked() -> None:
    days = [date(2026, 1, 1) + timedelta(days=place) for place in range(5)]
    worked = [is_working_day(CALENDAR, day) for day in days]
    assert worked == [False, False, False, True, True]


def test_the_day_of_the_event_does_not_count() -> None:
    assert add_working_days(CALENDAR, date(2026, 11, 23), 5) == date(2026, 11, 30)
    assert add_working_days(CALENDAR, date(2026, 11, 21), 1) == date(2026, 11, 23)
    assert add_working_days(CALENDAR, date(2026, 11, 21), 0) == date(2026, 11, 21)


def test_a_holiday_moves_a_deadline() -> None:
    assert add_working_days(CALENDAR, date(2026, 9, 30), 1) == date(2026, 10, 2)


def test_days_late_are_counted_below_zero() -> None:
    assert working_days_between(CALENDAR, date(2026, 11, 25), date(2026, 11, 23)) == -2


@given(DAYS, LIMITS)
def test_the_days_of_a_limit_are_those_between(start: date, days: int) -> None:
    assert working_days_between(CALENDAR, start, add_working_days(CALENDAR, start, days)) == days


@given(DAYS, LIMITS)
def test_a_longer_limit_ends_later_and_on_a_working_day(start: date, days: int) -> None:
    end = add_working_days(CALENDAR, start, days + 1)
    assert end > add_working_days(CALENDAR, start, days)
    assert is_working_day(CALENDAR, end)


@given(DAYS, DAYS, DAYS)
def test_counts_of_adjoining_spans_add_up(first: date, second: date, third: date) -> None:
    whole = working_days_between(CALENDAR, first, third)
    parts = [
        working_days_between(CALENDAR, first, second),
        working_days_between(CALENDAR, second, third),
    ]
    assert sum(parts) == whole


def test_a_year_without_holidays_names_the_file_and_the_year() -> None:
    with pytest.raises(UnknownYear, match=r"content/rules/working_days\.toml.*2028") as raised:
        add_working_days(CALENDAR, date(2027, 12, 31), 1)
    assert raised.value.year == 2028


def test_a_limit_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        add_working_days(CALENDAR, date(2026, 1, 1), -1)


def test_the_calendar_of_the_demonstration_centre_can_be_loaded() -> None:
    path = Path(__file__).parents[4] / "content" / "rules" / "working_days.toml"
    calendar = load_calendar(tomllib.loads(path.read_text(encoding="utf-8")))
    assert calendar.knows(2026)
    assert not is_working_day(calendar, date(2026, 10, 1))


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("holidays = []", "旧的写法"),
        ("arrangement = []", "缺少 statutory_days"),
        ('statutory_days = [2026-01-01, "2026-01-02"]', "第 2 项不是日期"),
        ("statutory_days = [2026-01-01T00:00:00]", "第 1 项不是日期"),
        ("statutory_days = []\narrangement = [1]", r"以 \[\[arrangement\]\] 开头"),
        (f"{ROW}notice = 'x'", "缺少年份"),
        (f"{ROW}year = 2026", "缺少通知的文号"),
        (f"{ROW}year = 2026\nnotice = 'x'", "缺少 days_off"),
        (f"{ROW}year = 2026\nnotice = 'x'\ndays_off = []", "缺少 make_up_days"),
        (f"{ROW}year = 2026\nnotice = 'x'\nwaits = 1", "waits 写 true"),
        (f"{WHOLE}days_off = []\nmake_up_days = [2026-01-05]", "不是周六、周日"),
        (f"{WHOLE}days_off = [2026-01-04]\nmake_up_days = [2026-01-04]", "又放假又上班"),
        (f"{TWICE}", "写了两段"),
    ],
)
def test_a_faulty_calendar_file_is_refused_with_place_and_remedy(toml: str, says: str) -> None:
    with pytest.raises(RuleFileError, match=rf"content/rules/working_days\.toml.*{says}"):
        load_calendar(tomllib.loads(toml))
