"""The one list of work: what each view shows to whom, whose a case is, and who comes next."""

import re

import pytest

from portal.domain.accounts.permissions import Duties
from portal.domain.cases.work_views import VIEWS, narrow_selection, select_view
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import Changed, NotAccepted, NotAllowed
from portal.operations.cases import assignment, bulk_acts, case_file, work_list
from portal.operations.centre.recount import find_wrong_cases
from tests.support.browser import Browser, words_of
from tests.support.centre import Centre, Filed
from tests.support.databases import each_database

WORKERS = ("intake", "reviewer", "approver", "lawyer")


def shown_in(
    centre: Centre,
    login: str,
    view: str,
    kind: CaseKind | None = None,
    town: str = "",
    limit: int = work_list.PAGE,
) -> list[str]:
    """The receipts that a view shows to somebody, over all its pages."""
    actor, seen, after = centre.actor(login), list[str](), None
    chosen = narrow_selection(select_view(VIEWS[view], actor, centre.office.today()), kind, town)
    while True:
        page = work_list.read_work(centre.office, actor, chosen, after, limit)
        seen += [row.receipt for row in page.rows]
        if (after := page.after) is None:
            return seen


def assign(centre: Centre, login: str, filed: Filed, to: str, why: str = "") -> None:
    """Put a case into hands, as it stands now."""
    actor = centre.actor(login)
    version = case_file.open_file(centre.office, actor, filed.number).case.version
    assignment.assign_case(centre.office, actor, filed.number, version, to, why)


def a_busy_week(centre: Centre) -> dict[str, Filed]:
    """Cases of all sorts, in all sorts of states and hands."""
    filed = {kind: centre.case(kind) for kind in CaseKind}
    cases = {str(kind): one for kind, one in filed.items()}
    cases["accepted"] = centre.case(CaseKind.HARDSHIP)
    centre.take("intake", cases["accepted"], "accept")
    cases["asked"] = centre.case(CaseKind.MEDICAL)
    centre.take("intake", cases["asked"], "request_supplement", "请带身份证。")
    cases["waiting"] = centre.case(CaseKind.HARDSHIP)
    centre.take("intake", cases["waiting"], "accept")
    centre.take("reviewer", cases["waiting"], "refer_for_decision", "核实了。")
    cases["over"] = centre.case(CaseKind.CONSULTATION)
    centre.take("lawyer", cases["over"], "answer", "可以要。")
    assign(centre, "intake", cases[CaseKind.JOBS], "intake")
    return cases


@each_database
def test_what_is_counted_is_what_is_shown(centre: Centre) -> None:
    a_busy_week(centre)
    for _ in range(3):
        for login in WORKERS:
            for tab in work_list.list_views(centre.office, centre.actor(login)):
                if tab.count is not None:
                    shown = shown_in(centre, login, tab.view.code)
                    assert len(shown) == len(set(shown)) == tab.count, (login, tab.view.code)
        centre.clock.advance(days=3)


@each_database
def test_pages_of_any_length_show_each_case_once_the_most_urgent_first(centre: Centre) -> None:
    a_busy_week(centre)
    for login in WORKERS:
        for view in VIEWS:
            whole = shown_in(centre, login, view)
            assert shown_in(centre, login, view, limit=1) == whole
            assert shown_in(centre, login, view, limit=2) == whole
    actor = centre.actor("intake")
    chosen = select_view(VIEWS["open"], actor, centre.office.today())
    days = [row.due_on for row in work_list.read_work(centre.office, actor, chosen, None).rows]
    assert days == sorted(days, key=str)


@each_database
def test_a_view_shows_nothing_of_a_kind_that_one_may_not_open(centre: Centre) -> None:
    cases = a_busy_week(centre)
    legal = {cases[CaseKind.CONSULTATION].number, cases["over"].number}
    for view in VIEWS:
        assert set(shown_in(centre, "lawyer", view)) <= legal
        for login in ("intake", "reviewer", "approver"):
            assert not set(shown_in(centre, login, view)) & legal
    stage = select_view(VIEWS["open"], centre.actor("lawyer"), centre.office.today())
    with pytest.raises(NotAllowed):
        work_list.read_work(centre.office, centre.actor("intake"), stage, None)


