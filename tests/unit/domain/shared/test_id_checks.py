"""Checks of numbers and names on people's papers."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.id_checks import (
    age_on,
    bank_card_warning,
    birth_date,
    check_bank_card,
    check_mobile,
    check_person_name,
    check_resident_id,
    sex,
)

TODAY = date(2026, 11, 24)
STANDARD_EXAMPLES = ("11010519491231002X", "440524188001010014")


@pytest.mark.parametrize("number", STANDARD_EXAMPLES)
def test_examples_of_the_standard_are_accepted(number: str) -> None:
    assert check_resident_id(number, TODAY) == number


@pytest.mark.parametrize(
    "typed", ["11010519491231002x", " 110105 19491231 002X", "１１０１０５１９４９１２３１００２Ｘ"]
)
def test_an_id_number_is_accepted_however_it_is_typed(typed: str) -> None:
    assert check_resident_id(typed, TODAY) == "11010519491231002X"


@given(st.sampled_from(STANDARD_EXAMPLES), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_every_single_wrong_digit_of_an_id_number_is_found(
    number: str, place: int, symbol: str
) -> None:
    wrong = number[:place] + symbol + number[place + 1 :]
    if wrong == number:
        assert check_resident_id(wrong, TODAY) == number
    else:
        with pytest.raises(NotAccepted):
            check_resident_id(wrong, TODAY)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "请填写"),
        ("110105491231002", "15 位的旧号码"),
        ("1101051949123100", "您填了 16 位"),
        ("1101051949123100AX", "只有数字"),
        ("990105194912310021", "到窗口来办"),
        ("180105194912310021", "开头两位"),
        ("110105194902300021", "日期不存在"),
        ("110105203001010021", "不能晚于今天"),
        ("110105194912310021", "填错了"),
        ("11010519491231٠٠2X", "只有数字"),
    ],
)
def test_a_wrong_id_number_is_refused_with_what_to_do(typed: str, says: str) -> None:
    with pytest.raises(NotAccepted, match=says):
        check_resident_id(typed, TODAY)


def test_birth_date_and_sex_are_read_from_the_id_number() -> None:
    assert birth_date("11010519491231002X") == date(1949, 12, 31)
    assert [sex(number) for number in STANDARD_EXAMPLES] == ["f", "m"]


def test_age_changes_on_the_birthday() -> None:
    born = date(1980, 11, 24)
    assert [age_on(born, TODAY - timedelta(days=1)), age_on(born, TODAY)] == [45, 46]
    assert age_on(date(2000, 2, 29), date(2026, 2, 28)) == 25


@pytest.mark.parametrize(
    "typed", ["13800138000", "+86 138-0013-8000", "８６１３８００１３８０００"]
)
def test_a_mobile_number_is_accepted_however_it_is_typed(typed: str) -> None:
    assert check_mobile(typed) == "13800138000"


@pytest.mark.parametrize(
    "typed", ["", "1380013800", "12800138000", "1380013800a", "13800138000\n1"]
)
def test_a_wrong_mobile_number_is_refused(typed: str) -> None:
    with pytest.raises(NotAccepted):
        check_mobile(typed)


@pytest.mark.parametrize(
    ("card", "warned"),
    [
        ("6222020000000000000", False),
        ("6222020000000000001", True),
        ("6217000000000000004", False),
    ],
)
def test_a_bank_card_that_fails_luhn_is_warned_of_but_not_refused(card: str, warned: bool) -> None:
    assert check_bank_card(f"{card[:4]} {card[4:]}") == card
    assert (bank_card_warning(card) is not None) is warned


@pytest.mark.parametrize("typed", ["", "622202000000000", "6" * 20, "6222O20000000000000"])
def test_a_wrong_bank_card_is_refused(typed: str) -> None:
    with pytest.raises(NotAccepted):
        check_bank_card(typed)


@pytest.mark.parametrize("dot", ["·", "•", "‧", "・", "･", "∙", "⋅", ".", "．", "。", " · "])
def test_every_look_alike_of_the_middle_dot_is_folded(dot: str) -> None:
    assert check_person_name(f"买买提{dot}艾力") == "买买提·艾力"


@pytest.mark.parametrize(
    ("typed", "name"),
    [("张 三", "张三"), ("　李四\u200b ", "李四"), ("Ａｎｎ  Ｌｉ", "Ann Li"), ("王〇", "王〇")],
)
def test_a_name_is_brought_to_one_form(typed: str, name: str) -> None:
    assert check_person_name(typed) == name


@pytest.mark.parametrize("typed", ["", "张", "张3", "张<b>", "张三,李四", "三" * 31])
def test_a_wrong_name_is_refused(typed: str) -> None:
    with pytest.raises(NotAccepted):
        check_person_name(typed)


@given(st.text(st.characters(), max_size=30))
def test_an_accepted_name_is_accepted_again_unchanged(typed: str) -> None:
    with suppress(NotAccepted):
        name = check_person_name(typed)
        assert _accept_again(name) == name


def _accept_again(name: str) -> str | None:
    try:
        return check_person_name(name)
    except NotAccepted:
        return None
