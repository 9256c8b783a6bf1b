"""Whole journeys in a real browser with JavaScript off, on a phone and at a desk."""

from collections.abc import Callable

from playwright.sync_api import Page

from portal.domain.shared.case_kinds import CaseKind
from tests.browser.conftest import Centre
from tests.browser.hurrying import file_form
from tests.browser.pressing import press
from tests.browser.walks import go_on, look_up, take_here

OpenPage = Callable[..., Page]


def _open_case(page: Page, number: str) -> None:
    page.fill("#wanted", number)
    press(page, "button:has-text('查')")
    assert number in page.inner_text("h1")


def test_worker_reads_a_card_consults_and_reads_the_answer(
    centre: Centre, open_page: OpenPage, sign_in: OpenPage
) -> None:
    visitor = open_page()
    visitor.goto(f"{centre.address}/rights-cards/")
    press(visitor, "a:has-text('拖欠、克扣工资')")
    assert "工资支付暂行规定" in visitor.inner_text("main")
    press(visitor, "a:has-text('问问我的情况') >> nth=0")
    number, code = go_on(visitor, CaseKind.CONSULTATION)

    lawyer = sign_in("lawyer")
    _open_case(lawyer, number)
    assert "维权卡：unpaid-wages" in lawyer.inner_text("main")
    assert "19900000003" not in lawyer.content()
    take_here(lawyer, "答复", words="可以要回来。\n先到劳动监察投诉，不收费。")
    assert "已答复" in lawyer.inner_text("main")

    look_up(visitor, centre.address, number, code)
    assert visitor.inner_text("h1") == "已答复"
    assert "先到劳动监察投诉，不收费。" in visitor.inner_text("main")


def test_worker_applies_gives_a_supplement_and_is_approved(
    centre: Centre, open_page: OpenPage, sign_in: OpenPage
) -> None:
    visitor = open_page()
    number, code = file_form(visitor, centre.address, CaseKind.HARDSHIP)

    intake = sign_in("intake")
    _open_case(intake, number)
    take_here(intake, "请补材料", words="请写明住院的医院和日期。")

    look_up(visitor, centre.address, number, code)
    assert "需要您做" in visitor.inner_text("main")
    assert "请写明住院的医院和日期。" in visitor.inner_text("main")
    press(visitor, "a:has-text('提交补充材料')")
    visitor.fill("#words", "市人民医院，2026 年 9 月。")
    press(visitor, "button:has-text('提交补充材料')")
    assert visitor.inner_text("h1") == "已提交"

    _open_case_again(intake, centre, number)
    assert "市人民医院，2026 年 9 月。" in intake.inner_text("main")
    take_here(intake, "受理")
    reviewer = sign_in("reviewer")
    _open_case(reviewer, number)
    take_here(reviewer, "报审批", words="已经入户，情况属实。")
    approver = sign_in("approver")
    _open_case(approver, number)
    take_here(approver, "批准", words="符合深度困难，批准生活帮扶。")

    look_up(visitor, centre.address, number, code)
    assert visitor.inner_text("h1") == "已批准"
    shown = visitor.inner_text("main")
    assert "符合深度困难，批准生活帮扶。" in shown
    assert "已经入户，情况属实。" not in shown


def _open_case_again(page: Page, centre: Centre, number: str) -> None:
    page.goto(f"{centre.address}/staff/cases/{number}")


def test_worker_withdraws(centre: Centre, open_page: OpenPage) -> None:
    visitor = open_page()
    number, code = file_form(visitor, centre.address, CaseKind.CONSULTATION)
    look_up(visitor, centre.address, number, code)
    press(visitor, "a:has-text('撤回咨询')")
    press(visitor, "button:has-text('确定撤回咨询')")
    assert visitor.inner_text("h1") == "已撤回"


def test_published_figure_counts_what_came_in(centre: Centre, open_page: OpenPage) -> None:
    visitor = open_page()
    received = "tr:has(summary:has-text('网上提交'))"
    visitor.goto(f"{centre.address}/figures/")
    before = visitor.inner_text(received)
    file_form(visitor, centre.address, CaseKind.CONSULTATION)
    centre.run("site", "build")
    visitor.goto(f"{centre.address}/figures/")
    assert visitor.inner_text(received) != before


def test_a_definition_is_one_tap_away(centre: Centre, open_page: OpenPage) -> None:
    visitor = open_page()
    visitor.goto(f"{centre.address}/figures/")
    definition = "text=判了还没拿到的不算"
    assert not visitor.is_visible(definition)
    press(visitor, "summary:has-text('追回拖欠的工资')")
    assert visitor.is_visible(definition)


def test_list_of_who_is_to_be_helped_leads_to_the_objection(
    centre: Centre, open_page: OpenPage
) -> None:
    visitor = open_page()
    visitor.goto(f"{centre.address}/")
    press(visitor, "a:has-text('正在公示的帮扶名单')")
    assert visitor.locator("#objection + ul a[href^='tel:']").count() == 1
    press(visitor, "a:has-text('在网上提意见') >> nth=0")
    assert visitor.locator("button[name=list]").get_attribute("value")


def test_large_type_holds_on_site_and_portal(centre: Centre, open_page: OpenPage) -> None:
    visitor = open_page()
    visitor.goto(f"{centre.address}/rights-cards/")
    press(visitor, "a:has-text('长者模式') >> visible=true")
    assert visitor.url == f"{centre.address}/rights-cards/"
    for path in ("/rights-cards/", "/", "/apply"):
        visitor.goto(centre.address + path)
        assert visitor.locator("html.elder").count() == 1, path
    visitor.goto(f"{centre.address}/consult")
    press(visitor, "a:has-text('退出长者模式') >> visible=true")
    assert visitor.locator("html.elder").count() == 0


def test_search_finds_a_card_and_leads_to_it(centre: Centre, open_page: OpenPage) -> None:
    visitor = open_page()
    visitor.goto(f"{centre.address}/")
    visitor.fill("main input[name=q]", "工伤认定")
    press(visitor, "main button:has-text('搜一搜')")
    press(visitor, ".hits a >> nth=0")
    assert "工伤" in visitor.inner_text("main")
