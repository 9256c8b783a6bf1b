"""The list of work by employer, by the last day to claim, and paged both ways."""

import re
from itertools import pairwise

import pytest

from portal.domain.audit.actions import AuditAction
from portal.domain.cases.work_views import VIEWS, select_view
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.rate_limits import RateLimit
from portal.operations.cases import work_list
from portal.store import audit
from tests.app.portal.test_exclusion import exclude
from tests.app.portal.test_work_list import a_busy_week, shown_in
from tests.support.attack import SetLimit
from tests.support.browser import words_of
from tests.support.centre import Centre
from tests.support.databases import each_database


@each_database
def test_a_list_by_employer_shows_that_employer_alone_and_is_logged(centre: Centre) -> None:
    here = centre.case(CaseKind.HARDSHIP, employer="云岭县青禾制衣有限公司")
    kept_out = centre.case(CaseKind.HARDSHIP, employer="青禾制衣")
    other = centre.case(CaseKind.HARDSHIP, employer="云岭县青禾制鞋有限公司")
    exclude(centre, "approver", kept_out, "intake")
    intake = centre.staff("intake")
    page = intake.get("/staff/?view=open&employer=青禾制衣（集团）")
    assert here.number in page.text
    assert "共 1 件" in words_of(page)
    for number in (other.number, kept_out.number):
        assert number not in page.text
    (address,) = re.findall(rf'href="(/staff/cases/{here.number}\?[^"]+)"', page.text)
    assert "employer=" in address
    assert "employer=" in intake.get(address.replace("&amp;", "&")).text
    logged = [one for one, _ in audit.entries(centre.instance) if one.action == AuditAction.SEARCH]
    assert [(one.actor, one.note) for one in logged] == [("intake", "employer in_list")]
    auditor = centre.staff("auditor")
    auditor.get("/staff/audit")
    asked = words_of(auditor.post("/staff/audit/searches", {"wanted": "青禾制衣"}))
    assert "示范intake 单位，在清单里按单位看" in asked
    assert "没有这个单位的" in words_of(intake.get("/staff/?view=open&employer=没有这家"))


@each_database
def test_a_lawyer_lists_what_is_lost_soon_what_first_and_what_may_be_over(centre: Centre) -> None:
    left = {"still_there": "left", "next_deadline": None, "hired_on": None}
    urgent = centre.case(CaseKind.CONSULTATION, **left, left_on="2025-11-27").number
    soon = centre.case(CaseKind.CONSULTATION, **left, left_on="2025-12-10").number
    over = centre.case(CaseKind.CONSULTATION, **left, left_on="2024-05-10").number
    calm = centre.case(CaseKind.CONSULTATION, **left, left_on="2026-11-10").number
    lawyer = centre.staff("lawyer")
    for code, wanted in (("urgent", {urgent}), ("near", {urgent, soon}), ("over", {over})):
        page = lawyer.get(f"/staff/?view=to_do&limit={code}")
        shown = page.text.partition("<tbody>")[2]
        assert {one for one in (urgent, soon, over, calm) if one in shown} == wanted, code
        assert f"limit={code}" in shown
    assert calm in lawyer.get("/staff/?view=to_do&limit=no").text
    intake = centre.staff("intake").get("/staff/?view=to_do&limit=urgent")
    assert 'name="limit"' not in intake.text


@each_database
@pytest.mark.parametrize(
    ("login", "view"),
    [("intake", "open"), ("lawyer", "to_do"), ("lawyer", "ended"), ("approver", "ended")],
)
def test_pages_lead_back_to_where_one_came_from(centre: Centre, login: str, view: str) -> None:
    a_busy_week(centre)
    for _ in range(3):
        filed = centre.case(CaseKind.CONSULTATION)
        centre.take("lawyer", filed, "answer", "可以要。")
        centre.take("lawyer", filed, "close")
        centre.case(CaseKind.CONSULTATION)
    office, actor = centre.office, centre.actor(login)
    chosen = select_view(VIEWS[view], actor, office.today())
    pages = [work_list.read_work(office, actor, chosen, None, 2)]
    while pages[-1].after:
        pages.append(work_list.read_work(office, actor, chosen, pages[-1].after, 2))
    assert pages[0].before is None
    assert all(page.total == len(shown_in(centre, login, view)) for page in pages)
    for earlier, page in pairwise(pages):
        assert page.before
        back = work_list.read_work(office, actor, chosen, None, 2, before=page.before)
        assert back.rows == earlier.rows
        assert (back.before is None) == (earlier.before is None)
        assert back.after == earlier.after


def test_a_page_tells_which_rows_of_how_many_it_shows(centre: Centre) -> None:
    for _ in range(work_list.PAGE + 3):
        centre.case(CaseKind.JOBS)
    intake = centre.staff("intake")
    first = intake.get("/staff/?view=open")
    assert "第 1–20 件，共 23 件" in words_of(first)
    (onward,) = re.findall(r'href="(/staff/\?after=[^"]+)"', first.text)
    second = intake.get(onward.replace("&amp;", "&"))
    assert "第 21–23 件，共 23 件" in words_of(second)
    (back,) = re.findall(r'href="(/staff/\?before=[^"]+)"', second.text)
    again = intake.get(back.replace("&amp;", "&"))
    assert "第 1–20 件，共 23 件" in words_of(again)
    assert re.findall("[A-Z]{2}26-[0-9A-Z-]{9}", again.text) == re.findall(
        "[A-Z]{2}26-[0-9A-Z-]{9}", first.text
    )
    for strange in ("rank=999999", "rank=x", "before=9999.1&rank=5", "before=x", "employer=%00"):
        assert intake.get(f"/staff/?view=open&{strange}").status_code == 200, strange


def test_facts_stand_in_the_order_of_the_decision_and_who_it_is_comes_last(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    page = centre.staff("reviewer").get(f"/staff/cases/{filed.number}").text
    order = ["家人", "收入和困难", "工作", "要的材料", "领钱的卡", "申请人"]
    places = [page.index(f"<h2>{title}</h2>") for title in order]
    assert places == sorted(places)


def test_lists_by_employer_and_searches_for_people_have_one_limit(
    centre: Centre, set_limit: SetLimit
) -> None:
    set_limit(RateLimit.SEARCH_FOR_A_PERSON, 2)
    intake = centre.staff("intake")
    for employer in ("青禾制衣", "青禾制鞋"):
        assert intake.get(f"/staff/?view=open&employer={employer}").status_code == 200
    refused = intake.get("/staff/?view=open&employer=青禾制帽")
    assert refused.status_code == 429
    assert "一小时里查人查得太多了" in words_of(refused)
    found = intake.post("/staff/find", {"wanted": "青禾制衣", "reason": "asks_us"})
    assert found.status_code == 429
    assert intake.get("/staff/?view=open").status_code == 200
