"""Connections whose commits are durable, and a fair queue of writers for SQLite."""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from portal.store.errors import StoreBusy, StoreDown

OLDEST_SQLITE = (3, 38)  # the first with ->>
POOL = {"pool_size": 8, "max_overflow": 24}


def connect(url: str, patience: float) -> sa.Engine:
    """Make an engine for ``sqlite:////path`` or ``postgresql+psycopg://…``.

    ``patience``: seconds to wait for another writer. Raises ``StoreDown`` for an address that
    cannot be used; a server that does not answer shows at the first statement.
    """
    try:
        target = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise StoreDown(
            "数据库地址写错了：应为 sqlite:////路径 或 postgresql+psycopg://…"
        ) from None
    if target.get_backend_name() == "sqlite":
        return _connect_file(target, patience)
    if target.get_backend_name() == "postgresql":
        return _connect_server(target, patience)
    raise StoreDown(f"不支持这种数据库：{target.get_backend_name()}。请用 SQLite 或 PostgreSQL")


def lock_path(engine: sa.Engine) -> Path | None:
    """Return the file at which writers queue; None for a server, which has a queue of its own."""
    database = engine.url.database
    return Path(f"{database}.lock") if engine.dialect.name == "sqlite" else None


def database_place(engine: sa.Engine) -> str:
    """Say where the database is, for messages: the file, or the address without its password."""
    if engine.dialect.name == "sqlite":
        return str(engine.url.database)
    return engine.url.render_as_string(hide_password=True)


def _connect_file(target: sa.URL, patience: float) -> sa.Engine:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StoreDown(f"SQLite {sqlite3.sqlite_version} 太旧：请升级到 3.38 或更新版本")
    path = target.database
    if not path or path == ":memory:":
        raise StoreDown("SQLite 数据库必须是一个文件：请写成 sqlite:////路径")
    with writers_turn(Path(f"{path}.lock"), patience):
        _prepare_file(path)

    def configure(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # BEGIN is ours to say
        for pragma in ("synchronous=FULL", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    engine = sa.create_engine(target, connect_args={"timeout": patience}, **_options(patience))
    sa.event.listen(engine, "connect", configure)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: sa.Connection) -> None:
    """Say the BEGIN that the kind of transaction asks for; lone reads need none."""
    if kind := connection.get_execution_options().get("begin"):
        connection.exec_driver_sql(kind)


def _prepare_file(path: str) -> None:
    """Make the file readable by its owner only, and turn its write-ahead log on.

    SQLite gives the log and its index the mode of the file. The log stays on once it is;
    turning it on needs the file for oneself, which is why this happens in the writers' queue.
    """
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        if os.stat(path).st_mode & 0o077:
            os.chmod(path, 0o600)
        connection = sqlite3.connect(path)
        try:
            (mode,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
        finally:
            connection.close()
    except (OSError, sqlite3.DatabaseError) as error:
        raise StoreDown(f"{path}：打不开数据库（{error}）") from error
    if mode != "wal":
        raise StoreDown(f"{path}：这个磁盘不能安全地存放数据库，请换到本机磁盘")


def _connect_server(target: sa.URL, patience: float) -> sa.Engine:
    milliseconds = int(patience * 1000)

    def configure(connection: Any, _: object) -> None:
        connection.autocommit = True
        connection.execute(f"SET lock_timeout = {milliseconds}")
        connection.execute(f"SET idle_in_transaction_session_timeout = {2 * milliseconds}")
        # A receipt is shown after commit: "off" would let a power cut take it back. Stronger
        # settings than "on" are the server's business.
        connection.execute(
            "SELECT set_config('synchronous_commit', 'on', false)"
            " WHERE current_setting('synchronous_commit') = 'off'"
        )
        connection.autocommit = False

    engine = sa.create_engine(
        target.set(drivername="postgresql+psycopg"),
        isolation_level="READ COMMITTED",
        connect_args={"connect_timeout": max(2, int(patience))},
        pool_pre_ping=True,  # a restart of the server costs nobody an error
        **_options(patience),
    )
    sa.event.listen(engine, "connect", configure)
    return engine


def _options(patience: float) -> dict[str, Any]:
    # Errors must not repeat parameters: they are people's data.
    return {**POOL, "pool_timeout": patience, "json_serializer": str, "hide_parameters": True}


@contextmanager
def writers_turn(path: Path | None, patience: float) -> Iterator[None]:
    """Wait for our turn to write, and keep it; StoreBusy after ``patience`` seconds.

    The kernel hands a file lock on in order, where SQLite's own polling starves some. And as
    commits and their checkpoints never overlap, the WAL-reset bug of SQLite before 3.51.3
    cannot occur (docs/store.md).
    """
    if path is None:
        yield
        return
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreDown(f"{path}：打不开（{error.strerror}）") from error
    _take_lock(handle, path, patience)
    try:
        yield
    finally:
        _give_back(handle)


def _take_lock(handle: int, path: Path, patience: float) -> None:
    """Lock a file that others may hold; a thread waits for us, since flock knows no time limit."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return
    except BlockingIOError:
        pass
    settling, held, given_up = threading.Lock(), threading.Event(), threading.Event()

    def wait() -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with settling:
            if given_up.is_set():
                _give_back(handle)
            held.set()

    threading.Thread(target=wait, daemon=True).start()
    if held.wait(patience):
        return
    with settling:
        if held.is_set():
            return
        given_up.set()
    raise StoreBusy(f"{path}：别的程序占用数据库超过 {patience:g} 秒，请稍后再试")


def _give_back(handle: int) -> None:
    # Unlocked before it is closed: a child process may have inherited the handle.
    fcntl.flock(handle, fcntl.LOCK_UN)
    os.close(handle)
