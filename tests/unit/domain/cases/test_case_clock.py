"""The clock of a case: it stands still while the worker has the ball, and gives days back."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Role
from portal.domain.cases.case import Case, advance, timeline
from portal.domain.cases.events import CaseSubmitted
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.cases.workflow.reopenings import list_deciders
from portal.domain.notices.notices import is_told
from portal.domain.records.engine import why_not
from portal.domain.records.workflow import Awaiting
from portal.domain.rules.rulebook import (
    after_working_days,
    due_on,
    give_back,
    working_days_left,
)
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.dates import local_date
from rulefiles.toml_files import RuleFileError
from tests.support.house import MONDAY, new_case, rulebook


def take(case: Case, code: str, at: datetime, text: str = "") -> Case:
    """The case after a step of its table."""
    step = case.workflow.steps[code]
    return advance(case, step, step.event(at=at, actor="li", text=text), rulebook())


def test_a_new_application_is_due_two_working_days_later() -> None:
    assert new_case(CaseKind.HARDSHIP).due_on == date(2026, 11, 25)


def test_the_clock_stops_with_the_worker_and_gives_the_days_back() -> None:
    accepted = take(new_case(CaseKind.HARDSHIP), "accept", MONDAY)
    assert accepted.due_on == date(2026, 12, 21)  # 20 working days
    asked = take(accepted, "request_supplement", MONDAY + timedelta(days=7))
    assert asked.days_left == 15
    assert asked.due_on == date(2026, 12, 15)  # the worker's own 15 days
    assert asked.returns_to == "accepted"
    given_back = take(asked, "give_supplement", MONDAY + timedelta(days=14))
    assert (given_back.state, given_back.days_left, given_back.returns_to) == (
        "accepted", None, None
    )  # fmt: skip
    assert given_back.due_on == date(2026, 12, 28)  # 15 working days after 7 December


def test_a_supplement_asked_on_the_last_day_leaves_one_working_day() -> None:
    case = new_case(CaseKind.HARDSHIP)
    asked = take(case, "request_supplement", MONDAY + timedelta(days=2))
    assert asked.days_left == 0
    back = take(asked, "give_supplement", MONDAY + timedelta(days=3))
    assert back.due_on == date(2026, 11, 27)


def test_a_supplement_asked_too_late_does_not_wipe_the_lateness_out() -> None:
    case = new_case(CaseKind.HARDSHIP)  # due on Wednesday the 25th
    asked = take(case, "request_supplement", MONDAY + timedelta(days=16))
    assert asked.days_left == -10
    back = take(asked, "give_supplement", MONDAY + timedelta(days=16))
    assert back.due_on == date(2026, 11, 25)
    assert back.overdue(date(2026, 12, 9))
    later = take(asked, "give_supplement", MONDAY + timedelta(days=23))
    assert later.due_on == date(2026, 12, 2)  # ten working days late as before


def test_one_day_too_late_on_a_weekend_is_too_late_all_the_same() -> None:
    case = replace(new_case(CaseKind.HARDSHIP), due_on=date(2026, 11, 27))
    saturday = MONDAY + timedelta(days=5)
    back = take(take(case, "request_supplement", saturday), "give_supplement", saturday)
    assert back.overdue(date(2026, 11, 28))


def checked(days: int) -> Case:
    """A case that was accepted on Monday and referred so many days later."""
    case = take(new_case(CaseKind.HARDSHIP), "accept", MONDAY)
    return take(case, "refer_for_decision", MONDAY + timedelta(days=days))


def test_a_return_gives_the_days_that_were_left_and_no_new_time() -> None:
    case = checked(14)  # 10 of 20 working days left
    assert case.days_left_in["accepted"] == 10
    back = take(case, "return_for_checking", MONDAY + timedelta(days=15))
    assert back.due_on == date(2026, 12, 22)  # 10 working days after 8 December
    again = take(take(back, "refer_for_decision", MONDAY + timedelta(days=16)),
                 "return_for_checking", MONDAY + timedelta(days=17))  # fmt: skip
    assert again.due_on == date(2026, 12, 23)  # 9 after the 10th


def test_a_return_of_what_is_late_stays_late() -> None:
    case = checked(1)
    assert case.due_on == date(2026, 12, 1)
    back = take(case, "return_for_checking", MONDAY + timedelta(days=21))
    assert back.due_on == date(2026, 12, 1)
    done = take(back, "refer_for_decision", MONDAY + timedelta(days=22))
    assert done.due_on == due_on(rulebook(), "approval", date(2026, 12, 15))  # a new promise


@pytest.mark.parametrize("step", ["introduce_job", "arrange_training"])
def test_introducing_again_does_not_wipe_the_lateness_out(step: str) -> None:
    case = take(new_case(CaseKind.JOBS), "introduce_job", MONDAY)
    assert case.due_on
    in_time = take(case, step, MONDAY + timedelta(days=1))
    assert in_time.due_on == due_on(rulebook(), "job_follow_up", date(2026, 11, 24))
    late = take(case, step, MONDAY + timedelta(days=90))
    assert late.due_on == case.due_on


def test_an_extension_moves_the_day_once_and_not_when_it_has_passed() -> None:
    case = take(new_case(CaseKind.HARDSHIP), "accept", MONDAY)
    step = case.workflow.steps["extend"]
    approver = Actor("zhao", frozenset({Role.APPROVER}))
    assert case.due_on
    late = case.due_on + timedelta(days=1)
    assert why_not(case.workflow, case.snapshot(late), step, approver)
    assert why_not(case.workflow, case.snapshot(case.due_on), step, approver) is None
    longer = take(case, "extend", MONDAY)
    limit = rulebook().deadline("extension").limit
    assert longer.due_on == after_working_days(rulebook(), case.due_on, limit)
    assert (longer.state, longer.tasks) == (case.state, case.tasks)
    assert why_not(longer.workflow, longer.snapshot(late), step, approver)


@pytest.mark.parametrize("kind", CaseKind, ids=str)
def test_every_stage_of_the_centre_can_be_extended_by_who_ends_such_cases(kind: CaseKind) -> None:
    flow = WORKFLOWS[kind]
    step = flow.steps["extend"]
    waiting = {one.code for one in flow.states.values() if one.awaiting is Awaiting.CENTRE}
    assert step.sources == waiting
    assert step.by == list_deciders(flow)
    assert is_told(step)
    assert step.statement
    assert step.statement.public


def test_days_are_counted_back_as_they_were_counted_forward() -> None:
    for days in range(-30, 31):
        day = give_back(rulebook(), date(2026, 11, 30), days)
        left = working_days_left(rulebook(), date(2026, 11, 30), day)
        assert left == (days or 1)


def test_a_question_asked_again_starts_a_new_clock() -> None:
    answered = take(new_case(CaseKind.CONSULTATION), "answer", MONDAY)
    assert answered.due_on is None
    again = take(answered, "ask_again", MONDAY + timedelta(days=10))
    assert again.due_on == due_on(rulebook(), "consultation_reply", date(2026, 12, 3))


def test_a_case_is_overdue_only_after_its_day() -> None:
    case = new_case(CaseKind.HARDSHIP)
    assert not case.overdue(date(2026, 11, 25))
    assert case.overdue(date(2026, 11, 26))
    assert not take(case, "withdraw", MONDAY).overdue(date(2030, 1, 1))


@given(st.integers(0, 400), st.integers(0, 40))
def test_days_left_are_never_lost_nor_won(start: int, pause: int) -> None:
    opened = MONDAY + timedelta(days=start)
    case = take(new_case(CaseKind.HARDSHIP, opened), "accept", opened)
    asked = take(case, "request_supplement", opened + timedelta(days=3))
    back_at = opened + timedelta(days=3 + pause)
    back = take(asked, "give_supplement", back_at)
    assert asked.days_left
    assert back.due_on
    left = working_days_left(rulebook(), local_date(back_at), back.due_on)
    assert left == asked.days_left


def test_the_public_timeline_hides_internal_words_and_names() -> None:
    case = new_case(CaseKind.HARDSHIP)
    steps = case.workflow.steps
    history = [
        CaseSubmitted(at=MONDAY, actor="visitor", tally={"channel": "web"}),
        steps["accept"].event(at=MONDAY, actor="li"),
        steps["refer_for_decision"].event(at=MONDAY, actor="wang", text="邻居说家里有车"),
        steps["return_for_checking"].event(at=MONDAY, actor="zhao", text="再问一问"),
        steps["refuse"].event(at=MONDAY, actor="zhao", text="收入高于标准"),
    ]
    shown = timeline(case, history, public=True)
    assert [entry.title for entry in shown] == [
        "没有批准",
        "核实好了，报上去审批",
        "受理了",
        "提交",
    ]
    assert [entry.text for entry in shown] == ["收入高于标准", "", "", ""]
    assert {entry.actor for entry in shown} == {""}
    inside = timeline(case, history, public=False)
    assert [entry.title for entry in inside][:3] == ["不予批准", "退回核实", "报审批"]
    assert inside[2].text == "邻居说家里有车"
    assert inside[2].actor == "wang"


def test_a_missing_limit_names_its_code_and_the_file() -> None:
    with pytest.raises(RuleFileError, match=r'deadlines\.toml.*"no_such_limit"'):
        rulebook().deadline("no_such_limit")
