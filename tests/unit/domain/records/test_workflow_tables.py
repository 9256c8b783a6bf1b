"""The workflow tables hold together: nothing leads nowhere, nobody is left waiting."""

import re
from string import Formatter

import pytest

from portal.domain.accounts.actor import APPLICANT, Actor
from portal.domain.accounts.permissions import Role
from portal.domain.cases.events import REGISTRY, CaseSubmitted
from portal.domain.cases.workflow import OPENING, WORKFLOWS, CaseWorkflow, kinds_open_to
from portal.domain.notices.notices import WILL_CALL
from portal.domain.records.engine import require_step, steps_open_to, why_not
from portal.domain.records.guards import deadline_passed, within_deadline
from portal.domain.records.workflow import BACK, REOPENED, SAME, Awaiting, Snapshot, Step
from portal.domain.shared.case_kinds import CaseKind
from tests.support.house import not_by_who_took, rulebook

FLOWS = list(WORKFLOWS.values())
each_flow = pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: str(flow.kind))

HARDSHIP = WORKFLOWS[CaseKind.HARDSHIP]


def targets_of(flow: CaseWorkflow, step: Step) -> set[str]:
    """Where a step may lead; BACK leads to every state that a supplement can be asked in."""
    if step.target == SAME:
        return set(step.sources)
    if step.target == REOPENED:
        return {flow.states[source].reopens_to for source in step.sources}
    if step.target != BACK:
        return {step.target}
    asking = [one for one in flow.steps.values() if one.target in step.sources]
    return {source for one in asking for source in one.sources}


@each_flow
def test_every_source_and_target_is_a_state(flow: CaseWorkflow) -> None:
    for step in flow.steps.values():
        assert step.sources <= flow.states.keys()
        assert targets_of(flow, step) <= flow.states.keys()


@each_flow
def test_every_state_can_be_reached(flow: CaseWorkflow) -> None:
    reached, frontier = {OPENING}, {OPENING}
    while frontier:
        frontier = {
            target
            for step in flow.steps.values() if step.sources & frontier
            for target in targets_of(flow, step)
        } - reached  # fmt: skip
        reached |= frontier
    assert reached == set(flow.states)


@each_flow
def test_whoever_holds_the_ball_has_a_step_to_take(flow: CaseWorkflow) -> None:
    for state in flow.states.values():
        ways = [step for step in flow.steps.values() if state.code in step.sources]
        if state.awaiting is Awaiting.APPLICANT:
            assert any(step.by_applicant for step in ways), state.code
        if state.awaiting is Awaiting.CENTRE:
            assert any(
                not step.from_applicant and deadline_passed not in step.guards for step in ways
            ), state.code


@each_flow
def test_an_end_is_reachable_from_every_open_state(flow: CaseWorkflow) -> None:
    ends = {state.code for state in flow.states.values() if state.awaiting is Awaiting.NOBODY}
    leading = set(ends)
    for _ in flow.states:
        for step in flow.steps.values():
            if targets_of(flow, step) & leading:
                leading |= step.sources
    assert leading == set(flow.states)


@each_flow
def test_every_limit_is_one_that_the_centre_publishes(flow: CaseWorkflow) -> None:
    limits = {state.limit for state in flow.states.values() if state.limit}
    assert limits <= rulebook().deadlines.keys()


@each_flow
def test_every_open_state_has_a_clock(flow: CaseWorkflow) -> None:
    for state in flow.states.values():
        objecting = any(
            within_deadline in step.guards and state.code in step.sources
            for step in flow.steps.values()
        )
        assert bool(state.limit) == (state.awaiting is not Awaiting.NOBODY or objecting), state.code


@each_flow
def test_every_placeholder_of_a_public_sentence_can_be_filled(flow: CaseWorkflow) -> None:
    words = {**rulebook().words(), "call": WILL_CALL}
    for state in flow.states.values():
        names = {name for _, name, _, _ in Formatter().parse(state.public_sentence) if name}
        assert names <= words.keys(), state.code
        assert "{" not in state.public_sentence.format_map(words)


@each_flow
def test_every_step_writes_a_registered_event_of_its_own(flow: CaseWorkflow) -> None:
    events = [step.event for step in flow.steps.values() if not step.twin_of]
    assert len(set(events)) == len(events)
    assert all(REGISTRY[event.__name__] is event for event in events)
    assert CaseSubmitted not in events


@each_flow
def test_second_person_rules_name_steps_that_exist(flow: CaseWorkflow) -> None:
    for step in flow.steps.values():
        assert not_by_who_took(step) <= flow.steps.keys() | {"submit"}


@each_flow
def test_codes_stand_in_addresses_and_rows_as_they_are(flow: CaseWorkflow) -> None:
    for code in [*flow.states, *flow.steps, str(flow.kind)]:
        assert re.fullmatch(r"[a-z_]+", code)
    assert not {"reveal", "new-code"} & flow.steps.keys()  # routes of their own
    assert all(state.code == code for code, state in flow.states.items())
    assert all(step.code == code for code, step in flow.steps.items())


