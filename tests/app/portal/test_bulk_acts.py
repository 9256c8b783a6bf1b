"""One act on many cases: each by itself, with a reason, and each refusal by name."""

import re

import pytest

from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAccepted
from portal.operations.cases import bulk_acts
from portal.operations.cases.bulk_acts import may_be_taken_together
from portal.store import cases
from tests.app.portal.test_exclusion import exclude
from tests.app.portal.test_work_list import assign, shown_in
from tests.support.browser import Browser, words_of
from tests.support.centre import Centre, Filed


def state_of(centre: Centre, filed: Filed) -> str:
    stored = cases.find_case(centre.instance, filed.number)
    assert stored
    return stored.case.state


def ticked(browser: Browser, *filed: Filed) -> tuple[str, list[str]]:
    """The page with these cases ticked, and what stands on it of each."""
    query = "&".join(f"receipt={one.number}" for one in filed)
    page = browser.get(f"/staff/together?{query}")
    return page.text, re.findall(r'name="case" value="([^"]+)"', page.text)


def test_three_cases_are_accepted_at_once_with_a_reason_that_colleagues_read(
    centre: Centre,
) -> None:
    filed = [centre.case(CaseKind.HARDSHIP) for _ in range(3)]
    intake = centre.staff("intake")
    page, chosen = ticked(intake, *filed)
    assert "受理（3 件能办）" in page
    silent = intake.post("/staff/together", {"case": chosen, "act": "accept", "why": ""})
    assert silent.status_code == 422
    assert {state_of(centre, one) for one in filed} == {"submitted"}
    typed = {"case": chosen, "act": "accept", "why": "材料都齐了"}
    assert "3 件都办成了" in words_of(intake.post("/staff/together", typed))
    assert {state_of(centre, one) for one in filed} == {"accepted"}
    assert "材料都齐了" in words_of(centre.staff("reviewer").get(f"/staff/cases/{filed[0].number}"))
    assert "材料都齐了" not in words_of(centre.follower(filed[0]).get("/status/case"))


def test_each_that_could_not_be_done_is_named_with_why_and_the_others_are_done(
    centre: Centre,
) -> None:
    fresh, done, asked = (centre.case(CaseKind.HARDSHIP) for _ in range(3))
    intake = centre.staff("intake")
    _, chosen = ticked(intake, fresh, done, asked)
    centre.take("second-intake", done, "accept")
    chosen[2] = chosen[2].replace(":0", ":7")
    typed = {"case": [*chosen, "JZ26-2222-2222:0"], "act": "accept", "why": "齐了"}
    shown = words_of(intake.post("/staff/together", typed))
    assert "办成 1 件，没办成 3 件" in shown
    assert f"{done.number} 刚刚有人办过" in shown
    assert f"{asked.number} 刚刚有人办过" in shown
    assert "JZ26-2222-2222 没有这一件" in shown
    assert state_of(centre, fresh) == "accepted"
    assert state_of(centre, asked) == "submitted"


def test_what_says_something_of_its_own_about_a_case_is_never_done_to_many(
    centre: Centre,
) -> None:
    for flow in WORKFLOWS.values():
        for step in flow.steps.values():
            if may_be_taken_together(step):
                assert not step.fields
                assert not flow.states.get(step.target) or not flow.states[step.target].refuses
    filed = centre.case(CaseKind.CONSULTATION)
    chosen = [(filed.number, 0)]
    lawyer = centre.actor("lawyer")
    outcome = bulk_acts.take_together(centre.office, lawyer, chosen, "answer", "都一样")
    assert outcome.refused == ((filed.number, "这一步要一件一件办"),)
    with pytest.raises(NotAccepted):
        bulk_acts.take_together(centre.office, lawyer, chosen, "close", " ")


