"""Amounts as people type and read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.money import LARGEST_FEN, format_yuan, parse_yuan


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
