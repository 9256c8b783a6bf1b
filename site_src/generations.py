"""Folders with finished sites, the link to the live one, and single pages put into it.

A whole build makes a new folder and points the link to it. A quick build puts the few changed
files into the live folder, one rename each: every page is always whole.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from site_src.errors import SiteBusy


@contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """Refuse a second build at the same time; the lock goes with the process."""
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SiteBusy(["build/site.lock：另一个建站正在进行，请等它完成再试"]) from None
        yield


@contextmanager
def new_folder(build: Path) -> Iterator[Path]:
    """Make a new folder beside the live site's, which is gone again if anything fails."""
    generations = build / "generations"
    generations.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="site-", dir=generations))
    try:
        yield folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def swap_in(fresh: Path, site: Path) -> None:
    """Point the live link to a new generation, and remove all but that and the one before,
    which stays for readers who are in the middle of it."""
    fresh.chmod(0o755)  # mkdtemp keeps others out; the web server may be another user
    previous = Path(os.readlink(site)).name if site.is_symlink() else ""
    link = site.with_name("site.next")
    link.unlink(missing_ok=True)
    link.symlink_to(Path(fresh.parent.name) / fresh.name)
    os.sync()  # the pages must be on disk before the link that makes them live
    link.replace(site)
    for path in fresh.parent.iterdir():
        if path.name not in {fresh.name, previous}:
            shutil.rmtree(path, ignore_errors=True)


def find_live(site: Path) -> str:
    """Return the name of the live generation; blank if there is none."""
    return Path(os.readlink(site)).name if site.is_symlink() and site.is_dir() else ""


def replace_files(fresh: Path, live: Path, gone: Iterable[str]) -> None:
    """Put every file of `fresh` in its place in the live folder, then remove the `gone` ones."""
    files = [path for path in sorted(fresh.rglob("*")) if path.is_file()]
    for path in files:
        (live / path.relative_to(fresh)).parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDONLY)
        os.fsync(handle)  # on disk before its new name is
        os.close(handle)
    for path in files:
        path.replace(live / path.relative_to(fresh))
    for name in gone:
        (live / name).unlink(missing_ok=True)
        folder = (live / name).parent
        if folder != live and not any(folder.iterdir()):
            folder.rmdir()
    shutil.rmtree(fresh)
    os.utime(live)  # tells when the live site was made
