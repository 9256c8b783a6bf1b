"""One press, by finger or by key, and the page that it leads to."""

from playwright.sync_api import Page


def press(page: Page, selector: str, taps: int = 1) -> None:
    """Click, and wait until the page that it leads to stands there whole.

    A click waits by itself only until the new page has begun to come: what is read from a
    half-read page is wrong now and then.
    """
    page.click(selector, click_count=taps)
    page.wait_for_load_state("domcontentloaded")


def await_page(page: Page, selector: str) -> None:
    """Wait for a page that comes by itself, after a script's work, until it stands there whole."""
    page.wait_for_selector(selector)
    page.wait_for_load_state("domcontentloaded")
