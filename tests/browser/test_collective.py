"""A collective consultation from its form to the word to the leader, without JavaScript."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.case_kinds import CaseKind
from portal.web.workbooks import make_workbook
from tests.browser.conftest import PHONE, Centre
from tests.browser.hurrying import hurry_to
from tests.browser.judging import Watch
from tests.browser.pressing import press
from tests.browser.walks import fill_in, fill_page, look_up, take
from tests.support.samples import COLLECTIVE, COWORKERS
from tests.support.walking import list_page

OpenPage = Callable[..., Page]
PAGE = list_page(CaseKind.CONSULTATION)
TABLE = "姓名;电话;欠薪\n示范甲;19900000041;3200\n示范乙;1990;很多\n"


@pytest.fixture
def tables(tmp_path: Path) -> tuple[Path, Path]:
    """A table with a row that is wrong, and a workbook that is right."""
    wrong, right = tmp_path / "名单.csv", tmp_path / "名单.xlsx"
    wrong.write_bytes(TABLE.encode("gb18030"))
    right.write_bytes(make_workbook(PAGE, COWORKERS))
    return wrong, right


def send(page: Page, table: Path) -> str:
    """Choose a table, let it take the place of the list; what the page says then."""
    unfold(page, "有表格")
    page.set_input_files("#file", table)
    press(page, "button:text-is('上传名单'), button:has-text('上传，换掉')")
    return page.inner_text("main")


def agree(page: Page) -> str:
    """Say that the table was read right; what the page says then."""
    press(page, "button:has-text('对，')")
    return page.inner_text("main")


def unfold(page: Page, words: str) -> None:
    """Open a part of the page, if it is folded."""
    if page.locator(f"details:not([open]) summary:has-text('{words}')").count():
        press(page, f"summary:has-text('{words}')")


def walk_to_list(page: Page, address: str) -> None:
    """Fill in the form as far as the list of people."""
    hurry_to(page, address, CaseKind.CONSULTATION, "coworkers", **COLLECTIVE)


def test_a_table_with_mistakes_is_mended_filed_and_reported_to_the_leader(
    centre: Centre, open_page: OpenPage, sign_in: OpenPage, tables: tuple[Path, Path]
) -> None:
    worker, journey = open_page(), JOURNEYS[CaseKind.CONSULTATION]
    walk_to_list(worker, centre.address)
    shown = send(worker, tables[0])
    assert "多少元，用您的“欠薪”，比如：3200" in shown
    shown = agree(worker)
    assert "名单里有 1 人" in shown
    assert "收下了 1 位，有 1 行要改" in shown
    press(worker, "a:has-text('第 3 行：手机、多少元')")
    worker.fill("#coworker_mobile-0", "19900000042")
    worker.fill("#coworker_amount-0", "500")
    press(worker, "button:has-text('保存改好的行')")
    assert "名单里有 2 人，写了钱数的 2 人，加起来 3,700 元" in worker.inner_text("main")
    press(worker, "button:has-text('下一步')")
    while not worker.url.endswith("/check"):
        fill_page(worker, journey, COLLECTIVE)
    assert "示范乙，199" in worker.inner_text("main")
    press(worker, "button:has-text('提交咨询')")
    assert "23 个人一起的事" in worker.inner_text("main")
    number, code = worker.locator(".number").all_text_contents()

    approver, lawyer = sign_in("approver"), sign_in("lawyer")
    approver.goto(f"{centre.address}/staff/")
    assert f"{number} 23 人" in approver.inner_text("main")
    take(lawyer, centre, number, "已经报给领导", words="电话报了。")
    approver.goto(f"{centre.address}/staff/")
    assert number not in approver.inner_text("main")
    press(lawyer, "summary:has-text('下载名单')")
    lawyer.select_option("#list-reason", "arbitration")
    with lawyer.expect_download() as given:
        press(lawyer, "button:text-is('下载名单')")
    assert "示范乙,19900000042,500" in given.value.path().read_text("utf-8-sig")
    look_up(worker, centre.address, number, code)
    assert "电话报了" not in worker.inner_text("main")
    press(worker, "a:has-text('把名单拍成照片传上来')")
    assert worker.inner_text("h1") == "一起办的人的名单"


def change_lists(page: Page, watch: Watch) -> None:
    """Let people join after filing, one of them with a mistake, and look at every page."""
    press(page, "a:has-text('一起办的人的名单')")
    watch.look(page)
    unfold(page, "直接写")
    page.fill("#lines", "示范新甲，19900000051，800\n示范新乙，12，很多")
    press(page, "button:text-is('加到名单里')")
    watch.look(page)
    press(page, "button:text-is('提交名单')")
    press(page, "a:text-is('推选的代表')")
    watch.look(page)
    press(page, "a:has-text('写一位代表')")
    watch.look(page)
    page.fill("#representative_name", "示范新代表")
    page.fill("#representative_mobile", "19900000061")
    press(page, "button:text-is('下一步')")
    press(page, "button:text-is('提交名单')")
    assert "推选的代表：原来 3 人，现在 4 人" in page.inner_text("main")
    watch.look(page)


def test_the_pages_of_a_collective_consultation_are_accessible(
    centre: Centre, open_page: OpenPage, sign_in: OpenPage,
    tables: tuple[Path, Path],
) -> None:  # fmt: skip
    page = open_page(script=True)
    watch = Watch(page, centre.address)

    def look(shown: Page) -> None:
        if shown.url.rpartition("/consult/")[2].startswith(("same", "repre", "cowork")):
            watch.look(shown)

    number, code = fill_in(page, centre.address, CaseKind.CONSULTATION, look)
    watch.look(page)
    look_up(page, centre.address, number, code)
    watch.look(page)
    change_lists(page, watch)
    listed = open_page(script=True)
    other = Watch(listed, centre.address)
    walk_to_list(listed, centre.address)
    assert "名单里有 3 人" in send(listed, tables[1])
    other.look(listed)
    send(listed, tables[0])
    other.look(listed)
    agree(listed)
    other.look(listed)
    lawyer = sign_in("lawyer", PHONE, script=True)
    desk = Watch(lawyer, centre.address)
    lawyer.goto(f"{centre.address}/staff/")
    desk.look(lawyer)
    lawyer.goto(f"{centre.address}/staff/cases/{number}")
    press(lawyer, "summary:has-text('下载名单')")
    desk.look(lawyer)
    press(lawyer, "a:has-text('把人加到“一起办的人的名单”')")
    press(lawyer, "button:text-is('加到名单里')")
    desk.look(lawyer)
    assert watch.found + other.found + desk.found == []
