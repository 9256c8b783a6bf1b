"""Copies of a centre: made while it works, whole or not at all, and back from them."""

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from portal.domain.shared.case_kinds import CaseKind
from portal.operations.centre.backup import BackupStore, find_newest, make_copy, make_due_copy
from portal.operations.centre.restore import examine, loaded_copy
from portal.store.centre.backup import CopyPart, unpack_copy
from portal.store.crypto.age_format import make_key_pair
from portal.store.engine.dump import load_tables
from portal.store.errors import Damaged, InstanceProblem, KeyProblem, NewerDatabase, StoreError
from portal.store.files import paths_of
from tests.support.centre import START, Centre
from tests.support.copies import PUBLIC, SECRET, busy, place_for, run, shelf_of, unpacked
from tests.support.databases import each_database
from tests.support.letters import make_sending


@each_database
def test_a_copy_gives_back_every_row_and_opens_to_the_last_word(
    centre: Centre, tmp_path: Path
) -> None:
    before = busy(centre).contents()
    folder, manifest = unpacked(centre, tmp_path)
    with loaded_copy(place_for(centre, folder), folder, manifest) as restored:
        after = dict(restored.db.storage.read())
        findings = examine(restored, lambda done, of: None)
    assert after == before
    assert (findings.cases, findings.files, findings.problems) == (2, 1, ())
    assert findings.entries == len(before["audit"])
    assert (folder / "content" / "centre.toml").is_file()
    assert not list(folder.rglob("keys.json"))


@each_database
def test_a_copy_restores_into_the_database_it_came_from(centre: Centre, tmp_path: Path) -> None:
    before = busy(centre).contents()
    folder, manifest = unpacked(centre, tmp_path)
    with pytest.raises(InstanceProblem, match="已经有数据"):
        load_tables(centre.instance.db, folder / CopyPart.TABLES, manifest.rows)
    with centre.instance.transaction():
        for name in sorted(centre.instance.db.tables()):
            centre.instance.db.drop_table(name)
        load_tables(centre.instance.db, folder / CopyPart.TABLES, manifest.rows)
    assert centre.contents() == before
    centre.case(CaseKind.HARDSHIP)  # new rows get IDs that are free


def test_nothing_that_is_sealed_stands_in_the_unpacked_copy(centre: Centre, tmp_path: Path) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    folder, _ = unpacked(centre, tmp_path)
    held = b"".join(path.read_bytes() for path in (folder / CopyPart.TABLES).iterdir())
    assert filed.number.encode() in held
    assert b"419999" not in held
    assert filed.code.replace(" ", "").encode() not in held


@pytest.mark.parametrize("harm", ["cut", "flipped", "other"])
def test_a_copy_that_is_not_whole_is_refused(centre: Centre, tmp_path: Path, harm: str) -> None:
    made = make_copy(busy(centre).office, shelf_of(centre, tmp_path), "test")
    body = made.file.read_bytes()
    middle = len(body) // 2
    flipped = body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :]
    made.file.write_bytes({"cut": body[:middle], "flipped": flipped, "other": b"PK"}[harm])
    with pytest.raises(Damaged, match="请换一份备份"):
        unpack_copy(made.file, SECRET, tmp_path)


def test_a_wrong_key_is_told_from_a_damaged_copy(centre: Centre, tmp_path: Path) -> None:
    made = make_copy(centre.office, shelf_of(centre, tmp_path), "test")
    with pytest.raises(KeyProblem, match="打不开这份备份"):
        unpack_copy(made.file, make_key_pair()[0], tmp_path)
    with pytest.raises(KeyProblem, match="AGE-SECRET-KEY-"):
        unpack_copy(made.file, PUBLIC, tmp_path)


def test_a_missing_or_altered_photo_is_found_by_the_drill(centre: Centre, tmp_path: Path) -> None:
    busy(centre)
    folder, manifest = unpacked(centre, tmp_path)
    (photo,) = (path for path in (folder / CopyPart.FILES).glob("*/*") if not path.suffix)
    photo.write_bytes(photo.read_bytes()[:-1])
    with loaded_copy(place_for(centre, folder), folder, manifest) as restored:
        findings = examine(restored, lambda done, of: None)
    assert len(findings.problems) == 1
    assert findings.problems[0].startswith("FL26-")


def test_a_photo_that_the_disk_lacks_is_counted(centre: Centre, tmp_path: Path) -> None:
    busy(centre)
    (row,) = centre.contents()["files"].values()
    for path in paths_of(centre.instance.files, row["file_id"]):
        path.unlink(missing_ok=True)
    made = make_copy(centre.office, shelf_of(centre, tmp_path), "test")
    assert (made.manifest.files, made.manifest.missing) == (0, 1)


def test_what_cannot_be_written_leaves_nothing_behind(centre: Centre, tmp_path: Path) -> None:
    shelf = shelf_of(centre, tmp_path)
    shelf.folder.write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="copies"):
        make_copy(centre.office, shelf, "test")
    assert [path.name for path in tmp_path.iterdir()] == ["copies"]
    assert not [row for row in centre.contents()["audit"].values()
                if row["action"] == "make copy"]  # fmt: skip


