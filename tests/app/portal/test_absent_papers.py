"""Saying that there is no such paper: with a form, after it, at the counter; what was ticked."""

import pytest
from werkzeug.test import TestResponse

from portal.domain.shared.case_kinds import CaseKind
from portal.operations.forms import submission
from portal.store import cases
from tests.support.browser import Browser, is_refused, typed_in, words_of
from tests.support.centre import Centre, Filed, full_disk
from tests.support.databases import each_database
from tests.support.keying import typed_whole
from tests.support.own_data import document_of, take_out
from tests.support.photographs import photo, send
from tests.support.printed import text_of_all
from tests.support.samples import LAST_TICKS
from tests.support.walking import went_on

STATE_AID, PAPERS = "/apply/papers/state_aid", "/apply/papers"
NEVER = {"absent_why": "never", "absent_words": "金丝雀没去办过"}


def say(browser: Browser, address: str, **typed: str) -> TestResponse:
    """Open the page on which one says that there is no such paper, and say why."""
    browser.get(f"{address}/absent")
    return browser.post(f"{address}/absent", typed or NEVER)


def requested(centre: Centre, receipt: Filed, *codes: str) -> None:
    """Staff ask for these papers by name."""
    clerk = centre.staff("reviewer")
    address = f"/staff/cases/{receipt.number}"
    clerk.get(address)
    stored = cases.find_case(centre.office.store, receipt.number)
    assert stored
    typed = {"words": "请补下面的材料。", "version": str(stored.case.version),
             "papers_asked": list(codes)}  # fmt: skip
    went_on(clerk.post(f"{address}/request_supplement", typed))


@each_database
def test_a_worker_can_say_that_he_has_no_such_paper_and_it_is_not_missed(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.HARDSHIP)
    before = words_of(browser.get(PAPERS))
    assert "低保证、低保边缘证 没传" in before
    assert went_on(say(browser, STATE_AID)) == PAPERS
    shown = words_of(browser.get(PAPERS))
    assert "低保证、低保边缘证 ✓ 说了没有" in shown
    assert "说了没有的 1 种" in shown
    assert "您说过：没有办过" in words_of(browser.get(STATE_AID))
    went_on(browser.post(PAPERS, {"papers": "later"}))
    checked = words_of(browser.get("/apply/check"))
    assert "还没有传，说了没有的 1 种，还差" in checked
    assert "没传的，以后再补" not in checked
    assert "没有的材料 低保证、低保边缘证：没有办过，没有这样材料，金丝雀没去办过" in checked
    went_on(browser.post("/apply/check", LAST_TICKS))
    receipt = submission.find_receipt(centre.office, token)
    assert receipt
    file = words_of(centre.staff("intake").get(f"/staff/cases/{receipt.number}"))
    assert "低保证、低保边缘证 说没有：没有办过，没有这样材料（金丝雀没去办过）" in file
    assert "收入证明 还没有" in file
    assert "低保证" not in file.partition("材料照片 还没有传")[2].partition("没有的材料")[0]
    assert "金丝雀" not in str(centre.contents()["cases"])


