"""Photos and a machine that stops: no row without its file, nothing acknowledged is lost."""

import random
import signal
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path

import pytest

from portal.operations.documents import applicant_documents
from portal.store import drafts, files
from tests.faults.kill_rounds import begin_drafts, count_cases, killed_at_the_end, open_beside
from tests.faults.serving import Browser, Setting, copy_centre, opens, serving, submit
from tests.faults.test_server_disk_full import SmallDisk, small_disk
from tests.support.hostile_files import picture, saved

__all__ = ["small_disk"]
PAGE = "/consult/papers/payslip"
SENDERS, PER_DRAFT, KILL_AFTER = 4, 18, 30


@dataclass(slots=True)
class Sender:
    """A visitor who sends photos one after the other, and how many were acknowledged."""

    browser: Browser
    token: str
    acknowledged: int = 0


def photo(number: int) -> bytes:
    return saved(picture((200 + number, 200)), "JPEG")


def begin(setting: Setting, count: int) -> list[Sender]:
    """Forms that are filled in already, put into the store beside the server."""
    return [Sender(browser, token) for browser, token in begin_drafts(setting, count)]


def send_until_killed(sender: Sender) -> None:
    try:
        for number in range(PER_DRAFT):
            sender.browser.get(PAGE)
            page = sender.browser.send_photo(PAGE, photo(number))
            assert page.status == 303, page.text
            sender.acknowledged += 1
    except (OSError, HTTPException):
        return


def check_photos(setting: Setting, senders: Sequence[Sender]) -> None:
    """Every row opens its file and its original; every acknowledged photo has its row."""
    with open_beside(setting) as office:
        for sender in senders:
            owner = drafts.owner_of(office.store, sender.token)
            assert owner
            kept = applicant_documents.sent_with_draft(office, sender.token)
            assert len(kept) in {sender.acknowledged, sender.acknowledged + 1}
            for one in kept:
                body = files.read_file(office.store, owner, one.id)
                assert body.startswith(b"\xff\xd8\xff")
                original = files.read_file(office.store, owner, one.id, original=True)
                assert len(original) == one.size


@pytest.mark.parametrize("seed", [1, 2])
def test_a_killed_server_leaves_no_row_without_its_file(tmp_path: Path, seed: int) -> None:
    setting = copy_centre(tmp_path)
    wait = random.Random(seed).random() * 0.2  # noqa: S311 (when to kill is no secret)
    with killed_at_the_end(setting) as kill, ThreadPoolExecutor(SENDERS) as pool:
        senders = begin(setting, SENDERS)
        sending = [pool.submit(send_until_killed, sender) for sender in senders]
        while sum(sender.acknowledged for sender in senders) < KILL_AFTER:
            assert not all(one.done() for one in sending)
            time.sleep(0.002)
        time.sleep(wait)
        kill()
    for one in sending:
        one.result()
    check_photos(setting, senders)
    with serving(setting):
        first = senders[0].browser
        assert first.get(PAGE).status == 200
        slip = submit(first)
        assert opens(setting.port, slip)


def test_what_is_sent_waits_and_lies_in_folders_that_only_we_read(tmp_path: Path) -> None:
    setting = copy_centre(tmp_path)
    with serving(setting) as server:
        (sender,) = begin(setting, 1)
        sender.browser.get(PAGE)
        assert sender.browser.send_photo(PAGE, photo(1)).status == 303
        sender.acknowledged = 1
        assert server.poll() is None
    check_photos(setting, [sender])
    assert server.returncode in {0, -signal.SIGTERM}
    assert (setting.instance / "tmp").stat().st_mode & 0o077 == 0
    assert list((setting.instance / "tmp").iterdir()) == []
    assert (setting.instance / "files").stat().st_mode & 0o077 == 0


def test_a_full_disk_takes_no_photo_and_goes_on_taking_forms(small_disk: SmallDisk) -> None:
    setting = small_disk.setting
    (sender,) = begin(setting, 1)
    browser = sender.browser
    browser.get(PAGE)
    small_disk.fill()
    page = browser.send_photo(PAGE, photo(1))
    assert page.status == 503
    assert "是我们这边的问题" in page.text
    assert 'href="tel:' in page.text
    browser.get(PAGE)
    with suppress(OSError, HTTPException):  # where what is large waits is full as well
        assert browser.send_photo(PAGE, photo(1) + bytes(3_000_000)).status == 503
    assert not [one for one in (setting.instance / "files").glob("**/*") if one.is_file()]
    check_photos(setting, [sender])
    small_disk.make_room()
    submit(browser)
    assert count_cases(setting) == 1
