"""What leaves a trace, and how differently the same thing may be written."""

import pytest

from portal.domain.forms.fields import FIELDS, Kind
from portal.domain.search.traces import (
    Trace,
    What,
    Whose,
    fold_employer,
    fold_name,
    fold_phone,
    list_traces,
)

NUMBER = "JZ26-7K3M-9QF2"
ID_NUMBER = "419999197001010014"


def traces(**answers: object) -> set[tuple[What, Whose, str]]:
    """What a case with these answers is found by, but for its number."""
    return {
        (one.what, one.whose, one.value)
        for one in list_traces(NUMBER, answers)
        if one.what is not What.RECEIPT_END
    }


@pytest.mark.parametrize(
    "written",
    [
        "顺达物流",
        "顺达物流有限公司",
        "顺达 物流 （集团） 有限责任公司",
        "顺达物流(集团)股份有限公司",
        "順達物流有限公司",
        "云岭县顺达物流有限公司",
        "河东省云岭市顺达物流公司",
        "“顺达”物流",
    ],
)
def test_an_employer_is_the_same_however_it_is_written(written: str) -> None:
    assert fold_employer(written) == "顺达物流"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("顺达物流", "顺达快递"),
        ("万家超市云岭店", "云岭店"),
        ("有限公司", "集团公司"),
        ("ＡＢＣ电子厂", "电子厂"),
        ("第一建筑", "第二建筑"),
    ],
)
def test_other_employers_stay_apart(one: str, other: str) -> None:
    assert fold_employer(one) != fold_employer(other)


@pytest.mark.parametrize("bare", ["有限公司", "云岭市", "工地", "集团公司", "公司"])
def test_of_a_name_that_is_only_form_or_place_something_is_left(bare: str) -> None:
    assert fold_employer(bare)


@pytest.mark.parametrize("dot", "··•‧・．• ")
def test_a_name_is_the_same_with_any_dot_between(dot: str) -> None:
    assert fold_name(f"阿卜杜拉{dot}买买提") == "阿卜杜拉买买提"


def test_a_name_is_the_same_in_traditional_signs_and_full_width() -> None:
    assert fold_name("陳 建國") == fold_name("陈建国")
    assert fold_name("Ｌi Na") == fold_name("LI NA")


def test_of_a_landline_neither_area_nor_extension_counts() -> None:
    assert fold_phone("0571-88880000转8") == fold_phone("88880000")
    assert fold_phone("13912345678") == "13912345678"
    assert fold_phone("+85212345678") == "+85212345678"


def test_every_question_of_a_name_number_or_card_leaves_a_trace() -> None:
    traced = {
        Kind.NAME: What.NAME,
        Kind.ID_NUMBER: What.IDENTITY,
        Kind.ID_PAPER: What.IDENTITY,
        Kind.MOBILE: What.PHONE,
        Kind.PHONE: What.PHONE,
        Kind.BANK_CARD: What.CARD,
    }
    for field in FIELDS.values():
        if field.kind in traced:
            (found,) = traces(**{field.name: "13912345678"})
            assert found[0] is traced[field.kind]


def test_a_case_is_found_by_the_end_of_its_number() -> None:
    assert list_traces(NUMBER, {}) == [Trace(What.RECEIPT_END, Whose.APPLICANT, "9QF2")]


def test_people_on_lists_are_told_from_the_applicant() -> None:
    assert traces(
        name="李梅",
        mobile="13912345678",
        coworkers=[{"coworker_name": "王强", "coworker_mobile": "13912345678"}],
        representatives=[{"representative_name": "李梅"}],
    ) == {
        (What.NAME, Whose.APPLICANT, "李梅"),
        (What.PHONE, Whose.APPLICANT, "13912345678"),
        (What.NAME, Whose.COWORKER, "王强"),
    }


def test_who_only_fills_in_or_passes_on_is_no_applicant() -> None:
    assert {whose for _, whose, _ in traces(
        helper_name="李梅", helper_mobile="13912345678", other_phone="13912345679"
    )} == {Whose.CONTACT}  # fmt: skip


def test_two_of_a_household_are_the_same_pair_whoever_of_them_applies() -> None:
    hers = traces(name="李梅", members=[{"member_name": "张建国"}, {"member_name": "张小宝"}])
    his = traces(name="张建国", members=[{"member_name": "李 梅"}])
    assert {value for what, _, value in hers & his if what is What.HOUSEHOLD} == {"张建国 李梅"}


def test_a_name_with_the_day_of_birth_survives_a_slip_in_the_id_number() -> None:
    born = (What.BORN, Whose.APPLICANT, "李梅 1970-01-01")
    assert born in traces(name="李梅", id_number=ID_NUMBER)
    assert born in traces(name="李梅", id_paper_number=ID_NUMBER)
    assert born not in traces(name="李梅", id_number="E12345678")


def test_what_was_not_answered_leaves_nothing() -> None:
    assert traces(name="", mobile=None, members=[], coworkers="王强，139", employer="，") == set()
