"""A case and what its events make of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from portal.domain.accounts.actor import VISITOR
from portal.domain.cases import events
from portal.domain.cases.events import Event
from portal.domain.cases.step_input import show_facts
from portal.domain.cases.workflow import (
    BACK,
    OPENING,
    SAME,
    WORKFLOWS,
    Awaiting,
    CaseSnapshot,
    State,
    Step,
    Workflow,
)
from portal.domain.rules.rulebook import Rulebook, after_working_days, due_on, working_days_left
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.dates import local_date

REPORT = "report_to_leader"
"""The step that tells the leader of a collective dispute."""


@dataclass(frozen=True, slots=True)
class Case:
    """The head of a case: what queues and status pages need, nothing that must be sealed.

    `due_on` is the day by which whoever is awaited must act; `days_left` are the centre's
    working days that were left when the clock stopped; `returns_to` is where a supplement leads.
    `unread`: the applicant has written since staff last did something. `people` is how many are in
    a collective dispute （集体争议）, 0 if it is none.
    """

    receipt: str
    kind: CaseKind
    state: str
    submitted_at: datetime
    changed_at: datetime
    town: str = ""
    topic: str = ""
    channel: str = "web"
    card: str | None = None
    form_version: int = 1
    version: int = 0
    due_on: date | None = None
    days_left: int | None = None
    returns_to: str | None = None
    unread: bool = False
    taken: tuple[tuple[str, str], ...] = ()
    people: int = 0

    @property
    def workflow(self) -> Workflow:
        """The table that rules this case."""
        return WORKFLOWS[self.kind]

    @property
    def state_row(self) -> State:
        """The row of the workflow table that the case is in."""
        return self.workflow.states[self.state]

    @property
    def open(self) -> bool:
        """Whether somebody still has to act."""
        return self.state_row.awaiting is not Awaiting.NOBODY

    def overdue(self, today: date) -> bool:
        """Tell whether whoever is awaited has let the day pass."""
        return self.due_on is not None and today > self.due_on

    def snapshot(self, today: date) -> CaseSnapshot:
        """Return what the workflow table needs to know of the case."""
        return CaseSnapshot(
            self.kind, self.state, self.taken, self.overdue(today), collective=self.people > 0
        )

    @property
    def to_report(self) -> bool:
        """Whether it is a collective dispute of which the leader has not been told yet."""
        step = self.workflow.steps.get(REPORT)
        taken = any(done == REPORT for done, _ in self.taken)
        return self.people > 0 and step is not None and self.state in step.sources and not taken


def open_case(case: Case, rules: Rulebook) -> Case:
    """Start a new case with its first clock running."""
    limit = case.workflow.states[OPENING].limit
    day = due_on(rules, limit, local_date(case.submitted_at)) if limit else None
    return replace(case, state=OPENING, due_on=day)


def advance(case: Case, step: Step, event: Event, rules: Rulebook) -> Case:
    """Return the case after the step: new state, new clock, one version on.

    While the applicant is awaited the centre's clock stands still; the working days that
    were left are given back when he has answered.
    """
    done = replace(
        case,
        changed_at=event.at,
        version=case.version + 1,
        # What staff do among themselves answers nobody.
        unread=step.by_applicant or (case.unread and step.target == SAME and not step.public_label),
        taken=(*case.taken, (step.code, event.actor)),
    )
    if step.target == SAME:
        return done
    today = local_date(event.at)
    target = (case.returns_to or OPENING) if step.target == BACK else step.target
    row = case.workflow.states[target]
    stopped = row.awaiting is Awaiting.APPLICANT
    left = working_days_left(rules, today, case.due_on) if stopped and case.due_on else None
    if step.target == BACK and case.days_left is not None:
        day: date | None = after_working_days(rules, today, max(case.days_left, 1))
    else:
        day = due_on(rules, row.limit, today) if row.limit else None
    return replace(
        done,
        state=target,
        due_on=day,
        days_left=left,
        returns_to=case.state if stopped else None,
    )


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of a timeline: what happened, in whose words."""

    at: datetime
    actor: str
    title: str
    text: str
    by_applicant: bool
    facts: tuple[str, ...] = ()


def find_asking(case: Case, history: Iterable[Event]) -> Event | None:
    """Return the newest event that made the applicant the one awaited; None if none did."""
    asking = {
        step.event
        for step in case.workflow.steps.values()
        if step.target not in {BACK, SAME}
        and case.workflow.states[step.target].awaiting is Awaiting.APPLICANT
    }
    return next((event for event in reversed([*history]) if type(event) in asking), None)


def what_is_asked(case: Case, history: Iterable[Event]) -> str:
    """Return what the newest step that made the applicant the one awaited says; empty if none."""
    asking = find_asking(case, history)
    return asking.text if asking else ""


def timeline(
    case: Case, history: Iterable[Event], *, public: bool, masked: bool = True
) -> list[TimelineEntry]:
    """Return the history, newest first, as one side reads it; `masked` hides whom a list names.

    The public one shows no internal step, no internal words, and nobody's name.
    """
    shown = (_entry(case, event, public=public, masked=masked) for event in history)
    return [entry for entry in shown if entry.title][::-1]


def _entry(case: Case, event: Event, *, public: bool, masked: bool) -> TimelineEntry:
    by_applicant = event.actor == VISITOR
    actor = "" if public else event.actor
    facts = show_facts(event.facts, masked=masked)
    steps = case.workflow.steps.values()
    step = next((step for step in steps if step.event is type(event)), None)
    if step is None:
        title = events.OUTSIDE_THE_TABLE[type(event)]
        text = "" if public and type(event) in events.AMONG_STAFF else event.text
        return TimelineEntry(event.at, actor, title, text, by_applicant, facts)
    readable = step.statement is not None and step.statement.public
    title = step.public_label if public else step.label
    text = event.text if readable or not public else ""
    return TimelineEntry(event.at, actor, title, text, by_applicant, facts)
