"""Overtime and annual leave, worked by hand and for any figures."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.calculators.results import Basis, Certainty, round_to_fen, say_amount, say_number
from portal.domain.calculators.working_time import (
    PERIODS,
    comprehensive_overtime_pay,
    leave_days,
    overtime_pay,
    unused_leave_pay,
)
from portal.domain.shared.errors import NotAccepted
from rulefiles.dated_values import NATIONAL_FILE, load_dated_values
from tests.support.house import rulebook

ROOT = Path(__file__).parents[4]
RULES, TODAY = rulebook(), date(2026, 11, 29)
wages = st.integers(0, 10_000_000_000)
hours = st.integers(0, 100_000).map(lambda hundredths: Fraction(hundredths, 100))


def total_of(title: str) -> int:
    """The amount in a title, in fen."""
    digits = title.rpartition(" 元")[0].rpartition(" ")[2].replace(",", "")
    return int(Fraction(digits) * 100)


def test_overtime_of_the_rights_card_comes_to_its_figures() -> None:
    result = overtime_pay(348_000, Fraction(1), Fraction(0), Fraction(0), RULES, TODAY)
    assert result.title == "加班费一共 30 元"
    assert result.sentences[0] == "3,480 元 ÷ 21.75 天 ÷ 8 小时 = 每小时 20 元。"


def test_each_kind_of_overtime_has_its_own_rate() -> None:
    result = overtime_pay(348_000, Fraction(10), Fraction(8), Fraction(8), RULES, TODAY)
    assert result.title == "加班费一共 1,100 元"  # 300 + 320 + 480
    assert result.sentences[3] == "法定节假日加班：20 元 × 8 小时 × 300% = 480 元。"


def test_overtime_that_does_not_come_out_even_is_rounded_once_per_item() -> None:
    result = overtime_pay(500_000, Fraction("1.5"), Fraction(0), Fraction(0), RULES, TODAY)
    assert "约 28.74 元" in result.sentences[0]
    assert result.title == "加班费一共 64.66 元"  # 2.25 × 500000 / 174 = 6465.517


@given(wages, hours, hours, hours, st.integers(0, 2))
def test_more_overtime_is_never_paid_less(
    wage: int, one: Fraction, two: Fraction, three: Fraction, which: int
) -> None:
    before = total_of(overtime_pay(wage, one, two, three, RULES, TODAY).title)
    one, two, three = (hour + (place == which) for place, hour in enumerate((one, two, three)))
    assert 0 <= before <= total_of(overtime_pay(wage, one, two, three, RULES, TODAY).title)


@given(wages, hours)
def test_overtime_is_within_half_a_fen_of_the_exact_sum(wage: int, worked: Fraction) -> None:
    paid = total_of(overtime_pay(wage, worked, Fraction(0), Fraction(0), RULES, TODAY).title)
    exact = Fraction(wage) * worked * 3 / 2 / 174
    assert abs(paid - exact) <= Fraction(1, 2)


def leave_pay(years: int, joined: date | None, left: date | None, taken: int, wage: int) -> int:
    """What is due for leave not taken, in fen."""
    return total_of(unused_leave_pay(years, joined, left, taken, wage, RULES, TODAY).title)


def test_leave_of_the_rights_card_comes_to_its_figures() -> None:
    assert leave_pay(3, None, None, 0, 435_000) == 200_000
    assert leave_pay(0, None, None, 0, 435_000) == 0


@pytest.mark.parametrize(
    ("joined", "left", "taken", "pay"),
    [
        (None, date(2026, 6, 30), 1, 180_000),  # 181 ÷ 365 × 10 = 4.96: 4 days, 3 not taken
        (None, date(2026, 7, 2), 1, 240_000),  # 183 days: 5.01
        (None, date(2026, 7, 1), 1, 180_000),  # 182 days: 4.99
        (None, date(2025, 12, 31), 0, 600_000),
        (None, date(2024, 12, 31), 0, 600_000),  # a leap year gives no eleventh day
        (None, date(2026, 1, 1), 0, 0),
        (None, date(2026, 6, 30), 4, 0),
        (None, date(2026, 6, 30), 9, 0),  # what was taken too much is not taken back
        (date(2026, 7, 1), None, 0, 300_000),  # 184 days: 5.04
        (date(2026, 7, 3), None, 0, 240_000),
        (date(2026, 3, 1), date(2026, 6, 30), 0, 180_000),  # 122 days: 3.34
        (date(2024, 3, 1), date(2026, 6, 30), 1, 180_000),
    ],
)
def test_leave_of_a_part_of_a_year_is_counted_by_days(
    joined: date | None, left: date | None, taken: int, pay: int
) -> None:
    assert leave_pay(12, joined, left, taken, 652_500) == pay


def test_leaving_before_joining_is_refused() -> None:
    with pytest.raises(NotAccepted, match="再看一遍"):
        unused_leave_pay(3, date(2026, 5, 2), date(2026, 5, 1), 0, 1, RULES, TODAY)


def test_leave_grows_at_1_10_and_20_years() -> None:
    assert [leave_days(years) for years in (0, 1, 9, 10, 19, 20)] == [0, 5, 5, 10, 10, 15]


@given(st.integers(0, 70), st.integers(0, 364), st.integers(0, 20), wages)
def test_later_leaving_is_never_paid_less_and_taken_leave_never_more(
    years: int, place: int, taken: int, wage: int
) -> None:
    day = date(2025, 1, 1) + timedelta(days=place)
    pay = leave_pay(years, None, day, taken, wage)
    assert 0 <= leave_pay(years, None, day, taken + 1, wage) <= pay
    assert pay <= leave_pay(
        years, None, min(day + timedelta(days=1), date(2025, 12, 31)), taken, wage
    )
    assert pay <= leave_pay(years, None, date(2025, 12, 31), taken, wage)


@pytest.mark.parametrize(
    ("period", "worked", "holiday", "total"),
    [("quarter", "496", "0", 0), ("quarter", "497", "0", 3_000), ("quarter", "504", "8", 48_000),
     ("year", "1984", "0", 0), ("year", "1994", "0", 30_000), ("month", "165.36", "0", 0)],
)  # fmt: skip
def test_comprehensive_hours_beyond_the_period_are_150_and_holidays_300(
    period: str, worked: str, holiday: str, total: int
) -> None:
    result = comprehensive_overtime_pay(
        348_000, period, Fraction(worked), Fraction(holiday), RULES, TODAY
    )
    assert total_of(result.title) == total


@given(wages, st.sampled_from(sorted(PERIODS)), hours, hours)
def test_more_comprehensive_hours_are_never_paid_less(
    wage: int, period: str, one: Fraction, two: Fraction
) -> None:
    worked, holiday = max(one, two), min(one, two)
    before = total_of(comprehensive_overtime_pay(wage, period, worked, holiday, RULES, TODAY).title)
    after = total_of(
        comprehensive_overtime_pay(wage, period, worked + 1, holiday, RULES, TODAY).title
    )
    more = total_of(
        comprehensive_overtime_pay(wage, period, worked + 1, holiday + 1, RULES, TODAY).title
    )
    assert 0 <= before <= after <= more


def test_more_holiday_hours_than_hours_are_refused() -> None:
    with pytest.raises(NotAccepted, match="再看一遍"):
        comprehensive_overtime_pay(1, "month", Fraction(7), Fraction(8), RULES, TODAY)


def test_the_days_of_a_month_and_their_mark_are_those_of_the_table() -> None:
    text = (ROOT / NATIONAL_FILE).read_text("utf-8").replace("21.75", "20").replace('"V"', '"S"')
    rules = replace(RULES, national=load_dated_values(text, NATIONAL_FILE))
    result = overtime_pay(160_000, Fraction(2), Fraction(0), Fraction(0), rules, TODAY)
    assert result.title == "加班费一共 30 元"
    assert result.sentences[0] == "1,600 元 ÷ 20 天 ÷ 8 小时 = 每小时 10 元。"
    assert result.bases[-1] == Basis(
        "人社部发〔2025〕2号（一个月按 20 天折算）", Certainty.SECONDARY
    )
    assert result.bases[-1].certainty.label == "还没对过条文"
    blank = replace(rules, national=load_dated_values('[pay_days]\nname="x"\nunit="天"', "x"))
    with pytest.raises(NotAccepted, match="12333"):
        unused_leave_pay(12, None, None, 1, 652_500, blank, TODAY)


def test_half_a_fen_counts_as_one_and_is_said_to_be_about() -> None:
    assert [round_to_fen(Fraction(fen, 4)) for fen in (1, 2, 3, 6)] == [0, 1, 1, 2]
    assert say_amount(Fraction(5001, 2)) == "约 25.01 元"
    assert [say_number(Fraction(one, 4)) for one in (4, 6, 1, 400)] == ["1", "1.5", "0.25", "100"]


def test_who_still_works_there_is_not_told_that_leave_can_be_claimed_already() -> None:
    still = unused_leave_pay(12, None, None, 1, 652_500, RULES, TODAY)
    assert still.title == "还有 9 天没休。到年底还不让休，还可以要 5,400 元"
    gone = unused_leave_pay(12, None, date(2026, 6, 30), 1, 652_500, RULES, TODAY)
    assert gone.title == "还可以要 1,800 元"
    assert unused_leave_pay(0, None, None, 0, 1, RULES, TODAY).title == "还可以要 0 元"


@given(st.integers(0, 69), st.integers(0, 20), wages)
def test_longer_service_never_brings_less_leave(years: int, taken: int, wage: int) -> None:
    day = date(2026, 6, 30)
    assert leave_pay(years, None, day, taken, wage) <= leave_pay(years + 1, None, day, taken, wage)
