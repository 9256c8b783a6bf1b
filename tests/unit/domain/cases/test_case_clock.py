"""The clock of a case: it stands still while the worker has the ball, and gives days back."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.cases.case import Case, advance, timeline
from portal.domain.cases.events import CaseSubmitted
from portal.domain.rules.rulebook import due_on, working_days_left
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


def test_a_supplement_asked_too_late_leaves_no_day_and_never_less() -> None:
    asked = take(new_case(CaseKind.HARDSHIP), "request_supplement", MONDAY + timedelta(days=30))
    assert asked.days_left == 0


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
