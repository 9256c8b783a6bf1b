"""Two whole forms with nothing but keys, from the start page of the site to the status page."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from playwright.sync_api import Page

from portal.domain.forms.answers import type_back
from portal.domain.forms.fields import FIELDS, Field
from portal.domain.forms.journeys import JOURNEYS, Journey
from portal.domain.forms.journeys import Page as Topic
from portal.domain.shared.case_kinds import CaseKind
from tests.browser.conftest import Centre
from tests.browser.keys import answer_with_keys, focus_of
from tests.browser.walks import path_of
from tests.support.samples import CONSULTATION, HARDSHIP

OpenPage = Callable[..., Page]
Typed = Mapping[str, str | list[str]]
Wanted = Callable[[dict[str, Any]], bool]
_MOST_KEYS = 150


class Keys:
    """A page that is used with keys only; wherever the focus goes it must be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def focus(self) -> dict[str, Any]:
        """What has the focus."""
        return focus_of(self.page)

    def tab(self, key: str = "Tab") -> dict[str, Any]:
        """Go on to the next place, or back; it is further on in the page, and marked."""
        self.page.keyboard.press(key)
        focus = self.focus()
        where = f"{self.page.url}: {focus}"
        assert focus["ring"], f"the focus is not to be seen at {where}"
        assert focus["forward" if key == "Tab" else "backward"], f"out of order: {where}"
        return focus

    def enter(self) -> None:
        """Press Enter, and wait for the page that it leads to."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def skip_to_text(self) -> None:
        """The first press of Tab is the link that skips the head of the page.

        Who used it once is led past the head of the next page too: the browser keeps #main.
        """
        if self.page.url.endswith("#main"):
            return
        focus = self.tab()
        assert focus["text"] == "跳到正文"
        self.page.keyboard.press("Enter")
        assert self.focus()["id"] == "main"

    def reach(self, wanted: Wanted, typed: Typed | None = None, key: str = "Tab") -> None:
        """Go on, answering questions on the way, until something wanted has the focus."""
        for _ in range(_MOST_KEYS):
            focus = self.tab(key)
            if wanted(focus):
                return
            if typed and focus["name"] in typed:
                answer_with_keys(self.page, focus, typed[focus["name"]])
        raise AssertionError(f"{self.page.url}: not reached with {key}")


def leads_to(address: str) -> Wanted:
    """A link to this address."""
    return lambda focus: focus["link"] == address


def is_action(focus: dict[str, Any]) -> bool:
    """The button that goes on."""
    return bool(focus["action"])


def is_new_entry(focus: dict[str, Any]) -> bool:
    """The link to one more entry of a list."""
    return focus["tag"] == "A" and "写一位" in focus["text"]


def go_on(keys: Keys, typed: Typed | None = None) -> None:
    """Fill in the page that is open, and send it."""
    keys.skip_to_text()
    send(keys, typed)


def send(keys: Keys, typed: Typed | None) -> None:
    """Answer the questions that come, and send the page; it is taken."""
    keys.reach(is_action, typed)
    keys.enter()
    assert not keys.page.locator(".errors").count(), keys.page.inner_text(".errors")


def mend_page(keys: Keys, typed: Typed) -> None:
    """Send a page empty, follow the first error to its question and back, fill it in, send it."""
    keys.skip_to_text()
    keys.reach(is_action)
    keys.enter()
    keys.page.locator(".errors:focus").wait_for()
    keys.focus()
    link = keys.tab()
    assert link["inErrors"]
    keys.page.keyboard.press("Enter")
    field = keys.focus()
    assert f"#{field['id']}" == link["link"]
    assert field["ring"]
    keys.reach(lambda focus: bool(focus["inErrors"]), key="Shift+Tab")
    send(keys, typed)


def fill_questions(keys: Keys, fields: Iterable[Field], answers: Mapping[str, object]) -> None:
    """Answer the questions of a page; if it can be sent wrongly, that comes first."""
    asked = tuple(fields)
    typed = {field.name: type_back(field, answers.get(field.name)) for field in asked}
    if all(field.optional for field in asked):
        go_on(keys, typed)
    else:
        mend_page(keys, typed)


def fill_list(keys: Keys, topic: Topic, entries: object) -> None:
    """Write down each entry of a list, then close the list."""
    for entry in entries if isinstance(entries, list) else []:
        keys.skip_to_text()
        keys.reach(is_new_entry)
        keys.enter()
        for asks in filter(None, (topic.asks, topic.more)):
            fill_questions(keys, [FIELDS[ask.field] for ask in asks], entry)
    go_on(keys)


def fill_form(keys: Keys, journey: Journey, answers: Mapping[str, object]) -> None:
    """From the first question to the receipt."""
    while (path := path_of(keys.page)) != "check":
        topic = next(one for one in journey.pages if one.path == path)
        if topic.photos:
            go_on(keys)
        elif topic.collection_name:
            fill_list(keys, topic, answers[topic.collection_name])
        else:
            fill_questions(keys, topic.fields(answers), answers)
    ticks = [FIELDS[name] for name in journey.declarations]
    fill_questions(keys, ticks, dict.fromkeys(journey.declarations, True))


@pytest.mark.parametrize(
    ("kind", "answers"),
    [(CaseKind.HARDSHIP, HARDSHIP), (CaseKind.CONSULTATION, CONSULTATION)],
    ids=["hardship", "consultation"],
)
def test_a_form_is_filled_in_and_followed_with_the_keyboard_alone(
    centre: Centre, open_page: OpenPage, kind: CaseKind, answers: Mapping[str, object]
) -> None:
    page, journey = open_page(), JOURNEYS[kind]
    keys = Keys(page)
    page.goto(f"{centre.address}/")
    keys.skip_to_text()
    keys.reach(leads_to(f"/{journey.address}"))
    keys.enter()
    go_on(keys)
    fill_form(keys, journey, answers)
    number, code = page.locator(".number").all_text_contents()
    keys.skip_to_text()
    keys.reach(leads_to("/status"))
    keys.enter()
    mend_page(keys, {"receipt": number, "code": code})
    assert path_of(page) == "case"
    assert number in page.inner_text("main")
    keys.skip_to_text()
    keys.reach(leads_to("/status/case/withdraw"))
