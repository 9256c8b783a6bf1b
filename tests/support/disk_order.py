"""What a power cut would find: the order in which bytes and names are brought to the disk.

A file that takes its name by a rename must have been brought to the disk before, and not been
written since; where it is promised to stay, its folder must have been brought to disk after.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from portal.store.engine.storage import RowStorage

EVERYTHING = "everything"
_SQLITE = b"SQLite format 3\0"


@dataclass
class Disk:
    """What was brought to the disk, and which names were given, in order."""

    acts: list[tuple[str, str]] = field(default_factory=list)
    """("sync", path), ("name", path) or ("row", table)."""
    complaints: list[str] = field(default_factory=list)
    _kept: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    _kept_all: int | None = None

    def keep(self, handle: int) -> None:
        """Note that a file or folder was brought to the disk as it is now."""
        state, path = os.fstat(handle), os.readlink(f"/proc/self/fd/{handle}")
        self._kept[state.st_dev, state.st_ino] = state.st_size, state.st_mtime_ns
        self.acts.append(("sync", path))

    def keep_all(self) -> None:
        """Note that everything was brought to the disk."""
        self.acts.append(("sync", EVERYTHING))
        self._kept_all = time.time_ns()

    def name(self, source: Path, target: Path) -> None:
        """Note a new name, and complain if what bears it is not on the disk."""
        state = source.lstat()
        self.acts.append(("name", str(target)))
        if is_database(source):
            return
        found = self._kept.get((state.st_dev, state.st_ino))
        since = self._kept_all is not None and state.st_mtime_ns <= self._kept_all
        if not since and found != (state.st_size, state.st_mtime_ns):
            self.complaints.append(f"{target.name} takes its name before it is on the disk")

    def is_named_for_good(self, target: Path) -> bool:
        """Tell whether the folder was brought to the disk after the name was given."""
        given = max(at for at, act in enumerate(self.acts) if act == ("name", str(target)))
        return any(
            act in {("sync", str(target.parent)), ("sync", EVERYTHING)}
            for act in self.acts[given + 1 :]
        )


def is_database(path: Path) -> bool:
    """Tell whether this is a file of SQLite, which brings its own to the disk."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


@contextmanager
def watched_disk() -> Iterator[Disk]:
    """Watch what this process brings to the disk, which names it gives, and which rows it adds."""
    disk, fsync, sync = Disk(), os.fsync, os.sync
    replace, rename, insert = os.replace, os.rename, RowStorage.insert_rows

    def watched_fsync(handle: Any) -> None:
        number = handle if isinstance(handle, int) else handle.fileno()
        fsync(number)
        disk.keep(number)

    def watched_sync() -> None:
        sync()
        disk.keep_all()

    def naming(call: Any) -> Any:
        def give(source: Any, target: Any, **options: Any) -> None:
            disk.name(Path(source), Path(target))
            call(source, target, **options)

        return give

    def watched_insert(storage: RowStorage, layout: Any, rows: Any) -> list[int]:
        disk.acts.append(("row", layout.name))
        return insert(storage, layout, rows)

    with (
        patch.object(os, "fsync", watched_fsync),
        patch.object(os, "sync", watched_sync),
        patch.object(os, "replace", naming(replace)),
        patch.object(os, "rename", naming(rename)),
        patch.object(RowStorage, "insert_rows", watched_insert),
    ):
        yield disk
