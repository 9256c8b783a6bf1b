"""At the counter: a letter keyed in and its signed page, without script; papers and lost codes."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from portal.domain.counter.paper_layout import lay_out_form
from portal.domain.forms.answers import type_back
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.case_kinds import CaseKind
from tests.browser.conftest import PHONE, Centre
from tests.browser.hurrying import file_form
from tests.browser.judging import Watch
from tests.browser.pressing import press
from tests.browser.walks import answer, look_up
from tests.support.hostile_files import picture, saved
from tests.support.samples import ANSWERS

OpenPage = Callable[..., Page]
KIND = CaseKind.JOBS


def key_in_a_letter(page: Page, centre: Centre) -> tuple[str, str]:
    """Key a registration in that came by letter; its number and its code."""
    page.goto(f"{centre.address}/staff/new/{KIND}")
    page.check('input[name="came_by"][value="letter"]')
    page.check('input[name="consent_by"][value="paper"]')
    for block in lay_out_form(JOURNEYS[KIND]):
        for one in block.questions:
            value = ANSWERS[KIND].get(one.field.name)
            if type_back(one.field, value):
                answer(page, one.field, value)
    press(page, f"p > button:has-text('{JOURNEYS[KIND].button}')")
    number, code = page.locator(".slip .number").all_text_contents()
    return number, code


def scans(folder: Path, count: int) -> list[Path]:
    """Pages from the scanner."""
    files = [folder / f"scan{number:04d}.jpg" for number in range(1, count + 1)]
    for number, file in enumerate(files):
        file.write_bytes(saved(picture((640, 480 + number)), "JPEG"))
    return files


def send_one(page: Page, file: Path) -> None:
    """Choose a file and press 上传."""
    page.set_input_files("#file", file)
    press(page, "button:text-is('上传')")


def test_the_signed_page_of_a_letter_is_sent_and_the_worker_sees_it(
    centre: Centre, open_page: OpenPage, sign_in: OpenPage, tmp_path: Path
) -> None:
    clerk, worker = sign_in("intake"), open_page()
    number, code = key_in_a_letter(clerk, centre)
    with clerk.expect_popup() as opened:
        press(clerk, "a:has-text('传材料')")
    counter = opened.value
    for file in scans(tmp_path, 3):
        send_one(counter, file)
        assert counter.inner_text("h2 >> nth=0") == "本人签字的纸质表"
    assert "已经有 3 份" in counter.inner_text("main")
    press(counter, "nav[aria-label='哪一种材料'] a:has-text('别的材料')")
    send_one(counter, scans(tmp_path, 1)[0])
    assert clerk.locator(".slip").count() == 1  # the code still stands there
    look_up(worker, centre.address, number, code)
    shown = worker.inner_text("main")
    assert shown.count("本人签字的纸质表") == 6  # three files, three lines of the history
    assert "帮扶中心传的" in shown
    press(counter, "a:has-text('返回办件')")
    assert "还没有签字的纸" not in counter.inner_text("main")


def test_the_pages_of_the_counter_are_accessible(
    centre: Centre, sign_in: OpenPage, open_page: OpenPage, tmp_path: Path
) -> None:
    number, _ = file_form(open_page(), centre.address, CaseKind.HARDSHIP)
    clerk, colleague = (sign_in(one, PHONE, script=True) for one in ("intake", "second-intake"))
    watches = {page: Watch(page, centre.address) for page in (clerk, colleague)}
    clerk.goto(f"{centre.address}/staff/cases/{number}")
    press(clerk, "a:has-text('传材料')")
    press(clerk, "button:text-is('上传')")
    watches[clerk].look(clerk)  # nothing chosen
    send_one(clerk, scans(tmp_path, 1)[0])
    watches[clerk].look(clerk)
    clerk.goto(f"{centre.address}/staff/cases/{number}")
    press(clerk, "summary:has-text('丢了查询码')")
    watches[clerk].look(clerk)
    clerk.check("#checked")
    press(clerk, "button:has-text('登记补办查询码')")
    watches[clerk].look(clerk)
    colleague.goto(f"{centre.address}/staff/")
    watches[colleague].look(colleague)
    colleague.goto(f"{centre.address}/staff/cases/{number}")
    press(colleague, "summary:has-text('不同意')")
    press(colleague, "button:has-text('不同意补办')")
    watches[colleague].look(colleague)  # without words
    press(colleague, "button:has-text('确认，可以补办')")
    watches[colleague].look(colleague)
    clerk.goto(f"{centre.address}/staff/cases/{number}")
    watches[clerk].look(clerk)
    press(clerk, "button:has-text('取新的查询码')")
    watches[clerk].look(clerk)
    assert [one for watch in watches.values() for one in watch.found] == []
