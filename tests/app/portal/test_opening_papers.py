"""Staff open the photos that workers send: only those who may, logged, and harmless."""

import json
import logging
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image

from portal.domain.shared.case_kinds import CaseKind
from portal.store import audit
from tests.support.browser import words_of
from tests.support.centre import Centre
from tests.support.databases import each_database
from tests.support.hostile_files import SCRIPT, SECRET_PLACE, acting_pdf, talking_jpeg
from tests.support.photographs import (
    NAME,
    address_of_photo,
    case_with_photo,
    full_photo_disk,
    on_disk,
    opened_case,
    send,
)


@each_database
def test_a_photo_is_shown_cleaned_upright_and_logged(centre: Centre) -> None:
    receipt = case_with_photo(centre, CaseKind.HARDSHIP)
    address = address_of_photo(centre, receipt)
    staff = opened_case(centre, "intake", receipt)
    shown = staff.get(address)
    assert shown.mimetype == "image/jpeg"
    assert Image.open(BytesIO(shown.data)).size == (480, 640)
    assert SCRIPT not in shown.data
    assert shown.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.headers["Content-Disposition"].startswith("inline")
    entry = audit.newest_entries(centre.office.store, 1, None)[0]
    file_id = address.rpartition("/")[2]
    assert (entry.actor, entry.action, entry.object, entry.note) == (
        "intake", "open paper", receipt.number, file_id
    )  # fmt: skip


def test_the_name_that_the_worker_gave_is_masked_until_the_mask_is_lifted(centre: Centre) -> None:
    receipt = case_with_photo(centre, CaseKind.HARDSHIP)
    staff = centre.staff("intake")
    shown = words_of(staff.get(f"/staff/cases/{receipt.number}"))
    assert "身份证" in shown
    assert NAME not in shown
    revealed = staff.post(f"/staff/cases/{receipt.number}/reveal", {"reason": "identity"})
    assert NAME in words_of(revealed)


def test_a_pdf_is_only_downloaded(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    send(centre.follower(receipt), "/status/papers/income", acting_pdf(), "流水.pdf")
    shown = centre.staff("reviewer").get(address_of_photo(centre, receipt))
    assert shown.mimetype == "application/pdf"
    assert shown.headers["Content-Disposition"].startswith("attachment")
    assert b"JavaScript" not in shown.data


@pytest.mark.parametrize(
    ("kind", "login", "status"),
    [(CaseKind.HARDSHIP, "lawyer", 403), (CaseKind.CONSULTATION, "intake", 403),
     (CaseKind.HARDSHIP, "admin", 403), (CaseKind.HARDSHIP, "auditor", 403),
     (CaseKind.HARDSHIP, "editor", 403)],
)  # fmt: skip
def test_who_may_not_open_the_case_sees_no_photo(
    centre: Centre, kind: CaseKind, login: str, status: int
) -> None:
    receipt = case_with_photo(centre, kind)
    address = address_of_photo(centre, receipt)
    browser = centre.staff(login)
    browser.get("/staff/account")
    before = centre.contents()
    assert browser.get(address).status_code == status
    assert browser.post(f"{address}/original", {"reason": "evidence"}).status_code == status
    assert centre.contents() == before


def test_a_photo_opens_only_in_its_own_case_and_from_our_own_pages(centre: Centre) -> None:
    first, second = (case_with_photo(centre, CaseKind.HARDSHIP) for _ in range(2))
    address = address_of_photo(centre, first)
    staff = centre.staff("intake")
    assert staff.get(address.replace(first.number, second.number)).status_code == 404
    assert staff.get(f"/staff/cases/{first.number}/papers/..%2F..%2Fkeys.json").status_code == 404
    assert staff.get(address, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert staff.get(address, **{"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_a_damaged_photo_is_never_shown(centre: Centre) -> None:
    receipt = case_with_photo(centre, CaseKind.HARDSHIP)
    address, (path,) = address_of_photo(centre, receipt), on_disk(centre)
    staff, sealed = centre.staff("intake"), path.read_bytes()
    for changed in (sealed[:-1], sealed[:-1] + bytes([sealed[-1] ^ 1]), b""):
        path.write_bytes(changed)
        assert staff.get(address).status_code == 503
    path.unlink()
    assert staff.get(address).status_code == 503
    assert staff.get(f"/staff/cases/{receipt.number}").status_code == 200


def test_neither_name_nor_place_of_a_photo_is_found_in_rows_files_or_logs(
    centre: Centre, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.WARNING, "PIL")  # the photo is made here, in this process
    receipt = case_with_photo(centre, CaseKind.CONSULTATION)
    follower = centre.follower(receipt)
    send(follower, "/status/papers/payslip", b"no photo", NAME)
    with full_photo_disk():
        assert send(follower, "/status/papers/payslip", talking_jpeg()).status_code == 503
    staff = opened_case(centre, "lawyer", receipt)
    staff.get(address_of_photo(centre, receipt))
    assert "incident" in caplog.text
    stored = json.dumps(centre.contents(), ensure_ascii=False)
    for canary in ("金丝雀", json.dumps("金丝雀").strip('"'), SECRET_PLACE.decode()):
        assert canary not in stored
        assert canary not in caplog.text
    assert sha256(talking_jpeg()).hexdigest() not in stored
    for path in on_disk(centre):
        data = path.read_bytes()
        assert not [word for word in (SECRET_PLACE, SCRIPT, b"JFIF", NAME.encode())
                    if word in data]  # fmt: skip
