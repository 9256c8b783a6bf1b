"""Judges a page in place: axe, both sizes of type, narrow screens, weight and requests."""

from collections.abc import Sequence
from dataclasses import dataclass
from gzip import compress
from typing import Any

from playwright.sync_api import Page, ViewportSize

from tests.browser.axe import find_violations
from tests.browser.conftest import DESK, PHONE

EXPECTED = ("404", "422", "401")
"""Status codes that the console may speak of."""
KB = 1024
NARROW = (180, 320)
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


def resize(page: Page, size: ViewportSize) -> None:
    """Give the page that is open a size, unless it has it."""
    if page.viewport_size != size:
        page.set_viewport_size(size)


class Watch:
    """Collects what axe, the layout and the console complain of, page by page.

    A page is looked at on a phone and at a desk, whatever it is walked on.
    """

    def __init__(
        self, page: Page, address: str, sizes: Sequence[ViewportSize] = (PHONE, DESK)
    ) -> None:
        self.complaints: list[str] = []
        self._address, self._sizes = address, sizes
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
        walked_on = page.viewport_size
        assert walked_on
        for size in sorted(self._sizes, key=lambda one: one != walked_on):
            resize(page, size)
            where = f"{page.url.removeprefix(self._address)} at {size['width']} px"
            self.complaints += [f"{where}: {one}" for one in find_violations(page)]
            self._require_fit(page)
        resize(page, walked_on)

    def squeeze(self, page: Page) -> None:
        """Narrow the page that is open as far as anybody may; it must not be scrolled sideways."""
        for width in NARROW:
            resize(page, {"width": width, "height": _HEIGHT})
            self._require_fit(page)

    def _require_fit(self, page: Page) -> None:
        if page.evaluate(_TOO_WIDE):
            where = page.url.removeprefix(self._address)
            self.complaints.append(f"{where}: wider than {page.viewport_size}")

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
