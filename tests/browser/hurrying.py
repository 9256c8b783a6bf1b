"""To a page far along a form: what lies before it is sent as a browser sends it, but not drawn.

Every page of every form is walked and looked at elsewhere; a test about one page starts there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from playwright.sync_api import APIResponse, Page

from portal.domain.forms.journeys import JOURNEYS
from portal.domain.forms.journeys import Page as Topic
from portal.domain.shared.case_kinds import CaseKind
from tests.browser.walks import Look, hand_in
from tests.support.browser import Typed
from tests.support.samples import ANSWERS
from tests.support.walking import begin, fill_in, page_at, walk_on

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True)
class Reply:
    """An answer of the server, as `walking` reads it."""

    status_code: int
    headers: Mapping[str, str]
    text: str


class Unseen:
    """Sends what the browser of a page would send, with its cookies, and draws nothing."""

    def __init__(self, page: Page, address: str) -> None:
        self._requests, self._address, self._token = page.context.request, address, ""

    def get(self, path: str) -> Reply:
        """Open a page."""
        return self._read(self._requests.get(self._address + path, max_redirects=0))

    def post(self, path: str, typed: Typed | None = None) -> Reply:
        """Send a form with the token of the page it was on."""
        body = urlencode({"csrf_token": self._token, **(typed or {})}, doseq=True)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self._address}
        answer = self._requests.post(
            self._address + path, data=body, headers=headers, max_redirects=0
        )
        return self._read(answer)

    def _read(self, answer: APIResponse) -> Reply:
        text = answer.text()
        if found := _TOKEN.search(text):
            self._token = found[1]
        headers = {name.title(): value for name, value in answer.headers.items()}
        return Reply(answer.status, headers, text)


def hurry_to(
    page: Page, address: str, kind: CaseKind, path: str = "check", /, **changed: object
) -> None:
    """Open this page of a form that is filled in as far as it is."""
    journey, unseen = JOURNEYS[kind], Unseen(page, address)
    first, wanted = begin(unseen, journey), f"/{journey.address}/{path}"
    walk_on(unseen, journey, {**ANSWERS[kind], **changed}, first, wanted)
    page.goto(address + wanted)


def show_entries(page: Page, form: str, topic: Topic, look: Look) -> None:
    """Look at the pages of the first entry of a list, as it was written down."""
    if topic.collection_name and not topic.bulk:
        for part in ("1", "1/more") if topic.more else ("1",):
            page.goto(f"{form}/{topic.path}/{part}")
            look(page)


def show_filled(page: Page, address: str, kind: CaseKind, look: Look) -> tuple[str, str]:
    """Look at every page of a form that is begun, filled in; returns number and code."""
    journey, unseen = JOURNEYS[kind], Unseen(page, address)
    here, check = page.url.removeprefix(address).partition("#")[0], f"/{journey.address}/check"
    while here != check:
        leads_to = fill_in(unseen, journey, ANSWERS[kind], here)
        page.goto(address + here)
        look(page)
        show_entries(page, f"{address}/{journey.address}", page_at(journey, here), look)
        here = leads_to
    page.goto(address + check)
    return hand_in(page, kind, look)


def hurry_on(page: Page, address: str, kind: CaseKind) -> tuple[str, str]:
    """From the page that is open to the receipt; returns receipt number and code."""
    journey, here = JOURNEYS[kind], page.url.removeprefix(address)
    check = f"/{journey.address}/check"
    walk_on(Unseen(page, address), journey, ANSWERS[kind], here, check)
    page.goto(address + check)
    return hand_in(page, kind)


def file_form(page: Page, address: str, kind: CaseKind, **changed: object) -> tuple[str, str]:
    """A form that is filled in and handed in on the check page; receipt number and code."""
    hurry_to(page, address, kind, **changed)
    return hand_in(page, kind)
