"""Putting a restored centre into its place whole or not at all, wherever the program is stopped.

All is unpacked and tried in a folder of its own. Then the files move out of it, and last of all
the database appears: a file of SQLite by its name, rows of PostgreSQL by their commit. Without
it there is no centre. Whoever restores next takes back what had moved for one that was killed.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from portal.store.copying import CONFIG, CONTENT, FILES
from portal.store.errors import InstanceProblem, StoreFull
from portal.store.instance import Place, sqlite_file
from portal.store.private import flush_folder, write_private

SCRATCH = "restoring"
_MOVES = "moves.json"
_PLACES = {FILES: "files", CONTENT: "content-from-copy", CONFIG: "config.toml"}
"""Where the parts of a copy go inside the instance."""


@contextmanager
def preparing(folder: Path, is_done: Callable[[], bool]) -> Iterator[Path]:
    """A folder inside the instance to restore from; nothing is left if the block fails.

    `is_done` tells whether the database holds a centre. InstanceProblem if files of one are
    there. Only one may be at it: the caller holds the instance.
    """
    scratch = folder / SCRATCH
    _clear(scratch, is_done)
    _require_empty(folder)
    scratch.mkdir(mode=0o700)
    try:
        yield scratch
    finally:
        _clear(scratch, is_done)


def _require_empty(folder: Path) -> None:
    taken = [*folder.glob("*.db"), *(folder / name for name in (_PLACES[FILES], _PLACES[CONTENT]))]
    for path in taken:
        if path.exists():
            raise _taken(path)


def _taken(path: Path) -> InstanceProblem:
    return InstanceProblem(f"{path}：这里已经有数据。请换一个空的数据文件夹，或者先挪走。")


def _clear(scratch: Path, is_done: Callable[[], bool]) -> None:
    """Remove the folder; what moved out of it first comes back, unless the centre is there."""
    moves = scratch / _MOVES
    if moves.exists() and not is_done():
        for name in json.loads(moves.read_text("utf-8")):
            moved = scratch.parent / _PLACES[name]
            if moved.exists() and not (scratch / name).exists():
                moved.rename(scratch / name)
    if scratch.exists():
        shutil.rmtree(scratch)


def move_in(scratch: Path) -> None:
    """Put what was unpacked into its places in the instance, where nothing stands there yet."""
    names = [
        name
        for name, place in _PLACES.items()
        if (scratch / name).exists() and not (scratch.parent / place).exists()
    ]
    with write_private(scratch / _MOVES) as file:
        file.write(json.dumps(names).encode())
    for name in names:
        (scratch / name).rename(scratch.parent / _PLACES[name])
    os.sync()  # thousands of files: at once is quicker than one by one


@contextmanager
def drafted(place: Place) -> Iterator[Place]:
    """Where to load a database that is to appear at `place` when the block has done its work.

    In SQLite a file beside the real one, closed at the end of the block; PostgreSQL needs
    nothing but a transaction. InstanceProblem if there is a file already; StoreFull if the disk
    has no room for the last of it.
    """
    file = sqlite_file(place)
    if file is None:
        yield place
        return
    if file.exists():
        raise _taken(file)
    draft = file.with_name(f"{file.name}.{SCRATCH}")
    _remove(draft)
    try:
        yield replace(place, store_url=f"sqlite:///{draft}")
        log = draft.with_name(f"{draft.name}-wal")
        if log.exists() and log.stat().st_size:  # closing could not write it into the file
            raise StoreFull(f"{file.parent}：数据盘已满，请腾出空间")
        draft.replace(file)
        flush_folder(file.parent)
    finally:
        _remove(draft)


def _remove(draft: Path) -> None:
    for end in ("", "-wal", "-shm", ".lock"):
        draft.with_name(f"{draft.name}{end}").unlink(missing_ok=True)
