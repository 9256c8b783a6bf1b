"""Complaints about staff（投诉）: read by few, never by whom they concern, answered in words."""

import json
from typing import Any

import pytest

from portal.domain.accounts.permissions import Permission, is_granted
from portal.domain.cases.complaint import NOBODY_LEFT, Colleague, find_concerned
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.accounts.staff_accounts import name_staff
from portal.operations.cases import case_file
from portal.operations.centre.recount import find_wrong_cases
from portal.operations.notices import notice_queue
from portal.store import cases
from tests.support.browser import typed_in, words_of
from tests.support.centre import Centre, Filed
from tests.support.databases import each_database
from tests.support.keying import stored_of, typed_whole
from tests.support.samples import ANSWERS, STAFF
from tests.support.walking import walk, went_on

KIND = CaseKind.COMPLAINT
HANDLERS = {"director", "auditor"}
NAMELESS: dict[str, object] = {
    **dict.fromkeys(("name", "mobile", "may_contact", "call_times")), "leaves_name": "unnamed",
}  # fmt: skip


def lists_of(centre: Centre, login: str) -> str:
    """All that the pages tell somebody on which cases are listed or counted."""
    browser = centre.staff(login)
    pages = ("/staff/", "/staff/?view=open", "/staff/stages", "/staff/notices", "/staff/audit")
    shown = [browser.get(page) for page in pages]
    return "\n".join(page.text for page in shown if page.status_code == 200)


def opens(centre: Centre, login: str, number: str) -> bool:
    """Whether somebody can open a case."""
    return centre.staff(login).get(f"/staff/cases/{number}").status_code == 200


def key_in_complaint(centre: Centre, login: str, **changed: Any) -> str:
    """Key a complaint in that came by letter; its number."""
    browser, address = centre.staff(login), f"/staff/new/{KIND}"
    once = typed_in(browser.get(address), "once")[0]
    typed = {**typed_whole(KIND, {**ANSWERS[KIND], **changed}), "once": once}
    return stored_of(centre, browser.post(address, typed)).case.receipt


def test_whoever_leaves_no_name_fills_in_few_pages_and_still_follows(centre: Centre) -> None:
    browser = centre.browser()
    answers = {name: value for name, value in (ANSWERS[KIND] | NAMELESS).items() if value}
    visited = walk(browser, JOURNEYS[KIND], answers)
    assert visited == ["whom", "details", "name", "check"]
    went_on(browser.post("/complain/check"))
    assert "您投诉的人看不到" in words_of(browser.get("/complain"))
    assert "TS26-" in words_of(browser.get("/complain/receipt"))


@each_database
def test_only_director_and_auditor_know_of_a_complaint(centre: Centre) -> None:
    filed = centre.case(KIND)
    for login in STAFF.keys() - HANDLERS - {"admin", "editor"}:
        assert not opens(centre, login, filed.number)
        assert filed.number not in lists_of(centre, login)
        assert WORKFLOWS[KIND].label not in lists_of(centre, login)
    for login in HANDLERS:
        assert opens(centre, login, filed.number)
        assert filed.number in lists_of(centre, login)


def test_it_is_taken_up_and_answered_within_its_limits(centre: Centre) -> None:
    filed = centre.case(KIND)
    assert due(centre, filed) == "2026-11-27"
    centre.take("auditor", filed, "take_up")
    assert due(centre, filed) == "2026-12-15"
    centre.take("director", filed, "answer_complaint", "查过了，属实，已经批评，向您道歉。")
    shown = words_of(centre.follower(filed).get("/status/case"))
    assert "查过了，属实，已经批评，向您道歉。" in shown
    assert "可以再提一份，也可以向上一级工会反映" in shown
    assert find_wrong_cases(centre.office, lambda *_: None) == []


def due(centre: Centre, filed: Filed) -> str:
    """The day that is promised."""
    stored = cases.find_case(centre.office.store, filed.number)
    assert stored
    assert stored.case.due_on
    return stored.case.due_on.isoformat()


