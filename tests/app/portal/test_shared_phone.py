"""One phone, several people: what lies on it opens for its writer only, and can be cleared."""

from datetime import datetime
from email.utils import parsedate_to_datetime

import pytest
from werkzeug.test import TestResponse

from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.forms import saved_drafts, submission
from tests.support.browser import Browser, is_refused, typed_in, words_of
from tests.support.centre import Centre, add_answers
from tests.support.databases import each_database
from tests.support.following import look_up
from tests.support.photographs import photo, send
from tests.support.samples import HARDSHIP
from tests.support.walking import numbers_on, went_on

UNLOCK = "/apply/unlock"
SECRETS = ("示范老陈", "419999197001010014", "19900000002", "示范厂")
NAMED = {"name": "示范老陈", "id_number": "419999197001010014", "mobile": "19900000002"}
PAGES = ("/apply/so-far", "/apply/kept", "/apply/identity", "/apply/check", "/apply/household/1",
         "/apply/papers", "/apply/papers/identity")  # fmt: skip


def handed_in(centre: Centre, kind: CaseKind = CaseKind.HARDSHIP) -> tuple[Browser, str]:
    """A phone from which a form was handed in just now; its receipt has not been looked at."""
    browser, _ = centre.draft(kind)
    address = f"/{JOURNEYS[kind].address}"
    browser.get(f"{address}/check")
    ticks = dict.fromkeys(JOURNEYS[kind].declarations, "yes")
    assert went_on(browser.post(f"{address}/check", ticks)) == f"{address}/receipt"
    return browser, address


def left_behind(centre: Centre, **answers: object) -> tuple[Browser, str]:
    """A phone that was laid down in the midst of a form and is taken up by whoever comes."""
    browser, token = centre.draft(CaseKind.HARDSHIP, {**HARDSHIP, **NAMED, **answers})
    browser.get("/apply")
    return browser, token


def tells_nothing(shown: TestResponse) -> bool:
    """Whether a page shows nothing of the person."""
    return not [word for word in SECRETS if word in shown.text]


@pytest.mark.parametrize("kind", list(CaseKind))
def test_a_receipt_is_shown_when_it_is_new_and_never_after(centre: Centre, kind: CaseKind) -> None:
    browser, address = handed_in(centre, kind)
    number, code = numbers_on(browser.get(f"{address}/receipt"))
    assert numbers_on(browser.get(f"{address}/receipt")) == (number, code)  # loaded again
    centre.clock.advance(minutes=11)
    for path in ("receipt", "receipt.pdf", "check", "so-far", "kept"):
        shown = browser.get(f"{address}/{path}")
        assert shown.status_code == 404
        assert 'href="/status">打开“查进度”' in shown.text
        assert number not in shown.text
        assert code not in shown.text
    assert went_on(look_up(browser, number, code)) == "/status/case"


def test_the_photos_of_a_case_are_reached_from_its_new_receipt_only(centre: Centre) -> None:
    browser, address = handed_in(centre)
    browser.get(f"{address}/receipt")
    taken_up = browser.twin()
    assert went_on(browser.post(f"{address}/receipt/photos")) == "/status/papers"
    centre.clock.advance(minutes=11)
    assert went_on(taken_up.post(f"{address}/receipt/photos")) == f"{address}/receipt"
    assert taken_up.get(f"{address}/receipt").status_code == 404
    assert went_on(taken_up.get("/status/case")) == "/status"


def test_other_pages_do_not_lead_to_a_receipt_that_was_shown(centre: Centre) -> None:
    browser, address = handed_in(centre)
    number, code = numbers_on(browser.get(f"{address}/receipt"))
    assert browser.get(f"{address}/check").status_code == 404
    start = browser.get(address)
    assert "/receipt" not in start.text
    assert "开始填" in words_of(start)
    for shown in (start, browser.get(f"{address}/receipt"), browser.get(f"{address}/check")):
        assert number not in shown.text
        assert code not in shown.text
    assert went_on(look_up(browser, number, code)) == "/status/case"


def test_a_receipt_whose_answer_was_lost_is_still_shown_once(centre: Centre) -> None:
    browser, address = handed_in(centre)
    centre.clock.advance(days=3)
    start = browser.get(address)
    assert f'href="{address}/receipt">看回执' in start.text
    number, code = numbers_on(browser.get(f"{address}/receipt"))
    assert went_on(look_up(centre.browser(), number, code)) == "/status/case"
    assert "看回执" not in browser.get(address).text
    assert browser.get(f"{address}/receipt").status_code == 404


