"""What looks like a slip, and the question that it is about."""

from portal.domain.forms.drafts import Draft
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.forms.plausibility import find_doubts, tell_readings
from portal.domain.forms.progress import JourneyProgress
from portal.domain.shared.case_kinds import CaseKind
from tests.support.typed import CONTEXT


def test_each_doubt_leads_to_the_page_of_its_question() -> None:
    given = {"bank_card": "6222000000000000005", "income_month": 60_000_00,
             "medical_cost_year": 1_00, "schooling_cost_year": 900_000_00}  # fmt: skip
    paths = [JOURNEYS[CaseKind.HARDSHIP].page_of(one.field).path for one in find_doubts(given)]
    assert paths == ["card", "income", "schooling"]
    assert find_doubts({"bank_card": "6222000000000000004", "income_month": 1_00}) == []


def test_what_was_read_from_words_is_shown_with_the_words_for_a_yes() -> None:
    draft = Draft({"topic": "dismissal", "dismissed_on": "2025"}).with_own_words(
        {"dismissed_on": "去年"}
    )
    (told,) = tell_readings(JourneyProgress(JOURNEYS[CaseKind.CONSULTATION], draft), CONTEXT)
    assert told.field == "dismissed_on"
    assert "您写的是“去年”，我们记成 2025年（没有写哪月哪天）" in told.words
    again = draft.with_own_words({"dismissed_on": ""})
    assert tell_readings(JourneyProgress(JOURNEYS[CaseKind.CONSULTATION], again), CONTEXT) == []
