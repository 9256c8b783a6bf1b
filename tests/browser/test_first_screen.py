"""What stands on the first screen of a cheap phone, as it comes and in 长者模式."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page

from portal.domain.forms.journeys import JOURNEYS, Journey
from portal.domain.shared.case_kinds import CaseKind
from tests.browser.conftest import PHONE, Centre
from tests.browser.pressing import press

OpenPage = Callable[..., Page]
SCREEN = PHONE["height"]
each_size = pytest.mark.parametrize("elder", [False, True], ids=["normal", "elder"])


def open_phone(open_page: OpenPage, centre: Centre, elder: bool) -> Page:
    """A phone in that type size."""
    page = open_page(PHONE)
    page.goto(f"{centre.address}/elder?on={int(elder)}")
    return page


def bottom_of(found: Locator) -> float:
    """Where it ends on a page that was not scrolled."""
    box = found.first.bounding_box()
    assert box
    return box["y"] + box["height"]


@each_size
def test_every_form_is_begun_from_the_first_screen(
    centre: Centre, open_page: OpenPage, elder: bool
) -> None:
    page = open_phone(open_page, centre, elder)
    low = {}
    for journey in JOURNEYS.values():
        page.goto(f"{centre.address}/{journey.address}")
        low[journey.address] = bottom_of(page.locator("button:has-text('开始填')"))
    assert {address: end for address, end in low.items() if end > SCREEN} == {}


@each_size
def test_the_home_page_leads_to_a_task_from_the_first_screen(
    centre: Centre, open_page: OpenPage, elder: bool
) -> None:
    page = open_phone(open_page, centre, elder)
    page.goto(centre.address)
    assert bottom_of(page.locator("main a[href='/apply']")) <= SCREEN
    header = page.locator("header").bounding_box()
    assert header
    assert header["height"] <= SCREEN / 4


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=lambda one: one.address)
def test_large_type_is_switched_in_the_middle_of_a_form_and_nothing_typed_is_lost(
    centre: Centre, open_page: OpenPage, journey: Journey
) -> None:
    page = open_phone(open_page, centre, elder=False)
    page.goto(f"{centre.address}/{journey.address}")
    press(page, "button:has-text('开始填')")
    box = page.locator("main input[type=text]:visible, main textarea, main input[type=radio]").first
    picks = box.get_attribute("type") == "radio"
    if picks:
        box.check()
    else:
        box.fill("示范张三")
    for words, large in (("长者模式", 1), ("退出长者模式", 0)):
        press(page, f"header button:text-is('{words}')")
        assert page.locator("html.elder").count() == large
        assert page.locator(".errors, .error").count() == 0
        box = page.locator(
            "main input[type=text]:visible, main textarea, main input[type=radio]"
        ).first
        assert box.is_checked() if picks else box.input_value() == "示范张三"
    assert page.locator(".menu summary").is_visible()


def test_the_key_that_sends_a_form_does_not_switch_the_type(
    centre: Centre, open_page: OpenPage
) -> None:
    page = open_phone(open_page, centre, elder=False)
    page.goto(f"{centre.address}/{JOURNEYS[CaseKind.JOBS].address}")
    press(page, "button:has-text('开始填')")
    page.fill("#name", "示范小李")
    page.press("#name", "Enter")
    page.wait_for_selector(".errors")
    assert page.locator("html.elder").count() == 0
