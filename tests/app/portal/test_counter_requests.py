"""A worker without internet: what he asks at the counter, by phone or letter, a clerk does."""

from datetime import timedelta

import pytest

from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.cases import case_file
from portal.store import cases
from tests.support.browser import Browser, typed_in, words_of
from tests.support.centre import Centre, Filed
from tests.support.databases import each_database
from tests.support.keying import handler_of
from tests.support.own_data import document_of
from tests.support.photographs import photo, send
from tests.support.walking import went_on

TODAY = "2026-11-24"
BY_VISIT = {"asked_by": "visit", "asked_on": TODAY, "confirmed": "yes"}
UNSIGNED = {"no_page_why": "打电话来的，已回拨登记的手机核对"}


def page_of(receipt: Filed, code: str = "") -> str:
    """The page of a case, or of a step on it."""
    return f"/staff/cases/{receipt.number}" + (f"/{code}" if code else "")


def version_of(centre: Centre, receipt: Filed) -> str:
    stored = cases.find_case(centre.instance, receipt.number)
    assert stored
    return str(stored.case.version)


def ask(centre: Centre, clerk: Browser, receipt: Filed, code: str, **typed: str) -> None:
    """Let the clerk take a step in the worker's name, on its own page."""
    page = page_of(receipt, f"{code}_at_counter")
    shown = clerk.get(page)
    assert shown.status_code == 200
    assert page in clerk.get(page_of(receipt)).text
    assert code != "give_supplement" or "请把身份证拿来。" in words_of(shown)
    version = version_of(centre, receipt)
    assert typed_in(shown, "version") == [version]
    sent = clerk.post(page, {**BY_VISIT, "version": version, **typed})
    assert went_on(sent) == page_of(receipt)


def sign(clerk: Browser, receipt: Filed) -> None:
    """Add the page on which the worker asks by his own hand."""
    address = f"{page_of(receipt)}/papers/add/signed_request"
    assert went_on(send(clerk, address, photo(), "scan.jpg")) == address


def refused(centre: Centre) -> Filed:
    receipt = centre.case(CaseKind.HARDSHIP)
    centre.take("intake", receipt, "accept")
    centre.take("reviewer", receipt, "refer_for_decision", "属实。")
    centre.take("approver", receipt, "refuse", "收入高于标准。")
    return receipt


@each_database
def test_a_worker_without_internet_gets_from_supplement_and_refusal_to_a_review(
    centre: Centre,
) -> None:
    receipt, clerk = centre.case(CaseKind.HARDSHIP), centre.staff("intake")
    centre.take("intake", receipt, "request_supplement", "请把身份证拿来。")
    went_on(send(clerk, f"{page_of(receipt)}/papers/add/identity", photo(), "scan.jpg"))
    added = clerk.get(f"{page_of(receipt)}/papers/add/identity")
    assert page_of(receipt, "give_supplement_at_counter") in added.text
    ask(centre, clerk, receipt, "give_supplement")  # papers came: no words are needed
    centre.take("intake", receipt, "accept")
    centre.take("reviewer", receipt, "refer_for_decision", "属实。")
    centre.take("approver", receipt, "refuse", "收入高于标准。")
    sign(clerk, receipt)
    ask(centre, clerk, receipt, "ask_review", words="孩子又住院了。")
    centre.take("second-approver", receipt, "change_decision", "复核后符合。")
    ask(centre, clerk, receipt, "rate", rating="good")
    told = words_of(centre.follower(receipt).get("/status/case"))
    for title in ("提交了补充材料", "申请复核", "复核以后批准了", "您打了分"):
        assert title in told
    assert told.count("您，帮扶中心替您办的") == 3
    assert "本人怎么提的：来访" in told
    assert "intake" not in told
    own = document_of(centre.follower(receipt), receipt)
    assert [one["by"] for one in own["timeline"]].count("centre in the worker's name") == 3


