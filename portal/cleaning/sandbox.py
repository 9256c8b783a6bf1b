"""Running the cleaning process: at most two at once, bounded in time, trusted in nothing."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import BoundedSemaphore

from portal.cleaning.file_types import kind_of
from portal.domain.shared.errors import NotAccepted

_CHILD = Path(__file__).with_name("child.py")
_AT_ONCE, _MOST_WAITING, _MOST_SECONDS = 2, 3, 30.0
_PATIENCE, _PATIENCE_AT_THE_DOOR = 20.0, 2.0
_turns = BoundedSemaphore(_AT_ONCE)
# The server has a handful of threads: files that wait must leave some to everybody else.
_places = BoundedSemaphore(_AT_ONCE + _MOST_WAITING)
_BUSY = "现在传的人太多了。请过一会儿再传"
_AGAIN = "这个文件坏了，或者没有传完整。请再传一次；还是不行，就重新拍一张"
TOO_HARD = "hard"
"""The word for a file that takes too long or too much."""
_TOO_HARD = "这个文件太复杂，打不开。请重新拍一张照片再传"
_TOO_LONG = "这张照片的尺寸太大了。长截图请分成几张截，别的请重新拍一张，再传"
_REASONS: Mapping[str, str] = {
    "pixels": _TOO_LONG,
    "memory": _TOO_LONG,
    "blank": "这张图我们打开是一片空白，没有收。请在手机上打开它，截一张图再传",
    TOO_HARD: _TOO_HARD,
    "scans": _TOO_HARD,
    "pages": "PDF 要在 60 页以内。请只传要紧的几页",
    "objects": "这个 PDF 太复杂，打不开。请把要紧的几页拍成照片再传",
    "deep": "这个 PDF 太复杂，打不开。请把要紧的几页拍成照片再传",
    "password": "这个 PDF 有密码，我们打不开。请去掉密码再传，或者拍成照片",
    "result": "这个文件太大了。请把要紧的几页拍成照片再传",
}


class CleaningBusy(Exception):  # noqa: N818
    """Two files are being cleaned and others wait; the message says what to do."""


class CannotClean(Exception):  # noqa: N818
    """The process did not take a file; the message is its word for why."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A file that may be kept: its new bytes and their type, and the digest of what came in."""

    body: bytes
    media_type: str
    received_sha256: str


def clean_file(body: bytes) -> Cleaned:
    """Make a photo or PDF anew. NotAccepted with one sentence of what to do, or CleaningBusy."""
    try:
        result = run_child(body, kind_of(body))
    except CannotClean as word:
        raise NotAccepted(_REASONS.get(str(word), _AGAIN)) from None
    media_type = "application/pdf" if result.startswith(b"%PDF-") else "image/jpeg"
    return Cleaned(result, media_type, sha256(body).hexdigest())


def run_child(body: bytes, kind: str) -> bytes:
    """Return what the process makes of a file of this kind, when its turn has come.

    CannotClean, or CleaningBusy.
    """
    with _place(_places, _PATIENCE_AT_THE_DOOR), _place(_turns, _PATIENCE):
        return _run(body, kind)


@contextmanager
def _place(places: BoundedSemaphore, patience: float) -> Iterator[None]:
    if not places.acquire(timeout=patience):
        raise CleaningBusy(_BUSY)
    try:
        yield
    finally:
        places.release()


def _run(body: bytes, kind: str) -> bytes:
    command = [sys.executable, "-I", "-B", str(_CHILD), kind]
    environment = {"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "2"}
    try:
        done = subprocess.run(
            command,
            input=body,
            capture_output=True,
            timeout=_MOST_SECONDS,
            cwd="/",
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        # The kernel ends whoever has used up his share of the processor: this one has not had it.
        raise CleaningBusy(_BUSY) from None
    if done.returncode == 0 and done.stdout:
        return done.stdout
    if done.returncode < 0:  # out of time: the kernel has ended it
        raise CannotClean(TOO_HARD)
    raise CannotClean(done.stderr.decode("utf-8", "replace"))