def leave_behind(shelf: BackupStore, hours: int) -> list[Path]:
    """What copying, trying and writing leave when they are killed, so many hours ago."""
    instance, written = shelf.config.parent, START.timestamp() - hours * 3600
    folders = [instance / f"{begun}{hours}" for begun in ("copying-", "drill-")]
    parts = [instance / f"keys.json.{hours}.part",
             shelf.folder / f"bangfu-20261123-020000.age.{hours}.part"]  # fmt: skip
    for folder in folders:
        folder.mkdir()
    for file in (*parts, folders[0] / "cases.jsonl"):
        file.touch()
    for path in (*folders, *parts):
        os.utime(path, (written, written))
    return [*folders, *parts]


def test_what_somebody_left_who_was_killed_is_gone_with_the_next_copy_a_day_later(
    centre: Centre, tmp_path: Path
) -> None:
    shelf = replace(shelf_of(centre, tmp_path), config=tmp_path / "instance" / "config.toml")
    for folder in (shelf.folder, shelf.config.parent):
        folder.mkdir()
    old, busy_now = (leave_behind(shelf, hours) for hours in (25, 23))
    make_copy(centre.office, shelf, "test")
    assert not [path for path in old if path.exists()]
    assert all(path.exists() for path in busy_now)


def test_what_others_keep_beside_the_copies_is_left_to_them(centre: Centre, tmp_path: Path) -> None:
    shelf = shelf_of(centre, tmp_path)
    shelf.folder.mkdir()
    for name in ("drill-plans", "film.part"):
        (shelf.folder / name).touch()
        os.utime(shelf.folder / name, (0, 0))
    make_copy(centre.office, shelf, "test")
    assert len(list(shelf.folder.iterdir())) == 3


def test_the_server_makes_one_copy_a_night(centre: Centre, tmp_path: Path) -> None:
    shelf = shelf_of(centre, tmp_path)
    assert make_due_copy(centre.office, shelf)
    assert make_due_copy(centre.office, shelf) is None
    assert find_newest(shelf.folder, START) == START.replace(microsecond=0)


def test_a_clock_that_was_wrong_makes_one_copy_and_keeps_it(centre: Centre, tmp_path: Path) -> None:
    shelf = shelf_of(centre, tmp_path)
    shelf.folder.mkdir()
    for day in range(1, 29):
        for month in range(1, 13):
            (shelf.folder / f"bangfu-2031{month:02}{day:02}-020000.age").touch()
    made = make_due_copy(centre.office, shelf)
    assert made
    assert made.file.exists()
    assert make_due_copy(centre.office, shelf) is None


@each_database
def test_a_restored_centre_is_silent_from_the_first_moment(centre: Centre, tmp_path: Path) -> None:
    sending = make_sending(centre)
    sending.clock.advance(days=3)  # the clock of the machine that restores is behind
    sending.take("intake", sending.case(CaseKind.HARDSHIP), "accept")
    assert "due" in [row["state"] for row in centre.contents()["outbox"].values()]
    folder, manifest = unpacked(centre, tmp_path)
    with loaded_copy(place_for(centre, tmp_path), folder, manifest) as restored:
        assert "due" not in {row["state"] for row in restored.db.table("outbox")}
        assert not len(restored.db.table("sessions"))


def test_a_copy_from_a_newer_program_is_refused(
    centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.store.centre.backup.SCHEMA_VERSION", 99)
    made = make_copy(centre.office, shelf_of(centre, tmp_path), "test")
    monkeypatch.setattr("portal.store.centre.backup.SCHEMA_VERSION", 1)
    with pytest.raises(NewerDatabase, match="先升级"):
        unpack_copy(made.file, SECRET, tmp_path)


def test_an_operator_sets_up_tries_and_restores_a_copy(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BANGFU_STORE", raising=False)
    instance, key = tmp_path / "instance", tmp_path / "centre.key"
    assert run(root, instance, "init").exit_code == 0
    refused = run(root, instance, "backup")
    assert (refused.exit_code, "backup.folder" in refused.output) == (78, True)
    told = run(root, instance, "backup-key", "--to", str(key)).output
    assert run(root, instance, "backup-key", "--to", str(key)).exit_code == 65
    (instance / "config.toml").write_text(told[told.index("[backup]") :], "utf-8")
    done = run(root, instance, "backup")
    assert done.exit_code == 0, done.output
    (copy,) = (instance / "copies").glob("*.age")
    tried = run(root, instance, "restore", str(copy), "--key", str(key), "--drill")
    assert "演练成功" in tried.output, tried.output
    assert not list(instance.glob("drill-*"))

    other = tmp_path / "other"
    lacking = run(root, other, "restore", str(copy), "--key", str(key))
    assert (lacking.exit_code, "keys.json" in lacking.output) == (78, True)
    (other / "keys.json").write_bytes((instance / "keys.json").read_bytes())
    (other / "keys.json").chmod(0o600)
    (other / "config.toml").unlink(missing_ok=True)
    back = run(root, other, "restore", str(copy), "--key", str(key))
    assert back.exit_code == 0, back.output
    assert re.search(r"操作记录 \d+ 条都是原样", back.output)
    assert run(root, other, "verify").exit_code == 0
    again = run(root, other, "restore", str(copy), "--key", str(key))
    assert (again.exit_code, "已经有数据" in again.output) == (75, True)
