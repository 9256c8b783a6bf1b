"""A full disk under a running server: 503 with the form as filled in; later the same POST works."""

import errno
import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.kill_rounds import check_store, count_cases
from tests.faults.serving import (
    Browser,
    Setting,
    copy_centre,
    fill_consultation,
    opens,
    read_receipt,
    serving,
    submit,
)

MEGABYTE = 1024 * 1024
ACCOUNT = "（示范数据）工地上的事，写了很久才写完。"
NOT_STORED = "现在存不下来"


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """A running centre whose disk can be filled, and room made on it again."""

    setting: Setting
    fill: Callable[[], None]
    make_room: Callable[[], None]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """Only root can have a real small disk; for others the files of the server are limited."""
    with mounted(tmp_path) if os.geteuid() == 0 else limited(tmp_path) as disk:
        yield disk


@contextmanager
def mounted(folder: Path) -> Iterator[SmallDisk]:
    instance, ballast = folder / "instance", folder / "instance" / "ballast"
    instance.mkdir()
    options = ["-t", "tmpfs", "-o", "size=4m,mode=700", "tmpfs"]
    subprocess.run(["/bin/mount", *options, str(instance)], check=True)

    def fill() -> None:
        with suppress(OSError), ballast.open("wb", buffering=0) as file:
            while file.write(b"x" * 4096):
                pass
        assert os.statvfs(instance).f_bavail == 0, os.strerror(errno.ENOSPC)

    try:
        setting = copy_centre(folder)
        with serving(setting):
            yield SmallDisk(setting, fill, ballast.unlink)
    finally:
        subprocess.run(["/bin/umount", str(instance)], check=True)


@contextmanager
def limited(folder: Path) -> Iterator[SmallDisk]:
    setting = copy_centre(folder)
    with serving(setting) as server:
        free = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)

        def fill() -> None:
            sizes = [path.stat().st_size for path in setting.instance.iterdir()]
            resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (max(sizes), free[1]))

        yield SmallDisk(
            setting,
            fill,
            lambda: resource.prlimit(server.pid, resource.RLIMIT_FSIZE, free) and None,
        )


def write_until_refused(browser: Browser) -> str:
    """Save a page again and again: the log may hold some room of its own. The page that failed."""
    for _ in range(2000):
        page = browser.post("/consult/account", {"account": ACCOUNT})
        if page.status == 503:
            return page.text
        assert page.status == 303
    pytest.fail("the disk never got full")


def test_a_full_disk_keeps_what_was_typed_and_the_same_button_works_later(
    small_disk: SmallDisk,
) -> None:
    setting = small_disk.setting
    early, browser, other = (Browser(setting.port) for _ in range(3))
    for visitor in (early, browser, other):
        fill_consultation(visitor)
    slip = submit(early)
    browser.post("/consult/account", {"account": ACCOUNT})
    browser.get("/consult/check")

    small_disk.fill()
    refused = write_until_refused(other)
    assert NOT_STORED in refused
    assert ACCOUNT in refused
    page = browser.post("/consult/check")
    assert page.status == 503
    assert NOT_STORED in page.text
    assert ACCOUNT in page.text
    assert 'href="tel:' in page.text
    assert read_receipt(early) == slip
    assert opens(setting.port, slip)
    assert count_cases(setting) == 1

    small_disk.make_room()
    later = submit(browser)
    assert submit(browser) == later
    assert opens(setting.port, later)
    assert count_cases(setting) == 2
    check_store(setting, [slip, later])
