"""Articles as files in content/, and the site made from them.

A file is written whole or not at all. Who calls decides what a failure means for the article.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from portal.domain.shared.dates import CENTRE_ZONE
from site_src.build import check_content
from site_src.errors import SiteProblem
from site_src.frontmatter import problem_line, read_text
from site_src.loader import Readings, list_files
from site_src.stamp import FileStamp, stamp_file

CHECKED = ("content", "build/public-data")


@dataclass(frozen=True)
class SiteBuilder:
    """Where the site is made: `root` holds content/ and build/; `rebuild` makes the whole site
    from them and swaps it in, or raises SiteProblem and leaves the old one. One at a time:
    `turn`. Checks take turns of their own and share what they read with no build: it holds
    texts that nobody has released."""

    root: Path
    rebuild: Callable[[], None]
    turn: Lock = field(default_factory=Lock)
    checking: Lock = field(default_factory=Lock)
    readings: Readings = field(default_factory=dict)

    def file_of(self, key: str) -> Path:
        """Return the file of an article; the key was checked before it came into the store."""
        return self.root / "content" / f"{key}.md"


def read_page(builder: SiteBuilder, key: str) -> str | None:
    """Return the file's text as the generator reads it; None without a file.

    SiteProblem if there is one that cannot be read as text.
    """
    path = builder.file_of(key)
    if not path.exists():
        return None
    text, complaint = read_text(path)
    if complaint:
        raise SiteProblem([problem_line(f"content/{key}.md", 1, complaint)])
    return text


def list_pages(builder: SiteBuilder, collection: str) -> dict[str, FileStamp]:
    """List the files of a collection by name, with stamps; not what hides or lies elsewhere."""
    pages = {}
    for entry in list_files(builder.root / "content" / collection):
        name, _, ending = entry.name.rpartition(".")
        if ending == "md" and entry.is_file(follow_symlinks=False):
            with suppress(FileNotFoundError):
                pages[name] = stamp_file(entry)
    return pages


def check_candidate(builder: SiteBuilder, key: str, text: str | None) -> list[str]:
    """List the problems of the whole content with this text in the file's place, None for no file.

    Nothing of the real content is touched.
    """
    with builder.checking, _candidate(builder, key, text) as root:
        try:
            check_content(root, builder.readings)
        except SiteProblem as problem:
            return list(problem.problems)
    return []


@contextmanager
def _candidate(builder: SiteBuilder, key: str, text: str | None) -> Iterator[Path]:
    build = builder.root / "build"
    build.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix=".check-", dir=build) as folder:
        root = Path(folder)
        for part in CHECKED:
            with suppress(FileNotFoundError):
                shutil.copytree(
                    builder.root / part, root / part, symlinks=True, copy_function=_link_or_copy
                )
        put_page(root / "content" / f"{key}.md", text)
        yield root


def forget_candidates(builder: SiteBuilder) -> None:
    """Remove what a check that was killed has left; when the server starts, before any check."""
    for folder in (builder.root / "build").glob(".check-*"):
        shutil.rmtree(folder, ignore_errors=True)


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # another disk, or one that knows no links
        shutil.copy2(source, target, follow_symlinks=False)


def put_page(path: Path, text: str | None) -> None:
    """Make a file hold the text, or remove it; at any moment it is the old or the new one."""
    if text is None:
        path.unlink(missing_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.new")
        with draft.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    if path.parent.is_dir():
        _keep_names(path.parent)


def _keep_names(folder: Path) -> None:
    """Bring a folder's names to disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def built_on(builder: SiteBuilder) -> date | None:
    """Return the day in China on which the live site was made; None if no build made it."""
    built = built_at(builder)
    return built.date() if built else None


def built_at(builder: SiteBuilder) -> datetime | None:
    """Return when the live site was made, in China's time; None if no build made it."""
    site = builder.root / "build" / "site"
    if not site.is_symlink() or not site.exists():
        return None
    return _written_at(site)


def page_written_at(builder: SiteBuilder, key: str) -> datetime | None:
    """Return when the file of an article was last written; None without a file."""
    path = builder.file_of(key)
    return _written_at(path) if path.exists() else None


def _written_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, CENTRE_ZONE)
