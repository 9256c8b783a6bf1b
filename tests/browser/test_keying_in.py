"""Keying in at the counter: with the keyboard alone, and readable for everybody."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from portal.domain.answers import type_back
from portal.domain.fields import FIELDS
from portal.domain.journeys import JOURNEYS
from portal.domain.keying import lay_out
from portal.domain.workflow import CaseKind
from tests.app.portal.samples import ANSWERS
from tests.browser.conftest import Centre
from tests.browser.test_accessibility import Watch, sizes
from tests.browser.walks import look_up
from tests.unit.portal.answering import typed_lines

OpenPage = Callable[..., Page]
_FOCUS = """() => {
    const one = document.activeElement;
    return {name: one.name || '', type: one.type || '', value: one.value || '',
            checked: Boolean(one.checked), text: one.textContent.trim()};
}"""
_MOST_KEYS = 600


def answers_to_type() -> dict[str, str | list[str]]:
    """A whole consultation that came by phone."""
    given = ANSWERS[CaseKind.CONSULTATION]
    typed: dict[str, str | list[str]] = {"came_by": "call", "consent_by": "spoken"}
    for block in lay_out(JOURNEYS[CaseKind.CONSULTATION]):
        for one in block.questions:
            answer = given.get(one.field.name)
            people = answer if isinstance(answer, list) else []
            if block.at_once:
                typed[one.field.name] = typed_lines(block.at_once, people)
            elif block.loop:
                typed |= {f"{name}-{row}": type_back(FIELDS[name], value)
                          for row, member in enumerate(people, 1)
                          for name, value in member.items()}  # fmt: skip
            else:
                typed[one.field.name] = type_back(one.field, answer)
    return typed


def press_until(page: Page, key: str, value: str) -> None:
    """Press a key until the field that has the focus shows the value."""
    for _ in range(20):
        if page.evaluate(_FOCUS)["value"] == value:
            return
        page.keyboard.press(key)
    raise AssertionError(f"{value} is not reached by {key}")


def answer_with_keys(page: Page, focus: dict[str, Any], typed: str | list[str]) -> None:
    """Answer the question that has the focus, touching nothing but keys."""
    match focus["type"]:
        case "radio" if isinstance(typed, str) and typed:
            page.keyboard.press("Space")
            press_until(page, "ArrowDown", typed)
        case "checkbox" if focus["value"] in typed and not focus["checked"]:
            page.keyboard.press("Space")
        case "select-one" if isinstance(typed, str):
            press_until(page, "ArrowDown", typed)
        case "text" | "textarea" if isinstance(typed, str) and typed:
            page.keyboard.press("Control+a")
            page.keyboard.type(typed)


@pytest.mark.timeout(300)
def test_a_consultation_is_keyed_in_with_the_keyboard_alone(
    centre: Centre, sign_in: OpenPage
) -> None:
    page, typed = sign_in("lawyer", script=True), answers_to_type()
    page.goto(f"{centre.address}/staff/new/consultation")
    button = JOURNEYS[CaseKind.CONSULTATION].button
    answered = set()
    for _ in range(_MOST_KEYS):
        page.keyboard.press("Tab")
        focus = page.evaluate(_FOCUS)
        if focus["type"] == "submit" and focus["text"] == button:
            page.keyboard.press("Enter")
            break
        if focus["name"] in typed:
            answer_with_keys(page, focus, typed[focus["name"]])
            answered.add(focus["name"])
    page.wait_for_selector(".slip")
    assert answered == typed.keys()
    number, code = page.locator(".slip .number").all_text_contents()
    look_up(page, centre.address, number, code)
    assert page.url.endswith("/status/case")


@pytest.mark.timeout(300)
@sizes
def test_keying_in_is_accessible(centre: Centre, sign_in: OpenPage, size: dict[str, int]) -> None:
    complaints = []
    for role, kind in (("intake", CaseKind.HARDSHIP), ("lawyer", CaseKind.CONSULTATION)):
        page = sign_in(role, size, script=True)
        watch = Watch(page, centre.address)
        page.goto(f"{centre.address}/staff/new")
        watch.look(page)
        page.goto(f"{centre.address}/staff/new/{kind}")
        watch.look(page)
        page.click(f"p > button:has-text('{JOURNEYS[kind].button}')")
        watch.look(page)
        if kind is CaseKind.HARDSHIP:
            page.click("button:has-text('再加几行')")
            assert page.locator("[name='member_name-12']").count() == 1
            assert page.url.endswith("#member_name-7")
            watch.look(page)
        complaints += watch.found
    assert complaints == []
