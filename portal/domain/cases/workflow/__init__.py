"""The workflow tables, one per kind of case: buttons, guards and status page derive from them.

Time limits are the centre's own promises; their numbers stand in content/rules/deadlines.toml.
"""

from portal.domain.accounts.permissions import DESKS, GRANTS, Permission, Role
from portal.domain.cases.events import OUTSIDE_THE_TABLE
from portal.domain.cases.workflow import complaint, legal, objection, others, relief
from portal.domain.cases.workflow.counter import add_counter_steps
from portal.domain.cases.workflow.extensions import add_extension
from portal.domain.cases.workflow.model import OPENING, CaseWorkflow
from portal.domain.cases.workflow.reopenings import add_reopening
from portal.domain.cases.workflow.separation import add_separation
from portal.domain.records.event import Event
from portal.domain.shared.case_kinds import CaseKind

__all__ = [
    "OPENING",
    "WORKFLOWS",
    "CaseWorkflow",
    "find_kind",
    "kinds_keyed_in_by",
    "kinds_open_to",
    "kinds_told_by",
    "name_event",
]

WORKFLOWS: dict[CaseKind, CaseWorkflow] = {
    flow.kind: add_extension(add_reopening(add_counter_steps(add_separation(flow))))
    for flow in (
        *relief.TABLES,
        *legal.TABLES,
        *others.TABLES,
        *objection.TABLES,
        *complaint.TABLES,
    )
}


_PREFIX = 2
"""So many letters of a receipt number name the kind."""


def kinds_open_to(roles: frozenset[Role]) -> tuple[CaseKind, ...]:
    """List the kinds of case whose files a person with these roles may open."""
    return tuple(kind for kind, flow in WORKFLOWS.items() if flow.readers & roles)


def kinds_keyed_in_by(roles: frozenset[Role]) -> tuple[CaseKind, ...]:
    """List the kinds of case whose forms a person with these roles may key in.

    Who only decides on a kind does not enter it; who enters it need not be able to open it.
    """
    return tuple(
        kind
        for kind, flow in WORKFLOWS.items()
        if (flow.readers | flow.also_keyed_in_by) & roles & GRANTS[Permission.KEY_IN_CASES]
    )


def kinds_told_by(roles: frozenset[Role]) -> tuple[CaseKind, ...]:
    """List the kinds of case whose applicants a person with these roles rings up.

    Those of a desk, where one may open such cases; else whoever may.
    """
    return tuple(
        kind for kind, flow in WORKFLOWS.items() if (flow.readers & DESKS or flow.readers) & roles
    )


def find_kind(receipt: str) -> CaseKind | None:
    """Return the kind that a receipt number begins with; None if no kind does."""
    kinds = {flow.receipt_prefix: kind for kind, flow in WORKFLOWS.items()}
    return kinds.get(receipt[:_PREFIX])


def name_event(kind: CaseKind, event: type[Event]) -> str:
    """Return what staff call an event of this kind of case. KeyError if none of it can happen."""
    steps = WORKFLOWS[kind].steps.values()
    by_event = {step.event: step.label for step in steps if not step.twin_of}
    return (OUTSIDE_THE_TABLE | by_event)[event]
