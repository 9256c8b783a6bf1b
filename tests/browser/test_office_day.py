"""The day of an office, played with a mouse: what everybody does all day takes few clicks."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from portal.domain.shared.case_kinds import CaseKind
from portal.operations.forms import submission
from tests.browser.conftest import DESK, PHONE, Centre, open_centre
from tests.browser.pressing import press
from tests.faults.kill_rounds import open_beside
from tests.faults.serving import Setting
from tests.support.centre import declarations
from tests.support.samples import ANSWERS

NEW_CASES = 3


@pytest.fixture(scope="module")
def centre(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    """A demonstration centre to which three applications came in this morning."""
    morning = tmp_path_factory.mktemp("morning")
    shutil.copytree(furnished, morning, symlinks=True, dirs_exist_ok=True)
    kind = CaseKind.HARDSHIP
    with open_beside(Setting(morning / "root", morning / "instance", 0)) as office:
        for _ in range(NEW_CASES):
            token = submission.begin_draft(office, ANSWERS[kind], None, "test")
            submission.submit_case(office, kind, token, declarations(kind), "test")
    yield from open_centre(morning, tmp_path_factory.mktemp("office"), {})


class Hand:
    """A hand on the mouse, that counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def press(self, selector: str) -> None:
        """Click on the first that is meant, and wait for the page that it leads to."""
        self.clicks += 1
        press(self.page, f"{selector} >> nth=0")


def state_of(page: Page, centre: Centre, number: str) -> str:
    """What staff call the state of a case."""
    page.goto(f"{centre.address}/staff/cases/{number}")
    return page.locator("main").inner_text()


def test_three_cases_are_accepted_with_four_clicks(
    centre: Centre, sign_in: Callable[..., Page]
) -> None:
    page = sign_in("intake", DESK)
    page.goto(f"{centre.address}/staff/?view=to_do&kind=hardship")
    numbers = page.locator(".rows a.number").all_text_contents()[:NEW_CASES]
    assert len(set(numbers)) == NEW_CASES
    hand = Hand(page)
    hand.press(".rows a.number")
    for number in numbers:
        assert number in page.url
        hand.press("button[name=then][value=next]")
    assert hand.clicks <= 4
    for number in numbers:
        assert "已受理，待核实" in state_of(page, centre, number)


def test_a_call_takes_three_clicks_from_the_first_page(
    centre: Centre, sign_in: Callable[..., Page]
) -> None:
    page = sign_in("intake", DESK)
    hand = Hand(page)
    hand.press("nav >> text=要打的电话")
    first = page.locator("tbody tr").first
    row, hidden = str(first.get_attribute("id")), first.inner_text()
    waiting = page.locator("tbody tr").count()
    hand.press(f"#{row} button:has-text('显示')")
    assert re.search(r"\d{11}|\d{3,4}-\d{7}", page.locator(f"#{row}").inner_text())
    assert "*" in hidden
    hand.press(f"#{row} button[value=told]")
    assert page.locator(f"#{row}").count() == 0
    assert page.locator("tbody tr").count() == waiting - 1
    assert hand.clicks <= 3


def test_a_case_is_found_by_employer_with_two_clicks(
    centre: Centre, sign_in: Callable[..., Page]
) -> None:
    page = sign_in("intake", DESK)
    page.goto(f"{centre.address}/staff/?view=open&kind=hardship")
    press(page, ".rows a.number >> nth=0")
    number = page.url.partition("/cases/")[2].partition("?")[0]
    employer = page.locator("dt:text-is('单位或平台的名字') + dd").first.inner_text()
    page.goto(f"{centre.address}/staff/?view=open")
    page.fill("input[name=employer]", employer)
    hand = Hand(page)
    hand.press("form.find:has(input[name=employer]) button")
    hand.press(f".rows a.number:text-is('{number}')")
    assert number in page.url
    assert hand.clicks <= 2


def test_what_is_asked_of_the_log_stands_beside_its_words_on_a_narrow_screen(
    centre: Centre, sign_in: Callable[..., Page]
) -> None:
    page = sign_in("auditor", PHONE)
    page.goto(f"{centre.address}/staff/audit")
    for label in page.locator(".filter label").all():
        words = label.bounding_box()
        field = page.locator(f"#{label.get_attribute('for')}").bounding_box()
        assert words
        assert field
        middle = words["y"] + words["height"] / 2
        assert field["y"] <= middle <= field["y"] + field["height"]
        assert field["x"] + field["width"] <= PHONE["width"]
