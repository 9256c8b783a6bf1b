"""Photos of papers, sent with a real browser without script, and seen by staff."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from portal.domain.shared.case_kinds import CaseKind
from tests.browser.conftest import PHONE, Centre
from tests.browser.hurrying import hurry_on, hurry_to
from tests.browser.judging import Watch
from tests.browser.pressing import press
from tests.browser.walks import look_up
from tests.support.hostile_files import picture, saved

OpenPage = Callable[..., Page]


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo on the phone, with a long name."""
    file = tmp_path / "IMG_20261124_身份证正面_示范数据_很长很长的名字_0001.jpg"
    file.write_bytes(saved(picture(), "JPEG"))
    return file


def send(page: Page, paper: str, photo: Path) -> None:
    """Go to a paper, choose the photo, press 上传."""
    press(page, f"a:text-is('{paper}')")
    page.set_input_files("#file", photo)
    with page.expect_navigation():  # with script the page follows when the photo has arrived
        press(page, "button:text-is('上传')")


def test_a_photo_is_sent_with_the_form_and_opened_by_staff(
    centre: Centre, open_page: OpenPage, sign_in: OpenPage, photo: Path
) -> None:
    visitor = open_page()
    hurry_to(visitor, centre.address, CaseKind.HARDSHIP, "papers")
    send(visitor, "身份证", photo)
    assert "已经传上来 1 张" in visitor.inner_text("main")
    press(visitor, "a:has-text('看别的材料')")
    assert "已传 1 张" in visitor.inner_text("main")
    number, code = hurry_on(visitor, centre.address, CaseKind.HARDSHIP)
    assert photo.name in visitor.inner_text("main")
    look_up(visitor, centre.address, number, code)
    press(visitor, "a:has-text('再传、删材料的照片')")
    send(visitor, "别的材料", photo)
    press(visitor, "button:has-text('删掉')")
    assert "✓ 已经传上来" not in visitor.inner_text("main")

    intake = sign_in("intake")
    intake.fill("#wanted", number)
    press(intake, "button:has-text('打开')")
    with intake.expect_popup() as opened:
        press(intake, "a:has-text('身份证，第 1 份')")
    opened.value.wait_for_load_state()
    assert opened.value.evaluate("document.images[0].naturalWidth") == 640


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "elder"])
def test_the_pages_of_papers_are_accessible(
    centre: Centre, open_page: OpenPage, sign_in: OpenPage, photo: Path,
    elder: bool,
) -> None:  # fmt: skip
    page = open_page(script=True)
    if elder:
        page.goto(f"{centre.address}/elder?on=1")
    watch = Watch(page, centre.address)
    hurry_to(page, centre.address, CaseKind.CONSULTATION, "papers")
    watch.look(page)
    send(page, "工资条、银行转账", photo)
    watch.look(page)
    with page.expect_navigation():
        press(page, "button:text-is('上传')")
    watch.look(page)  # nothing chosen
    press(page, "a:has-text('传 PDF 文件')")
    watch.look(page)
    press(page, "a:has-text('看别的材料')")
    watch.look(page)
    number, code = hurry_on(page, centre.address, CaseKind.CONSULTATION)
    watch.look(page)
    look_up(page, centre.address, number, code)
    watch.look(page)
    press(page, "a:has-text('再传、删材料的照片')")
    watch.look(page)
    lawyer = sign_in("lawyer", PHONE, script=True)
    desk = Watch(lawyer, centre.address)
    lawyer.goto(f"{centre.address}/staff/cases/{number}")
    press(lawyer, "summary:has-text('取原件')")
    desk.look(lawyer)
    assert watch.found + desk.found == []