def test_what_is_mine_to_do_is_what_i_can_bring_on_and_nobody_else_has(centre: Centre) -> None:
    cases = a_busy_week(centre)
    assert cases["accepted"].number in shown_in(centre, "reviewer", "to_do")
    assert cases["accepted"].number not in shown_in(centre, "intake", "to_do")
    assert cases["waiting"].number in shown_in(centre, "approver", "to_do")
    assert cases["asked"].number in shown_in(centre, "reviewer", "waiting")
    assert cases[CaseKind.JOBS].number in shown_in(centre, "intake", "mine")
    assert cases[CaseKind.JOBS].number not in shown_in(centre, "intake", "free")
    assign(centre, "intake", cases[CaseKind.JOBS], "second-intake", "我明天请假")
    assert cases[CaseKind.JOBS].number not in shown_in(centre, "intake", "to_do")
    assert cases[CaseKind.JOBS].number in shown_in(centre, "second-intake", "mine")


def test_late_work_stands_on_top_and_has_a_view_of_its_own(centre: Centre) -> None:
    late = centre.case(CaseKind.HARDSHIP)
    centre.clock.advance(days=30)
    fresh = centre.case(CaseKind.MEDICAL)
    assert shown_in(centre, "intake", "to_do") == [late.number, fresh.number]
    for login in ("intake", "reviewer", "approver"):
        assert shown_in(centre, login, "late") == [late.number]
    page = centre.staff("intake").get("/staff/")
    assert re.search(r'class="hot">过期的 <b>1</b>', page.text)


