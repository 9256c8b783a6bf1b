"""Sending photos of papers: with a form, and after it was handed in."""

from dataclasses import replace

import pytest

from portal.cleaning import LARGEST_FILE
from portal.domain.documents.document_types import PAPERS
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.centre import retention
from portal.operations.forms import submission
from tests.support.browser import is_refused, typed_in, words_of
from tests.support.centre import Centre, add_answers, declarations, full_disk
from tests.support.databases import each_database
from tests.support.following import look_up
from tests.support.hostile_files import MEGABYTE, acting_pdf, talking_jpeg
from tests.support.photographs import (
    NAME,
    case_with_photo,
    full_photo_disk,
    held,
    on_disk,
    photo,
    send,
    send_as_is,
    sent_so_far,
)
from tests.support.samples import LAST_TICKS
from tests.support.walking import went_on

IDENTITY = "/apply/papers/identity"


def test_the_list_names_only_what_the_answers_ask_for(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    shown = words_of(browser.get("/apply/papers"))
    for wanted in ("身份证", "收入证明", "低保证", "诊断证明", "残疾证", "劳动合同", "银行卡"):
        assert f"{wanted}" in shown
    assert "失业登记" not in shown
    assert browser.get("/apply/papers/jobless").status_code == 404
    browser, _ = centre.draft(CaseKind.CONSULTATION)
    shown = words_of(browser.get("/consult/papers"))
    assert "工资条、银行转账" in shown
    assert "聊天记录" not in shown


@each_database
def test_a_photo_is_kept_and_goes_with_the_case(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.HARDSHIP)
    assert went_on(send(browser, IDENTITY, photo())) == IDENTITY
    assert "已经传上来 1 张" in words_of(browser.get(IDENTITY))
    assert "身份证 ✓ 已传 1 张" in words_of(browser.get("/apply/papers"))
    browser.get("/apply/papers")
    assert went_on(browser.post("/apply/papers", {"papers": "sent"})) == "/apply/check"
    assert went_on(browser.post("/apply/check", LAST_TICKS)) == "/apply/receipt"
    shown = words_of(browser.get("/apply/receipt"))
    assert NAME in shown
    receipt = submission.find_receipt(centre.office, token)
    assert receipt
    follower = centre.browser()
    look_up(follower, receipt.number, str(receipt.code))
    assert NAME in words_of(follower.get("/status/case"))
    (row,) = centre.contents()["files"].values()
    assert row["owner"] == f"case {receipt.number}"
    seen = centre.staff("intake").get(f"/staff/cases/{receipt.number}/papers/{row['file_id']}")
    assert seen.mimetype == "image/jpeg"
    assert [path.name for path in on_disk(centre)] == [row["file_id"]]
    assert browser.post(f"{IDENTITY}/{row['file_id']}/remove").status_code == 303
    assert len(on_disk(centre)) == 1  # the form is handed in: nothing of it can be taken back


def test_what_is_missing_may_always_come_later(centre: Centre) -> None:
    for kind in PAPERS.keys() - {CaseKind.TEMPORARY}:
        browser, token = centre.draft(kind)
        address = JOURNEYS[kind].address
        browser.get(f"/{address}/papers")
        shown = browser.post_and_see(f"/{address}/papers", {"papers": "sent"})
        assert is_refused(shown)
        misses_some = kind is not CaseKind.OBJECTION  # which needs none
        assert ("现在没有的，以后再补" in words_of(shown)) == misses_some
        assert went_on(browser.post(f"/{address}/papers", {"papers": "later"})).endswith("/check")
        draft = submission.read_draft(centre.office, token)
        assert draft
        assert draft.answers["papers"] == "later"


def test_answers_saved_after_a_photo_leave_it_readable(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.HARDSHIP)
    send(browser, IDENTITY, photo())
    add_answers(centre.office, token, {"story": "又想起一件事。"})
    (sent,) = sent_so_far(centre, token)
    assert sent.name == NAME


def test_a_photo_can_be_taken_back_at_once(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.CONSULTATION)
    send(browser, "/consult/papers/payslip", photo())
    (sent,) = sent_so_far(centre, token)
    assert len(on_disk(centre)) == 2  # the original is kept beside it
    for _ in range(2):  # a second tap changes nothing
        removed = browser.post(f"/consult/papers/payslip/{sent.id}/remove")
        assert went_on(removed) == "/consult/papers/payslip"
    assert on_disk(centre) == []
    assert centre.contents()["files"] == {}


def test_nobody_takes_back_what_another_has_sent(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.HARDSHIP)
    send(browser, IDENTITY, photo())
    (sent,) = sent_so_far(centre, token)
    other, _ = centre.draft(CaseKind.HARDSHIP)
    follower = centre.follower(centre.case(CaseKind.HARDSHIP))
    other.get(IDENTITY)
    other.post(f"{IDENTITY}/{sent.id}/remove")
    follower.get("/status/papers/identity")
    follower.post(f"/status/papers/identity/{sent.id}/remove")
    assert len(on_disk(centre)) == 1
    assert len(sent_so_far(centre, token)) == 1


@pytest.mark.parametrize(
    ("body", "name", "words"),
    [(b"", "a.jpg", "照片是空的"), (b"MZ" * 99, "a.jpg", "只能传照片"),
     (photo()[:300], "a.jpg", "请再传一次"),
     (b"\xff\xd8\xff" + bytes(LARGEST_FILE), "a.jpg", "小于 10 MB")],
    ids=["empty", "program", "cut off", "large"],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_says_what_to_do(
    centre: Centre, body: bytes, name: str, words: str
) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    shown = send(browser, IDENTITY, body, name)
    assert shown.status_code == 422
    assert words in words_of(shown)
    assert 'type="file"' in shown.text
    assert centre.contents()["files"] == {}
    assert on_disk(centre) == []


def test_a_body_over_the_limit_gets_a_page_that_helps(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    shown = send(browser, IDENTITY, bytes(33 * MEGABYTE))
    assert shown.status_code == 413
    assert "照片太大，没有传成功 请换一张小于 10 MB 的" in words_of(shown)
    assert send(browser, "/apply/papers", bytes(MEGABYTE)).status_code == 413


def test_without_a_photo_or_with_a_dead_token_the_page_comes_back(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    browser.get(IDENTITY)
    shown = browser.post(IDENTITY)
    assert shown.status_code == 422
    assert "请先选照片" in words_of(shown)
    browser.token = "dead"
    shown = send_as_is(browser, IDENTITY, photo())
    assert shown.status_code == 422
    assert "为了安全请再点一次" in words_of(shown)
    assert on_disk(centre) == []


@each_database
def test_the_same_photo_sent_twice_is_kept_once(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.HARDSHIP)
    for told in (IDENTITY, f"{IDENTITY}?known=1"):
        assert went_on(send(browser, IDENTITY, photo())) == told
    assert "有 1 张以前就传过了，没有重复存" in words_of(browser.get(told))
    assert len(sent_so_far(centre, token)) == 1
    assert len(on_disk(centre)) == 1


def test_a_photo_from_before_does_not_pass_for_what_was_asked_since(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    follower = centre.follower(receipt)
    page = "/status/papers/income"
    went_on(send(follower, page, photo()))
    centre.clock.advance(minutes=1)
    centre.take("reviewer", receipt, "request_supplement", "收入证明看不清，请重拍。")
    told = went_on(send(follower, page, photo()))
    shown = words_of(follower.get(told))
    assert "有 1 张以前就传过了" in shown
    assert "以前传的不算这次补的。请换一张" in shown
    went_on(send(follower, page, photo(65)))
    assert "1 张照片收到了，还差最后一步" in words_of(follower.get(page))


@each_database
def test_a_photo_for_a_case_stands_in_its_history(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    centre.take("reviewer", receipt, "request_supplement", "请补身份证。")
    follower = centre.follower(receipt)
    assert "传材料的照片" in words_of(follower.get("/status/case"))
    assert "请补身份证。" in words_of(follower.get("/status/papers"))
    assert went_on(send(follower, "/status/papers/identity", photo())).endswith("/identity")
    shown = words_of(follower.get("/status/case"))
    assert "传了材料 身份证" in shown
    (sent,) = held(centre, receipt)
    follower.get("/status/papers/identity")
    went_on(follower.post(f"/status/papers/identity/{sent.id}/remove"))
    assert "删了材料 身份证" in words_of(follower.get("/status/case"))
    assert on_disk(centre) == []
    acts = [row["action"] for row in centre.contents()["audit"].values()]
    assert acts[-2:] == ["add paper", "remove paper"]
    follower.get("/status/case/give_supplement")
    went_on(follower.post("/status/case/give_supplement", {"words": "传好了。"}))


def test_photos_that_came_since_they_were_asked_for_are_handed_in_without_words(
    centre: Centre,
) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    follower = centre.follower(receipt)
    went_on(send(follower, "/status/papers/identity", photo()))
    centre.clock.advance(minutes=1)
    centre.take("reviewer", receipt, "request_supplement", "请补收入证明。")
    give = "/status/case/give_supplement"
    assert "① 要照片的，先传照片" in words_of(follower.get("/status/case"))
    assert "先传照片" in words_of(follower.get(give))
    assert follower.post(give, {"words": ""}).status_code == 422  # what came before does not count
    went_on(send(follower, "/status/papers/income", photo()))
    for page in ("/status/case", "/status/papers", "/status/papers/income"):
        assert "1 张照片收到了，还差最后一步：点“提交补充材料”" in words_of(follower.get(page))
    shown = words_of(follower.get(give))
    assert "1 张照片收到了。 还差最后一步" in shown
    assert "收入证明" in shown
    assert went_on(follower.post(give, {"words": ""})) == "/status/case"
    assert "已提交" in words_of(follower.get("/status/case"))


def test_the_pages_say_how_many_papers_came_and_how_many_are_to_come(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    send(browser, IDENTITY, photo())
    shown = words_of(browser.get("/apply/papers"))
    assert "现在没有的，以后再补，先点“下一步”" in shown
    went_on(browser.post("/apply/papers", {"papers": "later"}))
    for page in ("/apply/papers", "/apply/check"):
        assert "传了 1 种，还差" in words_of(browser.get(page))
    went_on(browser.post("/apply/check", LAST_TICKS))
    assert "还差的，以后在“查进度”里补" in words_of(browser.get("/apply/receipt"))


def test_a_photo_that_staff_build_on_cannot_be_taken_back(centre: Centre) -> None:
    receipt = case_with_photo(centre, CaseKind.HARDSHIP)
    follower = centre.follower(receipt)
    (sent,) = held(centre, receipt)
    page, remove = "/status/papers/identity", f"/status/papers/identity/{sent.id}/remove"
    assert remove in follower.get(page).text
    assert "再传、删材料的照片" in words_of(follower.get("/status/case"))
    centre.take("intake", receipt, "accept")
    assert "再传材料的照片" in words_of(follower.get("/status/case"))
    shown = follower.get(page)
    assert remove not in shown.text
    assert "现在不能删" in words_of(shown)
    refused = follower.post(remove)
    assert refused.status_code == 403
    assert "我们已经照这些材料在办了" in words_of(refused)
    assert held(centre, receipt) == [sent]
    assert len(on_disk(centre)) == 1
    went_on(send(follower, "/status/papers/other", photo(65)))  # more may always be sent
    centre.take("reviewer", receipt, "request_supplement", "身份证拍糊了，请重传。")
    follower.get(page)
    assert went_on(follower.post(remove)) == page
    assert len(held(centre, receipt)) == 1


def test_a_closed_case_takes_no_photo(centre: Centre) -> None:
    receipt = case_with_photo(centre, CaseKind.CONSULTATION)
    follower = centre.follower(receipt)
    centre.take("lawyer", receipt, "answer", "可以要回来。")
    shown = follower.get("/status/case")
    assert "/status/papers" not in shown.text
    assert NAME in words_of(shown)
    assert "打官司时用来证明照片没改过" in words_of(shown)
    (sent,) = held(centre, receipt)
    for method, address in (("GET", ""), ("GET", "/identity"), ("POST", "/identity"),
                            ("POST", f"/identity/{sent.id}/remove")):  # fmt: skip
        path = f"/status/papers{address}"
        answer = follower.get(path) if method == "GET" else follower.post(path)
        assert answer.status_code == 403
        assert "已经办完" in words_of(answer)
    assert len(on_disk(centre)) == 2


def test_a_case_without_photos_has_no_such_page(centre: Centre) -> None:
    follower = centre.follower(centre.case(CaseKind.JOBS))
    assert "材料的照片" not in words_of(follower.get("/status/case"))
    assert follower.get("/status/papers").status_code == 403


@each_database
def test_a_full_disk_stores_nothing_and_says_so(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.CONSULTATION)
    address = "/consult/papers/payslip"
    before = centre.contents()
    for failure in (full_photo_disk, full_disk):
        browser.get(address)
        with failure():
            shown = send(browser, address, photo())
        assert shown.status_code == 503
        assert "照片没有存下来，是我们这边的问题" in words_of(shown)
        assert on_disk(centre) == []
        assert centre.contents()["files"] == before["files"]
    went_on(send(browser, address, photo()))


@each_database
def test_a_form_is_kept_thirty_days_after_its_last_photo(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.CONSULTATION)
    centre.clock.advance(days=29)
    sent = send(browser, "/consult/papers/payslip", photo())
    assert went_on(sent) == "/consult/papers/payslip"
    assert any("__Host-visit=" in one for one in sent.headers.getlist("Set-Cookie"))
    centre.clock.advance(days=29)
    centre.staff("intake")  # nothing is tidied up in an office where nobody comes in
    assert retention.tidy(centre.office).drafts == 0
    assert len(sent_so_far(centre, token)) == 1
    centre.clock.advance(days=2)
    assert retention.tidy(centre.office).drafts == 1
    assert on_disk(centre) == []


def test_a_form_that_is_thrown_away_for_another_takes_its_photos_along(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    send(browser, IDENTITY, photo())
    begun: dict[str, object] = {"filled_by": "self"}  # with a number it would stay, locked
    token = centre.chance.tokens[-1]
    submission.change_draft(centre.office, token, lambda now: replace(now, answers=begun))
    browser.get("/apply")
    assert went_on(browser.post("/apply")) == "/apply/another"
    assert len(on_disk(centre)) == 1
    shown = browser.get("/apply/another")
    went_on(browser.post("/apply/another", {"seen": typed_in(shown, "seen"), "button": "drop"}))
    assert on_disk(centre) == []
    assert centre.contents()["files"] == {}


def test_a_pdf_is_taken_on_the_page_for_it(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    page = browser.get(f"{IDENTITY}?pdf=1")
    assert 'accept="application/pdf"' in page.text
    assert 'accept="image/*"' in browser.get(IDENTITY).text
    assert went_on(send(browser, f"{IDENTITY}?pdf=1", acting_pdf(), "扫描.pdf")) == IDENTITY


def test_the_page_of_a_photo_has_no_text_field(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    send(browser, IDENTITY, talking_jpeg())
    page = browser.get(IDENTITY).text
    assert 'type="text"' not in page
    assert "<textarea" not in page
    assert page.count('type="file"') == 1


@each_database
def test_a_form_handed_in_at_the_counter_hands_its_photos_over(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.MEDICAL)
    send(browser, "/medical-aid/papers/medical_bills", photo())
    receipt = submission.submit_case(centre.office, CaseKind.MEDICAL, token,
                                 declarations(CaseKind.MEDICAL), "test")  # fmt: skip
    (row,) = centre.contents()["files"].values()
    assert row["owner"] == f"case {receipt.number}"
