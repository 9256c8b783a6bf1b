"""Several photos at once and in a row: each with a result of its own, whatever they are called."""

from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.rate_limits import RateLimit
from tests.support.attack import SetLimit
from tests.support.browser import words_of
from tests.support.centre import Centre
from tests.support.databases import each_database
from tests.support.hostile_files import MEGABYTE
from tests.support.photographs import NAME, photo, send, send_as_is, send_several, sent_so_far
from tests.support.walking import went_on

IDENTITY = "/apply/papers/identity"


@each_database
def test_twenty_photos_in_a_row_are_taken_with_the_usual_limits(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.HARDSHIP)
    for number in range(20):
        went_on(send(browser, IDENTITY, photo(64 + number)))
    assert len(sent_so_far(centre, token)) == 20


def test_a_file_that_cannot_be_taken_costs_its_sender_nothing(
    centre: Centre, set_limit: SetLimit
) -> None:
    set_limit(RateLimit.UPLOAD_MEGABYTES, 1)
    set_limit(RateLimit.UPLOAD_BY_ADDRESS, 1)
    set_limit(RateLimit.REFUSED_UPLOAD_BY_ADDRESS, 3)
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    for _ in range(3):
        assert send(browser, IDENTITY, b"no photo").status_code == 422
    assert send(browser, IDENTITY, photo()).status_code == 429  # these are counted by themselves
    set_limit(RateLimit.REFUSED_UPLOAD_BY_ADDRESS, 4)
    went_on(send(browser, IDENTITY, photo()))
    assert "传上来的都在" in words_of(send(browser, IDENTITY, photo(99)))


def test_several_photos_come_at_once_and_the_good_ones_stay(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.HARDSHIP)
    files = [("正面.jpg", photo(64)), ("空的.jpg", b""), ("反面.jpg", photo(65)),
             ("录像.mp4", b"\0\0\0\x18ftypmp42" + bytes(99))]  # fmt: skip
    shown = send_several(browser, IDENTITY, files)
    assert shown.status_code == 422
    words = words_of(shown)
    assert "第 2 个“空的.jpg”：照片是空的" in words
    assert "第 4 个“录像.mp4”：视频、录音不能传" in words
    assert "第 1 个" not in words
    assert "已经传上来 2 张" in words
    assert {one.name for one in sent_so_far(centre, token)} == {"正面.jpg", "反面.jpg"}
    again = send_several(browser, IDENTITY, [files[0], ("户口本.jpg", photo(66))])
    assert went_on(again) == f"{IDENTITY}?known=1"
    assert len(sent_so_far(centre, token)) == 3


def test_all_photos_that_a_form_without_script_may_send_at_once_are_taken(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.HARDSHIP)
    large = [(f"{number}.jpg", photo(64 + number) + bytes(5 * MEGABYTE)) for number in range(6)]
    went_on(send_several(browser, IDENTITY, large))
    assert len(sent_so_far(centre, token)) == 6


def test_where_files_come_one_by_one_each_is_told_by_its_number(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    browser.get(IDENTITY)
    shown = send_as_is(browser, f"{IDENTITY}?number=7", b"no photo")
    assert f"第 7 个“{NAME}”：只能传照片" in words_of(shown)


def test_a_name_in_another_code_leaves_the_form_whole(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.HARDSHIP)
    browser.get(IDENTITY)
    boundary, data = encode_multipart(
        {"csrf_token": browser.token, "file": FileStorage(BytesIO(photo()), "NAME")}
    )
    kind = f"multipart/form-data; boundary={boundary}"
    data = data.replace(b"NAME", "身份证（正面）.jpg".encode("gb18030"))
    went_on(browser.ask("POST", IDENTITY, data=data, content_type=kind))
    (sent,) = sent_so_far(centre, token)
    assert sent.name == "身份证（正面）.jpg"


@pytest.mark.parametrize(
    "name",
    ["身份证（2026.11）", "微信图片_2026.11.29", "5.jpeg_1", "mmexport.jpg_wx", "a.jpg&tp=webp",
     "IMG_1.jpg?x=1", "IMG_0001.JPG~1", "a.tif", "a.pdf", "a.exe", "blob", "身份证.jpg.", "."],
)  # fmt: skip
def test_no_name_keeps_a_photo_out(centre: Centre, name: str) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    assert went_on(send(browser, IDENTITY, photo(), name)) == IDENTITY
