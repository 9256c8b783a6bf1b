"""Writing files that only their owner may read, so that no power cut leaves half of one."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

PART = ".part"
"""How the name of a file ends that is not whole yet."""


@contextmanager
def create_private(path: Path) -> Iterator[IO[bytes]]:
    """Create a file, mode 600, on the disk at the end, bytes and name.

    FileExistsError if it is there. It has its own name from the first byte on: somebody who fails
    half-way leaves half of it.
    """
    with _created(path) as file:
        yield file
    flush_folder(path.parent)


@contextmanager
def _created(path: Path) -> Iterator[IO[bytes]]:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def write_private(path: Path) -> Iterator[IO[bytes]]:
    """Write a file, mode 600, that takes its name, or an old one's place, only when it is whole.

    If the block or the disk fails, the error goes on and nothing is left; the old file stands.
    Of two who write at once the later one stands, whole. Who is killed leaves a file `….part`,
    which is swept up by those who own the folder.
    """
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}{PART}")
    try:
        with _created(draft) as file:
            yield file
        draft.replace(path)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, so that a file is there after a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
