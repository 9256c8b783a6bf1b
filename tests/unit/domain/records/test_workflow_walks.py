"""Random walks through the workflow tables: whatever happens, somebody can go on."""

from dataclasses import dataclass, replace
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from portal.domain.accounts.actor import APPLICANT, Actor
from portal.domain.accounts.permissions import Role
from portal.domain.cases.case import Case, advance
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.cases.workflow.reopenings import ASK, KEEP, REOPEN
from portal.domain.records.engine import steps_open_to, why_not
from portal.domain.records.guards import SIGNED_PAGE
from portal.domain.records.workflow import SAME, Awaiting, Step
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.dates import local_date
from tests.support.house import MONDAY, new_case, not_by_who_took, rulebook

# Two people with every duty, and one for each: more than enough to satisfy the second person.
STAFF = (
    *(Actor(f"both-{number}", frozenset(Role)) for number in range(2)),
    *(Actor(str(role), frozenset({role})) for role in Role),
)


@dataclass(frozen=True, slots=True)
class Done:
    """A step as it was taken."""

    step: Step
    actor: str


class CaseWalk(RuleBasedStateMachine):
    """Anybody takes any step that is open to him; days go by in between."""

    players: tuple[Actor, ...] = (APPLICANT, *STAFF)
    keyed_in_by = ""

    @initialize(kind=st.sampled_from(list(CaseKind)))
    def hand_in(self, kind: CaseKind) -> None:
        self.case: Case = new_case(kind)
        if self.keyed_in_by:
            self.case = replace(self.case, taken=(("submit", self.keyed_in_by),))
        self.now = MONDAY
        self.done: list[Done] = []

    def _open_to(self, actor: Actor) -> tuple[Step, ...]:
        return steps_open_to(
            self.case.workflow, self.case.snapshot(local_date(self.now), SIGNED_PAGE), actor
        )

    @rule(player=st.integers(0, 20), choice=st.integers(0, 20))
    def somebody_acts(self, player: int, choice: int) -> None:
        actor = self.players[player % len(self.players)]
        steps = self._open_to(actor)
        if not steps:
            return
        step = steps[choice % len(steps)]
        event = step.event(at=self.now, actor=actor.login)
        before, self.case = self.case, advance(self.case, step, event, rulebook())
        assert self.case.version == before.version + 1
        self.done.append(Done(step, actor.login))

    @rule(days=st.integers(1, 40))
    def days_go_by(self, days: int) -> None:
        self.now += timedelta(days=days)

    @precondition(lambda self: hasattr(self, "case"))
    @invariant()
    def the_holder_of_the_ball_can_act(self) -> None:
        ball = self.case.state_row.awaiting
        if ball is Awaiting.APPLICANT:
            assert any(self._open_to(actor) for actor in self.players)
        if ball is Awaiting.CENTRE:
            assert any(
                step.target != SAME for actor in self.players for step in self._open_to(actor)
            )
            assert self.case.due_on

    @precondition(lambda self: hasattr(self, "case"))
    @invariant()
    def an_end_is_an_end(self) -> None:
        if self.case.state in {
            "approved",
            "refused",
            "upheld",
            "withdrawn",
            "closed",
            "at_work",
            "list_changed",
            "list_kept",
        }:
            left = {step.act for actor in self.players for step in self._open_to(actor)}
            assert left <= {"rate", "ask_review", ASK, REOPEN, KEEP}
            assert self.case.due_on is None or self.case.state == "refused"

    @precondition(lambda self: hasattr(self, "case"))
    @invariant()
    def nobody_decides_on_his_own_work(self) -> None:
        for place, done in enumerate(self.done):
            earlier = {one.step.act for one in self.done[:place] if one.actor == done.actor}
            assert not earlier & not_by_who_took(done.step)

    @precondition(lambda self: hasattr(self, "case"))
    @invariant()
    def every_staff_step_was_for_his_role(self) -> None:
        roles = {actor.login: actor.roles for actor in self.players}
        for done in self.done:
            assert done.step.by_applicant or done.step.by & roles[done.actor]


class SmallCentreWalk(CaseWalk):
    """Who has no internet, and a centre of four: the clerk does in his name what he asks.

    Complaints about them go to the auditor, who may be the upper union's.
    """

    players = (
        Actor("clerk", frozenset({Role.INTAKE, Role.LAWYER})),
        Actor("reviewer", frozenset({Role.INTAKE, Role.REVIEWER, Role.LAWYER})),
        Actor("one who decides", frozenset({Role.APPROVER})),
        Actor("another", frozenset({Role.APPROVER})),
        Actor("auditor", frozenset({Role.AUDITOR})),
    )
    keyed_in_by = "clerk"


TestCaseWalk = CaseWalk.TestCase
TestSmallCentreWalk = SmallCentreWalk.TestCase


def test_every_ending_is_reached_by_somebody_who_may() -> None:
    found: set[tuple[CaseKind, str]] = set()
    frontier = [new_case(kind) for kind in CaseKind]
    seen = set()
    second = Actor("second approver", frozenset({Role.APPROVER}))
    days = [local_date(MONDAY), local_date(MONDAY + timedelta(days=60))]
    while frontier:
        case = frontier.pop()
        key = (case.kind, case.state, case.returns_to, frozenset(case.taken), bool(case.due_on))
        if key in seen or len(case.taken) > 7:
            continue
        seen.add(key)
        if not case.open:
            found.add((case.kind, case.state))
        for actor in (APPLICANT, *STAFF[2:], second):
            for step in case.workflow.steps.values():
                if step.target == SAME:
                    continue  # leads nowhere else
                if any(
                    why_not(case.workflow, case.snapshot(day, SIGNED_PAGE), step, actor) is None
                    for day in days
                ):
                    event = step.event(at=MONDAY, actor=actor.login)
                    frontier.append(advance(case, step, event, rulebook()))
    ends = {
        (kind, state.code)
        for kind, flow in WORKFLOWS.items()
        for state in flow.states.values()
        if state.awaiting is Awaiting.NOBODY
    }
    assert found == ends
