"""Filling in a form page by page, as a visitor does."""

from collections.abc import Mapping

from werkzeug.test import TestResponse

from portal.domain.answers import type_back
from portal.domain.fields import FIELDS
from portal.domain.journeys import Journey, Page
from tests.app.portal.browser import Browser, Typed, words_of

_FIRST = frozenset({"member_name", "member_relation", "member_age"})
_MORE = frozenset({"member_situation", "member_income"})


def typed_for(page: Page, answers: Mapping[str, object]) -> dict[str, str | list[str]]:
    """What is typed into a page to give these answers; boxes left empty are sent empty."""
    if page.loop:
        return {}
    return {
        field.name: type_back(field, answers.get(field.name))
        for field in page.fields(answers)
    }  # fmt: skip


def typed_for_member(member: Mapping[str, object], page: str = "") -> Typed:
    """What is typed for one member of the household, on the first page or on the one with more."""
    named = member.keys() & (_MORE if page == "more" else _FIRST)
    return {name: type_back(FIELDS[name], member[name]) for name in named}


def write_member(browser: Browser, address: str, member: Mapping[str, object]) -> str:
    """Write a member down on both pages; `address` is that of the first. Where it leads."""
    assert browser.get(address).status_code == 200
    assert went_on(browser.post(address, typed_for_member(member))) == f"{address}/more"
    return went_on(browser.post(f"{address}/more", typed_for_member(member, "more")))


def page_at(journey: Journey, address: str) -> Page:
    """The page of a journey that an address leads to."""
    path = address.removeprefix(f"/{journey.address}/")
    return next(page for page in journey.pages if page.path == path)


def walk(
    browser: Browser, journey: Journey, answers: Mapping[str, object], start: Typed | None = None
) -> list[str]:
    """Fill in every page that the form leads to; returns their paths, the check page last."""
    browser.get(f"/{journey.address}")
    address = went_on(browser.post(f"/{journey.address}", start))
    visited = []
    while address != f"/{journey.address}/check":
        page = page_at(journey, address)
        visited.append(page.path)
        shown = browser.get(address)
        assert shown.status_code == 200
        assert page.title in words_of(shown)
        if page.loop:
            write_household(browser, address, answers)
        address = went_on(browser.post(address, typed_for(page, answers)))
        assert len(visited) <= len(journey.pages), visited
    return [*visited, "check"]


def write_household(browser: Browser, address: str, answers: Mapping[str, object]) -> None:
    """Write each member down on a page of its own."""
    members = answers["members"]
    assert isinstance(members, list)
    for number, member in enumerate(members, 1):
        assert write_member(browser, f"{address}/{number}", member) == address


def went_on(response: TestResponse) -> str:
    """Where a form that was taken leads."""
    assert response.status_code == 303, words_of(response)
    return response.headers["Location"]
