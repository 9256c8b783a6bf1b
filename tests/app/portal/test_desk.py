"""The workbench: masked identities, second person, stale pages, words that are not lost."""

import re

import pytest

from portal.domain.accounts.permissions import Role
from portal.domain.forms.answer_summary import Reader
from portal.domain.forms.answers import Answers
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.accounts import staff_accounts
from portal.operations.cases.case_file import list_doubts
from portal.store import audit
from tests.support.browser import words_of
from tests.support.centre import Centre
from tests.support.databases import each_database
from tests.support.photographs import case_with_photo
from tests.support.samples import COWORKERS
from tests.support.walking import went_on

IDENTIFYING = ("示范老陈", "419999197001010014", "19900000002", "6222000000000000008", "示范小囡",
               "示范代办", "19900000001")  # fmt: skip


def acts(centre: Centre) -> list[tuple[str, str, str, str]]:
    """Who did what to which object, with the note, oldest first."""
    return [
        (one.actor, one.action, one.object, one.note) for one, _ in audit.entries(centre.instance)
    ]


def waiting_for_decision(centre: Centre) -> str:
    """The number of a case that one person accepted and another referred."""
    receipt = centre.case(CaseKind.HARDSHIP)
    centre.take("intake", receipt, "accept")
    centre.take("reviewer", receipt, "refer_for_decision", "属实。")
    return receipt.number


@each_database
def test_an_application_is_approved_by_three_people(centre: Centre) -> None:
    number = waiting_for_decision(centre)
    approver = centre.staff("approver")
    address = f"/staff/cases/{number}"
    assert "属实。" in words_of(approver.get(address))
    typed = {"version": "2", "words": "符合条件。"}
    asked = approver.post(f"{address}/approve", typed)
    assert "还没有办。请再看一遍" in words_of(asked)
    sent = approver.post(f"{address}/approve", {**typed, "confirmed": "yes"})
    assert went_on(sent) == address
    assert "已批准" in words_of(approver.get(address))


@pytest.mark.parametrize("step", ["accept", "refer_for_decision"])
def test_who_handled_a_case_may_not_decide_on_it(centre: Centre, step: str) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    centre.take("everything" if step == "accept" else "intake", receipt, "accept")
    referrer = "everything" if step == "refer_for_decision" else "reviewer"
    centre.take(referrer, receipt, "refer_for_decision", "属实。")
    browser = centre.staff("everything")
    address = f"/staff/cases/{receipt.number}"
    shown = browser.get(address)
    assert f"{address}/approve" not in shown.text
    assert f"{address}/return_for_checking" in shown.text
    for decision in ("approve", "refuse"):
        sent = browser.post(f"{address}/{decision}", {"version": "2", "words": "我来批。"})
        assert sent.status_code == 403
        assert "要换一个人办" in words_of(sent)
        assert "我来批。" in words_of(sent)
    assert "待审批" in words_of(browser.get(address))


