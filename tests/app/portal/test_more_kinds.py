"""Appeal, messages, rating, finding work, one's own data: from the first step to the end."""

import pytest

from portal.domain.forms.journeys import JOURNEYS
from portal.domain.notices.notices import WILL_CALL
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAllowed
from portal.operations.cases import case_file
from portal.operations.cases.case_file import CaseFile
from tests.support.browser import words_of
from tests.support.centre import Centre, Filed
from tests.support.databases import each_database
from tests.support.samples import ANSWERS
from tests.support.walking import walk, went_on

RELIEF = (CaseKind.HARDSHIP, CaseKind.SCHOOLING, CaseKind.MEDICAL, CaseKind.TEMPORARY)


def refused_case(centre: Centre, kind: CaseKind) -> Filed:
    """A case that was checked and refused."""
    filed = centre.case(kind)
    centre.take("intake", filed, "accept")
    centre.take("reviewer", filed, "refer_for_decision", "情况属实。")
    centre.take("approver", filed, "refuse", "收入高于标准。")
    return filed


def tell(centre: Centre, filed: Filed, step: str, typed: dict[str, str]) -> str:
    """Let the worker take a step; the words of his status page afterwards."""
    follower = centre.follower(filed)
    assert follower.get(f"/status/case/{step}").status_code == 200
    assert went_on(follower.post(f"/status/case/{step}", typed)) == "/status/case"
    return words_of(follower.get("/status/case"))


def file_of(centre: Centre, login: str, filed: Filed) -> CaseFile:
    """A case as a member of staff sees it."""
    return case_file.open_file(centre.office, centre.actor(login), filed.number)


@pytest.mark.parametrize("kind", JOURNEYS, ids=str)
@each_database
def test_every_kind_is_filled_in_and_gets_a_receipt(centre: Centre, kind: CaseKind) -> None:
    journey, browser = JOURNEYS[kind], centre.browser()
    assert journey.lead in words_of(browser.get(f"/{journey.address}"))
    walk(browser, journey, ANSWERS[kind])
    ticks = dict.fromkeys(journey.declarations, "yes")
    address = f"/{journey.address}/receipt"
    assert went_on(browser.post(f"/{journey.address}/check", ticks)) == address
    shown = words_of(browser.get(address))
    assert journey.next_step.format(call=WILL_CALL) in shown
    assert journey.lost_code in shown


@pytest.mark.parametrize("kind", RELIEF, ids=str)
def test_a_refused_worker_objects_and_another_approver_decides(
    centre: Centre, kind: CaseKind
) -> None:
    filed = refused_case(centre, kind)
    follower = centre.follower(filed)
    refused = words_of(follower.get("/status/case"))
    assert (
        refused.index("理由") < refused.index("不同意这个决定，请在") < refused.index("还可以找谁")
    )
    assert refused.index("还可以找谁") < refused.index("办理经过")
    shown = tell(centre, filed, "ask_review", {"words": "我家的房租没有算。"})
    assert "等复核" in shown
    with pytest.raises(NotAllowed, match="换一个人"):
        centre.take("approver", filed, "uphold_decision", "不变。")
    centre.take("second-approver", filed, "change_decision", "补算房租后符合。", granted="1500")
    shown = words_of(follower.get("/status/case"))
    assert "复核以后批准了" in shown
    assert "批准多少元：1,500 元" in shown


def test_an_objection_after_the_last_day_is_not_offered(centre: Centre) -> None:
    filed = refused_case(centre, CaseKind.HARDSHIP)
    centre.clock.advance(days=40)
    follower = centre.follower(filed)
    assert "申请复核</a>" not in follower.get("/status/case").text
    assert went_on(follower.get("/status/case/ask_review")) == "/status/case"


def test_the_amount_that_was_granted_is_counted_and_stands_nowhere_else(centre: Centre) -> None:
    filed = centre.case(CaseKind.MEDICAL)
    centre.take("intake", filed, "accept")
    centre.take("reviewer", filed, "refer_for_decision", "情况属实。")
    centre.take("approver", filed, "approve", "符合。", granted="8765.43")
    (granted,) = [
        row for row in centre.contents()["events"].values() if row["type"] == "ApplicationApproved"
    ]
    assert granted["tally"].pop("amount_fen") == 876543
    assert "876543" not in str(granted)
    assert "sealed_facts" not in granted
    entries = file_of(centre, "approver", filed).entries
    assert entries[0].facts == ("批准多少元：8,765.43 元",)