def test_what_one_may_not_open_is_neither_shown_nor_done(centre: Centre) -> None:
    hidden, legal = centre.case(CaseKind.HARDSHIP), centre.case(CaseKind.CONSULTATION)
    exclude(centre, "approver", hidden, "intake")
    intake = centre.staff("intake")
    page, chosen = ticked(intake, hidden, legal)
    assert chosen == []
    assert hidden.number not in page
    typed = {"case": [f"{hidden.number}:1"], "act": "accept", "why": "齐了"}
    assert "没有这一件" in words_of(intake.post("/staff/together", typed))
    assert state_of(centre, hidden) == "submitted"


def test_many_are_given_to_a_colleague_who_can_take_them(centre: Centre) -> None:
    first, second = centre.case(CaseKind.HARDSHIP), centre.case(CaseKind.MEDICAL)
    browser = centre.staff("approver")
    page, chosen = ticked(browser, first, second)
    assert 'value="to:intake"' in page
    typed = {"case": chosen, "act": "to:intake", "why": "今天他值班"}
    assert "2 件都办成了" in words_of(browser.post("/staff/together", typed))
    assert set(shown_in(centre, "intake", "mine")) == {first.number, second.number}
    refused = browser.post("/staff/together", {"case": chosen, "act": "to:lawyer", "why": "试"})
    assert "没办成 2 件" in words_of(refused)


def test_the_load_of_who_is_ill_goes_over_from_a_page(centre: Centre) -> None:
    filed = [centre.case(CaseKind.HARDSHIP) for _ in range(2)]
    for one in filed:
        assign(centre, "intake", one, "intake")
    browser = centre.staff("approver")
    assert "示范intake（2 件）" in words_of(browser.get("/staff/hand-over"))
    typed = {"from": "intake", "to": "second-intake", "why": ""}
    assert browser.post("/staff/hand-over", typed).status_code == 422
    done = browser.post("/staff/hand-over", {**typed, "why": "请病假两周"})
    assert "2 件都办成了" in words_of(done)
    assert len(shown_in(centre, "second-intake", "mine")) == 2
    own = centre.staff("second-intake").get("/staff/hand-over")
    assert "示范second-intake（2 件）" in words_of(own)
    refused = centre.staff("intake").post("/staff/hand-over", {**typed, "from": "second-intake"})
    assert refused.status_code in {400, 403, 422}


def test_what_cannot_be_taken_back_is_said_before_it_is_done_to_many(centre: Centre) -> None:
    filed = [centre.case(CaseKind.CONSULTATION) for _ in range(2)]
    for one in filed:
        centre.take("lawyer", one, "answer", "可以要。")
    browser = centre.staff("lawyer")
    page, chosen = ticked(browser, *filed)
    assert WORKFLOWS[CaseKind.CONSULTATION].steps["close"].consequence in page
    done = browser.post("/staff/together", {"case": chosen, "act": "close", "why": "都说清了"})
    assert "2 件都办成了" in words_of(done)


def test_what_was_asked_for_in_vain_ends_together_with_a_reason_that_each_one_reads(
    centre: Centre,
) -> None:
    filed = [centre.case(CaseKind.HARDSHIP) for _ in range(2)]
    for one in filed:
        centre.take("intake", one, "request_supplement", "请补户口本。")
    centre.clock.advance(days=40)
    early = centre.case(CaseKind.HARDSHIP)
    centre.take("intake", early, "request_supplement", "请补户口本。")
    browser = centre.staff("intake")
    page, chosen = ticked(browser, *filed, early)
    assert "每位申请人都会看到" in page
    assert "申请人看不到）" not in page
    why = "打过电话、发过短信，过了期限没有补"
    told = browser.post("/staff/together", {"case": chosen, "act": "lapse", "why": why})
    assert f"{early.number} 还没到期限" in words_of(told)
    assert [state_of(centre, one) for one in (*filed, early)] == [
        "withdrawn", "withdrawn", "supplement_requested",
    ]  # fmt: skip
    for one in filed:
        assert why in words_of(centre.follower(one).get("/status/case"))
    accept, _ = ticked(browser, centre.case(CaseKind.HARDSHIP))
    assert "同事看得到，申请人看不到" in accept
