"""Injury money, sick leave and retirement, worked by hand and for any figures."""

import re
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.calculators.health import (
    death_grant,
    injury_payment,
    sick_leave_months,
    sick_leave_period,
)
from portal.domain.calculators.leaving_grants import Wages, leaving_grants
from portal.domain.calculators.results import CalculatorResult, Certainty
from portal.domain.calculators.retirement import (
    GROUPS,
    contribution_months,
    delay_months,
    retirement_age,
)
from portal.domain.shared.errors import NotAccepted
from rulefiles.local_values import load_local_values
from tests.support.house import rulebook
from tests.unit.domain.calculators.test_working_time import total_of

TODAY = date(2026, 11, 30)


def injury(grade: str, wage: int, local: int | None, minimum: int | None) -> CalculatorResult:
    """What an injury comes to with the months that the demonstration has."""
    return injury_payment(grade, wage, local, minimum, None, None, rulebook(), TODAY)


wages = st.integers(0, 10_000_000)
birth_months = st.integers(1930 * 12, 2015 * 12)
groups = st.sampled_from(sorted(GROUPS))


def test_lump_sum_of_a_grade() -> None:
    result = injury("7", 500_000, 600_000, None)
    assert result.title == "一次性伤残补助金 65,000 元"
    assert result.bases[0].law == "工伤保险条例第三十七条"
    assert not any("每月" in sentence for sentence in result.sentences)


def test_grades_1_to_6_have_a_monthly_allowance_too() -> None:
    fund, employer = (
        injury("1", 500_000, None, None),
        injury("5", 500_000, None, None),
    )
    assert "5,000 元 × 90% = 4,500 元" in " ".join(fund.sentences)
    assert "5,000 元 × 70% = 3,500 元" in " ".join(employer.sentences)


def test_own_wage_is_kept_between_60_and_300_percent() -> None:
    assert injury("10", 100_000, 600_000, None).title == "一次性伤残补助金 25,200 元"
    assert injury("10", 9_000_000, 600_000, None).title == "一次性伤残补助金 126,000 元"


def test_what_is_paid_on_leaving_follows_the_months_of_the_place() -> None:
    result = injury("7", 500_000, 600_000, None)
    words = " ".join(result.sentences)
    assert "本人工资 5,000 元 × 12 个月 = 60,000 元" in words
    assert "合同到期，或者本人提出离开" in words
    assert [{claim.kind: claim.fen for claim in way} for way in result.ways] == [
        {"injury_grant": 6_500_000},
        {"injury_grant": 6_500_000, "injury_medical": 6_000_000, "injury_employment": 6_000_000},
    ]
    assert any(basis.law.startswith("一次性工伤医疗补助金：示范数据") for basis in result.bases)


def test_who_knows_other_months_is_told_what_they_come_to() -> None:
    result = injury_payment(
        "5", 500_000, None, None, Fraction(7), Fraction(1, 2), rulebook(), TODAY
    )
    words = " ".join(result.sentences)
    assert "× 7 个月 = 35,000 元" in words
    assert "× 0.5 个月 = 2,500 元" in words
    assert not any("示范数据" in basis.law for basis in result.bases)


@pytest.mark.parametrize(
    ("unit", "value", "average", "said"),
    [
        ("个月当地平均工资", "2", 600_000, "当地平均工资 6,000 元 × 2 个月 = 12,000 元"),
        ("个月当地平均工资", "2", None, "没有填当地平均工资，这里没有算"),
        ("元", "30000", 600_000, "10 级 30,000 元"),
    ],
)
def test_what_is_paid_on_leaving_is_counted_by_the_unit_of_the_place(
    unit: str, value: str, average: int | None, said: str
) -> None:
    grades = ", ".join(f"{grade} = {value}" for grade in range(5, 11))
    local = load_local_values(
        f'[injury_medical_grant]\nname = "一"\nunit = "{unit}"\n[[injury_medical_grant.values]]\n'
        f'from = 2020-01-01\nvalue = {{ {grades} }}\nsource = "某省办法"\n'
    )
    found = leaving_grants(10, Wages(Fraction(500_000), average), {}, local, TODAY)
    assert said in " ".join(found.sentences)
    assert "本中心还没有填，这里没有算" in found.sentences[-1]
    assert "injury_employment" not in found.sums


@pytest.mark.parametrize("grade", ["1", "2", "3", "4"])
def test_who_stays_employed_is_promised_nothing_for_leaving(grade: str) -> None:
    result = injury(grade, 500_000, None, None)
    assert "离开" not in " ".join(result.sentences)
    assert len(result.ways) == 1


@given(st.integers(1, 9), wages, wages)
def test_a_graver_injury_or_a_higher_wage_is_never_paid_less(
    grade: int, wage: int, local: int
) -> None:
    grave = total_of(injury(str(grade), wage, local, None).title)
    light = total_of(injury(str(grade + 1), wage, local, None).title)
    richer = total_of(injury(str(grade), wage + 1, local, None).title)
    assert 0 <= light <= grave <= richer


