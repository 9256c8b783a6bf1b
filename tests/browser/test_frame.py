"""Header, footer and grid: low on a phone, and in the same place on every kind of page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, Centre
from tests.browser.pressing import press

OpenPage = Callable[..., Page]
KINDS = ("/stories/", "/rights-cards/", "/guides/", "/notices/", "/tools/severance", "/apply",
         "/status", "/search", "/nowhere")  # fmt: skip
LEFT = "[document.querySelector('h1').getBoundingClientRect().left, scrollX]"


def height(page: Page, what: str) -> float:
    """How high the first such element is."""
    box = page.locator(what).first.bounding_box()
    assert box
    return box["height"]


@pytest.mark.parametrize(("elder", "most"), [(False, 140), (True, 180)])
def test_header_is_low_and_footer_lower_than_the_page_on_a_phone(
    centre: Centre, open_page: OpenPage, elder: bool, most: int
) -> None:
    page = open_page(PHONE)
    if elder:
        page.goto(f"{centre.address}/elder?on=1")
    for path in KINDS:
        page.goto(centre.address + path)
        assert height(page, "body > header") <= most, path
        assert height(page, ".footer") < height(page, "main"), path


def test_titles_of_content_forms_and_tools_stand_at_one_edge(
    centre: Centre, open_page: OpenPage
) -> None:
    page = open_page(DESK, script=True)
    edges = set()
    for path in KINDS:
        page.goto(centre.address + path)
        edges.add(tuple(page.evaluate(LEFT)))
    assert len(edges) == 1, edges


def test_the_menu_holds_the_search_and_what_stands_nowhere_else_on_a_phone(
    centre: Centre, open_page: OpenPage
) -> None:
    page = open_page(PHONE)
    page.goto(centre.address)
    assert page.locator(".bridge").bounding_box()
    assert page.locator("main input[name=q]").bounding_box()["y"] < PHONE["height"] + 20  # type: ignore[index]
    page.press(".menu summary", "Enter")
    for label in ("算一算", "就近找", "公告", "公示", "申请帮扶"):
        assert page.locator(f".menu a:has-text('{label}') svg").is_visible(), label
    page.fill(".menu input[name=q]", "工伤认定")
    press(page, ".menu button:has-text('搜一搜')")
    assert "工伤" in page.inner_text(".hits")
