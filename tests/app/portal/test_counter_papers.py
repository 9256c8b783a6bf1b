"""Papers that are handed over at the counter: added by staff, seen by the worker, hashed."""

import re
from contextlib import suppress
from hashlib import sha256
from unittest.mock import patch

import pytest
from werkzeug.test import TestResponse

from portal.domain.documents import document_types
from portal.domain.documents.document_types import SIGNED, lay_out_digest
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAllowed
from portal.domain.shared.rate_limits import RateLimit
from portal.operations import rate_limits
from portal.operations.documents import staff_documents
from portal.operations.rate_limits import TooMany
from portal.store import audit
from tests.support.browser import Browser, words_of
from tests.support.centre import Centre, Filed, full_disk
from tests.support.databases import each_database
from tests.support.hostile_files import acting_pdf, talking_jpeg
from tests.support.keying import handler_of, keyer_of, open_page, typed_whole
from tests.support.own_data import document_of, take_out
from tests.support.photographs import (
    NAME,
    case_with_photo,
    full_photo_disk,
    held,
    on_disk,
    photo,
    send,
    send_as_is,
)
from tests.support.printed import text_of_all
from tests.support.walking import numbers_on, went_on

SCAN = "scan0001.jpg"


def key_in(centre: Centre, kind: CaseKind) -> tuple[Browser, Filed, str]:
    """A form that came by letter: who keyed it in, the case, and the once of his page."""
    clerk, address, once = open_page(centre, kind)
    shown = clerk.post(address, {**typed_whole(kind), "once": once})
    assert shown.status_code == 200, words_of(shown)
    return clerk, Filed(*numbers_on(shown), kind), once


def page_of(receipt: Filed, paper: str = "signed") -> str:
    """Where staff add this paper."""
    return f"/staff/cases/{receipt.number}/papers/add/{paper}"


def add(browser: Browser, receipt: Filed, side: int = 64, paper: str = "signed") -> TestResponse:
    """Scan a page and send it."""
    return send(browser, page_of(receipt, paper), photo(side), SCAN)


@pytest.mark.parametrize(
    "kind", [one for one in CaseKind if handler_of(one) == keyer_of(one)], ids=str
)
def test_the_signed_page_of_every_kind_is_added_and_the_worker_sees_it(
    centre: Centre, kind: CaseKind
) -> None:
    clerk, receipt, _ = key_in(centre, kind)
    case = f"/staff/cases/{receipt.number}"
    shown = clerk.get(case)
    assert "还没有签字的纸" in words_of(shown)
    assert page_of(receipt) in shown.text
    assert went_on(add(clerk, receipt)) == page_of(receipt)
    words = words_of(clerk.get(case))
    assert "还没有签字的纸" not in words
    assert f"示范{keyer_of(kind)} 传的" in words
    (sent,) = held(centre, receipt)
    assert (sent.paper, sent.by, sent.by_applicant) == ("signed", keyer_of(kind), False)
    assert sent.has_original == (kind in {CaseKind.CONSULTATION})
    worker = words_of(centre.follower(receipt).get("/status/case"))
    assert f"帮扶中心 传了材料 {SIGNED.label}" in worker
    assert f"{SIGNED.label} {SCAN}" in worker
    assert "帮扶中心传的" in worker
    assert keyer_of(kind) not in worker
    (entry,) = [one for one, _ in audit.entries(centre.instance) if one.action == "add paper"]
    assert (entry.actor, entry.object, entry.note) == (keyer_of(kind), receipt.number, sent.id)


@each_database
def test_several_scans_in_a_row_and_the_page_is_ready_for_the_next(centre: Centre) -> None:
    clerk, receipt, _ = key_in(centre, CaseKind.HARDSHIP)
    page = page_of(receipt)
    for number in range(12):  # a worker on the web would have to wait after ten
        clerk.get(page)
        assert went_on(send_as_is(clerk, page, photo(64 + number), SCAN)) == page
    shown = clerk.get(page)
    assert "已经有 12 份" in words_of(shown)
    assert shown.text.count('type="file"') == 1
    assert shown.text.count('type="hidden"') == shown.text.count("csrf_token")
    assert went_on(send(clerk, page, acting_pdf(), "扫描.pdf")) == page
    assert len(held(centre, receipt)) == 13


