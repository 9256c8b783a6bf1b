"""Severance and double pay, worked by hand and for any figures."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.calculators.contracts import double_pay, severance_months, severance_pay
from portal.domain.calculators.results import CalculatorResult
from portal.domain.shared.errors import NotAccepted
from tests.unit.domain.calculators.test_working_time import total_of

days = st.dates(date(1990, 1, 1), date(2026, 11, 24))
wages = st.integers(0, 10_000_000)


def single(result: CalculatorResult) -> int:
    """The simple severance of a title, in fen."""
    return total_of(result.title.partition("；")[0])


def test_severance_of_the_rights_card_comes_to_its_figures() -> None:
    result = severance_pay(date(2021, 3, 1), date(2024, 7, 10), 400_000, 700_000)
    assert result.title == "经济补偿 14,000 元；违法辞退 28,000 元"
    assert "干了 3 年 4 个月零 10 天，算 3.5 个月工资" in result.sentences[0]


@pytest.mark.parametrize(
    ("last_day", "months"),
    [(date(2024, 3, 1), "0.5"), (date(2024, 8, 30), "0.5"), (date(2024, 8, 31), "1"),
     (date(2025, 2, 28), "1"), (date(2025, 3, 1), "1.5"), (date(2025, 8, 31), "2")],
)  # fmt: skip
def test_half_a_year_counts_as_a_year_and_less_as_half_a_month(last_day: date, months: str) -> None:
    assert severance_months(date(2024, 3, 1), last_day) == Fraction(months)


def test_a_high_wage_is_cut_to_three_times_the_local_one_and_12_years() -> None:
    result = severance_pay(date(2008, 1, 1), date(2025, 12, 31), 3_000_000, 700_000)
    assert result.title == "经济补偿 252,000 元；违法辞退 504,000 元"  # 21,000 × 12


def test_an_ordinary_wage_has_no_limit_of_12_years() -> None:
    result = severance_pay(date(2008, 1, 1), date(2025, 12, 31), 2_100_000, 700_000)
    assert result.title.startswith("经济补偿 378,000 元")  # 21,000 × 18: equal is not above


def test_days_that_are_turned_are_refused_with_what_to_do() -> None:
    with pytest.raises(NotAccepted, match="再看一遍"):
        severance_pay(date(2024, 1, 2), date(2024, 1, 1), 1, None)
    with pytest.raises(NotAccepted, match="再看一遍"):
        double_pay(date(2024, 1, 2), "left", date(2024, 1, 1), 1)


@given(days, st.integers(0, 9_000), st.integers(0, 400), wages, wages)
def test_longer_service_is_never_paid_less(
    start: date, span: int, more: int, wage: int, local: int
) -> None:
    end = start + timedelta(days=span)
    before = single(severance_pay(start, end, wage, local))
    later = severance_pay(start, end + timedelta(days=more), wage, local)
    assert 0 <= before <= single(later)
    assert total_of(later.title) == 2 * single(later)


def test_old_service_and_an_unknown_local_wage_are_said() -> None:
    assumed = severance_pay(date(2007, 1, 1), date(2024, 1, 1), 1, None).assumptions
    assert any("2008" in one for one in assumed)
    assert any("没有填当地平均工资" in one for one in assumed)


def test_double_pay_of_a_whole_year_is_11_months() -> None:
    result = double_pay(date(2024, 3, 1), "working", date(2026, 1, 1), 500_000)
    assert result.title == "还可以要 55,000 元"
    assert "无固定期限" in result.sentences[-1]


def test_there_is_no_double_pay_in_the_first_month() -> None:
    result = double_pay(date(2026, 3, 1), "left", date(2026, 3, 31), 500_000)
    assert result.title == "还可以要 0 元"
    assert "现在还没有" in result.sentences[0]


def test_odd_days_are_paid_by_working_days_and_the_day_of_signing_is_not() -> None:
    signed = double_pay(date(2026, 3, 1), "signed", date(2026, 5, 8), 435_000)
    left = double_pay(date(2026, 3, 1), "left", date(2026, 5, 8), 435_000)
    assert signed.title == "还可以要 5,350 元"  # April, and 5 days of 200: 1, 4 to 7 May
    assert left.title == "还可以要 5,550 元"


@given(days, st.integers(0, 800), st.integers(0, 60), wages)
def test_more_months_without_a_contract_are_never_paid_less(
    start: date, span: int, more: int, wage: int
) -> None:
    until = start + timedelta(days=span)
    before = total_of(double_pay(start, "left", until, wage).title)
    after = total_of(double_pay(start, "left", until + timedelta(days=more), wage).title)
    assert 0 <= before <= after <= 11 * wage
