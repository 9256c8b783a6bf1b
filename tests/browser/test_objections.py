"""An objection without a name from the public list to the decision, and what to bring."""

from collections.abc import Callable

from playwright.sync_api import Page

from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.case_kinds import CaseKind
from site_src.portal_addresses import CHECKLISTS
from tests.browser.conftest import Centre
from tests.browser.pressing import press
from tests.browser.walks import go_on, look_up, take

OpenPage = Callable[..., Page]


def test_an_objection_without_a_name_is_checked_and_decided_by_two_people(
    centre: Centre, open_page: OpenPage, sign_in: OpenPage
) -> None:
    worker = open_page()
    worker.goto(f"{centre.address}/public-lists/")
    press(worker, "a:has-text('在网上提意见') >> nth=0")
    assert "list=" in worker.url
    number, code = go_on(worker, CaseKind.OBJECTION, leaves_name="unnamed")
    assert number.startswith("YY")
    reviewer, approver = sign_in("reviewer"), sign_in("approver")
    reviewer.goto(f"{centre.address}/staff/?queue=objection.submitted")
    assert "没有留名" in reviewer.inner_text("main")
    take(reviewer, centre, number, "开始核查")
    take(reviewer, centre, number, "报决定", words="店是他弟弟的。")
    take(approver, centre, number, "意见不成立，名单不改", words="查过了，和名单上写的一样。")
    look_up(worker, centre.address, number, code)
    assert worker.inner_text("h1") == "名单没有改"
    shown = worker.inner_text("main")
    assert "查过了，和名单上写的一样。" in shown
    assert "店是他弟弟的。" not in shown
    assert "您没有留电话" in shown


def test_what_to_bring_is_one_tap_away_and_fits_a_phone(
    centre: Centre, open_page: OpenPage
) -> None:
    visitor = open_page()
    for address in CHECKLISTS:
        visitor.goto(f"{centre.address}/{address}")
        press(visitor, "a:has-text('看看要带哪些材料')")
        assert visitor.inner_text("h1") == "要带什么"
        assert visitor.locator("main h3").count() >= 4
        width = visitor.evaluate("document.documentElement.scrollWidth")
        assert width <= 360
    visitor.emulate_media(media="print")
    assert not visitor.is_visible("a.button")
    assert visitor.is_visible("main h3 >> nth=0")


def test_a_guide_leads_to_what_to_bring(centre: Centre, open_page: OpenPage) -> None:
    visitor = open_page()
    visitor.goto(f"{centre.address}/guides/hardship-file/")
    press(visitor, "a:has-text('列好的材料单')")
    assert visitor.url == f"{centre.address}/apply/papers-needed"
    assert JOURNEYS[CaseKind.HARDSHIP].title in visitor.inner_text("main")
