"""Moving a promised day: once, before it has passed, with a reason that the applicant reads."""

from dataclasses import replace

from portal.domain.cases import events
from portal.domain.cases.workflow.model import CaseWorkflow
from portal.domain.cases.workflow.reopenings import list_deciders
from portal.domain.records.guards import Once, within_deadline
from portal.domain.records.workflow import SAME, Awaiting, Statement, Step, steps_of

EXTEND, EXTENSION = "extend", "extension"
"""The step, and the limit of content/rules/deadlines.toml that says by how much."""


def add_extension(flow: CaseWorkflow) -> CaseWorkflow:
    """Return the table with one step that moves the promised day, for who ends such cases."""
    waiting = frozenset(
        state.code
        for state in flow.states.values()
        if state.awaiting is Awaiting.CENTRE and state.limit
    )
    step = Step(
        EXTEND,
        "延长期限",
        "延长了办理期限",
        waiting,
        SAME,
        events.DeadlineExtended,
        list_deciders(flow),
        Statement(
            label="为什么延长", hint="一件只能延长一次，要在到期以前。本人看得到理由。", public=True
        ),
        guards=(within_deadline, Once(EXTEND)),
        extends=EXTENSION,
    )
    return replace(flow, steps={**flow.steps, **steps_of(step)})