def test_a_bad_amount_brings_the_page_back_with_what_was_typed(centre: Centre) -> None:
    filed = centre.case(CaseKind.MEDICAL)
    centre.take("intake", filed, "accept")
    centre.take("reviewer", filed, "refer_for_decision", "情况属实。")
    approver, address = centre.staff("approver"), f"/staff/cases/{filed.number}"
    approver.get(address)
    sent = approver.post(
        f"{address}/approve", {"version": "2", "words": "符合规定。", "granted": "很多"}
    )
    assert sent.status_code == 422
    assert "符合规定。" in sent.text
    assert 'value="很多"' in sent.text


def test_messages_go_both_ways_and_leave_clock_and_state_alone(centre: Centre) -> None:
    filed = centre.case(CaseKind.CONSULTATION)
    before = file_of(centre, "lawyer", filed).case
    shown = tell(centre, filed, "write", {"words": "我换手机号了。"})
    assert "您留了言" in shown
    case = file_of(centre, "lawyer", filed).case
    assert (case.state, case.due_on, case.unread) == (before.state, before.due_on, True)
    assert "有新情况" in words_of(centre.staff("lawyer").get("/staff/"))
    centre.take("lawyer", filed, "reply", "好的，记下了。")
    assert not file_of(centre, "lawyer", filed).case.unread
    follower = centre.follower(filed)
    assert "好的，记下了。" in words_of(follower.get("/status/case"))


def test_a_worker_may_not_flood_the_centre_with_messages(centre: Centre) -> None:
    filed = centre.case(CaseKind.CONSULTATION)
    follower = centre.follower(filed)
    follower.get("/status/case/write")
    for number in range(20):
        went_on(follower.post("/status/case/write", {"words": f"第 {number} 句"}))
    over = follower.post("/status/case/write", {"words": "还有一句话"})
    assert over.status_code == 429
    assert "还有一句话" in over.text


def test_a_closed_case_is_rated_once(centre: Centre) -> None:
    filed = centre.case(CaseKind.CONSULTATION)
    centre.take("lawyer", filed, "answer", "可以要回来。")
    shown = tell(centre, filed, "rate", {"rating": "good", "words": ""})
    assert "这次办得怎么样：满意" in shown
    assert "给我们打分" not in shown
    assert file_of(centre, "lawyer", filed).case.state == "answered"


def test_who_was_never_introduced_does_not_count_as_at_work_by_us(centre: Centre) -> None:
    filed = centre.case(CaseKind.JOBS)
    centre.take("intake", filed, "arrange_training", "缝纫班，12月1日。")
    assert "confirm_work" not in centre.staff("intake").get(f"/staff/cases/{filed.number}").text
    with pytest.raises(NotAllowed, match="没有给他介绍过岗位"):
        centre.take("intake", filed, "confirm_work", "他说的。", started_on="2026-11-20")
    centre.take("intake", filed, "introduce_job", "示范服装厂。")
    centre.take("intake", filed, "confirm_work", "电话核实。", started_on="2026-11-20")


def test_a_job_seeker_is_introduced_and_begins_work(centre: Centre) -> None:
    filed = centre.case(CaseKind.JOBS)
    centre.take("intake", filed, "introduce_job", "示范服装厂缝纫工，月薪 4500 元，找示范刘。")
    follower = centre.follower(filed)
    assert "示范服装厂缝纫工" in words_of(follower.get("/status/case"))
    centre.take("intake", filed, "confirm_work", "电话核实。", started_on="2026-11-20")
    shown = words_of(follower.get("/status/case"))
    assert "已经上岗" in shown
    assert "电话核实。" not in shown


def test_a_request_about_ones_own_data_is_answered(centre: Centre) -> None:
    filed = centre.case(CaseKind.OWN_DATA)
    why = "查过了，手机号没有写错"
    centre.take("intake", filed, "fulfil", "手机号已经改好。", why_not_corrected=why)
    follower = centre.follower(filed)
    assert "手机号已经改好。" in words_of(follower.get("/status/case"))
