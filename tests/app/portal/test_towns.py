"""Who is of a town sees that town alone; who has two logins is one person."""

from dataclasses import replace

import pytest

from portal.domain.accounts.actor import APPLICANT
from portal.domain.accounts.permissions import Duties, Role
from portal.domain.cases.work_views import VIEWS
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAccepted, NotAllowed, NotFound
from portal.operations.accounts import account_requests, staff_accounts
from portal.operations.cases import case_file, steps, work_list
from portal.store import accounts, cases
from tests.app.portal.test_work_list import shown_in
from tests.support.browser import typed_in, words_of
from tests.support.centre import Centre
from tests.support.databases import each_database
from tests.support.keying import key_in, stored_of, typed_whole


@each_database
def test_a_town_sees_its_own_cases_and_learns_of_no_other(centre: Centre) -> None:
    here = centre.case(CaseKind.HARDSHIP, town="qs01")
    there = centre.case(CaseKind.HARDSHIP, town="qs02")
    for view in VIEWS:
        assert there.number not in shown_in(centre, "town", view)
    assert shown_in(centre, "town", "open") == [here.number]
    for tab in work_list.list_views(centre.office, centre.actor("town")):
        if tab.count is not None:
            assert tab.count == len(shown_in(centre, "town", tab.view.code)), tab.view.code
    heaps = work_list.list_stages(centre.office, centre.actor("town"))
    assert sum(stage.count for stage in heaps[CaseKind.HARDSHIP]) == 1
    browser = centre.staff("town")
    assert here.number in words_of(browser.get(f"/staff/cases/{here.number}"))
    gone, nowhere = (browser.get(f"/staff/cases/{number}")
                     for number in (there.number, "JZ26-2222-2222"))  # fmt: skip
    assert gone.status_code == nowhere.status_code == 404
    assert words_of(gone) == words_of(nowhere)


def test_the_new_posts_read_and_write_to_colleagues_and_decide_nothing(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP, town="qs01")
    for login in ("town", "home-visitor", "director"):
        page = centre.staff(login).get(f"/staff/cases/{filed.number}")
        assert page.status_code == 200
        assert "给同事留言" in words_of(page)
        assert ("交给别人" in words_of(page)) == (login == "director")
        for step in ("accept", "refer_for_decision", "approve"):
            with pytest.raises(NotAllowed):
                centre.take(login, filed, step, "试试")
    legal = centre.case(CaseKind.CONSULTATION)
    for login in ("town", "home-visitor", "director"):
        with pytest.raises(NotAllowed):
            case_file.open_file(centre.office, centre.actor(login), legal.number)


def test_the_director_hands_cases_out_and_sees_what_was_put_off_too_often(
    centre: Centre,
) -> None:
    codes = {tab.view.code for tab in work_list.list_views(
        centre.office, centre.actor("director"))}  # fmt: skip
    assert "postponed" in codes
    filed = centre.case(CaseKind.HARDSHIP)
    browser = centre.staff("director")
    page = browser.get(f"/staff/cases/{filed.number}")
    assert "交给别人" in words_of(page)
    typed = {"version": "0", "to": "intake", "why": "今天他值班"}
    assert browser.post(f"/staff/cases/{filed.number}/assign", typed).status_code == 303


def test_who_is_of_a_town_has_no_other_post_and_at_least_one_town(centre: Centre) -> None:
    office = centre.office
    for roles, towns in (
        ({Role.TOWN}, set()),
        ({Role.TOWN}, {"nowhere"}),
        ({Role.TOWN, Role.INTAKE}, {"qs01"}),
        ({Role.TOWN, Role.LAWYER}, {"qs01"}),
    ):
        duties = Duties(frozenset(roles), frozenset(towns))
        with pytest.raises(NotAccepted):
            staff_accounts.change_duties(office, "reviewer", duties, "admin")
    duties = Duties(frozenset({Role.TOWN}), frozenset({"qs02"}))
    staff_accounts.change_duties(office, "reviewer", duties, "admin")
    assert staff_accounts.find_staff(office, "reviewer").towns == {"qs02"}
    duties = Duties(frozenset({Role.REVIEWER}), frozenset({"qs02"}))
    staff_accounts.change_duties(office, "reviewer", duties, "admin")
    assert staff_accounts.find_staff(office, "reviewer").towns == frozenset()


