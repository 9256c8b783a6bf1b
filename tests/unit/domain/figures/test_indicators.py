"""The table of indicators: nothing forgotten, nothing counted twice, money exact to the fen."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.figures.indicators import (
    CHARTS,
    INDICATORS,
    SHOWN_ONCE,
    Unit,
    parts_of,
    show_wan,
)


def test_every_figure_from_s1_to_s22_is_in_the_table_or_is_another_one() -> None:
    seeds = {code.partition(".")[0] for code in INDICATORS} | set(SHOWN_ONCE)
    assert seeds == {f"S{number}" for number in range(1, 23)}


def test_recovered_wages_stand_once_although_they_were_reported_twice() -> None:
    assert SHOWN_ONCE["S20"] == ("S9", "S10")
    assert "S20" not in INDICATORS
    assert INDICATORS["S10"].part_of == "S9"


def test_rights_cases_of_workers_in_hardship_are_a_part_of_those_of_all_workers() -> None:
    all_workers, in_hardship = INDICATORS["S8"], INDICATORS["S19"]
    assert in_hardship.part_of == all_workers.code
    assert in_hardship.definition != all_workers.definition
    assert not all_workers.summed


def test_online_contacts_stand_beside_letters_calls_and_visits() -> None:
    assert parts_of("S1") == ("S1.1", "S1.2", "S1.3")
    assert INDICATORS["S1.4"].part_of == ""


def test_households_of_both_kinds_do_not_contain_each_other() -> None:
    assert {INDICATORS[code].part_of for code in ("S12.1", "S12.2")} == {""}
    assert INDICATORS["S12.1"].unit is INDICATORS["S12.2"].unit is Unit.HOUSEHOLDS


@pytest.mark.parametrize("code", INDICATORS)
def test_a_part_follows_its_whole_in_the_same_group_and_says_what_counts(code: str) -> None:
    one = INDICATORS[code]
    assert one.definition.endswith("。")
    assert one.origin
    if one.part_of:
        whole = INDICATORS[one.part_of]
        assert (whole.group, whole.stock) == (one.group, one.stock)
        assert [*INDICATORS].index(whole.code) < [*INDICATORS].index(code)
    if one.summed:
        assert {INDICATORS[part].unit for part in parts_of(code)} == {one.unit}


def test_charts_draw_figures_of_one_unit_that_add_up_over_time() -> None:
    for chart in CHARTS:
        series = [INDICATORS[code] for code in chart.series]
        assert len({one.unit for one in series}) == 1
        assert not any(one.stock for one in series)


@pytest.mark.parametrize(
    ("fen", "shown"),
    [(0, "0.00"), (4_999, "0.00"), (5_000, "0.01"), (1_000_000, "1.00"), (12_345_678, "12.35")],
)
def test_fen_are_shown_in_ten_thousand_yuan_with_two_decimals(fen: int, shown: str) -> None:
    assert show_wan(fen) == shown


@given(st.integers(0, 10**15))
def test_shown_money_is_the_fen_rounded_half_up(fen: int) -> None:
    exact = (Decimal(fen) / 1_000_000).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert show_wan(fen) == str(exact)


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_a_part_of_the_money_is_never_shown_larger_than_the_whole(part: int, rest: int) -> None:
    assert Decimal(show_wan(part)) <= Decimal(show_wan(part + rest))


def test_a_negative_amount_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        show_wan(-1)
