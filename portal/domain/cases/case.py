"""A case and what its events make of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from portal.domain.accounts.actor import VISITOR
from portal.domain.cases import events
from portal.domain.cases.call_outcomes import OUTCOME_LABELS
from portal.domain.cases.claim_limits import ClaimStanding
from portal.domain.cases.holder import find_holder
from portal.domain.cases.step_input import NO_CHOICES, facts_of, show_facts
from portal.domain.cases.workflow import OPENING, WORKFLOWS, CaseWorkflow
from portal.domain.cases.workflow.reopenings import REOPENING_WANTED, is_reopening_wanted
from portal.domain.forms.answers import Context
from portal.domain.records.engine import find_step, open_tasks
from portal.domain.records.event import Event
from portal.domain.records.guards import COLLECTIVE
from portal.domain.records.tally import Tally
from portal.domain.records.workflow import BACK, REOPENED, SAME, Awaiting, Snapshot, State, Step
from portal.domain.rules.rulebook import (
    Rulebook,
    after_working_days,
    due_on,
    give_back,
    working_days_left,
)
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.dates import format_date, local_date


@dataclass(frozen=True, slots=True)
class Case:
    """The head of a case: what queues and status pages need, nothing that must be sealed.

    `due_on` is the day by which whoever is awaited must act; `days_left` are the centre's
    working days that were left when the clock stopped, `days_left_in` those when it last left a
    state, both below 0 once the day had passed; `returns_to` is where a supplement leads.
    `unread`: the applicant has written since staff last did something. `people` is how many are in
    a collective dispute （集体争议）, 0 if it is none. `tally` is what each of its events counts
    for; `tasks` are those beside the state that are open, each with its last day. `holder` is the
    login of who has it in hand （承办人）, empty if nobody has; `excluded` are those of who keeps
    out of it （回避）. `held_until` is the day on which it comes back to be done （搁置）, `holds`
    how often it was put off since it came into its state. `claim` is by what the lawyer's list
    goes; only a consultation has one.
    """

    receipt: str
    kind: CaseKind
    state: str
    submitted_at: datetime
    changed_at: datetime
    form_version: int = 1
    version: int = 0
    due_on: date | None = None
    days_left: int | None = None
    days_left_in: Mapping[str, int] = field(default_factory=dict)
    returns_to: str | None = None
    unread: bool = False
    taken: tuple[tuple[str, str], ...] = ()
    people: int = 0
    tally: Tally = field(default_factory=dict)
    tasks: Mapping[str, date] = field(default_factory=dict)
    holder: str = ""
    excluded: tuple[str, ...] = ()
    held_until: date | None = None
    holds: int = 0
    claim: ClaimStanding = field(default_factory=ClaimStanding)

    @property
    def workflow(self) -> CaseWorkflow:
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

    def held(self, today: date) -> bool:
        """Tell whether it is put off to a day that is still to come."""
        return self.held_until is not None and today < self.held_until

    def overdue(self, today: date) -> bool:
        """Tell whether whoever is awaited has let the day pass."""
        return self.due_on is not None and today > self.due_on

    @property
    def channel(self) -> str:
        """The way it came."""
        return str(self.tally.get("channel", "web"))

    @property
    def card(self) -> str | None:
        """The rights card that led here."""
        return str(self.tally["card"]) if "card" in self.tally else None

    @property
    def contact(self) -> str:
        """The contact （接待登记） that it came of; empty if it came of none."""
        return str(self.tally.get("contact", ""))

    def snapshot(self, today: date, *traits: str) -> Snapshot:
        """Return what the workflow table needs to know of the case; `traits` are further ones."""
        own = [COLLECTIVE] if self.people else []
        own += [REOPENING_WANTED] if is_reopening_wanted(self.taken) else []
        return Snapshot(
            state=self.state,
            taken=self.taken,
            overdue=self.overdue(today),
            traits=frozenset({*own, *traits}),
            open_tasks=frozenset(self.tasks),
        )


def open_case(case: Case, rules: Rulebook) -> Case:
    """Start a new case with its first clock running."""
    limit = case.workflow.states[OPENING].limit
    day = due_on(rules, limit, local_date(case.submitted_at)) if limit else None
    return _with_tasks(replace(case, state=OPENING, due_on=day), rules)


def _with_tasks(case: Case, rules: Rulebook) -> Case:
    """Return the case with the tasks that are open now; each keeps the day it was given first."""
    today = local_date(case.changed_at)
    return replace(
        case,
        tasks={
            task.code: case.tasks.get(task.code)
            or (due_on(rules, task.limit, today) if task.limit else today)
            for task in open_tasks(case.workflow, case.snapshot(today))
        },
    )


def advance(case: Case, step: Step, event: Event, rules: Rulebook) -> Case:
    """Return the case after the step: new state, new clock, one version on.

    While the applicant is awaited the centre's clock stands still; the working days that
    were left are given back when he has answered. What he asked through staff counts from the day
    on which he asked.
    """
    done = replace(
        case,
        changed_at=event.at,
        version=case.version + 1,
        # What staff do among themselves answers nobody.
        unread=step.from_applicant
        or (case.unread and step.target == SAME and not step.public_label),
        taken=(*case.taken, (step.act, event.actor)),
        held_until=None if step.from_applicant else case.held_until,
    )
    if step.extends and case.due_on:
        more = rules.deadline(step.extends).limit
        done = replace(done, due_on=after_working_days(rules, case.due_on, more))
    if step.target == SAME:
        return _with_tasks(done, rules)
    today = event.on if step.from_applicant else local_date(event.at)
    target = _find_target(case, step)
    row = case.workflow.states[target]
    stopped = row.awaiting is Awaiting.APPLICANT
    left = working_days_left(rules, today, case.due_on) if case.due_on else None
    moved = replace(
        done,
        state=target,
        due_on=_find_day(case, step, target, today, rules),
        days_left=left if stopped else None,
        days_left_in=case.days_left_in if left is None else {**case.days_left_in, case.state: left},
        returns_to=case.state if stopped else None,
        holder=find_holder(case.workflow, case.holder, step, target, event.actor),
        held_until=None,
        holds=0,
    )
    return _with_tasks(moved, rules)


def _find_day(case: Case, step: Step, target: str, today: date, rules: Rulebook) -> date | None:
    """Return the day by which whoever is awaited must act after the step.

    What leads back begins no new time: the working days that were left are given back. A day that
    has passed stays the day, until what was promised for it is done.
    """
    limit = case.workflow.states[target].limit
    if limit is None:
        return None
    late = case.due_on if case.overdue(today) else None
    if target == case.state and late:
        return late
    left = case.days_left if step.target == BACK else case.days_left_in.get(target)
    if left is None or not (step.resumes or step.target == BACK):
        return due_on(rules, limit, today)
    day = give_back(rules, today, left)
    return min(day, late) if step.resumes and late else day


def _find_target(case: Case, step: Step) -> str:
    if step.target == BACK:
        return case.returns_to or OPENING
    return case.state_row.reopens_to if step.target == REOPENED else step.target


def advance_outside(case: Case, event: Event, **changed: Any) -> Case:
    """Return the case after an event that is no step: one version on, with what it `changed`.

    What the applicant did makes the case unread, and is not put off.
    """
    by_applicant = event.actor == VISITOR
    after = _with_change(case, event)
    return replace(
        after,
        version=case.version + 1,
        changed_at=event.at,
        unread=case.unread or by_applicant,
        held_until=None if by_applicant else after.held_until,
        **changed,
    )


def _with_change(case: Case, event: Event) -> Case:
    """Return the case with what an event among colleagues says of it."""
    match event:
        case events.CaseAssigned(holder=holder):
            return replace(case, holder=holder)
        case events.ColleagueExcluded(colleague=login):
            holder = "" if case.holder == login else case.holder
            return replace(case, excluded=(*case.excluded, login), holder=holder)
        case events.ColleagueReadmitted(colleague=login):
            return replace(case, excluded=tuple(one for one in case.excluded if one != login))
        case events.CaseHeld(until=until):
            return replace(case, held_until=until, holds=case.holds + 1)
        case events.HoldEnded():
            return replace(case, held_until=None)
        case events.AnswersCorrected():
            return replace(case, tally=event.tally)
    return case


def replay(
    case: Case, history: Iterable[Event], rules: Rulebook
) -> Iterator[tuple[Event, Step | None, Case]]:
    """Walk through the history once more: each event, its step if it is one, the case after it.

    The days are those that the events carry; events of before 0.2.0 carry none, and get them by
    today's rules.
    """
    filed = Case(case.receipt, case.kind, OPENING, case.submitted_at, case.submitted_at)
    now = open_case(filed, rules)
    for event in history:
        step = find_step(case.workflow, event)
        now = advance(now, step, event, rules) if step else advance_outside(now, event)
        if event.due_on and (step is None or step.target != SAME or step.extends):
            now = replace(now, due_on=event.due_on)
        yield event, step, now


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of a timeline: what happened, in whose words.

    `colleague` is whom it is about; `in_his_name`: staff did it for the applicant.
    """

    at: datetime
    actor: str
    title: str
    text: str
    by_applicant: bool
    facts: tuple[str, ...] = ()
    colleague: str = ""
    in_his_name: bool = False

    @property
    def told_doer(self) -> str:
        """Who did it, as the applicant is told."""
        if self.by_applicant:
            return "您"
        return "您，帮扶中心替您办的" if self.in_his_name else "帮扶中心"


