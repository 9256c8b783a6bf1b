"""What looks like a slip, and the question that it is about."""

from portal.domain.forms.journeys import JOURNEYS
from portal.domain.forms.plausibility import find_doubts
from portal.domain.shared.case_kinds import CaseKind


def test_each_doubt_leads_to_the_page_of_its_question() -> None:
    given = {"bank_card": "6222000000000000005", "income_month": 60_000_00,
             "medical_cost_year": 1_00, "schooling_cost_year": 900_000_00}  # fmt: skip
    paths = [JOURNEYS[CaseKind.HARDSHIP].page_of(one.field).path for one in find_doubts(given)]
    assert paths == ["card", "income", "schooling"]
    assert find_doubts({"bank_card": "6222000000000000004", "income_month": 1_00}) == []
