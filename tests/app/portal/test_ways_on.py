"""Without a mobile, an identity card or an illness to tell: every form goes on, and is answered."""

import pytest

from portal.domain.forms.fields import FIELDS
from portal.domain.forms.journeys import JOURNEYS, Journey
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.cases import case_file, search
from portal.operations.notices import notice_queue
from portal.operations.notices.notice_queue import Call
from tests.support.browser import typed_in, words_of
from tests.support.centre import Centre, Filed
from tests.support.following import look_up
from tests.support.samples import ANSWERS, MEMBER, NO_ID_NUMBER, NO_MOBILE, OTHER_PHONE
from tests.support.walking import typed_for, walk, went_on

LANDLINE = {**NO_MOBILE, "reach": "landline", "landline": "0571-88880000"}
ANOTHERS = {**NO_MOBILE, **OTHER_PHONE}
PLACE = {**NO_MOBILE, "reach": "place", "find_at": "松坪镇示范村村委会"}
HIMSELF = {**NO_MOBILE, "reach": "self"}
PASSPORT = {**NO_ID_NUMBER, "id_paper": "passport", "id_paper_number": "E12345678"}
NOTHING_AT_HAND = {**NO_ID_NUMBER, "id_paper": "none"}
WAYS = {"landline": LANDLINE, "another's": ANOTHERS, "place": PLACE, "himself": HIMSELF}
each_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


def asks_for(journey: Journey, name: str) -> bool:
    return any(name in page.names for page in journey.pages)


WITH_MOBILE = [one for one in JOURNEYS.values() if asks_for(one, "mobile")]
WITH_ID = [one for one in JOURNEYS.values() if asks_for(one, "id_number")]
each_with_mobile = pytest.mark.parametrize("journey", WITH_MOBILE, ids=lambda one: one.address)
each_with_id = pytest.mark.parametrize("journey", WITH_ID, ids=lambda one: one.address)


def hand_in(centre: Centre, journey: Journey, **answers: object) -> list[str]:
    """Walk through the form with these answers and hand it in; the pages that were visited."""
    browser = centre.browser()
    visited = walk(browser, journey, {**ANSWERS[journey.kind], **answers})
    ticks = dict.fromkeys(journey.declarations, "yes")
    assert went_on(browser.post(f"/{journey.address}/check", ticks)).endswith("/receipt")
    return visited


def calls_of(centre: Centre, login: str) -> list[Call]:
    return notice_queue.list_calls(centre.office, centre.actor(login), "青石市帮扶中心", "12351")


def answered(centre: Centre, **answers: object) -> Filed:
    """A consultation that a lawyer has answered, of somebody who may be rung up."""
    filed = centre.case(CaseKind.CONSULTATION, may_contact="yes", **answers)
    centre.take("lawyer", filed, "answer", "可以要回来。")
    return filed


@each_with_mobile
@each_way
def test_every_form_is_handed_in_without_a_mobile(
    centre: Centre, journey: Journey, way: dict[str, object]
) -> None:
    assert "reach" in hand_in(centre, journey, **way)
    assert "reach" not in hand_in(centre, journey)


@each_with_id
@pytest.mark.parametrize("paper", [PASSPORT, NOTHING_AT_HAND], ids=["passport", "none"])
def test_every_form_is_handed_in_with_another_paper_or_none(
    centre: Centre, journey: Journey, paper: dict[str, object]
) -> None:
    visited = hand_in(centre, journey, **paper)
    assert ("id-paper-number" in visited) == (paper is PASSPORT)
    assert "id-paper" not in hand_in(centre, journey)


@pytest.mark.parametrize(
    ("way", "how"),
    [(LANDLINE, "座机 ****0000"), (ANOTHERS, "邻居的电话 199****0006，请他叫本人来接"),
     (PLACE, "没有电话，到 松坪镇 找，或者托村、社区带话")],
)  # fmt: skip
def test_nobody_without_a_mobile_gets_a_message_and_the_list_says_how_to_reach_him(
    sending: Centre, way: dict[str, object], how: str
) -> None:
    filed = answered(sending, reply_by="page", **way)
    assert [row["state"] for row in sending.contents()["outbox"].values()] == ["call"]
    (call,) = calls_of(sending, "lawyer")
    assert (call.receipt, call.how) == (filed.number, how)
    assert filed.number not in call.say
    lawyer = sending.staff("lawyer")
    assert how in words_of(lawyer.get("/staff/notices"))
    assert went_on(lawyer.post(f"/staff/notices/{call.row_id}/told")) == "/staff/notices"
    acts = {row["action"] for row in sending.contents()["audit"].values()}
    assert ("told in person" in acts, "told by phone" in acts) == (way is PLACE, way is not PLACE)


