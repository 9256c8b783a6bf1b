"""What else is done at the desk: the log, the calculation sheet."""

import re

from portal.domain.audit.actions import AuditAction
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.rate_limits import RateLimit
from portal.operations import rate_limits
from portal.store import audit
from tests.support.browser import words_of
from tests.support.centre import Centre
from tests.support.databases import each_database


@each_database
def test_the_auditor_reads_the_log_page_by_page_to_its_beginning(centre: Centre) -> None:
    for place in range(95):
        centre.clock.advance(seconds=1.5)
        audit.record(
            centre.instance,
            centre.office.now(),
            "li",
            AuditAction.OPEN,
            f"no-{place}",
        )
    auditor = centre.staff("auditor")
    seen: list[int] = []
    address: str | None = "/staff/audit"
    while address:
        shown = auditor.get(address).text
        seen += [int(number) for number in re.findall(r"<tr><td[^>]*>([0-9]+)</td>", shown)]
        found = re.search(r'href="(/staff/audit\?before[^"]+)"', shown)
        address = found[1].replace("&amp;", "&") if found else None
    count, _ = audit.verify_chain(centre.instance)
    pages = -(-seen[0] // 40)
    assert seen == list(range(count - pages, 0, -1))  # each page that was read is logged, too


def test_the_calculation_sheet_is_shown_to_caseworkers_only_for_applications(
    centre: Centre,
) -> None:
    application = centre.case(CaseKind.HARDSHIP).number
    consultation = centre.case(CaseKind.CONSULTATION).number
    assert "测算" in words_of(centre.staff("reviewer").get(f"/staff/cases/{application}"))
    assert "测算" not in words_of(centre.staff("lawyer").get(f"/staff/cases/{consultation}"))


def test_a_network_with_too_many_drafts_is_told_to_wait(centre: Centre) -> None:
    browser = centre.browser()
    browser.get("/consult")
    for _ in range(centre.office.limits[RateLimit.DRAFT_BY_ADDRESS]):
        rate_limits.spend(centre.office, RateLimit.DRAFT_BY_ADDRESS, browser.address)
    shown = browser.post("/consult")
    assert shown.status_code == 429
    assert "新填的表太多了" in words_of(shown)
