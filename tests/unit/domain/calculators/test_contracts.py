"""Double pay, worked by hand and for any figures."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.calculators.contracts import double_pay
from portal.domain.shared.errors import NotAccepted
from tests.unit.domain.calculators.test_working_time import total_of

days = st.dates(date(1990, 1, 1), date(2026, 11, 24))
wages = st.integers(0, 10_000_000)


def test_days_that_are_turned_are_refused_with_what_to_do() -> None:
    with pytest.raises(NotAccepted, match="再看一遍"):
        double_pay(date(2024, 1, 2), "left", date(2024, 1, 1), 1)


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