def test_a_day_is_late_when_it_is_over_and_not_before(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    due = case_file.open_file(centre.office, centre.actor("intake"), filed.number).case.due_on
    assert due
    centre.clock.advance(days=(due - centre.office.today()).days)
    assert shown_in(centre, "intake", "today") == [filed.number]
    assert shown_in(centre, "intake", "late") == []
    centre.clock.advance(days=1)
    assert shown_in(centre, "intake", "today") == []
    assert shown_in(centre, "intake", "late") == [filed.number]


def test_a_list_is_narrowed_by_kind_and_town(centre: Centre) -> None:
    here = centre.case(CaseKind.HARDSHIP, town="qs01")
    there = centre.case(CaseKind.HARDSHIP, town="qs02")
    other = centre.case(CaseKind.JOBS)
    assert shown_in(centre, "intake", "to_do", CaseKind.HARDSHIP, "qs01") == [here.number]
    assert shown_in(centre, "intake", "to_do", CaseKind.JOBS) == [other.number]
    page = centre.staff("intake").get("/staff/?view=to_do&kind=hardship&town=qs02")
    assert there.number in page.text
    assert here.number not in page.text
    odd = centre.staff("intake").get("/staff/?view=no&kind=no&town=no&after=x")
    assert here.number in odd.text


@each_database
def test_a_case_is_taken_handed_over_and_put_back_with_a_reason(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    intake = centre.staff("intake")
    page = intake.get(f"/staff/cases/{filed.number}")
    assert "承办人： 还没有" in words_of(page) or "承办人：还没有" in words_of(page)
    assert post_to(intake, page.text, filed, to="intake").status_code == 303
    page = intake.get(f"/staff/cases/{filed.number}")
    assert "换了承办人" in words_of(page)
    silent = post_to(intake, page.text, filed, to="second-intake")
    assert silent.status_code == 422
    assert "为什么换人" in words_of(silent)
    said = post_to(intake, page.text, filed, to="second-intake", why="我请假")
    assert said.status_code == 303
    with pytest.raises(NotAccepted, match="不能交给"):
        assign(centre, "intake", filed, "reviewer", "试试")
    with pytest.raises(NotAccepted, match="没有这个人"):
        assign(centre, "intake", filed, "nobody", "试试")
    assign(centre, "approver", filed, "", "放回去")
    assert find_wrong_cases(centre.office, lambda done, of: None) == []
    told = words_of(centre.follower(filed).get("/status/case"))
    assert "承办人" not in told
    assert "请假" not in told
    assert "我请假" not in str(centre.contents())


def post_to(browser: Browser, page: str, filed: Filed, **typed: str):  # type: ignore[no-untyped-def]
    """Send the form that puts a case into hands."""
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return browser.post(f"/staff/cases/{filed.number}/assign", {"version": found[1], **typed})


def test_two_who_take_a_case_at_once_do_not_both_have_it(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    assignment.assign_case(centre.office, centre.actor("intake"), filed.number, 0, "intake", "")
    other = centre.actor("second-intake")
    with pytest.raises(Changed):
        assignment.assign_case(centre.office, other, filed.number, 0, "second-intake", "")


def test_who_keyed_a_case_in_is_not_given_the_step_that_he_may_not_take(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    centre.take("intake", filed, "accept")
    centre.take("reviewer", filed, "refer_for_decision", "好")
    case = case_file.open_file(centre.office, centre.actor("approver"), filed.number).case
    hands = set(assignment.list_colleagues(centre.office, case))
    assert "approver" in hands
    assert not hands & {"intake", "reviewer", "lawyer", "auditor", "admin", "editor"}


@each_database
def test_a_whole_load_goes_over_and_what_one_may_not_open_stays_unsaid(centre: Centre) -> None:
    first, second = centre.case(CaseKind.HARDSHIP), centre.case(CaseKind.JOBS)
    for filed in (first, second):
        assign(centre, "intake", filed, "intake")
    approver, lawyer = centre.actor("approver"), centre.actor("lawyer")
    with pytest.raises(NotAllowed):
        bulk_acts.hand_over_all(centre.office, lawyer, "intake", "lawyer", "病了")
    with pytest.raises(NotAccepted):
        bulk_acts.hand_over_all(centre.office, approver, "intake", "second-intake", " ")
    told = bulk_acts.hand_over_all(centre.office, approver, "intake", "second-intake", "病了")
    assert (told.done, told.refused) == ((first.number,), ())
    assert shown_in(centre, "intake", "mine") == [second.number]
    intake = centre.actor("intake")
    told = bulk_acts.hand_over_all(centre.office, intake, "intake", "second-intake", "病了")
    assert (told.done, told.refused) == ((second.number,), ())


def test_who_leaves_or_gets_other_duties_leaves_nothing_behind(centre: Centre) -> None:
    first, second = centre.case(CaseKind.HARDSHIP), centre.case(CaseKind.CONSULTATION)
    assign(centre, "intake", first, "intake")
    assign(centre, "lawyer", second, "lawyer")
    assignment.disable_and_release(centre.office, "intake", "admin")
    assert shown_in(centre, "second-intake", "free") == [first.number]
    roles = centre.actor("editor").roles
    assignment.change_duties_and_release(centre.office, "lawyer", Duties(roles), "admin")
    assert shown_in(centre, "second-lawyer", "free") == [second.number]
    assert find_wrong_cases(centre.office, lambda done, of: None) == []


def test_three_cases_are_accepted_with_four_clicks(centre: Centre) -> None:
    filed = [centre.case(CaseKind.HARDSHIP).number for _ in range(3)]
    intake = centre.staff("intake")
    listed = intake.get("/staff/").text
    (address,) = re.findall(rf'href="(/staff/cases/{filed[0]}\?[^"]+)"', listed)
    for expected in (*filed[1:], None):
        page = intake.get(address.replace("&amp;", "&"))
        found = re.search(r'action="(/staff/cases/[^"]+/accept\?[^"]+)"', page.text)
        version = re.search(r'name="version" value="(\d+)"', page.text)
        assert found
        assert version
        gone = intake.post(found[1].replace("&amp;", "&"), {"version": version[1], "then": "next"})
        assert gone.status_code == 303
        address = gone.headers["Location"]
        assert (f"/cases/{expected}?" in address) if expected else "/staff/?" in address
    end = words_of(intake.get(address))
    assert f"上一件 {filed[2]} 现在是：已受理，待核实" in end
    assert "该您办的都办完了" in end


def test_a_case_that_was_only_written_to_is_not_shown_again_as_the_next(centre: Centre) -> None:
    centre.case(CaseKind.CONSULTATION)
    centre.clock.advance(hours=1)
    lawyer = centre.actor("lawyer")
    chosen = select_view(VIEWS["to_do"], lawyer, centre.office.today())
    rows = work_list.read_work(centre.office, lawyer, chosen, None).rows
    assert work_list.find_next(centre.office, lawyer, chosen, None, rows[0].receipt) is None


def test_who_may_not_open_a_case_does_not_read_its_state(centre: Centre) -> None:
    number = centre.case(CaseKind.CONSULTATION).number
    assert "现在是：" not in words_of(centre.staff("intake").get(f"/staff/?done={number}"))
    assert "现在是：" in words_of(centre.staff("lawyer").get(f"/staff/?done={number}"))


def test_an_unreadable_name_does_not_stop_the_list(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    table = centre.instance.db.table("cases")
    row = next(iter(table))
    table.update({"sealed": {**row["sealed"], "name": "v1.x"}}, doc_ids=[row.doc_id])
    page = centre.staff("intake").get("/staff/")
    assert filed.number in page.text
    assert "打不开" in words_of(page)
