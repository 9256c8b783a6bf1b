"""Every end of every kind can be taken up again: by two persons, with its limits anew."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.domain.accounts.actor import APPLICANT, Actor
from portal.domain.accounts.permissions import Role
from portal.domain.cases.case import Case, advance
from portal.domain.cases.events import (
    ApplicationApproved,
    CaseReopened,
    CaseSubmitted,
    ConsultationAnswered,
    WorkStarted,
)
from portal.domain.cases.promised_date import explain_promise, find_promise
from portal.domain.cases.reopenings import point_at_end
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.cases.workflow.reopenings import (
    ASK,
    KEEP,
    REOPEN,
    REOPENING_WANTED,
    list_deciders,
)
from portal.domain.figures.counting import Count, Counting, Distinct, Sum, count_events
from portal.domain.notices.notices import is_told, is_worth_a_call
from portal.domain.records.engine import why_not
from portal.domain.records.event import CountedEvent, Event
from portal.domain.records.workflow import Awaiting, State
from portal.domain.rules.rulebook import due_on
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.dates import local_date
from tests.support.house import MONDAY, new_case, rulebook

LATER = MONDAY + timedelta(days=30)
ENDS = [
    pytest.param(kind, state, id=f"{kind} {state.code}")
    for kind, flow in WORKFLOWS.items()
    for state in flow.states.values()
    if state.awaiting is Awaiting.NOBODY
]
each_end = pytest.mark.parametrize(("kind", "state"), ENDS)


def ended(kind: CaseKind, state: str) -> Case:
    """A case that is over, decided by somebody."""
    return replace(new_case(kind), state=state, due_on=None, taken=(("decide", "zhao"),))


def take(case: Case, code: str, login: str) -> Case:
    step = case.workflow.steps[code]
    return advance(case, step, step.event(at=LATER, actor=login), rulebook())


def refuses(case: Case, code: str, actor: Actor) -> str | None:
    found = case.snapshot(local_date(LATER))
    return why_not(case.workflow, found, case.workflow.steps[code], actor)


@each_end
def test_an_end_leads_back_to_where_the_centre_acts_and_to_no_other_case(
    kind: CaseKind, state: State
) -> None:
    flow = WORKFLOWS[kind]
    assert flow.states[state.reopens_to].awaiting is Awaiting.CENTRE
    assert not any(
        one.reopens_to for one in flow.states.values() if one.awaiting is not Awaiting.NOBODY
    )


@each_end
def test_an_end_is_taken_up_again_by_two_persons_the_second_of_whom_decides(
    kind: CaseKind, state: State
) -> None:
    case = ended(kind, state.code)
    deciders = list_deciders(case.workflow)
    asker, other = Actor("li", deciders), Actor("wang", deciders)
    assert refuses(case, REOPEN, other) == "没有人提出重新办理"
    assert refuses(case, ASK, asker) is None
    wanted = take(case, ASK, "li")
    assert (wanted.state, list(wanted.tasks)) == (state.code, [REOPENING_WANTED])
    assert refuses(wanted, ASK, other)
    assert refuses(wanted, REOPEN, asker) == "是您自己提的，要换一个人定"
    assert refuses(wanted, REOPEN, APPLICANT)
    for role in case.workflow.readers - deciders:
        assert refuses(wanted, REOPEN, Actor("zhou", frozenset({role})))
        assert refuses(wanted, ASK, Actor("zhou", frozenset({role})))
    assert refuses(wanted, REOPEN, other) is None
    again = take(wanted, REOPEN, "wang")
    limit = case.workflow.states[state.reopens_to].limit
    assert limit
    assert (again.state, again.holder, again.tasks) == (state.reopens_to, "", {})
    assert again.due_on == due_on(rulebook(), limit, local_date(LATER))
    assert again.open


@each_end
def test_an_end_stays_if_the_second_person_says_no_and_may_be_asked_for_again(
    kind: CaseKind, state: State
) -> None:
    case = take(take(ended(kind, state.code), ASK, "li"), KEEP, "wang")
    deciders = list_deciders(case.workflow)
    assert (case.state, case.tasks) == (state.code, {})
    assert refuses(case, REOPEN, Actor("wang", deciders))
    once_more = take(case, ASK, "wang")
    assert refuses(once_more, REOPEN, Actor("wang", deciders))
    assert refuses(once_more, REOPEN, Actor("li", deciders)) is None


@each_end
def test_the_worker_is_told_that_his_case_is_taken_up_again_and_of_nothing_before(
    kind: CaseKind, state: State
) -> None:
    steps = WORKFLOWS[kind].steps
    assert is_told(steps[REOPEN])
    assert is_worth_a_call(kind, steps[REOPEN])
    assert not is_told(steps[ASK])
    assert not is_told(steps[KEEP])


def test_nothing_that_goes_on_can_be_taken_up_again() -> None:
    everybody = Actor("li", frozenset(Role))
    for kind, flow in WORKFLOWS.items():
        for state in flow.states.values():
            if state.awaiting is not Awaiting.NOBODY:
                assert refuses(replace(new_case(kind), state=state.code), ASK, everybody)


def test_who_decides_on_a_kind_is_told_by_its_table() -> None:
    assert list_deciders(WORKFLOWS[CaseKind.HARDSHIP]) == {Role.APPROVER}
    assert list_deciders(WORKFLOWS[CaseKind.CONSULTATION]) == {Role.LAWYER}
    assert list_deciders(WORKFLOWS[CaseKind.JOBS]) == {Role.INTAKE}
    assert list_deciders(WORKFLOWS[CaseKind.OWN_DATA]) == {Role.INTAKE, Role.APPROVER}


def test_the_event_points_at_the_one_that_no_longer_holds_and_carries_its_sums() -> None:
    case = ended(CaseKind.HARDSHIP, "approved")
    history = [
        CaseSubmitted(at=MONDAY, actor="visitor"),
        ApplicationApproved(at=MONDAY, actor="zhao", tally={"amount_fen": 9_999_999_900}),
        case.workflow.steps[ASK].event(at=LATER, actor="li"),
    ]
    pointing = point_at_end(case, CaseReopened(at=LATER, actor="wang"), history)
    assert pointing.corrects == 1
    assert pointing.tally == {"corrects": "ApplicationApproved", "amount_fen": 9_999_999_900}


def counted(*events: tuple[str, str, dict[str, int | str]], how: Counting) -> dict[str, object]:
    """What a figure comes to by month; each event is a type, a day and its tally."""
    rows = [
        CountedEvent(place, "JZ26-7K3M-9QF2", name, MONDAY, date.fromisoformat(day), tally)
        for place, (name, day, tally) in enumerate(events, 1)
    ]
    months = count_events(rows, {"S": how}, {})
    return {month: next(iter(cells["S"].values())) for month, cells in months.items()}


def test_figures_take_away_today_what_no_longer_holds() -> None:
    events: list[tuple[str, str, dict[str, int | str]]] = [
        ("ApplicationApproved", "2026-10-08", {"amount_fen": 9_999_999_900}),
        ("CaseReopened", "2026-11-09",
         {"corrects": "ApplicationApproved", "amount_fen": 9_999_999_900}),
        ("ApplicationApproved", "2026-11-10", {"amount_fen": 300_000}),
    ]  # fmt: skip
    kinds: tuple[type[Event], ...] = (ApplicationApproved,)
    assert counted(*events, how=Sum(of="amount_fen", events=kinds)) == {
        "2026-10": 9_999_999_900, "2026-11": 300_000 - 9_999_999_900,
    }  # fmt: skip
    assert counted(*events, how=Count(events=kinds)) == {"2026-10": 1, "2026-11": 0}
    other = counted(*events, how=Count(events=(WorkStarted,)))
    assert other == {}


def test_what_is_counted_once_for_all_stays_counted() -> None:
    events: list[tuple[str, str, dict[str, int | str]]] = [
        ("ConsultationAnswered", "2026-10-08", {}),
        ("CaseReopened", "2026-11-09", {"corrects": "ConsultationAnswered"}),
    ]
    how = Distinct(by="record", events=(ConsultationAnswered,))
    assert counted(*events, how=how) == {
        "2026-10": frozenset({"JZ26-7K3M-9QF2"}), "2026-11": frozenset(),
    }  # fmt: skip


def test_the_worker_reads_why_there_is_a_new_day() -> None:
    case, history = new_case(CaseKind.HARDSHIP), [CaseSubmitted(at=MONDAY, actor="visitor")]
    for code in ("accept", "refer_for_decision", "approve", ASK, REOPEN):
        step = case.workflow.steps[code]
        history.append(step.event(at=MONDAY, actor=code))  # type: ignore[arg-type]
        case = advance(case, step, history[-1], rulebook())
    promise = find_promise(case, history, rulebook())
    assert promise
    assert explain_promise(promise) == ["您的事重新办理，日子从那天重新算。"]