def test_the_counter_opens_on_the_first_paper_that_has_not_come(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    clerk, case = centre.staff("intake"), f"/staff/cases/{receipt.number}"
    assert page_of(receipt, "identity") in clerk.get(case).text
    went_on(add(clerk, receipt, paper="identity"))
    assert page_of(receipt, "family") in clerk.get(case).text
    assert "单子上没有的，传在这里" in words_of(clerk.get(page_of(receipt, "other")))


@each_database
def test_a_case_filed_on_the_web_wants_no_signed_page_but_takes_papers(centre: Centre) -> None:
    receipt = centre.case(CaseKind.JOBS)
    clerk = centre.staff("intake")
    shown = clerk.get(f"/staff/cases/{receipt.number}")
    assert "还没有签字的纸" not in words_of(shown)
    assert page_of(receipt, "other") in shown.text
    went_on(add(clerk, receipt, paper="other"))
    went_on(add(clerk, receipt))
    assert clerk.get(page_of(receipt, "identity")).status_code == 404
    assert add(clerk, receipt, paper="identity").status_code == 404
    worker = centre.follower(receipt)
    assert "帮扶中心传的" in words_of(worker.get("/status/case"))
    assert worker.get("/status/papers").status_code == 403  # he still sends none of this kind
    for sent in held(centre, receipt):
        opened = clerk.get(f"/staff/cases/{receipt.number}/papers/{sent.id}")
        assert opened.mimetype == "image/jpeg"


def test_the_worker_is_offered_no_signed_page_and_cannot_take_ours_away(centre: Centre) -> None:
    clerk, receipt, _ = key_in(centre, CaseKind.HARDSHIP)
    went_on(add(clerk, receipt, paper="identity"))
    worker = centre.follower(receipt)
    assert worker.get("/status/papers/signed").status_code == 404
    (sent,) = held(centre, receipt)
    shown = worker.get("/status/papers/identity")
    assert "帮扶中心传的" in words_of(shown)
    remove = f"/status/papers/identity/{sent.id}/remove"
    assert remove not in shown.text
    refused = worker.post(remove)
    assert refused.status_code == 403
    assert "是帮扶中心传的" in words_of(refused)
    assert len(on_disk(centre)) == 1


@each_database
def test_staff_take_back_only_their_own_and_only_as_long_as_the_worker_might(
    centre: Centre,
) -> None:
    receipt = case_with_photo(centre, CaseKind.HARDSHIP)
    (his,) = held(centre, receipt)
    clerk = centre.staff("second-intake")
    went_on(add(clerk, receipt, paper="identity"))
    ours = next(one for one in held(centre, receipt) if not one.by_applicant)
    page = page_of(receipt, "identity")
    shown = clerk.get(page).text
    assert f"{page}/{ours.id}/remove" in shown
    assert f"{page}/{his.id}/remove" not in shown
    refused = clerk.post(f"{page}/{his.id}/remove")
    assert refused.status_code == 403
    assert "只有本人能删" in words_of(refused)
    centre.take("intake", receipt, "accept")
    assert f"{page}/{ours.id}/remove" not in clerk.get(page).text
    refused = clerk.post(f"{page}/{ours.id}/remove")
    assert refused.status_code == 403
    assert "现在不能删" in words_of(refused)
    centre.take("reviewer", receipt, "request_supplement", "请补身份证。")
    clerk.get(page)
    for _ in range(2):  # a second tap changes nothing
        assert went_on(clerk.post(f"{page}/{ours.id}/remove")) == page
    assert held(centre, receipt) == [his]
    assert len(on_disk(centre)) == 1
    worker = words_of(centre.follower(receipt).get("/status/case"))
    assert "帮扶中心 删了材料 身份证" in worker


def test_a_file_of_another_case_is_neither_removed_nor_swept_off_the_disk(centre: Centre) -> None:
    mine, other = (key_in(centre, CaseKind.HARDSHIP)[1] for _ in range(2))
    clerk = centre.staff("intake")
    went_on(add(clerk, mine))
    (sent,) = held(centre, mine)
    clerk.get(page_of(other))
    went_on(clerk.post(f"{page_of(other)}/{sent.id}/remove"))
    worker = centre.follower(other)
    worker.get("/status/papers/identity")
    went_on(worker.post(f"/status/papers/identity/{sent.id}/remove"))
    assert held(centre, mine) == [sent]
    assert len(on_disk(centre)) == 1


def test_who_may_not_open_the_case_adds_nothing_and_a_closed_one_takes_none(
    centre: Centre,
) -> None:
    _, receipt, _ = key_in(centre, CaseKind.CONSULTATION)
    for login in ("intake", "approver", "admin", "auditor", "editor"):
        browser = centre.staff(login)
        browser.get("/staff/account")
        before = centre.contents()
        page = page_of(receipt)
        for answer in (browser.get(page), send_as_is(browser, page, photo()),
                       browser.post(f"{page}/{'0' * 32}/remove")):  # fmt: skip
            assert answer.status_code == 403
        assert centre.contents() == before
    centre.take("lawyer", receipt, "answer", "可以要回来。")
    lawyer = centre.staff("second-lawyer")
    shown = lawyer.get(f"/staff/cases/{receipt.number}")
    assert page_of(receipt) not in shown.text
    assert "还没有签字的纸" not in words_of(shown)
    for answer in (lawyer.get(page_of(receipt)), send_as_is(lawyer, page_of(receipt), photo())):
        assert answer.status_code == 403
        assert "已经办完" in words_of(answer)
    assert on_disk(centre) == []


@pytest.mark.parametrize(
    ("body", "name", "words"),
    [(b"", SCAN, "照片是空的"), (b"MZ" * 99, SCAN, "只能传照片"),
     (photo()[:300], SCAN, "请再传一次")],
    ids=["empty", "program", "cut off"],
)  # fmt: skip
def test_what_cannot_be_taken_says_so_on_the_same_page(
    centre: Centre, body: bytes, name: str, words: str
) -> None:
    clerk, receipt, _ = key_in(centre, CaseKind.OWN_DATA)
    shown = send(clerk, page_of(receipt), body, name)
    assert shown.status_code == 422
    assert words in words_of(shown)
    assert 'type="file"' in shown.text
    assert held(centre, receipt) == []
    assert on_disk(centre) == []


def test_no_file_a_dead_token_the_limits_and_a_full_disk_are_told_apart(centre: Centre) -> None:
    clerk, receipt, _ = key_in(centre, CaseKind.HARDSHIP)
    page = page_of(receipt)
    clerk.get(page)
    assert "请先选一个文件" in words_of(clerk.post(page))
    for failure in (full_photo_disk, full_disk):
        clerk.get(page)
        with failure():
            shown = send_as_is(clerk, page, photo())
        assert shown.status_code == 503
    assert on_disk(centre) == []
    went_on(send(clerk, page, photo()))
    with patch.object(document_types, "MARGIN", 0):
        assert "不能再多了" in words_of(send(clerk, page, photo(200)))
    with suppress(TooMany):
        while True:
            rate_limits.spend(centre.office, RateLimit.UPLOAD_AT_THE_COUNTER, "intake")
    other = key_in(centre, CaseKind.JOBS)[1]
    over = send(clerk, page_of(other), photo())
    assert over.status_code == 429
    assert "传上来的都在" in words_of(over)
    clerk.token = "dead"
    shown = send_as_is(clerk, page, photo())
    assert shown.status_code == 422
    assert "请再点一次" in words_of(shown)


def test_adding_a_paper_does_not_say_that_a_message_was_read(centre: Centre) -> None:
    receipt = case_with_photo(centre, CaseKind.HARDSHIP)
    clerk = centre.staff("intake")
    went_on(add(clerk, receipt, paper="income"))
    assert "有新情况" in words_of(clerk.get("/staff/?queue=hardship.submitted"))


def test_ones_own_data_say_who_added_a_file(centre: Centre) -> None:
    receipt = case_with_photo(centre, CaseKind.HARDSHIP)
    went_on(add(centre.staff("intake"), receipt, paper="income"))
    worker = centre.follower(receipt)
    papers = document_of(worker, receipt)["papers"]
    assert {one["paper"]: one["sent_by"] for one in papers} == {
        "identity": "worker", "income": "centre"
    }  # fmt: skip
    page = text_of_all(take_out(worker, receipt.code, "pdf").data)
    assert f"{NAME}，您2026年" in page
    assert f"{SCAN}，帮扶中心2026年" in page


def test_the_slip_of_staff_names_what_was_added_there_and_not_the_workers_own(
    centre: Centre,
) -> None:
    lawyer, receipt, once = key_in(centre, CaseKind.CONSULTATION)
    went_on(add(lawyer, receipt))
    worker = centre.follower(receipt)
    went_on(send(worker, "/status/papers/other", talking_jpeg(), NAME))
    sheet = lawyer.post("/staff/new/consultation/receipt.pdf", {"once": once})
    words = text_of_all(sheet.data)
    assert f"{SIGNED.label}：{SCAN}" in words
    assert sha256(photo()).hexdigest() in words
    assert NAME not in words
    page = words_of(
        lawyer.post("/staff/new/consultation", {**typed_whole(receipt.kind), "once": once})
    )
    assert all(line in page for line in lay_out_digest(sha256(photo()).hexdigest()))
    assert "传材料" in page


@each_database
def test_who_keyed_a_form_in_accepts_it_once_its_signed_page_is_there(centre: Centre) -> None:
    clerk, receipt, _ = key_in(centre, CaseKind.HARDSHIP)
    case = f"/staff/cases/{receipt.number}"
    step = {"version": "0"}
    assert f"{case}/accept" not in clerk.get(case).text
    refused = clerk.post(f"{case}/accept", step)
    assert refused.status_code == 403
    assert "把签了名的那页传上来，您就能办" in words_of(refused)
    assert f"{case}/accept" in centre.staff("second-intake").get(case).text
    add(clerk, receipt, paper="other")
    assert f"{case}/accept" not in clerk.get(case).text
    add(clerk, receipt)
    assert f"{case}/accept" in clerk.get(case).text
    (signed,) = [one for one in held(centre, receipt) if one.paper == SIGNED.code]
    actor = centre.actor("intake")
    staff_documents.remove_staff_document(centre.office, actor, receipt.number, signed.id)
    assert f"{case}/accept" not in clerk.get(case).text
    add(clerk, receipt)
    version = re.findall(r'name="version" value="(\d+)"', clerk.get(case).text)[0]
    assert clerk.post(f"{case}/accept", {"version": version}).status_code == 303
    with pytest.raises(NotAllowed):
        centre.take("intake", receipt, "approve", "同意。", granted="100")
