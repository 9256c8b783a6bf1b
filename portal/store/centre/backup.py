"""A copy of a whole instance in one encrypted file: documents, sealed files, content, settings.

The machine that makes it cannot read it. The keys of the instance are not in it: whoever holds
a copy and an age key reads dates and towns, but nothing that is sealed.
"""

import json
import shutil
import tarfile
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import IO

from portal.store.crypto.age_format import decrypt, encrypting
from portal.store.crypto.private_files import PART, write_private
from portal.store.engine.dump import dump_tables, dumped
from portal.store.engine.schema import SCHEMA_VERSION
from portal.store.errors import Damaged, NewerDatabase, StoreDown, StoreFull
from portal.store.files import DISK_FULL, paths_of
from portal.store.store import Store


class CopyPart(StrEnum):
    """What stands in a copy, in its order. The manifest is the last: a copy with it is whole."""

    TABLES = "tables"
    FILES = "files"
    CONTENT = "content"
    CONFIG = "config.toml"
    MANIFEST = "copy.json"


COPYING, DRILL = "copying-", "drill-"
"""How the names of folders begin that copies are made and tried in, inside the instance."""

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a copy holds: `rows` by table, `missing` counts files that the disk lacked."""

    format: int
    schema: int
    made_at: str
    rows: dict[str, int]
    files: int
    missing: int


@dataclass(frozen=True, slots=True)
class Source:
    """What is copied besides the database: sealed files, content, the configuration."""

    files: Path
    content: Path
    config: Path


def write_copy(
    store: Store, source: Source, target: Path, public_keys: Sequence[str], at: datetime
) -> Manifest:
    """Make a copy while others go on writing; it gets its name only when it is whole.

    StoreFull or StoreDown, with nothing left behind, if it cannot be written.
    """
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with write_private(target) as encrypted, encrypting(encrypted, public_keys) as plain:
            manifest = _pack(store, source, plain, at)
    except OSError as error:
        if error.errno in DISK_FULL:
            raise StoreFull(f"{target.parent}：放备份的盘满了。请腾出空间。") from None
        raise StoreDown(f"{target}：备份写不进去（{error.strerror}）。请检查文件夹。") from None
    return manifest


def _pack(store: Store, source: Source, plain: IO[bytes], at: datetime) -> Manifest:
    with (
        tempfile.TemporaryDirectory(dir=source.config.parent, prefix=COPYING) as scratch,
        tarfile.open(fileobj=plain, mode="w|", dereference=True) as archive,
    ):
        folder = Path(scratch)
        rows = dump_tables(store.db, folder)
        archive.add(folder, CopyPart.TABLES)
        found, missing = 0, 0
        for row in dumped(folder, "files"):
            there = [path for path in paths_of(source.files, row["file_id"]) if path.exists()]
            for path in there:
                archive.add(path, f"{CopyPart.FILES}/{path.relative_to(source.files)}")
            found, missing = found + bool(there), missing + (not there)
        archive.add(source.content, CopyPart.CONTENT)
        if source.config.exists():
            archive.add(source.config, CopyPart.CONFIG)
        manifest = Manifest(_FORMAT, SCHEMA_VERSION, at.isoformat(), rows, found, missing)
        _add_text(archive, CopyPart.MANIFEST, json.dumps(asdict(manifest), indent=1))
    return manifest


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    body = text.encode()
    entry = tarfile.TarInfo(name)
    entry.size = len(body)
    archive.addfile(entry, BytesIO(body))


def unpack_copy(copy: Path, secret_key: str, folder: Path) -> Manifest:
    """Decrypt a copy into an empty folder.

    KeyProblem if the key is not for it, Damaged if it is not whole, NewerDatabase if this
    program is too old for it, StoreFull if the disk has no room for it.
    """

    def extract(plain: IO[bytes]) -> None:
        try:
            with tarfile.open(fileobj=plain, mode="r|") as archive:
                archive.extractall(folder, filter="data")
        except OSError as error:
            if error.errno in DISK_FULL:
                raise StoreFull(f"{folder}：盘满了，备份解不开。请腾出空间再放回。") from None
            raise

    try:
        decrypt(copy, secret_key, extract)
        manifest = Manifest(**json.loads((folder / CopyPart.MANIFEST).read_text("utf-8")))
    except (tarfile.TarError, OSError, ValueError, TypeError):
        raise Damaged(f"{copy}：不完整，或者不是本系统的备份。请换一份备份。") from None
    if manifest.format > _FORMAT or manifest.schema > SCHEMA_VERSION:
        raise NewerDatabase(f"{copy}：这份备份由更新的程序做成，请先升级本程序。")
    return manifest


def sweep_scratch(folder: Path, copies: Path, before: datetime) -> None:
    """Remove what was left in an instance, and where its copies go, by somebody who was killed."""
    begun = (*folder.glob(f"{COPYING}*"), *folder.glob(f"{DRILL}*"))
    parts = (*folder.glob(f"*{PART}"), *copies.glob(f"bangfu-*.age*{PART}"))
    for path in (*begun, *parts):
        with suppress(OSError):  # removed meanwhile, or not ours to remove
            if path.stat().st_mtime >= before.timestamp():
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