def test_whoever_comes_himself_or_asked_nobody_yet_is_rung_up_by_no_one(sending: Centre) -> None:
    answered(sending, **HIMSELF)
    answered(sending, **{**ANOTHERS, "other_phone_agreed": "not_yet"})
    assert calls_of(sending, "lawyer") == []
    assert not sending.contents().get("outbox")


@each_way
def test_the_page_of_the_case_says_how_he_will_hear(centre: Centre, way: dict[str, object]) -> None:
    shown = words_of(centre.follower(answered(centre, **way)).get("/status/case"))
    says = {
        "landline": "打您留的座机 ****0000",
        "other_phone": "邻居的电话 199****0006，请他叫您来接",
        "place": "到您写的地方（松坪镇示范村村委会）找您",
        "self": "请自己来看，或者到窗口来问",
    }
    assert says[str(way["reach"])] in shown


@pytest.mark.parametrize("kind", [CaseKind.TEMPORARY, CaseKind.JOBS])
@pytest.mark.parametrize(
    ("way", "will"),
    [({}, "给您打电话"), (LANDLINE, "给您打电话"), (ANOTHERS, "打邻居的电话，请您来接"),
     (PLACE, "到您写的地方找您，或者托人带话"), (HIMSELF, "把消息写在“查进度”里")],
    ids=["mobile", *WAYS],
)  # fmt: skip
def test_nobody_is_promised_a_call_whom_no_call_can_reach(
    centre: Centre, kind: CaseKind, way: dict[str, object], will: str
) -> None:
    browser, journey = centre.browser(), JOURNEYS[kind]
    walk(browser, journey, {**ANSWERS[kind], **way})
    browser.post(f"/{journey.address}/check", dict.fromkeys(journey.declarations, "yes"))
    receipt = words_of(browser.get(f"/{journey.address}/receipt")).partition("抄下这两个号")[0]
    status = words_of(centre.follower(centre.case(kind, **way)).get("/status/case"))
    for shown in (receipt.partition("下载回执")[0], status.partition("办理经过")[0]):
        assert will in shown
        assert ("给您打电话" in shown) == (will == "给您打电话")


@pytest.mark.parametrize(
    ("kind", "answers", "checked"),
    [(CaseKind.HARDSHIP, PASSPORT, "护照和号码已经核对"),
     (CaseKind.JOBS, LANDLINE, "登记的座机"), (CaseKind.JOBS, ANOTHERS, "那个人的电话"),
     (CaseKind.JOBS, HIMSELF, "有人能证明是他"), (CaseKind.HARDSHIP, NOTHING_AT_HAND, "登记的手机"),
     (CaseKind.HARDSHIP, NOTHING_AT_HAND | HIMSELF, "有人能证明是他")],
)  # fmt: skip
def test_a_lost_code_is_reissued_to_whoever_has_no_mobile_or_card(
    centre: Centre, kind: CaseKind, answers: dict[str, object], checked: str
) -> None:
    filed = centre.case(kind, **answers)
    file = case_file.open_file(centre.office, centre.actor("intake"), filed.number)
    assert checked in file.how_to_check
    code = centre.new_code(filed)
    assert went_on(look_up(centre.browser(), filed.number, code)) == "/status/case"


@pytest.mark.parametrize(
    ("answers", "typed"),
    [(LANDLINE, "（0571）8888 0000"), (ANOTHERS, "199 0000 0006"), (PASSPORT, "e12345678"),
     (NO_ID_NUMBER | {"id_paper": "household", "id_paper_number": "419999197001010014"},
      "419999197001010014")],
)  # fmt: skip
def test_staff_find_him_by_the_number_that_he_left(
    centre: Centre, answers: dict[str, object], typed: str
) -> None:
    filed = centre.case(CaseKind.HARDSHIP, **answers)
    query = search.understand_query(centre.office, typed)
    found = search.search_cases(centre.office, centre.actor("intake"), query, "asks_us", "")
    assert [one.row.receipt for one in found.cases] == [filed.number]


