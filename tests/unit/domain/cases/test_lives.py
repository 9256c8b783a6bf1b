"""Every kind of case can be lived through: each step is taken, each state reached."""

import pytest

from portal.domain.cases.case import advance
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.cases.workflow.reopenings import ASK, KEEP, REOPEN
from portal.domain.shared.case_kinds import CaseKind
from tests.support.house import MONDAY, new_case, rulebook
from tests.support.lives import find_lives


@pytest.mark.parametrize("kind", CaseKind, ids=str)
def test_lives_of_a_case_take_every_step_and_pass_every_state(kind: CaseKind) -> None:
    steps, states = set(), set()
    for life in find_lives(kind, late=True, counter=True):
        case = new_case(kind)
        states.add(case.state)
        for move in life:
            event = move.step.event(at=MONDAY, actor=move.login)
            case = advance(case, move.step, event, rulebook())
            steps.add(move.step.code)
            states.add(case.state)
        assert not case.open
    assert steps == WORKFLOWS[kind].steps.keys() - {ASK, REOPEN, KEEP}
    assert states == WORKFLOWS[kind].states.keys()
