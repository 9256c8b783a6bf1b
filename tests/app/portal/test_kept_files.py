"""Files on the disk and their rows: room for the database, what goes with what, what is swept."""

import errno
import os
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from portal.domain.accounts.actor import VISITOR
from portal.domain.documents.document_types import SentFile
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.centre import retention
from portal.store import cases, files
from portal.store.engine.database import RowDB
from portal.store.engine.schema import SCHEMA, SCHEMA_VERSION
from portal.store.errors import Damaged, StoreDown, StoreFull
from tests.support.centre import Centre
from tests.support.databases import each_database
from tests.support.photographs import case_with_photo, held, on_disk, photo, send


def test_photos_leave_room_for_the_database(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "KEPT_FREE", 10**18)
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    assert send(browser, "/apply/papers/identity", photo()).status_code == 503
    assert on_disk(centre) == []


@each_database
def test_photos_of_forgotten_drafts_go_with_them(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.CONSULTATION)
    send(browser, "/consult/papers/payslip", photo())
    kept = case_with_photo(centre, CaseKind.HARDSHIP)
    centre.clock.advance(days=31)
    centre.staff("intake")  # somebody has worked with this clock
    assert retention.tidy(centre.office).drafts == 1
    assert len(held(centre, kept)) == 1
    assert len(on_disk(centre)) == 1
    assert len(centre.contents()["files"]) == 1


@each_database
def test_files_without_a_row_are_swept_up_after_a_day(centre: Centre) -> None:
    kept = case_with_photo(centre, CaseKind.CONSULTATION)
    files.write_blobs(centre.instance.files, b"left behind", b"original")
    part = centre.instance.files / "ab" / f"{'ab' * 16}.part"
    part.parent.mkdir(exist_ok=True)
    part.write_bytes(b"half")
    now = datetime.now(UTC)
    assert files.sweep(centre.office.store, now - timedelta(days=1)) == 0
    later = now + timedelta(minutes=1)
    assert files.sweep(centre.office.store, later) == 3
    assert len(on_disk(centre)) == 2
    assert len(held(centre, kept)) == 1


@each_database
def test_erasing_a_case_erases_its_photos(centre: Centre) -> None:
    receipt = case_with_photo(centre, CaseKind.HARDSHIP)
    (row,) = centre.contents()["files"].values()
    assert str(centre.office.store.keys.masters) not in row["key"]
    blob = on_disk(centre)[0].read_bytes()
    assert blob[:2] == b"\1\1"
    assert b"JFIF" not in blob
    db = centre.office.store.db
    (case,) = centre.contents()["cases"]
    db.table("cases").update({"key": None}, doc_ids=[int(case)])
    shown = centre.staff("intake").get(f"/staff/cases/{receipt.number}/papers/{row['file_id']}")
    assert shown.status_code == 503


def test_an_instance_of_before_gets_the_table_of_files(centre: Centre, store_url: str) -> None:
    before = {name: indexes for name, indexes in SCHEMA.items() if name != "files"}
    with RowDB(store_url, before, version=1) as db:
        db.table("drafts").insert({"token_index": "x", "changed_at": "2026"})
    with RowDB(store_url, SCHEMA, version=SCHEMA_VERSION, refuse_scans=True) as db:
        assert files.forget_files(replace(centre.instance, db=db), "draft x") == []
        assert len(db.table("drafts")) == 1


def test_a_row_of_before_staff_added_files_says_that_the_worker_sent_it(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    def as_before(sent: SentFile) -> dict[str, object]:
        return {name: value for name, value in asdict(sent).items() if name != "by"}

    monkeypatch.setattr(files, "asdict", as_before)
    receipt = case_with_photo(centre, CaseKind.HARDSHIP)
    assert [one.by for one in held(centre, receipt)] == [VISITOR]


@each_database
def test_a_file_opens_for_whom_it_belongs_to_and_nobody_else(centre: Centre) -> None:
    filed = case_with_photo(centre, CaseKind.HARDSHIP)
    other = cases.find_case(centre.instance, centre.case(CaseKind.HARDSHIP).number)
    own = cases.find_case(centre.instance, filed.number)
    assert own
    assert other
    (sent,) = files.files_of(centre.instance, own.owner)
    assert files.read_file(centre.instance, own.owner, sent.id)
    with pytest.raises(Damaged, match="没有记录"):
        files.read_file(centre.instance, other.owner, sent.id)
    with pytest.raises(Damaged, match="没有记录"):
        files.read_file(centre.instance, own.owner, "0" * 32)


@pytest.mark.parametrize("number", sorted(files.DISK_FULL))
def test_a_disk_without_room_is_told_as_such_and_nothing_is_left(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_with(number, monkeypatch)
    with pytest.raises(StoreFull, match="请腾出空间"):
        files.write_blobs(tmp_path / "files", b"photo", b"original")
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.EIO])
def test_a_disk_that_takes_nothing_is_not_told_as_full(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_with(number, monkeypatch)
    with pytest.raises(StoreDown, match="请检查权限"):
        files.write_blobs(tmp_path / "files", b"photo", None)


def fail_with(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the disk refuse to bring bytes to it, with this word of the system."""

    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