@pytest.mark.parametrize("kind", CaseKind, ids=str)
def test_a_case_of_every_kind_is_withdrawn_at_the_counter(centre: Centre, kind: CaseKind) -> None:
    receipt, clerk = centre.case(kind), centre.staff(handler_of(kind))
    page = page_of(receipt, "withdraw_at_counter")
    clerk.get(page)
    without = clerk.post(page, {**BY_VISIT, "version": "0"})
    assert without.status_code == 403
    assert "还没有本人签名的纸" in words_of(without)
    ask(centre, clerk, receipt, "withdraw", **UNSIGNED, words="自己想办法了。")
    told = words_of(centre.follower(receipt).get("/status/case"))
    assert "这件事已经撤回" in told
    assert UNSIGNED["no_page_why"] in told
    assert "自己想办法了。" in told


def test_a_question_asked_again_by_phone_goes_back_to_the_lawyer(centre: Centre) -> None:
    receipt = centre.case(CaseKind.CONSULTATION)
    centre.take("lawyer", receipt, "answer", "先申请仲裁。")
    lawyer = centre.staff("lawyer")
    ask(centre, lawyer, receipt, "ask_again", words="仲裁要钱吗？", asked_by="call")
    file = case_file.open_file(centre.office, centre.actor("lawyer"), receipt.number)
    assert (file.case.state, file.case.unread) == ("submitted", True)
    assert "本人怎么提的：来电" in words_of(lawyer.get(page_of(receipt)))


def test_a_message_by_phone_is_new_word_for_the_others(centre: Centre) -> None:
    receipt, clerk = centre.case(CaseKind.HARDSHIP), centre.staff("intake")
    centre.take("intake", receipt, "accept")
    ask(centre, clerk, receipt, "write", words="电话换了。", asked_by="call")
    assert receipt.number in centre.staff("reviewer").get("/staff/?view=unread").text


@pytest.mark.parametrize("late", [False, True])
def test_a_letter_of_the_last_day_is_in_time_however_late_it_is_keyed_in(
    centre: Centre, late: bool
) -> None:
    receipt = refused(centre)
    centre.clock.advance(days=30)
    clerk, page = centre.staff("intake"), page_of(receipt, "ask_review_at_counter")
    clerk.get(page)
    typed = {
        "asked_by": "letter", "asked_on": "2026-12-10" if late else "2026-12-09",
        "words": "不同意。", "version": "3", **UNSIGNED,
    }  # fmt: skip
    sent = clerk.post(page, typed)
    assert sent.status_code == (403 if late else 303)
    if late:
        assert "已经过了期限" in words_of(sent)
        assert "不同意。" in sent.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"asked_on": "2026-11-25"}, "哪天提的"), ({"asked_on": "2026-11-23"}, "才到这一步"),
     ({"asked_on": ""}, "请填他提的日子"), ({"asked_by": ""}, "请选来访"),
     ({"words": ""}, "请填“您想说什么？”")],
)  # fmt: skip
def test_what_is_wrong_is_said_on_the_same_page_and_nothing_is_lost(
    centre: Centre, typed: dict[str, str], said: str
) -> None:
    receipt, clerk = centre.case(CaseKind.HARDSHIP), centre.staff("intake")
    page = page_of(receipt, "write_at_counter")
    clerk.get(page)
    sent = clerk.post(page, {**BY_VISIT, "version": "0", "words": "电话换了。", **typed})
    assert sent.status_code == 422
    assert said in words_of(sent)
    assert typed.get("words", "电话换了。") in sent.text
    assert version_of(centre, receipt) == "0"