def find_entry(case: Case, history: Sequence[Event]) -> int:
    """Return the number of the event that brought the case into the state in which it is."""
    for number in reversed(range(len(history))):
        step = find_step(case.workflow, history[number])
        if step is not None and step.target != SAME:
            return number
    return 0


def find_asking(case: Case, history: Iterable[Event]) -> Event | None:
    """Return the newest event that made the applicant the one awaited; None if none did."""
    asking = {
        step.event
        for step in case.workflow.steps.values()
        if step.target in case.workflow.states
        and case.workflow.states[step.target].awaiting is Awaiting.APPLICANT
    }
    return next((event for event in reversed([*history]) if type(event) in asking), None)


def what_is_asked(case: Case, history: Iterable[Event]) -> str:
    """Return what the newest step that made the applicant the one awaited says; empty if none."""
    asking = find_asking(case, history)
    return asking.text if asking else ""


def find_reason(case: Case, history: Iterable[Event]) -> str:
    """Return what the decision that ended the case says to the applicant; empty if none did."""
    deciding = {
        step.event
        for step in case.workflow.steps.values()
        if step.target == case.state and step.statement and step.statement.public
    }
    return next((event.text for event in reversed([*history]) if type(event) in deciding), "")


def timeline(
    case: Case,
    history: Iterable[Event],
    *,
    public: bool,
    masked: bool = True,
    context: Context = NO_CHOICES,
) -> list[TimelineEntry]:
    """Return the history, newest first, as one side reads it; `masked` hides whom a list names.

    The public one shows no internal step, no internal words, and nobody's name.
    """
    say = partial(show_facts, masked=masked, context=context)
    shown = (_entry(case, event, say, public=public) for event in history)
    return [entry for entry in shown if entry.title][::-1]