@pytest.mark.parametrize(
    ("total", "here", "months", "window"),
    [(9, 4, 3, 6), (9, 5, 6, 12), (10, 4, 6, 12), (10, 5, 9, 15), (12, 10, 12, 18),
     (15, 15, 18, 24), (30, 19, 18, 24), (20, 20, 24, 30)],
)  # fmt: skip
def test_sick_leave_follows_the_table(total: int, here: int, months: int, window: int) -> None:
    assert sick_leave_months(total, here) == (months, window)
    assert sick_leave_period(total, here).title == f"医疗期 {months} 个月"


@given(st.integers(0, 70), st.integers(0, 70))
def test_longer_service_never_shortens_sick_leave(total: int, here: int) -> None:
    months, window = sick_leave_months(total, here)
    assert 3 <= months < window
    assert sick_leave_months(total + 1, here)[0] >= months
    assert sick_leave_months(total, here + 1)[0] >= months


def test_more_years_here_than_anywhere_are_refused() -> None:
    with pytest.raises(NotAccepted, match="总工龄要把这家也算进去"):
        sick_leave_period(3, 4)


@pytest.mark.parametrize(
    ("year", "month", "group", "delay"),
    [(1964, 12, "man", 0), (1965, 1, "man", 1), (1965, 4, "man", 1), (1965, 5, "man", 2),
     (1976, 8, "man", 35), (1976, 9, "man", 36), (1990, 1, "man", 36),
     (1969, 12, "woman55", 0), (1970, 1, "woman55", 1), (1981, 9, "woman55", 36),
     (1974, 12, "woman50", 0), (1975, 2, "woman50", 1), (1975, 3, "woman50", 2),
     (1984, 10, "woman50", 59), (1984, 11, "woman50", 60)],
)  # fmt: skip
def test_delay_follows_the_published_table(year: int, month: int, group: str, delay: int) -> None:
    assert delay_months(year, month, group) == delay


def test_retirement_is_said_with_month_and_age() -> None:
    result = retirement_age(1972, 3, "man")
    assert result.title == "2034年1月退休，满 61 岁 10 个月"
    assert "最早是2032年3月，满 60 岁" in result.sentences[2]
    assert "17 年" in result.sentences[-1]


def test_early_retirement_is_at_most_3_years_earlier() -> None:
    assert "最早是2041年1月，满 52 岁" in retirement_age(1989, 1, "woman50").sentences[2]


def test_who_retired_by_the_old_rule_is_not_moved() -> None:
    result = retirement_age(1960, 6, "man")
    assert result.title == "2020年6月退休，满 60 岁"
    assert "不用延" in result.sentences[1]


