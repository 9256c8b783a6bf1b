"""Keying in at the counter: with the keyboard alone, and readable for everybody."""

from collections.abc import Callable

from playwright.sync_api import Page

from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.case_kinds import CaseKind
from tests.browser.conftest import PHONE, Centre
from tests.browser.judging import Watch
from tests.browser.keys import answer_with_keys, focus_of
from tests.browser.pressing import await_page, press
from tests.browser.walks import look_up
from tests.support.keying import typed_answers
from tests.support.samples import ANSWERS

OpenPage = Callable[..., Page]
_MOST_KEYS = 600


def test_a_consultation_is_keyed_in_with_the_keyboard_alone(
    centre: Centre, sign_in: OpenPage
) -> None:
    kind = CaseKind.CONSULTATION
    typed = {"came_by": "call", "consent_by": "spoken", **typed_answers(kind, ANSWERS[kind])}
    page = sign_in("lawyer", script=True)
    page.goto(f"{centre.address}/staff/new/{kind}")
    button = JOURNEYS[kind].button
    answered = set()
    for _ in range(_MOST_KEYS):
        page.keyboard.press("Tab")
        focus = focus_of(page)
        if focus["type"] == "submit" and focus["text"] == button:
            page.keyboard.press("Enter")
            break
        if focus["name"] in typed:
            answer_with_keys(page, focus, typed[focus["name"]])
            answered.add(focus["name"])
    await_page(page, ".slip")
    assert answered == typed.keys()
    number, code = page.locator(".slip .number").all_text_contents()
    look_up(page, centre.address, number, code)
    assert page.url.endswith("/status/case")


def test_keying_in_is_accessible(centre: Centre, sign_in: OpenPage) -> None:
    complaints = []
    for role, kind in (("intake", CaseKind.HARDSHIP), ("lawyer", CaseKind.CONSULTATION)):
        page = sign_in(role, PHONE, script=True)
        watch = Watch(page, centre.address)
        page.goto(f"{centre.address}/staff/new")
        watch.look(page)
        page.goto(f"{centre.address}/staff/new/{kind}")
        watch.look(page)
        press(page, f"p > button:has-text('{JOURNEYS[kind].button}')")
        watch.look(page)
        if kind is CaseKind.HARDSHIP:
            press(page, "button:has-text('再加几行')")
            assert page.locator("[name='member_name-12']").count() == 1
            assert page.url.endswith("#member_name-7")
            watch.look(page)
        complaints += watch.found
    assert complaints == []
