"""A form is begun on one phone and handed in on another, JavaScript off; and somebody leaves."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.case_kinds import CaseKind
from tests.browser.conftest import Centre
from tests.browser.judging import Watch
from tests.browser.pressing import press
from tests.browser.walks import NEXT, fill_page, look_up, path_of
from tests.support.samples import ANSWERS

OpenPage = Callable[..., Page]
CONSULT, APPLY = JOURNEYS[CaseKind.CONSULTATION], JOURNEYS[CaseKind.HARDSHIP]


def begin_and_put_aside(page: Page, address: str, pages: int = 3) -> tuple[str, str]:
    """Fill in the first pages of a consultation and put the next one aside: number and code."""
    page.goto(f"{address}/consult")
    press(page, "button:has-text('开始填')")
    for _ in range(pages):
        fill_page(page, CONSULT, ANSWERS[CONSULT.kind])
    press(page, "button:has-text('先存着，以后再填')")
    assert page.inner_text("h1") == "已经存好了"
    number, code = page.locator(".number").all_text_contents()
    return number, code


def test_a_form_is_begun_on_one_phone_and_handed_in_on_another(
    centre: Centre, open_page: OpenPage
) -> None:
    number, code = begin_and_put_aside(open_page(), centre.address)
    other = open_page()
    look_up(other, centre.address, number, code)
    assert other.url == f"{centre.address}/consult/so-far"
    assert number in other.inner_text("main")
    assert other.locator(".topics .have").count() >= 1
    press(other, "a.button:has-text('接着填')")
    while not other.url.endswith("/check"):
        fill_page(other, CONSULT, ANSWERS[CONSULT.kind])
    press(other, f"button:text-is('{CONSULT.button}')")
    assert other.locator(".number").all_text_contents() == [number, code]
    third = open_page()
    look_up(third, centre.address, number, code)
    assert third.inner_text("h1") == "已提交"


def test_the_code_of_a_form_that_was_put_aside_fills_in_both_numbers(
    centre: Centre, open_page: OpenPage
) -> None:
    number, code = begin_and_put_aside(open_page(), centre.address, pages=1)
    other = open_page(script=True)
    other.goto(f"{centre.address}/status#{number}:{code.replace(' ', '')}")
    assert "#" not in other.url
    press(other, "button:has-text('查一下')")
    assert other.url == f"{centre.address}/consult/so-far"


def test_back_stops_at_no_page_that_was_refused(centre: Centre, open_page: OpenPage) -> None:
    page, answers = open_page(), ANSWERS[APPLY.kind]
    page.goto(f"{centre.address}/apply")
    press(page, "button:has-text('开始填')")
    while not page.locator("#mobile").count():
        fill_page(page, APPLY, answers)
    asked = path_of(page)
    for wrong in ("12", "123"):
        page.fill("#mobile", wrong)
        press(page, NEXT)
        page.locator(".errors:focus").wait_for()
        assert page.title().startswith("错误：")
        assert page.input_value("#mobile") == wrong
    fill_page(page, APPLY, answers)
    fill_page(page, APPLY, answers)
    shown = []
    while not page.url.endswith("/apply"):
        page.go_back()  # raises where the browser shows an error page of its own
        assert not page.title().startswith("错误：")
        if path_of(page) == asked:
            shown.append(page.input_value("#mobile"))
    assert shown[0] == answers["mobile"]  # of older visits the browser may show what was typed then


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "elder"])
def test_number_list_and_button_are_accessible(
    centre: Centre, open_page: OpenPage, elder: bool
) -> None:
    page = open_page(script=True)
    watch = Watch(page, centre.address)
    page.goto(f"{centre.address}/elder?on={int(elder)}")
    begin_and_put_aside(page, centre.address)
    watch.look(page)
    press(page, "a.button:has-text('接着填')")
    watch.look(page)
    press(page, "a.button:has-text('接着填')")
    watch.look(page)
    page.goto(f"{centre.address}/consult")
    press(page, "button:has-text('重新填一份')")
    watch.look(page)
    assert watch.found == []


def test_whoever_leaves_at_once_is_elsewhere_and_forgotten(
    centre: Centre, open_page: OpenPage
) -> None:
    page = open_page()
    asked = []

    def weather(route: Route) -> None:
        asked.append(route.request)
        route.fulfill(content_type="text/html; charset=utf-8", body="<title>天气</title>晴")

    page.route("https://www.weather.com.cn/**", weather)
    begin_and_put_aside(page, centre.address, pages=1)
    for _ in range(8):  # skip link, name, telephone, menu, search, size of type, the button
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == "马上离开":
            break
    assert page.evaluate("document.activeElement.innerText") == "马上离开"
    assert page.evaluate("document.activeElement.offsetHeight") >= 44
    page.keyboard.press("Enter")
    page.wait_for_url("https://www.weather.com.cn/")
    assert page.title() == "天气"
    assert [request.headers.get("referer") for request in asked] == [None]
    assert page.context.cookies(centre.address) == []
    page.go_back()
    assert page.locator(".number").count() == 0
    page.goto(f"{centre.address}/consult/so-far")
    assert page.locator("h1").inner_text() == "这里没有能打开的表"
