"""Putting a restored centre into its place whole or not at all, wherever the program is stopped.

All is unpacked and tried in a folder of its own. Then the files move out of it, and last of all
the database appears: a file of SQLite by its name, rows of PostgreSQL by their commit. Without
it there is no centre. What had moved for one that was killed has its marker: whoever restores
next puts it aside, and nothing else. It is never removed: a centre may have lived in it since.
"""

import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from portal.store.centre.backup import CopyPart
from portal.store.centre.instance import Place, holds_centre, sqlite_file
from portal.store.crypto.private_files import flush_folder, write_private
from portal.store.errors import InstanceProblem, StoreFull
from portal.store.files import DISK_FULL

SCRATCH = "restoring"
_MARKER = ".restored"
_FOLDERS = {CopyPart.FILES: "files", CopyPart.CONTENT: "content-from-copy"}
"""Where the parts of a copy go inside the instance; the configuration keeps its name."""

_ENDS = ("", "-wal", "-shm", "-journal")
"""SQLite plays the logs of an old database over a new one of the same name: they are data too."""


def require_same_owner(folder: Path) -> None:
    """Raise InstanceProblem if the server could not read what this user restores to its folder."""
    if folder.stat().st_uid != os.geteuid():
        raise InstanceProblem(
            f"{folder}：这个文件夹不归您现在的用户，放回的东西服务会打不开。"
            "请用文件夹的主人来运行（ls -ld 能看到是谁）。"
        )


def clear_what_was_left(place: Place) -> Path | None:
    """Clear what a killed restoration has left; returns where its files are now, if they moved.

    StoreDown if a server cannot be asked whether the centre is there.
    """
    scratch, aside = place.folder / SCRATCH, None
    moved = [] if holds_centre(place) else _moved_out_of(scratch, place)
    if moved:
        aside = place.folder / f"set-aside-{secrets.token_hex(4)}"
        aside.mkdir(mode=0o700)
        _move(moved, aside)
    forget_restoration(place)
    return aside


def forget_restoration(place: Place) -> None:
    """Remove what helped to restore. A centre that is in use has no further need of it."""
    for name in _FOLDERS.values():
        (place.folder / name / _MARKER).unlink(missing_ok=True)
    scratch = place.folder / SCRATCH
    if scratch.is_symlink():
        scratch.unlink()
    elif scratch.exists():
        shutil.rmtree(scratch)
    if file := sqlite_file(place):
        _remove(_draft_of(file))


@contextmanager
def preparing(find_place: Callable[[], Place]) -> Iterator[Path]:
    """Make a folder inside the instance to restore from; nothing is left if the block fails.

    `find_place` goes by the configuration that is there at the moment. InstanceProblem if data
    are there. Only one may be at it: the caller holds the instance.
    """
    place = find_place()
    _require_empty(place)
    scratch = place.folder / SCRATCH
    scratch.mkdir(mode=0o700)
    try:
        yield scratch
    finally:
        place = find_place()
        if not holds_centre(place):
            _move(_moved_out_of(scratch, place), scratch)
        forget_restoration(place)


def _require_empty(place: Place) -> None:
    folder = place.folder
    databases = [path for end in _ENDS for path in folder.glob(f"*.db{end}")]
    _refuse([*databases, *_database_files(place), *(folder / name for name in _FOLDERS.values())])


def _database_files(place: Place) -> list[Path]:
    file = sqlite_file(place)
    return [file.with_name(f"{file.name}{end}") for end in _ENDS] if file else []


def _refuse(paths: list[Path]) -> None:
    taken = sorted({str(path) for path in paths if os.path.lexists(path)})
    if taken:
        raise InstanceProblem(
            f"{'、'.join(taken)}：这里已经有数据。请换一个空的数据文件夹，或者先把这些都挪走。"
        )


def _moved_out_of(scratch: Path, place: Place) -> list[Path]:
    """Find what has the marker of a restoration that was to end in the database of this place."""
    try:
        marker = (scratch / _MARKER).read_text("ascii")
    except FileNotFoundError:
        return []
    if not marker.endswith(_address(place)):
        return []
    config, kept = place.folder / CopyPart.CONFIG, scratch / CopyPart.CONFIG
    same = kept.exists() and config.exists() and kept.read_bytes() == config.read_bytes()
    folders = [place.folder / name for name in _FOLDERS.values()]
    # The configuration is the last to go, as it may name the place.
    return [path for path in folders if _holds(path / _MARKER, marker)] + [config] * same


def _holds(file: Path, marker: str) -> bool:
    return file.is_file() and file.read_text("ascii") == marker


def _address(place: Place) -> str:
    # An address may hold a password.
    return hashlib.sha256(place.store_url.encode()).hexdigest()


def _move(paths: list[Path], to: Path) -> None:
    for path in paths:
        path.rename(to / path.name)


def install_restored(scratch: Path, place: Place) -> None:
    """Put what was unpacked into its places in the instance; a configuration there stays.

    All of it gets a marker. StoreFull if the disk has no room for that.
    """
    config, unpacked = place.folder / CopyPart.CONFIG, scratch / CopyPart.CONFIG
    marker = f"{secrets.token_hex(16)} {_address(place)}"
    names = [name for name in _FOLDERS if (scratch / name).exists()]
    _close_to_others(scratch / CopyPart.FILES)
    try:
        if config.exists():
            unpacked.unlink(missing_ok=True)  # or else it would seem to have come from there
        for folder in (scratch, *(scratch / name for name in names)):
            _write(folder / _MARKER, marker.encode("ascii"))
        os.sync()  # thousands of files: at once is quicker than one by one
        if unpacked.exists():
            _write(config, unpacked.read_bytes())
        for name in names:
            (scratch / name).rename(place.folder / _FOLDERS[name])
        flush_folder(place.folder)
    except OSError as error:
        if error.errno in DISK_FULL:
            raise _full(place.folder) from None
        raise


def _close_to_others(files: Path) -> None:
    """Close folders to others: unpacking leaves them as open as the habit of the machine is."""
    for folder in (files, *files.iterdir()) if files.exists() else ():
        folder.chmod(0o700)


def _write(path: Path, body: bytes) -> None:
    with write_private(path) as file:
        file.write(body)


def _full(folder: Path) -> StoreFull:
    return StoreFull(f"{folder}：数据盘已满，请腾出空间")


@contextmanager
def drafted(place: Place) -> Iterator[Place]:
    """Give a place to load a database that is to appear at `place` when the block is done.

    In SQLite a file beside the real one, closed at the end of the block; PostgreSQL needs
    nothing but a transaction. InstanceProblem if data are there, or came meanwhile; StoreFull if
    the disk has no room for the last of it.
    """
    _require_empty(place)
    file = sqlite_file(place)
    if file is None:
        yield place
        return
    draft = _draft_of(file)
    _remove(draft)
    try:
        yield replace(place, store_url=f"sqlite:///{draft}")
        log = draft.with_name(f"{draft.name}-wal")
        if log.exists() and log.stat().st_size:  # closing could not write it into the file
            raise _full(file.parent)
        _refuse(_database_files(place))
        draft.replace(file)
        flush_folder(file.parent)
    finally:
        _remove(draft)


def _draft_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.{SCRATCH}")


def _remove(draft: Path) -> None:
    for end in (*_ENDS, ".lock"):
        draft.with_name(f"{draft.name}{end}").unlink(missing_ok=True)
