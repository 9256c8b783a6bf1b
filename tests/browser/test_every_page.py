"""Every page of every form: axe, large type, errors, narrow screens, 14 KB in one request."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from portal.domain.forms.fields import FIELDS
from portal.domain.forms.journeys import JOURNEYS, AnswerIs, AnyOf, Condition, Journey
from portal.domain.forms.journeys import Page as Topic
from portal.domain.shared.case_kinds import CaseKind
from tests.app.portal.samples import ANSWERS
from tests.browser.conftest import Centre
from tests.browser.judging import Judge
from tests.browser.pressing import press
from tests.browser.walks import NEXT, SAVE_MEMBER, answer, fill_page, look_up, path_of

OpenPage = Callable[..., Page]
ADD = "a.button:has-text('一位')"
LINES = "button:has-text('加到名单里')"
_OF_ONE_ENTRY = re.compile(r"/[0-9]+(/more)?$")


def send_empty(page: Page, judge: Judge) -> None:
    """Send a page as it is; judge what it complains of, and come back if it was taken."""
    address = page.url
    button = next((one for one in (LINES, SAVE_MEMBER, NEXT) if page.locator(one).count()), None)
    if button is None or page.locator(ADD).count() or page.locator("button[name=papers]").count():
        return
    press(page, f"{button} >> nth=0")
    if page.locator(".errors").count():
        judge.look(page)
    if page.url != address:
        page.goto(address)


def judge_empty_entry(page: Page, judge: Judge) -> None:
    """Judge the first page of an entry of a list when nothing is filled in."""
    if page.locator(ADD).count():
        address = page.url
        press(page, ADD)
        judge.look(page)
        send_empty(page, judge)
        page.goto(address)


def judge_way(page: Page, journey: Journey, judge: Judge) -> set[str]:
    """Fill in the form of the samples up to the check page; returns the pages that were met."""

    def judge_entry(shown: Page) -> None:
        if _OF_ONE_ENTRY.search(shown.url):
            judge.look(shown)

    met = set()
    while path_of(page) != "check":
        met.add(path_of(page))
        judge.look(page)
        send_empty(page, judge)
        judge_empty_entry(page, judge)
        fill_page(page, journey, ANSWERS[journey.kind], judge_entry)
    return met


def picks_of(condition: Condition) -> tuple[AnswerIs, ...]:
    """The answers that open a page, each alone."""
    match condition:
        case AnswerIs():
            return (condition,)
        case AnyOf(conditions=several):
            return tuple(pick for one in several for pick in picks_of(one))
    return ()


def change_answer(page: Page, address: str, pick: AnswerIs, value: object) -> None:
    """Go to the question and answer it anew."""
    page.goto(address)
    for box in page.locator(f'input[type=checkbox][name="{pick.field}"]:checked').all():
        box.uncheck()
    answer(page, FIELDS[pick.field], value)
    press(page, f"{NEXT} >> nth=0")


def judge_branch(page: Page, form: str, journey: Journey, topic: Topic, judge: Judge) -> bool:
    """Judge a page that another answer opens, and take that answer back; False if none does."""
    asked_on = {ask.field: one.path for one in journey.pages for ask in one.asks}
    for pick in picks_of(topic.when):
        if pick.field not in asked_on:
            continue
        asking, code = f"{form}/{asked_on[pick.field]}", pick.codes[0]
        change_answer(page, asking, pick, [code] if pick.several else code)
        page.goto(f"{form}/{topic.path}")
        if met := path_of(page) == topic.path:
            judge.look(page)
            send_empty(page, judge)
        change_answer(page, asking, pick, ANSWERS[journey.kind][pick.field])
        if met:
            return True
    return False


def hand_in(page: Page, journey: Journey, judge: Judge) -> tuple[str, str]:
    """From the check page to the receipt; number and code."""
    button = f"button:has-text('{journey.button}')"
    judge.look(page)
    if journey.declarations:
        press(page, button)
        judge.look(page)
        for name in journey.declarations:
            page.check(f"#{name}")
    press(page, button)
    judge.look(page)
    number, code = page.locator(".number").all_text_contents()
    return number, code


@pytest.mark.parametrize("kind", JOURNEYS, ids=str)
def test_every_page_of_the_form_is_light_and_readable_for_everybody(
    centre: Centre, open_page: OpenPage, kind: CaseKind
) -> None:
    page, journey = open_page(script=True), JOURNEYS[kind]
    judge, form = Judge(page), f"{centre.address}/{journey.address}"
    page.goto(form)
    judge.look(page)
    press(page, "button:has-text('开始填')")
    met = judge_way(page, journey, judge)
    branches = [one for one in journey.pages if one.path not in met]
    unseen = [one for one in branches if not judge_branch(page, form, journey, one, judge)]
    page.goto(f"{form}/check")
    number, code = hand_in(page, journey, judge)
    look_up(page, centre.address, number, code)
    judge.look(page)
    assert unseen == []
    assert judge.found == []
