"""What was wrongly ended is taken up again in the workbench: two persons, told to the worker."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.domain.cases.events import ApplicationApproved
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.cases.workflow.reopenings import ASK, KEEP, REOPEN, list_deciders
from portal.domain.forms.fields import FIELDS, Kind
from portal.domain.records.workflow import Awaiting
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.centre.recount import find_wrong_cases
from portal.store import audit, cases
from tests.support.browser import words_of
from tests.support.centre import Centre, Filed
from tests.support.databases import each_database
from tests.support.lives import find_lives
from tests.support.samples import STAFF
from tests.support.typed import right
from tests.support.walking import went_on

ENDS = [
    (kind, state.code)
    for kind, flow in WORKFLOWS.items()
    for state in flow.states.values()
    if state.awaiting is Awaiting.NOBODY
]


def page_of(receipt: Filed, code: str = "") -> str:
    return f"/staff/cases/{receipt.number}" + (f"/{code}" if code else "")


def version_of(centre: Centre, receipt: Filed) -> str:
    stored = cases.find_case(centre.instance, receipt.number)
    assert stored
    return str(stored.case.version)


def state_of(centre: Centre, receipt: Filed) -> str:
    stored = cases.find_case(centre.instance, receipt.number)
    assert stored
    return stored.case.state


def bring_to(centre: Centre, kind: CaseKind, end: str) -> Filed:
    """A case of this kind that has ended so, by the shortest life of its table."""
    lives = [
        life[: place + 1]
        for life in find_lives(kind, late=True)
        for place, move in enumerate(life)
        if move.step.target == end
    ]
    receipt = centre.case(kind)
    for move in min(lives, key=len):
        if move.by_applicant:
            follower = centre.follower(receipt)
            address = f"/status/case/{move.step.code}"
            follower.get(address)
            went_on(follower.post(address, {"words": "示范。"}))
            continue
        stored = cases.find_case(centre.instance, receipt.number)
        assert stored
        if move.step.code == "lapse":
            centre.clock.advance(days=60)
        facts = {
            name: right(FIELDS[name])
            for name in move.step.fields
            if FIELDS[name].kind is not Kind.SOME_OF
        }
        centre.take(move.login, receipt, move.step.code, "示范。", **facts)
    assert state_of(centre, receipt) == end
    return receipt


def two_deciders(kind: CaseKind) -> tuple[str, str]:
    deciders = list_deciders(WORKFLOWS[kind])
    first, second, *_ = [
        login for login, roles in STAFF.items() if len(roles) == 1 and roles & deciders
    ]
    return first, second


@pytest.mark.parametrize(("kind", "end"), ENDS, ids=str)
def test_every_end_is_taken_up_again_and_the_worker_reads_why(
    centre: Centre, kind: CaseKind, end: str
) -> None:
    receipt = bring_to(centre, kind, end)
    first, second = two_deciders(kind)
    asker = centre.staff(first)
    assert "提出重新办理" in words_of(asker.get(page_of(receipt)))
    sent = asker.post(
        page_of(receipt, ASK), {"version": version_of(centre, receipt), "words": "金额打错了。"}
    )
    assert went_on(sent) == page_of(receipt)
    assert page_of(receipt, REOPEN) not in asker.get(page_of(receipt)).text
    other = centre.staff(second)
    assert "重新办理：等您定" in words_of(other.get("/staff/"))
    assert "金额打错了。" in words_of(other.get(page_of(receipt)))
    sent = other.post(
        page_of(receipt, REOPEN),
        {"version": version_of(centre, receipt), "words": "数目有误，重新办。", "confirmed": "yes"},
    )
    assert went_on(sent) == page_of(receipt)
    assert state_of(centre, receipt) == WORKFLOWS[kind].states[end].reopens_to
    told = words_of(centre.follower(receipt).get("/status/case"))
    assert "重新办理 数目有误，重新办。" in told
    assert "金额打错了。" not in told
    assert find_wrong_cases(centre.office, lambda *_: None) == []
    done = [one.action for one, _ in audit.entries(centre.instance) if one.object == receipt.number]
    assert {ASK, REOPEN} <= set(done)


def test_a_wrong_sum_is_put_right_by_a_second_decision_and_figures_follow(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    centre.take("intake", receipt, "accept")
    centre.take("reviewer", receipt, "refer_for_decision", "属实。")
    centre.take("approver", receipt, "approve", "批准。", granted="5000")
    centre.take("intake", receipt, ASK, "应当是 3000 元。")
    centre.take("second-approver", receipt, REOPEN, "数目写错了。")
    centre.take("approver", receipt, "approve", "批准 3000 元。", granted="3000")
    stored = cases.find_case(centre.instance, receipt.number)
    assert stored
    history = cases.history(centre.instance, stored)
    reopened = history[-2]
    assert reopened.tally["corrects"] == "ApplicationApproved"
    assert type(history[reopened.corrects]) is ApplicationApproved  # type: ignore[attr-defined]
    assert reopened.tally["amount_fen"] == 500_000


def test_who_asked_and_who_may_not_decide_cannot_agree(centre: Centre) -> None:
    receipt = bring_to(centre, CaseKind.HARDSHIP, "approved")
    centre.take("approver", receipt, ASK, "打错了。")
    for login in ("approver", "intake", "reviewer"):
        browser = centre.staff(login)
        browser.get(page_of(receipt))
        sent = browser.post(
            page_of(receipt, REOPEN),
            {"version": version_of(centre, receipt), "words": "同意。", "confirmed": "yes"},
        )
        assert sent.status_code == 403
        assert "重新办理：等您定" not in words_of(browser.get("/staff/"))
    assert state_of(centre, receipt) == "approved"


def test_the_page_names_who_could_agree(centre: Centre) -> None:
    receipt = bring_to(centre, CaseKind.HARDSHIP, "refused")
    centre.take("approver", receipt, ASK, "依据错了。")
    assert "要另外一个人定：" in words_of(centre.staff("intake").get(page_of(receipt)))
    assert "示范second-approver" in words_of(centre.staff("intake").get(page_of(receipt)))


@each_database
def test_of_two_who_decide_on_a_reopening_at_once_one_wins(centre: Centre) -> None:
    deciders = [(centre.staff("second-intake"), REOPEN), (centre.staff("everything"), KEEP)]
    for _ in range(20):
        receipt = bring_to(centre, CaseKind.JOBS, "closed")
        centre.take("intake", receipt, ASK, "办错了。")
        typed = {"version": version_of(centre, receipt), "words": "示范。", "confirmed": "yes"}
        for browser, _ in deciders:
            browser.get(page_of(receipt))
        with ThreadPoolExecutor(2) as pool:
            sent = [
                pool.submit(browser.post, page_of(receipt, code), typed)
                for browser, code in deciders
            ]
        assert sorted(one.result().status_code for one in sent) == [303, 409]
    assert find_wrong_cases(centre.office, lambda *_: None) == []
