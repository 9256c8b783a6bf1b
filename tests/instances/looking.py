"""What an instance shows of itself: read off the pages of both apps, as people see them.

The script that makes an instance writes this down, the test reads it again with the program of
today. In it are words of pages, moments and digests, no name that only the program knows.
"""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from html import unescape
from typing import Any

from werkzeug.test import TestResponse

from portal.domain.forms.journeys import JOURNEYS
from tests.instances.kept import Kept
from tests.support.browser import ORIGIN, Browser, parsed

Facts = dict[str, Any]
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_TAG = re.compile(r"<[^>]+>")
_TIMELINE = re.compile(r'<ol class="timeline">(.*?)</ol>', re.DOTALL)
_ENTRY = re.compile(r"<li>(.*?)</li>", re.DOTALL)
_PART = re.compile(r"<(p|h3)[^>]*>(.*?)</\1>", re.DOTALL)
_CHIP = re.compile(r'<span class="chip.*?</span>', re.DOTALL)
_ROW = re.compile(r"<tr[^>]*>\s*(<td.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<td[^>]*>(.*?)</td>", re.DOTALL)
_QUEUE = re.compile(r'<ul aria-label="([^"]+)">(.*?)</ul>', re.DOTALL)
_COUNT = re.compile(r'<a href="[^"]*queue=[^"]*"[^>]*>(.*?) <b>(\d+)</b>')
_PHOTO = re.compile(r'<li><span><a href="(/staff/cases/[^"/]+/papers/[0-9a-f]+)"[^>]*>(.*?)</li>',
                    re.DOTALL)  # fmt: skip
_BOX = re.compile(r'<input type="checkbox"[^>]* name="([^"]+)"')
_FORM = "csrf_token", "remark_2"


class Reader(Browser):
    """A browser that is quick because it does not judge what it is shown; other tests do."""

    def ask(self, method: str, path: str, **options: Any) -> TestResponse:
        """Send a request and keep the token of the page."""
        headers = {**self.headers, **options.pop("headers", {})}
        response = self.client.open(
            path, method=method, base_url=ORIGIN, headers=headers, buffered=True,
            environ_overrides={"REMOTE_ADDR": self.address}, **options,
        )  # fmt: skip
        if response.mimetype == "text/html" and (found := _TOKEN.search(response.text)):
            self.token = unescape(found[1])
        return response


def reader(kept: Kept, address: str = "10.9.0.1") -> Reader:
    """A new browser."""
    return Reader(kept.app, address, {})


def page(browser: Reader, path: str) -> str:
    """The text of a page that must be there."""
    shown = browser.get(path)
    assert shown.status_code == 200, (path, shown.status_code, shown.headers.get("Location"))
    return shown.text


def words(html: str) -> str:
    """What a reader sees of a piece of a page; lines stay lines."""
    lines = (" ".join(line.split()) for line in unescape(_TAG.sub("", html)).strip().splitlines())
    return "\n".join(line for line in lines if line)


def first(pattern: str, html: str) -> str:
    """The words of the first piece of a page that fits."""
    found = re.search(pattern, html, re.DOTALL)
    return words(found[1]) if found else ""


def read_timeline(html: str) -> list[str]:
    """A history as a page tells it, an entry a line: when, who, what, in whose words."""
    return [" · ".join(words(one) for one in parts) for parts in _entries_on(html)]


def read_versions(html: str) -> list[str]:
    """The versions of an article as its page tells them, without what one may do with them."""
    told = ([_CHIP.sub("", one) for one in parts[:-1]] for parts in _entries_on(html))
    return [" · ".join(map(words, parts)) for parts in told]


def _entries_on(html: str) -> list[list[str]]:
    found = _TIMELINE.search(html)
    entries = _ENTRY.findall(found[1]) if found else []
    return [[one for _, one in _PART.findall(entry)] for entry in entries]


def read_rows(html: str) -> list[list[str]]:
    """The rows of the table on a page."""
    return [[words(cell) for cell in _CELL.findall(row)] for row in _ROW.findall(html)]


def digest(body: bytes | str) -> str:
    """The fingerprint of a file or a text."""
    return sha256(body.encode() if isinstance(body, str) else body).hexdigest()


def look_up(browser: Reader, number: str, code: str) -> TestResponse:
    """Type number and code into the look-up page."""
    if not browser.token:
        browser.get("/status")
    return browser.post("/status", {"receipt": number, "code": code})


def read_status(browser: Reader, number: str, code: str) -> Facts:
    """A case as its worker sees it with number and code."""
    found = look_up(browser, number, code)
    assert found.headers.get("Location") == "/status/case", (number, found.status_code)
    html = page(browser, "/status/case")
    return {
        "kind": first(r'<p class="progress">(.*?)</p>', html).partition(" · ")[0],
        "state": first(r"<h1>(.*?)</h1>", html),
        "sentence": first(r'<p class="lead">(.*?)</p>', html),
        "timeline": read_timeline(html),
    }