def test_one_more_town_takes_two_people_and_one_less_only_one(centre: Centre) -> None:
    admin = centre.staff("admin")
    admin.get("/staff/people/town/roles")
    typed = {"roles": ["town"], "staff_towns": ["qs01", "qs02"]}
    admin.post("/staff/people/town/roles", typed)
    assert staff_accounts.find_staff(centre.office, "town").towns == {"qs01"}
    (request,) = account_requests.list_account_requests(centre.office, centre.actor("auditor"))
    assert request.duties.towns == {"qs01", "qs02"}


@each_database
def test_two_logins_of_one_person_are_one_for_every_step_that_takes_another(
    centre: Centre,
) -> None:
    staff_accounts.join_person(centre.office, "approver", "reviewer", "admin")
    one = staff_accounts.find_staff(centre.office, "approver").actor
    assert one.logins == {"approver", "reviewer"}
    filed = centre.case(CaseKind.HARDSHIP)
    centre.take("intake", filed, "accept")
    centre.take("reviewer", filed, "refer_for_decision", "核实了。")
    stored = cases.find_case(centre.instance, filed.number)
    assert stored
    with pytest.raises(NotAllowed, match="换一个人"):
        steps.take_step(centre.office, one, filed.number, stored.case.version, "refuse",
                        {"words": ["不行"]})  # fmt: skip
    staff_accounts.join_person(centre.office, "reviewer", "second-approver", "admin")
    three = {"approver", "reviewer", "second-approver"}
    for login in three:
        assert staff_accounts.find_staff(centre.office, login).actor.logins == three
    with pytest.raises(NotAccepted):
        staff_accounts.join_person(centre.office, "intake", "intake", "admin")
    with pytest.raises(NotFound):
        staff_accounts.join_person(centre.office, "intake", "nobody", "admin")


def test_four_people_bring_a_case_from_paper_to_the_end_of_its_review(centre: Centre) -> None:
    number = stored_of(centre, key_in(centre, CaseKind.HARDSHIP)).case.receipt
    with pytest.raises(NotAllowed, match="换一个人"):
        centre.take("intake", number, "accept")
    centre.take("second-intake", number, "accept")
    accounts.save_account(  # the same person also refers: a small centre
        centre.instance,
        replace(
            staff_accounts.find_staff(centre.office, "second-intake"),
            roles=frozenset({Role.INTAKE, Role.REVIEWER}),
        ),
    )
    both = staff_accounts.find_staff(centre.office, "second-intake").actor
    stored = cases.find_case(centre.instance, number)
    assert stored
    steps.take_step(centre.office, both, number, stored.case.version, "refer_for_decision",
                    {"words": ["属实。"]})  # fmt: skip
    centre.take("approver", number, "refuse", "不符合。")
    stored = cases.find_case(centre.instance, number)
    assert stored
    steps.take_step(centre.office, APPLICANT, number, stored.case.version, "ask_review",
                    {"words": ["不同意。"]})  # fmt: skip
    with pytest.raises(NotAllowed, match="换一个人"):
        centre.take("approver", number, "uphold_decision", "维持。")
    centre.take("second-approver", number, "uphold_decision", "维持。")


def test_a_town_keys_in_for_its_own_people_alone(centre: Centre) -> None:
    browser, address = centre.staff("town"), "/staff/new/hardship"
    once = typed_in(browser.get(address), "once")[0]
    typed = typed_whole(CaseKind.HARDSHIP)
    refused = browser.post(address, {**typed, "once": once, "town": "qs02"})
    assert refused.status_code == 422
    assert "自己镇（街道）" in words_of(refused)
    slip = browser.post(address, {**typed, "once": once, "town": "qs01"})
    number = stored_of(centre, slip).case.receipt
    assert number in shown_in(centre, "town", "open")
