"""Double pay, worked by hand and for any figures."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.calculators.claim_kinds import total_of
from portal.domain.calculators.contracts import double_pay
from portal.domain.calculators.results import CalculatorResult
from portal.domain.cases.claim_limits import find_claim_limits
from portal.domain.shared.dates import format_date
from portal.domain.shared.errors import NotAccepted
from tests.support.house import rulebook

days = st.dates(date(1990, 1, 1), date(2026, 11, 24))
wages = st.integers(0, 10_000_000)


def pay(
    started_on: date, ending: str, until: date | None, wage: int, today: date = date(2026, 5, 9)
) -> CalculatorResult:
    """What the tool says on a day."""
    return double_pay(started_on, ending, until, wage, today, rulebook())


def claimed(result: CalculatorResult) -> int | None:
    """What goes on a legal paper, in fen; None if nothing does."""
    return total_of(result.ways[0]) if result.ways else None


def test_days_that_are_turned_or_missing_are_refused_with_what_to_do() -> None:
    with pytest.raises(NotAccepted, match="再看一遍"):
        pay(date(2024, 1, 2), "left", date(2024, 1, 1), 1)
    with pytest.raises(NotAccepted, match="是哪天"):
        pay(date(2024, 1, 2), "left", None, 1)


def test_double_pay_of_a_whole_year_is_11_months() -> None:
    result = pay(date(2025, 3, 1), "working", None, 500_000, date(2026, 3, 1))
    assert result.title == "还可以要 55,000 元，请在2026年4月1日以前申请仲裁"
    assert "无固定期限" in result.sentences[-1]
    assert claimed(result) == 5_500_000


@pytest.mark.parametrize(
    ("today", "title", "claim"),
    [
        (date(2026, 4, 30), "还可以要 55,000 元，请在2026年4月30日以前申请仲裁", 5_500_000),
        # 1 May is a day off, moved to the 6th.
        (date(2026, 5, 1), "还可以要 50,000 元，请在2026年5月6日以前申请仲裁", 5_000_000),
        (date(2026, 5, 7), "还可以要 50,000 元，请在2026年6月1日以前申请仲裁", 5_000_000),
        (date(2027, 2, 26), "还可以要 5,000 元，请在2027年2月26日以前申请仲裁", 500_000),
        # 28 February 2027 is a Sunday whose shift of days is not known: perhaps not yet over.
        (date(2027, 3, 1), "还可以要 5,000 元，今天就去申请仲裁", 500_000),
        (date(2027, 3, 2), "申请仲裁的期限已经过了：最晚的一笔到2027年2月28日为止", None),
    ],
)
def test_each_month_can_be_claimed_for_a_year_and_the_title_says_until_when(
    today: date, title: str, claim: int | None
) -> None:
    result = pay(date(2025, 3, 1), "left", date(2026, 3, 31), 500_000, today)
    assert (result.title, claimed(result)) == (title, claim)


@given(
    st.dates(date(2024, 1, 1), date(2026, 11, 24)),
    st.none() | st.integers(0, 500),
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
)
def test_calculator_and_consultation_name_the_same_day(
    hired: date, worked: int | None, today: date
) -> None:
    left = min(hired + timedelta(days=worked), today) if worked is not None else None
    if today < hired:
        return
    title = pay(hired, "left" if left else "working", left, 500_000, today).title
    answers: dict[str, object] = {"hired_on": hired.isoformat(), "legal_contract": "none"}
    if left:
        answers |= {"still_there": "left", "left_on": left.isoformat()}
    limits = find_claim_limits(answers, rulebook(), today)
    days = [one.act_by for one in limits if "双倍工资" in one.since and one.latest >= today]
    if "以前申请仲裁" in title:
        assert f"请在{format_date(min(days))}以前申请仲裁" in title


def test_a_claim_that_is_barred_is_not_said_to_be_open() -> None:
    result = pay(date(2022, 3, 1), "working", None, 500_000, date(2026, 11, 29))
    assert "已经过了" in result.title
    assert "还可以要" not in result.title
    assert claimed(result) is None


def test_no_month_before_the_law_is_paid_twice() -> None:
    result = pay(date(2004, 5, 1), "left", date(2008, 3, 31), 100_000, date(2008, 4, 1))
    assert "从2008年2月1日算到2008年3月31日：2 个月" in result.sentences[0]
    assert claimed(result) == 200_000


def test_who_began_on_the_31st_is_paid_by_months_of_the_first_day_of_work() -> None:
    result = pay(date(2026, 1, 31), "left", date(2026, 3, 30), 500_000)
    assert result.sentences[0].endswith("：1 个月，零头 0 天（工作日和法定节日）。")
    assert claimed(result) == 500_000


def test_there_is_no_double_pay_in_the_first_month() -> None:
    result = pay(date(2026, 3, 1), "left", date(2026, 3, 31), 500_000)
    assert result.title == "还可以要 0 元"
    assert "现在还没有" in result.sentences[0]


def test_odd_days_are_those_worked_and_statutory_weekdays_and_the_day_of_signing_is_none() -> None:
    signed = pay(date(2026, 3, 1), "signed", date(2026, 5, 8), 435_000)
    left = pay(date(2026, 3, 1), "left", date(2026, 5, 8), 435_000)
    assert claimed(signed) == 495_000  # April, and 3 days of 200: 1, 6 and 7 May
    assert claimed(left) == 515_000


@given(days, st.integers(0, 800), st.integers(0, 60), wages)
def test_more_months_without_a_contract_are_never_paid_less(
    start: date, span: int, more: int, wage: int
) -> None:
    until, today = start + timedelta(days=span), max(start, date(2008, 1, 3))
    before = claimed(pay(start, "left", until, wage, today)) or 0
    after = claimed(pay(start, "left", until + timedelta(days=more), wage, today)) or 0
    assert 0 <= before <= after <= 11 * wage


@pytest.mark.parametrize(
    ("start", "left", "days", "fen"),
    [
        (date(2026, 8, 1), date(2026, 10, 9), 4, 772_500),  # 1 and 2 paid, 8 and 9 worked
        (date(2026, 8, 1), date(2026, 10, 10), 5, 802_500),  # Saturday, worked for another day
        (date(2026, 8, 1), date(2026, 10, 7), 2, 712_500),  # 5 to 7 off, worked on other days
        (date(2024, 3, 1), date(2024, 5, 3), 3, 742_500),  # no arrangement of that year here
    ],
)
def test_days_off_in_exchange_are_not_paid_twice_and_paid_holidays_are_not_left_out(
    start: date, left: date, days: int, fen: int
) -> None:
    result = pay(start, "left", left, 652_500, left)
    assert f"1 个月，零头 {days} 天（工作日和法定节日）" in result.sentences[0]
    assert claimed(result) == fen
    assert any("法定节日工资照发" in one for one in result.assumptions)


def test_who_is_late_for_double_pay_hears_what_may_save_him() -> None:
    late = pay(date(2022, 3, 1), "working", None, 500_000, date(2026, 11, 29))
    assert any("请问律师" in one for one in late.sentences)
    in_time = pay(date(2025, 12, 1), "working", None, 500_000, date(2026, 11, 29))
    assert not any("请问律师" in one for one in in_time.sentences)


def test_who_left_before_the_law_hears_that_there_was_no_double_pay() -> None:
    for left in (date(2006, 1, 1), date(2007, 12, 31)):
        result = pay(date(2005, 1, 1), "left", left, 500_000)
        assert result.sentences[0] == "2008年2月才开始有双倍工资，那时候还没有。"
        assert not result.ways
    began = pay(date(2005, 1, 1), "left", date(2008, 2, 1), 500_000, date(2008, 3, 1))
    assert "从2008年2月1日算到2008年2月1日" in began.sentences[0]


@pytest.mark.parametrize(
    ("started_on", "left", "owed"),
    [
        (date(2024, 2, 29), date(2025, 2, 28), 5_500_000),  # 29 March to 27 February: 11 months
        (date(2024, 2, 29), date(2025, 2, 26), 5_459_770),  # 10 months and 20 paid days
        (date(2025, 1, 31), date(2025, 2, 28), 22_989),  # the month is full on 28 February
        (date(2025, 1, 31), date(2025, 2, 27), 0),
        (date(2024, 1, 31), date(2024, 2, 28), 0),
        (date(2024, 1, 31), date(2024, 2, 29), 22_989),
    ],
)
def test_double_pay_at_the_end_of_months_and_in_leap_years(
    started_on: date, left: date, owed: int
) -> None:
    result = pay(started_on, "left", left, 500_000, left)
    assert (claimed(result) or 0) == owed
