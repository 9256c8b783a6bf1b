"""The result of a calculator as it is printed: one sheet, however long it gets."""

from collections.abc import Callable
from urllib.parse import urlencode

import pypdfium2
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, Centre

LONG_SERVICE = {
    "started_on": "1998-03-15", "ended_on": "2026-10-09", "average_wage": "34567.89",
    "last_wage": "41234.56", "local_average": "6789.12",
}  # fmt: skip
LONGEST = {
    "dismissal": [LONG_SERVICE | {"reason": reason, "notice": "no"}
                  for reason in ("ill", "changed", "protected", "none")],
    "severance": [LONG_SERVICE],
    "annual-leave": [{"total_years": "12", "joined_on": "2026-01-05", "left_on": "2026-06-30",
                      "taken_days": "1", "average_wage": "6525"}],
    "probation": [{"contract": "months", "served": "3.5", "paid": "1000", "regular": "5432.10",
                   "minimum_wage": "2100"}],
    "time-limits": [{"what": what, "still_there": "no", "event_day": "2026-02-28",
                     "asked_on": "2026-03-10"} for what in
                    ("injury_claim_worker", "administrative_review", "arbitration")],
    "final-award": [{"wages": "12345.67", "overtime": "2345.67", "medical": "34567.89",
                     "severance": "45678.9", "damages": "91357.8", "double": "23456.78",
                     "minimum_wage": "2100"}],
    "death-grant": [{"accident_on": "2026-02-28", "local_average": "6789.12"}],
    "claims": [{f"claim_{kind}": "12345.67" for kind in
                ("wages", "overtime", "annual_leave", "double_pay", "severance", "in_lieu")}],
}  # fmt: skip


@pytest.mark.parametrize("slug", LONGEST)
def test_the_longest_result_of_a_calculator_is_printed_on_one_sheet(
    centre: Centre, open_page: Callable[..., Page], slug: str
) -> None:
    page = open_page(DESK)
    for typed in LONGEST[slug]:
        page.goto(f"{centre.address}/tools/{slug}?{urlencode(typed)}")
        assert page.locator(".done").count() == 1
        document = pypdfium2.PdfDocument(page.pdf(format="A4"))
        assert len(document) == 1, typed
        text = document[0].get_textpage().get_text_range()
        assert "这是估算" in text
        assert "改一改，再算" not in text
        assert "拿去用的文书" not in text