def test_the_button_for_a_shared_phone_stands_before_the_first_picture_and_clears_it(
    centre: Centre,
) -> None:
    browser, address = handed_in(centre)
    receipt = browser.get(f"{address}/receipt")
    number, code = numbers_on(receipt)
    top = receipt.text.partition("<figure")[0]
    assert "用的是别人的手机" in top
    assert "这是别人的手机：清掉</button>" in top
    cleared = browser.post("/leave")
    assert "cookies" in cleared.headers["Clear-Site-Data"]
    assert browser.client.get_cookie("__Host-visit") is None
    assert "这台手机上没有您的表" in words_of(browser.get(went_on(cleared)))
    for shown in (browser.get(address), browser.get(f"{address}/receipt")):
        assert number not in shown.text
        assert "看回执" not in shown.text
    assert went_on(look_up(browser, number, code)) == "/status/case"


def test_a_page_says_truly_whether_something_is_left_on_the_phone(centre: Centre) -> None:
    browser, _ = left_behind(centre)
    assert "还没有清掉" in words_of(browser.get("/cleared"))
    browser.post("/leave")
    assert "还没有清掉" not in words_of(browser.get("/cleared"))


@each_database
def test_who_takes_up_the_phone_sees_nothing_until_he_knows_the_number(centre: Centre) -> None:
    browser, token = left_behind(centre)
    send(browser, "/apply/papers/identity", photo())
    start = browser.get("/apply")
    assert 'href="/apply/unlock">接着上次填' in start.text
    assert "这不是我填的，重新开始" in words_of(start)
    assert tells_nothing(start)
    for page in PAGES:
        assert went_on(browser.get(page)) == UNLOCK, page
    shown = browser.get(UNLOCK)
    assert tells_nothing(shown)
    assert "上次填是 2026年11月24日 10:00" in words_of(shown)
    for wrong in ("0000", "4", "", "示范", "1001"):
        refused = browser.post(UNLOCK, {"ending": wrong})
        assert is_refused(refused)
        assert tells_nothing(refused)
    assert went_on(browser.post(UNLOCK, {"ending": "0014"})) == "/apply/so-far"
    assert typed_in(browser.get("/apply/identity"), "name") == ["示范老陈"]
    assert submission.read_draft(centre.office, token)


@pytest.mark.parametrize(
    "typed", ["0014", "0002", "００１４", " 0 0 1 4 ", "419999197001010014", "199 0000 0002"]
)
def test_the_end_of_either_number_opens_it_however_it_is_typed(centre: Centre, typed: str) -> None:
    browser, _ = left_behind(centre)
    browser.get(UNLOCK)
    assert went_on(browser.post(UNLOCK, {"ending": typed})) == "/apply/so-far"
    assert browser.get("/apply/identity").status_code == 200


@pytest.mark.parametrize("typed", ["012X", "012x", "０１２Ｘ"])
def test_an_identity_number_that_ends_in_x_opens_it(centre: Centre, typed: str) -> None:
    browser, _ = left_behind(centre, id_number="41999919700101012X")
    browser.get(UNLOCK)
    assert went_on(browser.post(UNLOCK, {"ending": typed})) == "/apply/so-far"


@pytest.mark.parametrize(
    ("number", "ending"),
    [({"id_paper_number": "H01234567"}, "4567"), ({"landline": "0571-8888123"}, "8123"),
     ({"other_phone": "19900000077"}, "0077"), ({"helper_mobile": "19900000088"}, "0088")],
    ids=str,
)  # fmt: skip
def test_who_has_neither_id_card_nor_mobile_locks_it_with_another_number(
    centre: Centre, number: dict[str, object], ending: str
) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP, {"filled_by": "self", **number})
    browser.get("/apply")
    assert went_on(browser.get("/apply/so-far")) == UNLOCK
    assert went_on(browser.post(UNLOCK, {"ending": ending})) == "/apply/so-far"


def test_guessing_stops_after_a_few_and_number_and_code_still_open_it(centre: Centre) -> None:
    browser, token = left_behind(centre)
    saved_drafts.put_aside(centre.office, CaseKind.HARDSHIP, token)
    aside = saved_drafts.find_put_aside(centre.office, token)
    assert aside
    browser.get(UNLOCK)
    guesses = [browser.post(UNLOCK, {"ending": f"{one}"}).status_code for one in range(5000, 5007)]
    assert guesses == [422] * 5 + [429] * 2
    other_address = browser.twin()
    other_address.address = "10.99.0.1"
    other_address.get(UNLOCK)
    told = other_address.post(UNLOCK, {"ending": "0014"})
    assert told.status_code == 429
    assert "明天再试" in words_of(told)
    assert went_on(look_up(browser, aside.number, aside.code)) == "/apply/so-far"
    assert browser.get("/apply/identity").status_code == 200
    browser.get("/apply")
    centre.clock.advance(days=1)
    browser.get(UNLOCK)
    assert went_on(browser.post(UNLOCK, {"ending": "0014"})) == "/apply/so-far"


