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
from tests.support.photographs import make_photos

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
    press(visitor, "main a.button:has-text('下一步')")
    assert "已传 1 张" in visitor.inner_text("main")
    number, code = hurry_on(visitor, centre.address, CaseKind.HARDSHIP)
    assert photo.name in str(visitor.text_content("main"))
    look_up(visitor, centre.address, number, code)
    press(visitor, "a:has-text('再传、删材料的照片')")
    send(visitor, "别的材料", photo)
    press(visitor, "button:has-text('删掉')")
    assert "✓ 已经传上来" not in visitor.inner_text("main")

    intake = sign_in("intake")
    intake.fill("#wanted", number)
    press(intake, "button:has-text('查')")
    with intake.expect_popup() as opened:
        press(intake, "a:has-text('身份证，第 1 份')")
    opened.value.wait_for_load_state()
    assert opened.value.evaluate("document.images[0].naturalWidth") == 640


def test_twenty_photos_go_in_without_script_and_all_are_kept(
    centre: Centre, open_page: OpenPage, tmp_path: Path
) -> None:
    files = make_photos(tmp_path, 20)
    visitor = open_page()
    hurry_to(visitor, centre.address, CaseKind.HARDSHIP, "papers")
    for paper, some in (("看病的票据、结算单", files[:12]), ("收入证明", files[12:])):
        press(visitor, f"a:text-is('{paper}')")
        visitor.set_input_files("#file", some)
        press(visitor, "button:text-is('上传')")
        assert f"已经传上来 {len(some)} 张" in visitor.inner_text("main")
        press(visitor, "main a.button:has-text('下一步')")
        assert f"已传 {len(some)} 张" in visitor.inner_text("main")
    hurry_on(visitor, centre.address, CaseKind.HARDSHIP)
    kept = str(visitor.text_content("main"))
    assert all(file.name in kept for file in files)


def say_absent(page: Page, watch: Watch) -> None:
    """Say that no workmate has written anything: first without a reason."""
    press(page, "a:text-is('工友写的证明')")
    press(page, "a:has-text('没有这样材料')")
    watch.look(page)
    press(page, "main button:has-text('下一步')")
    watch.look(page)
    page.check("#absent_why")
    press(page, "main button:has-text('下一步')")
    assert "说了没有" in page.inner_text("main")
    watch.look(page)


def ask_for_identity(lawyer: Page, case: str, desk: Watch) -> None:
    """Look at what staff note of a paper, and ask for one by name."""
    lawyer.goto(f"{case}/papers/add/identity")
    press(lawyer, "summary:has-text('本人说')")
    desk.look(lawyer)
    lawyer.goto(f"{case}?write=missing")
    desk.look(lawyer)
    lawyer.check("input[name=papers_asked][value=identity]")
    press(lawyer, "form[action$=request_supplement] button.button")
    desk.look(lawyer)


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
    press(page, "main a.button:has-text('下一步')")
    watch.look(page)
    say_absent(page, watch)
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
    ask_for_identity(lawyer, f"{centre.address}/staff/cases/{number}", desk)
    for address in ("/status/case", "/status/papers", "/status/case/give_supplement"):
        page.goto(centre.address + address)
        watch.look(page)
    assert watch.found + desk.found == []
