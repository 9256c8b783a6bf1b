"""Writing files that only their owner may read, so that no power cut leaves half of one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


@contextmanager
def create_private(path: Path) -> Iterator[IO[bytes]]:
    """A new file, mode 600, whose bytes are on the disk at the end. FileExistsError if it is there.

    Under its own name from the first byte on: somebody who fails half-way leaves half of it.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def write_private(path: Path) -> Iterator[IO[bytes]]:
    """A file, mode 600, that takes its name, or the place of an old one, only when it is whole.

    If the block or the disk fails, the error goes on and nothing is left; the old file stands.
    """
    draft = path.with_name(f"{path.name}.part")
    try:
        draft.unlink(missing_ok=True)  # left by somebody who was stopped on the way
        with create_private(draft) as file:
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
