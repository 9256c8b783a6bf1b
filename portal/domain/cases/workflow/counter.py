"""The counter's twin of each step of the applicant's: he asks, and a clerk takes it in his name.

Who has no internet must be able to go on; nothing here is written twice.
"""

from dataclasses import replace

from portal.domain.accounts.permissions import GRANTS, Permission, Role
from portal.domain.cases.workflow.model import CaseWorkflow
from portal.domain.records.guards import asked_in_writing
from portal.domain.records.workflow import Step, steps_of

ASKED_BY, ASKED_ON, NO_PAGE_WHY = "asked_by", "asked_on", "no_page_why"
"""What a twin asks besides: how he asked, on which day, and why there is no page with his name."""


def add_counter_steps(flow: CaseWorkflow) -> CaseWorkflow:
    """Return the table with a twin of every step of the applicant's, for who keys in its forms.

    Where none of them may open such a case, for who may.
    """
    doers = flow.readers & GRANTS[Permission.KEY_IN_CASES] or flow.readers
    twins = (_make_twin(step, doers) for step in flow.steps.values() if step.by_applicant)
    return replace(flow, steps={**flow.steps, **steps_of(*twins)})


def _make_twin(step: Step, doers: frozenset[Role]) -> Step:
    page = (NO_PAGE_WHY,) if step.signed else ()
    guards = (asked_in_writing,) if step.signed else ()
    return replace(
        step,
        code=f"{step.code}_at_counter",
        label=f"替申请人：{step.label}",
        by=doers,
        fields=(ASKED_BY, ASKED_ON, *step.fields, *page),
        guards=(*step.guards, *guards),
        on=ASKED_ON,
        twin_of=step.code,
    )
