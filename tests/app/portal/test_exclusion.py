"""Keeping out of a case（回避）: who keeps out neither sees it anywhere nor acts on it."""

import pytest

from portal.domain.cases.work_views import VIEWS
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import Changed, NotAccepted, NotAllowed, NotFound
from portal.operations.cases import assignment, case_file, exclusion, search, work_list
from portal.operations.centre.recount import find_wrong_cases
from portal.operations.notices import notice_queue
from portal.operations.rosters import leader_report
from portal.store import cases
from tests.app.portal.test_work_list import assign, shown_in
from tests.support.browser import words_of
from tests.support.centre import Centre, Filed
from tests.support.databases import each_database
from tests.support.samples import HARDSHIP


def version_of(centre: Centre, filed: Filed) -> int:
    stored = cases.find_case(centre.instance, filed.number)
    assert stored
    return stored.case.version


def exclude(
    centre: Centre, by: str, filed: Filed, login: str, why: str = "他是申请人的表哥"
) -> None:
    version = version_of(centre, filed)
    exclusion.exclude_colleague(centre.office, centre.actor(by), filed.number, version, login, why)


def found_by(centre: Centre, login: str, typed: object) -> list[str]:
    query = search.understand_query(centre.office, str(typed))
    found = search.search_cases(centre.office, centre.actor(login), query, "asks_us", "")
    return [one.row.receipt for one in found.cases]


@each_database
def test_who_keeps_out_finds_the_case_in_no_list_count_or_search(centre: Centre) -> None:
    filed, other = centre.case(CaseKind.HARDSHIP), centre.case(CaseKind.HARDSHIP)
    assign(centre, "intake", filed, "intake")
    exclude(centre, "intake", filed, "intake")
    for view in VIEWS:
        assert filed.number not in shown_in(centre, "intake", view)
    for tab in work_list.list_views(centre.office, centre.actor("intake")):
        if tab.count is not None:
            assert tab.count == len(shown_in(centre, "intake", tab.view.code))
    heaps = work_list.list_stages(centre.office, centre.actor("intake"))
    assert sum(stage.count for stage in heaps[CaseKind.HARDSHIP]) == 1
    seen = work_list.list_stages(centre.office, centre.actor("reviewer"))
    assert sum(stage.count for stage in seen[CaseKind.HARDSHIP]) == 2
    assert found_by(centre, "intake", HARDSHIP["id_number"]) == [other.number]
    assert found_by(centre, "reviewer", HARDSHIP["id_number"]) == [other.number, filed.number]
    assert other.number in shown_in(centre, "intake", "to_do")
    assert not find_wrong_cases(centre.office, lambda *_: None)


