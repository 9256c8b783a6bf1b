"""The forms from the first page to the receipt, by plain POST, on both databases."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from portal.domain.cases.receipt_numbers import parse_code, parse_receipt
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.forms import submission
from portal.store import cases
from tests.support.browser import is_refused, typed_in, words_of
from tests.support.centre import Centre, declarations
from tests.support.databases import each_database
from tests.support.following import look_up
from tests.support.samples import CONSULTATION, HARDSHIP, LAST_TICKS, MEMBER
from tests.support.walking import numbers_on, typed_for_member, walk, went_on, write_member


@each_database
def test_a_worker_applies_for_his_family_and_gets_a_receipt(centre: Centre) -> None:
    browser = centre.browser()
    visited = walk(browser, JOURNEYS[CaseKind.HARDSHIP], HARDSHIP)
    every_page = [page.path for page in JOURNEYS[CaseKind.HARDSHIP].pages]
    not_his = {"jobless", "id-paper", "id-paper-number", "reach", "landline", "other-phone"}
    assert visited == [*(path for path in every_page if path not in not_his), "check"]
    check = browser.get("/apply/check")
    for shown in ("示范老陈", "示范小囡，儿子或女儿，9 岁", "20,000 元", "松坪镇", "已打勾"):
        assert shown in words_of(check)
    assert went_on(browser.post("/apply/check", LAST_TICKS)) == "/apply/receipt"
    number, code = numbers_on(browser.get("/apply/receipt"))
    assert parse_receipt(number) == number
    assert parse_code(code)
    stored = cases.find_case(centre.office.store, number)
    assert stored
    assert stored.open_answers() == {**HARDSHIP, **declarations(CaseKind.HARDSHIP)}
    assert stored.case.tally["town"] == "qs03"
    assert centre.contents()["drafts"] == {}


@each_database
def test_a_rights_card_leads_to_a_consultation_with_its_topic_filled_in(centre: Centre) -> None:
    browser = centre.browser()
    start = browser.get("/consult?card=unpaid-wages&topic=unpaid_wages")
    carried = {name: typed_in(start, name)[0] for name in ("card", "topic")}
    assert carried == {"card": "unpaid-wages", "topic": "unpaid_wages"}
    browser.post("/consult", carried)
    assert typed_in(browser.get("/consult/topic"), "topic") == ["unpaid_wages"]
    visited = walk(browser, JOURNEYS[CaseKind.CONSULTATION], CONSULTATION, carried)
    assert visited[:2] == ["topic", "employer"]
    assert went_on(browser.post("/consult/check")) == "/consult/receipt"
    number, _ = numbers_on(browser.get("/consult/receipt"))
    stored = cases.find_case(centre.office.store, number)
    assert stored
    assert stored.case.card == "unpaid-wages"
    assert stored.open_answers() == CONSULTATION


def test_what_stands_in_an_address_is_taken_only_if_it_makes_sense(centre: Centre) -> None:
    browser = centre.browser()
    for card in ("<script>", "a b", "no-such-card", "../about", "x" * 60):
        start = browser.get(f"/consult?card={card}&topic=no_such")
        assert typed_in(start, "card") == typed_in(start, "topic") == []
        browser.post("/consult", {"card": card, "topic": "no_such"})
        draft = submission.read_draft(centre.office, centre.chance.tokens[-1])
        assert draft
        assert (draft.answers, draft.card) == ({}, None)


def test_the_receipt_shows_the_same_code_when_it_is_loaded_again(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.CONSULTATION)
    went_on(browser.post("/consult/check"))
    first, second = (numbers_on(browser.get("/consult/receipt")) for _ in range(2))
    assert first == second
    assert went_on(browser.post("/consult/check")) == "/consult/receipt"  # a second tap
    assert numbers_on(browser.get("/consult/receipt")) == first


@each_database
def test_handing_in_twice_makes_one_case(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    browser.get("/apply/check")
    second = browser.twin()
    for tab in (browser, second):
        sent = tab.post("/apply/check", LAST_TICKS)
        assert went_on(sent) == "/apply/receipt"
    assert numbers_on(browser.get("/apply/receipt")) == numbers_on(second.get("/apply/receipt"))
    assert len(centre.contents()["cases"]) == 1
    assert len(centre.contents()["events"]) == 1


@each_database
def test_four_taps_at_the_same_moment_make_one_case(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = submission._file

    def file_slowly(*given: Any) -> submission.Receipt:
        time.sleep(0.2)  # the others reach the store while the first is still writing
        return at_once(*given)

    browser, _ = centre.draft(CaseKind.CONSULTATION)
    browser.get("/consult/check")
    monkeypatch.setattr(submission, "_file", file_slowly)
    tabs = [browser.twin() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(lambda tab: tab.post("/consult/check"), tabs))
    assert [went_on(one) for one in sent] == ["/consult/receipt"] * 4
    assert len({numbers_on(tab.get("/consult/receipt")) for tab in tabs}) == 1
    assert len(centre.contents()["cases"]) == 1


def test_an_answer_can_be_changed_and_what_no_longer_applies_goes(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.HARDSHIP)
    page = browser.get("/apply/bank")
    assert typed_in(page, "pay_to") == ["card"]
    assert 'href="/apply/story"' in page.text
    assert went_on(browser.post("/apply/bank", {"pay_to": "later"})) == "/apply/check"
    assert "6222000000000000008" not in words_of(browser.get("/apply/check"))
    assert went_on(browser.get("/apply/card")) == "/apply/check"
    went_on(browser.post("/apply/check", LAST_TICKS))
    receipt = submission.find_receipt(centre.office, token)
    assert receipt
    stored = cases.find_case(centre.office.store, receipt.number)
    assert stored
    assert stored.answer("pay_to") == "later"
    assert stored.answer("bank_card") is None


def test_no_page_can_be_jumped_over(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP, {"filled_by": "self"})
    for path in ("home", "card", "check"):
        assert went_on(browser.get(f"/apply/{path}")) == "/apply/who"
    assert browser.get("/apply/no-such-page").status_code == 404
    for path in ("check", "receipt", "home"):
        assert "这里没有能打开的表" in words_of(centre.browser().get(f"/apply/{path}"))


def test_a_form_can_be_put_aside_and_taken_up_again(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.CONSULTATION, {})
    typed = {"topic": "women", "consent_legal": "yes"}
    assert went_on(browser.post("/consult/topic", {**typed, "button": "later"})) == "/consult/kept"
    assert "这台手机上有一份没填完的" in words_of(browser.get("/consult"))
    assert went_on(browser.get("/consult/check")) == "/consult/employer"
    assert "已经存好了" in words_of(browser.get("/consult/kept"))
    left = browser.post("/leave")
    assert left.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "这里没有能打开的表" in words_of(browser.get("/consult/check"))


def test_a_page_can_be_put_aside_half_filled_in(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.CONSULTATION, {})
    typed = {"topic": "women", "button": "later"}
    assert went_on(browser.post("/consult/topic", typed)) == "/consult/kept"
    draft = submission.read_draft(centre.office, token)
    assert draft
    assert draft.answers == {"topic": "women"}
    assert went_on(browser.get("/consult/check")) == "/consult/topic"
    foreign = browser.post("/consult/topic", {"extra": "1", "button": "later"})
    assert foreign.status_code == 422


@each_database
def test_a_late_page_begins_no_draft(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.CONSULTATION)
    late = browser.twin()
    went_on(browser.post("/consult/check"))
    for page in ("topic", "account"):
        typed = {"topic": "women", "consent_legal": "yes"} if page == "topic" else {"account": "x"}
        assert went_on(late.post(f"/consult/{page}", typed)) == "/consult/receipt"
    assert centre.contents()["drafts"] == {}


def test_a_form_whose_cookie_was_lost_begins_again_without_an_error(centre: Centre) -> None:
    browser = centre.browser()
    browser.get("/consult")
    typed = {"topic": "women", "consent_legal": "yes"}
    assert went_on(browser.post("/consult/topic", typed)) == "/consult/employer"


@each_database
def test_members_are_written_changed_and_struck_off(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.HARDSHIP)
    older = {**MEMBER, "member_age": 20}
    assert write_member(browser, "/apply/household/1", older) == "/apply/household"
    assert went_on(browser.get("/apply/guardian")) == "/apply/check"
    went_on(browser.post("/apply/household/2", typed_for_member(MEMBER)))
    half = browser.post_and_see("/apply/household", {})
    assert is_refused(half)
    assert "第 2 位家人还没写完" in words_of(half)
    assert went_on(browser.get("/apply/check")) == "/apply/household"
    assert write_member(browser, "/apply/household/2", MEMBER) == "/apply/household"
    assert went_on(browser.get("/apply/household/7/more")) == "/apply/household"
    draft = submission.read_draft(centre.office, token)
    assert draft
    assert draft.answers["members"] == [older, MEMBER]
    assert browser.post("/apply/household/3/remove", {"count": "2"}).status_code == 404
    assert browser.get("/apply/household/4").status_code == 404
    for _ in range(2):  # the second tap finds one member fewer than it was shown
        browser.post("/apply/household/1/remove", {"count": "2"})
    draft = submission.read_draft(centre.office, token)
    assert draft
    assert draft.answers["members"] == [MEMBER]


def test_the_household_has_room_for_twelve(centre: Centre) -> None:
    full = {**HARDSHIP, "members": [MEMBER] * 12}
    browser, _ = centre.draft(CaseKind.HARDSHIP, full)
    shown = browser.get("/apply/household")
    assert "已经写了 12 位家人" in words_of(shown)
    assert "再写一位家人" not in words_of(shown)
    assert browser.get("/apply/household/13").status_code == 404


def test_the_guardian_page_comes_only_with_a_child_under_14(centre: Centre) -> None:
    browser = centre.browser()
    grown = {**HARDSHIP, "members": [{**MEMBER, "member_age": 14}], "filled_by": "self"}
    visited = walk(browser, JOURNEYS[CaseKind.HARDSHIP], grown)
    assert "guardian" not in visited
    assert "helper" not in visited


def test_putting_aside_keeps_what_is_right_and_never_drops_what_is_not(
    centre: Centre,
) -> None:
    browser = centre.browser()
    browser.get("/apply")
    went_on(browser.post("/apply"))
    typed = {"filled_by": "self", "button": "later"}
    assert went_on(browser.post("/apply/who", typed)) == "/apply/kept"
    assert typed_in(browser.get("/apply/who"), "filled_by") == ["self"]
    browser, _ = centre.draft(CaseKind.CONSULTATION)
    browser.get("/consult/account")
    too_long = {"account": "长" * 2500, "button": "later"}
    assert went_on(browser.post("/consult/account", too_long)) == "/consult/kept"
    shown = browser.get("/consult/account")
    assert is_refused(shown)
    assert typed_in(shown, "account") == ["长" * 2500]


def test_what_is_asked_for_stands_there_after_a_code_was_reissued(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    centre.take("intake", filed, "request_supplement", "请写明住院的日期。")
    code = centre.new_code(filed)
    browser = centre.browser()
    went_on(look_up(browser, filed.number, code))
    for page in ("/status/case", "/status/case/give_supplement"):
        assert "请写明住院的日期。" in words_of(browser.get(page))
    assert "补办了查询码" in words_of(browser.get("/status/case"))
