"""A GET changes nothing in the store; opening a case is logged, and nothing else is."""

from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.accounts import sessions
from tests.support.centre import Centre
from tests.support.samples import ANSWERS

LOGGED = {"audit", "chain"}


def test_a_visitor_who_only_looks_changes_nothing(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    centre.case(CaseKind.CONSULTATION)
    follower = centre.follower(receipt)
    filled = [(centre.draft(kind)[0], journey) for kind, journey in JOURNEYS.items()]
    handed_in, _ = centre.draft(CaseKind.CONSULTATION)
    handed_in.post("/consult/check")
    before = centre.contents()
    for browser, journey in filled:
        for page in journey.open_pages(ANSWERS[journey.kind]):
            assert browser.get(f"/{journey.address}/{page.path}").status_code == 200
        browser.get(f"/{journey.address}/check")
    filled[0][0].get("/apply/household/1")
    for browser in (centre.browser(), follower, *(one for one, _ in filled)):
        for address in ("/", "/about/", "/search?q=x", "/apply", "/consult", "/status",
                        "/consult/receipt", "/status/case", "/status/case/withdraw",
                        "/papers/", "/papers/arbitration.pdf", "/status/legal-papers",
                        "/status/legal-papers/arbitration.pdf", "/elder?on=1",
                        "/consult?card=unpaid-wages&topic=women"):  # fmt: skip
            browser.get(address)
    for browser, journey in filled:
        browser.get(f"/{journey.address}")
        assert browser.get(f"/{journey.address}/so-far").status_code == 303
        assert browser.get(f"/{journey.address}/unlock").status_code == 200
    handed_in.get("/consult/receipt")
    centre.clock.advance(minutes=16)
    follower.get("/status/case")
    assert centre.contents() == before


def test_staff_who_only_look_change_nothing_but_the_log_of_opened_cases(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP).number
    browsers = {login: centre.staff(login) for login in ("intake", "lawyer", "auditor", "admin")}
    token = sessions.make_link(centre.office, "editor", sessions.INVITATION, "test")
    before = centre.contents()
    for browser in (centre.browser(), *browsers.values()):
        for address in ("/", "/find", "/account", "/people", "/sign-in", f"/link/{token}",
                        f"/find?receipt={receipt}", "/?queue=hardship.submitted"):  # fmt: skip
            browser.get(f"/staff{address}")
    assert centre.contents() == before
    browsers["intake"].get(f"/staff/cases/{receipt}")
    browsers["auditor"].get("/staff/audit")
    after = centre.contents()
    assert {name for name in after if after[name] != before[name]} == LOGGED
    added = [after["audit"][number] for number in after["audit"].keys() - before["audit"].keys()]
    assert {(row["actor"], row["action"], row["object"]) for row in added} == {
        ("intake", "open", receipt),
        ("auditor", "read log", "audit"),
    }


def test_head_and_options_change_nothing(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    receipt, follower = filed.number, centre.follower(filed)
    browser = centre.staff("intake")
    draft, _ = centre.draft(CaseKind.CONSULTATION)
    before = centre.contents()
    for address in ("/status/case/withdraw", "/status/case/message", "/status/people/coworkers"):
        assert follower.ask("HEAD", address).status_code == follower.get(address).status_code
    assert draft.ask("HEAD", "/consult/check").status_code == 200
    assert draft.ask("HEAD", "/consult/check").data == b""
    for method in ("HEAD", "OPTIONS"):
        for address in ("/apply", "/status", "/consult/check", "/staff/", "/staff/people"):
            browser.ask(method, address)
    browser.ask("OPTIONS", f"/staff/cases/{receipt}")
    assert centre.contents() == before
