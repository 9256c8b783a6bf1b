"""Looking a case up with number and code, as its worker does and as a stranger tries to."""

from werkzeug.test import TestResponse

from portal.domain.cases.receipt_numbers import code_from_bytes, new_receipt
from tests.support.browser import Browser

WRONG_CODE = code_from_bytes(b"another secret 1")


def an_unused_number() -> str:
    """A receipt number that is well formed and belongs to no case."""
    return new_receipt("JZ", 2026, lambda limit: limit - 1)


def look_up(browser: Browser, number: str, code: str) -> TestResponse:
    """Open the status page, and type both numbers."""
    browser.get("/status")
    return browser.post("/status", {"receipt": number, "code": code})