@given(birth_months, groups)
def test_who_is_born_later_never_retires_earlier(born: int, group: str) -> None:
    delay = delay_months(born // 12, born % 12 + 1, group)
    later = delay_months((born + 1) // 12, (born + 1) % 12 + 1, group)
    assert 0 <= delay <= later <= delay + 1
    assert later <= GROUPS[group].most


def test_contribution_years_grow_from_2030_to_20() -> None:
    years = (2029, 2030, 2031, 2039, 2050)
    assert [contribution_months(year) for year in years] == [180, 186, 192, 240, 240]


def test_contribution_years_are_those_of_the_year_of_actual_retirement() -> None:
    early, late, _, due = retirement_age(1969, 8, "man").sentences[2:]
    assert "最早是2029年8月" in early
    assert "2029 年领养老金最少要交满 15 年" in early
    assert "最晚可以到2033年10月" in late
    assert "2033 年领养老金最少要交满 17 年" in late
    assert "2030 年领养老金最少要交满 15 年 6 个月" in due
    assert retirement_age(1969, 8, "man").title.startswith("2030年10月退休")


@pytest.mark.parametrize(
    ("grade", "wage", "minimum", "paid_up"),
    [("1", 200_000, 210_000, True), ("5", 200_000, 210_000, True), ("6", 200_000, 210_000, True),
     ("6", 350_000, 210_000, False), ("6", 349_999, 210_000, True), ("7", 200_000, 210_000, False)],
)  # fmt: skip
def test_monthly_allowance_of_grades_1_to_6_is_never_below_the_minimum_wage(
    grade: str, wage: int, minimum: int, paid_up: bool
) -> None:
    words = " ".join(injury(grade, wage, None, minimum).sentences)
    assert ("每月 2,100 元" in words and "补足差额" in words) == paid_up


@pytest.mark.parametrize(
    ("day", "title"),
    [(date(2025, 1, 1), "1,083,760"), (date(2025, 12, 31), "1,083,760"),
     (date(2026, 1, 1), "1,130,040"), (date(2026, 11, 30), "1,130,040"),
     (date(2024, 12, 31), "1,036,420")],
)  # fmt: skip
def test_death_grant_is_that_of_the_year_before_the_accident(day: date, title: str) -> None:
    assert death_grant(day, None, rulebook()).title == f"一次性工亡补助金 {title} 元"


@pytest.mark.parametrize("day", [date(2020, 12, 31), date(2027, 1, 1)])
def test_death_grant_of_a_year_without_figure_is_not_made_up(day: date) -> None:
    with pytest.raises(NotAccepted, match="还没有数"):
        death_grant(day, None, rulebook())


@pytest.mark.parametrize(
    ("grade", "lump", "allowance"),
    [(1, 135_000, "4,500"), (2, 125_000, "4,250"), (3, 115_000, "4,000"), (4, 105_000, "3,750"),
     (5, 90_000, "3,500"), (6, 80_000, "3,000"), (7, 65_000, ""), (8, 55_000, ""),
     (9, 45_000, ""), (10, 35_000, "")],
)  # fmt: skip
def test_every_grade_is_that_of_its_article(grade: int, lump: int, allowance: str) -> None:
    result = injury(str(grade), 500_000, 600_000, 210_000)
    assert total_of(result.title) == lump * 100
    assert (f"= {allowance} 元" in " ".join(result.sentences)) == bool(allowance)
    assert any("第六十二条" in one for one in result.assumptions)


@pytest.mark.parametrize(
    ("wage", "lump"), [(359_999, 2_520_000), (360_000, 2_520_000), (1_800_000, 12_600_000),
                       (1_800_001, 12_600_000)],
)  # fmt: skip
def test_own_wage_at_the_edges_of_60_and_300_percent(wage: int, lump: int) -> None:
    assert total_of(injury("10", wage, 600_000, None).title) == lump


def test_a_death_long_after_a_grave_injury_is_told_apart() -> None:
    result = death_grant(date(2026, 5, 1), 680_000, rulebook())
    assert any("1 到 4 级" in one for one in result.assumptions)
    assert any("6 个月 = 40,800 元" in one for one in result.sentences)


@pytest.mark.parametrize(
    ("year", "month", "group", "title"),
    [
        (1965, 1, "man", "2025年2月退休，满 60 岁 1 个月"),
        (1964, 12, "man", "2024年12月退休，满 60 岁"),
        (1976, 9, "man", "2039年9月退休，满 63 岁"),
        (1976, 8, "man", "2039年7月退休，满 62 岁 11 个月"),
        (1977, 1, "man", "2040年1月退休，满 63 岁"),
        (1970, 1, "woman55", "2025年2月退休，满 55 岁 1 个月"),
        (1981, 9, "woman55", "2039年9月退休，满 58 岁"),
        (1975, 1, "woman50", "2025年2月退休，满 50 岁 1 个月"),
        (1984, 11, "woman50", "2039年11月退休，满 55 岁"),
        (1985, 1, "woman50", "2040年1月退休，满 55 岁"),
    ],
)
def test_retirement_at_both_ends_of_the_published_tables(
    year: int, month: int, group: str, title: str
) -> None:
    assert retirement_age(year, month, group).title == title


@given(birth_months, groups)
def test_earliest_is_within_three_years_before_and_latest_three_years_after(
    born: int, group: str
) -> None:
    result = retirement_age(born // 12, born % 12 + 1, group)
    if not delay_months(born // 12, born % 12 + 1, group):
        return
    early, due, late = (
        _month_in(words) for words in (result.sentences[2], result.title, result.sentences[3])
    )
    assert late - due == 36
    assert 0 <= due - early <= 36
    assert early - born >= GROUPS[group].age * 12


def _month_in(words: str) -> int:
    """The first year and month of a sentence, as a count of months."""
    found = re.search("([0-9]+)年([0-9]+)月", words)
    assert found
    return int(found[1]) * 12 + int(found[2]) - 1


def test_sick_leave_counts_weekends_and_says_how_sure_that_is() -> None:
    result = sick_leave_period(9, 4)
    assert any("周末、节假日也算" in one for one in result.sentences)
    assert result.bases[-1].certainty is Certainty.KNOWN


@pytest.mark.parametrize(
    ("total", "here", "months"),
    [(0, 0, 3), (9, 9, 6), (10, 0, 6), (10, 9, 9), (10, 10, 12), (14, 14, 12), (15, 15, 18),
     (19, 19, 18), (20, 19, 18), (70, 20, 24)],
)  # fmt: skip
def test_sick_leave_at_the_edges_of_the_table(total: int, here: int, months: int) -> None:
    assert sick_leave_months(total, here)[0] == months


@pytest.mark.parametrize(
    ("grade", "by_end"), [("5", False), ("6", False), ("7", True), ("10", True)]
)
def test_who_keeps_the_right_to_stay_is_paid_for_leaving_only_when_he_asks(
    grade: str, by_end: bool
) -> None:
    said = " ".join(injury(grade, 500_000, None, None).sentences)
    assert "本人提出离开" in said
    assert ("合同到期" in said) is by_end
