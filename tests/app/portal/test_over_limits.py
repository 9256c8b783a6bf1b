"""Over every limit that a visitor can meet: what he typed stays, and the phone number is there."""

from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from portal.domain.cases.backlog import BACKLOG
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.rate_limits import Over, RateLimit
from tests.support.attack import SetLimit, with_backlog
from tests.support.browser import typed_in, words_of
from tests.support.centre import Centre
from tests.support.following import WRONG_CODE
from tests.support.own_data import take_out
from tests.support.photographs import photo, send
from tests.support.samples import LAST_TICKS

Try = Callable[[Centre], TestResponse]
STAFF_ONLY = {
    RateLimit.KEY_IN,
    RateLimit.UPLOAD_AT_THE_COUNTER,
    RateLimit.SEARCH_FOR_A_PERSON,
    RateLimit.SIGN_IN_BY_LOGIN_AND_ADDRESS,
    RateLimit.SIGN_IN_BY_ADDRESS,
    RateLimit.SIGN_IN,
    RateLimit.LINK_CODE,
}


def hand_in(centre: Centre) -> TestResponse:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    browser.get("/apply/check")
    shown = browser.post("/apply/check", LAST_TICKS)
    assert typed_in(shown, "truth_pledge") == ["yes"]
    return shown


def begin(centre: Centre) -> TestResponse:
    browser = centre.browser()
    browser.get("/consult?topic=unpaid_wages")
    shown = browser.post("/consult?topic=unpaid_wages", {"topic": "unpaid_wages"})
    assert typed_in(shown, "topic") == ["unpaid_wages"]
    return shown


def look_up(centre: Centre, button: str = "") -> TestResponse:
    case, browser = centre.case(CaseKind.CONSULTATION), centre.browser()
    browser.get("/status")
    typed = {"receipt": case.number, "code": WRONG_CODE, "button": button}
    shown = browser.post("/status", typed)
    assert typed_in(shown, "receipt") == [case.number]
    assert typed_in(shown, "code") == [WRONG_CODE]
    return shown


def leave_message(centre: Centre) -> TestResponse:
    case = centre.case(CaseKind.CONSULTATION)
    browser = centre.follower(case)
    browser.get("/status/case/write")
    shown = browser.post("/status/case/write", {"words": "要带什么去？"})
    assert typed_in(shown, "words") == ["要带什么去？"]
    return shown


def change_list(centre: Centre) -> TestResponse:
    browser = centre.follower(centre.case(CaseKind.CONSULTATION))
    address = "/status/people/coworkers"
    browser.get(address)
    browser.post(f"{address}/lines", {"lines": "示范新甲"})
    shown = browser.post(address)
    assert "现在 4 人，还没有交上来" in words_of(shown)
    return shown


def say_paper_absent(centre: Centre) -> TestResponse:
    browser = centre.follower(centre.case(CaseKind.HARDSHIP))
    address = "/status/papers/state_aid/absent"
    browser.get(address)
    shown = browser.post(address, {"absent_why": "never", "absent_words": "没去办过"})
    assert typed_in(shown, "absent_words") == ["没去办过"]
    return shown


def send_photo(centre: Centre) -> TestResponse:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    return send(browser, "/apply/papers/identity", photo(), "a.jpg")


def send_list(centre: Centre) -> TestResponse:
    browser = centre.follower(centre.case(CaseKind.CONSULTATION))
    return send(browser, "/status/people/coworkers/file", "示范甲,13800138000,1".encode(), "a.csv")


def take_own_data(centre: Centre, code: str = "") -> TestResponse:
    case = centre.case(CaseKind.CONSULTATION)
    browser = centre.follower(case)
    shown = take_out(browser, code or case.code, "json")
    assert typed_in(shown, "code") == [code or case.code]
    return shown


def open_on_a_shared_phone(centre: Centre) -> TestResponse:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    browser.get("/apply/unlock")
    shown = browser.post("/apply/unlock", {"ending": "9999"})
    assert typed_in(shown, "ending") == ["9999"]
    return shown


TRIES: dict[RateLimit, Try] = {
    RateLimit.SUBMIT_BY_ADDRESS: hand_in,
    RateLimit.SUBMIT: hand_in,
    RateLimit.SUBMIT_ALL: hand_in,
    RateLimit.HIDDEN_FIELD_BY_ADDRESS: hand_in,
    RateLimit.DRAFT_BY_ADDRESS: begin,
    RateLimit.WRONG_CODE_BY_RECEIPT_AND_ADDRESS: look_up,
    RateLimit.WRONG_CODE_BY_ADDRESS: look_up,
    RateLimit.WRONG_CODE_BY_RECEIPT: look_up,
    RateLimit.WRONG_CODE: look_up,
    RateLimit.WRONG_CODE_IN_THE_OPEN_CASE: take_own_data,
    RateLimit.WRONG_ENDING_BY_DRAFT: open_on_a_shared_phone,
    RateLimit.TURN_BY_ADDRESS: lambda centre: look_up(centre, "turn"),
    RateLimit.TURN: lambda centre: look_up(centre, "turn"),
    RateLimit.MESSAGE: leave_message,
    RateLimit.CHANGE_LIST: change_list,
    RateLimit.SAY_PAPER_ABSENT: say_paper_absent,
    RateLimit.UPLOAD_MEGABYTES: send_photo,
    RateLimit.UPLOAD_BY_ADDRESS: send_photo,
    RateLimit.REFUSED_UPLOAD_BY_ADDRESS: send_photo,
    RateLimit.LIST: send_list,
    RateLimit.OWN_DATA: take_own_data,
}


def test_every_limit_is_tried_or_can_only_be_met_by_staff() -> None:
    unseen = {limit for limit in RateLimit if limit.over is Over.UNSENT}
    assert set(TRIES) | STAFF_ONLY | unseen == set(RateLimit)


@pytest.mark.parametrize(("limit", "attempt"), TRIES.items(), ids=TRIES)
def test_over_a_limit_what_was_typed_stays_and_the_phone_number_is_there(
    centre: Centre, set_limit: SetLimit, limit: RateLimit, attempt: Try
) -> None:
    if limit.startswith("turn"):
        set_limit(RateLimit.WRONG_CODE, 0)
    set_limit(limit, 0)
    shown = attempt(centre)
    assert shown.status_code == (503 if limit.over is Over.CLOSED else 429)
    assert_told(shown, limit.words)


def test_over_the_backlog_what_was_typed_stays_and_the_phone_number_is_there(
    centre: Centre,
) -> None:
    shown = hand_in(with_backlog(centre, 0))
    assert shown.status_code == 429
    assert_told(shown, BACKLOG.words)


def assert_told(shown: TestResponse, words: str) -> None:
    """What stands above the form: the words, and the way to a person."""
    (errors,) = [part for part in shown.text.split("<div ") if part.startswith('class="errors"')]
    assert words.removesuffix("。") in errors
    assert 'href="tel:0000-12351"' in errors
    assert "窗口来" in words_of(shown)
