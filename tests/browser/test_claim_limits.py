"""A consultation five days before a claim is lost, as worker and lawyer see it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page

from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.dates import format_date, local_date
from tests.browser.conftest import PHONE, Centre
from tests.browser.walks import fill_in, look_up

OpenPage = Callable[..., Page]


def test_worker_and_lawyer_see_that_five_days_are_left(
    centre: Centre, open_page: OpenPage, sign_in: OpenPage
) -> None:
    last = local_date(datetime.now(UTC)) + timedelta(days=5)
    worker = open_page(PHONE)
    number, code = fill_in(
        worker, centre.address, CaseKind.CONSULTATION, next_deadline=last.isoformat(),
        left_on=None, legal_contract="written",
    )  # fmt: skip
    assert "别误了期限" in worker.inner_text("main")
    assert format_date(last) in worker.inner_text("main")
    look_up(worker, centre.address, number, code)
    assert "别误了期限" in worker.inner_text("main")
    lawyer = sign_in("lawyer")
    row = lawyer.locator("table.rows tbody tr", has_text=number)
    assert "先办" in row.inner_text()
    lawyer.goto(f"{centre.address}/staff/cases/{number}")
    assert "法律期限" in lawyer.inner_text(".alarm h2")
