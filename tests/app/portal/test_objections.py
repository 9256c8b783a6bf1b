"""Objections to public lists: where they come from, who sees them, who decides, what is told."""

from collections.abc import Iterator
from datetime import date
from gzip import compress
from pathlib import Path
from urllib.parse import urlencode

import pytest

from portal.domain.cases.work_views import select_stage
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.forms.answers import Context
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAllowed
from portal.operations.cases import case_file, code_reissue, work_list
from portal.public.site.public_notices import lists_on_show
from portal.web.paper_forms import describe_form
from site_src.portal_addresses import CHECKLISTS
from tests.support.browser import words_of
from tests.support.centre import Centre, Filed
from tests.support.databases import each_database
from tests.support.samples import ANSWERS, STAFF
from tests.support.walking import walk, went_on

KIND = CaseKind.OBJECTION
UNNAMED = {
    name: value for name, value in ANSWERS[KIND].items()
    if name not in {"name", "mobile", "may_contact", "call_times"}
} | {"leaves_name": "unnamed"}  # fmt: skip
OPEN_LIST = '<h2 id="list-2026-11-23">2026 年 11 月 23 日公示的帮扶名单</h2>'


@pytest.fixture
def listed(centre: Centre) -> Iterator[Centre]:
    """A centre whose site shows one list."""
    page = centre.root / "build" / "site" / "public-lists" / "index.html"
    page.parent.mkdir(exist_ok=True)
    page.write_text(OPEN_LIST, "utf-8")
    yield centre
    page.unlink()


def checked(centre: Centre, **changed: object) -> Filed:
    """An objection that the reviewer has looked into."""
    filed = centre.case(KIND, **changed)
    centre.take("reviewer", filed, "begin_checking")
    centre.take("reviewer", filed, "refer_for_decision", "店是他弟弟的。")
    return filed


def test_the_list_that_led_here_is_filled_in(listed: Centre) -> None:
    browser = listed.browser()
    shown = browser.get("/objection?list=2026-11-23")
    assert "您看的是： 2026年11月23日开始公示的名单" in words_of(shown)
    assert shown.text.count('value="2026-11-23"') == 1
    assert went_on(browser.post("/objection", {"list": "2026-11-23"})) == "/objection/list"
    assert 'value="2026-11-23"' in browser.get("/objection/list").text


@pytest.mark.parametrize("told", ["2026-11-22", "", "\u9648", "<script>", "2026-11-23' --"])
def test_a_list_that_is_not_on_show_is_not_taken_from_the_address(
    listed: Centre, told: str
) -> None:
    browser = listed.browser()
    shown = browser.get(f"/objection?{urlencode({'list': told})}")
    assert "您看的是：" not in words_of(shown)
    assert "开始填：2026年11月23日开始公示的名单" in words_of(shown)
    assert "开始填：不在里面，或者说不清" in words_of(shown)
    went_on(browser.post("/objection", {"list": told}))
    assert 'name="listed_on" value=""' in browser.get("/objection/list").text


def test_without_a_list_nothing_is_asked_about_one_before_the_form(centre: Centre) -> None:
    assert "您看的是哪一份名单" not in words_of(centre.browser().get("/objection"))
    assert "您看的是哪一份名单" not in words_of(centre.browser().get("/apply"))


def test_who_leaves_no_name_is_asked_nothing_of_himself_and_still_follows(
    centre: Centre,
) -> None:
    browser = centre.browser()
    visited = walk(browser, JOURNEYS[KIND], UNNAMED)
    assert "contact" not in visited
    went_on(browser.post("/objection/check"))
    receipt = words_of(browser.get("/objection/receipt"))
    assert "没有留名的补不了" in receipt
    ((_, row),) = centre.contents()["cases"].items()
    assert [one["what"] for one in centre.contents()["traces"].values()] == ["receipt_end"]
    assert not row["sealed"].keys() & {"name", "mobile"}


