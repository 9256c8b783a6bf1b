"""Who has a case in hand after each step of each workflow: never somebody who cannot go on."""

import pytest

from portal.domain.cases.holder import find_holder, list_doers
from portal.domain.cases.workflow import OPENING, WORKFLOWS
from portal.domain.cases.workflow.common import ASKED
from portal.domain.records.workflow import BACK, REOPENED, SAME, Awaiting
from portal.domain.shared.case_kinds import CaseKind

MOVES = [
    pytest.param(kind, step, id=f"{kind} {step.code}")
    for kind, flow in WORKFLOWS.items()
    for step in flow.steps.values()
    if step.target not in {BACK, REOPENED, SAME}
]


@pytest.mark.parametrize(("kind", "step"), MOVES)
def test_who_is_left_with_a_case_can_bring_it_on(kind: CaseKind, step) -> None:  # type: ignore[no-untyped-def]
    flow = WORKFLOWS[kind]
    holder = find_holder(flow, "before", step, step.target, "actor")
    if holder == "actor":
        assert list_doers(flow, step.target) & step.by
    elif step.target != ASKED:
        assert holder == ""


def test_a_case_stays_with_its_holder_while_the_applicant_is_asked_and_answers() -> None:
    steps = WORKFLOWS[CaseKind.HARDSHIP].steps
    for code in ("request_supplement", "give_supplement"):
        step = steps[code]
        assert find_holder(WORKFLOWS[CaseKind.HARDSHIP], "wang", step, step.target, "li") == "wang"


def test_the_next_desk_takes_a_case_that_it_alone_can_bring_on() -> None:
    flow = WORKFLOWS[CaseKind.HARDSHIP]
    accept = flow.steps["accept"]
    assert find_holder(flow, "wang", accept, accept.target, "wang") == ""
    jobs = WORKFLOWS[CaseKind.JOBS]
    introduce = jobs.steps["introduce_job"]
    assert find_holder(jobs, "", introduce, introduce.target, "wang") == "wang"


@pytest.mark.parametrize("kind", CaseKind)
def test_nobody_holds_what_is_over_and_somebody_can_hold_what_waits_for_the_centre(
    kind: CaseKind,
) -> None:
    flow = WORKFLOWS[kind]
    for state in flow.states.values():
        holders = list_doers(flow, state.code)
        if state.awaiting is Awaiting.CENTRE:
            assert holders <= flow.readers
            assert holders
    assert list_doers(flow, OPENING) & flow.readers
