"""Who has a case in hand（承办人）: how it comes to him, and when it leaves him."""

from portal.domain.accounts.permissions import Role
from portal.domain.cases.workflow.model import CaseWorkflow
from portal.domain.records.guards import deadline_passed
from portal.domain.records.workflow import BACK, REOPENED, SAME, Awaiting, Step


def list_next_steps(flow: CaseWorkflow, state: str) -> list[Step]:
    """List the steps of staff that bring a case in this state on."""
    return [
        step
        for step in flow.steps.values()
        if state in step.sources
        and not step.from_applicant
        and step.target not in {SAME, REOPENED}
        and deadline_passed not in step.guards
        and not _asks(flow, step)
    ]


def list_forward_steps(flow: CaseWorkflow, state: str) -> list[Step]:
    """List those of them that lead on, not back to a state of before; all if none leads on."""
    steps, order = list_next_steps(flow, state), list(flow.states)
    forward = [
        step
        for step in steps
        if step.target == BACK or order.index(step.target) > order.index(state)
    ]
    return forward or steps


def _asks(flow: CaseWorkflow, step: Step) -> bool:
    """Tell whether the step gives the turn to the applicant."""
    return step.target in flow.states and flow.states[step.target].awaiting is Awaiting.APPLICANT


def list_doers(flow: CaseWorkflow, state: str) -> frozenset[Role]:
    """List the roles that can bring a case in this state on."""
    return frozenset(role for step in list_next_steps(flow, state) for role in step.by)


def find_holder(flow: CaseWorkflow, holder: str, step: Step, target: str, actor: str) -> str:
    """Return who has the case in hand after the step that leads to the state `target`.

    It stays with him while the applicant is asked and answers. It stays with whoever took the step
    if those of his desk also take the next one; else it lies there for the next desk to take, as
    it does when it is taken up again.
    """
    if step.target == REOPENED:
        return ""
    if step.target == BACK or _asks(flow, step):
        return holder
    over = flow.states[target].awaiting is Awaiting.NOBODY
    goes_on = not over and not step.from_applicant and list_doers(flow, target) & step.by
    return actor if goes_on else ""
