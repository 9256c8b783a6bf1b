"""Over every limit that a visitor can meet: what he typed stays, and the phone number is there."""

from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.rate_limits import RATE_LIMITS, Over
from tests.app.portal.attack import SetLimit
from tests.app.portal.browser import typed_in, words_of
from tests.app.portal.centre import Centre
from tests.app.portal.following import WRONG_CODE
from tests.app.portal.own_data import take_out
from tests.app.portal.photographs import photo, send
from tests.app.portal.samples import LAST_TICKS

Try = Callable[[Centre], TestResponse]
STAFF_ONLY = {
    "key in", "upload at the counter", "search for a person", "sign-in by login and address",
    "sign-in by address", "sign-in",
}  # fmt: skip


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


def send_photo(centre: Centre) -> TestResponse:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    return send(browser, "/apply/papers/identity", photo(), "a.jpg")


def take_own_data(centre: Centre, code: str = "") -> TestResponse:
    case = centre.case(CaseKind.CONSULTATION)
    browser = centre.follower(case)
    shown = take_out(browser, code or case.code, "json")
    assert typed_in(shown, "code") == [code or case.code]
    return shown


TRIES: dict[str, Try] = {
    "submit by address": hand_in,
    "submit": hand_in,
    "submit, all": hand_in,
    "new cases": hand_in,
    "hidden field by address": hand_in,
    "draft by address": begin,
    "wrong code by receipt and address": look_up,
    "wrong code by address": look_up,
    "wrong code by receipt": look_up,
    "wrong code": look_up,
    "wrong code in the open case": take_own_data,
    "turn by address": lambda centre: look_up(centre, "turn"),
    "turn": lambda centre: look_up(centre, "turn"),
    "message": leave_message,
    "change list": change_list,
    "upload": send_photo,
    "upload by address": send_photo,
    "own data": take_own_data,
}


def test_every_limit_is_tried_or_can_only_be_met_by_staff() -> None:
    unseen = {name for name, limit in RATE_LIMITS.items() if limit.over is Over.UNSENT}
    assert set(TRIES) | STAFF_ONLY | unseen == set(RATE_LIMITS)


@pytest.mark.parametrize(("name", "attempt"), TRIES.items(), ids=TRIES)
def test_over_a_limit_what_was_typed_stays_and_the_phone_number_is_there(
    centre: Centre, set_limit: SetLimit, name: str, attempt: Try
) -> None:
    if name.startswith("turn"):
        set_limit("wrong code", 0)
    set_limit(name, 0)
    shown = attempt(centre)
    assert shown.status_code == (503 if RATE_LIMITS[name].over is Over.CLOSED else 429)
    (errors,) = [part for part in shown.text.split("<div ") if part.startswith('class="errors"')]
    assert RATE_LIMITS[name].words.removesuffix("。") in errors
    assert 'href="tel:12351"' in errors
    assert "窗口来" in words_of(shown)
