"""Receipt numbers and secret codes."""

import secrets
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.cases.receipt_numbers import (
    RECEIPT_ALPHABET,
    code_from_bytes,
    find_pair,
    group_code,
    new_receipt,
    parse_code,
    parse_receipt,
    tell_mix_up,
)
from tests.support.searching import examples

SYMBOLS = string.digits + string.ascii_uppercase


def _draw_receipt(prefix: str, year: int, draws: list[int]) -> str:
    source = iter(draws)
    return new_receipt(prefix, year, lambda limit: next(source) % limit)


RECEIPTS = st.builds(
    _draw_receipt,
    st.sampled_from(["JZ", "FL"]),
    st.integers(2020, 2099),
    st.lists(st.integers(0, 10**6), min_size=7, max_size=7),
)
CODES = st.builds(code_from_bytes, st.binary(min_size=32, max_size=32))


def test_a_receipt_number_shows_kind_and_year() -> None:
    receipt = new_receipt("JZ", 2026, secrets.randbelow)
    assert receipt.startswith("JZ26-")
    assert len(receipt) == 14
    assert set(receipt[5:]) <= set(RECEIPT_ALPHABET + "-")


def test_no_two_symbols_of_the_alphabet_look_alike() -> None:
    for look_alikes in ("0OD", "1IL", "2Z", "5S", "6G", "7T", "8B", "UVY"):
        assert len(set(look_alikes) & set(RECEIPT_ALPHABET)) <= 1


@examples(10)
@given(RECEIPTS)
def test_a_receipt_number_is_read_back_however_it_is_typed(receipt: str) -> None:
    full_width = "".join(chr(ord(symbol) + 0xFEE0) for symbol in receipt)
    for typed in (receipt, receipt.lower(), receipt.replace("-", ""), f" {full_width}　"):
        assert parse_receipt(typed) == receipt
    assert parse_receipt(receipt.replace("-", " — ")) == receipt


@examples(5)
@given(RECEIPTS, st.integers(0, 11))
def test_every_single_wrong_symbol_of_a_receipt_number_is_found(receipt: str, place: int) -> None:
    right = receipt.replace("-", "")
    for symbol in set(SYMBOLS) - {right[place]}:
        # Forgiven misreadings (B for 8) lead back to the same receipt, never to another.
        assert parse_receipt(right[:place] + symbol + right[place + 1 :]) in {None, receipt}
    for symbol in set(RECEIPT_ALPHABET) - {right[place]}:
        assert parse_receipt(right[:place] + symbol + right[place + 1 :]) is None


@examples(5)
@given(RECEIPTS)
def test_every_swap_of_neighbours_in_a_receipt_number_is_found(receipt: str) -> None:
    right = receipt.replace("-", "")
    for place in range(11):
        if right[place] != right[place + 1]:
            swapped = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
            assert parse_receipt(swapped) is None


def test_common_misreadings_of_a_receipt_number_are_forgiven() -> None:
    receipt = new_receipt("JZ", 2026, lambda _: 0)
    assert receipt.count("2") >= 6
    assert parse_receipt("JZ26" + receipt[4:].replace("2", "z")) == receipt


@pytest.mark.parametrize("typed", ["", "JZ26", "JZ26-7K3M-9QF", "\ud800", "登记编号", "1" * 12])
def test_what_is_no_receipt_number_is_refused(typed: str) -> None:
    assert parse_receipt(typed) is None


@pytest.mark.parametrize("prefix", ["", "J", "jz", "J2", "JZX"])
def test_a_kind_prefix_has_two_capital_letters(prefix: str) -> None:
    with pytest.raises(ValueError, match="prefix"):
        new_receipt(prefix, 2026, secrets.randbelow)


@pytest.mark.parametrize("year", range(2000, 2100, 7))
def test_a_receipt_number_can_always_be_drawn(year: int) -> None:
    for draw in (lambda _: 0, lambda limit: limit - 1, lambda limit: limit // 2):
        assert parse_receipt(new_receipt("JZ", year, draw)) is not None


@given(CODES)
def test_a_secret_code_is_read_back_however_it_is_typed(code: str) -> None:
    assert len(code) == 16
    assert group_code(code).split(" ") == [code[0:4], code[4:8], code[8:12], code[12:16]]
    full_width = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    for typed in (code, group_code(code), group_code(code).replace(" ", "-"), full_width):
        assert parse_code(typed) == code


@examples(5)
@given(CODES)
def test_every_single_wrong_digit_of_a_secret_code_is_found(code: str) -> None:
    for place in range(16):
        for digit in set(string.digits) - {code[place]}:
            assert parse_code(code[:place] + digit + code[place + 1 :]) is None


@examples(5)
@given(CODES)
def test_every_swap_of_neighbours_in_a_secret_code_is_found(code: str) -> None:
    for place in range(15):
        if code[place] != code[place + 1]:
            swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
            assert parse_code(swapped) is None


def test_different_bytes_give_different_codes() -> None:
    codes = {code_from_bytes(bytes([seed]) * 16) for seed in range(200)}
    assert len(codes) == 200


def test_too_few_bytes_give_no_code() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        code_from_bytes(bytes(15))


@pytest.mark.parametrize("typed", ["", "1234", "1" * 17, "abcd efgh ijkl mnop", "١" * 16])
def test_what_is_no_secret_code_is_refused(typed: str) -> None:
    assert parse_code(typed) is None


@given(RECEIPTS, CODES)
def test_number_and_code_are_found_wherever_they_were_pasted(receipt: str, code: str) -> None:
    printed = group_code(code)
    for typed in (
        (f"登记编号：{receipt}", f"查询码 {printed}"),
        (f"登记编号{receipt}\n查询码{printed}", ""),
        (f"受理编号：{receipt}\n查询码：{printed}", ""),  # as papers up to 0.2.0 have it
        ("", f"{receipt} {code}"),
        (printed, receipt.lower()),
    ):
        assert find_pair(*typed) == (receipt, code)
    assert find_pair(receipt, "") is None
    assert find_pair(code, code) is None


NUMBER, OTHER_NUMBER = (new_receipt(kind, 2026, lambda limit: 0) for kind in ("JZ", "FL"))
CODE = code_from_bytes(bytes(range(16)))


@pytest.mark.parametrize(
    ("number_box", "code_box", "says"),
    [
        (f"受理编号：{NUMBER} {OTHER_NUMBER}", CODE, f"2 个登记编号：{NUMBER}、{OTHER_NUMBER}"),
        (NUMBER, f"{CODE} {code_from_bytes(bytes(16))}", "2 个查询码"),
        (f"查询码 {group_code(CODE)}", "", "还差登记编号"),
        (CODE, CODE, "还差登记编号"),
        (NUMBER, f"编号 {NUMBER}", "第二格填的是登记编号"),
        (f"受理编号：{NUMBER}", CODE[:15], "您填了 15 位"),
        (NUMBER, f"{CODE}1", "您填了 17 位"),
        (NUMBER, CODE, ""),
        (f"编号 {NUMBER}", CODE[:15] + str((int(CODE[15]) + 1) % 10), ""),
        ("JZ26-7K3M-9QF3", "1", ""),
        ("JZ26-7K3", CODE, ""),
        ("", "", ""),
    ],
)
def test_what_stands_in_the_wrong_box_or_twice_is_told_exactly(
    number_box: str, code_box: str, says: str
) -> None:
    words = tell_mix_up(number_box, code_box)
    assert words == "" if not says else says in words
