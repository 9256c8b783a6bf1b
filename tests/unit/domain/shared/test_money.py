"""Amounts as people type and read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.money import LARGEST_FEN, format_yuan, parse_yuan, spell_yuan


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("0", 0),
        ("1200", 120000),
        ("1,200.50", 120050),
        ("１２００元", 120000),
        ("１，２００．５元", 120050),
        ("¥1200", 120000),
        ("￥ 1 200", 120000),
        ("1200块", 120000),
        ("1.5万", 1500000),
        ("2万元", 2000000),
        ("12。5", 1250),
        ("0.01", 1),
        ("100000000", LARGEST_FEN),
    ],
)
def test_an_amount_is_read_however_it_is_typed(typed: str, fen: int) -> None:
    assert parse_yuan(typed) == fen


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "没有就填 0"),
        ("-5", "不能小于 0"),
        ("3千", "只用数字"),
        ("一千二", "只用数字"),
        ("1e5", "只用数字"),
        ("1200左右", "只用数字"),
        ("1.2.3", "只用数字"),
        ("1,20", "逗号"),
        ("1.234", "最多写到分"),
        ("1.2345678万", "最多写到分"),
        ("100000000.01", "太大"),
        ("9" * 500, "太大"),
    ],
)
def test_a_wrong_amount_is_refused_with_what_to_do(typed: str, says: str) -> None:
    with pytest.raises(NotAccepted, match=says):
        parse_yuan(typed)


@pytest.mark.parametrize(
    ("fen", "shown"),
    [(0, "0"), (120000, "1,200"), (120050, "1,200.50"), (5, "0.05"), (-520, "-5.20")],
)
def test_fen_are_shown_as_yuan(fen: int, shown: str) -> None:
    assert format_yuan(fen) == shown


@given(st.integers(0, LARGEST_FEN))
def test_what_is_shown_can_be_typed_again(fen: int) -> None:
    assert parse_yuan(format_yuan(fen)) == fen
    assert parse_yuan(f"{format_yuan(fen)} 元") == fen


@pytest.mark.parametrize(
    ("fen", "spelt"),
    [
        (0, "零元整"),
        (7, "柒分"),
        (50, "伍角整"),
        (140950, "壹仟肆佰零玖元伍角整"),
        (600714, "陆仟零柒元壹角肆分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (32504, "叁佰贰拾伍元零肆分"),
        (10700053, "壹拾万零柒仟元伍角叁分"),
        (3200000, "叁万贰仟元整"),
        (100000100, "壹佰万零壹元整"),
        (1001000000, "壹仟零壹万元整"),
        (LARGEST_FEN, "壹亿元整"),
    ],
)
def test_an_amount_is_spelt_as_banks_and_courts_want_it(fen: int, spelt: str) -> None:
    assert spell_yuan(fen) == spelt


def read_spelt(words: str) -> int:
    """The fen of an amount in capital numerals: what somebody reads out of it."""
    digits = {sign: place for place, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
    scales = {"拾": 10, "佰": 100, "仟": 1000}
    total = group = digit = 0
    for sign in words:
        if sign in digits:
            digit = digits[sign]
        elif sign in scales:
            group, digit = group + digit * scales[sign], 0
        elif sign in {"万", "亿"}:
            unit = 10_000 if sign == "万" else 100_000_000
            total, group, digit = (total + group + digit) * unit, 0, 0
        elif sign == "元":
            total, group, digit = (total + group + digit) * 100, 0, 0
        elif sign in {"角", "分"}:
            total, digit = total + digit * (10 if sign == "角" else 1), 0
    return total


@given(st.integers(0, LARGEST_FEN) | st.integers(0, 10**6).map(lambda yuan: yuan * 100))
def test_a_spelt_amount_reads_back_and_leaves_no_room_for_more(fen: int) -> None:
    spelt = spell_yuan(fen)
    assert read_spelt(spelt) == fen
    assert spelt.endswith("分" if fen % 10 else "整")
    assert "零零" not in spelt
    assert not any(f"零{unit}" in spelt for unit in ("拾", "佰", "仟", "万", "亿", "角", "分"))
    assert "零元" not in spelt or fen == 0
    assert not spelt.startswith("零") or fen == 0


@pytest.mark.parametrize("fen", [-1, LARGEST_FEN + 1])
def test_an_amount_that_no_paper_bears_is_not_spelt(fen: int) -> None:
    with pytest.raises(ValueError, match="cannot spell"):
        spell_yuan(fen)
