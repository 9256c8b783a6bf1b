"""What a phone has to load: bytes over the wire and requests, page by page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, Centre
from tests.browser.judging import FORM, KB, Budget, record_loading

OpenPage = Callable[..., Page]


ARTICLE = Budget(45 * KB, 8)
FIGURES = Budget(20 * KB, 4)
PAGES = {
    "/": ARTICLE,
    "/rights-cards/": ARTICLE,
    "/rights-cards/unpaid-wages/": ARTICLE,
    "/rights-cards/work-injury/": ARTICLE,
    "/policies/": ARTICLE,
    "/policies/labour-contract-law/": ARTICLE,
    "/guides/hardship-file/": ARTICLE,
    "/deadlines/": ARTICLE,
    "/privacy/": ARTICLE,
    "/network/": ARTICLE,
    "/verify/": ARTICLE,
    "/figures/": FIGURES,
    "/search?q=工资": FORM,
    "/tools/": FORM,
    "/papers/": FORM,
    "/tools/severance": FORM,
    "/apply": FORM,
    "/consult?topic=unpaid_wages": FORM,
    "/status": FORM,
    "/nowhere": FORM,
}


@pytest.mark.parametrize(("path", "budget"), PAGES.items(), ids=PAGES.keys())
def test_first_view_stays_within_its_budget(
    centre: Centre, open_page: OpenPage, path: str, budget: Budget
) -> None:
    page = open_page(PHONE, script=True)
    loaded = record_loading(page)
    page.goto(centre.address + path, wait_until="networkidle")
    assert 0 < len(loaded) <= budget.requests
    assert 0 < sum(loaded.values()) <= budget.bytes


@pytest.mark.parametrize("path", [path for path, budget in PAGES.items() if budget is FORM])
def test_nothing_moves_while_a_form_page_loads(
    centre: Centre, open_page: OpenPage, path: str
) -> None:
    page = open_page(PHONE, script=True)
    page.goto(centre.address + path, wait_until="networkidle")
    moved = page.evaluate(
        """() => new Promise(done => {
            let sum = 0
            new PerformanceObserver(list => {
                for (const entry of list.getEntries()) sum += entry.value
            }).observe({type: "layout-shift", buffered: true})
            setTimeout(() => done(sum), 100)
        })"""
    )
    assert moved == 0
