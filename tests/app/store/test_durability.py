"""The settings that the promise rests on, and the words in which the store gives up."""

import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from portal.store.engine.connections import writers_turn
from portal.store.engine.database import RowDB
from portal.store.engine.error_mapping import translated
from portal.store.errors import Damaged, StoreBusy, StoreDown, StoreError, StoreFull

OpenRows = Callable[..., RowDB]
only_sqlite = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
only_postgresql = pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)


def ask(db: RowDB, question: str) -> Any:
    with db.storage._engine.connect() as connection:
        return connection.exec_driver_sql(question).scalar_one()


@only_sqlite
def test_sqlite_syncs_every_commit_and_overwrites_what_is_removed(open_rows: OpenRows) -> None:
    db = open_rows(patience=7)
    settings = ("journal_mode", "synchronous", "secure_delete", "busy_timeout")
    assert [ask(db, f"PRAGMA {name}") for name in settings] == ["wal", 2, 1, 7000]


@only_sqlite
def test_files_are_for_their_owner_only(open_rows: OpenRows, tmp_path: Path) -> None:
    (tmp_path / "portal.db").touch()
    os.chmod(tmp_path / "portal.db", 0o640)
    open_rows().insert({})
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    names = ("portal.db", "portal.db-wal", "portal.db-shm", "portal.db.lock")
    assert modes == dict.fromkeys(names, 0o600)


@only_postgresql
def test_postgresql_syncs_every_commit_whatever_its_default(
    open_rows: OpenRows, store_url: str
) -> None:
    assert ask(open_rows(patience=7), "SHOW synchronous_commit") == "on"
    assert ask(open_rows(patience=7), "SHOW lock_timeout") == "7s"
    for setting, kept in (("off", "on"), ("remote_apply", "remote_apply")):
        db = RowDB(f"{store_url}%20-csynchronous_commit%3D{setting}", {})
        assert ask(db, "SHOW synchronous_commit") == kept
        db.close()


@only_postgresql
def test_a_connection_that_the_server_has_closed_is_replaced(
    open_rows: OpenRows, postgresql_url: str
) -> None:
    db = open_rows()
    process = ask(db, "SELECT pg_backend_pid()")
    with psycopg.connect(postgresql_url.replace("+psycopg", "")) as connection:
        connection.execute("SELECT pg_terminate_backend(%s)", [process])
    assert db.insert({"a": 1}) == 1
    assert ask(db, "SELECT pg_backend_pid()") != process


def test_a_writer_waits_for_others_and_then_gives_up(open_rows: OpenRows) -> None:
    db, other = open_rows(patience=0.2), open_rows()
    other.insert({"count": 1})
    with other.transaction():
        other.update({"count": 2}, doc_ids=[1])
        failed: list[Exception] = []

        def write() -> None:
            try:
                db.update({"count": 3}, doc_ids=[1])
            except StoreBusy as error:
                failed.append(error)

        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert len(failed) == 1
    assert db.all() == [{"count": 2}]
    assert db.update({"count": 4}, doc_ids=[1]) == [1]


def test_a_turn_that_was_given_up_is_not_taken_later(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with writers_turn(path, 1):
        for _ in range(3):
            with pytest.raises(StoreBusy, match="秒"), writers_turn(path, 0.01):
                pytest.fail("two writers at a time")
    with writers_turn(path, 1):
        pass


def test_a_turn_passes_to_the_one_who_waits(tmp_path: Path) -> None:
    order: list[str] = []
    waiting = threading.Event()

    def wait() -> None:
        waiting.set()
        with writers_turn(tmp_path / "lock", 5):
            order.append("second")

    thread = threading.Thread(target=wait)
    with writers_turn(tmp_path / "lock", 5):
        thread.start()
        waiting.wait()
        thread.join(0.05)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


@only_sqlite
def test_a_foreign_writer_that_ignores_the_queue_is_waited_for(
    open_rows: OpenRows, tmp_path: Path
) -> None:
    db = open_rows(patience=0.1)
    foreign = sqlite3.connect(tmp_path / "portal.db", isolation_level=None)
    foreign.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy, match="portal"):
        db.insert({})
    foreign.close()
    assert db.insert({}) == 1


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nonsense", "数据库地址写错了"),
        ("mysql://host/db", "不支持"),
        ("sqlite://", "必须是一个文件"),
        ("sqlite:////nowhere/portal.db", "/nowhere/portal.db.lock"),
        ("postgresql+psycopg://u:secret@/x?host=/nowhere", "连不上"),
    ],
)
def test_a_place_that_cannot_be_reached_is_named_without_its_password(url: str, words: str) -> None:
    with pytest.raises(StoreDown, match=words) as refusal:
        RowDB(url, {}, patience=2)
    assert "secret" not in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_file_that_is_no_database_is_said_to_be_damaged(tmp_path: Path) -> None:
    (tmp_path / "portal.db").write_bytes(b"not a database" * 1000)
    with pytest.raises((Damaged, StoreDown), match="portal"):
        RowDB(f"sqlite:///{tmp_path}/portal.db", {})


@pytest.mark.parametrize(
    ("cause", "kind"),
    [
        (psycopg.errors.DiskFull(), StoreFull),
        (psycopg.errors.TooManyConnections(), StoreBusy),
        (psycopg.errors.LockNotAvailable(), StoreBusy),
        (psycopg.errors.SerializationFailure(), StoreBusy),
        (psycopg.errors.AdminShutdown(), StoreDown),
        (psycopg.OperationalError(), StoreDown),
        (psycopg.errors.UndefinedTable(), StoreError),
        (None, StoreError),
    ],
)
def test_errors_of_the_server_become_our_own(
    cause: BaseException | None, kind: type[StoreError]
) -> None:
    with pytest.raises(StoreError, match="here：") as raised, translated("here"):
        raise sa.exc.DBAPIError("SELECT 1", None, cause) if cause else sa.exc.SQLAlchemyError()
    assert issubclass(raised.type, kind)
