"""The one engine of all workflow tables: what may be done now, by whom, and why not."""

from portal.domain.accounts.actor import VISITOR, Actor, Party
from portal.domain.records.event import Event
from portal.domain.records.workflow import Snapshot, Step, Task, Workflow
from portal.domain.shared.errors import NotAllowed


def why_not(workflow: Workflow, snapshot: Snapshot, step: Step, actor: Actor) -> str | None:
    """Say in Chinese why the actor may not take the step now; None if he may."""
    applicant_acts = actor.party is Party.APPLICANT
    if step.by_applicant != applicant_acts or not (step.by_applicant or step.by & actor.roles):
        return "您的岗位不能办这一步"
    if snapshot.state not in step.sources:
        state = workflow.states[snapshot.state]
        return workflow.stale.format(state=state.staff_label)
    reasons = (guard(snapshot, actor) for guard in step.guards)
    return next((reason for reason in reasons if reason), None)


def require_step(workflow: Workflow, snapshot: Snapshot, code: str, actor: Actor) -> Step:
    """Return the step, if the actor may take it now. NotAllowed with the reason otherwise."""
    step = workflow.steps.get(code)
    if step is None:
        raise NotAllowed("没有这一步")
    if reason := why_not(workflow, snapshot, step, actor):
        raise NotAllowed(reason)
    return step


def steps_open_to(workflow: Workflow, snapshot: Snapshot, actor: Actor) -> tuple[Step, ...]:
    """List the steps that the actor may take now, in the order of the table: his buttons."""
    steps = workflow.steps.values()
    return tuple(step for step in steps if why_not(workflow, snapshot, step, actor) is None)


def find_step(workflow: Workflow, event: Event) -> Step | None:
    """Return the step by which an event came about; None if it is of no step.

    What the applicant did himself is his own step; what staff did in his name is its twin.
    """
    steps = [step for step in workflow.steps.values() if step.event is type(event)]
    himself = event.actor == VISITOR
    fitting = (step for step in steps if step.by_applicant == himself)
    return next(fitting, steps[0] if steps else None)


def open_tasks(workflow: Workflow, snapshot: Snapshot) -> tuple[Task, ...]:
    """List what is to be done beside the state, in the order of the table."""
    return tuple(
        task
        for task in workflow.tasks
        if snapshot.state in task.states
        and task.trait in snapshot.traits
        and len(_doers(workflow, snapshot, task)) < task.people
    )


def _doers(workflow: Workflow, snapshot: Snapshot, task: Task) -> set[str]:
    doing = {step.code for step in workflow.steps.values() if step.does == task.code}
    return {login for done, login in snapshot.taken if done in doing}
