"""What cannot be taken back is said in words and confirmed; sums have a ceiling."""

import pytest

from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.records.workflow import Awaiting
from portal.domain.shared.case_kinds import CaseKind
from portal.store import cases
from tests.support.browser import Browser, typed_in, words_of
from tests.support.centre import Centre
from tests.support.walking import went_on


def waiting(centre: Centre) -> str:
    """The page of a case that waits for its decision."""
    receipt = centre.case(CaseKind.HARDSHIP)
    centre.take("intake", receipt, "accept")
    centre.take("reviewer", receipt, "refer_for_decision", "属实。")
    return f"/staff/cases/{receipt.number}"


def state_of(centre: Centre, page: str) -> str:
    stored = cases.find_case(centre.instance, page.rpartition("/")[2])
    assert stored
    return stored.case.state


def approve(browser: Browser, page: str, **typed: str):  # type: ignore[no-untyped-def]
    browser.get(page)
    return browser.post(f"{page}/approve", {"version": "2", "words": "符合条件。", **typed})


def test_every_step_that_ends_a_case_says_what_cannot_be_taken_back() -> None:
    may_go_on = {"answer"}  # it can be amended, and asked about again
    for flow in WORKFLOWS.values():
        for step in flow.steps.values():
            ends = step.target in flow.states and (
                flow.states[step.target].awaiting is Awaiting.NOBODY
            )
            assert bool(step.consequence) is (ends and step.code not in may_go_on) or (
                step.code == "reopen" and step.consequence
            ), (flow.kind, step.code)


def test_a_decision_is_taken_only_once_it_was_confirmed(centre: Centre) -> None:
    page, approver = waiting(centre), centre.staff("approver")
    asked = approve(approver, page, granted="2400")
    assert asked.status_code == 200
    shown = words_of(asked)
    assert "批准 2400 元，大写： 贰仟肆佰元整 。" in shown
    assert "您自己改不回来" in shown
    assert state_of(centre, page) == "awaiting_decision"
    assert typed_in(asked, "words") == ["符合条件。"]
    assert typed_in(asked, "granted") == ["2400"]
    assert typed_in(asked, "confirmed") == ["yes"]
    assert went_on(approve(approver, page, granted="2400", confirmed="yes")) == page
    assert state_of(centre, page) == "approved"


def test_a_grant_without_a_sum_says_that_there_is_no_money(centre: Centre) -> None:
    page = waiting(centre)
    assert "没有填金额：不给钱，只建档" in words_of(approve(centre.staff("approver"), page))


@pytest.mark.parametrize("confirmed", ["", "yes"])
def test_a_sum_beyond_the_ceiling_is_refused_and_nothing_is_lost(
    centre: Centre, confirmed: str
) -> None:
    page, approver = waiting(centre), centre.staff("approver")
    typed = {"confirmed": confirmed} if confirmed else {}
    sent = approve(approver, page, granted="99999999", **typed)
    assert sent.status_code == 422
    assert "超过了“医疗救助一年最多”20,000 元/户·年" in words_of(sent)
    assert typed_in(sent, "granted") == ["99999999"]
    assert "符合条件。" in sent.text
    assert state_of(centre, page) == "awaiting_decision"


def test_a_sum_that_is_much_for_one_grant_is_asked_about(centre: Centre) -> None:
    page, approver = waiting(centre), centre.staff("approver")
    assert "超过了一年最多的一半" in words_of(approve(approver, page, granted="10001"))
    assert "超过了一年最多的一半" not in words_of(approve(approver, page, granted="10000"))


def test_a_wrong_answer_on_the_confirming_page_is_said_there(centre: Centre) -> None:
    page, approver = waiting(centre), centre.staff("approver")
    sent = approve(approver, page, granted="两三千", confirmed="yes")
    assert sent.status_code == 422
    assert "确定：批准" in words_of(sent)
    assert typed_in(sent, "granted") == ["两三千"]


def test_a_stale_confirmation_says_what_changed_and_keeps_what_was_typed(centre: Centre) -> None:
    page, approver = waiting(centre), centre.staff("approver")
    asked = approve(approver, page, granted="2400")
    assert asked.status_code == 200
    centre.take("approver", page.rpartition("/")[2], "reply", "请等等。")
    sent = approver.post(
        f"{page}/approve",
        {"version": "2", "words": "符合条件。", "granted": "2400", "confirmed": "yes"},
    )
    assert sent.status_code == 409
    assert "您打开这一页以后" in words_of(sent)
    assert typed_in(sent, "granted") == ["2400"]
    assert state_of(centre, page) == "awaiting_decision"


def test_after_a_confirmed_step_the_next_case_of_the_list_follows(centre: Centre) -> None:
    first, second = waiting(centre), waiting(centre)
    approver = centre.staff("approver")
    query = "?view=to_do&place=2026-11-01.1"
    approver.get(first + query)
    typed = {"version": "2", "words": "不符合。", "then": "next"}
    asked = approver.post(f"{first}/refuse{query}", typed)
    assert typed_in(asked, "then") == ["next"]
    sent = approver.post(f"{first}/refuse{query}", {**typed, "confirmed": "yes"})
    assert second in went_on(sent)
