"""The workflow tables, one per kind of case: buttons, guards and status page derive from them.

Time limits are the centre's own promises; their numbers stand in content/rules/deadlines.toml.
"""

from collections.abc import Collection
from dataclasses import dataclass

from portal.domain.accounts.actor import Actor, Party
from portal.domain.accounts.permissions import Role
from portal.domain.cases.workflow import legal, objection, others, relief
from portal.domain.cases.workflow.model import (
    BACK,
    BY_APPLICANT,
    OPENING,
    SAME,
    Awaiting,
    State,
    Statement,
    Step,
    Workflow,
)
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAllowed

__all__ = [
    "BACK",
    "BY_APPLICANT",
    "OPENING",
    "SAME",
    "WORKFLOWS",
    "Awaiting",
    "CaseSnapshot",
    "State",
    "Statement",
    "Step",
    "Workflow",
    "kinds_open_to",
    "require_step",
    "steps_open_to",
    "why_not",
]

WORKFLOWS: dict[CaseKind, Workflow] = {
    flow.kind: flow for flow in (*relief.TABLES, *legal.TABLES, *others.TABLES, *objection.TABLES)
}


def kinds_open_to(roles: frozenset[Role]) -> tuple[CaseKind, ...]:
    """Return the kinds of case whose files a person with these roles may open."""
    return tuple(kind for kind, flow in WORKFLOWS.items() if flow.readers & roles)


@dataclass(frozen=True, slots=True)
class CaseSnapshot:
    """Where a case stands, as far as the table needs to know: `taken` is (step, login) pairs.

    `collective`: whether it is a collective dispute （集体争议）.
    """

    kind: CaseKind
    state: str
    taken: Collection[tuple[str, str]]
    overdue: bool
    collective: bool = False


def why_not(case: CaseSnapshot, step: Step, actor: Actor) -> str | None:
    """Say in Chinese why the actor may not take the step now; None if he may."""
    applicant_acts = actor.party is Party.APPLICANT
    if step.by_applicant != applicant_acts or not (step.by_applicant or step.by & actor.roles):
        return "您的岗位不能办这一步"
    if case.state not in step.sources:
        return "这件事的状态已经变了，现在不能办这一步"
    if step.for_many and not case.collective:
        return "这不是集体争议，不用办这一步"
    if step.after_deadline and not case.overdue:
        return "还没到期限，现在不能办这一步"
    if step.before_deadline and case.overdue:
        return "已经过了期限，请打电话或到窗口来问"
    if step.once and any(done == step.code for done, _ in case.taken):
        return "这一步已经办过了"
    if any(done in step.second_person and who == actor.login for done, who in case.taken):
        return "前面的步骤是您办的，这一步要换一个人办"
    return None


def require_step(case: CaseSnapshot, code: str, actor: Actor) -> Step:
    """Return the step, if the actor may take it now. Raise NotAllowed with the reason otherwise."""
    step = WORKFLOWS[case.kind].steps.get(code)
    reason = "没有这一步" if step is None else why_not(case, step, actor)
    if step is None or reason:
        raise NotAllowed(reason or "")
    return step


def steps_open_to(case: CaseSnapshot, actor: Actor) -> tuple[Step, ...]:
    """Return the steps that the actor may take now, in the order of the table: his buttons."""
    steps = WORKFLOWS[case.kind].steps.values()
    return tuple(step for step in steps if why_not(case, step, actor) is None)
