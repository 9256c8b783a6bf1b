"""The limits of law: each by its own rules, on the calendar of the country, never told too late."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.calculators.results import CalculatorResult
from portal.domain.calculators.time_limits import EMPLOYED, last_day_to_act
from portal.domain.rules.legal_limits import LEGAL_LIMITS, Moving, find_last_day
from portal.domain.rules.rulebook import Rulebook, after_working_days
from portal.domain.rules.working_days import Calendar, is_working_day, load_calendar

RULE_FILES = Path(__file__).parents[4] / "content" / "rules"
CALENDAR = load_calendar(tomllib.loads((RULE_FILES / "working_days.toml").read_text("utf-8")))
RULES = Rulebook(CALENDAR, {}, ())
TODAY = date(2026, 11, 29)
ANEW = "期限从这一天重新算"


def tell(
    what: str, event_day: date, asked_on: date | None = None, still: str = "no"
) -> CalculatorResult:
    """What the tool says on a day in November 2026."""
    return last_day_to_act(what, still, event_day, asked_on, TODAY, RULES)


def words_of(result: CalculatorResult) -> str:
    """All that is said."""
    return "\n".join((result.title, *result.sentences, *result.assumptions))


def test_every_limit_is_that_of_the_deadline_table() -> None:
    rows = tomllib.loads((RULE_FILES / "deadlines.toml").read_text("utf-8"))["legal_deadline"]
    table = {row["code"]: row for row in rows}
    for code, limit in LEGAL_LIMITS.items():
        length = {"days": limit.days, "months": limit.months, "years": limit.months // 12}
        assert length[table[code]["unit"]] == table[code]["limit"]
        assert table[code]["basis"].startswith(limit.law.removesuffix("第一款"))


@pytest.mark.parametrize(
    ("what", "event_day", "last"),
    [
        ("arbitration", date(2025, 12, 1), date(2026, 12, 1)),
        ("arbitration", date(2024, 2, 29), date(2025, 2, 28)),
        ("lawsuit_after_award", date(2026, 2, 13), date(2026, 2, 28)),  # a Saturday that is worked
        ("lawsuit_after_award", date(2026, 2, 12), date(2026, 2, 27)),
        ("lawsuit_after_award", date(2026, 2, 14), date(2026, 3, 2)),  # a Sunday that is not
        ("injury_claim_worker", date(2025, 10, 1), date(2026, 10, 8)),  # over the long holiday
        ("injury_claim_employer", date(2026, 9, 10), date(2026, 10, 10)),  # worked in exchange
        ("inspection_complaint", date(2025, 3, 3), date(2027, 3, 3)),
        ("administrative_lawsuit", date(2026, 5, 31), date(2026, 11, 30)),
        ("arbitration", date(2026, 2, 6), date(2027, 2, 2)),  # Spring Festival of an unknown year
        ("arbitration", date(2026, 3, 13), date(2027, 3, 12)),  # its Saturday may be worked
        ("lawsuit_after_award", date(2026, 12, 17), date(2026, 12, 29)),  # 1 January
    ],
)
def test_last_day_is_counted_from_the_day_after_on_the_days_of_the_country(
    what: str, event_day: date, last: date
) -> None:
    told = tell(what, event_day).title
    assert told.startswith(f"最后一天是{last.year}年{last.month}月{last.day}日")


def test_wages_have_no_limit_while_the_worker_is_still_there() -> None:
    still = tell("arbitration_wages", date(2024, 6, 15), still=EMPLOYED)
    assert still.title == "还在单位上班，要工资不受 1 年的限制"
    assert "第二十七条第四款" in still.bases[0].law
    assert "已经过了" in tell("arbitration_wages", date(2024, 6, 15)).title
    other = words_of(tell("arbitration", date(2024, 6, 15), still=EMPLOYED))
    assert "不受这 1 年限制" in other
    assert "不受这 1 年限制" not in words_of(tell("arbitration", date(2024, 6, 15)))


@pytest.mark.parametrize(
    ("asked_on", "last", "anew"),
    [
        (date(2026, 3, 10), "2027年3月10日", True),
        (date(2026, 10, 20), "2027年10月20日", True),  # the last day of all
        (date(2026, 10, 21), "2026年10月20日", False),
        (date(2025, 10, 20), "2026年10月20日", False),
    ],
)
def test_a_demand_in_time_lets_the_limit_of_arbitration_begin_anew(
    asked_on: date, last: str, anew: bool
) -> None:
    told = tell("arbitration", date(2025, 10, 20), asked_on)
    assert last in told.title
    assert (ANEW in words_of(told)) is anew


@pytest.mark.parametrize(
    "what", [code for code, row in LEGAL_LIMITS.items() if row.moving is not Moving.BEGINS_ANEW]
)
def test_asking_the_employer_moves_no_other_limit_and_nobody_is_told_so(what: str) -> None:
    event_day = TODAY - timedelta(days=3)
    asked = tell(what, event_day, TODAY)
    assert asked.title == tell(what, event_day).title
    assert "也不会重新算" in words_of(asked)
    for day in (event_day, date(2020, 1, 6)):
        said = words_of(tell(what, day))
        assert "可能从那天重新算" not in said
        assert "不会让这个期限重新算" in said


def test_who_is_late_for_arbitration_is_told_what_may_save_him() -> None:
    assert "先别放弃" in words_of(tell("arbitration", date(2024, 1, 2)))
    assert "还有 2 天" in words_of(tell("arbitration", date(2025, 12, 1)))


ANY_DAY = st.dates(date(2020, 1, 1), date(2031, 12, 31))


@given(st.sampled_from(sorted(LEGAL_LIMITS)), ANY_DAY)
def test_no_limit_is_moved_over_a_day_off_that_nobody_knows(what: str, start: date) -> None:
    last = find_last_day(CALENDAR, LEGAL_LIMITS[what], start)
    if last.act_by > last.counted:
        between = (last.act_by - last.counted).days
        days = [last.counted + timedelta(days=place) for place in range(between + 1)]
        assert {day.year for day in days} <= CALENDAR.arranged_years
        assert not any(is_working_day(CALENDAR, day) for day in days[:-1])
    assert last.act_by.weekday() < 5 or last.act_by in CALENDAR.make_up_days


@given(st.sampled_from(sorted(LEGAL_LIMITS)), ANY_DAY)
def test_with_an_empty_calendar_the_plain_count_is_never_passed(what: str, start: date) -> None:
    last = find_last_day(Calendar(frozenset(), frozenset()), LEGAL_LIMITS[what], start)
    assert last.counted - timedelta(days=2) <= last.act_by <= last.counted


@pytest.mark.parametrize("year", sorted(CALENDAR.arranged_years))
def test_an_arranged_year_is_that_of_the_notice_day_by_day(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=place) for place in range(365)]
    wrong = [
        day for day in days
        if is_working_day(CALENDAR, day) != chinese_calendar.is_workday(day)
    ]  # fmt: skip
    assert wrong == []


def test_statutory_days_of_2027_are_those_of_the_moon() -> None:
    festival = [date(2027, 2, day) for day in range(1, 15)]
    assert [day.day for day in festival if day in CALENDAR.holidays] == [5, 6, 7, 8]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 2, 12), date(2026, 2, 26)),
        (date(2026, 9, 28), date(2026, 10, 10)),
        (date(2026, 4, 30), date(2026, 5, 11)),
        (date(2026, 9, 18), date(2026, 9, 24)),
    ],
)
def test_five_working_days_pass_over_holidays_and_days_worked_in_exchange(
    start: date, end: date
) -> None:
    assert after_working_days(RULES, start, 5) == end
