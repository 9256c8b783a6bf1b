"""Taking up again what is over: one person asks, another who may decide agrees.

Every end of every kind can be wrong; nothing here is written twice.
"""

from collections.abc import Collection
from dataclasses import replace

from portal.domain.accounts.permissions import Role
from portal.domain.cases import events
from portal.domain.cases.workflow.model import CaseWorkflow
from portal.domain.records.guards import AnotherThanLast, Trait, deadline_passed
from portal.domain.records.workflow import (
    REOPENED,
    SAME,
    Awaiting,
    Statement,
    Step,
    Task,
    steps_of,
)

ASK, REOPEN, KEEP = "ask_to_reopen", "reopen", "keep_closed"
REOPENING_WANTED = "reopening_wanted"
"""The trait of a case that somebody wants to take up again, and the task of deciding on that."""


def is_reopening_wanted(taken: Collection[tuple[str, str]]) -> bool:
    """Tell whether a request to take the case up again stands."""
    settling = [step for step, _ in taken if step in {ASK, REOPEN, KEEP}]
    return settling[-1:] == [ASK]


def list_deciders(flow: CaseWorkflow) -> frozenset[Role]:
    """List the roles that end cases of this kind."""
    return frozenset(
        role
        for step in flow.steps.values()
        if step.target in flow.states
        and flow.states[step.target].awaiting is Awaiting.NOBODY
        and deadline_passed not in step.guards
        and not step.from_applicant
        for role in step.by
    )


def add_reopening(flow: CaseWorkflow) -> CaseWorkflow:
    """Return the table with the way back from each of its ends."""
    ends = frozenset(state.code for state in flow.states.values() if state.reopens_to)
    deciders = list_deciders(flow)
    task = Task(
        code=REOPENING_WANTED,
        label="定要不要重新办",
        by=deciders,
        states=ends,
        trait=REOPENING_WANTED,
    )
    steps = _make_steps(flow, ends, deciders)
    return replace(flow, steps={**flow.steps, **steps_of(*steps)}, tasks=(*flow.tasks, task))


def _make_steps(
    flow: CaseWorkflow, ends: frozenset[str], deciders: frozenset[Role]
) -> tuple[Step, Step, Step]:
    wanted = Trait(REOPENING_WANTED, "没有人提出重新办理")
    unwanted = Trait(REOPENING_WANTED, "已经有人提出重新办理，等另外一个人定", has=False)
    return (
        Step(ASK, "提出重新办理", "", ends, SAME, events.ReopeningAsked, flow.readers,
             Statement(label="为什么要重新办", hint="哪里错了，怎么发现的。只有工作人员看得到。",
                       public=False), guards=(unwanted,)),
        Step(REOPEN, "同意，重新办理", "重新办理", ends, REOPENED, events.CaseReopened, deciders,
             Statement(label="为什么重新办",
                       hint="原来的结果不算了，期限从今天重新算。本人会看到。", public=True),
             guards=(wanted, AnotherThanLast(ASK)), danger=True,
             consequence="原来的结果不算了，期限从今天重新算，统计里去掉。本人马上会收到消息。"),
        Step(KEEP, "不重新办理", "", ends, SAME, events.ReopeningRefused, flow.readers,
             Statement(label="为什么不重新办", hint="只有工作人员看得到。", public=False),
             guards=(wanted,)),
    )  # fmt: skip
