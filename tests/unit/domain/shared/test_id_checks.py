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
    check_id_paper,
    check_mobile,
    check_person_name,
    check_phone,
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
        ("990105194912310021", "永久居留"),
        ("USA110074030100", "永久居留"),
        ("h01234567", "港澳居民来往内地通行证"),
        ("M0123456701", "港澳居民来往内地通行证"),
        ("01234567", "台湾居民来往大陆通行证"),
        ("0123456789(B)", "台湾居民来往大陆通行证"),
        ("E12345678", "护照"),
        ("EA1234567", "护照"),
        ("K1234567", "护照"),
        ("军字第1234567号", "军官证"),
        ("19900000002", "手机号"),
        ("6222000000000000008", "银行卡号"),
        ("11O1O519491231OO2X", "打成了 O"),
        ("19491231", "您填了 8 位"),
        ("没有", "只有数字"),
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


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("138 0000 0000", "13800000000"),
        ("+86 138-0000-0000", "13800000000"),
        ("0571-8888 0000", "0571-88880000"),
        ("（０５７１）８８８８００００", "0571-88880000"),
        ("010 6666 0000", "010-66660000"),
        ("+86 571 8888 0000", "0571-88880000"),
        ("8888-0000", "88880000"),
        ("0571-88880000转8", "0571-88880000转8"),
        ("0571-88880000-123", "0571-88880000转123"),
        ("+852 9123 4567", "+85291234567"),
        ("00886 912 345 678", "+886912345678"),
    ],
)
def test_a_phone_is_a_mobile_a_landline_or_a_number_abroad(typed: str, kept: str) -> None:
    assert check_phone(typed) == kept
    assert check_phone(kept) == kept


@pytest.mark.parametrize("typed", ["", "没有", "12345", "1380000000", "0571-8888", "1" * 12])
def test_what_is_no_phone_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(NotAccepted, match="0571-88880000"):
        check_phone(typed)


@pytest.mark.parametrize("typed", ["0571-88880000", "88880000", "057188880000转8"])
def test_a_landline_in_place_of_a_mobile_is_told(typed: str) -> None:
    with pytest.raises(NotAccepted, match="像是座机"):
        check_mobile(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("h 01234567", "H01234567"), ("军字第1234567号", "军字第1234567号"), ("E12345678",) * 2],
)
def test_the_number_of_another_paper_is_kept_as_it_stands_there(typed: str, kept: str) -> None:
    assert check_id_paper(typed) == kept


@pytest.mark.parametrize("typed", ["", "护照", "H123", "E1234567<8", "A1" * 13])
def test_what_is_no_number_of_a_paper_is_refused(typed: str) -> None:
    with pytest.raises(NotAccepted, match="5 到 24"):
        check_id_paper(typed)