def _entry(
    case: Case,
    event: Event,
    say: Callable[[Mapping[str, object]], tuple[str, ...]],
    *,
    public: bool,
) -> TimelineEntry:
    by_applicant = event.actor == VISITOR
    actor = "" if public else event.actor
    step = find_step(case.workflow, event)
    if step is None:
        facts = say(event.facts)
        title = events.OUTSIDE_THE_TABLE[type(event)]
        if public and type(event) in events.NOT_FOR_THE_APPLICANT:
            title = ""
        text = "" if public and type(event) in events.AMONG_STAFF else event.text
        colleague, more = _about_a_colleague(event)
        return TimelineEntry(event.at, actor, title, text, by_applicant, facts + more, colleague)
    facts = say(facts_of(step, event))
    readable = step.statement is not None and step.statement.public
    title = step.public_label if public else step.label
    text = event.text if readable or not public else ""
    return TimelineEntry(
        event.at, actor, title, text, by_applicant, facts, in_his_name=bool(step.twin_of)
    )


def _about_a_colleague(event: Event) -> tuple[str, tuple[str, ...]]:
    """Return the login of the colleague that an event is about, and what else it says."""
    match event:
        case events.CaseAssigned(holder=holder):
            return holder, () if holder else ("放回去了，谁都可以领",)
        case events.ColleagueExcluded() | events.ColleagueReadmitted():
            return event.colleague, ()
        case events.CallTried(outcome=outcome):
            return "", (OUTCOME_LABELS.get(outcome, outcome),)
        case events.CaseHeld(until=until):
            return "", (f"到{format_date(until)}",)
    return "", ()