def test_the_same_person_counts_once_whichever_paper_his_id_number_was_read_from(
    centre: Centre,
) -> None:
    card = centre.case(CaseKind.HARDSHIP)
    number = ANSWERS[CaseKind.HARDSHIP]["id_number"]
    book = centre.case(CaseKind.SCHOOLING, **NO_ID_NUMBER, id_paper="household",
                       id_paper_number=number)  # fmt: skip
    files = [case_file.open_file(centre.office, centre.actor("intake"), one.number)
             for one in (card, book)]  # fmt: skip
    assert [len(file.alike) for file in files] == [1, 1]
    assert len({file.case.tally["person"] for file in files}) == 1
    assert {file.case.tally["sex"] for file in files} == {"m"}


def test_a_number_beside_the_ticked_box_is_asked_about_and_nothing_is_lost(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    page = JOURNEYS[CaseKind.HARDSHIP].page_of("mobile")
    address = f"/apply/{page.path}"
    typed = {**typed_for(page, ANSWERS[CaseKind.HARDSHIP]), "no_mobile": "yes"}
    browser.get(address)
    shown = browser.post_and_see(address, typed)
    assert "又勾了“我没有手机”" in words_of(shown)
    assert typed_in(shown, "mobile") == ["19900000002"]
    assert typed_in(shown, "no_mobile") == ["yes"]


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=lambda one: one.address)
def test_a_page_that_stops_somebody_names_telephone_and_counter(
    centre: Centre, journey: Journey
) -> None:
    for page in journey.open_pages(ANSWERS[journey.kind]):
        fields = [] if page.collection or page.photos else page.fields(ANSWERS[journey.kind])
        if not any(field.way_on and not field.optional for field in fields):
            continue
        browser, _ = centre.draft(journey.kind)
        browser.get(f"/{journey.address}/{page.path}")
        shown = words_of(browser.post_and_see(f"/{journey.address}/{page.path}"))
        assert "填不了，请打电话" in shown, page.path
        assert "或者到窗口来，我们帮您填" in shown, page.path


def test_the_page_without_a_card_says_what_comes_next_and_whom_to_ask(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP, {**ANSWERS[CaseKind.HARDSHIP], **PASSPORT})
    shown = words_of(browser.get("/apply/id-paper"))
    for words in ("也能先交", "和您商量怎么办", "请打电话", "或者到窗口来"):
        assert words in shown


HEALTHY = {
    "health": "good", "disability": None, "causes": ["accident"], "work_state": "gig",
    "members": [],
}  # fmt: skip


@pytest.mark.parametrize(
    ("told", "asked"),
    [({}, False), ({"health": "ill"}, True), ({"causes": ["family_illness"]}, True),
     ({"causes": ["disability", "other"], "main_cause": "other"}, True),
     ({"work_state": "sick"}, True)],
)  # fmt: skip
def test_consent_to_health_data_is_asked_of_those_only_who_gave_some(
    centre: Centre, told: dict[str, object], asked: bool
) -> None:
    answers = {**HEALTHY, **told}
    assert ("health-consent" in hand_in(centre, JOURNEYS[CaseKind.HARDSHIP], **answers)) == asked


def test_the_consent_is_asked_when_a_member_is_ill(centre: Centre) -> None:
    journey = JOURNEYS[CaseKind.SCHOOLING]
    answers = {"members": [{**MEMBER, "member_situation": "ill"}], "consent_health": True}
    assert "health-consent" in hand_in(centre, journey, **answers)
    assert "health-consent" not in hand_in(centre, journey)


def test_whoever_refuses_is_told_how_to_go_on_without(centre: Centre) -> None:
    answers = {**ANSWERS[CaseKind.HARDSHIP], "health": "ill"}
    browser, _ = centre.draft(CaseKind.HARDSHIP, answers)
    browser.get("/apply/health-consent")
    shown = words_of(browser.post_and_see("/apply/health-consent"))
    assert FIELDS["consent_health"].way_on in shown