def test_before_a_number_is_typed_nothing_is_locked(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP, {"filled_by": "self", "consent_notice": True})
    start = browser.get("/apply")
    assert 'href="/apply/so-far">接着上次填' in start.text
    assert browser.get("/apply/so-far").status_code == 200
    assert browser.get(UNLOCK).status_code == 404


def test_a_number_that_was_refused_locks_as_well(centre: Centre) -> None:
    answers = {name: value for name, value in HARDSHIP.items() if name not in NAMED}
    answers.pop("helper_mobile", None)
    browser, _ = centre.draft(CaseKind.HARDSHIP, answers)
    browser.get("/apply/identity")
    browser.post("/apply/identity", {**NAMED, "id_number": "419999197001010099", "mobile": ""})
    browser.get("/apply")
    assert went_on(browser.get("/apply/identity")) == UNLOCK
    assert went_on(browser.post(UNLOCK, {"ending": "0099"})) == "/apply/so-far"


def test_whoever_fills_it_in_is_not_asked(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    for _ in range(5):
        centre.clock.advance(minutes=29)
        assert browser.get("/apply/identity").status_code == 200
    centre.clock.advance(minutes=31)
    assert went_on(browser.get("/apply/identity")) == UNLOCK


def test_what_was_typed_into_a_page_that_stood_open_for_long_is_kept(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.CONSULTATION)
    browser.get("/consult/account")
    centre.clock.advance(hours=2)
    typed = {"account": "想了两个小时才写好。"}
    leads_to = went_on(browser.post("/consult/account", typed))
    assert went_on(browser.get(leads_to)) == "/consult/unlock"
    draft = submission.read_draft(centre.office, token)
    assert draft
    assert draft.answers["account"] == typed["account"]
    assert went_on(browser.post("/consult/unlock", {"ending": "0003"})) == "/consult/so-far"


def test_who_did_not_write_it_begins_his_own_and_the_other_stays_locked(centre: Centre) -> None:
    browser, first = left_behind(centre)
    assert went_on(browser.post("/apply")) == "/apply/who"
    own: dict[str, object] = {
        "filled_by": "self",
        "name": "示范小李",
        "id_number": "419999198001010017",
    }
    add_answers(centre.office, centre.chance.tokens[-1], dict[str, object](own))
    assert tells_nothing(browser.get("/apply/so-far"))
    assert "还有" not in words_of(browser.get("/apply/who"))
    browser.get("/apply")
    assert went_on(browser.post(UNLOCK, {"ending": "0014"})) == "/apply/so-far"
    assert typed_in(browser.get("/apply/identity"), "name") == ["示范老陈"]
    browser.get("/apply")
    assert went_on(browser.post(UNLOCK, {"ending": "0017"})) == "/apply/so-far"
    assert submission.read_draft(centre.office, first)


def test_of_many_forms_on_one_phone_the_oldest_is_let_go_but_not_deleted(centre: Centre) -> None:
    browser, first = left_behind(centre)
    for number in range(4):
        assert went_on(browser.post("/apply")) == "/apply/who"
        add_answers(centre.office, centre.chance.tokens[-1], {"mobile": f"1990000100{number}"})
    assert submission.read_draft(centre.office, first)
    browser.get("/apply")
    assert browser.post(UNLOCK, {"ending": "0014"}).status_code == 422
    for ending in ("1000", "1003", "1001"):
        assert went_on(browser.post(UNLOCK, {"ending": ending})) == "/apply/so-far"


def lives_for(centre: Centre, response: TestResponse) -> float | None:
    """How many days the cookie of an answer lives; None: until the browser is closed."""
    (cookie,) = (one for one in response.headers.getlist("Set-Cookie") if "__Host-visit" in one)
    ends = [part for part in cookie.split("; ") if part.lower().startswith("expires=")]
    if not ends:
        return None
    left = parsedate_to_datetime(ends[0].partition("=")[2]) - datetime.now().astimezone()
    return left.total_seconds() / 86400


def test_the_cookie_lives_no_longer_than_what_it_holds(centre: Centre) -> None:
    browser = centre.browser()
    assert lives_for(centre, browser.get("/status")) is None
    browser.get("/apply")
    begun = lives_for(centre, browser.post("/apply"))
    assert begun is not None
    assert 29 < begun <= 30
    filed = centre.case(CaseKind.CONSULTATION)
    reader = centre.browser()
    opened = lives_for(centre, look_up(reader, filed.number, filed.code))
    assert opened is not None
    assert opened <= 1 / 24
    sender, address = handed_in(centre)
    sender.get(f"{address}/receipt")
    assert lives_for(centre, sender.get(address)) is None
