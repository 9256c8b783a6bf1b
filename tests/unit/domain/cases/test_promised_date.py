"""Why a promised day moved: told from the events, or not at all."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from portal.domain.cases.case import Case, advance
from portal.domain.cases.events import CaseSubmitted, CodeReissued
from portal.domain.cases.promised_date import (
    Pause,
    Promise,
    explain_promise,
    find_promise,
    first_promise,
    judge_promise,
)
from portal.domain.records.event import Event
from portal.domain.rules.rulebook import Rulebook
from portal.domain.shared.case_kinds import CaseKind
from rulefiles.deadlines import Deadline
from tests.support.house import MONDAY, new_case, rulebook

Walked = tuple[Case, list[Event]]
SUBMITTED = CaseSubmitted(at=MONDAY, actor="visitor", tally={"channel": "web"})


def walk(*steps: tuple[str, int], kind: CaseKind = CaseKind.HARDSHIP) -> Walked:
    """A case and its history after steps, each so many days after it was handed in."""
    case: Case = new_case(kind)
    history: list[Event] = [SUBMITTED]
    for code, days in steps:
        step = case.workflow.steps[code]
        event = step.event(at=MONDAY + timedelta(days=days), actor="li")
        case = advance(case, step, event, rulebook())
        history.append(event)
    return case, history


def promise_of(walked: Walked) -> Promise | None:
    return find_promise(*walked, rulebook())


def day(month: int, number: int) -> date:
    return date(2026, month, number)


def test_a_new_case_has_its_first_promise_and_nothing_to_explain() -> None:
    promise = promise_of(walk())
    assert promise == Promise(day(11, 25), day(11, 25))
    assert not promise.moved
    assert explain_promise(promise) == []


def test_each_stage_makes_a_promise_of_its_own() -> None:
    promise = promise_of(walk(("accept", 1)))
    assert promise == Promise(day(12, 22), day(12, 22))


def test_while_the_worker_has_the_ball_the_clock_stands() -> None:
    promise = promise_of(walk(("accept", 0), ("request_supplement", 7)))
    assert promise == Promise(day(12, 21), None, (Pause(day(11, 30), None),))
    assert explain_promise(promise) == [
        "本来答应 2026年12月21日以前办好这一步。",
        "2026年11月30日起在等您补，补好以前不计时。您补了以后，剩下的天数接着算。",
    ]


def test_a_supplement_moves_the_day_by_the_days_of_waiting() -> None:
    steps = ("accept", 0), ("request_supplement", 7), ("give_supplement", 14)
    promise = promise_of(walk(*steps))
    pause = Pause(day(11, 30), day(12, 7))
    assert promise == Promise(day(12, 21), day(12, 28), (pause,))
    assert "2026年11月30日到 2026年12月7日在等您补，这几天不计时。" in explain_promise(promise)


def test_every_pause_of_a_stage_is_told_and_those_of_earlier_stages_are_not() -> None:
    twice = [("request_supplement", 7), ("give_supplement", 14), ("request_supplement", 15),
             ("give_supplement", 16)]  # fmt: skip
    promise = promise_of(walk(("accept", 0), *twice))
    assert promise
    assert [pause.until for pause in promise.pauses] == [day(12, 7), day(12, 9)]
    later = promise_of(walk(("accept", 0), *twice, ("refer_for_decision", 17)))
    assert later
    assert not later.moved


def test_a_supplement_given_on_the_same_day_is_told_as_such() -> None:
    told = explain_promise(Promise(day(12, 1), day(12, 2), (Pause(day(11, 30), day(11, 30)),)))
    assert "2026年11月30日请您补过一次，当天就补好了，接着计时。" in told


def test_a_review_and_a_second_checking_say_that_the_day_is_new() -> None:
    refused = ("accept", 0), ("refer_for_decision", 1), ("refuse", 2)
    promise = promise_of(walk(*refused, ("ask_review", 3)))
    assert promise
    assert explain_promise(promise) == ["您申请了复核，要换人从头看，日子从那天重新算。"]
    again = promise_of(walk(*refused[:2], ("return_for_checking", 3)))
    assert again
    assert explain_promise(again) == ["有的情况要再核实一遍，没用完的天数接着算。"]


def test_an_extension_is_told_with_the_day_that_was_promised_first() -> None:
    case, history = walk(("accept", 0), ("extend", 1))
    promise = promise_of((case, history))
    assert promise
    assert promise == Promise(day(12, 21), case.due_on, extended=True)
    assert explain_promise(promise) == [
        "本来答应 2026年12月21日以前办好这一步。",
        "情况复杂，办理期限延长过一次，理由写在办理经过里。",
    ]


@pytest.mark.parametrize(
    ("steps", "code", "days", "counted"),
    [([], "accept", 2, {"kept": "yes"}), ([], "accept", 3, {"kept": "no"}),
     ([], "request_supplement", 3, {}), ([], "withdraw", 3, {}), ([], "reply", 3, {}),
     ([("accept", 0), ("refer_for_decision", 1)], "return_for_checking", 30, {}),
     ([("accept", 0), ("refer_for_decision", 1)], "approve", 30, {"kept": "no"}),
     ([("accept", 0), ("refer_for_decision", 1)], "refuse", 2, {"kept": "yes"}),
     ([("request_supplement", 5), ("give_supplement", 6)], "accept", 6, {"kept": "no"})],
)  # fmt: skip
def test_what_ends_a_promise_counts_whether_it_was_kept(
    steps: list[tuple[str, int]], code: str, days: int, counted: dict[str, str]
) -> None:
    case, _ = walk(*steps)
    step = case.workflow.steps[code]
    actor = "visitor" if step.by_applicant else "li"
    event = step.event(at=MONDAY + timedelta(days=days), actor=actor)
    assert judge_promise(case, step, event) == counted


@pytest.mark.parametrize("end", ["withdraw", "refuse"])
def test_a_case_that_is_over_promises_nothing(end: str) -> None:
    before = [] if end == "withdraw" else [("accept", 0), ("refer_for_decision", 0)]
    assert promise_of(walk(*before, (end, 1))) is None


def test_messages_and_new_codes_move_nothing() -> None:
    case, history = walk(("accept", 0), ("write", 1), ("reply", 2))
    again = CodeReissued(at=MONDAY, actor="li")
    assert find_promise(case, [*history, again], rulebook()) == promise_of(walk(("accept", 0)))


def test_a_question_asked_again_is_a_promise_of_its_own() -> None:
    promise = promise_of(walk(("answer", 1), ("ask_again", 9), kind=CaseKind.CONSULTATION))
    assert promise
    assert not promise.moved


def slower() -> Rulebook:
    """The same house with more time for checking."""
    rules = rulebook()
    return replace(
        rules, deadlines={**rules.deadlines, "checking": Deadline("checking", 30, "working_days")}
    )


def test_after_a_change_of_rules_nothing_is_said_that_could_be_wrong() -> None:
    case, history = walk(("accept", 0), ("request_supplement", 7), ("give_supplement", 14))
    assert find_promise(case, history, slower()) is None


def test_the_first_promise_is_that_of_the_day_of_filing() -> None:
    case, _ = walk(("accept", 5))
    assert first_promise(case, rulebook()) == day(11, 25)


def test_a_moment_is_read_as_a_day_in_china() -> None:
    late = datetime.combine(day(11, 30), MONDAY.timetz()).replace(hour=17)
    case = new_case(CaseKind.HARDSHIP)
    step = case.workflow.steps["request_supplement"]
    event = step.event(at=late, actor="li")
    promise = find_promise(advance(case, step, event, rulebook()), [SUBMITTED, event], rulebook())
    assert promise
    assert promise.pauses == (Pause(day(12, 1), None),)
