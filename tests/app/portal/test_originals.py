"""The untouched file that may become evidence: kept, hashed, and taken out for a reason."""

from hashlib import sha256

import pypdfium2

from portal.domain.documents.document_types import lay_out_digest
from portal.domain.shared.case_kinds import CaseKind
from portal.store import audit
from tests.support.browser import words_of
from tests.support.centre import Centre
from tests.support.hostile_files import talking_jpeg
from tests.support.photographs import (
    address_of_photo,
    case_with_photo,
    opened_case,
    photo,
    send,
)
from tests.support.printed import POOR_SCANNER, codes_of, text_of
from tests.support.walking import went_on


def test_only_a_consultation_keeps_the_original_and_asks_why(centre: Centre) -> None:
    receipt = case_with_photo(centre, CaseKind.CONSULTATION)
    address = address_of_photo(centre, receipt)
    lawyer = opened_case(centre, "lawyer", receipt)
    assert lawyer.post(f"{address}/original").status_code == 303  # no reason, no file
    taken = lawyer.post(f"{address}/original", {"reason": "evidence"})
    assert taken.data == talking_jpeg()
    assert taken.mimetype == "application/octet-stream"
    assert taken.headers["Content-Disposition"].startswith("attachment")
    entry = audit.newest_entries(centre.office.store, 1, None)[0]
    assert (entry.action, entry.note) == ("open original", f"{address[-32:]} evidence")
    auditor = centre.staff("auditor")
    assert "取材料原件" in words_of(auditor.get("/staff/audit"))
    assert "当证据交给仲裁、法院" in words_of(auditor.get("/staff/audit"))
    other = case_with_photo(centre, CaseKind.HARDSHIP)
    intake = opened_case(centre, "intake", other)
    none = intake.post(f"{address_of_photo(centre, other)}/original", {"reason": "evidence"})
    assert none.status_code == 404


def test_the_digest_of_an_original_is_shown_to_both_sides(centre: Centre) -> None:
    digest = sha256(talking_jpeg()).hexdigest()
    browser, _ = centre.draft(CaseKind.CONSULTATION)
    send(browser, "/consult/papers/payslip", talking_jpeg())
    browser.post("/consult/papers", {"papers": "sent"})
    browser.get("/consult/check")
    browser.post("/consult/check")
    assert digest in words_of(browser.get("/consult/receipt"))
    receipt = case_with_photo(centre, CaseKind.CONSULTATION)
    assert digest in words_of(centre.follower(receipt).get("/status/case"))
    assert digest in words_of(centre.staff("lawyer").get(f"/staff/cases/{receipt.number}"))


def test_the_receipt_carries_the_hash_of_every_original_over_several_pages(
    centre: Centre,
) -> None:
    browser, _ = centre.draft(CaseKind.CONSULTATION)
    for number in range(10):
        went_on(send(browser, "/consult/papers/payslip", photo(64 + number), f"工资{number}.jpg"))
    centre.clock.advance(minutes=11)
    went_on(send(browser, "/consult/papers/witness", talking_jpeg(), "长" * 70 + ".jpg"))
    browser.get("/consult/papers")
    browser.post("/consult/papers", {"papers": "sent"})
    browser.get("/consult/check")
    went_on(browser.post("/consult/check"))
    printed = pypdfium2.PdfDocument(browser.get("/consult/receipt.pdf").data)
    assert len(printed) > 1
    words = "".join(text_of(page) for page in printed)
    for number in range(10):
        digest = sha256(photo(64 + number)).hexdigest()
        assert f"工资{number}.jpg" in words
        assert digest in words
    digest = sha256(talking_jpeg()).hexdigest()
    assert digest in words
    lines = printed[len(printed) - 1].get_textpage().get_text_range()
    assert all(line in lines for line in lay_out_digest(digest))
    assert any("/verify/#" in code for code in codes_of(printed[0], POOR_SCANNER))


def test_a_receipt_without_originals_stays_on_one_page(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.CONSULTATION)
    browser.get("/consult/check")
    browser.post("/consult/check")
    printed = pypdfium2.PdfDocument(browser.get("/consult/receipt.pdf").data)
    assert len(printed) == 1
    assert "SHA-256" not in text_of(printed[0])
