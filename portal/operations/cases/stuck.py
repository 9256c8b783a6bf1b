"""Cases that nobody can bring on（没人能办的）: all who could keep out, or took an earlier step."""

from portal.domain.accounts.actor import Actor
from portal.domain.cases.case import Case
from portal.domain.cases.exclusion import may_open
from portal.domain.cases.holder import list_forward_steps
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.records.engine import why_not
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.cases.snapshots import take_snapshot
from portal.operations.office import Office
from portal.store import accounts, case_groups
from portal.store.case_groups import TakerGroup


def list_stuck(office: Office) -> frozenset[str]:
    """List the receipts of the cases that wait for the centre and for nobody in it.

    Only cases are looked at in which each who has the duty took some step before, keeps out, or
    sees some towns alone; all others are counted by groups in one go, and passed over.
    """
    actors = [one.actor for one in accounts.all_accounts(office.store) if not one.disabled]
    return frozenset(
        stored.case.receipt
        for group in case_groups.group_by_takers(office.store)
        if _may_be_stuck(group, actors)
        for stored in case_groups.list_of_takers(office.store, group)
        if is_stuck(stored.case, actors, office)
    )


def is_stuck(case: Case, actors: list[Actor], office: Office) -> bool:
    """Tell whether none of these people can take a step that leads on from where the case is."""
    steps = list_forward_steps(case.workflow, case.state)
    snapshot = take_snapshot(office, case)
    return bool(steps) and not any(
        why_not(case.workflow, snapshot, step, actor) is None
        for actor in actors
        if may_open(case, actor)
        for step in steps
    )


def _may_be_stuck(group: TakerGroup, actors: list[Actor]) -> bool:
    kind, _, state = group.stage.partition(".")
    flow = WORKFLOWS[CaseKind(kind)]
    roles = {role for step in list_forward_steps(flow, state) for role in step.by}
    doers = (one for one in actors if roles & one.roles & flow.readers)
    return all(
        one.only_towns is not None or not one.logins.isdisjoint(group.logins) for one in doers
    )