def test_who_keeps_out_is_told_what_is_told_of_a_number_that_nobody_has(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    browser = centre.staff("intake")
    unknown = browser.get("/staff/cases/JZ26-2222-2222")
    exclude(centre, "approver", filed, "intake")
    page = browser.get(f"/staff/cases/{filed.number}")
    assert page.status_code == unknown.status_code == 404
    assert words_of(page).replace(filed.number, "") == words_of(unknown).replace(
        "JZ26-2222-2222", ""
    )
    for path in ("accept", "assign", "exclude", "hold", "remark", "reveal"):
        answer = browser.post(f"/staff/cases/{filed.number}/{path}", {"version": "1"})
        assert answer.status_code == 404, path


def test_a_number_of_a_kind_that_one_does_not_open_tells_nothing_either(centre: Centre) -> None:
    filed = centre.case(CaseKind.CONSULTATION)
    prefix = filed.number[:2]
    browser = centre.staff("intake")
    there = browser.get(f"/staff/cases/{filed.number}")
    nowhere = browser.get(f"/staff/cases/{prefix}26-2222-2222")
    assert there.status_code == nowhere.status_code == 403
    assert words_of(there) == words_of(nowhere)


def test_what_he_had_in_hand_is_let_go_and_cannot_be_given_to_him(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    assign(centre, "intake", filed, "intake")
    exclude(centre, "intake", filed, "intake")
    file = case_file.open_file(centre.office, centre.actor("approver"), filed.number)
    assert file.case.holder == ""
    assert file.case.excluded == ("intake",)
    assert "intake" not in assignment.list_colleagues(centre.office, file.case)
    with pytest.raises(NotAccepted):
        assign(centre, "approver", filed, "intake", "他来办")
    with pytest.raises(NotFound):
        centre.take("intake", filed, "accept")


def test_calls_and_disputes_of_the_case_are_not_shown_to_him(centre: Centre) -> None:
    asked = centre.case(CaseKind.HARDSHIP, may_contact="phone_full")
    centre.take("second-intake", asked, "request_supplement", "请带身份证。")
    dispute = centre.case(CaseKind.CONSULTATION)
    calls = notice_queue.list_calls(centre.office, centre.actor("intake"), "", "")
    assert asked.number in {call.receipt for call in calls}
    count = notice_queue.count_calls_for(centre.office, centre.actor("intake"))
    exclude(centre, "approver", asked, "intake")
    exclude(centre, "lawyer", dispute, "lawyer")
    calls = notice_queue.list_calls(centre.office, centre.actor("intake"), "", "")
    assert asked.number not in {call.receipt for call in calls}
    assert notice_queue.count_calls_for(centre.office, centre.actor("intake")) == count - 1
    told = leader_report.list_to_report(centre.office, centre.actor("lawyer"))
    assert dispute.number not in {one.receipt for one in told}


def test_others_are_named_by_who_decides_alone_and_always_with_a_reason(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    with pytest.raises(NotAllowed):
        exclude(centre, "intake", filed, "reviewer")
    for why in ("", "  "):
        with pytest.raises(NotAccepted):
            exclude(centre, "approver", filed, "reviewer", why)
    for nobody in ("lawyer", "admin", "nobody", ""):
        with pytest.raises(NotAccepted):
            exclude(centre, "approver", filed, nobody)
    exclude(centre, "approver", filed, "reviewer")
    with pytest.raises(NotAccepted):
        exclude(centre, "approver", filed, "reviewer")
    with pytest.raises(Changed):
        exclusion.exclude_colleague(
            centre.office, centre.actor("intake"), filed.number, 0, "intake", "表弟"
        )


def test_who_decides_lets_him_see_it_again_and_all_stands_in_the_history(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    exclude(centre, "intake", filed, "intake", "申请人是我表弟")
    boss = centre.staff("approver")
    page = boss.get(f"/staff/cases/{filed.number}")
    assert "申请人是我表弟" in words_of(page)
    typed = {"version": str(version_of(centre, filed)), "to": "intake", "why": "是同名，不是亲戚"}
    assert boss.post(f"/staff/cases/{filed.number}/readmit", typed).status_code == 303
    assert filed.number in shown_in(centre, "intake", "to_do")
    assert not find_wrong_cases(centre.office, lambda *_: None)
    assert "表弟" not in words_of(centre.browser().get("/status"))


def test_the_page_leads_who_keeps_out_to_his_list_and_says_so(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    browser = centre.staff("intake")
    address = f"/staff/cases/{filed.number}"
    assert "我要回避" in browser.get(address).text
    typed = {"version": str(version_of(centre, filed)), "to": "intake", "why": ""}
    assert browser.post(f"{address}/exclude", typed).status_code == 422
    answer = browser.post(f"{address}/exclude", {**typed, "why": "申请人是我表弟"})
    shown = browser.get(answer.headers["Location"])
    assert "您回避" in words_of(shown)
    assert filed.number not in words_of(shown)


def test_the_page_says_who_is_missing_when_nobody_can_go_on(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    for login in ("intake", "second-intake", "everything"):
        exclude(centre, "approver", filed, login)
    page = centre.staff("approver").get(f"/staff/cases/{filed.number}")
    assert "现在没有人能办下一步" in words_of(page)
    assert "受理员" in words_of(page)
