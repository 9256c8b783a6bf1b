"""Judges a page in place: axe, both sizes of type, narrow screens, weight and requests."""

from gzip import compress
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.conftest import PHONE
from tests.browser.test_accessibility import RULES
from tests.browser.test_weight import FORM

NARROW = (180, 320)
_AXE = """rules => axe.run(rules).then(found => found.violations.map(
    one => `${one.id} at ${one.nodes[0].target}`))"""
_ELDER = "on => document.documentElement.classList.toggle('elder', on)"
_TOO_WIDE = "document.documentElement.scrollWidth > window.innerWidth"
_HEIGHT = 740
_HEADERS = 1024
_PATIENCE = 100


def press(page: Page, button: str) -> None:
    """Click, and wait for the page that it leads to."""
    page.click(button)
    page.wait_for_load_state("domcontentloaded")


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
        page.evaluate(AXE_SCRIPT)
        for elder in (False, True):
            page.evaluate(_ELDER, elder)
            where = f"{page.url} {page.title()}{' elder' if elder else ''}"
            self.found += [f"{where}: {one}" for one in page.evaluate(_AXE, RULES)]
            for width in NARROW:
                page.set_viewport_size({"width": width, "height": _HEIGHT})
                if page.evaluate(_TOO_WIDE):
                    self.found.append(f"{where}: wider than {width} px")
            page.set_viewport_size(PHONE)
        page.evaluate(_ELDER, False)

    def _weigh(self, weight: float, requests: int) -> None:
        if not 0 < weight <= FORM.bytes or requests != FORM.requests:
            where = f"{self.page.url} {self.page.title()}"
            self.found.append(f"{where}: {weight:.0f} bytes in {requests} requests")
