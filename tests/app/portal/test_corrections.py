"""Answers are put right after filing: with before and after, and by two where identity hangs on."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.domain.cases.events import AnswersCorrected
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.accounts import staff_accounts
from portal.operations.centre.recount import find_wrong_cases
from portal.store import cases
from tests.support.browser import Browser, parsed, typed_in, words_of
from tests.support.centre import Centre, Filed
from tests.support.databases import each_database
from tests.support.samples import HARDSHIP
from tests.support.walking import went_on

NEW_PHONE, OLD_PHONE = "13912345678", "19900000002"
NEW_CARD, NEW_ID = "6222000000000000016", "419999198203030034"
WHY = {"why_corrected": "本人来说写错了，核对过。"}


def case_page(receipt: Filed) -> str:
    return f"/staff/cases/{receipt.number}"


def answers_of(centre: Centre, receipt: Filed) -> dict[str, object]:
    stored = cases.find_case(centre.instance, receipt.number)
    assert stored
    return stored.open_answers()


def version_of(centre: Centre, receipt: Filed) -> str:
    stored = cases.find_case(centre.instance, receipt.number)
    assert stored
    return str(stored.case.version)


def path_of(kind: CaseKind, name: str) -> str:
    """The page of the form that asks a question."""
    return next(page.path for page in JOURNEYS[kind].pages if name in page.names)


def correct(centre: Centre, browser: Browser, receipt: Filed, name: str, value: str, **more: str):  # type: ignore[no-untyped-def]
    """Open the page of a question and put it right, all else as it is shown."""
    page = f"{case_page(receipt)}/answers/{path_of(receipt.kind, name)}"
    shown = browser.get(page)
    assert shown.status_code == 200, words_of(shown)
    form = parsed_form(shown.text)
    return browser.post(page, {**form, "version": version_of(centre, receipt), **WHY, name: value,
                               **more})  # fmt: skip


def parsed_form(html: str) -> dict[str, str | list[str]]:
    """What the form of a page would send as it is."""
    form = next(one for one in parsed(html).forms if one.get("class") == "act")
    sent: dict[str, str | list[str]] = {}
    for name, value in form.form_values():
        if name != "csrf_token":
            sent[name] = value
    return sent


@each_database
def test_a_wrong_phone_is_put_right_found_and_told_to_the_old_number(centre: Centre) -> None:
    receipt, clerk = centre.case(CaseKind.HARDSHIP), centre.staff("intake")
    assert went_on(correct(centre, clerk, receipt, "mobile", NEW_PHONE)) == case_page(receipt)
    assert answers_of(centre, receipt)["mobile"] == NEW_PHONE
    shown = words_of(clerk.get(case_page(receipt)))
    assert "改正了表上填的" in shown
    assert "199****0002，改成：139****5678" in shown
    assert NEW_PHONE not in shown
    told = words_of(centre.follower(receipt).get("/status/case"))
    assert "199****0002，改成：139****5678" in told
    assert WHY["why_corrected"] in told
    assert "139****5678" in told.partition("办理经过")[2]
    calls = words_of(clerk.get("/staff/notices"))
    assert "改了电话，告诉原来的号码" in calls
    assert "199****0002" in calls
    assert find_wrong_cases(centre.office, lambda *_: None) == []
    assert NEW_PHONE not in str(centre.contents())


def test_what_waits_to_be_told_goes_to_the_new_number(centre: Centre) -> None:
    receipt, clerk = centre.case(CaseKind.HARDSHIP), centre.staff("intake")
    centre.take("intake", receipt, "request_supplement", "请把身份证拿来。")
    correct(centre, clerk, receipt, "mobile", NEW_PHONE)
    assert "139****5678" in words_of(clerk.get("/staff/notices"))


@each_database
@pytest.mark.parametrize(
    ("name", "value"), [("id_number", "419999198203030034"), ("bank_card", NEW_CARD)]
)
def test_identity_and_card_take_a_second_person(centre: Centre, name: str, value: str) -> None:
    receipt, clerk = centre.case(CaseKind.HARDSHIP), centre.staff("intake")
    before = answers_of(centre, receipt)[name]
    assert went_on(correct(centre, clerk, receipt, name, value)) == case_page(receipt)
    assert answers_of(centre, receipt)[name] == before
    shown = clerk.get(case_page(receipt))
    assert "等第二个人确认" in words_of(shown)
    assert "correction/confirm" not in shown.text
    own = clerk.post(f"{case_page(receipt)}/correction/confirm",
                     {"version": version_of(centre, receipt)})  # fmt: skip
    assert own.status_code == 403
    told = words_of(centre.follower(receipt).get("/status/case"))
    assert "等第二个人确认" not in told
    staff_accounts.join_person(centre.office, "intake", "second-intake", "admin")
    twin = centre.staff("second-intake").get(case_page(receipt)).text
    assert "等第二个人确认" in twin
    assert "correction/confirm" not in twin
    other = centre.staff("reviewer")
    assert "correction/confirm" in other.get(case_page(receipt)).text
    sent = other.post(f"{case_page(receipt)}/correction/confirm",
                      {"version": version_of(centre, receipt)})  # fmt: skip
    assert went_on(sent) == case_page(receipt)
    assert answers_of(centre, receipt)[name] == value
    assert "等第二个人确认 " not in words_of(other.get(case_page(receipt))).partition("经过")[0]
    assert find_wrong_cases(centre.office, lambda *_: None) == []
    assert value not in str(centre.contents())


def test_a_proposal_that_is_refused_changes_nothing(centre: Centre) -> None:
    receipt, clerk = centre.case(CaseKind.HARDSHIP), centre.staff("intake")
    before = answers_of(centre, receipt)
    correct(centre, clerk, receipt, "bank_card", NEW_CARD)
    other = centre.staff("reviewer")
    other.get(case_page(receipt))
    typed = {"version": version_of(centre, receipt), "why": "卡不是本人的。"}
    assert (
        other.post(f"{case_page(receipt)}/correction/refuse", {**typed, "why": " "}).status_code
        == 422
    )
    assert went_on(other.post(f"{case_page(receipt)}/correction/refuse", typed))
    assert answers_of(centre, receipt) == before
    assert "卡不是本人的。" not in words_of(centre.follower(receipt).get("/status/case"))


@pytest.mark.parametrize("decided", [False, True])
def test_money_and_identity_stay_while_a_decision_waits_or_was_taken(
    centre: Centre, decided: bool
) -> None:
    receipt, clerk = centre.case(CaseKind.HARDSHIP), centre.staff("intake")
    centre.take("intake", receipt, "accept")
    centre.take("reviewer", receipt, "refer_for_decision", "属实。")
    if decided:
        centre.take("approver", receipt, "approve", "批准。", granted="2000")
    refused = correct(centre, clerk, receipt, "bank_card", NEW_CARD)
    assert refused.status_code == 403
    assert ("提出重新办理" if decided else "退回核实") in words_of(refused)
    assert typed_in(refused, "bank_card") == [NEW_CARD]
    assert correct(centre, clerk, receipt, "mobile", NEW_PHONE).status_code == 303
    if not decided:
        centre.take("approver", receipt, "return_for_checking", "卡号不对。")
        assert correct(centre, clerk, receipt, "bank_card", NEW_CARD).status_code == 303


def test_a_town_that_is_put_right_counts_and_is_listed_from_then_on(centre: Centre) -> None:
    receipt, clerk = centre.case(CaseKind.HARDSHIP), centre.staff("intake")
    towns = [choice.code for choice in centre.office.choices["town"]]
    other = next(code for code in towns if code != HARDSHIP["town"])
    correct(centre, clerk, receipt, "town", other)
    assert receipt.number in clerk.get(f"/staff/?view=open&town={other}").text
    stored = cases.find_case(centre.instance, receipt.number)
    assert stored
    first, *_, last = cases.history(centre.instance, stored)
    assert (first.tally["town"], last.tally["town"]) == (HARDSHIP["town"], other)
    assert find_wrong_cases(centre.office, lambda *_: None) == []


def test_masked_answers_are_not_shown_and_stay_if_left_empty(centre: Centre) -> None:
    receipt, clerk = centre.case(CaseKind.HARDSHIP), centre.staff("intake")
    for name in ("mobile", "id_number", "bank_card"):
        shown = clerk.get(f"{case_page(receipt)}/answers/{path_of(receipt.kind, name)}")
        assert str(HARDSHIP[name]) not in shown.text
    before = answers_of(centre, receipt)
    same = correct(centre, clerk, receipt, "mobile", "")
    assert same.status_code == 422
    assert "没有要改的" in words_of(same)
    assert answers_of(centre, receipt) == before


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"mobile": "139"}, "手机"), ({"why_corrected": ""}, "为什么要改"),
     ({"for_wish": "XX26-7K3M-9QF2"}, "个人信息要求")],
)  # fmt: skip
def test_what_is_wrong_is_said_as_on_the_form_and_nothing_is_lost(
    centre: Centre, typed: dict[str, str], said: str
) -> None:
    receipt, clerk = centre.case(CaseKind.HARDSHIP), centre.staff("intake")
    sent = correct(centre, clerk, receipt, "mobile", typed.pop("mobile", NEW_PHONE), **typed)
    assert sent.status_code == 422
    assert said in words_of(sent)
    assert answers_of(centre, receipt)["mobile"] == OLD_PHONE


def test_a_stale_page_changes_nothing_and_says_what_happened(centre: Centre) -> None:
    receipt, clerk = centre.case(CaseKind.HARDSHIP), centre.staff("intake")
    page = f"{case_page(receipt)}/answers/{path_of(receipt.kind, 'mobile')}"
    form = parsed_form(clerk.get(page).text)
    centre.take("intake", receipt, "accept")
    sent = clerk.post(page, {**form, "version": "0", **WHY, "mobile": NEW_PHONE})
    assert sent.status_code == 409
    assert "您打开这一页以后" in words_of(sent)
    assert typed_in(sent, "mobile") == [NEW_PHONE]


def test_a_wish_to_put_right_is_done_only_once_something_was_put_right(centre: Centre) -> None:
    receipt, clerk = centre.case(CaseKind.HARDSHIP), centre.staff("intake")
    wish = centre.case(CaseKind.OWN_DATA, data_wish="correct", about_receipt=receipt.number)
    page = f"/staff/cases/{wish.number}"
    clerk.get(page)
    typed = {"version": "0", "words": "改好了。", "confirmed": "yes"}
    refused = clerk.post(f"{page}/fulfil", typed)
    assert refused.status_code == 422
    assert "还什么都没有改" in words_of(refused)
    correct(centre, clerk, receipt, "mobile", NEW_PHONE, for_wish=wish.number)
    assert f"照要求改了 {receipt.number}：手机号" in words_of(clerk.get(page))
    done = clerk.post(f"{page}/fulfil", {**typed, "version": version_of(centre, wish)})
    assert went_on(done) == page


def test_a_wish_may_be_met_without_a_change_with_the_reason(centre: Centre) -> None:
    clerk, wish = centre.staff("intake"), centre.case(CaseKind.OWN_DATA, data_wish="correct")
    page = f"/staff/cases/{wish.number}"
    clerk.get(page)
    typed = {"version": "0", "words": "核对过。", "confirmed": "yes"}
    done = clerk.post(f"{page}/fulfil", {**typed, "why_not_corrected": "查过，没有写错。"})
    assert went_on(done) == page
    assert "查过，没有写错。" in words_of(centre.follower(wish).get("/status/case"))


def test_only_who_may_see_identities_of_a_kind_puts_it_right(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    page = f"{case_page(receipt)}/answers/{path_of(receipt.kind, 'mobile')}"
    for login in ("lawyer", "admin", "auditor", "editor"):
        assert centre.staff(login).get(page).status_code in {302, 303, 403}


@each_database
def test_of_two_who_put_right_at_once_one_wins(centre: Centre) -> None:
    browsers = [centre.staff("intake"), centre.staff("second-intake")]
    for number in range(20):
        receipt = centre.case(CaseKind.JOBS)
        page = f"{case_page(receipt)}/answers/{path_of(receipt.kind, 'mobile')}"
        form = [parsed_form(browser.get(page).text) for browser in browsers]
        typed = [
            {**one, "version": "0", **WHY, "mobile": f"139{number:04d}{place:04d}"}
            for place, one in enumerate(form)
        ]
        with ThreadPoolExecutor(2) as pool:
            sent = [pool.submit(browser.post, page, one)
                    for browser, one in zip(browsers, typed, strict=True)]  # fmt: skip
        assert sorted(one.result().status_code for one in sent) == [303, 409]
        stored = cases.find_case(centre.instance, receipt.number)
        assert stored
        corrected = [
            one
            for one in cases.history(centre.instance, stored)
            if isinstance(one, AnswersCorrected)
        ]
        assert len(corrected) == 1