@each_database
def test_an_unnamed_objector_reads_that_nobody_can_ring_him_up(centre: Centre) -> None:
    filed = checked(centre, **dict.fromkeys(("name", "mobile", "may_contact", "call_times")),
                    leaves_name="unnamed")  # fmt: skip
    assert not centre.contents().get("outbox")
    centre.take("approver", filed, "keep_list", "查过了，和名单上写的一样。")
    shown = words_of(centre.follower(filed).get("/status/case"))
    assert "您没有留电话" in shown
    assert "查过了，和名单上写的一样。" in shown
    assert "店是他弟弟的" not in shown
    (row,) = work_list.read_work(
        centre.office, centre.actor("approver"), select_stage(KIND, "list_kept"), None
    ).rows
    assert (row.who, row.about) == ("没有留名", "收入、家里情况不符")


def test_a_code_that_was_lost_without_a_name_is_gone(centre: Centre) -> None:
    filed = checked(centre, **dict.fromkeys(("name", "mobile", "may_contact", "call_times")),
                    leaves_name="unnamed")  # fmt: skip
    with pytest.raises(NotAllowed, match="没有留名"):
        code_reissue.ask_for_code(centre.office, centre.actor("intake"), filed.number)


def test_who_checked_does_not_decide(centre: Centre) -> None:
    filed = centre.case(KIND)
    centre.take("everything", filed, "begin_checking")
    centre.take("reviewer", filed, "refer_for_decision", "情况属实。")
    for step in ("change_list", "keep_list"):
        with pytest.raises(NotAllowed, match="换一个人"):
            centre.take("everything", filed, step, "改了。")
    centre.take("approver", filed, "change_list", "这一户撤下来了。")
    shown = words_of(centre.follower(filed).get("/status/case"))
    assert "您说得对，名单改了" in shown
    assert "这一户撤下来了。" in shown
    assert "情况属实。" not in shown


def test_only_those_who_deal_with_it_may_open_it(centre: Centre) -> None:
    filed = centre.case(KIND)
    for login, roles in STAFF.items():
        actor = centre.actor(login)
        if roles & WORKFLOWS[KIND].readers:
            assert case_file.open_file(centre.office, actor, filed.number)
        else:
            with pytest.raises(NotAllowed):
                case_file.open_file(centre.office, actor, filed.number)


def test_name_of_the_objector_and_of_the_listed_stay_masked_until_somebody_says_why(
    centre: Centre,
) -> None:
    filed = centre.case(KIND, listed_name="陈示范")
    staff = centre.staff("reviewer")
    shown = words_of(staff.get(f"/staff/cases/{filed.number}"))
    assert "示范老周" not in shown
    assert "陈示范" not in shown
    shown = words_of(staff.post(f"/staff/cases/{filed.number}/reveal", {"reason": "contact"}))
    assert "示范老周" in shown
    assert "陈示范" in shown


@each_database
def test_an_objection_is_taken_up_within_one_working_day(centre: Centre) -> None:
    filed = centre.case(KIND)
    case = case_file.open_file(centre.office, centre.actor("reviewer"), filed.number).case
    assert str(case.due_on) == "2026-11-25"


@pytest.mark.parametrize("address", CHECKLISTS)
def test_what_to_bring_is_told_to_anybody_and_nothing_is_kept(centre: Centre, address: str) -> None:
    before = centre.contents()
    browser = centre.browser()
    start = browser.get(f"/{address}")
    assert f'href="/{address}/papers-needed"' in start.text
    fresh = centre.browser()
    shown = fresh.get(f"/{address}/papers-needed")
    words = words_of(shown)
    for said in ("要带什么", "没有也能先填", "有下面情况的"):
        assert said in words
    assert "<script" not in shown.text
    assert len(compress(shown.data)) < 14 * 1024
    assert centre.contents() == before


def test_a_form_without_papers_has_no_list_of_them(centre: Centre) -> None:
    browser = centre.browser()
    assert "papers-needed" not in browser.get("/find-work").text
    for address in ("find-work", "my-data", "objection"):
        assert browser.get(f"/{address}/papers-needed").status_code == 404


def test_the_page_of_lists_may_be_missing(tmp_path: Path) -> None:
    assert lists_on_show(tmp_path) == {}


def test_on_paper_who_leaves_no_name_need_not_sign() -> None:
    for kind, journey in JOURNEYS.items():
        form = describe_form(journey, Context(date.min, {"town": ()}))
        assert form["may_be_unnamed"] is (kind in {KIND, CaseKind.COMPLAINT})
