"""Every hostile file is refused or cleaned, in little time and memory; what is kept is harmless."""

import io
import subprocess
import threading
import time
from contextlib import ExitStack

import pikepdf
import pytest
from PIL import Image

from portal.cleaning import CleaningBusy, clean_file, sandbox
from portal.domain.shared.errors import NotAccepted
from tests.support import patience
from tests.support.hostile_files import (
    CORPUS,
    SCRIPT,
    SECRET_PLACE,
    Hostile,
    acting_pdf,
    heic,
    moving,
    picture,
    saved,
    talking_jpeg,
    try_file,
)

MOST_SECONDS, MOST_MEGABYTES = 5, 450


def opened(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body), formats=["JPEG"])


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """No limit by the clock, only that of processor time: other work may slow the machine down."""
    monkeypatch.setattr(sandbox, "_MOST_SECONDS", patience.STEP)


@pytest.mark.usefixtures("unhurried")
@pytest.mark.parametrize("one", CORPUS, ids=lambda one: one.name)
def test_a_hostile_file_is_answered_as_expected_within_bounds(one: Hostile) -> None:
    tried = try_file(one.make())
    if one.refusal is None:
        assert tried.refusal is None
        assert tried.body[:4] in {b"\xff\xd8\xff\xe0", b"%PDF"}
    else:
        assert one.refusal in str(tried.refusal)
    assert tried.seconds < MOST_SECONDS
    assert tried.megabytes < MOST_MEGABYTES


def test_a_photo_loses_its_comment_and_place_and_stands_upright() -> None:
    cleaned = clean_file(talking_jpeg())
    photo = opened(cleaned.body)
    assert photo.size == (480, 640)
    sides = [photo.crop((x, 320, x + 1, 321)).tobytes() for x in (10, 470)]
    assert (sides[0][2] > 200, sides[1][0] > 200) == (True, True)  # the upper half is right now
    assert not photo.getexif()
    assert cleaned.media_type == "image/jpeg"
    for secret in (SCRIPT, SECRET_PLACE, b"Exif"):
        assert secret not in cleaned.body


@pytest.mark.parametrize(
    ("size", "kept"),
    [((4000, 3000), (2000, 1500)), ((3000, 4000), (1500, 2000)), ((1080, 9000), (1080, 9000)),
     ((200, 100), (200, 100)), ((3000, 6000), (1500, 3000))],
)  # fmt: skip
def test_a_photo_is_made_smaller_by_its_shorter_side(
    size: tuple[int, int], kept: tuple[int, int]
) -> None:
    assert opened(clean_file(saved(picture(size), "JPEG")).body).size == kept


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_way_of_storing_colours_is_taken(mode: str) -> None:
    form = "JPEG" if mode == "CMYK" else "PNG"
    image = (
        Image.new("I;16", (64, 64), 65535) if mode == "I;16" else picture((64, 64)).convert(mode)
    )
    assert opened(clean_file(saved(image, form)).body).mode == "RGB"


def test_what_is_see_through_becomes_white() -> None:
    image = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    assert opened(clean_file(saved(image, "PNG")).body).getpixel((5, 5)) == (255,) * 3


def test_an_iphone_photo_and_a_moving_picture_become_one_photo() -> None:
    assert opened(clean_file(heic()).body).size == (640, 480)
    assert opened(clean_file(moving("WEBP")).body).size == (300, 300)


def test_a_pdf_loses_what_acts_and_keeps_its_stamps() -> None:
    body = clean_file(acting_pdf()).body
    for word in (b"JavaScript", b"Launch", b"URI", b"evil", b"XFA", b"OpenAction", SECRET_PLACE):
        assert word not in body
    with pikepdf.open(io.BytesIO(body)) as made:
        assert [str(one.Subtype) for one in made.pages[0].Annots] == ["/Link", "/Stamp"]


def test_a_process_that_got_no_turn_is_ended_and_no_photo_blamed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sandbox, "_MOST_SECONDS", 0.01)
    with pytest.raises(CleaningBusy, match="过一会儿"):
        clean_file(saved(picture(), "JPEG"))


def test_a_process_that_the_kernel_ended_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = subprocess.CompletedProcess[bytes]([], -9, b"half", b"")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: ended)
    with pytest.raises(NotAccepted, match="太复杂"):
        clean_file(saved(picture(), "JPEG"))


def test_only_two_files_are_cleaned_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once, most = [0], [0]
    lock = threading.Lock()

    def run(*_: object, **__: object) -> subprocess.CompletedProcess[bytes]:
        with lock:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
        time.sleep(0.05)
        with lock:
            at_once[0] -= 1
        return subprocess.CompletedProcess([], 0, b"x", b"")

    monkeypatch.setattr(subprocess, "run", run)
    body = saved(picture(), "JPEG")
    threads = [threading.Thread(target=clean_file, args=(body,)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [2]
    monkeypatch.setattr(sandbox, "_PATIENCE", 0.01)
    with sandbox._turns, sandbox._turns, pytest.raises(CleaningBusy, match="请过一会儿"):
        clean_file(body)


def test_files_that_wait_leave_threads_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_PATIENCE_AT_THE_DOOR", 0.01)
    body = saved(picture(), "JPEG")
    with ExitStack() as waiting:
        for _ in range(5):
            waiting.enter_context(sandbox._places)
        with pytest.raises(CleaningBusy, match="请过一会儿"):
            clean_file(body)
    assert clean_file(body).media_type == "image/jpeg"
