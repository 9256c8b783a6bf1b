"""Each kind of case from a page of the site to its end, on a phone with JavaScript off."""

import re
from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Browser, Page

from portal.domain.cases.step_input import STATEMENT
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.forms.fields import FIELDS, Kind
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.records.workflow import Awaiting, Step
from portal.domain.shared.case_kinds import CaseKind
from tests.browser.conftest import Centre
from tests.browser.pressing import press
from tests.browser.walks import answer, go_on, look_up, take
from tests.support.lives import find_lives
from tests.support.typed import CONTEXT, right

OpenPage = Callable[..., Page]
BESIDE_THE_SITEMAP = ("/public-lists/",)
"""Pages with names of people: no search engine is led there."""
SAID = "示范医院，2026 年 9 月。"


@pytest.fixture(scope="session")
def ways_in(centre: Centre, browser: Browser) -> Mapping[str, str]:
    """A page of the site whose own text leads to a form, by the address of the form."""
    context, found = browser.new_context(), dict[str, str]()
    sitemap = context.request.get(f"{centre.address}/sitemap.xml").text()
    listed = re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", sitemap)
    for path in [*sorted(listed, key=len), *BESIDE_THE_SITEMAP]:
        text = context.request.get(centre.address + path).text().partition("<main")[2]
        for journey in JOURNEYS.values():
            if re.search(rf'href="?/{journey.address}[">? ]', text.partition("</main>")[0]):
                found.setdefault(journey.address, path)
    context.close()
    return found


def typed_with(step: Step) -> dict[str, str]:
    """What is typed with a step that staff take; which papers are asked for may stay open."""
    words = {STATEMENT: SAID} if step.statement else {}
    typed = (name for name in step.fields if FIELDS[name].kind is not Kind.SOME_OF)
    return words | {name: right(FIELDS[name]) for name in typed}


def say(page: Page, step: Step) -> None:
    """Let the worker take a step from his status page."""
    press(page, f"a[href='/status/case/{step.code}']")
    for name in step.fields:
        choices = CONTEXT.choices_of(FIELDS[name])
        answer(page, FIELDS[name], choices[0].code if choices else right(FIELDS[name]))
    if step.statement:
        page.fill(f"#{STATEMENT}", SAID)
    press(page, f"main form button:has-text('{step.label}'), main form button:text-is('提交')")
    assert page.url.endswith("/status/case")


@pytest.mark.parametrize("kind", JOURNEYS, ids=str)
def test_a_case_is_lived_through_from_the_site_to_its_end(
    centre: Centre, open_page: OpenPage, sign_in: OpenPage, ways_in: Mapping[str, str],
    kind: CaseKind,
) -> None:  # fmt: skip
    worker, address, staff = open_page(), JOURNEYS[kind].address, dict[str, Page]()
    worker.goto(centre.address + ways_in[address])
    press(worker, f"main a[href^='/{address}'] >> visible=true >> nth=0")
    number, code = go_on(worker, kind)
    look_up(worker, centre.address, number, code)
    life = find_lives(kind)[0]
    for move in life:
        if move.by_applicant:
            worker.goto(f"{centre.address}/status/case")
            say(worker, move.step)
        else:
            clerk = staff.get(move.login) or sign_in(move.login)
            staff[move.login] = clerk
            take(clerk, centre, number, move.step.label, **typed_with(move.step))
    worker.goto(f"{centre.address}/status/case")
    ends = [state for state in WORKFLOWS[kind].states.values() if state.awaiting is Awaiting.NOBODY]
    assert worker.inner_text("h1") in [state.public_label for state in ends]
    told = worker.inner_text("main")
    assert [move.step.code for move in life if move.step.public_label not in told] == []
