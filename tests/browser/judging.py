"""Judges a page in place: axe, both sizes of type, narrow screens, weight and requests."""

import re
from dataclasses import dataclass
from gzip import compress
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE

OPTIONS = {"resultTypes": ["violations"], "preload": False}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL_RULES = {"type": "tag", "values": TAGS}
# What large type can spoil that was right in small type.
OF_SIZE = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
RULES_OF_SIZE = {"type": "rule", "values": OF_SIZE}
EXPECTED = ("404", "422", "401")
"""Status codes that the console may speak of."""
KB = 1024
NARROW = (180, 320)
_AXE = """rules => axe.run(rules).then(found => found.violations.map(
    one => `${one.id} at ${one.nodes[0].target}`))"""
_IS_LOADED = "'axe' in window"
_IS_ELDER = "document.documentElement.classList.contains('elder')"
_LOOKS = re.compile(r"<(style|script)[^>]*>(.*?)</\1>", re.DOTALL)
_SAYS_NOTHING = (
    (re.compile(r'(<html[^>]*?) class="(?:elder)?"'), r"\1"),
    (re.compile(r'(<meta name="description" content=)"[^"]*"'), r'\1"x"'),
    (re.compile(r'(<a [^>]*?\bhref=)"[^"#]+"'), r'\1"x"'),
    (re.compile(r'( (?:value|action|aria-label)=)"[^"]+"'), r'\1"x"'),
    (re.compile(r"(?<=>)[^<>]*[^<>\s][^<>]*(?=<)"), "x"),
)
_NAMES = re.compile(r' (id|for|name|href|list|form|aria-(?:\w+by|controls|owns))="(#?)([^"]+)"')
_praised: set[tuple[str, str, bool]] = set()
_ELDER = "on => document.documentElement.classList.toggle('elder', on)"
_TOO_WIDE = "document.documentElement.scrollWidth > window.innerWidth"
_TOO_WIDE_IN_BOTH = f"[0, 1].filter(elder => {{ ({_ELDER})(!!elder); return {_TOO_WIDE} }})"
_HEIGHT = 740
_HEADERS = 1024
_PATIENCE = 100


@dataclass(frozen=True)
class Budget:
    """The most that the first view of a page may load, without pictures in its text."""

    bytes: int
    requests: int


FORM = Budget(14 * KB, 1)
sizes = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


def record_loading(page: Page) -> dict[str, float]:
    """Bytes over the wire of whatever the page loads from now on, by request; it fills itself."""
    loaded: dict[str, float] = {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on(
        "Network.loadingFinished",
        lambda event: loaded.update({event["requestId"]: event["encodedDataLength"]}),
    )
    return loaded


def find_violations(page: Page) -> list[str]:
    """What axe has against the page that is open; nothing more of a page like one it has praised.

    Alike are pages that differ in words only. In large type only rules of size are left to
    check if the page in small type was right.
    """
    elder = bool(page.evaluate(_IS_ELDER))
    like, size = outline_of(page.content()), str(page.viewport_size)
    if (like, size, elder) in _praised:
        return []
    if not page.evaluate(_IS_LOADED):
        page.evaluate(AXE_SCRIPT)
    rules = RULES_OF_SIZE if elder and (like, size, False) in _praised else ALL_RULES
    found: list[str] = page.evaluate(_AXE, {**OPTIONS, "runOnly": rules})
    if not found:
        _praised.add((like, size, elder))
    return found


def outline_of(html: str) -> str:
    """A page with x for its words, and its names numbered: what refers to what stays.

    It says nothing of the size of type.
    """
    numbers: dict[str, int] = {}

    def number(match: re.Match[str]) -> str:
        names = [str(numbers.setdefault(name, len(numbers))) for name in match[3].split()]
        return f' {match[1]}="{match[2]}{" ".join(names)}"'

    looks = "".join(text for _, text in _LOOKS.findall(html))
    outline = _LOOKS.sub("", html)
    for words, stand_in in _SAYS_NOTHING:
        outline = words.sub(stand_in, outline)
    return _NAMES.sub(number, outline) + looks


def is_too_wide(page: Page) -> bool:
    """Whether the page that is open must be scrolled sideways."""
    return bool(page.evaluate(_TOO_WIDE))


class Watch:
    """Collects what axe, the layout and the console complain of, page by page."""

    def __init__(self, page: Page, address: str) -> None:
        self.complaints: list[str] = []
        self._address = address
        page.on("console", self._hear)
        page.on("request", self._require_own_host)

    def _hear(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"console: {message.text}")

    def _require_own_host(self, request: Any) -> None:
        if not request.url.startswith((self._address, "data:")):
            self.complaints.append(f"foreign host: {request.url}")

    def look(self, page: Page) -> None:
        """Judge the page that is open."""
        where = page.url.removeprefix(self._address)
        self.complaints += [f"{where}: {one}" for one in find_violations(page)]
        if is_too_wide(page):
            self.complaints.append(f"{where}: wider than the screen")

    @property
    def found(self) -> list[str]:
        """The complaints; a page that is not there may say so in the console."""
        return [one for one in self.complaints if not any(code in one for code in EXPECTED)]


class Judge:
    """Collects what is wrong with the pages that it is shown; its page has JavaScript."""

    def __init__(self, page: Page) -> None:
        self.page, self.found = page, list[str]()
        self._loaded: dict[str, float] = {}
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.requestWillBeSent", self._asked)
        network.on("Network.loadingFinished", self._came)

    def _asked(self, event: Any) -> None:
        if event["request"]["url"].startswith("data:"):
            return
        if event.get("type") == "Document":
            self._loaded.clear()
        self._loaded[event["requestId"]] = 0

    def _came(self, event: Any) -> None:
        if event["requestId"] in self._loaded:
            self._loaded[event["requestId"]] = event["encodedDataLength"]

    def look(self, page: Page) -> None:
        """Judge the page that is open, as it is and in large type."""
        page.wait_for_load_state()
        for _ in range(_PATIENCE):
            if all(self._loaded.values()):
                break
            page.wait_for_timeout(10)  # what came is told a little later
        self._weigh(sum(self._loaded.values()), len(self._loaded))
        self._judge(page)

    def show(self, html: str) -> None:
        """Judge a page that comes from no server."""
        self._loaded.clear()
        self.page.set_content(html)
        self._weigh(len(compress(html.encode())) + _HEADERS, 1 + len(self._loaded))
        self._judge(self.page)

    def _judge(self, page: Page) -> None:
        where = [f"{page.url} {page.title()}{size}" for size in ("", " elder")]
        for elder, named in enumerate(where):
            page.evaluate(_ELDER, bool(elder))
            self.found += [f"{named}: {one}" for one in find_violations(page)]
        for width in NARROW:
            page.set_viewport_size({"width": width, "height": _HEIGHT})
            wide = page.evaluate(_TOO_WIDE_IN_BOTH)
            self.found += [f"{where[elder]}: wider than {width} px" for elder in wide]
        page.evaluate(_ELDER, False)
        page.set_viewport_size(PHONE)

    def _weigh(self, weight: float, requests: int) -> None:
        if not 0 < weight <= FORM.bytes or requests != FORM.requests:
            where = f"{self.page.url} {self.page.title()}"
            self.found.append(f"{where}: {weight:.0f} bytes in {requests} requests")
