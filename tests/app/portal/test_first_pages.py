"""First pages: each post sees its work, and every number is the list that it leads to."""

import re
from dataclasses import replace
from datetime import date

from portal.domain.accounts.permissions import Role
from portal.domain.cases.promise_count import PromiseCount, count_promises
from portal.domain.shared.case_kinds import CaseKind
from portal.newsroom import manuscripts
from portal.newsroom.desk import look_at_desk
from portal.operations.accounts.staff_accounts import set_disabled
from portal.operations.cases.director_page import make_briefing
from portal.store import accounts, cases
from portal.store.accounts import Account
from tests.app.portal.test_exclusion import exclude
from tests.support.browser import words_of
from tests.support.centre import Centre
from tests.support.databases import each_database
from tests.support.samples import PASSWORD

NUMBER = re.compile(r"([0-9]+) 件")


def promises_of(centre: Centre, number: str, first: str, last: str) -> PromiseCount:
    stored = cases.find_case(centre.instance, number)
    assert stored
    history = cases.history(centre.instance, stored)
    days = date.fromisoformat(first), date.fromisoformat(last)
    return count_promises(stored.case, history, centre.office.rules, *days)


@each_database
def test_each_sentence_of_the_director_is_the_list_it_leads_to(centre: Centre) -> None:
    for kind in CaseKind:
        centre.case(kind)
    centre.clock.advance(days=30)
    for one in accounts.all_accounts(centre.instance):
        if Role.REVIEWER in one.roles:
            set_disabled(centre.office, one.login, True, "admin")
    stuck = centre.case(CaseKind.MEDICAL)
    centre.take("intake", stuck, "accept")
    director = centre.staff("director")
    page = director.get("/staff/").text
    told = re.findall(r"<li[^>]*><span>(.*?)</span><a href=\"([^\"]+)\">", page)
    assert {"late", "stuck"} <= {address.partition("view=")[2] for _, address in told}
    for sentence, address in told:
        found = NUMBER.search(sentence)
        assert found
        listed = words_of(director.get(address.replace("&amp;", "&")))
        assert f"共 {found[1]} 件" in listed, sentence
    assert len(told) <= 10
    assert "法律咨询" not in page


@each_database
def test_the_director_is_told_nothing_of_what_he_keeps_out_of(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    centre.clock.advance(days=30)
    director = centre.actor("director")
    assert make_briefing(centre.office, director).late == {CaseKind.HARDSHIP: 1}
    exclude(centre, "approver", filed, "director")
    told = make_briefing(centre.office, director)
    assert (told.late, sum(told.views.values())) == ({}, 0)
    assert told.lost_soon is None
    assert "没有要您过问的" in words_of(centre.staff("director").get("/staff/"))


def test_a_promise_is_kept_on_its_day_and_missed_the_day_after(centre: Centre) -> None:
    kept, missed, asked = (centre.case(CaseKind.HARDSHIP) for _ in range(3))
    stored = cases.find_case(centre.instance, kept.number)
    assert stored
    assert stored.case.due_on
    centre.take("intake", asked, "request_supplement", "请带身份证。")
    centre.clock.advance(days=(stored.case.due_on - centre.office.today()).days)
    centre.take("intake", kept, "accept")
    centre.clock.advance(days=1)
    centre.take("intake", missed, "accept")
    whole = ("2026-01-01", "2026-12-31")
    assert promises_of(centre, kept.number, *whole) == PromiseCount(1, 0)
    assert promises_of(centre, missed.number, *whole) == PromiseCount(0, 1)
    assert promises_of(centre, asked.number, *whole) == PromiseCount(0, 0)
    assert promises_of(centre, missed.number, "2026-01-01", "2026-11-24") == PromiseCount(0, 0)
    centre.clock.advance(days=7)
    told = make_briefing(centre.office, centre.actor("director"))
    assert missed.number in told.missed or told.until < date(2026, 11, 26)


def test_the_auditor_reads_how_often_each_kind_of_act_was_done(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    exclude(centre, "approver", filed, "intake")
    auditor = centre.staff("auditor")
    page = auditor.get("/staff/")
    assert "回避：1 次" in words_of(page)
    (address,) = re.findall(r'href="(/staff/audit\?act=exclusions[^"]+)"', page.text)
    assert "共 1 条" in words_of(auditor.get(address.replace("&amp;", "&")))


def test_the_administrator_reads_who_cannot_sign_in_yet_and_how_old_copies_are(
    centre: Centre,
) -> None:
    admin = centre.staff("admin")
    shown = words_of(admin.get("/staff/"))
    assert "没有设密码" not in shown
    assert "没有做过备份" in shown
    assert "GB" in shown
    fresh = Account("newcomer", "新来的", frozenset({Role.EDITOR}))
    accounts.add_account(centre.instance, fresh)
    assert "1 个账号还没有设密码：新来的。" in words_of(admin.get("/staff/"))
    accounts.save_account(centre.instance, replace(fresh, disabled=True))
    assert "没有设密码" not in words_of(admin.get("/staff/"))
    assert PASSWORD not in shown


def test_an_editor_finds_what_came_back_and_what_he_began(centre: Centre) -> None:
    editor, approver = centre.actor("editor"), centre.actor("approver")
    assert "没有要您办的稿子" in words_of(centre.staff("editor").get("/staff/"))
    key = "notices/opening-hours"
    text = "---\n标题: 窗口改时间\n---\n\n星期六也开门。\n"
    manuscripts.begin_article(centre.office, editor, "notices", "opening-hours", text)
    assert "写了一半：《窗口改时间》" in words_of(centre.staff("editor").get("/staff/"))
    manuscripts.hand_over_manuscript(centre.office, editor, key, 1)
    assert "等别人审发：《窗口改时间》" in words_of(centre.staff("editor").get("/staff/"))
    assert [one.key for one in look_at_desk(centre.office, approver).to_release] == [key]
    assert look_at_desk(centre.office, editor).to_release == ()
    manuscripts.return_manuscript(centre.office, approver, key, 2, "写清从哪天起")
    shown = centre.staff("editor").get("/staff/")
    assert "退回来了：《窗口改时间》" in words_of(shown)
    assert "原因：写清从哪天起" in words_of(shown)
    assert f'href="/staff/content/{key}"' in shown.text


def test_who_opens_cases_begins_with_the_list(centre: Centre) -> None:
    centre.case(CaseKind.HARDSHIP)
    for login in ("intake", "reviewer", "approver", "lawyer"):
        assert "该我办" in words_of(centre.staff(login).get("/staff/"))
    assert "今天要您过问的" not in words_of(centre.staff("approver").get("/staff/"))
    assert "没办完的" in words_of(centre.staff("director").get("/staff/?view=open"))
