"""An instance: the folder that holds one centre's database, keys and configuration."""

import fcntl
import logging
import os
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from tinydb.table import Document

from portal.domain.audit.actions import AuditAction
from portal.store import audit, migrations
from portal.store.crypto import sealing, signing
from portal.store.crypto.keys import Keyring, add_receipt_key, create_keyring, load_keyring
from portal.store.engine.database import RowDB, RowStorage, RowTable
from portal.store.engine.schema import SCHEMA, SCHEMA_VERSION
from portal.store.errors import Damaged, InstanceProblem, KeyProblem
from portal.store.store import Store

# magic, page size; at offset 28, after what does not matter here, the number of pages
_SQLITE_HEAD = struct.Struct(">16sH10xI")
_SQLITE_MAGIC = b"SQLite format 3\0"
_CANARY_ID = 1
_CANARY = "the keys fit this database"
_SIGNER = "receipt_signer"
_log = logging.getLogger("portal")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an instance is: its folder, the address of its database, its key file."""

    folder: Path
    store_url: str
    key_file: Path


def create_instance(place: Place, at: datetime) -> Store:
    """Lay down a new instance. InstanceProblem if anything of one is there already."""
    place.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if place.key_file.exists():
        raise InstanceProblem(f"{place.key_file}：已经有密钥文件了。要建新的，请换一个文件夹。")
    db = RowDB(place.store_url, SCHEMA, refuse_scans=True, version=SCHEMA_VERSION)
    if db.table("canary").get(doc_id=_CANARY_ID):
        db.close()
        raise InstanceProblem(
            "数据库里已经有数据，但没有密钥文件。请从备份放回密钥；什么都没有改动。"
        )
    store = Store(db, create_keyring(place.key_file), place.folder / "files")
    with store.transaction():
        seal, wrapped = sealing.new_seal(store.keys, "canary")
        canary = {
            "key": wrapped,
            "text": seal.close("text", _CANARY),
            _SIGNER: signing.public_key(store.keys).hex(),
        }
        db.table("canary").insert(Document(canary, _CANARY_ID))
        audit.start_chain(store)
        audit.record(store, at, "system", AuditAction.CREATE_INSTANCE, "instance")
        migrations.mark_all(store, at)
    return store


def open_instance(place: Place, *, thorough: bool = False) -> Store:
    """Open an instance; `thorough` reads the whole SQLite file first, as a server should.

    KeyProblem, InstanceProblem or Damaged, with nothing touched, if it is not whole.
    """
    keys = load_keyring(place.key_file)
    if file := sqlite_file(place):
        _require_whole(file)
        if thorough:
            _require_sound(file)
    # While its tables or rows are brought up to date, a server of before must not go on.
    alone = partial(hold_instance, place.folder)
    db = RowDB(
        place.store_url,
        SCHEMA,
        refuse_scans=True,
        version=SCHEMA_VERSION,
        while_upgrading=alone,
        examine=partial(_require_keys, place, keys),
    )
    try:
        store = fit_keys(place, db, keys)
        if migrations.pending(store):
            with alone():
                migrations.migrate(store, datetime.now(UTC))
        return store
    except BaseException:
        db.close()
        raise


def fit_keys(place: Place, db: RowDB, keys: Keyring) -> Store:
    """Return the store of an open database, if these are its keys. KeyProblem, InstanceProblem."""
    canary = _require_keys(place, keys, db.storage)
    return Store(db, _with_receipt_key(place, db, keys, canary), place.folder / "files")


def _require_keys(place: Place, keys: Keyring, storage: RowStorage) -> Document:
    canary = RowTable(storage, "canary").get(doc_id=_CANARY_ID)
    if canary is None:
        raise InstanceProblem(
            f"{storage.place}：这不是本系统的数据库，或者还没有建好。请先运行 bangfu init。"
        )
    try:
        sealing.open_seal(keys, "canary", canary["key"]).open("text", canary["text"])
    except Damaged:
        raise KeyProblem(
            f"{place.key_file}：这份密钥打不开这个数据库。请换成它自己的密钥；什么都没有改动。"
        ) from None
    return canary


def _with_receipt_key(place: Place, db: RowDB, keys: Keyring, canary: Document) -> Keyring:
    """Complete the keys with the one for receipts: the database knows its public half.

    An instance from before receipts were signed gets one now. Afterwards a file without it, or
    with another, is the wrong file: receipts that people hold could not be checked any more.
    """
    known = canary.get(_SIGNER)
    if known is None:
        keys = keys if keys.receipt else add_receipt_key(place.key_file)
        signer = {_SIGNER: signing.public_key(keys).hex()}
        db.table("canary").update(signer, doc_ids=[_CANARY_ID])
        _log.warning("%s：添了给回执签名的密钥。请把密钥文件重新备份一份。", place.key_file)
        return keys
    if not keys.receipt:  # perhaps another program is just adding it
        keys = load_keyring(place.key_file)
    if not keys.receipt or signing.public_key(keys).hex() != known:
        raise KeyProblem(
            f"{place.key_file}：给回执签名的密钥不是这个数据库的。"
            "请换成最近备份的密钥文件；什么都没有改动。"
        )
    return keys


def is_created(place: Place) -> bool:
    """Tell whether the folder holds an instance, or what is left of one."""
    if place.key_file.exists():
        return True
    file = sqlite_file(place)
    return file is not None and file.exists()


def holds_centre(place: Place) -> bool:
    """Tell whether the database of a place is in use: a file of SQLite, or PostgreSQL with rows.

    StoreDown if the server cannot be asked.
    """
    if file := sqlite_file(place):
        return file.exists()
    db = RowDB(place.store_url, SCHEMA, refuse_scans=True, version=SCHEMA_VERSION)
    try:
        return db.table("canary").get(doc_id=_CANARY_ID) is not None
    finally:
        db.close()


def sqlite_file(place: Place) -> Path | None:
    """Return the file of the database; None if it is on a server."""
    _, found, path = place.store_url.partition("sqlite:///")
    return Path(path) if found else None


def _require_whole(file: Path) -> None:
    """Refuse a database that is missing, cut short or none at all, before SQLite opens the file.

    SQLite would take an empty file for a new database and lay out its tables.
    """
    try:
        with file.open("rb") as opened:
            head = opened.read(_SQLITE_HEAD.size)
    except FileNotFoundError:
        raise InstanceProblem(f"{file}：数据库不见了。请从备份放回；什么都没有改动。") from None
    if len(head) < _SQLITE_HEAD.size or not _is_long_enough(file, head):
        raise _damaged(file)


def _damaged(file: Path) -> Damaged:
    return Damaged(f"{file}：数据库文件坏了或不完整。请从备份放回；什么都没有改动。")


def _require_sound(file: Path) -> None:
    """Let SQLite look at every page: half a second for a gigabyte."""
    connection = sqlite3.connect(file)
    try:
        (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError:  # busy, or not ours to read: opening it will say so
        return
    except sqlite3.DatabaseError:
        raise _damaged(file) from None
    finally:
        connection.close()
    if verdict != "ok":
        raise _damaged(file)


def _is_long_enough(file: Path, head: bytes) -> bool:
    """Tell whether all pages are there (https://www.sqlite.org/fileformat.html, 1.3).

    Where a log waits beside the file, as after a power cut, the file may well be shorter.
    """
    magic, page_size, pages = _SQLITE_HEAD.unpack(head)
    size: int = pages * (65_536 if page_size == 1 else page_size)
    if magic != _SQLITE_MAGIC:
        return False
    log = file.with_name(f"{file.name}-wal")
    if log.exists() and log.stat().st_size:
        return True
    return file.stat().st_size >= size


@contextmanager
def hold_instance(folder: Path) -> Iterator[None]:
    """Be the only server on this folder. InstanceProblem if another one is running."""
    handle = os.open(folder / "serving.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise InstanceProblem(f"{folder}：已经有一个服务在用这份数据。请先停掉它。") from None
    try:
        yield
    finally:
        os.close(handle)
