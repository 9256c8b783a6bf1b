"""Final award, late pay, payment order, probation, sick pay, unemployment benefit."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.calculators.benefits import benefit_months, sick_pay, unemployment_benefit
from portal.domain.calculators.claims import final_award, late_pay_extra, payment_order
from portal.domain.calculators.probation import PROBATION_CONTRACTS, probation_claim
from portal.domain.calculators.results import Certainty
from portal.domain.shared.errors import NotAccepted
from rulefiles.local_values import NO_LOCAL_VALUES
from tests.support.house import rulebook
from tests.unit.domain.calculators.test_working_time import total_of

TODAY = date(2026, 11, 29)
wages = st.integers(0, 10_000_000)
spans = st.integers(0, 2_400).map(lambda count: Fraction(count, 20))


def test_an_award_is_final_item_by_item_and_never_by_the_sum() -> None:
    each = 210_000 * 12
    result = final_award(each, 0, each, each, 210_000)
    assert result.title == "每一项都是一裁终局"
    over = final_award(each, 0, each + 1, 0, 210_000)
    assert over.title == "一裁终局的：工资"
    # Wages and overtime, damages and double pay are items of their own: never added up.
    several = final_award(each, 0, 0, each, 210_000, overtime=each, double=each)
    assert several.title == "每一项都是一裁终局"
    assert final_award(0, 0, 0, 0, 210_000, double=each + 1).title == "没有一项是一裁终局"
    assert final_award(0, 0, 0, each + 1, 210_000).title == "没有一项是一裁终局"
    assert any(
        "双倍工资" in sentence for sentence in final_award(0, 0, 0, 0, 1, double=1).sentences
    )


def test_an_award_about_nothing_is_refused() -> None:
    with pytest.raises(NotAccepted, match="至少填一项"):
        final_award(0, 0, 0, 0, 210_000)


def test_late_pay_is_due_only_after_the_day_of_the_order() -> None:
    assert late_pay_extra(100_000, "late").title == "可以加要 500 元 到 1,000 元"
    assert late_pay_extra(100_000, "ordered").title.startswith("现在还不能")
    assert "劳动监察" in late_pay_extra(100_000, "none").sentences[0]


@pytest.mark.parametrize(
    ("proof", "disputed", "address", "fits"),
    [("yes", "no", "yes", True), ("no", "no", "yes", False), ("yes", "yes", "yes", False),
     ("yes", "no", "no", False)],
)  # fmt: skip
def test_a_payment_order_wants_proof_no_dispute_and_an_address(
    proof: str, disputed: str, address: str, fits: bool
) -> None:
    title = payment_order(100_000, proof, disputed, address).title
    assert title.startswith("可以为 1,000 元") == fits


@pytest.mark.parametrize(
    ("contract", "served", "title"),
    [("short", "1", "还可以要 4,000 元"), ("months", "1", "还可以要 0 元"),
     ("months", "3", "还可以要 8,000 元"), ("years", "2", "还可以要 0 元"),
     ("years", "2.5", "还可以要 2,000 元"), ("long", "6", "还可以要 0 元"),
     ("long", "7", "还可以要 4,000 元")],
)  # fmt: skip
def test_only_the_time_beyond_the_lawful_probation_is_compensated(
    contract: str, served: str, title: str
) -> None:
    assert probation_claim(contract, Fraction(served), 320_000, 400_000, None).title == title


def test_pay_on_probation_is_80_percent_and_not_below_the_minimum_wage() -> None:
    assert total_of(probation_claim("years", Fraction(2), 230_000, 300_000, None).title) == 20_000
    assert (
        total_of(probation_claim("years", Fraction(2), 230_000, 300_000, 250_000).title) == 40_000
    )
    with pytest.raises(NotAccepted, match="再看一遍"):
        probation_claim("years", Fraction(2), 2, 1, None)


@given(st.sampled_from([code for code, _ in PROBATION_CONTRACTS]), spans, wages, wages)
def test_longer_probation_is_never_compensated_less(
    contract: str, served: Fraction, one: int, two: int
) -> None:
    paid, regular = min(one, two), max(one, two)
    before = total_of(probation_claim(contract, served, paid, regular, None).title)
    assert before >= 0
    # A whole month more brings a whole wage or a whole difference, or nothing.
    assert before <= total_of(probation_claim(contract, served + 1, paid, regular, None).title) + 1


def test_sick_pay_is_at_least_80_percent_of_the_minimum_wage() -> None:
    rules = replace(rulebook(), local=NO_LOCAL_VALUES)
    result = sick_pay(Fraction(2), 150_000, 210_000, rules, TODAY)
    assert result.title == "病假一个月至少 1,680 元；少发了 360 元"
    assert any("没有填" in one for one in result.assumptions)
    assert "少发了 0 元" in sick_pay(Fraction(2), 168_000, 210_000, rules, TODAY).title


def test_sick_pay_of_a_day_before_the_rule_is_not_made_up() -> None:
    with pytest.raises(NotAccepted, match="还没有数"):
        sick_pay(Fraction(1), 0, 1, rulebook(), date(1995, 8, 3))


@pytest.mark.parametrize(
    ("years", "left", "months"),
    [(0, 0, 0), (0, 5, 0), (1, 0, 12), (4, 0, 12), (5, 0, 18), (9, 0, 18), (10, 0, 24),
     (1, 6, 18), (5, 8, 24), (10, 5, 24)],
)  # fmt: skip
def test_unemployment_benefit_lasts_by_years_and_never_beyond_24_months(
    years: int, left: int, months: int
) -> None:
    assert benefit_months(years, left) == months


def test_unemployment_benefit_is_added_up_where_the_amount_is_known() -> None:
    assert "22,680 元" in " ".join(unemployment_benefit(1, 0, 189_000).sentences)
    assert "还不能领" in unemployment_benefit(0, 0, None).title


def test_who_became_unemployed_again_is_not_told_that_nothing_is_left() -> None:
    result = unemployment_benefit(0, 5, 189_000)
    assert result.title == "前一次没领完的 5 个月，也许可以接着领"
    assert any("先打 12333 问" in one for one in result.sentences)
    assert result.bases[-1].certainty is Certainty.KNOWN
    assert "接着领" not in " ".join(unemployment_benefit(1, 5, None).sentences)


def test_nothing_owed_is_asked_again() -> None:
    with pytest.raises(NotAccepted, match="请填欠您多少元"):
        late_pay_extra(0, "late")
    with pytest.raises(NotAccepted, match="请填欠您多少元"):
        payment_order(0, "yes", "no", "yes")


def test_late_pay_of_an_odd_sum_is_not_cut() -> None:
    assert late_pay_extra(12_345, "late").title == "可以加要 61.73 元 到 123.45 元"


@given(st.integers(1, 10_000_000), st.integers(1, 10_000_000))
def test_more_that_is_owed_never_brings_less_extra(owed: int, more: int) -> None:
    before = total_of(late_pay_extra(owed, "late").title)
    assert owed == before < total_of(late_pay_extra(owed + more, "late").title)


def test_who_holds_an_iou_hears_of_the_straight_way_to_court() -> None:
    assert any("不仲裁" in one for one in payment_order(1, "yes", "no", "yes").sentences)
    assert not any("不仲裁" in one for one in payment_order(1, "no", "no", "yes").sentences)


def test_probation_without_a_term_is_told_apart() -> None:
    assumed = probation_claim("short", Fraction(2), 300_000, 300_000, None).assumptions
    assert any("试用期不算数" in one for one in assumed)


@given(st.integers(0, 60), st.integers(0, 24))
def test_more_years_paid_in_never_give_fewer_months(years: int, left: int) -> None:
    assert 0 <= benefit_months(years, left) <= benefit_months(years + 1, left) <= 24
    assert benefit_months(years, left) <= benefit_months(years, left + 1)


@given(st.integers(1, 10_000_000), st.integers(1, 500_000))
def test_a_higher_minimum_wage_never_makes_an_award_less_final(wages: int, minimum: int) -> None:
    final = final_award(wages, 0, 0, 0, minimum).title == "每一项都是一裁终局"
    assert final is (wages <= 12 * minimum)