@pytest.mark.parametrize(
    ("changed", "kept_out"),
    [
        ({"complained_of": "示范director"}, {"director"}),
        ({"complained_of": "示范 director，二楼"}, {"director"}),
        ({"complained_of": "你们主任"}, {"director"}),
        ({"complained_of": "经审员"}, {"auditor"}),
        ({"complaint_details": "示范auditor 冲我喊"}, {"auditor"}),
        ({"complaint_details": "我找主任说过，没有用"}, set()),
        ({"complained_of": "窗口穿蓝衣服的"}, set()),
    ],
)
def test_who_is_named_does_not_learn_of_it(
    centre: Centre, changed: dict[str, object], kept_out: set[str]
) -> None:
    filed = centre.case(KIND, **changed)
    assert {login for login in HANDLERS if not opens(centre, login, filed.number)} == kept_out
    for login in kept_out:
        assert filed.number not in lists_of(centre, login)
        assert centre.staff(login).get(f"/staff/cases/{filed.number}").status_code == 404
    assert find_wrong_cases(centre.office, lambda *_: None) == []


def test_a_colleague_without_a_name_is_not_found_in_every_word() -> None:
    staff = [Colleague("a", "", frozenset()), Colleague("b", "李", frozenset())]
    assert find_concerned({"complained_of": "李师傅", "complaint_details": "他说"}, staff) == []


def test_a_complaint_that_nobody_could_open_is_refused_with_a_way_on(centre: Centre) -> None:
    browser, token = centre.draft(KIND, {**ANSWERS[KIND], "complained_of": "主任和经审员"})
    shown = browser.post("/complain/check")
    assert shown.status_code == 422
    assert NOBODY_LEFT in words_of(shown)
    assert "向上一级工会反映" in words_of(shown)
    assert not centre.contents().get("cases")
    assert token in centre.chance.tokens  # what was typed is still there
    assert "主任和经审员" in browser.get("/complain/whom").text


def test_who_takes_a_complaint_down_cannot_open_it_even_as_its_reader(centre: Centre) -> None:
    number = key_in_complaint(centre, "intake")
    assert not opens(centre, "intake", number)
    assert number not in lists_of(centre, "intake")
    stored = cases.find_case(centre.office.store, number)
    assert stored
    assert stored.case.excluded == ("intake",)
    assert opens(centre, "director", number)


def test_whoever_handles_it_keeps_others_out_and_lets_them_in_again(centre: Centre) -> None:
    filed = centre.case(KIND)
    auditor = centre.staff("auditor")
    page = f"/staff/cases/{filed.number}"
    auditor.get(page)
    out = {"version": "0", "to": "director", "why": "说的就是他"}
    assert auditor.post(f"{page}/exclude", out).status_code == 303
    assert not opens(centre, "director", filed.number)
    again = {"version": "1", "to": "director", "why": "弄错了"}
    assert auditor.post(f"{page}/readmit", again).status_code == 303
    assert opens(centre, "director", filed.number)


def test_only_those_who_read_it_ring_its_sender_up(centre: Centre) -> None:
    filed = centre.case(KIND)
    centre.case(CaseKind.HARDSHIP)
    centre.take("auditor", filed, "take_up")
    centre.take("auditor", filed, "answer_complaint", "查过了。")
    callers = [login for login, roles in STAFF.items()
               if is_granted(roles, Permission.TELL_APPLICANTS)]  # fmt: skip
    assert set(callers) > HANDLERS
    for login in callers:
        calls = notice_queue.list_calls(centre.office, centre.actor(login), "中心", "12351")
        assert bool([one for one in calls if one.receipt == filed.number]) == (login in HANDLERS)
        if login in HANDLERS:
            assert {one.kind for one in calls} == {"投诉工作人员"}


def test_the_auditor_reads_who_complains_and_nothing_of_other_cases(centre: Centre) -> None:
    filed, other = centre.case(KIND), centre.case(CaseKind.HARDSHIP)
    file = case_file.reveal_identity(
        centre.office, centre.actor("auditor"), filed.number, "contact"
    )
    shown = json.dumps([line.shown for one in file.sections for line in one.lines],
                       ensure_ascii=False)  # fmt: skip
    assert "示范老吴" in shown
    assert "19900000007" in shown
    assert not opens(centre, "auditor", other.number)
    assert other.number not in centre.staff("auditor").get("/staff/?view=open").text


def test_the_names_of_the_test_are_those_of_staff(centre: Centre) -> None:
    assert {"示范director", "示范auditor"} <= set(name_staff(centre.office).values())