def test_only_who_keys_in_a_kind_takes_its_steps_in_his_name(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    for login in ("reviewer", "approver", "lawyer", "admin"):
        browser, page = centre.staff(login), page_of(receipt, "withdraw_at_counter")
        assert browser.get(page).status_code in {303, 403}
        browser.get("/staff/")
        sent = browser.post(page, {**BY_VISIT, "version": "0", **UNSIGNED})
        assert sent.status_code == 403
    assert version_of(centre, receipt) == "0"


def test_a_stale_page_says_what_happened_meanwhile_and_keeps_what_was_typed(
    centre: Centre,
) -> None:
    receipt, clerk = centre.case(CaseKind.HARDSHIP), centre.staff("intake")
    page = page_of(receipt, "write_at_counter")
    clerk.get(page)
    centre.take("intake", receipt, "accept")
    sent = clerk.post(page, {**BY_VISIT, "version": "0", "words": "电话换了。"})
    assert sent.status_code == 409
    assert "您打开这一页以后" in words_of(sent)
    assert "示范intake：受理" in words_of(sent)
    assert typed_in(sent, "words") == ["电话换了。"]
    assert typed_in(sent, "version") == ["1"]
    again = clerk.post(page, {**BY_VISIT, "version": "1", "words": "电话换了。"})
    assert again.status_code == 303


def test_the_signed_page_of_a_review_is_added_though_the_case_is_over_and_nothing_else(
    centre: Centre,
) -> None:
    receipt, clerk = refused(centre), centre.staff("intake")
    add = f"{page_of(receipt)}/papers/add"
    assert "本人签名的申请" in words_of(clerk.get(f"{add}/signed_request"))
    assert clerk.get(f"{add}/identity").status_code == 404
    assert send(clerk, f"{add}/identity", photo(), "scan.jpg").status_code in {403, 404}
    sign(clerk, receipt)
    centre.clock.advance(days=90)
    assert centre.staff("intake").get(f"{add}/signed_request").status_code == 403


def test_a_page_signed_for_an_earlier_matter_does_not_stand_for_this_one(centre: Centre) -> None:
    receipt, clerk = centre.case(CaseKind.HARDSHIP), centre.staff("intake")
    sign(clerk, receipt)
    centre.clock.advance(seconds=1)
    centre.take("intake", receipt, "accept")
    page = page_of(receipt, "withdraw_at_counter")
    assert "还没有本人签名的纸" in words_of(clerk.get(page))
    sent = clerk.post(page, {**BY_VISIT, "version": version_of(centre, receipt)})
    assert sent.status_code == 403


def test_a_step_of_the_counter_has_a_page_of_its_own_and_others_lead_to_the_case(
    centre: Centre,
) -> None:
    receipt, clerk = centre.case(CaseKind.HARDSHIP), centre.staff("intake")
    for code in ("accept", "withdraw", "ask_review_at_counter", "nothing"):
        assert went_on(clerk.get(page_of(receipt, code))) == page_of(receipt)


def test_every_kind_offers_at_the_counter_what_its_worker_may_do_online(centre: Centre) -> None:
    for kind, flow in WORKFLOWS.items():
        receipt = centre.case(kind)
        shown = centre.staff(handler_of(kind)).get(page_of(receipt)).text
        online = centre.follower(receipt).get("/status/case").text
        for step in (one for one in flow.steps.values() if one.by_applicant):
            at_counter = page_of(receipt, f"{step.code}_at_counter") in shown
            assert at_counter is (f"/status/case/{step.code}" in online), (kind, step.code)


def test_what_he_heard_at_the_counter_is_not_told_again_by_phone(centre: Centre) -> None:
    receipt, clerk = centre.case(CaseKind.HARDSHIP), centre.staff("intake")
    centre.take("intake", receipt, "request_supplement", "请把身份证拿来。")
    assert receipt.number in clerk.get("/staff/notices").text
    ask(centre, clerk, receipt, "give_supplement", words="带来了。")
    assert receipt.number not in clerk.get("/staff/notices").text


def test_the_clock_goes_on_from_the_day_on_which_the_supplement_came(centre: Centre) -> None:
    receipt, clerk = centre.case(CaseKind.HARDSHIP), centre.staff("intake")
    centre.take("intake", receipt, "request_supplement", "请把身份证拿来。")
    centre.clock.advance(days=6)
    came = (centre.office.today() - timedelta(days=3)).isoformat()
    clerk = centre.staff("intake")
    ask(centre, clerk, receipt, "give_supplement", words="寄来了。", asked_by="letter",
        asked_on=came)  # fmt: skip
    file = case_file.open_file(centre.office, centre.actor("intake"), receipt.number)
    assert file.case.due_on
    assert file.case.due_on.isoformat() == "2026-12-01"  # 2 working days after Friday the 27th
