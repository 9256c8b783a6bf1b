"""Every page of every form: axe, large type, errors, narrow screens, 14 KB in one request."""

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Page

from portal.domain.forms.fields import FIELDS
from portal.domain.forms.journeys import (
    JOURNEYS,
    AllOf,
    AnswerIs,
    AnyOf,
    Condition,
    DescribedCondition,
    Journey,
)
from portal.domain.forms.journeys import Page as Topic
from portal.domain.shared.case_kinds import CaseKind
from tests.browser.conftest import Centre
from tests.browser.hurrying import Unseen, show_entries
from tests.browser.judging import Judge
from tests.browser.pressing import press
from tests.browser.walks import NEXT, look_up, path_of
from tests.support.samples import ANSWERS
from tests.support.walking import fill_in, page_at

OpenPage = Callable[..., Page]
Answers = Mapping[str, object]
ADD = "a.button:has-text('一位')"
LINES = "button:has-text('加到名单里')"


def send_empty(page: Page, judge: Judge) -> None:
    """Send a page as it is, and judge what it complains of."""
    button = next((one for one in (LINES, NEXT) if page.locator(one).count()), None)
    if button is None or page.locator(ADD).count() or page.locator("button[name=papers]").count():
        return
    press(page, f"{button} >> nth=0")
    if page.locator(".errors").count():
        judge.look(page)


def judge_empty(page: Page, judge: Judge) -> None:
    """Judge the page that is open and what it says if it is sent empty; so, the first of a list."""
    judge.look(page)
    send_empty(page, judge)
    if page.locator(ADD).count():
        press(page, ADD)
        judge.look(page)
        send_empty(page, judge)


def judge_way(page: Page, address: str, journey: Journey, judge: Judge) -> set[str]:
    """Fill in the form of the samples up to the check page; returns the pages that were met."""
    unseen, answers = Unseen(page, address), ANSWERS[journey.kind]
    here, met = page.url.removeprefix(address).partition("#")[0], set[str]()
    while not here.endswith("/check"):
        topic = page_at(journey, here)
        met.add(topic.path)
        page.goto(address + here)
        judge_empty(page, judge)
        leads_to = fill_in(unseen, journey, answers, here)
        show_entries(page, f"{address}/{journey.address}", topic, judge.look)
        here = leads_to
    return met


def ways_to(condition: Condition) -> list[tuple[AnswerIs, ...]]:
    """The answers that open a page: each way the picks that it takes together."""
    match condition:
        case AnswerIs():
            return [(condition,)]
        case AnyOf(conditions=several):
            return [way for one in several for way in ways_to(one)]
        case AllOf(conditions=all_of_them):
            ways = product(*map(ways_to, all_of_them))
            return [tuple(pick for part in parts for pick in part) for parts in ways]
        case DescribedCondition(about=about):
            return [
                (AnswerIs(name, (value,)),)
                for name in about
                for value in values_of(name)
                if condition({name: value})
            ]
    return []


def values_of(name: str) -> list[Any]:
    """Each value that a question with choices may have; or a list, with one entry each way."""
    sample = ANSWERS[CaseKind.HARDSHIP].get(name)
    if FIELDS[name].choices or not isinstance(sample, list):
        return [choice.code for choice in FIELDS[name].choices]
    first = sample[0]
    return [[{**first, asked: choice.code}] for asked in first for choice in FIELDS[asked].choices]


def answers_on_the_way(answers: Answers, way: Sequence[AnswerIs]) -> Answers:
    """The answers of the samples with these picks, and without what a ticked box waives."""
    picked = {pick.field: [pick.codes[0]] if pick.several else pick.codes[0] for pick in way}
    waived = {name: None for name in answers if FIELDS[name].waived_by in picked}
    return {**answers, **waived, **picked}


def judge_branch(page: Page, address: str, journey: Journey, topic: Topic, judge: Judge) -> bool:
    """Judge a page that other answers open, and take them back; False if none does."""
    asked_on = {ask.field: one.path for one in journey.pages for ask in one.asks}
    asked_on |= {one.collection_name: one.path for one in journey.pages if one.collection_name}
    unseen, answers = Unseen(page, address), ANSWERS[journey.kind]
    for way in ways_to(topic.when):
        if not {pick.field for pick in way} <= asked_on.keys():
            continue
        changed = answers_on_the_way(answers, way)
        opened = [one.path for one in journey.open_pages(changed)]
        needed = {asked_on[pick.field] for pick in way}
        if not needed | {topic.path} <= set(opened):
            continue
        asking = [f"/{journey.address}/{path}" for path in opened if path in needed]
        for one in asking:
            fill_in(unseen, journey, changed, one)
        page.goto(f"{address}/{journey.address}/{topic.path}")
        if met := path_of(page) == topic.path:
            judge.look(page)
            send_empty(page, judge)
        for one in asking:
            if page_at(journey, one) in journey.open_pages(answers):
                fill_in(unseen, journey, answers, one)
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
    met = judge_way(page, centre.address, journey, judge)
    branches = [one for one in journey.pages if one.path not in met]
    unseen = [one for one in branches
              if not judge_branch(page, centre.address, journey, one, judge)]  # fmt: skip
    page.goto(f"{form}/check")
    number, code = hand_in(page, journey, judge)
    look_up(page, centre.address, number, code)
    judge.look(page)
    assert unseen == []
    assert judge.found == []
