"""The hardship test."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.eligibility.means_test import (
    Bounds,
    Category,
    HouseholdFigures,
    Outlook,
    assess_hardship,
)
from portal.domain.rules.low_income_line import (
    LowIncomeLine,
    line_in_force,
    list_low_income_lines,
)
from rulefiles.local_values import load_local_values
from rulefiles.toml_files import RuleFileError

LINE = LowIncomeLine(date(2026, 1, 1), 80_000, 62_000, "示范数据")
ORDER = list(Category)
FEN = st.integers(0, 50_000_000)
FIGURES = st.builds(HouseholdFigures, FEN, FEN, st.integers(1, 9), FEN, rural=st.booleans())


def _figures(net_per_head_fen: int) -> HouseholdFigures:
    return HouseholdFigures(net_per_head_fen * 12 * 3 + 500_000, 500_000, 3)


@pytest.mark.parametrize(
    ("net", "category"),
    [
        (0, Category.DEEP),
        (79_999, Category.DEEP),
        (80_000, Category.RELATIVE),
        (160_000, Category.RELATIVE),
        (160_001, Category.NOT),
    ],
)
def test_deep_is_below_the_line_and_relative_is_within_twice_the_line(
    net: int, category: Category
) -> None:
    result = assess_hardship(_figures(net), LINE)
    assert (result.category, result.net_per_head_fen) == (category, net)


def test_the_bounds_can_be_set_the_other_way() -> None:
    bounds = Bounds(deep_inclusive=True, relative_inclusive=False)
    assert assess_hardship(_figures(80_000), LINE, bounds).category is Category.DEEP
    assert assess_hardship(_figures(160_000), LINE, bounds).category is Category.NOT


def test_rural_households_are_measured_by_the_rural_line() -> None:
    figures = replace(_figures(70_000), rural=True)
    assert assess_hardship(figures, LINE).category is Category.RELATIVE


def test_an_accident_counts_above_four_fifths_of_the_yearly_income() -> None:
    figures = HouseholdFigures(10_000_000, 0, 1, accident_cost_fen=8_000_000)
    assert assess_hardship(figures, LINE).category is Category.NOT
    result = assess_hardship(replace(figures, accident_cost_fen=8_000_001), LINE)
    assert (result.category, result.outlook) == (Category.ACCIDENT, Outlook.PERHAPS)


@pytest.mark.parametrize(
    "figures",
    [
        HouseholdFigures(None, 1, 1),
        HouseholdFigures(1, None, 1),
        HouseholdFigures(1, 1, None),
    ],
)
def test_an_unknown_figure_leads_to_a_person(figures: HouseholdFigures) -> None:
    result = assess_hardship(figures, LINE)
    assert (result.category, result.outlook) == (None, Outlook.ASK)
    assert result.formula[0].startswith("还不知道")


def test_an_unknown_accident_cost_leaves_the_door_open() -> None:
    figures = replace(_figures(200_000), accident_cost_fen=None)
    assert assess_hardship(figures, LINE).outlook is Outlook.PERHAPS


def test_the_worker_is_told_likely_when_the_figures_fit_and_to_ask_when_not() -> None:
    outlooks = [assess_hardship(_figures(net), LINE).outlook for net in (1, 90_000, 200_000)]
    assert outlooks == [Outlook.LIKELY, Outlook.LIKELY, Outlook.ASK]


def test_the_calculation_can_be_followed_sentence_by_sentence() -> None:
    result = assess_hardship(HouseholdFigures(3_600_000, 1_200_000, 3), LINE)
    assert result.formula == (
        "全年收入 36,000 元 − 必要支出 12,000 元 = 24,000 元。",
        "24,000 元 ÷ 12 个月 ÷ 3 人 = 每人每月 666.66 元（不到 1 分的不算）。",
        "城市低保标准是每人每月 800 元，2 倍是 1,600 元（2026年1月1日起执行。出处：示范数据）。",
        "666.66 元低于低保标准：深度困难。最后由工作人员核对决定。",
    )


def test_costs_above_the_income_are_deep_hardship() -> None:
    result = assess_hardship(HouseholdFigures(100_000, 220_000, 1), LINE)
    assert (result.category, result.net_per_head_fen) == (Category.DEEP, -10_000)


@pytest.mark.parametrize(
    "figures",
    [HouseholdFigures(1, 1, 0), HouseholdFigures(-1, 1, 1), HouseholdFigures(1, -1, 1)],
)
def test_impossible_figures_are_refused(figures: HouseholdFigures) -> None:
    with pytest.raises(ValueError, match="household"):
        assess_hardship(figures, LINE)


def _rank(figures: HouseholdFigures) -> int:
    category = assess_hardship(figures, LINE).category
    assert category is not None
    return ORDER.index(category)


@given(FIGURES, FEN)
def test_more_income_never_makes_hardship_deeper(figures: HouseholdFigures, more: int) -> None:
    richer = replace(figures, income_fen=(figures.income_fen or 0) + more)
    assert _rank(richer) >= _rank(figures)


@given(FIGURES, FEN)
def test_more_costs_never_make_hardship_lighter(figures: HouseholdFigures, more: int) -> None:
    burdened = replace(figures, rigid_costs_fen=(figures.rigid_costs_fen or 0) + more)
    assert _rank(burdened) <= _rank(figures)


def test_the_line_in_force_on_the_day_is_used() -> None:
    later = replace(LINE, valid_from=date(2026, 7, 1))
    assert line_in_force([later, LINE], date(2026, 6, 30)) is LINE
    assert line_in_force([later, LINE], date(2026, 7, 1)) is later


def test_a_day_before_the_first_line_names_the_file() -> None:
    with pytest.raises(RuleFileError, match=r"content/rules/local\.toml.*2025-12-31"):
        line_in_force([LINE], date(2025, 12, 31))


def test_the_lines_of_the_demonstration_centre_can_be_loaded() -> None:
    path = Path(__file__).parents[4] / "content" / "rules" / "local.toml"
    lines = list_low_income_lines(load_local_values(path.read_text(encoding="utf-8")))
    assert line_in_force(lines, date(2026, 11, 24)).urban_fen == 80_000
    assert line_in_force(lines, date(2025, 6, 30)).rural_fen == 56_000


def write_line(where: str, *rows: tuple[str, int]) -> str:
    days = [*(day for day, _ in rows), ""]
    text = f'[low_income_{where}]\nname = "示范"\nunit = "元/人·月"\n'
    for (day, yuan), following in zip(rows, days[1:], strict=True):
        last = f"to = {date.fromisoformat(following) - timedelta(days=1)}\n" if following else ""
        text += f"[[low_income_{where}.values]]\nfrom = {day}\n{last}value = {yuan}\n"
        text += 'source = "示范文件"\n'
    return text


def test_a_line_begins_whenever_town_or_country_changes() -> None:
    urban = write_line("urban", ("2026-01-01", 800), ("2026-07-01", 830))
    text = urban + write_line("rural", ("2026-03-01", 600))
    lines = list_low_income_lines(load_local_values(text))
    assert [(line.valid_from, line.urban_fen, line.rural_fen) for line in lines] == [
        (date(2026, 3, 1), 80_000, 60_000),
        (date(2026, 7, 1), 83_000, 60_000),
    ]


@pytest.mark.parametrize("text", ["", write_line("urban", ("2026-01-01", 800))])
def test_a_centre_without_a_line_is_told_where_to_write_it(text: str) -> None:
    with pytest.raises(RuleFileError, match=r"content/rules/local\.toml.*低保标准"):
        list_low_income_lines(load_local_values(text))
