"""A worker follows his case: number and code, limits, supplement, withdrawal, asking again."""

import pytest
from werkzeug.test import TestResponse

from portal.domain.cases.receipt_numbers import group_code
from portal.domain.shared.case_kinds import CaseKind
from tests.support.browser import Browser, typed_in, words_of
from tests.support.centre import Centre, Filed
from tests.support.databases import each_database
from tests.support.following import WRONG_CODE, an_unused_number, look_up
from tests.support.walking import went_on

NOBODYS = "JZ26-7K3M-9QF2"


def anonymous(page: TestResponse, *typed: str) -> str:
    """The page without its token and without what was typed into it."""
    text = page.text
    for one in typed:
        text = text.replace(one, "…")
    before, _, rest = text.partition('name="csrf_token" value="')
    return before + rest.partition('"')[2]


def test_number_and_code_open_the_case_however_they_are_typed(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    for number, code in (
        (receipt.number, receipt.code),
        (receipt.number.lower().replace("-", " "), group_code(receipt.code)),
        (receipt.number.translate(wide), receipt.code.translate(wide)),
    ):
        browser = centre.browser()
        assert went_on(look_up(browser, number, code)) == "/status/case"
        shown = words_of(browser.get("/status/case"))
        assert receipt.number in shown
        assert "我们收到了，等工作人员看材料齐不齐。" in shown
        assert "2026年11月26日" in shown
        assert "199****0002" in shown
        assert "19900000002" not in shown


def test_a_wrong_number_and_a_wrong_code_get_the_same_answer(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    number = an_unused_number()
    assert number != receipt.number
    first = look_up(centre.browser(), receipt.number, WRONG_CODE)
    second = look_up(centre.browser(), number, WRONG_CODE)
    third = look_up(centre.browser(), number, receipt.code)
    typed = (receipt.number, number, WRONG_CODE, receipt.code)
    pages = {anonymous(page, *typed) for page in (first, second, third)}
    assert len(pages) == 1
    assert {page.status_code for page in (first, second, third)} == {422}
    assert typed_in(first, "receipt") == [receipt.number]
    headers = [sorted((name, value) for name, value in page.headers
                      if name not in {"Content-Length", "Set-Cookie"})
               for page in (first, second, third)]  # fmt: skip
    assert headers[0] == headers[1] == headers[2]


def test_a_code_of_another_case_opens_nothing(centre: Centre) -> None:
    one, other = centre.case(CaseKind.HARDSHIP), centre.case(CaseKind.HARDSHIP)
    assert look_up(centre.browser(), one.number, other.code).status_code == 422


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [("", "", "请填登记编号"), ("JZ26-7K3M-9QF3", "1", "登记编号有一位不对"),
     ("JZ26", "1", "登记编号有一位不对"), ("长" * 41, "1", "最多写 40 个字")],
)  # fmt: skip
def test_a_typing_error_is_told_apart_without_looking(
    centre: Centre, number: str, code: str, words: str
) -> None:
    before = centre.contents()
    shown = look_up(centre.browser(), number, code)
    assert shown.status_code == 422
    assert words in words_of(shown)
    assert centre.contents() == before


def test_a_wrong_digit_of_the_code_is_told_apart_and_not_counted(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    typo = receipt.code[:-1] + str((int(receipt.code[-1]) + 1) % 10)
    browser = centre.browser()
    for _ in range(12):
        shown = look_up(browser, receipt.number, typo)
        assert "查询码有一位不对" in words_of(shown)
    assert went_on(look_up(browser, receipt.number, receipt.code)) == "/status/case"


@each_database
def test_the_eleventh_wrong_code_is_one_too_many_but_never_locks_the_owner_out(
    centre: Centre,
) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    attacker = centre.browser()
    for _ in range(10):
        assert look_up(attacker, receipt.number, WRONG_CODE).status_code == 422
    for code in (WRONG_CODE, receipt.code):
        shown = look_up(attacker, receipt.number, code)
        assert shown.status_code == 429
        assert "查询码错得太多了" in words_of(shown)
        assert typed_in(shown, "code") == [code]
    assert went_on(look_up(centre.browser(), receipt.number, receipt.code)) == "/status/case"
    other = centre.case(CaseKind.HARDSHIP)
    assert went_on(look_up(attacker, other.number, other.code)) == "/status/case"
    centre.clock.advance(minutes=61)
    assert went_on(look_up(attacker, receipt.number, receipt.code)) == "/status/case"


@each_database
def test_wrong_codes_for_many_cases_are_counted_together(centre: Centre) -> None:
    browser = centre.browser()
    numbers = [centre.case(CaseKind.CONSULTATION).number for _ in range(4)]
    answers = [look_up(browser, numbers[place % 4], WRONG_CODE).status_code for place in range(31)]
    assert answers == [422] * 30 + [429]


def test_a_ticket_dies_after_15_idle_minutes(centre: Centre) -> None:
    browser = centre.follower(centre.case(CaseKind.HARDSHIP))
    centre.clock.advance(minutes=15)
    assert browser.get("/status/case").status_code == 200
    centre.clock.advance(minutes=15, seconds=1)
    assert went_on(browser.get("/status/case")) == "/status"
    assert browser.post("/status/case/withdraw").status_code == 401


def test_a_ticket_dies_after_an_hour_however_busy(centre: Centre) -> None:
    browser = centre.follower(centre.case(CaseKind.HARDSHIP))
    for _ in range(6):
        centre.clock.advance(minutes=10)
        assert browser.get("/status/case").status_code == 200
    centre.clock.advance(seconds=1)
    assert went_on(browser.get("/status/case")) == "/status"


def test_a_clock_that_is_set_back_ends_the_ticket(centre: Centre) -> None:
    browser = centre.follower(centre.case(CaseKind.HARDSHIP))
    centre.clock.advance(minutes=-1)
    assert went_on(browser.get("/status/case")) == "/status"


def test_the_case_can_be_closed_in_the_browser(centre: Centre) -> None:
    browser = centre.follower(centre.case(CaseKind.HARDSHIP))
    browser.get("/status/case")
    assert went_on(browser.post("/status/close")) == "/status"
    assert went_on(browser.get("/status/case")) == "/status"


def asked_for_supplement(centre: Centre) -> tuple[Filed, Browser]:
    """A case in which the worker is asked for something, and his browser."""
    receipt = centre.case(CaseKind.HARDSHIP)
    centre.take("intake", receipt, "accept")
    centre.take("reviewer", receipt, "request_supplement", "请补：户口本首页。")
    return receipt, centre.follower(receipt)


@each_database
def test_a_supplement_is_asked_given_and_the_clock_goes_on(centre: Centre) -> None:
    receipt, browser = asked_for_supplement(centre)
    shown = words_of(browser.get("/status/case"))
    assert "请补材料" in shown
    assert "请补：户口本首页。" in shown
    assert "2026年12月9日" in shown  # 15 days
    page = browser.get("/status/case/give_supplement")
    assert "请补：户口本首页。" in words_of(page)
    for words in ("", "\u200b", "长" * 2001):
        refused = browser.post("/status/case/give_supplement", {"words": words})
        assert refused.status_code == 422
        assert typed_in(refused, "words") == [words.strip("\u200b")]
    assert went_on(browser.post("/status/case/give_supplement", {"words": "户主是我。"}))
    shown = words_of(browser.get("/status/case"))
    assert "受理了，等核实" in shown
    assert "户主是我。" in shown
    assert "2026年12月22日" in shown  # all 20 working days again
    assert receipt.number in shown


@each_database
def test_a_second_tap_changes_nothing_and_says_nothing(centre: Centre) -> None:
    _, browser = asked_for_supplement(centre)
    browser.get("/status/case/give_supplement")
    for _ in range(2):
        sent = browser.post("/status/case/give_supplement", {"words": "户主是我。"})
        assert went_on(sent) == "/status/case"
    assert words_of(browser.get("/status/case")).count("户主是我。") == 1


def test_words_that_come_too_late_are_not_lost(centre: Centre) -> None:
    receipt, browser = asked_for_supplement(centre)
    browser.get("/status/case/give_supplement")
    centre.clock.advance(days=16)
    centre.take("intake", receipt, "lapse", "通知过，没有补。")
    late = centre.follower(receipt)
    late.get("/status/case")
    sent = late.post("/status/case/give_supplement", {"words": "我昨天才看到。"})
    assert sent.status_code == 409
    assert "刚刚有了新进展" in words_of(sent)
    assert typed_in(sent, "words") == ["我昨天才看到。"]


@each_database
def test_a_worker_can_withdraw_before_the_decision(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    browser = centre.follower(receipt)
    assert "撤回以后就不再办理了" in words_of(browser.get("/status/case/withdraw"))
    assert went_on(browser.post("/status/case/withdraw", {"words": ""})) == "/status/case"
    shown = words_of(browser.get("/status/case"))
    assert "这件事已经撤回" in shown
    assert 'href="/status/case/withdraw"' not in browser.get("/status/case").text
    assert went_on(browser.get("/status/case/withdraw")) == "/status/case"


def test_a_worker_cannot_take_a_step_of_the_staff(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    browser = centre.follower(receipt)
    browser.get("/status/case")
    before = centre.contents()
    for code in ("accept", "approve", "refuse", "no_such_step", "lapse"):
        sent = browser.post(f"/status/case/{code}", {"words": "批准"})
        assert went_on(sent) == "/status/case"
    assert centre.contents() == before


def test_a_lawyer_answers_the_worker_asks_again_and_the_case_is_closed(centre: Centre) -> None:
    receipt = centre.case(CaseKind.CONSULTATION)
    browser = centre.follower(receipt)
    lawyer = centre.staff("lawyer")
    address = f"/staff/cases/{receipt.number}"
    lawyer.get(address)
    answered = lawyer.post(f"{address}/answer", {"version": "0", "words": "可以要回来。"})
    assert went_on(answered) == address
    assert "可以要回来。" in words_of(browser.get("/status/case"))
    sent = browser.post("/status/case/ask_again", {"words": "要带什么去？"})
    assert went_on(sent) == "/status/case"
    assert "要带什么去？" in words_of(lawyer.get(address))
    for version, step, words in (("2", "answer", "带身份证和工资条。"), ("3", "close", "")):
        typed = {"version": version, "words": words, "confirmed": "yes"}
        assert went_on(lawyer.post(f"{address}/{step}", typed))
    shown = words_of(browser.get("/status/case"))
    assert "这次咨询已经办完" in shown
    assert "带身份证和工资条。" in shown
    assert "lawyer" not in shown


def test_a_message_is_said_to_be_sent_once_and_only_after_it_was(centre: Centre) -> None:
    follower = centre.follower(centre.case(CaseKind.HARDSHIP))
    assert "发出去了" not in words_of(follower.get("/status/case"))
    follower.get("/status/case/write")
    shown = words_of(follower.post_and_see("/status/case/write", {"words": "电话换了。"}))
    assert "发出去了 “您留了言”已经收到" in shown
    assert "发出去了" not in words_of(follower.get("/status/case"))


def test_a_number_and_a_code_are_found_however_they_were_pasted(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    both = f"登记编号：{filed.number}\n查询码：{filed.code}"
    for receipt, code in ((both, ""), (f"登记编号：{filed.number}", f"查询码 {filed.code}"),
                          (str(filed.code), filed.number)):  # fmt: skip
        browser = centre.browser()
        browser.get("/status")
        assert went_on(browser.post("/status", {"receipt": receipt, "code": code})) == (
            "/status/case"
        )
