"""Ways through the forms as a visitor goes, with `look` called on every page, and of staff."""

from collections.abc import Callable, Mapping

from playwright.sync_api import Page

from portal.domain.forms.answers import type_back
from portal.domain.forms.fields import FIELDS, Field, Kind
from portal.domain.forms.journeys import JOURNEYS, Journey
from portal.domain.shared.case_kinds import CaseKind
from tests.browser.conftest import Centre
from tests.browser.pressing import await_page, press
from tests.support.samples import ANSWERS
from tests.support.typed import typed_lines

Look = Callable[[Page], None]
NEXT = "button:has-text('下一步')"


def _look_away(page: Page) -> None:
    pass


def path_of(page: Page) -> str:
    """The last part of the address."""
    return page.url.rpartition("/")[2].partition("#")[0]


def _send(page: Page, look: Look, button: str = NEXT) -> None:
    look(page)
    press(page, button)


def answer(page: Page, field: Field, value: object) -> None:
    """Pick or type one answer; nothing for one that is left empty."""
    typed = type_back(field, value)
    if field.kind in {Kind.ONE_OF, Kind.SOME_OF}:
        for code in [typed] if isinstance(typed, str) else typed:
            picked = page.locator(f'input[name="{field.name}"][value="{code}"]')
            if picked.count():
                picked.check()
            else:
                page.select_option(f"#{field.name}", code)
    elif field.kind in {Kind.CONSENT, Kind.TICK}:
        page.set_checked(f"#{field.name}", bool(typed))
    elif typed:
        page.fill(f"#{field.name}", str(typed))


def fill_in(
    page: Page, address: str, kind: CaseKind, look: Look = _look_away, **changed: object
) -> tuple[str, str]:
    """Fill in a form from its first page to the receipt; returns receipt number and code."""
    page.goto(f"{address}/{JOURNEYS[kind].address}")
    return go_on(page, kind, look, **changed)


def go_on(
    page: Page, kind: CaseKind, look: Look = _look_away, **changed: object
) -> tuple[str, str]:
    """The same from the start page that is open. The first page is sent empty once."""
    journey, answers = JOURNEYS[kind], {**ANSWERS[kind], **changed}
    _send(page, look, "button:has-text('开始填')")
    _send(page, look)
    while not page.url.endswith("/check"):
        fill_page(page, journey, answers, look)
    return hand_in(page, kind, look)


def hand_in(page: Page, kind: CaseKind, look: Look = _look_away) -> tuple[str, str]:
    """Hand in from the check page, which is open; returns receipt number and code.

    Where something is to be ticked beside the button, it is forgotten once.
    """
    journey = JOURNEYS[kind]
    button = f"button:has-text('{journey.button}')"
    _send(page, look, button)
    if journey.declarations:
        for name in journey.declarations:
            page.check(f"#{name}")
        _send(page, look, button)
    await_page(page, ".number")
    look(page)
    number, code = page.locator(".number").all_text_contents()
    return number, code


def fill_page(
    page: Page, journey: Journey, answers: Mapping[str, object], look: Look = _look_away
) -> None:
    """Fill in the page that is open and go on to the next."""
    path = path_of(page)
    if page.locator("button[name=papers]").count():
        _send(page, look, "button[name=papers] >> nth=-1")
        return
    shown = next(one for one in journey.pages if one.path == path)
    if shown.collection_name and shown.bulk:
        people = answers[shown.collection_name]
        assert isinstance(people, list)
        page.fill("#lines", typed_lines(shown, people))
        _send(page, look, "button:has-text('加到名单里')")
    elif shown.collection_name:
        members = answers[shown.collection_name]
        assert isinstance(members, list)
        pages = [shown.asks, *([shown.more] if shown.more else [])]
        for member in members:
            _send(page, look, "a.button:has-text('一位')")
            for asks in pages:
                for ask in asks:
                    answer(page, FIELDS[ask.field], member[ask.field])
                _send(page, look)
    for field in () if shown.collection_name else shown.fields(answers):
        answer(page, field, answers[field.name])
    _send(page, look)
    assert path_of(page) != path, f"/{journey.address}/{path} was not taken"


def look_up(page: Page, address: str, number: str, code: str) -> None:
    """Open the status page with number and code."""
    page.goto(f"{address}/status")
    page.fill("#receipt", number)
    page.fill("#code", code)
    press(page, "button:has-text('查一下')")


def take(page: Page, centre: Centre, number: str, step: str, **typed: str) -> None:
    """Let a member of staff open a case and take a step with what he types."""
    page.goto(f"{centre.address}/staff/cases/{number}")
    take_here(page, step, **typed)


def take_here(page: Page, step: str, **typed: str) -> None:
    """The same on the page of the case, which is open."""
    form = page.locator("form.act", has=page.locator(f"h2:text-is('{step}')"))
    for name, value in typed.items():
        form.locator(f'[name="{name}"]').fill(value)
    form.locator("button").first.click()
    page.wait_for_load_state("domcontentloaded")
    if page.locator("input[name='confirmed']").count():
        page.locator("form.act button").first.click()
        page.wait_for_load_state("domcontentloaded")
    assert page.locator(".errors").count() == 0, page.inner_text(".errors")
