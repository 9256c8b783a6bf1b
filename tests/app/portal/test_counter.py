"""What else is done at the desk: a new code for a lost one, the log, the calculation sheet."""

import re

from portal.domain.workflow import CaseKind
from portal.operations import limits
from portal.store import audit
from tests.app.portal.browser import typed_in, words_of
from tests.app.portal.centre import Centre
from tests.app.portal.samples import LAST_TICKS
from tests.app.portal.walking import went_on


def test_a_new_code_replaces_the_lost_one_everywhere(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.HARDSHIP)
    went_on(browser.post("/apply/check", LAST_TICKS))
    shown = browser.get("/apply/receipt").text
    number, code = re.findall(r'class="number[^>]*>([^<]+)<', shown)
    follower = centre.browser()
    follower.get("/status")
    went_on(follower.post("/status", {"receipt": number, "code": code}))
    clerk = centre.staff("intake")
    once = typed_in(clerk.get(f"/staff/cases/{number}"), "once")[0]
    refused = clerk.post(f"/staff/cases/{number}/new-code")
    assert refused.status_code == 422
    assert "请先核对本人的身份证" in words_of(refused)
    typed = {"checked": "yes", "once": once}
    issued = clerk.post(f"/staff/cases/{number}/new-code", typed)
    assert issued.status_code == 200
    again = clerk.post(f"/staff/cases/{number}/new-code", typed)
    assert words_of(again) == words_of(issued)  # a second tap makes no second code
    found = re.search(r"(?:[0-9]{4} ){3}[0-9]{4}", words_of(issued))
    assert found
    assert found[0] != code
    assert went_on(follower.get("/status/case")) == "/status"  # the open page dies with the code
    assert follower.post("/status", {"receipt": number, "code": code}).status_code == 422
    assert went_on(follower.post("/status", {"receipt": number, "code": found[0]}))
    receipt = browser.get("/apply/receipt")
    assert number in receipt.text
    assert code not in receipt.text
    logged = [(one.actor, one.action) for one, _ in audit.entries(centre.instance.db)]
    assert ("intake", "reissue code") in logged
    assert found[0].replace(" ", "") not in str(centre.contents())
    assert token not in str(centre.contents())


def test_nobody_gives_out_a_code_for_a_case_he_may_not_open(centre: Centre) -> None:
    number = centre.case(CaseKind.CONSULTATION).number
    for login in ("intake", "reviewer", "approver"):
        clerk = centre.staff(login)
        clerk.get("/staff/account")
        before = centre.contents()
        for typed in ({"checked": "yes"}, {}):
            sent = clerk.post(f"/staff/cases/{number}/new-code", typed)
            assert sent.status_code == 403
        assert centre.contents() == before


def test_a_new_code_needs_the_token_of_the_form(centre: Centre) -> None:
    number = centre.case(CaseKind.HARDSHIP).number
    clerk = centre.staff("intake")
    for act in ("new-code", "reveal"):
        sent = clerk.post_as_is(
            f"/staff/cases/{number}/{act}", {"checked": "yes", "reason": "contact"}
        )
        assert sent.status_code == 400


def test_the_auditor_reads_the_log_page_by_page_to_its_beginning(centre: Centre) -> None:
    for place in range(95):
        centre.clock.advance(seconds=1.5)
        audit.record(
            centre.instance.db,
            centre.instance.ring,
            centre.office.now(),
            "li",
            "open",
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
    count, _ = audit.verify_chain(centre.instance.db, centre.instance.ring)
    pages = -(-seen[0] // 40)
    assert seen == list(range(count - pages, 0, -1))  # each page that was read is logged, too


def test_the_calculation_sheet_is_shown_to_caseworkers_only_for_applications(
    centre: Centre,
) -> None:
    application = centre.case(CaseKind.HARDSHIP).number
    consultation = centre.case(CaseKind.CONSULTATION).number
    assert "测算" in words_of(centre.staff("reviewer").get(f"/staff/cases/{application}"))
    assert "测算" not in words_of(centre.staff("lawyer").get(f"/staff/cases/{consultation}"))


def test_a_network_with_too_many_drafts_is_told_to_wait(small_centre: Centre) -> None:
    browser = small_centre.browser()
    browser.get("/consult")
    for _ in range(200):
        limits.spend(small_centre.office, "draft by address", browser.address)
    shown = browser.post("/consult")
    assert shown.status_code == 429
    assert "新填的表太多了" in words_of(shown)
