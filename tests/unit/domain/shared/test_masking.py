"""Fixed masks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.shared.masking import (
    mask_address,
    mask_bank_card,
    mask_name,
    mask_phone,
    mask_resident_id,
)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("欧阳锋", "欧阳*"),
        ("司马相如", "司马**"),
        ("欧阳", "欧*"),
        ("买买提·艾力", "买*****"),
        ("欧阳·艾力", "欧****"),
        ("Ann Li", "A*****"),
        ("张", "*"),
        ("", ""),
    ],
)
def test_only_the_surname_is_shown(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_numbers_keep_only_what_tells_them_apart() -> None:
    assert mask_resident_id("330101194912311234") == "3301**********1234"
    assert mask_phone("13800001234") == "138****1234"
    assert mask_bank_card("6222020000000001234") == "**** **** **** 1234"


@pytest.mark.parametrize("mask", [mask_resident_id, mask_phone, mask_bank_card])
def test_a_value_of_unexpected_shape_is_hidden_altogether(mask: object) -> None:
    assert callable(mask)
    assert mask("E1234567") == "********"
    assert mask("") == ""


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("青石市青石街道和平路12号3栋", "青石市青石街道"),
        ("浙江省青石市松坪镇小王村5组", "浙江省青石市松坪镇"),
        ("云雾乡下村8号", "云雾乡"),
        ("江西省景德镇市浮梁县三龙镇X村", "江西省景德镇市浮梁县三龙镇"),
        ("河南省新乡市封丘县城关乡", "河南省新乡市封丘县城关乡"),
        ("贵州省黔东南苗族侗族自治州镇远县㵲阳镇西街", "贵州省黔东南苗族侗族自治州镇远县㵲阳镇"),
        ("青石市和平路景镇小区3栋", "青石市"),
        ("北京市朝阳区建国路88号", "北京市"),
        ("和平路12号", "***"),
        ("", "***"),
    ],
)
def test_an_address_ends_after_its_town(address: str, masked: str) -> None:
    assert mask_address(address) == masked


PLACE = st.text("青石东和平新阳光小区街道镇乡市省大", max_size=9)


@given(PLACE, st.sampled_from("路巷弄号村栋幢室组"), PLACE)
def test_no_road_or_house_and_nothing_after_it_is_shown(before: str, road: str, after: str) -> None:
    masked = mask_address(before + road + after)
    assert masked == "***" or before.startswith(masked)


@given(st.text(min_size=2, max_size=30))
def test_the_last_sign_of_a_name_is_never_shown(name: str) -> None:
    masked = mask_name(name)
    assert len(masked) == len(name)
    assert masked[-1] == "*"
