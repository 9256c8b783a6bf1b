"""Filling in a form page by page, as a visitor does."""

import re
from collections.abc import Mapping
from typing import Protocol

from portal.domain.forms.answers import type_back
from portal.domain.forms.fields import FIELDS, Kind
from portal.domain.forms.journeys import JOURNEYS, Journey, Page, find_list
from portal.domain.shared.case_kinds import CaseKind
from tests.support.browser import Shown, Typed, words_of
from tests.support.typed import typed_lines


class Visitor(Protocol):
    """Whoever opens pages and sends forms."""

    def get(self, path: str) -> Shown: ...

    def post(self, path: str, typed: Typed | None = None) -> Shown: ...


def typed_for(page: Page, answers: Mapping[str, object]) -> dict[str, str | list[str]]:
    """What is typed into a page to give these answers; boxes left empty are sent empty.

    Of a box that is not ticked a browser sends nothing.
    """
    if page.collection_name:
        return {}
    typed = {field: type_back(field, answers.get(field.name)) for field in page.fields(answers)}
    return {
        field.name: [] if field.kind is Kind.TICK and not value else value
        for field, value in typed.items()
    }


_MORE = frozenset(
    ask.field for journey in JOURNEYS.values() for page in journey.pages for ask in page.more
)


def typed_for_member(member: Mapping[str, object], page: str = "") -> Typed:
    """What is typed for one entry of a list, on the first page or on the one with more."""
    named = [name for name in member if (name in _MORE) == (page == "more")]
    return {name: type_back(FIELDS[name], member[name]) for name in named}


def write_member(browser: Visitor, address: str, member: Mapping[str, object]) -> str:
    """Write an entry down on all its pages; `address` is that of the first. Where it leads."""
    assert browser.get(address).status_code == 200
    leads_to = went_on(browser.post(address, typed_for_member(member)))
    if not _MORE & member.keys():
        return leads_to
    assert leads_to == f"{address}/more"
    return went_on(browser.post(f"{address}/more", typed_for_member(member, "more")))


def page_at(journey: Journey, address: str) -> Page:
    """The page of a journey that an address leads to."""
    path = address.removeprefix(f"/{journey.address}/")
    return next(page for page in journey.pages if page.path == path)


def list_page(kind: CaseKind) -> Page:
    """The page of a form, one with a list, on which the whole list comes in."""
    page = find_list(kind)
    assert page, kind
    return page


def walk(
    browser: Visitor, journey: Journey, answers: Mapping[str, object], start: Typed | None = None
) -> list[str]:
    """Fill in every page that the form leads to; returns their paths, the check page last."""
    return walk_on(browser, journey, answers, begin(browser, journey, start))


def begin(browser: Visitor, journey: Journey, start: Typed | None = None) -> str:
    """Start a form; where it leads."""
    browser.get(f"/{journey.address}")
    return went_on(browser.post(f"/{journey.address}", start))


def walk_on(
    browser: Visitor, journey: Journey, answers: Mapping[str, object], address: str,
    until: str = "",
) -> list[str]:  # fmt: skip
    """Fill in the page at this address and those after it, as far as an address; their paths.

    The last path is that of the address, the check page if none is given.
    """
    visited = []
    until = until or f"/{journey.address}/check"
    while address != until:
        visited.append(page_at(journey, address).path)
        address = fill_in(browser, journey, answers, address)
        assert len(visited) <= len(journey.pages), visited
    return [*visited, until.rpartition("/")[2]]


def fill_in(browser: Visitor, journey: Journey, answers: Mapping[str, object], address: str) -> str:
    """Fill in the page at this address; where it leads."""
    page, shown = page_at(journey, address), browser.get(address)
    assert shown.status_code == 200
    assert page.title in words_of(shown)
    if page.collection_name:
        write_list(browser, address, page, answers)
    return went_on(browser.post(address, typed_for(page, answers)))


def write_list(browser: Visitor, address: str, page: Page, answers: Mapping[str, object]) -> None:
    """Write each entry down on a page of its own, or all of them as lines."""
    members = answers[page.collection_name or ""]
    assert isinstance(members, list)
    if page.bulk:
        if members:  # who has nobody to name goes on without
            lines = {"lines": typed_lines(page, members)}
            assert went_on(browser.post(f"{address}/lines", lines)) == address
        return
    for number, member in enumerate(members, 1):
        assert write_member(browser, f"{address}/{number}", member) == address


def went_on(response: Shown) -> str:
    """Where a form that was taken leads."""
    assert response.status_code == 303, words_of(response)
    return response.headers["Location"]


def numbers_on(page: Shown) -> tuple[str, str]:
    """Number and code as a page shows them."""
    number, code = re.findall(r'class="number[^>]*>([^<]+)<', page.text)
    return number, code
