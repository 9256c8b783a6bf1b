"""Amounts as people type and read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.money import (
    LARGEST_FEN,
    ReadAmount,
    format_yuan,
    parse_yuan,
    read_amount,
    spell_yuan,
)


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
        ("一万八", 1800000),
        ("1万8", 1800000),
        ("1w8", 1800000),
        ("一万零八", 1000800),
        ("一万零八十", 1008000),
        ("一万八千", 1800000),
        ("1万2000", 1200000),
        ("两万五", 2500000),
        ("6千", 600000),
        ("三千五", 350000),
        ("两百五", 25000),
        ("十五", 1500),
        ("壹万元整", 1000000),
        ("壹万贰仟叁佰肆拾伍元陆角柒分", 1234567),
        ("１．８万", 1800000),
        ("一点八万", 1800000),
        ("3块5", 350),
        ("〇", 0),
    ],
)
def test_an_amount_is_read_however_it_is_typed(typed: str, fen: int) -> None:
    assert parse_yuan(typed) == fen


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "没有就填 0"),
        ("-5", "不能小于 0"),
        ("1e5", "只填一个数"),
        ("1200左右", "准确的数"),
        ("3千多", "准确的数"),
        ("1.2.3", "只填一个数"),
        ("五六千", "两种读法"),
        ("1万80", "两种读法"),
        ("1万500", "两种读法"),
        ("一八零零零", "两种读法"),
        ("5000-6000", "只写一个数"),
        ("五千到六千", "只写一个数"),
        ("几千", "只写一个数"),
        ("两万半", "只填一个数"),
        ("万", "只填一个数"),
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


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("大概6000", 600000),
        ("3千多", 300000),
        ("一万多块", 1000000),
        ("六千块钱左右", 600000),
        ("不到3000", 300000),
        ("约3,000元", 300000),
    ],
)
def test_what_is_said_to_be_round_is_read_as_round(typed: str, fen: int) -> None:
    assert read_amount(typed) == ReadAmount(fen, about=True)


@given(st.integers(0, 99_999_999))
def test_a_sum_in_capital_numerals_is_read_as_the_sum(yuan: int) -> None:
    assert parse_yuan(spell_yuan(yuan * 100)) == yuan * 100


@given(st.integers(1, 9), st.integers(1, 9))
def test_a_digit_behind_ten_thousand_counts_thousands_unless_a_zero_stands_between(
    many: int, behind: int
) -> None:
    signs = "零一二三四五六七八九"
    for spelled in (f"{signs[many]}万{signs[behind]}", f"{many}万{behind}"):
        assert parse_yuan(spelled) == (many * 10_000 + behind * 1_000) * 100
    assert parse_yuan(f"{signs[many]}万零{signs[behind]}") == (many * 10_000 + behind) * 100


@given(st.text("零〇一二三十百千万亿两0123456789.,元块多大概约", max_size=8))
def test_any_text_is_a_sum_within_the_span_or_refused(typed: str) -> None:
    try:
        amount = read_amount(typed)
    except NotAccepted:
        return
    assert 0 <= amount.fen <= LARGEST_FEN
