"""Cases that nobody can bring on: who is told of them, and that nothing else is called so."""

from dataclasses import replace

from portal.domain.accounts.actor import APPLICANT
from portal.domain.accounts.permissions import Role
from portal.domain.cases.step_input import STATEMENT
from portal.domain.cases.work_views import VIEWS
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.accounts import staff_accounts
from portal.operations.cases import steps
from portal.operations.cases.stuck import is_stuck, list_stuck
from portal.store import accounts, cases
from tests.app.portal.test_exclusion import exclude
from tests.app.portal.test_work_list import shown_in
from tests.support.browser import words_of
from tests.support.centre import Centre, Filed
from tests.support.databases import each_database

FOUR = ("intake", "reviewer", "approver", "lawyer")


def leave_four(centre: Centre) -> None:
    """A centre of four people who work on cases, and an administrator."""
    for one in accounts.all_accounts(centre.instance):
        if one.login not in {*FOUR, "admin"}:
            accounts.save_account(centre.instance, replace(one, disabled=True))


def ask_for_review(centre: Centre) -> Filed:
    """A refused application whose applicant asks for another decision."""
    filed = centre.case(CaseKind.HARDSHIP)
    centre.take("intake", filed, "accept")
    centre.take("reviewer", filed, "refer_for_decision", "核实了。")
    centre.take("approver", filed, "refuse", "收入超过了。")
    stored = cases.find_case(centre.instance, filed.number)
    assert stored
    typed = {STATEMENT: ["我家的房租没有算。"]}
    version = stored.case.version
    steps.take_step(centre.office, APPLICANT, filed.number, version, "ask_review", typed)
    return filed


@each_database
def test_in_a_centre_of_four_a_review_has_nobody_to_decide_it(centre: Centre) -> None:
    leave_four(centre)
    review = ask_for_review(centre)
    plain = centre.case(CaseKind.HARDSHIP)
    assert list_stuck(centre.office) == {review.number}
    assert shown_in(centre, "approver", "stuck") == [review.number]
    assert plain.number not in words_of(centre.staff("approver").get("/staff/?view=stuck"))
    staff_accounts.set_disabled(centre.office, "second-approver", False, "admin")
    assert list_stuck(centre.office) == frozenset()


@each_database
def test_with_one_of_four_on_leave_what_only_he_does_waits_for_nobody(centre: Centre) -> None:
    leave_four(centre)
    fresh, accepted = centre.case(CaseKind.HARDSHIP), centre.case(CaseKind.MEDICAL)
    legal = centre.case(CaseKind.CONSULTATION)
    centre.take("intake", accepted, "accept")
    staff_accounts.set_disabled(centre.office, "reviewer", True, "admin")
    assert list_stuck(centre.office) == {accepted.number}
    staff_accounts.set_disabled(centre.office, "lawyer", True, "admin")
    assert list_stuck(centre.office) == {accepted.number, legal.number}
    assert shown_in(centre, "approver", "stuck") == [accepted.number]
    staff_accounts.set_disabled(centre.office, "reviewer", False, "admin")
    assert fresh.number not in list_stuck(centre.office)


@each_database
def test_who_keeps_out_may_leave_nobody_and_is_not_told(centre: Centre) -> None:
    leave_four(centre)
    filed = centre.case(CaseKind.HARDSHIP)
    exclude(centre, "approver", filed, "intake")
    assert list_stuck(centre.office) == {filed.number}
    assert shown_in(centre, "approver", "stuck") == [filed.number]
    exclude(centre, "approver", filed, "approver")
    assert shown_in(centre, "approver", "stuck") == []


@each_database
def test_the_quick_way_finds_what_a_look_at_every_case_finds(centre: Centre) -> None:
    centre.case(CaseKind.COMPLAINT)  # while there is somebody to read it
    leave_four(centre)
    ask_for_review(centre)
    for kind in set(CaseKind) - {CaseKind.COMPLAINT}:
        centre.case(kind)
    for away in ("", "intake", "reviewer", "approver"):
        if away:
            staff_accounts.set_disabled(centre.office, away, True, "admin")
        actors = [one.actor for one in accounts.all_accounts(centre.instance) if not one.disabled]
        whole = {
            stored.case.receipt
            for stored in cases.every_case(centre.instance)
            if stored.case.open
            and stored.case.state_row.awaiting == "centre"
            and is_stuck(stored.case, actors, centre.office)
        }
        assert list_stuck(centre.office) == whole


def test_only_who_leads_has_the_view(centre: Centre) -> None:
    assert VIEWS["stuck"].roles == {Role.APPROVER, Role.DIRECTOR}
    assert "没人能办的" not in words_of(centre.staff("intake").get("/staff/"))
    assert "没人能办的" in words_of(centre.staff("approver").get("/staff/"))