def read_own_data(browser: Reader, code: str) -> list[str]:
    """All that the worker has told, as he takes it away; a case must be open in the browser."""
    page(browser, "/status/my-data")
    document = browser.post("/status/my-data", {"code": code, "button": "json"}).get_json()
    return sorted(_shown_in(document["answers"]))


def _shown_in(answers: list[Facts]) -> Iterator[str]:
    for one in answers:
        for entry in one.get("entries", ()):
            yield from _shown_in(entry)
        if one.get("value") is not None and "entries" not in one:
            yield one["shown"]


def sign_in(kept: Kept, login: str, password: str) -> Reader:
    """Sign in to the workbench with a password."""
    browser = reader(kept, "10.9.1.1")
    browser.get("/staff/sign-in")
    came_in = browser.post("/staff/sign-in", {"login": login, "password": password})
    assert came_in.status_code == 303, (login, words(came_in.text))
    return browser


def read_file(staff: Reader, number: str) -> Facts:
    """A case as staff see it, with the fingerprints of its photos as they are opened."""
    html = page(staff, f"/staff/cases/{number}")
    return {
        "state": first(r'<div class="title-row">.*?<span class="chip[^>]*>(.*?)</span>', html),
        "timeline": read_timeline(html),
        "photos": sorted(
            (_read_photo(staff, *one) for one in _PHOTO.findall(html)), key=lambda one: one["shown"]
        ),
    }


def _read_photo(staff: Reader, address: str, entry: str) -> Facts:
    opened = staff.get(address)
    assert opened.status_code == 200, address
    photo = {"photo": first(r"^(.*?)<span", entry), "shown": digest(opened.data),
             "sent": first(r"<small>(.*?)</small>", entry)}  # fmt: skip
    if f'action="{address}/original"' in entry:
        taken = staff.post(f"{address}/original", {"reason": "evidence"})
        photo["original"] = digest(taken.data)
    return photo


def read_form(kept: Kept, number: str, code: str) -> Facts:
    """A form that was put aside: where its number leads, and what stands in its fields."""
    browser = reader(kept)
    found = look_up(browser, number, code)
    address = str(found.headers.get("Location"))
    journey = next(one for one in JOURNEYS.values() if address == f"/{one.address}/so-far")
    typed: list[str] = []
    pages = {one.path: one for edition in journey.editions for one in edition.pages}
    for one in pages.values():
        inside = [f"{one.path}/{part}" for part in ("1", "lines")] if one.collection_name else []
        for path in (one.path, *inside):
            shown = browser.get(f"/{journey.address}/{path}")
            typed += _typed_on(shown) if shown.status_code == 200 else []
    progress = first(r'<p class="progress">(.*?)</p>', page(browser, address))
    return {"leads_to": address, "progress": progress, "typed": sorted(typed)}


def _typed_on(shown: TestResponse) -> Iterator[str]:
    """What was typed, picked and ticked on a page."""
    tree = parsed(shown.text)
    labels = {one.get("for"): (one.text or "").strip() for one in tree.iter("label")}
    for box in tree.iter("textarea"):
        if box.text and box.text.strip():
            yield box.text.strip()
    for box in tree.iter("input"):
        kind, value = box.get("type"), box.get("value") or ""
        if kind in {"radio", "checkbox"} and box.get("checked") is not None:
            yield "✓" if value == "yes" and kind == "checkbox" else labels[box.get("id")]
        elif kind == "text" and value and box.get("name") not in _FORM:
            yield value
    for option in tree.iter("option"):
        if option.get("selected") is not None and option.get("value"):
            yield str(option.text)


def boxes_on(shown: TestResponse) -> list[str]:
    """The names of what may be ticked on a page."""
    return _BOX.findall(shown.text)


def read_queues(staff: Reader) -> Mapping[str, Mapping[str, int]]:
    """How many cases of each kind and state the workbench tells."""
    queues = _QUEUE.findall(page(staff, "/staff/stages"))
    return {kind: {words(one): int(count) for one, count in _COUNT.findall(rows)}
            for kind, rows in queues}  # fmt: skip


def read_calls(staff: Reader) -> list[list[str]]:
    """Whom staff should ring up, and what to say."""
    return [row[:-1] for row in read_rows(page(staff, "/staff/notices"))]


def read_accounts(admin: Reader) -> list[list[str]]:
    """All accounts as the administrator sees them: login, name, duties, state."""
    return sorted(row[:4] for row in read_rows(page(admin, "/staff/people")))


def read_log(auditor: Reader, before: int) -> list[list[str]]:
    """The forty entries of the audit log before a number, in its words."""
    return read_rows(page(auditor, f"/staff/audit?before={before}"))
