"""Whether anything changed since the live site was made, told without reading or importing much."""

import hashlib
import json
import os
import re
import sysconfig
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).resolve().parent
_FILE = "site.stamp"
# Figures are counted anew all the time; the moment by itself is no change.
MOMENT = re.compile(rb'"generated_at": *"[^"]*"')


class FileStamp(NamedTuple):
    """Kind, number, size and time of a file: while they stay, it was not written again.

    Only a file that was written a moment ago may be changed once more and keep them.
    """

    mode: int
    number: int
    size: int
    written_ns: int


def stamp_file(entry: os.DirEntry[str]) -> FileStamp:
    """Take the stamp of what stands in a folder; of a link, not of what it leads to."""
    stat = entry.stat(follow_symlinks=False)
    return FileStamp(stat.st_mode, stat.st_ino, stat.st_size, stat.st_mtime_ns)


def is_site_current(root: Path, site_url: str, today: date) -> bool:
    """Tell whether a build would give the site that is live now."""
    link = root / "build" / "site"
    try:
        known = json.loads((root / "build" / _FILE).read_text(encoding="utf-8"))
        live = os.readlink(link)
    except (OSError, ValueError):
        return False
    return bool(known == [live, make_stamp(root, site_url.rstrip("/"), today)]) and link.is_dir()


def make_stamp(root: Path, site_url: str, today: date) -> str:
    """Put the state of content, published data, theme, code and packages into one text."""
    packages = os.stat(sysconfig.get_path("purelib")).st_mtime_ns
    digest = hashlib.blake2b(repr((site_url, today.isoformat(), packages)).encode())
    for folder in (root / "content", SOURCE):
        for line in describe_files(folder):
            digest.update(line.encode())
    for path in sorted((root / "build" / "public-data").glob("*.json")):
        digest.update(repr(path.name).encode() + MOMENT.sub(b"", path.read_bytes()))
    return digest.hexdigest()


def describe_files(folder: Path | str) -> Iterator[str]:
    """List name, kind, number, size and time of every file, however deep, in a fixed order.

    Hidden files are nobody's business; what goes away meanwhile is left out.
    """
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.name == "__pycache__" or entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from describe_files(entry.path)
            continue
        with suppress(FileNotFoundError):
            yield f"{entry.path!r} {tuple(stamp_file(entry))}"


def note_stamp(build: Path, stamp: str) -> None:
    """Remember from what the live site was made."""
    live = os.readlink(build / "site")
    (build / _FILE).write_text(json.dumps([live, stamp]), encoding="utf-8")


def forget_stamp(build: Path) -> None:
    """Forget it: until the next whole build nobody may say that all is up to date."""
    (build / _FILE).unlink(missing_ok=True)
