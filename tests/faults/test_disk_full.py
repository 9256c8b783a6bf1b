"""A full disk: the error says so, nothing earlier is lost, writing goes on once there is room."""

import os
import subprocess
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from portal.store.engine.database import RowDB, Schema, where
from portal.store.errors import StoreFull

SCHEMA: Schema = {"cases": [("unique", "receipt")], "drafts": []}
KILOBYTE = 1024
MakeRoom = Callable[[RowDB], None]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[tuple[Path, MakeRoom]]:
    """A disk of one megabyte, and how to make room on it.

    Only root can have a real one; for others the database file itself is limited.
    """
    if os.geteuid() == 0:
        yield from mounted_disk(tmp_path)
    else:
        yield from limited_file(tmp_path)


def mounted_disk(folder: Path) -> Iterator[tuple[Path, MakeRoom]]:
    options = ["-t", "tmpfs", "-o", "size=1m", "tmpfs"]
    subprocess.run(["/bin/mount", *options, str(folder)], check=True)
    ballast = folder / "ballast"
    ballast.write_bytes(b"x" * 200 * KILOBYTE)
    try:
        yield folder, lambda db: ballast.unlink()
    finally:
        subprocess.run(["/bin/umount", str(folder)], check=True)


def limited_file(folder: Path) -> Iterator[tuple[Path, MakeRoom]]:
    pages = [100]

    def limit(connection: Any, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages[-1]}")

    def make_room(db: RowDB) -> None:
        pages.append(200)
        db.storage._engine.dispose()  # the limit is one of each connection

    sa.event.listen(sa.Engine, "connect", limit)
    try:
        yield folder, make_room
    finally:
        sa.event.remove(sa.Engine, "connect", limit)


def fill(db: RowDB) -> list[int]:
    """Insert cases until the disk is full; the IDs of those that were stored."""
    stored: list[int] = []

    def insert_for_ever() -> None:
        for number in count():
            with db.transaction():
                db.table("drafts").insert({"text": "x" * 1000})
                doc_id = db.table("cases").insert({"receipt": f"r{number}", "text": "y" * 2000})
            stored.append(doc_id)

    with pytest.raises(StoreFull, match=r"portal\.db：数据盘已满，请腾出空间") as refusal:
        insert_for_ever()
    assert "\n" not in str(refusal.value)
    return stored


def test_a_full_disk_loses_nothing_and_writing_resumes(
    small_disk: tuple[Path, MakeRoom],
) -> None:
    folder, make_room = small_disk
    url = f"sqlite:///{folder}/portal.db"
    with RowDB(url, SCHEMA) as db:
        stored = fill(db)
        assert len(stored) > 20
        assert [case.doc_id for case in db.table("cases")] == stored
        with RowDB(url, SCHEMA) as other:
            assert [case.doc_id for case in other.table("cases")] == stored
            assert len(other.table("drafts")) == len(stored)
        make_room(db)
        cases = db.table("cases")
        assert cases.insert({"receipt": "afterwards", "text": "z" * 2000}) == stored[-1] + 1
    with RowDB(url, SCHEMA) as db:
        cases = db.table("cases")
        assert [case.doc_id for case in cases] == [*stored, stored[-1] + 1]
        assert cases.count(where("receipt") == "r0") == 1
