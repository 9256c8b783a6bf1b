"""The list of work without a mouse: the first row within three Tabs, then j, k, Enter and ?."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.conftest import DESK, Centre
from tests.browser.pressing import press

MOST_TABS = 3


def focused(page: Page, name: str) -> str:
    return str(page.evaluate(f"document.activeElement.{name}"))


def rows_of(page: Page) -> list[str]:
    return page.locator(".rows a.number").all_text_contents()


def test_the_first_row_is_reached_within_three_tabs_without_script(
    centre: Centre, sign_in: Callable[..., Page]
) -> None:
    page = sign_in("intake", DESK)
    page.goto(f"{centre.address}/staff/?view=open")
    first = rows_of(page)[0]
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if focused(page, "className") == "skip":
            page.keyboard.press("Enter")
        if focused(page, "textContent") == first:
            break
    assert focused(page, "textContent") == first
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/staff/cases/{first}**")


def test_j_and_k_walk_the_rows_enter_opens_one_and_a_question_mark_tells_of_them(
    centre: Centre, sign_in: Callable[..., Page]
) -> None:
    page = sign_in("intake", DESK, script=True)
    page.goto(f"{centre.address}/staff/?view=open")
    rows = rows_of(page)
    walked = []
    for key in ("j", "j", "j", "k", "k", "k"):
        page.keyboard.press(key)
        walked.append(focused(page, "textContent"))
    assert walked == [rows[0], rows[1], rows[2], rows[1], rows[0], rows[0]]
    assert not page.evaluate("document.getElementById('keys').open")
    page.keyboard.press("?")
    assert page.evaluate("document.getElementById('keys').open")
    page.locator("input[name=employer]").focus()
    page.keyboard.type("jk?")
    assert page.locator("input[name=employer]").input_value() == "jk?"
    page.locator(".rows a.number").nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/staff/cases/{rows[1]}**")


def test_fifteen_rows_stand_on_the_first_screen_and_the_decision_stays_in_view(
    centre: Centre, sign_in: Callable[..., Page]
) -> None:
    page = sign_in("intake", DESK)
    page.goto(f"{centre.address}/staff/?view=open")
    boxes = [one.bounding_box() for one in page.locator(".rows a.number").all()]
    height = DESK["height"]
    assert sum(1 for box in boxes if box and box["y"] + box["height"] <= height) >= 15
    press(page, ".rows a.number >> nth=0")
    page.evaluate("window.scrollTo(0, 700)")
    box = page.locator(".decision").bounding_box()
    assert box
    assert 0 <= box["y"] < height
