"""Taking one's own data out of the status page."""

import json
from typing import Any

from werkzeug.test import TestResponse

from portal.domain.cases.receipt_numbers import group_code
from tests.support.browser import Browser
from tests.support.centre import Filed

PAGE = "/status/my-data"


def take_out(browser: Browser, code: str, shape: str) -> TestResponse:
    """Type the code and press one of the two buttons."""
    browser.get(PAGE)
    return browser.post(PAGE, {"code": code, "button": shape})


def document_of(browser: Browser, receipt: Filed) -> Any:
    """The data as JSON."""
    response = take_out(browser, group_code(receipt.code), "json")
    assert response.status_code == 200
    assert response.mimetype == "application/json"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="my-data-{receipt.number}.json"'
    )
    return json.loads(response.data)
