"""A new secret code for a lost one: two persons, one day, and the worker sees it."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pypdfium2
import pytest
from werkzeug.test import TestResponse

from portal.domain.audit.actions import AuditAction
from portal.domain.cases.events import CodeReissueConfirmed
from portal.domain.forms.journeys import JOURNEYS, words_for_lost_codes
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAllowed
from portal.operations.accounts import staff_accounts
from portal.operations.cases import code_reissue
from portal.store import audit, cases
from tests.support.browser import Browser, typed_in, words_of
from tests.support.centre import Centre, Filed
from tests.support.databases import each_database
from tests.support.following import look_up
from tests.support.printed import text_of
from tests.support.samples import LAST_TICKS
from tests.support.walking import went_on

CODE = re.compile(r"(?:[0-9]{4} ){3}[0-9]{4}")


def at(centre: Centre, login: str, number: str) -> Browser:
    """A browser of staff that looks at the case."""
    browser = centre.staff(login)
    browser.get(f"/staff/cases/{number}")
    return browser


def press(browser: Browser, number: str, act: str = "", **typed: str) -> TestResponse:
    """Press a button of the box on the page of the case."""
    return browser.post(f"/staff/cases/{number}/new-code{act}", typed)


def confirmed(centre: Centre, number: str, duty: str = "intake") -> tuple[Browser, str]:
    """Who asked, with the yes of a colleague of his duty, and the once of his page."""
    asking, agreeing = (at(centre, login, number) for login in (duty, f"second-{duty}"))
    went_on(press(asking, number, checked="yes"))
    went_on(press(agreeing, number, "/confirm"))
    return asking, typed_in(asking.get(f"/staff/cases/{number}"), "once")[0]


def code_on(shown: TestResponse) -> str:
    """The code that a page shows."""
    assert shown.status_code == 200, words_of(shown)
    found = CODE.search(words_of(shown))
    assert found
    return found[0]


def opens(centre: Centre, number: str, code: str) -> bool:
    """Whether number and code open the case."""
    return look_up(centre.browser(), number, code).status_code == 303


@each_database
def test_a_new_code_replaces_the_lost_one_everywhere(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.HARDSHIP)
    went_on(browser.post("/apply/check", LAST_TICKS))
    number, old = re.findall(r'class="number[^>]*>([^<]+)<', browser.get("/apply/receipt").text)
    follower = centre.follower(Filed(number, old, CaseKind.HARDSHIP))
    clerk, once = confirmed(centre, number)
    assert opens(centre, number, old)  # until the new one is taken
    issued = press(clerk, number, "/take", once=once)
    new = code_on(issued)
    assert new != old
    assert words_of(press(clerk, number, "/take", once=once)) == words_of(issued)
    sheet = press(clerk, number, "/receipt.pdf", once=once)
    assert new.replace(" ", "") in text_of(pypdfium2.PdfDocument(sheet.data)[0])
    assert went_on(follower.get("/status/case")) == "/status"  # the open page dies with the code
    assert opens(centre, number, new)
    assert not opens(centre, number, old)
    assert old not in browser.get("/apply/receipt").text
    assert new.replace(" ", "") not in str(centre.contents())
    assert token not in str(centre.contents())
    acts = [(one.actor, one.action) for one, _ in audit.entries(centre.instance)]
    wanted = [("intake", AuditAction.ASK_FOR_NEW_CODE),
              ("second-intake", AuditAction.CONFIRM_NEW_CODE),
              ("intake", AuditAction.REISSUE_CODE)]  # fmt: skip
    assert [act for act in acts if act in wanted] == wanted


@pytest.mark.parametrize(
    "kind", [one for one in JOURNEYS if one is not CaseKind.COMPLAINT], ids=str
)
def test_with_the_new_code_a_case_of_every_kind_can_be_withdrawn(
    centre: Centre, kind: CaseKind
) -> None:
    filed = centre.case(kind)
    duty = "lawyer" if kind is CaseKind.CONSULTATION else "intake"
    clerk, once = confirmed(centre, filed.number, duty)
    new = code_on(press(clerk, filed.number, "/take", once=once))
    assert not opens(centre, filed.number, filed.code)
    follower = centre.follower(Filed(filed.number, new, kind))
    follower.get("/status/case/withdraw")
    went_on(follower.post("/status/case/withdraw", {"words": ""}))
    assert "已撤回" in words_of(follower.get("/status/case"))


def test_the_second_person_finds_it_on_the_first_page_and_on_the_case(centre: Centre) -> None:
    number = centre.case(CaseKind.HARDSHIP).number
    asking = at(centre, "intake", number)
    went_on(press(asking, number, checked="yes"))
    agreeing = centre.staff("second-intake")
    for login, words in (("second-intake", "等您确认"), ("intake", "还没有人确认")):
        shown = words_of(centre.staff(login).get("/staff/"))
        assert number in shown
        assert words in shown
    for login in ("reviewer", "lawyer"):
        assert "等第二个人确认" not in words_of(centre.staff(login).get("/staff/"))
    shown = words_of(agreeing.get(f"/staff/cases/{number}"))
    assert "本人在窗口，身份证已经核对" in shown
    assert "取新的查询码" not in words_of(asking.get(f"/staff/cases/{number}"))
    went_on(press(agreeing, number, "/confirm"))
    assert "请您取新的查询码" in words_of(asking.get("/staff/"))
    assert "等第二个人确认" not in words_of(agreeing.get("/staff/"))
    assert "取新的查询码" in words_of(asking.get(f"/staff/cases/{number}"))


def test_the_worker_sees_that_somebody_asks_before_his_code_dies(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    worker = centre.follower(filed)
    code_reissue.ask_for_code(centre.office, centre.actor("intake"), filed.number)
    shown = words_of(worker.get("/status/case"))
    assert "不是您本人，请马上打" in shown
    assert "身份证已经核对" not in shown
    code_reissue.refuse_code(
        centre.office, centre.actor("second-intake"), filed.number, "问了不像。"
    )
    shown = words_of(worker.get("/status/case"))
    assert "不是您本人" not in shown
    assert "没有补办查询码" in shown
    assert "问了不像" not in shown
    assert "intake" not in shown
    assert "问了不像" in words_of(centre.staff("intake").get(f"/staff/cases/{filed.number}"))


def test_a_refusal_needs_words_and_ends_the_request(centre: Centre) -> None:
    number = centre.case(CaseKind.HARDSHIP).number
    clerk, once = confirmed(centre, number)
    other = at(centre, "second-intake", number)
    empty = press(other, number, "/refuse", why_not=" ")
    assert empty.status_code == 422
    assert "请写为什么不同意" in words_of(empty)
    long = press(other, number, "/refuse", why_not="长" * 301)
    assert typed_in(long, "why_not") == ["长" * 301]
    went_on(press(other, number, "/refuse", why_not="电话里说他没有来过。"))
    late = press(clerk, number, "/take", once=once)
    assert late.status_code == 403
    assert "今天没有确认过的补办" in words_of(late)
    went_on(press(clerk, number, checked="yes"))
    went_on(press(clerk, number, "/refuse", why_not="人走了。"))  # his own, too


def test_nobody_is_his_own_second_person(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    clerk = at(centre, "intake", filed.number)
    unticked = press(clerk, filed.number)
    assert unticked.status_code == 422
    assert "请先核对是不是本人" in words_of(unticked)
    for _ in range(2):  # a second tap asks once
        went_on(press(clerk, filed.number, checked="yes"))
    for act, typed in (("/confirm", {}), ("/take", {"once": "o" * 22})):
        refused = press(clerk, filed.number, act, **typed)
        assert refused.status_code == 403
    types = [row["type"] for row in centre.contents()["events"].values()]
    assert types == ["CaseSubmitted", "CodeReissueAsked"]
    assert opens(centre, filed.number, filed.code)
    assert press(clerk, filed.number, "/take", once="short").status_code == 422


@each_database
def test_a_confirmation_of_yesterday_is_worth_nothing(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    confirmed(centre, filed.number)
    centre.clock.advance(days=1)
    with pytest.raises(NotAllowed, match="只当天有用"):
        code_reissue.hand_out_code(centre.office, centre.actor("intake"), filed.number, "o" * 22)
    assert opens(centre, filed.number, filed.code)
    assert "等第二个人确认" not in words_of(centre.staff("second-intake").get("/staff/"))
    assert "登记补办查询码" in words_of(at(centre, "intake", filed.number).get(
        f"/staff/cases/{filed.number}"))  # fmt: skip
    assert centre.new_code(filed)


def test_the_same_once_gives_the_same_code_and_another_once_gives_none(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    clerk, once = confirmed(centre, filed.number)
    code = code_on(press(clerk, filed.number, "/take", once=once))
    before = centre.contents()["events"]
    assert code_on(press(clerk, filed.number, "/take", once=once)) == code
    again = press(clerk, filed.number, "/take", once="o" * 22)
    assert again.status_code == 403
    assert centre.contents()["events"] == before
    assert opens(centre, filed.number, code)
    newer = centre.new_code(filed)
    assert press(clerk, filed.number, "/take", once=once).status_code == 403
    assert opens(centre, filed.number, newer)
    confirmed(centre, filed.number)
    assert code_on(press(clerk, filed.number, "/take", once=once)) not in {code, newer}


@each_database
def test_of_two_who_confirm_at_the_same_moment_one_is_noted(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    code_reissue.ask_for_code(centre.office, centre.actor("intake"), filed.number)

    def agree(login: str) -> str:
        try:
            code_reissue.confirm_code(centre.office, centre.actor(login), filed.number)
        except NotAllowed as refused:
            return str(refused)
        return ""

    with ThreadPoolExecutor(4) as pool:
        logins = ["second-intake", "everything"] * 2
        said = dict(zip(logins, pool.map(agree, logins), strict=True))
    assert sorted(map(bool, said.values())) == [False, True]
    stored = cases.find_case(centre.office.store, filed.number)
    assert stored
    history = cases.history(centre.office.store, stored)
    assert [type(one) for one in history].count(CodeReissueConfirmed) == 1


@each_database
def test_two_taps_at_the_same_moment_give_one_code(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    clerk, once = confirmed(centre, filed.number)
    tabs = [clerk.twin() for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        shown = list(pool.map(lambda tab: press(tab, filed.number, "/take", once=once), tabs))
    assert len({code_on(one) for one in shown}) == 1
    types = [row["type"] for row in centre.contents()["events"].values()]
    assert types.count("CodeReissued") == 1


def test_nobody_gives_out_a_code_for_a_case_he_may_not_open(centre: Centre) -> None:
    number = centre.case(CaseKind.CONSULTATION).number
    code_reissue.ask_for_code(centre.office, centre.actor("lawyer"), number)
    for login in ("intake", "second-intake", "reviewer", "approver"):
        clerk = centre.staff(login)
        clerk.get("/staff/account")
        before = centre.contents()
        for act in ("", "/confirm", "/refuse", "/take", "/receipt.pdf"):
            typed = {"checked": "yes", "why_not": "不同意", "once": "o" * 22}
            assert press(clerk, number, act, **typed).status_code == 403
        assert centre.contents() == before
    assert centre.new_code(number, "lawyer", "second-lawyer")


def test_a_new_code_needs_the_token_of_the_form(centre: Centre) -> None:
    number = centre.case(CaseKind.HARDSHIP).number
    clerk = centre.staff("intake")
    for act in ("new-code", "new-code/confirm", "new-code/take", "reveal"):
        sent = clerk.post_as_is(
            f"/staff/cases/{number}/{act}", {"checked": "yes", "reason": "contact"}
        )
        assert sent.status_code == 400


def test_a_centre_with_one_person_says_so_and_what_to_do(centre: Centre) -> None:
    number = centre.case(CaseKind.CONSULTATION).number
    page = f"/staff/cases/{number}"
    lawyer = centre.staff("lawyer")
    assert "可以确认的同事：示范second-lawyer" in words_of(lawyer.get(page))
    staff_accounts.set_disabled(centre.office, "second-lawyer", True, "admin")
    shown = lawyer.get(page)
    assert "只有您一个人" in words_of(shown)
    assert "给另一位同事加一个律师的账号" in words_of(shown)
    assert 'name="checked"' not in shown.text
    other = centre.case(CaseKind.HARDSHIP).number
    assert "加一个受理员的账号" not in words_of(centre.staff("intake").get(f"/staff/cases/{other}"))


def test_who_left_neither_card_nor_phone_gets_no_new_code(centre: Centre) -> None:
    filed = centre.case(CaseKind.OBJECTION, leaves_name="unnamed", name=None, mobile=None)
    clerk = at(centre, "intake", filed.number)
    refused = press(clerk, filed.number, checked="yes")
    assert refused.status_code == 403
    assert "没法核对是谁" in words_of(refused)


def test_the_look_up_says_of_every_form_what_its_receipt_says_of_a_lost_code(
    centre: Centre,
) -> None:
    shown = words_of(centre.browser().get("/status"))
    for words, titles in words_for_lost_codes().items():
        assert f"{''.join(f'“{title}”' for title in titles)} {words}" in shown
    told = [title for titles in words_for_lost_codes().values() for title in titles]
    assert sorted(told) == sorted(journey.title for journey in JOURNEYS.values())


def test_a_request_of_the_last_minute_lapses_at_midnight_in_shanghai(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    centre.clock.now = centre.clock.now.replace(hour=15, minute=59)
    code_reissue.ask_for_code(centre.office, centre.actor("intake"), filed.number)
    second = centre.actor("second-intake")
    assert [one.receipt for one in code_reissue.list_waiting(centre.office, second)] == [
        filed.number
    ]
    centre.clock.now += timedelta(minutes=1)
    assert code_reissue.list_waiting(centre.office, second) == []
    with pytest.raises(NotAllowed, match="今天没有等着确认的补办"):
        code_reissue.confirm_code(centre.office, second, filed.number)