@each_flow
def test_an_ending_against_the_worker_asks_for_words(flow: CaseWorkflow) -> None:
    for step in flow.steps.values():
        if step.code in {"refuse", "uphold_decision", "lapse", "request_supplement"}:
            assert step.statement
            assert step.statement.required
            assert step.statement.public


@each_flow
def test_a_worker_can_withdraw_before_the_decision(flow: CaseWorkflow) -> None:
    sources = flow.steps["withdraw"].sources
    assert {OPENING, "supplement_requested"} <= sources
    assert not any(flow.states[source].awaiting is Awaiting.NOBODY for source in sources)


def test_deciding_steps_ask_for_a_second_person() -> None:
    steps = WORKFLOWS[CaseKind.HARDSHIP].steps
    for code in ("approve", "refuse"):
        assert not_by_who_took(steps[code]) == {"submit", "accept", "refer_for_decision"}
    assert not_by_who_took(steps["refer_for_decision"]) == frozenset()
    assert not_by_who_took(steps["accept"]) == {"submit"}


@pytest.mark.parametrize("code", ["change_decision", "uphold_decision"])
def test_who_decided_does_not_review_his_own_decision(code: str) -> None:
    taken = (("accept", "li"), ("refer_for_decision", "wang"), ("refuse", "zhao"))
    standing = Snapshot(state="under_review", taken=taken, overdue=False)
    decider, other = (Actor(name, frozenset({Role.APPROVER})) for name in ("zhao", "qian"))
    step = WORKFLOWS[CaseKind.HARDSHIP].steps[code]
    assert why_not(HARDSHIP, standing, step, decider)
    assert why_not(HARDSHIP, standing, step, other) is None


def test_a_refusal_can_be_objected_to_until_its_day_has_passed() -> None:
    step = WORKFLOWS[CaseKind.MEDICAL].steps["ask_review"]
    for overdue in (False, True):
        standing = Snapshot(state="refused", taken=(), overdue=overdue)
        flow = WORKFLOWS[CaseKind.MEDICAL]
        assert (why_not(flow, standing, step, APPLICANT) is None) is not overdue


def test_a_worker_rates_once() -> None:
    step = WORKFLOWS[CaseKind.CONSULTATION].steps["rate"]
    for taken, open_to_him in (((), True), ((("rate", "visitor"),), False)):
        standing = Snapshot(state="closed", taken=taken, overdue=False)
        flow = WORKFLOWS[CaseKind.CONSULTATION]
        assert (why_not(flow, standing, step, APPLICANT) is None) is open_to_him


def test_who_accepted_may_not_approve_though_he_holds_the_role() -> None:
    both = Actor("li", frozenset({Role.INTAKE, Role.APPROVER}))
    taken = (("accept", "li"), ("refer_for_decision", "wang"))
    standing = Snapshot(state="awaiting_decision", taken=taken, overdue=False)
    codes = {step.code for step in steps_open_to(HARDSHIP, standing, both)}
    assert codes == {"return_for_checking", "reply", "write_at_counter", "extend"}
    other = Actor("zhao", frozenset({Role.APPROVER}))
    assert require_step(HARDSHIP, standing, "approve", other).code == "approve"


def test_lapse_waits_for_the_deadline() -> None:
    clerk = Actor("li", frozenset({Role.INTAKE}))
    for overdue in (False, True):
        standing = Snapshot(state="supplement_requested", taken=(), overdue=overdue)
        assert (
            "lapse" in {step.code for step in steps_open_to(HARDSHIP, standing, clerk)}
        ) is overdue


def test_nobody_may_open_a_kind_that_is_not_his() -> None:
    assert kinds_open_to(frozenset({Role.LAWYER})) == (CaseKind.CONSULTATION,)
    assert CaseKind.CONSULTATION not in kinds_open_to(frozenset({Role.INTAKE}))
    assert CaseKind.JOBS not in kinds_open_to(frozenset({Role.REVIEWER}))
    assert kinds_open_to(frozenset({Role.ADMIN, Role.EDITOR})) == ()
    assert kinds_open_to(frozenset({Role.AUDITOR})) == (CaseKind.COMPLAINT,)
    assert WORKFLOWS[CaseKind.COMPLAINT].readers == {Role.DIRECTOR, Role.AUDITOR}


@each_flow
def test_every_role_that_acts_may_read(flow: CaseWorkflow) -> None:
    acting = frozenset[Role]().union(*(step.by for step in flow.steps.values()))
    assert acting <= flow.readers


@each_flow
def test_whoever_writes_what_the_worker_does_not_read_is_told_so(flow: CaseWorkflow) -> None:
    by_staff = [step for step in flow.steps.values() if step.statement and not step.by_applicant]
    assert by_staff
    for step in by_staff:
        assert step.statement
        assert step.statement.public == ("只有工作人员" not in step.statement.hint), step.code
