"""Overtime and annual leave, worked by hand and for any figures."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from portal.domain.calculators.results import Certainty, round_to_fen, say_amount, say_number
from portal.domain.calculators.working_time import leave_days, overtime_pay, unused_leave_pay

wages = st.integers(0, 10_000_000_000)
hours = st.integers(0, 100_000).map(lambda hundredths: Fraction(hundredths, 100))


def total_of(title: str) -> int:
    """The amount in a title, in fen."""
    digits = title.rpartition(" 元")[0].rpartition(" ")[2].replace(",", "")
    return int(Fraction(digits) * 100)


def test_overtime_of_the_rights_card_comes_to_its_figures() -> None:
    result = overtime_pay(348_000, Fraction(1), Fraction(0), Fraction(0))
    assert result.title == "加班费一共 30 元"
    assert result.sentences[0] == "3,480 元 ÷ 21.75 天 ÷ 8 小时 = 每小时 20 元。"


def test_each_kind_of_overtime_has_its_own_rate() -> None:
    result = overtime_pay(348_000, Fraction(10), Fraction(8), Fraction(8))
    assert result.title == "加班费一共 1,100 元"  # 300 + 320 + 480
    assert result.sentences[3] == "法定节假日加班：20 元 × 8 小时 × 300% = 480 元。"


def test_overtime_that_does_not_come_out_even_is_rounded_once_per_item() -> None:
    result = overtime_pay(500_000, Fraction("1.5"), Fraction(0), Fraction(0))
    assert "约 28.74 元" in result.sentences[0]
    assert result.title == "加班费一共 64.66 元"  # 2.25 × 500000 / 174 = 6465.517


@given(wages, hours, hours, hours, st.integers(0, 2))
def test_more_overtime_is_never_paid_less(
    wage: int, one: Fraction, two: Fraction, three: Fraction, which: int
) -> None:
    worked = [one, two, three]
    before = total_of(overtime_pay(wage, *worked).title)
    worked[which] += 1
    assert 0 <= before <= total_of(overtime_pay(wage, *worked).title)


@given(wages, hours)
def test_overtime_is_within_half_a_fen_of_the_exact_sum(wage: int, worked: Fraction) -> None:
    paid = total_of(overtime_pay(wage, worked, Fraction(0), Fraction(0)).title)
    exact = Fraction(wage) * worked * 3 / 2 / 174
    assert abs(paid - exact) <= Fraction(1, 2)


def test_leave_of_the_rights_card_comes_to_its_figures() -> None:
    assert unused_leave_pay(3, 5, 435_000).title == "还可以要 2,000 元"


def test_no_more_days_are_paid_than_the_law_gives() -> None:
    result = unused_leave_pay(3, 9, 435_000)
    assert result.title == "还可以要 2,000 元"
    assert "最多按 5 天算" in result.sentences[0]
    assert unused_leave_pay(0, 5, 435_000).title == "还可以要 0 元"


def test_leave_grows_at_1_10_and_20_years() -> None:
    assert [leave_days(years) for years in (0, 1, 9, 10, 19, 20)] == [0, 5, 5, 10, 10, 15]


@given(st.integers(0, 70), st.integers(0, 14), wages)
def test_more_unused_days_are_never_paid_less(years: int, days: int, wage: int) -> None:
    before = total_of(unused_leave_pay(years, days, wage).title)
    assert 0 <= before <= total_of(unused_leave_pay(years, days + 1, wage).title)


def test_the_day_wage_is_marked_as_second_hand() -> None:
    result = overtime_pay(1, Fraction(0), Fraction(0), Fraction(0))
    assert [basis.certainty for basis in result.bases][-1] is Certainty.SECONDARY
    assert result.bases[-1].certainty.label == "还没对过条文"


def test_half_a_fen_counts_as_one_and_is_said_to_be_about() -> None:
    assert [round_to_fen(Fraction(fen, 4)) for fen in (1, 2, 3, 6)] == [0, 1, 1, 2]
    assert say_amount(Fraction(5001, 2)) == "约 25.01 元"
    assert [say_number(Fraction(one, 4)) for one in (4, 6, 1, 400)] == ["1", "1.5", "0.25", "100"]
