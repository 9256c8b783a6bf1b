"""What the states of a case say: only what the event that leads there proves."""

import pytest

from portal.domain.cases import events
from portal.domain.cases.workflow import OPENING, WORKFLOWS, CaseWorkflow
from portal.domain.records.event import Event
from portal.domain.records.workflow import Awaiting, State

CLAIMS: dict[str, set[type[Event]]] = {
    "已经受理": {events.CaseAccepted, events.ReturnedForChecking},
    "受理了": {events.CaseAccepted, events.ReturnedForChecking},
    "开始": {events.CaseAccepted, events.ReturnedForChecking},
    "已经核实": {events.ReferredForDecision},
    "查完了": {events.ReferredForDecision},
    "收到了您的复核申请": {events.ReviewAsked},
    "已经批准": {events.ApplicationApproved, events.DecisionChanged},
    "没有批准": {events.ApplicationRefused},
    "复核过了": {events.DecisionUpheld},
    "已经答复": {events.ConsultationAnswered},
    "名单改了": {events.ObjectionUpheld},
    "我们查过了": {events.ObjectionDismissed},
    "已经撤回": {events.CaseWithdrawn, events.SupplementLapsed},
}
"""An act that a sentence tells of, and the events that prove it."""
each_state = pytest.mark.parametrize(
    ("flow", "state"),
    [(flow, state) for flow in WORKFLOWS.values() for state in flow.states.values()],
    ids=lambda one: one.code if isinstance(one, State) else str(one.kind),
)


def words_of(state: State) -> str:
    """All that a state says to the applicant and to staff."""
    return f"{state.staff_label} {state.public_label} {state.public_sentence}"


@each_state
def test_a_state_never_tells_what_somebody_may_be_doing_now(
    flow: CaseWorkflow, state: State
) -> None:
    assert "正在" not in words_of(state)
    assert "马上" not in words_of(state)


@each_state
def test_an_act_that_a_state_tells_of_is_proved_by_each_event_that_leads_there(
    flow: CaseWorkflow, state: State
) -> None:
    leading = {step.event for step in flow.steps.values() if step.target == state.code}
    for claim, proofs in CLAIMS.items():
        if claim in words_of(state):
            assert state.code != OPENING
            assert leading <= proofs, claim


@each_state
def test_a_refusal_ends_the_case_and_tells_its_reason(flow: CaseWorkflow, state: State) -> None:
    if state.refuses:
        leading = [step for step in flow.steps.values() if step.target == state.code]
        assert state.awaiting is Awaiting.NOBODY
        assert leading
        assert all(step.statement and step.statement.public for step in leading)
