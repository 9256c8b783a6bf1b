"""Photos and PDF files that people sent: sealed files on the disk, and a row for each.

A file has a key of its own, which is sealed with the key of its draft or case: erasing that
one erases the file. A file is on the disk before its row is stored and is removed after its row
is gone, so that no row is ever without its file; a file without a row is swept up later.
"""

import errno
import re
import secrets
import shutil
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tinydb import where

from portal.domain.documents.document_types import SentFile
from portal.store.crypto import sealing
from portal.store.crypto.private_files import flush_folder, write_private
from portal.store.crypto.sealing import Seal
from portal.store.errors import Damaged, StoreDown, StoreFull
from portal.store.store import Store

KEPT_FREE = 200_000_000
"""Bytes of the disk that photos leave to the database: filing must go on when they cannot."""

DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the system says when a disk has no room."""

_ID = re.compile(r"[0-9a-f]{32}")
_CONTENT, _ORIGINAL = "content", "original"


@dataclass(frozen=True, slots=True)
class Owner:
    """The draft or case that files belong to: its name in the rows, and its open data key."""

    name: str
    seal: Seal


@dataclass(frozen=True, slots=True)
class Blobs:
    """Files that are on the disk and wait for their row: their number and the key to them."""

    id: str
    seal: Seal


def write_blobs(folder: Path, body: bytes, original: bytes | None) -> Blobs:
    """Put a file on the disk, sealed, and the untouched one beside it if it is given.

    StoreFull if that would leave too little room on the disk; nothing half-written is left.
    """
    file_id = secrets.token_hex(16)
    blobs = Blobs(file_id, sealing.lone_seal(_place(file_id)))
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if shutil.disk_usage(folder).free < KEPT_FREE:
            raise StoreFull(f"{folder}：数据盘快满了，不再收照片，请腾出空间。")
        _write(_path(folder, file_id), blobs.seal.close_bytes(_CONTENT, body))
        if original is not None:
            sealed = blobs.seal.close_bytes(_ORIGINAL, original)
            _write(_original_path(folder, file_id), sealed)
    except OSError as error:
        remove_blobs(folder, [file_id])
        if error.errno in DISK_FULL:
            raise StoreFull(f"{folder}：数据盘已满，请腾出空间。") from None
        raise StoreDown(f"{folder}：写不进去（{error.strerror}）。请检查权限。") from None
    return blobs


def _write(path: Path, data: bytes) -> None:
    if not path.parent.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        flush_folder(path.parent.parent)
    with write_private(path) as file:
        file.write(data)


def add_file(store: Store, owner: Owner, blobs: Blobs, sent: SentFile) -> None:
    """Store the row of a file that is on the disk; all that tells about it is sealed."""
    about = asdict(sent) | {"at": sent.at.isoformat()}
    store.db.table("files").insert(
        {
            "file_id": blobs.id,
            "owner": owner.name,
            "key": owner.seal.close(_key_name(blobs.id), _text(blobs.seal.key)),
            "about": blobs.seal.close("about", about),
        }
    )


def files_of(store: Store, owner: Owner) -> list[SentFile]:
    """Return what a draft or case holds, in the order of sending."""
    found = [_opened(owner, row)[1] for row in _rows_of(store, owner.name)]
    return sorted(found, key=lambda sent: (sent.at, sent.id))


def find_file(store: Store, owner: Owner, file_id: str) -> SentFile | None:
    """Return one file of a draft or case, or None."""
    row = _row_of(store, owner, file_id)
    return _opened(owner, row)[1] if row else None


def read_file(store: Store, owner: Owner, file_id: str, *, original: bool = False) -> bytes:
    """Return the bytes of a file, cleaned or as they came. Damaged if it is gone or was altered."""
    row = _row_of(store, owner, file_id)
    if row is None:
        raise Damaged(f"材料 {file_id} 没有记录。")
    folder = store.files
    path = _original_path(folder, file_id) if original else _path(folder, file_id)
    try:
        sealed = path.read_bytes()
    except OSError:
        raise Damaged(f"{path}：材料的文件不见了。请从备份放回。") from None
    return _opened(owner, row)[0].open_bytes(_ORIGINAL if original else _CONTENT, sealed)


def hand_over_files(store: Store, draft: Owner, case: Owner) -> int:
    """Give the files of a draft to the case that it became; returns how many."""
    rows = _rows_of(store, draft.name)
    for row in rows:
        name = _key_name(row["file_id"])
        key = case.seal.close(name, draft.seal.open(name, row["key"]))
        store.db.table("files").update({"owner": case.name, "key": key}, doc_ids=[row.doc_id])
    return len(rows)


def forget_file(store: Store, owner: Owner, file_id: str) -> bool:
    """Remove the row of a file; its blobs may go after the transaction. Tells if there was one."""
    ours = (where("file_id") == file_id) & (where("owner") == owner.name)
    return bool(store.db.table("files").remove(ours))


def forget_files(store: Store, owner: str) -> list[str]:
    """Remove the rows of everything that a draft holds; returns what may go after that."""
    gone = [str(row["file_id"]) for row in _rows_of(store, owner)]
    store.db.table("files").remove(where("owner") == owner)
    return gone


def remove_blobs(folder: Path, ids: Iterable[str]) -> None:
    """Take files off the disk whose rows are gone; what cannot be removed is swept up later."""
    for file_id in ids:
        for path in paths_of(folder, file_id):
            with suppress(OSError):
                path.unlink(missing_ok=True)


def sweep(store: Store, before: datetime) -> int:
    """Remove files without a row that were written before a moment; returns how many.

    They are left behind when the machine stops between file and row, or row and file.
    """
    swept = 0
    for path in _old_files(store.files, before):
        file_id = path.name.partition(".")[0]
        if _ID.fullmatch(file_id) and not _is_known(store, path, file_id):
            path.unlink(missing_ok=True)
            swept += 1
    return swept


def _is_known(store: Store, path: Path, file_id: str) -> bool:
    return path.suffix != ".part" and store.db.table("files").contains(where("file_id") == file_id)


def _old_files(folder: Path, before: datetime) -> Iterator[Path]:
    for path in folder.glob("*/*"):
        with suppress(FileNotFoundError):  # removed meanwhile
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
                yield path


def paths_of(folder: Path, file_id: str) -> tuple[Path, Path]:
    """Return where a file lies, and where the untouched one does, if it was kept."""
    return _path(folder, file_id), _original_path(folder, file_id)


def _path(folder: Path, file_id: str) -> Path:
    return folder / file_id[:2] / file_id


def _original_path(folder: Path, file_id: str) -> Path:
    return folder / file_id[:2] / f"{file_id}.original"


def _place(file_id: str) -> str:
    return f"files|{file_id}"


def _key_name(file_id: str) -> str:
    return f"file {file_id}"


def _text(key: bytes) -> str:
    return b64encode(key).decode("ascii")


def _rows_of(store: Store, owner: str) -> list[Any]:
    return store.db.table("files").search(where("owner") == owner)


def _row_of(store: Store, owner: Owner, file_id: str) -> Any:
    ours = (where("file_id") == file_id) & (where("owner") == owner.name)
    return store.db.table("files").get(ours)


def _opened(owner: Owner, row: Any) -> tuple[Seal, SentFile]:
    key = owner.seal.open(_key_name(row["file_id"]), row["key"])
    seal = Seal(b64decode(str(key)), _place(row["file_id"]))
    about: Any = seal.open("about", row["about"])
    return seal, SentFile(**about | {"at": datetime.fromisoformat(about["at"])})
