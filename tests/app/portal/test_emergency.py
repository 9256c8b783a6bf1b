"""临时救助: five pages, the cost of what happened, a promise of a day, photos afterwards."""

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.forms.fields import Kind
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.cases import case_file
from tests.support.browser import words_of
from tests.support.centre import Centre
from tests.support.databases import each_database
from tests.support.photographs import photo, send
from tests.support.samples import ANSWERS, LAST_TICKS
from tests.support.walking import walk, went_on

EMERGENCY = JOURNEYS[CaseKind.TEMPORARY]
FORMER = {
    "filled_by": "self", "consent_notice": True, "consent_health": True, "consent_money": True,
    "name": "示范老秦", "id_number": "419999197001010014", "mobile": "19900000002",
    "town": "songping", "address": "示范村 1 号", "union_member": "yes", "migrant_worker": "no",
    "event": "illness", "event_on": "2026-11-01", "loss": 100_000,
}  # fmt: skip
"""What somebody had filled in before the form became five pages."""
COSTS = {
    "illness": {"treatment_cost"},
    "accident": {"treatment_cost", "loss"},
    "fire": {"loss"},
    "death": {"funeral_cost"},
    "job": {"income_lost"},
    "other": {"loss"},
}


def open_emergency(centre: Centre, **answers: object) -> case_file.CaseFile:
    """The file of a case of these answers, as intake sees it."""
    filed = centre.case(CaseKind.TEMPORARY, **answers)
    return case_file.open_file(centre.office, centre.actor("intake"), filed.number)


def test_it_takes_five_pages_with_four_questions_at_most_and_one_consent() -> None:
    for event in COSTS:
        pages = EMERGENCY.open_pages({"event": event})
        assert len(pages) + 1 == 5  # the last one shows all answers, with the consent
        for page in pages:
            # A box for whoever has no mobile or no card is no question to the others.
            asked = [one for one in page.fields({"event": event}) if one.kind is not Kind.TICK]
            assert len(asked) <= 4
    assert EMERGENCY.declarations == ("consent_emergency",)


@pytest.mark.parametrize("event", COSTS)
def test_each_branch_asks_for_its_own_cost_and_for_what_is_needed_now(event: str) -> None:
    answers: Mapping[str, object] = {"event": event}
    asked = {field.name for field in EMERGENCY.page_of("needed_now").fields(answers)}
    assert asked == COSTS[event] | {"needed_now"}


def test_the_page_and_the_receipt_promise_a_day(centre: Centre) -> None:
    shown = words_of(centre.browser().get("/urgent-aid"))
    assert "1 个工作日内有人看，留了电话的，先给您打电话" in shown
    assert "开始填" in shown.partition("先准备好")[0]  # on the first screen of a phone
    browser = centre.browser()
    walk(browser, EMERGENCY, ANSWERS[CaseKind.TEMPORARY])
    went_on(browser.post("/urgent-aid/check", {"consent_emergency": "yes"}))
    shown = words_of(browser.get("/urgent-aid/receipt"))
    assert "以前（1 个工作日内）看情况，给您打电话。情况紧急的，先救急、后补手续。" in shown


def test_its_time_limits_stand_in_the_file_and_in_the_guide(centre: Centre) -> None:
    states = WORKFLOWS[CaseKind.TEMPORARY].states
    limits = [states[code].limit for code in ("submitted", "accepted", "awaiting_decision")]
    assert limits == ["emergency_check", "emergency_checking", "emergency_approval"]
    assert [centre.office.rules.deadline(str(one)).limit for one in limits] == [1, 3, 1]
    guide = Path("content/guides/temporary-aid.md").read_text("utf-8").split("---")[1]
    assert yaml.safe_load(guide)["时限"] == limits


@each_database
def test_it_is_not_handed_in_without_the_consent(centre: Centre) -> None:
    browser = centre.browser()
    walk(browser, EMERGENCY, ANSWERS[CaseKind.TEMPORARY])
    assert went_on(browser.post("/urgent-aid/check")) == "/urgent-aid/check"
    assert "要打勾同意" in words_of(browser.get("/urgent-aid/check"))
    assert centre.contents()["cases"] == {}


def test_photos_are_sent_from_the_receipt_on_without_typing_a_number(centre: Centre) -> None:
    browser = centre.browser()
    walk(browser, EMERGENCY, ANSWERS[CaseKind.TEMPORARY])
    went_on(browser.post("/urgent-aid/check", {"consent_emergency": "yes"}))
    assert "有照片，现在传" in words_of(browser.get("/urgent-aid/receipt"))
    assert went_on(browser.post("/urgent-aid/receipt/photos")) == "/status/papers"
    address = "/status/papers/accident"
    assert went_on(send(browser, address, photo())) == address
    assert "接着传照片" in words_of(browser.get("/urgent-aid/receipt"))
    stranger = centre.browser()
    stranger.get("/urgent-aid")
    assert went_on(stranger.post("/urgent-aid/receipt/photos")) == "/urgent-aid/receipt"


def test_staff_assess_with_the_cost_that_was_asked(centre: Centre) -> None:
    opened = open_emergency(
        centre, event="illness", treatment_cost=5_000_000, income_month=450_000, people_at_home=1
    )
    assert opened.assessment
    words = "".join(opened.assessment.formula)
    assert "必要支出 50,000 元" in words
    assert opened.assessment.category == "deep"


def test_staff_see_that_state_aid_counts_even_where_no_sum_was_told(centre: Centre) -> None:
    opened = open_emergency(centre, income_month=None, state_aid="receiving")
    assert opened.assessment
    assert opened.assessment.category == "deep"
    assert "正在领低保" in opened.assessment.formula[-1]


def test_an_emergency_is_what_staff_see_first(centre: Centre) -> None:
    for kind in (CaseKind.HARDSHIP, CaseKind.TEMPORARY):
        filed = centre.case(kind)
    shown = words_of(centre.staff("intake").get("/staff/"))
    assert "临时救助申请 · 已提交" in shown
    assert filed.number in shown


def test_staff_do_not_read_that_an_emergency_is_not_entitled(centre: Centre) -> None:
    opened = open_emergency(centre, event="illness", treatment_cost=100_00, income_month=9_000_000)
    page = words_of(centre.staff("intake").get(f"/staff/cases/{opened.case.receipt}"))
    assert "本人说：看病、抢救要花 100 元" in page
    assert "暂不符合" not in page
    assert "临时救助不限于建档的线" in page


def test_a_form_begun_before_it_was_shortened_goes_on_as_it_was(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.TEMPORARY, FORMER)
    assert went_on(browser.get("/urgent-aid/check")) == "/urgent-aid/household"
    assert "家里还有哪些人" in words_of(browser.get("/urgent-aid/household"))
    assert went_on(browser.post("/urgent-aid/household")) == "/urgent-aid/income"


def test_a_form_that_was_whole_before_is_handed_in_with_all_that_was_told(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.TEMPORARY, {**ANSWERS[CaseKind.SCHOOLING], **FORMER})
    browser.get("/urgent-aid/check")
    went_on(browser.post("/urgent-aid/check", LAST_TICKS))
    (row,) = centre.contents()["cases"].values()
    opened = case_file.open_file(centre.office, centre.actor("intake"), row["number"])
    assert opened.case.form_version == 2
    titles = {section.title for section in opened.sections}
    assert {"家人", "领钱的卡"} <= titles
    assert "以前的问题" not in titles
