"""The errors of SQLAlchemy and its drivers as errors of the store."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import sqlalchemy as sa

from portal.store.errors import (
    Damaged,
    Duplicate,
    StoreBusy,
    StoreConflict,
    StoreDown,
    StoreError,
    StoreFull,
)

# Result codes of SQLite (sqlite.org/rescode.html), without the extended part.
SQLITE_ERRORS: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_BUSY: StoreBusy,
    sqlite3.SQLITE_LOCKED: StoreBusy,
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_IOERR: StoreDown,
    sqlite3.SQLITE_CANTOPEN: StoreDown,
    sqlite3.SQLITE_READONLY: StoreDown,
    sqlite3.SQLITE_PERM: StoreDown,
    sqlite3.SQLITE_CORRUPT: Damaged,
    sqlite3.SQLITE_NOTADB: Damaged,
}
# SQLSTATE of PostgreSQL (its documentation, appendix A): the code, else its class.
POSTGRESQL_ERRORS: dict[str, type[StoreError]] = {
    "40001": StoreConflict,  # serialization failure
    "40P01": StoreConflict,  # deadlock
    "53100": StoreFull,
    "53": StoreBusy,  # out of memory or of connections
    "55P03": StoreBusy,  # lock not available
    "57014": StoreBusy,  # statement took too long
    "25P03": StoreBusy,  # idle in a transaction for too long
    "08": StoreDown,
    "57": StoreDown,  # shutting down, starting up
    "58": StoreDown,  # disk error
    "XX": Damaged,
}
REMEDIES: dict[type[StoreError], str] = {
    StoreFull: "数据盘已满，请腾出空间；已存的内容都在",
    StoreBusy: "数据库正忙，请稍后再试",
    StoreConflict: "两项操作撞在一起，请再试一次",
    StoreDown: "连不上或读不了数据库，请检查磁盘、权限和服务是否正常",
    Damaged: "数据库文件已损坏，请停止服务并从备份恢复",
    StoreError: "数据库不接受这项操作",
}


@contextmanager
def translated(place: str) -> Iterator[None]:
    """Turn what SQLAlchemy raises within into a StoreError that names ``place``."""
    try:
        yield
    except sa.exc.SQLAlchemyError as error:
        translation = _translation(error, place)
        # The server's words for a duplicate repeat the value, and they would reach the log.
        raise translation from (None if isinstance(translation, Duplicate) else error)


def _translation(error: sa.exc.SQLAlchemyError, place: str) -> StoreError:
    cause = error.orig if isinstance(error, sa.exc.DBAPIError) else None
    if index := _duplicate_index(cause):
        return Duplicate(index)
    kind = StoreError
    if isinstance(error, sa.exc.TimeoutError):
        kind = StoreBusy
    elif isinstance(cause, sqlite3.Error):
        kind = SQLITE_ERRORS.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF, StoreError)
    elif isinstance(cause, psycopg.Error):
        kind = _kind_of_server_error(cause)
    reason = f"（{_reason(cause)}）" if kind is StoreError else ""
    return kind(f"{place}：{REMEDIES[kind]}{reason}")


def _reason(cause: BaseException | None) -> str:
    """Return the database's own words, on one line, without the values that the server adds."""
    words = cause.diag.message_primary if isinstance(cause, psycopg.Error) else str(cause)
    return " ".join((words or "").split())


def _kind_of_server_error(cause: psycopg.Error) -> type[StoreError]:
    state = cause.sqlstate
    if state is None:  # the server did not answer at all
        return StoreDown if isinstance(cause, psycopg.OperationalError) else StoreError
    return POSTGRESQL_ERRORS.get(state) or POSTGRESQL_ERRORS.get(state[:2], StoreError)


def _duplicate_index(cause: BaseException | None) -> str | None:
    """Return the index that refused a document: ``unique_<table>_<field>…`` on both databases."""
    if isinstance(cause, psycopg.errors.UniqueViolation):
        table, name = cause.diag.table_name, cause.diag.constraint_name
        return f"unique_{table}_id" if name == f"{table}_pkey" else name
    if isinstance(cause, sqlite3.IntegrityError):
        _, _, columns = str(cause).partition("UNIQUE constraint failed: ")
        places = [place.split(".", 1) for place in columns.split(", ") if place]
        return (
            "_".join(("unique", places[0][0], *(field for _, field in places))) if places else None
        )
    return None