def test_what_was_said_can_be_changed_and_taken_back(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    went_on(say(browser, STATE_AID))
    page = browser.get(f"{STATE_AID}/absent")
    assert "金丝雀没去办过" in page.text
    assert "改回来：以后再补" in words_of(page)
    went_on(say(browser, STATE_AID, absent_why="counter"))
    assert "低保证、低保边缘证 带到窗口来" in words_of(browser.get(PAPERS))
    went_on(say(browser, STATE_AID, button="undo"))
    assert "低保证、低保边缘证 没传" in words_of(browser.get(PAPERS))


def test_a_photo_that_comes_after_all_counts_more(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    went_on(say(browser, STATE_AID))
    went_on(send(browser, STATE_AID, photo()))
    assert "低保证、低保边缘证 ✓ 已传 1 张" in words_of(browser.get(PAPERS))
    assert "没有这样材料" not in words_of(browser.get(STATE_AID))


@pytest.mark.parametrize(
    ("typed", "words"),
    [({"absent_why": "", "absent_words": "金丝雀"}, "请选一个原因"),
     ({"absent_why": "never", "absent_words": "长" * 61}, "最多写 60 个字"),
     ({"absent_why": "no such reason"}, "没有这个选项")],
)  # fmt: skip
def test_a_reason_that_cannot_be_taken_is_asked_again_and_keeps_what_was_typed(
    centre: Centre, typed: dict[str, str], words: str
) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    shown = say(browser, STATE_AID, **typed)
    assert shown.status_code == 422
    assert is_refused(shown)
    assert words in words_of(shown)
    assert typed.get("absent_words", "") in shown.text


def test_of_a_paper_that_is_not_wanted_nothing_can_be_said(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    browser.get(PAPERS)
    assert browser.get("/apply/papers/jobless/absent").status_code == 404
    assert browser.post("/apply/papers/jobless/absent", NEVER).status_code == 404
    assert "没有这样材料" not in words_of(browser.get("/apply/papers/other"))


def test_when_all_is_said_the_form_goes_on_without_promising_photos(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.OBJECTION)
    shown = words_of(browser.get("/objection/papers"))
    assert "还差" not in shown
    assert "没传，可以不传" in shown
    went_on(browser.post("/objection/papers", {"papers": "later"}))
    assert "材料照片 没有传" in words_of(browser.get("/objection/check"))


@each_database
def test_requested_papers_are_ticked_off_as_they_arrive_and_are_said_to_be_absent(
    centre: Centre,
) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    requested(centre, receipt, "income", "state_aid", "accident")
    worker = centre.follower(receipt)
    shown = words_of(worker.get("/status/case"))
    for asked in ("收入证明", "低保证、低保边缘证", "事故、受灾、去世的证明"):
        assert f"{asked} 还没有收到" in shown
    went_on(send(worker, "/status/papers/income", photo()))
    went_on(send(worker, "/status/papers/accident", photo(65)))  # whatever the answers say
    went_on(say(worker, "/status/papers/state_aid"))
    day = f"{centre.office.today().month}月{centre.office.today().day}日"
    shown = words_of(worker.get("/status/case"))
    assert f"收入证明 ✓ {centre.office.today().year}年{day}收到" in shown
    assert "低保证、低保边缘证 ✓ 您说：没有办过" in shown
    assert "说了哪样材料没有 哪样材料：低保证、低保边缘证 为什么没有：没有办过" in shown
    file = words_of(centre.staff("reviewer").get(f"/staff/cases/{receipt.number}"))
    asked = file.partition("上次请他补的")[2].partition("要的材料")[0]
    assert f"{day}收到 1 份" in asked
    assert "低保证、低保边缘证 说没有：没有办过" in asked
    assert "要补哪几样：收入证明、低保证、低保边缘证、事故、受灾、去世的证明" in file
    acts = [row["action"] for row in centre.contents()["audit"].values()]
    assert acts.count("say paper absent") == 1


def test_only_absent_papers_are_handed_in_without_a_word(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    requested(centre, receipt, "state_aid")
    worker, give = centre.follower(receipt), "/status/case/give_supplement"
    worker.get(give)
    assert worker.post(give, {"words": ""}).status_code == 422
    went_on(say(worker, "/status/papers/state_aid", absent_why="counter"))
    assert worker.post(give, {"words": ""}).status_code == 422  # it is still to come
    went_on(say(worker, "/status/papers/state_aid", absent_why="lost"))
    for page in ("/status/case", "/status/papers", give):
        assert "还差最后一步" in words_of(worker.get(page))
    assert went_on(worker.post(give, {"words": ""})) == "/status/case"
    assert "上次请您补的" in words_of(worker.get("/status/case"))


def test_a_paper_that_is_asked_for_again_can_be_said_to_be_lost(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    worker = centre.follower(receipt)
    went_on(send(worker, "/status/papers/income", photo()))
    centre.clock.advance(minutes=1)
    requested(centre, receipt, "income")
    assert "没有这样材料" in words_of(worker.get("/status/papers/income"))
    went_on(say(worker, "/status/papers/income", absent_why="lost"))
    assert "收入证明 ✓ 您说：丢了，补不了" in words_of(worker.get("/status/case"))


def test_said_twice_it_stands_in_the_history_once(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    worker = centre.follower(receipt)
    for _ in range(2):
        went_on(say(worker, "/status/papers/state_aid"))
    assert words_of(worker.get("/status/case")).count("说了哪样材料没有") == 1
    for _ in range(2):
        went_on(say(worker, "/status/papers/state_aid", button="undo"))
    assert words_of(worker.get("/status/case")).count("说了哪样材料以后补") == 1


def test_while_the_store_fails_what_was_typed_stays(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    browser.get(f"{STATE_AID}/absent")
    with full_disk():
        shown = browser.post(f"{STATE_AID}/absent", NEVER)
    assert shown.status_code == 503
    assert "金丝雀没去办过" in shown.text


def test_nothing_can_be_said_of_a_case_that_is_over(centre: Centre) -> None:
    receipt = centre.case(CaseKind.CONSULTATION)
    worker = centre.follower(receipt)
    worker.get("/status/papers/identity/absent")
    centre.take("lawyer", receipt, "answer", "可以要回来。")
    assert worker.post("/status/papers/identity/absent", NEVER).status_code == 403


def test_own_data_tell_what_was_said_in_words_and_for_programs(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    worker = centre.follower(receipt)
    went_on(say(worker, "/status/papers/state_aid"))
    document = document_of(worker, receipt)
    (said,) = [one for one in document["answers"] if one["name"] == "papers_absent"]
    assert [(one["name"], one["shown"]) for one in said["entries"][0]] == [
        ("absent_paper", "低保证、低保边缘证"),
        ("absent_why", "没有办过，没有这样材料"),
        ("absent_words", "金丝雀没去办过"),
    ]
    page = text_of_all(take_out(worker, receipt.code, "pdf").data)
    assert "低保证、低保边缘证：没有办过，没有这样材料，金丝雀没去办过" in page


def test_staff_note_at_the_counter_what_the_worker_says_and_he_reads_it(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    clerk, page = centre.staff("intake"), f"/staff/cases/{receipt.number}/papers/add/state_aid"
    clerk.get(page)
    refused = clerk.post(f"{page}/absent", {"absent_why": "", "absent_words": "金丝雀没去办过"})
    assert refused.status_code == 422
    assert "请选一个原因" in words_of(refused)
    assert "金丝雀没去办过" in refused.text
    assert went_on(clerk.post(f"{page}/absent", NEVER)) == page
    assert "本人说过：没有办过" in words_of(clerk.get(page))
    worker = centre.follower(receipt)
    assert "说了哪样材料没有" in words_of(worker.get("/status/case"))
    assert "低保证、低保边缘证 ✓ 说了没有" in words_of(worker.get("/status/papers"))
    went_on(clerk.post(f"{page}/absent", {"button": "undo"}))
    assert "本人说过" not in words_of(clerk.get(page))
    assert clerk.post(f"{page.replace('state_aid', 'nothing')}/absent", NEVER).status_code == 404


def test_what_a_form_on_paper_says_there_is_not_is_keyed_in_with_it(centre: Centre) -> None:
    clerk = centre.staff("intake")
    page = clerk.get("/staff/new/hardship")
    assert "纸上写了“没有”的材料" in words_of(page)
    typed = {**typed_whole(CaseKind.HARDSHIP), "once": typed_in(page, "once"),
             "absent_why-state_aid": "never", "absent_words-state_aid": "",
             "absent_why-bank_card": "",
             "absent_words-bank_card": "金丝雀还没去银行办"}  # fmt: skip
    refused = clerk.post("/staff/new/hardship", {**typed, "name": ""})
    assert refused.status_code == 422
    assert "金丝雀还没去银行办" in refused.text
    assert clerk.post("/staff/new/hardship", typed).status_code == 200
    (number,) = (row["number"] for row in centre.contents()["cases"].values())
    file = words_of(clerk.get(f"/staff/cases/{number}"))
    assert "低保证、低保边缘证 说没有：没有办过" in file
    assert "银行卡 说没有：别的原因（金丝雀还没去银行办）" in file
    assert "收入证明 还没有" in file


def test_a_printed_form_has_room_for_what_there_is_not_and_shows_what_was_said(
    centre: Centre,
) -> None:
    blank = text_of_all(centre.browser().get("/apply/paper.pdf").data)
    assert "哪样没有，为什么" in blank
    receipt = centre.case(CaseKind.HARDSHIP)
    went_on(say(centre.follower(receipt), "/status/papers/state_aid"))
    clerk = centre.staff("intake")
    clerk.get(f"/staff/cases/{receipt.number}")
    sheet = clerk.post(f"/staff/cases/{receipt.number}/form.pdf", {"reason": "signing"})
    assert "说没有：没有办过，没有这样材料（金丝雀没去办过）" in text_of_all(sheet.data)
