"""A page that is refused: it is shown by GET, stays as it was typed, and is never an answer."""

import json

import pytest

from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.forms import submission
from portal.store import cases
from tests.app.portal.test_resuming import row_of
from tests.support.browser import Browser, is_refused, typed_in, words_of
from tests.support.centre import Centre, full_disk
from tests.support.samples import ANSWERS, HARDSHIP, LAST_TICKS, MEMBER
from tests.support.walking import typed_for, typed_for_member, went_on

INCOME = next(page for page in JOURNEYS[CaseKind.HARDSHIP].pages if page.path == "income")
RIGHT = typed_for(INCOME, HARDSHIP)
WRONG = {**RIGHT, "income_month": "很多"}


def begun(centre: Centre) -> tuple[Browser, str]:
    """A form with every answer, open at the page that is about to be refused."""
    browser, token = centre.draft(CaseKind.HARDSHIP)
    browser.get("/apply/income")
    return browser, token


def answers_of(centre: Centre, token: str) -> dict[str, object]:
    """What is stored of the form."""
    draft = submission.read_draft(centre.office, token)
    assert draft
    return draft.answers


def test_a_refused_page_leads_back_to_itself_and_stays_until_it_is_sent_right(
    centre: Centre,
) -> None:
    browser, token = begun(centre)
    assert went_on(browser.post("/apply/income", WRONG)) == "/apply/income"
    before = centre.contents()
    for tab in (browser, browser, browser.twin()):
        shown = tab.get("/apply/income")
        assert is_refused(shown)
        assert typed_in(shown, "income_month") == ["很多"]
    assert centre.contents() == before
    assert went_on(browser.post("/apply/income", RIGHT)) == "/apply/check"
    assert not is_refused(browser.get("/apply/income"))
    assert answers_of(centre, token) == HARDSHIP


def test_a_form_is_not_handed_in_over_a_refused_page(centre: Centre) -> None:
    browser, token = begun(centre)
    browser.get("/apply/check")
    late = browser.twin()
    browser.post("/apply/income", WRONG)
    assert went_on(late.get("/apply/check")) == "/apply/income"
    assert went_on(late.post("/apply/check", LAST_TICKS)) == "/apply/income"
    assert "很多" not in json.dumps(row_of(centre), ensure_ascii=False)
    browser.post("/apply/income", RIGHT)
    assert is_refused(browser.post_and_see("/apply/check"))
    assert is_refused(browser.get("/apply/check"))
    went_on(browser.post("/apply/check", LAST_TICKS))
    receipt = submission.find_receipt(centre.office, token)
    assert receipt
    stored = cases.find_case(centre.office.store, receipt.number)
    assert stored
    assert stored.open_answers().keys() == HARDSHIP.keys() | LAST_TICKS.keys()


def test_a_page_with_a_wrong_answer_can_be_put_aside(centre: Centre) -> None:
    browser, token = begun(centre)
    other = next(name for name in RIGHT if name != "income_month")
    typed = {**WRONG, other: "4321", "button": "later"}
    assert went_on(browser.post("/apply/income", typed)) == "/apply/kept"
    assert "还有地方要改" in words_of(browser.get("/apply/kept"))
    listed = browser.get("/apply/so-far")
    assert "还有地方要改" in words_of(listed)
    assert 'href="/apply/income">接着填' in listed.text
    shown = browser.get("/apply/income")
    assert is_refused(shown)
    assert (typed_in(shown, "income_month"), typed_in(shown, other)) == (["很多"], ["4321"])
    assert answers_of(centre, token)[other] == 432_100
    went_on(browser.post("/apply/income", RIGHT))
    assert "还有地方要改" not in words_of(browser.get("/apply/kept"))


def test_a_page_that_is_not_asked_any_more_holds_nothing_up(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    assert is_refused(browser.post_and_see("/apply/card", {"bank_card": "12"}))
    assert went_on(browser.post("/apply/bank", {"pay_to": "later"})) == "/apply/check"
    assert went_on(browser.post("/apply/check", LAST_TICKS)) == "/apply/receipt"


def test_a_refused_member_stands_on_the_list_until_he_is_mended_or_struck_off(
    centre: Centre,
) -> None:
    browser, token = begun(centre)
    address, typed = "/apply/household/2", typed_for_member(MEMBER)
    assert is_refused(browser.post_and_see(address, dict.fromkeys(typed, "")))
    assert answers_of(centre, token) == HARDSHIP
    assert is_refused(browser.post_and_see(address, {**typed, "member_age": "很大"}))
    assert "（还没写完）" in words_of(browser.get("/apply/household"))
    assert went_on(browser.get("/apply/check")) == "/apply/household"
    assert is_refused(browser.post_and_see("/apply/household"))
    assert went_on(browser.post(address, typed)) == f"{address}/more"
    assert not is_refused(browser.get(address))
    assert is_refused(browser.post_and_see(f"{address}/more"))
    went_on(browser.post("/apply/household/2/remove", {"count": "2"}))
    assert answers_of(centre, token) == HARDSHIP


@pytest.mark.parametrize("typed", [{"member_age": "很大"}, {"member_age": "", "button": "later"}])
def test_a_member_whose_age_is_not_known_yet_holds_no_other_page_up(
    centre: Centre, typed: dict[str, str]
) -> None:
    browser, token = centre.draft(CaseKind.HARDSHIP, {**HARDSHIP, "members": []})
    address = "/apply/household/1"
    browser.get(address)
    went_on(browser.post(address, {**typed_for_member(MEMBER), **typed}))
    for page in ("/apply/household", "/apply/who", "/apply/so-far"):
        assert browser.get(page).status_code == 200
    went_on(browser.post(address, typed_for_member(MEMBER)))
    went_on(browser.post(f"{address}/more", typed_for_member(MEMBER, "more")))
    assert answers_of(centre, token)["members"] == [MEMBER]


def test_what_cannot_be_kept_is_shown_at_once(centre: Centre) -> None:
    browser, _ = begun(centre)
    lost = centre.browser()
    lost.get("/apply/income")
    before = centre.contents()
    assert lost.post("/apply/who").status_code == 422
    assert lost.post("/apply/check").headers["Location"] == "/apply/who"
    much = browser.post("/apply/income", {**RIGHT, "income_month": "很多" * 5000})
    assert much.status_code == 422
    assert typed_in(much, "income_month") == ["很多" * 5000]
    browser.token = "dead"
    assert browser.post_as_is("/apply/income", WRONG).status_code == 422
    browser.get("/apply/income")
    with full_disk():
        full = browser.post("/apply/income", WRONG)
    assert full.status_code == 503
    assert typed_in(full, "income_month") == ["很多"]
    assert centre.contents() == before


def test_looking_at_a_form_with_head_sends_nothing(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.CONSULTATION)
    before = centre.contents()
    for path in ("check", *(page.path for page in JOURNEYS[CaseKind.CONSULTATION].pages)):
        browser.ask("HEAD", f"/consult/{path}")
    assert submission.find_receipt(centre.office, token) is None
    assert centre.contents() == before
    assert answers_of(centre, token) == ANSWERS[CaseKind.CONSULTATION]
