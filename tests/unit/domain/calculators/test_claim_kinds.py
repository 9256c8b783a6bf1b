"""Claims: each row is whole, sums add up, and what excludes each other is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.calculators.claim_kinds import (
    CLAIM_KINDS,
    ClaimKind,
    add_claims,
    claim_all,
    list_ways,
    replace_claims,
    require_together,
    total_of,
)
from portal.domain.calculators.claim_sheet import (
    CLAIM_QUESTIONS,
    basis_of,
    name_answers,
    read_claims,
    sum_up_claims,
)
from portal.domain.shared.errors import NotAccepted

each_kind = pytest.mark.parametrize("row", CLAIM_KINDS.values(), ids=CLAIM_KINDS)
sums = st.dictionaries(st.sampled_from(list(CLAIM_KINDS)), st.integers(1, 10**9))


@each_kind
def test_every_claim_has_its_article_its_papers_and_a_question(row: ClaimKind) -> None:
    assert "第" in row.articles
    assert "arbitration" in row.papers
    assert basis_of(row).certainty.label
    assert not row.only_if or row.only_if.endswith("。")
    assert set(row.instead_of) <= CLAIM_KINDS.keys() - {row.code}
    names = [ask.field.name for ask in CLAIM_QUESTIONS]
    assert names.count(f"claim_{row.code}") == 1


@given(sums, sums)
def test_gathering_adds_up_and_loses_nothing(first: dict[str, int], more: dict[str, int]) -> None:
    one, other = claim_all(first), claim_all(more)
    assert total_of(add_claims(one, other)) == sum(first.values()) + sum(more.values())
    assert replace_claims(one, other) == claim_all(first | more)
    assert read_claims(name_answers(one)) == one


def test_what_comes_to_nothing_is_no_claim() -> None:
    assert list_ways({"overtime": 0, "wages": None}, {"damages": 5}) == (claim_all({"damages": 5}),)


@pytest.mark.parametrize("other", ["severance", "in_lieu"])
def test_damages_stand_in_the_place_of_severance_and_pay_in_lieu(other: str) -> None:
    require_together(claim_all({"damages": 1, "double_pay": 1}))
    with pytest.raises(NotAccepted, match="只能要一样"):
        require_together(claim_all({"damages": 1, other: 1}))


def test_the_sheet_says_each_claim_and_the_total() -> None:
    result = sum_up_claims(claim_overtime=123_456, claim_double_pay=5_500_000, claim_wages=None)
    assert result.title == "一共要 56,234.56 元"
    assert result.sentences == (
        "加班工资：1,234.56 元（劳动法第四十四条、劳动合同法第三十一条）。",
        "没签合同的双倍工资：55,000 元（劳动合同法第八十二条）。",
        "1,234.56 元 + 55,000 元 = 56,234.56 元。",
    )
    with pytest.raises(NotAccepted, match="至少填一项"):
        sum_up_claims(claim_wages=None, claim_overtime=0)