def test_who_accepted_may_refer_but_never_decide(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    centre.take("everything", receipt, "accept")
    browser = centre.staff("everything")
    address = f"/staff/cases/{receipt.number}"
    browser.get(address)
    sent = browser.post(f"{address}/refer_for_decision", {"version": "1", "words": "属实。"})
    assert sent.status_code == 303
    browser.get(address)
    for step in ("approve", "refuse"):
        sent = browser.post(f"{address}/{step}", {"version": "2", "words": "不行。"})
        assert sent.status_code == 403
    centre.take("approver", receipt, "refuse", "不符合。")


@each_database
def test_a_stale_page_does_not_act_and_keeps_what_was_typed(centre: Centre) -> None:
    receipt = centre.case(CaseKind.CONSULTATION)
    address = f"/staff/cases/{receipt.number}"
    lawyer = centre.staff("lawyer")
    lawyer.get(address)
    centre.take("lawyer", receipt, "request_supplement", "请说说在哪里上班。")
    follower = centre.follower(receipt)
    follower.get("/status/case")
    went_on(follower.post("/status/case/give_supplement", {"words": "在示范厂。"}))
    sent = lawyer.post(f"{address}/answer", {"version": "0", "words": "长长的答复。"})
    assert sent.status_code == 409
    assert "这件事刚刚有人办过" in words_of(sent)
    assert "长长的答复。</textarea>" in sent.text
    assert 'name="version" value="2"' in sent.text


def test_a_stale_page_keeps_the_words_even_when_the_step_is_gone(centre: Centre) -> None:
    receipt = centre.case(CaseKind.CONSULTATION)
    address = f"/staff/cases/{receipt.number}"
    lawyer = centre.staff("lawyer")
    lawyer.get(address)
    centre.take("lawyer", receipt, "answer", "先答的。")
    sent = lawyer.post(f"{address}/answer", {"version": "0", "words": "后答的长长的话。"})
    assert sent.status_code == 409
    assert "后答的长长的话。" in words_of(sent)
    assert words_of(centre.follower(receipt).get("/status/case")).count("先答的。") == 1


@pytest.mark.parametrize("words", ["", "\u200b", "长" * 2001])
def test_words_that_are_missing_or_too_long_are_asked_for_again(centre: Centre, words: str) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    browser = centre.staff("intake")
    address = f"/staff/cases/{receipt.number}"
    browser.get(address)
    sent = browser.post(f"{address}/request_supplement", {"version": "0", "words": words})
    assert sent.status_code == 422
    assert words in sent.text
    assert "要补什么" in words_of(sent)


@pytest.mark.parametrize(
    "typed",
    [{"words": "好"}, {"words": "好", "version": "x"}, {"words": "好", "version": "-1"},
     {"words": "好", "version": "9" * 20}, {"words": "好", "version": "0", "state": "approved"},
     {"words": ["好", "不好"], "version": "0"}],
    ids=str,
)  # fmt: skip
def test_a_form_with_the_wrong_fields_does_nothing(centre: Centre, typed: dict[str, str]) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    browser = centre.staff("intake")
    address = f"/staff/cases/{receipt.number}"
    browser.get(address)
    assert browser.post(f"{address}/request_supplement", typed).status_code == 422
    without = browser.post_as_is(f"{address}/request_supplement", {"words": "好", "version": "0"})
    assert without.status_code == 422
    assert "这一页放得太久了" in words_of(without)
    assert "已提交" in words_of(browser.get(address))


def test_a_case_shows_no_identity_until_somebody_says_why(centre: Centre) -> None:
    number = centre.case(CaseKind.HARDSHIP).number
    browser = centre.staff("intake")
    address = f"/staff/cases/{number}"
    for shown in (browser.get("/staff/"), browser.get(address)):
        assert not [one for one in IDENTIFYING if one in shown.text]
    for reason in ("", "curiosity"):
        refused = browser.post(f"{address}/reveal", {"reason": reason})
        assert refused.status_code == 422
        assert not [one for one in IDENTIFYING if one in refused.text]
    shown = browser.post(f"{address}/reveal", {"reason": "payment"})
    assert shown.status_code == 200
    assert [one for one in IDENTIFYING if one in shown.text] == list(IDENTIFYING)
    assert ("intake", "reveal", number, "payment") in acts(centre)


def test_every_step_is_logged_without_its_words(centre: Centre) -> None:
    number = waiting_for_decision(centre)
    logged = [(who, act) for who, act, about, _ in acts(centre) if about == number]
    assert logged == [
        ("visitor", "submit"), ("intake", "open"), ("intake", "accept"),
        ("reviewer", "open"), ("reviewer", "refer_for_decision"),
    ]  # fmt: skip
    assert not [one for one in acts(centre) if "属实" in str(one)]


@each_database
def test_the_queue_has_the_most_urgent_first_and_goes_on_page_by_page(centre: Centre) -> None:
    numbers = []
    for _ in range(45):
        centre.clock.advance(hours=1)
        numbers.append(centre.case(CaseKind.CONSULTATION, people=6).number)
    browser = centre.staff("lawyer")
    seen: list[str] = []
    address: str | None = "/staff/"
    while address:
        shown = browser.get(address)
        seen += [one for one in numbers if f">{one}</a>" in shown.text]
        found = re.search(r'class="button plain" href="([^"]+after[^"]+)"', shown.text)
        address = found[1].replace("&amp;", "&") if found else None
    assert seen == numbers


def test_a_late_case_is_marked_in_its_heap_and_on_its_own_page(centre: Centre) -> None:
    case = f"/staff/cases/{centre.case(CaseKind.HARDSHIP).number}"
    assert "已过期" not in words_of(centre.staff("intake").get(case))
    centre.clock.advance(days=5)
    for page in ("/staff/", case):
        assert "⚠ 已过期" in words_of(centre.staff("intake").get(page))


def test_heaps_with_nothing_in_them_take_no_room(centre: Centre) -> None:
    centre.case(CaseKind.HARDSHIP)
    shown = centre.staff("intake").get("/staff/stages")
    assert re.findall("queue=([a-z_.]+)", shown.text) == ["hardship.submitted"]
    assert "一件都没有的：临时救助申请、" in words_of(shown)
    empty = centre.staff("intake").get("/staff/?queue=jobs.submitted")
    assert "这里没有办件" in words_of(empty)


def test_only_a_step_that_brings_a_case_on_marks_its_heap(centre: Centre) -> None:
    number = waiting_for_decision(centre)
    for login, marked in (("intake", 0), ("approver", 1)):
        browser = centre.staff(login)
        assert "给申请人留言" in words_of(browser.get(f"/staff/cases/{number}"))
        assert browser.get("/staff/stages").text.count('class="mine"') == marked


def test_who_handles_no_cases_sees_no_queue(centre: Centre) -> None:
    number = centre.case(CaseKind.HARDSHIP).number
    for login in ("editor", "admin"):
        shown = centre.staff(login).get("/staff/")
        assert number not in shown.text
        assert "该我办" not in words_of(shown)
        assert "办件" not in words_of(shown).replace("打开办件", "")
    auditor = centre.staff("auditor")  # who reads complaints
    for page in ("/staff/", "/staff/?view=open", "/staff/stages"):
        assert number not in auditor.get(page).text
        assert "困难帮扶申请" not in words_of(auditor.get(page))


def test_what_looks_like_a_slip_is_shown_to_who_may_see_the_answer(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP, bank_card="6222000000000000001")
    shown = words_of(centre.staff("reviewer").get(f"/staff/cases/{receipt.number}"))
    assert "请和申请人核对：“这个银行卡号可能填错了一位" in shown
    answers: Answers = {"bank_card": "6222000000000000001", "old_question": "旧的回答"}
    assert len(list_doubts(Reader(frozenset({Role.REVIEWER})), answers)) == 1
    assert list_doubts(Reader(frozenset({Role.EDITOR})), answers) == ()


def test_the_papers_still_to_come_are_named_and_ticked_in_the_request(centre: Centre) -> None:
    receipt = case_with_photo(centre, CaseKind.HARDSHIP)
    address = f"/staff/cases/{receipt.number}"
    clerk = centre.staff("intake")
    shown = clerk.get(address)
    assert re.search(
        "材料照片 传了 1 种，还差 [0-9]+ 种：家人的身份证或户口本、收入证明", words_of(shown)
    )
    assert "传好了" not in words_of(shown)
    assert f"{address}?write=missing#words-request_supplement" in shown.text
    begun = clerk.get(f"{address}?write=missing")
    ticked = re.findall(r'name="papers_asked" value="([a-z_]+)" checked', begun.text)
    assert {"family", "income"} <= set(ticked)
    assert not {"identity", "other", "signed"} & set(ticked)
    assert begun.text.count("请把下面的材料拍照传上来") == 1
    other = centre.case(CaseKind.JOBS)
    assert "还差" not in words_of(clerk.get(f"/staff/cases/{other.number}?write=missing"))


def test_a_list_of_people_in_the_form_is_not_asked_for_as_a_photo(centre: Centre) -> None:
    lawyer = centre.staff("lawyer")
    for people, asked in ((COWORKERS, False), ([], True)):
        receipt = centre.case(CaseKind.CONSULTATION, coworkers=people)
        shown = words_of(lawyer.get(f"/staff/cases/{receipt.number}"))
        wanted = shown.partition("材料照片 还没有传，还差")[2].partition("收到的材料")[0]
        assert ("一起办的人的名单" in wanted) == asked


def test_colleagues_are_called_by_their_names_and_namesakes_with_their_logins(
    centre: Centre,
) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    centre.take("intake", receipt, "accept")
    office, address = centre.office, f"/staff/cases/{receipt.number}"
    browser = centre.staff("reviewer")
    assert "· 示范intake 受理" in words_of(browser.get(address))
    staff_accounts.invite(office, "wang", "示范intake", frozenset({Role.LAWYER}), "admin")
    assert "· 示范intake（intake） 受理" in words_of(browser.get(address))
    assert staff_accounts.name_staff(office)["wang"] == "示范intake（wang）"
    assert staff_accounts.name_staff(office)["admin"] == "示范admin"
