"""A door that is closed, in a real browser: with script it opens by itself, without by waiting."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from portal.domain.shared.case_kinds import CaseKind
from tests.browser.conftest import Centre, open_centre
from tests.browser.hurrying import file_form, hurry_to
from tests.browser.judging import FORM, Watch, record_loading
from tests.browser.pressing import await_page, press
from tests.support import patience

OpenPage = Callable[..., Page]
SLOWER = 4  # a cheap phone, as against this machine


@pytest.fixture(scope="module")
def attacked(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    """A centre in which every look-up and every form handed in asks for work."""
    limits = {"wrong code": 0, "new cases": 0}
    yield from open_centre(furnished, tmp_path_factory.mktemp("attacked"), limits)


def test_a_form_is_handed_in_and_found_again_while_the_browser_works(
    attacked: Centre, scripted: Page
) -> None:
    number, code = file_form(scripted, attacked.address, CaseKind.JOBS)
    scripted.goto(f"{attacked.address}/status")
    assert scripted.is_hidden("text=排队")
    scripted.wait_for_selector("#working:has-text('确认好了')")
    scripted.fill("#receipt", number)
    scripted.fill("#code", code)
    press(scripted, "button:has-text('查一下')")
    scripted.wait_for_url("**/status/case")


def test_who_taps_before_the_work_is_done_is_not_sent_back(
    attacked: Centre, scripted: Page
) -> None:
    number, code = file_form(scripted, attacked.address, CaseKind.JOBS)
    session = scripted.context.new_cdp_session(scripted)
    scripted.goto(f"{attacked.address}/status#{number}:{code.replace(' ', '')}")  # as the QR code
    session.send("Emulation.setCPUThrottlingRate", {"rate": 20})
    press(scripted, "button:has-text('查一下')")
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    scripted.wait_for_url("**/status/case")


def test_who_puts_a_form_aside_need_not_wait_and_does_not_hand_it_in(
    attacked: Centre, scripted: Page
) -> None:
    session = scripted.context.new_cdp_session(scripted)
    hurry_to(scripted, attacked.address, CaseKind.JOBS)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 20})
    press(scripted, "button:has-text('先存着')")
    scripted.wait_for_url("**/kept")
    shown = scripted.goto(f"{attacked.address}/find-work/receipt")
    assert shown
    assert (shown.status, scripted.locator(".number").count()) == (404, 0)


def test_a_cheap_phone_is_done_in_seconds(attacked: Centre, scripted: Page) -> None:
    session = scripted.context.new_cdp_session(scripted)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    took = []
    for _ in range(5):
        scripted.goto(f"{attacked.address}/status")
        started = time.monotonic()
        scripted.wait_for_selector("#working:has-text('确认好了')")
        took.append(time.monotonic() - started)
    print("seconds on a slow processor:", [round(one, 1) for one in took])
    assert max(took) < patience.seconds(30)


def test_without_script_a_turn_is_offered_and_pages_stay_accessible(
    attacked: Centre, open_page: OpenPage
) -> None:
    page = open_page()
    page.goto(f"{attacked.address}/status")
    page.fill("#receipt", "JZ26")
    press(page, "button:text-is('排队')")
    assert "已经排上了" in page.inner_text("main")
    assert page.input_value("#receipt") == "JZ26"
    watched = open_page(script=True)
    watch = Watch(watched, attacked.address)
    watched.goto(f"{attacked.address}/status")
    watch.look(watched)
    press(watched, "button:has-text('查一下')")
    await_page(watched, ".errors")
    watch.look(watched)
    assert watch.found == []


def test_the_page_is_still_one_small_request(attacked: Centre, scripted: Page) -> None:
    loaded = record_loading(scripted)
    scripted.goto(f"{attacked.address}/status", wait_until="networkidle")
    assert len(loaded) == FORM.requests
    assert sum(loaded.values()) <= FORM.bytes
