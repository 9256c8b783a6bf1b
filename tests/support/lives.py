"""Whole lives of a case, found in its workflow table: who takes which step, up to the end."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from portal.domain.accounts.actor import APPLICANT, Actor
from portal.domain.accounts.permissions import Role
from portal.domain.cases.case import Case, advance
from portal.domain.cases.workflow import WORKFLOWS, CaseWorkflow
from portal.domain.cases.workflow.reopenings import ASK, KEEP, REOPEN
from portal.domain.records.engine import why_not
from portal.domain.records.guards import SIGNED_PAGE, deadline_passed
from portal.domain.records.workflow import SAME, Awaiting, Step
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.dates import local_date
from tests.support.house import MONDAY, new_case, rulebook

CAST: Mapping[str, Actor] = {
    APPLICANT.login: APPLICANT,
    **{
        login: Actor(login, frozenset({role}))
        for login, role in (
            ("intake", Role.INTAKE),
            ("reviewer", Role.REVIEWER),
            ("approver", Role.APPROVER),
            ("second-approver", Role.APPROVER),
            ("lawyer", Role.LAWYER),
            ("director", Role.DIRECTOR),
        )
    },
}
"""The worker, and staff of the tests by their login."""
LONG_AFTER = 60
"""Days after which every time limit is over."""


@dataclass(frozen=True, slots=True)
class Move:
    """A step and who takes it; one that waits for a time limit is taken long after."""

    login: str
    step: Step

    @property
    def by_applicant(self) -> bool:
        """Whether it is taken on the status page."""
        return self.login == APPLICANT.login


def find_lives(kind: CaseKind, *, late: bool = False, counter: bool = False) -> list[list[Move]]:
    """Lives in which together every step is taken; the first takes as many as it can.

    `late`: also the steps that wait until a time limit is over; `counter`: also those that a clerk
    takes in the worker's name. What is over stays so.
    """
    untaken = {
        code
        for code, step in WORKFLOWS[kind].steps.items()
        if (late or deadline_passed not in step.guards)
        and (counter or not step.twin_of)
        and code not in {ASK, REOPEN, KEEP}
    }
    lives = []
    while untaken:
        life = _live(_many(new_case(kind)), untaken)
        if not life:
            raise AssertionError(f"{kind}: nobody can take {sorted(untaken)}")
        lives.append(life)
    return lives


def _many(case: Case) -> Case:
    """The case of many people, if some of its steps are only for them."""
    for_many = any(step.does for step in case.workflow.steps.values())
    return replace(case, people=23) if for_many else case


def _live(case: Case, untaken: set[str]) -> list[Move]:
    """Go on from here to the end, taking what is in `untaken` and striking it off."""
    life: list[Move] = []
    while way := _find_next(case, untaken):
        for move in way:
            case = _take(case, move)
            untaken.discard(move.step.code)
        life += way
    return life


def _find_next(case: Case, untaken: Collection[str]) -> list[Move] | None:
    """The way to what is wished for most, if some of it can be reached."""
    ways = (_find_way(case, some) for some in _wishes(case, untaken))
    return next(filter(None, ways), None)


def _wishes(case: Case, untaken: Collection[str]) -> Sequence[set[str]]:
    """What is left to do, what ends the case last, and by staff rather than by its worker."""
    steps = [case.workflow.steps[code] for code in untaken]
    alive = {step.code for step in steps if _goes_on(case.workflow, step)}
    return alive, {step.code for step in steps if not step.by_applicant}, set(untaken)


def _goes_on(flow: CaseWorkflow, step: Step) -> bool:
    after = [flow.states[step.target]] if step.target in flow.states else [
        flow.states[source] for source in step.sources
    ]  # fmt: skip
    return any(state.awaiting is not Awaiting.NOBODY for state in after)


def _take(case: Case, move: Move) -> Case:
    return advance(case, move.step, move.step.event(at=MONDAY, actor=move.login), rulebook())


def _find_way(start: Case, wanted: Collection[str]) -> list[Move] | None:
    """The shortest way to one of the wanted steps, that step included."""
    ways: list[tuple[Case, list[Move]]] = [(start, [])]
    seen = {(start.state, start.returns_to)}
    for case, way in ways:
        moves = _moves(case)
        for move in moves:
            if move.step.code in wanted:
                return [*way, move]
        for move in moves:
            after = _take(case, move)
            if move.step.target != SAME and (after.state, after.returns_to) not in seen:
                seen.add((after.state, after.returns_to))
                ways.append((after, [*way, move]))
    return None


def _moves(case: Case) -> list[Move]:
    return [
        Move(login, step)
        for step in case.workflow.steps.values()
        for login, actor in CAST.items()
        if _is_open(case, step, actor)
    ]


def _is_open(case: Case, step: Step, actor: Actor) -> bool:
    later = timedelta(days=LONG_AFTER if deadline_passed in step.guards else 0)
    found = case.snapshot(local_date(MONDAY + later), SIGNED_PAGE)
    return why_not(case.workflow, found, step, actor) is None
