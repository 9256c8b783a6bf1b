"""Putting a case off（先放一放）, and what colleagues write to each other about it."""

from datetime import date, timedelta

import pytest

from portal.domain.cases.work_views import VIEWS
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import Changed, NotAccepted, NotAllowed
from portal.operations.cases import case_file, holds, work_list
from portal.operations.centre.recount import find_wrong_cases
from tests.app.portal.test_work_list import shown_in
from tests.support.browser import words_of
from tests.support.centre import Centre, Filed
from tests.support.databases import each_database

TOMORROW = date(2026, 11, 25)


def version_of(centre: Centre, login: str, filed: Filed) -> int:
    return case_file.open_file(centre.office, centre.actor(login), filed.number).case.version


def hold(
    centre: Centre, login: str, filed: Filed, until: date = TOMORROW, why: str = "等单位回信"
) -> None:
    version = version_of(centre, login, filed)
    holds.hold_case(centre.office, centre.actor(login), filed.number, version, until, why)


@each_database
def test_what_is_put_off_leaves_what_is_to_be_done_and_comes_back_on_its_day(
    centre: Centre,
) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    due = case_file.open_file(centre.office, centre.actor("intake"), filed.number).case.due_on
    hold(centre, "intake", filed, TOMORROW)
    for view in VIEWS:
        assert (filed.number in shown_in(centre, "intake", view)) == (view in {"held", "open"})
    for tab in work_list.list_views(centre.office, centre.actor("intake")):
        if tab.count is not None:
            assert tab.count == len(shown_in(centre, "intake", tab.view.code))
    centre.clock.advance(days=1)
    assert filed.number in shown_in(centre, "intake", "to_do")
    assert filed.number not in shown_in(centre, "intake", "held")
    file = case_file.open_file(centre.office, centre.actor("intake"), filed.number)
    assert file.case.due_on == due
    assert not find_wrong_cases(centre.office, lambda *_: None)


def test_a_case_is_never_put_off_beyond_what_was_promised(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    due = case_file.open_file(centre.office, centre.actor("intake"), filed.number).case.due_on
    assert due
    for day in (due + timedelta(days=1), date(2026, 11, 24), date(2026, 11, 1), date(2027, 11, 1)):
        with pytest.raises(NotAccepted, match="期限不变"):
            hold(centre, "intake", filed, day)
    with pytest.raises(NotAccepted, match="在等什么"):
        hold(centre, "intake", filed, due, " ")
    hold(centre, "intake", filed, due)
    centre.clock.advance(days=(due - date(2026, 11, 24)).days)
    with pytest.raises(NotAllowed, match="不能放"):
        hold(centre, "intake", filed, due + timedelta(days=1))


def test_only_who_can_bring_it_on_puts_it_off_and_only_while_the_centre_is_awaited(
    centre: Centre,
) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    with pytest.raises(NotAllowed, match="岗位"):
        hold(centre, "reviewer", filed)
    centre.take("intake", filed, "request_supplement", "请带身份证。")
    for login in ("intake", "reviewer"):
        with pytest.raises(NotAllowed):
            hold(centre, login, filed)


def test_a_word_from_the_applicant_and_every_step_bring_it_back_at_once(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    hold(centre, "intake", filed)
    follower = centre.follower(filed)
    follower.get("/status/case/write")
    follower.post("/status/case/write", {"words": "单位已经回信了。"})
    assert filed.number in shown_in(centre, "intake", "to_do")
    hold(centre, "intake", filed)
    centre.take("intake", filed, "accept")
    assert filed.number in shown_in(centre, "reviewer", "to_do")


def test_it_can_be_taken_up_before_its_day(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    hold(centre, "intake", filed)
    actor = centre.actor("intake")
    holds.end_hold(centre.office, actor, filed.number, version_of(centre, "intake", filed))
    assert filed.number in shown_in(centre, "intake", "to_do")
    with pytest.raises(NotAllowed):
        holds.end_hold(centre.office, actor, filed.number, version_of(centre, "intake", filed))


def test_three_times_put_off_it_stands_on_the_page_of_who_decides(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    for count in range(3):
        assert (filed.number in shown_in(centre, "approver", "postponed")) == (count == 3)
        hold(centre, "intake", filed)
    assert shown_in(centre, "approver", "postponed") == [filed.number]
    tabs = {tab.view.code: tab.count for tab in work_list.list_views(
        centre.office, centre.actor("approver"))}  # fmt: skip
    assert tabs["postponed"] == 1
    codes = {tab.view.code for tab in work_list.list_views(centre.office, centre.actor("intake"))}
    assert "postponed" not in codes
    centre.take("intake", filed, "accept")
    assert shown_in(centre, "approver", "postponed") == []


def test_colleagues_write_to_each_other_and_the_applicant_reads_nothing_of_it(
    centre: Centre,
) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    browser, address = centre.staff("intake"), f"/staff/cases/{filed.number}"
    browser.get(address)
    typed = {"version": str(version_of(centre, "intake", filed)), "why": "他说话慢，请慢慢听。"}
    assert browser.post(f"{address}/remark", {**typed, "why": " "}).status_code == 422
    assert browser.post(f"{address}/remark", typed).status_code == 303
    assert "他说话慢" in words_of(centre.staff("reviewer").get(address))
    assert "他说话慢" not in words_of(centre.follower(filed).get("/status/case"))
    stale = browser.post(f"{address}/remark", {**typed, "why": "又写一句"})
    assert stale.status_code == 409
    assert "又写一句" in stale.text


def test_the_page_puts_a_case_off_and_takes_it_up_again(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    browser, address = centre.staff("intake"), f"/staff/cases/{filed.number}"
    assert "先放一放" in words_of(browser.get(address))
    typed = {"version": str(version_of(centre, "intake", filed)), "why": "等回信"}
    for day in ("", "2026-13-40", "明天"):
        refused = browser.post(f"{address}/hold", {**typed, "until": day})
        assert refused.status_code == 422
        assert "等回信" in refused.text
    long = {**typed, "until": "2026-11-25", "why": "等" * 201}
    refused = browser.post(f"{address}/hold", long)
    assert refused.status_code == 422
    assert "最多写 200 个字，现在有 201 个" in refused.text
    assert "等" * 201 in refused.text
    assert browser.post(f"{address}/hold", {**typed, "until": "2026-11-25"}).status_code == 303
    page = browser.get(address)
    assert "到 2026年11月25日 再办" in words_of(page)
    assert "等回信" in words_of(page)
    now = {"version": str(version_of(centre, "intake", filed))}
    assert browser.post(f"{address}/end-hold", now).status_code == 303
    with pytest.raises(Changed):
        holds.end_hold(centre.office, centre.actor("intake"), filed.number, 0)
