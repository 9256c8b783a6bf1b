"""Severance, with years before 2008, and what is due for a dismissal."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.calculators.dismissal import DISMISSAL_REASONS, dismissal_claim
from portal.domain.calculators.results import CalculatorResult
from portal.domain.calculators.severance import (
    old_months,
    severance_months,
    severance_pay,
    work_out_severance,
)
from portal.domain.shared.errors import NotAccepted
from tests.unit.domain.calculators.test_working_time import total_of

LAW_FROM = date(2008, 1, 1)
days = st.dates(date(1990, 1, 1), date(2026, 11, 24))
wages = st.integers(0, 10_000_000)


def single(result: CalculatorResult) -> int:
    """The simple severance of a title, in fen."""
    return total_of(result.title.partition("；")[0].partition("（")[0])


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


@given(days, st.integers(0, 9_000), st.integers(0, 400), wages, wages)
def test_longer_service_is_never_paid_less(
    start: date, span: int, more: int, wage: int, local: int
) -> None:
    end = start + timedelta(days=span)
    before = single(severance_pay(start, end, wage, local))
    later = severance_pay(start, end + timedelta(days=more), wage, local)
    assert 0 <= before <= single(later)
    if start >= LAW_FROM:
        assert total_of(later.title) == 2 * single(later)


def test_old_service_and_an_unknown_local_wage_are_said() -> None:
    assumed = severance_pay(date(2007, 1, 1), date(2024, 1, 1), 1, None).assumptions
    assert any("2008 年以前" in one for one in assumed)
    assert any("没有填当地平均工资" in one for one in assumed)


def test_days_of_service_that_are_turned_are_refused() -> None:
    with pytest.raises(NotAccepted, match="再看一遍"):
        severance_pay(date(2024, 1, 2), date(2024, 1, 1), 1, None)


def test_years_before_2008_are_counted_by_the_rule_of_that_time() -> None:
    result = severance_pay(date(2004, 3, 1), date(2026, 2, 28), 500_000, None)
    assert result.title == "经济补偿 112,500 元（至少 110,000 元）；违法辞退至少 220,000 元"
    assert "算 4 个月，工资不封顶" in result.sentences[1]
    assert "18.5 个月" in result.sentences[2]
    assert any("第九十七条第三款" in basis.law for basis in result.bases)


@pytest.mark.parametrize(
    ("started_on", "months"),
    [(date(2007, 12, 31), 1), (date(2008, 1, 1), 0), (date(2007, 1, 1), 1),
     (date(2006, 12, 31), 2), (date(2004, 3, 1), 4)],
)  # fmt: skip
def test_a_year_before_2008_that_was_begun_counts_as_one(started_on: date, months: int) -> None:
    assert old_months(started_on, date(2026, 2, 28)) == months


def test_a_high_wage_before_2008_is_not_cut() -> None:
    result = severance_pay(date(1998, 1, 1), date(2025, 12, 31), 3_000_000, 700_000)
    assert single(result) == 10 * 3_000_000 + 12 * 2_100_000
    assert "至少 252,000 元" in result.title


def test_who_left_before_2008_is_paid_by_the_old_rule_alone() -> None:
    assert single(severance_pay(date(2005, 1, 1), date(2007, 12, 31), 100_000, None)) == 300_000


@given(days, st.integers(0, 9_000), wages, wages)
def test_counting_by_parts_never_gives_less_than_counting_in_one(
    start: date, span: int, wage: int, local: int
) -> None:
    found = work_out_severance(start, start + timedelta(days=span), wage, local)
    assert 0 <= found.whole <= found.parted <= found.damages


@pytest.mark.parametrize(
    ("reason", "notice", "title"),
    [("ill", "no", "补偿加代通知金 20,500 元"), ("unfit", "no", "补偿加代通知金 20,500 元"),
     ("changed", "no", "补偿加代通知金 20,500 元"), ("changed", "yes", "经济补偿 14,000 元"),
     ("layoff", "no", "经济补偿 14,000 元"), ("expired", "no", "经济补偿 14,000 元"),
     ("fault", "no", "这种情况一般没有补偿"), ("resigned", "no", "这种情况一般没有补偿"),
     ("none", "no", "违法辞退：赔偿金至少 28,000 元，或者要求回去上班"),
     ("protected", "yes", "违法辞退：赔偿金至少 28,000 元，或者要求回去上班")],
)  # fmt: skip
def test_pay_in_lieu_is_due_in_the_three_cases_of_article_40_only(
    reason: str, notice: str, title: str
) -> None:
    started, ended = date(2021, 3, 1), date(2024, 7, 10)
    result = dismissal_claim(reason, notice, started, ended, 400_000, 650_000, None)
    assert result.title == title
    cases = {row.article.partition("条")[0] for row in DISMISSAL_REASONS.values() if row.in_lieu}
    assert cases == {"劳动合同法第四十"}


def test_guide_to_a_dismissal_names_the_law_for_years_before_2008() -> None:
    started, ended = date(2004, 3, 1), date(2026, 2, 28)
    result = dismissal_claim("layoff", "yes", started, ended, 500_000, 500_000, None)
    assert result.title == "经济补偿 112,500 元"
    assert any("第九十七条第三款" in basis.law for basis in result.bases)


@pytest.mark.parametrize(
    ("started_on", "ended_on", "pay"),
    [
        (date(2026, 1, 1), date(2026, 6, 29), 250_000),
        (date(2026, 1, 1), date(2026, 6, 30), 500_000),
        (date(2024, 8, 31), date(2025, 2, 28), 500_000),
        (date(2026, 3, 2), date(2026, 3, 2), 250_000),
    ],
)
def test_months_of_severance_at_their_edges(started_on: date, ended_on: date, pay: int) -> None:
    assert single(severance_pay(started_on, ended_on, 500_000, None)) == pay


def test_a_wage_below_the_minimum_counts_as_the_minimum_wage() -> None:
    started, ended = date(2024, 1, 1), date(2025, 12, 31)
    low = severance_pay(started, ended, 150_000, None, 210_000)
    assert low.title == "经济补偿 4,200 元；违法辞退 8,400 元"
    assert any("按最低工资 2,100 元 算" in one for one in low.sentences)
    enough = severance_pay(started, ended, 210_000, None, 210_000)
    assert enough.title == low.title
    assert not any("按最低工资" in one for one in enough.sentences)
    assert any(
        "没有填最低工资" in one for one in severance_pay(started, ended, 1, None).assumptions
    )
    forced = dismissal_claim("forced", "no", started, ended, 150_000, 150_000, None, 210_000)
    assert forced.title == "经济补偿 4,200 元"


@pytest.mark.parametrize(
    ("reason", "title"),
    [
        ("expired", "经济补偿 92,500 元"),  # since 2008 only: 18.5
        ("agreed", "经济补偿 152,500 元"),  # 18 years before, 12 of them count: 12 + 18.5
        ("unfit", "经济补偿 152,500 元"),
        ("changed", "经济补偿 182,500 元"),
        ("layoff", "经济补偿 182,500 元"),
    ],
)
def test_years_before_2008_count_by_why_the_work_ended(reason: str, title: str) -> None:
    started, ended = date(1990, 1, 1), date(2026, 2, 28)
    result = dismissal_claim(reason, "yes", started, ended, 500_000, 500_000, None)
    assert result.title == title
    # What may be an unlawful dismissal is twice all the years: 36.5 × 2.
    if reason != "agreed":
        assert any("365,000 元" in one for one in result.sentences)


def test_who_is_not_sure_why_he_left_hears_that_expired_contracts_count_from_2008() -> None:
    result = severance_pay(date(2004, 3, 1), date(2026, 2, 28), 500_000, None)
    assert any("合同到期" in one and "92,500 元" in one for one in result.sentences)
    before = severance_pay(date(2005, 1, 1), date(2007, 12, 31), 500_000, None)
    assert not any("合同到期、单位不续签走的" in one for one in before.sentences)


def test_damages_said_at_the_end_are_those_of_the_title() -> None:
    result = severance_pay(date(1998, 1, 1), date(2025, 12, 31), 3_000_000, 700_000)
    assert result.title.endswith("违法辞退至少 552,000 元")
    assert "至少要 552,000 元" in result.sentences[-1]


def test_who_leaves_by_himself_is_warned_of_personal_reasons() -> None:
    started, ended = date(2021, 3, 1), date(2024, 7, 10)
    result = dismissal_claim("resigned", "no", started, ended, 400_000, 400_000, None)
    assert any("先别写“个人原因”" in one for one in result.sentences)


@given(days, st.integers(0, 9_000), wages, wages, st.sampled_from(sorted(DISMISSAL_REASONS)))
def test_a_minimum_wage_never_makes_a_claim_smaller(
    start: date, span: int, wage: int, minimum: int, reason: str
) -> None:
    end = start + timedelta(days=span)
    plain = dismissal_claim(reason, "no", start, end, wage, wage, None)
    floored = dismissal_claim(reason, "no", start, end, wage, wage, None, minimum)
    for before, after in zip(plain.ways, floored.ways[-len(plain.ways) :], strict=False):
        assert sum(one.fen or 0 for one in before) <= sum(one.fen or 0 for one in after)


def test_guide_to_a_dismissal_says_what_it_could_not_look_at() -> None:
    started, ended = date(2004, 3, 1), date(2026, 2, 28)
    blank = dismissal_claim("layoff", "no", started, ended, 500_000, 500_000, None).assumptions
    for words in ("2008 年以前的年头", "没有看 3 倍封顶", "没有填最低工资"):
        assert any(words in one for one in blank), words
    full = dismissal_claim("layoff", "no", date(2009, 1, 1), ended, 1, 1, 700_000, 210_000)
    assert not any("没有" in one and "填" in one for one in full.assumptions)


@pytest.mark.parametrize("reason", DISMISSAL_REASONS)
def test_two_ways_are_offered_where_the_dismissal_is_unlawful_and_only_there(reason: str) -> None:
    result = dismissal_claim(
        reason, "no", date(2020, 1, 1), date(2026, 1, 1), 400_000, 400_000, None
    )
    offered = [line for line in result.sentences if line.startswith("两条路选一条")]
    assert bool(offered) is DISMISSAL_REASONS[reason].unlawful
